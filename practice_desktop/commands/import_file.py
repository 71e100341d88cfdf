"""`import`: clients from a file, as the headers suggest, or only what would become of each row."""

import argparse
from pathlib import Path

from practice_desktop.commands.listing import print_problem, printable
from practice_desktop.services.import_plan import ImportPlan, ImportRow, Verdict
from practice_desktop.wiring import Program


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser("import", help="import clients from CSV, XLSX or vCard")
    command.add_argument("file", type=Path, metavar="FILE")
    command.add_argument("--dry-run", action="store_true", help="say what would be done, only")
    command.set_defaults(run=import_file)


def import_file(program: Program, arguments: argparse.Namespace) -> int:
    """A file that cannot be read raises UnreadableFile; anything read is a success."""
    importing = program.desk.client_import
    plan = importing.plan(importing.read(arguments.file))
    if arguments.dry_run:
        print("Nothing was written (--dry-run). This would be done:")
        added, updated, left_out = plan.added, plan.updated, plan.left_out
    else:
        outcome = importing.apply(plan)
        added, updated = len(outcome.added_ids), len(outcome.updated_ids)
        left_out = outcome.left_out
    print(f"added: {added}")
    print(f"updated: {updated}")
    if plan.unchanged:
        print(f"unchanged: {plan.unchanged}")
    print(f"left out: {left_out}")
    for row in plan.rows:
        if row.verdict is Verdict.LEFT_OUT:
            print(printable(f"  line {row.line}{_called(row)}: {row.sentence}"))
    _print_notes(plan)
    return 0


def _called(row: ImportRow) -> str:
    name = row.name or row.email
    return f" ({name})" if name else ""


def _print_notes(plan: ImportPlan) -> None:
    for note in plan.table.notes:
        print_problem(note)
    if (question := plan.date_question) is not None:
        print_problem(
            f"Day and month cannot be told apart in {question.header} "
            f"({', '.join(question.samples[:3])}), so those dates were kept as they came. "
            "Import the file in the window to say which comes first."
        )
