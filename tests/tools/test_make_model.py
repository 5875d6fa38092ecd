"""The one command: from the sample shop to a package that answers, killed at every step and gone on with."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("torch")
pytest.importorskip("peft")

from tools.making.sample import sample_home

ROOT = Path(__file__).resolve().parents[2]
STEPS = ("base", "data", "train", "merge", "convert", "quantise", "exam", "parity", "package")

pytestmark = [pytest.mark.train, pytest.mark.timeout(900)]


def command(out: Path, *more: str) -> list[str]:
    return [
        sys.executable, str(ROOT / "tools" / "make_model.py"), str(out), "--toy", "--samples", "24",
        "--exam", "6", "--parity-rows", "4", "--processes", "1", "--set", "steps=2", "--set", "batch=4",
        "--set", "processes=1", *more,
    ]  # fmt: skip


def run(out: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(out, *more), capture_output=True, text=True, cwd=ROOT, timeout=600, check=False)


def killed_at(out: Path, step: str, *more: str) -> None:
    """Runs until `step` is announced and kills everything without warning."""
    child = subprocess.Popen(
        command(out, *more),
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        cwd=ROOT,
        start_new_session=True,
    )
    assert child.stderr is not None
    try:
        said = next((line for line in child.stderr if line.startswith(f"{step} …")), None)
    finally:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        child.stderr.close()
    assert said is not None


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> str:
    """One home for all: its rows bear the time at which they came in, and the model the sum of its data."""
    return str(sample_home(tmp_path_factory.mktemp("home")))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, shop: str) -> Path:
    out = tmp_path_factory.mktemp("made")
    done = run(out, "--shop", shop)
    assert done.returncode == 0, done.stderr
    model = Path(done.stdout.strip().splitlines()[-1])
    assert model.is_file()
    return model


def test_the_package_answers_in_the_app(made: Path, tmp_path: Path) -> None:
    shelf = [sys.executable, "-m", "shopdesk", "--home", str(tmp_path / "home")]
    subprocess.run([*shelf, "models", "add", str(made.parent)], check=True, cwd=ROOT, capture_output=True)
    asked = subprocess.run(
        [*shelf, "ask", "JKT-105 多少钱?", "--route", "model", "--model", made.stem, "--json"],
        check=True, cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    answer = json.loads(asked.stdout)
    assert answer["grounded"] is True
    assert answer["citations"]
    assert answer["model"]["name"]


def test_killed_at_every_step_it_ends_the_same(made: Path, shop: str, tmp_path: Path) -> None:
    for step in STEPS:
        killed_at(tmp_path, step, "--shop", shop)
    done = run(tmp_path, "--shop", shop)
    assert done.returncode == 0, done.stderr
    assert "package" in done.stderr
    assert digest(Path(done.stdout.strip().splitlines()[-1])) == digest(made)


def test_what_does_worse_than_its_base_is_not_packaged(made: Path) -> None:
    out = made.parents[1]
    report = out / "exam" / "exam.json"
    body = json.loads(report.read_text(encoding="utf-8"))
    for sitting in body["sittings"]:
        worse = 1.0 if sitting["model"] == "counter" else 0.0
        sitting["groups"]["all: all"]["both"]["exact"] = worse
    report.write_text(json.dumps(body), encoding="utf-8")
    from tools.errors import ToolError
    from tools.making.chain import Wish, _Chain

    chain = _Chain(Wish(preset="counter-shop", out=out), print)
    with pytest.raises(ToolError, match="--allow-worse"):
        chain._package(False)


def test_a_preset_without_a_base_says_so(tmp_path: Path) -> None:
    done = run(tmp_path, "--sample", "--preset", "qwen3-4b-instruct-2507")
    assert done.returncode == 1
    assert "--base" in done.stderr
