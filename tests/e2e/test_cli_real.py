"""The whole program in a process of its own, with the model that ships: pipes, batches, kills, odd homes."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from shopdesk.cli import main
from shopdesk.store import open_store

if TYPE_CHECKING:
    from tests.conftest import Program

LINUX_ONLY = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def wait_until(condition: Callable[[], Any], seconds: float = 20.0) -> Any:
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.005)
    return value


# --- the three ways to ask, answered by the real model -----------------------------------------------


def test_the_terminal_chat_answers_each_question_as_it_comes(program: Program, bundled_model: Path) -> None:
    with program.start() as chat:
        assert chat.stdin and chat.stdout
        chat.stdin.write("JKT-105 多少钱?\n")
        chat.stdin.flush()
        # The answer is here while the input is still open: nothing waits for its end.
        assert "¥404.00" in chat.stdout.readline()
        assert chat.stdout.readline().strip().startswith("[1] JKT-105 · ")
        rest, errors = chat.communicate(
            "它在哪个货位?\n\nwhat is the price of JKT-105?\nexit\nnever read\n", timeout=60
        )
    assert chat.returncode == 0
    assert "A5" in rest and "¥404.00" in rest and "never read" not in rest
    assert "Traceback" not in errors


def test_the_chat_ends_with_its_input(program: Program) -> None:
    ended = program.run(input="JKT-105 多少钱?")
    assert ended.returncode == 0 and "¥404.00" in ended.stdout


def test_the_model_writes_the_answer(program: Program, bundled_model: Path) -> None:
    said = json.loads(program.run("ask", "JKT-105 多少钱?", "--route", "model", "--json").stdout)
    assert "404.00" in said["answer"] and said["route"] == "model" and said["grounded"]
    assert said["model"]["device"] and said["tokens"]["completion"] > 0 and said["citations"] == [1]


def test_a_batch_is_answered_in_order(program: Program, bundled_model: Path) -> None:
    questions = ["JKT-105 多少钱", "how many JKT-105 are left?", "退货要什么条件", "do you sell submarines?"]
    lines = "".join(json.dumps({"id": number, "question": text}) + "\n" for number, text in enumerate(questions))
    ended = program.run("ask", "--batch", "-", input=lines)
    answers = [json.loads(line) for line in ended.stdout.splitlines()]
    assert ended.returncode == 0
    assert [(answer["id"], answer["question"]) for answer in answers] == list(enumerate(questions))
    assert "404.00" in answers[0]["answer"] and "15" in answers[1]["answer"] and "7" in answers[2]["answer"]
    assert answers[3]["route"] == "refusal"
    assert all(answer["grounded"] for answer in answers)


# --- killed in mid-answer ------------------------------------------------------------------------------


@LINUX_ONLY
def test_a_killed_program_keeps_the_question_and_leaves_no_worker(program: Program, bundled_model: Path) -> None:
    question = "JKT-105 的库存还有多少?"
    with program.start("ask", question, "--route", "model") as asking:
        worker = wait_until(lambda: _children_of(asking.pid))[0]
        with open_store(program.home / "shop.db") as store:
            wait_until(lambda: [row for row in store.conversations.list() if store.conversations.messages(row.id)])
            asking.kill()
            asking.communicate()
            conversation = store.conversations.list()[0]
            (message,) = store.conversations.messages(conversation.id)
    assert asking.returncode == -signal.SIGKILL
    assert message.question == question and message.answer_text is None
    wait_until(lambda: not Path(f"/proc/{worker}").exists())

    again = program.run("ask", question, "--conversation", str(conversation.id), "--json")
    assert again.returncode == 0 and "15" in json.loads(again.stdout)["answer"]


@LINUX_ONLY
def test_an_interrupt_in_the_chat_ends_it_cleanly(program: Program) -> None:
    with program.start() as chat:
        assert chat.stdin and chat.stderr
        chat.stderr.readline()
        chat.send_signal(signal.SIGINT)
        _, errors = chat.communicate(timeout=20)
    assert chat.returncode == 130 and "Traceback" not in errors


def _children_of(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]
    except OSError:
        return []


# --- homes ---------------------------------------------------------------------------------------------


def test_two_programs_share_one_home(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "new.csv"
    file.write_text("sku,name,price,stock\nUM-1,长柄雨伞,59.00,4\n", encoding="utf-8")
    with program.start() as chat:
        assert chat.stdin and chat.stdout
        chat.stdin.write("JKT-105 多少钱?\n")
        chat.stdin.flush()
        assert "404.00" in chat.stdout.readline()
        assert program.run("import", str(file), "--json").returncode == 0
        rest, _ = chat.communicate("UM-1 多少钱?\nexit\n", timeout=60)
    assert "59.00" in rest


def test_two_programs_may_start_a_new_home_at_once(program: Program, tmp_path: Path) -> None:
    program.command[-1] = str(tmp_path / "new")
    both = [program.start("products", "list", "--json") for _ in range(2)]
    listed = [json.loads(one.communicate(timeout=60)[0]) for one in both]
    assert [one.returncode for one in both] == [0, 0]
    assert len(listed[0]) == len(listed[1]) > 100


def test_a_home_may_have_any_name(program: Program, tmp_path: Path, bundled_model: Path) -> None:
    program.command[-1] = str(tmp_path / "店铺 数据 ünï 🛍")
    said = json.loads(program.run("ask", "JKT-105 多少钱?", "--json", "--route", "model").stdout)
    assert "404.00" in said["answer"]


def test_a_home_that_cannot_be_made_is_told(program: Program, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    program.command[-1] = str(tmp_path / "file" / "home")
    ended = program.run("products")
    assert ended.returncode == 1 and "--home" in ended.stderr and "Traceback" not in ended.stderr


@contextmanager
def _as_nobody() -> Iterator[None]:
    """Root may write anywhere; the test must not."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(os.name == "nt", reason="file modes")
def test_a_read_only_home_is_told(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # pytest's own folders are closed to other users, so this one lies beside them.
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)  # noqa: PTH101
        place = Path(shutil.copytree(home, Path(folder) / "home"))
        assert main(["--home", str(place), "ask", "JKT-105", "--route", "exact"]) == 0
        for each in [place, *place.rglob("*")]:
            each.chmod(0o555 if each.is_dir() else 0o444)
        capsys.readouterr()
        with _as_nobody():
            code = main(["--home", str(place), "ask", "JKT-105", "--route", "exact"])
        for each in [place, *(p for p in place.rglob("*") if p.is_dir())]:
            each.chmod(0o755)
    said = capsys.readouterr()
    assert code == 1 and str(place) in said.err and "Traceback" not in said.err


# --- models that are none --------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", ["missing", "truncated", "foreign"])
def test_without_a_usable_model_the_rows_answer(
    program: Program, tmp_path: Path, bundled_model: Path, fault: str
) -> None:
    file = tmp_path / "模型.gguf"
    if fault == "truncated":
        file.write_bytes(bundled_model.read_bytes()[:100_000])
    elif fault == "foreign":
        file.write_bytes(b"PK\x03\x04" + bytes(100_000))
    ended = program.run("ask", "JKT-105 多少钱?", "--model", str(file), "--json")
    assert ended.returncode == 0
    assert "模型.gguf" in ended.stderr and "Traceback" not in ended.stderr
    assert "404.00" in json.loads(ended.stdout)["answer"]


# --- what scripts and hurried people meet ------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="no head")
def test_a_reader_that_leaves_early_is_no_error(program: Program) -> None:
    with program.start("products", "list", "--json") as listing:
        assert listing.stdout and listing.stderr
        listing.stdout.read(1)
        listing.stdout.close()
        errors = listing.stderr.read()
    assert listing.returncode == 0 and errors == ""


def test_rows_answer_without_loading_the_engine_or_qt(program: Program) -> None:
    script = (
        "import sys\n"
        "from shopdesk.cli import main\n"
        f"code = main(['--home', {str(program.home)!r}, 'ask', 'JKT-105 多少钱', '--route', 'exact'])\n"
        "print(code, sorted({'llama_cpp', 'PySide6', 'numpy', 'torch'} & set(sys.modules)), file=sys.stderr)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, encoding="utf-8", env=program.environment, timeout=60
    )
    code, _, loaded = ended.stderr.strip().splitlines()[-1].partition(" ")
    assert code == "0"
    assert "llama_cpp" not in loaded and "PySide6" not in loaded


def test_help_is_there_at_once(program: Program) -> None:
    program.run("--help")
    started = time.perf_counter()
    assert program.run("--help").returncode == 0
    assert time.perf_counter() - started < 1.0
