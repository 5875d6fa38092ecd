"""The whole way from question to answer in the sample shop, as a clerk waits for it.

question_first_word_ms    from the question to the first word on the screen, route "model"
question_answer_ms        from the question to the finished answer
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from shopdesk.app import open_app
from shopdesk.core.events import TextDelta, TextReplaced
from tools.bench.clock import now_ms, percentile
from tools.bench.questions import questions_about

QUESTIONS = 60


def measure(model: Path | None) -> Mapping[str, float]:
    firsts, totals = [], []
    with tempfile.TemporaryDirectory() as folder, open_app(Path(folder), model=str(model) if model else None) as app:
        questions = questions_about(app.store.catalogue, QUESTIONS)
        app.warm_up()
        for _ in app.assistant.answer(questions[0], route="model"):
            pass
        for question in questions[1:]:
            began, first = now_ms(), None
            for event in app.assistant.answer(question, route="model"):
                if first is None and isinstance(event, TextDelta | TextReplaced):
                    first = now_ms() - began
            totals.append(now_ms() - began)
            firsts.append(first if first is not None else totals[-1])
    return {
        "question_first_word_ms": percentile(firsts, 0.5),
        "question_first_word_p95_ms": percentile(firsts, 0.95),
        "question_answer_ms": percentile(totals, 0.5),
    }
