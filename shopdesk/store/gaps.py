"""The gaps that questions showed, kept and grouped: what the shop should write down, the most asked first."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from shopdesk.core.errors import StoreError
from shopdesk.core.gaps import Gap, question_key
from shopdesk.store.database import Database, storable

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a group: how often it left the gap, and when last (ISO 8601, UTC)."""

    question: str
    times: int
    last_at: str


@dataclass(frozen=True, slots=True)
class GapGroup:
    """One thing that is missing.

    `field` is "" where a whole row of `kind` is, about `subject`; `keys` are the rows concerned.
    """

    reason: str
    kind: str
    field: str
    subject: str = ""
    keys: tuple[str, ...] = ()
    questions: tuple[Asked, ...] = ()

    @property
    def times(self) -> int:
        return sum(asked.times for asked in self.questions)

    @property
    def last_at(self) -> str:
        return max(asked.last_at for asked in self.questions)

    def to_json(self) -> dict[str, Any]:
        questions = [
            {"question": asked.question, "times": asked.times, "last_at": asked.last_at} for asked in self.questions
        ]
        return {
            "reason": self.reason, "kind": self.kind, "field": self.field or None,
            "subject": self.subject or None, "keys": list(self.keys),
            "times": self.times, "last_at": self.last_at, "questions": questions,
        }  # fmt: skip


class Gaps:
    """See `shopdesk.core.ports.GapNotes`; the rest is for the report."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, gap: Gap) -> None:
        """Where nothing can be written, a full disk say, the question is answered all the same."""
        try:
            with self._database.write() as db:
                note_gap(db, gap)
        except StoreError as error:
            log.warning("a gap was not noted: %s", error.code)

    def forget(self, question: str) -> int:
        """Drop what was noted about a question, in any spelling; how many notes that were."""
        with self._database.write() as db:
            return forget_gaps(db, question)

    def report(self) -> list[GapGroup]:
        """All gaps: fields that are empty by field, rows that are missing by what the questions have in common."""
        with self._database.read() as db:
            rows = db.execute("SELECT * FROM gaps ORDER BY times DESC, last_at DESC, id").fetchall()
        groups: dict[tuple[str, ...], list[sqlite3.Row]] = {}
        for row in rows:
            groups.setdefault(_group_key(row, groups), []).append(row)
        found = [_group(of_group) for of_group in groups.values()]
        return sorted(found, key=lambda group: (-group.times, group.questions[0].question))


def note_gap(db: sqlite3.Connection, gap: Gap) -> None:
    """Notes a gap inside the caller's transaction; one that is noted already counts once more."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    db.execute(
        "INSERT INTO gaps (question, question_key, language, reason, kind, field, subject, keys,"
        " first_at, last_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (question_key, reason, field, keys) DO UPDATE SET times = times + 1, last_at = excluded.last_at",
        (
            storable(gap.question), storable(question_key(gap.question)), gap.language, gap.reason, gap.kind,
            storable(gap.field), storable(gap.subject), storable(json.dumps(gap.keys, ensure_ascii=False)), now, now,
        ),
    )  # fmt: skip


def forget_gaps(db: sqlite3.Connection, question: str) -> int:
    """Inside the caller's transaction."""
    before = db.total_changes
    db.execute("DELETE FROM gaps WHERE question_key = ?", (storable(question_key(question)),))
    return db.total_changes - before


_ALIKE = 0.5
"""The share of their pairs of characters or words that two subjects of one missing row have in common."""


def _group_key(row: sqlite3.Row, groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    if row["field"]:
        return (row["reason"], row["kind"], row["field"], "")
    subject = question_key(row["subject"]) or row["question_key"]
    own = _parts(subject)
    for key in groups:
        other = _parts(key[3])
        if key[:3] == (row["reason"], row["kind"], "") and len(own & other) >= _ALIKE * len(own | other):
            return key
    return (row["reason"], row["kind"], "", subject)


def _parts(key: str) -> frozenset[str]:
    words = key.split()
    pairs = [word[i : i + 2] for word in words if not word.isascii() for i in range(max(1, len(word) - 1))]
    return frozenset([*pairs, *(word for word in words if word.isascii())])


def _group(rows: Sequence[sqlite3.Row]) -> GapGroup:
    first = rows[0]
    keys = tuple(dict.fromkeys(key for row in rows for key in json.loads(row["keys"])))
    asked = tuple(Asked(row["question"], row["times"], row["last_at"]) for row in rows)
    subject = "" if first["field"] else first["subject"]
    return GapGroup(first["reason"], first["kind"], first["field"], subject, keys, asked)
