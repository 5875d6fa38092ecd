"""Plans about orders: what of one is asked, in the fields that every order has and in the shop's own columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from shopdesk.core import arithmetic, lexicon
from shopdesk.core.plan import Plan
from shopdesk.core.profiles import stem
from shopdesk.core.record_plans import FACTS_SHOWN, computed_plan, numbered, value_plan
from shopdesk.core.text import fold, is_han, runs
from shopdesk.core.types import Fact, Record
from shopdesk.core.understanding import Understanding
from shopdesk.core.wording import shown_attributes, value_text

_SENSES = (
    # what is said, and the headings of columns that tell it
    (
        re.compile(
            r"谁在[^\s,，。?？]{1,3}$|谁(?:给|帮)?(?:[他她客]人?)?(?:去|来|负责|管|送|装|修|做|上门|接|跟|经手|办|卖|开|收|记)|哪[个位](?:师傅|人|员工|技师|同事|店员|导购)"
            r"|\bwho(?:'s| is) [a-z]+ing\b|\bwho(?:'s| is| will be| did| took| sold| served| handled| wrote| made| dealt"
            r"| looked after)\b(?! (?:it|that|this) for)"
        ),
        re.compile(
            r"师傅|人员|技师|司机|安装人|经手|负责|跟单|店员|导购|业务员|销售员?$|接单|开单人|营业员"
            r"|\bstaff\b|\bsales(?:person|man|woman)?$|\bseller\b|\bserved|technician|fitter|driver|handled|assigned|\bby\b|engineer|tailor|stylist"
        ),
    ),
    (
        re.compile(
            r"欠|还?[差剩]多少|尾款|\bleft for .+ to pay\b|\bstill to pay\b|\bow(?:e|es|ed|ing)\b|\boutstanding\b|\bbalance\b|\bleft to pay\b"
        ),
        re.compile(r"欠|尾款|未付|余款|balance|ow(?:ing|ed)|outstanding|\bdue amount|amount due|to pay"),
    ),
    (
        re.compile(
            r"定金|订金|[交付给收](?:过|了)(?:他|她|咱|我们)?(?:多少|几)|已[付收]|[给付交]了?钱|交了?定|\bdeposit\b|\bput down\b|\bdown so far\b"
            r"|\bhow much (?:has|have|did) (?:\S+ ){1,4}(?:paid?|put down|given?)\b"
        ),
        re.compile(r"定金|订金|已[付收交]|实收|预[付收]|[付交收]了|deposit|\bpaid\b"),
    ),
    (
        re.compile(r"电话|手机|怎么联系|\bphone\b|\b(?:call|ring|number for) (?:him|her|them)\b"),
        re.compile(r"电话|手机|phone|mobile|\btel\b"),
    ),
    (
        re.compile(r"地址|住哪|\baddress\b|\bwhere (?:does|do) (?:it|they) go\b"),
        re.compile(r"地址|小区|住址|address|site|deliver to"),
    ),
    (
        re.compile(r"[在去]哪[里儿]?(?:取|拿|提)|\bwhere\b.*\b(?:collect|pick)"),
        re.compile(r"自提|提货|取货|collect from|pick ?up (?:at|from)"),
    ),
)
_DOING = re.compile(r"\bwho(?:'s| is| was) ([a-z]{3,})ing\b")
_WHETHER_HERE = re.compile(
    r"(?:^|[,.;] ?)(?:is|are|has|have) (?!there\b)(?:(?!\b(?:when|what|who|which|how)\b)[^,.?!])*"
    r"\b(?:here|in|back|done|made|finished|to (?:collect|pick up))\b(?! (?:stock|\d))"
)
"""Asks whether what was ordered is there: its status tells, not the day it is expected."""
_TOLD = 6
"""Columns that are told of an order where none is known to hold what is asked."""
_COMMON = frozenset({"order", "date", "time", "number", "name", "item", "the", "on", "at", "to", "of", "no", "ref"})


def order_plan(read: Understanding, record: Record) -> Plan:
    """What was asked of an order, otherwise where it is."""
    own = own_columns_asked(read, record)
    fields = [field for field in order_fields(read) if not own or _surely(field, record)]
    if fields and not own and not any(record.fields.get(field) for field in fields):
        # the shop's own columns may tell what is asked of it
        fields = ["status", *(f"attributes.{name}" for name in shown_attributes(record))]
        fields = [field for field in fields if value_text(record, field, read.language)][:_TOLD]
    fields = [*own, *fields] or [
        field for field in ("status", "carrier", "tracking", "expected_at") if record.fields.get(field)
    ]
    return value_plan(read, (Fact(1, record),), Fact(1, record), fields or ["status"])


def orders_plan(read: Understanding, records: Sequence[Record]) -> Plan:
    """The orders of one customer: one as if its number were said, of several where each is."""
    if len(records) == 1:
        return order_plan(read, records[0])
    facts = numbered(records[:FACTS_SHOWN])
    return computed_plan(read, facts, arithmetic.listing(facts, (order_fields(read) or ["status"])[:2], read.language))


def order_fields(read: Understanding) -> list[str]:
    """What of an order is asked for: of what is asked to have been done its status, whatever other words are said."""
    if lexicon.WHETHER_DONE.search(read.folded):
        return ["status"]
    asked = [name for name, pattern in lexicon.ORDER_FIELDS.items() if pattern.search(read.folded)]
    if _WHETHER_HERE.search(read.folded):
        return ["status", *(name for name in asked if name != "status")]
    return asked


def own_columns_asked(read: Understanding, record: Record) -> list[str]:
    """The shop's own columns of an order that are asked for: by their names, or by who, how much is owed, where."""
    found = [name for name in shown_attributes(record) if record.attributes[name] and _names(fold(name), read.folded)]
    for said, heading in _SENSES:
        if said.search(read.folded):
            found += [n for n in shown_attributes(record) if record.attributes[n] and heading.search(fold(n))]
    doing = _DOING.search(read.folded)
    if doing is not None:  # "who's rigging it": the Rigger
        found += [n for n in shown_attributes(record) if record.attributes[n] and fold(n).startswith(doing[1])]
    return [f"attributes.{name}" for name in dict.fromkeys(found)]


def _surely(field: str, record: Record) -> bool:
    """Whether a field is told beside a column of the shop's own: of what is owed no total, of a deposit no status."""
    return field in ("expected_at", "lines", "tracking") and bool(record.fields.get(field))


def _names(heading: str, folded: str) -> bool:
    """Whether a question says a heading: whole, or a word of it that says what it is."""
    if heading and is_han(heading[0]):
        return len(heading) > 1 and heading in folded
    words = {stem(word) for word in runs(heading)} - _COMMON
    said = set(map(stem, runs(folded)))
    return bool(words) and words <= said
