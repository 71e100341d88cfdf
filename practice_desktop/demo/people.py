"""The clients of a made-up practice. Their mail goes to the catcher on this machine."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from practice_desktop.models.search import words
from practice_desktop.services.clients import ClientDraft
from practice_desktop.vocabulary import ClientType

NUMBER = 250
_DOMAINS = ("example.org", "example.com", "example.net")

_FIRST = (
    "Aaliyah Aiko Alejandro Amara Anders Anaïs Beatriz Benedikt Bilal Birgit Camille Carlos Chidi "
    "Chloé Dmitri Elif Emeka Émile Esther Farah Felix Fatima Gabriel Giulia Hannah Hiro Ibrahim "
    "Ingrid Isabela Jakub Jelena Joaquín Kaia Kofi Lars Leila Lucía Mateo Maren Mira Nadia Nikolai "
    "Noor Oluwaseun Oskar Paloma Quentin Rania Rhys Saoirse Selma Søren Tomás Uma Valentina Viktor "
    "Wanjiru Xiomara Yara Yusuf Zofia Zainab"
)
_LAST = (
    "Abara Abbott Åkesson Almeida Andersson Baptiste Becker Bianchi Bjørnstad Castillo Çelik "
    "Delacroix Diallo Dvořák Eriksen Esposito Farouk Fitzgerald García Gonçalves Haddad Hansen "
    "Hernández Horvat Ito Ivanova Jankowski Johansson Kaur Kovács Kumar Lefèvre Lindqvist López "
    "Mbeki McAllister Medina Müller Nakamura Novak Nguyen O'Connor Okafor Öztürk Pereira Petrov "
    "Quispe Rahman Reyes Rossi Sato Schneider Silva Świątek Takahashi Tremblay Urbina Varga "
    "Vasquez Weber Whitfield Xu Yamada Yilmaz Zhao Zielińska"
)
_STREETS = ("Quay Street", "Harbor Road", "Fore Street", "Munjoy Hill", "Spring Street")

ADA = ClientDraft("Ada", "Brennan", pronouns="she/her", email="ada.brennan@example.org")
MARCUS = ClientDraft("Marcus", "Chen", phone="(555) 010-2281")
PRIYA = ClientDraft(
    "Priya",
    "Desai",
    pronouns="she/her",
    date_of_birth=date(1990, 5, 2),
    email="priya.d@example.com",
    phone="(555) 010-7719",
)
JONAS = ClientDraft("Jonas", "Ekström", email="jonas@example.se")
ROSA = ClientDraft("Rosa", "Figueroa", email="rosa.fig@example.com")
SAMUEL = ClientDraft(
    "Samuel",
    "Grant",
    preferred_name="Sam",
    pronouns="he/him",
    date_of_birth=date(1989, 3, 14),
    email="s.grant@example.net",
    phone="(555) 010-4432",
    address="18 Quay Street, Portland ME 04101",
    time_zone="America/New_York",
)
WEN = ClientDraft("Wen", "Huang", email="wen.huang@example.com", client_type=ClientType.COUPLE)
LENA = ClientDraft("Lena", "Ibsen", email="lena@example.org")
THEO = ClientDraft("Theo", "Jansen", email="theo.j@example.com")


def made_up_people(number: int) -> Iterator[ClientDraft]:
    """The same people every time, each with an address of their own."""
    chance = random.Random(NUMBER)
    first, last = _FIRST.split(), _LAST.split()
    taken: set[tuple[str, str]] = set()
    while len(taken) < number:
        name = (chance.choice(first), chance.choice(last))
        if name in taken:
            continue
        taken.add(name)
        born = date(1950, 1, 1) + timedelta(days=chance.randrange(26_000))
        yield ClientDraft(
            first_name=name[0],
            last_name=name[1],
            date_of_birth=born,
            client_type=_type(born, chance),
            email=f"{_mailbox(*name)}@{chance.choice(_DOMAINS)}",
            phone=f"(555) 010-{chance.randrange(10_000):04}",
            address=f"{chance.randrange(1, 200)} {chance.choice(_STREETS)}, Portland ME 04101",
            time_zone="America/New_York",
            discreet_email=chance.random() < 0.1,
        )


def _mailbox(first: str, last: str) -> str:
    """'Søren O'Connor' becomes 'soren.oconnor'."""
    return ".".join("".join(words(name)) for name in (first, last))


def _type(born: date, chance: random.Random) -> ClientType:
    if born > date(2010, 1, 1):
        return ClientType.MINOR
    usual = [ClientType.INDIVIDUAL] * 8 + [ClientType.COUPLE, ClientType.FAMILY]
    return chance.choice(usual)
