"""Columns known by what stands in them: for files without a header, or with one in words nobody foresaw."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from statistics import mean

from shopdesk.store.importing import values

MOST_ROWS = 300
NEARLY_ALL, _NEARLY_EACH = 0.8, 0.95
_LONGEST_NAME = 120
_USUAL_NAME, _SHORTEST_NAME = 25.0, 4
_LARGEST_STOCK = 100_000


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table, by the cells that say something."""

    index: int
    cells: tuple[str, ...]

    def share(self, test: object) -> float:
        return sum(bool(test(cell)) for cell in self.cells) / len(self.cells)  # type: ignore[operator]

    @property
    def distinct(self) -> float:
        return len(set(self.cells)) / len(self.cells)

    @property
    def length(self) -> float:
        return mean(map(len, self.cells))


def product_columns(rows: Sequence[Sequence[str]], taken: Collection[int] = ()) -> dict[str, int]:
    """Field → column of products, as far as the values tell; `taken` are columns that are known already."""
    columns = _columns(rows, taken)
    found: dict[str, int] = {}
    codes = [column for column in columns if column.share(is_trade_code) >= NEARLY_ALL]
    if codes:
        found["barcode"] = codes[0].index
        if len(codes) > 1:
            found["sku"] = codes[-1].index
    left = [column for column in columns if column not in codes]
    prices = [column for column in left if column.share(_is_amount) >= NEARLY_ALL and column.share(_is_precise) > 0.3]
    prices = sorted(prices, key=lambda column: column.index)[:2]
    if len(prices) == 2 and _sum_of(prices[0]) > _sum_of(prices[1]):
        prices.reverse()  # what is asked is less than what it was said to be worth
    found.update(zip(("price_minor", "list_price_minor"), (column.index for column in prices), strict=False))
    left = [column for column in left if column not in prices]
    texts = [column for column in left if column.share(has_letters) >= NEARLY_ALL and column.share(_is_link) < 0.5]
    found |= _texts(texts, rows_known=len(rows))
    counts = [column for column in left if column.index not in found.values() and column.share(_is_count) >= NEARLY_ALL]
    counts = [column for column in counts if not _is_numbering(column)]
    if counts and not prices:  # whole prices: the column with the larger numbers
        dearest = max(counts, key=_sum_of)
        if len(counts) > 1 or _usual_figure(dearest) >= 1000:
            found["price_minor"] = dearest.index
            counts.remove(dearest)
    if counts:
        found["stock"] = counts[-1].index
    if "sku" not in found:
        skus = [c for c in left if c.index not in found.values() and c.distinct == 1.0 and c.share(_is_code) == 1.0]
        if skus:
            found["sku"] = skus[0].index
    return found


def _texts(columns: list[Column], rows_known: int) -> dict[str, int]:
    """The name is what differs from row to row and is short; the description is long; the category comes again."""
    found: dict[str, int] = {}
    names = [
        column
        for column in columns
        if 2 <= column.length <= _LONGEST_NAME and column.share(_is_code_like) < 0.9 and column.share(_is_path) < 0.5
    ]
    if names:
        name = max(names, key=lambda column: (round(column.distinct, 1), -abs(log(column.length / _USUAL_NAME))))
        if name.distinct > 0.5 or rows_known < 4:
            found["name"] = name.index
    codes = [
        c for c in columns if c.index not in found.values() and c.distinct == 1.0 and c.share(_is_code_like) >= 0.9
    ]
    if codes:
        found["sku"] = codes[0].index
    rest = [column for column in columns if column.index not in found.values()]
    prose = [column for column in rest if column.length > 60 and column.distinct > 0.5]
    if prose:
        found["description"] = max(prose, key=lambda column: column.length).index
    paths = [column for column in rest if column.share(_is_path) >= 0.5]
    repeated = [c for c in rest if c not in prose and c.length <= 40 and len(set(c.cells)) > 1 and c.distinct < 0.5]
    if paths or repeated:
        found["category"] = (paths or repeated)[0].index
    return found


def amounts_asked(rows: Sequence[Sequence[str]], taken: Collection[int], before: int | None) -> int | None:
    """The first free column of amounts of money for nearly every row, nearly none above those in column `before`."""
    for column in _columns(rows, taken):
        filled = len(column.cells) >= _NEARLY_EACH * len(rows[:MOST_ROWS])
        amounts = column.share(_is_amount) >= _NEARLY_EACH and column.share(_is_precise) > 0.3
        if filled and amounts and (before is None or _none_above(rows, column.index, before)):
            return column.index
    return None


def _none_above(rows: Sequence[Sequence[str]], index: int, limit: int) -> bool:
    pairs = [
        (_amount(row[index]), _amount(row[limit])) for row in rows[:MOST_ROWS]
        if max(index, limit) < len(row) and not values.is_nothing(row[limit])
    ]  # fmt: skip
    return sum(asked <= most for asked, most in pairs) >= _NEARLY_EACH * len(pairs)


def may_be(field: str, cells: Sequence[str]) -> bool:
    """Whether a column's values are what a field needs: names, codes, amounts of money, counts, dates, short words."""
    said = _said(cells)
    if not said:
        return field in ("price_minor", "stock")
    if field == "category" and len(said) > 3 and len(set(said)) > 0.7 * len(said):
        return False
    return sum(map(_TESTS.get(field, _is_code), said)) >= NEARLY_ALL * len(said)


def numbered(cells: Sequence[str]) -> bool:
    """Whether most of a column's values have a figure."""
    said = _said(cells)
    return 2 * sum(bool(re.search(r"\d", cell)) for cell in said) > len(said)


def kept_by_machines(cells: Sequence[str]) -> bool:
    """Whether a column holds nothing but flags, places in an order and moments, or nothing at all."""
    return all(map(_MACHINES.fullmatch, map(str.casefold, _said(cells))))


_MACHINES = re.compile(r"true|false|yes|no|y|n|\d{1,3}|\d{4}-\d\d-\d\d[t ].*|web|global")


def names_of_goods(rows: Sequence[Sequence[str]], taken: Collection[int]) -> int | None:
    """The first free column that says in words of nearly every row something of its own, as only a name does."""
    for column in _columns(rows, taken):
        filled = len(column.cells) >= _NEARLY_EACH * len(rows[:MOST_ROWS])
        words = column.share(has_letters) >= _NEARLY_EACH and column.share(_is_code_like) < 0.1
        short = (
            _SHORTEST_NAME <= column.length <= _LONGEST_NAME and column.share(_is_link) == column.share(_is_path) == 0
        )
        if len(column.cells) > 2 and filled and words and short and column.distinct >= NEARLY_ALL:
            return column.index
    return None


def numbers_each(cells: Sequence[str]) -> bool:
    """Whether a column has a code of its own for nearly every row; a few may have no figure."""
    said = _said(cells)
    if len(said) < NEARLY_ALL * len(cells) or len(set(said)) < len(said) or not all(map(_is_code, said)):
        return False
    return sum(map(_is_code_like, said)) >= NEARLY_ALL * len(said)


def measures(cells: Sequence[str]) -> bool:
    """Whether most of a column's values are a broken number, or a figure with its unit: 500ml."""
    said = _said(cells)
    return 2 * sum(bool(_MEASURE.fullmatch(cell)) for cell in said) > len(said)


_MEASURE = re.compile(r"\d+[.,]\d+|[\d.]+\s?[^\W\d_]{1,4}|[\d.]+[x*×][\d.x*×]+\w*|[\d./-]{1,3}")


def _said(cells: Sequence[str]) -> list[str]:
    return [cell.strip() for cell in cells[:MOST_ROWS] if not values.is_nothing(cell)]


def looks_like_data(row: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether a first row is of the same sort as those below it, and so no header."""
    for index, cell in enumerate(row):
        below = [other[index] for other in rows if index < len(other) and other[index].strip()]
        if len(below) < max(1, len(rows) // 2):
            continue
        for test in (is_trade_code, _is_amount, _is_link):
            if sum(map(test, below)) >= NEARLY_ALL * len(below):
                return bool(cell.strip()) and test(cell)
    return False


def is_trade_code(cell: str) -> bool:
    """A GTIN (8, 12, 13 or 14 digits with the right check digit) or an ISBN of ten."""
    if re.fullmatch(r"\s*\d{4}-\d\d?-\d\d?\s*", cell):
        return False  # a day
    text = re.sub(r"[\s-]", "", values.plain(cell))
    if re.fullmatch(r"\d{9}[\dXx]", text):
        digits = [10 if c in "Xx" else int(c) for c in text]
        return sum((10 - i) * digit for i, digit in enumerate(digits)) % 11 == 0
    if not re.fullmatch(r"\d{8}|\d{12,14}", text) or not text.strip("0"):
        return False
    weighed = [int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(text))]
    return sum(weighed) % 10 == 0


def _columns(rows: Sequence[Sequence[str]], taken: Collection[int]) -> list[Column]:
    sample = rows[:MOST_ROWS]
    width = max((len(row) for row in sample), default=0)
    columns = []
    for index in range(width):
        cells = tuple(row[index].strip() for row in sample if index < len(row) and not values.is_nothing(row[index]))
        if index not in taken and len(cells) >= max(1, len(sample) // 5):
            columns.append(Column(index, cells))
    return columns


def _is_amount(cell: str) -> bool:
    try:
        return values.read_money(cell) is not None and not re.fullmatch(r"\d{8,}", cell.strip())
    except ValueError:
        return False


def _is_precise(cell: str) -> bool:
    """An amount that is no mere count: with hundredths, or with a sign of money."""
    return bool(re.search(r"\d[.,]\d{1,2}\D*$|[¥￥$€£₩元円]|\b[A-Z]{3}\b", cell))


def _is_count(cell: str) -> bool:
    try:
        stock = values.read_stock(cell)
    except ValueError:
        return False
    return stock is not None and stock.count is not None and abs(stock.count) < _LARGEST_STOCK


def _is_numbering(column: Column) -> bool:
    """1, 2, 3…: the number of the row."""
    numbers = [int(_plain(cell) or 0) for cell in column.cells if _plain(cell).isdigit()]
    return len(numbers) > 2 and all(b - a == 1 for a, b in pairwise(numbers))


def _is_code(cell: str) -> bool:
    return bool(re.fullmatch(r"[A-Za-z0-9][\w./-]{0,39}", cell))


def _is_code_like(cell: str) -> bool:
    """Letters with digits and no spaces: `JKT-105`."""
    return bool(re.fullmatch(r"(?=.*\d)[A-Za-z0-9][A-Za-z0-9_./-]{1,39}", cell))


def _is_path(cell: str) -> bool:
    return bool(re.search(r"\S\s*[>›/]\s*\S", cell)) and len(cell) < 200


def _is_link(cell: str) -> bool:
    return "://" in cell or cell.startswith(("//", "data:"))


def has_letters(cell: str) -> bool:
    return bool(re.search(r"[^\W\d_]", cell))


def _plain(cell: str) -> str:
    return re.sub(r"[^\d]", "", cell)


def _usual_figure(column: Column) -> float:
    """The mean of the figures in a column; of the few cells without any (长期 among 12个月) it says nothing."""
    figures = [float(plain) for cell in column.cells if (plain := _plain(cell))]
    return mean(figures) if figures else 0.0


def _sum_of(column: Column) -> float:
    return sum(map(_amount, column.cells))


def _amount(cell: str) -> float:
    """0.0 for what is no amount."""
    try:
        money = values.read_money(cell)
    except ValueError:
        return 0.0
    return float(money.amount) if money is not None else 0.0


def is_date(cell: str) -> bool:
    return values.is_date(values.read_date(cell) or "")


def _is_short(cell: str) -> bool:
    return len(cell) <= _SHORT


def _is_unit(cell: str) -> bool:
    return bool(re.fullmatch(r"[^\W\d_]{1,8}", cell))


_SHORT = 30
_TESTS: Mapping[str, Callable[[str], bool]] = {
    "name": has_letters, "lines": has_letters, "status": has_letters, "brand": has_letters,
    "price_minor": _is_amount, "list_price_minor": _is_amount, "total_minor": _is_amount, "stock": _is_count,
    "unit": _is_unit, "location": _is_short, "category": _is_short, "color": _is_short, "size": _is_short,
    **dict.fromkeys(("placed_at", "expected_at", "starts", "ends"), is_date),
}  # fmt: skip
