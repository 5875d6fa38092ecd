"""Plan an import, commit it in one transaction, undo it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from shopdesk.core.errors import ImportFault, StoreError
from shopdesk.core.types import Record, format_minor
from shopdesk.store import writing
from shopdesk.store.database import Database
from shopdesk.store.importing.content import sha256_of
from shopdesk.store.importing.layout import Layout, guess_layout
from shopdesk.store.importing.report import Counts, ImportReport, Remark, UndoReport
from shopdesk.store.importing.rows import ReadRow, RowReader
from shopdesk.store.importing.sources import Source, open_sources
from shopdesk.store.settings import Settings
from shopdesk.store.tables import TABLES, Table, table_of

_SAMPLE_LINES = 1000
_CHUNK = 400  # rows compared and written at a time; SQLite takes at least 999 parameters a statement

# When the first real rows of a kind come, the sample's rows of these kinds go with them.
_REPLACES_SAMPLE: Mapping[str, tuple[str, ...]] = {
    "product": ("product", "promotion", "order"),
    "policy": ("policy",),
    "promotion": ("promotion",),
    "order": ("order",),
}


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do. Nothing is written; `Importer.commit` reads the file again and does it."""

    source: Source
    layout: Layout
    report: ImportReport

    def to_json(self) -> dict[str, Any]:
        return self.report.to_json()


@dataclass(frozen=True, slots=True)
class Batch:
    """An import that was done. `report` is the JSON of its ImportReport; `undone_at` is None while it stands."""

    id: int
    kind: str
    file: str
    sha256: str
    imported_at: str
    imported_by: str
    report: Mapping[str, Any]
    undone_at: str | None

    def to_json(self) -> dict[str, Any]:
        return {
            "batch": self.id, "kind": table_of(self.kind).name, "file": self.file, "sha256": self.sha256,
            "imported_at": self.imported_at, "by": self.imported_by, "undone_at": self.undone_at,
            "report": dict(self.report),
        }  # fmt: skip


class Importer:
    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._settings = settings

    def plan(
        self,
        path: Path,
        *,
        kind: str | None = None,
        mapping: Mapping[str, str] | None = None,
        encoding: str | None = None,
        currency: str | None = None,
    ) -> ImportPlan:
        """Look at a file and compare it with the shop's rows. Raises ImportFault where it cannot be imported.

        `kind` is products, policies, promotions or orders (singular too); `mapping` is field → header or
        column number; what is not given is guessed.
        """
        source, layout = self._look(path, kind, mapping, encoding, currency)
        counts = Counts()
        with self._database.read() as db:
            table = TABLES[layout.kind]
            for chunk in _chunks(RowReader(layout, counts).read(_data_lines(source))):
                _Difference(db, table, chunk, counts)
            removed = _count_sample(db, layout.kind) if counts.new + counts.changed else 0
        return ImportPlan(source, layout, _report(source, layout, counts, removed))

    def preview(self, plan: ImportPlan, limit: int) -> list[Record]:
        """The first good rows of the file as records: what a shop that does not have them yet would store."""
        table, now = TABLES[plan.layout.kind], _now()
        rows = islice(RowReader(plan.layout, Counts()).read(_data_lines(plan.source)), limit)
        blank = {**dict.fromkeys(table.columns), "sample": 0, "as_of": now}
        return [
            table.record(
                {**blank, **row.content, "attributes": json.dumps(row.content["attributes"], ensure_ascii=False)}
            )
            for row in rows
        ]

    def commit(self, plan: ImportPlan, by: str = "") -> ImportReport:
        """Do what was planned, all of it or nothing. Raises ImportFault("import_file_changed") where it did since."""
        source, layout = plan.source, plan.layout
        if sha256_of(source.path) != source.sha256:
            raise ImportFault("import_file_changed", path=source.path)
        now = _now()
        with self._database.write() as db:
            batch = db.execute(
                "INSERT INTO imports (kind, file, sha256, imported_at, imported_by, report)"
                " VALUES (?, ?, ?, ?, ?, '{}')",
                (layout.kind, source.path.name, source.sha256, now, by),
            ).lastrowid
            counts, removed = _write(db, source, layout, batch=batch, now=now, sample=False)
            report = _report(source, layout, counts, removed, batch)
            db.execute(
                "UPDATE imports SET report = ? WHERE id = ?", (json.dumps(report.to_json(), ensure_ascii=False), batch)
            )
        return report

    def load_sample(self, paths: Sequence[Path]) -> None:
        """Import files as the sample shop, in one transaction. It is no batch: there is nothing to go back to."""
        looks = [self._look(path, path.stem, None, "utf-8", None) for path in paths]
        with self._database.write() as db:
            for source, layout in looks:
                _write(db, source, layout, batch=None, now=_now(), sample=True)

    def batches(self) -> list[Batch]:
        """The newest first."""
        with self._database.read() as db:
            return [_batch(row) for row in db.execute("SELECT * FROM imports ORDER BY id DESC")]

    def batch(self, batch_id: int) -> Batch:
        """Raises StoreError("batch_missing")."""
        with self._database.read() as db:
            return _batch(_require(db, batch_id))

    def undo(self, batch_id: int) -> UndoReport:
        """Make the shop's rows what they were before a batch.

        Raises StoreError: `batch_missing`, `batch_undone`, or `batch_built_upon` where a later
        batch changed the same rows and has to be undone first, or brought rows among which the
        sample that this batch replaced must not stand again.
        """
        with self._database.write() as db:
            if _require(db, batch_id)["undone_at"] is not None:
                raise StoreError("batch_undone", id=batch_id)
            later = db.execute(
                "SELECT min(later.batch) FROM import_changes AS mine JOIN import_changes AS later"
                " ON later.table_name = mine.table_name AND later.row_id = mine.row_id AND later.batch > mine.batch"
                " JOIN imports ON imports.id = later.batch AND imports.undone_at IS NULL WHERE mine.batch = ?",
                (batch_id,),
            ).fetchone()[0]
            if later is None:
                later = _rows_after_sample(db, batch_id)
            if later is not None:
                raise StoreError("batch_built_upon", id=batch_id, later=later)
            report = _undo_changes(db, batch_id)
            db.execute("UPDATE imports SET undone_at = ? WHERE id = ?", (_now(), batch_id))
        return report

    def _look(
        self,
        path: Path,
        kind: str | None,
        mapping: Mapping[str, str] | None,
        encoding: str | None,
        currency: str | None,
    ) -> tuple[Source, Layout]:
        source = open_sources(path, encoding)[0]
        lines = list(islice(source.lines(), _SAMPLE_LINES))
        if len(lines) < 2:
            raise ImportFault("import_empty", path=path)
        try:
            wanted = table_of(kind).kind if kind else None
        except KeyError as error:
            raise ImportFault("import_kind_unknown", kind=kind) from error
        layout = guess_layout(
            path.name,
            [_header_cell(cell) for cell in lines[0][1]],
            [cells for _, cells in lines[1:]],
            kind=wanted,
            mapping=mapping,
            currency=currency.upper() if currency else None,
            default_currency=self._settings.get("default_currency"),
        )
        return source, layout


def _write(
    db: sqlite3.Connection, source: Source, layout: Layout, *, batch: int | None, now: str, sample: bool
) -> tuple[Counts, int]:
    counts, table, removed = Counts(), TABLES[layout.kind], 0
    touched = {layout.kind}
    writer = writing.RowWriter(db, table, batch=batch, as_of=now, sample=sample)
    for chunk in _chunks(RowReader(layout, counts).read(_data_lines(source))):
        difference = _Difference(db, table, chunk, counts, with_sample=sample)
        if not sample and not removed and (difference.new or difference.changed):
            removed, gone = _remove_sample(db, layout.kind, batch, now)
            touched |= gone
        writer.insert(difference.new)
        writer.update(difference.changed)
    writing.rows_changed(db, touched)
    return counts, removed


class _Difference:
    """A chunk of rows against the stored ones. Sample rows do not count as stored: they go when real ones come."""

    def __init__(
        self,
        db: sqlite3.Connection,
        table: Table,
        rows: Sequence[ReadRow],
        counts: Counts,
        *,
        with_sample: bool = False,
    ) -> None:
        self.new: list[Mapping[str, Any]] = []
        self.changed: list[tuple[Mapping[str, Any], Mapping[str, Any]]] = []
        stored = self._stored(db, table, rows, with_sample)
        for row in rows:
            old = stored.get(tuple(row.content[column] for column in table.unique))
            if old is None:
                self._add_new(table, row, counts)
                continue
            merged = _merged(table, old, row)
            if all(merged[column] == old[column] for column in table.columns):
                counts.unchanged += 1
                continue
            counts.changed += 1
            self.changed.append((old, merged))
            _compare_prices(old, merged, row.line, counts)

    def _add_new(self, table: Table, row: ReadRow, counts: Counts) -> None:
        if table.kind == "product" and not row.content["name"]:
            counts.reject(Remark(row.line, "name", "row_without_name"))
            return
        counts.new += 1
        attributes = json.dumps(row.content["attributes"], ensure_ascii=False)
        self.new.append({**dict.fromkeys(table.columns), **row.content, "attributes": attributes})

    @staticmethod
    def _stored(
        db: sqlite3.Connection, table: Table, rows: Sequence[ReadRow], with_sample: bool
    ) -> dict[tuple[Any, ...], Mapping[str, Any]]:
        keys = list(dict.fromkeys(row.content[table.unique[0]] for row in rows))
        marks = ", ".join("?" * len(keys))
        condition = "" if with_sample else " AND sample = 0"
        found = db.execute(f"SELECT * FROM {table.name} WHERE {table.unique[0]} IN ({marks}){condition}", keys)
        return {tuple(row[column] for column in table.unique): dict(row) for row in found}


def _merged(table: Table, old: Mapping[str, Any], row: ReadRow) -> dict[str, Any]:
    """The stored row with what the file says; a file without a column leaves that column alone."""
    merged = {
        column: row.content[column] if column in row.given else old[column]
        for column in table.columns
        if column != "attributes"
    }
    attributes: dict[str, str] = json.loads(old["attributes"])
    attributes = {name: value for name, value in attributes.items() if name not in row.cleared} | row.content[
        "attributes"
    ]
    same = attributes == json.loads(old["attributes"])
    merged["attributes"] = old["attributes"] if same else json.dumps(attributes, ensure_ascii=False)
    return merged


def _compare_prices(old: Mapping[str, Any], new: Mapping[str, Any], line: int, counts: Counts) -> None:
    """A price ten times what it was, or a tenth, is more often a slipped decimal point than a decision."""
    before, after = old.get("price_minor"), new.get("price_minor")
    if before and after and (after >= 10 * before or 10 * after <= before):
        prices = {
            "before": format_minor(before, old["currency"] or ""),
            "after": format_minor(after, new["currency"] or ""),
        }
        counts.suspect(Remark(line, "price", "suspicious_price_jump", prices))


def _remove_sample(db: sqlite3.Connection, kind: str, batch: int | None, now: str) -> tuple[int, set[str]]:
    removed, gone = 0, set()
    for other in _REPLACES_SAMPLE[kind]:
        count = writing.RowWriter(db, TABLES[other], batch=batch, as_of=now).delete_sample()
        removed += count
        if count:
            gone.add(other)
    return removed, gone


def _count_sample(db: sqlite3.Connection, kind: str) -> int:
    return sum(
        int(db.execute(f"SELECT count(*) FROM {TABLES[other].name} WHERE sample = 1").fetchone()[0])
        for other in _REPLACES_SAMPLE[kind]
    )


def _rows_after_sample(db: sqlite3.Connection, batch_id: int) -> int | None:
    """The next batch with rows of its own of the same kind, where this batch made the sample give way."""
    replaced = db.execute(
        "SELECT 1 FROM import_changes WHERE batch = ? AND json_extract(before, '$.sample') = 1 LIMIT 1", (batch_id,)
    ).fetchone()
    if replaced is None:
        return None
    kind = table_of(_require(db, batch_id)["kind"])
    row = db.execute(f"SELECT min(batch) FROM {kind.name} WHERE batch > ? AND sample = 0", (batch_id,)).fetchone()
    return None if row[0] is None else int(row[0])


def _undo_changes(db: sqlite3.Connection, batch_id: int) -> UndoReport:
    removed = restored = returned = 0
    touched = set()
    changes = db.execute("SELECT * FROM import_changes WHERE batch = ? ORDER BY id DESC", (batch_id,)).fetchall()
    # First what the batch brought goes, then what it changed or removed comes back: their keys may be the same.
    for change in changes:
        if change["before"] is None:
            table = table_of(change["table_name"])
            writing.delete_rows(db, table, [change["row_id"]])
            touched.add(table.kind)
            removed += 1
    for change in changes:
        if change["before"] is not None:
            table = table_of(change["table_name"])
            there = db.execute(f"SELECT 1 FROM {table.name} WHERE id = ?", (change["row_id"],)).fetchone()
            writing.put_back(db, table, json.loads(change["before"]))
            touched.add(table.kind)
            restored, returned = (restored + 1, returned) if there else (restored, returned + 1)
    writing.rows_changed(db, touched)
    return UndoReport(batch_id, removed, restored, returned)


def _report(source: Source, layout: Layout, counts: Counts, removed: int, batch: int | None = None) -> ImportReport:
    return ImportReport(
        kind=layout.kind,
        file=source.path.name,
        encoding=source.encoding,
        delimiter=source.delimiter,
        mapping=layout.mapping(),
        attributes=tuple(layout.attributes.values()),
        currency=layout.currency,
        counts=counts,
        sample_removed=removed,
        batch=batch,
    )


def _data_lines(source: Source) -> Iterator[tuple[int, list[str]]]:
    lines = source.lines()
    next(lines, None)
    return lines


def _chunks(rows: Iterator[ReadRow]) -> Iterator[list[ReadRow]]:
    while chunk := list(islice(rows, _CHUNK)):
        yield chunk


def _header_cell(cell: str) -> str:
    return cell.replace("\ufeff", "").strip()


def _require(db: sqlite3.Connection, batch_id: int) -> sqlite3.Row:
    row: sqlite3.Row | None = db.execute("SELECT * FROM imports WHERE id = ?", (batch_id,)).fetchone()
    if row is None:
        raise StoreError("batch_missing", id=batch_id)
    return row


def _batch(row: sqlite3.Row) -> Batch:
    return Batch(
        row["id"], row["kind"], row["file"], row["sha256"], row["imported_at"], row["imported_by"],
        json.loads(row["report"]), row["undone_at"],
    )  # fmt: skip


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")
