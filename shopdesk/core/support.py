"""How far the rows that an answer rests on speak of what was asked: little support means an unsure answer."""

from __future__ import annotations

from shopdesk.core import lexicon
from shopdesk.core.plan import Plan
from shopdesk.core.sense import Part, parts_of, words_of
from shopdesk.core.text import fold
from shopdesk.core.types import Kind, Record, Vocabulary
from shopdesk.core.understanding import understand
from shopdesk.core.wording import field_name


def subject_and_support(plan: Plan, vocabulary: Vocabulary) -> tuple[str, float]:
    """The words of the question that name something, and the share of them that the rows behind the answer have."""
    content = understand(plan.question, vocabulary).content
    asked = parts_of(content)
    records = [fact.record for fact in plan.facts if fact.id in plan.sources]
    if not asked or not records:
        return content, 1.0
    stated = frozenset[Part]().union(*(_stated(record) for record in records))
    names = words_of(" ".join(field_name(field, language) for field in plan.asked for language in ("zh", "en")))
    return content, len(asked & (stated | names)) / len(asked)


def wanted_kind(question: str) -> Kind:
    """The kind of row that a question looks for."""
    folded = fold(question)
    if lexicon.ORDER.search(folded):
        return "order"
    if lexicon.PROMOTION.search(folded):
        return "promotion"
    return "policy" if lexicon.POLICY.search(folded) else "product"


def _stated(record: Record) -> frozenset[Part]:
    values = [str(value) for value in record.fields.values() if value is not None]
    texts = [record.key, record.title, *values, *record.attributes, *record.attributes.values()]
    whole = "\n".join(texts)
    return parts_of(whole) | words_of(whole)
