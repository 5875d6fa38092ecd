"""Making packs of a store, putting packs into it, taking the last one back.

Versions are counted, never dated: a clock that is set back makes no pack old or new. What is installed, and by whom it
was signed, is stored in the transaction that stores its rows.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from shopdesk import __version__
from shopdesk.core.errors import StoreError
from shopdesk.store.database import Database
from shopdesk.store.packs import snapshot
from shopdesk.store.packs.pack import Manifest, Pack, write_pack
from shopdesk.store.packs.signing import Signer, same_key

INSTALLED = "installed_pack"
"""The store's setting that holds an `Installed`."""


@dataclass(frozen=True, slots=True)
class Installed:
    """What was put in place last. `previous` is the version before it, None where there was none.

    `tag` is that of the pack that was last taken in, also where it was taken back: it is not fetched anew.
    """

    key: str
    version: int
    tag: str
    previous: int | None = None

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Installed | None:
        said = settings.get(INSTALLED)
        return cls(**said) if said else None


class Packs:
    """`folder` is the home: keys and published packs lie in `publishing`, what can be taken back in `packs`."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._publishing = folder / "publishing"
        self._kept = folder / "packs"
        self._lock = threading.Lock()

    # -- making

    def build(
        self, target: Path, *, settings: Mapping[str, Any] | None = None, files: Mapping[str, Path] | None = None
    ) -> Manifest:
        """A new version in the file `target`. `files`: name in the pack → file. Raises StoreError."""
        signer = Signer(self._publishing)
        with self._lock, self._draft(target.parent) as draft:
            rows = draft / "rows.db"
            snapshot.take(self._database, rows)
            return write_pack(
                target, rows, files or {}, signer, version=self._next_version(), made_at=_now(),
                program=__version__, settings=settings or {},
            )  # fmt: skip

    @property
    def key(self) -> str:
        """The public key that this home signs with."""
        return Signer(self._publishing).public

    # -- putting in place

    def installed(self) -> Installed | None:
        with self._database.read() as db:
            row = db.execute("SELECT value FROM settings WHERE key = ?", (INSTALLED,)).fetchone()
        return Installed.of({INSTALLED: json.loads(row["value"])}) if row else None

    def check(self, pack: Pack, *, key: str | None = None) -> None:
        """Raises StoreError: pack_untrusted, pack_older."""
        refuse(pack.manifest, self.installed(), key)

    def install(self, pack: Pack, *, key: str | None = None, keep_previous: bool = True) -> Installed:
        """Put the rows of `pack` in place of the store's, all at once; without `keep_previous` for good.

        The first pack's key is trusted from then on; `key` (a public key or its fingerprint) demands one, and lets
        another take its place. Raises StoreError: pack_untrusted, pack_older, pack_tampered, pack_unwritable,
        store_newer; then everything is as it was.
        """
        manifest = pack.manifest
        with self._lock, self._draft(self._kept) as draft:
            refuse(manifest, self.installed(), key)
            rows, before = draft / "rows.db", draft / "before.db"
            pack.take_rows(rows)
            snapshot.make_ready(rows)
            if keep_previous:
                snapshot.take(self._database, before)

            def settings(known: Mapping[str, Any]) -> Mapping[str, Any]:
                now = Installed.of(known)
                refuse(manifest, now, key)
                previous = now.version if now is not None else None
                if now is not None and now.version == manifest.version:
                    previous = now.previous
                return {INSTALLED: asdict(Installed(manifest.key, manifest.version, manifest.tag, previous))}

            is_again = (now := self.installed()) is not None and now.version == manifest.version
            snapshot.put(self._database, rows, settings)
            if keep_previous and not is_again:
                self._keep(before, now)
            elif not keep_previous:
                self._forget_previous()
        found = self.installed()
        assert found is not None
        return found

    def roll_back(self) -> Installed | None:
        """Put back the rows of before the last install; what is installed then.

        Raises StoreError("pack_no_previous").
        """
        with self._lock, self._draft(self._kept) as draft:
            kept, about = self._kept / "previous.db", self._kept / "previous.json"
            if not kept.is_file() or not about.is_file():
                raise StoreError("pack_no_previous")
            before = json.loads(about.read_text(encoding="utf-8"))
            rows = draft / "rows.db"
            shutil.copyfile(kept, rows)
            snapshot.make_ready(rows)

            def settings(known: Mapping[str, Any]) -> Mapping[str, Any]:
                now = Installed.of(known)
                if now is None:
                    raise StoreError("pack_no_previous")
                earlier = Installed(**before) if before else Installed(now.key, 0, "")
                return {INSTALLED: asdict(replace(earlier, tag=now.tag, previous=None))}

            snapshot.put(self._database, rows, settings)
            self._forget_previous()
        return self.installed()

    # -- inside

    def _keep(self, before: Path, installed: Installed | None) -> None:
        """What `roll_back` puts back."""
        about = json.dumps(asdict(installed) if installed else None)
        before.replace(self._kept / "previous.db")
        (self._kept / "previous.json").write_text(about, encoding="utf-8")

    def _forget_previous(self) -> None:
        (self._kept / "previous.json").unlink(missing_ok=True)
        snapshot.remove(self._kept / "previous.db")

    def _next_version(self) -> int:
        """One more than any that this home has made; beside the database, so that a restored one repeats none."""
        file = self._publishing / "version"
        try:
            last = int(file.read_text(encoding="ascii")) if file.is_file() else 0
            temporary = file.with_name(f"version.{os.getpid()}")
            temporary.write_text(str(last + 1), encoding="ascii")
            temporary.replace(file)
        except (OSError, ValueError) as error:
            raise StoreError("pack_unwritable", path=file, detail=str(error)) from error
        return last + 1

    @contextmanager
    def _draft(self, folder: Path) -> Iterator[Path]:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            draft = Path(tempfile.mkdtemp(prefix=".pack-", dir=folder))
        except OSError as error:
            raise StoreError("pack_unwritable", path=folder, detail=str(error)) from error
        try:
            yield draft
        finally:
            shutil.rmtree(draft, ignore_errors=True)


def refuse(manifest: Manifest, installed: Installed | None, key: str | None) -> None:
    """Raises StoreError: pack_untrusted for another signer, pack_older for a version below the installed one."""
    if key is not None and not same_key(manifest.key, key):
        raise StoreError("pack_untrusted", detail=f"{manifest.fingerprint}")
    if installed is None:
        return
    if key is None and manifest.key != installed.key:
        raise StoreError("pack_untrusted", detail=f"{manifest.fingerprint}")
    if manifest.key == installed.key and manifest.version < installed.version:
        raise StoreError("pack_older", version=manifest.version, installed=installed.version)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
