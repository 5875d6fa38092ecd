"""The answers to learn: right by the app's own check, worded as the model can bear."""

from __future__ import annotations

import random
import re

from shopdesk.core import grounding
from shopdesk.core.plan import Plan
from shopdesk.core.types import ModelManifest
from shopdesk.core.wording import citation, exact_answer, lead_in
from tools.counter import phrases
from tools.counter.dialogue import answer_in, weld
from tools.dataset.phrasings import Phrasing, words
from tools.dataset.rows import Class

_ROWS: tuple[Class, ...] = ("order", "policy", "promotion", "product")
_SENTENCE_END = re.compile(r"(?<=[^\s。！？!?])([。！？!?]+|\.(?=\s))(?=.)", re.DOTALL)


def reference(plan: Plan, phrasing: Phrasing, manifest: ModelManifest, rng: random.Random) -> str | None:
    """An answer by `plan` that the app would let through, or None where not even its own sentence would pass."""
    # the quoted sentences are put behind the model's words by code
    own = lead_in(plan) if plan.intent == "policy" else exact_answer(plan)
    candidates = [_worded(plan, phrasing, manifest, rng), own]
    return next((text for text in candidates if text and passes(text, plan, manifest)), None)


def passes(text: str, plan: Plan, manifest: ModelManifest) -> bool:
    """The app's own check, sentence by sentence as the words come and then as a whole."""
    stream = grounding.SentenceStream()
    cuts = [*stream.feed(text), *stream.rest()]
    wholes = (whole for sort, _, whole in cuts if sort == "sentence")
    return all(grounding.check_sentence(whole, plan, manifest).passed for whole in wholes) and (
        grounding.check_answer(text, plan, manifest).passed
    )


def kind_of(plan: Plan) -> str:
    """What a plan answers, in one word: the field that it says, or what it works out."""
    if plan.intent == "computed":
        assert plan.target is not None
        key = plan.target.record.key
        if key == "extreme":
            return "dearest" if plan.target.record.title in ("最贵", "Most expensive") else "cheapest"
        return key
    if plan.intent == "policy":
        return "promotion" if plan.target is not None and plan.target.record.kind == "promotion" else "policy"
    if plan.intent != "value":
        return plan.intent
    if plan.target is not None and plan.target.record.kind in ("order", "promotion"):
        return plan.target.record.kind
    if len(plan.points) > 1:
        return "several"
    field = plan.points[0].field
    return "attribute" if field.startswith("attributes.") else field


def class_of(plan: Plan, asked: str = "") -> Class:
    """Which class a single question belongs to; `asked` is its kind, which counts where nothing was found."""
    if plan.intent == "small_talk":
        return "general"
    if plan.target is None:
        return "order" if asked.startswith("order") or plan.asked == ("order_number",) else "product"
    rested_on = {fact.record.kind for fact in plan.facts if fact.id in plan.sources}
    return next((kind for kind in _ROWS if kind in rested_on), "product")


def _worded(plan: Plan, phrasing: Phrasing, manifest: ModelManifest, rng: random.Random) -> str:
    if plan.intent == "small_talk":
        return phrasing.answer
    if manifest.needs_plan:
        return _as_counter_says(plan, phrasing, rng)
    pool = words(plan.language)["answers"]
    if plan.target is None:
        return str(rng.choice(pool["order_number" if plan.asked == ("order_number",) else "not_found"]))
    return weld(rng.choice(pool[_way(plan, phrasing)]), _slots(plan))


def _way(plan: Plan, phrasing: Phrasing) -> str:
    """Which ways of answering suit the plan and the manner of the question."""
    kind = kind_of(plan)
    if plan.intent == "computed":
        return "recommend" if kind == "list" and phrasing.kind == "recommend" else kind
    if len(plan.points) > 1:
        return "several"
    if plan.intent in ("policy", "not_recorded"):
        return "missing" if plan.intent == "not_recorded" else kind
    point = plan.points[0]
    if point.field in ("description", "body"):
        return "text"
    if point.field == "stock":
        if not any(character.isdigit() for character in point.value):
            return "text"
        return "out of stock" if "无货" in point.value or "out of stock" in point.value else "in stock"
    if phrasing.terse:
        return "terse"
    return point.field if point.field in words(plan.language)["answers"] else "field"


def _slots(plan: Plan) -> dict[str, str]:
    assert plan.target is not None
    mark = citation(plan.target.id)
    values = [_cited_throughout(point.value, mark) for point in plan.points]
    comma = "，" if plan.language == "zh" else ", "
    said = comma.join(f"{point.name} {value}" for point, value in zip(plan.points, values, strict=True))
    value = values[0].rstrip("。.") if values else ""
    return {"L": plan.label, "V": value, "F": plan.points[0].name if values else "", "S": said.rstrip("。."), "C": mark}


def _cited_throughout(value: str, mark: str) -> str:
    """A value of several sentences with the citation in each, since each is checked by itself."""
    return _SENTENCE_END.sub(lambda match: f" {mark}{match.group()}", value)


def _as_counter_says(plan: Plan, phrasing: Phrasing, rng: random.Random) -> str:
    """In the few words of the embedded model, whose other words could only be names and values."""
    if plan.target is None:
        return rng.choice([group.answers[0] for group in phrases.NOT_FOUND[plan.language]])
    kind = kind_of(plan)
    if plan.intent == "policy":
        groups = phrases.POLICY[plan.language]
        return answer_in(groups[2] if kind == "promotion" else rng.choice(groups[:2]), plan, rng)
    if plan.intent == "computed":
        of_kind = {"cheapest": "extreme_low", "dearest": "extreme_high"}
        return answer_in(phrases.COMPUTED[plan.language][of_kind.get(kind, kind)], plan, rng)
    known = phrases.VALUE[plan.language]
    if len(plan.points) > 1:
        return answer_in(known["several"][0], plan, rng)
    return answer_in(rng.choice(known[kind if kind in known else "attribute"]), plan, rng)
