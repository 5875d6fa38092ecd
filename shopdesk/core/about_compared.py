"""Two goods compared by what a column says of them: "which is lighter, …", 哪个更耐磨; never by their prices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from shopdesk.core import arithmetic, lexicon
from shopdesk.core.comparatives import Comparative, comparative_in
from shopdesk.core.following import Earlier
from shopdesk.core.plan import Plan
from shopdesk.core.record_plans import computed_plan, numbered
from shopdesk.core.shop import Shop
from shopdesk.core.subjects import distinct, subject_of, two_subjects
from shopdesk.core.superlatives import amount_in
from shopdesk.core.text import marked
from shopdesk.core.types import Record
from shopdesk.core.understanding import Understanding
from shopdesk.core.wording import shown_attributes, value_text

_TOLD = 3
"""Columns that are told of two goods where none is known to be what they are compared by."""
_LONGEST = 40
_OF_PRICES = frozenset("高低大小多少")
"""What is said of a price as of a column: 价格上谁低."""


def about_compared(shop: Shop, read: Understanding, earlier: Earlier) -> Plan | None:
    """The two goods with what a column says of each, and which of them is more so where both values are figures; None
    where nothing but prices is compared, or no two goods are named."""
    if read.kinds & {"cheapest", "dearest", "total", "promotion", "order", "count"}:
        return None
    vocabulary = shop.catalogue.vocabulary()
    said = comparative_in(read.folded, vocabulary.attributes, vocabulary.sizes)
    of_prices = lexicon.OF_PRICES.search(read.folded) is not None
    if said is None or (of_prices and (not said.fields or said.called in _OF_PRICES)):
        return None
    if not said.fields and set(read.asked) - {"price"}:
        return None  # 在哪个柜台
    asking = _without(read, said)
    pair = two_subjects(shop.resolver, asking, earlier.products)
    if pair is not None and pair[0].records and pair[1].records:
        first, second = _having(pair[0].records, said), _having(pair[1].records, said)
    else:
        surely = said.fields and lexicon.COMPARE.search(read.folded)
        both = distinct(shop.named(subject_of(asking)).records) if surely else ()
        if len(both) != 2:
            return None
        first, second = both
    if first.key == second.key:
        return None
    fields = _fields_of(first, second, said)
    if not fields:
        return None
    one, other = numbered([first, second])
    more = _more_so(first, second, fields[0], said) if said.fields else None
    computed = arithmetic.compare_values(one, other, read.language, fields, _called(said), more)
    return computed_plan(read, [one, other], computed)


def _without(read: Understanding, said: Comparative) -> Understanding:
    """The question without the words that compare: what is left names the goods."""
    words = (said.span, *(match.span() for match in lexicon.COMPARE_WORDS.finditer(read.folded)))
    return replace(read, filler=marked(read.filler, words), asked=(), attributes=())


def _having(records: Sequence[Record], said: Comparative) -> Record:
    """The first of the rows that a side may mean of which a column tells."""
    return next((each for each in records if any(value_text(each, field, "en") for field in said.fields)), records[0])


def _fields_of(first: Record, second: Record, said: Comparative) -> tuple[str, ...]:
    """The column that tells of both, or of one; where none is known, the first few in which they differ."""
    told = [[bool(value_text(record, field, "en")) for record in (first, second)] for field in said.fields]
    best = [field for field, each in zip(said.fields, told, strict=True) if all(each)]
    best = best or [field for field, each in zip(said.fields, told, strict=True) if any(each)]
    if best:
        return (best[0],)
    names = [name for name in shown_attributes(first) if second.attributes.get(name)]
    differing = [name for name in names if first.attributes[name] != second.attributes[name]]
    shown = [name for name in differing if max(len(first.attributes[name]), len(second.attributes[name])) < _LONGEST]
    return tuple(f"attributes.{name}" for name in shown[:_TOLD])


def _more_so(first: Record, second: Record, field: str, said: Comparative) -> int | None:
    amounts = [
        amount_in(value_text(record, field, "en") or "", highest=said.highest) for record in (first, second)
    ]  # fmt: skip
    one, other = amounts
    if one is None or other is None or one[0] != other[0]:
        return None
    if one[1] == other[1]:
        return -1
    return 0 if (one[1] > other[1]) == said.highest else 1


def _called(said: Comparative) -> str:
    return said.called if said.called.isascii() else f"更{said.called}" if len(said.called) == 1 else said.called
