"""`shopdesk` without a command: the window, or the terminal chat where there is no display."""

from __future__ import annotations

import argparse
import sys

from shopdesk.app import App, has_display, run_window
from shopdesk.cli.answers import cancelled_by_interrupt, streamed
from shopdesk.cli.console import Console
from shopdesk.cli.opening import opened
from shopdesk.cli.texts import EXIT_WORDS
from shopdesk.core.errors import UserFacingError


def run(options: argparse.Namespace, console: Console) -> int:
    if has_display():
        with opened(options, console) as app:
            return run_window(app)
    with opened(options, console, with_model=True) as app:
        app.warm_up()
        return chat(app, console)


def chat(app: App, console: Console) -> int:
    """Read questions, one a line, until an exit word or the end; answer each as it comes."""
    on_terminal = sys.stdin.isatty()
    console.say("chat_greeting")
    if app.store.has_sample():
        console.say("chat_sample")
    conversation: int | None = None
    while True:
        question = _next_question(console, prompt=on_terminal)
        if question is None or question.lower() in EXIT_WORDS:
            return 0
        if not question:
            continue
        if conversation is None:
            conversation = app.store.conversations.start()
        try:
            with cancelled_by_interrupt() as cancel:
                streamed(app.assistant.answer(question, conversation_id=conversation, cancel=cancel), console)
        except UserFacingError as error:
            console.say_error(error)
        console.print()


def _next_question(console: Console, *, prompt: bool) -> str | None:
    """The next line; None at the end of the input."""
    if prompt:
        _load_line_editing()
        try:
            return input(console.text("chat_prompt")).strip()
        except EOFError:
            console.print()
            return None
    line = sys.stdin.readline()
    return line.strip() if line else None


def _load_line_editing() -> None:
    """Arrow keys and earlier questions at the prompt, where the system has them."""
    try:
        import readline  # noqa: F401 - loading it is what changes `input`
    except ImportError:
        return
