"""The shop's rows as a database file of their own, and such a file put in the place of a store's rows.

What belongs to one counter stays there: conversations, votes, gaps, imports and edits are not in a snapshot.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from shopdesk.core.errors import StoreError
from shopdesk.store.database import Database
from shopdesk.store.freshness import STALE_AFTER_DAYS
from shopdesk.store.migrations import migrate
from shopdesk.store.search import INDEX_COLUMNS
from shopdesk.store.tables import TABLES, Table

WHOLE_TABLES = ("vocabulary", "words", "words_counted", "synonyms", "banned_words")
"""Tables beside the rows that travel, and take the place of what was there."""
SETTINGS = (STALE_AFTER_DAYS, "default_currency")
_BOOKKEEPING = ("revision", "_sqlite_migrations")
_BUSY_SECONDS = 8.0


def take(database: Database, target: Path) -> None:
    """Write the rows as they are now to the new file `target`, whole or not at all. Raises StoreError."""
    whole = target.with_name(f"{target.name}.whole")
    try:
        for file in (whole, target):
            remove(file)
        with _translated(database):
            database.connection().execute("VACUUM INTO ?", (str(whole),))
            with closing(_opened(whole)) as copy:
                _keep_rows_only(copy)
                # once more: what was deleted must not be found in the pages that it left
                copy.execute("VACUUM INTO ?", (str(target),))
    except BaseException:
        remove(target)
        raise
    finally:
        remove(whole)


def make_ready(file: Path) -> None:
    """Check a snapshot and bring it to this version's shape. Raises StoreError."""
    try:
        with closing(_opened(file)) as db:
            if db.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                raise StoreError("store_corrupt", path=file)
    except sqlite3.Error as error:
        raise StoreError("store_corrupt", path=file, detail=str(error)) from error
    snapshot = Database(file)
    try:
        migrate(snapshot)
        snapshot.connection().execute("PRAGMA journal_mode = DELETE")
    finally:
        snapshot.close()
        for backup in file.parent.glob(f"{file.stem}.before-update-*.bak"):
            backup.unlink(missing_ok=True)


def put(database: Database, file: Path, settings: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> None:
    """Make the rows of the ready snapshot `file` the store's own, all at once: nobody ever sees some of them only.

    `settings` gets the store's settings within the same transaction and returns those to store with the rows (None
    removes one); what it raises leaves everything as it was. Raises StoreError.
    """
    with _translated(database), closing(_opened(database.path)) as db:
        db.execute("ATTACH ? AS snapshot", (str(file),))
        db.execute("BEGIN IMMEDIATE")
        try:
            known = {row["key"]: json.loads(row["value"]) for row in db.execute("SELECT key, value FROM main.settings")}
            stored = settings(known)
            for table in TABLES.values():
                _replace_rows(db, table)
            for name in WHOLE_TABLES:
                db.execute(f"DELETE FROM main.{name}")
                db.execute(f"INSERT INTO main.{name} SELECT * FROM snapshot.{name}")
            _forget_how_rows_came(db)
            _store(db, {**_settings_in(db), **stored})
            db.execute(
                "UPDATE main.revision SET value = 1 + max(value, (SELECT value FROM snapshot.revision WHERE id = 1))"
            )
            db.execute("COMMIT")
        except BaseException:
            db.execute("ROLLBACK")
            raise


def remove(file: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)


def _keep_rows_only(db: sqlite3.Connection) -> None:
    """Empty every table that is not known to travel, so that one that is added later stays at home too."""
    kept = {*WHOLE_TABLES, *_BOOKKEEPING, *(table.name for table in TABLES.values())}
    indexes = {f"{table.name}_search" for table in TABLES.values()}
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute("BEGIN")
    for row in db.execute("SELECT name, type, ncol FROM pragma_table_list WHERE schema = 'main'").fetchall():
        name, sort = row["name"], row["type"]
        if sort == "table" and name not in kept and not name.startswith("sqlite_") and name != "settings":
            db.execute(f'DELETE FROM "{name}"')
        elif sort == "virtual" and name not in indexes and _is_text_index(db, name):
            db.execute(f'DELETE FROM "{name}"')
            db.execute(f'INSERT INTO "{name}" ("{name}") VALUES (\'rebuild\')')
    marks = ", ".join("?" * len(SETTINGS))
    db.execute(f"DELETE FROM settings WHERE key NOT IN ({marks})", SETTINGS)
    for table in TABLES.values():
        db.execute(f"UPDATE {table.name} SET batch = NULL WHERE batch IS NOT NULL")
    db.execute("COMMIT")


def _is_text_index(db: sqlite3.Connection, name: str) -> bool:
    sql = db.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0]
    return "fts5vocab" not in sql.lower()


def _replace_rows(db: sqlite3.Connection, table: Table) -> None:
    """Only what differs is written: of a large shop, a day's changes are few."""
    name = table.name
    columns = ", ".join(row["name"] for row in db.execute(f"PRAGMA main.table_info({name})"))
    index = ", ".join(INDEX_COLUMNS)
    for temporary, these, those in (("leaving", "main", "snapshot"), ("coming", "snapshot", "main")):
        db.execute(f"DROP TABLE IF EXISTS temp.{temporary}")
        db.execute(
            f"CREATE TEMP TABLE {temporary} AS SELECT id FROM"
            f" (SELECT {columns} FROM {these}.{name} EXCEPT SELECT {columns} FROM {those}.{name})"
        )
    db.execute(f"DELETE FROM main.{name}_search WHERE rowid IN (SELECT id FROM temp.leaving)")
    db.execute(f"DELETE FROM main.{name} WHERE id IN (SELECT id FROM temp.leaving)")
    db.execute(
        f"INSERT INTO main.{name} ({columns}) SELECT {columns} FROM snapshot.{name}"
        " WHERE id IN (SELECT id FROM temp.coming) ORDER BY id"
    )
    db.execute(
        f"INSERT INTO main.{name}_search (rowid, {index}) SELECT rowid, {index} FROM snapshot.{name}_search"
        " WHERE rowid IN (SELECT id FROM temp.coming) ORDER BY rowid"
    )


def _forget_how_rows_came(db: sqlite3.Connection) -> None:
    """Imports and edits of rows that are gone can no longer be taken back."""
    for name in ("import_changes", "import_seen", "edits"):
        db.execute(f"DELETE FROM main.{name}")
    db.execute("UPDATE main.imports SET undone_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now') WHERE undone_at IS NULL")


def _settings_in(db: sqlite3.Connection) -> dict[str, Any]:
    """Of the settings that travel: what the snapshot says, None for what it does not say."""
    said = {row["key"]: json.loads(row["value"]) for row in db.execute("SELECT key, value FROM snapshot.settings")}
    return {key: said.get(key) for key in SETTINGS}


def _store(db: sqlite3.Connection, settings: Mapping[str, Any]) -> None:
    for key, value in settings.items():
        db.execute("DELETE FROM main.settings WHERE key = ?", (key,))
        if value is not None:
            db.execute("INSERT INTO main.settings (key, value) VALUES (?, ?)", (key, json.dumps(value)))


def _opened(file: Path) -> sqlite3.Connection:
    db = sqlite3.connect(str(file), timeout=_BUSY_SECONDS, isolation_level=None)
    db.row_factory = sqlite3.Row
    return db


@contextmanager
def _translated(database: Database) -> Iterator[None]:
    """What SQLite or the disk refuses, as a StoreError."""
    try:
        yield
    except sqlite3.Error as error:
        raise database.explain(error) from error
    except OSError as error:
        raise StoreError("pack_unwritable", path=database.path.parent, detail=str(error)) from error
