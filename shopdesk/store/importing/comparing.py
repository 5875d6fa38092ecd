"""Staged rows against the shop's: which are new, which change what, which were there already."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shopdesk.core.text import fold
from shopdesk.core.types import format_minor
from shopdesk.store.importing.report import Change, Counts, Remark
from shopdesk.store.importing.staging import CHANGED, REJECTED, UNCHANGED, StagedRow, Staging
from shopdesk.store.importing.values import is_nothing
from shopdesk.store.tables import PRODUCTS, Table

Row = Mapping[str, Any]
FROM_PARENT = ("name", "brand", "category", "description", "unit", "image", "brand_ref", "category_ref", "group_key")
_AT_A_TIME = 400


@dataclass(frozen=True, slots=True)
class Comparison:
    """Compares one kind of staged rows with the stored ones; `counts` and `parts` are by the number of the part.

    Sample rows do not count as stored, unless the sample itself is read: they go when real rows come.
    """

    db: sqlite3.Connection
    staging: Staging
    table: Table
    counts: Sequence[Counts]
    parts: Sequence[str]
    with_sample: bool = False

    def run(self) -> Iterator[int]:
        """Sets the state of every staged row and counts them; yields how many rows it has come through."""
        done = 0
        where = "1" if self._stored_total() else "name IS NULL" if self.table is PRODUCTS else "0"
        for chunk in self.staging.chunks(self.table, where, _AT_A_TIME):
            self._compare(chunk)
            done += len(chunk)
            yield done
        self._count()

    def _compare(self, chunk: Sequence[StagedRow]) -> None:
        stored = self.stored(chunk)
        changed, unchanged = [], []
        self.staging.db.execute("BEGIN")
        for row in chunk:
            old = stored.get(self._key(row.content))
            if old is None:
                self._settle_new(row)
                continue
            new = merged(self.table, old, row)
            self._compare_with(old, new, row)
            if all(new[column] == old[column] for column in self.table.columns):
                unchanged.append((old["id"], row.n))
            else:
                changed.append((old["id"], row.n))
        self.staging.set_state(self.table, CHANGED, changed)
        self.staging.set_state(self.table, UNCHANGED, unchanged)
        self.staging.db.execute("COMMIT")

    def stored(self, rows: Sequence[StagedRow]) -> dict[tuple[Any, ...], dict[str, Any]]:
        table = self.table
        keys = list(dict.fromkeys(row.content[table.unique[0]] for row in rows))
        marks = ", ".join("?" * len(keys))
        condition = "" if self.with_sample else " AND sample = 0"
        found = self.db.execute(f"SELECT * FROM {table.name} WHERE {table.unique[0]} IN ({marks}){condition}", keys)
        return {self._key(row): dict(row) for row in found}

    def _key(self, row: Row | sqlite3.Row) -> tuple[Any, ...]:
        return tuple(row[column] for column in self.table.unique)

    def _stored_total(self) -> int:
        condition = "" if self.with_sample else " WHERE sample = 0"
        return int(self.db.execute(f"SELECT count(*) FROM {self.table.name}{condition}").fetchone()[0])

    def _count(self) -> None:
        known = 0
        for (part, state), count in self.staging.counts_by_part(self.table).items():
            counts = self.counts[part]
            if state == CHANGED:
                counts.changed += count
            elif state == UNCHANGED:
                counts.unchanged += count
            elif state != REJECTED:
                counts.new += count
            known += count if state in (CHANGED, UNCHANGED) else 0
        self.counts[0].missing += self._stored_total() - known - self._rejected_here()

    def _rejected_here(self) -> int:
        """How many stored rows the file speaks of only in rows that were rejected."""
        found, keys = 0, sorted(self.staging.rejected_keys(self.table))
        columns = ", ".join(self.table.unique)
        for start in range(0, len(keys), _AT_A_TIME):
            some = keys[start : start + _AT_A_TIME]
            marks = ", ".join("?" * len(some))
            query = f"SELECT {columns} FROM {self.table.name} WHERE sample = 0 AND {self.table.unique[0]} IN ({marks})"
            found += sum(not self.staging.has(self.table, tuple(row)) for row in self.db.execute(query, some))
        return found

    def _settle_new(self, row: StagedRow) -> None:
        """A product without a name is a variant of one that has it, or nothing the shop could sell."""
        if self.table is not PRODUCTS or row.content["name"]:
            return
        group = row.content["group_key"]
        parent = self._parent(str(group)) if group else None
        if parent is not None:
            filled = {column: row.content[column] or parent[column] for column in FROM_PARENT}
            self.staging.replace(row, row.decoded() | filled | {"group_key": parent["group_key"]})
        elif group and row.content["price_minor"] is not None:
            self.staging.replace(row, row.decoded() | {"name": row.content["sku"]})
            self._suspect(row, "name", "suspicious_name_missing")
        else:
            remark = Remark(row.line, "name", "row_without_name", {}, self.parts[row.part])
            self.counts[row.part].reject(remark)
            self.staging.reject(row.part, remark)
            self.staging.set_state(self.table, REJECTED, [(None, row.n)])

    def _parent(self, group: str) -> Row | None:
        for column in ("ref", "sku"):
            found = self.db.execute(
                f"SELECT * FROM products WHERE {column} = ? AND sample = 0 ORDER BY id LIMIT 1", (group,)
            ).fetchone()
            if found is not None:
                return dict(found)
            staged = self.staging.find(PRODUCTS, column, group)
            if staged is not None:
                return staged.content
        return None

    def _compare_with(self, old: Row, new: dict[str, Any], row: StagedRow) -> None:
        """What is possible between the old values and the new, but seldom meant."""
        if self.table is not PRODUCTS:
            return
        before, after = old["price_minor"], new["price_minor"]
        if before and after and (after >= 10 * before or 10 * after <= before):
            self._suspect(
                row, "price", "suspicious_price_jump",
                before=format_minor(before, old["currency"] or ""), after=format_minor(after, new["currency"] or ""),
            )  # fmt: skip
        if lost_zeros(old["barcode"], row.content["barcode"]):
            self._suspect(row, "barcode", "suspicious_zeros_lost", before=old["barcode"], after=row.content["barcode"])

    def _suspect(self, row: StagedRow, field: str, code: str, **params: str) -> None:
        self.counts[row.part].suspect(Remark(row.line, field, code, params, self.parts[row.part]))


def lost_zeros(old: str | None, new: str | None) -> bool:
    """Whether a spreadsheet took a code for a number: `0095…` → `95…`."""
    return bool(old and new and old != new and old[:1] == "0" and old.lstrip("0") == new)


def merged(table: Table, old: Row, row: StagedRow) -> dict[str, Any]:
    """The stored row with what the file says; a file without a column leaves that column alone."""
    content, given = row.content, row.given
    new = {column: content[column] if column in given else old[column] for column in table.columns}
    if table is PRODUCTS:
        if lost_zeros(old["barcode"], content["barcode"]):
            new["barcode"] = old["barcode"]
        if content["name"] and content["name"] != old["name"] and is_nothing(content["name"]):
            new["name"] = old["name"]
    new["attributes"] = _merged_attributes(old["attributes"], content["attributes"], row.cleared)
    return new


def _merged_attributes(old: str, new: str, cleared: frozenset[str]) -> str:
    if old == new and not cleared:
        return old
    before: dict[str, str] = json.loads(old)
    after = {name: value for name, value in before.items() if name not in cleared} | json.loads(new)
    return old if after == before else json.dumps(after, ensure_ascii=False)


def trait_changes(
    db: sqlite3.Connection, staging: Staging, reject: Callable[[sqlite3.Row], None]
) -> Iterator[tuple[list[sqlite3.Row], list[tuple[dict[str, Any], dict[str, Any]]]]]:
    """(rows of a file, (stored product, what it becomes)…) for each product that the file says more of.

    `reject` hears of every row that speaks of a product which the shop has not.
    """
    for product, rows in staging.traits():
        stored = [
            dict(row)
            for row in db.execute(
                "SELECT * FROM products WHERE sample = 0 AND (ref = ?1 OR sku = ?1 OR group_key = ?1) ORDER BY id",
                (product,),
            )
        ]
        groups = {row["group_key"] for row in stored}
        for group in groups:  # all variants of a product have what it has
            known = {row["id"] for row in stored}
            found = db.execute("SELECT * FROM products WHERE sample = 0 AND group_key = ?", (group,))
            stored += [dict(row) for row in found if row["id"] not in known]
        if not stored:
            for row in rows:
                reject(row)
            continue
        said: dict[str, str] = {}
        for row in rows:
            name, value = row["attribute"], row["value"]
            said[name] = f"{said[name]}, {value}" if name in said and value not in said[name].split(", ") else value
        pairs = []
        for old in stored:
            told = said if old["attributes"] == "{}" else _without_placeholders(said, old)
            text = _merged_attributes(old["attributes"], json.dumps(told, ensure_ascii=False), frozenset())
            if text != old["attributes"]:
                pairs.append((old, {column: old[column] for column in PRODUCTS.columns} | {"attributes": text}))
        yield rows, pairs


def compare_traits(db: sqlite3.Connection, staging: Staging, counts: Sequence[Counts], names: Sequence[str]) -> None:
    """Counts what the file says more of products; of those that it brings itself, what is said of them is a change."""

    def reject(row: sqlite3.Row) -> None:
        if staging.has_product(str(row["product"])):
            counts[row["part"]].changed += 1
            return
        remark = Remark(row["line"], "product", "row_without_product", {"key": row["product"]}, names[row["part"]])
        counts[row["part"]].reject(remark)
        staging.reject(row["part"], remark)

    for rows, pairs in trait_changes(db, staging, reject):
        for row in rows:
            if pairs:
                counts[row["part"]].changed += 1
            else:
                counts[row["part"]].unchanged += 1


# What shop programs write for the only specification of a product that has no others.
_PLACEHOLDERS = frozenset(("标准", "默认", "標準", "default", "default title", "standard"))


def _without_placeholders(said: Mapping[str, str], old: Row) -> dict[str, str]:
    """`said` without the words that would take the place of a real value and say nothing."""
    known = json.loads(old["attributes"])
    return {name: value for name, value in said.items() if name not in known or fold(value) not in _PLACEHOLDERS}


# -- changes as people read them ----------------------------------------------------------


def changes(db: sqlite3.Connection, staging: Staging, table: Table, sort: str) -> Iterator[Change]:
    """What would happen to the rows of one kind: `sort` is new, changed or missing."""
    comparison = Comparison(db, staging, table, (), ())
    if sort == "missing":
        rejected = staging.rejected_keys(table)
        for found in db.execute(f"SELECT * FROM {table.name} AS t WHERE sample = 0 ORDER BY {table.order}"):
            key = tuple(found[column] for column in table.unique)
            if key[0] not in rejected and not staging.has(table, key):
                record = table.record(found)
                yield Change(sort, table.kind, record.key, record.title, None, ())
        return
    state = CHANGED if sort == "changed" else 0
    for chunk in staging.chunks(table, f"state = {state}"):
        stored = comparison.stored(chunk) if sort == "changed" else {}
        for row in chunk:
            blank: dict[str, Any] = {"sample": 0, "as_of": "", "id": 0}
            old = stored.get(tuple(row.content[column] for column in table.unique))
            new = merged(table, old, row) if old is not None else row.content
            said = spoken(table, blank | new)
            was = spoken(table, old) if old is not None else {}
            names = [name for name in {**was, **said} if was.get(name) != said.get(name)]
            fields = tuple((name, was.get(name), said.get(name)) for name in names)
            record = table.record(blank | new)
            yield Change(sort, table.kind, record.key, record.title, row.line, fields)


def spoken(table: Table, row: Row) -> dict[str, str]:
    """The fields and attributes of a row as text, those that say something."""
    record = table.record(row)
    title = {"product": "name", "policy": "title", "promotion": "title", "store": "name", "term": "name"}
    named = {title[table.kind]: record.title} if table.kind in title else {}
    said = {**named, **record.fields, **record.attributes}
    return {name: str(value) for name, value in said.items() if value not in (None, "")}
