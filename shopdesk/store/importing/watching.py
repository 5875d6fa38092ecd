"""The watched folder: files that a till puts there are imported by the layout of an earlier import by hand."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from shopdesk.core.errors import ImportFault, StoreError, UserFacingError
from shopdesk.store.importing.importer import Importer
from shopdesk.store.importing.report import ImportReport
from shopdesk.store.settings import Settings

BY = "watched folder"
"""Who imported, in the history of batches."""

_FOLDER = "watched_folder"  # the path as text, None while it is off
_SEEN = "watched_seen"  # name → [size, time]: what was dealt with, so that nothing old comes again
_ENDINGS = frozenset(
    [".csv", ".tsv", ".txt", ".tab", ".json", ".jsonl", ".ndjson", ".xlsx", ".xls", ".ods", ".zip", ".md", ".docx"]
)
_State = dict[str, list[int]]


@dataclass(frozen=True, slots=True)
class Watched:
    """What became of one file: its report, or why it was left alone."""

    file: Path
    report: ImportReport | None = None
    fault: UserFacingError | None = None


class FolderWatch:
    """Off until `begin`. Whoever runs the program calls `look` from time to time; one look at a time."""

    def __init__(self, importer: Importer, settings: Settings, rejected: Path) -> None:
        self._importer = importer
        self._settings = settings
        self._rejected = rejected
        self._lock = threading.Lock()
        self._before: _State = {}
        self._told: set[str] = set()

    @property
    def folder(self) -> Path | None:
        """The folder, None while nothing is watched."""
        path = self._settings.get(_FOLDER)
        return Path(path) if path else None

    def begin(self, folder: Path) -> None:
        """Watch `folder` from now on; what lies in it already is not new. Raises StoreError."""
        if not folder.is_dir():
            raise StoreError("watch_folder_missing", path=folder)
        self._settings.set(_SEEN, _files(folder))
        self._settings.set(_FOLDER, str(folder))
        self._before, self._told = {}, set()

    def end(self) -> None:
        self._settings.set(_FOLDER, None)

    def look(self) -> Iterator[Watched]:
        """Import what is new or changed and at rest: as it was when last looked at. Each failure is told once."""
        folder = self.folder
        if folder is None or not self._lock.acquire(blocking=False):
            return
        try:
            yield from self._look(folder)
        finally:
            self._lock.release()

    def _look(self, folder: Path) -> Iterator[Watched]:
        if not folder.is_dir():
            yield from self._tell_once(str(folder), folder, StoreError("watch_folder_missing", path=folder))
            return
        self._told.discard(str(folder))
        now = _files(folder)
        seen: _State = self._settings.get(_SEEN, {})
        waiting = [name for name in now if now[name] != seen.get(name)]
        ready = sorted((name for name in waiting if now[name] == self._before.get(name)), key=lambda name: now[name][1])
        self._before = now
        for name in ready:
            try:
                report = self._import(folder / name)
            except ImportFault as fault:
                if fault.code in ("import_file_changed", "import_unreadable"):
                    yield from self._tell_once(name, folder / name, fault, quiet=fault.code == "import_file_changed")
                    continue  # it is still on its way: looked at again
                seen = self._settle(name, now[name])
                yield Watched(folder / name, fault=fault)
            except StoreError as error:
                yield from self._tell_once(name, folder / name, error)
            else:
                seen = self._settle(name, now[name])
                self._told.discard(name)
                yield Watched(folder / name, report)
        if gone := [name for name in seen if name not in now]:
            self._settings.set(_SEEN, {name: state for name, state in seen.items() if name not in gone})

    def _import(self, file: Path) -> ImportReport:
        plan = self._importer.plan(file)
        try:
            if not all(part.remembered for part in plan.look.parts):
                raise ImportFault("watch_unknown_layout", path=file)
            moment = datetime.now().strftime("%Y%m%d-%H%M%S")
            # Not beside the file: there it would be the next file that comes in.
            return self._importer.commit(plan, BY, rejected_to=self._rejected / f"{file.stem}-{moment}-rejected.csv")
        finally:
            plan.close()

    def _settle(self, name: str, state: list[int]) -> _State:
        seen: dict[str, Any] = {**self._settings.get(_SEEN, {}), name: state}
        self._settings.set(_SEEN, seen)
        return seen

    def _tell_once(self, key: str, file: Path, fault: UserFacingError, *, quiet: bool = False) -> Iterator[Watched]:
        if key not in self._told and not quiet:
            self._told.add(key)
            yield Watched(file, fault=fault)


def _files(folder: Path) -> _State:
    """The tables in a folder, by name: their size and time. Hidden and lock files are none."""
    found: _State = {}
    for file in folder.iterdir():
        if file.suffix.lower() not in _ENDINGS or file.name.startswith((".", "~")) or file.stem.endswith("-rejected"):
            continue
        try:
            about = file.stat()
        except OSError:
            continue  # gone between the two looks
        if file.is_file():
            found[file.name] = [about.st_size, about.st_mtime_ns]
    return found
