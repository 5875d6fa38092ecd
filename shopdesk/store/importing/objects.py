"""JSON and JSON Lines as rows of cells: arrays of objects found, each variant a row, nested objects flattened."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from shopdesk.core.errors import ImportFault
from shopdesk.store.database import storable
from shopdesk.store.importing import headers
from shopdesk.store.importing.content import Content, Meter
from shopdesk.store.importing.delimited import Line, open_text
from shopdesk.store.importing.prose import is_prose, sections_of

# An array of objects is read piece by piece; any other document is held as a whole.
_LARGEST_WHOLE = 128 * 1024**2
_BLOCK = 256 * 1024
_MOST_COLUMNS = 2000
_DEEPEST = 4
_VARIANTS = frozenset(("variants", "skus", "skulist", "variations", "models", "children", "规格列表"))
_KEPT_WHOLE = frozenset((*headers.PRODUCT["options"], *headers.ORDER["lines"]))
_DECODER = json.JSONDecoder()
_GAP = re.compile(r"[ \t\r\n,]*")

Objects = Callable[[], Iterator[Any]]


def tables_in(content: Content, encoding: str) -> list[tuple[str, Objects]]:
    """(name, its objects) of each table in a document: one, unless it wraps several arrays or mixes several models.

    Raises ImportFault: `import_broken_json`, `import_empty`, `import_not_a_table`, `import_too_large`.
    """
    first = _first_sign(content, encoding)
    if first == "[" or _is_jsonl(content, encoding):
        read = _array_items if first == "[" else _line_items
        models = _models(read(content, encoding))
        if not models:
            return [("", lambda: read(content, encoding))]
        return [(model, _of_model(lambda: read(content, encoding), model)) for model in models]
    value = _whole(content, encoding)
    if is_prose(value):
        sections = list(sections_of(value))
        return [("", lambda: iter(sections))]
    tables = list(_tables_of(value, "", 0))
    if not tables:
        raise ImportFault("import_empty" if value in ({}, []) else "import_not_a_table", path=content.path)
    return [(name if len(tables) > 1 else "", _again(objects)) for name, objects in tables]


def object_lines(content: Content, objects: Objects, meter: Meter | None = None) -> Iterator[Line]:
    """The header as line 0, then one line per object or variant. The objects are gone through twice: once for the keys.

    Raises ImportFault: `import_broken_json`, `import_empty`, `import_not_a_table`.
    """
    header: dict[str, None] = {}
    count = 0
    for item in objects():
        count += 1
        if isinstance(item, list) and not header:
            yield from ((number, [_cell(value) for value in row]) for number, row in enumerate(objects()) if row)
            return
        for row in _rows_of(item):
            header.update(dict.fromkeys(row))
            if len(header) > _MOST_COLUMNS:
                raise ImportFault("import_not_a_table", path=content.path)
    if not header:
        raise ImportFault("import_not_a_table" if count else "import_empty", path=content.path)
    names = list(header)
    yield 0, [storable(name) for name in names]
    for number, item in enumerate(objects(), 1):
        if meter is not None and number % 200 == 0:
            meter.done = content.size * number // count
        for row in _rows_of(item):
            yield number, [_cell(row.get(name)) for name in names]


# -- documents → objects -----------------------------------------------------------------


def _first_sign(content: Content, encoding: str) -> str:
    with open_text(content, encoding) as file:
        return file.read(4096).lstrip("\ufeff \t\r\n")[:1]


def _is_jsonl(content: Content, encoding: str) -> bool:
    with open_text(content, encoding) as file:
        lines = [line for _, line in zip(range(20), file, strict=False) if line.strip()]
    return len(lines) > 1 and all(line.strip("\ufeff \t\r\n")[:1] + line.rstrip()[-1:] == "{}" for line in lines[:5])


def _line_items(content: Content, encoding: str) -> Iterator[Any]:
    with open_text(content, encoding) as file:
        for number, line in enumerate(file, 1):
            if text := line.strip("\ufeff \t\r\n"):
                yield _parsed(content, text, number)


def _array_items(content: Content, encoding: str) -> Iterator[Any]:
    """The elements of a document that is one array, without holding more than one of them."""
    with open_text(content, encoding) as file:
        text = file.read(_BLOCK)
        at = text.index("[") + 1
        ended = False
        while True:
            at = _end_of(_GAP, text, at)
            if text[at : at + 1] == "]":
                if text[at + 1 :].strip() or file.read(_BLOCK).strip():
                    raise ImportFault("import_broken_json", path=content.path, detail="text after the array")
                return
            try:
                value, end = _DECODER.raw_decode(text, at)
                whole = end < len(text) or ended or isinstance(value, (dict, list, str))
            except RecursionError as error:
                raise ImportFault("import_broken_json", path=content.path, detail=str(error)) from error
            except ValueError as error:
                if ended or len(text) - at > _LARGEST_WHOLE:
                    raise ImportFault("import_broken_json", path=content.path, detail=str(error)) from error
                whole = False
            if whole:
                yield value
                at = end
                continue
            # As much again as there is, so that a long element is not parsed over and over from its start.
            more = file.read(max(_BLOCK, len(text) - at))
            ended = not more
            text, at = text[at:] + more, 0


def _end_of(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def _whole(content: Content, encoding: str) -> Any:
    if content.size > _LARGEST_WHOLE:
        raise ImportFault("import_too_large", path=content.path, megabytes=_LARGEST_WHOLE // 1024**2)
    with open_text(content, encoding) as file:
        return _parsed(content, file.read().lstrip("\ufeff"))


def _parsed(content: Content, text: str, line: int = 1) -> Any:
    """The value of `text`, which begins in that line of the file."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        detail = f"line {line + error.lineno - 1}, column {error.colno}: {error.msg}"
        raise ImportFault("import_broken_json", path=content.path, detail=detail) from error
    except (ValueError, RecursionError) as error:
        raise ImportFault("import_broken_json", path=content.path, detail=str(error)) from error


def _tables_of(value: Any, name: str, depth: int) -> Iterator[tuple[str, list[Any]]]:
    """The arrays of objects in a document: itself, those it wraps, or the values of a map of objects."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        if value and all(isinstance(item, (dict, list)) for item in value):
            yield name, value
        return
    if not isinstance(value, dict) or not value:
        return
    wrapped = [(key, inner) for key, inner in value.items() if _is_table(inner) and not _belongs_to_one(key)]
    if wrapped:
        yield from wrapped
        return
    if len(value) > 1 and all(isinstance(inner, dict) for inner in value.values()):
        yield name, [_with_key(key, inner) for key, inner in value.items()]
        return
    inner_tables = [
        table for key, inner in value.items() if isinstance(inner, dict) for table in _tables_of(inner, key, depth + 1)
    ]
    if inner_tables:
        yield from inner_tables
    elif depth == 0 and any(not isinstance(inner, (dict, list)) for inner in value.values()):
        yield name, [value]


def _is_table(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _belongs_to_one(key: str) -> bool:
    """Whether an array is a part of one product or order, not a list of them."""
    return headers.normal(key) in _VARIANTS


def _with_key(key: str, inner: Mapping[str, Any]) -> Mapping[str, Any]:
    if key in inner.values() or any(headers.normal(name) in ("id", "sku", "code", "key") for name in inner):
        return inner
    return {"id": key, **inner}


def _again(objects: list[Any]) -> Objects:
    return lambda: iter(objects)


# -- fixtures, as web frameworks dump their tables -----------------------------------------


def _models(items: Iterator[Any]) -> list[str]:
    """The models of a dump (`{"model": …, "pk": …, "fields": {…}}`), in order; none where it is no dump."""
    models: dict[str, None] = {}
    for item in items:
        if not (isinstance(item, dict) and {"model", "fields"} <= set(item) and isinstance(item["fields"], dict)):
            return []
        models[str(item["model"])] = None
    return list(models)


def _of_model(items: Objects, model: str) -> Objects:
    def objects() -> Iterator[Any]:
        for item in items():
            if item["model"] == model:
                yield {"id": item.get("pk"), **item["fields"]}

    return objects


# -- objects → rows ---------------------------------------------------------------------------


def _rows_of(item: Any) -> Iterator[dict[str, Any]]:
    """One row, or one for each variant with what is said of all of them."""
    if not isinstance(item, dict):
        return
    variants_key = next((key for key in item if headers.normal(str(key)) in _VARIANTS), None)
    variants = item.get(variants_key) if variants_key is not None else None
    if isinstance(variants, dict) and variants and all(isinstance(one, dict) for one in variants.values()):
        variants = [_with_key(str(key), one) for key, one in variants.items()]
    if not (isinstance(variants, list) and variants and all(isinstance(one, dict) for one in variants)):
        yield _flat(item)
        return
    shared = _flat({key: value for key, value in item.items() if key != variants_key})
    if "id" in shared:  # the number of the product, not of its variants
        shared["product_id"] = shared.get("product_id", shared.pop("id"))
    for variant in variants:
        own = _flat(variant)
        yield {**shared, **{key: value for key, value in own.items() if value not in (None, "") or key not in shared}}


def _flat(item: Mapping[str, Any]) -> dict[str, Any]:
    """Objects inside become columns of their own, named by their inner key where that is free.

    An object that only names, counts or prices one thing (`"brand": {"id": 3, "name": "Tarn"}`) is what it is called.
    """
    flat: dict[str, Any] = {}
    for key, value in item.items():
        if isinstance(value, dict) and value and headers.normal(str(key)) not in _KEPT_WHOLE:
            main = _main_key(value)
            for inner, inner_value in _flat(value).items():
                if inner == main:
                    flat[str(key)] = inner_value
                    continue
                free = main is None or headers.normal(inner).startswith("currency")
                free = free and inner not in flat and inner not in item
                flat[inner if free else f"{key}.{inner}"] = inner_value
        elif headers.normal(str(key)) in _DELIVERIES and (told := dict(_deliveries(value))):
            flat |= {name: text for name, text in told.items() if name not in item}
        else:
            flat[str(key)] = value
    return flat


_DELIVERIES = frozenset(("fulfillments", "shipments", "packages", "deliveries", "parcels", "包裹", "物流", "物流信息"))


def _deliveries(value: Any) -> Iterator[tuple[str, str]]:
    """What the parcels of an order are called by their carriers: each such key with all its values."""
    found: dict[str, dict[str, None]] = {}
    for parcel in value if isinstance(value, list) else []:
        for key, inner in parcel.items() if isinstance(parcel, dict) else ():
            if headers.normal(str(key)) in _OF_PARCELS:
                texts = inner if isinstance(inner, list) else [inner]
                found.setdefault(str(key), {}).update(
                    dict.fromkeys(str(text) for text in texts if text not in (None, ""))
                )
    return ((key, ", ".join(texts)) for key, texts in found.items() if texts)


_OF_PARCELS = frozenset((*headers.ORDER["tracking"], *headers.ORDER["carrier"]))


_MAIN = ("name", "title", "label", "amount", "value", "quantity", "qty", "count")
_BESIDE_IT = frozenset(
    ("id", "code", "slug", "handle", "url", "href", "link", "key", "currency", "currencycode", "currency_code", "unit")
)


def _main_key(inner: Mapping[str, Any]) -> str | None:
    """The key that says what an object is, where the others only go with it."""
    mains = [key for key in _MAIN if key in inner and not isinstance(inner[key], (dict, list))]
    if len(mains) != 1 or not set(inner) <= {mains[0], *_BESIDE_IT}:
        return None
    return mains[0]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (dict, list)):
        return storable(json.dumps(value, ensure_ascii=False)) if value else ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else re.sub(r"e\+?", "E", repr(value))
    return storable(str(value))
