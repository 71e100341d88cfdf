"""The page that chooses features and forms; Start Setup and *Invite to Portal* end with it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from practice_desktop.services.documentation import ChecklistItem
from practice_desktop.services.forms import PacketRow
from practice_desktop.services.portal_access import InvitationRequest
from practice_desktop.services.practice import FeatureChoice
from practice_desktop.views.widgets.check_row import CheckRow
from practice_desktop.views.widgets.form_picker import FormPicker
from practice_desktop.views.widgets.label import plain_label
from practice_desktop.vocabulary import Feature

PAGE_HEIGHT = 430
"""What shows a few groups of forms and fits into the smallest window; all pages take the same."""
_HEADING = 28


class FeaturesPage(QWidget):
    """Features on the left, forms on the right.

    What was prepared for the client comes ticked; where nothing was, the packet does.
    """

    def __init__(
        self,
        choices: Sequence[FeatureChoice],
        items: Sequence[ChecklistItem],
        packets: tuple[PacketRow, ...],
        packet: PacketRow | None,
    ) -> None:
        super().__init__()
        self._features: dict[Feature, CheckRow] = {}
        self._available: list[Feature] = []
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(plain_label("Portal features", "section"))
        for choice in choices:
            row = CheckRow(choice.feature.word, choice.feature.description, choice.ticked)
            if choice.available:
                self._available.append(choice.feature)
            else:
                row.set_unavailable(choice.reason)
            self._features[choice.feature] = row
            left.addWidget(row)
        left.addStretch(1)
        self.forms = FormPicker()
        self.forms.setMaximumHeight(PAGE_HEIGHT - _HEADING)
        self.forms.set_items(items)
        self.forms.set_packets(packets)
        if packet is not None and not any(item.ticked for item in items):
            self.forms.choose_packet(packet)
        right = QVBoxLayout()
        right.setSpacing(8)
        heading = QHBoxLayout()
        heading.addWidget(plain_label("Forms to request", "section"))
        heading.addStretch(1)
        self._count = plain_label("", "secondary")
        heading.addWidget(self._count)
        right.addLayout(heading)
        right.addWidget(self.forms, 1)
        right.addStretch()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(24)
        layout.addLayout(left, 7)
        layout.addLayout(right, 9)
        self.forms.selection_changed.connect(self._count_forms)
        self._count_forms()
        self._first = self.request()

    def _count_forms(self) -> None:
        self._count.setText(f"{len(self.forms.ticked())} selected")

    @property
    def edited(self) -> bool:
        return self.request() != self._first

    def feature(self, feature: Feature) -> CheckRow:
        return self._features[feature]

    def request(self) -> InvitationRequest:
        """What is ticked now."""
        keys = sorted(self.forms.ticked())
        return InvitationRequest(
            features=tuple(
                feature for feature in self._available if self._features[feature].box.isChecked()
            ),
            form_ids=tuple(key.form_id for key in keys if key.form_id),
            file_ids=tuple(key.file_id for key in keys if key.file_id),
        )
