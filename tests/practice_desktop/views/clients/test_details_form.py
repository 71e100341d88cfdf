from datetime import date

import pytest
from PySide6.QtWidgets import QLabel, QMainWindow, QVBoxLayout, QWidget

from practice_desktop.errors import InvalidInput
from practice_desktop.services.clients import ClientDraft
from practice_desktop.views.clients.details_form import DetailsForm
from practice_desktop.vocabulary import ClientType

SAMUEL = ClientDraft(
    first_name="Samuel",
    last_name="Grant",
    preferred_name="Sam",
    pronouns="he/him",
    date_of_birth=date(1989, 3, 14),
    client_type=ClientType.COUPLE,
    email="s.grant@example.net",
    phone="(555) 010-4432",
    address="18 Quay Street\nPortland ME 04101",
    time_zone="America/New_York",
    may_email=False,
    discreet_email=True,
)


@pytest.fixture
def form(window: QMainWindow) -> DetailsForm:
    inside = QWidget()
    column = QVBoxLayout(inside)
    form = DetailsForm(inside)
    column.addWidget(form.information)
    column.addWidget(form.contact)
    window.setCentralWidget(inside)
    return form


def test_what_is_shown_reads_back_the_same(form: DetailsForm) -> None:
    for draft in (SAMUEL, ClientDraft(), SAMUEL):
        form.show_draft(draft)
        assert form.draft() == draft
        assert not form.differs_from(draft)


def test_every_change_is_told(form: DetailsForm) -> None:
    form.show_draft(SAMUEL)
    heard: list[None] = []
    form.edited.connect(lambda: heard.append(None))
    form.first_name.setText("Samu")
    form.kind.setCurrentText("Minor")
    form.address.setPlainText("elsewhere")
    form.time_zone.setEditText("Europe/Berlin")
    form.birth.line.setText("1 Jan 1990")
    form.email.set_text("sam@example.net")
    form.may_email.box.setChecked(True)
    assert len(heard) >= 7


def test_a_date_that_cannot_be_read_counts_as_a_change(form: DetailsForm) -> None:
    form.show_draft(SAMUEL)
    form.birth.line.setText("yesterday")
    assert form.differs_from(SAMUEL)
    with pytest.raises(InvalidInput):
        form.draft()


@pytest.mark.parametrize("name", ["first_name", "phone", "address", "time_zone", "date_of_birth"])
def test_what_is_wrong_stands_beside_its_field(form: DetailsForm, name: str) -> None:
    assert form.show_error(InvalidInput(name, "This cannot be."))
    assert "This cannot be." in [note.text() for note in _notes(form)]
    form.clear_errors()
    assert "This cannot be." not in [note.text() for note in _notes(form)]


def test_a_field_that_is_not_here_is_left_to_the_caller(form: DetailsForm) -> None:
    assert not form.show_error(InvalidInput("external_id", "This cannot be."))


def test_a_locked_address_is_read_only_with_the_way_to_change_it(form: DetailsForm) -> None:
    form.show_draft(SAMUEL)
    form.lock_address(True)
    assert not form.email.isVisible()
    assert form.locked_email.isReadOnly()
    assert form.locked_email.text() == "s.grant@example.net"
    assert form.change_email.isVisible()


def _notes(form: DetailsForm) -> list[QLabel]:
    return [*form.information.findChildren(QLabel), *form.contact.findChildren(QLabel)]
