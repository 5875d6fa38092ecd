"""What a question is about, whatever words say it: things that many words stand for, and the words left over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from shopdesk.core.concepts import CONCEPTS
from shopdesk.core.lexicon import RULE_FILLER
from shopdesk.core.profiles import stem
from shopdesk.core.quoting import Span, concepts_said
from shopdesk.core.text import fold, is_han, runs

Part = str | int
"""A word (a pair of characters in Chinese), or the number of a thing that many words stand for."""

_VAGUE = re.compile(
    r"有没有|有无|有|怎么办理|怎么办|办理|办|弄|操作|手续|流程|步骤|方法|方式|申请|处理|该|跟|请教|咨询|了解|时间|时候|情况|问题|东西|的话|一次|个|些|件|点|做|走|去|来"
    r"|\b(?:way|ways|process|procedure|steps?|apply|handle|deal|work|works|make|made|use|using|time|thing|kind of)\b",
)
_SORTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("when", re.compile(r"多久|几天|几个?月|多长时间|什么时候|何时|几点|期限|多少天|哪天|\bwhen\b|\bhow long\b"
                        r"|\bhow many (?:days|weeks|months)\b|\bhow soon\b|\bdeadline\b|\bwhat time\b|\bhours\b")),
    ("money", re.compile(r"多少钱|费用|收费|要钱|花钱|运费|邮费|几块|免费"
                         r"|\bhow much\b|\bcosts?\b|\bfees?\b|\bfree\b|\bcharge")),
    ("where", re.compile(r"在哪|哪里|哪儿|什么地方|\bwhere\b")),
    ("who", re.compile(r"谁|找哪位|\bwho\b|\bwhom\b")),
    ("why", re.compile(r"为什么|为啥|怎么会|\bwhy\b")),
)  # fmt: skip
_ASKS_EITHER = re.compile(r"能不能|可不可以|是不是|有没有|行不行|要不要|会不会|能否|可否|是否|不$|没有?$|没$")
_DENIES = re.compile(r"不|没|无(?!线)|未|非|别|\b(?:not|no|never|without|cannot)\b|n't\b")


@lru_cache(maxsize=1 << 12)
def parts_of(text: str) -> frozenset[Part]:
    """The things and words of a text, small words left out."""
    folded = fold(text)
    spans = concepts_said(folded)
    longest = {number: kept for number, of_thing in spans.items() if (kept := _longest(of_thing, spans.values()))}
    return frozenset(longest) | words_of(_without(folded, longest.values()))


def words_of(text: str) -> frozenset[str]:
    """The words of a text by their stems, Chinese by pairs of characters (a single one by itself)."""
    words: set[str] = set()
    for run in runs(text):
        if not is_han(run[0]):
            words.add(stem(run))
        else:
            words.update(run[i : i + 2] for i in range(max(1, len(run) - 1)))
    return frozenset(words)


def sort_asked(question: str) -> str:
    """What sort of answer a question wants: "when", "money", "where", "who", "why", or "" for any other."""
    folded = fold(question)
    return next((sort for sort, pattern in _SORTS if pattern.search(folded)), "")


def denies(question: str) -> bool:
    """Whether it says "not" of something, rather than asking whether ("能不能")."""
    return bool(_DENIES.search(_ASKS_EITHER.sub(" ", fold(question).rstrip("?!. 吗呢啊"))))


def likeness(one: str, other: str) -> float:
    """How far two texts say the same, small words aside: the lesser share of either that is in the other, 0 to 1.

    Different words for one thing count as one where both texts speak of it.
    """
    both = (fold(one), fold(other))
    things = tuple(map(concepts_said, both))
    shared = things[0].keys() & things[1].keys()
    left = [words_of(_without(text, [_all_places(text, thing, of[thing]) for thing in shared]))
            for text, of in zip(both, things, strict=True)]  # fmt: skip
    common = len(left[0] & left[1]) + len(shared)
    most = max(map(len, left)) + len(shared)
    return common / most if most else 1.0


def _without(folded: str, spans: Iterable[Sequence[Span]]) -> str:
    """A text without the words in `spans` and without small words."""
    rest = list(folded)
    for of_thing in spans:
        for start, end in of_thing:
            rest[start:end] = " " * (end - start)
    return RULE_FILLER.sub(" ", _VAGUE.sub(" ", "".join(rest)))


def _all_places(folded: str, thing: int, found: Sequence[Span]) -> list[Span]:
    """Where any word for a thing stands, also one that begins inside another: 想退 and 退货 in 想退货."""
    chinese = [word for word in CONCEPTS[thing] if is_han(word[0])]
    inside = [(m.start(), m.start() + len(word)) for word in chinese for m in re.finditer(f"(?={word})", folded)]
    return [*found, *inside]


def _longest(spans: Sequence[Span], every: Iterable[Sequence[Span]]) -> list[Span]:
    """The places of a thing that no longer word for another thing encloses."""
    others = [span for of_thing in every for span in of_thing]
    return [
        (start, end)
        for start, end in spans
        if not any(first <= start and end <= last and last - first > end - start for first, last in others)
    ]
