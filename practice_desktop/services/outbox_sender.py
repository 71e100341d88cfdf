"""The thread that lets messages leave: claims one, re-checks it, hands it over, notes the answer."""

from collections.abc import Callable


class OutboxSender:
    """One per data folder. `online` is a hint from the system; offline attempts nothing."""

    def start(self) -> None:
        """Recover what a crash left behind, then send until `stop`."""
        raise NotImplementedError

    def stop(self) -> None:
        """Let the message under way finish, then join the thread."""
        raise NotImplementedError

    def wake(self) -> None:
        """Look again now: something was queued, a person pressed *Send now* or *Try now*."""
        raise NotImplementedError

    def set_online(self, online: bool) -> None:
        raise NotImplementedError

    def send_due(self, report: Callable[[int], None] | None = None) -> None:
        """Send everything that may leave now, on this thread; `report` hears each settled id."""
        raise NotImplementedError
