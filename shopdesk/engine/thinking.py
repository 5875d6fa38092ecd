"""What a reasoning model thinks before it answers is not its answer: taken out of the stream of its words."""

from __future__ import annotations

OPEN, CLOSE = "<think>", "</think>"


class Spoken:
    """Lets through what a model says outside of its thoughts. `thinking`: the prompt has opened one already."""

    def __init__(self, *, thinking: bool = False) -> None:
        self.thinking = thinking
        self._held = ""
        self._begun = False

    def feed(self, text: str) -> str:
        """The part of `text`, and of what was held back before, that is surely said."""
        self._held += text
        said = ""
        while True:
            mark = CLOSE if self.thinking else OPEN
            before, found, rest = self._held.partition(mark)
            if not found:
                break
            said += "" if self.thinking else before
            self.thinking = not self.thinking
            self._held = rest
        kept = _beginning_at_end(self._held, CLOSE if self.thinking else OPEN)
        if not self.thinking:
            said += self._held[: len(self._held) - kept]
        self._held = self._held[len(self._held) - kept :]
        return self._trimmed(said)

    def rest(self) -> str:
        """What was held back and turned out to be no mark. Call it once, at the end."""
        held, self._held = self._held, ""
        return "" if self.thinking else self._trimmed(held)

    def _trimmed(self, said: str) -> str:
        """An answer does not begin with the blank lines that follow a thought."""
        if not self._begun:
            said = said.lstrip("\n")
            self._begun = bool(said)
        return said


def _beginning_at_end(text: str, mark: str) -> int:
    """How many characters at the end of `text` could become `mark`."""
    for length in range(min(len(mark) - 1, len(text)), 0, -1):
        if mark.startswith(text[-length:]):
            return length
    return 0
