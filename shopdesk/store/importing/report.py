"""What an import found and did, in words for both languages."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shopdesk.core.messages import text_of

# A report names at most so many rows of each sort; the counts are always complete.
MOST_NAMED_ROWS = 1000
# Shares of a table's rows from which on it looks damaged as a whole, not here and there.
_ROUNDED_SHARE = 0.2
_MANGLED_SHARE = 0.1
PLURAL = {
    "product": "products", "policy": "policies", "promotion": "promotions", "order": "orders", "store": "stores",
    "answer": "answers", "barcode": "barcodes", "trait": "attributes", "term": "lists",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about one row: why it was rejected (`field` may be ""), or what looks wrong in it.

    `code` names the message; the row is the one that starts in line `line` of the file, or of its part
    `part` (a sheet, a file of an archive). Line 0 speaks of the whole.
    """

    line: int
    field: str
    code: str
    params: Mapping[str, str] = dataclasses.field(default_factory=dict)
    part: str = ""

    def text(self, language: str) -> str:
        return text_of(self.code, language, **self.params)

    def to_json(self) -> dict[str, Any]:
        return {
            "line": self.line, "field": self.field, "code": self.code,
            "reason": self.text("en"), "reason_zh": self.text("zh"), **({"part": self.part} if self.part else {}),
        }  # fmt: skip


@dataclass(slots=True)
class Counts:
    """What became of a table's rows. `continued`: rows that go on with the row above and are none of their own.

    `missing`: rows of this kind that the shop has and the table has not. `codes` are codes that were read well,
    `damaged` tells for a field how many were not.
    """

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    continued: int = 0
    missing: int = 0
    codes: int = 0
    damaged: dict[str, int] = dataclasses.field(default_factory=dict)
    rejections: list[Remark] = dataclasses.field(default_factory=list)
    suspicions: list[Remark] = dataclasses.field(default_factory=list)

    def reject(self, remark: Remark) -> None:
        self.rejected += 1
        if len(self.rejections) < MOST_NAMED_ROWS:
            self.rejections.append(remark)

    def suspect(self, remark: Remark) -> None:
        if len(self.suspicions) < MOST_NAMED_ROWS:
            self.suspicions.append(remark)

    def damage(self, field: str) -> None:
        self.damaged[field] = self.damaged.get(field, 0) + 1

    def damages(self, part: str) -> list[Remark]:
        """What shows that a table was saved by a program that did not understand it; not single slips."""
        found = []
        for field, count in self.damaged.items():
            params = {"count": str(count), "rows": str(self.read)}
            if field == "name":
                if count >= _MANGLED_SHARE * self.read and (count > 1 or 2 * count >= self.read):
                    found.append(Remark(0, field, "damage_characters", params, part))
            elif field == "barcode":
                if count >= _ROUNDED_SHARE * (count + self.codes) and (count > 1 or self.read <= 2):
                    found.append(Remark(0, field, "damage_rounded", params, part))
            elif count >= _ROUNDED_SHARE * self.read and (count > 1 or self.read <= 2):
                found.append(Remark(0, field, "damage_rounded", params, part))
        return found

    def add(self, other: Counts) -> None:
        """Count another table's rows to these."""
        for name in ("read", "new", "changed", "unchanged", "rejected", "continued", "missing"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.rejections += other.rejections[: MOST_NAMED_ROWS - len(self.rejections)]
        self.suspicions += other.suspicions[: MOST_NAMED_ROWS - len(self.suspicions)]


@dataclass(frozen=True, slots=True)
class PartReport:
    """One table of a file: how it was read, and what became of its rows. `skipped` tells why it was not read at all."""

    name: str
    kind: str
    format: str
    encoding: str
    encoding_doubtful: bool
    delimiter: str | None
    header: bool
    mapping: Mapping[str, str]
    attributes: tuple[str, ...]
    currency: str
    remembered: bool
    counts: Counts
    skipped: Remark | None = None

    def to_json(self) -> dict[str, Any]:
        counts = self.counts
        return {
            "part": self.name, "kind": PLURAL.get(self.kind), "format": self.format, "encoding": self.encoding,
            "encoding_doubtful": self.encoding_doubtful, "delimiter": self.delimiter, "header": self.header,
            "mapping": dict(self.mapping), "attributes": list(self.attributes), "currency": self.currency,
            "remembered": self.remembered, "read": counts.read, "new": counts.new, "changed": counts.changed,
            "unchanged": counts.unchanged, "rejected": counts.rejected, "continued": counts.continued,
            "missing": counts.missing, "skipped": None if self.skipped is None else self.skipped.to_json(),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The outcome of a plan (`batch` None: nothing written) or of a commit.

    `counts` are those of all parts together. `damage` is what makes a commit refuse the file, unless the user
    insists; `notices` is what else there is to say about it as a whole.
    """

    file: str
    parts: tuple[PartReport, ...]
    counts: Counts
    sample_removed: int
    damage: tuple[Remark, ...] = ()
    notices: tuple[Remark, ...] = ()
    rejected_file: str | None = None
    batch: int | None = None

    @property
    def main(self) -> PartReport:
        """The part with the most rows: it speaks for the file."""
        return max(self.parts, key=lambda part: (part.skipped is None, part.counts.read))

    @property
    def kind(self) -> str:
        return self.main.kind

    def to_json(self) -> dict[str, Any]:
        counts, main = self.counts, self.main.to_json()
        for name in ("part", "skipped"):
            del main[name]
        return {
            **main, "file": self.file,
            "read": counts.read, "new": counts.new, "changed": counts.changed, "unchanged": counts.unchanged,
            "rejected": counts.rejected, "continued": counts.continued, "missing": counts.missing,
            "rejections": [remark.to_json() for remark in counts.rejections],
            "suspicious": [remark.to_json() for remark in counts.suspicions],
            "damage": [remark.to_json() for remark in self.damage],
            "notices": [remark.to_json() for remark in self.notices],
            "rejected_file": self.rejected_file, "sample_removed": self.sample_removed, "batch": self.batch,
            "parts": [part.to_json() for part in self.parts] if len(self.parts) > 1 else [],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a piece of work has come; `total` None where nobody knows."""

    step: str
    done: int
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What an import would do to one row: `sort` is new, changed or missing; `fields` are (name, old, new) as text."""

    sort: str
    kind: str
    key: str
    title: str
    line: int | None
    fields: tuple[tuple[str, str | None, str | None], ...]

    def to_json(self) -> dict[str, Any]:
        return dataclasses.asdict(self) | {"kind": PLURAL[self.kind]}


@dataclass(frozen=True, slots=True)
class Conflict:
    """A value that an import brought and that was edited by hand since; undoing has to choose."""

    kind: str
    key: str
    title: str
    field: str
    before: str | None
    imported: str | None
    now: str | None

    def to_json(self) -> dict[str, Any]:
        return dataclasses.asdict(self) | {"kind": PLURAL[self.kind]}


@dataclass(frozen=True, slots=True)
class UndoReport:
    """What undoing batch `batch` did: rows it had brought removed, changed rows put back, removed rows returned.

    `conflicts` are the values that were edited by hand since, whether they were put back or kept.
    """

    batch: int
    removed: int
    restored: int
    returned: int
    conflicts: tuple[Conflict, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "batch": self.batch, "removed": self.removed, "restored": self.restored, "returned": self.returned,
            "conflicts": [conflict.to_json() for conflict in self.conflicts],
        }  # fmt: skip
