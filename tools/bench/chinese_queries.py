"""Chinese queries in the manner of shoppers, made of a shop's product names.

A part of the name, two parts, asked for in a sentence, with one character wrong, like-sounding, missing or swapped,
and in pinyin, in full or by initials.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from pypinyin import lazy_pinyin

_RUN = re.compile(r"[\u4e00-\u9fff]{4,}")
_ASKED = ("有没有{}", "{}多少钱", "想买{}", "{}有货吗", "找一个{}")


@dataclass(frozen=True, slots=True)
class Query:
    """`meant` are the keys of all products that have the parts which were typed, before any error was made."""

    manner: str
    text: str
    meant: frozenset[str]


def made_of(names: Mapping[str, str], seed: int = 0) -> Iterator[Query]:
    """One query of each manner for each product with four Chinese characters in a row; `names` by key."""
    dice = random.Random(seed)
    characters = sorted({character for name in names.values() for run in _RUN.findall(name) for character in run})
    alike: dict[str, list[str]] = {}
    for character in characters:
        alike.setdefault(_sounds(character)[0], []).append(character)

    def having(*parts: str) -> frozenset[str]:
        return frozenset(key for key, name in names.items() if all(part in name for part in parts))

    for name in names.values():
        runs = _RUN.findall(name)
        if not runs:
            continue
        run = dice.choice(runs)

        def part(shortest: int, longest: int, run: str = run) -> str:
            length = min(len(run), dice.randint(shortest, longest))
            start = dice.randint(0, len(run) - length)
            return run[start : start + length]

        said = part(4, 7)
        yield Query("part", said, having(said))
        first, last = run[:2], run[-2:]
        yield Query(
            "two parts", dice.choice((f"{first} {last}", f"{last} {first}", f"{first}的{last}")), having(first, last)
        )
        said = part(3, 6)
        yield Query("asked", dice.choice(_ASKED).format(said), having(said))
        for manner, error in _ERRORS.items():
            said = part(4, 6)
            typed = error(said, dice, characters, alike)
            if typed != said:
                yield Query(manner, typed, having(said))
        said = part(3, 5)
        yield Query("pinyin", "".join(_sounds(said)), having(said))
        said = part(3, 4)
        yield Query("initials", _initials(said), frozenset(key for key in names if _has_initials(names[key], said)))


_Error = Callable[[str, random.Random, list[str], dict[str, list[str]]], str]


def _wrong(text: str, dice: random.Random, characters: list[str], _: dict[str, list[str]]) -> str:
    place = dice.randrange(len(text))
    return text[:place] + dice.choice(characters) + text[place + 1 :]


def _like_sounding(text: str, dice: random.Random, _: list[str], alike: dict[str, list[str]]) -> str:
    place = dice.randrange(len(text))
    others = [other for other in alike.get(_sounds(text[place])[0], ()) if other != text[place]]
    return text[:place] + dice.choice(others) + text[place + 1 :] if others else text


def _missing(text: str, dice: random.Random, _: list[str], __: dict[str, list[str]]) -> str:
    place = dice.randrange(1, len(text) - 1)
    return text[:place] + text[place + 1 :]


def _swapped(text: str, dice: random.Random, _: list[str], __: dict[str, list[str]]) -> str:
    place = dice.randrange(len(text) - 1)
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


_ERRORS: Mapping[str, _Error] = {
    "wrong character": _wrong, "like-sounding": _like_sounding, "missing": _missing, "swapped": _swapped,
}  # fmt: skip


def _sounds(text: str) -> list[str]:
    return lazy_pinyin(text)


def _initials(text: str) -> str:
    return "".join(sound[0] for sound in _sounds(text))


def _has_initials(name: str, said: str) -> bool:
    wanted, length = _initials(said), len(said)
    return any(
        _initials(run[start : start + length]) == wanted
        for run in re.findall(r"[\u4e00-\u9fff]+", name)
        for start in range(len(run) - length + 1)
    )
