"""Which sentences of a policy answer a question: chosen by code and quoted verbatim."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from shopdesk.core.acts import ACTS, acts_said
from shopdesk.core.ages import age_said, is_for
from shopdesk.core.concepts import CONCEPTS
from shopdesk.core.instructions import without_instructions
from shopdesk.core.lexicon import ANSWER_SIGNS, RULE_FILLER
from shopdesk.core.numbers import CHINESE
from shopdesk.core.profiles import stem
from shopdesk.core.text import fold, is_han, runs, search_tokens
from shopdesk.core.types import Language, Record

_SENTENCE = re.compile(r"[^。！？!?\n]*[。！？!?\n]+[”’\"]?|[^。！？!?\n]+$")
_ENGLISH_END = re.compile(r"(?<=[.!?])[\"”’)]?\s+(?=[A-Z0-9“\"(])")
_MOST_SENTENCES = 3
_SHORT_ENOUGH = 240
"""Characters of a rule that is quoted whole, Chinese ones counted twice: what a customer may not do often stands behind
what they may."""
_INSIDE = 0.4
"""What a concept counts that is said only within longer words for another: "send" in "send it back"."""
_ECHO = 0.4
"""What a word still counts by itself where it also stands for a concept: the rule's own word beats another for it."""
_HALF = 0.3
"""What a Chinese character counts beside the pairs that it is part of ("件" in "条件")."""
_ALONE = 0.6
_PLAIN = 0.8
"""What counts at least a word of the question that no concept knows: 1.0 is a word for one."""
_COMMON = 0.3
"""What a word counts at least, though all sentences have it."""
_CLOSE = 0.5
_TITLE = 0.6
_CONTEXT = 0.45
"""What a word counts for a sentence that does not say it, but stands under a title that does."""
_ELSEWHERE = 0.12
"""The same for one that another sentence of the text says."""
_FIRST = 0.1
_ENDING = "(?:s|es|d|ed|ing|able)?"
_LOOSENED = re.compile(r"(?<=[补开修换洗剪磨配办打印刻寄退])(?:一?个|一?下)(?=[\u4e00-\u9fff])")
"""What stands between a verb and its object: 补个胎 is 补胎."""
_TIMES = re.compile(r"\blast (?:night|week|month|year|time|\w+day)\b|昨[天晚]|上(?:周|个月)")
"""When something was, which no rule speaks of."""
_COUNTED = re.compile(rf"[{CHINESE}几\d]+[\u4e00-\u9fff]")
"""一张, 几块: what is counted or priced, which is no name."""
_PARTICLES = frozenset({"back", "off"})
_GOING_ON = re.compile(
    r"(?:不满|不足|低于|否则|不然|超过|超出|逾期|过期|其余|除此|不符合|达不到|满了)"
    r"|(?:below|above|under|over|after|beyond|before) (?:that|this|it)\b|otherwise\b|if not\b|or else\b"
)
"""How a sentence begins that goes on with the one before."""
_ACT = 1.2
"""What an act weighs that is asked for and that some rule is about."""
TAKES_BACK = re.compile(
    r"[能可想要给]以?退|退[吗么不货款换]|[能可]以?换[吗么不货]"
    r"|\b(?:return(?:s|ed|able)?|refund\w*|exchange[ds]?|(?:bring|take|send|give) (?:\w+ ){0,3}back)\b"
    r"|\b(?:come|comes|came|coming|go) back\b"
)
"""Asks whether something is taken back: what was done to it before is no more than told beside that."""
BACK = re.compile(r"[退换赔]|\b(?:return|refund|exchang|replac|credit)\w*|\bback\b")
"""Says in a rule that something is taken back, or not."""
_BESIDE_A_RETURN, _ON_RETURNS, _ON_JUST_THAT = 0.4, 0.8, 2.4
_SIGN = 0.6
"""What the kind of answer that is asked for is worth, as a share of a rare word's weight."""


def sentences_of(text: str) -> list[str]:
    """The sentences of a text in either language, list markers and headings trimmed, verbatim otherwise."""
    pieces: list[str] = []
    for line in text.splitlines():
        line = re.sub(r"^\s*(?:[-*•·]|\d+[.)、]|#+)\s*", "", line).strip()
        for part in _SENTENCE.findall(line):
            pieces.extend(piece.strip() for piece in _ENGLISH_END.split(part))
    return [piece for piece in pieces if any(character.isalnum() for character in piece)]


def _root(word: str) -> str:
    """A word without the ending that makes it a doing: restringing, installation."""
    for ending, shortest in (("ation", 8), ("ing", 7)):
        if word.endswith(ending) and len(word) >= shortest and not word.endswith("string"):
            return word.removesuffix(ending)
    return word


@lru_cache(maxsize=4096)
def _tokens(text: str) -> frozenset[str]:
    folded = fold(text)
    kept = RULE_FILLER.sub(" ", folded)
    tokens = {token if is_han(token[0]) else _root(stem(token)) for token in search_tokens(kept)} - set(CHINESE)
    return frozenset(token for token in tokens if len(token) > 1 or token.isdigit() or not token.isascii())


@dataclass(frozen=True, slots=True)
class Quotation:
    """Sentences of one record and how well it answers: `coverage` is the share of the question's sense
    that its title and its best sentence have (0 to 1), `score` orders records by their best sentence,
    `titled` says that its title has a word of the question. `concepts` and `words` count what the title and the
    best sentence share with the question, single characters apart; `fits` says that this sentence is of the kind
    of answer that is asked for, in each respect that one is. `acts` counts the acts that these two share with it.
    `told` are the sentences to be quoted: the whole text where it is short, with what it excepts."""

    record: Record
    sentences: tuple[str, ...]
    told: tuple[str, ...]
    coverage: float
    score: float
    titled: bool
    concepts: int = 1
    words: int = 1
    fits: bool = True
    acts: int = 0


_BETWEEN = re.compile(
    r"(?<=[\u4e00-\u9fff])(?:一|几|多少|了|完|过|不|没|好)?[个下点些把次张块份条件只支根](?=[\u4e00-\u9fff])(?![月人小工])"
)
"""What stands between the halves of a Chinese word that is asked for: 打一个孔, 测个土, 分几期."""
_FARTHEST = 3
"""Characters from the one half of a title's word to the other in a question: 空药瓶 says 空瓶."""
Part = str | int
"""A part of a question's sense: a word by itself, the index of the concept that some words of it stand for, or, below
zero, that of an act."""


@dataclass(frozen=True, slots=True)
class _Text:
    """A record with its sentences, and the question's parts that the title and each sentence say."""

    record: Record
    sentences: tuple[str, ...]
    title: frozenset[Part]
    said: tuple[frozenset[Part], ...]


class Quoter:
    """Weighs a set of texts (policies, promotions) against one question; rare words among them count most."""

    def __init__(self, question: str, records: Sequence[Record], language: Language, *, leave_out: str = "") -> None:
        question = _BETWEEN.sub("", _LOOSENED.sub("", _TIMES.sub(" ", fold(question))))
        folded = question
        said = age_said(folded)
        self._age = said[0] if said else None
        if said:  # whose age it is names no rule
            start, end = said[1]
            question = f"{question[:start]} {question[end:]}"
        self._signs = [sign for asks, sign in ANSWER_SIGNS if asks.search(folded)]
        self._asked = _tokens(question) - _tokens(leave_out)
        self._apart = _pairs_apart(folded, self._asked)
        self._alone = frozenset(runs(RULE_FILLER.sub(" ", _COUNTED.sub(" ", folded))))
        self._concepts = concepts_said(folded)
        self._takes_back = TAKES_BACK.search(folded) is not None
        acts = acts_said(folded)
        self._acts = [~index for index in acts]
        self._lacking = [~index for index, spans in acts.items() if any(_lacks(folded, span) for span in spans)]
        self._texts = [self._read(record, language) for record in records]
        spoken = {folded[start:end] for spans in self._concepts.values() for start, end in spans}
        known = frozenset[str]().union(*map(_tokens, spoken)) | frozenset(filter(is_han, "".join(spoken)))
        every = [bag for text in self._texts for bag in text.said]
        self._weights: dict[Part, float] = {
            token: self._rarity(token, every)
            * (_ECHO if _touches(token, known) else _PLAIN)
            * _length_weight(token, self._asked)
            for token in self._asked
        }
        for concept, spans in self._concepts.items():
            inside = all(_within_longer(span, self._concepts.values()) for span in spans)
            self._weights[concept] = self._rarity(concept, every) * (_INSIDE if inside else 1.0)
        for pair in {part for text in self._texts for bag in (text.title, *text.said) for part in bag} & self._apart:
            self._weights[pair] = self._rarity(pair, every) * _PLAIN
        for act in self._acts:
            if any(act in text.title or any(act in bag for bag in text.said) for text in self._texts):
                told = _BESIDE_A_RETURN if self._takes_back else 1.0
                self._weights[act] = _ACT * told * self._rarity(act, every)
        self._whole = sum(self._weights.values())

    @staticmethod
    def _rarity(part: Part, bags: Sequence[frozenset[Part]]) -> float:
        """1.0 for what one sentence says, less for what many do."""
        holding = max(sum(part in bag for bag in bags), 1)
        return max(_COMMON, math.log((len(bags) + 2.0) / (holding + 0.5)) / math.log((len(bags) + 2.0) / 1.5))

    def _read(self, record: Record, language: Language) -> _Text:
        body = record.attributes.get(f"body_{language}") or str(record.fields.get("body") or "")
        sentences = sentences_of(without_instructions(body))
        said = tuple(self._parts(sentence) for sentence in sentences)
        title = record.title_in(language)
        apart = frozenset(pair for pair in self._apart if pair in title)
        return _Text(record, tuple(sentences), self._parts(title) | apart, said)

    def _parts(self, text: str) -> frozenset[Part]:
        folded = fold(text)
        concepts = {index for index in self._concepts if _saying_any(CONCEPTS[index]).search(folded)}
        acts = {act for act in self._acts if _saying_any(ACTS[~act].words).search(folded)}
        said = _tokens(text) & self._asked
        short = {pair for pair in (self._asked & self._alone) - said if _is_short_for(pair, folded)}
        return frozenset(said | short | concepts | acts)

    def _sum(self, parts: Iterable[Part]) -> float:
        return sum(self._weights[part] for part in parts)

    def best(self) -> Quotation | None:
        """The record that answers best, None where none shares a word with the question."""
        found = [quotation for text in self._texts if (quotation := self._weigh(text)) is not None]
        return max(found, key=lambda quotation: quotation.score, default=None)

    def _weigh(self, text: _Text) -> Quotation | None:
        whole = text.title.union(*text.said)
        if not text.sentences or not whole or not self._whole:
            return None
        scores = []
        for index, (sentence, said) in enumerate(zip(text.sentences, text.said, strict=True)):
            score = self._sum(said) + _CONTEXT * self._sum(text.title - said)
            score += _ELSEWHERE * self._sum(whole - text.title - said) + (_FIRST if index == 0 else 0.0)
            fitting = sum(bool(sign.search(fold(sentence))) for sign in self._signs)
            scores.append(score + (_SIGN * min(fitting, 2) if said or text.title else 0.0))
        best = max(scores)
        order = sorted(range(len(scores)), key=lambda index: (-scores[index], index))[:_MOST_SENTENCES]
        chosen = sorted(index for index in order if scores[index] >= _CLOSE * best)
        chosen = [place for place in range(len(scores)) if place in chosen or _goes_on(text, place, chosen)]
        top = scores.index(best)
        chosen = sorted({*chosen, *self._needed(text, top, chosen)})
        # an age that no sentence speaks of is something that is not answered
        aged = self._age is None or any(is_for(fold(sentence), self._age) is not None for sentence in text.sentences)
        coverage = self._sum(text.title | text.said[top]) / (self._whole + (0.0 if aged else 1.0))
        score = best + _TITLE * self._sum(text.title) + (_SIGN if any(map(self._met, text.sentences)) else 0.0)
        if self._takes_back and any(act in text.title for act in self._lacking):
            score += _ON_JUST_THAT  # the rule on the lost receipt goes before the one on returns in general
        elif self._takes_back and BACK.search(fold(text.record.title)):
            score += _ON_RETURNS
        shared = text.title | text.said[top]
        concepts = sum(isinstance(part, int) and part >= 0 for part in shared)
        acts = sum(isinstance(part, int) and part < 0 for part in shared)
        words = sum(isinstance(part, str) and len(part) > 1 for part in shared)
        fits = all(sign.search(fold(text.sentences[top])) for sign in self._signs)
        return Quotation(
            text.record, tuple(text.sentences[index] for index in chosen), _told(text, chosen), coverage, score,
            bool(text.title), concepts, words, fits, acts,
        )  # fmt: skip

    def _met(self, sentence: str) -> bool:
        """Whether a sentence is for people as old as somebody in the question."""
        return self._age is not None and is_for(fold(sentence), self._age) is True

    def _needed(self, text: _Text, top: int, chosen: Sequence[int]) -> Iterator[int]:
        """The sentences without which the chosen ones do not answer: what holds at an age, where one is said, and, if
        none of them is of the kind that is asked for ("how long"), the next that is."""
        if self._age is not None:  # who is too young or too old is told so as well
            of_age = (is_for(fold(sentence), self._age) for sentence in text.sentences)
            yield from (place for place, holds in enumerate(of_age) if holds is not None)
        for sign in self._signs[:1]:
            if not any(sign.search(fold(text.sentences[place])) for place in chosen):
                yield from [
                    place for place in (top + 1, top - 1)
                    if 0 <= place < len(text.sentences) and sign.search(fold(text.sentences[place]))
                ][:1]  # fmt: skip


def _lacks(folded: str, span: Span) -> bool:
    """Whether a text says of what stands at `span`, or just beside it, that it is not there."""
    start, end = span
    return _LACKING.search(folded[max(start - _BESIDE, 0) : end + _BESIDE]) is not None


_BESIDE = 10
_LACKING = re.compile(
    r"\b(?:without|no|lost|lose|losing|missing|gone|n[o']t (?:got|have))\b|n't got|[没无丢]|找不到|不见"
)


def _pairs_apart(folded: str, asked: frozenset[str]) -> frozenset[str]:
    """Two Chinese characters that a text says with one or two others between them."""
    places = range(len(folded))
    pairs = (folded[at] + folded[to] for at in places for to in range(at + 2, min(at + 1 + _FARTHEST, len(folded))))
    return frozenset(pair for pair in pairs if is_han(pair[0]) and is_han(pair[1])) - asked


def _told(text: _Text, chosen: Sequence[int]) -> tuple[str, ...]:
    """The chosen sentences, or all where they are few enough to be read at a glance."""
    width = sum(2 if is_han(letter) else 1 for sentence in text.sentences for letter in sentence)
    return text.sentences if width <= _SHORT_ENOUGH else tuple(text.sentences[index] for index in chosen)


def _goes_on(text: _Text, place: int, chosen: Sequence[int]) -> bool:
    """Whether a sentence only makes sense behind the chosen one before it ("Below that we charge …")."""
    return place - 1 in chosen and _GOING_ON.match(fold(text.sentences[place])) is not None


def _is_short_for(pair: str, folded: str) -> bool:
    """Whether a text says at length what two characters are short for: 彩打, 彩色打印."""
    if len(pair) != 2 or not is_han(pair[0]):
        return False
    place = folded.find(pair[0])
    while place >= 0:
        if folded[place + 2 : place + 3] == pair[1] and is_han(folded[place + 1]):
            return True
        place = folded.find(pair[0], place + 1)
    return False


def _touches(token: str, known: frozenset[str]) -> bool:
    """Whether a concept's words have it, or a character of it where it is a pair of them."""
    return token in known or (is_han(token[0]) and not known.isdisjoint(token))


def _length_weight(token: str, asked: frozenset[str]) -> float:
    if len(token) > 1 or token.isascii():
        return 1.0
    return _HALF if any(token in pair for pair in asked if len(pair) > 1) else _ALONE


Span = tuple[int, int]
_BEGINNING = 3


def _beginnings() -> dict[str, list[int]]:
    """The first letters of every word (of a Chinese one two characters) → the concepts that it stands for."""
    found: dict[str, list[int]] = {}
    for index, words in enumerate(CONCEPTS):
        for letters in {word[: 2 if is_han(word[0]) else _BEGINNING].strip() for word in words}:
            found.setdefault(letters, []).append(index)
    return found


_BEGINNINGS = _beginnings()


@lru_cache(maxsize=256)
def concepts_said(folded: str) -> Mapping[int, Sequence[Span]]:
    """The concepts (by their index in :data:`CONCEPTS`) that a folded text says, and where."""
    begun = {index for place in range(len(folded)) for index in _begun_by(folded[place : place + _BEGINNING])}
    found = ((i, [match.span() for match in _saying_any(CONCEPTS[i]).finditer(folded)]) for i in sorted(begun))
    return {index: spans for index, spans in found if spans}


@lru_cache(maxsize=1 << 14)
def _begun_by(letters: str) -> tuple[int, ...]:
    """The concepts with a word that begins as `letters` do: most of them are not said, and then cost no pattern."""
    found = (_BEGINNINGS.get(letters[:length], ()) for length in range(1, _BEGINNING + 1))
    return tuple(index for indices in found for index in indices)


def other_words(text: str) -> list[str]:
    """All words for the things that `text` speaks of: what a search for rules about them looks for."""
    folded = fold(text)
    words = [word for index in concepts_said(folded) for word in CONCEPTS[index]]
    return [*words, *(word for index in acts_said(folded) for word in ACTS[index].words)]


def _within_longer(span: Span, every: Iterable[Sequence[Span]]) -> bool:
    start, end = span
    return any(
        first <= start and end <= last and last - first > end - start for spans in every for first, last in spans
    )


@lru_cache(maxsize=1024)
def _saying_any(words: tuple[str, ...]) -> re.Pattern[str]:
    """Finds any of the words in a folded text: an English one also with a usual ending, and what
    stands between the halves of "send … back"."""
    return re.compile("|".join(_saying(word) for word in sorted(words, key=len, reverse=True)))


def _saying(word: str) -> str:
    if is_han(word[0]):
        return re.escape(word)
    before, _, particle = word.rpartition(" ")
    if before and particle in _PARTICLES:
        return rf"(?<![a-z]){re.escape(before)}{_ENDING}(?: [a-z']+){{0,3}} {particle}(?![a-z])"
    return rf"(?<![a-z]){re.escape(word)}{_ENDING}(?![a-z])"
