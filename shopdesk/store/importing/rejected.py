"""Rejected rows as a CSV file that can be mended and imported again."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

from shopdesk.core.errors import ImportFault
from shopdesk.store.cells import safe_cell
from shopdesk.store.importing.layout import public
from shopdesk.store.importing.parts import Part
from shopdesk.store.importing.staging import Staging

# Two languages in one title: the file is read by whoever has it, and its name is one that the import passes over.
REASON_TITLE = "拒收原因 / rejected because"


def write_rejected(file: Path, parts: Sequence[Part], staging: Staging, wanted: Path | None, home: Path) -> Path | None:
    """Write the rejected rows as they stood, each with its reason; the first such file, None where there is none.

    It stands in a folder of `home`, unless the user wants it elsewhere; further parts of the file beside it.
    Rows that the file marks as deleted are as they should be and not among them.
    Raises ImportFault("import_rejected_unwritable").
    """
    first: Path | None = None
    for number, part in enumerate(parts):
        if part.layout is None or next(staging.rejected(number), None) is None:
            continue
        name = "-".join(filter(None, (file.stem, part.source.part.replace("/", "-"), "rejected")))
        place = wanted if wanted and first is None else _free(wanted.parent if wanted else home / "rejected", name)
        _write(place, staging, number, part)
        first = first or place
    return first


def save_rejected(parts: Sequence[Part], staging: Staging, path: Path) -> int:
    """Write the rejected rows to `path`; how many. Further parts of the file get names of their own beside it.

    Raises ImportFault("import_rejected_unwritable").
    """
    rows = 0
    for number, part in enumerate(parts):
        found = sum(1 for _ in staging.rejected(number))
        if part.layout is None or not found:
            continue
        place = path if not rows else _free(path.parent, f"{path.stem}-{part.source.part.replace('/', '-')}")
        _write(place, staging, number, part)
        rows += found
    return rows


def _free(folder: Path, name: str) -> Path:
    """A name that no file has yet: an earlier one may be half mended."""
    first = folder / f"{name}.csv"
    if not first.exists():
        return first
    return next(place for n in count(2) if not (place := folder / f"{name}-{n}.csv").exists())


def _write(place: Path, staging: Staging, number: int, part: Part) -> None:
    try:
        place.parent.mkdir(exist_ok=True)
        with place.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([*_titles(part), REASON_TITLE])
            for row in _rows(staging, number, part):
                writer.writerow([safe_cell(cell) for cell in row])
    except OSError as error:
        raise ImportFault("import_rejected_unwritable", path=place, detail=str(error)) from error


def _titles(part: Part) -> list[str]:
    """The header of the file; where it had none, what its columns were taken for."""
    assert part.layout is not None
    if part.layout.header_line is not None:
        return list(part.layout.header)
    fields = {index: public(field) for field, index in part.layout.columns.items()}
    return [fields.get(index, title) for index, title in enumerate(part.layout.header)]


def _rows(staging: Staging, number: int, part: Part) -> Iterator[list[str]]:
    """The rejected rows, found again by their lines, with the reason in the last column."""
    assert part.layout is not None
    width = len(part.layout.header)
    rejected = staging.rejected(number)
    wanted = next(rejected, None)
    for line, cells in part.source.lines():
        while wanted is not None and wanted[0] < line:
            wanted = next(rejected, None)
        if wanted is None:
            return
        if wanted[0] == line and line != part.layout.header_line:
            yield [*cells, *[""] * (width - len(cells)), wanted[1]]
