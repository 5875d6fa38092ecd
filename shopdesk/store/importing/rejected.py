"""Rejected rows as a CSV file that can be mended and imported again."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from shopdesk.store.cells import safe_cell
from shopdesk.store.importing.layout import public

if TYPE_CHECKING:
    from shopdesk.store.importing.importer import ImportPlan, Part

# Two languages in one title: the file is read by whoever has it, and its name is one that the import passes over.
REASON_TITLE = "拒收原因 / rejected because"


def write_rejected(plan: ImportPlan, wanted: Path | None, home: Path) -> Path | None:
    """Write the rejected rows as they stood, each with its reason; the first such file, None where there is none.

    It stands beside the imported file, or, where that cannot be, in a folder of `home`; one file for each part.
    Rows that the file marks as deleted are as they should be and not among them.
    """
    written: Path | None = None
    for number, part in enumerate(plan.parts):
        if part.layout is None or next(plan.staging.rejected(number), None) is None:
            continue
        name = "-".join(filter(None, (plan.path.stem, part.source.part.replace("/", "-"), "rejected")))
        places = [_free(plan.path.parent, name), _free(home / "rejected", name)]
        if wanted is not None and written is None:
            places.insert(0, wanted)
        place = next((place for place in places if _write(place, plan, number, part)), None)
        written = written or place
    return written


def _free(folder: Path, name: str) -> Path:
    """A name that no file has yet: an earlier one may be half mended."""
    first = folder / f"{name}.csv"
    if not first.exists():
        return first
    return next(place for n in count(2) if not (place := folder / f"{name}-{n}.csv").exists())


def _write(place: Path, plan: ImportPlan, number: int, part: Part) -> bool:
    """Whether the file could be written."""
    try:
        place.parent.mkdir(exist_ok=True)
        with place.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([*_titles(part), REASON_TITLE])
            for row in _rows(plan, number, part):
                writer.writerow([safe_cell(cell) for cell in row])
    except OSError:
        return False
    return True


def _titles(part: Part) -> list[str]:
    """The header of the file; where it had none, what its columns were taken for."""
    assert part.layout is not None
    if part.layout.header_line is not None:
        return list(part.layout.header)
    fields = {index: public(field) for field, index in part.layout.columns.items()}
    return [fields.get(index, title) for index, title in enumerate(part.layout.header)]


def _rows(plan: ImportPlan, number: int, part: Part) -> Iterator[list[str]]:
    """The rejected rows, found again by their lines, with the reason in the last column."""
    assert part.layout is not None
    width = len(part.layout.header)
    rejected = plan.staging.rejected(number)
    wanted = next(rejected, None)
    for line, cells in part.source.lines():
        while wanted is not None and wanted[0] < line:
            wanted = next(rejected, None)
        if wanted is None:
            return
        if wanted[0] == line and line != part.layout.header_line:
            yield [*cells, *[""] * (width - len(cells)), wanted[1]]
