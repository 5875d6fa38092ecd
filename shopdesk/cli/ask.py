"""`shopdesk ask`: one question, or a file of them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from shopdesk.app import App
from shopdesk.cli.answers import cancelled_by_interrupt, finished, streamed
from shopdesk.cli.batch import run_batch
from shopdesk.cli.console import Console
from shopdesk.cli.opening import opened
from shopdesk.core.errors import UserFacingError
from shopdesk.core.types import Exchange


def run(options: argparse.Namespace, console: Console) -> int:
    with opened(options, console, with_model=True) as app:
        if options.batch:
            return run_batch(
                options.batch, "question", lambda line: _batch_answer(app, line, options, console), console
            )
        return _answer_one(app, options, console)


def _answer_one(app: App, options: argparse.Namespace, console: Console) -> int:
    question = " ".join(options.question)
    if question == "-":
        question = sys.stdin.read()
    with _conversation(app, options.conversation) as conversation, cancelled_by_interrupt() as cancel:
        events = app.assistant.answer(
            question,
            conversation_id=conversation,
            route=options.route,
            cancel=cancel,
            use_cache=not options.no_cache,
        )
        if options.json:
            console.print_json(finished(events, console).to_json())
        else:
            streamed(events, console)
    return 0


@contextmanager
def _conversation(app: App, chosen: int | None) -> Iterator[int]:
    """The chosen conversation or a new one, which goes again when not even the question was accepted."""
    conversation = app.store.conversations.start() if chosen is None else chosen
    try:
        yield conversation
    except UserFacingError:
        if chosen is None and not app.store.conversations.messages(conversation):
            app.store.conversations.delete(conversation)
        raise


def _batch_answer(app: App, line: Mapping[str, Any], options: argparse.Namespace, console: Console) -> dict[str, Any]:
    """Lines of a batch stand alone: their history is in the line, and nothing is kept as a conversation."""
    events = app.assistant.answer(
        line["question"], history=_history(line), route=options.route, use_cache=not options.no_cache
    )
    return finished(events, console).to_json(id=line.get("id"))


def _history(line: Mapping[str, Any]) -> list[Exchange]:
    turns = line.get("history")
    if turns is None:
        return []
    if not isinstance(turns, list):
        raise UserFacingError("batch_history_bad")
    return [_exchange(turn) for turn in turns]


def _exchange(turn: object) -> Exchange:
    match turn:
        case {"question": str(question), "answer": str(answer)}:
            return Exchange(question, answer)
        case _:
            raise UserFacingError("batch_history_bad")
