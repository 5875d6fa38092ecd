"""What this machine has: processor, cores, memory. Never imports llama_cpp."""

from __future__ import annotations

import ctypes
import hashlib
import os
import platform
import subprocess
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_AMX = frozenset({"amx_tile", "amx_int8", "amx_bf16"})
MAX_THREADS = 8
_SMALL_MODEL = 64 << 20


@dataclass(frozen=True, slots=True)
class Hardware:
    """`flags` are the kernel's names of the processor's abilities; empty where the system does not tell.

    `cores` are physical ones that this process may use; `memory` is in bytes, 0 if unknown.
    """

    cpu: str
    flags: frozenset[str]
    cores: int
    logical_cores: int
    memory: int

    @property
    def has_amx(self) -> bool:
        return bool(self.flags & _AMX)

    @property
    def threads(self) -> int:
        """The most threads llama.cpp should compute with: more than the physical cores slow it down."""
        return max(1, min(self.cores, MAX_THREADS))

    def threads_for(self, model_bytes: int) -> int:
        """How many threads a model of this size should compute with.

        A small model takes one. Threads that compute together wait for each other hundreds of times
        a token, and where another program holds a core they wait for its time slice: on two busy
        cores an 8 MB model made 1,600 tokens a second with one thread and 40 with two.
        """
        return 1 if model_bytes < _SMALL_MODEL else self.threads

    @property
    def fingerprint(self) -> str:
        """Changes when the processor does (16 hex digits)."""
        text = "\n".join([platform.machine(), self.cpu, *sorted(self.flags)])
        return hashlib.sha256(text.encode()).hexdigest()[:16]


@lru_cache(maxsize=1)
def this_machine() -> Hardware:
    """Read once; about a millisecond on Linux."""
    logical = _usable_logical_cores()
    if sys.platform == "win32":
        return Hardware(_windows_cpu(), frozenset(), max(1, logical // 2), logical, _windows_status()[0])
    if sys.platform == "darwin":
        name, features = _sysctl("machdep.cpu.brand_string"), _sysctl("machdep.cpu.features")
        physical, memory = _sysctl("hw.physicalcpu"), _sysctl("hw.memsize")
        return Hardware(name, frozenset(features.lower().split()), int(physical or logical), logical, int(memory or 0))
    try:
        cpuinfo = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        cpuinfo = ""
    name, flags, physical_cores = parse_cpuinfo(cpuinfo)
    cores = min(physical_cores or logical, logical)
    return Hardware(name or platform.processor(), flags, cores, logical, _posix_memory())


def available_memory() -> int:
    """Bytes that programs can still take without others being pushed out; half of all where the system does not say."""
    try:
        for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) << 10
    except (OSError, ValueError, IndexError):
        pass
    if sys.platform == "win32":
        return _windows_status()[1]
    return this_machine().memory // 2


def on_battery() -> bool:
    """Whether this machine runs on its battery just now; False where that is not told."""
    if sys.platform == "win32":
        status = (ctypes.c_uint8 * 12)()
        return bool(ctypes.windll.kernel32.GetSystemPowerStatus(status)) and status[0] == 0
    return is_on_battery(Path("/sys/class/power_supply"))


def is_on_battery(supplies: Path) -> bool:
    """As Linux tells it in `supplies`: there is a mains supply, and none is on."""
    try:
        mains = [supply for supply in supplies.iterdir() if _told(supply / "type") == "Mains"]
    except OSError:
        return False
    return bool(mains) and not any(_told(supply / "online") == "1" for supply in mains)


def _told(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""


def out_of_memory_kills() -> int:
    """How many processes Linux has ended since the start because memory ran out; 0 where that is not told."""
    try:
        for line in Path("/proc/vmstat").read_text(encoding="ascii").splitlines():
            if line.startswith("oom_kill "):
                return int(line.split()[1])
    except (OSError, ValueError):
        pass
    return 0


def parse_cpuinfo(text: str) -> tuple[str, frozenset[str], int]:
    """(model name, flags, physical cores) of a Linux /proc/cpuinfo; cores 0 where it does not say."""
    name, flags, places = "", frozenset[str](), set[tuple[str, str]]()
    for block in text.split("\n\n"):
        rows = dict(_row(line) for line in block.splitlines() if ":" in line)
        name = name or rows.get("model name", "")
        flags = flags or frozenset(rows.get("flags", rows.get("Features", "")).split())
        if "core id" in rows:
            places.add((rows.get("physical id", "0"), rows["core id"]))
    return name, flags, len(places)


def _row(line: str) -> tuple[str, str]:
    name, _, value = line.partition(":")
    return name.strip(), value.strip()


def _usable_logical_cores() -> int:
    """The cores this process may run on: fewer than the machine's under taskset or in a container."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _posix_memory() -> int:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError):
        return 0


def _sysctl(name: str) -> str:
    try:
        return subprocess.run(["sysctl", "-n", name], capture_output=True, text=True, timeout=5).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return ""


def _windows_cpu() -> str:
    if sys.platform != "win32":
        return ""
    import winreg

    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"HARDWARE\DESCRIPTION\System\CentralProcessor\0") as key:
            name = str(winreg.QueryValueEx(key, "ProcessorNameString")[0]).strip()
    except OSError:
        name = ""
    # The identifier holds family, model and stepping, which is what decides the instruction set.
    return f"{name} {platform.processor()}".strip()


class _MemoryStatus(ctypes.Structure):
    _fields_ = [
        ("length", ctypes.c_uint32), ("load", ctypes.c_uint32), ("total", ctypes.c_uint64), ("free", ctypes.c_uint64),
        ("total_page", ctypes.c_uint64), ("free_page", ctypes.c_uint64), ("total_virtual", ctypes.c_uint64),
        ("free_virtual", ctypes.c_uint64), ("free_extended", ctypes.c_uint64),
    ]  # fmt: skip


def _windows_status() -> tuple[int, int]:
    """(all, free) bytes of memory."""
    if sys.platform != "win32":
        return 0, 0
    status = _MemoryStatus(length=ctypes.sizeof(_MemoryStatus))
    if not ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):
        return 0, 0
    return int(status.total), int(status.free)
