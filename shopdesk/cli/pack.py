"""`shopdesk pack build FILE | install FILE | rollback`: a shop as one signed file, for places without a network."""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from shopdesk.app import App
from shopdesk.cli.console import Console
from shopdesk.cli.opening import opened
from shopdesk.core.errors import EngineError, StoreError
from shopdesk.engine.packages import COMPANIONS
from shopdesk.store.packs.pack import MODEL, WHEELS, Manifest, Pack, opened_pack

TRAVELLING = ("shop_name", "language", "model")
"""Settings of the window that a pack takes along; the model only where the pack holds it."""


def run(options: argparse.Namespace, console: Console) -> int:
    with opened(options, console) as app:
        report = _ACTIONS[options.action](app, options, console)
    if options.json:
        console.print_json(report)
    return 0


def _build(app: App, options: argparse.Namespace, console: Console) -> dict[str, Any]:
    files: dict[str, Path] = {}
    settings = {name: value for name in TRAVELLING if name != "model" and (value := app.settings.get(name))}
    if options.with_model is not None:
        entry = app.shelf.find(options.with_model or _model_in_use(app))
        beside = [entry.path.with_suffix(suffix) for suffix in COMPANIONS]
        files |= {MODEL + file.name: file for file in (entry.path, *beside) if file.is_file()}
        settings["model"] = entry.name
    if options.wheels is not None:
        wheels = sorted(options.wheels.glob("*.whl"))
        if not wheels:
            raise StoreError("file_unreadable", path=options.wheels / "*.whl")
        files |= {WHEELS + file.name: file for file in wheels}
    manifest = app.store.packs.build(options.file, settings=settings, files=files)
    report = {**_about(manifest), "file": str(options.file), "bytes": options.file.stat().st_size}
    if not options.json:
        console.say("pack_built", **report)
    return report


def _install(app: App, options: argparse.Namespace, console: Console) -> dict[str, Any]:
    first = app.store.packs.installed() is None
    with opened_pack(options.file) as pack:
        manifest = pack.manifest
        app.store.packs.check(pack, key=options.key)
        model = _put_model(app, pack)
        wheels = _put_wheels(app, pack)
        app.store.packs.install(pack, key=options.key)
    for name in TRAVELLING:
        if (value := manifest.settings.get(name)) is not None and name != "model":
            app.settings.set(name, value)
    report = {**_about(manifest), "model": model, "wheels": str(wheels) if wheels else None}
    if not options.json:
        console.say("pack_installed", **report)
        if first:
            console.say("pack_trusted")
        if wheels:
            command = f"pip install --no-index --find-links {wheels} shopdesk"
            console.say("pack_wheels_put", folder=wheels, command=command)
    return report


def _roll_back(app: App, options: argparse.Namespace, console: Console) -> dict[str, Any]:
    packs = app.store.packs
    before, now = packs.installed(), packs.roll_back()
    report = {"from": before.version if before else None, "version": now.version if now else None}
    if not options.json:
        console.say("pack_rolled_back", version=report["from"])
    return report


_ACTIONS = {"build": _build, "install": _install, "rollback": _roll_back}


def _about(manifest: Manifest) -> Mapping[str, Any]:
    return {
        "version": manifest.version, "fingerprint": manifest.fingerprint, "made_at": manifest.made_at,
        "holds": sorted(member.name for member in manifest.members),
    }  # fmt: skip


def _model_in_use(app: App) -> str:
    if app.engine is None:
        raise EngineError("model_none")
    return app.engine.manifest.name


def _put_model(app: App, pack: Pack) -> str | None:
    """The pack's model on the shelf and in use; one that is there already, by its checksum, stays."""
    members = pack.manifest.under(MODEL)
    if not members:
        return None
    with tempfile.TemporaryDirectory(dir=app.home.root, prefix=".model-") as folder:
        for member in members:
            pack.take(member.name, Path(folder) / Path(member.name).name)
        wanted = next(member.sha256 for member in members if member.name.endswith(".gguf"))
        there = next((entry for entry in app.shelf.list() if entry.manifest.sha256.lower() == wanted), None)
        entry = there or app.shelf.add(Path(folder))
    app.settings.set("model", entry.name)
    return entry.name


def _put_wheels(app: App, pack: Pack) -> Path | None:
    members = pack.manifest.under(WHEELS)
    if not members:
        return None
    folder = app.home.root / "packs" / "wheels"
    shutil.rmtree(folder, ignore_errors=True)
    for member in members:
        pack.take(member.name, folder / Path(member.name).name)
    return folder
