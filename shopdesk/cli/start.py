"""`shopdesk` without a command: the window, or the terminal chat where there is no display."""

from __future__ import annotations

import argparse
import sys

from shopdesk.app import App, has_display, run_window
from shopdesk.cli.answers import cancelled_by_interrupt, streamed
from shopdesk.cli.console import Console
from shopdesk.cli.opening import opened
from shopdesk.cli.texts import DOWN_WORDS, EXIT_WORDS, HELP_WORDS, UP_WORDS
from shopdesk.core.errors import UserFacingError
from shopdesk.store.feedback import Vote


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
    answered: int | None = None
    while True:
        question = _next_question(console, prompt=on_terminal)
        command = (question or "").lower().removeprefix("/")
        if question is None or command in EXIT_WORDS:
            return 0
        if command in HELP_WORDS:
            console.say("chat_help")
            continue
        if not question:
            continue
        if (vote := _vote_in(question)) is not None:
            _vote(app, console, answered, *vote, ask=on_terminal)
            continue
        if conversation is None:
            conversation = app.store.conversations.start()
        try:
            with cancelled_by_interrupt() as cancel:
                answer = streamed(app.assistant.answer(question, conversation_id=conversation, cancel=cancel), console)
            answered = answer.message_id
        except UserFacingError as error:
            console.say_error(error)
        console.print()


def _vote_in(line: str) -> tuple[Vote, str] | None:
    """A vote on the answer before, and the right answer where it follows the sign."""
    sign, _, rest = line.partition(" ")
    if sign in DOWN_WORDS:
        return "down", rest.strip()
    return ("up", "") if sign in UP_WORDS and not rest.strip() else None


def _vote(app: App, console: Console, message: int | None, vote: Vote, right_answer: str, *, ask: bool) -> None:
    if message is None:
        console.say("vote_nothing")
        return
    if vote == "down" and not right_answer and ask:
        try:
            right_answer = input(console.text("vote_ask")).strip()
        except EOFError:
            right_answer = ""
    opinion = app.store.feedback.vote(message, vote, right_answer)
    console.say(f"feedback_{vote}", id=opinion.id)


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
