"""What one cell of a list may hold: several addresses or numbers, a ZIP code that lost its zero."""

import re

_FORMULA_TEXT = re.compile(r'^="(.*)"$', re.DOTALL)
_OUR_APOSTROPHE = re.compile(r"^'(?=[=+\-@\t\r])")
_SEVERAL = re.compile(r"\s*(?::::|[;,/|\n]|\bor\b)\s*")
_BETWEEN_ADDRESSES = re.compile(r"[\s;,/|:]+")
_IN_BRACKETS = re.compile(r"<([^<>\s]+@[^<>\s]+)>")
_PHONE_DIGITS = 7
_FOUR_DIGIT_ZIP_STATES = frozenset(("CT", "MA", "ME", "NH", "NJ", "PR", "RI", "VI", "VT"))


def plain_cell(value: str) -> str:
    """A cell without what protects it in a spreadsheet: ="00123", or our own apostrophe."""
    if value[0] == "=" and (match := _FORMULA_TEXT.match(value)):
        return match[1].strip()
    if value[0] == "'":
        return _OUR_APOSTROPHE.sub("", value)
    return value


def one_line(value: str) -> str:
    if "\n" not in value and "\r" not in value:
        return value
    return ", ".join([line.strip(" ,") for line in value.splitlines() if line.strip(" ,")])


def split_addresses(value: str) -> list[str]:
    """The addresses in a cell, out of "Ann <ann@example.org>" and lists of any kind.

    What holds no address at all stays whole, so that it is told as it stands.
    """
    if bracketed := _IN_BRACKETS.findall(value):
        return list(bracketed)
    value = value.removeprefix("mailto:")
    if value.count("@") < 2:
        return [value]
    pieces = [piece for piece in _BETWEEN_ADDRESSES.split(value) if "@" in piece]
    return [piece.removeprefix("mailto:") for piece in pieces]


def split_phones(value: str) -> list[str]:
    """The numbers in a cell; split only where every part can be a number of its own."""
    parts = [part for part in _SEVERAL.split(value) if part]
    if len(parts) > 1 and all(_digits(part) >= _PHONE_DIGITS for part in parts):
        return parts
    return [" ".join(value.split())]


def mend_zip(code: str, state: str) -> str:
    """A ZIP code with what spreadsheets took from it: the leading zero, the dash, the rest."""
    code = code.strip(" -")
    if not code.isdigit():
        return code
    if set(code) == {"0"}:
        return ""
    if len(code) == 9:
        return f"{code[:5]}-{code[5:]}"
    if len(code) in (3, 4) and state.upper() in _FOUR_DIGIT_ZIP_STATES:
        return code.zfill(5)
    return code


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))
