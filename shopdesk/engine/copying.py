"""Decoding that copies faithfully: a text of the facts that was begun is said to its end.

A small model points at the right name or price and then slips in a letter. Once what it has written
can only be the beginning of one of the given texts, the rest is taken from that text; where several
begin alike, as far as they agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
_LATIN_BEGINNING = 3
_CHINESE_BEGINNING = 2


def agreed(rests: Sequence[Sequence[T]]) -> list[T]:
    """What all of the sequences begin with."""
    shared = []
    for column in zip(*rests, strict=False):
        if any(item != column[0] for item in column):
            break
        shared.append(column[0])
    return shared


class Copying:
    """Watches an answer grow. `texts` are names and values that may only be said whole."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = [text for text in dict.fromkeys(texts) if len(text) > 1]

    def rests_of(self, said: str) -> list[str]:
        """What may follow `said`: the rest of each text that was begun, and that was not said whole before.

        As far as their tokens agree, they must follow. Where letters agree beyond that, the model would find
        itself inside a token, which it never learned to go on from.
        """
        begun = {text: self._begun(text, said) for text in self._texts if text not in said}
        return [text[length:] for text, length in begun.items() if length]

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
