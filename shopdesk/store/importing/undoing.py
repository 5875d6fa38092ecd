"""Taking a batch back: rows become what they were, values that were edited by hand since are told of."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Generator, Iterator, Mapping
from typing import Any

from shopdesk.core.errors import StoreError
from shopdesk.store import writing
from shopdesk.store.importing.comparing import spoken
from shopdesk.store.importing.report import Conflict, Progress, UndoReport
from shopdesk.store.tables import TABLES, Table, table_of

Row = Mapping[str, Any]
_EVERY = 500


def require(db: sqlite3.Connection, batch_id: int) -> sqlite3.Row:
    row: sqlite3.Row | None = db.execute("SELECT * FROM imports WHERE id = ?", (batch_id,)).fetchone()
    if row is None:
        raise StoreError("batch_missing", id=batch_id)
    return row


def undo(db: sqlite3.Connection, batch_id: int, *, keep_edits: bool, now: str) -> Generator[Progress, None, UndoReport]:
    """Inside the caller's transaction. See `Importer.undoing`."""
    if require(db, batch_id)["undone_at"] is not None:
        raise StoreError("batch_undone", id=batch_id)
    later = _built_upon(db, batch_id)
    if later is None:
        later = _rows_after_sample(db, batch_id)
    if later is not None:
        raise StoreError("batch_built_upon", id=batch_id, later=later)
    found = tuple(conflicts(db, batch_id))
    edited = {(table, row_id) for table, row_id in _edited_rows(db, batch_id)}
    removed = restored = returned = 0
    touched = set()
    total = int(db.execute("SELECT count(*) FROM import_changes WHERE batch = ?", (batch_id,)).fetchone()[0])
    # First what the batch brought goes, then what it changed or removed comes back: their keys may be the same.
    for change in _changes(db, batch_id, "before IS NULL"):
        table = table_of(change["table_name"])
        removed += _take_away(db, table, change, edited if keep_edits else set())
        touched.add(table.kind)
    for number, change in enumerate(_changes(db, batch_id, "before IS NOT NULL")):
        table = table_of(change["table_name"])
        now_there = db.execute(f"SELECT * FROM {table.name} WHERE id = ?", (change["row_id"],)).fetchone()
        before = json.loads(change["before"])
        if now_there is None and keep_edits and (table.name, change["row_id"]) in edited:
            continue  # removed by hand, and that stands
        row = _unchanged_by(change, before, now_there, table, keep_edits) if now_there is not None else before
        writing.put_back(db, table, row)
        touched.add(table.kind)
        restored, returned = (restored + 1, returned) if now_there is not None else (restored, returned + 1)
        if number % _EVERY == 0:
            yield Progress("undoing", number, total)
    _unsee(db, batch_id)
    writing.rows_changed(db, touched)
    db.execute("UPDATE imports SET undone_at = ? WHERE id = ?", (now, batch_id))
    return UndoReport(batch_id, removed, restored, returned, found)


def conflicts(db: sqlite3.Connection, batch_id: int) -> list[Conflict]:
    """What was edited by hand since the batch brought it: its values, whole rows of it, rows that are gone."""
    found: list[Conflict] = []
    for table_name, row_id in _edited_rows(db, batch_id):
        table = table_of(table_name)
        there = db.execute(f"SELECT * FROM {table.name} WHERE id = ?", (row_id,)).fetchone()
        change = db.execute(
            "SELECT * FROM import_changes WHERE batch = ? AND table_name = ? AND row_id = ? AND before IS NOT NULL",
            (batch_id, table_name, row_id),
        ).fetchone()
        if change is None:
            if there is not None:  # the batch brought the row, and somebody worked on it
                record = table.record(there)
                found.append(Conflict(table.kind, record.key, record.title, "", None, None, record.title))
            continue
        before = json.loads(change["before"])
        record = table.record(before)
        if there is None:
            found.append(Conflict(table.kind, record.key, record.title, "", record.title, record.title, None))
            continue
        was, brought = spoken(table, before), spoken(table, before | json.loads(change["after"] or "{}"))
        is_now = spoken(table, dict(there))
        for name in {**was, **brought, **is_now}:
            if was.get(name) != brought.get(name) != is_now.get(name):
                said = (was.get(name), brought.get(name), is_now.get(name))
                found.append(Conflict(table.kind, record.key, record.title, name, *said))
    return found


def _changes(db: sqlite3.Connection, batch_id: int, where: str) -> Iterator[sqlite3.Row]:
    """The newest first, read in pieces: what is done with them writes to the same database."""
    last = db.execute("SELECT max(id) + 1 FROM import_changes").fetchone()[0] or 0
    while True:
        rows = db.execute(
            f"SELECT * FROM import_changes WHERE batch = ? AND id < ? AND {where} ORDER BY id DESC LIMIT {_EVERY}",
            (batch_id, last),
        ).fetchall()
        yield from rows
        if len(rows) < _EVERY:
            return
        last = rows[-1]["id"]


def _take_away(db: sqlite3.Connection, table: Table, change: sqlite3.Row, kept: set[tuple[str, int]]) -> int:
    """Remove the rows that a batch brought, save those to be kept; how many."""
    first, last = change["row_id"], change["last_row"] or change["row_id"]
    removed = 0
    for row_id in sorted(row_id for name, row_id in kept if name == table.name and first <= row_id <= last):
        db.execute(f"UPDATE {table.name} SET batch = NULL WHERE id = ?", (row_id,))
        removed += writing.delete_run(db, table, first, row_id - 1)
        first = row_id + 1
    return removed + writing.delete_run(db, table, first, last)


def _unchanged_by(change: sqlite3.Row, before: Row, there: sqlite3.Row, table: Table, keep_edits: bool) -> Row:
    """The row without what the batch did to it; what was edited by hand beside that stays."""
    current = dict(there)
    if change["after"] is None:
        return before
    brought = json.loads(change["after"])
    if all(current[column] == brought.get(column, before.get(column)) for column in table.columns):
        return before
    row = current | {"batch": before["batch"]}
    for column, value in brought.items():
        if column == "attributes":
            row[column] = _attributes(before[column], value, current[column], keep_edits)
        elif not (keep_edits and current[column] != value):
            row[column] = before.get(column)
    return row | table.derived(row)


def _attributes(before: str, brought: str, current: str, keep_edits: bool) -> str:
    was, imported, now = json.loads(before), json.loads(brought), json.loads(current)
    for name in {**was, **imported}:
        changed = was.get(name) != imported.get(name)
        if changed and not (keep_edits and now.get(name) != imported.get(name)):
            if name in was:
                now[name] = was[name]
            else:
                now.pop(name, None)
    return before if now == was else json.dumps(now, ensure_ascii=False)


def _edited_rows(db: sqlite3.Connection, batch_id: int) -> list[tuple[str, int]]:
    """(table, row id) of rows that a batch brought or changed and a person touched after it."""
    rows = db.execute(
        "SELECT DISTINCT e.table_name, e.row_id FROM edits AS e JOIN import_changes AS c"
        " ON c.table_name = e.table_name AND e.row_id BETWEEN c.row_id AND coalesce(c.last_row, c.row_id)"
        " JOIN imports AS i ON i.id = c.batch WHERE c.batch = ? AND e.at >= i.imported_at ORDER BY 1, 2",
        (batch_id,),
    )
    return [(row["table_name"], row["row_id"]) for row in rows]


def _built_upon(db: sqlite3.Connection, batch_id: int) -> int | None:
    """The first later batch that stands and changed rows which this one brought or changed."""
    row = db.execute(
        "SELECT min(later.batch) FROM import_changes AS later"
        " JOIN imports ON imports.id = later.batch AND imports.undone_at IS NULL"
        " JOIN import_changes AS mine ON mine.batch = ? AND mine.table_name = later.table_name"
        " AND later.row_id BETWEEN mine.row_id AND coalesce(mine.last_row, mine.row_id)"
        " WHERE later.batch > ? AND later.before IS NOT NULL",
        (batch_id, batch_id),
    ).fetchone()
    return None if row[0] is None else int(row[0])


def _rows_after_sample(db: sqlite3.Connection, batch_id: int) -> int | None:
    """The next batch with rows of its own of the same kind, where this batch made the sample give way."""
    replaced = db.execute(
        "SELECT DISTINCT table_name FROM import_changes WHERE batch = ? AND json_extract(before, '$.sample') = 1",
        (batch_id,),
    ).fetchall()
    own = {row[0] for row in db.execute("SELECT DISTINCT table_name FROM import_changes WHERE batch = ?", (batch_id,))}
    if not replaced:
        return None
    kind = require(db, batch_id)["kind"]
    names = {TABLES[kind].name} if kind in TABLES else own
    found = [
        db.execute(f"SELECT min(batch) FROM {name} WHERE batch > ? AND sample = 0", (batch_id,)).fetchone()[0]
        for name in names
    ]
    return min((int(batch) for batch in found if batch is not None), default=None)


def _unsee(db: sqlite3.Connection, batch_id: int) -> None:
    """Rows that the batch only confirmed are again known as of the time before it."""
    imported_at = require(db, batch_id)["imported_at"]
    names = db.execute("SELECT DISTINCT table_name FROM import_seen WHERE batch = ?", (batch_id,)).fetchall()
    for (name,) in names:
        db.execute(
            f"UPDATE {table_of(name).name} SET as_of = s.as_of FROM import_seen AS s WHERE s.batch = ?"
            f" AND s.table_name = ? AND s.row_id = {table_of(name).name}.id AND {table_of(name).name}.as_of = ?",
            (batch_id, name, imported_at),
        )
    db.execute("DELETE FROM import_seen WHERE batch = ?", (batch_id,))
