"""Questions about rules: the shop's policies, as far as no product's own value is asked for."""

from __future__ import annotations

from shopdesk.core import idioms, lexicon
from shopdesk.core.following import Earlier
from shopdesk.core.plan import Plan
from shopdesk.core.ports import SearchWish
from shopdesk.core.profiles import compact
from shopdesk.core.quoting import TAKES_BACK, Quotation, Quoter
from shopdesk.core.record_plans import records_any_attribute
from shopdesk.core.resolving import Resolution, says_title, whole_names_said
from shopdesk.core.rule_plans import (
    is_better,
    is_enough,
    is_last_resort,
    of_goods,
    quote,
    quoted_plan,
    rules_on,
    surely_ruled,
    to_the_point,
)
from shopdesk.core.sense import words_of
from shopdesk.core.shop import NAMES_TRIED, Shop
from shopdesk.core.subjects import SEVERAL, subject_of
from shopdesk.core.text import fold, runs
from shopdesk.core.types import Record
from shopdesk.core.understanding import Understanding
from shopdesk.core.wording import field_name

_LONG_TITLE = 8
_SURE = 0.66
"""The share of a question's words that a product must have to be preferred to a rule as good."""


def about_rules(shop: Shop, read: Understanding, earlier: Earlier) -> Plan | None:
    """A policy, when the words are those of rules and no product's own value is asked for."""
    if earlier.products and read.attributes and not read.content and records_any_attribute(earlier.products[0], read):
        return None  # "and is there a warranty": of what was spoken of
    goes_on = not read.asked or (read.elliptical and not earlier.before)
    before = earlier.understanding if earlier.kind == "policy" and goes_on else None
    if read.kinds & {"cheapest", "dearest"} and read.categories:
        return None
    reduced = _when_reduced(shop, read)
    if reduced is not None:
        return reduced
    titled = _titled_rule(shop, read) if before is None else None
    if titled is not None:
        return None if asks_for(read, shop.named(subject_of(read))) else titled
    if not read.asks("policy") and before is None:
        return _about_doing(shop, read) if read.asks("how-to") else None
    named = shop.named(subject_of(read))
    if asks_for(read, named):
        return None
    priced = read.low is not None or read.high is not None
    if priced and not read.asked and named.records and named.recall >= _SURE:
        return None  # "closed headphones for under £150"
    if not lexicon.POLICY.search(read.folded) and any(_says_name(read, record) for record in named.records[:1]):
        return None  # a service that is sold by its name: 补胎多少钱
    bare = shop.named_without(read, lexicon.POLICY)
    if any(records_any_attribute(record, read) for record in bare.records[:1]):
        return None
    if set(read.attributes) - {"warranty"} and any(whole_names_said(read.folded, r) for r in bare.records[:1]):
        return None  # a rule about something else is no answer to what a row does not say
    of_goods = read.asked or lexicon.HAS_GOODS.search(read.folded)
    if of_goods and bare.records and says_title(read.folded, bare.records[0]) and named.recall >= _SURE:
        return None  # what goods cost whose name sounds like a rule: "shoe resoling"
    if read.asks("policy"):
        product = bare.records[0].title_in(read.language) if bare.records else ""
        quotation = _rule_for(shop, read, leave_out=product)
    elif before is not None and not named.records:
        quotation = quote(shop.catalogue, read, f"{read.question} {before.question}")
    else:
        return None
    for_goods = lexicon.ASKS_FOR_GOODS.search(read.folded) and not TAKES_BACK.search(read.folded)
    if quotation is not None and for_goods and not surely_ruled(quotation):
        return None
    if quotation is None:
        return None
    sure = read.asks("policy") and surely_ruled(quotation) and quotation.fits and quotation.words > 1
    sure = sure or (
        read.asked == ("price",) and bool(lexicon.FEE.search(read.folded)) and is_enough(quotation) and quotation.fits
    )
    if read.asked and named.recall >= max(quotation.coverage, _SURE) and not sure:
        return None
    return quoted_plan(read, quotation) if is_enough(quotation) else None


def asks_for(read: Understanding, goods: Resolution) -> bool:
    """Whether a question asks whether there are goods, or how many, and names nothing else: "is there any film"."""
    asks = read.asks("exists") or "stock" in read.asked
    named = bool(goods.records) and goods.recall >= _SURE
    return asks and named and idioms.SAYS_LITTLE.issuperset(runs(goods.unknown))


def _when_reduced(shop: Shop, read: Understanding) -> Plan | None:
    """When goods become cheaper, by the rule that says so of them ("when does bread go half price")."""
    if not lexicon.WHEN_REDUCED.search(read.folded):
        return None
    quotation = quote(shop.catalogue, read, read.question)
    if quotation is None or not (quotation.words or quotation.concepts > 1):
        return None
    says = any(lexicon.REDUCED.search(fold(sentence)) for sentence in quotation.sentences)
    return quoted_plan(read, quotation) if says else None


def _says_name(read: Understanding, record: Record) -> bool:
    return compact(fold(record.title)) in compact(read.folded)


def _rule_for(shop: Shop, read: Understanding, leave_out: str) -> Quotation | None:
    """The rule for a question; where the story around it hides what it asks, for the clauses that ask."""
    quotation = quote(shop.catalogue, read, read.question, leave_out=leave_out)
    if quotation is None or not is_enough(quotation):
        point = to_the_point(read.question)
        quotation = (quote(shop.catalogue, read, point, leave_out=leave_out) if point else None) or quotation
    return quotation


def _titled_rule(shop: Shop, read: Understanding) -> Plan | None:
    """The rule whose whole title the question says, where that is no name of goods."""
    rules = rules_on(shop.catalogue, read, read.question)[:NAMES_TRIED]
    named = [rule for rule in rules if says_title(read.folded, rule)]
    if read.attributes:  # what a column is called may be the title of a rule too
        columns = {fold(column.replace("_", " ")) for column in read.attributes}
        longer = [rule for rule in named if len(runs(rule.title)) > 2 or len(rule.title) > _LONG_TITLE]
        named = [rule for rule in longer if fold(rule.title) not in columns]
    goods = shop.catalogue.search(SearchWish(read.folded, limit=NAMES_TRIED, enough=1)) if named else []
    if not named or any(says_title(read.folded, hit.record) for hit in goods):
        return None
    quotation = Quoter(read.question, named[:1], read.language).best()
    return quoted_plan(read, quotation) if quotation is not None else None


def _about_doing(shop: Shop, read: Understanding) -> Plan | None:
    """How something is done, where a text of the shop is about just that."""
    if read.asked and read.asked != ("description",):
        return None
    if read.attributes and any(records_any_attribute(each, read) for each in shop.named(subject_of(read)).records[:1]):
        return None  # "how do you clean the pony saddle": its own column tells
    quotation = quote(shop.catalogue, read, read.question)
    if quotation is None or not (quotation.titled and surely_ruled(quotation)):
        return None
    return quoted_plan(read, quotation)


def better_rule(shop: Shop, read: Understanding, goods: Resolution) -> Plan | None:
    """A rule that answers better than the goods that are named: it has more of the question, or just what they lack
    ("what do you charge for a setup on a guitar")."""
    if read.asks("count") or asks_for(read, goods):
        return None  # goods are counted, not what a rule says of them
    named = whole_names_said(read.folded, goods.records[0])
    beside = read.folded.replace(max(named, key=len), " ") if named else read.question  # "is Love on Hold in"
    quotation = quote(shop.catalogue, read, beside)
    if quotation is not None and is_better(read, quotation, goods.recall, True):
        return quoted_plan(read, quotation)
    if not goods.unknown or (named and not read.asks("policy")):
        return None  # "key in what for …": how it is asked, not what
    return rule_on(shop, read, goods.unknown)


def rule_on(shop: Shop, read: Understanding, rest: str) -> Plan | None:
    """The rule whose title has `rest`: what no goods have of a question, where that asks for no field of theirs."""
    if set(read.asked) - {"price"} or read.attributes or read.quantities or of_goods(read) or read.kinds & SEVERAL:
        return None
    quotation = quote(shop.catalogue, read, rest)
    if quotation is None or not quotation.titled or not surely_ruled(quotation):
        return None
    if not (quotation.concepts or words_of(rest) & words_of(quotation.record.title_in(read.language))):
        return None
    whole = quote(shop.catalogue, read, read.question)
    same = whole is not None and whole.record.key == quotation.record.key
    return quoted_plan(read, whole if whole is not None and same else quotation)


def rule_after_all(shop: Shop, read: Understanding, product_recall: float) -> Plan | None:
    """A rule where no product is named: a good one, or one that is better than nothing."""
    quotation = quote(shop.catalogue, read, read.question)
    if quotation is not None and is_better(read, quotation, product_recall, False):
        return quoted_plan(read, quotation)
    if read.asked:
        # that a rule speaks of prices makes it no answer to what something costs
        names = " ".join(field_name(field, read.language) for field in read.asked)
        quotation = quote(shop.catalogue, read, read.question, leave_out=names)
    return (
        quoted_plan(read, quotation)
        if quotation is not None and is_last_resort(read, quotation, product_recall)
        else None
    )
