"""Words that the shop never wants to show, found in any spelling and kept out of a text while it is written.

A word is found in any case and width, with accents, with invisible characters in it, or spaced out. A Latin
word is one by itself only: "ass" does not stand in "glass". What is found is shown as ■■.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from shopdesk.core.text import is_han
from shopdesk.core.types import Fact, Record, Value

MASK = "■"
_BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and symbols by their category that nobody sees."""
_JOINERS = frozenset("*·•・|/\\~+.^`'")
_END = ""
"""The key in a node of the tree under which the words that end there stand."""


@dataclass(frozen=True, slots=True)
class _Letter:
    """One folded character, where it stands in the text, and whether a visible gap lies before it."""

    text: str
    at: int
    after_gap: bool


@dataclass(frozen=True, slots=True)
class _Word:
    """A folded word: its letters, and before which of them it has a gap of its own."""

    letters: str
    gaps: frozenset[int]

    @property
    def is_spaced_script(self) -> bool:
        """Whether it is of a script that puts spaces between words."""
        return not any(is_han(letter) for letter in self.letters)


class BannedWords:
    """The words of one list, ready to be looked for. Words without a letter or digit are passed over."""

    def __init__(self, words: Iterable[str]) -> None:
        self._tree: dict[str, Any] = {}
        for word in words:
            letters = _letters(word)
            if not letters:
                continue
            node = self._tree
            for letter in letters:
                node = node.setdefault(letter.text, {})
            gaps = frozenset(number for number, letter in enumerate(letters) if number and letter.after_gap)
            text = "".join(letter.text for letter in letters)
            node.setdefault(_END, []).append(_Word(text, gaps))

    def __bool__(self) -> bool:
        return bool(self._tree)

    def masked(self, text: str) -> str:
        """`text` with ■ in the place of every letter of a banned word."""
        return self.screen().whole(text) if self._tree else text

    def screen(self) -> Screen:
        """A screen for one text that comes in pieces."""
        return Screen(self)

    def found(self, text: str, before: str = "", *, final: bool = True) -> tuple[list[tuple[int, int]], int]:
        """The places of banned words, and from where on `text` might still become one.

        `before` is the character before the text. With `final` no more text follows.
        """
        letters = _letters(text)
        spans: list[tuple[int, int]] = []
        open_from = len(text)
        for first in range(len(letters)):
            node, number = self._tree, first
            while number < len(letters) and (node_after := node.get(letters[number].text)) is not None:
                node = node_after
                number += 1
                for word in node.get(_END, ()):
                    sure = self._fits(word, text, letters[first:number], before, final=final)
                    if sure is None:
                        open_from = min(open_from, letters[first].at)
                    elif sure:
                        spans.append((letters[first].at, letters[number - 1].at + 1))
            may_go_on = number == len(letters) and number > first and any(key != _END for key in node)
            if may_go_on and not final:
                open_from = min(open_from, letters[first].at)
        return spans, open_from

    @staticmethod
    def _fits(word: _Word, text: str, letters: Sequence[_Letter], before: str, *, final: bool) -> bool | None:
        """Whether the letters are the word; None where the next character will tell."""
        if not word.is_spaced_script:
            return True
        gaps = {number for number, letter in enumerate(letters) if number and letter.after_gap}
        spaced_out = len(gaps) == len(letters) - 1 and len(letters) > 2
        if not (gaps <= word.gaps or spaced_out):
            return False
        start, end = letters[0].at, letters[-1].at + 1
        if _goes_on(text[start - 1] if start else before, letters[0].text):
            return False
        while end < len(text) and _is_unseen(text[end]):
            end += 1
        if end == len(text):
            return True if final else None
        return not _goes_on(text[end], letters[-1].text)


class Screen:
    """One text on its way to the reader: `feed` gives what may be shown, `rest` the remainder at the end."""

    def __init__(self, banned: BannedWords) -> None:
        self._banned = banned
        self._held = ""
        self._before = ""

    def feed(self, piece: str) -> str:
        if not self._banned:
            return piece
        self._held += piece
        spans, open_from = self._banned.found(self._held, self._before, final=False)
        for start, end in sorted(spans, reverse=True):
            if start < open_from < end:
                open_from = start
        shown = _masked(self._held[:open_from], spans)
        if open_from:
            self._before = self._held[open_from - 1]
        self._held = self._held[open_from:]
        return shown

    def rest(self) -> str:
        spans, _ = self._banned.found(self._held, self._before)
        shown, self._held = _masked(self._held, spans), ""
        return shown

    def whole(self, text: str) -> str:
        return self.feed(text) + self.rest()


def screened_facts(facts: Sequence[Fact], banned: BannedWords) -> tuple[Fact, ...]:
    """The facts as they may be shown. Keys stay: by them a row is found again."""
    return tuple(Fact(fact.id, _screened(fact.record, banned)) for fact in facts) if banned else tuple(facts)


def shown_key(record: Record) -> str:
    """The key of a record as it may be shown: the key of a policy or an offer may be its very title."""
    return record.title if MASK in record.title and record.kind not in ("product", "order") else record.key


def _screened(record: Record, banned: BannedWords) -> Record:
    def shown(value: Value) -> Value:
        return banned.masked(value) if isinstance(value, str) else value

    fields = {name: value if name in ("sku", "sources", "currency") else shown(value) for name, value in
              record.fields.items()}  # fmt: skip
    attributes: Mapping[str, str] = {
        banned.masked(name): banned.masked(value) for name, value in record.attributes.items()
    }
    return replace(record, title=banned.masked(record.title), fields=fields, attributes=attributes)


def _masked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    hidden: set[int] = set()
    for start, end in spans:
        hidden.update(range(start, min(end, len(text))))
    shown = []
    for place, character in enumerate(text):
        if place not in hidden:
            shown.append(character)
        elif _fold_character(character):
            shown.append(MASK)
    return "".join(shown)


def _letters(text: str) -> list[_Letter]:
    letters: list[_Letter] = []
    gap = False
    for place, character in enumerate(text):
        folded = _fold_character(character)
        if folded is None:
            gap = True
        for part in folded or "":
            letters.append(_Letter(part, place, gap))
            gap = False
    return letters


@lru_cache(maxsize=1 << 14)
def _fold_character(character: str) -> str | None:
    """The letters that a character counts as: "" for one that is not seen, None for a gap."""
    if _is_unseen(character):
        return ""
    if character.isspace():
        return None
    plain = unicodedata.normalize("NFKC", character).casefold()
    bare = "".join(part for part in unicodedata.normalize("NFKD", plain) if unicodedata.category(part) != "Mn")
    plain = bare if bare.isascii() else plain
    plain = "".join(part for part in plain if not part.isspace() and not _is_unseen(part))
    if not plain or all(part in _JOINERS or unicodedata.category(part) in ("Pc", "Pd") for part in plain):
        return None
    return plain


@lru_cache(maxsize=1 << 14)
def _is_unseen(character: str) -> bool:
    if character in _BLANKS:
        return True
    return unicodedata.category(character) in ("Cf", "Mn", "Me", "Cc") and not character.isspace()


def _goes_on(neighbour: str, letter: str) -> bool:
    """Whether a neighbouring character makes a word with `letter`: letters with letters, digits with digits."""
    folded = _fold_character(neighbour) if neighbour else None
    if not folded or is_han(folded[-1]) or is_han(letter):
        return False
    return folded[-1].isalnum() and letter.isalnum() and folded[-1].isdigit() == letter.isdigit()
