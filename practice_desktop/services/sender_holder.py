"""The window as the process that sends for its data folder, and as the one that others ask."""

import threading
from collections.abc import Callable

from practice_desktop.ports import Instance, InstanceRequest
from practice_desktop.services.outbox import Outbox
from practice_desktop.services.outbox_sender import OutboxSender

TRY_AGAIN_SECONDS = 1.0


class SenderHolder:
    """Starts the sender once the data folder is this process's to send for.

    A command line that sends just now holds it for a while: it is waited for on a thread.
    """

    def __init__(self, instance: Instance, outbox: Outbox, sender: OutboxSender) -> None:
        self._instance = instance
        self._outbox = outbox
        self._sender = sender
        self._show_window: Callable[[], None] = lambda: None
        self._stopping = threading.Event()
        self._waiting: threading.Thread | None = None

    def start(self, show_window: Callable[[], None]) -> None:
        """`show_window` is called on another thread when the program is started once more."""
        self._show_window = show_window
        if not self._take():
            self._waiting = threading.Thread(target=self._wait, name="sender holder", daemon=True)
            self._waiting.start()

    def stop(self) -> None:
        """Let the message under way finish, then let the folder go."""
        self._stopping.set()
        if self._waiting is not None:
            self._waiting.join()
            self._waiting = None
        self._sender.stop()
        self._instance.release()

    def _take(self) -> bool:
        if not self._instance.acquire():
            return False
        self._instance.serve(self._hear)
        self._sender.start()
        return True

    def _wait(self) -> None:
        while not self._stopping.wait(TRY_AGAIN_SECONDS):
            if self._take():
                return

    def _hear(self, what: InstanceRequest) -> bool:
        if what == "show window":
            self._show_window()
            return True
        if not self._outbox.online:
            return False
        self._sender.try_now()
        return True
