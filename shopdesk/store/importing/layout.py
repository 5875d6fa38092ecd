"""What a file is and which column is which: guessed from its headers and values, corrected by the user."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from shopdesk.core.errors import ImportFault
from shopdesk.core.text import fold, is_han
from shopdesk.store.importing import columns as by_values
from shopdesk.store.importing import evidence, headers, loose, spread, values

# Names as the command line and the report say them; the columns keep money in minor units.
_PUBLIC = {
    "price_minor": "price", "list_price_minor": "list_price", "group_key": "group",
    "threshold_minor": "threshold", "total_minor": "total", "line_price_minor": "line_price",
}  # fmt: skip
_INNER = {public: inner for inner, public in _PUBLIC.items()}

_REQUIRED: Mapping[str, tuple[str, ...]] = {
    "product": ("name", "sku"), "policy": ("body",), "promotion": ("title", "code", "product"), "order": ("number",),
    "store": ("name",), "answer": ("question",), "barcode": ("barcode",), "trait": ("product",), "term": ("name",),
}  # fmt: skip
_ALSO_REQUIRED: Mapping[str, tuple[str, ...]] = {
    "answer": ("answer",), "barcode": ("sku",), "trait": ("value",), "term": ("key",),
}  # fmt: skip
_TELLING: Mapping[str, tuple[str, ...]] = {
    "product": ("price_minor", "stock", "sku", "barcode", "brand", "list_price_minor", "available", "color", "size"),
    "policy": ("body",),
    "promotion": ("threshold_minor", "discount", "starts", "ends", "count"),
    "order": ("status", "tracking", "placed_at", "lines", "customer", "carrier", "line_quantity", "total_minor"),
    "store": ("address", "phone", "hours"),
    "answer": ("question", "answer"),
    "barcode": ("barcode", "sku"),
    "trait": ("attribute", "value", "product"),
    "term": ("key", "parent"),
}
_IN_FILE_NAME: Mapping[str, str] = {
    "product": r"product|goods|catalog|sku|商品|货品|库存|产品|artikel|produkt|在庫|stock|inventory|书|book",
    "policy": r"polic|政策|规定|知识|条款|richtlinie|規約|rules|terms",
    "promotion": r"promo|coupon|offer|discount|促销|优惠|活动|aktion|rabatt|gutschein|クーポン|reduct|ladder|campaign",
    "order": r"order|订单|bestellung|auftr|注文|訂單|return",
    "store": r"store|shop|branch|门店|店铺|filial|店舗|門市",
    "answer": r"answer|faq|q&a|qa|问答|答案|antwort|話術|话术",
    "barcode": r"barcode|条码|條碼|ean|gtin|strichcode|バーコード",
    "trait": r"attribute|属性|spec|param",
    "term": r"brand|categor|reason|品牌|分类|类目|原因|kategorie|marke|hersteller|カテゴリ",
}  # fmt: skip
_HEADER_WITHIN = 15  # lines of titles and dates that a report may have above its header


@dataclass(frozen=True, slots=True)
class Layout:
    """`columns`: field → column index; `attributes`: index → name; `prose`: further descriptions.

    `header` are the columns' names (made up where the file has none: `column 1`), `header_line` is the line they
    stand in, None for none; `signature` knows a layout of the same columns again.
    `option_names` is the column of an option's value → that of its name; `cents` are the
    money fields that count minor units; `currency` holds where a row does not say.
    `returns`: rows are returns of orders, which tell nothing else about them. `repeats_group`: rows without a
    name go on with the product above. `pads_names`: blanks around names are no part of them. `stores`: store → field →
    column, where one row tells of several stores; `sizes`: size → column, where one row counts several sizes.
    `opening`: the columns among which a store's hours are spread.
    `coded_by_barcode`: goods have no other code than their barcode.
    `sure_of_currency` is False where nothing in the table tells it. `dated_price` is the column of a price that holds
    for some days only, "" for none.
    """

    kind: str
    header: tuple[str, ...]
    header_line: int | None
    columns: Mapping[str, int]
    attributes: Mapping[int, str]
    prose: tuple[int, ...]
    option_names: Mapping[int, int]
    deleted: int | None
    cents: frozenset[str]
    decimal_comma: bool
    currency: str
    signature: str
    remembered: bool = False
    returns: bool = False
    repeats_group: bool = False
    pads_names: bool = False
    stores: Mapping[str, Mapping[str, int]] = dataclasses.field(default_factory=dict)
    sizes: Mapping[str, int] = dataclasses.field(default_factory=dict)
    sure_of_currency: bool = True
    dated_price: str = ""
    coded_by_barcode: bool = False
    opening: tuple[int, ...] = ()

    def kept(self) -> tuple[str, ...]:
        """The names of the columns that are kept without a field of their own."""
        return tuple(dict.fromkeys([*self.attributes.values(), *(self.header[index] for index in self.opening)]))

    def mapping(self) -> dict[str, str]:
        """Field → header, as the report and `--map` name them."""
        return {public(field): self.header[index] for field, index in self.columns.items()}


def public(field: str) -> str:
    return _PUBLIC.get(field, field)


def fields_of(kind: str) -> tuple[str, ...]:
    """The fields that a mapping may name, of a kind in the singular."""
    return tuple(public(field) for field in headers.FIELDS[kind])


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user, or a remembered layout, says; None where it is to be guessed. `mapping`: field → header."""

    kind: str | None = None
    mapping: Mapping[str, str] | None = None
    currency: str | None = None
    header: bool | None = None
    remembered: bool = False


def find_header(
    lines: Sequence[tuple[int, list[str]]], wanted: bool | None, mapping: Mapping[str, str]
) -> tuple[int | None, list[str]]:
    """The line that holds the header, and the names of the columns: those of the header, or `column 1`, `column 2`…"""
    rows = [cells for _, cells in lines]
    place: int | None = 0
    if wanted is None:
        named = set(mapping.values()) - {""}
        known = [_known_names(row, named) for row in rows[:_HEADER_WITHIN]]
        best = max(known)
        if best >= 2:
            place = known.index(best)
            while place + 1 < len(known) and _is_header_too(rows[place + 1], known[place + 1]):
                place += 1
        elif best == 0 and by_values.looks_like_data(rows[0], rows[1:201]):
            place = None
    elif wanted is False:
        place = None
    if place is None:
        width = max(len(row) for row in rows[:200])
        return None, [f"column {number}" for number in range(1, width + 1)]
    titles = [cell.replace("\ufeff", "").strip() for cell in rows[place]]
    return lines[place][0], titles


def _is_header_too(row: Sequence[str], known: int) -> bool:
    """Whether a row below a header names the columns once more, in another language."""
    return known >= 3 and known >= 0.6 * sum(bool(cell.strip()) for cell in row)


def _known_names(row: Sequence[str], named: set[str]) -> int:
    """How many cells are names of columns, by the kind that knows most of them."""
    cells = [cell.replace("\ufeff", "").strip() for cell in row]
    by_user = sum(cell in named for cell in cells)
    names = {headers.normal(cell) for cell in cells if cell and len(cell) <= 60}
    most = max(sum(any(name in known for known in fields.values()) for name in names) for fields in _KNOWN)
    return max(by_user * 2, most)


_KNOWN = tuple(headers.FIELDS.values())


def signature_of(format: str, titles: Sequence[str], rows: Sequence[Sequence[str]], made_up: bool) -> str:
    """What files of one layout share: the names of their columns, or what the values tell where there are none."""
    told = sorted(by_values.product_columns(rows).items()) if made_up else list(titles)
    text = "\x1f".join([format, str(len(titles)), *map(str, told)])
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def guess_layout(
    file_name: str,
    titles: Sequence[str],
    header_line: int | None,
    sample: Sequence[Sequence[str]],
    wishes: Wishes,
    *,
    signature: str,
    default_currency: str | None,
    shop_currency: str | None = None,
    encoding: str = "",
) -> Layout:
    """The layout of a table from its columns' names and first rows.

    `default_currency` is the user's, `shop_currency` that of the products stored; `encoding` tells a country.
    Raises ImportFault where no name or text can be found, or what the user names does not exist.
    """
    header, mapping = titles, wishes.mapping or {}
    kind = wishes.kind or guess_kind(file_name, header, mapping, sample, made_up=header_line is None)
    columns = {} if header_line is None else _assign(kind, header)
    if header_line is not None:
        if kind == "product":
            _drop_what_repeats(columns, header, sample)
        if kind == "product":
            _name_by_description(columns, header, sample)
        loose.fill(kind, columns, header, sample)
        evidence.fill(kind, columns, header, sample)
    named = bool(columns or mapping)
    if kind == "product":
        _fill_by_values(columns, sample, header_line is None)
    _obey(columns, kind, header, mapping)
    repeats_group, dated_price = False, ""
    stores: Mapping[str, Mapping[str, int]] = {}
    sizes: Mapping[str, int] = {}
    if kind == "product":
        _settle_product(columns, header, sample)
        if not {"price", "list_price"} & set(mapping):
            dated_price = _settle_special_price(columns, header)
        repeats_group = _repeats_group(columns, header, sample)
        if header_line is not None and not {"store", "stock"} & set(mapping):
            stores = _settle_stores(columns, header, sample)
            sizes = {} if stores else _settle_sizes(columns, header, sample)
    opening: tuple[int, ...] = ()
    if kind == "store" and not mapping.get("hours"):
        opening = evidence.opening_times(header, sample)
        columns = {field: index for field, index in columns.items() if index not in opening}
    if kind == "promotion" and {"threshold_minor", "title", "count"} <= set(columns) and "count" not in mapping:
        _drop(columns, "count", header, {"count"})  # how many coupons there are
    returns = kind == "order" and any(headers.normal(title) in headers.RETURNS for title in header)
    if kind == "order":
        _settle_order(columns, header, returns)
    if not _is_possible(kind, columns) or (
        kind == "product" and not named and wishes.header is None and not _tells_more(columns)
    ):
        raise ImportFault(_NO_COLUMN.get(kind, "import_no_columns"), kind=kind, columns=", ".join(header[:20]))
    taken = {
        *columns.values(),
        *(index for fields in stores.values() for index in fields.values()),
        *sizes.values(),
        *opening,
    }
    rest = [index for index in range(len(header)) if index not in taken]
    # Who deletes an order deletes it from a list; that it was placed stays true.
    deleted = (
        None
        if kind == "order"
        else next((index for index in rest if headers.normal(header[index]) in headers.DELETED), None)
    )
    option_names = _option_pairs(header) if kind == "product" else {}
    paired = {*option_names, *option_names.values()}
    prose = tuple(
        index
        for index in rest
        if kind == "product" and "description" in columns and headers.normal(header[index]) in headers.PROSE
    )
    attributes = {
        index: _attribute_name(kind, header[index])
        for index in rest
        if index not in prose
        and index not in paired
        and header[index].strip()
        and not _is_junk(header, index, columns, sample)
    }
    money = [field for field in columns if field.endswith("_minor")]
    amounts = [row[columns[field]] for field in money for row in sample if columns[field] < len(row)]
    currency, sure = _currency_of(header, amounts, sample, columns, default_currency, encoding)
    if wishes.currency or (shop_currency and not sure):
        currency, sure = wishes.currency or shop_currency or currency, True
    return Layout(
        kind=kind,
        header=tuple(header),
        header_line=header_line,
        columns=columns,
        attributes=attributes,
        prose=prose,
        option_names=option_names,
        deleted=deleted,
        cents=frozenset(field for field in money if headers.cents_in(header[columns[field]])),
        decimal_comma=_mostly_decimal_comma(amounts),
        currency=currency,
        signature=signature,
        remembered=wishes.remembered,
        returns=returns,
        repeats_group=repeats_group,
        pads_names="name" in columns and _mostly_padded(columns["name"], sample),
        stores=stores,
        sizes=sizes,
        sure_of_currency=sure,
        dated_price=dated_price,
        opening=opening,
        coded_by_barcode=kind == "product" and _coded_by_barcode(columns, header, sample),
    )


def _coded_by_barcode(columns: Mapping[str, int], header: Sequence[str], sample: Sequence[Sequence[str]]) -> bool:
    """Whether the barcodes are all the codes there are, or the user says that they are the codes."""
    sku, barcode = columns.get("sku"), columns.get("barcode")
    if sku is not None:
        return barcode is None and headers.normal(header[sku]) in headers.PRODUCT["barcode"]
    return barcode is not None and by_values.numbers_each([row[barcode] for row in sample if barcode < len(row)])


_NO_COLUMN: Mapping[str, str] = {
    kind: f"import_no_column_{kind}" for kind in ("product", "policy", "promotion", "order")
}  # fmt: skip


def _is_possible(kind: str, columns: Mapping[str, int]) -> bool:
    if kind == "product" and "name" not in columns and not _tells_more(columns):
        return False  # numbers of nothing
    return any(field in columns for field in _REQUIRED[kind]) and all(
        field in columns for field in _ALSO_REQUIRED.get(kind, ())
    )


def _tells_more(columns: Mapping[str, int]) -> bool:
    """Whether there is anything about a product beside what it is called and what sort of thing it is."""
    return bool(_SAID_OF_PRODUCTS & set(columns))


_SAID_OF_PRODUCTS = frozenset(
    (
        "price_minor",
        "list_price_minor",
        "stock",
        "available",
        "barcode",
        "location",
        "color",
        "size",
        "unit",
        "brand",
        "image",
    )
)


def guess_kind(
    file_name: str,
    header: Sequence[str],
    mapping: Mapping[str, str],
    sample: Sequence[Sequence[str]] = (),
    *,
    made_up: bool = False,
) -> str:
    """The kind whose telling columns are there; the file's name decides between near equals."""
    if made_up and not mapping:
        return "product"
    told = evidence.kind_told(sample)
    scores = {kind: _score(kind, file_name, header, mapping, sample if kind == told else ()) for kind in headers.FIELDS}
    best = max(scores, key=lambda kind: scores[kind])
    if scores[best] < 1.0 and by_values.product_columns(sample).get("name") is not None:
        return "product"
    return best


def _score(
    kind: str, file_name: str, header: Sequence[str], mapping: Mapping[str, str], telling: Sequence[Sequence[str]]
) -> float:
    """How much speaks for a kind; `telling` are the rows where these speak of it."""
    columns = _assign(kind, header)
    if telling:
        evidence.fill(kind, columns, header, telling)
    names = {_INNER.get(name, name) for name in mapping}
    columns.update(dict.fromkeys(names & set(headers.FIELDS[kind]), -1))
    if not _is_possible(kind, columns):
        return -1.0
    titles = {headers.normal(title) for title in header}
    if kind == "promotion" and not names and not {"title", "product"} & set(columns):
        _drop(columns, "code", header, _BARE_NUMBERS)
        if "code" not in columns:
            return -1.0  # numbers of nothing
    score = sum(1.0 for field in _TELLING[kind] if field in columns) + (_TOLD if telling else 0.0)
    if re.search(_IN_FILE_NAME[kind], file_name, re.IGNORECASE):
        score += 1.5
    selling = _assign("product", header)
    sold = sum(field in selling for field in ("price_minor", "stock", "barcode", "list_price_minor"))
    if kind == "product":
        if "sku" in selling and headers.normal(header[selling["sku"]]) in _BARE_NUMBERS:
            score -= 1.0
        if "name" in columns and not names and not sold and len(columns) <= 5:
            score -= 1.0
    elif kind == "policy":
        score = (2.5 if "body" in columns and "title" in columns else score - 1.0) + (score - 1.0) * 0.5
        dated = _assign("promotion", header)
        score -= 2.0 * sold + 2.0 * ("sku" in selling and selling["sku"] != columns.get("key"))
        score -= 2.0 * sum(field in dated for field in ("starts", "threshold_minor"))
        score -= 2.0 * any(title in titles for title in ("picurl", "sortorder", "pid", "parentid"))
    elif kind == "promotion":
        told = [field for field in ("threshold_minor", "discount", "starts", "ends", "count") if field in columns]
        priced = {"product", "price_minor"} <= set(columns) and headers.normal(
            header[columns["price_minor"]]
        ) != "price"
        score += 0.5 if told or priced else -2.0
        score -= 1.5 * ("stock" in selling) + 1.0 * ("barcode" in selling)
        score += 1.5 * any(title.startswith(("flash", "promo", "coupon", "活动", "秒杀")) for title in titles)
    elif kind == "order":
        strong = headers.normal(header[columns["number"]]) in _ORDER_NUMBERS if columns["number"] >= 0 else True
        score += 3.0 if strong else -3.0
        score -= 1.0 * ("stock" in selling and "line_quantity" not in columns)
    elif kind == "store":
        score += 0.5 - 2.0 * sold - 2.0 * ("number" in _assign("order", header) and "status" in titles)
        score -= 3.0 if not any(field in columns for field in ("address", "phone", "hours")) else 0.0
    elif kind == "answer":
        score += 2.0 - 2.0 * sold
        signed = {"approved_by", "approved_at", "source"} & set(columns)
        if re.search(_IN_FILE_NAME["policy"], file_name, re.IGNORECASE) and not signed:
            score -= 2.0  # rules put as questions, as their file's name says
    elif kind == "barcode":
        score += 0.6 if len(header) <= 5 and "name" not in selling and sold == 1 else -3.0
    elif kind == "trait":
        score += 0.5 if len(header) <= 9 and not sold and "name" not in columns else -3.0
        score -= 1.0 if "attribute" not in columns else 0.0
    elif kind == "term":
        score += 0.5 - 2.0 * sold - 1.0 * ("body" in _assign("policy", header) and "topic" in columns)
    return score


_TOLD = 3.0
"""What it counts for that the values speak of a kind, where a telling column's name counts 1."""
_BARE_NUMBERS = frozenset(("id", "code", "编号", "代码", "nummer"))
_ORDER_NUMBERS = frozenset(headers.ORDER["number"]) - {"name", "id", "number", "order", "ref", "reference", "ticket"}


def _assign(kind: str, header: Sequence[str]) -> dict[str, int]:
    """Each field takes the best-named column that no field with a better claim has taken."""
    claims: list[tuple[float, int, int, str]] = []
    for order, (field, names) in enumerate(headers.FIELDS[kind].items()):
        if field == "ref":
            continue  # the number of a product is its code where it has no other; see _settle_product
        for index, title in enumerate(header):
            if (name := headers.normal(title)) in names:
                rank = names.index(name) + (0.5 if field == "price_minor" and headers.without_tax(title) else 0.0)
                claims.append((rank, order, index, field))
    columns: dict[str, int] = {}
    for _, _, index, field in sorted(claims):
        if field not in columns and index not in columns.values():
            columns[field] = index
    return columns


def _drop(columns: dict[str, int], field: str, header: Sequence[str], names: Set[str]) -> None:
    """Take a guess away where the column has one of these names."""
    if field in columns and headers.normal(header[columns[field]]) in names:
        del columns[field]


def _drop_what_repeats(columns: dict[str, int], header: Sequence[str], sample: Sequence[Sequence[str]]) -> None:
    """Take back a code that has no figures and repeats, where the first column numbers the rows: a `Material` that is
    leather."""
    place = columns.get("sku")
    if not place or 0 in columns.values():
        return
    cells = [row[place] for row in sample if place < len(row) and row[place].strip()]
    repeats = len(set(cells)) < len(cells) and not by_values.numbered(cells)
    if repeats and by_values.numbers_each([row[0] for row in sample if row]):
        del columns["sku"]


def _name_by_description(columns: dict[str, int], header: Sequence[str], sample: Sequence[Sequence[str]]) -> None:
    """Tills call a product's name its description; it is one where nothing else is and it is no prose."""
    place = columns.get("description")
    if place is None or {"name", "name_en", "name_zh"} & set(columns) or re.search(_NO_NAMES, fold(header[place])):
        return
    cells = [row[place].strip() for row in sample if place < len(row) and row[place].strip()]
    if not cells or len(cells) < _NEARLY_EACH * len(sample) or _names_stand_elsewhere(columns, sample, len(set(cells))):
        return
    if sum(map(len, cells)) <= _LONGEST_NAME * len(cells):
        columns["name"] = columns.pop("description")


def _names_stand_elsewhere(columns: Mapping[str, int], sample: Sequence[Sequence[str]], many: int) -> bool:
    """Whether the column right of the code, which no name of a column claims, says in words of every row more things
    than the `many` of the description: a `Thing` beside a `Tag`."""
    first = 0 if by_values.numbers_each([row[0] for row in sample if row]) else None
    code = columns.get("sku", first)
    if code is None or code + 1 in columns.values():
        return False
    beside = code + 1
    cells = [row[beside].strip() for row in sample if beside < len(row) and row[beside].strip()]
    each = len(cells) == len(sample) and by_values.may_be("name", cells) and not by_values.numbered(cells)
    return each and len(set(cells)) > many


_LONGEST_NAME = 40  # characters, on average
_NEARLY_EACH = 0.9
_NO_NAMES = r"卖点|备注|備註|備考|副标题|sub ?title|bemerkung"


def _fill_by_values(columns: dict[str, int], sample: Sequence[Sequence[str]], all_of_them: bool) -> None:
    """What the names leave open the values may tell: all where there are no names, else what a product cannot lack."""
    found = by_values.product_columns(sample, frozenset(columns.values()))
    needed = set(found) if all_of_them or not columns else {"barcode"}
    if "name" not in columns and not {"sku", "group_key"} & set(columns):
        needed |= {"name", "sku", "price_minor", "stock"}
    for field in found:
        if field in needed and field not in columns:
            columns[field] = found[field]


def _obey(columns: dict[str, int], kind: str, header: Sequence[str], mapping: Mapping[str, str]) -> None:
    """The user's word: FIELD → a header, or the column's number from 1; nothing takes the guess away."""
    for name, wanted in mapping.items():
        field = _INNER.get(name, name)
        if field not in headers.FIELDS[kind]:
            raise ImportFault(
                "import_field_unknown",
                field=name,
                fields=", ".join(sorted(_PUBLIC.get(f, f) for f in headers.FIELDS[kind])),
            )
        if not wanted:
            columns.pop(field, None)
            continue
        exact = [
            index
            for index, title in enumerate(header)
            if title == wanted or headers.normal(title) == headers.normal(wanted)
        ]
        if not exact and wanted.isdigit() and 1 <= int(wanted) <= len(header):
            exact = [int(wanted) - 1]
        if not exact:
            raise ImportFault("import_column_unknown", column=wanted, columns=", ".join(header[:40]))
        for other in [other for other, index in columns.items() if index == exact[0]]:
            del columns[other]
        columns[field] = exact[0]


def _settle_special_price(columns: dict[str, int], header: Sequence[str]) -> str:
    """A special price beside the usual one is what is asked; the column of one that holds for some days only, or "".

    That one is left aside: nobody would take it away when its days are over.
    """
    price = columns.get("price_minor")
    free = [index for index in range(len(header)) if index not in columns.values()]
    special = next((index for index in free if headers.normal(header[index]) in headers.SPECIAL_PRICE), None)
    if price is None or special is None or headers.normal(header[price]) in headers.SPECIAL_PRICE:
        return ""
    if any(_OFFER_DAYS.search(title) for title in header):
        return header[special]
    if "list_price_minor" not in columns:
        columns["price_minor"], columns["list_price_minor"] = special, price
    return ""


_OFFER_DAYS = re.compile(
    r"(?:special|sale|promo|offer|discount|特价|促销|活动|优惠|折扣|秒杀|特價|促銷|活動|優惠|セール|特価|angebot|sonder|aktion|할인|특가)"
    r".*(?:from|\bto\b|_to|start|end|begin|until|date|开始|结束|起|止|期|時間|时间|日|von|bis|ab\b|시작|종료)",
    re.IGNORECASE,
)


def _settle_product(columns: dict[str, int], header: Sequence[str], sample: Sequence[Sequence[str]]) -> None:
    """What names alone do not tell: an id that repeats is a group, an availability column may hold words or counts."""
    _settle_counts(columns, sample)
    sku = columns.get("sku")
    if sku is not None and headers.normal(header[sku]) in ("productid", "goodsid", "款号"):
        cells = [row[sku].strip() for row in sample if sku < len(row)]
        if len(set(cells)) < len(cells) and "group_key" not in columns:
            columns["group_key"] = columns.pop("sku")
    group = columns.get("group_key")
    if sku is None and group is not None:
        cells = [row[group].strip() for row in sample if group < len(row)]
        if len(set(cells)) == len(cells):
            columns["sku"] = columns.pop("group_key")
    if "category" not in columns and _gathers_products(columns, header, sample):
        columns["category"] = columns.pop("group_key")
    if "ref" not in columns and "sku" in columns:
        free = [index for index in range(len(header)) if index not in columns.values()]
        ids = [index for index in free if headers.normal(header[index]) in ("id", "goodsid", "productid", "商品id")]
        columns.update({"ref": ids[0]} if ids else {})
    if "location" in columns and "store" not in columns and _keeps_apart(columns, "location", sample):
        columns["store"] = columns.pop("location")  # one row for each place that has it
    if "available" in columns and _counts_what_is_free(columns, header, sample):
        columns["stock"] = columns.pop("available")
    if "category" in columns and _parts_variants(columns, header, sample):
        del columns["category"]
    if "name" not in columns and "name_en" in columns:
        columns["name"] = columns.pop("name_en")
    if "name" not in columns and "name_zh" in columns:
        columns["name"] = columns.pop("name_zh")


def _settle_counts(columns: dict[str, int], sample: Sequence[Sequence[str]]) -> None:
    """A column of a store's name that holds counts is its stock: 仓库 beside 样机."""
    place = columns.get("store")
    if place is None or "stock" in columns:
        return
    cells = [row[place] for row in sample if place < len(row)]
    if by_values.may_be("stock", cells) and len(set(cells)) > 2:
        columns["stock"] = columns.pop("store")


def _gathers_products(columns: Mapping[str, int], header: Sequence[str], sample: Sequence[Sequence[str]]) -> bool:
    """Whether what is called a group holds products of different names, and so is a sort of goods."""
    group, name = columns.get("group_key"), columns.get("name")
    if group is None or name is None or headers.normal(header[group]) != "group":
        return False
    rows = [(row[group], row[name]) for row in sample if max(group, name) < len(row)]
    return len(set(rows)) > len({named for named, _ in rows})


def _keeps_apart(columns: Mapping[str, int], field: str, sample: Sequence[Sequence[str]]) -> bool:
    """Whether codes come more than once and a column tells their rows apart."""
    sku, other = columns.get("sku"), columns[field]
    if sku is None:
        return False
    rows = [row for row in sample if max(sku, other) < len(row) and row[sku].strip()]
    codes = {row[sku].strip() for row in rows}
    return len(codes) < len(rows) == len({(row[sku].strip(), row[other].strip()) for row in rows})


def _counts_what_is_free(columns: Mapping[str, int], header: Sequence[str], sample: Sequence[Sequence[str]]) -> bool:
    """Whether what a column calls available is a count: what may still be sold of what is on hand."""
    cells = [row[columns["available"]] for row in sample if columns["available"] < len(row)]
    counted = by_values.may_be("stock", cells) and any(
        re.fullmatch(r"\s*-?(?:[2-9]|\d{2,})\s*", cell) for cell in cells
    )
    stock = columns.get("stock")
    return counted and (stock is None or headers.normal(header[stock]) in _ON_HAND)


_ON_HAND = frozenset(("onhand", "quantityonhand", "qtyonhand", "stockonhand", "soh"))


def _settle_stores(
    columns: dict[str, int], header: Sequence[str], sample: Sequence[Sequence[str]]
) -> Mapping[str, Mapping[str, int]]:
    """The columns of single stores, where there are several; of a single one they are the shop's own."""
    if "store" in columns:
        return {}
    stores = spread.columns_of_stores(header, sample, columns)
    spent = {index for fields in stores.values() for index in fields.values()}
    for field in [
        field for field, index in columns.items() if index in spent and (len(stores) > 1 or field == "available")
    ]:
        del columns[field]
    if len(stores) > 1:
        columns.pop("stock", None)
        return stores
    for fields in stores.values():
        for field, index in fields.items():
            columns.setdefault(field, index)
    return {}


def _settle_sizes(columns: dict[str, int], header: Sequence[str], sample: Sequence[Sequence[str]]) -> Mapping[str, int]:
    """The columns of single sizes; what is counted beside them is their sum."""
    if "size" in columns or not {"name", "sku", "group_key"} & set(columns):
        return {}
    sizes = spread.columns_of_sizes(header, sample)
    if sizes:
        for field in [field for field, index in columns.items() if field == "stock" or index in sizes.values()]:
            del columns[field]
        if "color" in columns and "group_key" not in columns and _keeps_apart(columns, "color", sample):
            columns["group_key"] = columns.pop("sku")
    return sizes


def _repeats_group(columns: Mapping[str, int], header: Sequence[str], sample: Sequence[Sequence[str]]) -> bool:
    """Whether rows without a name go on with the product above, as web shops export their variants."""
    group, name = columns.get("group_key"), columns.get("name")
    if group is None or name is None:
        return False
    above = ""
    for row in sample:
        if max(group, name) < len(row):
            if not row[name].strip() and row[group].strip() and row[group] == above:
                return True
            above = row[group]
    return headers.normal(header[group]) == "handle"


def _mostly_padded(index: int, sample: Sequence[Sequence[str]]) -> bool:
    """Whether blanks around the cells of a column come from how the file is set, not from what it says."""
    cells = [row[index] for row in sample if index < len(row) and row[index].strip()]
    return 2 * sum(cell != cell.strip() for cell in cells) > len(cells)


def _settle_order(columns: dict[str, int], header: Sequence[str], returns: bool) -> None:
    """A file with a row for each line has more about it than a name; returns tell only of themselves."""
    lines = [field for field in headers.ORDER_LINE if field in columns]
    if returns:
        for field in [field for field in columns if field != "number"]:
            del columns[field]
    elif "lines" in columns or not {"line_sku", "line_name"} & set(lines) or len(lines) < 2:
        for field in lines:
            freed = columns.pop(field)
            if headers.normal(header[freed]) == "name":
                columns.setdefault("customer", freed)


def _parts_variants(columns: Mapping[str, int], header: Sequence[str], sample: Sequence[Sequence[str]]) -> bool:
    """Whether a column called `type` tells variants of one product apart, and so is no category."""
    index, group = columns["category"], columns.get("group_key", columns.get("name"))
    if headers.normal(header[index]) not in ("type", "种类") or group is None:
        return False
    kinds: dict[str, set[str]] = {}
    for row in sample:
        if max(index, group) < len(row):
            kinds.setdefault(row[group], set()).add(row[index])
    return any(len(of_group) > 1 for of_group in kinds.values())


_OPTION = re.compile(
    r"(?:variant|variante)?(?:option|attribute|variation|property|attribut|属性|规格|規格|オプション|項目)"
    r"(?P<number>\d|one|two|three|four|five)?(?P<part>names?|types?|名称|名|values?|值|値|wert)(?P<after>\d)?"
)
_DIGITS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5"}


def _option_pairs(header: Sequence[str]) -> dict[int, int]:
    """Column of an option's value → column of its name (`Option1 Name`, `Option1 Value`; `attribute_two_value`…)."""
    names: dict[str, int] = {}
    types: dict[str, int] = {}
    found: dict[str, int] = {}
    for index, title in enumerate(header):
        if match := _OPTION.fullmatch(headers.normal(title)):
            number = match["number"] or match["after"]
            if number is None:
                continue
            part = match["part"].rstrip("s")
            place = types if part == "type" else found if part in ("value", "值", "値", "wert") else names
            place.setdefault(_DIGITS.get(number, number), index)
    names = {**types, **names}
    return {index: names[number] for number, index in found.items() if number in names}


def _attribute_name(kind: str, title: str) -> str:
    """The header as it stands, save that a second language's name has one spelling everywhere."""
    name = headers.normal(title)
    for field in ("name_en", "name_zh"):
        if name in headers.PRODUCT[field]:
            return field
    return title.strip()


def _is_junk(header: Sequence[str], index: int, columns: Mapping[str, int], sample: Sequence[Sequence[str]]) -> bool:
    cells = [row[index] for row in sample if index < len(row)]
    return loose.is_junk(header[index], cells) or (
        headers.normal(header[index]) in ("id", "pk")
        and bool({"sku", "key", "number", "code", "product"} & set(columns))
    )


def _mostly_decimal_comma(amounts: Sequence[str]) -> bool:
    commas = sum(values.has_decimal_comma(cell) for cell in amounts)
    dots = sum(bool(re.search(r"\d\.\d{1,2}\D*$", cell)) for cell in amounts)
    return commas > dots


_HEADER_SIGNS = (
    ("元", "CNY"), ("分", "CNY"), ("$", "USD"), ("£", "GBP"), ("€", "EUR"), ("円", "JPY"), ("원", "KRW"),
    *((code.casefold(), code) for code in ("CNY", "USD", "EUR", "GBP", "JPY", "KRW", "TWD", "HKD", "AUD", "CAD")),
)  # fmt: skip


def _says(title: str, sign: str) -> bool:
    if not sign[0].isalnum():
        return sign in title
    return sign in headers.unit_in(title) or headers.normal(title).endswith(sign)


def _currency_of(
    header: Sequence[str],
    amounts: Sequence[str],
    sample: Sequence[Sequence[str]],
    columns: Mapping[str, int],
    default: str | None,
    encoding: str,
) -> tuple[str, bool]:
    """The currency most rows say, else the user's, else that of the country whose script or words these are.

    What is left is a guess, and not sure: dollars for an English file, yuan for any other.
    """
    said: Counter[str] = Counter()
    for cell in amounts:
        try:
            money = values.read_money(cell)
        except ValueError:
            continue
        if money is not None and money.currency:
            said[money.currency] += 1
    if "currency" in columns:
        said.update(row[columns["currency"]].strip().upper() for row in sample if columns["currency"] < len(row))
        said.pop("", None)
    for field, index in columns.items():
        if field.endswith("_minor"):
            said.update(code for sign, code in _HEADER_SIGNS if _says(header[index], sign))
    text = _words_of(header, sample, columns)
    country = _country_currency(text) or _ENCODING_CURRENCY.get(encoding)
    if said:
        most = said.most_common(1)[0][0]
        return (country if country == "JPY" and most == "CNY" else most), True  # both have the sign ¥
    if default:
        return default, True
    if country is None and len({headers.normal(title) for title in header} & headers.GERMAN) > 1:
        country = "EUR"
    if country:
        return country, True
    han = sum(map(is_han, text))
    letters = sum(c.isascii() and c.isalpha() for c in text)
    return ("USD" if letters > 20 * han and letters else "CNY"), letters < 20 * han


def _words_of(header: Sequence[str], sample: Sequence[Sequence[str]], columns: Mapping[str, int]) -> str:
    """What a table says in words: its names and texts, or where it has none all that is not a link."""
    named = [index for field, index in columns.items() if field in _SAID_IN_WORDS]
    if named:
        return "".join(header) + "".join(row[index] for row in sample for index in named if index < len(row))
    return "".join(header) + "".join(cell for row in sample for cell in row if "//" not in cell and "&" not in cell)


_ENCODING_CURRENCY = {
    "cp932": "JPY", "euc_jp": "JPY", "shift_jis": "JPY", "cp949": "KRW", "euc_kr": "KRW",
    "big5hkscs": "TWD", "big5": "TWD",
}  # fmt: skip
_SAID_IN_WORDS = frozenset(("name", "title", "body", "description", "line_name", "question", "answer"))


def _country_currency(text: str) -> str | None:
    """The currency of the country whose script a tenth of the letters are in."""
    letters = sum(c.isalpha() for c in text)
    for first, last, currency in (("\u3041", "\u30fa", "JPY"), ("\uac00", "\ud7a3", "KRW")):
        if letters and sum(first <= c <= last for c in text) > letters / 10:
            return currency
    return None
