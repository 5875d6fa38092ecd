"""Rows changed by hand: one row at a time, checked, stamped with the time, and logged so that it can be taken back."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from shopdesk.core.errors import StoreError
from shopdesk.core.text import fold
from shopdesk.core.types import Record, decimals_of, format_minor
from shopdesk.store import writing
from shopdesk.store.database import Database, storable
from shopdesk.store.importing import values
from shopdesk.store.importing.orders import order_lines
from shopdesk.store.settings import Settings
from shopdesk.store.tables import Table, lines_text, table_of

ATTRIBUTE = "attributes."
"""Leads the name of a field that is an attribute: a column that the shop's own file had."""

FIELDS: Mapping[str, tuple[str, ...]] = {
    "product": (
        "sku", "name", "price", "list_price", "currency", "stock", "available", "unit", "barcode", "color", "size",
        "location", "store", "brand", "category", "group", "description", "image",
    ),
    "policy": ("key", "title", "language", "topic", "body"),
    "promotion": (
        "code", "title", "type", "threshold", "discount", "currency", "starts", "ends", "scope", "body",
    ),
    "order": (
        "number", "status", "placed_at", "total", "currency", "carrier", "tracking", "expected_at", "customer",
        "lines",
    ),
    "store": ("code", "name", "address", "phone", "hours"),
    "answer": ("question", "answer", "language", "topic", "source", "approved_by", "approved_at"),
    "barcode": ("barcode", "sku", "unit", "quantity"),
}  # fmt: skip
"""What can be edited of a row of each kind, by public names, in the order of a form."""

_MONEY = frozenset({"price", "list_price", "threshold", "total"})
_COUNTS = frozenset({"stock", "quantity"})
_DATES = frozenset({"starts", "ends", "placed_at", "expected_at", "approved_at"})
_BLANK_IS_EMPTY = frozenset({"store", "language"})
_REQUIRED: Mapping[str, Mapping[str, str]] = {
    "product": {"sku": "row_without_code", "name": "row_without_name"},
    "policy": {"title": "row_without_name", "body": "row_without_body"},
    "promotion": {"code": "row_without_code", "title": "row_without_name"},
    "order": {"number": "row_without_number"},
    "store": {"code": "row_without_code", "name": "row_without_name"},
    "answer": {"question": "row_without_question", "answer": "row_without_answer"},
    "barcode": {"barcode": "row_without_code", "sku": "row_without_code"},
}
_MOST_CHARACTERS = 100_000
_LARGEST_COUNT = 10**12
_LARGEST_AMOUNT = 10**12
_SHARING_SIGN: Mapping[str, tuple[str, ...]] = {
    "CNY": ("CNY", "JPY"),
    "USD": ("USD", "HKD", "TWD", "CAD", "AUD", "SGD"),
}
"""A sign alone (¥, $) is any of these currencies."""
_IN_VOCABULARY = frozenset({"color", "size", "brand", "category", "store", "attributes"})


@dataclass(frozen=True, slots=True)
class Edit:
    """One change by hand: the row before it (None: it was added) and after it (None: it was deleted)."""

    id: int
    before: Record | None
    after: Record | None


class Editor:
    """Adds, changes and deletes single rows. Kinds are named as in `Record.kind` or by their plural.

    A row is named by its key, and by its store (products) or language (policies, answers) where the key stands
    more than once. All methods raise StoreError: `record_missing`; `edit_taken` where another row has the key;
    the `row_…` and `edit_…` codes for values that cannot be, with the field's name in the parameter `field`.
    """

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._settings = settings

    def fields(self, kind: str) -> tuple[str, ...]:
        """What can be edited of a row of this kind; attributes beside."""
        return FIELDS[table_of(kind).kind]

    def values(self, record: Record) -> dict[str, str]:
        """A record as the texts of a form: every field of its kind, and its attributes as `attributes.NAME`."""
        named = {"name": record.title, "title": record.title, table_of(record.kind).key: record.key}
        texts = {name: _text(record.fields.get(name, named.get(name))) for name in FIELDS[record.kind]}
        return texts | {f"{ATTRIBUTE}{name}": value for name, value in record.attributes.items()}

    def change(
        self,
        kind: str,
        key: str,
        fields: Mapping[str, str | None],
        *,
        store: str = "",
        language: str = "",
        by: str = "",
    ) -> Edit:
        """Give the named fields new values (None or "": nothing any more); what is not named stays."""
        table = table_of(kind)
        with self._database.write() as db:
            old = _find(db, table, key, store, language)
            new = _with(table, old, fields, old.get("currency") or "")
            if all(new[column] == old[column] for column in table.columns):
                record = table.record(old)
                return Edit(0, record, record)
            _refuse_taken(db, table, new, old["id"])
            return self._store(db, table, old, new, by)

    def add(self, kind: str, fields: Mapping[str, str | None], *, by: str = "") -> Edit:
        """Add a row."""
        table = table_of(kind)
        with self._database.write() as db:
            blank: dict[str, Any] = {**dict.fromkeys(table.columns), "attributes": "{}", "sample": 0, "batch": None}
            blank |= dict.fromkeys(_BLANK_IS_EMPTY & set(table.columns), "")
            blank |= {"lines": "[]"} if "lines" in table.columns else {}
            new = _with(table, blank, fields, self._currency(db, table)) | {"id": _next_id(db, table)}
            _refuse_taken(db, table, new, None)
            return self._store(db, table, None, new, by)

    def delete(self, kind: str, key: str, *, store: str = "", language: str = "", by: str = "") -> Edit:
        """Take a row away."""
        table = table_of(kind)
        with self._database.write() as db:
            return self._store(db, table, _find(db, table, key, store, language), None, by)

    def take_back(self, edit_id: int) -> Record | None:
        """Make a row what it was before an edit; the record, None where it had been added.

        Raises StoreError("edit_built_upon") where the row was changed once more since, or its key taken.
        """
        with self._database.write() as db:
            edit = db.execute("SELECT * FROM edits WHERE id = ?", (edit_id,)).fetchone()
            if edit is None:
                raise StoreError("edit_missing")
            table = table_of(edit["table_name"])
            now = db.execute(f"SELECT * FROM {table.name} WHERE id = ?", (edit["row_id"],)).fetchone()
            stands, left = None if now is None else dict(now), json.loads(edit["after"]) if edit["after"] else None
            if _content(table, stands) != _content(table, left):
                raise StoreError("edit_built_upon")
            before = json.loads(edit["before"]) if edit["before"] else None
            if before is None:
                writing.delete_rows(db, table, [edit["row_id"]])
            else:
                _refuse_taken(db, table, before, edit["row_id"])
                writing.put_back(db, table, before)
            db.execute("DELETE FROM edits WHERE id = ?", (edit_id,))
            _tell(db, table, stands, before)
        return None if before is None else table.record(before)

    def _store(
        self, db: sqlite3.Connection, table: Table, old: dict[str, Any] | None, new: dict[str, Any] | None, by: str
    ) -> Edit:
        now = datetime.now().astimezone().isoformat(timespec="seconds")
        if new is not None:
            new |= table.derived(new) | {"as_of": now}
            writing.put_back(db, table, new)
        elif old is not None:
            writing.delete_rows(db, table, [old["id"]])
        row_id = (new or old or {})["id"]
        number = db.execute(
            "INSERT INTO edits (at, by, table_name, row_id, before, after) VALUES (?, ?, ?, ?, ?, ?)",
            (now, by, table.name, row_id, _json(old), _json(new)),
        ).lastrowid
        _tell(db, table, old, new)
        return Edit(int(number or 0), table.record(old) if old else None, table.record(new) if new else None)

    def _currency(self, db: sqlite3.Connection, table: Table) -> str:
        """That of the newest row, where nobody says."""
        if "currency" not in table.columns:
            return ""
        row = db.execute(f"SELECT currency FROM {table.name} ORDER BY id DESC LIMIT 1").fetchone()
        return str(row[0] if row else self._settings.get("default_currency") or "CNY")


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _json(row: Mapping[str, Any] | None) -> str | None:
    return None if row is None else json.dumps(row, ensure_ascii=False)


def _content(table: Table, row: Mapping[str, Any] | None) -> list[Any] | None:
    return None if row is None else [row[column] for column in table.columns]


def _next_id(db: sqlite3.Connection, table: Table) -> int:
    row = db.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table.name,)).fetchone()
    return int(row[0]) + 1 if row else 1


def _find(db: sqlite3.Connection, table: Table, key: str, store: str, language: str) -> dict[str, Any]:
    also = {"store": store, "language": language}
    named = [(column, key if column == table.key else also[column]) for column in table.unique]
    where = " AND ".join(f"{column} = ?" for column, _ in named)
    row = db.execute(f"SELECT * FROM {table.name} WHERE {where}", [value for _, value in named]).fetchone()
    if row is None:
        raise StoreError("record_missing", kind=table.name, key=key)
    return dict(row)


def _refuse_taken(db: sqlite3.Connection, table: Table, row: Mapping[str, Any], row_id: int | None) -> None:
    where = " AND ".join(f"{column} = ?" for column in table.unique)
    found = db.execute(
        f"SELECT id FROM {table.name} WHERE {where}", [row[column] for column in table.unique]
    ).fetchone()
    if found is not None and found["id"] != row_id:
        raise StoreError("edit_taken", key=row[table.key], field=table.key)


def _tell(db: sqlite3.Connection, table: Table, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> None:
    """Tell the readers; the shop's vocabulary is counted again only where its words changed."""
    known = _IN_VOCABULARY & set(table.columns)
    changed = old is None or new is None or any(old[column] != new[column] for column in known)
    writing.rows_changed(db, {table.kind} if changed else ())


# -- from the texts of a form to a row ----------------------------------------------------


def _with(table: Table, old: Mapping[str, Any], fields: Mapping[str, str | None], currency: str) -> dict[str, Any]:
    """The row with the fields that are named, checked as a whole."""
    new, attributes = dict(old), json.loads(old["attributes"])
    for name in fields:
        if not name.startswith(ATTRIBUTE) and name not in FIELDS[table.kind]:
            raise StoreError("import_field_unknown", field=name, fields=", ".join(FIELDS[table.kind]))
    if "currency" in table.columns:
        said = _plain(fields.get("currency", old["currency"]))
        new["currency"] = _currency_code(said) if said else currency
        if decimals_of(new["currency"]) != decimals_of(old["currency"] or currency):
            fields = {**_amounts(table, old), **fields}  # the amounts stay what they say, not their minor units
    for name, text in fields.items():
        if name.startswith(ATTRIBUTE):
            _put(attributes, name.removeprefix(ATTRIBUTE).strip(), _plain(text))
        elif name != "currency":
            _set(new, name, text, table)
    if attributes != json.loads(old["attributes"]):
        new["attributes"] = json.dumps(attributes, ensure_ascii=False)
    _fill(table, new)
    _check(table, new)
    return new


def _amounts(table: Table, row: Mapping[str, Any]) -> dict[str, str]:
    minors = {name: row[f"{name}_minor"] for name in _MONEY if f"{name}_minor" in table.columns}
    return {name: format_minor(minor, row["currency"]) for name, minor in minors.items() if minor is not None}


def _put(attributes: dict[str, str], name: str, text: str | None) -> None:
    if name and text:
        attributes[name] = text
    else:
        attributes.pop(name, None)


def _set(new: dict[str, Any], name: str, text: str | None, table: Table) -> None:
    said = _plain(text)
    if said is not None and len(said) > _MOST_CHARACTERS:
        raise StoreError("row_cell_too_long", count=f"{len(said):,}", field=name)
    if name in _MONEY:
        new[f"{name}_minor"] = None if said is None else _amount(said, new, name)
    elif name in _COUNTS:
        new[name] = None if said is None else _count(said, name)
        if name == "stock":
            new["available"] = None if new["stock"] is None else int(new["stock"] > 0)
    elif name == "available":
        if said is None or new.get("stock") is None:  # a counted stock says itself whether there is any
            new["available"] = None if said is None else _yes_no(said)
    elif name in _DATES:
        new[name] = None if said is None else _date(said, name)
    elif name == "lines":
        if said != lines_text(new["lines"]):
            new["lines"] = json.dumps(order_lines(said or "", new["currency"]), ensure_ascii=False)
    elif name == "group":
        new["group_key"] = said
    else:
        new[name] = said if said is not None or name not in _BLANK_IS_EMPTY else ""


def _fill(table: Table, new: dict[str, Any]) -> None:
    """What follows from the rest where a person leaves it blank."""
    if table.kind == "product" and not new["group_key"]:
        new["group_key"] = fold(new["name"] or "") or new["sku"]
    if table.kind == "policy" and not new["key"] and new["title"]:
        new["key"] = re.sub(r"\s+", "-", fold(new["title"]))[:80]


def _check(table: Table, new: Mapping[str, Any]) -> None:
    for field, code in _REQUIRED[table.kind].items():
        if not new[field]:
            raise StoreError(code, field=field)
    if "starts" in table.columns and new["starts"] and new["ends"] and new["ends"] < new["starts"][: len(new["ends"])]:
        raise StoreError("suspicious_dates_reversed", value=f"{new['starts']} – {new['ends']}", field="ends")


def _plain(text: str | None) -> str | None:
    said = storable(text).strip() if text is not None else ""
    return said or None


def _amount(said: str, row: dict[str, Any], field: str) -> int:
    try:
        money = values.read_money(said)
    except ValueError:
        money = None
    if money is None or (money.currency and row["currency"] not in _SHARING_SIGN.get(money.currency, money.currency)):
        raise StoreError("row_amount_unread", value=said[:80], field=field)
    if money.amount < 0:
        raise StoreError("row_amount_negative", value=said[:80], field=field)
    if money.amount > _LARGEST_AMOUNT:
        raise StoreError("row_amount_unread", value=said[:80], field=field)
    return values.to_minor(money.amount, row["currency"])


def _count(said: str, field: str) -> int:
    if not re.fullmatch(r"-?\d{1,13}", said) or abs(int(said)) > _LARGEST_COUNT:
        raise StoreError("edit_count_unread", value=said[:80], field=field)
    return int(said)


def _yes_no(said: str) -> int:
    answer = values.read_yes_no(said)
    if answer is None:
        raise StoreError("edit_yes_no_unread", value=said[:80], field="available")
    return int(answer)


def _date(said: str, field: str) -> str:
    """A day, or a day and its time, in ISO 8601."""
    read = values.read_date(said) or ""
    try:
        if len(read) == len("2026-11-21"):
            return date.fromisoformat(read).isoformat()
        datetime.fromisoformat(read)
    except ValueError as error:
        raise StoreError("edit_date_unread", value=said[:80], field=field) from error
    return read


def _currency_code(said: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{3}", said):
        raise StoreError("edit_currency_unread", value=said[:80], field="currency")
    return said.upper()
