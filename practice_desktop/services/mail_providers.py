"""What the usual mail providers need, as of November 2026.

Sources: support.google.com/mail/answer/185833, support.apple.com/102525, fastmail.help (Server
names and ports; App passwords), Microsoft's message MC786329 of 27 January 2026 (passwords for
SMTP are off by default from the end of December 2026, administrators may still allow them) and
support.microsoft.com on modern authentication for Outlook.com (since 16 September 2024).
"""

from dataclasses import dataclass

from practice_desktop.vocabulary import Security

OTHER = "other"


@dataclass(frozen=True, slots=True)
class Preset:
    """A provider's settings and, in one sentence, what it needs."""

    key: str
    name: str
    host: str
    port: int
    security: Security
    advice: str


PRESETS = (
    Preset(
        "gmail",
        "Gmail",
        "smtp.gmail.com",
        465,
        Security.TLS,
        "Gmail takes an app password instead of your own: turn on 2-Step Verification in your "
        "Google Account, make one under Security > App passwords, and type your whole address as "
        "the user.",
    ),
    Preset(
        "icloud",
        "iCloud",
        "smtp.mail.me.com",
        587,
        Security.STARTTLS,
        "iCloud takes an app-specific password instead of your own: make one at account.apple.com "
        "under Sign-In and Security, and type your whole iCloud address as the user.",
    ),
    Preset(
        "fastmail",
        "Fastmail",
        "smtp.fastmail.com",
        465,
        Security.TLS,
        "Fastmail takes an app password instead of your own: make one under Settings > Privacy & "
        "Security > App passwords with access to mail, and type your whole address as the user.",
    ),
    Preset(
        "microsoft365",
        "Microsoft 365",
        "smtp.office365.com",
        587,
        Security.STARTTLS,
        "Microsoft is turning passwords off for mail programs at the end of December 2026, so ask "
        "your administrator to allow them and to switch on “Authenticated SMTP” for this mailbox "
        "(Microsoft 365 admin center: Active users, the mailbox, Mail, Manage email apps).",
    ),
    Preset(
        "outlook",
        "Outlook.com",
        "smtp-mail.outlook.com",
        587,
        Security.STARTTLS,
        "Outlook.com, Hotmail and Live no longer let mail programs sign in with a password, an "
        "app password included, so please use a mailbox of another provider.",
    ),
    Preset(
        OTHER,
        "Other",
        "",
        465,
        Security.TLS,
        "Your provider's help pages name host, port and security under “SMTP” or “outgoing mail”; "
        "TLS with port 465 is the safest where you can choose.",
    ),
)
