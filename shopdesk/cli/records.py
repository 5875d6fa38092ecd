"""`shopdesk products|policies|promotions|orders|…`: list, show one, export as CSV."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from shopdesk.cli.console import Console
from shopdesk.cli.opening import opened
from shopdesk.core.errors import UserFacingError
from shopdesk.core.types import Kind, Record, price_text
from shopdesk.store import Store
from shopdesk.store.tables import table_of

# What scripts rely on, in this order; null where the shop does not say.
_FIELDS: dict[Kind, tuple[str, ...]] = {
    "product": (
        "brand", "category", "price", "list_price", "currency", "stock", "available", "unit", "barcode", "color",
        "size", "location", "description", "image", "store", "group",
    ),
    "policy": ("body", "language", "topic"),
    "promotion": ("type", "threshold", "discount", "currency", "starts", "ends", "scope", "body"),
    "order": ("status", "placed_at", "total", "currency", "carrier", "tracking", "expected_at", "customer", "lines"),
    "store": ("address", "phone", "hours"),
    "answer": ("answer", "language", "topic", "source", "approved_by", "approved_at"),
    "barcode": ("unit", "quantity"),
    "term": ("list", "parent"),
}  # fmt: skip
# How the key and the title of a record are called among the fields of its kind.
_NAMES: dict[Kind, tuple[str, str]] = {
    "product": ("sku", "name"),
    "policy": ("key", "title"),
    "promotion": ("code", "title"),
    "order": ("number", "title"),
    "store": ("code", "name"),
    "answer": ("question", "question"),
    "barcode": ("barcode", "sku"),
    "term": ("key", "name"),
}

# Forms that the user would get by name alone, with CSV inside.
_NOT_CSV = frozenset({".xlsx", ".xls", ".ods", ".json", ".jsonl", ".tsv", ".md", ".docx", ".zip", ".db"})


def run(options: argparse.Namespace, console: Console) -> int:
    kind = table_of(options.command if options.command != "lists" else "terms").kind
    with opened(options, console) as app:
        if options.action == "export":
            return _export(app.store, kind, Path(options.target), options, console)
        if options.action == "show":
            return _show(app.store, kind, options.target, options, console)
        records = app.store.catalogue.records(kind, limit=options.limit, text=options.text)
    if options.json:
        console.print_json([record_json(record) for record in records])
    else:
        console.print_table(_row(record, console) for record in records)
    return 0


def record_json(record: Record) -> dict[str, Any]:
    """A record as one flat object, its other columns under `attributes`."""
    key, title = _NAMES[record.kind]
    fields = {name: record.fields.get(name) for name in _FIELDS[record.kind]}
    about = {"sample": record.sample, "as_of": record.as_of, "stale": record.stale}
    rest = {"attributes": dict(record.attributes), **about}
    return {key: record.key, title: record.title, **fields, **rest}


def _show(store: Store, kind: Kind, key: str, options: argparse.Namespace, console: Console) -> int:
    record = store.catalogue.get(kind, key)
    if record is None:
        raise UserFacingError("record_missing", kind=options.command, key=key)
    if options.json:
        console.print_json(record_json(record))
        return 0
    for name, value in record_json(record).items():
        if name == "attributes":
            for attribute, text in record.attributes.items():
                console.print(f"{attribute}: {text}")
        elif value not in (None, ""):
            console.print(f"{name}: {value}")
    return 0


def _export(store: Store, kind: Kind, file: Path, options: argparse.Namespace, console: Console) -> int:
    if file.suffix.lower() in _NOT_CSV:
        raise UserFacingError("export_form", path=file)
    count = store.catalogue.export_csv(kind, file)
    if options.json:
        console.print_json({"kind": options.command, "file": str(file), "rows": count})
    else:
        console.say("exported", count=count, file=file)
    return 0


def _row(record: Record, console: Console) -> tuple[object, ...]:
    fields = record.fields
    amount = fields.get("price") or fields.get("total")
    money = price_text(amount, str(fields.get("currency") or "")) if isinstance(amount, str) else ""
    more = fields.get("stock") if record.kind == "product" else fields.get("status") or fields.get("topic")
    return record.key, record.title_in(console.language), money, more
