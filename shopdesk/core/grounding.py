"""The check that stands between a model's words and the clerk: each figure must stand in a cited fact, under the name
of its own field.

A figure is anything with a digit in it (price, count, date, code) and a number written in words.
`SentenceStream` lets words through as they come, but holds a sentence from its first figure until
its end has been read and the whole sentence has passed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from shopdesk.core import small_talk
from shopdesk.core.field_words import another_name, contradicts_stock, misnamed
from shopdesk.core.figures import CITATION, ENGLISH_NUMBER, AllowedFigures, figures, figures_in_order, figures_of
from shopdesk.core.frames import is_plain, is_unbroken
from shopdesk.core.plan import Plan
from shopdesk.core.text import fold
from shopdesk.core.types import Fact, ModelManifest

_SENTENCE_END = re.compile(r"[。！？!?\n]+|\.(?=\s)")
_CLAUSE = re.compile(r"[，；。！？!?;\n]+|[,.](?=\s)")
_NO_CHARACTER = "\ufffd"
"""What stands where a model wrote a piece of a character."""
_TRAILING_MARKS = re.compile(r"(?:\s*\[\d{1,3}\])*[”’\"]?")


def ungrounded(text: str, cited: Iterable[Fact], question: str) -> frozenset[str]:
    """The figures of `text` that stand neither in a cited fact nor in the question."""
    wanted = figures(text)
    if not wanted:
        return wanted
    allowed = figures(question).union(*(figures_of(fact) for fact in cited)) if wanted else set()
    return wanted - allowed


def allowed_figures(plan: Plan, manifest: ModelManifest) -> AllowedFigures:
    """What a model may write in figures for an answer by `plan`: those that its check would let through."""
    facts = [fact for fact in plan.facts if fact.id in plan.sources] if manifest.needs_plan else plan.facts
    return AllowedFigures.standing_in(facts, plan.question, (fact.id for fact in facts))


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
    if loose := ungrounded(sentence, facts, plan.question):
        return Verdict(False, f"figure {sorted(loose)[0]}")
    if _NO_CHARACTER in sentence or not _reckons_right(sentence, plan, planned=manifest.needs_plan):
        return Verdict(False, "working")
    if manifest.needs_plan and not is_unbroken(sentence, plan, manifest):
        return Verdict(False, "wording")
    behind = facts or [fact for fact in plan.facts if fact.id in plan.sources]
    field = misnamed(sentence, plan, behind)
    return Verdict(False, f"field {field}") if field is not None else Verdict(True)


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
        if plan.intent == "small_talk" and small_talk.answers_other(text, plan.talk, plan.language):
            return Verdict(False, "wording")
        return Verdict(True) if not manifest.needs_plan or is_plain(text, plan, manifest) else Verdict(False, "wording")
    if not set(citations(text)) & set(plan.sources):
        return Verdict(False, "not cited")
    if (field := misnamed(text, plan, cited_facts(text, plan))) is not None:
        return Verdict(False, f"field {field}")
    if contradicts_stock(text, plan):
        return Verdict(False, "stock")
    if _NO_CHARACTER in text or not _reckons_right(text, plan, planned=manifest.needs_plan):
        return Verdict(False, "working")
    if manifest.needs_plan:
        missing = next((part for part in plan.must if _plain(part) not in _plain(text)), None)
        if missing is not None:
            return Verdict(False, f"missing {missing}")
        if (field := another_name(text, plan)) is not None:
            return Verdict(False, f"field {field}")
        return Verdict(True) if is_plain(text, plan, manifest) else Verdict(False, "wording")
    said = figures(text)
    wanted = set().union(*(figures(point.value) for point in plan.points)) if plan.points else set()
    return Verdict(True) if wanted <= said else Verdict(False, f"missing {sorted(wanted - said)[0]}")


def _reckons_right(text: str, plan: Plan, *, planned: bool) -> bool:
    """Whether the figures of a sum stand as they were reckoned: right figures may still make a false working.

    Where the answer was `planned` they stand in the same order; else in a working of the model's own, none too often.
    """
    if plan.target is None or plan.target.record.kind != "computed":
        return True
    told = figures_in_order(" ".join((plan.label, *(point.value for point in plan.points))))
    if planned:
        left = iter(told)
        return all(figure in left for figure in figures_in_order(text))
    workings = (figures_in_order(clause) for clause in _CLAUSE.split(text) if "=" in clause)
    return all(Counter(working) <= Counter(told) for working in workings)


def _plain(text: str) -> str:
    return "".join(text.split())


def whole_sentences(text: str) -> str:
    """`text` up to the end of its last sentence, the citation behind it included; "" where none has ended."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    marks = _TRAILING_MARKS.match(text, ends[-1]) if ends else None
    return text[: marks.end()] if marks else ""


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
        if ENGLISH_NUMBER.search(fold(reach)):
            return 0
        return reach.rfind(" ") + 1
