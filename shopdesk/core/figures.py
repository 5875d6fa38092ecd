"""Figures: prices, counts, dates, codes and numbers written in words, as they are found in texts and told apart.

`AllowedFigures` says, while a model writes, which of them it may write.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from shopdesk.core import numbers
from shopdesk.core.text import fold
from shopdesk.core.types import Fact, Language
from shopdesk.core.wording import field_name, label_of, value_text

CITATION = re.compile(r"\[(\d{1,3})\]")
_FIGURE = re.compile(r"[a-z0-9]*\d(?:[a-z0-9]|[-_./](?=[a-z0-9])|:(?=\d\d(?!\d))|,(?=\d{3}(?!\d)))*")
_AT_END = re.compile(r"[a-z0-9]*\d(?:[a-z0-9]|[-_./:,](?=[a-z0-9]))*[-_./:,]?\Z")
"""What may be the beginning of a figure: of 1,299 only "1,2" may stand there yet."""
_UNITS = (
    "元|块|角|分|件|双|个|条|天|日|年|月|周|折|只|支|套|台|盒|把|床|瓶|包|袋|码|号|"
    "小时|分钟|倍|成|款|种|公斤|千克|克|斤|升|毫升|米|厘米|寸"
)
_CHINESE_NUMBER = re.compile(rf"([零一二两三四五六七八九十百千万]+)(?={_UNITS})")
ENGLISH_NUMBER = re.compile(
    r"\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|ninety|hundred|thousand)\b"
)
_OPEN_CITATION = re.compile(r"\[(\d{0,3})\Z")
_LOOKED_BACK = 200


def normal_figure(figure: str) -> str:
    """One spelling for equal figures: `0499.00` and `499` → `499`; `1,299.00` → `1299`; codes are kept."""
    text = figure.strip(".,:-_/")
    plain = text.replace(",", "") if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", text) else text
    if re.fullmatch(r"\d+(?:\.\d+)?", plain):
        whole, _, part = plain.partition(".")
        part = part.rstrip("0")
        return f"{whole.lstrip('0') or '0'}.{part}" if part else whole.lstrip("0") or "0"
    return text


@lru_cache(maxsize=1 << 12)
def figures(text: str) -> frozenset[str]:
    """Every figure in `text`, normalised; citation marks do not count. "一" and "one" are articles, not figures."""
    folded = fold(CITATION.sub(" ", text))
    found = {normal_figure(match.group()) for match in _FIGURE.finditer(folded)}
    return frozenset(found | {value for value, _ in _in_words(folded)})


def figure_places(folded: str) -> list[tuple[int, int, str]]:
    """Where the figures of a folded text stand (citation marks included), each with its normal spelling."""
    return [(*match.span(), normal_figure(match.group())) for match in _FIGURE.finditer(folded)]


def figures_in_order(text: str) -> list[str]:
    """The figures of a text as they stand, normalised, without citation marks and numbers in words."""
    return [figure for _, _, figure in figure_places(fold(CITATION.sub(" ", text)))]


def figures_of(fact: Fact) -> set[str]:
    """Every figure that a fact states, in its raw values and as they are shown."""
    return set().union(*map(_stated, _texts_of(fact)))


def _texts_of(fact: Fact) -> list[str]:
    record = fact.record
    texts = [
        record.key,
        record.title,
        record.as_of,
        *(str(value) for value in record.fields.values() if value is not None),
    ]
    for name, value in record.attributes.items():
        texts += [name, value]
    languages: tuple[Language, ...] = ("zh", "en")
    for language in languages:
        texts.append(label_of(record, language))
        texts += [text for field in record.fields if (text := value_text(record, field, language))]
        texts += [field_name(field, language) for field in record.fields]
    return texts


@lru_cache(maxsize=1 << 14)
def _stated(text: str) -> frozenset[str]:
    """The figures of a fact's text; one such as "13-inch" or "2026-11-20" also states its parts."""
    return figures(text) | {normal_figure(number) for number in re.findall(r"\d+(?:\.\d+)?", fold(text))}


def _in_words(folded: str) -> list[tuple[str, int]]:
    """Numbers written in words, in digits, and where each ends."""
    found = []
    for match in _CHINESE_NUMBER.finditer(folded):
        value = numbers.chinese_value(match.group(1))
        if value is not None and value > 1:
            found.append((str(value), match.end() + 1))
    found += [(str(numbers.ENGLISH[match.group()]), match.end()) for match in ENGLISH_NUMBER.finditer(folded)]
    return found


@dataclass(frozen=True, slots=True)
class AllowedFigures:
    """The figures that an answer may hold, in every spelling in which it may write them, and the facts it may cite."""

    spellings: tuple[str, ...]
    citations: tuple[int, ...]
    _normal: frozenset[str] = field(init=False, repr=False, compare=False)
    _marks: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_normal", frozenset(map(normal_figure, self.spellings)))
        object.__setattr__(self, "_marks", frozenset(map(str, self.citations)))

    @classmethod
    def standing_in(cls, facts: Iterable[Fact], question: str, citations: Iterable[int]) -> AllowedFigures:
        """Those of the facts and of the question."""
        texts = [question, *(text for fact in facts for text in _texts_of(fact))]
        found = frozenset[str]().union(*map(_spellings, texts))
        return cls(tuple(sorted(found)), tuple(citations))

    def permits(self, said: str, more: str) -> bool:
        """Whether `more` may follow `said`: each figure it finishes is allowed, one at the end may become so."""
        before = said[-_LOOKED_BACK:]
        text = _plain(before + more)
        new_from = len(text) - len(_plain(more)) - 1
        if (waiting := _AT_END.search(text[: new_from + 1])) is not None:
            new_from = waiting.start()
        for mark in CITATION.finditer(text):
            if mark.end() > new_from and mark.group(1) not in self._marks:
                return False
        begun = _OPEN_CITATION.search(text)
        if begun is not None:
            if not any(number.startswith(begun.group(1)) for number in self._marks):
                return False
            text = f"{text[: begun.start()]} "
        text = CITATION.sub(lambda mark: " " * len(mark.group()), text)
        text = self._without_beginning(text)
        for match in _FIGURE.finditer(text):
            if match.end() >= new_from and normal_figure(match.group()) not in self._normal:
                return False
        return all(value in self._normal for value, end in _in_words(text) if end > new_from)

    def may_end(self, said: str) -> bool:
        """Whether an answer may end here: not in the midst of a figure or citation."""
        return self.permits(said, "\n")

    def continuations(self, said: str) -> list[str]:
        """What may follow where `said` ends in the midst of a figure that is not yet one of the allowed."""
        text = _plain(said[-_LOOKED_BACK:])
        mark = _OPEN_CITATION.search(text)
        if mark is not None:
            return [f"{number[len(mark.group(1)) :]}]" for number in self._marks if number.startswith(mark.group(1))]
        match = _AT_END.search(text)
        begun = match.group() if match is not None else ""
        return [spelling[len(begun) :] for spelling in self.spellings if begun and spelling.startswith(begun)]

    def _without_beginning(self, text: str) -> str:
        """The text without what stands at its end and may become an allowed figure."""
        begun = _AT_END.search(text)
        if begun is None or not any(s.startswith(begun.group()) and s != begun.group() for s in self.spellings):
            return text
        return text[: begun.start()]


@lru_cache(maxsize=1 << 12)
def _spellings(text: str) -> frozenset[str]:
    folded = fold(CITATION.sub(" ", text))
    found = {match.group() for match in _FIGURE.finditer(folded)}
    found |= set(re.findall(r"\d+(?:\.\d+)?", folded)) | {value for value, _ in _in_words(folded)}
    found |= {normal_figure(figure) for figure in found}
    for figure in list(found):
        whole, dot, part = figure.partition(".")
        if whole.isdigit() and len(whole) > 3:
            found.add(f"{int(whole):,}{dot}{part}")
    return frozenset(found)


def _plain(text: str) -> str:
    """Folded as :func:`shopdesk.core.text.fold` does, spaces kept where they are."""
    return unicodedata.normalize("NFKC", text).casefold()
