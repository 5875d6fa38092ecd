"""Which stretches of a question name what: its one subject, or the two sides of a comparison."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from shopdesk.core import idioms, lexicon
from shopdesk.core.counted import counted_in
from shopdesk.core.marked_text import within_longer
from shopdesk.core.measures import measures_in
from shopdesk.core.ports import SearchWish
from shopdesk.core.resolving import Resolution, Resolver, Subject, known_families, phrases_of
from shopdesk.core.text import blanked, fold, marked
from shopdesk.core.types import Record
from shopdesk.core.understanding import Understanding

_FAMILIES = known_families()
SEVERAL = frozenset({"list", "recommend", "count", "cheapest", "dearest"})
"""Ways of asking that are about all products of a sort."""
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_NOTHING = re.compile(r"(?!)")
PAUSES = frozenset(",;/、")
"""Marks that part what is named from what is told beside it."""
_SPLITS_TRIED = 12


def subject_of(read: Understanding) -> Subject:
    """The whole question as one subject."""
    return Subject(read.folded, read.filler, _FAMILIES)


def subject_without(read: Understanding, pattern: re.Pattern[str], *, values: bool = False) -> Subject:
    """The question as one subject, less the words that `pattern` finds and, with `values`, its colours and sizes."""
    spans = [
        match.span() for match in pattern.finditer(read.folded) if not within_longer(match.span(), read.name_spans)
    ]
    return subject_of(read).without((*spans, *(read.value_spans if values else ())))


def price_wish_of(read: Understanding) -> SearchWish:
    """The price range of a question, and what must be in stock where several are asked for ("有货的跑鞋有哪些")."""
    several = read.kinds & SEVERAL
    return SearchWish(
        "", min_price=_hundredths(read.low), max_price=_hundredths(read.high),
        in_stock=bool(several) and bool(lexicon.IN_STOCK.search(read.folded)), by_price=_order_of(read),
    )  # fmt: skip


def wish_of(read: Understanding) -> SearchWish:
    """All filters of a question: of a category or brand only where nothing else is named in one phrase with it."""
    wish = price_wish_of(read)
    said = words_that_filter(read)
    if said is None or _named_beside(read, said):
        return wish
    generally = len(read.sort) == 1 and bool(read.brands)  # all that a maker of drinks makes is 酒
    return replace(
        wish, categories=_longest(read.categories) or (() if generally else read.sorts), brands=_longest(read.brands),
        colors=read.colors[0] if read.colors else (), sizes=read.sizes[0] if read.sizes else (),
    )  # fmt: skip


def beside(read: Understanding) -> Subject:
    """What a question names apart from the category or brand that filters."""
    return subject_without(read, words_that_filter(read) or _NOTHING, values=True)


def words_that_filter(read: Understanding) -> re.Pattern[str] | None:
    """Finds the categories and brands where they are said; None where none is."""
    names = [fold(value) for value in (*read.categories, *read.brands) if value]
    names += [re.sub(r"(?:ies|s)$", "", name) for name in names if name.isascii() and len(name) > 3]
    names += [read.sort] if read.sort and read.kinds & (SEVERAL | {"exists"}) else []
    if not names:
        return None
    return re.compile(f"(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})[品类]?")


def is_filtering(wish: SearchWish) -> bool:
    """Whether the wish finds something without any text."""
    return wish.min_price is not None or wish.max_price is not None or bool(wish.categories or wish.brands)


def _named_beside(read: Understanding, said: re.Pattern[str]) -> bool:
    """Whether a phrase that speaks of a category or brand also names something else ("防水跑鞋")."""
    subject = subject_of(read)
    phrases = phrases_of(subject)
    spoken = {
        phrases[place]
        for match in said.finditer(read.folded)
        for place in range(*match.span())
        if not subject.filler[place]
    }
    rest = subject_without(read, said, values=True)
    kept = (
        character
        for character, blank, phrase in zip(rest.folded, rest.filler, phrases, strict=True)
        if not blank and phrase in spoken
    )
    return bool(re.sub(r"[类牌款种系列]|brand|category|s$", "", "".join(kept)).strip())


def _longest(values: Sequence[str]) -> tuple[str, ...]:
    """The most exact of several categories or brands: 跑鞋, not 鞋."""
    return (max(values, key=len),) if values else ()


def _order_of(read: Understanding) -> Literal["", "lowest", "highest"]:
    return "lowest" if read.asks("cheapest") else "highest" if read.asks("dearest") else ""


def two_subjects(
    resolver: Resolver, read: Understanding, spoken_of: Sequence[Record]
) -> tuple[Resolution, Resolution] | None:
    """The split of a comparison, at some "and / or / 和 / 比", whose two sides are both best known.

    `spoken_of` are the products of the answer before, which may be one side or both ("哪个便宜?").
    """
    subject = subject_of(read)
    best: tuple[float, Resolution, Resolution] | None = None
    for match in list(lexicon.SEPARATORS.finditer(read.folded))[:_SPLITS_TRIED]:
        sides = subject.part(0, match.start()), subject.part(match.end(), len(read.folded))
        if not all(side.content or counted_in(side.folded) for side in sides):
            continue
        pauses = match.group() in PAUSES
        first = resolver.resolve(sides[0], SearchWish(""), context=sides[1])
        second = resolver.resolve(sides[1], SearchWish(""), context=sides[0])
        if _same_first(first, second):
            # each side's context pulled both to one record: the first side stands for another
            alone = resolver.resolve(sides[0], SearchWish(""))
            first = replace(alone, records=_others(alone.records, second.records[0]))
        apart = any(_says_figures_alone(side) for side in sides)
        if apart or not first.records or not second.records or _same_first(first, second):
            first, second = _completed(resolver, sides, first, second)
        if pauses and not (first.records and second.records):
            continue  # a comma also parts what is compared from what is told of it
        sure = min(len(first.records), 1) + min(len(second.records), 1) + min(first.recall, second.recall) / 2
        if best is None or sure > best[0]:
            best = (sure, first, second)
    if best is not None and best[0] >= 2:
        return best[1], best[2]
    if len(spoken_of) >= 2 and not subject.content:
        return Resolution(tuple(spoken_of[:1])), Resolution(tuple(spoken_of[1:2]))
    if spoken_of and (read.elliptical or best is None):
        other = _others(resolver.resolve(subject, SearchWish("")).records, spoken_of[0])
        if other:
            return Resolution(tuple(spoken_of[:1])), Resolution(other)
    return (best[1], best[2]) if best is not None and (best[1].records or best[2].records) else None


def _completed(
    resolver: Resolver, sides: tuple[Subject, Subject], first: Resolution, second: Resolution
) -> tuple[Resolution, Resolution]:
    """Both sides, where one is said by what tells it apart alone: "the 8 inch shears or the 10", 62件和120件."""
    found = [first, second]
    for place in (1, 0):
        other = found[1 - place].records
        alone = _says_figures_alone(sides[place])
        if found[place].records and not _same_first(found[0], found[1]) and not alone:
            continue
        whole = resolver.resolve(in_place(sides[1 - place], sides[place]), SearchWish(""))
        if other and whole.records and whole.records[0].key != other[0].key:
            found[place] = whole
        elif other and idioms.PLAIN.search(sides[place].folded):
            plain = resolver.plain_one(other[0])
            found[place] = Resolution(plain, recall=1.0) if plain else found[place]
    return found[0], found[1]


def _says_figures_alone(side: Subject) -> bool:
    """Whether all that a side of a comparison says is a figure, with or without its unit: 9瓦, "the 10 inch"."""
    spans = [(start, end) for start, end, _ in (*measures_in(side.folded), *counted_in(side.folded))]
    spans += [match.span() for match in _FIGURE.finditer(side.folded)]
    return bool(spans) and all(
        blank or not letter.isalnum() or any(start <= place < end for start, end in spans)
        for place, (letter, blank) in enumerate(zip(side.folded, side.filler, strict=True))
    )


def in_place(side: Subject, apart: Subject) -> Subject:
    """A side of a comparison with what tells the other one apart in the place of its own figures and values."""
    own = [(start, end) for start, end, _ in (*measures_in(side.folded), *counted_in(side.folded))]
    own += [match.span() for match in _FIGURE.finditer(side.folded)]
    text = f"{blanked(side.folded, own)} {apart.folded}"
    return Subject(text, (*marked(side.filler, own), True, *apart.filler), side.families)


def distinct(records: Sequence[Record]) -> tuple[Record, ...]:
    """One row of each product, where it has one for every store."""
    return tuple({record.key: record for record in reversed(records)}.values())[::-1]


def one_product(records: Sequence[Record]) -> Record | None:
    """What several rows are of, where that is one product at one price: its rows of several stores, or variants that
    cost the same (then without what tells them apart)."""
    if not records or len({(record.title, record.fields.get("price")) for record in records}) > 1:
        return None
    differing = {name for name in ("color", "size") if len({record.fields.get(name) for record in records}) > 1}
    fields = {name: value for name, value in records[0].fields.items() if name not in differing}
    return replace(records[0], fields=fields) if differing else records[0]


def _hundredths(amount: float | None) -> int | None:
    return None if amount is None else round(amount * 100)


def _others(records: Sequence[Record], but: Record) -> tuple[Record, ...]:
    return tuple(record for record in records if record.key != but.key)


def _same_first(first: Resolution, second: Resolution) -> bool:
    return bool(first.records and second.records and first.records[0].key == second.records[0].key)
