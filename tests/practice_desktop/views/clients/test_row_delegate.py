from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from practice_desktop.services.clients import ClientDraft
from practice_desktop.services.desk import Desk
from practice_desktop.views.clients.list_model import ClientModel
from practice_desktop.views.clients.row_delegate import ClientRowDelegate
from practice_desktop.views.theme import tokens


def paint(model: ClientModel, state: QStyle.StateFlag, width: int = 316) -> QImage:
    delegate = ClientRowDelegate()
    option = QStyleOptionViewItem()
    index = model.index(0)
    height = delegate.sizeHint(option, index).height()
    option.rect = QRect(0, 0, width, height)
    option.state = state
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(tokens().surface))
    painter = QPainter(image)
    delegate.paint(painter, option, index)
    painter.end()
    return image


@pytest.fixture
def model(desk: Desk) -> ClientModel:
    desk.clients.add(ClientDraft("Ada", "Brennan", email="ada.brennan@example.org"))
    model = ClientModel(desk.client_list)
    model.show()
    return model


def test_a_selected_row_and_one_reached_by_keys_look_different(model: ClientModel) -> None:
    flags = QStyle.StateFlag
    plain = paint(model, flags.State_Enabled)
    selected = paint(model, flags.State_Selected)
    focused = paint(model, flags.State_HasFocus | flags.State_KeyboardFocusChange)
    assert selected.pixelColor(3, 3) == QColor(tokens().rail_selected)
    assert focused.pixelColor(1, 20) == QColor(tokens().accent)
    assert plain.pixelColor(3, 3) == plain.pixelColor(1, 20) == QColor(tokens().surface)


def test_a_long_name_never_runs_into_the_chip(desk: Desk) -> None:
    desk.clients.add(ClientDraft("Maximiliana Wilhelmina", "Aaaa-Brennan-Rodríguez-Öberg"))
    model = ClientModel(desk.client_list)
    model.show()
    image = paint(model, QStyle.StateFlag.State_Enabled)
    gap = range(316 - 14 - 100, 316 - 14 - 94)
    top = range(8, 26)
    ink = QColor(tokens().ink)
    assert all(image.pixelColor(x, y) != ink for x in gap for y in top)


def test_an_image_path_in_a_name_is_painted_and_not_opened(desk: Desk, tmp_path: Path) -> None:
    picture = tmp_path / "red.png"
    red = QImage(40, 40, QImage.Format.Format_RGB32)
    red.fill(QColor("#ff0000"))
    red.save(str(picture))
    desk.clients.add(ClientDraft(f'<img src="{picture.as_posix()}">', "Grant"))
    model = ClientModel(desk.client_list)
    model.show()
    image = paint(model, QStyle.StateFlag.State_Enabled)
    pixels = {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}
    assert QColor("#ff0000").rgb() not in pixels
