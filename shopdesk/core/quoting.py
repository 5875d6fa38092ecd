"""Which sentences of a policy answer a question: chosen by code and quoted verbatim."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence

from shopdesk.core.lexicon import FILLER, TRANSLATIONS
from shopdesk.core.resolving import stem
from shopdesk.core.text import fold, is_han, search_tokens

_SENTENCE = re.compile(r"[^。！？!?；;\n]*(?:\d[.]\d[^。！？!?；;\n]*)*[。！？!?；;\n]+[”’\"]?|[^。！？!?；;\n]+$")
_ENGLISH_END = re.compile(r"(?<=[.!?])[\"”’)]?\s+(?=[A-Z0-9“\"(])")
_MOST_SENTENCES = 2
_CLOSE = 0.6


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
    """The one or two sentences of `body` that share most, rare words first, with the question, and their score.

    Where none shares a word the first sentence stands for the text, with the score of its title.
    """
    asked = _tokens(question)
    for chinese, english in TRANSLATIONS:
        if chinese in question:
            asked |= _tokens(english)
        elif set(_tokens(english)) and _tokens(english) <= asked:
            asked |= _tokens(chinese)
    counts = frequencies(sorted(asked))
    weights = {token: (1.0 if len(token) > 1 else 0.3) / (1.0 + 0.25 * math.log1p(counts.get(token, 0))) for token in asked}
    sentences = sentences_of(body)
    if not sentences:
        return 0.0, []
    title_score = sum(weights[token] for token in asked & _tokens(title))
    scores = [sum(weights[token] for token in asked & _tokens(sentence)) for sentence in sentences]
    best = max(scores)
    if best == 0:
        return title_score, sentences[:1]
    chosen = sorted(range(len(sentences)), key=lambda index: (-scores[index], index))[:_MOST_SENTENCES]
    chosen = [index for index in chosen if scores[index] >= _CLOSE * best]
    return best + title_score, [sentences[index] for index in sorted(chosen)]
