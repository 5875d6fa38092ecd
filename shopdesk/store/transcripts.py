"""A conversation as a file to keep or send: Markdown, JSON or CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from shopdesk.core.errors import StoreError


class Said(Protocol):
    """A stored question and its answer."""

    @property
    def question(self) -> str: ...
    @property
    def answer_text(self) -> str | None: ...
    @property
    def answer_json(self) -> str | None: ...
    @property
    def created_at(self) -> str: ...


def write_transcript(path: Path, title: str, messages: Sequence[Said]) -> None:
    """By the suffix of `path`: .json, .csv, anything else is Markdown. Raises StoreError("export_failed")."""
    forms = {".json": _as_json, ".csv": _as_csv}
    text = forms.get(path.suffix.lower(), _as_markdown)(title, messages)
    temporary = path.with_name(path.name + ".part")
    try:
        temporary.write_text(text, encoding="utf-8", newline="")
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise StoreError("export_failed", path=path, detail=str(error)) from error


def _as_markdown(title: str, messages: Sequence[Said]) -> str:
    parts = [f"# {_one_line(title)}\n"]
    for message in messages:
        question = "\n".join(f"> {line}" for line in message.question.splitlines())
        parts.append(f"{question}\n\n{(message.answer_text or '…').strip()}\n")
        for fact in _cited(message):
            parts.append(f"- [{fact['id']}] {_one_line(fact['title'])} · {fact['key']} · {fact['as_of']}\n")
    return "\n".join(parts)


def _as_json(title: str, messages: Sequence[Said]) -> str:
    said = [
        {
            "at": message.created_at, "question": message.question, "answer": message.answer_text,
            "route": _answer(message).get("route"), "grounded": _answer(message).get("grounded"),
            "sources": _cited(message),
        }
        for message in messages
    ]  # fmt: skip
    return json.dumps({"title": title, "messages": said}, ensure_ascii=False, indent=2) + "\n"


def _as_csv(_title: str, messages: Sequence[Said]) -> str:
    out = io.StringIO()
    out.write("\ufeff")  # so that spreadsheets read the Chinese in it
    table = csv.writer(out)
    table.writerow(["at", "question", "answer", "route", "sources"])
    for message in messages:
        sources = "; ".join(f"[{fact['id']}] {fact['key']}" for fact in _cited(message))
        row = (message.created_at, message.question, message.answer_text or "", _answer(message).get("route"), sources)
        table.writerow([_cell(value) for value in row])
    return out.getvalue()


def _cell(value: Any) -> str:
    """Text that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _answer(message: Said) -> dict[str, Any]:
    try:
        answer = json.loads(message.answer_json or "{}")
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def _cited(message: Said) -> list[dict[str, Any]]:
    answer = _answer(message)
    cited = set(answer.get("citations") or ())
    return [
        {name: fact.get(name) for name in ("id", "kind", "key", "title", "as_of")}
        for fact in answer.get("facts") or ()
        if fact.get("id") in cited
    ]


def _one_line(text: str) -> str:
    return " ".join(str(text).split())
