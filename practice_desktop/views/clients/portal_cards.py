"""The blocks of the Portal tab: access, features, documents."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from practice_desktop.services.documentation import DocumentRow
from practice_desktop.services.portal_access import ActionChoice, PortalCard
from practice_desktop.services.practice import FeatureChoice
from practice_desktop.views.theme import restyle
from practice_desktop.views.widgets.buttons import (
    MenuEntry,
    MoreActionsButton,
    link_button,
    primary_button,
)
from practice_desktop.views.widgets.callout import Callout
from practice_desktop.views.widgets.card import Card
from practice_desktop.views.widgets.check_row import CheckRow
from practice_desktop.views.widgets.chip import Chip, Tone, status_tone
from practice_desktop.views.widgets.document_row import DocumentLine
from practice_desktop.views.widgets.empty_state import EmptyState
from practice_desktop.views.widgets.flow_layout import FlowLayout
from practice_desktop.views.widgets.label import plain_label, plain_tip
from practice_desktop.views.widgets.line import horizontal_line
from practice_desktop.vocabulary import AccessAction, Feature, PortalStatus

CONFIRMATION_MS = 8000
"""How long *Copy invitation link* stays confirmed, in milliseconds."""

Slots = Mapping[AccessAction, Callable[[], None]]


class AccessCard(Card):
    """Invitation or access: the chip, what is known, and the three dots."""

    invite_wanted = Signal()
    settings_wanted = Signal(str)

    def __init__(self, slots: Slots) -> None:
        super().__init__("Portal invitation")
        self._slots = slots
        self._actions: tuple[ActionChoice, ...] | None = None
        self._facts: tuple[tuple[str, str], ...] | None = None
        self._section = ""
        self.chip = Chip()
        self.invite = primary_button("Invite to Portal")
        self.invite.clicked.connect(self.invite_wanted)
        self.more = MoreActionsButton(outlined=True)
        self.header.addWidget(self.chip)
        self.header.addStretch(1)
        self.header.addWidget(self.invite)
        self.header.addWidget(self.more)
        self._fact_row = QWidget()
        self._fact_flow = FlowLayout(self._fact_row, gap=32, line_gap=10)
        self.why_not = plain_label("", "muted", wrap=True)
        self.settings = link_button("Open Settings")
        self.settings.clicked.connect(lambda: self.settings_wanted.emit(self._section))
        self.pending = plain_label("", "warning", wrap=True)
        self.problem = Callout(Tone.BAD)
        self.details = link_button("Details")
        self.details.setCheckable(True)
        self.problem.add_button(self.details)
        self.server_words = plain_label("", "secondary", wrap=True)
        self.server_words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.details.toggled.connect(self.server_words.setVisible)
        self.confirmation = plain_label("", "secondary", wrap=True)
        self.confirmed = QTimer(self)
        self.confirmed.setSingleShot(True)
        self.confirmed.setInterval(CONFIRMATION_MS)
        self.confirmed.timeout.connect(self.confirmation.hide)
        self.body.addWidget(self._fact_row)
        for part in (self.why_not, self.pending, self.problem, self.server_words):
            self.body.addWidget(part)
        self.body.addWidget(self.settings, alignment=Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.confirmation)
        self.confirmation.hide()

    def show_card(self, card: PortalCard, settings_section: str) -> None:
        """`settings_section` names the section of Settings where `why_not` can be mended."""
        self.title_label.setText(card.title)
        self.chip.show_word(card.status.word, status_tone(card.status), card.why)
        self._show_facts(card.facts)
        self._show_actions(card.actions)
        not_invited = card.status is PortalStatus.NOT_INVITED
        may_invite = not card.why_not or card.address_missing
        self.invite.setVisible(not_invited)
        self.invite.setEnabled(may_invite)
        self.invite.setToolTip(plain_tip(card.why_not))
        self.invite.setAccessibleDescription(card.why_not)
        self.why_not.setText(card.why_not or card.why)
        self.why_not.setVisible(not_invited)
        self._section = settings_section
        self.settings.setVisible(not_invited and bool(settings_section))
        self.pending.setText(card.pending)
        self.pending.setVisible(bool(card.pending))
        self._show_problem(card)

    def confirm(self, sentence: str) -> None:
        """Say for a while that something was done which nothing else on the card shows."""
        self.confirmation.setText(sentence)
        self.confirmation.show()
        self.confirmed.start()

    def forget_confirmation(self) -> None:
        self.confirmed.stop()
        self.confirmation.hide()

    def _show_facts(self, facts: tuple[tuple[str, str], ...]) -> None:
        if facts == self._facts:
            return
        self._facts = facts
        _clear(self._fact_flow)
        for label, value in facts:
            fact = QWidget()
            column = QVBoxLayout(fact)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(1)
            column.addWidget(plain_label(label, "secondary"))
            shown = plain_label(value)
            shown.setAccessibleName(value)
            shown.setAccessibleDescription(label)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(shown)
            self._fact_flow.addWidget(fact)
        self._fact_row.setVisible(bool(facts))

    def _show_actions(self, actions: tuple[ActionChoice, ...]) -> None:
        """Filled anew only where they differ: an open menu must not change under the hand."""
        if actions == self._actions:
            return
        self._actions = actions
        self.more.set_actions(
            [
                (
                    choice.action.word,
                    choice.enabled,
                    choice.reason,
                    self._slots[choice.action],
                    choice.action in (AccessAction.DELETE, AccessAction.DISABLE),
                )
                for choice in actions
            ]
        )

    def _show_problem(self, card: PortalCard) -> None:
        self.problem.setVisible(bool(card.problem))
        undelivered = card.status is PortalStatus.NOT_DELIVERED
        if undelivered:
            self.problem.set_text(
                "The invitation was not delivered",
                "Look at the address: change it, or resend the invitation.",
            )
        else:
            self.problem.set_text(card.problem)
        self.details.setVisible(undelivered)
        self.server_words.setText(card.problem)
        self.server_words.setVisible(
            bool(card.problem) and undelivered and self.details.isChecked()
        )


class FeaturesCard(Card):
    """What the client may do in the portal; a tick saves at once."""

    feature_ticked = Signal(object, bool)

    def __init__(self) -> None:
        super().__init__("Portal features")
        self._rows: dict[Feature, CheckRow] = {}
        row = QWidget()
        flow = FlowLayout(row, gap=8, line_gap=10)
        for feature in Feature:
            check = CheckRow(feature.word)
            check.toggled.connect(lambda on, feature=feature: self.feature_ticked.emit(feature, on))
            self._rows[feature] = check
            flow.addWidget(check)
        self.body.addWidget(row)

    def feature(self, feature: Feature) -> CheckRow:
        return self._rows[feature]

    def show_features(self, choices: Sequence[FeatureChoice]) -> None:
        for choice in choices:
            row = self._rows[choice.feature]
            row.box.blockSignals(True)
            row.box.setChecked(choice.ticked)
            row.box.blockSignals(False)
            if not choice.available:
                row.set_unavailable(choice.reason)
            else:
                row.set_unavailable("")
                row.set_note("")
                row.setToolTip(plain_tip(choice.feature.description))
                row.box.setAccessibleDescription(choice.feature.description)


class DocumentsCard(Card):
    """The documents, one line each; `manage` is absent under Earlier answers."""

    manage_wanted = Signal()

    def __init__(self, title: str, *, manage: bool = True) -> None:
        super().__init__(title)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.manage = primary_button("Manage Documentation")
        self.manage.clicked.connect(self.manage_wanted)
        self.header.addWidget(self.manage)
        self.manage.setVisible(manage)
        self.title_label.setWordWrap(True)
        self.header.setStretchFactor(self.title_label, 1)
        self.empty = EmptyState(
            "Nothing requested or shared yet",
            "Choose forms to request and documents to share under Manage Documentation.",
        )
        self.lines: list[DocumentLine] = []
        self._shown: tuple[DocumentRow, ...] | None = None
        self._day = datetime.min.date()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.body.addWidget(self.empty)
        self.body.addLayout(self._lines)

    def make_primary(self, primary: bool) -> None:
        """*Manage Documentation* steps back while *Invite to Portal* is the next thing to do."""
        restyle(self.manage, role="primary" if primary else "plain")

    def show_documents(
        self,
        rows: Sequence[DocumentRow],
        actions: Callable[[DocumentRow], Sequence[MenuEntry]],
        now: datetime,
    ) -> None:
        """Built anew only where something differs, so that the focus stays where it was."""
        wanted, day = tuple(rows), now.astimezone().date()
        if (wanted, day) == (self._shown, self._day):
            return
        self._shown, self._day = wanted, day
        _clear(self._lines)
        self.lines = [DocumentLine(row, actions(row), now) for row in rows]
        for index, line in enumerate(self.lines):
            if index:
                self._lines.addWidget(horizontal_line())
            self._lines.addWidget(line)
        self.empty.setVisible(not rows)


def _clear(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
