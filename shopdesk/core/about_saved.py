"""Questions for what is saved on one product: its price beside the full one, or beside what members pay."""

from __future__ import annotations

import re

from shopdesk.core import arithmetic, lexicon
from shopdesk.core.following import Earlier, leans
from shopdesk.core.other_prices import other_price_said
from shopdesk.core.plan import Plan
from shopdesk.core.price_names import price_named
from shopdesk.core.record_plans import computed_plan, numbered
from shopdesk.core.shop import Shop
from shopdesk.core.subjects import distinct, one_product, subject_without
from shopdesk.core.types import Record
from shopdesk.core.understanding import Understanding

_SAVED = re.compile(
    r"(?:便宜|省|差|少|优惠|减|降)(?:了|下来?|掉|出|个)?(?:多少(?=钱|[元块]|[呢啊呀]|\W*$)|几[块元十百毛])|差价"
    r"|\b(?:how much|what)(?:'s| is| are| do| does| would| will| did)?\b.*\b(?:sav(?:e|es|ing|ings|ed)|cheaper"
    r"|difference)\b"
    r"|\bsav(?:e|es|ing) (?:them )?(?:of )?(?:how much|what)\b"
    r"|\bhow much (?:has|have|did|is) (?:it|that|they|this) (?:been )?(?:come down|gone down|reduced|knocked off)\b"
    r"|\bhow much (?:off|reduced|less) is (?:it|that|this|the)\b"
)
_EARLIER = "(?:原价|原来|以前|吊牌价?|指导价|官方价?|市场价|标价|官网价?)"
_WORDS = re.compile(
    rf"^(?:那|所以|也就是|这样)|(?:比|跟)?{_EARLIER}|"
    r"(?:能|会|可以)?(?:便宜|省|差|少|优惠|减|降)(?:了|下来?|掉|出|个)?|差价|会员|批发|同行|\b(?:sav(?:e|es|ing|ings|ed)|cheaper|difference|reduced|less|off)\b"
)
_OF_TWO = re.compile(rf"比(?!{_EARLIER})|和|跟|与|还是|\b(?:than|over|between|and|or|versus|vs)\b")
"""Compares two goods."""
_DIFFERENCE = re.compile(r"差|\bdifference\b")


def about_saved(shop: Shop, read: Understanding, earlier: Earlier) -> Plan | None:
    """What one product costs less than at its full price, or than another of its prices; None for two goods."""
    if not _SAVED.search(read.folded) or _OF_TWO.search(read.folded):
        return None
    vocabulary = shop.catalogue.vocabulary()
    named = price_named(read.folded, vocabulary.headings, vocabulary.attributes, counted=True)
    record = _meant(shop, read, earlier, named.span if named is not None else (0, 0))
    if record is None:
        return None
    before = earlier.understanding
    field = named.field if named is not None and named.field.startswith("attributes.") else None
    field = field or other_price_said(read.folded, [record]) or (before.priced_by if before is not None else "price")
    if field == "price" and lexicon.AFTER_PROMOTIONS.search(read.folded):
        return None  # what an offer takes off
    other = "list_price" if field == "price" else field
    facts = numbered([record])
    computed = arithmetic.saved(facts[0], other, read.language)
    return computed_plan(read, facts, computed) if computed is not None else None


def _meant(shop: Shop, read: Understanding, earlier: Earlier, span: tuple[int, int]) -> Record | None:
    """The one product that a question names, or else the one spoken of."""
    subject = subject_without(read, _WORDS).without([span])
    if subject.content and not (leans(read) and not subject.content.strip()):
        if span == (0, 0) and _DIFFERENCE.search(read.folded):
            return None  # two goods may be named in one breath
        return one_product(distinct(shop.named(subject).records))
    return one_product(distinct(earlier.products))
