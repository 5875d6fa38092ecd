"""Nothing opens an internet socket unless somebody asked for it: the program runs where the first one would kill it."""

from __future__ import annotations

import ctypes
import os
import platform
import signal
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

_SOCKET_CALL = {"x86_64": (41, 0xC000003E), "aarch64": (198, 0xC00000B7)}.get(platform.machine())
_AF_INET, _AF_INET6 = 2, 10
_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _FILTER = 38, 22, 2
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _KILL_PROCESS = 0x7FFF0000, 0x80000000
_SYSCALL_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16  # offsets in struct seccomp_data

pytestmark = pytest.mark.skipif(sys.platform != "linux" or _SOCKET_CALL is None, reason="needs Linux's seccomp filters")

USUAL_WORK = """
import os, sys
from pathlib import Path
from shopdesk.app import open_app
from shopdesk.cli import main

home, goods = sys.argv[1:]
for arguments in (
    ["ask", "JKT-105 多少钱?", "--route", "model"], ["search", "夹克"], ["import", goods, "--yes"],
    ["models", "list"], ["products", "list"], ["backup", home + "/backup.db"],
):
    assert main(["--home", home, *arguments]) == 0, arguments

from PySide6.QtWidgets import QApplication
from shopdesk.gui.application import build_window

with open_app(Path(home)) as app:
    app.warm_up()
    application = QApplication(["air gap"])
    window = build_window(app, application)
    window.show()
    window.begin()
    window.session.ask("JKT-105 多少钱?")
    while window.session.busy:
        application.processEvents()
    assert window.chat.blocks[-1].answer.text()
    window.close()
    window.look.close()
print("done")
"""

ASKED_FOR = """
import os, sys
from shopdesk.cli import main
for arguments in (["serve", "--port", "0"], ["sync", "http://127.0.0.1:9"]):
    if os.fork() == 0:
        os._exit(main(["--home", sys.argv[1], *arguments]))
for _ in range(2):
    print(os.waitstatus_to_exitcode(os.wait()[1]))
"""


def without_internet() -> None:
    """From here on this process and its children are killed by the system when they open an internet socket."""
    assert _SOCKET_CALL is not None
    number, architecture = _SOCKET_CALL
    rules = [
        (_LOAD, 0, 0, _ARCHITECTURE), (_EQUAL, 0, 5, architecture),
        (_LOAD, 0, 0, _SYSCALL_NUMBER), (_EQUAL, 0, 3, number),
        (_LOAD, 0, 0, _FIRST_ARGUMENT), (_EQUAL, 2, 0, _AF_INET), (_EQUAL, 1, 0, _AF_INET6),
        (_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _KILL_PROCESS),
    ]  # fmt: skip
    program = b"".join(struct.pack("HBBI", *rule) for rule in rules)
    held = ctypes.create_string_buffer(program)
    wanted = ctypes.create_string_buffer(struct.pack("HP", len(rules), ctypes.addressof(held)))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.prctl(_PR_SET_SECCOMP, _FILTER, wanted, 0, 0):
        raise OSError(ctypes.get_errno(), "no filter")


def run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program, *arguments], preexec_fn=without_internet, capture_output=True,
        encoding="utf-8", timeout=100,
        env={**os.environ, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def filtered() -> None:
    try:
        opened = run("import socket; socket.socket(socket.AF_INET6)")
        local = run("import socket; socket.socketpair(); print('fine')")
    except (OSError, subprocess.SubprocessError) as error:
        pytest.skip(f"this system takes no filter: {error}")
    assert opened.returncode == -signal.SIGSYS and local.stdout == "fine\n"


def test_the_usual_work_opens_no_internet_socket(home: Path, tmp_path: Path, bundled_model: Path) -> None:
    goods = tmp_path / "goods.csv"
    goods.write_text("sku,name,price\nJKT-105,Jacket,404.00\n", encoding="utf-8")
    done = run(USUAL_WORK, str(home), str(goods))
    assert (done.returncode, done.stdout.splitlines()[-1:]) == (0, ["done"]), done.stderr
    assert "404.00" in done.stdout


def test_what_an_admin_asks_for_does(home: Path) -> None:
    """The same filter sees these, so it would have seen the others."""
    done = run(ASKED_FOR, str(home))
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [str(-signal.SIGSYS)] * 2, done.stderr
