"""The sections of Settings by name, so that a sentence can lead to one."""

PRACTICE, PORTAL, EMAIL, WORDING, STAFF = SECTIONS = (
    "Practice",
    "Portal",
    "Email",
    "Wording",
    "Staff",
)


def section_in(sentence: str) -> str:
    """The section that "Settings > Email" in a sentence names, or nothing."""
    _before, found, after = sentence.partition("Settings > ")
    return next((name for name in SECTIONS if found and after.startswith(name)), "")
