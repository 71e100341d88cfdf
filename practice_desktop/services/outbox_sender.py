"""The thread that lets messages leave: claims one, re-checks it, hands it over, notes the answer.

A connection is opened before a message is claimed, so that being offline and trouble with the
account fix no date and cost no message an attempt. An outcome that the database would not take
is kept, and noted before anything else is sent; if the program ends first, the message is *Not
certain* at the next start, which is the truth.
"""

import logging
import random
import threading
import traceback
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import DBAPIError

from practice_desktop.errors import DataFolderProblem, PasswordStoreProblem
from practice_desktop.models.database import Database
from practice_desktop.models.practice import MailAccount as AccountRecord
from practice_desktop.ports import (
    MailError,
    MailServer,
    MailSession,
    MailTransport,
    Refused,
    ServerReply,
    Stage,
)
from practice_desktop.services.account_stop import AccountStop
from practice_desktop.services.clock import Clock
from practice_desktop.services.departure import Departure, Withdrawn
from practice_desktop.services.history import History
from practice_desktop.services.mail_account import NO_PASSWORD, MailAccount
from practice_desktop.services.mail_replies import Trouble, Verdict, sort_error
from practice_desktop.services.outbox import Outbox
from practice_desktop.services.outcomes import Claim, Outcomes
from practice_desktop.services.practice import is_loopback
from practice_desktop.services.retry_schedule import pause_after, pause_before_knock
from practice_desktop.services.root_key import RootKey, RootKeyMissing
from practice_desktop.services.standstill import Cause, Standstill, find_standstill

LOOK_SECONDS = 5.0
"""How often the database is looked at for what another process queued."""
_AFTER_TROUBLE_SECONDS = 5.0
_SHORTEST_SECONDS = 0.05

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Line:
    """An open conversation; `used` once a message was begun on it."""

    session: MailSession
    server: MailServer
    used: bool = False


class OutboxSender:
    """One per data folder. `online` is a hint from the system; offline attempts nothing."""

    def __init__(
        self,
        database: Database,
        history: History,
        clock: Clock,
        root_key: RootKey,
        mail_account: MailAccount,
        transport: MailTransport,
        outbox: Outbox,
        *,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._database = database
        self._clock = clock
        self._mail_account = mail_account
        self._transport = transport
        self._connection = outbox.connection
        self._chance = chance
        self._outcomes = Outcomes(database, history, clock)
        self._departure = Departure(database, clock, root_key, self._outcomes)
        self._account_stop = AccountStop(database, clock)
        self._unrecorded: deque[Callable[[], None]] = deque()
        self._one_run = threading.Lock()
        self._woken = threading.Event()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._recovered = False
        self._released = False
        self._probe_wanted = False
        self._came_back = False

    def start(self) -> None:
        """Recover what a crash left behind, then send until `stop`."""
        if self._thread is None:
            self._stopping.clear()
            self._thread = threading.Thread(target=self._live, name="outbox sender", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Let the message under way finish, then join the thread."""
        self._stopping.set()
        self._woken.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def wake(self) -> None:
        """Look again now: something was queued, or a person pressed *Send now*."""
        self._released = True
        self._woken.set()

    def try_now(self) -> None:
        """*Try now*: go online, forget every pause, and give a stopped account one try."""
        self._probe_wanted = self._came_back = True
        self._connection.try_at_once()
        self._set_online(True)

    def set_online(self, online: bool) -> None:
        """Offline sticks until this or `try_now` says otherwise."""
        if online and not self._connection.online:
            self._came_back = True
            self._connection.try_at_once()
        self._set_online(online)

    def note_network(self, present: bool) -> None:
        """What the system says of the network; a mail server on this computer needs none."""
        account = self._mail_account.load()
        self.set_online(present or (account is not None and is_loopback(account.host)))

    def send_due(self, report: Callable[[int], None] | None = None) -> None:
        """Send everything that may leave now, on this thread; `report` hears each id that was
        tried, and each that the last look called off. Raises DataFolderProblem.
        """
        self._connection.try_at_once()
        try:
            with self._one_run:
                self._run(report or (lambda message_id: None))
        except DBAPIError as error:
            raise DataFolderProblem(
                "The database could not be written, so sending stopped. What was sent is noted as "
                "soon as it can be. Free some space, or close what holds the database.",
                details=type(error.orig).__name__,
            ) from error

    def _set_online(self, online: bool) -> None:
        self._connection.online = online
        self._tell()
        self._woken.set()

    def _live(self) -> None:
        while not self._stopping.is_set():
            self._woken.clear()
            try:
                with self._one_run:
                    pause = self._run(lambda message_id: None)
            except Exception as error:
                # Whatever it is, mail must not stop for good; the state in the database is honest.
                _log.error("sending was interrupted: %s", _where(error))
                pause = _AFTER_TROUBLE_SECONDS
            self._woken.wait(pause)

    def _run(self, report: Callable[[int], None]) -> float:
        """Send what may leave; seconds until it is worth looking again."""
        while self._unrecorded:
            self._unrecorded[0]()
            self._unrecorded.popleft()
        if not self._recovered or not self._released:
            self._departure.recover(everything=not self._recovered)
            self._recovered = True
        self._released = False
        if self._came_back:
            self._came_back = False
            self._departure.release_deferred()
        line: _Line | None = None
        try:
            while not self._stopping.is_set():
                account, standstill = self._look()
                if standstill is not None and not self._may_try(standstill):
                    return self._seconds_until(standstill.until)
                stopped = standstill is not None and standstill.cause is Cause.STOPPED
                message_id = self._departure.next_in_line()
                if account is None or (message_id is None and not stopped):
                    return self._seconds_until(self._departure.next_due_at())
                if line is None or line.server != _server(account):
                    _close(line)
                    line = self._open(account)
                    if line is None:
                        continue
                if message_id is None:
                    self._account_stop.mended(account.version)
                elif not self._send(line, account, message_id, report):
                    _close(line)
                    line = None
        finally:
            _close(line)
        return 0.0

    def _look(self) -> tuple[AccountRecord | None, Standstill | None]:
        with self._database.read() as session:
            account = session.get(AccountRecord, 1)
            return account, find_standstill(session, self._connection, self._clock())

    def _may_try(self, standstill: Standstill) -> bool:
        if standstill.cause is Cause.STOPPED and self._probe_wanted:
            return True
        return not standstill.holds(self._clock())

    def _seconds_until(self, moment: datetime | None) -> float:
        if moment is None:
            return LOOK_SECONDS
        seconds = (moment - self._clock()).total_seconds()
        return min(max(seconds, _SHORTEST_SECONDS), LOOK_SECONDS)

    def _open(self, account: AccountRecord) -> _Line | None:
        """A signed-in conversation, or None after noting why there is none."""
        self._probe_wanted = False
        server = _server(account)
        try:
            password = self._mail_account.password()
        except PasswordStoreProblem as problem:
            self._stop_account(account, problem.sentence, problem.details, probe=True)
            return None
        if password is None:
            self._stop_account(account, NO_PASSWORD, "", probe=True)
            return None
        try:
            session = self._transport.open(server, password)
        except MailError as error:
            self._note_no_line(account, sort_error(error))
            return None
        if self._connection.failures:
            self._connection.answered()
            self._tell()
        return _Line(session, server)

    def _note_no_line(self, account: AccountRecord, verdict: Verdict) -> None:
        match verdict.trouble:
            case Trouble.UNREACHABLE:
                self._connection.failures += 1
                self._connection.unreachable_details = verdict.details
                self._connection.retry_at = self._clock() + pause_before_knock(
                    self._connection.failures
                )
                self._tell()
            case Trouble.BUSY:
                self._pause()
            case _:
                self._stop_for(account, verdict)

    def _send(
        self,
        line: _Line,
        account: AccountRecord,
        message_id: int,
        report: Callable[[int], None],
    ) -> bool:
        """One message; whether the line may be used for the next."""
        try:
            claim = self._departure.claim(message_id)
        except (PasswordStoreProblem, RootKeyMissing) as problem:
            self._stop_account(account, problem.sentence, problem.details, probe=True)
            return True
        usable = claim is None or self._hand_over(line, account, claim)
        report(message_id)
        return usable

    def _hand_over(self, line: _Line, account: AccountRecord, claim: Claim) -> bool:
        fresh, line.used = not line.used, True
        at_the_dot = False

        def before_final_dot() -> None:
            nonlocal at_the_dot
            self._departure.before_final_dot(claim)
            at_the_dot = True

        try:
            reply = line.session.hand_over(claim.envelope, before_final_dot)
        except Withdrawn:
            return False
        except MailError as error:
            if at_the_dot and not error.certain:
                said = str(error)
                self._record(lambda: self._outcomes.leave_open(claim, said))
                self._pause()
                return False
            if not fresh and _hung_up(error):
                self._record(lambda: self._outcomes.put_back(claim))
                return False
            self._note_refusal(account, claim, sort_error(error))
            return isinstance(error, Refused)
        except Exception:
            if at_the_dot:
                self._record(lambda: self._outcomes.leave_open(claim, "unexpected error"))
            else:
                self._record(lambda: self._outcomes.put_back(claim))
            raise
        self._note_acceptance(account, claim, reply)
        return True

    def _note_acceptance(self, account: AccountRecord, claim: Claim, reply: ServerReply) -> None:
        self._record(lambda: self._outcomes.accept(claim, reply))
        self._connection.took_a_message()
        self._account_stop.mended(account.version)

    def _note_refusal(self, account: AccountRecord, claim: Claim, verdict: Verdict) -> None:
        if verdict.trouble in (Trouble.ACCOUNT, Trouble.PASSWORD):
            self._record(lambda: self._outcomes.put_back(claim))
            self._stop_for(account, verdict)
            return
        chance = self._chance()
        self._record(lambda: self._outcomes.refuse(claim, verdict, chance))
        if verdict.trouble is Trouble.BUSY:
            self._pause()
        else:
            self._connection.took_a_message()
            self._account_stop.mended(account.version)

    def _record(self, note: Callable[[], None]) -> None:
        """Note an outcome; one that the database does not take is kept for the next run."""
        try:
            note()
        except DBAPIError:
            self._unrecorded.append(note)
            raise

    def _pause(self) -> None:
        """The server holds everybody up: leave it alone for a while."""
        self._connection.refusals += 1
        self._connection.busy_until = self._clock() + pause_after(
            self._connection.refusals, self._chance()
        )
        self._tell()

    def _stop_for(self, account: AccountRecord, verdict: Verdict) -> None:
        reason = f"{verdict.line}. {verdict.advice}".strip()
        self._stop_account(
            account, reason, verdict.details, probe=verdict.trouble is not Trouble.PASSWORD
        )

    def _stop_account(
        self, account: AccountRecord, reason: str, details: str, *, probe: bool
    ) -> None:
        version = account.version
        self._record(lambda: self._account_stop.stop(version, reason, details, probe=probe))

    def _tell(self) -> None:
        """What is said of the connection changed, without a commit: who listens for those
        re-reads now.
        """
        if self._database.on_commit is not None:
            self._database.on_commit()


def _server(account: AccountRecord) -> MailServer:
    return MailServer(account.host, account.port, account.security, account.user, account.ca_file)


def _close(line: _Line | None) -> None:
    if line is not None:
        line.session.close()


def _hung_up(error: MailError) -> bool:
    """Whether the server merely ended a conversation that had carried messages before."""
    if error.stage is not Stage.SENDER:
        return False
    return not isinstance(error, Refused) or error.reply.code == 421


def _where(error: BaseException) -> str:
    """Its kind and where it arose; never its words, which may name a client."""
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    places = ", ".join(f"{frame.name}:{frame.lineno}" for frame in frames)
    return f"{type(error).__name__} at {places}"
