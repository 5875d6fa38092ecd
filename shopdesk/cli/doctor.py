"""`shopdesk doctor`: what this installation is made of, and what is wrong with it."""

from __future__ import annotations

import argparse
import os
import platform
import sqlite3
import sys
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from shopdesk import __version__
from shopdesk.app import App, has_display
from shopdesk.cli.console import Console
from shopdesk.cli.opening import opened
from shopdesk.cli.search import KIND_OF
from shopdesk.core.errors import EngineError, UserFacingError
from shopdesk.engine.hardware import available_memory, this_machine
from shopdesk.engine.starting import Running
from shopdesk.paths import find_home

SHOWN_FLAGS = (
    "avx", "avx2", "fma", "f16c", "bmi2", "avx_vnni", "avx512f", "avx512bw", "avx512vl", "avx512vbmi", "avx512_vnni",
    "avx512_bf16", "amx_tile", "amx_int8", "neon", "asimd",
)  # fmt: skip
_FONT_HINTS = ("cjk", "sourcehan", "wqy", "droidsansfallback", "uming", "ukai", "lxgw", "simsun", "msyh", "pingfang")
_LOAD_PATIENCE_S = 120.0


def run(options: argparse.Namespace, console: Console) -> int:
    """0 when all is well, 1 when the report has problems."""
    report: dict[str, Any] = {
        "shopdesk": __version__,
        "python": platform.python_version(),
        "platform": platform.platform(),
        "executable": sys.executable,
        "cpu": _cpu(),
        "llama_cpp": _version_of("llama-cpp-python"),
        "pyside6": _version_of("PySide6-Essentials"),
        "sqlite": sqlite3.sqlite_version,
        "display": has_display(),
        "fonts": {"chinese": has_chinese_font()},
        "home": str(find_home(options.home).root),
        "database": None,
        "model": None,
    }
    problems: list[str] = []
    explained: list[str] = []
    try:
        with opened(options, console) as app:
            report["database"] = _database(app)
            problems += [notice.text for notice in app.notices]
            problems += _loading_problems(app, console)
            report["model"] = _model(app)
            explained = _explained(app, console)
    except UserFacingError as error:
        problems.append(error.text(console.language))
    if report["llama_cpp"] is None:
        problems.append(console.text("doctor_no_engine"))
    if not report["fonts"]["chinese"] and report["display"]:
        problems.append(console.text("doctor_no_font"))
    report["explained"] = explained
    report["problems"] = problems
    if options.json:
        console.print_json(report)
    else:
        _print(report, console)
    return 1 if problems else 0


def has_chinese_font() -> bool:
    """Whether a font with Chinese characters lies where this system keeps its fonts (Windows and macOS bring one)."""
    if not sys.platform.startswith("linux"):
        return True
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    folders = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts", data / "fonts")
    names = (name.lower() for folder in folders for _, _, files in os.walk(folder) for name in files)
    return any(hint in name for name in names for hint in _FONT_HINTS)


def _cpu() -> dict[str, Any]:
    machine = this_machine()
    return {
        "name": machine.cpu,
        "cores": machine.cores,
        "threads": machine.threads,
        "memory_mb": machine.memory >> 20,
        "flags": [flag for flag in SHOWN_FLAGS if flag in machine.flags],
    }


def _database(app: App) -> dict[str, Any]:
    file = app.home.database
    rows = {name: app.store.catalogue.total(kind) for name, kind in KIND_OF.items()}
    return {"file": str(file), "bytes": file.stat().st_size, "rows": rows, "sample": app.store.has_sample()}


def _model(app: App) -> dict[str, Any] | None:
    """The model that answers; None where none can be used."""
    engine = app.engine
    if engine is None:
        return None
    loaded = getattr(engine, "loaded", None)
    return {
        "name": engine.manifest.name, "server": getattr(engine, "url", None),
        "file": str(getattr(engine, "model", "")), "device": engine.device,
        "loaded": _loaded(loaded) if loaded is not None else None,
    }  # fmt: skip


def _loaded(running: Running) -> dict[str, Any]:
    """How the model was fitted to this machine."""
    return {
        "ms": round(running.loaded.ms), "threads": running.threads, **running.room.to_json(),
        "extra_buffers": running.way.extra_buffers, "steps_down": running.loaded.stepped,
        "prefix_tokens": running.loaded.prefix,
        "devices": [asdict(device) for device in running.devices],
        "notice": running.notice.code if running.notice else None,
        "notice_detail": running.notice.detail if running.notice else None,
    }  # fmt: skip


def _explained(app: App, console: Console) -> list[str]:
    """What was found about machine and model, in sentences."""
    machine, lines = this_machine(), []
    lines.append(
        console.text(
            "doctor_machine",
            cores=machine.cores,
            memory=f"{machine.memory / 2**30:.0f}",
            free=f"{available_memory() / 2**30:.1f}",
        )
    )
    if sys.platform == "linux" and "avx2" not in machine.flags and platform.machine() in ("x86_64", "AMD64"):
        lines.append(console.text("doctor_no_avx2"))
    if server := getattr(app.engine, "url", None):
        failed = getattr(app.engine, "failure", None) is not None
        lines.append(console.text("doctor_server_gone" if failed else "doctor_server", url=server, name=_name(app)))
    running = getattr(app.engine, "loaded", None)
    if running is None:
        return lines
    room = running.room
    lines.append(
        console.text(
            "doctor_fit",
            threads=running.threads,
            context=room.context,
            name=_name(app),
        )
    )
    if not running.devices:
        lines.append(console.text("doctor_no_card"))
    for device in running.devices:
        free, total = (f"{size / 2**30:.1f}" for size in (device.free, device.total))
        lines.append(console.text("doctor_card", name=device.description or device.name, free=free, total=total))
    if room.gpu_layers:
        layers = console.text("doctor_all_layers") if room.gpu_layers == -1 else str(room.gpu_layers)
        lines.append(console.text("doctor_on_card", layers=layers))
    if running.notice is not None:
        lines.append(running.notice.text(console.language))
    if running.loaded.prefix:
        lines.append(console.text("doctor_prefix", tokens=running.loaded.prefix))
    return lines


def _loading_problems(app: App, console: Console) -> list[str]:
    """Load the model; what keeps it from loading, or a model server from answering."""
    if app.engine is None:
        return []
    try:
        app.engine.wait_ready(_LOAD_PATIENCE_S)
    except EngineError as error:
        return [error.text(console.language)]
    fault = getattr(app.engine, "failure", None)
    return [fault.text(console.language)] if fault is not None else []


def _name(app: App) -> str:
    return app.engine.manifest.name if app.engine else ""


def _version_of(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _print(report: dict[str, Any], console: Console) -> None:
    """The report for people; all of it stands in the JSON form."""
    said: dict[str, str | None] = {
        name: report[name]
        for name in ("shopdesk", "python", "platform", "executable", "llama_cpp", "pyside6", "sqlite")
    }
    cpu, database, model = report["cpu"], report["database"], report["model"]
    said["cpu"] = f"{cpu['name']} ({' '.join(cpu['flags'])})"
    said["display"] = console.text("yes" if report["display"] else "no")
    said["fonts"] = console.text("yes" if report["fonts"]["chinese"] else "no")
    said["home"] = report["home"]
    said["database"] = said["rows"] = None
    if database is not None:
        said["database"] = f"{database['file']} ({database['bytes'] / 2**20:.1f} MB)"
        counts = [f"{console.text(f'kind_{kind}')} {count}" for kind, count in database["rows"].items()]
        said["rows"] = " · ".join([*counts, *([console.text("doctor_is_sample")] if database["sample"] else [])])
    said["model"] = None if model is None else _model_line(model, console)
    for name, value in said.items():
        console.print(f"{console.text(f'doctor_{name}')}: {value or '-'}")
    for line in report["explained"]:
        console.print(line)
    for problem in report["problems"]:
        console.print(f"! {problem}")
    if not report["problems"]:
        console.print(console.text("doctor_well"))


def _model_line(model: dict[str, Any], console: Console) -> str:
    parts = [model["name"], model["server"] or model["file"]]
    if model["device"]:
        parts.append(console.text("doctor_on", device=model["device"]))
    if model["loaded"]:
        parts.append(console.text("doctor_loaded", ms=model["loaded"]["ms"]))
    return " · ".join(part for part in parts if part)
