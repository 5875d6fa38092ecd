"""Orders from their cells: their lines in one cell, or one line a row."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from shopdesk.core.types import format_minor
from shopdesk.store.database import storable
from shopdesk.store.importing import headers, values
from shopdesk.store.importing.cells import Cells

Line = dict[str, Any]


def order_lines(cell: str, currency: str) -> list[Line]:
    """`JKT-105 x2; CUP-01` or a JSON list of objects → objects with sku, name, quantity, price, currency, or text."""
    text = cell.strip()
    if not text:
        return []
    if text[0] in "[{":
        try:
            parsed = json.loads(text)
        except ValueError:
            parsed = None
        if isinstance(parsed, dict):
            parsed = [parsed]
        if isinstance(parsed, list) and all(isinstance(item, dict) for item in parsed):
            return [_line_of_object(item, currency) for item in parsed]
    lines: list[Line] = []
    for piece in re.split(r"[;；\n|]+", text):
        match = re.fullmatch(r"\s*(.+?)\s*(?:[x×*＊]\s*(\d+))?\s*(?:@\s*(\S+))?\s*", piece, re.DOTALL)
        if match is None:
            continue
        code = match[1]
        line: Line = {"sku": code} if re.fullmatch(r"[A-Za-z0-9._/-]+", code) else {"text": storable(code)}
        if match[2]:
            line["quantity"] = int(match[2][:9])
        if match[3]:
            line |= _price(match[3], currency)
        lines.append(line)
    return lines


def line_of_row(cells: Cells, currency: str) -> list[Line]:
    """The one line that a row tells of, or none."""
    line: Line = {}
    if sku := values.read_code(cells.raw("line_sku")):
        line["sku"] = storable(sku)
    name = cells.text("line_name")
    if options := values.read_options(cells.raw("line_options")):
        name = f"{name or ''} ({', '.join(options.values())})".strip()
    elif said := cells.text("line_options"):
        name = f"{name or ''} ({said})".strip()
    if name:
        line["name"] = storable(name)
    if not line:
        return []
    try:
        stock = values.read_stock(cells.raw("line_quantity"))
    except ValueError:
        stock = None
    if stock is not None and stock.count is not None:
        line["quantity"] = stock.count
    return [line | _price(cells.raw("line_price_minor"), currency)]


def return_of_row(cells: Cells) -> str:
    """What a row of returns says of an order, in a line of text: each column's name and value that says something."""
    said = []
    for index, name in cells.layout.attributes.items():
        text = values.plain(cells.at(index))
        if text and not values.is_nothing(text) and not values.is_only_links(text):
            said.append(f"{name}: {text}")
    return storable("; ".join(said))


def _line_of_object(item: Mapping[str, Any], currency: str) -> Line:
    line: Line = {}
    by_name = {headers.normal(str(name)): value for name, value in item.items() if value not in (None, "")}
    for field in ("sku", "name", "quantity"):
        names = ("itemid", "productid") if field == "sku" else ()
        known = (field, *headers.ORDER_LINE[f"line_{field}"], *names, *(("count",) if field == "quantity" else ()))
        value = next((by_name[name] for name in known if name in by_name), None)
        if value is not None:
            line[field] = value if field == "quantity" and isinstance(value, int) else storable(str(value))
    options = by_name.get("options")
    if isinstance(options, dict) and "name" in line:
        line["name"] += f" ({', '.join(storable(str(value)) for value in options.values())})"
    price = next(
        (by_name[name] for name in ("price", *headers.ORDER_LINE["line_price_minor"]) if name in by_name), None
    )
    if price is not None:
        line |= _price(str(price), currency)
    return line or {"text": storable(json.dumps(dict(item), ensure_ascii=False))}


def _price(cell: str, currency: str) -> Line:
    try:
        money = values.read_money(cell)
    except ValueError:
        money = None
    if money is None:
        return {}
    said = money.currency or currency
    return {"price": format_minor(values.to_minor(money.amount, said), said), "currency": said}
