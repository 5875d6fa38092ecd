"""A question read once more, where its words make something else likelier than what the first reading came to.

The first reading knows for sure what it has words for. Here :mod:`shopdesk.core.chances` says what the question is
likely to ask for. Where the first plan is about something else, or found nothing, the question is planned again as one
of the likely kind, and that plan is taken if it holds up. A plan that reads just the column which is asked for stands.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from shopdesk.core.about_others import about_replacement
from shopdesk.core.chances import chances_of
from shopdesk.core.clipped_names import is_short_of
from shopdesk.core.following import Earlier, leans
from shopdesk.core.plan import Plan
from shopdesk.core.purposes import better_fitting
from shopdesk.core.record_plans import product_plan
from shopdesk.core.resolving import whole_names_said
from shopdesk.core.rule_plans import is_supported, quote, quoted_plan, surely_ruled
from shopdesk.core.shop import Shop
from shopdesk.core.subjects import subject_of
from shopdesk.core.text import fold, is_han
from shopdesk.core.types import Exchange, Record
from shopdesk.core.understanding import Understanding, understand

PlanAs = Callable[[Collection[str]], Plan]
"""Plans the question as one that asks for these kinds, and for no rule."""

_RULED = 0.75
"""The chance that a question is about a rule from which on a rule goes before goods that are named."""
_RULED_AT_ALL = 0.4
"""The same where nothing else was found."""
_RULED_FOR_SURE = 0.95
"""The same where the named goods have a column that seems to be asked for."""
_NO_RULE = 0.05
"""The chance below which a rule that was quoted is not what is asked."""
_QUOTED = 0.12
"""The share of a question's sense that a rule must have."""
_LIKELY = 0.6
_OF_NAMED_GOODS = frozenset({"compare", "total", "order", "promotion"})
"""Kinds that ask something of goods that are named, or of no goods."""
_LONG, _LONG_CHINESE = 16, 5
"""Characters of a name that nobody says without meaning the product."""
_WANTED = 0.4
"""The chance that goods are to be recommended from which on those that fit best go before others."""
_ANOTHER = 0.45
"""The chance that goods are wanted in the place of others from which on these are offered."""
_WANTED_AT_ALL = 0.1
"""The same where nothing else was found."""
_OF_SEVERAL = frozenset({"compare", "total", "count", "substitute", "promotion", "order", "recommend"})
"""The kinds that the first reading knows by the same names, and that are planned in another way than a field."""
_OF_TWO = frozenset({"compare", "total"})
"""Those that ask for a price or the stock as well, of more than one product."""
_PLAIN = frozenset({"price", "stock", "location", "list_price"})
"""The fields that are told of a product where nothing more is understood."""


def second_plan(
    shop: Shop, question: str, plan: Plan, history: Sequence[Exchange], plan_as: PlanAs
) -> Plan | None:  # fmt: skip
    """The plan of what a question likely asks for; None where the first plan stands."""
    chances = chances_of(question, plan.language)
    if not _is_doubtful(plan, chances):
        return None
    read = understand(question, shop.catalogue.vocabulary(), history)
    if history and leans(read):
        return None  # it asks for what was asked before
    return (
        _instead(shop, read, plan, chances["substitute"])
        or _for_a_need(shop, read, plan, chances["recommend"])
        or _rule(shop, read, plan, chances["policy"])
        or _no_rule(shop, read, plan, chances, plan_as)
        or _likely_kind(read, plan, chances, plan_as)
        or _closest(shop, read, plan)
    )


def _is_doubtful(plan: Plan, chances: Mapping[str, float]) -> bool:
    """Whether the words make something else likely enough to look again: most plans are what they ask for."""
    if chances["recommend"] >= _WANTED or chances["substitute"] >= _ANOTHER:
        return plan.target is None or plan.target.record.kind != "order"  # whose order it is was said
    if plan.intent == "policy":
        return chances["policy"] < _NO_RULE or "order" in _likeliest(chances)
    if plan.intent == "not_found" or chances["policy"] >= _RULED:
        return True
    return plan.intent != "computed" and bool(_likeliest(chances) & _OF_SEVERAL)


def _instead(shop: Shop, read: Understanding, plan: Plan, chance: float) -> Plan | None:
    """What is there in the place of a good that is out, where the plan tells of that good or of nothing."""
    if chance < _ANOTHER or plan.intent == "computed" or not set(read.asked) <= _PLAIN:
        return None
    found = about_replacement(shop, read, Earlier(), surely=True)
    told = {fact.record.key for fact in plan.facts}
    return found if found is not None and not told >= {fact.record.key for fact in found.facts} else None


def _for_a_need(shop: Shop, read: Understanding, plan: Plan, chance: float) -> Plan | None:
    """The goods that fit best what a question wants goods for, where the plan is about others, or about more."""
    if chance < (_WANTED_AT_ALL if plan.intent == "not_found" else _WANTED):
        return None
    if read.codes or read.kinds & _OF_NAMED_GOODS or not set(read.asked) <= _PLAIN - {"location", "list_price"}:
        return None
    if (read.attributes and plan.intent == "value") or any(
        _is_named_at_length(read, fact.record) for fact in plan.facts
    ):
        return None
    if plan.intent == "policy" and (ruled := quote(shop.catalogue, read, read.question)) and surely_ruled(ruled):
        return None
    return better_fitting(shop, read, plan, surely=chance >= _WANTED)


def _is_named_at_length(read: Understanding, record: Record) -> bool:
    """Whether a question says a name that is too long to be what goods are for."""
    names = (fold(name) for name in whole_names_said(read.folded, record))
    return any(len(name) > (_LONG_CHINESE if is_han(name[0]) else _LONG) for name in names)


def _rule(shop: Shop, read: Understanding, plan: Plan, chance: float) -> Plan | None:
    """A rule, where one is asked for and the plan is about none."""
    if plan.intent == "policy" or not {fact.record.kind for fact in plan.facts}.isdisjoint({"policy", "order"}):
        return None
    nothing, sure = plan.intent == "not_found", plan.intent == "not_recorded" or _reads_a_column(plan)
    if chance < (_RULED_AT_ALL if nothing else _RULED_FOR_SURE if sure else _RULED):
        return None
    quotation = quote(shop.catalogue, read, read.question)
    if quotation is None or quotation.coverage < _QUOTED or not (chance >= _RULED or is_supported(quotation)):
        return None
    return quoted_plan(read, quotation)


def _no_rule(
    shop: Shop, read: Understanding, plan: Plan, chances: Mapping[str, float], plan_as: PlanAs
) -> Plan | None:  # fmt: skip
    """What is asked in the place of a rule that was quoted for a word of the question."""
    quoted = plan.intent == "policy" and all(fact.record.kind == "policy" for fact in plan.facts)
    if not quoted or chances["policy"] >= _NO_RULE:
        return None
    quotation = quote(shop.catalogue, read, read.question)
    if quotation is not None and surely_ruled(quotation):
        return None
    likely = _likeliest(chances)
    found = plan_as(likely & _OF_SEVERAL)
    holds = found.intent == "value" or (found.intent == "computed" and likely & {*_OF_SEVERAL, "extreme"})
    return found if holds else None


def _likely_kind(read: Understanding, plan: Plan, chances: Mapping[str, float], plan_as: PlanAs) -> Plan | None:
    """A sum, a comparison, a count and so on, of a question that has none of the words known for it."""
    likely = _likeliest(chances) & _OF_SEVERAL
    if not likely or likely <= read.kinds or plan.intent == "computed" or _reads_a_column(plan):
        return None
    if plan.intent == "value" and read.asked and not likely & _OF_TWO:
        return None
    if "total" in likely and not set(read.asked) <= {"price", "list_price"}:
        return None  # 要两个，拿得出来不: of two it is asked whether they are there
    for_want_of_better = plan.intent == "not_found" or (plan.intent == "policy" and "order" in likely)
    if likely & {"recommend", "order"} and not for_want_of_better:
        return None
    found = plan_as(likely | ({"list"} if "recommend" in likely else set()))
    holds = found.intent == "computed" or ("order" in likely and found.intent == "value")
    of_goods = plan.intent == "value" and all(fact.record.kind != "product" for fact in found.facts)
    return found if holds and not of_goods else None  # "the sticker fell off the mug" is about the mug


def _closest(shop: Shop, read: Understanding, plan: Plan) -> Plan | None:
    """What is asked of the one product that has every character of the question, whose name is cut short in it:
    红帽子, 三鲜饺子."""
    if plan.intent != "not_found" or not plan.facts or not (read.asked or read.attributes):
        return None
    subject = subject_of(read)
    near = [row for row in shop.resolver.candidates(subject) if is_short_of(subject.content, row)]
    if len({row.title for row in near}) != 1:
        return None
    found = product_plan(read, near)
    return found if found.intent in ("value", "computed") else None


def _likeliest(chances: Mapping[str, float]) -> frozenset[str]:
    """The kind that is likely, none where several may be."""
    kind = max(chances, key=lambda kind: chances[kind])
    return frozenset({kind} if chances[kind] >= _LIKELY else ())


def _reads_a_column(plan: Plan) -> bool:
    """Whether a plan tells a column or two that are not told of every product."""
    fields = {point.field for point in plan.points}
    return plan.intent in ("value", "not_recorded") and len(fields) < 3 and not fields <= _PLAIN
