"""Which of a shop's prices a question means: by what the shop's own files call them (标价, 门市价, trade price), by
whose price it is (会员拿多少, "at trade"), or by how much is taken at once (一箱多少钱, "by the box")."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from shopdesk.core.late import late
from shopdesk.core.numbers import BELOW_100, CHINESE
from shopdesk.core.text import fold, is_han

_PRICE = re.compile(r"价格?|價格?|\bprices?\b|\brates?\b")
_ASIDE = re.compile(r"[(（\[].*?[)）\]]|[_:：-]")
_COMMON = frozenset(
    ("", "单", "现", "售", "卖", "销售", "原", "the", "our", "unit", "selling", "sale", "sales", "net", "full", "was",
     "now", "old", "new", "list", "regular", "normal", "usual", "base", "current", "week", "day",
     "month", "hour", "hire")
)  # fmt: skip
"""What stands before "price" in the headings of most shops and tells nothing apart, or has a sense of its own."""
_WHOSE = frozenset(("trade", "wholesale", "member", "members", "staff", "会员", "批发", "同行", "员工", "团购", "vip"))
"""Headings that are prices by whose they are, though they do not say "price"."""
_AMOUNT = re.compile(r"[^\d]{0,3}\d+(?:\.\d+)?\D{0,6}")
_VALUES_READ = 20
_MONEY = late(
    r"多少|几[块元]|什么价|啥价|[咋怎]么?卖|钱|价|呢\W*$|\bhow much\b|\bprices?d?\b|\bcosts?\b|\bcharge\b|\bpay\b"
    r"|\bwhat(?:'s| is| does| do| would)\b|^(?:and|what about|how about)\b| and | plus "
)
_NOT_AFTER = r"(?<![办开入当成非是])"
_NO_PRICE = r"(?!卡|日|费|积分|制|等级|打|[有能可怎办享吗]|资格|活动|系统)"
_NOT_BEFORE = (
    r"(?! (?:accounts?|cards?|in\b|customers?|days?|club|scheme|offers?|discounts?|ship|get|only|evening|event"
    r"|have|need))"
)
_CONTAINER_ZH = re.compile(r"(?:整|每|一|单|按|大)?([箱件打条盒捆提筐盘板袋桶包卷])(?:装|购|批)?")
_PIECES_TOO = frozenset("件条盒袋包卷")
"""Measure words that also count goods that are sold by the piece: of these 整件 is the container, no 一件."""
_CONTAINERS = "box|case|carton|pallet|sack|bag|dozen|roll|tray|crate|drum|bale|pack|outer|keg"
_CONTAINER_EN = re.compile(rf"(?:full |whole |per |by (?:the )?)?({_CONTAINERS})")
_AT = "".join(rf"(?<=\b{word} )|" for word in ("at", "much", "for a", "for an", "for", "do", "the"))


@dataclass(frozen=True, slots=True)
class PriceNamed:
    """`field` is the field of a record (`price`, `list_price`, `attributes.<name>`), `span` where it is named.
    `by_container` says that what the goods come in names it, which for goods without such a price is how they are sold
    at the price for everybody."""

    field: str
    span: tuple[int, int]
    by_container: bool = False


def price_named(
    folded: str, headings: Mapping[str, Sequence[str]], attributes: Mapping[str, Sequence[str]], *, counted: bool
) -> PriceNamed | None:
    """The price that a folded question names; `counted` says that it tells how many of something."""
    own = ((f"attributes.{name}", name) for name in attributes)
    fixed = ((field, heading) for field in ("list_price", "price") for heading in headings.get(field, ()))
    asks = counted or _MONEY.search(folded) is not None
    names = [*own, *fixed]
    for field, heading in names:
        called, whose = _parted(heading)
        if whose is None or (field.startswith("attributes.") and not _is_money(attributes[heading][:_VALUES_READ])):
            continue
        found = _whole(called).search(folded) if whose not in _COMMON or is_han(called[0]) else None
        container = _container(whose) if field.startswith("attributes.") else None
        if found is None and asks and whose not in _COMMON and container is None:
            found = _short(whose).search(folded)
        if found is not None and found.group() not in ("价", "价格", "售价", "单价", "price"):
            return PriceNamed(field, found.span())
        if found is None and container is not None and (taken := container.search(folded)):
            return PriceNamed(field, taken.span("said"), by_container=True)
    return None


@lru_cache(maxsize=256)
def _container(whose: str) -> re.Pattern[str] | None:
    """Finds what the goods come in that a price is for: 整箱, 一箱, "by the box", "two boxes of"; None where a price is
    for nothing of that sort."""
    chinese = _CONTAINER_ZH.fullmatch(whose)
    if chinese:
        number = "[整每按]一?" if chinese[1] in _PIECES_TOO else rf"(?:[整每按]一?|[\d几{CHINESE}]+整?)"
        return re.compile(
            rf"(?<!第)(?P<said>{number}{chinese[1]})(?!里|有|装[几多]|能|内|子|(?:几|多少)(?![钱块元]|\W*$))"
        )
    english = _CONTAINER_EN.fullmatch(whose)
    if english is None:
        return None
    many = rf"an?|the|one|each|per|by|full|whole|\d{{1,3}}|{BELOW_100}"
    follows = r"(?= (?:of|with|at|please|on|after|less|then|price)\b| ?[?.!,;]|$)"
    return re.compile(rf"\b(?:{many}) (?P<said>{english[1]})(?:e?s)?\b{follows}")


@lru_cache(maxsize=256)
def _parted(heading: str) -> tuple[str, str | None]:
    """A heading as people say it, and whose or what price it is; None where it is no price."""
    called = " ".join(_ASIDE.sub(" ", fold(heading)).split())
    rest, prices = _PRICE.subn(" ", called)
    return called, " ".join(rest.split()) if called and (prices or called in _WHOSE) else None


def _is_money(values: Sequence[str]) -> bool:
    return bool(values) and all(_AMOUNT.fullmatch(value) for value in values)


@lru_cache(maxsize=256)
def _whole(called: str) -> re.Pattern[str]:
    """Finds the whole name of a price."""
    if is_han(called[0]):
        return re.compile(re.escape(called))
    return re.compile(rf"(?<![a-z]){re.escape(called)}s?(?![a-z])")


@lru_cache(maxsize=256)
def _short(whose: str) -> re.Pattern[str]:
    """Finds whose price it is where a price is asked for: 会员多少, "how much trade is", "two of them, trade"."""
    if is_han(whose[0]):
        return re.compile(rf"{_NOT_AFTER}(?:按|照|走)?{re.escape(whose)}{_NO_PRICE}")
    said = re.escape(whose)
    return re.compile(rf"(?:{_AT}(?<=[,;] )){said}s?\b{_NOT_BEFORE}")
