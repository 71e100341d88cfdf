"""A status word in its colour. The word always stands there: colour alone tells nothing."""

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from practice_desktop.views.theme import Tokens, restyle, reveal
from practice_desktop.views.widgets.label import plain_tip
from practice_desktop.vocabulary import DocumentStatus, MessageState, PortalStatus


class Tone(StrEnum):
    NEUTRAL = "neutral"
    GOOD = "good"
    WAITING = "waiting"
    BUSY = "busy"
    BAD = "bad"


class Chip(QLabel):
    """Its accessible name is exactly its word; hovering explains it."""

    def __init__(
        self, word: str = "", tone: Tone = Tone.NEUTRAL, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setProperty("role", "chip")
        self.show_word(word, tone)

    def show_word(self, word: str, tone: Tone, tip: str = "") -> None:
        self.setText(word)
        self.setAccessibleName(word)
        self.setAccessibleDescription(tip)
        self.setToolTip(plain_tip(tip))
        reveal(self, bool(word))
        if self.property("tone") != tone.value:
            restyle(self, tone=tone.value)


def status_tone(status: PortalStatus) -> Tone:
    match status:
        case PortalStatus.ACTIVE:
            return Tone.GOOD
        case PortalStatus.INVITED | PortalStatus.EXPIRED:
            return Tone.WAITING
        case PortalStatus.QUEUED:
            return Tone.BUSY
        case PortalStatus.NOT_DELIVERED:
            return Tone.BAD
        case PortalStatus.NOT_INVITED | PortalStatus.DISABLED:
            return Tone.NEUTRAL


def message_tone(state: MessageState) -> Tone:
    match state:
        case MessageState.SENT:
            return Tone.GOOD
        case MessageState.HELD | MessageState.UNCERTAIN:
            return Tone.WAITING
        case MessageState.WAITING | MessageState.SENDING | MessageState.HANDING_OVER:
            return Tone.BUSY
        case MessageState.FAILED:
            return Tone.BAD
        case MessageState.CANCELLED:
            return Tone.NEUTRAL


def document_tone(status: DocumentStatus) -> Tone:
    match status:
        case DocumentStatus.COMPLETED:
            return Tone.GOOD
        case DocumentStatus.REQUESTED:
            return Tone.WAITING
        case DocumentStatus.OPENED | DocumentStatus.IN_PROGRESS:
            return Tone.BUSY
        case DocumentStatus.SHARED | DocumentStatus.READ:
            return Tone.NEUTRAL


def tone_colours(tone: Tone, colours: Tokens) -> tuple[str, str]:
    """Ink and ground of a tone, for whoever paints a chip instead of placing one."""
    match tone:
        case Tone.GOOD:
            return colours.good_ink, colours.accent_soft
        case Tone.WAITING:
            return colours.amber, colours.amber_soft
        case Tone.BUSY:
            return colours.blue, colours.blue_soft
        case Tone.BAD:
            return colours.red, colours.red_soft
        case Tone.NEUTRAL:
            return colours.muted, colours.neutral_soft
