import pytest

from practice_desktop.views.settings.sections import SECTIONS, section_in


@pytest.mark.parametrize("name", SECTIONS)
def test_a_sentence_names_its_section(name: str) -> None:
    assert section_in(f"Set it under Settings > {name}.") == name


@pytest.mark.parametrize("sentence", ["", "Settings", "Settings > Elsewhere", "Portal > Settings"])
def test_other_sentences_name_none(sentence: str) -> None:
    assert section_in(sentence) == ""
