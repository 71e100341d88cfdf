"""Import of clients from CSV, XLSX and vCard: read, map, preview, then one transaction."""


from practice_desktop.models.database import Database
from practice_desktop.services.clock import Clock
from practice_desktop.services.history import History


class ClientImport:
    def __init__(self, database: Database, history: History, clock: Clock) -> None:
        self._database = database
        self._history = history
        self._clock = clock
