"""The tables of a file, and how each of them is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from shopdesk.store.importing.layout import Layout, Wishes
from shopdesk.store.importing.report import PLURAL, Remark
from shopdesk.store.importing.sources import Source


@dataclass(frozen=True, slots=True)
class Part:
    """One table of a file and how it is read; `skipped` tells why it is not. `rows` are its first, as they stand.

    `wishes` are what the user said of it, now or when it was last imported; the rest of the layout is a guess.
    """

    source: Source
    layout: Layout | None
    wishes: Wishes = field(default_factory=Wishes)
    rows: tuple[tuple[str, ...], ...] = ()
    skipped: Remark | None = None


@dataclass(frozen=True, slots=True)
class PartLook:
    """A table of a file as it would be read; all that a person can set right. See `Source` and `Layout`."""

    name: str
    kind: str
    format: str
    encoding: str
    encoding_doubtful: bool
    encoding_choices: tuple[tuple[str, tuple[str, ...]], ...]
    delimiter: str | None
    header: bool
    titles: tuple[str, ...]
    mapping: Mapping[str, str]
    attributes: tuple[str, ...]
    currency: str
    rows: tuple[tuple[str, ...], ...]
    remembered: bool
    skipped: Remark | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What a file holds, by its first lines."""

    path: Path
    parts: tuple[PartLook, ...]


def look_of(part: Part) -> PartLook:
    source, layout = part.source, part.layout
    about = (source.format, source.encoding, bool(source.others), source.others, source.delimiter)
    if layout is None:
        return PartLook(source.part, "", *about, True, (), {}, (), "", (), False, part.skipped)
    return PartLook(
        source.part, PLURAL[layout.kind], *about, layout.header_line is not None, layout.header, layout.mapping(),
        layout.kept(), layout.currency, part.rows, layout.remembered,
    )  # fmt: skip
