import pytest

from practice_desktop.services.import_watch import UNWATCHED, ImportCancelled, Phase, Watch


def test_it_tells_how_far_it_has_come_until_it_is_cancelled() -> None:
    told: list[tuple[Phase, int, int]] = []
    stop = False
    watch = Watch(lambda *step: told.append(step), lambda: stop)
    watch.step(Phase.READING, 5, 10)
    stop = True
    with pytest.raises(ImportCancelled, match="Nothing was changed"):
        watch.step(Phase.SAVING, 6, 10)
    assert told == [(Phase.READING, 5, 10)]


def test_nobody_has_to_watch() -> None:
    UNWATCHED.step(Phase.READING)
