"""*Manage Documentation*: choose what a client sees, check the changes, save."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from practice_desktop.errors import Problem, StaleEdit
from practice_desktop.services.documentation import Documentation, DocumentKey
from practice_desktop.services.forms import PacketRow
from practice_desktop.views.dialogs.documentation_review import ReviewPage
from practice_desktop.views.dialogs.working_dialog import WorkingDialog
from practice_desktop.views.messages import ask
from practice_desktop.views.tasks import Tasks
from practice_desktop.views.widgets.buttons import link_button, plain_button, primary_button
from practice_desktop.views.widgets.form_picker import FormPicker
from practice_desktop.views.widgets.label import plain_label, plain_tip

TITLE = "Manage Documentation"
FILE_FILTER = "Documents and pictures (*.pdf *.docx *.jpg *.jpeg *.png);;All files (*)"
_WIDTH = 774
_CHOOSE, _CHECK = range(2)


class ManageDocumentationDialog(WorkingDialog):
    """Accepted once saved, or where there was nothing to save.

    Page 1 is the checklist, page 2 what saving does. What somebody else saved meanwhile is shown
    under the person's own ticks, which stay. `told` says whether saving queued an e-mail.
    """

    def __init__(
        self,
        parent: QWidget,
        documentation: Documentation,
        client_id: int,
        first_name: str,
        tasks: Tasks,
        packets: tuple[PacketRow, ...] = (),
    ) -> None:
        super().__init__(parent, TITLE, "", tasks, width=_WIDTH)
        self._documentation = documentation
        self._client_id = client_id
        self._first_name = first_name
        self._baseline: set[DocumentKey] = set()
        self.told = False
        self.setAcceptDrops(True)

        self.picker = FormPicker("Find a form or document")
        self.add_file_button = plain_button("Add file…")
        self.add_file_button.clicked.connect(self._choose_files)
        self.picker.add_button(self.add_file_button)
        self.picker.selection_changed.connect(self._count)
        self.review_page = ReviewPage()
        self._pages = QStackedWidget()
        self._pages.addWidget(self.picker)
        self._pages.addWidget(self.review_page)
        self.body.addWidget(self._pages, 1)
        self._add_buttons()
        self._load()
        self.picker.set_packets(packets)
        self._show_page(_CHOOSE)

    @property
    def edited(self) -> bool:
        return self.picker.ticked() != self._baseline

    def may_close(self) -> bool:
        if not super().may_close():
            return False
        return not self.edited or ask(
            self,
            "Leave without saving?",
            f"What you ticked and unticked is not saved; {self._first_name} keeps what is there.",
            "Leave",
        )

    def fail(self, problem: Problem) -> None:
        if isinstance(problem, StaleEdit):
            self._reload()
            self._show_page(_CHOOSE)
            self.show_error(f"{problem.sentence} Your own ticks are still there.")
        else:
            super().fail(problem)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._pages.currentIndex() == _CHOOSE and not self.working and _paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.add_files(_paths(event))
        event.acceptProposedAction()

    def add_files(self, paths: Sequence[Path]) -> None:
        """Keep these with the record and tick them; what is refused is told by its name."""
        if paths:
            self.work(partial(self._keep, paths), self._show_added)

    def _add_buttons(self) -> None:
        self.count_label = plain_label("", "muted")
        self.back_button = link_button("Back")
        self.back_button.clicked.connect(partial(self._show_page, _CHOOSE))
        self.also_label = plain_label("", "muted", wrap=True)
        self.also_label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.cancel_button = plain_button("Cancel")
        self.cancel_button.clicked.connect(self.reject)
        self.continue_button = primary_button("Continue")
        self.continue_button.clicked.connect(self._review)
        self.save_button = plain_button("Save")
        self.save_button.clicked.connect(partial(self._save, False))
        self.notify_button = primary_button("Save & Send Notification", "mail")
        self.notify_button.clicked.connect(partial(self._save, True))
        self.footer.addWidget(self.back_button)
        self.footer.addWidget(self.count_label)
        self.footer.addWidget(self.also_label, 1)
        self.footer.addStretch()
        for button in (
            self.cancel_button,
            self.continue_button,
            self.save_button,
            self.notify_button,
        ):
            self.footer.addWidget(button)

    def _show_page(self, page: int, _checked: bool = False) -> None:
        choosing = page == _CHOOSE
        self.show_error("")
        self.set_title(
            TITLE,
            f"Choose what {self._first_name} sees under Requested and Shared Documents."
            if choosing
            else "Check the changes, then save.",
        )
        self._pages.setCurrentIndex(page)
        for widget in (self.count_label, self.cancel_button, self.continue_button):
            widget.setVisible(choosing)
        for widget in (self.back_button, self.also_label, self.save_button, self.notify_button):
            widget.setVisible(not choosing)
        if choosing:
            self.picker.search.setFocus()
        else:
            tells = self.edited and self.notify_button.isEnabled()
            (self.notify_button if tells else self.save_button).setFocus()
        self.fit()

    def _load(self) -> None:
        items = self._documentation.checklist(self._client_id)
        self._baseline = {item.key for item in items if item.ticked}
        self.picker.set_items(items)
        self._count()

    def _reload(self) -> None:
        """Read again; what the person ticked and unticked is kept over it."""
        added = self.picker.ticked() - self._baseline
        removed = self._baseline - self.picker.ticked()
        self._load()
        self.picker.set_ticked((self._baseline | added) - removed)

    def _count(self) -> None:
        ticked = self.picker.ticked()
        parts = [
            f"{len(ticked)} selected",
            f"{len(ticked - self._baseline)} added",
            f"{len(self._baseline - ticked)} removed",
        ]
        shown = [part for part in parts if part == parts[0] or not part.startswith("0 ")]
        self.count_label.setText(" · ".join(shown))

    def _review(self) -> None:
        try:
            review = self._documentation.review(self._client_id, self.picker.ticked())
        except Problem as problem:
            self.fail(problem)
            return
        self.review_page.show_review(review)
        self.also_label.setText(review.save_also_emails)
        self.notify_button.setEnabled(not review.no_notification)
        self.notify_button.setToolTip(plain_tip(review.no_notification))
        self.notify_button.setAccessibleDescription(review.no_notification)
        self._show_page(_CHECK)

    def _save(self, notify: bool, _checked: bool = False) -> None:
        if not notify and not self.edited:
            self.accept()
            return
        ticked, baseline = self.picker.ticked(), set(self._baseline)
        self.work(
            lambda: self._documentation.save(
                self._client_id, ticked, baseline=baseline, notify=notify
            ),
            self._finish,
        )

    def _finish(self, told: bool) -> None:
        self.told = told
        self.accept()

    def _choose_files(self) -> None:
        start = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, "Add file", start, FILE_FILTER)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self.add_files([Path(n) for n in names]))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _keep(self, paths: Sequence[Path]) -> tuple[list[DocumentKey], list[str]]:
        added, refused = [], []
        for path in paths:
            try:
                added.append(self._documentation.add_file(self._client_id, path).key)
            except Problem as problem:
                refused.append(f"{path.name}: {problem.sentence}")
        return added, refused

    def _show_added(self, outcome: tuple[list[DocumentKey], list[str]]) -> None:
        added, refused = outcome
        if added:
            self._reload()
            self.picker.set_ticked(self.picker.ticked() | set(added))
            self.picker.reveal(added[-1])
        self.show_error("\n".join(refused))


def _paths(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
