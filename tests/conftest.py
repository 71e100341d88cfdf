"""What every test needs: no screen, no real password store, no thread left behind."""

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parent.parent

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")

hypothesis.settings.register_profile("here", max_examples=50, deadline=None)
hypothesis.settings.register_profile(
    "ci", max_examples=100, deadline=None, derandomize=True, print_blob=True
)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture(autouse=True, scope="session")
def _folders_of_nobody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the settings and data of whoever runs the tests out of reach."""
    home = tmp_path_factory.mktemp("nobody")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "LOCALAPPDATA"):
            patch.setenv(name, str(home / name.lower()))
        yield


@pytest.fixture(autouse=True)
def _umask_restored() -> Iterator[None]:
    """The program narrows the umask of its process; the next test must not inherit that."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture(autouse=True)
def _no_thread_left_running() -> Iterator[None]:
    """Fail a test whose threads outlive it: a worker that was not joined uses a closed database."""
    before = set(threading.enumerate())
    yield
    patience = time.monotonic() + 2
    # Qt's own pool threads stand in the list as "Dummy-N" for ever once they ran Python.
    left = [
        thread
        for thread in threading.enumerate()
        if thread not in before and not thread.name.startswith("Dummy-")
    ]
    for thread in left:
        thread.join(max(0.0, patience - time.monotonic()))
    running = sorted(thread.name for thread in left if thread.is_alive())
    if running:
        pytest.fail(f"threads left running: {', '.join(running)}")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real material that is kept beside the checkout, not in it."""
    path = ROOT.parent / "shared" / "data"
    if not path.is_dir():
        pytest.skip("../shared/data is not here")
    return path
