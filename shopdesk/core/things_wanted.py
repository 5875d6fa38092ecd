"""The thing itself that is wanted, apart from what it is for: a *bow* for medieval reenactment, 装银币用哪个*盒子*."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from shopdesk.core.choosing import SAYS_LITTLE, family_root, roots_of
from shopdesk.core.late import late
from shopdesk.core.text import fold
from shopdesk.core.types import Record

_BEFORE_PURPOSE = late(
    r"([a-z][a-z'-]+),? (?=(?:for|to|that|that'll|that's|which|who|with|would|will|does|can|should|on|against)\b)"
)
_WANTED = late(
    r"\b(?:wants?|needs?|after|looking for|would like)"
    r" (?:(?:some|an?|the|new|pair of|good|nice|decent|her|his|their) )*"
    r"(?:[a-z-]+ )??([a-z][a-z'-]+)(?=\W*$|[,;]| for\b| to\b| that\b)|\bwhich ([a-z][a-z'-]+)"
)
_BEFORE_CHINESE_ASKING = (
    late(r"(?:什么样的|什么|啥|哪[个种款台件双样只条把]|哪)([\u4e00-\u9fff]{1,5}?)(?=好|合适|[吗呢啊,，。?？]|有货|$)"),
    late(r"的([\u4e00-\u9fff]{1,5}?)(?=有啥|有什么|有哪|有没|有吗|有货|拿|用|买|选|推荐|来|哪|[吗呢啊,，。?？]|$)"),
    late(r"([\u4e00-\u9fff]{1,4}?)(?:要|该)?(?:拿|用|买|选|挑|推荐|有)(?:什么|啥|哪|一|几)"),
    late(
        r"(?:[吃喝穿买用戴要来找][点个件双条台把款]|一[个件双条台把款尊只套张])([\u4e00-\u9fff]{1,4}?)(?=[吗呢啊,，。?？]|$)"
    ),
)
_WORD = re.compile(r"[a-z]{3,}")
_RUN = re.compile(r"[\u4e00-\u9fff]+")
_AFTER_NAME = re.compile(r" (?:with|for|in|of|-) .*|[(（].*")
_COMPOUND, _HEAD = 5, 3
"""Letters that a compound and the thing at its end have more than: dart*board*."""


@dataclass(frozen=True, slots=True)
class Thing:
    """`span` is where a question says the thing, `records` are the goods that are called so; none may be."""

    span: tuple[int, int]
    records: tuple[Record, ...]


def things_wanted(folded: str, records: Sequence[Record]) -> list[Thing]:
    """The things that a folded question wants for something, by where it says them."""
    found: list[Thing] = []
    for match in (*_BEFORE_PURPOSE.finditer(folded), *_WANTED.finditer(folded)):
        place = match.lastindex or 0
        if match[place] not in SAYS_LITTLE:
            found.append(Thing(match.span(place), _called(family_root(match[place]), records)))
    for pattern in _BEFORE_CHINESE_ASKING:
        found += [thing for match in pattern.finditer(folded) if (thing := _chinese_thing(match, records)) is not None]
    return found


def any_things(folded: str, records: Sequence[Record]) -> list[Thing]:
    """Whatever a question says that goods are called by, the last first."""
    words = [match for match in _WORD.finditer(folded) if match.group() not in SAYS_LITTLE]
    things = [Thing(match.span(), _called(family_root(match.group()), records)) for match in words]
    return [thing for thing in reversed(things) if 0 < len(thing.records) < len(records)]


def _called(root: str, records: Sequence[Record]) -> tuple[Record, ...]:
    """Those whose names end in a word, or where none does those that have it in their names."""
    called = tuple(record for record in records if _is_called(root, *_names_of(record)))
    return called or tuple(record for record in records if root in roots_of(fold(record.title)))


def _is_called(root: str, names: frozenset[str], name: str) -> bool:
    return root in names or (len(root) > _COMPOUND and len(name) > _HEAD and root.endswith(name))


def _names_of(record: Record) -> tuple[frozenset[str], str]:
    return _last_words(record.title, str(record.fields.get("category") or ""))


@lru_cache(maxsize=1 << 12)
def _last_words(title: str, category: str) -> tuple[frozenset[str], str]:
    """The roots of the last words of a name and its category, and that of the name alone."""
    name = _WORD.findall(_AFTER_NAME.sub("", fold(title)))[-1:]
    return frozenset(map(family_root, (*name, *_WORD.findall(fold(category))[-1:]))), family_root(
        name[0]
    ) if name else ""


def _chinese_thing(match: re.Match[str], records: Sequence[Record]) -> Thing | None:
    """The longest ending of what is said that some goods are called by."""
    said = match[1]
    for place in range(len(said)):
        called = tuple(record for record in records if _is_called_in_chinese(said[place:], record))
        if 0 < len(called) < len(records):
            return Thing((match.start(1) + place, match.end(1)), called)
    return None


def _is_called_in_chinese(said: str, record: Record) -> bool:
    short = said.rstrip("子儿") or said
    category = fold(str(record.fields.get("category") or ""))
    if any(run.endswith(short) for run in _RUN.findall(record.title)) or category.endswith(short):
        return True
    return len(said) > 1 and bool(category) and (said.endswith(category) or category.startswith(said))
