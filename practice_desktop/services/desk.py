"""All services of one open data folder, as the window and the command line receive them."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from practice_desktop.models.database import Database
from practice_desktop.ports import MailTransport, SecretStore
from practice_desktop.services.client_list import ClientList
from practice_desktop.services.clock import Clock
from practice_desktop.services.history import History
from practice_desktop.services.practice import Practice
from practice_desktop.services.root_key import RootKey

if TYPE_CHECKING:
    from practice_desktop.services.client_import import ClientImport
    from practice_desktop.services.clients import Clients
    from practice_desktop.services.documentation import Documentation
    from practice_desktop.services.forms import Forms
    from practice_desktop.services.mail_account import MailAccount
    from practice_desktop.services.mail_templates import MailTemplates
    from practice_desktop.services.outbox import Outbox
    from practice_desktop.services.outbox_sender import OutboxSender
    from practice_desktop.services.portal_access import PortalAccess


@dataclass(frozen=True)
class Desk:
    """Handed to the main window, which hands each page only what that page needs.

    A service is made, and its module loaded, at its first use: the first window needs the practice
    and the list, and the rest would take as long as the window itself. `make_all` before other
    threads use it.
    """

    database: Database
    clock: Clock
    secrets: SecretStore
    transport: MailTransport
    root_key: RootKey
    history: History
    practice: Practice
    client_list: ClientList

    def make_all(self) -> None:
        """Make what threads use too, so that two of them cannot make it twice."""
        _ = (self.clients, self.mail_account, self.sender)

    def stop_sender(self) -> None:
        """Let the message under way finish, where there is a sender at all."""
        if "sender" in self.__dict__:
            self.sender.stop()

    @cached_property
    def forms(self) -> "Forms":
        from practice_desktop.services.forms import Forms

        forms = Forms(self.database, self.history, self.clock)
        forms.fill_library()
        return forms

    @cached_property
    def mail_templates(self) -> "MailTemplates":
        from practice_desktop.services.mail_templates import MailTemplates

        return MailTemplates(self.database, self.history, self.clock)

    @cached_property
    def mail_account(self) -> "MailAccount":
        from practice_desktop.services.mail_account import MailAccount

        account = MailAccount(self.database, self.history, self.clock, self.secrets, self.transport)
        account.on_saved = self._wake_sender
        return account

    @cached_property
    def outbox(self) -> "Outbox":
        from practice_desktop.services.outbox import Outbox

        outbox = Outbox(self.database, self.history, self.clock, self.root_key)
        outbox.on_release = self._wake_sender
        return outbox

    @cached_property
    def documentation(self) -> "Documentation":
        return self._portal[0]

    @cached_property
    def portal_access(self) -> "PortalAccess":
        return self._portal[1]

    @cached_property
    def clients(self) -> "Clients":
        from practice_desktop.services.clients import Clients

        return Clients(self.database, self.history, self.clock, self.portal_access)

    @cached_property
    def client_import(self) -> "ClientImport":
        from practice_desktop.services.client_import import ClientImport

        return ClientImport(self.database, self.history, self.clock)

    @cached_property
    def sender(self) -> "OutboxSender":
        from practice_desktop.services.outbox_sender import OutboxSender

        return OutboxSender(
            self.database,
            self.history,
            self.clock,
            self.root_key,
            self.mail_account,
            self.transport,
            self.outbox,
        )

    @cached_property
    def _portal(self) -> "tuple[Documentation, PortalAccess]":
        from practice_desktop.services.documentation import Documentation
        from practice_desktop.services.portal_access import PortalAccess
        from practice_desktop.services.portal_mail import PortalMail

        # What is requested is chosen from the library: it must be there first.
        _ = self.forms
        mail = PortalMail(self.root_key, self.mail_templates, self.outbox)
        documentation = Documentation(self.database, self.history, self.clock, mail, self.outbox)
        access = PortalAccess(
            self.database,
            self.history,
            self.clock,
            self.root_key,
            mail,
            self.outbox,
            documentation,
        )
        return documentation, access

    def _wake_sender(self) -> None:
        self.sender.wake()
