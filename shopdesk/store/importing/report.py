"""What an import found and did, in words for both languages."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shopdesk.core.messages import text_of

# A report names at most so many rows of each sort; the counts are always complete.
MOST_NAMED_ROWS = 1000
_PLURAL = {"product": "products", "policy": "policies", "promotion": "promotions", "order": "orders"}


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about one row: why it was rejected (`field` may be ""), or what looks wrong in it.

    `code` names the message; the row is the one that starts in line `line` of the file.
    """

    line: int
    field: str
    code: str
    params: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def text(self, language: str) -> str:
        return text_of(self.code, language, **self.params)

    def to_json(self) -> dict[str, Any]:
        return {
            "line": self.line, "field": self.field, "code": self.code,
            "reason": self.text("en"), "reason_zh": self.text("zh"),
        }  # fmt: skip


@dataclass(slots=True)
class Counts:
    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    rejections: list[Remark] = dataclasses.field(default_factory=list)
    suspicions: list[Remark] = dataclasses.field(default_factory=list)

    def reject(self, remark: Remark) -> None:
        self.rejected += 1
        if len(self.rejections) < MOST_NAMED_ROWS:
            self.rejections.append(remark)

    def suspect(self, remark: Remark) -> None:
        if len(self.suspicions) < MOST_NAMED_ROWS:
            self.suspicions.append(remark)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The outcome of a plan (`batch` None: nothing written) or of a commit."""

    kind: str
    file: str
    encoding: str
    delimiter: str | None
    mapping: Mapping[str, str]
    attributes: tuple[str, ...]
    currency: str
    counts: Counts
    sample_removed: int
    batch: int | None = None

    def to_json(self) -> dict[str, Any]:
        counts = self.counts
        return {
            "kind": _PLURAL[self.kind], "file": self.file, "encoding": self.encoding, "delimiter": self.delimiter,
            "header": True, "mapping": dict(self.mapping), "attributes": list(self.attributes),
            "currency": self.currency,
            "read": counts.read, "new": counts.new, "changed": counts.changed, "unchanged": counts.unchanged,
            "rejected": counts.rejected, "rejections": [remark.to_json() for remark in counts.rejections],
            "suspicious": [remark.to_json() for remark in counts.suspicions], "rejected_file": None,
            "sample_removed": self.sample_removed, "batch": self.batch,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class UndoReport:
    """What undoing batch `batch` did: rows it had brought removed, changed rows put back, removed rows returned."""

    batch: int
    removed: int
    restored: int
    returned: int

    def to_json(self) -> dict[str, Any]:
        return {"batch": self.batch, "removed": self.removed, "restored": self.restored, "returned": self.returned}
