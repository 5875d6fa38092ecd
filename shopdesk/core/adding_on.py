"""A question that adds goods to those spoken of: "two of those and a champagne yeast", 再加一把牙剪."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shopdesk.core import numbers
from shopdesk.core.following import Earlier
from shopdesk.core.late import late
from shopdesk.core.types import Record
from shopdesk.core.understanding import Understanding

_NUMBER = rf"(?:an?|the|\d{{1,3}}|{numbers.BELOW_100}|some|another)"
_ADDS = late(
    rf"^(?:ok(?:ay)?,? |so |then |and |could you |can you |i'?ll )*(?:add(?:ing)?|plus|(?:throw|chuck|stick) in"
    rf"|along with"
    rf"|together with|with {_NUMBER}(?! ?%| per ?cent))\b|\b(?:as well|on top|too)\W*$|\bto (?:that|it|those|them)\W*$"
    r"|^(?:那|好)?[,，]?(?:再?加上?|再(?:来|拿|要|带|买|配)|外加|连同?|带上)"
)
ADDING_WORDS = late(
    r"\badd(?:ing)?\b(?!-)|\b(?:throw|chuck|stick) in\b|\b(?:as well|on top|too)(?=\W*$)"
    r"|\bto (?:that|it|those|them)(?=\W*$)|^(?:那|好)?[,，]?(?:再?加上?|外加|连同?|带上)"
)
"""What such a question says besides what it adds."""
_POINTS = late(
    rf"\W*(?:(?:and|ok|so|then|i'?ll (?:take|have)) )*(?:\d{{1,3}}|{numbers.BELOW_100}|a (?:pair|couple)"
    rf"|another)? ?(?:of )?"
    r"(?:those|these|them|that|it|that one|this)\W*|\W*(?:这|那|刚才)(?:个|款|种|件"
    r"|样)?的?(?:[来要拿][\d一二两三四五六七八九十]+[^\W\d_])?\W*"
)
"""An item that only points to what was spoken of."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """The goods spoken of before, and how many of each."""

    goods: tuple[Record, ...] = ()
    quantities: tuple[float, ...] = ()


def spoken_goods(earlier: Earlier) -> Spoken:
    """The one product, or the basket, that the answer before was about; nothing where it was about several others."""
    goods = tuple({record.key: record for record in earlier.products}.values())
    before = earlier.understanding
    wanted = before.quantities if before is not None else ()
    if len(goods) == 1:
        return Spoken(goods, (wanted[0] if len(wanted) == 1 else 1,))
    summed = before is not None and (before.asks("total") or len(wanted) > 0)
    if not goods or not summed:
        return Spoken()
    return Spoken(goods, wanted if len(wanted) == len(goods) else (1,) * len(goods))


def adds_on(read: Understanding) -> bool:
    """Whether a question adds to what was spoken of."""
    return _ADDS.search(read.folded) is not None


def points_back(item: str) -> bool:
    """Whether an item of a basket only points to what was spoken of: "two of those"."""
    return _POINTS.fullmatch(item) is not None


def with_spoken(
    spoken: Spoken, goods: Sequence[Record], quantities: Sequence[float]
) -> tuple[tuple[Record, ...], tuple[float, ...]]:
    """What was spoken of, and what is now added to it."""
    if {record.key for record in spoken.goods} & {record.key for record in goods}:
        return tuple(goods), tuple(quantities)
    return (*spoken.goods, *goods), (*spoken.quantities, *quantities)
