"""What a person may have meant by words that the shop does not have: typing errors, pinyin, like-sounding characters.

Every guess is made of the shop's own words, so it can only lead to rows that are there. Nothing is kept in the
database: the words are read when a query first needs them and forgotten when rows change.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice, product
from math import log1p

from shopdesk.core.text import fold, is_han, runs
from shopdesk.store.ranking import stems_of

_SHORTEST_TYPO = 4
_TWO_TYPOS = 8
"""From how many letters on one and two typing errors are thought of."""
_LONGEST_PINYIN = 24
_INITIALS = re.compile(r"[a-z]{2,6}")
_MOST_PER_WORD = 12
_MOST_TEXTS = 16
_BEAM = 24
_READ = 20_000
"""Rows that are read for how words are written."""
_BETWEEN_DIGITS_AND_LETTERS = re.compile(r"(?<=[a-z]{2})(?=[0-9])|(?<=[0-9])(?=[a-z]{2})")
_GLUED = re.compile(r"[A-Za-z]{8,64}")
"""Latin letters that may be several words. Shorter ones are one."""
_LONGEST_PART = 20
_PART_COSTS = {1: 3.0, 2: 2.0, 3: 1.5}
"""What a part of so few letters costs where a longer one costs 1: any word can be cut into enough small ones."""
_MOST_PER_LETTER = 0.3
"""What the longer parts of a word may cost in all, a letter of theirs. Sizes and the II of a name stand beside them."""
_AS_TYPED = 0.3
"""What speaks for a character that was typed, where a pair of characters that the shop has speaks 1 for another."""


class Speller:
    """The words of one state of the shop, ready to be compared."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._latin: dict[str, int] = {}
        self._small: set[str] = set()
        self._following: dict[str, dict[str, int]] = {}
        for word, rows in db.execute("SELECT word, rows FROM words"):
            if len(word) == 2 and is_han(word[0]) and is_han(word[1]):
                self._following.setdefault(word[0], {})[word[1]] = rows
            elif len(word) >= _SHORTEST_TYPO - 1 and word.isascii() and word.isalpha():
                self._latin[word] = rows
            elif word.isascii() and word.isalpha():
                self._small.add(word)
        self._written: Mapping[str, int] | None = None
        self._by_sound: dict[str, set[str]] | None = None

    def meant(self, db: sqlite3.Connection, text: str, rows: Mapping[str, int], *, typos: bool = True) -> list[str]:
        """Other ways to spell `text`, the likeliest first. `rows`: in how many rows each search token stands.

        Without `typos` only what sounds like `text` or is it in pinyin, joined or parted.
        """
        pieces = _pieces(text, rows)
        choices: list[Sequence[str]] = []
        for piece in pieces:
            if is_han(piece[0]):
                choices.append(self._like_sounding(piece, rows))
            elif rows.get(piece):
                choices.append((piece,))
            else:
                choices.append(
                    tuple(dict.fromkeys(self._latin_meant(db, piece, typos=typos)))[:_MOST_PER_WORD] or (piece,)
                )
        spelled = (" ".join(choice) for choice in product(*(choice for choice in choices)))
        typed = " ".join(runs(text))
        found = []
        for other in spelled:
            if other != typed:
                found.append(other)
            if len(found) == _MOST_TEXTS:
                break
        return list(dict.fromkeys([*self._joined_or_parted(pieces), *found]))

    def parted(self, db: sqlite3.Connection, text: str) -> str:
        """`text` with blanks where Latin words that the shop does not have are several of its words without any:
        `BrackenfellProlanternM` is `Brackenfell Pro lantern M`."""
        return _GLUED.sub(lambda match: " ".join(self._parts(db, match.group())), text)

    def _parts(self, db: sqlite3.Connection, word: str) -> Sequence[str]:
        """The words of the shop, as few and as long as can be, that stand in `word` one after the other; `word`
        itself where it is one, or not made of them."""
        known, folded = self._words(db), word.casefold()
        if folded in known or stems_of([folded])[folded] in self._latin:
            return [word]
        cheapest: list[tuple[float, Sequence[str]] | None] = [(0.0, ())]
        for end in range(1, len(word) + 1):
            ways = []
            for start in range(max(0, end - _LONGEST_PART), end):
                before, part = cheapest[start], folded[start:end]
                if before is not None and part in (known if len(part) >= _SHORTEST_TYPO - 1 else self._small):
                    ways.append((before[0] + _PART_COSTS.get(len(part), 1.0), (*before[1], word[start:end])))
            cheapest.append(min(ways, default=None))
        parts = cheapest[-1][1] if cheapest[-1] is not None else ()
        longer = [part for part in parts if len(part) >= _SHORTEST_TYPO - 1]
        letters = sum(map(len, longer))
        cost = sum(_PART_COSTS.get(len(part), 1.0) for part in longer)
        return parts if letters * 3 >= len(word) * 2 and cost <= _MOST_PER_LETTER * letters else [word]

    def _words(self, db: sqlite3.Connection) -> Mapping[str, int]:
        """The shop's Latin words as they are written, with their rows."""
        if self._written is None:
            self._written = _written(db, self._latin)
        return self._written

    # -- Latin words: typing errors, pinyin in full and by initials

    def _latin_meant(self, db: sqlite3.Connection, word: str, *, typos: bool) -> Iterator[str]:
        yield from self._from_pinyin(word)
        if typos:
            yield from self._typos(db, word)
        if _INITIALS.fullmatch(word):
            yield from self._from_initials(word)

    def _typos(self, db: sqlite3.Connection, word: str) -> list[str]:
        """The shop's words that one or two typing errors make of `word`, the likeliest first.

        Most errors change the order of letters or double one: `raido` is radio before it is raid.
        """
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        if len(word) < _SHORTEST_TYPO or not word.isalpha():
            return []
        rows = self._words(db)
        near = process.extract(
            word, rows.keys(), scorer=OSA.distance, score_cutoff=2 if len(word) >= _TWO_TYPOS else 1, limit=20
        )
        near = [hit for hit in near if len(hit[0]) >= _SHORTEST_TYPO - 1]
        letters = set(word)
        near.sort(key=lambda hit: (hit[1], set(hit[0]) != letters, hit[0][0] != word[0], -rows[hit[0]]))
        return [hit[0] for hit in near[:4]]

    def _joined_or_parted(self, pieces: Sequence[str]) -> Iterator[str]:
        """`smart watch` as `smartwatch`, `16 gb` as `16gb`, and the other way round."""
        for place in range(len(pieces) - 1):
            first, second = pieces[place : place + 2]
            joined = first + second
            number_with_letters = first[-1].isdigit() != second[0].isdigit()
            if joined.isascii() and (number_with_letters or stems_of([joined])[joined] in self._latin):
                yield " ".join([*pieces[:place], joined, *pieces[place + 2 :]])
        for place, word in enumerate(pieces):
            parted = _BETWEEN_DIGITS_AND_LETTERS.sub(" ", word) if len(word) <= _LONGEST_PINYIN else word
            if parted != word:
                yield " ".join([*pieces[:place], parted, *pieces[place + 1 :]])
            if not (word.isascii() and word.isalpha()) or len(word) > _LONGEST_PINYIN:
                continue
            cuts = range(3, len(word) - 2)
            terms = stems_of([word, *(part for cut in cuts for part in (word[:cut], word[cut:]))])
            for cut in cuts if terms[word] not in self._latin else ():
                if terms[word[:cut]] in self._latin and terms[word[cut:]] in self._latin:
                    yield " ".join([*pieces[:place], word[:cut], word[cut:], *pieces[place + 1 :]])

    def _from_pinyin(self, word: str) -> list[str]:
        """`chongfengyi` → 冲锋衣, where the shop has it."""
        if not (3 <= len(word) <= _LONGEST_PINYIN and word.isascii() and word.isalpha()):
            return []
        by_sound = self._sounds()
        found: dict[str, float] = {}
        for syllables in islice(_syllables(_plain(word), by_sound), _MOST_PER_WORD):
            if len(syllables) > 1:
                for text, score in self._chains([by_sound[syllable] for syllable in syllables]):
                    found[text] = max(found.get(text, 0.0), score)
        return sorted(found, key=lambda text: -found[text])[:_MOST_PER_WORD]

    def _from_initials(self, word: str) -> list[str]:
        """`cfy` → 冲锋衣, where the shop has it."""
        starting: dict[str, set[str]] = {}
        for sound, characters in self._sounds().items():
            starting.setdefault(sound[0], set()).update(characters)
        if not all(letter in starting for letter in word):
            return []
        return [text for text, _ in self._chains([starting[letter] for letter in word])]

    def _chains(self, places: Sequence[set[str]]) -> list[tuple[str, float]]:
        """Texts with one character of each place whose neighbours all stand side by side in the shop."""
        chains = {
            first + second: log1p(rows)
            for first in places[0] & self._following.keys()
            for second, rows in self._following[first].items()
            if second in places[1]
        }
        for characters in places[2:]:
            longer: dict[str, float] = {}
            for text, score in chains.items():
                for following, rows in self._following.get(text[-1], {}).items():
                    if following in characters:
                        longer[text + following] = min(score, log1p(rows))
            chains = longer
        return sorted(chains.items(), key=lambda chain: (-chain[1], chain[0]))[:_MOST_PER_WORD]

    # -- Chinese: characters that sound like those that were meant

    def _like_sounding(self, run: str, rows: Mapping[str, int]) -> tuple[str, ...]:
        """A run of characters as it is, or with those that sound alike and stand together in the shop."""
        pairs = [run[place : place + 2] for place in range(len(run) - 1)]
        if all(rows.get(pair) for pair in pairs):
            return (run,)
        paths: dict[str, tuple[float, str]] = {}
        for place, typed in enumerate(run):
            options = {typed, *(other for sound in sounds_of(typed) for other in self._sounds().get(sound, ()))}
            new: dict[str, tuple[float, str]] = {}
            for character in options:
                own = _AS_TYPED if character == typed else 0.0
                if place == 0:
                    new[character] = (own, character)
                    continue
                new[character] = max(
                    (score + own + bool(self._following.get(before, {}).get(character)), text + character)
                    for before, (score, text) in paths.items()
                )
            paths = dict(sorted(new.items(), key=lambda path: -path[1][0])[:_BEAM])
        best = max(paths.values())[1]
        return (run,) if best == run else (best, run)

    def _sounds(self) -> Mapping[str, set[str]]:
        """Toneless sound → the shop's characters that are said so."""
        if self._by_sound is None:
            by_sound: dict[str, set[str]] = {}
            for character in {*self._following, *(c for after in self._following.values() for c in after)}:
                for sound in sounds_of(character):
                    by_sound.setdefault(sound, set()).add(character)
            self._by_sound = by_sound
        return self._by_sound


def _written(db: sqlite3.Connection, terms: Mapping[str, int]) -> Mapping[str, int]:
    """Latin words as names and brands write them, with the rows of their index terms; other terms as they are.

    A term is no word to compare with what was typed: `gamnig` is one error from gaming, three from its stem.
    """
    last = db.execute("SELECT max(rowid) FROM products_search").fetchone()[0] or 0
    ids = json.dumps(list(range(1, last + 1, last // _READ + 1)))
    words: set[str] = set()
    for texts in db.execute(
        "SELECT name, traits FROM products_search WHERE rowid IN (SELECT value FROM json_each(?))", (ids,)
    ):
        for text in texts:
            words.update(text.split())
    plain = stems_of(word for word in words if len(word) >= _SHORTEST_TYPO - 1 and word.isascii() and word.isalpha())
    written = {word: terms[term] for word, term in plain.items() if term in terms}
    unread = terms.keys() - {plain[word] for word in written}
    return {**written, **{term: terms[term] for term in unread}}


def _pieces(text: str, rows: Mapping[str, int]) -> list[str]:
    """The runs of a text; neighbouring Latin words that the shop does not have, as one: `bao wen bei`."""
    pieces: list[str] = []
    unknown = False
    for run in runs(fold(text)):
        now_unknown = not is_han(run[0]) and run.isalpha() and len(run) <= 6 and not rows.get(run)
        if unknown and now_unknown:
            pieces[-1] += run
        else:
            pieces.append(run)
        unknown = now_unknown
    return pieces


def _plain(pinyin: str) -> str:
    """Pinyin as many people type and say it: zh, ch, sh and the ending ng are not told from z, c, s and n."""
    plain = pinyin.replace("zh", "z").replace("ch", "c").replace("sh", "s").replace("v", "u")
    return re.sub(r"ng(?![aeiou])", "n", plain)


def _syllables(text: str, known: Mapping[str, set[str]]) -> Iterator[list[str]]:
    """All ways to cut plain pinyin into known syllables, longer first ones first."""
    if not text:
        yield []
        return
    for end in range(min(len(text), 5), 0, -1):
        if text[:end] in known:
            for rest in _syllables(text[end:], known):
                yield [text[:end], *rest]


@lru_cache(maxsize=1 << 15)
def sounds_of(character: str) -> tuple[str, ...]:
    """The toneless readings of a Chinese character, plain (see `_plain`); none for any other."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")  # single characters are all that is asked
    from pypinyin import Style, pinyin

    readings = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(dict.fromkeys(_plain(reading) for reading in readings[0])) if readings else ()
