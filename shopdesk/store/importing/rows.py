"""Cells → rows of a table. A row that cannot be understood is rejected with its line and reason."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shopdesk.core.text import fold, is_han
from shopdesk.core.types import format_minor
from shopdesk.store.database import storable
from shopdesk.store.importing import headers, values
from shopdesk.store.importing.layout import Layout
from shopdesk.store.importing.report import Counts, Remark

_LONGEST_NAME = 1000


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row as the file gives it. `given` are the columns it speaks about; `cleared` the attributes it leaves empty.

    What it does not speak about keeps what it had.
    """

    line: int
    content: Mapping[str, Any]
    given: frozenset[str]
    cleared: frozenset[str]


class RejectedError(Exception):
    def __init__(self, field: str, code: str, **params: str) -> None:
        super().__init__(code)
        self.field, self.code, self.params = field, code, params


class RowReader:
    """Reads the rows of one file; keep one per pass, for it remembers which keys it has seen."""

    def __init__(self, layout: Layout, counts: Counts) -> None:
        self._layout = layout
        self._counts = counts
        self._seen: dict[tuple[str, ...], int] = {}
        self._made: dict[str, str] = {}
        self._line = 0
        self._options = {
            normal: field
            for field in ("color", "size", "brand", "unit", "location", "barcode")
            for normal in headers.PRODUCT[field]
        }

    def read(self, lines: Iterator[tuple[int, list[str]]]) -> Iterator[ReadRow]:
        """The good rows; the others are counted as rejected."""
        read_one = _READERS[self._layout.kind]
        for line, cells in lines:
            self._line = line
            self._counts.read += 1
            try:
                if self._is_deleted(cells):
                    raise RejectedError("", "row_deleted")
                row = read_one(self, _Cells(self._layout, cells))
                self._check_twice(row)
                yield row
            except RejectedError as rejected:
                self._counts.reject(Remark(line, rejected.field, rejected.code, rejected.params))

    # -- one row of each kind -----------------------------------------------------

    def _product(self, cells: _Cells) -> ReadRow:
        given = cells.given()
        attributes, cleared = self._attributes(cells)
        row: dict[str, Any] = {field: cells.text(field) for field in _PRODUCT_TEXTS}
        self._take_options(cells, row, attributes, given)
        name = row["name"]
        if not name:
            given.discard("name")  # an empty cell takes no name away
        if name and len(name) > _LONGEST_NAME:
            raise RejectedError("name", "row_name_too_long")
        currency = self._currency(cells)
        price = self._money(cells, "price_minor", currency)
        row["price_minor"], row["currency"] = price if price else (None, currency)
        list_price = self._money(cells, "list_price_minor", row["currency"])
        row["list_price_minor"] = list_price[0] if list_price else None
        if row["price_minor"] is not None or "currency" in given:
            given.add("currency")
        given |= self._stock(cells, row)
        row["barcode"] = self._barcode(cells)
        row["description"] = self._prose(cells)
        row["sku"] = values.read_code(cells.raw("sku"))
        row["store"] = row["store"] or ""
        if not name and not row["sku"]:
            raise RejectedError("name", "row_without_name")
        if not row["sku"]:
            row["sku"] = self._made_sku(row, attributes)
            given.add("sku")
        if "group_key" in given or "name" in given:
            row["group_key"] = row["group_key"] or fold(name or "") or row["sku"]
            given.add("group_key")
        for language in ("name_en", "name_zh"):
            if text := cells.text(language):
                attributes[language] = text
        self._look_at(row)
        row["attributes"] = attributes
        return ReadRow(self._line, row, frozenset(given - {"name_en", "name_zh", "options"}), cleared)

    def _policy(self, cells: _Cells) -> ReadRow:
        attributes, cleared = self._attributes(cells)
        body = values.text_of_html(cells.raw("body"))
        if values.is_nothing(body):
            raise RejectedError("body", "row_without_body")
        title = cells.text("title") or _first_sentence(body)
        row = {
            "key": values.read_code(cells.raw("key")) or _made_key("", title),
            "title": title, "body": body, "topic": cells.text("topic"),
            "language": _language_code(cells.text("language")) or _language_of(title + body), "attributes": attributes,
        }  # fmt: skip
        return ReadRow(self._line, row, frozenset(row), cleared)

    def _promotion(self, cells: _Cells) -> ReadRow:
        attributes, cleared = self._attributes(cells)
        title = cells.text("title")
        code = values.read_code(cells.raw("code"))
        if not title and not code:
            raise RejectedError("title", "row_without_name")
        if english := cells.text("name_en"):
            attributes["name_en"] = english
        currency = self._currency(cells)
        threshold = self._money(cells, "threshold_minor", currency)
        row = {
            "title": title or code, "type": cells.text("type"), "threshold_minor": threshold[0] if threshold else None,
            "discount": cells.text("discount"), "currency": threshold[1] if threshold else currency,
            "starts": values.read_date(cells.raw("starts")), "ends": values.read_date(cells.raw("ends")),
            "scope": cells.text("scope"), "body": values.text_of_html(cells.raw("body")) or None,
            "attributes": attributes,
        }  # fmt: skip
        row["code"] = (
            code
            if code and code != "0"
            else _made_key("P-", f"{title}|{row['threshold_minor']}|{row['discount']}|{row['starts']}")
        )
        given = {*cells.given(), "code", "currency", "attributes"} - {"name_en"}
        return ReadRow(self._line, row, frozenset(given), cleared)

    def _order(self, cells: _Cells) -> ReadRow:
        attributes, cleared = self._attributes(cells)
        number = values.read_code(cells.raw("number"))
        if not number:
            raise RejectedError("number", "row_without_number")
        currency = self._currency(cells)
        total = self._money(cells, "total_minor", currency)
        row = {
            "number": number, "status": cells.text("status"), "placed_at": values.read_date(cells.raw("placed_at")),
            "total_minor": total[0] if total else None, "currency": total[1] if total else currency,
            "carrier": cells.text("carrier"), "tracking": values.read_code(cells.raw("tracking")),
            "expected_at": values.read_date(cells.raw("expected_at")), "customer": cells.text("customer"),
            "lines": json.dumps(order_lines(cells.raw("lines"), currency), ensure_ascii=False),
            "attributes": attributes,
        }  # fmt: skip
        return ReadRow(self._line, row, frozenset({*cells.given(), "currency", "attributes"}), cleared)

    # -- parts of rows ------------------------------------------------------------

    def _attributes(self, cells: _Cells) -> tuple[dict[str, str], frozenset[str]]:
        """The attributes of a row, and the names of those its file has a column for but says nothing about."""
        found: dict[str, str] = {}
        empty: set[str] = set()
        for index, name in self._layout.attributes.items():
            text = _attribute_text(headers.normal(name), cells.at(index))
            if text is not None:
                found[name] = text
            elif cells.has(index):
                empty.add(name)
        return found, frozenset(empty)

    def _take_options(self, cells: _Cells, row: dict[str, Any], attributes: dict[str, str], given: set[str]) -> None:
        """Option lists in a cell of their own, in 规格, or in any other column become colour, size and attributes."""
        options: dict[str, str] = values.read_options(cells.raw("options")) or {}
        if not options and (text := cells.text("options")):
            attributes[self._layout.header[self._layout.columns["options"]].strip()] = _plain_list(text)
        if row["size"] and (parsed := values.read_options(row["size"])):
            row["size"] = None
            options |= parsed
        for name, text in list(attributes.items()):
            if text[:1] in "{[" and (parsed := values.read_options(text)):
                del attributes[name]
                options |= parsed
        for value_column, name_column in self._layout.option_names.items():
            name, value = cells.at(name_column).strip(), cells.at(value_column).strip()
            if value and value != "Default Title":
                options[name or f"option {value_column}"] = value
        for name, value in options.items():
            field = self._options.get(headers.normal(name))
            if field and not row.get(field):
                row[field] = storable(value.strip())
                given.add(field)
            elif value.strip():
                attributes.setdefault(storable(name.strip()), storable(value.strip()))

    def _stock(self, cells: _Cells, row: dict[str, Any]) -> set[str]:
        """Sets stock and available from the two columns that may tell; which of them were told."""
        row["stock"], row["available"] = None, None
        for field in ("stock", "available"):
            cell = cells.raw(field)
            try:
                stock = values.read_stock(cell)
                if field == "available" and (answer := values.read_yes_no(cell)) is not None and not _is_count(cell):
                    stock = values.Stock(None if answer else 0, answer)
            except ValueError:
                self._suspect(field, "suspicious_stock_unread", value=cell[:80])
                continue
            if stock is None:
                continue
            if row["stock"] is None:
                row["stock"] = stock.count
            if stock.available is not None:
                row["available"] = int(stock.available)
        if row["available"] == 1 and row["stock"] is not None and row["stock"] <= 0:
            row["available"] = 0
        return {"stock", "available"} if {"stock", "available"} & cells.given() else set()

    def _money(self, cells: _Cells, field: str, currency: str) -> tuple[int, str] | None:
        """Minor units and their currency. An amount that is none, or below zero, rejects the row."""
        cell = cells.raw(field)
        try:
            money = values.read_money(cell, decimal_comma=self._layout.decimal_comma)
        except ValueError:
            raise RejectedError(_public(field), "row_amount_unread", value=cell[:80]) from None
        if money is None:
            return None
        said = money.currency
        # ¥ is also the yen's sign, $ that of many dollars: a column that names the currency knows better.
        if said is None or ("currency" in self._layout.columns and cells.text("currency")):
            said = currency
        minor = int(money.amount) if field in self._layout.cents else values.to_minor(money.amount, said)
        if minor < 0:
            raise RejectedError(_public(field), "row_amount_negative", value=cell[:80])
        if minor >= 2**53:
            raise RejectedError(_public(field), "row_amount_unread", value=cell[:80])
        return minor, said

    def _currency(self, cells: _Cells) -> str:
        said = (cells.text("currency") or "").upper()
        if re.fullmatch(r"[A-Z]{3}", said):
            return {"RMB": "CNY"}.get(said, said)
        for sign, code in values.SIGNS:
            if said and fold(said) == sign:
                return code
        return self._layout.currency

    def _barcode(self, cells: _Cells) -> str | None:
        code = values.read_code(cells.raw("barcode"))
        if code and values.looks_rounded(code):
            self._suspect("barcode", "suspicious_barcode_rounded", value=code)
            return None
        return code and storable(code)

    def _prose(self, cells: _Cells) -> str | None:
        texts = [values.text_of_html(cells.raw("description"))]
        texts += [values.text_of_html(cells.at(index)) for index in self._layout.prose]
        kept: list[str] = []
        for text in texts:
            if (
                text
                and not values.is_nothing(text)
                and not values.is_only_links(text)
                and not any(text in other for other in kept)
            ):
                kept.append(storable(text))
        return "\n".join(kept) or None

    def _look_at(self, row: Mapping[str, Any]) -> None:
        """Values that are possible but seldom meant."""
        if row["price_minor"] == 0:
            self._suspect("price", "suspicious_price_zero")
        if row["list_price_minor"] and row["price_minor"] and row["list_price_minor"] < row["price_minor"]:
            self._suspect(
                "list_price",
                "suspicious_list_price_below",
                value=format_minor(row["list_price_minor"], row["currency"]),
            )
        if row["stock"] is not None and row["stock"] < 0:
            self._suspect("stock", "suspicious_stock_negative", value=str(row["stock"]))
        for field in ("name", "description"):
            if "\ufffd" in (row[field] or ""):
                self._suspect(field, "suspicious_broken_character")

    def _suspect(self, field: str, code: str, **params: str) -> None:
        self._counts.suspect(Remark(self._line, field, code, params))

    def _is_deleted(self, cells: Sequence[str]) -> bool:
        index = self._layout.deleted
        return index is not None and index < len(cells) and fold(cells[index]) in ("1", "true", "yes", "是")

    def _made_sku(self, row: Mapping[str, Any], attributes: Mapping[str, str]) -> str:
        """A code that stays the same as long as name, colour and size do; attributes part rows that share all three."""
        text = "|".join(fold(row[field] or "") for field in ("name", "color", "size"))
        others = json.dumps(attributes, sort_keys=True, ensure_ascii=False)
        if self._made.setdefault(text, others) == others:
            return _made_key("N-", text)
        return _made_key("N-", text + others)

    def _check_twice(self, row: ReadRow) -> None:
        key = tuple(str(row.content[column]) for column in _UNIQUE[self._layout.kind])
        first = self._seen.setdefault(key, self._line)
        if first != self._line:
            raise RejectedError("", "row_twice", key=key[0], first=str(first))


class _Cells:
    """The cells of one line, by field or by column."""

    def __init__(self, layout: Layout, cells: Sequence[str]) -> None:
        self._columns = layout.columns
        self._cells = cells

    def has(self, index: int) -> bool:
        """Whether the line is long enough: a line that breaks off says nothing about the columns it lacks."""
        return index < len(self._cells)

    def given(self) -> set[str]:
        return {field for field, index in self._columns.items() if self.has(index)}

    def at(self, index: int) -> str:
        return self._cells[index] if index < len(self._cells) else ""

    def raw(self, field: str) -> str:
        index = self._columns.get(field)
        return "" if index is None else self.at(index)

    def text(self, field: str) -> str | None:
        text = storable(values.plain(self.raw(field)))
        return None if values.is_nothing(text) else text


_PRODUCT_TEXTS = ("name", "store", "group_key", "brand", "category", "unit", "color", "size", "location", "image")
_UNIQUE = {"product": ("sku", "store"), "policy": ("key", "language"), "promotion": ("code",), "order": ("number",)}
_READERS: Mapping[str, Callable[[RowReader, _Cells], ReadRow]] = {
    "product": RowReader._product,
    "policy": RowReader._policy,
    "promotion": RowReader._promotion,
    "order": RowReader._order,
}


def order_lines(cell: str, currency: str) -> list[dict[str, Any]]:
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
            return [_order_line(item, currency) for item in parsed]
    lines: list[dict[str, Any]] = []
    for piece in re.split(r"[;；\n|]+", text):
        match = re.fullmatch(r"\s*(.+?)\s*(?:[x×*＊]\s*(\d+))?\s*(?:@\s*(\S+))?\s*", piece, re.DOTALL)
        if match is None:
            continue
        code = match[1]
        line: dict[str, Any] = {"sku": code} if re.fullmatch(r"[A-Za-z0-9._/-]+", code) else {"text": storable(code)}
        if match[2]:
            line["quantity"] = int(match[2][:9])
        if match[3]:
            line |= _line_price(match[3], currency)
        lines.append(line)
    return lines


def _order_line(item: Mapping[str, Any], currency: str) -> dict[str, Any]:
    line: dict[str, Any] = {}
    for field, names in (
        ("sku", ("sku", "item_id", "product_id")),
        ("name", ("name", "title")),
        ("quantity", ("quantity", "qty", "count")),
    ):
        value = next((item[name] for name in names if item.get(name) not in (None, "")), None)
        if value is not None:
            line[field] = value if field == "quantity" and isinstance(value, int) else storable(str(value))
    if item.get("price") not in (None, ""):
        line |= _line_price(str(item["price"]), currency)
    return line or {"text": storable(json.dumps(dict(item), ensure_ascii=False))}


def _line_price(cell: str, currency: str) -> dict[str, Any]:
    try:
        money = values.read_money(cell)
    except ValueError:
        money = None
    if money is None:
        return {}
    said = money.currency or currency
    return {"price": format_minor(values.to_minor(money.amount, said), said), "currency": said}


def _attribute_text(name: str, cell: str) -> str | None:
    """The text of an attribute; None where it says nothing that a clerk could tell a customer."""
    text = values.plain(cell)
    if values.word_of(text) in values.NOTHING_SAID or values.is_only_links(text):
        return None
    if name in headers.ON_SALE and values.read_yes_no(text) is not False:
        return None
    if name in headers.NOVELTY and values.read_yes_no(text) is not True:
        return None
    return storable(_plain_list(values.text_of_html(text))) or None


def _plain_list(text: str) -> str:
    """`["1.5m", "浅杏粉"]` → `1.5m, 浅杏粉`; anything else as it stands."""
    if text[:1] == "[" and text[-1:] == "]":
        try:
            items = json.loads(text)
        except ValueError:
            return text
        if isinstance(items, list) and all(isinstance(item, (str, int, float)) for item in items):
            return ", ".join(str(item) for item in items)
    return text


def _is_count(cell: str) -> bool:
    return bool(re.fullmatch(r"\s*\d{2,}\s*|\s*[2-9]\s*", cell))


def _public(field: str) -> str:
    return field.removesuffix("_minor")


def _made_key(prefix: str, text: str) -> str:
    if not prefix:
        slug = "-".join(re.findall(r"[^\W_]+", fold(text)))[:48]
        if slug:
            return slug
    return prefix + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8].upper()


def _first_sentence(body: str) -> str:
    return re.split(r"(?<=[。！？.!?])\s*|\n", body, maxsplit=1)[0][:60].rstrip("。.")


def _language_of(text: str) -> str:
    """Chinese as soon as a fifth of the letters are: product names and units inside it are often Latin."""
    han = sum(map(is_han, text))
    letters = sum(c.isalpha() for c in text)
    return "zh" if han and han * 5 >= letters else "en"


def _language_code(text: str | None) -> str | None:
    folded = fold(text or "")
    if folded.startswith(("zh", "cn", "chinese")) or folded in ("中文", "汉语", "简体中文"):
        return "zh"
    if folded.startswith("en") or folded in ("英文", "英语"):
        return "en"
    return folded or None
