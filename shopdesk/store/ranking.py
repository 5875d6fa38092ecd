"""How well a row fits the words of a query: the best of its fields for each word, weighed by how rare the word is.

For each word the field counts in which it says most (a disjunction, not a sum), by BM25 with the field's own
length: a word in a name of three words says more than the same word in a name of thirty, and a word that is said
in the name and again in the description does not count twice. On judged queries this was worth more than any
weighting of a sum over the fields (see tools/bench/LOG.md).
"""

from __future__ import annotations

import math
import sqlite3
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import combining, normalize

from shopdesk.core.text import is_han

_SATURATION = 1.4
_LENGTH = 0.7
"""BM25's k1 and b."""
_BODY, _ATTRIBUTES = 1.0, 0.8
_FLAT = 1.0
"""What a word counts in the codes or among the traits (brand, category, colour…), where length says nothing."""
_ALSO_TRAIT = 0.2
"""What it counts besides where the name says it and a trait as well: a row of that very category."""
_CHARACTER = 0.25
"""What single Chinese characters count beside the pairs, which carry the meaning."""
_ELSEWHERE = 0.4
_OTHER_FORM = 0.3
"""What a word counts whose stem alone is the one asked for: games where someone wants gaming."""
_BEGINNING = 2
"""Letters that no stemming changes."""
_SAMPLE = 300
_MOST_STEMS = 200_000


@dataclass(frozen=True, slots=True)
class Lengths:
    """The usual number of words in a name, among the attributes and in a description of one table."""

    name: float
    attributes: float
    body: float


@dataclass(frozen=True, slots=True)
class Weighed:
    """The words of a query with their weights: `words` are index terms, `characters` single Chinese characters.

    `typed` are the query's own words with their terms.
    """

    typed: Mapping[str, str]
    words: Mapping[str, float]
    characters: Mapping[str, float]

    @property
    def total(self) -> float:
        whole = sum(self.words.values()) * (_SATURATION + 1)
        return (whole + _CHARACTER * sum(self.characters.values())) or 1.0


@dataclass(frozen=True, slots=True)
class Texts:
    """One row as the index keeps it: words with spaces between them."""

    row: int
    name: str
    codes: str
    traits: str
    attributes: str
    body: str
    characters: str

    @property
    def whole(self) -> str:
        return " ".join((self.name, self.codes, self.traits, self.attributes, self.body, self.characters))


def with_all(rows: Sequence[Texts], tokens: Sequence[str]) -> list[Texts]:
    """Those of the rows in which every one of the tokens stands somewhere."""
    if not tokens:
        return list(rows)
    asked = stems_of(tokens)
    terms = _terms_in(rows, asked)
    spelled = [{word for word, of in terms.items() if of == term} for term in asked.values()]
    cut = ((row, set(row.whole.split())) for row in rows)
    return [row for row, words in cut if all(words & spellings for spellings in spelled)]


def _terms_in(rows: Sequence[Texts], typed: Mapping[str, str]) -> Mapping[str, str]:
    """The words of `rows` that may be one of the terms of `typed` (word → term), each with its own term.

    Only words of letters have stems, and a stem begins as its word does, accents apart. Chinese and words with digits,
    codes above all, are what was typed.
    """
    if not any(word.isalpha() and not is_han(word[0]) for word in typed):
        return typed
    begin = {text[:_BEGINNING] for pair in typed.items() for text in pair}
    words = set(" ".join([row.whole for row in rows]).split())
    near = [word for word in words if word[:_BEGINNING] in begin or not (word.isascii() or is_han(word[0]))]
    return {**stems_of([word for word in near if word.isalpha()]), **typed}


def rarity(rows: int, total: int) -> float:
    """BM25's inverse document frequency."""
    return math.log(1 + (max(total - rows, 0) + 0.5) / (rows + 0.5))


def usual_lengths(db: sqlite3.Connection, search: str) -> Lengths:
    """From the first and the last rows of the index `search`: close enough, and quick in a shop of any size."""
    columns = ", ".join(
        f"avg(length({name}) - length(replace({name}, ' ', '')) + 1)" for name in ("name", "attributes", "body")
    )
    found = db.execute(
        f"SELECT {columns} FROM (SELECT * FROM (SELECT * FROM {search} ORDER BY rowid LIMIT {_SAMPLE})"
        f" UNION ALL SELECT * FROM (SELECT * FROM {search} ORDER BY rowid DESC LIMIT {_SAMPLE}))"
    ).fetchone()
    return Lengths(*(max(float(value or 1.0), 1.0) for value in found))


def scores(rows: Sequence[Texts], asked: Weighed, lengths: Lengths) -> list[float]:
    """For each row how well it fits, 0 to about 1."""
    as_typed = {_singular(word) for word in asked.typed}
    terms = {
        surface: (term, 1.0 if _singular(surface) in as_typed else _OTHER_FORM)
        for surface, term in _terms_in(rows, asked.typed).items()
        if term in asked.words
    }
    total = asked.total
    return [_score(row, terms, asked, lengths) / total for row in rows]


def _score(row: Texts, terms: Mapping[str, tuple[str, float]], asked: Weighed, lengths: Lengths) -> float:
    best: dict[str, float] = {}
    named = _counted(row.name, terms)
    for counts, text, usual, weight in (
        (named, row.name, lengths.name, 1.0),
        (_counted(row.attributes, terms), row.attributes, lengths.attributes, _ATTRIBUTES),
        (_counted(row.body, terms), row.body, lengths.body, _BODY),
    ):
        if counts:
            norm = _SATURATION * (1 - _LENGTH + _LENGTH * (text.count(" ") + 1) / usual)
            for term, times in counts.items():
                value = weight * times * (_SATURATION + 1) / (times + norm)
                if value > best.get(term, 0.0):
                    best[term] = value
    for term, times in _counted(row.codes, terms).items():
        best[term] = max(best.get(term, 0.0), _FLAT * min(times, 1.0))
    for term, times in _counted(row.traits, terms).items():
        best[term] = max(best.get(term, 0.0), _FLAT * min(times, 1.0)) + (_ALSO_TRAIT if term in named else 0.0)
    score = sum(asked.words[term] * value for term, value in best.items())
    for character, weight in asked.characters.items():
        if character in row.name:
            score += _CHARACTER * weight
        elif character in row.characters:
            score += _CHARACTER * _ELSEWHERE * weight
    return score


def _counted(text: str, terms: Mapping[str, tuple[str, float]]) -> Mapping[str, float]:
    counts: dict[str, float] = {}
    for term, one in [terms[word] for word in text.split() if word in terms]:
        counts[term] = counts.get(term, 0.0) + one
    return counts


def _singular(word: str) -> str:
    """A word without accents and the ending of an English plural: batteries and battery are one word, games and
    gaming are two."""
    plain = word if word.isascii() else "".join(c for c in normalize("NFD", word) if not combining(c))
    for plural, one in (("ies", "y"), ("ches", "ch"), ("shes", "sh"), ("sses", "ss"), ("xes", "x"), ("s", "")):
        if len(plain) > len(plural) + 2 and plain.endswith(plural) and not plain.endswith(("ss", "us", "is")):
            return plain[: -len(plural)] + one
    return plain


class _Stemmer:
    """A small index with the shop's own tokenizer: the only sure way to stem as it does. It remembers words."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stems: dict[str, str] = {}
        self._db = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        self._db.execute("CREATE VIRTUAL TABLE s USING fts5(x, tokenize = 'porter unicode61 remove_diacritics 2')")
        self._db.execute("CREATE VIRTUAL TABLE v USING fts5vocab(s, 'instance')")

    def stems(self, words: Iterable[str]) -> dict[str, str]:
        with self._lock:
            words = set(words)
            new = [word for word in words.difference(self._stems) if not is_han(word[0])]
            if new:
                if len(self._stems) > _MOST_STEMS:
                    self._stems.clear()
                self._stems.update(zip(new, self._stemmed(new), strict=True))
            return {word: self._stems.get(word, word) for word in words}

    def _stemmed(self, words: Sequence[str]) -> list[str]:
        self._db.execute("BEGIN")
        self._db.executemany("INSERT INTO s (rowid, x) VALUES (?, ?)", enumerate(words, 1))
        found: dict[int, list[str]] = {}
        for term, row in self._db.execute("SELECT term, doc FROM v ORDER BY doc, offset"):
            found.setdefault(row, []).append(term)
        self._db.execute("ROLLBACK")
        return [" ".join(found.get(row, ())) for row in range(1, len(words) + 1)]


@lru_cache(maxsize=1)
def _stemmer() -> _Stemmer:
    return _Stemmer()


def stems_of(words: Iterable[str]) -> dict[str, str]:
    """Each word with the term (or terms) under which the index keeps it; Chinese is kept as it is."""
    return _stemmer().stems(words)
