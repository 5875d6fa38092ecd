"""Kills and suspends the model's worker at random moments, and counts who noticed.

    python -m tools.bench.kills --kills 500 --hangs 20          some minutes; one line a round with --verbose

A window (without a display, offscreen) is open while questions are asked in one conversation, each through the program
itself, which insists on the model. Meanwhile the worker is killed, or suspended for good, at a moment drawn from the
time that loading, reading and answering take. Then the question is put again. Counted are rounds in which the window's
event loop still ran, the question put again was answered, and all questions stand in the store.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from shopdesk.app import App, open_app
from shopdesk.core.errors import EngineError
from shopdesk.core.events import AnswerDone
from shopdesk.engine.client import LocalEngine
from tools.bench.clock import percentile

QUESTIONS = ("JKT-105 多少钱?", "how many JKT-105 are left?", "岭雀城市软壳夹克在哪个货位?", "退货政策是什么?")
_DEAF_AFTER_S = 2.0


@dataclass
class Tally:
    """What came of the rounds; `beats` are turns of the window's event loop."""

    alive: int = 0
    answered: int = 0
    kept: int = 0
    beats: int = 0
    retries: list[float] = field(default_factory=list)


def measure(kills: int, hangs: int, *, seed: int = 1, verbose: bool = False) -> Mapping[str, float]:
    """Counts by name; every one of them is to be kills + hangs."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from shopdesk.gui.application import build_window

    chance, tally, over = random.Random(seed), Tally(), threading.Event()
    kinds = [signal.SIGKILL] * kills + [signal.SIGSTOP] * hangs
    chance.shuffle(kinds)
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)

    def beat() -> None:
        tally.beats += 1
        if over.is_set():
            application.quit()

    def strike_all() -> None:
        try:
            _rounds(app, kinds, chance, tally, verbose=verbose)
        finally:
            over.set()

    with tempfile.TemporaryDirectory() as folder, open_app(Path(folder)) as app:
        assert isinstance(app.engine, LocalEngine)
        app.engine._deaf_after = app.engine._starter.deaf_after = _DEAF_AFTER_S
        app.warm_up()
        window = build_window(app, application)
        window.show()
        window.begin()
        pulse = QTimer(window)
        pulse.timeout.connect(beat)
        pulse.start(20)
        hand = threading.Thread(target=strike_all)
        hand.start()
        application.exec()
        hand.join()
        window.close()
        window.look.close()
    return {
        "worker_strikes": kills + hangs, "window_alive": tally.alive, "answered_after_retry": tally.answered,
        "messages_kept": tally.kept, "retry_s": percentile(tally.retries, 0.5), "retry_max_s": max(tally.retries),
    }  # fmt: skip


def _rounds(app: App, kinds: Sequence[signal.Signals], chance: random.Random, tally: Tally, *, verbose: bool) -> None:
    conversation, asked = app.store.conversations.start(), list[str]()
    for number, kind in enumerate(kinds, 1):
        question = chance.choice(QUESTIONS)
        struck = _ask_and_strike(app, conversation, question, kind, chance)
        began = time.monotonic()
        answered = _answered(app, conversation, question)
        tally.retries.append(time.monotonic() - began)
        asked += [question, question]
        tally.answered += answered
        tally.alive += _goes_on(tally)
        tally.kept += [message.question for message in app.store.conversations.messages(conversation)] == asked
        if verbose:
            line = f"{number}: {kind.name}: {struck}; then answered {answered} after {tally.retries[-1]:.2f} s"
            print(line, file=sys.stderr, flush=True)
        if number % 50 == 0:  # one conversation does not grow without end
            conversation, asked = app.store.conversations.start(), []


def _goes_on(tally: Tally, seconds: float = 5.0) -> bool:
    """Whether the window's event loop still turns."""
    before, deadline = tally.beats, time.monotonic() + seconds
    while tally.beats == before and time.monotonic() < deadline:
        time.sleep(0.005)
    return tally.beats > before


def _ask_and_strike(app: App, conversation: int, question: str, kind: signal.Signals, chance: random.Random) -> str:
    """Put a question while the worker is struck; what came of it."""
    engine = app.engine
    assert isinstance(engine, LocalEngine)
    if chance.random() < 0.3:  # also in the midst of loading
        pid = engine.worker_pid
        if pid is not None:
            os.kill(pid, signal.SIGKILL)
    delay = chance.choice((chance.uniform(0, 0.03), chance.uniform(0, 0.4)))
    done = threading.Event()

    def strike() -> None:
        time.sleep(delay)
        deadline = time.monotonic() + 5
        while not done.is_set() and time.monotonic() < deadline:
            starting = engine._starting
            pid = starting.pid if starting is not None else engine.worker_pid
            if pid is not None:
                try:
                    os.kill(pid, kind)
                except ProcessLookupError:
                    time.sleep(0.005)
                    continue
                return
            time.sleep(0.001)

    hand = threading.Thread(target=strike)
    hand.start()
    try:
        answer = _answer(app, conversation, question)
    except EngineError as fault:
        return fault.code
    finally:
        done.set()
        hand.join()
    return "answered" if answer else "empty"


def _answered(app: App, conversation: int, question: str) -> bool:
    try:
        return bool(_answer(app, conversation, question))
    except EngineError as fault:
        print(f"not answered: {fault.code} {fault.detail}", file=sys.stderr)
        return False


def _answer(app: App, conversation: int, question: str) -> str:
    """The text of the model's answer. Raises EngineError."""
    for event in app.assistant.answer(question, conversation_id=conversation, route="model", use_cache=False):
        if isinstance(event, AnswerDone):
            return event.answer.text
    return ""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.bench.kills", description="Kills the worker often.")
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--hangs", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args(arguments)
    found = measure(options.kills, options.hangs, seed=options.seed, verbose=options.verbose)
    print(json.dumps(found, indent=1))
    whole = found["worker_strikes"]
    return 0 if all(found[name] == whole for name in ("window_alive", "answered_after_retry", "messages_kept")) else 1


if __name__ == "__main__":
    sys.exit(main())
