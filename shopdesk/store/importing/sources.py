"""Files as rows of text cells: encodings, delimiters, JSON, JSON Lines and Markdown found by themselves."""

from __future__ import annotations

import codecs
import csv
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from charset_normalizer import from_bytes

from shopdesk.core.errors import ImportFault
from shopdesk.store.database import storable

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_BYTES = 256 * 1024
_CHUNK_BYTES = 1024 * 1024
_LONGEST_CELL = 16 * 1024 * 1024

Line = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Source:
    """A file that can be read again and again. `lines` yields (line number from 1, cells), the header included."""

    path: Path
    sha256: str
    format: str
    encoding: str
    delimiter: str | None
    lines: Callable[[], Iterator[Line]]


def open_source(path: Path, encoding: str | None = None) -> Source:
    """Look at a file. Raises ImportFault where it cannot be read as rows at all."""
    try:
        digest = _sha256(path)
        with path.open("rb") as file:
            head = file.read(_SAMPLE_BYTES)
    except OSError as error:
        raise ImportFault("import_unreadable", path=path, detail=str(error)) from error
    if not head.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        raise ImportFault("import_empty", path=path)
    if _is_binary(head):
        raise ImportFault("import_not_text", path=path)
    try:
        chosen = _known_encoding(encoding) if encoding else find_encoding(path, head)
    except LookupError as error:
        raise ImportFault("import_encoding_unknown", encoding=encoding, detail=str(error)) from error
    suffix = path.suffix.lower()
    if suffix in (".json", ".jsonl", ".ndjson"):
        return Source(path, digest, "json", chosen, None, lambda: _json_lines(path, chosen))
    if suffix in (".md", ".markdown"):
        return Source(path, digest, "markdown", chosen, None, lambda: _markdown_lines(path, chosen))
    delimiter = find_delimiter(path, chosen)
    return Source(path, digest, "csv", chosen, delimiter, lambda: _csv_lines(path, chosen, delimiter))


# -- encodings ----------------------------------------------------------------

# What Python calls encodings too, though no file of words is written so.
_NO_FILES_ENCODING = frozenset(
    ["idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "unicode-escape"]
)


def _known_encoding(name: str) -> str:
    """Python's name for an encoding of text that the user named. Raises LookupError."""
    found = codecs.lookup(name).name
    if found in _NO_FILES_ENCODING:
        raise LookupError(name)
    b" ".decode(found, "ignore")  # LookupError for base64 and the like, which do not give text
    return found


def find_encoding(path: Path, head: bytes) -> str:
    """A BOM says it; else strict UTF-8 over the whole file; else the legacy encoding that reads most like text."""
    for bom, name in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if head.startswith(bom):
            return name
    if wide := _utf16_without_bom(head):
        return wide
    if _decodes(path, "utf-8"):
        return "utf-8"
    scores = {name: _likeness(head, name) for name in ("gb18030", "big5hkscs", "cp1252")}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] >= 0.6:
        return best
    if _likeness(head, "utf-8") > -1.5:  # mostly UTF-8; its broken bytes become U+FFFD and are reported
        return "utf-8"
    guess = from_bytes(head).best()
    return codecs.lookup(guess.encoding).name if guess is not None else "gb18030"


def _utf16_without_bom(head: bytes) -> str | None:
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = max(len(head) // 2, 1)
    if odd > 0.2 * half and even < 0.02 * half:
        return "utf-16-le"
    if even > 0.2 * half and odd < 0.02 * half:
        return "utf-16-be"
    return None


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK_BYTES):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _likeness(head: bytes, encoding: str) -> float:
    """Which share of the characters beyond ASCII is what a person would write (0 where the bytes do not decode)."""
    text = codecs.getincrementaldecoder(encoding)("replace").decode(head)
    beyond = [i for i, c in enumerate(text) if c > "\x7f"]
    if not beyond:
        return 0.0
    broken = text.count("\ufffd") / len(beyond)
    likely = _LIKELY[encoding]
    return sum(likely(text, i) for i in beyond) / len(beyond) - 4 * broken


def _likely_chinese(text: str, i: int, encoding: str, common: range) -> bool:
    """Common characters fill the first half of both GB 2312 and Big5; wrong decoding scatters over the rest."""
    character = text[i]
    if character in "，。、：；！？（）《》“”‘’【】—…·￥°×・「」『』～％＋－／":
        return True
    if "！" <= character <= "～" or character in "¥€£é®™²³½㎡℃":
        return True
    try:
        encoded = character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return len(encoded) == 2 and encoded[0] in common


def _likely_latin(text: str, i: int) -> bool:
    """Western letters stand alone among ASCII; Chinese bytes read as Latin come in rows."""
    neighbours = text[max(i - 1, 0) : i] + text[i + 1 : i + 2]
    lonely = sum(c > "\x7f" for c in neighbours) == 0
    return lonely and (text[i].isalpha() or text[i] in "€£¥°®™©’‘“”–—…½²³·×«»•\xa0")


_LIKELY: dict[str, Callable[[str, int], bool]] = {
    "gb18030": lambda text, i: _likely_chinese(text, i, "gb2312", range(0xB0, 0xD8)),
    "big5hkscs": lambda text, i: _likely_chinese(text, i, "big5", range(0xA4, 0xC7)),
    "cp1252": _likely_latin,
    "utf-8": lambda text, i: text[i] != "\ufffd",
}


def _is_binary(head: bytes) -> bool:
    if head.startswith(
        (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"SQLite format 3", b"GGUF")
    ):
        return True
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _utf16_without_bom(head):
        return False
    return head.count(0) > len(head) // 20


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# -- delimited text -----------------------------------------------------------


def find_delimiter(path: Path, encoding: str) -> str:
    """The delimiter that cuts the first records into the most even rows of more than one cell."""
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        text = file.read(64 * 1024)
    if match := re.match(r"sep=(.)\r?\n", text):
        return match[1]
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        widths = [len(row) for row in csv.reader(text.splitlines(keepends=True)[:200], delimiter=delimiter) if row]
        if not widths:
            continue
        usual = max(set(widths), key=lambda width: (widths.count(width), width))
        if usual < 2:
            continue
        score = widths.count(usual) / len(widths) + min(usual, 20) / 100 + (0.5 if widths[0] == usual else 0.0)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _csv_lines(path: Path, encoding: str, delimiter: str) -> Iterator[Line]:
    csv.field_size_limit(_LONGEST_CELL)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        reader = csv.reader(file, delimiter=delimiter)
        last = start = 1
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                break
            except csv.Error as error:
                raise ImportFault("import_broken_line", path=path, line=start, detail=str(error)) from error
            if any(cell.strip() for cell in cells) and not (
                start == 1 and len(cells) <= 2 and cells[0].startswith("sep=")
            ):
                yield start, cells
            last, start = start, reader.line_num + 1
    if start - last > 1 and _quotes_from(path, encoding, last) % 2:
        raise ImportFault("import_quote_open", path=path, line=last)


def _quotes_from(path: Path, encoding: str, line: int) -> int:
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        return sum(text.count('"') for text in islice(file, line - 1, None))


# -- JSON and Markdown ----------------------------------------------------------


def _json_lines(path: Path, encoding: str) -> Iterator[Line]:
    text = path.read_text(encoding=encoding, errors="replace")
    try:
        objects = (
            [json.loads(line) for line in text.splitlines() if line.strip()]
            if _is_jsonl(text)
            else _objects(json.loads(text))
        )
    except (ValueError, RecursionError) as error:
        raise ImportFault("import_broken_json", path=path, detail=str(error)) from error
    flat = [
        {storable(str(key)): _cell(value) for key, value in item.items()} for item in objects if isinstance(item, dict)
    ]
    if not flat:
        raise ImportFault("import_empty", path=path)
    header = list(dict.fromkeys(key for item in flat for key in item))
    yield 0, header
    for number, item in enumerate(flat, 1):
        yield number, [item.get(key, "") for key in header]


def _is_jsonl(text: str) -> bool:
    lines = [line for line in text.splitlines() if line.strip()]
    return len(lines) > 1 and all(line.lstrip().startswith("{") and line.rstrip().endswith("}") for line in lines[:5])


def _objects(value: Any) -> list[Any]:
    """The array of objects in a document: itself, or the first one it wraps, or the values of a map of objects."""
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        for inner in value.values():
            if isinstance(inner, list) and inner and isinstance(inner[0], dict):
                return inner
        if value and all(isinstance(inner, dict) for inner in value.values()):
            return list(value.values())
        return [value]
    return []


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, (dict, list)):
        return storable(json.dumps(value, ensure_ascii=False))
    return storable(str(value))


def _markdown_lines(path: Path, encoding: str) -> Iterator[Line]:
    """Each heading with its text is one row (title, body); text before the first heading goes under the file's name."""
    yield 0, ["title", "body"]
    title, start, body = path.stem, 1, []
    text = path.read_text(encoding=encoding, errors="replace")
    for number, line in enumerate([*text.splitlines(), "# "], 1):
        heading = re.match(r"#{1,6}\s+(.*?)\s*#*\s*$", line)
        if heading is None and not re.fullmatch(r"#{1,6}\s*", line):
            body.append(line)
            continue
        if "\n".join(body).strip():
            yield start, [title, "\n".join(body).strip()]
        title, start, body = (heading[1] if heading else ""), number, []
