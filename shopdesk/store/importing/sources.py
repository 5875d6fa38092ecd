"""Files as tables of text cells: what they are is told by their bytes, not by their names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from shopdesk.core.errors import ImportFault
from shopdesk.store.importing import delimited, documents, markup, objects, sheets
from shopdesk.store.importing.content import Content, Meter, content_of, members_of, sha256_of
from shopdesk.store.importing.delimited import Line
from shopdesk.store.importing.encodings import HEAD_BYTES, Guess, find_encoding, known_encoding

_SAMPLE_LINES = 4
_NO_TABLES = (
    b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"SQLite format 3", b"GGUF", b"MZ", b"\x7fELF", b"\x1f\x8b", b"Rar!",
    b"7z\xbc\xaf", b"RIFF", b"{\\rtf",
)  # fmt: skip
_JSON = (".json", ".jsonl", ".ndjson")
_MARKDOWN = (".md", ".markdown")
_SHEETS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")

Lines = Callable[[Meter | None], Iterator[Line]]


@dataclass(frozen=True, slots=True)
class Source:
    """One table of a file, to be read again and again.

    `part` names it where the file holds several: a sheet, a file of an archive. `lines` yields (line
    number from 1, cells), the header included. `has_header` is None where the cells have to tell.
    `others` are encodings that a doubtful guess leaves possible, each with the first lines so read.
    """

    path: Path
    part: str
    sha256: str
    format: str
    encoding: str
    delimiter: str | None
    size: int
    read: Lines = field(repr=False)
    has_header: bool | None = None
    others: tuple[tuple[str, tuple[str, ...]], ...] = ()
    misnamed: bool = False

    def lines(self, meter: Meter | None = None) -> Iterator[Line]:
        return self.read(meter)


def open_sources(path: Path, encoding: str | None = None) -> list[Source]:
    """The tables of a file; of an archive, those of its files that hold any.

    Raises ImportFault where nothing of it can be read as rows.
    """
    digest = sha256_of(path)
    found = list(_sources_in(content_of(path), digest, encoding))
    if not found:
        raise ImportFault("import_empty", path=path)
    return found


def _sources_in(content: Content, digest: str, encoding: str | None) -> Iterator[Source]:
    head = content.head(HEAD_BYTES)
    if not head.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0") and not head.count(0):
        raise ImportFault("import_empty", path=content.path)
    kind = _kind_of_archive(content, head)
    if kind == "zip":
        yield from _in_archive(content, digest, encoding)
    elif kind == "docx":
        yield Source(
            content.path, content.member, digest, "docx", "utf-8", None, content.size,
            lambda meter: documents.word_lines(content), has_header=True,
        )  # fmt: skip
    elif kind == "sheets":
        for name in sheets.sheet_names(content):
            yield Source(
                content.path, _joined(content.member, name), digest, "xlsx", "utf-8", None, content.size,
                lambda meter, name=name: sheets.sheet_lines(content, name, meter),  # type: ignore[misc]
                misnamed=content.suffix not in _SHEETS,
            )  # fmt: skip
    elif head.startswith(_NO_TABLES):
        raise ImportFault("import_not_text", path=content.path)
    else:
        yield from _in_text(content, digest, encoding)


def _kind_of_archive(content: Content, head: bytes) -> str:
    """zip, docx, sheets, or "" for a file that is none of them."""
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "sheets"
    if not head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return ""
    names = [member.member for member in members_of(content)]
    if "word/document.xml" in names:
        return "docx"
    if any(name in names for name in ("xl/workbook.xml", "xl/workbook.bin", "content.xml")):
        return "sheets"
    return "zip" if names else "sheets" if content.suffix in _SHEETS else "zip"


def _in_archive(content: Content, digest: str, encoding: str | None) -> Iterator[Source]:
    """What can be read of the files in an archive; one that holds no table at all is passed over."""
    if content.member:
        raise ImportFault("import_not_text", path=content.path)  # an archive inside an archive
    first: ImportFault | None = None
    found = 0
    for member in members_of(content):
        try:
            for source in _sources_in(member, digest, encoding):
                found += 1
                yield source
        except ImportFault as fault:
            if fault.code == "import_too_large":
                raise
            first = first or fault
    if not found and first is not None:
        raise first


def _in_text(content: Content, digest: str, wanted: str | None) -> Iterator[Source]:
    guess = _encoding_of(content, wanted)
    encoding = guess.name
    others = tuple((name, _first_lines(content, name)) for name in (encoding, *guess.others)) if guess.doubtful else ()
    suffix = content.suffix
    if suffix in _MARKDOWN:
        yield Source(
            content.path, content.member, digest, "markdown", encoding, None, content.size,
            lambda meter: documents.markdown_lines(content, encoding), has_header=True, others=others,
        )  # fmt: skip
        return
    if suffix in _JSON:
        for name, items in objects.tables_in(content, encoding):
            yield Source(
                content.path, _joined(content.member, name), digest, "json", encoding, None, content.size,
                lambda meter, items=items: objects.object_lines(content, items, meter),  # type: ignore[misc]
                has_header=True, others=others,
            )  # fmt: skip
        return
    with delimited.open_text(content, encoding) as file:
        is_markup = markup.is_markup(file.read(200))
    if is_markup:
        yield Source(
            content.path, content.member, digest, "html", encoding, None, content.size,
            lambda meter: markup.table_lines(content, encoding), others=others,
        )  # fmt: skip
        return
    delimiter = delimited.find_delimiter(content, encoding)
    escaped = delimited.escapes_quotes(content, encoding, delimiter)
    yield Source(
        content.path, content.member, digest, "csv", encoding, delimiter, content.size,
        lambda meter: delimited.lines(content, encoding, delimiter, escaped, meter), others=others,
        misnamed=suffix in _SHEETS,
    )  # fmt: skip


def _encoding_of(content: Content, wanted: str | None) -> Guess:
    if wanted:
        try:
            return Guess(known_encoding(wanted))
        except LookupError as error:
            raise ImportFault("import_encoding_unknown", encoding=wanted, detail=str(error)) from error
    guess = find_encoding(content.open)
    if guess is None:
        raise ImportFault("import_not_text", path=content.path)
    return guess


def _first_lines(content: Content, encoding: str) -> tuple[str, ...]:
    """The first lines with something beyond ASCII in them: those in which encodings differ."""
    with delimited.open_text(content, encoding) as file:
        telling = (line.strip() for line in islice(file, 2000) if not line.isascii())
        return tuple(line[:200] for line in islice(telling, _SAMPLE_LINES))


def _joined(member: str, name: str) -> str:
    return f"{member}/{name}" if member and name else member or name
