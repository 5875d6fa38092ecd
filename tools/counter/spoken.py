"""The words that Counter's own sentences are made of, apart from the names and values that it copies."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator

from tokenizers import Tokenizer

from shopdesk.core.grounding import CITATION
from tools.counter.dialogue import DialogueMaker, Turn

_CONVERSATIONS = 3000
_OFTEN = 6


def spoken_words(tokenizer: Tokenizer, seed: int = 7) -> tuple[str, ...]:
    """The text of every token of the answers' own wording, most frequent first; half characters are left out."""
    maker = DialogueMaker(random.Random(seed))
    counts: Counter[int] = Counter()
    for _ in range(_CONVERSATIONS):
        for turn in maker.conversation().turns:
            counts.update(_own_tokens(turn, tokenizer))
    texts = (
        tokenizer.decode([token], skip_special_tokens=False) for token, count in counts.most_common() if count >= _OFTEN
    )
    return tuple(text for text in texts if text and "\ufffd" not in text)


def _own_tokens(turn: Turn, tokenizer: Tokenizer) -> Iterator[int]:
    """The tokens of an answer that lie outside of everything copied."""
    copied = [match.span() for match in CITATION.finditer(turn.answer)]
    for text in (*turn.plan.must, *(point.name for point in turn.plan.points)):
        copied += [match.span() for match in re.finditer(re.escape(text), turn.answer)]
    encoding = tokenizer.encode(turn.answer, add_special_tokens=False)
    for token, (start, end) in zip(encoding.ids, encoding.offsets, strict=True):
        if not any(start < until and since < end for since, until in copied):
            yield token
