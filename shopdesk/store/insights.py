"""What use tells the shop: questions a day, how they were answered and how quickly, votes, and what is asked most."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from shopdesk.core.gaps import question_key
from shopdesk.store.database import Database

MOST_ASKED = 10


@dataclass(frozen=True, slots=True)
class Day:
    """One day by the local clock. Times are milliseconds from the question to the whole answer; None without any."""

    day: str
    questions: int = 0
    refused: int = 0
    down_votes: int = 0
    up_votes: int = 0
    median_ms: float | None = None
    slow_ms: float | None = None
    """Nine of ten answers were quicker."""


@dataclass(frozen=True, slots=True)
class Use:
    """Days without a gap, the oldest first; `routes` counts answers by where they came from."""

    days: Sequence[Day]
    routes: Mapping[str, int] = field(default_factory=dict)
    most_asked: Sequence[tuple[str, int]] = ()

    @property
    def questions(self) -> int:
        return sum(day.questions for day in self.days)


class Insights:
    def __init__(self, database: Database) -> None:
        self._database = database

    def use(self, days: int = 30, today: date | None = None) -> Use:
        """What was asked on the last `days` days, `today` included."""
        last = today or date.today()
        first = last - timedelta(days=days - 1)
        since = (first - timedelta(days=1)).isoformat()  # stored times are UTC
        with self._database.read() as db:
            messages = db.execute(
                "SELECT question, created_at, json_extract(answer, '$.route') AS route,"
                " json_extract(answer, '$.timings_ms.total') AS ms FROM messages WHERE created_at >= ?",
                (since,),
            ).fetchall()
            votes = db.execute("SELECT vote, at FROM feedback WHERE at >= ?", (since,)).fetchall()
        wanted = [(first + timedelta(days=n)).isoformat() for n in range(days)]
        asked: dict[str, list[sqlite3.Row]] = {day: [] for day in wanted}
        for row in messages:
            asked.get(_local_day(row["created_at"]), []).append(row)
        thought = Counter((_local_day(row["at"]), row["vote"]) for row in votes)
        counted = [row for rows in asked.values() for row in rows]
        return Use(
            [
                _day(day, rows, up=thought[day, 1], down=thought[day, -1])
                for day, rows in asked.items()
            ],
            Counter(row["route"] for row in counted if row["route"]),
            _most_asked(counted),
        )  # fmt: skip


def _day(day: str, rows: Sequence[sqlite3.Row], *, up: int, down: int) -> Day:
    times = sorted(row["ms"] for row in rows if row["ms"] is not None)
    refused = sum(row["route"] == "refusal" for row in rows)
    if not times:
        return Day(day, len(rows), refused, down, up)
    return Day(
        day, len(rows), refused, down, up, times[len(times) // 2], times[min(len(times) - 1, len(times) * 9 // 10)]
    )


def _most_asked(rows: Sequence[sqlite3.Row]) -> list[tuple[str, int]]:
    """Questions that were asked more than once, in the spelling used last, however they were spelled."""
    counts: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for row in rows:
        key = question_key(row["question"])
        counts[key] += 1
        spelled[key] = " ".join(row["question"].split())
    return [(spelled[key], times) for key, times in counts.most_common(MOST_ASKED) if times > 1]


def _local_day(iso: str) -> str:
    return datetime.fromisoformat(iso).astimezone().date().isoformat()
