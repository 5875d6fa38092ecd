"""One question from its events to the terminal or to JSON: shared by `ask` and the terminal chat."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from types import FrameType

from shopdesk.cli.console import Console
from shopdesk.cli.texts import text_of
from shopdesk.core.banned import shown_key
from shopdesk.core.errors import UserFacingError
from shopdesk.core.events import AnswerDone, Event, Notice, TextDelta, TextReplaced
from shopdesk.core.types import Answer, Fact, Language, price_text


def finished(events: Iterator[Event], console: Console) -> Answer:
    """The answer alone; notices go to standard error."""
    for event in events:
        if isinstance(event, Notice):
            console.say("notice", text=event.text)
        elif isinstance(event, AnswerDone):
            return event.answer
    raise AssertionError("the assistant ended without an answer")


def streamed(events: Iterator[Event], console: Console) -> Answer:
    """The answer, its words printed as they come, its sources under it."""
    written = ""
    for event in events:
        if isinstance(event, Notice):
            console.say("notice", text=event.text)
        elif isinstance(event, TextDelta):
            written += event.text
            console.print(event.text, end="")
        elif isinstance(event, TextReplaced):
            # What is printed cannot be taken back on a terminal; the correction stands under it.
            if written:
                console.print()
                console.print(console.text("corrected"), end="")
            written = event.text
            console.print(event.text, end="")
        elif isinstance(event, AnswerDone):
            if not written:
                console.print(event.answer.text, end="")
            console.print(f" {console.text('stopped')}" if event.answer.stopped else "")
            _print_sources(event.answer, console)
            return event.answer
    raise AssertionError("the assistant ended without an answer")


def source_line(fact: Fact, language: Language) -> str:
    """`[1] JKT-105 · 名称 · ¥404.00 · as of 2026-11-20 09:30`, the time being this machine's."""
    record = fact.record
    parts = [shown_key(record) if record.kind != "computed" else "", record.title_in(language)]
    price = record.fields.get("price")
    if isinstance(price, str):
        parts.append(price_text(price, str(record.fields.get("currency") or "")))
    when = datetime.fromisoformat(record.as_of).astimezone()
    parts.append(text_of("as_of_stale" if record.stale else "as_of", language, when=f"{when:%Y-%m-%d %H:%M}"))
    return f"[{fact.id}] {' · '.join(part for part in dict.fromkeys(parts) if part)}"


@contextmanager
def cancelled_by_interrupt() -> Iterator[threading.Event]:
    """Inside, the first Ctrl-C sets the event, so that the answer ends and is kept; the second interrupts."""
    cancel = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield cancel
        return

    def stop(number: int, frame: FrameType | None) -> None:
        if cancel.is_set():
            raise KeyboardInterrupt
        cancel.set()

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield cancel
    finally:
        signal.signal(signal.SIGINT, before)


def error_json(error: UserFacingError, language: str) -> dict[str, str]:
    return {"code": error.code, "message": error.text(language)}


def _print_sources(answer: Answer, console: Console) -> None:
    for fact in answer.facts:
        if fact.id in answer.citations:
            console.print(f"  {source_line(fact, answer.language)}")
