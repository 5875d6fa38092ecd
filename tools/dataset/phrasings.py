"""How people at a counter ask, kind by kind, and which ways of asking are held out.

The words themselves stand in words/zh.toml and words/en.toml. Every way of asking belongs to one split for good: what
is asked in the exam is asked in these words nowhere in the training rows, nor in those of the generated shops.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

from shopdesk.core.types import Language
from tools.counter import phrases, unheard

Split = Literal["train", "valid", "exam"]
SPLITS: tuple[Split, ...] = get_args(Split)
WORDS = Path(__file__).with_name("words")
_EXAM_SHARE, _VALID_SHARE = 0.2, 0.1


@dataclass(frozen=True, slots=True)
class Phrasing:
    """A way to ask. `id` is short and the same for ever; `terse`: a few words, answered in few."""

    kind: str
    language: Language
    pattern: str
    terse: bool = False
    answer: str = ""

    @property
    def id(self) -> str:
        return _digest(f"{self.language} {normal(self.pattern)}")[:8]


def normal(pattern: str) -> str:
    """What makes two ways of asking the same: neither case, marks nor spaces tell them apart."""
    return re.sub(r"[^\w{}]|_", "", pattern.casefold())


@lru_cache(maxsize=256)
def ways(kind: str, language: Language, split: Split) -> tuple[Phrasing, ...]:
    """The ways to ask for `kind` that belong to `split`."""
    found = [phrasing for phrasing in all_ways(language) if phrasing.kind == kind]
    return tuple(phrasing for phrasing, of in zip(found, _shared_out(found), strict=True) if of == split)


@lru_cache(maxsize=2)
def words(language: Language) -> Mapping[str, Any]:
    """The table of words in `language`."""
    return tomllib.loads((WORDS / f"{language}.toml").read_text(encoding="utf-8"))


def all_ways(language: Language) -> Iterator[Phrasing]:
    """Every way of asking. Kinds that lean on the question before are called `then_…`."""
    table = words(language)
    for kind, manners in table["alone"].items():
        yield from (Phrasing(kind, language, pattern) for pattern in manners["whole"])
        yield from (Phrasing(kind, language, pattern, terse=True) for pattern in manners["terse"])
    yield from (Phrasing("rule", language, pattern) for pattern in table["rules"])
    for kind, patterns in table["leaning"].items():
        yield from (Phrasing(f"then_{kind}", language, pattern) for pattern in patterns)
    for talk in table["small_talk"]:
        yield from (Phrasing("small_talk", language, pattern, answer=talk["answer"]) for pattern in talk["asked"])


def _shared_out(found: Sequence[Phrasing]) -> list[Split]:
    """A fifth for the exam, a tenth to validate by, at least one each, by lot; but nobody is examined in words
    that the generated shops teach, nor taught in those that they hold out."""
    taught, held_out = _elsewhere_taught(), _elsewhere_held_out()
    lots = {phrasing.id: _digest(f"lot {phrasing.id}") for phrasing in found}
    order = sorted(lots, key=lots.__getitem__)
    by_id = {phrasing.id: normal(phrasing.pattern) for phrasing in found}
    exam = [id for id in order if by_id[id] in held_out]
    free = [id for id in order if id not in exam and by_id[id] not in taught]
    wanted = max(1, round(len(order) * _EXAM_SHARE)) - len(exam)
    exam += free[: max(0, wanted)]
    rest = [id for id in free if id not in exam]
    valid = rest[: max(1, round(len(order) * _VALID_SHARE))]
    return ["exam" if p.id in exam else "valid" if p.id in valid else "train" for p in found]


@lru_cache(maxsize=1)
def _elsewhere_taught() -> frozenset[str]:
    patterns = [pattern for group in _groups(vars(phrases)) for pattern in group.asked(held_out=False)]
    followed = [text for by_kind in phrases.FOLLOW_UPS.values() for texts in by_kind.values() for text in texts]
    return frozenset(map(normal, (*patterns, *followed)))


@lru_cache(maxsize=1)
def _elsewhere_held_out() -> frozenset[str]:
    patterns = [pattern for group in _groups(vars(phrases)) for pattern in group.asked(held_out=True)]
    by_hand = [text for by_kind in unheard.UNHEARD.values() for texts in by_kind.values() for text in texts]
    return frozenset(map(normal, (*patterns, *by_hand))) - _elsewhere_taught()


def _groups(place: object) -> Iterator[phrases.Group]:
    if isinstance(place, phrases.Group):
        yield place
    elif isinstance(place, Mapping):
        for name, inner in place.items():
            if not str(name).startswith("__"):
                yield from _groups(inner)
    elif isinstance(place, tuple):
        for inner in place:
            yield from _groups(inner)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
