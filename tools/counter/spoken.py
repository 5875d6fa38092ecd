"""The words that Counter's own sentences are made of, apart from what it copies out of its prompt."""

from __future__ import annotations

import random
import re
from collections import Counter

from tokenizers import Tokenizer

from tools.counter.dialogue import DialogueMaker, Turn

_CONVERSATIONS = 4000
_OFTEN = 3


def spoken_words(tokenizer: Tokenizer, seed: int = 7) -> tuple[str, ...]:
    """The text of every token that answers use outside names, values, field names and citations, most frequent first.

    Seen less than a few times it is a slip of a generated name, not wording. Tokens that are half a character are
    left out.
    """
    maker = DialogueMaker(random.Random(seed))
    counts: Counter[int] = Counter()
    for _ in range(_CONVERSATIONS):
        for turn in maker.conversation().turns:
            text = f" {turn.answer}"
            copied = _copied(turn, text)
            encoding = tokenizer.encode(text, add_special_tokens=False)
            counts.update(
                token
                for token, (start, end) in zip(encoding.ids, encoding.offsets, strict=True)
                if not copied.issuperset(range(start, end))
            )
    texts = (
        tokenizer.decode([token], skip_special_tokens=False) for token, count in counts.most_common() if count >= _OFTEN
    )
    return tuple(text for text in texts if text and "\ufffd" not in text)


def _copied(turn: Turn, text: str) -> set[int]:
    """The places in `text` that repeat the plan: names, values, field names, citations and the space before each."""
    places: set[int] = set()
    parts = [*turn.plan.must, *(point.name for point in turn.plan.points), *re.findall(r"\[\d+\]", text)]
    for part in sorted(filter(None, parts), key=len, reverse=True):
        for found in re.finditer(re.escape(part), text):
            places.update(range(found.start() - (text[found.start() - 1 : found.start()] == " "), found.end()))
    return places
