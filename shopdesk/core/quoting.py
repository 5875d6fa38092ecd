"""Which sentences of a policy answer a question: chosen by code and quoted verbatim."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from shopdesk.core.lexicon import ASKS_AMOUNT, ASKS_DURATION, ASKS_LIMIT, ASKS_TIME, CONCEPTS, RULE_FILLER
from shopdesk.core.numbers import CHINESE
from shopdesk.core.resolving import stem
from shopdesk.core.text import fold, is_han, search_tokens
from shopdesk.core.types import Language, Record

_SENTENCE = re.compile(r"[^。！？!?\n]*[。！？!?\n]+[”’\"]?|[^。！？!?\n]+$")
_ENGLISH_END = re.compile(r"(?<=[.!?])[\"”’)]?\s+(?=[A-Z0-9“\"(])")
_MOST_SENTENCES = 3
_ALONE = 0.6
_HALF = 0.25
_COMMON = 0.4
"""What a word counts at least, though all texts have it: a question about returns finds many that mention them."""
_CLOSE = 0.55
_TITLE = 0.8
_CONTEXT = 0.4
"""What a word counts for a sentence that does not say it, but stands under a title that does."""
_FIRST = 0.25
_WANTED = 1.0
_HOURS = re.compile(r"\d{1,2}[:点]\d{0,2}|\d\s*[ap]\.?m")
_SPAN = re.compile(
    r"(?:\d|one|two|three|seven|thirty)\s*"
    r"(?:个?工作日|天|日|个月|年|小时|(?:business )?days?|weeks?|months?|years?|hours?)"
    r"|\d{1,2} 月 ?\d{1,2} 日"
    r"|\d{1,2} (?:january|february|march|april|may|june|july|august|september|october|november|december)"
)
_AMOUNT = re.compile(r"[¥$€£]\s*\d|\d+(?:\.\d+)?\s*(?:元|块|dollars?|yuan)")
_LIMIT = re.compile(r"不|除外|\bnot\b|\bexcept\b|\bexclud\w+|\bonly if\b")
_FIGURES = ((ASKS_LIMIT, _LIMIT), (ASKS_TIME, _HOURS), (ASKS_DURATION, _SPAN), (ASKS_AMOUNT, _AMOUNT))


def sentences_of(text: str) -> list[str]:
    """The sentences of a text in either language, list markers and headings trimmed, verbatim otherwise."""
    pieces: list[str] = []
    for line in text.splitlines():
        line = re.sub(r"^\s*(?:[-*•·]|\d+[.)、]|#+)\s*", "", line).strip()
        for part in _SENTENCE.findall(line):
            pieces.extend(piece.strip() for piece in _ENGLISH_END.split(part))
    return [piece for piece in pieces if any(character.isalnum() for character in piece)]


@lru_cache(maxsize=4096)
def _tokens(text: str) -> frozenset[str]:
    folded = fold(text)
    kept = RULE_FILLER.sub(" ", folded)
    tokens = {token if is_han(token[0]) else stem(token) for token in search_tokens(kept)} - set(CHINESE)
    return frozenset(token for token in tokens if len(token) > 1 or token.isdigit() or not token.isascii())


@dataclass(frozen=True, slots=True)
class Quotation:
    """Sentences of one record and how well it answers: `coverage` is the share of the question's words
    that the record has (0 to 1), `score` orders records by their best sentence, `titled` says that its
    title has a word of the question."""

    record: Record
    sentences: tuple[str, ...]
    coverage: float
    score: float
    titled: bool


class Quoter:
    """Weighs a set of texts (policies, promotions) against one question; rare words among them count most."""

    def __init__(self, question: str, records: Sequence[Record], language: Language, *, leave_out: str = "") -> None:
        self._question = fold(question)
        self._groups = concepts_in(question)
        self._asked = _tokens(question) - _tokens(leave_out)
        self._language = language
        self._texts = [
            (record, record.attributes.get(f"body_{language}") or str(record.fields.get("body") or ""))
            for record in records
        ]
        bags = [self._bag(f"{record.title_in(language)} {body}") for record, body in self._texts]
        self._weights = {token: _length_weight(token, self._asked) * self._rarity(token, bags) for token in self._asked}

    @staticmethod
    def _rarity(token: str, bags: Sequence[frozenset[str]]) -> float:
        holding = sum(token in bag for bag in bags)
        return max(_COMMON, math.log((len(bags) + 2.0) / (max(holding, 1) + 0.5)))

    def _bag(self, text: str) -> frozenset[str]:
        """The question's tokens that `text` has, by themselves or by another word for the same thing."""
        held = _tokens(text) & self._asked
        folded = fold(text)
        for words in self._groups:
            if _saying_any(words).search(folded):
                for word in words:
                    if _stands_in(word, self._question):
                        held |= _tokens(word) & self._asked
        return frozenset(held)

    def _coverage(self, held: frozenset[str]) -> float:
        """The covered share of the question, each Chinese character (by its pairs) and each word counted once."""
        total = covered = 0.0
        for token in self._asked:
            if len(token) > 1 and is_han(token[0]):
                continue
            total += self._weights[token]
            pairs = {pair for pair in held if len(pair) > 1 and token in pair and is_han(token[0])}
            alone = _ALONE if is_han(token[0]) and any(token in pair for pair in self._asked if len(pair) > 1) else 1.0
            covered += self._weights[token] * (1.0 if pairs else alone if token in held else 0.0)
        return covered / total if total else 0.0

    def _sum(self, tokens: Iterable[str]) -> float:
        return sum(self._weights[token] for token in tokens)

    def best(self) -> Quotation | None:
        """The record that answers best, None where none shares a word with the question."""
        found = [quotation for record, body in self._texts if (quotation := self._weigh(record, body)) is not None]
        return max(found, key=lambda quotation: quotation.score, default=None)

    def _weigh(self, record: Record, body: str) -> Quotation | None:
        sentences = sentences_of(body)
        title = self._bag(record.title_in(self._language))
        whole = title | self._bag(body)
        if not sentences or not whole:
            return None
        wanted = [pattern for asks, pattern in _FIGURES if asks.search(self._question)]
        scores = []
        for index, sentence in enumerate(sentences):
            said = self._bag(sentence)
            score = self._sum(said) + _CONTEXT * self._sum(title - said) + (_FIRST if index == 0 else 0.0)
            fitting = any(pattern.search(fold(sentence)) for pattern in wanted)
            scores.append(score + (_WANTED if fitting and (said or title) else 0.0))
        best = max(scores)
        order = sorted(range(len(sentences)), key=lambda index: (-scores[index], index))[:_MOST_SENTENCES]
        chosen = sorted(index for index in order if scores[index] >= _CLOSE * best)
        coverage = self._coverage(whole)
        score = best + _TITLE * self._sum(title) + coverage
        return Quotation(record, tuple(sentences[index] for index in chosen), coverage, score, bool(title))


def _length_weight(token: str, asked: frozenset[str]) -> float:
    """A Chinese character counts little beside the pair that it is half of ("件" in "条件")."""
    if len(token) > 1 or token.isascii():
        return 1.0
    return _HALF if any(token in pair for pair in asked if len(pair) > 1) else _ALONE


def concepts_in(text: str) -> list[tuple[str, ...]]:
    """The groups of :data:`CONCEPTS` of which a word stands in `text`."""
    folded = fold(text)
    return [words for words in CONCEPTS if _saying_any(words).search(folded)]


@lru_cache(maxsize=1024)
def _saying_any(words: tuple[str, ...]) -> re.Pattern[str]:
    """Finds any of the words in a folded text, an English one also with a usual ending."""
    return re.compile(
        "|".join(
            re.escape(word) if is_han(word[0]) else rf"(?<![a-z]){re.escape(word)}(?:s|ed|ing|able)?(?![a-z])"
            for word in words
        )
    )


def _stands_in(word: str, folded: str) -> bool:
    return bool(_saying_any((word,)).search(folded))
