"""Answers that the model gave before, to be given again at once where nothing that they rest on has changed."""

from __future__ import annotations

from datetime import UTC, datetime

from shopdesk.store.database import Database, storable

MOST_ANSWERS = 5000
"""Answers that are kept; beyond them those go that were not given for the longest time."""


class AnswerCache:
    """See `shopdesk.core.ports.AnswerCache`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, key: str) -> str | None:
        with self._database.read() as db:
            row = db.execute("SELECT answer FROM answer_cache WHERE key = ?", (key,)).fetchone()
        if row is None:
            return None
        with self._database.write() as db:
            db.execute("UPDATE answer_cache SET used_at = ? WHERE key = ?", (_now(), key))
        return str(row["answer"])

    def put(self, key: str, answer: str, model: str) -> None:
        now = _now()
        with self._database.write() as db:
            db.execute(
                "INSERT OR REPLACE INTO answer_cache (key, answer, model, created_at, used_at) VALUES (?, ?, ?, ?, ?)",
                (key, storable(answer), storable(model), now, now),
            )
            db.execute(
                "DELETE FROM answer_cache WHERE key IN"
                " (SELECT key FROM answer_cache ORDER BY used_at DESC, key LIMIT -1 OFFSET ?)",
                (MOST_ANSWERS,),
            )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
