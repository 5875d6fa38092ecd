"""Questions for how much less a good costs than it did: 便宜了多少 after its old price, "so what do they save"."""

from __future__ import annotations

from shopdesk.core import arithmetic
from shopdesk.core.following import Earlier
from shopdesk.core.late import late
from shopdesk.core.plan import Plan
from shopdesk.core.record_plans import computed_plan, numbered
from shopdesk.core.shop import Shop
from shopdesk.core.subjects import subject_without
from shopdesk.core.understanding import Understanding

_SAVED = late(
    r"(?:那|所以|也就是|这样|比(?:原价|原来|以前|吊牌价?|指导价|官方价?|市场价|标价|官网价?))*"
    r"(?:等于|一共|总共|能|可以|就|算下来)*(?:便宜|省|降|少|减|优惠|差)(?:了|下来?|出来?|掉)*"
    r"(?:多少|几[块元]|多少块)钱?|差价(?:是)?(?:多少|几[块元])"
    r"|\b(?:so |and |then )*(?:how much|what) (?:do|does|would|will|did|have|has|is|are)"
    r" (?:they|we|he|she|you|i|it|that|the customer|customers?|them)?(?: (?:be|been))? ?"
    r"(?:sav(?:e|ing|ed)|come down|gone down|reduced|knocked off|off)(?: by| then| on (?:it|that))?\b"
    r"|\b(?:so )?(?:they|you|he|she|that|it)(?:'s| is|'re| are)? ?sav(?:es?|ing)s? (?:(?:of )?what|how much)\b"
    r"|\bwhat(?:'s| is) the (?:saving|reduction|difference)\b"
    r"|\bhow much (?:of a saving|off|less|cheaper|of a reduction) (?:is|are|does|do|was) (?:that|it|they)(?: now)?\b"
)
_FROM = late(r"比|come down|gone down|knocked off|reduced|reduction")
_NO_OFFER = late(r"活动|满减|会员|折|券|\bdeal\b|\boffer\b|\bdiscount\b|%|\bmembers?\b|\btwo\b|\bthree\b")


def about_reduction(shop: Shop, read: Understanding, earlier: Earlier) -> Plan | None:
    """What was taken off the one good that was spoken of, or that is named; None where it has no older price."""
    said = _SAVED.search(read.folded)
    if said is None or _NO_OFFER.search(read.folded) or len(read.quantities) > 0:
        return None
    subject = subject_without(read, _SAVED)
    if subject.content and not _FROM.search(said.group()):
        return None  # two goods may be compared
    records = earlier.products if not subject.content else shop.named(subject).records
    if len({record.key for record in records}) != 1:
        return None
    fact = numbered(records[:1])[0]
    before = earlier.understanding.attributes if earlier.understanding is not None and not subject.content else ()
    for field in ("list_price", *(f"attributes.{name}" for name in before)):
        computed = arithmetic.reduction(fact, read.language, field)
        if computed is not None:
            return computed_plan(read, [fact], computed)
    return None
