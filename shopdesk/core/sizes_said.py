"""The larger or the smaller of goods that are one but for a figure: 大的那个, "the big sack", 180 x 60 and 120 x 50.

The figure may stand in the size, in a column of its own or in the name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from shopdesk.core.counted import counted_of
from shopdesk.core.late import late
from shopdesk.core.measures import measures_of
from shopdesk.core.text import fold
from shopdesk.core.types import Record

_HOLDERS = "[包瓶盒袋罐桶箱装份件套型码支卷杯张片块组筒]"
_LARGE = late(
    rf"大(?:的|号|一?点的?|{_HOLDERS})|\b(?:big|bigger|biggest|large|larger|largest|bulk|jumbo)\b"
    r"|(?:^|[的要是和那个])大(?=[\u4e00-\u9fff])"
)
_SMALL = late(
    rf"小(?:的|号|一?点的?|{_HOLDERS})|\b(?:small|smaller|smallest|little|tiny|mini)\b"
    r"|(?:^|[的要是和那个])小(?=[\u4e00-\u9fff])"
)
_BETWEEN = late(r"比|差|还是|\b(?:than|difference|between)\b")
_WHOLE = re.compile(r"\d{1,4}")
_LONGEST = 12
"""Characters of a value that says how much there is of a good."""
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_FIGURED = re.compile(
    r"\d+(?:\.\d+)?\s*(?:(?:x|×|乘|by)\s*\d+(?:\.\d+)?)?\s*(?:[a-z]{1,3}(?![a-z])|[\u4e00-\u9fff]|pieces|pack)?"
)
SOFT = late(
    r"(?:最)?[大小](?:的|号|一?点的?)?(?:那[个款种件把支只包瓶盒袋])?"
    rf"|(?<=[大小]){_HOLDERS}装?的?"
    r"|\b(?:the )?(?:big|bigger|biggest|large|larger|largest|bulk|jumbo)(?: ones?)?\b"
    r"|\b(?:the )?(?:small|smaller|smallest|little|tiny|mini)(?: ones?)?\b"
    r"|\b(?:bag|sack|box|pack|tub|tin|bottle|jar|can|roll|reel|size|one|packet|carton|tube|case)s?(?: of)?\b"
)
"""The words that say so, with what holds the goods."""


def says_which_size(folded: str) -> bool:
    """Whether the larger or the smaller of something is spoken of."""
    return bool(_LARGE.search(folded)) != bool(_SMALL.search(folded)) and not _BETWEEN.search(folded)


def of_the_size_said(folded: str, records: tuple[Record, ...]) -> tuple[Record, ...]:
    """Of one product in sizes that are measures or counts, the largest or the smallest where one is said."""
    if len(records) < 2 or not says_which_size(folded):
        return records
    large = bool(_LARGE.search(folded))
    said = (large and _LARGE.search(folded)) or _SMALL.search(folded)
    if said and any(said.group() in fold(record.title) for record in records):
        return records  # part of a name
    alike = _alike(records)
    amounts = _by_the_column_apart(alike) or [_amount_of(record) for record in alike]
    if not amounts or None in amounts or len({kind for kind, _ in filter(None, amounts)}) > 1:
        return records
    sizes = [amount for _, amount in filter(None, amounts)]
    wanted = max(sizes) if large else min(sizes)
    return tuple(record for record, size in zip(alike, sizes, strict=True) if size == wanted)


def _alike(records: tuple[Record, ...]) -> tuple[Record, ...]:
    """Those which are called the same but for figures; none where that is not one good."""
    names = [_FIGURED.sub("", fold(record.title)).strip() for record in records]
    several = [name for name, many in Counter(names).items() if many > 1]
    if len(several) != 1:
        return ()
    return tuple(record for record, name in zip(records, names, strict=True) if name == several[0])


def _by_the_column_apart(variants: Sequence[Record]) -> list[tuple[str, float] | None]:
    """The amount of each variant in the columns by which they differ, where they have no sizes: Pieces 16 and 32, 装量
    1.8L桶 and 5L桶; nothing where two such columns disagree which is the larger."""
    if len(variants) < 2 or any(variant.fields.get("size") for variant in variants):
        return []
    if len({variant.title for variant in variants}) > 1:
        return []
    found = [amounts for name in variants[0].attributes if (amounts := _amounts_in(name, variants))]
    found = [amounts for amounts in found if amounts[0][0] not in variants[0].attributes] or found  # 5L before 4 a box
    orders = {tuple(sorted(range(len(variants)), key=[amount for _, amount in each].__getitem__)) for each in found}
    return list(found[0]) if len(orders) == 1 else []


def _amounts_in(column: str, variants: Sequence[Record]) -> list[tuple[str, float]]:
    """What a column measures or counts of each variant; nothing where that is not of one kind, or the same twice."""
    values = [fold(variant.attributes.get(column, "")) for variant in variants]
    amounts = [(column, float(value)) if _WHOLE.fullmatch(value) else _measured(value) for value in values]
    known = [amount for amount in amounts if amount is not None]
    if len(known) < len(variants) or len({kind for kind, _ in known}) > 1 or len({many for _, many in known}) < 2:
        return []
    return known


def _measured(value: str) -> tuple[str, float] | None:
    return _amount(value) if value and len(value) <= _LONGEST and value[0].isdigit() else None


def _amount_of(record: Record) -> tuple[str, float] | None:
    return _amount(fold(str(record.fields.get("size") or ""))) or _amount(fold(record.title))


def _amount(size: str) -> tuple[str, float] | None:
    """The one measure or count that a text states, or how much its figures make: 120 x 50."""
    measures, counts = measures_of(size), counted_of(size)
    if len(measures) == 1:
        return measures[0].kind, measures[0].amount
    if len(counts) == 1 and not measures:
        return counts[0].unit, counts[0].number
    figures = [float(figure) for figure in _FIGURE.findall(size)]
    if len(figures) == 2:
        return "sides", figures[0] * figures[1]
    return ("", figures[0]) if len(figures) == 1 else None
