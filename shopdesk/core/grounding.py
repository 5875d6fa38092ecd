"""The check that stands between a model's words and the clerk: each figure must stand in a cited fact.

A figure is anything with a digit in it (price, count, date, code) and a number written in words.
`SentenceStream` lets words through as they come, but holds a sentence from its first figure until
its end has been read and the whole sentence has passed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from shopdesk.core import numbers
from shopdesk.core.plan import Plan
from shopdesk.core.text import fold, is_han
from shopdesk.core.types import Fact, Language, ModelManifest
from shopdesk.core.wording import field_name, label_of, value_text

CITATION = re.compile(r"\[(\d{1,3})\]")
_FIGURE = re.compile(r"[a-z0-9]*\d(?:[a-z0-9]|[-_./](?=[a-z0-9])|:(?=\d\d(?!\d))|,(?=\d{3}(?!\d)))*")
_UNITS = (
    "元|块|角|分|件|双|个|条|天|日|年|月|周|折|只|支|套|台|盒|把|床|瓶|包|袋|码|号|"
    "小时|分钟|倍|成|款|种|公斤|千克|克|斤|升|毫升|米|厘米|寸"
)
_CHINESE_NUMBER = re.compile(rf"([零一二两三四五六七八九十百千万]+)(?={_UNITS})")
_ENGLISH_NUMBER = re.compile(
    r"\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|ninety|hundred|thousand)\b"
)
_MOST_WORDS, _MOST_CHARACTERS, _MOST_FOREIGN_WORDS = 24, 40, 2
_SENTENCE_END = re.compile(r"[。！？!?\n]+|\.(?=\s)")
_TRAILING_MARKS = re.compile(r"(?:\s*\[\d{1,3}\])*[”’\"]?")


def normal_figure(figure: str) -> str:
    """One spelling for equal figures: `0499.00` and `499` → `499`; `1,299.00` → `1299`; codes are kept."""
    text = figure.strip(".,:-_/")
    plain = text.replace(",", "") if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", text) else text
    if re.fullmatch(r"\d+(?:\.\d+)?", plain):
        whole, _, part = plain.partition(".")
        part = part.rstrip("0")
        return f"{whole.lstrip('0') or '0'}.{part}" if part else whole.lstrip("0") or "0"
    return text


@lru_cache(maxsize=1 << 12)
def figures(text: str) -> frozenset[str]:
    """Every figure in `text`, normalised; citation marks do not count. "一" and "one" are articles, not figures."""
    folded = fold(CITATION.sub(" ", text))
    found = {normal_figure(match.group()) for match in _FIGURE.finditer(folded)}
    for match in _CHINESE_NUMBER.finditer(folded):
        value = numbers.chinese_value(match.group(1))
        if value is not None and value > 1:
            found.add(str(value))
    found.update(str(numbers.ENGLISH[match.group()]) for match in _ENGLISH_NUMBER.finditer(folded))
    return frozenset(found)


def figures_of(fact: Fact) -> set[str]:
    """Every figure that a fact states, in its raw values and as they are shown."""
    record = fact.record
    texts = [
        record.key,
        record.title,
        record.as_of,
        *(str(value) for value in record.fields.values() if value is not None),
    ]
    for name, value in record.attributes.items():
        texts += [name, value]
    languages: tuple[Language, ...] = ("zh", "en")
    for language in languages:
        texts.append(label_of(record, language))
        texts += [text for field in record.fields if (text := value_text(record, field, language))]
        texts += [field_name(field, language) for field in record.fields]
    return set().union(*map(_stated, texts))


@lru_cache(maxsize=1 << 14)
def _stated(text: str) -> frozenset[str]:
    """The figures of a fact's text; one such as "13-inch" or "2026-11-20" also states its parts."""
    return figures(text) | {normal_figure(number) for number in re.findall(r"\d+(?:\.\d+)?", fold(text))}


def ungrounded(text: str, cited: Iterable[Fact], question: str) -> frozenset[str]:
    """The figures of `text` that stand neither in a cited fact nor in the question."""
    wanted = figures(text)
    if not wanted:
        return wanted
    allowed = figures(question).union(*(figures_of(fact) for fact in cited)) if wanted else set()
    return wanted - allowed


def citations(text: str) -> tuple[int, ...]:
    """The fact numbers that `text` cites, in order, once each."""
    return tuple(dict.fromkeys(int(number) for number in CITATION.findall(text)))


def cited_facts(text: str, plan: Plan) -> list[Fact]:
    """The facts that `text` cites; a computed fact brings the rows behind it along."""
    ids = set(citations(text))
    if plan.target is not None and plan.target.id in ids:
        ids.update(plan.sources)
    return [fact for fact in plan.facts if fact.id in ids]


@dataclass(frozen=True, slots=True)
class Verdict:
    passed: bool
    reason: str = ""


def check_sentence(sentence: str, plan: Plan, manifest: ModelManifest) -> Verdict:
    """Whether a finished sentence may be shown: known citations, and no figure without a cited fact."""
    known = {fact.id for fact in plan.facts}
    if manifest.needs_plan:
        known &= set(plan.sources)
    cited = citations(sentence)
    if any(number not in known for number in cited):
        return Verdict(False, "citation")
    # a value of several sentences is cited after its last one; that it is cited, the whole answer's check sees to
    facts = cited_facts(sentence, plan)
    if manifest.needs_plan:
        facts = [fact for fact in plan.facts if fact.id in plan.sources]
    loose = ungrounded(sentence, facts, plan.question)
    return Verdict(False, f"figure {sorted(loose)[0]}") if loose else Verdict(True)


def check_answer(text: str, plan: Plan, manifest: ModelManifest) -> Verdict:
    """Whether a whole answer says what was planned.

    A model that needs a plan must say label and values verbatim and cite their fact. A freer model
    must state the figures that were asked for, in whatever words. No figure may stand without a fact
    that is cited: a citation copied from the question names a fact, but perhaps not the one with the figure.
    """
    if loose := ungrounded(text, cited_facts(text, plan), plan.question):
        return Verdict(False, f"figure {sorted(loose)[0]}")
    if plan.target is None:
        if not text.strip():
            return Verdict(False, "empty")
        return Verdict(True) if not manifest.needs_plan or _is_plain_wording(text, plan) else Verdict(False, "wording")
    if not set(citations(text)) & set(plan.sources):
        return Verdict(False, "not cited")
    if manifest.needs_plan:
        missing = next((part for part in plan.must if _plain(part) not in _plain(text)), None)
        if missing is not None:
            return Verdict(False, f"missing {missing}")
        return Verdict(True) if _is_plain_wording(text, plan) else Verdict(False, "wording")
    said = figures(text)
    wanted = set().union(*(figures(point.value) for point in plan.points)) if plan.points else set()
    return Verdict(True) if wanted <= said else Verdict(False, f"missing {sorted(wanted - said)[0]}")


def _is_plain_wording(text: str, plan: Plan) -> bool:
    """Whether what stands around the planned texts is one short sentence in the language of the question."""
    frame = CITATION.sub(" ", text)
    for part in sorted((*plan.must, *(point.name for point in plan.points)), key=len, reverse=True):
        frame = frame.replace(part, " ", 1)
    han = sum(map(is_han, frame))
    latin = len(re.findall(r"[A-Za-z]{2,}", frame))
    if plan.language == "en":
        return han == 0 and latin <= _MOST_WORDS
    return latin <= (_MOST_FOREIGN_WORDS if plan.target is None else 0) and han <= _MOST_CHARACTERS


def _plain(text: str) -> str:
    return "".join(text.split())


class SentenceStream:
    """Cuts a stream of pieces into what may be shown at once and whole sentences to be checked.

    `feed` yields ("words", text) for text without figures or citations, and ("sentence", text) for the
    rest of a sentence that held any; `whole` of the latter is the complete sentence for the check.
    """

    def __init__(self) -> None:
        self._held = ""
        self._shown = ""

    def feed(self, piece: str) -> Iterator[tuple[str, str, str]]:
        """Yields (sort, text to show, whole sentence)."""
        self._held += piece
        while (end := self._end_of_sentence()) is not None:
            yield self._cut(end)
        risky = re.search(r"[\d\[¥$€£]|[零一二两三四五六七八九十百千万]+|[A-Za-z]", self._held)
        safe = len(self._held) if risky is None else risky.start()
        if risky is not None and self._held[risky.start()].isascii() and self._held[risky.start()].isalpha():
            safe = self._whole_words()
        if safe:
            words, self._held = self._held[:safe], self._held[safe:]
            self._shown += words
            yield "words", words, ""

    def rest(self) -> Iterator[tuple[str, str, str]]:
        """What is left when the model has finished."""
        while (end := self._end_of_sentence(final=True)) is not None:
            yield self._cut(end)
        if self._held.strip():
            yield self._cut(len(self._held))

    def _cut(self, end: int) -> tuple[str, str, str]:
        text, self._held = self._held[:end], self._held[end:]
        whole, self._shown = self._shown + text, ""
        return "sentence", text, whole

    def _end_of_sentence(self, *, final: bool = False) -> int | None:
        match = _SENTENCE_END.search(self._held)
        if match is None:
            return None
        end = match.end()
        marks = _TRAILING_MARKS.match(self._held, end)
        end = marks.end() if marks else end
        # a citation may still follow the mark, so wait for the next character that is none
        if not final and (
            end == len(self._held) or self._held[end:].strip() in ("", "[") or self._held[end:].lstrip()[0] == "["
        ):
            return None
        return end

    def _whole_words(self) -> int:
        """Latin text is shown up to the last space before any figure, so no code is shown by halves."""
        limit = re.search(r"[\d\[¥$€£]|[零一二两三四五六七八九十百千万]", self._held)
        reach = self._held[: limit.start()] if limit else self._held
        if _ENGLISH_NUMBER.search(fold(reach)):
            return 0
        return reach.rfind(" ") + 1
