"""What people thought of answers: votes, the right answer where one was wrong, and what the shop made of it."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from shopdesk.core.errors import StoreError
from shopdesk.core.gaps import Gap
from shopdesk.core.types import Fact, Language
from shopdesk.store.database import Database, storable
from shopdesk.store.editing import Editor
from shopdesk.store.gaps import forget_gaps, note_gap

Vote = Literal["up", "down"]
Status = Literal["open", "approved", "dismissed"]


@dataclass(frozen=True, slots=True)
class Opinion:
    """One vote. `right_answer` is what the voter would have wanted to read; `model` is None where none wrote.

    status: "open" until somebody approves the right answer, which then is the shop's own, or dismisses it.
    """

    id: int
    message: int | None
    question: str
    answer: str
    language: str
    route: str
    model: str | None
    vote: Vote
    right_answer: str | None
    status: Status
    by: str
    at: str
    decided_by: str | None
    decided_at: str | None

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


# `list` is a method of the class below, so the type needs a name of its own.
Opinions = list[Opinion]


class Feedback:
    """Votes on stored messages. Approved answers go among the shop's answers, of which `editor` keeps the history."""

    def __init__(self, database: Database, editor: Editor) -> None:
        self._database = database
        self._editor = editor

    def vote(self, message: int, vote: Vote, right_answer: str = "", *, by: str = "") -> Opinion:
        """A vote on the answer to a message, in place of an earlier one. Raises StoreError("message_missing")."""
        with self._database.write() as db:
            row = db.execute(
                "SELECT question, answer_text, answer FROM messages WHERE id = ? AND answer_text IS NOT NULL",
                (message,),
            ).fetchone()
            if row is None:
                raise StoreError("message_missing", id=message)
            before = db.execute("SELECT * FROM feedback WHERE message = ?", (message,)).fetchone()
            answer = json.loads(row["answer"] or "{}")
            model = (answer.get("model") or {}).get("name")
            language: Language = "en" if answer.get("language") == "en" else "zh"
            db.execute(
                "INSERT INTO feedback (message, question, answer, language, route, model, vote, right_answer, by, at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (message) DO UPDATE SET vote = excluded.vote,"
                " right_answer = excluded.right_answer, by = excluded.by, at = excluded.at, status = 'open',"
                " decided_by = NULL, decided_at = NULL",
                (
                    message, row["question"], row["answer_text"], language, answer.get("route") or "exact", model,
                    1 if vote == "up" else -1, storable(right_answer).strip() or None, storable(by), _now(),
                ),
            )  # fmt: skip
            if vote == "down":
                if before is None or (before["vote"], before["status"]) != (-1, "open"):
                    note_gap(db, _gap(row["question"], language, answer))
            else:
                forget_gaps(db, row["question"])
            return _opinion(db.execute("SELECT * FROM feedback WHERE message = ?", (message,)).fetchone())

    def of_message(self, message: int) -> Opinion | None:
        with self._database.read() as db:
            row = db.execute("SELECT * FROM feedback WHERE message = ?", (message,)).fetchone()
        return _opinion(row) if row else None

    def list(self, status: Status | None = None) -> Opinions:
        """The newest first; with `status`, only those."""
        with self._database.read() as db:
            rows = db.execute(
                "SELECT * FROM feedback WHERE ?1 IS NULL OR status = ?1 ORDER BY at DESC, id DESC", (status,)
            ).fetchall()
        return [_opinion(row) for row in rows]

    def approve(self, id: int, answer: str = "", *, by: str = "") -> Opinion:
        """Make the right answer (or `answer`) the shop's own for this question; of an answer voted up, itself.

        Raises StoreError: feedback_missing, feedback_without_answer.
        """
        with self._database.read() as db:
            opinion = _required(db, id)
            text = answer.strip() or opinion.right_answer or (opinion.answer if opinion.vote == "up" else "")
            question = " ".join(opinion.question.split())
            stands = _stands(db, question, opinion.language)
        if not text:
            raise StoreError("feedback_without_answer", id=id)
        fields = {
            "question": question, "answer": _uncited(text), "language": opinion.language, "source": "feedback",
            "approved_by": by, "approved_at": _now()[:10],
        }  # fmt: skip
        if stands:
            self._editor.change("answer", question, fields, language=opinion.language, by=by)
        else:
            self._editor.add("answer", fields, by=by)
        with self._database.write() as db:
            forget_gaps(db, opinion.question)
            return _decided(db, id, "approved", text, by)

    def dismiss(self, id: int, *, by: str = "") -> Opinion:
        """Nothing is to come of this vote. Raises StoreError("feedback_missing")."""
        with self._database.write() as db:
            opinion = _required(db, id)
            forget_gaps(db, opinion.question)
            return _decided(db, id, "dismissed", opinion.right_answer, by)

    def export(self, path: Path) -> int:
        """Writes what can be learned from: `question` and the `answer` that is right, one JSON object a line; how many.

        That is every approved answer, and every answer voted up. Raises StoreError("export_failed").
        """
        lines = [json.dumps(item, ensure_ascii=False) + "\n" for item in self._lessons()]
        temporary = path.with_name(path.name + ".part")
        try:
            temporary.write_text("".join(lines), encoding="utf-8")
            temporary.replace(path)
        except OSError as error:
            temporary.unlink(missing_ok=True)
            raise StoreError("export_failed", path=path, detail=str(error)) from error
        return len(lines)

    def _lessons(self) -> Iterator[dict[str, Any]]:
        for opinion in self.list():
            right = opinion.right_answer if opinion.status == "approved" else None
            if right is None and opinion.vote == "up" and opinion.status != "dismissed":
                right = opinion.answer
            if right is not None:
                yield {
                    "question": opinion.question, "answer": _uncited(right), "language": opinion.language,
                    "vote": opinion.vote, "status": opinion.status, "at": opinion.at,
                }  # fmt: skip


def _gap(question: str, language: Language, answer: dict[str, Any]) -> Gap:
    facts = [Fact.from_json(item) for item in answer.get("facts") or []]
    cited = [fact for fact in facts if fact.id in (answer.get("citations") or ()) and fact.record.kind != "computed"]
    kind = cited[0].record.kind if cited else "product"
    keys = tuple(fact.record.key for fact in cited)
    return Gap(question, language, "down_voted", kind, str(answer.get("field") or ""), keys=keys)


def _uncited(text: str) -> str:
    """Without marks such as [1]: in another answer they would point elsewhere."""
    return re.sub(r"\s*\[\d{1,3}\]", "", text).strip()


def _stands(db: sqlite3.Connection, question: str, language: str) -> bool:
    return (
        db.execute("SELECT 1 FROM answers WHERE question = ? AND language = ?", (question, language)).fetchone()
        is not None
    )


def _required(db: sqlite3.Connection, id: int) -> Opinion:
    row = db.execute("SELECT * FROM feedback WHERE id = ?", (id,)).fetchone()
    if row is None:
        raise StoreError("feedback_missing", id=id)
    return _opinion(row)


def _decided(db: sqlite3.Connection, id: int, status: Status, right_answer: str | None, by: str) -> Opinion:
    db.execute(
        "UPDATE feedback SET status = ?, right_answer = ?, decided_by = ?, decided_at = ? WHERE id = ?",
        (status, right_answer, by, _now(), id),
    )
    return _required(db, id)


def _opinion(row: sqlite3.Row) -> Opinion:
    fields = dict(row)
    return Opinion(**fields | {"vote": "up" if fields["vote"] > 0 else "down"})


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
