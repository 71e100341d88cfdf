"""Bytes of a text file as text, for files that do not say how they were written.

Office programs write UTF-8 with and without a byte order mark, UTF-16 and Windows-1252, and lists
pasted together from several exports mix them.
"""

import codecs
import re

MENDED = "Some letters were garbled in the file (Ã© for é) and were mended."

_WINDOWS = {i: bytes([i]).decode("cp1252", "ignore") or chr(i) for i in range(0x80, 0xA0)}
_WINDOWS_BYTES = {ord(letter): byte for byte, letter in _WINDOWS.items()}

_FOLLOWING = "[" + re.escape("".join(_WINDOWS.values())) + "\u00a0-\u00bf]"
_SURELY_GARBLED = re.compile(f"[ÂÃ]{_FOLLOWING}|â€{_FOLLOWING}")
_GARBLED = re.compile(f"[Â-Å]{_FOLLOWING}|â€{_FOLLOWING}")

_WIDE_OR_NARROW_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_LINE_BREAK = re.compile("[\u000b\u000c\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)


def decode(data: bytes) -> str:
    """The text of `data`, by byte order mark, else by what it can be.

    Each line that is not UTF-8 is taken as Windows-1252, in which every byte means something, so
    that this never fails.
    """
    if data.startswith(codecs.BOM_UTF8):
        data = data[len(codecs.BOM_UTF8) :]
    elif data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    elif wide := _unmarked_utf_16(data):
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return "".join(_decode_line(line) for line in data.splitlines(keepends=True))


def mend(text: str) -> tuple[str, bool]:
    """Undo UTF-8 that was once read as Windows-1252, and say whether there was any.

    Only where it is sure: Ã and Â do not stand before a symbol in any language.
    """
    if text.isascii() or not _SURELY_GARBLED.search(text):
        return text, False
    return _GARBLED.sub(_ungarbled, text), True


def without_invisible(text: str) -> str:
    """Every kind of space is a space, every line break a line break; what nobody sees is gone."""
    if text.isascii() and text.isprintable():
        return text
    text = _WIDE_OR_NARROW_SPACE.sub(" ", text)
    return _INVISIBLE.sub("", _LINE_BREAK.sub("\n", text))


def _unmarked_utf_16(data: bytes) -> str:
    """UTF-16 without a mark: in a list of names nearly every second byte is zero."""
    sample = data[:4096]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if half and odd > 0.4 * half and even < 0.1 * half:
        return "utf-16-le"
    if half and even > 0.4 * half and odd < 0.1 * half:
        return "utf-16-be"
    return ""


def _decode_line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("latin-1").translate(_WINDOWS)


def _ungarbled(match: re.Match[str]) -> str:
    data = bytes(_WINDOWS_BYTES.get(ord(letter), ord(letter) & 0xFF) for letter in match.group())
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return match.group()
