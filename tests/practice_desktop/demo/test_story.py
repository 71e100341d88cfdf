import pytest

from practice_desktop.demo import story
from practice_desktop.demo.mail_catcher import MailCatcher


def test_every_line_is_borne_out() -> None:
    said: list[str] = []
    assert story.tell(said.append)
    text = "\n".join(said)
    for part in (
        "210 clients in the list, 40 archived",
        "Added Nora Lind <nora.lind@example.org>: Not invited.",
        "Queued.",
        "“Harbor Counseling invites you to its client portal”",
        "Both parts of it carry http://127.0.0.1:",
        "the same link, Invited.",
        "“Harbor Counseling: something new in your portal”",
        "Changed the address to nora@example.net: a new link",
        "Offline · 1 waiting",
        "Online again",
        "Cancelled, Not invited.",
        "History, newest first:",
    ):
        assert part in text


def test_a_mail_that_never_came_is_not_told_as_if_it_had(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MailCatcher, "mails_to", lambda _self, _address: [])
    said: list[str] = []
    assert not story.tell(said.append)
    assert said[-1].startswith("NOT AS IT SHOULD BE: 1 for nora.lind@example.org")
