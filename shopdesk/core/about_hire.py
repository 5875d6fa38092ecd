"""Questions for what goods cost by the day, the week or the month, where a shop has columns for that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from shopdesk.core import lexicon, numbers
from shopdesk.core.following import Earlier
from shopdesk.core.late import late
from shopdesk.core.plan import Plan
from shopdesk.core.record_plans import numbered, product_plan, sum_plan
from shopdesk.core.shop import Shop
from shopdesk.core.subjects import distinct, subject_without
from shopdesk.core.text import fold
from shopdesk.core.understanding import Understanding

_MANY = rf"(?P<many>\d{{1,3}}|[{numbers.CHINESE}]{{1,3}}|{numbers.BELOW_100})"


def _said(english: str, adverb: str, chinese: str, paid_by: str) -> re.Pattern[str]:
    """Finds a time in a question, with how many of it are said."""
    return late(
        rf"\b(?:an?|per|each|by the|every|the|one) {english}\b|\b{adverb}\b"
        rf"|(?:{_MANY}个?|每个?|按)(?:{chinese})|{paid_by}"
        rf"|\b(?:for )?(?P<en>\d+|{numbers.BELOW_100}) {english}s?\b"
    )


_PERIODS: Mapping[str, tuple[str, re.Pattern[str], int]] = {
    # what headings call it, how a question says so many of it, and how many days it is
    "hour": (r"hour|小时", _said("hour", "hourly", "小时", "时租"), 0),
    "day": (r"\bdays?\b|daily|天|日", _said("day", "daily", "天", "日租"), 1),
    "week": (r"week|周|星期", _said("week", "weekly", "周|星期|礼拜", "周租"), 7),
    "month": (r"month|月", _said("month", "monthly", "(?<=个)月|(?<=按)月", "月租"), 30),
}
_PRICED = re.compile(r"租|价|费|金额|\brates?\b|\bprices?\b|\bhire\b|\brent(?:al)?\b|\bper\b|\bcharge\b|/")
_AMOUNT = re.compile(r"[^\d]{0,3}\d+(?:\.\d+)?\D{0,6}")
_VALUES_READ = 20
_HIRING = late(
    r"租(?:金|赁|借|下来|出去|一?下|的话)?|借|一共|合计"
    r"|\b(?:hir(?:e|es|ed|ing)|rent(?:al|als|s|ed|ing)?|rates?|borrow\w*|lend\w*|total|altogether)\b"
)
_ASKS = late(
    r"多少|几[块元]|什么价|钱|租金|怎么[算收租]|\bhow much\b|\bprices?\b|\bcosts?\b|\bcharge\b|\brates?\b|\btotal\b"
    r"|\bwhat(?:'s| is| would| do)\b|\bfor (?:\d|[a-z]+ (?:day|week|month))"
)
_WORDS = re.compile(
    "|".join((lexicon.BASKET_WORDS.pattern, _HIRING.pattern, r"\b(?:rates?|price|cost)\b|租金|最?少")), re.ASCII
)


@dataclass(frozen=True, slots=True)
class _Term:
    """`column` is the one that says what so long costs, `times` how often it is to be paid, `span` where it is said."""

    column: str
    times: int
    span: tuple[int, int]


def about_hire(shop: Shop, read: Understanding, earlier: Earlier) -> Plan | None:
    """What one product costs for the time that is said, by the shop's own column for such times."""
    if not _ASKS.search(read.folded) or read.asks("order"):
        return None
    terms = list(_terms_said(read.folded, shop.catalogue.vocabulary().attributes))
    if not terms:
        return None
    span = terms[0].span
    subject = subject_without(read, _WORDS).without([span])
    records = distinct(shop.named(subject).records) if subject.content else earlier.products[:1]
    term = next((term for term in terms if any(record.attributes.get(term.column) for record in records)), None)
    hired = [record for record in records if term is not None and record.attributes.get(term.column)]
    if term is None or len({record.title for record in hired}) > 1:
        return None
    spans = zip(read.quantities, read.quantity_spans, strict=True)
    counted = [number for number, place in spans if not (place[0] < span[1] and span[0] < place[1])]
    times = term.times * (counted[0] if len(counted) == 1 else 1)
    asking = replace(
        read, asked=(), attributes=(term.column,), kinds=frozenset(), quantities=(), quantity_spans=(),
        priced_by=f"attributes.{term.column}",
    )  # fmt: skip
    if times == 1 or len(hired) > 1:
        return product_plan(asking, hired)
    return sum_plan(asking, numbered(hired), [times])


def _terms_said(folded: str, attributes: Mapping[str, Sequence[str]]) -> Iterator[_Term]:
    """The columns for the time that is said; for weeks and months, after them those for days."""
    for name, (heading, said, days) in _PERIODS.items():
        match = said.search(folded)
        if match is None:
            continue
        number = _number(match)
        for column in _columns(attributes, heading):
            yield _Term(column, number, match.span())
        for column in _columns(attributes, _PERIODS["day"][0]) if name in ("week", "month") else ():
            yield _Term(column, number * days, match.span())


def _columns(attributes: Mapping[str, Sequence[str]], heading: str) -> tuple[str, ...]:
    """The columns of prices whose headings say a time."""
    return tuple(
        name for name, values in attributes.items()
        if re.search(heading, said := fold(name)) and _PRICED.search(said)
        and all(map(_AMOUNT.fullmatch, values[:_VALUES_READ]))
    )  # fmt: skip


def _number(match: re.Match[str]) -> int:
    said = match["many"] or match["en"]
    if not said:
        return 1
    return int(said) if said.isdigit() else numbers.chinese_value(said) or numbers.english_value(said) or 1
