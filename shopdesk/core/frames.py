"""What a small model writes around the texts that are planned for it: one plain sentence, of words that it was taught.

The planned texts are copied and checked one by one; what stands between them is all that such a model makes up itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from shopdesk.core.figures import CITATION
from shopdesk.core.plan import Plan
from shopdesk.core.text import fold, is_han
from shopdesk.core.types import ModelManifest
from shopdesk.core.wording import exact_answer

_MOST_WORDS, _MOST_CHARACTERS, _MOST_FOREIGN_WORDS = 24, 40, 2
_WORD = re.compile(r"[a-z]{2,}")
_TWICE = re.compile(r"\b([a-z]{2,}) \1\b|([\u4e00-\u9fff]{3,}).*\2")
_EDGE = re.compile(r"[A-Za-z0-9]")


def planned_texts(plan: Plan) -> list[str]:
    """What a model that follows a plan copies from it, the longest first."""
    return sorted((*plan.must, *(point.name for point in plan.points)), key=len, reverse=True)


def frame_of(text: str, plan: Plan) -> str:
    """`text` without citations and planned texts: the words of the model's own."""
    frame = CITATION.sub(" ", text)
    for part in planned_texts(plan):
        frame = frame.replace(part, " ", 1)
    return frame


def is_plain(text: str, plan: Plan, manifest: ModelManifest) -> bool:
    """Whether what stands around the planned texts is one short sentence in the language of the question, unbroken."""
    frame = frame_of(text, plan)
    han, latin = _lengths(frame)
    if plan.language == "en" and (han or latin > _MOST_WORDS):
        return False
    if plan.language == "zh" and (
        latin > (_MOST_FOREIGN_WORDS if plan.target is None else 0) or han > _MOST_CHARACTERS
    ):
        return False
    return is_unbroken(text, plan, manifest)


def is_unbroken(text: str, plan: Plan, manifest: ModelManifest) -> bool:
    """Whether the planned texts stand whole in it, among words that the model was taught, none of them said twice."""
    if plan.target is None:
        return True
    frame, said = fold(frame_of(text, plan)), fold(exact_answer(plan))
    if any(twice.group() not in said for twice in _TWICE.finditer(" ".join(frame.split()))):
        return False
    known = set(_pieces(fold(" ".join(manifest.words)))) | set(_pieces(said)) if manifest.words else None
    if known is not None and not known.issuperset(_pieces(frame)):
        return False
    return all(_stands_whole(part, text) for part in plan.must)


def rambles(text: str, plan: Plan, manifest: ModelManifest) -> bool:
    """Whether an unfinished answer already holds more words of its own than any that passes."""
    if not manifest.needs_plan:
        return False
    begun = max(map(len, plan.must), default=0)  # of one of the planned texts, perhaps
    han, latin = _lengths(frame_of(text, plan))
    return latin > _MOST_WORDS + begun or han > _MOST_CHARACTERS + begun


def _lengths(frame: str) -> tuple[int, int]:
    return sum(map(is_han, frame)), len(re.findall(r"[A-Za-z]{2,}", frame))


def _pieces(folded: str) -> Iterator[str]:
    """English words and Chinese characters."""
    yield from _WORD.findall(folded)
    yield from filter(is_han, folded)


def _stands_whole(part: str, text: str) -> bool:
    """Whether a planned text stands somewhere without letters or figures grown onto it: HH-704, not HHH-704."""
    start = text.find(part)
    if not part or start < 0:  # laid out otherwise: the check of what is missing looks at it
        return True
    while start >= 0:
        before, after = text[start - 1 : start] if start else "", text[start + len(part) : start + len(part) + 1]
        if not (_grown(before, part[0]) or _grown(part[-1], after)):
            return True
        start = text.find(part, start + 1)
    return False


def _grown(left: str, right: str) -> bool:
    return bool(_EDGE.fullmatch(left) and _EDGE.fullmatch(right))
