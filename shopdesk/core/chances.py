"""How likely a question asks for each kind of thing, told from its words: a linear model over words and letters.

The rules of :mod:`shopdesk.core.understanding` are sure of what they have words for; this has an opinion on any wording
("so they save what", 多钱). `chances.json` beside this file is made by `tools/make_chances.py`: per language a bias per
kind and, for each piece of a question, its weight for every kind, one base64 digit each.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from shopdesk.core.text import fold
from shopdesk.core.types import Language

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
"""The digits of weights, the smallest first."""
ZERO = 32
"""The place of the digit that stands for no weight."""
_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+(?:\.\d+)?|[\u3400-\u9fff]|[^\s\w]")
_LETTERS = (3, 4)


@dataclass(frozen=True, slots=True)
class _Model:
    kinds: tuple[str, ...]
    bias: tuple[float, ...]
    scale: float
    weights: Mapping[str, str]


def pieces_of(question: str, language: Language) -> frozenset[str]:
    """What a question is weighed by: its words (of Chinese its characters) alone and in pairs, of English words also
    the letters in threes and fours, of Chinese also two characters with one between. Any number is 0."""
    said = ("0" if token[0].isdigit() else token for token in _TOKEN.findall(fold(question).replace("’", "'")))
    tokens = ["^", *said, "$"]
    pieces = {*tokens, *map(" ".join, pairwise(tokens))}
    if language == "zh":
        pieces.update(map("_".join, zip(tokens, tokens[2:], strict=False)))
        return frozenset(pieces)
    for word in tokens:
        if len(word) > 2 and word.isalpha():
            spelt = f"<{word}>"
            pieces.update(f"#{spelt[at : at + size]}" for size in _LETTERS for at in range(len(spelt) - size + 1))
    return frozenset(pieces)


@lru_cache(maxsize=64)
def chances_of(question: str, language: Language) -> Mapping[str, float]:
    """Each kind of thing that is asked for (price, stock, where, attribute, code, compare, extreme, count, total,
    promotion, policy, order, recommend, substitute, smalltalk) → its chance; they sum to 1."""
    model = _models()[language]
    known = [weights for piece in pieces_of(question, language) if (weights := model.weights.get(piece))]
    unit = model.scale / math.sqrt(max(len(known), 1))
    scores = [
        bias + unit * sum(DIGITS.index(weights[place]) - ZERO for weights in known)
        for place, bias in enumerate(model.bias)
    ]
    most = max(scores)
    odds = [math.exp(score - most) for score in scores]
    whole = sum(odds)
    return {kind: odd / whole for kind, odd in zip(model.kinds, odds, strict=True)}


def load_chances() -> None:
    """Read the file now, some milliseconds, so that no first question waits for it."""
    _models()


@lru_cache(maxsize=1)
def _models() -> Mapping[str, _Model]:
    """By language."""
    read = json.loads(Path(__file__).with_name("chances.json").read_text(encoding="utf-8"))
    kinds = tuple(read["kinds"])
    return {
        language: _Model(
            kinds, tuple(read[language]["bias"]), float(read[language]["scale"]), read[language]["weights"]
        )
        for language in ("zh", "en")
    }
