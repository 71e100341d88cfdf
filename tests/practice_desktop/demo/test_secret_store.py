from practice_desktop.demo.secret_store import MemorySecretStore
from practice_desktop.ports import SecretStore


def test_it_returns_what_it_was_given_until_that_is_deleted() -> None:
    store: SecretStore = MemorySecretStore()
    assert store.read("mail") is None
    store.write("mail", "secret")
    assert store.read("mail") == "secret"
    store.delete("mail")
    store.delete("mail")
    assert store.read("mail") is None


def test_two_demos_share_nothing() -> None:
    one, other = MemorySecretStore(), MemorySecretStore()
    one.write("mail", "secret")
    assert other.read("mail") is None
