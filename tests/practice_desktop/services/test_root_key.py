import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from practice_desktop.errors import PasswordStoreLocked
from practice_desktop.services.clients import ClientDraft
from practice_desktop.services.desk import Desk
from practice_desktop.services.portal_access import InvitationRequest
from practice_desktop.services.root_key import RootKey, RootKeyMissing, SealBroken
from practice_desktop.wiring import Program
from tests.practice_desktop.stand_ins import MemorySecrets


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plain=st.binary(max_size=200), label=st.text(max_size=20))
def test_what_is_sealed_opens_again_under_its_label_only(
    program: Program, plain: bytes, label: str
) -> None:
    sealed = program.root_key.seal(plain, label)
    assert program.root_key.open(sealed, label) == plain
    with pytest.raises(SealBroken):
        program.root_key.open(sealed, label + "x")


@pytest.mark.parametrize("place", [0, 5, -1])
def test_an_altered_entry_is_noticed(program: Program, place: int) -> None:
    sealed = bytearray(program.root_key.seal(b"link", "link 1"))
    sealed[place] ^= 1
    with pytest.raises(SealBroken, match="cannot be opened"):
        program.root_key.open(bytes(sealed), "link 1")


def test_the_key_is_128_bits_and_lives_in_the_password_store(
    program: Program, password_store: MemorySecrets
) -> None:
    program.root_key.seal(b"x", "x")
    (name,) = password_store.entries
    assert name.startswith("root-key ")
    assert len(password_store.entries[name]) == 26


def test_a_lost_key_is_never_replaced_by_a_new_one(
    program: Program, desk: Desk, password_store: MemorySecrets
) -> None:
    client_id = desk.clients.add(ClientDraft("Jo", "Day", email="jo@example.org"))
    desk.portal_access.invite(client_id, InvitationRequest(features=()))
    for name in [name for name in password_store.entries if name.startswith("root-key")]:
        password_store.delete(name)
    fresh = RootKey(program.database, password_store)
    with pytest.raises(RootKeyMissing, match="recovery code"):
        fresh.seal(b"x", "x")
    assert not any(name.startswith("root-key") for name in password_store.entries)


def test_a_locked_store_is_told_as_such(program: Program, password_store: MemorySecrets) -> None:
    password_store.trouble = PasswordStoreLocked("Locked.")
    with pytest.raises(PasswordStoreLocked):
        program.root_key.seal(b"x", "x")
