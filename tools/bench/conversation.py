"""The window with a long conversation: how soon it can be used, and whether it stays awake while an answer streams.

window_cold_s       from the start of the program to a window that takes a question: its conversation's end drawn, the
                    model still loading; a shop of 100,000 products and a conversation of 10,000 turns; a new process
window_cold_gui_s   of that, what lies after the shop is open: building and drawing the window
ui_gap_p99_ms       while 100 tokens a second stream into it, 99 of 100 gaps of the event loop are shorter
ui_gap_max_ms       the longest of them
ui_idle_gap_max_ms  the longest gap of the same window while nothing is done, on the same machine
ui_gap_ratio        the 99th of 100 while streaming to the same while idle: what streaming itself adds

Runs offscreen. `--turns` and `--products` choose the sizes.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from shopdesk.app import open_app
from shopdesk.core.events import AnswerDone, Event, FactsFound, TextDelta
from shopdesk.core.ports import SearchWish
from shopdesk.core.types import Answer, Fact
from tools.bench.clock import percentile
from tools.bench.shops import write_csv

TURNS, TOKENS, TOKENS_A_SECOND = 10_000, 1_000, 100
_IDLE_MS = 4_000
_STARTS = 4


def measure(products: int, turns: int = TURNS) -> Mapping[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        fill(home, products, turns)
        return {**cold(home), **streaming(home)}


def fill(home: Path, products: int, turns: int) -> None:
    """A shop with one long conversation, which the window opens at its start."""
    file = home.parent / "products.csv"
    write_csv(file, products)
    with open_app(home, empty=True) as app:
        importer = app.store.importer
        plan = None
        for step in importer.planning(file):
            plan = step
        for _ in importer.committing(plan):
            pass
        conversations = app.store.conversations
        number = conversations.start()
        facts = tuple(Fact(n, hit.record) for n, hit in enumerate(app.store.catalogue.search(SearchWish("A")), 1))[:3]
        kept = json.dumps([fact.to_json() for fact in facts], ensure_ascii=False)
        with app.store._database.write() as db:  # one transaction, since each message is safe by itself otherwise
            for turn in range(turns):
                text = f"第 {turn} 个回答：价格是 ¥{turn}.00 [1]，库存充足。" * (1 + turn % 4)
                answer = Answer(f"第 {turn} 个问题？", text, "zh", "model", facts, (1,), True)
                db.execute(
                    "INSERT INTO messages (conversation, question, facts, answer_text, answer, created_at, answered_at)"
                    " VALUES (?, ?, ?, ?, ?, '2026-11-20T08:00:00+00:00', '2026-11-20T08:00:01+00:00')",
                    (number, answer.question, kept, text, json.dumps(answer.to_json(), ensure_ascii=False)),
                )
        app.settings.set("last_conversation", number)
        app.settings.set("welcomed", True)


def cold(home: Path) -> Mapping[str, float]:
    """The quickest of some starts, each in a process of its own."""
    runs = []
    # As an installed program has it: its bytecode is there, whatever this shell says about writing it.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(home.parent / "bytecode")
    for _ in range(_STARTS):
        command = [sys.executable, "-m", "tools.bench.conversation", "--start", str(home)]
        started = time.time()
        out = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
        told = json.loads(out.stdout.splitlines()[-1])
        runs.append((told["usable_at"] - started, told["gui_s"]))
    whole, gui = min(runs)
    return {"window_cold_s": whole, "window_cold_gui_s": gui}


def start_once(home: Path) -> None:
    """In a process of its own: what `shopdesk` does, until the window can be used; prints when that was."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from shopdesk.gui.application import build_window

    app = open_app(home)
    app.warm_up()
    began = time.time()
    application = QApplication(["bench"])
    window = build_window(app, application)
    window.show()
    window.begin()
    while not window.chat.blocks or not window.composer.input.hasFocus():
        application.processEvents()
    window.grab()
    usable = time.time()
    print(json.dumps({"usable_at": usable, "gui_s": usable - began}))
    sys.stdout.flush()
    os._exit(0)  # what is measured is the start


def streaming(home: Path) -> Mapping[str, float]:
    """An answer of TOKENS tokens, which the assistant's place gives out at TOKENS_A_SECOND."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from shopdesk.gui.application import build_window
    from shopdesk.gui.garbage import collected_here
    from shopdesk.gui.jobs import short_turns
    from tools.bench.window import gaps_until

    application = QApplication.instance() or QApplication(["bench"])
    assert isinstance(application, QApplication)
    with open_app(home) as app, collected_here(), short_turns():
        app.assistant = _Writer()  # type: ignore[assignment]
        window = build_window(app, application)
        window.show()
        window.begin()
        gaps_until(lambda: not window.jobs.busy and bool(window.chat.blocks), 500)
        idle = gaps_until(lambda: True, _IDLE_MS)
        window.session.ask("Tell me everything")
        gaps = gaps_until(lambda: not window.session.busy, 0)
        written = len(window.chat.blocks[-1].answer.text())
        window.close()
        window.look.close()
    assert written > TOKENS
    return {
        "ui_gap_p99_ms": percentile(gaps, 0.99), "ui_gap_max_ms": max(gaps), "ui_idle_gap_max_ms": max(idle),
        "ui_gap_ratio": percentile(gaps, 0.99) / max(0.1, percentile(idle, 0.99)),
    }  # fmt: skip


class _Writer:
    """In the place of the assistant: tokens at an even pace, in a thread of their own as the real ones come."""

    engine = None

    def answer(self, question: str, *, cancel: threading.Event, **_: object) -> Iterator[Event]:
        yield FactsFound((), (), "zh", 1.0)
        began, text = time.perf_counter(), ""
        for number in range(TOKENS):
            token = f"词{number} " + ("。\n" if number % 40 == 39 else "")
            text += token
            time.sleep(max(0.0, began + number / TOKENS_A_SECOND - time.perf_counter()))
            yield TextDelta(token)
        yield AnswerDone(Answer(question, text, "zh", "model", (), (), True))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--start", type=Path)
    parser.add_argument("--home", type=Path, help="a home that was filled before")
    parser.add_argument("--fill", type=Path)
    parser.add_argument("--products", type=int, default=100_000)
    parser.add_argument("--turns", type=int, default=TURNS)
    wanted = parser.parse_args()
    if wanted.start:
        start_once(wanted.start)
    elif wanted.fill:
        fill(wanted.fill, wanted.products, wanted.turns)
    elif wanted.home:
        print(json.dumps({**cold(wanted.home), **streaming(wanted.home)}, indent=1))
    else:
        print(json.dumps(dict(measure(wanted.products, wanted.turns)), indent=1))
