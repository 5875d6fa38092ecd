"""`shopdesk models`: the shelf of model files."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from shopdesk.app import App
from shopdesk.cli.console import Console
from shopdesk.cli.opening import opened
from shopdesk.engine.models import ModelEntry


def run(options: argparse.Namespace, console: Console) -> int:
    with opened(options, console) as app:
        if options.action == "list":
            return _list(app, options, console)
        if options.action == "show":
            return _show(app, options, console)
        if options.action == "presets":
            return _presets(app, options, console)
        if options.action == "pull":
            return _pull(app, options, console)
        said, entry, more = _ACTIONS[options.action](app, options.target, console)
    if options.json:
        console.print_json({**entry.to_json(), **more})
    else:
        console.say(said, name=entry.name)
    return 0


def _list(app: App, options: argparse.Namespace, console: Console) -> int:
    entries = app.shelf.list()
    answers, searches = getattr(app.engine, "model", None), app.settings.get("embedding_model")
    used = [entry.path == answers or entry.name == searches for entry in entries]
    if options.json:
        console.print_json([{**entry.to_json(), "used": in_use} for entry, in_use in zip(entries, used, strict=True)])
        return 0
    for entry, in_use in zip(entries, used, strict=True):
        mark = "*" if in_use else " "
        origin = console.text("model_bundled") if entry.bundled else str(entry.path)
        console.print(f"{mark} {entry.name}  {entry.size / 1e6:.1f} MB  {origin}")
        if told := _told(entry, console):
            console.print(f"    {told}")
        if entry.problem is not None:
            console.print(f"    {entry.problem.text(console.language)}")
    return 0


def _show(app: App, options: argparse.Namespace, console: Console) -> int:
    """The card and the report of one model."""
    entry = app.shelf.find(options.target)
    if options.json:
        console.print_json({**entry.to_json(), "card": entry.card or None, "report": dict(entry.report.body)})
        return 0
    console.print(f"{entry.name}  {entry.size / 1e6:.1f} MB  {entry.path}")
    for line in (_told(entry, console), "" if entry.card else entry.manifest.description, entry.card):
        if line:
            console.print(line)
    return 0


def _presets(app: App, options: argparse.Namespace, console: Console) -> int:
    """The models that `pull` knows by name, with what each needs."""
    found: list[dict[str, Any]] = [
        {
            "name": offer.name, "bytes": offer.size, "memory": offer.memory, "fits": offer.fits,
            "license": offer.license,
        }
        for offer in app.shelf.offered()
    ]  # fmt: skip
    if options.json:
        console.print_json(found)
        return 0
    for item in found:
        download, memory = (f"{item[key] / 1e9:.1f}" for key in ("bytes", "memory"))
        needs = console.text("model_preset", download=download, memory=memory)
        console.print(f"{item['name']}  {needs}" + ("" if item["fits"] else f"; {console.text('model_preset_large')}"))
    return 0


def _pull(app: App, options: argparse.Namespace, console: Console) -> int:
    def told(there: int, size: int) -> None:
        percent = f"{there / size:.0%}" if size else "?"
        if sys.stderr.isatty():
            console.progress(console.text("model_pulling", percent=percent, megabytes=size >> 20))

    entry = app.pull_model(options.target, told, options.mirror)
    if options.json:
        console.print_json({**entry.to_json(), "sha256": entry.manifest.sha256})
    else:
        console.say("model_pulled", name=entry.name)
    return 0


def _told(entry: ModelEntry, console: Console) -> str:
    """How a model did and where it comes from, on one line; "" where its manifest does not say."""
    report, parts = entry.report, []
    if report.exam_exact is not None:
        percent = f"{report.exam_exact:.1%}"
        parts.append(console.text("model_exam", percent=percent, questions=report.exam_questions))
    if report.parity:
        parts.append(console.text("model_parity_passed"))
    if report.base_model:
        parts.append(console.text("model_base", base=report.base_model))
    return " · ".join([*parts, *filter(None, [report.made])])


Outcome = tuple[str, ModelEntry, dict[str, Any]]


def _use(app: App, name: str, console: Console) -> Outcome:
    entry = app.choose_model(name)
    if not entry.embeds or app.meaning is None:
        return "model_used", entry, {"used": True}

    def told(done: int) -> None:
        if sys.stderr.isatty():
            console.progress(console.text("model_reads_rows", rows=done))

    return "model_used_for_search", entry, {"used": True, "rows": app.meaning.catch_up(told)}


def _add(app: App, file: str, _console: Console) -> Outcome:
    return "model_added", app.shelf.add(Path(file)), {}


def _verify(app: App, name: str, _console: Console) -> Outcome:
    verified = app.shelf.verify(name)
    return "model_sound", verified.entry, {"sha256": verified.sha256, "expected": verified.expected or None}


def _remove(app: App, name: str, _console: Console) -> Outcome:
    return "model_removed", app.remove_model(name), {}


_ACTIONS = {"use": _use, "add": _add, "verify": _verify, "remove": _remove}
