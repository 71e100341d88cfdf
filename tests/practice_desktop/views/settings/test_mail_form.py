from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from practice_desktop.errors import InvalidInput
from practice_desktop.services.desk import Desk
from practice_desktop.views.settings.mail_form import MailForm
from practice_desktop.vocabulary import Security
from tests.practice_desktop.conftest import ACCOUNT
from tests.practice_desktop.views.hand import press


@pytest.fixture
def form(desk: Desk, qtbot: QtBot) -> MailForm:
    form = MailForm(desk.mail_account.presets())
    qtbot.addWidget(form)
    form.fill(None)
    form.show()
    return form


def choose(form: MailForm, provider: str) -> None:
    form.provider.setCurrentIndex(form.provider.findText(provider))


def test_a_provider_brings_its_settings_and_its_advice(form: MailForm) -> None:
    assert "app password" in form.advice.sentence_label.text()
    choose(form, "Microsoft 365")
    account = form.account()
    assert (account.host, account.port) == ("smtp.office365.com", 587)
    assert account.security is Security.STARTTLS
    assert "“Authenticated SMTP”" in form.advice.sentence_label.text()


def test_an_account_is_shown_as_it_was_filled_in_and_never_its_password(form: MailForm) -> None:
    form.password.setText("typed")
    form.fill(ACCOUNT)
    assert form.account() == ACCOUNT
    assert form.password.text() == ""
    assert form.new_password() is None
    form.password.setText("hunter2")
    assert form.password.displayText() != "hunter2"
    assert form.new_password() == "hunter2"


def test_filling_in_is_not_an_edit_and_typing_is(form: MailForm, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(form.edited):
        form.fill(ACCOUNT)
    with qtbot.waitSignal(form.edited):
        form.host.setText("smtp.other.example")


def test_a_slip_in_the_address_is_offered_and_never_mended_by_itself(form: MailForm) -> None:
    form.from_address.set_text("office@gmial.com")
    assert form.account().from_address == "office@gmial.com"
    press(form, "Did you mean office@gmail.com?")
    assert form.account().from_address == "office@gmail.com"


def test_the_user_is_proposed_as_sender_once(form: MailForm) -> None:
    form.user.setText("office@harbor.example")
    form.user.editingFinished.emit()
    assert form.account().from_address == "office@harbor.example"
    form.user.setText("dana@harbor.example")
    form.user.editingFinished.emit()
    assert form.account().from_address == "office@harbor.example"


def test_the_usual_port_follows_the_security_and_an_unusual_one_stays(form: MailForm) -> None:
    starttls = form.security.findData(Security.STARTTLS)
    form.security.setCurrentIndex(starttls)
    form.security.activated.emit(starttls)
    assert form.port.value() == 587
    form.port.setValue(2525)
    form.security.setCurrentIndex(form.security.findData(Security.TLS))
    form.security.activated.emit(0)
    assert form.port.value() == 2525


@pytest.mark.parametrize("name", ["host", "port", "user", "password", "from_address", "ca_file"])
def test_what_is_wrong_stands_beside_its_field_until_it_is_edited(
    form: MailForm, name: str
) -> None:
    form.show_error(InvalidInput(name, "This cannot be."))
    assert form.fields[name].error == "This cannot be."
    form.sender_name.setText("x")
    assert form.fields[name].error == ""


def test_a_certificate_file_can_be_chosen(
    form: MailForm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = str(tmp_path / "ca.pem")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (file, ""))
    press(form, "Choose file…")
    assert form.account().ca_file == file


def test_every_field_is_named_by_its_label(form: MailForm) -> None:
    assert {field.editor.accessibleName() for field in form.fields.values()} == {
        "Host",
        "Port",
        "Security",
        "User",
        "Password",
        "From address",
        "Sender name",
        "Reply to",
        "Certificate authority file",
    }
