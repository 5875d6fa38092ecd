"""What a question wishes, as data: rules first; what they leave open, a model that is held to a JSON schema."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from shopdesk.core import numbers
from shopdesk.core.ports import Engine, Piece
from shopdesk.core.text import fold
from shopdesk.core.types import ChatMessage, Vocabulary
from shopdesk.core.understanding import understand

_LONGEST = 60
"""Characters of a value."""
_MOST_LISTED = 100
"""Brands, categories and stores that a schema lists; a grammar of thousands would be slow."""
_MOST_TOKENS = 400
_SYSTEM = (
    "Extract what the customer's question to a shop says, as JSON. Copy words from the question; "
    "null for whatever it does not say. 提取顾客问题里说到的内容，照抄原词；没有说到的填 null。"
)


def extract(question: str, vocabulary: Vocabulary, engine: Engine | None = None) -> dict[str, Any]:
    """`{"product", "price_range": [low, high], "color", "size", …}`, None where the question does not say.

    A model that writes freely fills in what the rules have left open, with words and numbers that stand in the
    question and nothing else. Raises UserFacingError for an empty question, EngineError.
    """
    found = understand(question, vocabulary).to_json()
    if engine is None or engine.manifest.prose != "free":
        return found
    form = schema(vocabulary)
    open_fields = [name for name in form["properties"] if found[name] is None]
    said = _asked_of(engine, question, form)
    return found | {name: said[name] for name in open_fields if name in said and _stands_in(said[name], question)}


def schema(vocabulary: Vocabulary) -> dict[str, Any]:
    """The JSON schema of what a model may say."""
    word = {"type": "string", "minLength": 1, "maxLength": _LONGEST}
    bound = _or_null({"type": "number"})
    properties = {
        "product": _or_null(word),
        "price_range": _or_null({"type": "array", "items": bound, "minItems": 2, "maxItems": 2}),
        "color": _or_null(word), "size": _or_null(word),
        "brand": _one_of(vocabulary.brands), "category": _one_of(vocabulary.categories),
        "store": _one_of(vocabulary.stores), "quantity": _or_null({"type": "integer"}),
    }  # fmt: skip
    return {"type": "object", "properties": properties, "required": [*properties], "additionalProperties": False}


def _or_null(kind: Mapping[str, Any]) -> dict[str, Any]:
    return {"anyOf": [dict(kind), {"type": "null"}]}


def _one_of(values: Sequence[str]) -> dict[str, Any]:
    return {"enum": [*values[:_MOST_LISTED], None]}


def _asked_of(engine: Engine, question: str, form: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the model says; nothing where its words were cut off in the middle."""
    messages = [ChatMessage("system", _SYSTEM), ChatMessage("user", " ".join(question.split()))]
    pieces = engine.generate(messages, max_tokens=_MOST_TOKENS, schema=form)
    text = "".join(piece.text for piece in pieces if isinstance(piece, Piece))
    try:
        said = json.loads(text, strict=False)  # grammars let line breaks into strings
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _stands_in(value: object, question: str) -> bool:
    """Whether a value is one that the question says: a model may write what fits the schema and was never said."""
    if isinstance(value, str):
        return fold(value) in fold(question)
    if isinstance(value, int | float):
        return value in _numbers_in(question)
    bounds = [bound for bound in value if bound is not None] if isinstance(value, list) else []
    return bool(bounds) and all(_stands_in(bound, question) for bound in bounds)


def _numbers_in(question: str) -> set[float]:
    folded = numbers.in_figures(fold(question))
    said = {float(number) for number in re.findall(r"\d+(?:\.\d+)?", folded)}
    written = (numbers.chinese_value(run) for run in re.findall(f"[{numbers.CHINESE}]+", folded))
    return said | {float(value) for value in written if value is not None}
