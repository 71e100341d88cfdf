"""The main job told without a window; every line is read back from database or catcher."""

import re
from collections.abc import Callable

from practice_desktop.demo.mail_catcher import CaughtMail
from practice_desktop.demo.practice import DemoPractice
from practice_desktop.errors import Problem
from practice_desktop.services.clients import ClientDraft
from practice_desktop.services.desk import Desk
from practice_desktop.services.outbox import OutboxRow
from practice_desktop.services.portal_access import InvitationRequest
from practice_desktop.vocabulary import (
    ClientFilter,
    MessageState,
    OutboxFilter,
    PortalStatus,
)

FIRST_ADDRESS = "nora.lind@example.org"
NEW_ADDRESS = "nora@example.net"
FORMS = ("Informed Consent", "Client Intake", "PHQ-9")


class NotAsItShouldBe(Exception):
    """A line of the story that database or catcher do not bear out."""


def tell(say: Callable[[str], None]) -> bool:
    """Tell it to `say`, line by line; False if something was not as it should be."""
    try:
        with DemoPractice() as demo:
            program = demo.open()
            try:
                Story(demo, program.desk, say).tell()
            finally:
                program.close()
    except (NotAsItShouldBe, Problem) as wrong:
        say(f"NOT AS IT SHOULD BE: {wrong}")
        return False
    return True


class Story:
    """One client, from *New client* to a deleted invitation, over the services of the window."""

    def __init__(self, demo: DemoPractice, desk: Desk, say: Callable[[str], None]) -> None:
        self._demo = demo
        self._catcher = demo.catcher
        self._desk = desk
        self._say = say
        self._client = 0

    def tell(self) -> None:
        self._desk.history.working_as = self._desk.practice.staff()[0]
        self._introduce()
        self._add_client()
        link = self._invite()
        self._resend(link)
        self._request_more(link)
        newer = self._change_address(link)
        self._wait_offline(newer)
        self._delete()
        self._remember()

    def _introduce(self) -> None:
        practice = self._desk.practice.load()
        counts = self._desk.clients.counts()
        self._say(
            f"{practice.name}, {practice.phone}: {counts[ClientFilter.ALL]} clients in the list, "
            f"{counts[ClientFilter.ARCHIVED]} archived."
        )
        self._say(
            f"Mail is caught on this machine ({len(self._catcher.mails)} messages so far); "
            f"invitations link to {practice.portal_address}, where nothing answers yet."
        )

    def _add_client(self) -> None:
        clients = self._desk.clients
        self._client = clients.add(ClientDraft("Nora", "Lind"))
        self._check(clients.profile(self._client).needs_setup, "a new client needs setup")
        clients.confirm_address(self._client, FIRST_ADDRESS, may_email=True, discreet_email=False)
        profile = clients.profile(self._client)
        self._check(profile.draft.email == FIRST_ADDRESS, "setup keeps the address")
        self._say(f"Added {profile.name} <{profile.draft.email}>: {profile.status.word}.")

    def _invite(self) -> str:
        desk = self._desk
        library = {form.title: form.id for form in desk.forms.library()}
        features = tuple(c.feature for c in desk.practice.feature_choices() if c.ticked)
        request = InvitationRequest(features, tuple(library[title] for title in FORMS))
        desk.portal_access.invite(self._client, request)
        self._expect_status(PortalStatus.QUEUED)
        requested = [row.title for row in desk.documentation.documents(self._client)]
        self._check(set(requested) == set(FORMS), "exactly the chosen forms are requested")
        self._say(f"Invited, with {', '.join(requested)}: {self._status().word}.")
        mail = self._caught(FIRST_ADDRESS, 1)
        self._expect_status(PortalStatus.INVITED)
        link = self._link_in(mail)
        self._say(f"Caught for {mail.recipient}: “{mail.message()['Subject']}”.")
        self._say(f"Both parts of it carry {link}")
        said = mail.part("plain") + mail.part("html")
        self._check(not any(title in said for title in FORMS), "the mail names no form")
        self._say(f"It names none of the forms. {self._row().line}: {self._status().word}.")
        return link

    def _resend(self, link: str) -> None:
        self._desk.portal_access.resend(self._client)
        mail = self._caught(FIRST_ADDRESS, 2)
        self._check(self._link_in(mail) == link, "a resent invitation has the same link")
        self._say(f"Resent to {mail.recipient}: the same link, {self._status().word}.")

    def _request_more(self, link: str) -> None:
        documentation = self._desk.documentation
        items = documentation.checklist(self._client)
        ticked = {item.key for item in items if item.ticked}
        more = {item.key for item in items if item.title in {"GAD-7", "Welcome Letter"}}
        self._check(
            documentation.save(self._client, ticked | more, baseline=ticked, notify=True),
            "Save & Send Notification queues one",
        )
        mail = self._caught(FIRST_ADDRESS, 3)
        self._check(self._link_in(mail) == link, "before acceptance it carries the invitation")
        rows = documentation.documents(self._client)
        self._say("Documents: " + ", ".join(f"{row.title} {row.status.word}" for row in rows) + ".")
        self._say(f"Caught for {mail.recipient}: “{mail.message()['Subject']}”, the same link.")

    def _change_address(self, link: str) -> str:
        self._desk.portal_access.change_address(self._client, NEW_ADDRESS)
        mail = self._caught(NEW_ADDRESS, 1)
        newer = self._link_in(mail)
        self._check(newer != link, "a changed address has a link of its own")
        self._say(f"Changed the address to {mail.recipient}: a new link, {self._status().word}.")
        return newer

    def _wait_offline(self, link: str) -> None:
        desk = self._desk
        before = len(self._catcher.mails)
        desk.sender.set_online(False)
        desk.portal_access.resend(self._client)
        desk.sender.send_due()
        self._check(len(self._catcher.mails) == before, "nothing leaves offline")
        self._check(self._row().state is MessageState.WAITING, "it waits")
        self._say(f"Offline, resent: {self._row().line}. {desk.outbox.summary().line}.")
        desk.sender.set_online(True)
        mail = self._caught(NEW_ADDRESS, 2)
        self._check(self._link_in(mail) == link, "what waited has the same link")
        self._say(f"Online again, it left by itself: {desk.outbox.summary().line}.")

    def _delete(self) -> None:
        before = len(self._catcher.mails)
        self._desk.portal_access.resend(self._client)
        self._desk.portal_access.delete(self._client)
        self._desk.sender.send_due()
        self._expect_status(PortalStatus.NOT_INVITED)
        self._check(len(self._catcher.mails) == before, "what had not left is taken back")
        self._check(self._row().state is MessageState.CANCELLED, "it is cancelled")
        self._say(f"Deleted before a resend left: {self._row().state.word}, {self._status().word}.")

    def _remember(self) -> None:
        history = self._desk.history.list(self._client)
        self._check(bool(history), "History remembers")
        self._say("History, newest first:")
        for entry in history:
            self._say(f"  {entry.actor or 'by itself'}: {entry.sentence}")

    def _caught(self, address: str, number: int) -> CaughtMail:
        """Send what may leave, then the newest of exactly `number` messages to `address`."""
        self._desk.sender.send_due()
        mails = self._catcher.mails_to(address)
        self._check(len(mails) == number, f"{number} for {address}, not {len(mails)}")
        self._check(self._row().state is MessageState.SENT, "the outbox says Sent")
        return mails[-1]

    def _link_in(self, mail: CaughtMail) -> str:
        pattern = re.escape(self._demo.portal_address) + r"/i#[A-Z2-7]{26}"
        plain: set[str] = set(re.findall(pattern, mail.part("plain")))
        html: set[str] = set(re.findall(pattern, mail.part("html")))
        self._check(len(plain) == 1 and plain == html, "both parts carry one and the same link")
        return plain.pop()

    def _row(self) -> OutboxRow:
        """The newest message to this client."""
        rows = [
            row
            for shown in OutboxFilter
            for row in self._desk.outbox.page(shown=shown, search="Lind")
            if row.client_id == self._client
        ]
        return max(rows, key=lambda row: row.id)

    def _status(self) -> PortalStatus:
        return self._desk.clients.profile(self._client).status

    def _expect_status(self, status: PortalStatus) -> None:
        self._check(self._status() is status, f"{status.word}, not {self._status().word}")

    def _check(self, is_so: bool, what: str) -> None:
        if not is_so:
            raise NotAsItShouldBe(what)
