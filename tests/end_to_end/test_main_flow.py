"""The main job, by its labels alone: window, mail server and password store are the real ones."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from tests.end_to_end import postfix_server, virtual_screen
from tests.end_to_end.postfix_server import PASSWORD, USER, PostfixServer
from tests.end_to_end.virtual_screen import ScreenReader
from tests.keyring_daemon import keyring_session
from tests.mail_server import make_certificates

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 40.0
PORTAL = "https://portal.harbor.example"

pytestmark = [
    pytest.mark.skipif(bool(postfix_server.why_not()), reason=postfix_server.why_not()),
    pytest.mark.skipif(bool(virtual_screen.why_not()), reason=virtual_screen.why_not()),
]


def command(env: dict[str, str], folder: Path, *words: str, typed: str = "") -> str:
    """What a command of the program prints; it must end with status 0."""
    done = subprocess.run(
        [sys.executable, "-m", "practice_desktop", *words, "--data-dir", str(folder)],
        cwd=ROOT,
        env=env,
        input=typed,
        text=True,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


@contextmanager
def window(env: dict[str, str], folder: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "practice_desktop", "--data-dir", str(folder)],
        cwd=ROOT,
        env=env,
        text=True,
        stderr=subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def wait_for_mail(server: PostfixServer) -> EmailMessage:
    deadline = time.monotonic() + PATIENCE
    while not server.messages():
        assert time.monotonic() < deadline, server.log()
        time.sleep(0.1)
    (raw,) = server.messages()
    message = message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def close_window(env: dict[str, str]) -> None:
    """Close it as its title bar does: the window manager asks the window in front to go."""
    subprocess.run(
        ["xdotool", "key", "alt+F4"],
        env=env,
        check=True,
        capture_output=True,
        timeout=30,
    )


def test_a_new_client_is_invited_by_pressing_what_stands_on_screen(tmp_path: Path) -> None:
    folder = tmp_path / "practice"
    certificates = make_certificates(tmp_path / "certificates")
    with (
        keyring_session(tmp_path) as session,
        PostfixServer(certificates) as server,
        virtual_screen.virtual_screen(session.env) as env,
    ):
        command(
            env,
            folder,
            *("practice", "--name", "Harbor Counseling", "--phone", "(207) 555-0140"),
            *("--portal-address", PORTAL),
        )
        command(
            env,
            folder,
            *("mail-account", "--host", "localhost", "--port", str(server.port)),
            *("--security", "starttls", "--user", USER, "--from", USER),
            *("--ca-file", str(certificates.ca_file)),
            typed=f"{PASSWORD}\n",
        )
        with window(env, folder) as program, ScreenReader(env) as reader:
            reader.press("New client")
            reader.type("First name", "Samuel")
            reader.type("Last name", "Grant")
            reader.press("Add client")
            reader.press("Start Setup")
            reader.expect("Set up Samuel Grant")
            reader.type("Email address", "s.grant@example.net")
            reader.press("Continue")
            reader.press("Invite to Portal")
            reader.tick("Client uploads")
            reader.tick("PCL-5")
            reader.press("Send Invitation")
            message = wait_for_mail(server)
            reader.expect("Invited")
            close_window(env)
            assert program.wait(30) == 0
        assert '"portal_status": "Invited"' in command(env, folder, "clients", "--json")
        listed = command(env, folder, "documents", "s.grant@example.net", "--json")
        assert '"PCL-5"' in listed
    links = {
        part.get_content_type(): set(re.findall(rf"{PORTAL}/i#[A-Z2-7]{{26}}", part.get_content()))
        for part in message.walk()
        if part.get_content_maintype() == "text"
    }
    assert list(links) == ["text/plain", "text/html"]
    assert links["text/plain"] == links["text/html"]
    assert len(links["text/plain"]) == 1
    assert message["Subject"] == "Harbor Counseling invites you to its client portal"
    assert message["To"] == "s.grant@example.net"
    assert "ESMTPSA" in str(message["Received"])
    assert "PCL-5" not in message.as_string()
