"""Marks one answer of a bare model against the plan behind its question, with the app's own check and beyond it.

*Fact-exact* is what the app would show as it came: sentence by sentence and as a whole it passes
`shopdesk.core.grounding`, and where the plan says nothing, it is an answer of the right sort.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shopdesk.core import grounding
from shopdesk.core.plan import Plan
from shopdesk.core.prompting import narrowed
from shopdesk.core.types import Fact, ModelManifest
from shopdesk.core.wording import label_of, value_text
from tools.dataset.rows import ExamRow
from tools.examination.answering import Said

_REFUSES = re.compile(
    r"没有找到|未找到|没找到|找不到|查不到|没有这|不卖|\bnot found\b|\bnot find\b|\bdo(?:es)? not have\b|\bno record\b",
    re.IGNORECASE,
)
_SORTS: dict[str, re.Pattern[str]] = {
    "greeting": re.compile(r"好|欢迎|嗨|hello|\bhi\b|welcome|morning", re.I),
    "thanks": re.compile(r"不客气|不用谢|不谢|应该的|welcome|pleasure|no problem", re.I),
    "bye": re.compile(r"再见|拜|慢走|顺利|明天见|bye|good day|see you|good night", re.I),
    "who": re.compile(r"ShopDesk|助手|assistant", re.I),
    "ok": re.compile(r"好|随时|嗯|all right|okay|\bok\b|any time|fine", re.I),
}
_RARE = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Mark:
    """How one answer did.

    `fault`: why it is not fact-exact, in words ("" where it is). `names`: whether label (and the names in a sum) stand
    in it character by character, None where nothing is named. `wrong_record`: it cites, names or quotes a value of
    another row. `shown`: the app's guard would let it pass.
    """

    row: ExamRow
    said: Said
    fault: str
    names: bool | None
    wrong_record: bool
    shown: bool

    @property
    def exact(self) -> bool:
        return not self.fault


def marked(row: ExamRow, said: Said, manifest: ModelManifest) -> Mark:
    """The mark of `said` as the answer to `row`."""
    plan, text = row.plan, said.text.strip()
    other = _other_record(text, plan, manifest)
    verdict = shown_as_it_came(said.pieces, plan, manifest)
    fault = _fault(row, said, _objection(verdict, text, plan, manifest))
    return Mark(
        row=row,
        said=said,
        fault=("another record" if other and fault else fault) or ("another record" if other else ""),
        names=_names_copied(text, plan),
        wrong_record=other,
        shown=verdict.passed,
    )


def shown_as_it_came(pieces: Iterable[str], plan: Plan, manifest: ModelManifest) -> grounding.Verdict:
    """What the app's guard says of an answer that comes in `pieces`: the first objection, or passed."""
    stream, text = grounding.SentenceStream(), ""
    for sort, part, whole in (*(cut for piece in pieces for cut in stream.feed(piece)), *stream.rest()):
        if sort == "sentence":
            verdict = grounding.check_sentence(whole, plan, manifest)
            if not verdict.passed:
                return verdict
        text += part if text else part.lstrip()
    return grounding.check_answer(text, plan, manifest)


def _objection(verdict: grounding.Verdict, text: str, plan: Plan, manifest: ModelManifest) -> grounding.Verdict:
    """What an answer lacks of its plan, rather than the unknown word that stands in the place of it."""
    whole = grounding.check_answer(text, plan, manifest)
    return whole if verdict.reason == "wording" and whole.reason.startswith("missing ") else verdict


def rare_characters(plan: Plan) -> str:
    """ "" where all hanzi of the label are everyday ones (GB 2312, level 1), else "level 2" or "beyond GB 2312"."""
    found = ""
    for character in _RARE.findall(" ".join((plan.label, *plan.must))):
        try:
            row = character.encode("gb2312")[0] - 0xA0
        except UnicodeEncodeError:
            return "beyond GB 2312"
        if row >= 56:
            found = "level 2"
    return found


def _fault(row: ExamRow, said: Said, verdict: grounding.Verdict) -> str:
    plan, text = row.plan, said.text.strip()
    if not text:
        return "said nothing"
    if verdict.passed:
        return "" if plan.target is not None else _another_sort(row, text)
    if not said.finished:
        return "no end found"
    if verdict.reason.startswith("figure"):
        return "figure of its own"
    if verdict.reason == "citation":
        return "cites what was not planned"
    if verdict.reason == "not cited":
        return "refuses what is known" if _REFUSES.search(text) else "no citation"
    if verdict.reason.startswith("missing "):
        return _missing(verdict.reason.removeprefix("missing "), text, plan)
    return "refuses what is known" if plan.target is not None and _REFUSES.search(text) else "wording"


def _another_sort(row: ExamRow, text: str) -> str:
    if row.plan.intent == "not_found":
        return "" if _REFUSES.search(text) else "does not say that nothing was found"
    if _REFUSES.search(text):
        return "refuses a greeting"
    sort = _SORTS.get(row.kind.partition("/")[2])
    return "" if sort is None or sort.search(text) else "another sort of small talk"


def _missing(part: str, text: str, plan: Plan) -> str:
    named = part == plan.label or (plan.intent == "computed" and part != plan.points[0].value)
    what = ("name" if plan.intent != "computed" else "part of the sum") if named else "value"
    return f"{what} {'garbled' if _resembles(part, text) else 'left out'}"


def _resembles(part: str, text: str) -> bool:
    """Whether a good half of `part` stands in `text` in pieces."""
    blocks = difflib.SequenceMatcher(None, part, text, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size > 1 or len(part) < 4) >= len(part) / 2


def _names_copied(text: str, plan: Plan) -> bool | None:
    if plan.target is None:
        return None
    if plan.intent != "computed":
        return plan.label in text
    return all(part in text for part in plan.must)


def _other_record(text: str, plan: Plan, manifest: ModelManifest) -> bool:
    """Whether the answer cites, names or takes a value from a row that the plan does not rest on."""
    known = {fact.id for fact in plan.facts}
    if any(number in known and number not in plan.sources for number in grounding.citations(text)):
        return True
    if plan.target is None:
        return False
    rest = _without(text, (*plan.must, *(point.value for point in plan.points), plan.question))
    return any(
        fact.id not in plan.sources and _speaks_of(rest, text, fact, plan)
        for fact in narrowed(plan, manifest.facts_per_prompt)
    )


def _speaks_of(rest: str, text: str, fact: Fact, plan: Plan) -> bool:
    title = label_of(fact.record, plan.language)
    if title not in plan.label and title in rest:
        return True
    for point in plan.points:
        value = value_text(fact.record, point.field, plan.language)
        # a short or equal value may stand there by chance
        if value and len(value) > 3 and value != point.value and point.value not in text and value in rest:
            return True
    return False


def _without(text: str, parts: Sequence[str]) -> str:
    for part in sorted(parts, key=len, reverse=True):
        if part:
            text = text.replace(part, " ")
    return text
