"""Arguments, then a command or the window. Without arguments nothing but the window is loaded."""

import argparse
import gc
import getpass
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from practice_desktop import paths
from practice_desktop.errors import DataFolderProblem, InvalidInput, NotFound, Problem

DID_NOT_WORK = 1
WRONG_INPUT = 2
INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status: 0 done, 1 it did not work, 2 what was given cannot be used."""
    os.umask(0o077)
    given = sys.argv[1:] if argv is None else argv
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = _run(_parse(given)) if given else _open_window(None, offline=False)
        if sys.stdout is not None:
            sys.stdout.flush()
        return status
    except Problem as problem:
        print(problem.sentence, file=sys.stderr)
        if problem.details:
            print(f"Details: {problem.details}", file=sys.stderr)
        return WRONG_INPUT if _is_wrong_input(problem) else DID_NOT_WORK
    except KeyboardInterrupt:
        print("Stopped. What was saved before is kept.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read the list has seen enough; Python would complain again when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if (trouble := _trouble_of_the_disk(error)) is None:
            _tell_unexpected(error)
        else:
            print(trouble.sentence, f"Details: {trouble.details}", sep="\n", file=sys.stderr)
        return DID_NOT_WORK


def _parse(given: Sequence[str]) -> argparse.Namespace:
    from practice_desktop.commands.arguments import make_parser

    parser = make_parser()
    arguments = parser.parse_args(given)
    if arguments.command and (arguments.demo or arguments.offline):
        parser.error("--demo and --offline open the window and take no command")
    if arguments.demo and arguments.data_dir:
        parser.error("--demo has a data folder of its own, which is thrown away")
    if arguments.headless and not arguments.demo:
        parser.error("--headless belongs to --demo")
    return arguments


def _run(arguments: argparse.Namespace) -> int:
    if arguments.demo:
        return _show_demo(arguments)
    if arguments.command is None:
        return _open_window(arguments.data_dir, offline=arguments.offline)
    folder = paths.prepare_data_dir(arguments.data_dir or paths.default_data_dir())
    if (run_in := getattr(arguments, "run_in", None)) is not None:
        return int(run_in(folder, arguments))
    from practice_desktop.wiring import open_program

    program = open_program(folder)
    try:
        program.desk.history.working_as = f"Command line ({_user()})"
        return int(arguments.run(program, arguments))
    finally:
        program.close()


def _open_window(folder: Path | None, *, offline: bool) -> int:
    if not has_display():
        print(
            "There is no display here to open a window on. Nothing was changed. "
            "Sign in to a desktop, or use the commands that --help lists.",
            file=sys.stderr,
        )
        return DID_NOT_WORK
    # Nothing that starting makes becomes garbage, and looking for some takes a seventh of the
    # time; the window switches it on again once it stands.
    gc.disable()
    from practice_desktop import app

    return app.run(folder or paths.default_data_dir(), offline=offline)


def _show_demo(arguments: argparse.Namespace) -> int:
    if arguments.headless or not has_display():
        if not arguments.headless:
            print("There is no display here, so the demo runs without windows.")
        from practice_desktop.demo.story import tell

        return 0 if tell(print) else DID_NOT_WORK
    from practice_desktop.demo.windows import show

    return show(offline=arguments.offline)


def has_display() -> bool:
    """Whether Qt can open a window; only X11 and Wayland systems can be without a display."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return any(os.environ.get(n) for n in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _is_wrong_input(problem: Problem) -> bool:
    if isinstance(problem, InvalidInput | NotFound | DataFolderProblem):
        return True
    from practice_desktop.services.client_table import UnreadableFile

    return isinstance(problem, UnreadableFile)


def _trouble_of_the_disk(error: Exception) -> Problem | None:
    """A full disk or a database that is held, met half-way; the transaction was undone."""
    from practice_desktop.models.database import trouble_of

    return trouble_of(error)


def _tell_unexpected(error: Exception) -> None:
    """Its kind and where it arose; never its words, which may name a client."""
    import traceback

    print(
        "Something went wrong that the program does not know. What was saved before is kept. "
        "Try again; if it happens again, report these lines:",
        *(line.rstrip() for line in traceback.format_tb(error.__traceback__)),
        type(error).__name__,
        sep="\n",
        file=sys.stderr,
    )


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown user"


if __name__ == "__main__":
    sys.exit(main())
