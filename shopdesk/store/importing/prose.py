"""JSON that is a document and no table: headings within headings, with sentences under them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from shopdesk.core.text import is_han
from shopdesk.store.importing import headers

_MOSTLY = 0.6
_WORDS, _HAN = 4, 10  # from which on a text is a sentence
_DEEPEST = 20
_OF_TABLES = frozenset(
    name
    for field in ("sku", "price_minor", "list_price_minor", "stock", "barcode")
    for name in headers.PRODUCT[field]
    if name not in ("id", "code", "nummer", "material", "reference", "amount", "retail", "number", "units")
)


def is_prose(value: Any) -> bool:
    """Whether a document is headings with sentences under them, and nowhere says what a table of goods would."""
    if not isinstance(value, dict) or not any(isinstance(inner, dict) for inner in value.values()):
        return False
    texts: list[str] = []
    if not _gather(value, texts, 0):
        return False
    written = sum(map(len, texts))
    return bool(written) and sum(len(text) for text in texts if _is_sentence(text)) >= _MOSTLY * written


def sections_of(value: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """title and body of every heading that has something under it; within others it is named by its way there."""
    yield from _sections(value, ())


def _gather(value: Any, texts: list[str], depth: int) -> bool:
    """All texts inside; False where a key says that this is a table, or it goes too deep."""
    if depth > _DEEPEST:
        return False
    if isinstance(value, dict):
        return all(
            headers.normal(str(key)) not in _OF_TABLES and _gather(inner, texts, depth + 1)
            for key, inner in value.items()
        )
    if isinstance(value, list):
        return all(_gather(inner, texts, depth + 1) for inner in value)
    if isinstance(value, str):
        texts.append(value)
    return not isinstance(value, (int, float)) or isinstance(value, bool)


def _is_sentence(text: str) -> bool:
    return len(text.split()) >= _WORDS or sum(map(is_han, text)) >= _HAN


def _sections(value: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[dict[str, str]]:
    own = [inner for inner in value.values() if not isinstance(inner, dict)]
    if body := "\n".join(line for inner in own for line in _lines(inner)):
        yield {"title": " › ".join(path), "body": body}
    for key, inner in value.items():
        if isinstance(inner, dict):
            # What holds nothing but further headings below another is only a box for them.
            is_box = bool(path) and all(isinstance(one, dict) for one in inner.values())
            yield from _sections(inner, path if is_box else (*path, str(key)))


def _lines(value: Any) -> Iterator[str]:
    """Sentences one a line; of an object in a list its sentences, or where it has none all it says."""
    if isinstance(value, str):
        if text := value.strip():
            yield text
    elif isinstance(value, list):
        for inner in value:
            yield from _lines(inner)
    elif isinstance(value, dict):
        said = [inner for inner in value.values() if not (isinstance(inner, str) and not _is_sentence(inner))]
        for inner in said if any(_lines_of(inner) for inner in said) else value.values():
            for line in _lines(inner):
                yield f"- {line}" if isinstance(inner, list) and not line.startswith("- ") else line
    elif value is not None and not isinstance(value, bool):
        yield str(value)


def _lines_of(value: Any) -> list[str]:
    return list(_lines(value))
