"""Which sentences of a policy answer a question: chosen by code and quoted verbatim."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence

from shopdesk.core.lexicon import ASKS_AMOUNT, ASKS_DURATION, ASKS_TIME, CONCEPTS, FILLER
from shopdesk.core.resolving import stem
from shopdesk.core.text import fold, is_han, search_tokens

_SENTENCE = re.compile(r"[^。！？!?\n]*[。！？!?\n]+[”’\"]?|[^。！？!?\n]+$")
_ENGLISH_END = re.compile(r"(?<=[.!?])[\"”’)]?\s+(?=[A-Z0-9“\"(])")
_MOST_SENTENCES = 3
_CLOSE = 0.6
_RELATED = 0.6
"""What a word counts that means the same as one that was asked."""
_TITLE = 1.3
_PHRASE = 0.8
_FIRST = 0.15
_WANTED = 0.7
_FIGURES = (
    (ASKS_TIME, re.compile(r"\d{1,2}[:点]\d{0,2}|\d\s*[ap]\.?m")),
    (ASKS_DURATION, re.compile(r"\d+\s*(?:个?工作日|天|日|个月|年|小时|days?|weeks?|months?|years?|hours?|business days)|(?:one|two|three|seven|thirty)\s+(?:days?|months?|years?)")),
    (ASKS_AMOUNT, re.compile(r"[¥$€£]\s*\d|\d+(?:\.\d+)?\s*(?:元|块|dollars?|yuan)")),
)  # fmt: skip


def sentences_of(text: str) -> list[str]:
    """The sentences of a text in either language, list markers and headings trimmed, verbatim otherwise."""
    pieces: list[str] = []
    for line in text.splitlines():
        line = re.sub(r"^\s*(?:[-*•·]|\d+[.)、]|#+)\s*", "", line).strip()
        for part in _SENTENCE.findall(line):
            pieces.extend(piece.strip() for piece in _ENGLISH_END.split(part))
    return [piece for piece in pieces if any(character.isalnum() for character in piece)]


def _tokens(text: str) -> set[str]:
    folded = fold(text)
    kept = FILLER.sub(" ", folded)
    tokens = {token if is_han(token[0]) else stem(token) for token in search_tokens(kept)}
    return {token for token in tokens if len(token) > 1 or token.isdigit() or not token.isascii()}


def best_sentences(
    body: str, title: str, question: str, frequencies: Callable[[Sequence[str]], Mapping[str, int]]
) -> tuple[float, list[str]]:
    """The one to three sentences of `body` that share most, rare words first, with the question, and their score.

    A sentence with the sort of figure that was asked for (hours, days, an amount) goes before one
    without. Nothing is returned where neither a sentence nor the title shares a word.
    """
    asked = _tokens(question)
    related: set[str] = set()
    for words in concepts_in(question):
        related.update(*(_tokens(word) for word in words))
    related -= asked
    tokens = sorted(asked | related)
    counts = frequencies(tokens)
    weights = {
        token: (1.0 if len(token) > 1 else 0.3) * (1.0 if token in asked else _RELATED) / (1.0 + 0.25 * math.log1p(counts.get(token, 0)))
        for token in tokens
    }
    sentences = sentences_of(body)
    if not sentences:
        return 0.0, []

    phrases = [word for words in concepts_in(question) for word in words if len(word) > 3 or " " in word]

    def score(text: str) -> float:
        said = sum(phrase in fold(text) for phrase in phrases)
        return sum(weights[token] for token in _tokens(text) & weights.keys()) + _PHRASE * said

    title_score = _TITLE * score(title)
    scores = [score(sentence) for sentence in sentences]
    relevance = max(scores) + title_score
    if relevance == 0:
        return 0.0, []
    wanted = [pattern for asks, pattern in _FIGURES if asks.search(fold(question))]
    for index, sentence in enumerate(sentences):
        scores[index] += _FIRST if index == 0 else 0.0
        scores[index] += _WANTED * any(pattern.search(fold(sentence)) for pattern in wanted)
    chosen = sorted(range(len(sentences)), key=lambda index: (-scores[index], index))[:_MOST_SENTENCES]
    chosen = [index for index in chosen if scores[index] >= _CLOSE * max(scores)]
    return relevance, [sentences[index] for index in sorted(chosen)]


def concepts_in(text: str) -> list[tuple[str, ...]]:
    """The groups of :data:`CONCEPTS` of which a word stands in `text`."""
    folded = fold(text)
    return [words for words in CONCEPTS if any(_stands_in(word, folded) for word in words)]


def _stands_in(word: str, folded: str) -> bool:
    if is_han(word[0]):
        return word in folded
    return re.search(rf"(?<![a-z]){re.escape(word)}(?:s|ed|ing)?(?![a-z])", folded) is not None
