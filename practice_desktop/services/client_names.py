"""Names of clients as lists write them: turned round, in capitals, with nicknames, two in one."""

import re
from typing import NamedTuple

_COUPLE = re.compile(r"\s*[&/]\s*|\s+and\s+", re.IGNORECASE)
_NICK = re.compile(r"\(([^()]+)\)|[\"“”„]([^\"“”„]+)[\"“”„]|(?:^|\s)'([^']+)'(?=\s|$)")
# What begins a nickname or stands between two people.
_TELLS_MORE = re.compile(r"[&/(\"“”„']|\sand\s", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_PREFIXES = frozenset(("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "rev", "sir", "master"))
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv", "v", "md", "phd", "esq", "dds"))
_NOBLE = (
    "van von der den de del della di da dos das du la le ter ten st st. saint bin ibn al el y zu af"
)
_PARTICLES = frozenset(_NOBLE.split())
_ROMAN = frozenset(("II", "III", "IV", "VI", "VII", "VIII"))


class ClientName(NamedTuple):
    """`couple` is set where one name stands for two people."""

    first: str
    last: str
    preferred: str = ""
    couple: bool = False


def read_name(first: str, last: str) -> ClientName:
    """A name in two cells, either of which may hold a nickname or two people."""
    first, last = " ".join(first.split()), " ".join(last.split())
    if not _TELLS_MORE.search(first):
        return _in_plain_case(ClientName(first, last))
    first, preferred = _without_nick(first)
    # A last name alone may be two of one person: Smith/Jones.
    firsts = _people(first)
    couple = len(firsts) > 1
    if couple:
        first, last = " & ".join(firsts), " & ".join(dict.fromkeys(_people(last)))
    return _in_plain_case(ClientName(first, last, preferred, couple))


def split_name(full: str) -> ClientName:
    """A name in one cell: "Last, First (Nick)", "First Last", "Ann & Bob Smith"."""
    full, preferred = _without_nick(" ".join(full.split()))
    last, comma, first = full.partition(",")
    if comma and first.strip(" .").casefold() in _SUFFIXES:
        full, comma = f"{last} {first.strip()}", ""
    if comma:
        first, _, suffix = first.partition(",")
        name = read_name(_without_prefix(first.strip()), f"{last.strip()} {suffix.strip()}".strip())
    else:
        name = _split_people(_people(full))
    return ClientName(name.first, name.last, preferred or name.preferred, name.couple)


def _split_people(people: list[str]) -> ClientName:
    pairs = [_split_one(person) for person in people]
    if not pairs:
        return ClientName("", "")
    if len(pairs) == 1:
        return _in_plain_case(ClientName(*pairs[0]))
    # In "Ann & Bob Smith" the only last name belongs to both.
    shared = next((last for _first, last in reversed(pairs) if last), "")
    lasts = dict.fromkeys(last or shared for _first, last in pairs)
    firsts = " & ".join(first for first, _last in pairs)
    return _in_plain_case(ClientName(firsts, " & ".join(filter(None, lasts)), "", True))


def _split_one(person: str) -> tuple[str, str]:
    words = _without_prefix(person).split()
    if len(words) < 2:
        return " ".join(words), ""
    at = len(words) - 1
    if words[at].strip(".").casefold() in _SUFFIXES and at > 1:
        at -= 1
    while at > 1 and words[at - 1].casefold() in _PARTICLES:
        at -= 1
    return " ".join(words[:at]), " ".join(words[at:])


def _people(text: str) -> list[str]:
    """Two and more names; one that holds such a sign otherwise stays whole."""
    people = _COUPLE.split(text.strip())
    return people if all(person[:1].isalpha() for person in people) else [text.strip()]


def _without_prefix(text: str) -> str:
    words = text.split()
    while len(words) > 1 and words[0].strip(".").casefold() in _PREFIXES:
        del words[0]
    return " ".join(words)


def _without_nick(text: str) -> tuple[str, str]:
    if not (found := _NICK.search(text)):
        return text, ""
    nick = next(filter(None, found.groups()), "").strip()
    rest = " ".join(f"{text[: found.start()]} {text[found.end() :]}".split())
    # "Smith, (Bill)" names nobody else: then it is the name itself.
    return (rest, nick) if rest.strip(" ,") else (nick, "")


def _in_plain_case(name: ClientName) -> ClientName:
    """Capitals are undone only where the whole name is in them, so that "DJ" stays in "DJ Ray"."""
    whole = f"{name.first} {name.last}"
    if not whole.isupper() or not any(len(word) > 2 for word in _WORD.findall(whole)):
        return name
    return ClientName(
        _WORD.sub(_capitalised, name.first),
        _WORD.sub(_capitalised, name.last),
        _WORD.sub(_capitalised, name.preferred) if name.preferred.isupper() else name.preferred,
        name.couple,
    )


def _capitalised(found: re.Match[str]) -> str:
    word = found.group()
    if word in _ROMAN:
        return word
    parts = re.split(r"(['’])", word)
    first = parts[0]
    plain = first[:1] + first[1:].lower()
    if first.startswith("MC") and len(first) > 4:
        plain = f"Mc{first[2]}{first[3:].lower()}"
    # O'Brien and D'Angelo, but Ann's.
    tail = "".join(
        p if p in "'’" else p[:1] + p[1:].lower() if len(p) > 1 else p.lower() for p in parts[1:]
    )
    return plain + tail
