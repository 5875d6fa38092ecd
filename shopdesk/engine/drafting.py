"""Guesses at what a model will say, looked up in what it has read: answers about facts repeat them.

Several guessed tokens are evaluated together, which on most machines takes little longer than one. Where that does not
hold, or the guesses are wrong too often, it is measured, and no more is guessed for a while.
"""

from __future__ import annotations

from collections.abc import Sequence

_LONGEST = 6
_KEY = 2
_TRIALS = 6
_REST = 64


class Lookup:
    """The tokens of one prompt and its growing answer, found again by the last two of them."""

    def __init__(self, tokens: Sequence[int]) -> None:
        self._tokens: list[int] = []
        self._places: dict[tuple[int, ...], int] = {}
        for token in tokens:
            self.add(token)

    def add(self, token: int) -> None:
        # The key that ends at the token before is entered now, so that a search never finds its own place.
        if len(self._tokens) >= _KEY:
            self._places[tuple(self._tokens[-_KEY:])] = len(self._tokens)
        self._tokens.append(token)

    def guess(self) -> list[int]:
        """What followed the last time the two tokens at the end stood together; empty when they never did."""
        place = self._places.get(tuple(self._tokens[-_KEY:]))
        return [] if place is None else self._tokens[place : place + _LONGEST]


class Pace:
    """Whether guessing pays, by the clock: seconds a token with guesses against seconds a token without."""

    def __init__(self) -> None:
        self._single_s = 0.0
        self._drafted_s, self._drafted_tokens, self._drafts = 0.0, 0, 0
        self._resting = 0

    def single(self, seconds: float) -> None:
        """One token was evaluated alone."""
        self._single_s = seconds if not self._single_s else 0.8 * self._single_s + 0.2 * seconds
        self._resting = max(0, self._resting - 1)

    def drafted(self, seconds: float, tokens: int) -> None:
        """One step with guesses gave `tokens` tokens."""
        self._drafts += 1
        self._drafted_s += seconds
        self._drafted_tokens += tokens
        if self._drafts >= _TRIALS:
            if self._drafted_s > self._single_s * self._drafted_tokens:
                self._resting = _REST
            self._drafts, self._drafted_s, self._drafted_tokens = 0, 0.0, 0

    @property
    def pays(self) -> bool:
        """As far as is known; before the first token alone was timed, nothing is."""
        return self._single_s > 0 and self._resting == 0

    @property
    def single_s(self) -> float:
        return self._single_s
