"""The words of a message that has not left."""

import pytest
from sqlalchemy import text

from practice_desktop.services.frozen_words import open_words, seal_words
from practice_desktop.services.mail_templates import Words
from practice_desktop.services.root_key import SealBroken
from tests.practice_desktop.outbox_office import Office

WORDS = Words("Hej Åsa", "Länk: https://portal.harbor.example/i#SECRET", "<p>Länk</p>")


def test_words_come_back_as_they_were(office: Office) -> None:
    sealed = seal_words(office.program.root_key, "key", WORDS)
    assert open_words(office.program.root_key, "key", sealed) == WORDS


def test_sealed_words_of_one_message_do_not_open_as_those_of_another(office: Office) -> None:
    sealed = seal_words(office.program.root_key, "one", WORDS)
    with pytest.raises(SealBroken):
        open_words(office.program.root_key, "other", sealed)


def test_no_link_stands_in_the_database_in_clear(office: Office) -> None:
    message = office.invite()
    link = office.desk.outbox.preview(message).text
    secret = next(word for word in link.split() if "/i#" in word).partition("#")[2]
    with office.program.database.read() as session:
        rows = session.execute(text("SELECT * FROM outbox_message")).all()
    assert secret not in repr(rows)
    everything = b"".join(p.read_bytes() for p in office.program.folder.glob("practice.db*"))
    assert secret.encode() not in everything
