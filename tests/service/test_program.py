"""`shopdesk serve`, `pack` and `sync` as processes, as a shop runs them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

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


def test_the_service_answers_with_the_model_and_ends_when_told(program: Program, bundled_model: Path) -> None:
    with served(program) as (service, process):
        answers = [service.ask("JKT-105 多少钱?").json for _ in range(2)]
        assert all("404.00" in answer["response"] for answer in answers)
        assert service.get("/v1/models").json["data"][0]["owned_by"] == "ShopDesk Counter"
        taken = program.run("serve", "--port", service.url.rpartition(":")[2])
        assert taken.returncode == 1 and "--port" in taken.stderr
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    lines = (program.home / "logs" / "service.log").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["path"] for line in lines] == ["/chat", "/chat", "/v1/models"]


def test_what_cannot_be_served_is_told(program: Program) -> None:
    for arguments, word in (
        (("--host", "0.0.0.0"), "SHOPDESK_SERVE_TOKEN"),
        (("--issue", "till 2", "--token", "s3cret"), "till 2"),
        (("--host", "host.invalid", "--token", "x"), "host.invalid"),
    ):
        refused = program.run("serve", "--port", "0", *arguments)
        assert refused.returncode == 1 and word in refused.stderr, arguments
    assert program.run("serve", "--port", "99999").returncode == 2


def test_a_counter_follows_a_shop(program: Program, tmp_path: Path) -> None:
    counter = ["--home", str(tmp_path / "till"), "--empty"]
    with served(program, "--publish", "--token", "s3cret") as (service, _):
        issued = json.loads(program.run("serve", "--issue", "till", "--token", "s3cret", "--json").stdout)["token"]
        refused = program.run(*counter, "sync", service.url)
        assert refused.returncode == 1 and "token" in refused.stderr
        assert Client(service.url, issued).get("/healthz").status == 200
        first = json.loads(program.run(*counter, "sync", service.url, "--token", issued, "--json").stdout)
        again = json.loads(program.run(*counter, "sync", "--json").stdout)
    assert (first["changed"], first["version"], again["changed"]) == (True, 1, False)
    assert "404.00" in program.run(*counter, "ask", "JKT-105 多少钱?", "--route", "exact").stdout
    offline = program.run(*counter, "sync")
    assert offline.returncode == 1 and "still answer" in offline.stderr
    assert program.run(*counter, "sync", "off").returncode == 0
    assert "sync URL" in program.run(*counter, "sync").stderr


def test_a_pack_goes_by_usb_with_model_and_wheels(program: Program, tmp_path: Path, bundled_model: Path) -> None:
    pack, wheels, other = tmp_path / "usb" / "shop.pack", tmp_path / "wheels", ["--home", str(tmp_path / "stall")]
    pack.parent.mkdir()
    wheels.mkdir()
    (wheels / "extra-1.0-py3-none-any.whl").write_bytes(b"wheel")
    built = program.run("pack", "build", str(pack), "--with-model", "--wheels", str(wheels), "--json")
    assert built.returncode == 0 and pack.is_file() and [file.name for file in pack.parent.iterdir()] == ["shop.pack"]
    assert "wheels/extra-1.0-py3-none-any.whl" in json.loads(built.stdout)["holds"]
    installed = program.run(*other, "--empty", "pack", "install", str(pack), "--json")
    assert json.loads(installed.stdout)["model"] == "ShopDesk Counter"
    assert (tmp_path / "stall" / "packs" / "wheels" / "extra-1.0-py3-none-any.whl").read_bytes() == b"wheel"
    assert "404.00" in program.run(*other, "ask", "JKT-105 多少钱?", "--route", "exact").stdout
    with pack.open("r+b") as file:
        file.seek(-2000, os.SEEK_END)
        file.write(b"evil")
    tampered = program.run(*other, "pack", "install", str(pack))
    assert tampered.returncode == 1 and str(pack) in tampered.stderr
    assert program.run(*other, "pack", "rollback").returncode == 0
    assert program.run(*other, "pack", "rollback").returncode == 1
    assert program.run(*other, "pack", "install", str(tmp_path / "none")).returncode == 1
