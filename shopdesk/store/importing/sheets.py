"""Spreadsheets (.xlsx, .xls, .xlsb, .ods) as rows of text cells, sheet by sheet, formulas by their values."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterator

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from shopdesk.core.errors import ImportFault
from shopdesk.store.importing.content import Content, Meter, check_unpacked
from shopdesk.store.importing.delimited import Line

# A workbook is unpacked and held as a whole while its rows are read; a longer list belongs into a CSV file.
_LARGEST_FILE = 128 * 1024**2
_LARGEST_UNPACKED = 768 * 1024**2


def sheet_names(content: Content) -> list[str]:
    """The visible sheets. Raises ImportFault: `import_broken_sheet`, `import_too_large`, `import_encrypted`."""
    book = _open(content)
    return [sheet.name for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]


def sheet_lines(content: Content, name: str, meter: Meter | None = None) -> Iterator[Line]:
    """(row number from 1 as the spreadsheet shows it, cells) of every row that is not blank."""
    sheet = _open(content).get_sheet_by_name(name)
    first = sheet.start[0] + 1 if sheet.start else 1
    height = max(sheet.height, 1)
    for number, row in enumerate(sheet.iter_rows(), first):
        if meter is not None and number % 200 == 0:
            meter.done = content.size * (number - first) // height
        cells = [value if isinstance(value, str) else _text_of(value) for value in row]
        if any(cell and not cell.isspace() for cell in cells):
            yield number, cells


def _open(content: Content) -> CalamineWorkbook:
    data = content.whole(_LARGEST_FILE)
    if data.startswith(b"PK"):
        _check_size(content, data)
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except (CalamineError, OSError, ValueError) as error:
        encrypted = "password" in str(error).lower() or b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P" in data
        code = "import_encrypted" if encrypted else "import_broken_sheet"
        raise ImportFault(code, path=content.path, detail=str(error)) from error


def _check_size(content: Content, data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
    except zipfile.BadZipFile as error:
        raise ImportFault("import_broken_sheet", path=content.path, detail=str(error)) from error
    check_unpacked(content.path, infos)
    if sum(info.file_size for info in infos) > _LARGEST_UNPACKED:
        raise ImportFault("import_too_large", path=content.path, megabytes=_LARGEST_UNPACKED // 1024**2)


def _text_of(value: object) -> str:
    """A cell as a person would have typed it: 12.0 → `12`, a day without time → `2026-01-02`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime):
        at_midnight = value.time() == datetime.time()
        return value.date().isoformat() if at_midnight else value.isoformat(sep=" ", timespec="seconds")
    return str(value)
