"""`shopdesk serve`, `pack` and `sync` as processes, as a shop runs them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from shopdesk.cli import main
from tests.service.serving import Client

if TYPE_CHECKING:
    from tests.conftest import Program

pytest.importorskip("cryptography", reason="the extra `packs` is not installed")


@contextmanager
def served(program: Program, *arguments: str) -> Iterator[tuple[Client, subprocess.Popen[str]]]:
    with program.start("serve", "--port", "0", "--json", *arguments) as process:
        assert process.stdout
        url = json.loads(process.stdout.readline())["url"]
        try:
            yield Client(url), process
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
            _, errors = process.communicate(timeout=60)
            assert "Traceback" not in errors, errors


def test_the_service_answers_with_the_model_and_ends_when_told(
    program: Program, here: Here, bundled_model: Path
) -> None:
    with served(program) as (service, process):
        answers = [service.ask("JKT-105 多少钱?").json for _ in range(2)]
        assert all("404.00" in answer["response"] for answer in answers)
        assert service.get("/v1/models").json["data"][0]["owned_by"] == "ShopDesk Counter"
        taken = here.run(program.home, "serve", "--port", service.url.rpartition(":")[2])
        assert taken.returncode == 1 and "--port" in taken.stderr
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    lines = (program.home / "logs" / "service.log").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["path"] for line in lines] == ["/chat", "/chat", "/v1/models"]


@dataclass
class Ended:
    returncode: int
    stdout: str
    stderr: str


class Here:
    """Commands run in this process, which is much quicker than one of their own."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def run(self, home: Path, *arguments: str) -> Ended:
        self._capsys.readouterr()
        code = main(["--home", str(home), *arguments])
        said = self._capsys.readouterr()
        return Ended(code, said.out, said.err)


@pytest.fixture
def here(capsys: pytest.CaptureFixture[str]) -> Here:
    return Here(capsys)


def test_what_cannot_be_served_is_told(here: Here, home: Path) -> None:
    for arguments, word in (
        (("--host", "0.0.0.0"), "SHOPDESK_SERVE_TOKEN"),
        (("--issue", "till 2", "--token", "s3cret"), "till 2"),
        (("--issue", "till-2"), "service's own"),
        (("--host", "host.invalid", "--token", "x"), "host.invalid"),
    ):
        refused = here.run(home, "serve", "--port", "0", *arguments)
        assert refused.returncode == 1 and word in refused.stderr, arguments
    assert here.run(home, "serve", "--port", "99999").returncode == 2


def test_a_counter_follows_a_shop(program: Program, here: Here, tmp_path: Path) -> None:
    till = tmp_path / "till"
    with served(program, "--publish", "--token", "s3cret") as (service, _):
        issued = json.loads(here.run(till, "serve", "--issue", "till", "--token", "s3cret", "--json").stdout)["token"]
        refused = here.run(till, "--empty", "sync", service.url)
        assert refused.returncode == 1 and "token" in refused.stderr
        assert Client(service.url, issued).get("/healthz").status == 200
        first = json.loads(here.run(till, "sync", service.url, "--token", issued, "--json").stdout)
        again = json.loads(here.run(till, "sync", "--json").stdout)
    assert (first["changed"], first["version"], again["changed"]) == (True, 1, False)
    assert "404.00" in here.run(till, "ask", "JKT-105 多少钱?", "--route", "exact").stdout
    offline = here.run(till, "sync")
    assert offline.returncode == 1 and "still answer" in offline.stderr
    assert here.run(till, "sync", "off").returncode == 0
    assert "sync URL" in here.run(till, "sync").stderr


def test_a_pack_goes_by_usb_with_model_and_wheels(here: Here, home: Path, tmp_path: Path, bundled_model: Path) -> None:
    pack, wheels, stall = tmp_path / "usb" / "shop.pack", tmp_path / "wheels", tmp_path / "stall"
    pack.parent.mkdir()
    wheels.mkdir()
    (wheels / "extra-1.0-py3-none-any.whl").write_bytes(b"wheel")
    built = here.run(home, "pack", "build", str(pack), "--with-model", "--wheels", str(wheels), "--json")
    assert built.returncode == 0 and pack.is_file() and [file.name for file in pack.parent.iterdir()] == ["shop.pack"]
    assert "wheels/extra-1.0-py3-none-any.whl" in json.loads(built.stdout)["holds"]
    installed = here.run(stall, "--empty", "pack", "install", str(pack), "--json")
    assert json.loads(installed.stdout)["model"] == "ShopDesk Counter"
    assert (stall / "packs" / "wheels" / "extra-1.0-py3-none-any.whl").read_bytes() == b"wheel"
    assert "404.00" in here.run(stall, "ask", "JKT-105 多少钱?", "--route", "exact").stdout
    with pack.open("r+b") as file:
        file.seek(-2000, os.SEEK_END)
        file.write(b"evil")
    tampered = here.run(stall, "pack", "install", str(pack))
    assert tampered.returncode == 1 and str(pack) in tampered.stderr
    assert here.run(stall, "pack", "rollback").returncode == 0
    assert here.run(stall, "pack", "rollback").returncode == 1
    assert here.run(stall, "pack", "install", str(tmp_path / "none")).returncode == 1
