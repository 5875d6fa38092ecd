"""The exam of a bare model: every row asked, every answer marked, no guard between."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from shopdesk.core.types import ChatMessage
from shopdesk.core.wording import exact_answer
from tools.dataset.rows import ExamRow
from tools.examination.answering import Decoding, Examinee, Said
from tools.examination.model_marking import Mark, marked
from tools.examination.wrong_plans import Behaviour, behaviour, wrong_plans

Progress = Callable[[int, int], None]
"""Called with how many rows are done and how many there are."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """All marks of one model in one decoding."""

    model: str
    decoding: Decoding
    marks: tuple[Mark, ...]


def sit(
    examinee: Examinee, rows: Sequence[ExamRow], decodings: Sequence[Decoding], progress: Progress | None = None
) -> list[Sitting]:
    """One sitting for each of `decodings` that the model has. Greedy."""
    known = [decoding for decoding in decodings if decoding in examinee.decodings]
    marks: dict[Decoding, list[Mark]] = {decoding: [] for decoding in known}
    for done, row in enumerate(rows):
        for decoding in known:  # the second finds the prompt read in already
            marks[decoding].append(marked(row, asked(examinee, row, decoding), examinee.manifest))
        if progress is not None:
            progress(done + 1, len(rows))
    return [Sitting(examinee.name, decoding, tuple(marks[decoding])) for decoding in known]


def conduct(examinee: Examinee, rows: Iterable[ExamRow], decoding: Decoding, seed: int = 0) -> list[Behaviour]:
    """What the model does with every wrong plan that can be planted into `rows`."""
    cases = wrong_plans(rows, seed)
    # the app copies from the plan that it holds, and that is the false one
    told = ((case, asked(examinee, replace(case.row, plan=case.false), decoding)) for case in cases)
    return [behaviour(case, said, examinee.manifest) for case, said in told]


def asked(examinee: Examinee, row: ExamRow, decoding: Decoding) -> Said:
    """The model's answer to `row`, of twice the length of the exact one at most: longer ones are not right."""
    messages = [ChatMessage(message.role, message.content) for message in row.messages]
    most = min(examinee.manifest.max_answer_tokens, _room(examinee, row))
    return examinee.ask(messages, row.plan, most, decoding)


def _room(examinee: Examinee, row: ExamRow) -> int:
    return 2 * examinee.count(exact_answer(row.plan)) + 32
