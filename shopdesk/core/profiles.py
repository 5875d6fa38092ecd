"""The words of a row, and how far they cover a word of a question: whole, in part, or but for a typing error."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from shopdesk.core.counted import Counted, counted_of
from shopdesk.core.measures import Measure, measures_of, times, unit_of_sale
from shopdesk.core.text import fold, is_han, runs, search_tokens
from shopdesk.core.types import Record

DECIMAL = re.compile(r"(?<![\d.a-z])\d+\.\d+(?![\d.])")
_RUN = re.compile(r"[^\W_]+")
_PARTIAL = 0.5
"""What a Chinese character counts when it stands in the record, but beside other characters."""
_TYPO = 0.8
_DOUBLING = 6
"""Letters from which on a word may be written as it is heard: buratta, criquets."""
_TWO_TYPOS = 8
"""Letters from which on a word may have two typing errors."""
_BEGINNING = 0.6
"""What a short word counts that is the beginning of one of the record's ("nuc box": Nucleus Box); not enough alone."""
_DOING = 6
"""Letters of a word in -ing, -ed or -er that is made from one of more than three letters."""
_CLIPPED = 8
"""Letters from which on no word is one that was cut down from another."""
_HEAD = 4
"""Letters of a word that may be the end of a longer one: sticks, drumsticks."""
DESCRIPTION = 0.6
_FLAGS = frozenset({"0", "1"})
"""Values of columns such as is_on_sale: they say yes or no, no number that a question could mean."""
NAMING_FIELDS = ("brand", "category", "color", "size", "barcode", "unit", "store", "scope", "topic")
_BY_MEASURE = 0.85
"""What a measure counts by which the record is sold: one that it has itself is meant before."""
_LONGEST = 40
"""Characters of a value that may count something."""
PROFILES_KEPT = 2000


@dataclass(frozen=True, slots=True)
class Unit:
    """One word or one Chinese character of the subject with its weight, its phrase and its place in the run."""

    text: str
    weight: float
    phrase: int = 0
    pair_before: str = ""
    pair_after: str = ""
    measure: Measure | None = None
    counted: Counted | None = None
    unknown: bool = False
    """Whether no row has it."""
    value: bool = False
    """Whether it is a whole Chinese word for a colour or size, with other spellings."""

    @property
    def figure(self) -> str:
        """The figure of a measure or of what is counted, without its unit."""
        if self.counted is not None:
            return f"{self.counted.number:g}"
        return re.match(r"[\d.]*", self.text)[0]  # type: ignore[index]

    @property
    def hard(self) -> bool:
        return any(character.isdigit() for character in self.text)


_IRREGULAR = {
    "knives": "knife", "shelves": "shelf", "scarves": "scarf", "leaves": "leaf", "loaves": "loaf", "halves": "half",
    "feet": "foot", "mice": "mouse", "teeth": "tooth", "children": "child", "men": "man", "women": "woman",
}  # fmt: skip


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """A light English stem: plural and third-person endings off. Codes and short words stay."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 4 or not word.isascii() or any(character.isdigit() for character in word):
        return word
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x"), ("s", "")):
        if word.endswith(ending) and not word.endswith(("ss", "us", "is")):
            return word[: -len(ending)] + instead
    return word


@lru_cache(maxsize=1 << 14)
def words_of(text: str) -> frozenset[str]:
    """Remembered: brands, categories and colours stand in many records."""
    folded = fold(text)
    decimals = DECIMAL.findall(folded)  # 11.9 is no 11 and no 9
    text = DECIMAL.sub(" ", folded) if decimals else text
    words = {token if is_han(token[0]) else stem(token) for token in search_tokens(text)}
    words.update(decimals)
    latin = [run for run in runs(text) if not is_han(run[0])]
    words.update(first + second for first, second in pairwise(latin))
    for run in latin:  # "20寸" is one thing to people and two runs here; "13inch" is one run and two things
        words.update(re.findall(r"\d+(?:\.\d+)?|[^\W\d_]+", run))
    return frozenset(words)


_SOLD_BY_THE: Mapping[str, float] = {"length": 1000.0}
"""The measure by which goods are sold where nothing is said of it: the metre."""


class Profile:
    """The words of one record, ready to be compared."""

    def __init__(self, record: Record) -> None:
        self.record = record
        names = names_of(record)
        self.names = [fold(name) for name in names if name]
        fields = record.fields
        said = [
            *names, record.key,
            *(str(fields[name]) for name in NAMING_FIELDS if fields.get(name)),
            *(value for value in record.attributes.values() if value not in _FLAGS), *record.attributes,
        ]  # fmt: skip
        self._said = said
        self.strong = frozenset().union(*map(words_of, said))
        self.compact_names = [compact(name) for name in self.names]

    @cached_property
    def measures(self) -> Sequence[Measure]:
        return tuple(measure for text in self._said for measure in measures_of(fold(text)))

    @cached_property
    def counted(self) -> Sequence[Counted]:
        """What its names, its size and its own columns count."""
        record = self.record
        told = [("", text) for text in (*self.names, fold(str(record.fields.get("size") or "")))]
        told += [(fold(column), fold(value)) for column, value in record.attributes.items() if len(value) < _LONGEST]
        return tuple(counted for column, text in told for counted in counted_of(text, column))

    @cached_property
    def _unit_of_sale(self) -> Measure | None:
        told = (("unit", self.record.fields.get("unit")), *self.record.attributes.items())
        units = (unit_of_sale(fold(str(text)), fold(column)) for column, text in told if text)
        return next((unit for unit in units if unit is not None), None)

    def sold_in(self, said: Measure) -> float | None:
        """How many of the unit that the goods are sold by (kg, 斤, 100 g) a measure is; None where they are not."""
        return times(self._unit_of_sale, said) if self._unit_of_sale is not None else None

    def cut_to(self, said: Measure) -> float | None:
        """The same, or how many metres are wanted of what comes in no length of its own: the 14 mm of a rope is not
        what it is sold by."""
        if self._unit_of_sale is not None:
            return self.sold_in(said)
        unit = _SOLD_BY_THE.get(said.kind)
        if unit is None or said.amount < unit:
            return None
        own = (*self.names, fold(str(self.record.fields.get("size") or "")))
        if any(each.kind == said.kind and each.amount >= unit / 5 for text in own for each in measures_of(text)):
            return None
        amount = round(said.amount / unit, 4)
        return (round(amount) if amount == round(amount) else amount) if amount == round(amount, 1) else None

    def counts(self, said: Counted) -> bool:
        return any(said.same(counted) for counted in self.counted)

    def counts_otherwise(self, said: Counted) -> bool:
        """Whether the row counts the same thing, and all of it is another number."""
        alike = [counted for counted in self.counted if counted.unit == said.unit]
        return bool(alike) and not any(map(said.same, alike))

    def measures_otherwise(self, said: Measure) -> bool:
        """The same for a measure."""
        alike = [measure for measure in self.measures if measure.kind == said.kind]
        return bool(alike) and not any(map(said.same, alike)) and self.sold_in(said) is None

    @cached_property
    def weak(self) -> frozenset[str]:
        """The words of the long texts, which are cut when they are first asked for."""
        texts = (self.record.fields.get(name) for name in ("description", "body", "lines"))
        return frozenset().union(*(words_of(str(text)) for text in texts if text))

    def covers(self, unit: Unit, families: Mapping[str, tuple[str, ...]]) -> float:
        if unit.value:
            spellings = (*families[unit.text], unit.text.removesuffix("色"))  # a shop's own 奶油 is asked for as 奶油色
            return float(any(all(t in self.strong for t in search_tokens(said)) for said in spellings))
        if unit.measure is not None and any(other.kind == unit.measure.kind for other in self.measures):
            if any(unit.measure.same(other) for other in self.measures):
                return 1.0
            if unit.text.endswith("in") and any(unit.figure in words_of(name) for name in self.names):
                return 1.0  # "Class 37 in blue"
            return _BY_MEASURE if self.sold_in(unit.measure) is not None else 0.0
        if unit.measure is not None and self.sold_in(unit.measure) is not None:
            return _BY_MEASURE
        if unit.counted is not None and any(other.unit == unit.counted.unit for other in self.counted):
            return float(self.counts(unit.counted))
        best = self.covered_by(self.strong, unit, families)
        if best < 1.0:
            best = max(best, DESCRIPTION * self.covered_by(self.weak, unit, families))
        return best

    @staticmethod
    def covered_by(words: frozenset[str], unit: Unit, families: Mapping[str, tuple[str, ...]]) -> float:
        text = unit.text
        if unit.measure is not None or (unit.counted is not None and is_han(text[-1])):
            return float(unit.figure in words)  # a row may have the figure without its unit
        if is_han(text[0]):
            if unit.pair_before in words or unit.pair_after in words:
                return 1.0
            if not unit.pair_before and not unit.pair_after and text in words:
                return 1.0
            return _PARTIAL if text in words else 0.0
        if stem(text) in words or text in words:
            return 1.0
        for spelling in families.get(text) or families.get(stem(text), ()):
            tokens = [token if is_han(token[0]) else stem(token) for token in search_tokens(spelling)]
            if tokens and all(token in words for token in tokens):
                return 1.0
        if len(text) in (3, 4) and text.isalpha() and f" {text}" in _in_a_line(words):
            return _BEGINNING
        if unit.unknown and text.isalpha() and (_has_clipped(text, words) or _has_longer(text, words)):
            return _BEGINNING
        if len(text) > _DOING and text.endswith(("ing", "er", "ers", "ed")) and not words.isdisjoint(_roots(text)):
            return _TYPO
        if len(text) >= _HEAD and text.isalpha() and f"{stem(text)} " in _in_a_line(words):
            head = stem(text)
            if any(_ends_in(word, head) for word in words):
                return _TYPO
        if (
            len(text) >= _TWO_TYPOS
            and text.isalpha()
            and any(_two_typos(text, word) for word in _words_like(text, words, 2))
        ):
            return _TYPO
        if (
            len(text) >= _DOUBLING
            and text.isalpha()
            and any(_as_heard(text) == _as_heard(word) for word in _words_like(text, words, 2))
        ):
            return _TYPO
        if len(text) >= 5 and text.isalpha() and any(_one_typo(text, word) for word in _words_like(text, words)):
            return _TYPO
        return 0.0


@lru_cache(maxsize=4096)
def _roots(doing: str) -> frozenset[str]:
    """What a word in -ing or -ed is made from, and what those do whose name ends in -er: roasting, roast; cleaned,
    clean; climbers, climbing."""
    root = re.sub(r"(?:ing|ers?|ed)$", "", doing)
    if doing.endswith(("er", "ers")):
        return frozenset((f"{root}ing",))
    return frozenset((root, f"{root}e"))


def _has_clipped(text: str, words: frozenset[str]) -> bool:
    """Whether one of the words is cut down to `text`."""
    return (
        2 < len(text) < _CLIPPED
        and f" {text[:2]}" in _in_a_line(words)
        and any(_is_clipped(text, word) for word in words)
    )


def _has_longer(text: str, words: frozenset[str]) -> bool:
    """Whether one of the words goes on by two letters and more where `text` ends: cardis, cardigan."""
    short = text.removesuffix("s")
    return len(short) >= _HEAD and any(
        word.startswith(short) and len(word) - len(short) > 1 and not word.endswith(("ing", "er", "ed", "able"))
        for word in (words if f" {short}" in _in_a_line(words) else ())
    )


def _is_clipped(text: str, word: str) -> bool:
    """Whether a word is what people cut a longer one down to: uke, ukulele; sunnies, sunglasses."""
    if not word.isascii() or len(word) - len(text) < 3 or word[:2] != text[:2]:
        return False
    cut = re.sub(r"(.)\1?(?:ies?|ys?)$", r"\1", text) if len(text) > 4 else text
    if cut != text:
        return len(cut) > 2 and word.startswith(cut)
    letters = iter(word)
    return len(text) < 5 and all(letter in letters for letter in text) and word.endswith(text[-1])


def _ends_in(word: str, head: str) -> bool:
    """Whether a word is a compound with `head` at its end: "drumstick" of "stick", no ending such as "able"."""
    return word.endswith(head) and len(word) - len(head) > 2 and len(head) > 3


def _words_like(text: str, words: frozenset[str], typos: int = 1) -> Iterator[str]:
    """The words about as long as `text` that begin or end as it does: one typo leaves one end as it was."""
    by_length = _by_length(words)
    for length in range(len(text) - typos, len(text) + typos + 1):
        for word in by_length.get(length, ()):
            if word[0] == text[0] or word[-1] == text[-1]:
                yield word


@lru_cache(maxsize=2 * PROFILES_KEPT)
def _by_length(words: frozenset[str]) -> Mapping[int, Sequence[str]]:
    found: dict[int, list[str]] = {}
    for word in words:
        found.setdefault(len(word), []).append(word)
    return found


@lru_cache(maxsize=2 * PROFILES_KEPT)
def _in_a_line(words: frozenset[str]) -> str:
    """The words with a blank before and after each: whether one begins or ends so is then told at once."""
    return f" {' '.join(words)} "


def compact(text: str) -> str:
    return "".join(_RUN.findall(text))


def _one_typo(a: str, b: str) -> bool:
    """Whether one insertion, deletion, replacement or swap of neighbours turns `a` into `b`."""
    if a == b:
        return True
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    rest_a, rest_b = a[start:], b[start:]
    if len(rest_a) == len(rest_b):
        return rest_a[1:] == rest_b[1:] or (rest_a[:2] == rest_b[:2][::-1] and rest_a[2:] == rest_b[2:])
    longer, shorter = (rest_a, rest_b) if len(rest_a) > len(rest_b) else (rest_b, rest_a)
    return longer[1:] == shorter


@lru_cache(maxsize=1 << 14)
def _as_heard(word: str) -> str:
    """One spelling for words that sound alike: criquet, cricket; buratta, burrata; terasse, terrace."""
    heard = stem(word)
    for letters, sound in (
        ("ph", "f"),
        ("qu", "k"),
        ("ck", "k"),
        ("ce", "se"),
        ("ci", "si"),
        ("c", "k"),
        ("z", "s"),
        ("y", "i"),
    ):
        heard = heard.replace(letters, sound)
    return re.sub(r"(.)\1+", r"\1", heard)


def _two_typos(a: str, b: str) -> bool:
    """Whether two such changes do, the first of them an insertion or deletion."""
    longer, shorter = (a, b) if len(a) >= len(b) else (b, a)
    return len(longer) - len(shorter) in (1, 2) and any(
        _one_typo(longer[:place] + longer[place + 1 :], shorter) for place in range(len(longer))
    )


def names_of(record: Record) -> tuple[str, ...]:
    return record.title, record.attributes.get("name_en", ""), record.attributes.get("name_zh", "")
