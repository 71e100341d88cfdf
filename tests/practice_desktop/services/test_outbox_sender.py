"""The thread that lets messages leave."""

import sqlite3
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import Connection, event
from sqlalchemy.exc import OperationalError

from practice_desktop.errors import (
    DataFolderProblem,
    NotAllowed,
    PasswordStoreLocked,
    PasswordStoreMissing,
)
from practice_desktop.gateways.smtp import SmtpTransport
from practice_desktop.ports import Broken, MailError, NotEncrypted, Stage, Unreachable
from practice_desktop.vocabulary import MessageState, OutboxFilter, Security
from tests.mail_server import MailCatcher, make_certificates
from tests.practice_desktop.outbox_office import ACCOUNT, Office, open_office, reopen_office
from tests.practice_desktop.scripted_mail import refusal
from tests.practice_desktop.stand_ins import Clock, MemorySecrets

BAD_PASSWORD = refusal(Stage.SIGN_IN, 535, "5.7.8 bad")
NO_ANSWER = Broken(Stage.AFTER_DOT, "timed out")
UNKNOWN = refusal(Stage.RECIPIENT, 550, "5.1.1 user unknown")
GREYLISTED = refusal(Stage.RECIPIENT, 451, "4.7.1 greylisted")
QUOTA = refusal(Stage.AFTER_DOT, 550, "5.4.5 daily quota")

VERBS = ["send_now", "hold", "cancel", "send_again", "confirm_arrived", "dismiss"]
MESSAGE_OUTCOMES = [
    # What the server does, the state, attempts, what the next round does after an hour.
    (None, "sent", 1, "nothing"),
    (UNKNOWN, "failed", 1, "nothing"),
    (refusal(Stage.AFTER_DOT, 554, "5.7.1 spam"), "failed", 1, "nothing"),
    (refusal(Stage.AFTER_DOT, 552, "5.3.4 too big"), "failed", 1, "nothing"),
    (GREYLISTED, "waiting", 1, "sends"),
    (refusal(Stage.RECIPIENT, 452, "4.2.2 full"), "waiting", 1, "sends"),
    (refusal(Stage.SENDER, 421, "4.3.2 closing"), "waiting", 1, "sends"),
    (refusal(Stage.DATA, 451, "4.3.0 local error"), "waiting", 1, "sends"),
    (refusal(Stage.AFTER_DOT, 451, "4.3.0 local error"), "waiting", 1, "sends"),
    (Broken(Stage.SENDER, "hung up"), "waiting", 1, "sends"),
    (Broken(Stage.RECIPIENT, "timed out"), "waiting", 1, "sends"),
    (Broken(Stage.DATA, "garbage"), "waiting", 1, "sends"),
    (Broken(Stage.BODY, "hung up"), "waiting", 1, "sends"),
    (NO_ANSWER, "uncertain", 1, "nothing"),
    (refusal(Stage.SENDER, 530, "5.7.0 sign in"), "waiting", 0, "sends"),
    (refusal(Stage.SENDER, 550, "5.7.60 send as"), "waiting", 0, "sends"),
    (QUOTA, "waiting", 0, "sends"),
]
OPENING_OUTCOMES = [
    # What happens before anybody is signed in, what is said, what an hour later brings.
    (Unreachable(Stage.FIND, "no such host"), "Mail server not reached", "sends"),
    (Unreachable(Stage.CONNECT, "refused"), "Mail server not reached", "sends"),
    (Broken(Stage.GREETING, "garbage"), "Mail server not reached", "sends"),
    (refusal(Stage.GREETING, 421, "busy"), "Mail server busy until", "sends"),
    (refusal(Stage.GREETING, 554, "go away"), "Mail account stopped", "sends"),
    (NotEncrypted(Stage.ENCRYPT, "no STARTTLS"), "Mail account stopped", "sends"),
    (NotEncrypted(Stage.ENCRYPT, "certificate: expired"), "Mail account stopped", "sends"),
    (refusal(Stage.SIGN_IN, 454, "4.7.0 later"), "Mail server busy until", "sends"),
    (BAD_PASSWORD, "Not signed in", "nothing"),
    (refusal(Stage.SIGN_IN, 534, "5.7.9 app password"), "Not signed in", "nothing"),
    (refusal(Stage.SIGN_IN, 535, "5.7.139 off"), "Not signed in", "nothing"),
    (PasswordStoreLocked("The password store is locked."), "Mail account stopped", "sends"),
    (PasswordStoreMissing("There is no password store."), "Mail account stopped", "sends"),
]


@pytest.mark.parametrize(("answer", "state", "attempts", "later"), MESSAGE_OUTCOMES)
def test_what_a_message_meets(
    office: Office, answer: MailError | None, state: str, attempts: int, later: str
) -> None:
    message = office.invite()
    office.script.at_message = [answer]
    assert office.send() == [message]
    assert (office.row(message).state, office.row(message).attempts) == (state, attempts)
    assert office.script.open_now == 0
    office.clock.advance(hours=1)
    assert office.send() == ([message] if later == "sends" else [])
    if later == "sends":
        assert office.row(message).state is MessageState.SENT
        assert office.desk.outbox.notice() is None
        assert len({envelope.content for envelope in office.script.begun}) == 1


@pytest.mark.parametrize(("trouble", "headline", "later"), OPENING_OUTCOMES)
def test_trouble_before_the_message_costs_it_nothing(
    office: Office, trouble: Exception, headline: str, later: str
) -> None:
    message = office.invite()
    if isinstance(trouble, MailError):
        office.script.at_open = [trouble]
    else:
        office.secrets.trouble = trouble
    assert office.send() == []
    office.secrets.trouble = None
    row = office.row(message)
    assert (row.state, row.attempts, row.message_id) == (MessageState.WAITING, 0, "")
    assert office.desk.outbox.summary().line.startswith(headline)
    notice = office.desk.outbox.notice()
    assert notice is not None
    assert "Messages stay here" in notice.sentence
    office.clock.advance(hours=1)
    assert office.send() == ([message] if later == "sends" else [])


def test_a_wrong_password_is_said_once(office: Office) -> None:
    for _ in range(3):
        office.invite()
    office.script.at_open = [BAD_PASSWORD] * 5
    for _ in range(10):
        office.send()
        office.clock.advance(hours=5)
    assert len(office.script.passwords) == 1
    office.desk.sender.try_now()
    office.send()
    assert len(office.script.passwords) == 2
    office.script.at_open = []
    office.desk.mail_account.save(ACCOUNT, "right")
    assert len(office.send()) == 3
    assert office.script.passwords[-1] == "right"
    assert office.desk.outbox.summary().line == "Everything sent"


def test_a_missing_password_is_a_sentence_of_its_own(office: Office) -> None:
    message = office.invite()
    kept = dict(office.secrets.entries)
    for name in list(office.secrets.entries):
        if name.startswith("smtp-password"):
            del office.secrets.entries[name]
    assert office.send() == []
    notice = office.desk.outbox.notice()
    assert notice is not None
    assert "holds no password for this mail account" in notice.sentence
    assert office.script.passwords == []
    office.secrets.entries = kept
    office.clock.advance(minutes=5)
    assert office.send() == [message]


def test_a_quota_is_probed_ever_more_rarely(office: Office) -> None:
    message = office.invite()
    office.script.always = lambda envelope: QUOTA
    tried = []
    for minute in range(0, 24 * 60, 5):
        if office.send():
            tried.append(minute)
        office.clock.advance(minutes=5)
    assert tried == [0, 5, 20, 80, 320, 560, 800, 1040, 1280]
    assert office.row(message).attempts == 0
    office.script.always = lambda envelope: None
    office.clock.advance(hours=4)
    assert office.send() == [message]
    assert office.account().probes == 0


def test_a_mended_account_is_noticed_with_nothing_to_send(office: Office) -> None:
    message = office.invite()
    office.script.at_open = [NotEncrypted(Stage.ENCRYPT, "certificate: expired")]
    office.send()
    office.desk.outbox.hold(message)
    office.clock.advance(minutes=5)
    assert office.send() == []
    assert office.desk.outbox.notice() is None


def test_offline_attempts_nothing_and_coming_back_tries_at_once(office: Office) -> None:
    office.script.at_message = [GREYLISTED]
    resting = office.invite()
    office.send()
    office.desk.sender.set_online(False)
    fresh = office.invite()
    assert office.send() == []
    assert office.script.opened == 1
    office.desk.sender.set_online(True)
    assert sorted(office.send()) == [resting, fresh]


def test_one_connection_carries_a_run_of_messages(office: Office) -> None:
    office.script.at_message = [None, UNKNOWN, None]
    ids = [office.invite() for _ in range(4)]
    assert office.send() == ids
    assert (office.script.opened, office.script.open_now) == (1, 0)
    assert office.states(ids) == ["sent", "failed", "sent", "sent"]


@pytest.mark.parametrize(
    "ending", [Broken(Stage.SENDER, "hung up"), refusal(Stage.SENDER, 421, "4.7.0 too many")]
)
def test_a_server_that_ends_a_long_conversation_costs_nothing(
    office: Office, ending: MailError
) -> None:
    office.script.at_message = [None, ending]
    ids = [office.invite() for _ in range(3)]
    office.send()
    assert office.states(ids) == ["sent"] * 3
    assert [office.row(message).attempts for message in ids] == [1, 1, 1]
    assert office.script.opened == 2


def test_a_busy_server_is_left_alone_and_costs_one_message_an_attempt(office: Office) -> None:
    office.script.always = lambda envelope: refusal(Stage.SENDER, 450, "4.3.2 not now")
    ids = [office.invite() for _ in range(5)]
    office.send()
    assert [office.row(message).attempts for message in ids] == [1, 0, 0, 0, 0]


def test_a_server_that_never_answers_the_dot_makes_one_message_uncertain(
    office: Office,
) -> None:
    office.script.always = lambda envelope: NO_ANSWER
    ids = [office.invite() for _ in range(5)]
    office.send()
    assert office.states(ids) == ["uncertain", "waiting", "waiting", "waiting", "waiting"]


def test_a_message_cancelled_while_it_is_sent_never_gets_its_dot(office: Office) -> None:
    first, second = office.invite(), office.invite()
    cancel = [first]

    def cancel_once() -> None:
        while cancel:
            office.desk.outbox.cancel(cancel.pop())

    office.script.before_dot = cancel_once
    office.send()
    assert office.states([first, second]) == ["cancelled", "sent"]
    assert [e.recipient for e in office.script.taken] == [office.row(second).recipient]


@contextmanager
def database_full(office: Office, *, after: int) -> Iterator[None]:
    """Every commit fails but the first `after` ones, as SQLite fails on a disk that is full: it
    rolls back by itself and says so (sqlite.org/lang_transaction.html, 3).
    """
    left = [after]

    def refuse(connection: Connection) -> None:
        left[0] -= 1
        if left[0] < 0:
            connection.exec_driver_sql("ROLLBACK")
            full = sqlite3.OperationalError("database or disk is full")
            raise OperationalError("COMMIT", None, full)

    engine = office.program.database.engine
    event.listen(engine, "commit", refuse)
    try:
        yield
    finally:
        event.remove(engine, "commit", refuse)


@pytest.mark.parametrize(
    ("commits", "taken", "then"),
    [(0, 0, "waiting"), (1, 0, "sending"), (2, 1, "handing_over")],
)
def test_a_full_disk_loses_and_repeats_nothing(
    office: Office, commits: int, taken: int, then: str
) -> None:
    """The claim, the step before the dot, the outcome: each may be refused by the disk."""
    message = office.invite()
    with database_full(office, after=commits):
        for _ in range(3):
            with pytest.raises(DataFolderProblem):
                office.send()
        assert len(office.script.taken) == taken
    assert office.row(message).state == then
    office.send()
    assert office.row(message).state is MessageState.SENT
    assert len(office.script.taken) == 1


def test_what_the_disk_refused_before_a_crash_is_not_certain(office: Office) -> None:
    message = office.invite()
    with database_full(office, after=2), pytest.raises(DataFolderProblem):
        office.send()
    restarted = type(office.desk.sender)(
        office.program.database,
        office.desk.history,
        office.clock,
        office.program.root_key,
        office.desk.mail_account,
        office.transport,
        office.desk.outbox,
    )
    restarted.send_due()
    assert office.row(message).state is MessageState.UNCERTAIN
    assert len(office.script.taken) == 1


def test_a_password_store_that_locks_after_queueing_stops_everything_in_words(
    office: Office,
) -> None:
    office.invite()
    office.secrets.trouble = PasswordStoreLocked("The password store is locked. Unlock it.")
    office.send()
    notice = office.desk.outbox.notice()
    assert notice is not None
    assert notice.sentence == "The password store is locked. Unlock it. Messages stay here."


def test_the_thread_sends_what_is_queued_while_it_runs(office: Office) -> None:
    sent = threading.Semaphore(0)
    office.program.database.on_commit = sent.release
    office.desk.sender.start()
    try:
        message = office.invite()
        while office.row(message).state is not MessageState.SENT:
            assert sent.acquire(timeout=10)
    finally:
        office.desk.sender.stop()
        office.program.database.on_commit = None
    assert office.script.open_now == 0


def test_the_thread_recovers_what_a_crash_left_and_stops_when_told(office: Office) -> None:
    message = office.invite()
    office.change(lambda m: m.move(MessageState.SENDING), message)
    office.desk.sender.set_online(False)
    recovered = threading.Semaphore(0)
    office.program.database.on_commit = recovered.release
    office.desk.sender.start()
    assert recovered.acquire(timeout=10)
    office.desk.sender.stop()
    office.program.database.on_commit = None
    assert office.row(message).state is MessageState.WAITING


def test_going_offline_is_told_without_a_commit(office: Office) -> None:
    told: list[None] = []
    office.program.database.on_commit = lambda: told.append(None)
    office.desk.sender.set_online(False)
    office.program.database.on_commit = None
    assert told


def test_a_portal_on_this_computer_keeps_messages_here(office: Office) -> None:
    message = office.invite()
    office.desk.practice.save(portal_address="http://127.0.0.1:8000")
    assert office.send() == []
    assert office.script.opened == 0
    assert office.row(message).line.endswith("the portal is on this computer only")


def test_a_changed_server_is_spoken_to_on_a_new_connection(office: Office) -> None:
    first, second = office.invite(), office.invite()
    changed: list[None] = []

    def change_once() -> None:
        if not changed:
            changed.append(None)
            new = replace(ACCOUNT, host="other.harbor.example", security=Security.TLS)
            office.desk.mail_account.save(new, "other")

    office.script.before_dot = change_once
    office.send()
    assert office.states([first, second]) == ["sent", "sent"]
    assert office.script.passwords == ["secret", "other"]


class Mail(RuleBasedStateMachine):
    """Whatever happens in whatever order: nothing is lost, nothing is sent twice by itself, and
    nothing is called sent that no server took and no person vouched for.
    """

    def __init__(self) -> None:
        super().__init__()
        self._folder = TemporaryDirectory()
        self.office = open_office(Path(self._folder.name), Clock(), MemorySecrets())
        self.ids: list[int] = []
        self.doubted: set[int] = set()
        self.confirmed: set[int] = set()

    def teardown(self) -> None:
        self.office.program.close()
        self._folder.cleanup()

    @precondition(lambda self: len(self.ids) < 5)
    @rule(held=st.booleans())
    def invite(self, held: bool) -> None:
        self.office.desk.practice.save(hold_new_messages=held)
        self.ids.append(self.office.invite())

    @rule(answers=st.lists(st.sampled_from([row[0] for row in MESSAGE_OUTCOMES]), max_size=4))
    def send(self, answers: list[MailError | None]) -> None:
        self.office.script.at_message = list(answers)
        self.office.send()
        self.office.script.at_message = []

    @rule(after=st.integers(0, 5))
    def crash_on_a_full_disk(self, after: int) -> None:
        with database_full(self.office, after=after), suppress(DataFolderProblem):
            self.office.send()
        self.office = reopen_office(self.office)
        self.office.send()

    @rule(hours=st.integers(0, 5))
    def wait(self, hours: int) -> None:
        self.office.clock.advance(hours=hours)

    @rule(online=st.booleans())
    def network(self, online: bool) -> None:
        self.office.desk.sender.set_online(online)

    @rule()
    def try_now(self) -> None:
        self.office.desk.sender.try_now()

    @precondition(lambda self: self.ids)
    @rule(data=st.data(), verb=st.sampled_from(VERBS))
    def decide(self, data: st.DataObject, verb: str) -> None:
        message = data.draw(st.sampled_from(self.ids))
        with suppress(NotAllowed):
            getattr(self.office.desk.outbox, verb)(message)
            if verb == "send_again":
                self.doubted.add(message)
            if verb == "confirm_arrived":
                self.confirmed.add(message)

    @invariant()
    def every_message_stands_behind_one_chip(self) -> None:
        shown = [message for chip in OutboxFilter for message in self.office.shown(chip)]
        assert sorted(shown) == sorted(self.ids)

    @invariant()
    def nothing_is_on_its_way_between_rounds(self) -> None:
        assert not {"sending", "handing_over"} & set(self.office.states(self.ids))

    @invariant()
    def what_is_said_is_true(self) -> None:
        arrived = Counter(envelope.recipient for envelope in self.office.script.taken)
        for message in self.ids:
            row = self.office.row(message)
            times = arrived[row.recipient]
            if message not in self.doubted:
                assert times <= 1, "sent twice by itself"
            if row.state is MessageState.SENT:
                assert times or message in self.confirmed, "falsely called sent"
            elif times and message not in self.doubted:
                assert row.state is MessageState.UNCERTAIN, "arrived and forgotten"


Mail.TestCase.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)
test_nothing_is_lost_sent_twice_or_falsely_called_sent = Mail.TestCase


def test_a_message_really_leaves_and_a_refusal_is_read_as_one(tmp_path: Path, clock: Clock) -> None:
    """The whole way over a real connection with STARTTLS and login."""
    with MailCatcher(make_certificates(tmp_path / "certificates")) as catcher:
        server = catcher.server()
        office = open_office(tmp_path / "data", clock, MemorySecrets(), SmtpTransport())
        account = replace(
            ACCOUNT,
            host=server.host,
            port=server.port,
            security=server.security,
            user=server.user,
            ca_file=server.ca_file,
        )
        office.desk.mail_account.save(account, catcher.password)
        refused, sent = office.invite(), office.invite()
        catcher.answer("RCPT", "550 5.1.1 user unknown")
        try:
            assert office.send() == [refused, sent]
            (mail,) = catcher.wait_for(1)
            assert office.states([refused, sent]) == ["failed", "sent"]
            assert office.row(refused).details == "550 5.1.1 user unknown"
            assert mail.recipient == office.row(sent).recipient
            assert office.row(sent).message_id.encode() in mail.content
            assert catcher.attempts == [(server.user, catcher.password)]
            catcher.hang_up_at("DATA")
            uncertain = office.invite()
            office.send()
            assert office.row(uncertain).state is MessageState.UNCERTAIN
        finally:
            office.program.close()
