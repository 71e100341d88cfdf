"""The words the program speaks, stored and on screen.

A member's value is what the database and the command line keep; `word` is what people read.
"""

from enum import StrEnum
from types import MappingProxyType


class Word(StrEnum):
    """A stored value with the word that stands for it on screen."""

    @property
    def word(self) -> str:
        """The word on screen: the value in plain spelling unless the class says otherwise."""
        return self.value.replace("_", " ").capitalize()


class ClientType(Word):
    INDIVIDUAL = "individual"
    COUPLE = "couple"
    FAMILY = "family"
    MINOR = "minor"


class Relationship(Word):
    """What a contact is to the client."""

    PARENT = "parent"
    PARTNER = "partner"
    EMERGENCY = "emergency"
    OTHER = "other"

    @property
    def word(self) -> str:
        return "Emergency contact" if self is Relationship.EMERGENCY else super().word


class PortalStatus(Word):
    """The chip: where a client stands with the portal."""

    NOT_INVITED = "not_invited"
    QUEUED = "queued"
    INVITED = "invited"
    EXPIRED = "expired"
    NOT_DELIVERED = "not_delivered"
    ACTIVE = "active"
    DISABLED = "disabled"


class AccessState(StrEnum):
    """What is stored of a person's portal access; the chip also looks at invitation and message."""

    NONE = "none"
    INVITED = "invited"
    ACTIVE = "active"
    DISABLED = "disabled"


class AccessAction(Word):
    """What stands behind the three dots of the portal card; `word` is the exact label."""

    RESEND = "resend"
    COPY_LINK = "copy_link"
    CHANGE_ADDRESS = "change_address"
    CAME_BACK = "came_back"
    DELETE = "delete"
    RESET_PASSWORD = "reset_password"
    DISABLE = "disable"
    ENABLE = "enable"

    @property
    def word(self) -> str:
        return _ACTION_WORDS[self.value]


_ACTION_WORDS = MappingProxyType(
    {
        "resend": "Resend Invitation",
        "copy_link": "Copy invitation link",
        "change_address": "Change email address…",
        "came_back": "It came back…",
        "delete": "Delete",
        "reset_password": "Send password reset link",
        "disable": "Disable Access",
        "enable": "Enable Access",
    }
)


class Feature(Word):
    """What a client may do in the portal besides its documents."""

    SECURE_MESSAGES = "secure_messages"
    APPOINTMENT_REQUESTS = "appointment_requests"
    CLIENT_UPLOADS = "client_uploads"
    UPDATE_OWN_DETAILS = "update_own_details"

    @property
    def description(self) -> str:
        return _FEATURE_DESCRIPTIONS[self.value]


_FEATURE_DESCRIPTIONS = MappingProxyType(
    {
        "secure_messages": "Write to and hear from the practice",
        "appointment_requests": "Ask for a time; you confirm",
        "client_uploads": "Send documents and photos",
        "update_own_details": "Address, phone, emergency contact",
    }
)


class FormGroup(Word):
    INTAKE = "intake_forms"
    CONSENT = "consents"
    ASSESSMENT = "assessments"
    QUESTIONNAIRE = "questionnaires"
    DOCUMENT = "documents"
    CUSTOM = "custom_forms"

    @property
    def singular(self) -> str:
        """The word under one document's title."""
        return _GROUP_SINGULARS[self.value]


_GROUP_SINGULARS = MappingProxyType(
    {
        "intake_forms": "Intake form",
        "consents": "Consent",
        "assessments": "Assessment",
        "questionnaires": "Questionnaire",
        "documents": "Shared document",
        "custom_forms": "Custom form",
    }
)


class DocumentStatus(Word):
    """Where one requested or shared document stands; `removed_at` says whether it still counts."""

    REQUESTED = "requested"
    OPENED = "opened"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    SHARED = "shared"
    READ = "read"


class MessageKind(StrEnum):
    INVITATION = "invitation"
    NOTIFICATION = "notification"
    PASSWORD_RESET = "password_reset"


class MessageState(Word):
    """Where a message in the outbox stands. `handing_over` is shown as Sending."""

    HELD = "held"
    WAITING = "waiting"
    SENDING = "sending"
    HANDING_OVER = "handing_over"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def word(self) -> str:
        match self:
            case MessageState.HANDING_OVER:
                return "Sending"
            case MessageState.UNCERTAIN:
                return "Not certain"
            case _:
                return super().word


class ClientFilter(Word):
    """The filter chips above the clients list, in their order."""

    ALL = "all"
    NEEDS_SETUP = "needs_setup"
    NOT_INVITED = "not_invited"
    INVITED = "invited"
    WAITING = "waiting_for_client"
    ATTENTION = "needs_attention"
    ARCHIVED = "archived"


class ClientOrder(Word):
    """How the clients list is sorted."""

    NAME = "name"
    FIRST_NAME = "first_name"
    NEWEST = "newest_first"


class OutboxFilter(Word):
    """The chips above the outbox, in their order."""

    TO_SEND = "to_send"
    ATTENTION = "needs_attention"
    SENT = "sent"
    CANCELLED = "cancelled"


class Security(Word):
    """How the connection to the mail server is protected."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"

    @property
    def word(self) -> str:
        return {"tls": "TLS", "starttls": "STARTTLS", "none": "None"}[self.value]
