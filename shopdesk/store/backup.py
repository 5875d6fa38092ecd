"""The whole store in one file, and back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from shopdesk.core.errors import StoreError
from shopdesk.store.database import Database
from shopdesk.store.migrations import migrate


def back_up(database: Database, path: Path) -> None:
    """Write a complete copy to `path` while others go on reading and writing. Raises StoreError("backup_failed")."""
    if path.exists() and path.samefile(database.path):
        raise StoreError("backup_onto_itself", path=path)
    temporary = path.with_name(path.name + ".part")
    try:
        temporary.unlink(missing_ok=True)
        with closing(sqlite3.connect(str(temporary))) as copy:
            database.connection().backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        temporary.replace(path)
    except (OSError, sqlite3.Error) as error:
        temporary.unlink(missing_ok=True)
        raise StoreError("backup_failed", path=path, detail=str(error)) from error


def restore(database: Database, path: Path) -> None:
    """Put the backup at `path` in place of what the store holds now.

    The backup is checked, and brought to this version's shape, in a copy beside the database;
    only then is the store replaced. Raises StoreError, and the store stays as it was.
    """
    if not path.is_file():
        raise StoreError("backup_missing", path=path)
    staged = database.path.with_name(database.path.name + ".restoring")
    _remove_database(staged)
    try:
        _stage(path, staged)
        with database.read() as db:  # the store itself must be usable before anything is touched
            revision = int(db.execute("SELECT value FROM revision").fetchone()[0])
        try:
            with closing(sqlite3.connect(str(staged))) as source:
                # newer than either, so that nobody takes the rows for those that were remembered
                source.execute("UPDATE revision SET value = max(value, ?) + 1", (revision,))
                source.commit()
                source.backup(database.connection())
        except sqlite3.Error as error:
            raise database.explain(error) from error
        database.reconnect()
    finally:
        _remove_database(staged)


def _stage(path: Path, staged: Path) -> None:
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as source:
            if source.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                raise StoreError("store_corrupt", path=path)
            if not source.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                raise StoreError("store_not_ours", path=path)
            with closing(sqlite3.connect(str(staged))) as copy:
                source.backup(copy)
    except sqlite3.Error as error:
        raise StoreError("store_corrupt", path=path, detail=str(error)) from error
    candidate = Database(staged)
    try:
        migrate(candidate)
    except StoreError as error:
        raise StoreError(error.code, path=path, detail=error.detail) from error
    finally:
        candidate.close()


def _remove_database(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    for leftover in path.parent.glob(f"{path.stem}.before-update-*.bak"):
        leftover.unlink(missing_ok=True)
