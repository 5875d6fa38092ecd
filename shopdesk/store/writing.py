"""Changes to the shop's rows, each with its search entry and its before-image, inside the caller's transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from shopdesk.store import search
from shopdesk.store.tables import TABLES, Row, Table, table_of
from shopdesk.store.words import count_words

_MANY_ROWS = 20_000
_VOCABULARY_FIELDS = ("color", "size", "brand", "category", "store")
_MOST_VALUES = 500
_MOST_ATTRIBUTES = 80
_MOST_ATTRIBUTE_VALUES = 200
_LONGEST_ATTRIBUTE_VALUE = 60


class RowWriter:
    """Writes rows of one table as part of one batch (None: not part of an import that can be undone)."""

    def __init__(
        self, db: sqlite3.Connection, table: Table, *, batch: int | None, as_of: str, sample: bool = False
    ) -> None:
        self._db = db
        self._table = table
        self._batch = batch
        self._as_of = as_of
        self._sample = int(sample)
        self.next_id = _last_id(db, table) + 1
        derived = _derived_names(table)
        columns = ("id", *table.columns, *derived, "sample", "batch", "as_of")
        self._columns = columns
        self._staged = (*table.columns, *derived)
        self._update = f"UPDATE {table.name} SET {', '.join(f'{column} = ?' for column in columns[1:])} WHERE id = ?"

    def of(self, table: Table) -> RowWriter:
        """A writer of another table, for the same batch."""
        return RowWriter(self._db, table, batch=self._batch, as_of=self._as_of, sample=bool(self._sample))

    def insert_staged(self, name: str, first_id: int, where: str) -> None:
        """New rows and their search entries from the attached database `name`; row `n` gets the id `first_id` + n."""
        table, columns = self._table.name, ", ".join(self._staged)
        self._db.execute(
            f"INSERT INTO {table} (id, {columns}, sample, batch, as_of)"
            f" SELECT {first_id} + n, {columns}, ?, ?, ? FROM {name}.{table} WHERE {where} ORDER BY n",
            (self._sample, self._batch, self._as_of),
        )
        texts = ", ".join(search.INDEX_COLUMNS)
        staged = ", ".join(f"t_{column}" for column in search.INDEX_COLUMNS)
        self._db.execute(
            f"INSERT INTO {table}_search (rowid, {texts})"
            f" SELECT {first_id} + n, {staged} FROM {name}.{table} WHERE {where} ORDER BY n"
        )

    def log_inserted(self, first_id: int) -> None:
        """Remember that all rows from `first_id` on came with this batch."""
        last_id = _last_id(self._db, self._table)
        if self._batch is not None and last_id >= first_id:
            self._db.execute(
                "INSERT INTO import_changes (batch, table_name, row_id, last_row) VALUES (?, ?, ?, ?)",
                (self._batch, self._table.name, first_id, last_id),
            )

    def see_staged(self, name: str, where: str) -> None:
        """Rows that stand in the attached database `name` as they are: they are now known as of this import."""
        table = self._table.name
        if self._batch is not None:
            self._db.execute(
                "INSERT OR IGNORE INTO import_seen (batch, table_name, row_id, as_of)"
                f" SELECT ?, '{table}', t.id, t.as_of FROM {name}.{table} AS s JOIN {table} AS t ON t.id = s.stored"
                f" WHERE s.{where}",
                (self._batch,),
            )
        self._db.execute(
            f"UPDATE {table} SET as_of = ? WHERE id IN (SELECT stored FROM {name}.{table} WHERE {where})",
            (self._as_of,),
        )

    def update(self, changes: Sequence[tuple[Row, Mapping[str, Any]]]) -> None:
        """(stored row, new row) pairs; the search entry is renewed only where its text changed."""
        self._log((old["id"], dict(old), self._changed(old, new)) for old, new in changes)
        renewed = []
        for old, new in changes:
            values = self._values(old["id"], new)
            self._db.execute(self._update, (*values[1:], old["id"]))
            document = self._table.document(dict(zip(self._columns, values, strict=True)))
            if document != self._table.document(old):
                renewed.append((old["id"], document))
        remove_from_search(self._db, self._table, [row_id for row_id, _ in renewed])
        add_to_search(self._db, self._table, renewed)

    def delete_sample(self) -> int:
        """Remove the sample's rows of this table; how many."""
        rows = [dict(row) for row in self._db.execute(f"SELECT * FROM {self._table.name} WHERE sample = 1")]
        self._log((row["id"], row, None) for row in rows)
        delete_rows(self._db, self._table, [row["id"] for row in rows])
        return len(rows)

    def _values(self, row_id: int, row: Mapping[str, Any]) -> tuple[Any, ...]:
        derived = self._table.derived(row)
        content = (row[column] for column in self._table.columns)
        return (row_id, *content, *derived.values(), self._sample, self._batch, self._as_of)

    def _changed(self, old: Row, new: Mapping[str, Any]) -> dict[str, Any]:
        return {column: new[column] for column in self._table.columns if new[column] != old[column]}

    def _log(self, changes: Iterable[tuple[int, dict[str, Any], dict[str, Any] | None]]) -> None:
        """(row id, the row as it was, its changed columns as they are now or None for a row that is gone)."""
        if self._batch is None:
            return
        self._db.executemany(
            "INSERT INTO import_changes (batch, table_name, row_id, before, after) VALUES (?, ?, ?, ?, ?)",
            (
                (self._batch, self._table.name, row_id, _as_json(before), None if after is None else _as_json(after))
                for row_id, before, after in changes
            ),
        )


def _as_json(row: Mapping[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False)


@contextmanager
def indexes_later(db: sqlite3.Connection, table: Table, new_rows: int) -> Iterator[None]:
    """Where most of a table's rows are going to be new, build its indexes once at the end, which is quicker by far.

    Inside the caller's transaction: where that is taken back, so is this.
    """
    stored = int(db.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0])
    if new_rows < max(_MANY_ROWS, stored):
        yield
        return
    indexes = db.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL", (table.name,)
    ).fetchall()
    for index in indexes:
        db.execute(f"DROP INDEX {index['name']}")
    yield
    for index in indexes:
        db.execute(index["sql"])


def add_to_search(db: sqlite3.Connection, table: Table, entries: Iterable[tuple[int, Any]]) -> None:
    columns = ", ".join(search.INDEX_COLUMNS)
    db.executemany(
        f"INSERT INTO {table.name}_search (rowid, {columns}) VALUES (?{', ?' * len(search.INDEX_COLUMNS)})",
        ((row_id, *search.index_values(document)) for row_id, document in entries),
    )


def remove_from_search(db: sqlite3.Connection, table: Table, row_ids: Sequence[int]) -> None:
    db.executemany(f"DELETE FROM {table.name}_search WHERE rowid = ?", ((row_id,) for row_id in row_ids))


def delete_rows(db: sqlite3.Connection, table: Table, row_ids: Sequence[int]) -> None:
    remove_from_search(db, table, row_ids)
    db.executemany(f"DELETE FROM {table.name} WHERE id = ?", ((row_id,) for row_id in row_ids))


def delete_run(db: sqlite3.Connection, table: Table, first: int, last: int) -> int:
    """Delete the rows whose ids are from `first` to `last`; how many."""
    db.execute(f"DELETE FROM {table.name}_search WHERE rowid BETWEEN ? AND ?", (first, last))
    return db.execute(f"DELETE FROM {table.name} WHERE id BETWEEN ? AND ?", (first, last)).rowcount


def put_back(db: sqlite3.Connection, table: Table, before: Mapping[str, Any]) -> None:
    """Make a row what it was, whether it was changed or deleted since."""
    delete_rows(db, table, [before["id"]])
    columns = tuple(before)
    db.execute(
        f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",
        tuple(before.values()),
    )
    add_to_search(db, table, [(before["id"], table.document(before))])


def rows_changed(db: sqlite3.Connection, kinds: Iterable[str]) -> None:
    """To be called once at the end of a transaction that wrote rows: renews the vocabulary, tells the readers."""
    if "product" in {table_of(kind).kind for kind in kinds}:
        _renew_vocabulary(db)
        count_words(db)
    db.execute("UPDATE revision SET value = value + 1")


def _renew_vocabulary(db: sqlite3.Connection) -> None:
    db.execute("DELETE FROM vocabulary")
    for field in _VOCABULARY_FIELDS:
        db.execute(
            f"INSERT INTO vocabulary (field, value, rows) SELECT ?, {field}, count(*) FROM products"
            f" WHERE {field} IS NOT NULL AND {field} <> '' GROUP BY {field} ORDER BY 3 DESC, 2 LIMIT ?",
            (field, _MOST_VALUES),
        )
    db.execute(
        """WITH pairs AS (
            SELECT e.key AS attribute, e.value AS value, count(*) AS rows
            FROM products, json_each(products.attributes) AS e
            WHERE products.attributes <> '{}' AND length(e.value) <= ?
                AND e.key NOT IN ('name_en', 'name_zh', 'description_en', 'description_zh')
            GROUP BY e.key, e.value
        ), numbered AS (
            SELECT *, row_number() OVER (PARTITION BY attribute ORDER BY rows DESC, value) AS place FROM pairs
        )
        INSERT INTO vocabulary (field, attribute, value, rows)
        SELECT 'attribute', attribute, value, rows FROM numbered WHERE place <= ? AND attribute IN (
            SELECT attribute FROM pairs GROUP BY attribute ORDER BY sum(rows) DESC, attribute LIMIT ?
        )""",
        (_LONGEST_ATTRIBUTE_VALUE, _MOST_ATTRIBUTE_VALUES, _MOST_ATTRIBUTES),
    )


def _last_id(db: sqlite3.Connection, table: Table) -> int:
    # AUTOINCREMENT's own counter: an id is never given twice, so that a before-image names one row for ever.
    row = db.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table.name,)).fetchone()
    return int(row[0]) if row else 0


def _derived_names(table: Table) -> tuple[str, ...]:
    blank = dict.fromkeys(table.columns)
    return tuple(table.derived(blank))


def tables_with_sample(db: sqlite3.Connection) -> list[Table]:
    return [
        table
        for table in TABLES.values()
        if db.execute(f"SELECT 1 FROM {table.name} WHERE sample = 1 LIMIT 1").fetchone()
    ]
