from __future__ import annotations

import signal
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from shopdesk.engine.hardware import (
    Hardware,
    available_memory,
    is_on_battery,
    out_of_memory_kills,
    parse_cpuinfo,
    this_machine,
)
from shopdesk.engine.verdicts import Verdicts, Way, describe_exit, died_of_a_fault, identity, ways

CPUINFO = """processor\t: 0
model name\t: Some Processor 9000
physical id\t: 0
core id\t\t: 0
flags\t\t: fpu avx2 amx_tile amx_int8

processor\t: 1
model name\t: Some Processor 9000
physical id\t: 0
core id\t\t: 0
flags\t\t: fpu avx2 amx_tile amx_int8

processor\t: 2
model name\t: Some Processor 9000
physical id\t: 0
core id\t\t: 1
flags\t\t: fpu avx2 amx_tile amx_int8
"""


def test_cpuinfo() -> None:
    name, flags, cores = parse_cpuinfo(CPUINFO)
    assert (name, cores) == ("Some Processor 9000", 2)
    assert flags == {"fpu", "avx2", "amx_tile", "amx_int8"}
    assert parse_cpuinfo("") == ("", frozenset(), 0)


def test_this_machine_has_something() -> None:
    machine = this_machine()
    assert machine.cores >= 1
    assert machine.memory > 1 << 28
    assert len(machine.fingerprint) == 16


def test_small_models_compute_in_one_thread_and_none_in_more_than_eight(plain_cpu: Hardware) -> None:
    large = replace(plain_cpu, cores=32)
    assert [plain_cpu.threads_for(size) for size in (8 << 20, 1 << 30)] == [1, 2]
    assert [large.threads_for(size) for size in (8 << 20, 1 << 30)] == [1, 8]
    assert replace(plain_cpu, cores=0).threads_for(1 << 30) == 1


def test_the_ways_go_from_fast_to_careful(plain_cpu: Hardware) -> None:
    amx = replace(plain_cpu, flags=frozenset({"amx_int8"}))
    assert ways(plain_cpu, gpu=False, amx=True) == [Way(0, True), Way(0, False)]
    assert ways(plain_cpu, gpu=True, amx=False) == [Way(-1, True), Way(-1, False), Way(0, False)]
    assert ways(plain_cpu, gpu=True, amx=False, gpu_layers=0) == [Way(0, True), Way(0, False)]
    assert ways(plain_cpu, gpu=False, amx=False, gpu_layers=12)[0].gpu_layers == 0
    assert ways(amx, gpu=False, amx=True) == [Way(0, False)], "known to crash: not even tried"
    assert ways(amx, gpu=False, amx=False)[0] == Way(0, True), "a build that leaves those units alone"
    assert amx.fingerprint != plain_cpu.fingerprint


def test_verdicts_are_remembered_and_a_broken_file_forgets_them(tmp_path: Path) -> None:
    file = tmp_path / "new folder" / "engine.json"
    Verdicts(file).put("a", Way(-1, False))
    Verdicts(file).put("b", Way(0, True))
    assert Verdicts(file).get("a") == Way(-1, False)
    assert Verdicts(file).get("c") is None
    for text in ("", "[]", '{"a": 1}', '{"a": {"gpu_layers": null, "extra_buffers": 1}}'):
        file.write_text(text)
        assert Verdicts(file).get("a") is None


def test_a_verdict_holds_for_processor_library_and_file(plain_cpu: Hardware, tmp_path: Path) -> None:
    model, other = tmp_path / "a", tmp_path / "b"
    model.write_bytes(b"one")
    other.write_bytes(b"two")
    moved = tmp_path / "moved"
    moved.write_bytes(b"one")
    mine = identity(plain_cpu, "llama 1", model)
    assert identity(plain_cpu, "llama 1", moved) == mine
    assert len({mine, identity(plain_cpu, "llama 2", model), identity(plain_cpu, "llama 1", other),
                identity(replace(plain_cpu, cpu="x"), "llama 1", model)}) == 4  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_which_deaths_are_faults() -> None:
    assert died_of_a_fault(-signal.SIGSEGV)
    assert died_of_a_fault(-signal.SIGILL)
    assert not any(map(died_of_a_fault, (None, 0, 1, -signal.SIGKILL, -signal.SIGTERM)))
    assert describe_exit(-signal.SIGILL) == "SIGILL"
    assert describe_exit(3) == "exit code 3"


def test_a_battery_is_told_by_the_mains_being_off(tmp_path: Path) -> None:
    assert not is_on_battery(tmp_path / "nowhere")
    assert not is_on_battery(tmp_path)
    for name, kind in (("BAT0", "Battery"), ("AC", "Mains")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "type").write_text(f"{kind}\n")
    (tmp_path / "AC" / "online").write_text("1\n")
    assert not is_on_battery(tmp_path)
    (tmp_path / "AC" / "online").write_text("0\n")
    assert is_on_battery(tmp_path)


def test_some_memory_is_free() -> None:
    assert 0 < available_memory() <= this_machine().memory
    assert out_of_memory_kills() >= 0
