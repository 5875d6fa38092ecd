"""Decoding that copies faithfully: a text of the facts that was begun is said to its end.

A small model points at the right name or price and then slips in a letter. Once what it has written
can only be the beginning of one of the given texts, the rest is taken from that text.
"""

from __future__ import annotations

from collections.abc import Sequence

_LATIN_BEGINNING = 3
_CHINESE_BEGINNING = 2


class Copying:
    """Watches an answer grow. `texts` are names and values that may only be said whole."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = [text for text in dict.fromkeys(texts) if len(text) > 1]

    def rest_of(self, said: str) -> str:
        """What must follow `said`, or "" where nothing is begun or several texts could be meant."""
        rests = {text[length:] for text in self._texts if (length := self._begun(text, said))}
        return rests.pop() if len(rests) == 1 else ""

    @staticmethod
    def _begun(text: str, said: str) -> int:
        """How much of `text` stands at the end of `said`: enough to be sure, and not all of it."""
        for length in range(min(len(text) - 1, len(said)), 0, -1):
            if not said.endswith(text[:length]):
                continue
            before = said[-length - 1 : -length]
            inside_word = before == "[" or (
                before.isascii() and before.isalnum() and text[0].isascii() and text[0].isalnum()
            )
            return 0 if inside_word or not _is_sure(text[:length]) else length
        return 0


def _is_sure(beginning: str) -> bool:
    if any(character.isdigit() for character in beginning):
        return True
    return len(beginning) >= (_LATIN_BEGINNING if beginning.isascii() else _CHINESE_BEGINNING)
