"""Cells → rows of a table. A row that cannot be understood is rejected with its line and reason."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from shopdesk.core.text import fold, is_han
from shopdesk.core.types import CURRENCY_SIGNS, decimals_of, format_minor
from shopdesk.store.database import storable
from shopdesk.store.importing import headers, orders, promotions, values
from shopdesk.store.importing.cells import Cells, RejectedError, attribute_text, plain_list
from shopdesk.store.importing.delimited import LONGEST_CELL
from shopdesk.store.importing.evidence import joined_times
from shopdesk.store.importing.layout import Layout
from shopdesk.store.importing.report import Counts, Remark
from shopdesk.store.importing.spread import NOT_KEPT
from shopdesk.store.tables import TABLES

_LONGEST_NAME = 4000
_PLAIN_AMOUNT = re.compile(r"(\d{1,12})(?:\.(\d{1,2}))?")
_NO_ATTRIBUTES: Mapping[str, str] = {}


@dataclass(slots=True)
class ReadRow:
    """A row as the file gives it. `given` are the columns it speaks about; `cleared` the attributes it leaves empty.

    What it does not speak about keeps what it had. `made_key`: the key was made from what the row says.
    """

    line: int
    content: dict[str, Any]
    given: frozenset[str]
    cleared: frozenset[str] = frozenset()
    made_key: bool = False


class RowReader:
    """Reads the rows of one table; keep one per pass, for it remembers the row above.

    `on_reject` hears of every row that is rejected, and the code that it names ("" for none).
    `name_of` tells what a number in a column like `brand_id` stands for: of a brand, a category or a product.
    """

    def __init__(
        self,
        layout: Layout,
        counts: Counts,
        part: str = "",
        name_of: Callable[[str, str], str | None] = lambda sort, number: None,
    ) -> None:
        self._layout = layout
        self._counts = counts
        self._part = part
        self._name_of = name_of
        self._cells = Cells(layout)
        self._above: dict[str, Any] = {}
        self._above_options: dict[int, str] = {}
        self.on_reject: Callable[[Remark, str], None] = lambda remark, key: None
        self._key = TABLES[layout.kind].unique[0] if layout.kind in TABLES else ""
        code = layout.columns.get("code")
        # Where the code is only the number of the row, another file has other promotions under the same numbers.
        self._numbers_promotions = (
            layout.kind == "promotion" and code is not None and (headers.normal(layout.header[code]) == "id")
        )
        listed = layout.columns.get("list_price_minor")
        # What is asked where no other price is; not so a maker's or a market's.
        self._sells_at_list_price = (
            "price_minor" in layout.columns
            and listed is not None
            and headers.normal(layout.header[listed]) in (headers.ASKED_OTHERWISE | set(headers.PRODUCT["price_minor"]))
        )
        self._texts = tuple(field for field in _PRODUCT_TEXTS if field in layout.columns)
        self._options = {
            normal: field
            for field in ("color", "size", "brand", "unit", "location", "barcode")
            for normal in headers.PRODUCT[field]
        }

    def read(self, lines: Iterator[tuple[int, list[str]]]) -> Iterator[ReadRow]:
        """The good rows; the others are counted as rejected."""
        read_one = _READERS[self._layout.kind]
        take, counts, cells_of = self._cells.take, self._counts, self._cells
        width, by_store, by_size = len(self._layout.header), bool(self._layout.stores), bool(self._layout.sizes)
        for line, cells in lines:
            counts.read += 1
            take(line, cells)
            try:
                if self._layout.deleted is not None and cells_of.is_deleted():
                    raise RejectedError("", "row_deleted")
                if len(cells) != width:
                    self._check_width(cells, width)
                if max(map(len, cells)) > LONGEST_CELL:
                    raise RejectedError("", "row_cell_too_long", count=f"{max(map(len, cells)):,}")
                row = read_one(self, cells_of)
                if row is None:
                    counts.continued += 1
                elif by_store:
                    yield from self._by_store(row, cells_of)
                elif by_size:
                    yield from self._by_size(row, cells_of)
                else:
                    yield row
            except RejectedError as rejected:
                remark = Remark(line, rejected.field, rejected.code, rejected.params, self._part)
                counts.reject(remark)
                deleted = rejected.code == "row_deleted"
                self.on_reject(remark, "" if deleted else storable(values.read_code(cells_of.raw(self._key)) or ""))

    # -- products -------------------------------------------------------------------

    def _product(self, cells: Cells) -> ReadRow | None:
        given = set(cells.given())
        attributes, cleared = cells.attributes()
        text = cells.text
        row: dict[str, Any] = dict.fromkeys(_PRODUCT_TEXTS)
        for field in self._texts:
            row[field] = text(field)
        row["name"] = name = self._name(cells)
        goes_on = self._goes_on(row)
        if goes_on:
            if self._is_only_picture(cells):
                return None
            row |= {field: row[field] or self._above[field] for field in _SHARED}
            row["name"] = name = self._above["name"]
            attributes = {**self._above["attributes"], **attributes}
        if not name:
            given.discard("name")  # an empty cell takes no name away
        elif len(name) > _LONGEST_NAME:
            raise RejectedError("name", "row_name_too_long")
        own_attributes = dict(attributes) if self._layout.repeats_group else attributes
        if self._layout.option_names or "options" in self._layout.columns or _has_list(row["size"], attributes):
            self._take_options(cells, row, attributes, given)
        currency = self._currency(cells)
        price = self._money(cells, "price_minor", currency)
        row["price_minor"], row["currency"] = price if price else (None, currency)
        list_price = self._money(cells, "list_price_minor", row["currency"])
        row["list_price_minor"] = list_price[0] if list_price else None
        if self._sells_at_list_price and not (price and price[0]) and list_price is not None:
            (row["price_minor"], row["currency"]), row["list_price_minor"] = list_price, None
        if row["price_minor"] is not None or "currency" in given:
            given.add("currency")
        self._stock(cells, row, given)
        row["barcode"] = self._barcode(cells, row)
        row["description"] = self._prose(cells) or (self._above["description"] if goes_on else None)
        row["sku"] = self._code(cells, "sku")
        self._name_references(row, given)
        row["store"] = row["store"] or ""
        if not name and not row["sku"]:
            raise RejectedError("name", "row_without_name")
        if not (name and row["sku"]) and fold(name or row["sku"]) in _TOTALS:
            raise RejectedError("", "row_total")
        if self._layout.coded_by_barcode:
            row["sku"] = row["barcode"] = row["sku"] or row["barcode"]
            given |= {"sku", "barcode"} if row["sku"] else set()
        made = not row["sku"]
        if made:
            row["sku"] = _made_key("N-", "|".join(fold(row[field] or "") for field in ("name", "color", "size")))
            given.add("sku")
        if name and values.is_nothing(name):
            self._suspect("name", "suspicious_name_nothing", value=name)
        if "group_key" in given or "name" in given or goes_on:
            row["group_key"] = row["group_key"] or fold(name or "") or row["sku"]
            given.add("group_key")
        if "name_en" in self._layout.columns or "name_zh" in self._layout.columns:
            for language in ("name_en", "name_zh"):
                if said := text(language):
                    attributes[language] = said
        self._look_at(row)
        row["attributes"] = attributes
        if goes_on:  # what is blank here was said in the row above
            return ReadRow(cells.line, row, frozenset(f for f in row if row[f] not in (None, "")), made_key=made)
        if self._layout.repeats_group:
            self._above = {**row, "attributes": own_attributes}
        return ReadRow(cells.line, row, frozenset(given), cleared, made)

    def _by_store(self, row: ReadRow, cells: Cells) -> Iterator[ReadRow]:
        """The row once for each store that it counts the product in; as it is, where no store has it."""
        anywhere = False
        for store, columns in self._layout.stores.items():
            counted = self._counted(cells.at(columns["stock"]))
            if counted is None:
                continue
            anywhere = True
            own = {"store": store, **counted}
            if "price_minor" in columns and (
                price := self._amount(cells.at(columns["price_minor"]), "price_minor", row.content["currency"])
            ):
                own["price_minor"], own["currency"] = price
            given = row.given | {"store", "stock", "available"} | (own.keys() & {"price_minor", "currency"})
            yield replace(row, content=row.content | own, given=frozenset(given))
        if not anywhere:
            yield row

    def _by_size(self, row: ReadRow, cells: Cells) -> Iterator[ReadRow]:
        """The row once for each size that it counts; as it is, where it counts none."""
        content, anywhere = row.content, False
        told = ("group_key", "color") if row.made_key and "group_key" in self._layout.columns else ("sku",)
        code = "-".join(content[field] for field in told if content[field])
        for size, column in self._layout.sizes.items():
            counted = self._counted(cells.at(column))
            if counted is None:
                continue
            anywhere = True
            own = {"sku": f"{code}-{size}", "size": size, **counted}
            own["group_key"] = content["group_key"] or code
            yield replace(row, content=content | own, given=row.given | frozenset(own), made_key=False)
        if not anywhere:
            yield row

    def _counted(self, cell: str) -> dict[str, Any] | None:
        """Stock and available by the cell of a store or a size; None where that does not keep the product."""
        try:
            stock = values.read_stock(cell, decimal_comma=self._layout.decimal_comma)
        except ValueError:
            if fold(cell) not in NOT_KEPT:
                self._suspect("stock", "suspicious_stock_unread", value=cell[:80])
            return None
        if stock is None:
            return None
        return {"stock": stock.count, "available": None if stock.available is None else int(stock.available)}

    def _goes_on(self, row: Mapping[str, Any]) -> bool:
        """Whether a row is one more variant of the product above; else what was said above is forgotten."""
        if not self._layout.repeats_group:
            return False
        above = self._above
        if not row["name"] and row["group_key"] and above.get("name") and row["group_key"] == above["group_key"]:
            return True
        self._above, self._above_options = {}, {}
        return False

    def _name(self, cells: Cells) -> str | None:
        """The name, letter by letter; only the blanks around the names of a padded column are no part of it."""
        cell = cells.raw("name")
        if not cell:
            return None
        name = storable(values.unwrapped(cell))
        if not name.strip(" \t\r\n"):
            return None
        if name != (stripped := name.strip(" \t\r\n")):
            return stripped if self._layout.pads_names else name
        return name

    def _is_only_picture(self, cells: Cells) -> bool:
        """A further row of a web shop's product with nothing but one more picture of it."""
        told = ("sku", "price_minor", "stock", "barcode")
        return not any(cells.raw(field).strip() for field in told) and not any(
            cells.at(index).strip() for index in self._layout.option_names
        )

    def _name_references(self, row: dict[str, Any], given: set[str]) -> None:
        for field in ("brand", "category"):
            number = row[f"{field}_ref"]
            if number == "0":
                number = row[f"{field}_ref"] = None
            if number and not row[field] and field not in self._layout.columns:
                row[field] = self._name_of(field, number)
                if row[field]:
                    given.add(field)

    def _take_options(self, cells: Cells, row: dict[str, Any], attributes: dict[str, str], given: set[str]) -> None:
        """Option lists in a cell of their own, in 规格, or in any other column become colour, size and attributes."""
        options: dict[str, str] = values.read_options(cells.raw("options")) or {}
        if not options and (text := cells.text("options")):
            attributes[self._layout.header[self._layout.columns["options"]].strip()] = plain_list(text)
        if row["size"] and (parsed := values.read_options(row["size"])):
            row["size"] = None
            options |= parsed
        for name, text in list(attributes.items()):
            if text[:1] in "{[" and (parsed := values.read_options(text)):
                del attributes[name]
                options |= parsed
        for value_column, name_column in self._layout.option_names.items():
            name, value = cells.at(name_column).strip(), cells.at(value_column).strip()
            name = name or self._above_options.get(value_column, "")
            if name:
                self._above_options[value_column] = name
            if value and value != "Default Title":
                options[name or f"option {value_column}"] = value
        for name, value in options.items():
            field = self._options.get(headers.normal(name))
            if field and not row.get(field):
                row[field] = storable(value.strip())
                given.add(field)
            elif value.strip():
                attributes.setdefault(storable(name.strip()), storable(value.strip()))

    def _stock(self, cells: Cells, row: dict[str, Any], given: set[str]) -> None:
        """Sets stock and available from the two columns that may tell; `given` learns of both."""
        row["stock"], row["available"] = None, None
        columns = self._layout.columns
        for field in ("stock", "available"):
            if field not in columns:
                continue
            cell = cells.raw(field)
            if field == "stock" and cell.isdecimal() and cell.isascii() and len(cell) < 16:
                row["stock"] = int(cell)
                continue
            try:
                stock = values.read_stock(cell, decimal_comma=self._layout.decimal_comma)
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
        if "stock" in given or "available" in given:
            given |= {"stock", "available"}

    def _barcode(self, cells: Cells, row: Mapping[str, Any]) -> str | None:
        cell = cells.raw("barcode")
        if not cell:
            return None
        if cell.isdecimal() and cell.isascii():
            self._counts.codes += 1
            return cell
        code = values.read_code(cell)
        if code and values.looks_rounded(code):
            self._suspect("barcode", "suspicious_barcode_rounded", value=code)
            self._counts.damage("barcode")
            return None
        if code:
            self._counts.codes += 1
        return code and storable(code)

    def _prose(self, cells: Cells) -> str | None:
        if not self._layout.prose:
            if not cells.raw("description"):
                return None
            text = values.text_of_html(cells.raw("description"))
            nothing = not text or values.is_nothing(text) or values.is_only_links(text)
            return None if nothing else storable(text)
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
            text = row[field]
            if text and ("\ufffd" in text or _looks_mangled(text)):
                self._suspect(field, "suspicious_broken_character")
                if field == "name":
                    self._counts.damage("name")

    # -- the other kinds ------------------------------------------------------------

    def _policy(self, cells: Cells) -> ReadRow:
        attributes, cleared = cells.attributes()
        body = values.text_of_html(cells.raw("body"))
        if values.is_nothing(body):
            raise RejectedError("body", "row_without_body")
        title = cells.text("title") or _first_sentence(body)
        key = values.read_code(cells.raw("key"))
        row: dict[str, Any] = {
            "key": key or _made_key("", title),
            "title": title, "body": storable(body), "topic": cells.text("topic"),
            "language": _language_code(cells.text("language")) or _language_of(title + body), "attributes": attributes,
        }  # fmt: skip
        return ReadRow(cells.line, row, frozenset(row), cleared, made_key=not key)

    def _promotion(self, cells: Cells) -> ReadRow:
        attributes, cleared = cells.attributes()
        title = cells.text("title")
        code = None if self._numbers_promotions else values.read_code(cells.raw("code"))
        if product := cells.text("product"):
            product = self._name_of("product", product) or product
        if english := cells.text("name_en"):
            attributes["name_en"] = english
        currency = self._currency(cells)
        threshold, least_count = self._threshold(cells, currency)
        price = self._money(cells, "price_minor", currency)
        currency = (threshold or price or (0, currency))[1]
        least = threshold[0] if threshold else None
        cost = price[0] if price and price[0] else None
        count = _count_of(cells.raw("count")) or least_count
        discount = _without_zero(cells.text("discount"))
        share = promotions.share_of(discount)
        if share is not None and discount and re.fullmatch(r"\s*0?\.\d+\s*", discount):
            discount = promotions.percent(1 - share)
        if not title:
            said = promotions.titles(threshold=least, discount=discount, count=count, price=cost, currency=currency)
            if said is None and (not code or product):
                raise RejectedError("title", "row_without_promotion" if product or code else "row_without_name")
            of = f" · {product}" if product else ""
            title, english = (f"{text}{of}" for text in said) if said else (code or "", "")
            if english and english != title:
                attributes.setdefault("name_en", english)
        if count:
            attributes.setdefault("count", str(count))
        if cost:
            attributes.setdefault("price", format_minor(cost, currency))
        starts, ends = values.read_date(cells.raw("starts")), values.read_date(cells.raw("ends"))
        if starts and ends and values.is_date(starts) and values.is_date(ends) and ends < starts:
            self._suspect("ends", "suspicious_dates_reversed", value=f"{starts} – {ends}")
        row: dict[str, Any] = {
            "title": title, "threshold_minor": least, "discount": discount, "currency": currency,
            "type": promotions.type_of(
                cells.text("type"), title, threshold=least, discount=discount, count=count, price=cost
            ),
            "starts": starts, "ends": ends, "scope": cells.text("scope") or product,
            "body": storable(values.text_of_html(cells.raw("body"))) or None, "attributes": attributes,
        }  # fmt: skip
        made = not code or code == "0"
        row["code"] = (
            code if not made else _made_key("P-", f"{title}|{row['threshold_minor']}|{row['discount']}|{row['starts']}")
        )
        given = {*cells.given(), "code", "currency", "attributes", "title", "type"}
        return ReadRow(cells.line, row, frozenset(given | ({"scope"} if product else set())), cleared, made)

    def _order(self, cells: Cells) -> ReadRow:
        number = self._code(cells, "number")
        if not number:
            raise RejectedError("number", "row_without_number")
        if self._layout.returns:
            said = orders.return_of_row(cells)
            told = {"return": said} if said else {}
            row: dict[str, Any] = {
                "number": number,
                "currency": self._layout.currency,
                "lines": "[]",
                "attributes": told,
            }
            return ReadRow(cells.line, row, frozenset(("number", "attributes")))
        attributes, cleared = cells.attributes()
        currency = self._currency(cells)
        total = self._money(cells, "total_minor", currency)
        by_row = bool({"line_sku", "line_name"} & set(self._layout.columns))
        lines = orders.line_of_row(cells, currency) if by_row else orders.order_lines(cells.raw("lines"), currency)
        tracking = cells.raw("tracking")
        row = {
            "number": number, "status": cells.text("status"), "placed_at": values.read_date(cells.raw("placed_at")),
            "total_minor": total[0] if total else None, "currency": total[1] if total else currency,
            "carrier": cells.text("carrier"), "tracking": values.read_code(plain_list(tracking.strip())),
            "expected_at": values.read_date(cells.raw("expected_at")), "customer": cells.text("customer"),
            "lines": json.dumps(lines, ensure_ascii=False), "attributes": attributes,
        }  # fmt: skip
        given = {*cells.given(), "attributes"}
        given |= {"currency"} if total else set()
        given |= {"lines"} if by_row and lines else set()
        if by_row and "total_minor" not in self._layout.columns:
            attributes, cleared = {}, frozenset()  # what else the row tells is about its line
            row["attributes"] = attributes
        return ReadRow(cells.line, row, frozenset(given), cleared)

    def _store(self, cells: Cells) -> ReadRow:
        attributes, cleared = cells.attributes()
        name = cells.text("name")
        if not name:
            raise RejectedError("name", "row_without_name")
        row: dict[str, Any] = {field: cells.text(field) for field in ("name", "address", "phone", "hours")}
        if self._layout.opening:
            row["hours"] = joined_times({self._layout.header[i]: cells.at(i) for i in self._layout.opening})
        row |= {"code": values.read_code(cells.raw("code")) or name, "attributes": attributes}
        spread = {"hours"} if self._layout.opening else set()
        return ReadRow(cells.line, row, frozenset({*cells.given(), *spread, "code", "attributes"}), cleared)

    def _answer(self, cells: Cells) -> ReadRow:
        attributes, cleared = cells.attributes()
        question, answer = cells.text("question"), values.text_of_html(cells.raw("answer"))
        if not question:
            raise RejectedError("question", "row_without_question")
        if values.is_nothing(answer):
            raise RejectedError("answer", "row_without_answer")
        row: dict[str, Any] = {
            "question": question, "answer": storable(answer), "topic": cells.text("topic"),
            "language": _language_code(cells.text("language")) or _language_of(question),
            "source": cells.text("source"), "approved_by": cells.text("approved_by"),
            "approved_at": values.read_date(cells.raw("approved_at")), "attributes": attributes,
        }  # fmt: skip
        given = {*cells.given(), "question", "language", "attributes"}
        return ReadRow(cells.line, row, frozenset(given), cleared)

    def _barcode_row(self, cells: Cells) -> ReadRow:
        attributes, cleared = cells.attributes()
        sku, code = self._code(cells, "sku"), values.read_code(cells.raw("barcode"))
        if not code or not sku:
            raise RejectedError("barcode" if sku else "sku", "row_without_code")
        if values.looks_rounded(code):
            self._counts.damage("barcode")
            raise RejectedError("barcode", "row_code_rounded", value=code)
        self._counts.codes += 1
        row: dict[str, Any] = {
            "barcode": storable(code), "sku": storable(sku), "unit": cells.text("unit"),
            "quantity": _count_of(cells.raw("quantity")), "attributes": attributes,
        }  # fmt: skip
        return ReadRow(cells.line, row, frozenset({*cells.given(), "attributes"}), cleared)

    def _trait(self, cells: Cells) -> ReadRow:
        """One more thing about a product; a number where the attribute's name should be tells a clerk nothing."""
        product, attribute = self._code(cells, "product"), cells.text("attribute")
        value = attribute_text("", cells.raw("value"))
        if not product:
            raise RejectedError("product", "row_without_code")
        if not attribute or attribute.isdigit():
            raise RejectedError("attribute", "row_without_attribute")
        if not value:
            raise RejectedError("value", "row_without_value")
        return ReadRow(cells.line, {"product": product, "attribute": attribute, "value": value}, frozenset())

    def _term(self, cells: Cells) -> ReadRow:
        name = cells.text("name")
        key = values.read_code(cells.raw("key"))
        if not name or not key:
            raise RejectedError("name", "row_without_name")
        attributes, cleared = cells.attributes()
        row: dict[str, Any] = {
            "key": storable(key),
            "name": name,
            "parent": cells.text("parent"),
            "attributes": attributes,
        }
        return ReadRow(cells.line, row, frozenset({*cells.given(), "attributes"}), cleared)

    def _threshold(self, cells: Cells, currency: str) -> tuple[tuple[int, str] | None, int | None]:
        """From which amount or from how many pieces on a promotion holds: `满300元`, `ab 50,00 €`, `3 件`."""
        cell = cells.raw("threshold_minor")
        said = promotions.without_words(cell)
        if said is None:
            return None, None
        if match := promotions.PIECES.fullmatch(said):
            return None, int(match[1]) or None
        return self._amount(said, "threshold_minor", currency), None

    # -- parts of rows ----------------------------------------------------------------

    def _code(self, cells: Cells, field: str) -> str | None:
        """A code that names the row. One that a spreadsheet rounded names nothing any more."""
        cell = cells.raw(field)
        if not cell:
            return None
        code = values.read_code(cell)
        if code is None:
            return None
        if values.looks_rounded(code):
            self._counts.damage(field)
            raise RejectedError(field, "row_code_rounded", value=code)
        return storable(code)

    def _money(self, cells: Cells, field: str, currency: str) -> tuple[int, str] | None:
        """Minor units and their currency. An amount that is none, or below zero, rejects the row."""
        return self._amount(cells.raw(field), field, currency)

    def _amount(self, cell: str, field: str, currency: str) -> tuple[int, str] | None:
        if not cell:
            return None
        if (match := _PLAIN_AMOUNT.fullmatch(cell)) and field not in self._layout.cents and decimals_of(currency) == 2:
            whole, part = match.groups()
            return int(whole) * 100 + (int(part.ljust(2, "0")) if part else 0), currency
        try:
            money = values.read_money(cell, decimal_comma=self._layout.decimal_comma)
        except ValueError:
            raise RejectedError(_public(field), "row_amount_unread", value=cell[:80]) from None
        if money is None:
            return None
        said = money.currency
        # ¥ is also the yen's sign, $ that of many dollars: a column that names the currency knows better.
        if said is None or ("currency" in self._layout.columns and self._cells.text("currency")):
            said = currency
        if said == "CNY" and currency == "JPY":
            said = currency
        minor = int(money.amount) if field in self._layout.cents else values.to_minor(money.amount, said)
        if minor < 0:
            raise RejectedError(_public(field), "row_amount_negative", value=cell[:80])
        if minor >= 2**53:
            raise RejectedError(_public(field), "row_amount_unread", value=cell[:80])
        return minor, said

    def _currency(self, cells: Cells) -> str:
        if "currency" not in self._layout.columns:
            return self._layout.currency
        cell = cells.raw("currency")
        if cell in CURRENCY_SIGNS:
            return cell
        said = (cells.text("currency") or "").upper()
        if re.fullmatch(r"[A-Z]{3}", said):
            return {"RMB": "CNY"}.get(said, said)
        for sign, code in values.SIGNS:
            if said and fold(said) == sign:
                return code
        return self._layout.currency

    def _check_width(self, cells: list[str], width: int) -> None:
        """More cells than columns: a separator inside a text without quotation marks has shifted the row."""
        if len(cells) > width and any(cell.strip() for cell in cells[width:]):
            raise RejectedError("", "row_too_many_cells", count=str(len(cells)), columns=str(width))
        if any(index >= len(cells) for index in self._layout.columns.values()):
            self._suspect("", "suspicious_row_short", count=str(len(cells)), columns=str(width))

    def _suspect(self, field: str, code: str, **params: str) -> None:
        self._counts.suspect(Remark(self._cells.line, field, code, params, self._part))


_PRODUCT_TEXTS = (
    "store", "group_key", "brand", "category", "unit", "color", "size", "location", "image", "ref", "brand_ref",
    "category_ref",
)  # fmt: skip
_SHARED = ("brand", "category", "unit", "location", "image", "store")
_READERS: Mapping[str, Callable[[RowReader, Cells], ReadRow | None]] = {
    "product": RowReader._product,
    "policy": RowReader._policy,
    "promotion": RowReader._promotion,
    "order": RowReader._order,
    "store": RowReader._store,
    "answer": RowReader._answer,
    "barcode": RowReader._barcode_row,
    "trait": RowReader._trait,
    "term": RowReader._term,
}


def _has_list(size: str | None, attributes: Mapping[str, str]) -> bool:
    """Whether a size or an attribute may hold several options: `{"color": "red"}`, `颜色：黑；尺码：L`."""
    if size and (":" in size or "：" in size or "=" in size or size[0] in "{["):
        return True
    return any(text[:1] in "{[" for text in attributes.values())


# What stands in the last row of a report, before the sums.
_TOTALS = frozenset(
    ["合计", "总计", "小计", "合計", "總計", "総計", "小計", "total", "totals", "grand total", "summe", "gesamt"]
)

# What text becomes that was decoded with the wrong table and saved so: �, read again as GBK, and UTF-8 read as Latin.
_MANGLED = re.compile(r"锟斤拷|烫烫烫|屯屯屯|[ÃÂ][\x80-\xbf]|â€[\x99œ\x9d“”]|\?{4,}")


def _looks_mangled(text: str) -> bool:
    return bool(_MANGLED.search(text)) if not text.isascii() else len(text) > 2 and not text.strip("? ")


def _count_of(cell: str) -> int | None:
    try:
        stock = values.read_stock(cell)
    except ValueError:
        return None
    return stock.count or None if stock is not None else None


def _without_zero(text: str | None) -> str | None:
    return None if text is None or re.fullmatch(r"0+(?:[.,]0+)?", text) else text


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


def key_with_attributes(row: Mapping[str, Any]) -> str:
    """A made code for a row that shares name, colour and size with another and differs in its attributes."""
    text = "|".join(fold(row[field] or "") for field in ("name", "color", "size"))
    return _made_key("N-", text + json.dumps(row["attributes"], sort_keys=True, ensure_ascii=False))


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
