"""All services of one open data folder, as the window and the command line receive them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from practice_desktop.services.clients import Clients
from practice_desktop.services.documentation import Documentation
from practice_desktop.services.forms import Forms
from practice_desktop.services.history import History
from practice_desktop.services.mail_account import MailAccount
from practice_desktop.services.mail_templates import MailTemplates
from practice_desktop.services.outbox import Outbox
from practice_desktop.services.outbox_sender import OutboxSender
from practice_desktop.services.portal_access import PortalAccess
from practice_desktop.services.practice import Practice

if TYPE_CHECKING:
    from practice_desktop.services.client_import import ClientImport


@dataclass(frozen=True)
class Desk:
    """Handed to the main window, which hands each page only what that page needs.

    The import is made at its first use: two dozen modules that the first window does without.
    """

    practice: Practice
    clients: Clients
    make_client_import: "Callable[[], ClientImport]"
    portal_access: PortalAccess
    documentation: Documentation
    forms: Forms
    mail_account: MailAccount
    mail_templates: MailTemplates
    outbox: Outbox
    sender: OutboxSender
    history: History

    @cached_property
    def client_import(self) -> "ClientImport":
        return self.make_client_import()
