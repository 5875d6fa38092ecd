"""Staged rows become rows of the shop, inside a transaction that the caller holds."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from shopdesk.store import writing
from shopdesk.store.database import Database
from shopdesk.store.importing.comparing import FROM_PARENT, Comparison, merged, trait_changes
from shopdesk.store.importing.report import Progress
from shopdesk.store.importing.staging import CHANGED, NEW, UNCHANGED, Staging
from shopdesk.store.tables import PRODUCTS, TABLES, Table

_WRITTEN_AT_A_TIME = 20_000

# What prepares other rows goes before them: names for numbers, products before what speaks of them.
_ORDER = {kind: place for place, kind in enumerate(("term", "product", "trait", "barcode"))}


def place_of(kind: str) -> int:
    """When rows of a kind are written: the smaller, the earlier."""
    return _ORDER.get(kind, len(_ORDER))


def write_staged(
    db: sqlite3.Connection, staging: Staging, name: str, *, batch: int | None, now: str, sample: bool
) -> Iterator[Progress]:
    """Write all staged rows. `name` is under what the staging's database is attached."""
    for kind in sorted(staging.kinds, key=place_of):
        table = TABLES[kind]
        writer = writing.RowWriter(db, table, batch=batch, as_of=now, sample=sample)
        last, total = 0, staging.last(table)
        first_id = writer.next_id
        with writing.indexes_later(db, table, staging.count(table, f"state = {NEW}")):
            while last < total:
                upper = last + _WRITTEN_AT_A_TIME
                writer.insert_staged(name, first_id, f"state = {NEW} AND n > {last} AND n <= {upper}")
                last = upper
                yield Progress("writing", min(last, total), total)
        writer.log_inserted(first_id)
        comparison = Comparison(db, staging, table, (), (), sample)
        for chunk in staging.chunks(table, f"state = {CHANGED}"):
            stored = comparison.stored(chunk)
            pairs = []
            for row in chunk:
                old = stored[tuple(row.content[column] for column in table.unique)]
                pairs.append((old, merged(table, old, row)))
            writer.update(pairs)
        writer.see_staged(name, f"state = {UNCHANGED}")
        _follow_up(db, table, name, writer, first_id)


def _follow_up(db: sqlite3.Connection, table: Table, name: str, writer: writing.RowWriter, first_id: int) -> None:
    """What rows of one kind mean for products: a first barcode, the name of a brand or category, or of variants."""
    if table.kind == "product":
        _name_variants(db, name, writer, first_id)
    elif table.kind == "barcode":
        missing = (
            f"SELECT p.*, min(b.barcode) AS new_barcode FROM products AS p JOIN {name}.barcodes AS b ON b.sku = p.sku"
            " WHERE p.barcode IS NULL AND p.sample = 0 GROUP BY p.id"
        )
        _set_in_products(db, missing, writer, lambda row: {"barcode": row["new_barcode"]})
    elif table.kind == "term":
        for column in ("brand", "category"):
            missing = (
                f"SELECT p.*, t.name AS new_name FROM products AS p JOIN terms AS t"
                f" ON t.list = '{column}' AND t.key = p.{column}_ref WHERE p.{column} IS NULL AND p.sample = 0"
            )
            _set_in_products(db, missing, writer, lambda row, column=column: {column: row["new_name"]})


def _name_variants(db: sqlite3.Connection, name: str, writer: writing.RowWriter, first_id: int) -> None:
    """Variants that came before their product, and so under their codes, get its name and what else it has."""
    nameless = f"id < {first_id} AND sample = 0 AND name = sku AND group_key IS NOT NULL"
    if db.execute(f"SELECT 1 FROM products WHERE {nameless} LIMIT 1").fetchone() is None:
        return
    told = ", ".join(f"s.{column} AS new_{column}" for column in FROM_PARENT)
    for column in ("ref", "sku"):
        db.execute(f"CREATE INDEX IF NOT EXISTS {name}.products_by_{column} ON products({column})")
        query = (
            f"SELECT v.*, {told} FROM (SELECT * FROM products WHERE {nameless}) AS v"
            f" JOIN {name}.products AS s ON s.{column} = v.group_key"
            " WHERE s.name IS NOT NULL AND s.sku <> v.sku GROUP BY v.id"
        )
        _set_in_products(db, query, writer, _as_parent)


def _as_parent(row: Mapping[str, Any]) -> dict[str, Any]:
    given = {column: row[column] or row[f"new_{column}"] for column in FROM_PARENT}
    return given | {"name": row["new_name"], "group_key": row["new_group_key"]}


def _set_in_products(db: sqlite3.Connection, query: str, writer: writing.RowWriter, say: Any) -> None:
    products = writer.of(PRODUCTS)
    found = [dict(row) for row in db.execute(query)]
    for start in range(0, len(found), 400):
        pairs = []
        for row in found[start : start + 400]:
            old = {name: value for name, value in row.items() if not name.startswith("new_")}
            pairs.append((old, {column: old[column] for column in PRODUCTS.columns} | say(row)))
        products.update(pairs)


def write_traits(db: sqlite3.Connection, staging: Staging, batch: int | None, now: str) -> set[str]:
    writer = writing.RowWriter(db, PRODUCTS, batch=batch, as_of=now)
    written = False
    for _, pairs in trait_changes(db, staging, lambda row: None):
        writer.update(pairs)
        written = written or bool(pairs)
    return {"product"} if written else set()


@contextmanager
def attached(database: Database, stagings: Sequence[Staging]) -> Iterator[list[str]]:
    """The temporary databases under names of their own on this thread's connection."""
    connection = database.connection()
    names = [f"staged{number}" for number in range(len(stagings))]
    try:
        for name, staging in zip(names, stagings, strict=True):
            connection.execute(f"ATTACH DATABASE ? AS {name}", (str(staging.path),))
        yield names
    finally:
        attached = {row["name"] for row in connection.execute("PRAGMA database_list")}
        for name in names:
            if name in attached:
                connection.execute(f"DETACH DATABASE {name}")
