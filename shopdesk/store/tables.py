"""The tables of the shop's rows, each described once: columns, keys, record, search document."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from shopdesk.core.text import fold
from shopdesk.core.types import Kind, Record, Value, format_minor, price_text

Row = Mapping[str, Any]

_FILTERED = ("brand", "category", "color", "size")
_SAID_ELSEWHERE = frozenset(
    f"{field}_{language}" for field in (*_FILTERED, "name", "description") for language in ("en", "zh")
)
_MARKS = re.compile(r"[\W_]+")
_PARTS = re.compile(r"[/|,，、;；]+")


class SearchDocument(NamedTuple):
    """What the search knows of a row, by how much it says (see `ranking`)."""

    name: str
    codes: str = ""
    traits: str = ""
    attributes: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of rows.

    `columns` are what a file can say; `unique` names the ones that identify a row; `derived` makes
    the folded key columns from a row; `codes` are the folded columns `by_code` looks in; `order` is
    the order of lists and of equal search results, over the alias `t`.
    """

    kind: Kind
    name: str
    key: str
    unique: tuple[str, ...]
    columns: tuple[str, ...]
    codes: tuple[str, ...]
    derived: Callable[[Row], dict[str, str | None]]
    record: Callable[[Row], Record]
    document: Callable[[Row], SearchDocument]
    order: str


@lru_cache(maxsize=20_000)
def alternatives(*texts: str | None) -> str | None:
    """`黑色 / Black` → `|黑色 / black|黑色|black|`: each whole cell and its parts, folded, for exact filters."""
    found: dict[str, None] = {}
    for text in texts:
        for piece in [(text or "").replace("|", "/"), *_PARTS.split(text or "")]:
            if part := fold(piece):
                found[part] = None
    return "|" + "|".join(found) + "|" if found else None


def code_key(text: str | None) -> str | None:
    """How a code is compared: folded, so that case and full-width letters do not matter."""
    return (fold(text) or None) if text else None


def _attributes(row: Row) -> dict[str, str]:
    text = row["attributes"]
    return {} if text is None or text == "{}" else dict(json.loads(text))


def _money(minor: int | None, currency: str) -> str | None:
    return None if minor is None else format_minor(minor, currency)


def _joined(*texts: str | None) -> str:
    return " \n ".join(filter(None, texts))


def _squeezed(*codes: str | None) -> str:
    """The codes, and each once more without its dashes, so that `JKT105` finds `JKT-105`."""
    said = list(filter(None, codes))
    said += [squeezed for code in said if not code.isalnum() and (squeezed := _MARKS.sub("", code))]
    return " \n ".join(said)


def _spoken_names(attributes: Mapping[str, str]) -> tuple[str, str]:
    return attributes.get("name_zh", ""), attributes.get("name_en", "")


def _in_all_languages(row: Row, attributes: Mapping[str, str], field: str) -> tuple[str, ...]:
    """A field's text and what the attributes say of it in other languages (`color`, `color_en`, `color_zh`)."""
    if not attributes:
        return (row[field],) if row[field] else ()
    texts = (row[field], attributes.get(f"{field}_en"), attributes.get(f"{field}_zh"))
    return tuple(text for text in texts if text)


def _other_attributes(attributes: Mapping[str, str]) -> str:
    """All attributes but those that say a field once more in another language."""
    return _joined(*(f"{name} {value}" for name, value in attributes.items() if name not in _SAID_ELSEWHERE))


def _product_record(row: Row) -> Record:
    currency = row["currency"]
    fields: dict[str, Value] = {
        "sku": row["sku"],
        "price": _money(row["price_minor"], currency),
        "list_price": _money(row["list_price_minor"], currency),
        "currency": currency,
        "stock": row["stock"],
        "available": None if row["available"] is None else bool(row["available"]),
        "unit": row["unit"],
        "barcode": row["barcode"],
        "color": row["color"],
        "size": row["size"],
        "location": row["location"],
        "brand": row["brand"],
        "category": row["category"],
        "description": row["description"],
        "image": row["image"],
        "store": row["store"] or None,
        "group": row["group_key"],
    }
    return Record("product", row["sku"], row["name"], fields, row["as_of"], _attributes(row), bool(row["sample"]))


def _product_document(row: Row) -> SearchDocument:
    attributes = _attributes(row)
    if not attributes:  # the quick way for most rows of a large shop
        return SearchDocument(
            name=row["name"] or "",
            codes=_squeezed(row["sku"], row["barcode"]),
            traits=_joined(row["brand"], row["category"], row["color"], row["size"]),
            body=_joined(row["description"], row["location"], row["store"]),
        )
    return SearchDocument(
        name=_joined(row["name"], *_spoken_names(attributes)),
        codes=_squeezed(row["sku"], row["barcode"]),
        traits=_joined(*(text for field in _FILTERED for text in _in_all_languages(row, attributes, field))),
        attributes=_other_attributes(attributes),
        body=_joined(*_in_all_languages(row, attributes, "description"), row["location"], row["store"]),
    )


def _product_keys(row: Row) -> dict[str, str | None]:
    attributes = _attributes(row)
    if not attributes:
        brand, category, color, size = row["brand"], row["category"], row["color"], row["size"]
        return {
            "sku_key": code_key(row["sku"]) or "",
            "barcode_key": code_key(row["barcode"]),
            "brand_key": alternatives(brand) if brand else None,
            "category_key": alternatives(category) if category else None,
            "color_key": alternatives(color) if color else None,
            "size_key": alternatives(size) if size else None,
        }
    return {
        "sku_key": code_key(row["sku"]) or "",
        "barcode_key": code_key(row["barcode"]),
        **{f"{field}_key": alternatives(*_in_all_languages(row, attributes, field)) for field in _FILTERED},
    }


def _policy_record(row: Row) -> Record:
    fields: dict[str, Value] = {"body": row["body"], "language": row["language"] or None, "topic": row["topic"]}
    return Record("policy", row["key"], row["title"], fields, row["as_of"], _attributes(row), bool(row["sample"]))


def _policy_document(row: Row) -> SearchDocument:
    return SearchDocument(
        name=row["title"],
        codes=row["key"],
        traits=_joined(row["topic"]),
        attributes=_other_attributes(_attributes(row)),
        body=row["body"],
    )


def _promotion_record(row: Row) -> Record:
    currency = row["currency"]
    fields: dict[str, Value] = {
        "code": row["code"],
        "type": row["type"],
        "threshold": _money(row["threshold_minor"], currency),
        "discount": row["discount"],
        "currency": currency,
        "starts": row["starts"],
        "ends": row["ends"],
        "scope": row["scope"],
        "body": row["body"],
    }
    return Record("promotion", row["code"], row["title"], fields, row["as_of"], _attributes(row), bool(row["sample"]))


def _promotion_document(row: Row) -> SearchDocument:
    attributes = _attributes(row)
    return SearchDocument(
        name=_joined(row["title"], *_spoken_names(attributes)),
        codes=_squeezed(row["code"]),
        traits=_joined(row["type"], row["scope"]),
        attributes=_other_attributes(attributes),
        body=_joined(row["body"]),
    )


def lines_text(lines_json: str) -> str | None:
    """Order lines as people read them: `JKT-105 × 2; 保温杯 (CUP-01) × 1 @ ¥89.00`."""
    texts = []
    for line in json.loads(lines_json):
        name, sku = line.get("name"), line.get("sku")
        text = f"{name} ({sku})" if name and sku else str(name or sku or line.get("text") or "")
        if line.get("quantity") is not None:
            text += f" × {line['quantity']}"
        if line.get("price") is not None:
            text += f" @ {price_text(line['price'], line['currency'])}"
        texts.append(text)
    return "; ".join(texts) or None


def _order_record(row: Row) -> Record:
    currency = row["currency"]
    fields: dict[str, Value] = {
        "number": row["number"],
        "status": row["status"],
        "placed_at": row["placed_at"],
        "total": _money(row["total_minor"], currency),
        "currency": currency,
        "carrier": row["carrier"],
        "tracking": row["tracking"],
        "expected_at": row["expected_at"],
        "lines": lines_text(row["lines"]),
        "customer": row["customer"],
    }
    return Record("order", row["number"], row["number"], fields, row["as_of"], _attributes(row), bool(row["sample"]))


def _order_document(row: Row) -> SearchDocument:
    return SearchDocument(
        name=row["number"],
        codes=_squeezed(row["number"], row["tracking"]),
        traits=_joined(row["status"], row["carrier"], row["customer"]),
        attributes=_other_attributes(_attributes(row)),
        body=_joined(lines_text(row["lines"])),
    )


PRODUCTS = Table(
    kind="product",
    name="products",
    key="sku",
    unique=("sku", "store"),
    columns=(
        "sku",
        "store",
        "name",
        "group_key",
        "brand",
        "category",
        "price_minor",
        "list_price_minor",
        "currency",
        "stock",
        "available",
        "unit",
        "barcode",
        "color",
        "size",
        "location",
        "description",
        "image",
        "ref",
        "brand_ref",
        "category_ref",
        "attributes",
    ),
    codes=("sku_key", "barcode_key"),
    derived=_product_keys,
    record=_product_record,
    document=_product_document,
    order="t.name, t.sku, t.store, t.id",
)
POLICIES = Table(
    kind="policy",
    name="policies",
    key="key",
    unique=("key", "language"),
    columns=("key", "language", "title", "body", "topic", "attributes"),
    codes=("code_key",),
    derived=lambda row: {"code_key": code_key(row["key"]) or ""},
    record=_policy_record,
    document=_policy_document,
    order="t.id",
)
PROMOTIONS = Table(
    kind="promotion",
    name="promotions",
    key="code",
    unique=("code",),
    columns=(
        "code",
        "title",
        "type",
        "threshold_minor",
        "discount",
        "currency",
        "starts",
        "ends",
        "scope",
        "body",
        "attributes",
    ),
    codes=("code_key",),
    derived=lambda row: {"code_key": code_key(row["code"]) or ""},
    record=_promotion_record,
    document=_promotion_document,
    order="t.id",
)
ORDERS = Table(
    kind="order",
    name="orders",
    key="number",
    unique=("number",),
    columns=(
        "number",
        "status",
        "placed_at",
        "total_minor",
        "currency",
        "carrier",
        "tracking",
        "expected_at",
        "customer",
        "lines",
        "attributes",
    ),
    codes=("code_key", "tracking_key"),
    derived=lambda row: {"code_key": code_key(row["number"]) or "", "tracking_key": code_key(row["tracking"])},
    record=_order_record,
    document=_order_document,
    order="t.placed_at DESC, t.number, t.id",
)


def _plain_record(kind: Kind, key: str, title: str, *fields: str) -> Callable[[Row], Record]:
    """A record whose fields are the columns as they are."""

    def record(row: Row) -> Record:
        values: dict[str, Value] = {field: row[field] for field in fields}
        return Record(kind, str(row[key]), row[title], values, row["as_of"], _attributes(row), bool(row["sample"]))

    return record


def _plain_document(name: str, codes: str, *body: str) -> Callable[[Row], SearchDocument]:
    def document(row: Row) -> SearchDocument:
        return SearchDocument(
            name=row[name],
            codes=_squeezed(row[codes]),
            attributes=_other_attributes(_attributes(row)),
            body=_joined(*(str(row[column] or "") for column in body)),
        )

    return document


STORES = Table(
    kind="store",
    name="stores",
    key="code",
    unique=("code",),
    columns=("code", "name", "address", "phone", "hours", "attributes"),
    codes=("code_key",),
    derived=lambda row: {"code_key": code_key(row["code"]) or ""},
    record=_plain_record("store", "code", "name", "address", "phone", "hours"),
    document=_plain_document("name", "code", "address", "phone"),
    order="t.name, t.code, t.id",
)
ANSWERS = Table(
    kind="answer",
    name="answers",
    key="question",
    unique=("question", "language"),
    columns=("question", "language", "answer", "topic", "source", "approved_by", "approved_at", "attributes"),
    codes=("code_key",),
    derived=lambda row: {"code_key": code_key(row["question"]) or ""},
    record=_plain_record(
        "answer", "question", "question", "answer", "language", "topic", "source", "approved_by", "approved_at"
    ),
    document=_plain_document("question", "topic", "answer"),
    order="t.id",
)
BARCODES = Table(
    kind="barcode",
    name="barcodes",
    key="barcode",
    unique=("barcode",),
    columns=("barcode", "sku", "unit", "quantity", "attributes"),
    codes=("code_key",),
    derived=lambda row: {"code_key": code_key(row["barcode"]) or "", "sku_key": code_key(row["sku"]) or ""},
    record=_plain_record("barcode", "barcode", "sku", "sku", "unit", "quantity"),
    document=_plain_document("sku", "barcode"),
    order="t.sku, t.barcode, t.id",
)
TERMS = Table(
    kind="term",
    name="terms",
    key="key",
    unique=("list", "key"),
    columns=("list", "key", "name", "parent", "attributes"),
    codes=("code_key",),
    derived=lambda row: {"code_key": code_key(row["key"]) or ""},
    record=_plain_record("term", "key", "name", "list", "parent"),
    document=_plain_document("name", "key"),
    order="t.list, t.id",
)

# The kinds that questions are answered from; the others explain or prepare them.
ANSWERED: tuple[Table, ...] = (PRODUCTS, POLICIES, PROMOTIONS, ORDERS)
TABLES: Mapping[str, Table] = {table.kind: table for table in (*ANSWERED, STORES, ANSWERS, BARCODES, TERMS)}


def table_of(kind: str) -> Table:
    """The table of a kind, by the singular (`product`) or the table's own name (`products`). KeyError otherwise."""
    for table in TABLES.values():
        if kind in (table.kind, table.name):
            return table
    raise KeyError(kind)
