"""The words that Counter's own sentences are made of, apart from what it copies out of its prompt."""

from __future__ import annotations

import random
from collections import Counter

from tokenizers import Tokenizer

from tools.counter.dialogue import DialogueMaker

_CONVERSATIONS = 3000
_OFTEN = 15


def spoken_words(tokenizer: Tokenizer, seed: int = 7) -> tuple[str, ...]:
    """The text of every token that answers use and their prompts do not hold, most frequent first.

    Seen less than a few times it is a slip of a generated name, not wording. Tokens that are half a character are
    left out.
    """
    maker = DialogueMaker(random.Random(seed))
    counts: Counter[int] = Counter()
    for _ in range(_CONVERSATIONS):
        for turn in maker.conversation().turns:
            prompt = set(tokenizer.encode(turn.prompt, add_special_tokens=False).ids)
            counts.update(
                token for token in tokenizer.encode(turn.answer, add_special_tokens=False).ids if token not in prompt
            )
    texts = (
        tokenizer.decode([token], skip_special_tokens=False) for token, count in counts.most_common() if count >= _OFTEN
    )
    return tuple(text for text in texts if text and "\ufffd" not in text)
