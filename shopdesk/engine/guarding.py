"""Decoding that keeps to the figures it may write: a token that would begin or end another is passed over."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from shopdesk.core.figures import AllowedFigures

MOST_PASSED_OVER = 32
"""Likely tokens that are passed over in one place, before only those are left that go on with an allowed figure."""


class Guard:
    """Watches an answer token by token. `piece` gives the bytes of a token, `tokens_of` the tokens of a text."""

    def __init__(
        self, allowed: AllowedFigures, piece: Callable[[int], bytes], tokens_of: Callable[[str], Sequence[int]]
    ) -> None:
        self._allowed, self._piece, self._tokens_of = allowed, piece, tokens_of

    def permits(self, token: int, said: str, pending: bytes, *, ends: bool) -> bool:
        """Whether `token` may follow `said`, behind which `pending` are the first bytes of a character.

        `ends` says that it is the token at which an answer ends.
        """
        if ends:
            return self._allowed.may_end(said)
        text = (pending + self._piece(token)).decode("utf-8", "ignore")
        return not text or self._allowed.permits(said, text)

    def ways_on(self, said: str) -> list[int]:
        """The tokens that go on with a figure in whose midst `said` ends; any that ends it, where none does."""
        rests = self._allowed.continuations(said)
        firsts = {tokens[0] for rest in rests if (tokens := self._tokens_of(rest))}
        return sorted(token for token in firsts if self.permits(token, said, b"", ends=False))
