"""Answers that the model gave before, to be given again at once where nothing that they rest on has changed."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from shopdesk.core.errors import StoreError
from shopdesk.store.database import Database, storable

log = logging.getLogger(__name__)

MOST_ANSWERS = 5000
"""Answers that are kept; beyond them those go that were not given for the longest time."""

_PUT = "INSERT OR REPLACE INTO answer_cache (key, answer, model, created_at, used_at) VALUES (?, ?, ?, ?, ?)"
_FORGET = """
DELETE FROM answer_cache
WHERE key IN (SELECT key FROM answer_cache ORDER BY used_at DESC, key LIMIT -1 OFFSET ?)
"""


class AnswerCache:
    """See `shopdesk.core.ports.AnswerCache`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, key: str) -> str | None:
        with self._database.read() as db:
            row = db.execute("SELECT answer FROM answer_cache WHERE key = ?", (key,)).fetchone()
        if row is None:
            return None
        self._write(("UPDATE answer_cache SET used_at = ? WHERE key = ?", (_now(), key)))
        return str(row["answer"])

    def put(self, key: str, answer: str, model: str) -> None:
        now = _now()
        self._write((_PUT, (key, storable(answer), storable(model), now, now)), (_FORGET, (MOST_ANSWERS,)))

    def _write(self, *statements: tuple[str, tuple[object, ...]]) -> None:
        """Where nothing can be written, a full disk say, nothing is remembered; the answer is given all the same."""
        try:
            with self._database.write() as db:
                for statement, values in statements:
                    db.execute(statement, values)
        except StoreError as error:
            log.warning("an answer was not remembered: %s", error.code)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
