"""The two goods that were spoken of one after the other, where a question is about both: "what's the difference",
哪个贵, "one of each", 各来一袋, "both together"."""

from __future__ import annotations

from dataclasses import replace

from shopdesk.core.following import Earlier
from shopdesk.core.late import late
from shopdesk.core.numbers import BELOW_100, CHINESE
from shopdesk.core.shop import Shop
from shopdesk.core.subjects import subject_of
from shopdesk.core.understanding import Understanding

_ADDED = late(
    r"各(?:来|要|拿|买|装|带|给)?(?:[\d一二两三四五六七八九十]|$)|[两俩二](?:样|个|种|款|件|条|只|瓶|袋|包)?(?:都|一起|一块|加|合|共)|(?:一|每)[样种](?:来|要|拿|买|带)?一|一起|加起来|一共|总共|都要|全要"
    rf"|\b(?:\d{{1,2}}|{BELOW_100}) of (?:each|both)\b|\beach\b|\bboth\b|\bthe (?:two|pair|lot)\b|\btogether\b|\bin total\b|\baltogether\b"
)
_COMPARED = late(
    r"哪[个款种样瓶袋包条件双]?(?:的|是)?(?:更|比较|要)?(?:贵|便宜|划算|实惠|好|大|小|重|轻|长|短|厚|薄|高|低)|哪[个款种样瓶袋包条件双](?:的|是)?更?[^\W\d_]{1,3}(?=[?？]?$)|差(?:多少|几|价)|差别|区别|相差|不一样|有啥不同|(?:贵|便宜|省)(?:了)?(?:多少|几)|谁(?:更)?(?:贵|便宜)"
    r"|\bdifferen\w+\b|\bwhich(?: one)?(?:'s| is| are| of| has| lasts| does)\b|\bcompare\b|\bhow much (?:more|less|cheaper|dearer)\b|\b(?:cheaper|dearer|lighter|heavier|bigger|better) (?:one|of the two)\b"
)
_OF_EACH = late(rf"各\D{{0,2}}(?P<zh>[\d{CHINESE}]+)|\b(?P<en>\d{{1,2}}|{BELOW_100}) of (?:each|both)\b")


def asks_of_both(read: Understanding) -> bool:
    """Whether a question may be about the two goods that were spoken of last."""
    return _ADDED.search(read.folded) is not None or _COMPARED.search(read.folded) is not None


def of_both(shop: Shop, read: Understanding, earlier: Earlier) -> tuple[Understanding, Earlier]:
    """A question that is about the two goods spoken of last and names none, and these two as what was spoken of;
    other questions as they are."""
    one, other = earlier.one_before, earlier.products
    if len(one) != 1 or len(other) != 1 or one[0].key == other[0].key or not asks_of_both(read):
        return read, earlier
    named = subject_of(read)
    if named.content and shop.named(named).records:
        return read, earlier
    before = earlier.understanding
    if _COMPARED.search(read.folded):
        read = replace(read, kinds=read.kinds - {"list", "recommend"} | {"compare"})
    else:
        many = read.quantities * 2 if len(read.quantities) == 1 and _OF_EACH.search(read.folded) else (1, 1)
        read = replace(read, kinds=read.kinds | {"total"}, quantities=many, quantity_spans=((0, 0), (0, 0)))
        before = replace(before, kinds=before.kinds | {"total"}, quantities=many) if before is not None else None
    return read, replace(earlier, records=(*one, *other), understanding=before, before=(), one_before=())
