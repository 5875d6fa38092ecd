"""What a promotion is for, and when: the goods that its scope takes in, the days on which it runs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from shopdesk.core.profiles import stem
from shopdesk.core.text import fold, is_han, runs
from shopdesk.core.types import Record

LIST = re.compile(r"[、,，;；/|]|\band\b|和|以及|及")
"""What stands between the goods of a list."""
_WHOLE_SHOP = re.compile(
    r"^(?:全店|全场|全部|所有|通用|全品类)(?:商品|通用|货品)?$"
    r"|^(?:the )?(?:whole|entire) (?:shop|store|range|catalogue)$|^(?:store|shop|site)[ -]?wide$|^everything$"
    r"|^(?:all|any)(?: (?:products?|goods|items?|orders?|purchases?))?$"
)
_ENDING = re.compile(r"(?:类|商品|产品|系列|\b(?:products?|goods|items?|range))$")


def is_running(promotion: Record, today: date) -> bool:
    """Whether a promotion runs on the day; one without dates does."""
    starts, ends = days_of(promotion)
    return (not starts or starts <= today.isoformat()) and (not ends or today.isoformat() <= ends)


def days_of(promotion: Record) -> tuple[str, str]:
    """Its first and its last day as ISO dates, "" where the row does not say."""
    starts, ends = (str(promotion.fields.get(field) or "")[:10] for field in ("starts", "ends"))
    return starts, ends


def scope_of(promotion: Record) -> tuple[str, ...]:
    """The goods, categories and brands that a promotion is for, folded; none where it is for the whole shop."""
    said = (str(promotion.fields.get("scope") or ""), promotion.attributes.get("scope_en", ""))
    parts = [part.strip() for text in said for part in LIST.split(fold(text))]
    return tuple(part for part in parts if part and not _WHOLE_SHOP.search(part))


def takes_in(parts: Sequence[str], record: Record) -> bool:
    """Whether a scope (none: the whole shop) means a product."""
    return not parts or any(means(part, record) for part in parts)


def means(part: str, record: Record) -> bool:
    """Whether a word of a scope means a product: its code, its category, brand or other value, words of its name."""
    part = _ENDING.sub("", part).strip() or part
    fields, attributes = record.fields, record.attributes
    exact = (record.key, fields.get("group"), fields.get("category"), fields.get("brand"), *attributes.values())
    if part in {fold(str(value)) for value in exact if value}:
        return True
    names = (record.title, attributes.get("name_en"), attributes.get("name_zh"), fields.get("category"))
    said = [fold(str(text)) for text in (*names, attributes.get("category_en")) if text]
    if is_han(part[0]) or not part.isascii():
        return len(part) > 1 and any(part in text for text in said)
    words = set(map(stem, runs(part)))
    return bool(words) and any(words <= set(map(stem, runs(text))) for text in said)
