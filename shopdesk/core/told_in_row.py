"""Where a good's own row tells what is asked of it though no heading says so: in a note, or by the unit of a value."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shopdesk.core import numbers
from shopdesk.core.late import late
from shopdesk.core.profiles import stem, words_of
from shopdesk.core.text import fold
from shopdesk.core.types import Record

_UNIT = late(r"(?:多少|几)个?([\u4e00-\u9fff]{1,3}|[a-z]{1,4})|\bhow (?:many|much) ([a-z]{2,12})\b")
_DEGREES = late(r"\b(?:what|which) temp(?:erature)?s?\b|\bhow (?:hot|warm|cold)\b|(?:多少|几)度|温度|水温")
_OF_DEGREES = re.compile(r"\d ?(?:°|℃|度|deg\b|[cf]\b)")
_PERCENT = re.compile(r"\d ?%")
_IN_A_PACK = late(
    r"\bhow many\b.*\b(?:in|to|per|come in) (?:an?|the|each|one|every) (?:\w+ )?(?:pack|packet|box|set|case|kit|bag|tub|tin|jar)\b"
    r"|[盒包袋套箱罐瓶](?:里面?)?(?:有|装)?(?:几|多少)[个片枚颗张支条粒只双块根]"
)
_PACK = re.compile(
    r"\b(?:pack|box|set|bag|case|tub|tin) of \d+|\b\d+ ?-?(?:pack|pk|pcs|pieces|count|ct)\b|(?:\d+|[二两三四五六七八九十]) ?(?:个(?!月)|[片枚颗张支条粒只双块根])(?![\u4e00-\u9fff]?以)"
)
_CONTENT = late(r"含(?:有)?([\u4e00-\u9fff]{1,4}?)(?:量)?(?:是|有)?(?:多少|几|高|多|吗|么)|([\u4e00-\u9fff]{2,4})含量")
_WHAT = late(r"\b(?:what|which)(?: (?:size|kind|sort|type)s?)?(?: of)? ([a-z]{4,})\b")
_THING_ZH = late(r"([\u4e00-\u9fff]{2,4})(?:含量)?(?:是|有)?多少(?![钱元块])")
_SO = late(r"多([长宽高厚深重粗])")
_OR = late(r"([\u4e00-\u9fff]{2,6})(?:的)?还是([\u4e00-\u9fff]{2,6})|\b([a-z]{3,}) or ([a-z]{3,})\b(?= ?[?.!]|$)")
_WITH = late(
    r"(?:[带送配含附]不|是否|[带送配含附])[带送配含附](?:有|了)?([\u4e00-\u9fff]{1,3}?)子?(?=[的吗么不没]?\W*$)"
    r"|\b(?:needs?|requires?) (?:an? |any )?([a-z]{4,})\b"
)
_GOODS = frozenset("个件款种样块元钱双条只台盒把瓶包袋罐支套副顶张本")
"""Counters of goods themselves: what is counted so stands in no note."""
_GENERAL = frozenset(
    ("size", "type", "kind", "name", "note", "info", "price", "code", "made", "with", "suit", "free", "date", "best")
)
_SHORTEST = 3
_FIGURE = r"\d[\d.]*"
_NUMBER = rf"(?:{_FIGURE}|[{numbers.CHINESE}])"
_LASTING = re.compile(r"[年月天周日秒]|个月|小时|分")


def fields_telling(folded: str, record: Record) -> tuple[str, ...]:
    """The columns of a row, or its description, in which a value tells what a folded question asks; () for none."""
    for sought in _sought(folded, _GOODS | {fold(str(record.fields.get("unit") or ""))}):
        told = tuple(
            f"attributes.{name}" for name, value in record.attributes.items()
            if not name.endswith(("_en", "_zh")) and sought.search(numbers.in_figures(fold(value)))
        )  # fmt: skip
        if told:
            return told
        for field in ("size", "description"):
            if sought.search(fold(str(record.fields.get(field) or ""))):
                return (field,)
    return ()


def _sought(folded: str, counters: frozenset[str]) -> Iterator[re.Pattern[str]]:
    """What a value that tells must look like; `counters` count the goods themselves."""
    if _DEGREES.search(folded):
        yield _OF_DEGREES
    if "百分之" in folded or "percent" in folded:
        yield _PERCENT
    if _IN_A_PACK.search(folded):
        yield _PACK
    for match in _UNIT.finditer(folded):
        said = match[1] or match[2]
        if said.isascii():
            yield re.compile(rf"(?:\d[\d.,]*|\b{numbers.BELOW_100})(?: [a-z]+)?[ -]?{re.escape(stem(said))}")
        else:
            yield from (
                re.compile(rf"{_FIGURE if _LASTING.match(said) else _NUMBER}\s*{said[:size]}")
                for size in range(len(said), 0, -1)
                if said[:size] not in counters
            )
    for match in _CONTENT.finditer(folded):
        yield re.compile(rf"{match[1] or match[2]}.{{0,4}}\d|\d[\d.%]*\s*{match[1] or match[2]}")
    for match in _THING_ZH.finditer(folded):
        yield from (re.compile(rf"{match[1][-size:]}.{{0,2}}\d") for size in range(len(match[1]), 1, -1))
    for match in _SO.finditer(folded):
        yield re.compile(rf"{match[1]}(?:度|约)?\s*\d")
    for match in _OR.finditer(folded):
        yield re.compile("|".join(_sides(match)))
    for match in _WITH.finditer(folded):
        held = match[1] or match[2]
        yield re.compile(rf"[含带送配附]\S{{0,2}}{held}" if match[1] else rf"\b{re.escape(stem(held))}")
    for match in _WHAT.finditer(folded):
        yield re.compile(rf"\b{re.escape(stem(match[1]))}s?\b.*\d|\d.*\b{re.escape(stem(match[1]))}s?\b")


def _sides(match: re.Match[str]) -> Iterator[str]:
    """What of two things to choose from a value may be, the longest first."""
    if match[3]:
        yield from (rf"\b{re.escape(match[side])}\b" for side in (3, 4))
        return
    left, right = match[1].rpartition("是")[2], match[2]
    for size in range(min(4, max(len(left), len(right))), 1, -1):
        yield from dict.fromkeys((left[-size:], right[:size]))


def headings_said(content: str, record: Record) -> tuple[str, ...]:
    """The columns of a row of whose headings a word is said that its name does not have: "breaking strain" (Breaking
    load)."""
    names = words_of(record.title)
    said = {stem(word) for word in content.split() if len(word) > _SHORTEST and word.isascii()} - names - _GENERAL
    return tuple(
        name for name, value in record.attributes.items()
        if value and not said.isdisjoint(map(stem, fold(name.replace("_", " ")).split()))
    )  # fmt: skip
