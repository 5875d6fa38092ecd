"""The newest pack of a shop, kept ready for its counters and made anew only where the rows have changed."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shopdesk.core.errors import StoreError
from shopdesk.store.database import Database
from shopdesk.store.packs.packs import Packs
from shopdesk.store.packs.snapshot import SETTINGS

_KEPT = 2
"""Packs that stay: who is in the middle of fetching the one before must be able to finish."""


@dataclass(frozen=True, slots=True)
class PublishedPack:
    file: Path
    version: int
    etag: str


class Publisher:
    """`folder` is the home's `publishing`. Safe to use from any thread."""

    def __init__(self, database: Database, packs: Packs, folder: Path) -> None:
        self._database, self._packs, self._folder = database, packs, folder
        self._lock = threading.Lock()

    def current(self) -> PublishedPack:
        """Raises StoreError where the rows cannot be read or the pack cannot be written."""
        with self._lock:
            state = self._state()
            last = self._last()
            if last is not None and last["state"] == state:
                return PublishedPack(self._folder / last["file"], last["version"], last["tag"])
            return self._publish(state)

    def _publish(self, state: str) -> PublishedPack:
        new = self._folder / "new.pack"
        manifest = self._packs.build(new)
        file = self._folder / f"shop-{manifest.version}.pack"
        said = {"state": state, "file": file.name, "version": manifest.version, "tag": manifest.tag}
        try:
            new.replace(file)
            about = self._folder / "latest.json.part"
            about.write_text(json.dumps(said), encoding="utf-8")
            about.replace(self._folder / "latest.json")
            for old in sorted(self._folder.glob("shop-*.pack"), key=_version_of)[:-_KEPT]:
                old.unlink(missing_ok=True)
        except OSError as error:
            raise StoreError("pack_unwritable", path=file, detail=str(error)) from error
        return PublishedPack(file, manifest.version, manifest.tag)

    def _last(self) -> dict[str, Any] | None:
        try:
            said = json.loads((self._folder / "latest.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return said if isinstance(said, dict) and (self._folder / str(said.get("file"))).is_file() else None

    def _state(self) -> str:
        """Differs whenever a snapshot would."""
        marks = ", ".join("?" * len(SETTINGS))
        with self._database.read() as db:
            revision = int(db.execute("SELECT value FROM revision").fetchone()[0])
            banned = [row["word"] for row in db.execute("SELECT word FROM banned_words ORDER BY word")]
            settings = db.execute(f"SELECT key, value FROM settings WHERE key IN ({marks}) ORDER BY key", SETTINGS)
            return json.dumps([revision, banned, [tuple(row) for row in settings]])


def _version_of(file: Path) -> int:
    digits = file.stem.removeprefix("shop-")
    return int(digits) if digits.isdecimal() else 0
