import pytest

from practice_desktop.services.mail_providers import PRESETS, Preset
from practice_desktop.vocabulary import Security


def test_the_usual_providers_are_there_in_order() -> None:
    names = [preset.name for preset in PRESETS]
    assert names == ["Gmail", "iCloud", "Fastmail", "Microsoft 365", "Outlook.com", "Other"]


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
def test_every_provider_is_spoken_to_encrypted_and_advised_in_one_sentence(
    preset: Preset,
) -> None:
    assert (preset.security, preset.port) in [(Security.TLS, 465), (Security.STARTTLS, 587)]
    assert preset.advice.endswith(".")
    assert ". " not in preset.advice
    for word in ("keyring", "SMTP AUTH", "OAuth"):
        assert word not in preset.advice


def test_microsoft_names_the_switch_that_an_administrator_still_has() -> None:
    [microsoft] = [preset for preset in PRESETS if preset.key == "microsoft365"]
    assert "“Authenticated SMTP”" in microsoft.advice
    assert "turning passwords off" in microsoft.advice
