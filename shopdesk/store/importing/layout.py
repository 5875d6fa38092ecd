"""What a file is and which column is which: guessed from its headers, corrected by the user."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shopdesk.core.errors import ImportFault
from shopdesk.core.text import is_han
from shopdesk.store.importing import headers, values

# Names as the command line and the report say them; the columns keep money in minor units.
_PUBLIC = {
    "price_minor": "price", "list_price_minor": "list_price", "group_key": "group",
    "threshold_minor": "threshold", "total_minor": "total",
}  # fmt: skip
_INNER = {public: inner for inner, public in _PUBLIC.items()}

_REQUIRED: Mapping[str, tuple[str, ...]] = {
    "product": ("name", "sku"), "policy": ("body",), "promotion": ("title", "code"), "order": ("number",),
}  # fmt: skip
_TELLING: Mapping[str, tuple[str, ...]] = {
    "product": ("price_minor", "stock", "sku", "barcode", "brand", "list_price_minor", "available"),
    "policy": ("body",),
    "promotion": ("threshold_minor", "discount", "starts", "ends"),
    "order": ("status", "tracking", "placed_at", "lines", "customer", "carrier"),
}
_IN_FILE_NAME: Mapping[str, str] = {
    "product": r"product|goods|catalog|sku|商品|货品|库存|产品", "policy": r"polic|faq|问答|政策|规定|知识",
    "promotion": r"promo|coupon|offer|discount|促销|优惠|活动", "order": r"order|订单",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Layout:
    """`columns`: field → column index; `attributes`: index → name; `prose`: further descriptions.

    `option_names` is the column of an option's value → that of its name; `cents` are the
    money fields that count minor units; `currency` holds where a row does not say.
    """

    kind: str
    header: tuple[str, ...]
    columns: Mapping[str, int]
    attributes: Mapping[int, str]
    prose: tuple[int, ...]
    option_names: Mapping[int, int]
    deleted: int | None
    cents: frozenset[str]
    decimal_comma: bool
    currency: str

    def mapping(self) -> dict[str, str]:
        """Field → header, as the report and `--map` name them."""
        return {_PUBLIC.get(field, field): self.header[index] for field, index in self.columns.items()}


def guess_layout(
    file_name: str,
    header: Sequence[str],
    sample: Sequence[Sequence[str]],
    *,
    kind: str | None,
    mapping: Mapping[str, str] | None,
    currency: str | None,
    default_currency: str | None,
) -> Layout:
    """The layout of a file from its header and first rows. Raises ImportFault where no name or text can be found."""
    kind = kind or guess_kind(file_name, header, mapping or {})
    columns = _assign(kind, header)
    _obey(columns, kind, header, mapping or {})
    if kind == "product":
        _settle_product(columns, header, sample)
    if not any(field in columns for field in _REQUIRED[kind]):
        raise ImportFault(f"import_no_column_{kind}", columns=", ".join(header[:20]))
    taken = set(columns.values())
    rest = [index for index in range(len(header)) if index not in taken]
    deleted = next((index for index in rest if headers.normal(header[index]) in headers.DELETED), None)
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
        if index not in prose and index not in paired and header[index].strip() and not _is_junk(header[index], columns)
    }
    money = [field for field in columns if field.endswith("_minor")]
    amounts = [row[columns[field]] for field in money for row in sample if columns[field] < len(row)]
    return Layout(
        kind=kind,
        header=tuple(header),
        columns=columns,
        attributes=attributes,
        prose=prose,
        option_names=option_names,
        deleted=deleted,
        cents=frozenset(field for field in money if headers.cents_in(header[columns[field]])),
        decimal_comma=_mostly_decimal_comma(amounts),
        currency=currency or _currency_of(header, amounts, sample, columns, default_currency),
    )


def guess_kind(file_name: str, header: Sequence[str], mapping: Mapping[str, str]) -> str:
    """The kind whose telling columns are there; the file's name decides between near equals."""
    scores: dict[str, float] = {}
    for kind in headers.FIELDS:
        columns = _assign(kind, header)
        names = {_INNER.get(name, name) for name in mapping}
        columns.update(dict.fromkeys(names & set(headers.FIELDS[kind]), -1))
        score = sum(1.0 for field in _TELLING[kind] if field in columns)
        if not any(field in columns for field in _REQUIRED[kind]):
            score = -1.0
        if kind == "policy":
            score = 2.5 if "body" in columns and "title" in columns else score - 1.0
            selling = _assign("product", header)
            score -= 2.0 * sum(field in selling for field in ("price_minor", "stock", "barcode"))
            score -= 2.0 * ("sku" in selling and selling["sku"] != columns.get("key"))
            dated = _assign("promotion", header)
            score -= 2.0 * sum(field in dated for field in ("starts", "threshold_minor"))
        if re.search(_IN_FILE_NAME[kind], file_name, re.IGNORECASE):
            score += 1.5
        scores[kind] = score
    return max(scores, key=lambda kind: scores[kind])


def _assign(kind: str, header: Sequence[str]) -> dict[str, int]:
    """Each field takes the best-named column that no field with a better claim has taken."""
    claims = []
    for order, (field, names) in enumerate(headers.FIELDS[kind].items()):
        for index, title in enumerate(header):
            if (name := headers.normal(title)) in names:
                claims.append((names.index(name), order, index, field))
    columns: dict[str, int] = {}
    for _, _, index, field in sorted(claims):
        if field not in columns and index not in columns.values():
            columns[field] = index
    return columns


def _obey(columns: dict[str, int], kind: str, header: Sequence[str], mapping: Mapping[str, str]) -> None:
    """The user's word: FIELD → a header, or the column's number from 1."""
    for name, wanted in mapping.items():
        field = _INNER.get(name, name)
        if field not in headers.FIELDS[kind]:
            raise ImportFault(
                "import_field_unknown",
                field=name,
                fields=", ".join(sorted(_PUBLIC.get(f, f) for f in headers.FIELDS[kind])),
            )
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


def _settle_product(columns: dict[str, int], header: Sequence[str], sample: Sequence[Sequence[str]]) -> None:
    """What names alone do not tell: an id that repeats is a group, an availability column may hold words or counts."""
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
    if "category" in columns and _parts_variants(columns, header, sample):
        del columns["category"]
    if "name" not in columns and "name_en" in columns:
        columns["name"] = columns.pop("name_en")
    if "name" not in columns and "name_zh" in columns:
        columns["name"] = columns.pop("name_zh")


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


def _option_pairs(header: Sequence[str]) -> dict[int, int]:
    """Column of an option's value → column of its name (`Option1 Name`, `Option1 Value`)."""
    by_name = {headers.normal(title): index for index, title in enumerate(header)}
    pairs = {}
    for number in range(1, 6):
        name, value = by_name.get(f"option{number}name"), by_name.get(f"option{number}value")
        if name is not None and value is not None:
            pairs[value] = name
    return pairs


def _attribute_name(kind: str, title: str) -> str:
    """The header as it stands, save that a second language's name has one spelling everywhere."""
    name = headers.normal(title)
    for field in ("name_en", "name_zh"):
        if name in headers.PRODUCT[field]:
            return field
    return title.strip()


def _is_junk(title: str, columns: Mapping[str, int]) -> bool:
    name = headers.normal(title)
    return name in headers.JUNK or (
        name == "id" and ("sku" in columns or "key" in columns or "number" in columns or "code" in columns)
    )


def _mostly_decimal_comma(amounts: Sequence[str]) -> bool:
    commas = sum(values.has_decimal_comma(cell) for cell in amounts)
    dots = sum(bool(re.search(r"\d\.\d{1,2}\D*$", cell)) for cell in amounts)
    return commas > dots


_HEADER_SIGNS = (("元", "CNY"), ("分", "CNY"), ("cny", "CNY"), ("usd", "USD"), ("eur", "EUR"), ("$", "USD"))


def _says(title: str, sign: str) -> bool:
    return sign in headers.unit_in(title) or headers.normal(title).endswith(sign)


def _currency_of(
    header: Sequence[str],
    amounts: Sequence[str],
    sample: Sequence[Sequence[str]],
    columns: Mapping[str, int],
    default: str | None,
) -> str:
    """The currency most rows say; else the shop's; else dollars for an English file, yuan for any other."""
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
    if said:
        return said.most_common(1)[0][0]
    if default:
        return default
    named = [index for field, index in columns.items() if field in ("name", "title", "body", "description")]
    text = "".join(row[index] for row in sample for index in named if index < len(row))
    letters = sum(c.isascii() and c.isalpha() for c in text)
    return "USD" if letters > 20 * sum(map(is_han, text)) and letters else "CNY"
