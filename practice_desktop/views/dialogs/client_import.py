"""*Import*: choose a file, say where its columns go, look at the preview, then save."""

import threading
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from practice_desktop.errors import Problem, StaleEdit
from practice_desktop.services.client_import import ClientImport, ImportOutcome
from practice_desktop.services.client_table import ClientTable
from practice_desktop.services.column_mapping import Column
from practice_desktop.services.column_target import Target
from practice_desktop.services.import_dates import DateOrder, DateQuestion
from practice_desktop.services.import_plan import ImportPlan
from practice_desktop.services.import_watch import ImportCancelled, Phase, Watch
from practice_desktop.views.dialogs.frame import DialogFrame
from practice_desktop.views.dialogs.import_columns_page import ImportColumnsPage
from practice_desktop.views.dialogs.import_dates_page import ImportDatesPage
from practice_desktop.views.dialogs.import_done_page import ImportDonePage
from practice_desktop.views.dialogs.import_file_page import ImportFilePage
from practice_desktop.views.dialogs.import_preview_page import ImportPreviewPage
from practice_desktop.views.dialogs.import_progress_page import ImportProgressPage
from practice_desktop.views.messages import ask, show_unexpected
from practice_desktop.views.tasks import Tasks
from practice_desktop.views.widgets.buttons import link_button, plain_button, primary_button

T = TypeVar("T")

_PAGE_HEIGHT = 400
_WIDTH = 860
_TELLS_WHO = frozenset(
    (Target.FIRST_NAME, Target.LAST_NAME, Target.FULL_NAME, Target.EXTERNAL_ID, Target.EMAIL)
)


class ClientImportDialog(DialogFrame):
    """With `path` it begins with that file. Long steps run as tasks, and *Cancel* ends them.

    `imported` tells that clients were written, `invite_requested` the ids of those just added whom
    the person wants to invite.
    """

    imported = Signal()
    invite_requested = Signal(list)
    _progressed = Signal(object, int, int)

    def __init__(
        self,
        parent: QWidget,
        client_import: ClientImport,
        tasks: Tasks,
        path: Path | None = None,
    ) -> None:
        super().__init__(parent, "Import clients", width=_WIDTH)
        self._client_import = client_import
        self._tasks = tasks
        self._cancelled: threading.Event | None = None
        self._path = path
        self._table: ClientTable | None = None
        self._columns: tuple[Column, ...] = ()
        self._order: DateOrder | None = None
        self._plan: ImportPlan | None = None
        self._outcome: ImportOutcome | None = None

        self.file_page = ImportFilePage()
        self.columns_page = ImportColumnsPage()
        self.dates_page = ImportDatesPage()
        self.preview_page = ImportPreviewPage()
        self.progress_page = ImportProgressPage()
        self.done_page = ImportDonePage()
        self.pages = QStackedWidget()
        self.pages.setMinimumHeight(_PAGE_HEIGHT)
        for page in (
            *(self.file_page, self.columns_page, self.dates_page),
            *(self.preview_page, self.progress_page, self.done_page),
        ):
            self.pages.addWidget(page)
        self.body.addWidget(self.pages)
        self._add_buttons()
        self.file_page.file_chosen.connect(self.read)
        self.dates_page.answered.connect(lambda: self._continue.setEnabled(True))
        self._progressed.connect(
            self.progress_page.show_progress, Qt.ConnectionType.QueuedConnection
        )
        self._show(self.file_page)
        if path is not None:
            self.read(path)

    def read(self, path: Path) -> None:
        self._path = path
        self._run(
            lambda watch: self._client_import.read(path, watch), self._take_table, self.file_page
        )

    def may_close(self) -> bool:
        if self._cancelled is not None:
            self._cancelled.set()
            return False
        if self._table is None or self._outcome is not None:
            return True
        return ask(
            self, "Leave without importing?", "Nothing of this file has been saved yet.", "Leave"
        )

    def reject(self) -> None:
        if self._outcome is not None:
            self.accept()
        else:
            super().reject()

    def _add_buttons(self) -> None:
        self._back = link_button("Back")
        self._back.clicked.connect(self._go_back)
        self._save = plain_button("Save what was left out…")
        self._save.clicked.connect(self._choose_where)
        self._invite = plain_button("Invite these…")
        self._invite.clicked.connect(self._request_invitations)
        self._cancel = plain_button("Cancel")
        self._cancel.clicked.connect(self.reject)
        self._continue = primary_button("Continue")
        self._continue.clicked.connect(self._go_on)
        self._import = primary_button("Import")
        self._import.clicked.connect(self._apply)
        self._done = primary_button("Done")
        self._done.clicked.connect(self.accept)
        self.footer.addWidget(self._back)
        self.footer.addStretch(1)
        for button in (self._save, self._invite, self._cancel):
            self.footer.addWidget(button)
        for button in (self._continue, self._import, self._done):
            self.footer.addWidget(button)

    def _show(self, page: QWidget) -> None:
        self.show_error("")
        self.pages.setCurrentWidget(page)
        done = page is self.done_page
        asking = page in (self.columns_page, self.dates_page)
        previewing = page is self.preview_page
        self._back.setVisible(asking or previewing)
        self._cancel.setVisible(not done)
        self._continue.setVisible(asking)
        self._continue.setEnabled(page is not self.dates_page or self._order is not None)
        self._import.setVisible(previewing)
        self._done.setVisible(done)
        outcome = self._outcome
        self._save.setVisible(done and outcome is not None and outcome.left_out > 0)
        self._invite.setVisible(done and outcome is not None and bool(outcome.added_ids))
        self.set_title("Import clients", self._subtitle(page))
        for button in (self._continue, self._import, self._done, self._cancel):
            if button.isVisibleTo(self) and button.isEnabled():
                button.setFocus()
                break
        if page is self.file_page:
            self.file_page.choose_button.setFocus()
        elif page is self.dates_page:
            self.dates_page.buttons[self._order or DateOrder.MONTH_FIRST].setFocus()
        self.fit()

    def _subtitle(self, page: QWidget) -> str:
        name = self._path.name if self._path is not None else ""
        words = {
            self.columns_page: "Check where each column goes.",
            self.dates_page: "The birth dates in this file can be read in two ways.",
            self.preview_page: "Nothing has been saved yet.",
        }.get(page, "")
        return f"{name}. {words}".strip(". ") + ("." if words else "") if name else ""

    def _run(self, work: Callable[[Watch], T], done: Callable[[T], None], back_to: QWidget) -> None:
        """Have `work` done behind the progress page; where it fails, say so on `back_to`."""
        cancelled = self._cancelled = threading.Event()
        watch = Watch(self._tell_progress, cancelled.is_set)
        self.progress_page.show_progress(Phase.READING, 0, 0)
        self._show(self.progress_page)

        def finish(answer: T) -> None:
            self._cancelled = None
            done(answer)

        def fail(error: Exception) -> None:
            self._cancelled = None
            self._show(back_to)
            self._fail(error)

        self._tasks.run(partial(work, watch), finish, fail, owner=self)

    def _tell_progress(self, phase: Phase, done: int, total: int) -> None:
        self._progressed.emit(phase, done, total)

    def _fail(self, error: Exception) -> None:
        if isinstance(error, ImportCancelled) and self.pages.currentWidget() is self.file_page:
            self._table = None
        elif isinstance(error, Problem):
            self.show_error(error.sentence)
        else:
            show_unexpected(self, error)

    def _take_table(self, table: ClientTable) -> None:
        self._table = table
        self._order = None
        self.columns_page.show_columns(self._client_import.columns(table), table.notes)
        self._show(self.columns_page)

    def _go_back(self) -> None:
        if self.pages.currentWidget() is self.columns_page:
            self._table = None
            self._show(self.file_page)
        else:
            self._show(self.columns_page)

    def _go_on(self) -> None:
        if self.pages.currentWidget() is self.dates_page:
            self._order = self.dates_page.order()
            self._make_plan()
        elif self._table is not None:
            table, columns = self._table, self.columns_page.columns()
            self._columns, self._order = columns, None
            if not any(column.target in _TELLS_WHO for column in columns):
                self.show_error("Say which column holds the clients' names.")
                return
            self._run(
                lambda _watch: self._client_import.date_question(table, columns),
                self._ask_or_plan,
                self.columns_page,
            )

    def _ask_or_plan(self, question: DateQuestion | None) -> None:
        if question is None:
            self._make_plan()
            return
        self.dates_page.show_question(question, datetime.now().date())
        self._order = self.dates_page.order()
        self._show(self.dates_page)

    def _make_plan(self, then: str = "") -> None:
        if self._table is None:
            return
        table, columns, order = self._table, self._columns, self._order

        def show(plan: ImportPlan) -> None:
            self._take_plan(plan)
            self.show_error(then)

        self._run(
            lambda watch: self._client_import.plan(table, columns, order, watch),
            show,
            self.columns_page,
        )

    def _take_plan(self, plan: ImportPlan) -> None:
        self._plan = plan
        self.preview_page.show_plan(plan)
        self._import.setEnabled(bool(plan.added or plan.updated))
        self._show(self.preview_page)

    def _apply(self) -> None:
        if (plan := self._plan) is None:
            return
        self._run(
            lambda watch: self._apply_unless_stale(plan, watch), self._finish, self.preview_page
        )

    def _apply_unless_stale(self, plan: ImportPlan, watch: Watch) -> ImportOutcome | StaleEdit:
        try:
            return self._client_import.apply(plan, watch)
        except StaleEdit as stale:
            return stale

    def _finish(self, outcome: ImportOutcome | StaleEdit) -> None:
        if isinstance(outcome, StaleEdit):
            self._make_plan(outcome.sentence)
            return
        self._outcome = outcome
        self.done_page.show_outcome(outcome)
        self._show(self.done_page)
        self.imported.emit()

    def _choose_where(self) -> None:
        stem = self._path.stem if self._path is not None else "clients"
        dialog = QFileDialog(self, "Save what was left out", f"{stem} left out.csv", "CSV (*.csv)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.save_left_out(Path(name)))
        dialog.open()

    def save_left_out(self, path: Path) -> None:
        if (plan := self._plan) is None:
            return
        self.show_error("")
        self._tasks.run(
            lambda: self._client_import.save_left_out(plan, path),
            lambda _nothing: self.done_page.sentence.setText(f"Saved as {path.name}."),
            self._fail,
            owner=self,
        )

    def _request_invitations(self) -> None:
        ids = list(self._outcome.added_ids) if self._outcome is not None else []
        self.accept()
        self.invite_requested.emit(ids)
