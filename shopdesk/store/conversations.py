"""Conversations and their messages, kept so that a crash loses nothing that was asked."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from shopdesk.core.errors import StoreError
from shopdesk.core.types import Answer, Exchange, Fact
from shopdesk.store.database import Database, storable
from shopdesk.store.transcripts import write_transcript

TITLE_CHARACTERS = 40


@dataclass(frozen=True, slots=True)
class ConversationRow:
    """One line of the list of conversations. Times are ISO 8601, UTC."""

    id: int
    title: str
    created_at: str
    updated_at: str
    pinned: bool = False
    found: int | None = None
    """The message in which a search found its words; None where that was the title."""
    snippet: str = ""
    """What is said around the words that were searched for."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A place in a conversation: its messages, asked or answered anew, oldest first; how long the last of them is."""

    messages: tuple[int, ...]
    characters: int


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """A question and what became of it. Without an answer the program ended, or was stopped, in between."""

    id: int
    question: str
    answer_text: str | None
    answer_json: str | None
    facts_json: str
    created_at: str


# `list` is a method of the class below, so the types need names of their own.
Messages = list[StoredMessage]
Rows = list[ConversationRow]
Turns = list[Turn]
_COLUMNS = "id, question, answer_text, answer, facts, created_at"
_NOT_REVISED = (
    "NOT EXISTS (SELECT 1 FROM messages AS later WHERE later.revises = coalesce(m.revises, m.id) AND later.id > m.id)"
)


class Conversations:
    """See `shopdesk.core.ports.Conversations`; the rest is for the list at the left of the window."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def start(self) -> int:
        now = _now()
        with self._database.write() as db:
            cursor = db.execute("INSERT INTO conversations (created_at, updated_at) VALUES (?, ?)", (now, now))
            return int(cursor.lastrowid or 0)

    def history(self, conversation_id: int, limit: int) -> list[Exchange]:
        with self._database.read() as db:
            _require(db, conversation_id)
            rows = db.execute(
                "SELECT question, answer_text, answer, facts FROM messages AS m"
                f" WHERE conversation = ? AND answer_text IS NOT NULL AND {_NOT_REVISED}"
                " ORDER BY coalesce(revises, id) DESC LIMIT ?",
                (conversation_id, limit),
            ).fetchall()
        return [_exchange(row) for row in reversed(rows)]

    def history_before(self, message_id: int, limit: int) -> list[Exchange]:
        """What had been said before a message: the last `limit` exchanges, oldest first. Raises as :meth:`revise`."""
        with self._database.read() as db:
            conversation, first = _place(db, message_id)
            rows = db.execute(
                "SELECT question, answer_text, answer, facts FROM messages AS m WHERE conversation = ?"
                f" AND coalesce(revises, id) < ? AND answer_text IS NOT NULL AND {_NOT_REVISED}"
                " ORDER BY coalesce(revises, id) DESC LIMIT ?",
                (conversation, first, limit),
            ).fetchall()
        return [_exchange(row) for row in reversed(rows)]

    def revise(self, message_id: int, earlier: int) -> None:
        """Let a message stand in the place of an earlier one, which stays as its older version.

        Raises StoreError("message_missing").
        """
        with self._database.write() as db:
            _, first = _place(db, earlier)
            db.execute("UPDATE messages SET revises = ? WHERE id = ? AND id > ?", (first, message_id, first))

    def question_asked(self, conversation_id: int, question: str, facts_json: str) -> int:
        now, text = _now(), storable(question)
        with self._database.write() as db:
            _require(db, conversation_id)
            cursor = db.execute(
                "INSERT INTO messages (conversation, question, facts, created_at) VALUES (?, ?, ?, ?)",
                (conversation_id, text, storable(facts_json), now),
            )
            db.execute(
                "UPDATE conversations SET updated_at = ?, title = CASE title WHEN '' THEN ? ELSE title END"
                " WHERE id = ?",
                (now, _title_from(text), conversation_id),
            )
            return int(cursor.lastrowid or 0)

    def answer_given(self, message_id: int, answer: Answer) -> None:
        text = storable(json.dumps(answer.to_json(), ensure_ascii=False))
        with self._database.write() as db:
            db.execute(
                "UPDATE messages SET answer_text = ?, answer = ?, answered_at = ? WHERE id = ?",
                (storable(answer.text), text, _now(), message_id),
            )

    def list(self, limit: int = 200, text: str = "") -> Rows:
        """Pinned ones first, then the newest; with `text`, those where one message, or the title, has all its words."""
        words = storable(text).split()
        with self._database.read() as db:
            if not words:
                rows = db.execute(
                    "SELECT id, title, created_at, updated_at, pinned, NULL AS found, '' AS said FROM conversations"
                    " ORDER BY pinned DESC, updated_at DESC, id DESC LIMIT ?",
                    (limit,),
                ).fetchall()
            else:
                rows = db.execute(_search(len(words)), (*words, limit)).fetchall()
        return [
            ConversationRow(
                row["id"], row["title"], row["created_at"], row["updated_at"], bool(row["pinned"]), row["found"],
                _snippet(row["said"], words),
            )
            for row in rows
        ]  # fmt: skip

    def pin(self, conversation_id: int, pinned: bool) -> None:
        with self._database.write() as db:
            _require(db, conversation_id)
            db.execute("UPDATE conversations SET pinned = ? WHERE id = ?", (int(pinned), conversation_id))

    def turns(self, conversation_id: int) -> Turns:
        """Every place of a conversation, in order, without its texts. Raises StoreError("conversation_missing")."""
        with self._database.read() as db:
            _require(db, conversation_id)
            rows = db.execute(
                "SELECT id, coalesce(revises, id) AS first,"
                " length(question) + coalesce(length(answer_text), 0) AS characters"
                " FROM messages WHERE conversation = ? ORDER BY id",
                (conversation_id,),
            ).fetchall()
        places: dict[int, list[int]] = {}
        characters: dict[int, int] = {}
        for row in rows:
            places.setdefault(row["first"], []).append(row["id"])
            characters[row["first"]] = row["characters"]
        return [Turn(tuple(ids), characters[first]) for first, ids in sorted(places.items())]

    def messages_by_id(self, ids: Sequence[int]) -> Messages:
        """These messages, oldest first; one that is gone is left out."""
        with self._database.read() as db:
            rows = db.execute(
                f"SELECT {_COLUMNS} FROM messages WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
                (json.dumps(list(ids)),),
            ).fetchall()
        return [_stored(row) for row in rows]

    def export(self, conversation_id: int, path: Path) -> None:
        """Write a conversation to a file: Markdown, JSON or CSV, by its suffix.

        Raises StoreError: conversation_missing, export_failed.
        """
        with self._database.read() as db:
            _require(db, conversation_id)
            title = str(db.execute("SELECT title FROM conversations WHERE id = ?", (conversation_id,)).fetchone()[0])
            rows = db.execute(
                f"SELECT {_COLUMNS} FROM messages AS m WHERE conversation = ? AND {_NOT_REVISED}"
                " ORDER BY coalesce(revises, id)",
                (conversation_id,),
            ).fetchall()
        write_transcript(path, title, [_stored(row) for row in rows])

    def messages(self, conversation_id: int) -> Messages:
        """All messages, oldest first. Raises StoreError("conversation_missing")."""
        with self._database.read() as db:
            _require(db, conversation_id)
            rows = db.execute(
                f"SELECT {_COLUMNS} FROM messages WHERE conversation = ? ORDER BY id", (conversation_id,)
            ).fetchall()
        return [_stored(row) for row in rows]

    def rename(self, conversation_id: int, title: str) -> None:
        with self._database.write() as db:
            _require(db, conversation_id)
            db.execute("UPDATE conversations SET title = ? WHERE id = ?", (storable(title).strip(), conversation_id))

    def delete(self, conversation_id: int) -> None:
        with self._database.write() as db:
            _require(db, conversation_id)
            db.execute("DELETE FROM conversations WHERE id = ?", (conversation_id,))


def _require(db: sqlite3.Connection, conversation_id: int) -> None:
    if db.execute("SELECT 1 FROM conversations WHERE id = ?", (conversation_id,)).fetchone() is None:
        raise StoreError("conversation_missing", id=conversation_id)


def _place(db: sqlite3.Connection, message_id: int) -> tuple[int, int]:
    """The conversation of a message, and the first message of its turn."""
    row = db.execute("SELECT conversation, coalesce(revises, id) FROM messages WHERE id = ?", (message_id,)).fetchone()
    if row is None:
        raise StoreError("message_missing", id=message_id)
    return int(row[0]), int(row[1])


def _search(words: int) -> str:
    # instr, not LIKE: LIKE stops at a NUL and refuses long patterns.
    def all_in(text: str) -> str:
        return " AND ".join(f"instr({text}, lower(?{number}))" for number in range(1, words + 1))

    said = "lower(question || char(10) || coalesce(answer_text, ''))"
    return (
        "WITH hits AS (SELECT conversation, max(id) AS id FROM messages"
        f" WHERE {all_in(said)} GROUP BY conversation)"
        " SELECT c.id, title, c.created_at, updated_at, pinned, hits.id AS found,"
        " coalesce(m.question || char(10) || coalesce(m.answer_text, ''), '') AS said FROM conversations AS c"
        " LEFT JOIN hits ON hits.conversation = c.id LEFT JOIN messages AS m ON m.id = hits.id"
        f" WHERE hits.id IS NOT NULL OR ({all_in('lower(title)')})"
        f" ORDER BY pinned DESC, updated_at DESC, c.id DESC LIMIT ?{words + 1}"
    )


def _snippet(said: str, words: Sequence[str], around: int = 24) -> str:
    """The line around the first of `words` that stands in what was said."""
    line = " ".join(said.split())
    places = [place for word in words if (place := line.lower().find(word.lower())) >= 0]
    if not places:
        return line[: 3 * around]
    start = max(0, min(places) - around // 2)
    return ("…" if start else "") + line[start : start + 3 * around]


def _stored(row: sqlite3.Row) -> StoredMessage:
    return StoredMessage(
        row["id"], row["question"], row["answer_text"], row["answer"], row["facts"], row["created_at"]
    )  # fmt: skip


def _title_from(question: str) -> str:
    line = " ".join(question.split())
    return line if len(line) <= TITLE_CHARACTERS else line[: TITLE_CHARACTERS - 1] + "…"


def _exchange(row: sqlite3.Row) -> Exchange:
    answer = json.loads(row["answer"]) if row["answer"] else {"facts": json.loads(row["facts"] or "[]")}
    facts = tuple(Fact.from_json(fact) for fact in answer["facts"])
    return Exchange(row["question"], row["answer_text"], facts, answer.get("prompt") or "")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
