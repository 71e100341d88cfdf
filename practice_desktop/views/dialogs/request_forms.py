"""*Request forms…* of several clients: which forms, then who gets them and who is left out."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QStackedWidget, QWidget

from practice_desktop.services.documentation import Documentation, RequestOutcome
from practice_desktop.services.forms import PacketRow
from practice_desktop.views.dialogs.outcomes_page import OutcomesPage
from practice_desktop.views.dialogs.working_dialog import WorkingDialog
from practice_desktop.views.messages import ask
from practice_desktop.views.tasks import Tasks
from practice_desktop.views.widgets.buttons import link_button, plain_button, primary_button
from practice_desktop.views.widgets.form_picker import FormPicker
from practice_desktop.views.widgets.label import plain_label

_WIDTH = 774
_CHOOSE, _CHECK, _DONE = range(3)


class RequestFormsDialog(WorkingDialog):
    """Accepted once forms were requested, after a last page where not everybody got them."""

    def __init__(
        self,
        parent: QWidget,
        documentation: Documentation,
        client_ids: Sequence[int],
        tasks: Tasks,
        packets: tuple[PacketRow, ...] = (),
    ) -> None:
        count = len(client_ids)
        super().__init__(parent, "Request forms", "", tasks, width=_WIDTH)
        self._documentation = documentation
        self._client_ids = list(client_ids)
        self._clients = "1 client" if count == 1 else f"{count:,} clients"
        self._included: list[int] = []
        self.picker = FormPicker()
        self.picker.set_items(documentation.library_checklist())
        self.picker.set_packets(packets)
        self.picker.selection_changed.connect(self._count)
        self.review_page, self.result_page = OutcomesPage(), OutcomesPage(done=True)
        self._pages = QStackedWidget()
        for page in (self.picker, self.review_page, self.result_page):
            self._pages.addWidget(page)
        self.body.addWidget(self._pages, 1)
        self._add_buttons()
        self._count()
        self._show_page(_CHOOSE)

    def may_close(self) -> bool:
        if not super().may_close():
            return False
        if self._pages.currentIndex() == _DONE or not self.picker.ticked():
            return True
        return ask(
            self,
            "Leave without requesting?",
            "The forms you chose are not kept, and nothing is requested.",
            "Leave",
        )

    def reject(self) -> None:
        if self._pages.currentIndex() == _DONE:
            self.accept()
        else:
            super().reject()

    def _add_buttons(self) -> None:
        self.count_label = plain_label("", "muted")
        self.back_button = link_button("Back")
        self.back_button.clicked.connect(partial(self._show_page, _CHOOSE))
        self.cancel_button = plain_button("Cancel")
        self.cancel_button.clicked.connect(self.reject)
        self.continue_button = primary_button("Continue")
        self.continue_button.clicked.connect(self._review)
        self.save_button = plain_button("Save")
        self.save_button.clicked.connect(partial(self._request, False))
        self.notify_button = primary_button("Save & Send Notification", "mail")
        self.notify_button.clicked.connect(partial(self._request, True))
        self.close_button = primary_button("Close")
        self.close_button.clicked.connect(self.accept)
        self.footer.addWidget(self.count_label)
        self.footer.addWidget(self.back_button)
        self.footer.addStretch(1)
        for button in (
            self.cancel_button,
            self.continue_button,
            self.save_button,
            self.notify_button,
            self.close_button,
        ):
            self.footer.addWidget(button)

    def _show_page(self, page: int, _checked: bool = False) -> None:
        self.show_error("")
        self._pages.setCurrentIndex(page)
        self.set_title(
            "Request forms",
            (
                f"Choose what to request of {self._clients}.",
                "Check who gets the forms, then save.",
                "This is how it came out.",
            )[page],
        )
        shown = {
            _CHOOSE: (self.count_label, self.cancel_button, self.continue_button),
            _CHECK: (self.back_button, self.save_button, self.notify_button),
            _DONE: (self.close_button,),
        }
        for on, widgets in shown.items():
            for widget in widgets:
                widget.setVisible(on == page)
        focused = (self.picker.search, self.notify_button, self.close_button)[page]
        focused.setFocus()
        self.fit()

    def _count(self) -> None:
        number = len(self.picker.ticked())
        self.count_label.setText(f"{number} selected")
        self.continue_button.setEnabled(number > 0)

    def _form_ids(self) -> list[int]:
        return sorted(key.form_id for key in self.picker.ticked())

    def _review(self) -> None:
        form_ids = self._form_ids()
        self.work(
            lambda: self._documentation.review_many(self._client_ids, form_ids), self._show_review
        )

    def _show_review(self, outcomes: list[RequestOutcome]) -> None:
        self.review_page.show_outcomes(outcomes)
        anybody = any(outcome.included for outcome in outcomes)
        for button in (self.save_button, self.notify_button):
            button.setEnabled(anybody)
        self._show_page(_CHECK)

    def _request(self, notify: bool, _checked: bool = False) -> None:
        form_ids = self._form_ids()
        self.work(
            lambda: self._documentation.request_many(self._client_ids, form_ids, notify=notify),
            self._show_result,
        )

    def _show_result(self, outcomes: list[RequestOutcome]) -> None:
        if all(outcome.included for outcome in outcomes):
            self.accept()
            return
        self.result_page.show_outcomes(outcomes)
        self._show_page(_DONE)
