"""What every test gets: a home of its own, no network, and an eye on threads that stay behind."""

from __future__ import annotations

import ipaddress
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from shopdesk import app, log, paths

ROOT = Path(__file__).resolve().parent.parent
_THREAD_PATIENCE_S = 3.0

# A busy machine is slow by fits and starts; that is no fault of the code.
settings.register_profile("shopdesk", deadline=None)
settings.load_profile("shopdesk")


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that reaches beyond this machine fails."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def refuse_strangers(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(address[0]):
            raise AssertionError(f"a test opens a connection to {address}")

    def guarded_connect(self: socket.socket, address: Any) -> None:
        refuse_strangers(self, address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        refuse_strangers(self, address)
        return connect_ex(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded_connect)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded_connect_ex)


@pytest.fixture(autouse=True)
def no_thread_left_behind() -> Iterator[None]:
    """A thread that the test started and did not end makes it fail."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + _THREAD_PATIENCE_S
    while (left := _started_since(before)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not left, f"threads left behind: {[thread.name for thread in left]}"


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """No test reads or writes the real home; messages are English unless a test says otherwise."""
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "usual-home"))
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    yield
    log.stop_log()


@pytest.fixture(scope="session")
def _sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample") / "home"
    with app.open_app(folder):
        pass
    log.stop_log()
    return folder


@pytest.fixture
def home(_sample_home: Path, tmp_path: Path) -> Path:
    """A home of the test's own, holding the sample shop."""
    return Path(shutil.copytree(_sample_home, tmp_path / "home"))


@pytest.fixture(scope="session")
def bundled_model() -> Path:
    """The model file that comes with ShopDesk."""
    file = paths.resources() / "models" / "counter.gguf"
    if not file.is_file():
        pytest.skip("resources/models/counter.gguf is not there")
    return file


class Program:
    """The real program as a process of its own, without a display, in one home."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.command = [sys.executable, "-m", "shopdesk", "--home", str(home)]
        hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
        self.environment = {name: value for name, value in os.environ.items() if name not in hidden}
        self.environment |= {"LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)}

    def run(self, *arguments: str, input: str = "", timeout: float = 60) -> subprocess.CompletedProcess[str]:
        """Run one command to its end."""
        return subprocess.run(
            [*self.command, *arguments],
            input=input,
            capture_output=True,
            encoding="utf-8",
            env=self.environment,
            timeout=timeout,
        )

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start one command; its standard streams are pipes, and an interrupt means what it does in a terminal.

        Tests may themselves be started with interrupts ignored (by nohup, or in the background), which
        a child would inherit.
        """
        return subprocess.Popen(
            [*self.command, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env=self.environment,
            preexec_fn=_heed_interrupts if os.name == "posix" else None,
        )


def _heed_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture
def program(home: Path) -> Program:
    return Program(home)


def _is_loopback(host: object) -> bool:
    if host in ("localhost", ""):
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False


def _started_since(before: set[threading.Thread]) -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread not in before and thread.is_alive()]
