"""Rows about shops that never were: the embedded model's own lessons, in the form of every other source."""

from __future__ import annotations

import random
from collections.abc import Iterator

from shopdesk.core.prompting import SYSTEM, question_text
from tools.counter.dialogue import MANIFEST, Conversation, DialogueMaker, Turn
from tools.dataset.form import Form
from tools.dataset.phrasings import Split
from tools.dataset.references import class_of, passes
from tools.dataset.rows import Emphasis, ExamRow, Message, Row, answer

GENERATED, PLAIN = "generated", "plain"
"""Names of the sources. Plain are single questions about one short fact, most without the system message, from which
copying is learned soonest."""
_LEARNED_TOO = 0.6
"""How often an earlier turn of a conversation is learned as well, and not only what was said before."""
_PLAIN_WITH_SYSTEM = 0.2


def generated_rows(source: str, split: Split, count: int, form: Form, seed: str) -> Iterator[Row]:
    """`count` conversations made from `seed` alone; for validation and exam with names and phrasings held out.

    One whose answer the app's check would not let through is made anew.
    """
    rng = random.Random(seed)
    maker = DialogueMaker(rng, held_out=split != "train", plain=source == PLAIN)
    made = 0
    while made < count:
        conversation = maker.conversation()
        last = conversation.turns[-1]
        if not passes(last.answer, last.plan, form.manifest):
            continue
        system = source != PLAIN or rng.random() < _PLAIN_WITH_SYSTEM
        yield conversation_row(conversation, form, rng, f"{source}-{split}", source, split, system=system)
        made += 1


def conversation_row(
    conversation: Conversation, form: Form, rng: random.Random, id: str, source: str, split: Split, *, system: bool
) -> Row:
    """A conversation as a row; for the exam, its last question with the plan to judge the answer by."""
    turns = conversation.turns
    messages = [Message("system", SYSTEM)] if system else []
    emphasis: list[Emphasis] = []
    for turn in turns:
        prompt = _prompt(turn, form)
        emphasis += form.emphasis(len(messages), prompt, turn.plan)
        messages.append(Message("user", prompt))
        if turn is turns[-1]:
            break
        if rng.random() < _LEARNED_TOO:
            messages.append(answer(form.learned(turn.answer)))
        else:
            messages.append(answer(turn.heard, 0.0))
    last = turns[-1]
    said = form.learned(last.answer)
    if split != "exam":
        messages.append(answer(said))
    class_name = "multi_turn" if len(turns) > 1 else class_of(last.plan)
    parts = (id, class_name, last.kind, last.plan.language, source, tuple(messages), tuple(emphasis))
    return ExamRow(*parts, plan=last.plan, reference=said) if split == "exam" else Row(*parts)


def _prompt(turn: Turn, form: Form) -> str:
    """The turn's own prompt where it is made for the embedded model, otherwise the same plan in the other form."""
    return turn.prompt if form.manifest == MANIFEST else question_text(turn.plan, form.manifest)
