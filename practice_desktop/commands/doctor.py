"""`doctor`: whether everything that an invitation needs is in order."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from practice_desktop.commands.listing import print_list, printable
from practice_desktop.errors import DataFolderProblem
from practice_desktop.gateways.disk import SystemDiskEncryption
from practice_desktop.gateways.secrets import KeyringSecretStore
from practice_desktop.gateways.smtp import SmtpTransport
from practice_desktop.services.doctor import Doctor, Finding, Surroundings
from practice_desktop.wiring import open_program

_WORDS = {True: "good", False: "bad", None: "unknown"}
_COLUMNS = ("subject", "state", "sentence", "details")


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser("doctor", help="check what an invitation needs")
    command.add_argument("--json", action="store_true", help="print a list of objects")
    command.set_defaults(run_in=examine)


def examine(folder: Path, arguments: argparse.Namespace) -> int:
    """1 if something is bad; what cannot be told is not. Works on a damaged database too."""
    findings: list[Finding] = []
    for finding in _findings(folder):
        findings.append(finding)
        if not arguments.json:
            print(printable(f"{_WORDS[finding.good]:8}{finding.subject}: {finding.sentence}"))
            if finding.details:
                print(printable(f"{'':8}({finding.details})"))
    if arguments.json:
        records = [
            {
                "subject": finding.subject,
                "state": _WORDS[finding.good],
                "sentence": finding.sentence,
                "details": finding.details,
            }
            for finding in findings
        ]
        print_list(records, _COLUMNS, as_json=True, empty="")
    return 1 if any(finding.good is False for finding in findings) else 0


def _findings(folder: Path) -> Iterator[Finding]:
    store = KeyringSecretStore()
    surroundings = Surroundings(folder, SystemDiskEncryption(), store)
    try:
        program = open_program(folder, secrets=store)
    except DataFolderProblem as problem:
        yield Finding("Database", False, problem.sentence, problem.details)
        yield surroundings.disk_encryption()
        yield surroundings.password_store()
        return
    desk = program.desk
    doctor = Doctor(
        program.database,
        surroundings,
        program.root_key,
        desk.practice,
        desk.mail_account,
        SmtpTransport(),
    )
    try:
        yield from doctor.examine()
    finally:
        program.close()
