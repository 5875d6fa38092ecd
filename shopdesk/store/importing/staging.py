"""What was read of a file, in a temporary database: memory does not grow, and a commit need not read it again."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import tempfile
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import Any

from shopdesk.core.errors import StoreError
from shopdesk.store import search
from shopdesk.store.importing.report import Counts, Remark
from shopdesk.store.importing.rows import ReadRow, key_with_attributes
from shopdesk.store.tables import PRODUCTS, TABLES, Table

NEW, CHANGED, UNCHANGED, REJECTED = 0, 1, 2, 3
_BATCH = 500
_PREFIX = "shopdesk-import-"

Reject = Callable[[int, Remark], None]


@contextmanager
def room_told() -> Iterator[None]:
    """Raises StoreError("store_disk_full") where there is no room for temporary files."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF not in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
            raise
        raise StoreError("store_disk_full", path=tempfile.gettempdir(), detail=str(error)) from error


class Staging:
    """The rows of a file by kind, in the order in which they were read, numbered from 1 (`n`).

    `state` is what they are to the shop: NEW until a comparison says otherwise. May be used by one thread at a time.
    """

    def __init__(self) -> None:
        _remove_orphans()
        handle, name = tempfile.mkstemp(prefix=f"{_PREFIX}{os.getpid()}-", suffix=".db")
        os.close(handle)
        self.path = Path(name)
        self.db = sqlite3.connect(name, isolation_level=None, check_same_thread=False)
        self._end = weakref.finalize(self, _remove, self.db, self.path)
        self.db.row_factory = sqlite3.Row
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "locking_mode = NORMAL", "cache_size = -16000"):
            self.db.execute(f"PRAGMA {pragma}")
        self.db.execute("CREATE TABLE traits (n INTEGER PRIMARY KEY, part INT, line INT, product, attribute, value)")
        self.db.execute("CREATE TABLE rejected (part INT, line INT, code, reason, kind, key, PRIMARY KEY (part, line))")
        self._kinds: dict[str, _Writer] = {}

    @property
    def kinds(self) -> list[str]:
        return list(self._kinds)

    def close(self) -> None:
        self._end()

    # -- reading in ---------------------------------------------------------------------

    def add(self, kind: str, part: int, rows: Iterable[ReadRow]) -> Iterator[int]:
        """Take rows in; yields after each batch how many there were in it."""
        take = self._add_traits if kind == "trait" else self._writer(kind).add
        iterator = iter(rows)
        while batch := list(islice(iterator, _BATCH)):
            self.db.execute("BEGIN")
            take(part, batch)
            self.db.execute("COMMIT")
            yield len(batch)

    def reject(self, part: int, remark: Remark, key: str = "", kind: str = "") -> None:
        """Note a row that is not taken in; `key` is the code that it names all the same, of a row of `kind`."""
        self.db.execute(
            "INSERT OR REPLACE INTO rejected VALUES (?, ?, ?, ?, ?, ?)",
            (part, remark.line, remark.code, f"{remark.text('zh')} / {remark.text('en')}", kind, key),
        )

    def _writer(self, kind: str) -> _Writer:
        if kind not in self._kinds:
            self._kinds[kind] = _Writer(self.db, TABLES[kind])
        return self._kinds[kind]

    def _add_traits(self, part: int, rows: Sequence[ReadRow]) -> None:
        self.db.executemany(
            "INSERT INTO traits (part, line, product, attribute, value) VALUES (?, ?, ?, ?, ?)",
            ((part, row.line, *row.content.values()) for row in rows),
        )

    # -- duplicates -----------------------------------------------------------------------

    def settle(self, kind: str, counts: Sequence[Counts], parts: Sequence[str]) -> None:
        """Make every key unique: lines of one order joined, other rows that come twice rejected.

        `counts` and `parts` (their names) are by the number of the part.
        """
        writer = self._kinds[kind]
        table = writer.table
        keys = ", ".join(table.unique)
        self.db.execute(f"CREATE INDEX {table.name}_key ON {table.name}({keys})")
        twice = self.db.execute(
            f"SELECT n, {keys} FROM {table.name} WHERE ({keys}) IN"
            f" (SELECT {keys} FROM {table.name} GROUP BY {keys} HAVING count(*) > 1) ORDER BY {keys}, n"
        )
        joined = [[row["n"] for row in group] for _, group in groupby(twice, key=lambda row: tuple(row)[1:])]
        self.db.execute("BEGIN")
        for numbers in joined:
            rows = [writer.row(n) for n in numbers]
            if kind == "order":
                _join_orders(writer, rows, counts)
            else:
                self._keep_first(writer, rows, counts, parts)
        self.db.execute("COMMIT")

    def _keep_first(
        self, writer: _Writer, rows: Sequence[StagedRow], counts: Sequence[Counts], parts: Sequence[str]
    ) -> None:
        table = writer.table
        first, taken = rows[0], {rows[0].key}
        for row in rows[1:]:
            same = all(row.content[column] == first.content[column] for column in table.columns)
            if row.made and not same:
                content = row.decoded() | {table.key: _other_key(table, row, taken)}
                if content[table.key] not in taken:
                    taken.add(content[table.key])
                    writer.replace(row.n, content, row.given, row.cleared)
                    continue
            code = "row_twice" if same else "row_twice_differs"
            part = parts[row.part]
            remark = Remark(row.line, "", code, {"key": str(first.key), "first": str(first.line)}, part)
            counts[row.part].reject(remark)
            if not same:
                counts[row.part].suspect(Remark(row.line, table.key, "suspicious_twice", remark.params, part))
            self.reject(row.part, remark)
            self.set_state(table, REJECTED, [(None, row.n)])

    # -- reading back -------------------------------------------------------------------------

    def chunks(self, table: Table, where: str = "1", size: int = 400) -> Iterator[list[StagedRow]]:
        """Staged rows in order of `n`, those that were not rejected."""
        writer, last = self._kinds[table.kind], 0
        while True:
            found = self.db.execute(
                f"SELECT * FROM {table.name} WHERE n > ? AND state <> {REJECTED} AND {where} ORDER BY n LIMIT ?",
                (last, size),
            ).fetchall()
            if not found:
                return
            yield [writer.staged(row) for row in found]
            last = found[-1]["n"]

    def count(self, table: Table, where: str = "1") -> int:
        return int(
            self.db.execute(f"SELECT count(*) FROM {table.name} WHERE state <> {REJECTED} AND {where}").fetchone()[0]
        )

    def counts_by_part(self, table: Table) -> Mapping[tuple[int, int], int]:
        """(part, state) → how many rows."""
        rows = self.db.execute(f"SELECT part, state, count(*) FROM {table.name} GROUP BY part, state")
        return {(row[0], row[1]): row[2] for row in rows}

    def last(self, table: Table) -> int:
        """The number of the last row."""
        return int(self.db.execute(f"SELECT coalesce(max(n), 0) FROM {table.name}").fetchone()[0])

    def set_state(self, table: Table, state: int, rows: Sequence[tuple[int | None, int]]) -> None:
        """(id of the stored row or None, n) of rows that are now known to be `state`."""
        self.db.executemany(f"UPDATE {table.name} SET state = {state}, stored = ? WHERE n = ?", rows)

    def forget_comparison(self, table: Table) -> None:
        self.db.execute(f"UPDATE {table.name} SET state = {NEW}, stored = NULL WHERE state <> {REJECTED}")

    def replace(self, row: StagedRow, content: Mapping[str, Any]) -> None:
        """Make a row say more than its file did."""
        self._kinds[row.kind].replace(row.n, content, row.given, row.cleared)

    def find(self, table: Table, column: str, value: str) -> StagedRow | None:
        """The first row with this value, by a column that has an index."""
        if table.kind not in self._kinds:
            return None
        if column == "ref":
            self.db.execute(f"CREATE INDEX IF NOT EXISTS {table.name}_ref ON {table.name}(ref)")
        found = self.db.execute(
            f"SELECT * FROM {table.name} WHERE {column} = ? AND name IS NOT NULL ORDER BY n LIMIT 1", (value,)
        ).fetchone()
        return None if found is None else self._kinds[table.kind].staged(found)

    def has(self, table: Table, key: Sequence[Any]) -> bool:
        condition = " AND ".join(f"{column} = ?" for column in table.unique)
        return bool(
            self.db.execute(
                f"SELECT 1 FROM {table.name} WHERE {condition} AND state <> {REJECTED}", tuple(key)
            ).fetchone()
        )

    def has_product(self, code: str) -> bool:
        """Whether the file brings a product of this number, code or group."""
        if PRODUCTS.kind not in self._kinds:
            return False
        for column in ("ref", "sku", "group_key"):
            self.db.execute(f"CREATE INDEX IF NOT EXISTS products_by_{column} ON products({column})")
        return bool(
            self.db.execute(
                "SELECT 1 FROM products WHERE (ref = ?1 OR sku = ?1 OR group_key = ?1)"
                f" AND state <> {REJECTED} LIMIT 1",
                (code,),
            ).fetchone()
        )

    def traits(self) -> Iterator[tuple[str, list[sqlite3.Row]]]:
        """What the file says of each product, product by product."""
        self.db.execute("CREATE INDEX IF NOT EXISTS traits_product ON traits(product)")
        rows = self.db.execute("SELECT * FROM traits ORDER BY product, n")
        for product, group in groupby(rows, key=lambda row: row["product"]):
            yield str(product), list(group)

    def rejected_keys(self, table: Table) -> frozenset[str]:
        """The codes that rows of a kind name which were not taken in."""
        rows = self.db.execute("SELECT key FROM rejected WHERE kind = ? AND key <> ''", (table.kind,))
        return frozenset(row["key"] for row in rows)

    def rejected(self, part: int) -> Iterator[tuple[int, str]]:
        """(line, reason) in order of lines, without the rows that the file itself calls deleted."""
        for row in self.db.execute(
            "SELECT line, reason FROM rejected WHERE part = ? AND code <> 'row_deleted' ORDER BY line", (part,)
        ):
            yield row["line"], row["reason"]


class StagedRow:
    """A row that was read, and where it stands. `content` holds attributes and lines as JSON text."""

    __slots__ = ("cleared", "content", "given", "key", "kind", "line", "made", "n", "part", "state", "stored")

    def __init__(self, table: Table, row: sqlite3.Row, given: frozenset[str]) -> None:
        self.kind = table.kind
        self.n, self.part, self.line = row["n"], row["part"], row["line"]
        self.made, self.state, self.stored = bool(row["made"]), row["state"], row["stored"]
        self.given = given
        self.cleared = frozenset(json.loads(row["cleared"])) if row["cleared"] else frozenset()
        self.content: dict[str, Any] = {column: row[column] for column in table.columns}
        self.key = self.content[table.key]

    def decoded(self) -> dict[str, Any]:
        return self.content | {"attributes": json.loads(self.content["attributes"])}


class _Writer:
    """Writes rows of one table with all that a commit needs: content, folded keys, the texts of the search."""

    def __init__(self, db: sqlite3.Connection, table: Table) -> None:
        self.db, self.table = db, table
        self._derived = tuple(table.derived(dict.fromkeys(table.columns)))
        texts = tuple(f"t_{name}" for name in search.INDEX_COLUMNS)
        self._own = ("part", "line", "made", "mask", "cleared", "state", "stored")
        names = (*self._own, *table.columns, *self._derived, *texts)
        db.execute(f"CREATE TABLE {table.name} (n INTEGER PRIMARY KEY, {', '.join(names)})")
        marks = ", ".join("?" * len(names))
        self._insert = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks})"
        self._replace = f"INSERT OR REPLACE INTO {table.name} (n, {', '.join(names)}) VALUES (?, {marks})"
        self._bits = {column: 1 << place for place, column in enumerate(table.columns)}
        self._masks: dict[frozenset[str], int] = {}
        self._given: dict[int, frozenset[str]] = {}
        self._blank = dict.fromkeys(table.columns)
        self._in_order = itemgetter(*table.columns)

    def add(self, part: int, rows: Sequence[ReadRow]) -> None:
        values = [
            (part, row.line, int(row.made_key), *self._values(row.content, row.given, row.cleared)) for row in rows
        ]
        self.db.executemany(self._insert, values)

    def replace(self, n: int, content: Mapping[str, Any], given: frozenset[str], cleared: frozenset[str]) -> None:
        old = self.db.execute(f"SELECT part, line, made FROM {self.table.name} WHERE n = ?", (n,)).fetchone()
        self.db.execute(self._replace, (n, *old, *self._values(content, given, cleared)))

    def row(self, n: int) -> StagedRow:
        return self.staged(self.db.execute(f"SELECT * FROM {self.table.name} WHERE n = ?", (n,)).fetchone())

    def staged(self, row: sqlite3.Row) -> StagedRow:
        mask = row["mask"]
        given = self._given.get(mask)
        if given is None:
            given = self._given[mask] = frozenset(column for column, bit in self._bits.items() if mask & bit)
        return StagedRow(self.table, row, given)

    def _values(self, content: Mapping[str, Any], given: frozenset[str], cleared: frozenset[str]) -> tuple[Any, ...]:
        attributes = content["attributes"]
        text = json.dumps(attributes, ensure_ascii=False) if attributes else "{}"
        row = {**self._blank, **content, "attributes": text}
        derived = self.table.derived(row)
        texts = search.index_values(self.table.document(row))
        mask = self._masks.get(given)
        if mask is None:
            mask = self._masks[given] = sum(self._bits.get(column, 0) for column in given)
        held = json.dumps(sorted(cleared)) if cleared else None
        return (mask, held, NEW, None, *self._in_order(row), *derived.values(), *texts)


def _remove_orphans() -> None:
    """Remove the temporary files of programs that were killed: nobody else would."""
    for path in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        number = path.name.removeprefix(_PREFIX).partition("-")[0]
        if number.isdecimal() and not _is_running(int(number)):
            with suppress(OSError):
                path.unlink()


def _is_running(process: int) -> bool:
    if sys.platform == "win32":
        return False  # where a file that somebody has open cannot be removed
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _remove(db: sqlite3.Connection, path: Path) -> None:
    db.close()
    for name in (path, path.with_name(path.name + "-journal")):
        with suppress(OSError):
            name.unlink(missing_ok=True)


def _other_key(table: Table, row: StagedRow, taken: set[Any]) -> str:
    """A made key that tells a row from those before it which share what the key was made from."""
    if table.kind == "product":
        return key_with_attributes(row.decoded())
    return next(f"{row.key}-{n}" for n in range(2, len(taken) + 3) if f"{row.key}-{n}" not in taken)


def _join_orders(writer: _Writer, rows: Sequence[StagedRow], counts: Sequence[Counts]) -> None:
    """One order from the rows that repeat its number: all their lines, and of the rest what is said first."""
    content = rows[0].decoded()
    lines: list[Any] = []
    given: set[str] = set()
    returns: list[str] = []
    for row in rows:
        own = row.decoded()
        given |= row.given
        for line in json.loads(own.pop("lines") or "[]"):
            lines.append(line)
        attributes = own.pop("attributes")
        if "return" in attributes:
            returns.append(attributes.pop("return"))
        content["attributes"] = attributes | content["attributes"]
        content |= {name: value for name, value in own.items() if content[name] in (None, "")}
    content["lines"] = json.dumps(lines, ensure_ascii=False)
    if returns:
        content["attributes"]["return"] = " | ".join(returns)
    writer.replace(rows[0].n, content, frozenset(given), rows[0].cleared)
    for row in rows[1:]:
        counts[row.part].continued += 1
        writer.db.execute(f"DELETE FROM {writer.table.name} WHERE n = ?", (row.n,))
