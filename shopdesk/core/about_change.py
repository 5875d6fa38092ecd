"""Questions for the change: what a customer gets back who pays so much for some goods."""

from __future__ import annotations

from shopdesk.core import arithmetic, numbers
from shopdesk.core.baskets import basket_of
from shopdesk.core.following import Earlier
from shopdesk.core.late import late
from shopdesk.core.lexicon import BASKET_WORDS
from shopdesk.core.plan import Plan
from shopdesk.core.record_plans import computed_plan, numbered
from shopdesk.core.shop import Shop
from shopdesk.core.subjects import one_product, subject_without
from shopdesk.core.types import Record
from shopdesk.core.understanding import Understanding, understand

_WORDS = "ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|(?:a |one |two |five )?hundred|tenner|fiver"
_SUM = (
    rf"(?:[¥$€£]\s?)?(\d{{1,6}}(?:\.\d{{1,2}})?|[{numbers.CHINESE}]{{1,5}}|{_WORDS})"
    r"\s*(?:元|块钱?|dollars?|bucks?|pounds?|quid|euros?|yuan)?(?:\s*(?:note|bill)|的?(?:现金|整钱|票子|钞票?|钱))?"
)
_CHANGE = late(
    r"找(?:零|回|给)?(?:他|她|人家|客人|顾客|您|你|我)?(?:多少|几[块元]|零)|找零"
    r"|\bchange (?:do|does|from|out of|for|would|will|is)\b"
    r"|\b(?:how much|what(?:'s| is)|work out) (?:the |his |her |their |my )?change\b|\bchange ?\??$"
)
"""Asks for the change."""
_ARTICLE = r"(?:an? |the |his |her |their )?"
_PAID = (
    late(
        r"(?:客人|顾客|他|她|人家|人|对方)?(?:给|付|递|掏|拿出?|收)(?:了|我|你|来|过来|出|他|她|人家|客人)*(?:一张)?"
        rf"{_SUM}(?![个件袋盒瓶包斤双条只支张])"
    ),
    late(
        rf"\bchange (?:do (?:i|we) give |is there |would there be )?(?:from|out of|for|of) {_ARTICLE}{_SUM}(?![a-z])"
        r"|\b(?:pa(?:ys?|id|ying)|gives?|gave|giving|hands?|handed|with)\b (?:me |us |over |you |in )*(?:with |cash )?"
        rf"{_ARTICLE}{_SUM}(?![a-z])|\b(?:from|out of) {_ARTICLE}{_SUM}(?![a-z])"
    ),
)


def about_change(shop: Shop, read: Understanding, earlier: Earlier) -> Plan | None:
    """What is given back of a sum that is paid; None where no sum is said or the goods are not surely known."""
    if not _CHANGE.search(read.folded):
        return None
    paid = next((match for pattern in _PAID if (match := pattern.search(read.folded))), None)
    amount = _value(next(filter(None, paid.groups()))) if paid is not None else 0.0
    if paid is None or not amount:
        return None
    rest = f"{read.folded[: paid.start()]} {read.folded[paid.end() :]}"
    rest = _CHANGE.sub(" ", rest)
    goods, quantities = _goods(shop, understand(rest, shop.catalogue.vocabulary()), earlier)
    facts = numbered(goods)
    summed = arithmetic.change(facts, quantities, amount, read.language) if goods else None
    return computed_plan(read, facts, summed) if summed is not None else None


def _goods(shop: Shop, rest: Understanding, earlier: Earlier) -> tuple[list[Record], list[float]]:
    basket = basket_of(shop.resolver, rest)
    if basket.sure:
        return list(basket.goods), list(basket.quantities)
    subject = subject_without(rest, BASKET_WORDS)
    if not subject.content and earlier.products:
        before = earlier.understanding.quantities if earlier.understanding is not None else ()
        known = list({record.key: record for record in earlier.products}.values())
        return known, list(before) if len(before) == len(known) else [1.0 for _ in known]
    product = one_product(shop.named(subject).records) if subject.content else None
    return ([product], [next(iter(rest.quantities), 1)]) if product is not None else ([], [])


def _value(said: str) -> float:
    if said[0].isdigit():
        return float(said)
    return float(numbers.english_value(said) or numbers.chinese_value(said) or 0)
