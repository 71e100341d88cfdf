import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage
from PySide6.QtWidgets import QApplication

from practice_desktop.paths import resources
from practice_desktop.views.theme import DARK, LIGHT, apply_theme
from practice_desktop.views.widgets.icons import icon

_COLOURED = ("ticked", "partly", "drop", "rise")
NAMES = sorted(
    path.stem
    for path in (resources() / "icons").glob("*.svg")
    if not path.stem.startswith(_COLOURED)
)


def colours_of(picture: QIcon, pixels: int = 40) -> set[str]:
    """The colours of all fully opaque pixels."""
    image = picture.pixmap(QSize(pixels, pixels)).toImage()
    image = image.convertToFormat(QImage.Format.Format_ARGB32)
    every = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {colour.name() for colour in every if colour.alpha() == 255}


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_is_drawn_in_the_colour_asked_for(name: str) -> None:
    assert QColor(LIGHT.accent).name() in colours_of(icon(name, "accent"))


def test_an_icon_follows_a_switch_of_the_theme(qapp: QApplication) -> None:
    picture = icon("mail")
    assert QColor(LIGHT.ink).name() in colours_of(picture)
    apply_theme(qapp, dark=True)
    try:
        assert QColor(DARK.ink).name() in colours_of(picture)
    finally:
        apply_theme(qapp, dark=False)


def test_an_icon_is_sharp_on_a_dense_screen() -> None:
    picture = icon("mail").pixmap(QSize(18, 18), 2.0)
    assert picture.size() == QSize(36, 36)
    assert picture.deviceIndependentSize().toSize() == QSize(18, 18)


def test_an_icon_that_is_off_is_greyed() -> None:
    shown = icon("mail").pixmap(QSize(40, 40), QIcon.Mode.Disabled).toImage()
    colours = {shown.pixelColor(x, 20).name() for x in range(40)}
    assert QColor(LIGHT.disabled).name() in colours
