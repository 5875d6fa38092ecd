"""Conversations and their messages, kept so that a crash loses nothing that was asked."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime

from shopdesk.core.errors import StoreError
from shopdesk.core.types import Answer, Exchange, Fact
from shopdesk.store.database import Database, storable

TITLE_CHARACTERS = 40


@dataclass(frozen=True, slots=True)
class ConversationRow:
    """One line of the list of conversations. Times are ISO 8601, UTC."""

    id: int
    title: str
    created_at: str
    updated_at: str


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """A question and what became of it. Without an answer the program ended, or was stopped, in between."""

    id: int
    question: str
    answer_text: str | None
    answer_json: str | None
    facts_json: str
    created_at: str


# `list` is a method of the class below, so the type needs a name of its own.
Messages = list[StoredMessage]


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
                "SELECT question, answer_text, answer, facts FROM messages"
                " WHERE conversation = ? AND answer_text IS NOT NULL ORDER BY id DESC LIMIT ?",
                (conversation_id, limit),
            ).fetchall()
        return [_exchange(row) for row in reversed(rows)]

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

    def list(self, limit: int = 200, text: str = "") -> list[ConversationRow]:
        """The newest first; with `text`, those whose title, questions or answers contain it."""
        # instr, not LIKE: LIKE stops at a NUL and refuses long patterns.
        part = storable(text)
        with self._database.read() as db:
            rows = db.execute(
                "SELECT id, title, created_at, updated_at FROM conversations AS c WHERE ?1 = ''"
                " OR instr(lower(title), lower(?1)) OR EXISTS (SELECT 1 FROM messages WHERE conversation = c.id"
                " AND (instr(lower(question), lower(?1)) OR instr(lower(coalesce(answer_text, '')), lower(?1))))"
                " ORDER BY updated_at DESC, id DESC LIMIT ?2",
                (part, limit),
            ).fetchall()
        return [ConversationRow(row["id"], row["title"], row["created_at"], row["updated_at"]) for row in rows]

    def messages(self, conversation_id: int) -> Messages:
        """All messages, oldest first. Raises StoreError("conversation_missing")."""
        with self._database.read() as db:
            _require(db, conversation_id)
            rows = db.execute(
                "SELECT id, question, answer_text, answer, facts, created_at FROM messages"
                " WHERE conversation = ? ORDER BY id",
                (conversation_id,),
            ).fetchall()
        return [
            StoredMessage(
                row["id"], row["question"], row["answer_text"], row["answer"], row["facts"], row["created_at"]
            )
            for row in rows
        ]

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


def _title_from(question: str) -> str:
    line = " ".join(question.split())
    return line if len(line) <= TITLE_CHARACTERS else line[: TITLE_CHARACTERS - 1] + "…"


def _exchange(row: sqlite3.Row) -> Exchange:
    answer = json.loads(row["answer"]) if row["answer"] else {"facts": json.loads(row["facts"] or "[]")}
    facts = tuple(Fact.from_json(fact) for fact in answer["facts"])
    return Exchange(row["question"], row["answer_text"], facts, answer.get("prompt") or "")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
