from practice_desktop.services.column_target import Target


def test_every_target_has_a_word_of_its_own() -> None:
    words = [target.word for target in Target]
    assert len(set(words)) == len(words)
    assert words[:2] == ["Do not import", "Imported details"]
