"""The goods that fit a need best: of the thing that is wanted, where one is said, those that say most of what is told.

"A dartboard that's safe for little ones": of the boards, the one whose row says children. Conditions (prices, ages,
values of columns) are held against the goods of each thing that may be meant by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from shopdesk.core.choosing import choose, denied_in
from shopdesk.core.conditions import conditions_said
from shopdesk.core.subjects import words_that_filter
from shopdesk.core.text import blanked, fold
from shopdesk.core.things_wanted import any_things, things_wanted
from shopdesk.core.types import Record
from shopdesk.core.understanding import Understanding

Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Fit:
    """`records` fit best. `told` tells whether a word of more than one character beside the thing itself says so, or a
    condition; else they are all goods of the thing. `called`: whether they are called by the thing that is wanted."""

    records: tuple[Record, ...]
    told: bool
    weights: dict[tuple[str, object], float]
    called: bool = False

    def says(self, record: Record) -> float:
        """How much a record says of what the best ones say: 1 for these, 0 for one that is none of the thing."""
        return self.weights.get(_row(record), 0.0) / (max(self.weights.values(), default=0.0) or 1.0)


def best_fit(read: Understanding, records: Sequence[Record]) -> Fit | None:
    """Of some records those that fit best what a question tells; None where nothing tells them from the others."""
    unsaid = blanked(read.folded, denied_in(read.folded))
    first: tuple[Record, ...] = ()
    for spans, goods, called in _groups(read, unsaid, records):
        first = first or (goods if len(goods) < len(records) else ())
        conditions = conditions_said(read, goods)
        fitting = [record for record in goods if all(condition.holds(record) for condition in conditions)]
        if not fitting:
            conditions, fitting = [], list(goods)
        known = [*spans, *(span for condition in conditions for span in condition.spans)]
        choice = choose(read.folded, fitting, known)
        if choice is not None:
            weights = {_row(record): weight for record, weight in zip(fitting, choice.weights, strict=True)}
            return Fit(choice.records, bool(conditions) or choice.solid, weights, called)
        if len(fitting) < len(goods):
            return Fit(tuple(fitting), True, dict.fromkeys(map(_row, fitting), 1.0), called)
    return Fit(first, False, {}) if first else None


def _row(record: Record) -> tuple[str, object]:
    return record.key, record.fields.get("store")


def _groups(
    read: Understanding, folded: str, records: Sequence[Record]
) -> Iterator[tuple[Spans, tuple[Record, ...], bool]]:  # fmt: skip
    """The goods that may be meant, the likeliest first, where the question says the thing, and whether surely this."""
    categories, said = _categories_said(read, records)
    things = things_wanted(folded, records)
    if categories and read.categories:  # 检测仪器: the category says more than the end of its phrase
        things = [thing for thing in things if not any(_touch(thing.span, span) for span in said)]
    called = [thing for thing in things if 0 < len(thing.records) < len(records)]
    for thing in called:
        yield (thing.span,), thing.records, True
    of_category = tuple(record for record in records if record.fields.get("category") in categories)
    if of_category:
        yield said, of_category, True
    if of_category and read.categories:
        return
    if not called and not of_category:
        called = any_things(folded, records)
        for thing in called:
            yield (thing.span,), thing.records, False
    spans = [*(thing.span for thing in (*things, *called)), *said]
    if spans:
        yield spans, tuple(records), False
    if not called and not of_category:
        yield (), tuple(records), False


def _touch(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] <= other[1] + 1 and other[0] <= one[1] + 1


def _categories_said(read: Understanding, records: Sequence[Record]) -> tuple[Collection[str], Spans]:
    """The categories that a question says, the longest one before those inside it ("carpet tile"), and where."""
    words = words_that_filter(read)
    said = [match.span() for match in words.finditer(read.folded)] if words else []
    categories = read.categories or read.sorts
    known = {str(record.fields["category"]) for record in records if record.fields.get("category")}
    longer = [name for name in known if name.isascii() and fold(name).removesuffix("s") in read.folded]
    if longer and (not categories or len(longest := max(longer, key=len)) > max(map(len, categories))):
        longest = max(longer, key=len)
        start = read.folded.find(fold(longest).removesuffix("s"))
        return {longest}, [(start, start + len(longest))]
    return categories, said
