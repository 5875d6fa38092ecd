"""Plans in the shop's own words: policies and promotions, quoted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from shopdesk.core import arithmetic, lexicon, savings
from shopdesk.core.plan import Plan
from shopdesk.core.ports import Catalogue, SearchWish
from shopdesk.core.profiles import stem
from shopdesk.core.quoting import Quotation, Quoter, other_words
from shopdesk.core.record_plans import FACTS_SHOWN, computed_plan, numbered, value_plan
from shopdesk.core.scopes import is_running
from shopdesk.core.subjects import SEVERAL
from shopdesk.core.text import CLAUSE_END, fold, runs
from shopdesk.core.types import Fact, Record
from shopdesk.core.understanding import Understanding
from shopdesk.core.wording import label_of

_POLICIES_WEIGHED = 40
_RULE_COVERED = 0.2
"""The share of a question's sense that a policy must have when the question is of the sort that rules answer."""
_GOODS_COVERED = 0.6
"""The same for a question that speaks of goods: what they cost, whether there are any."""
_EXISTING_COVERED = 0.9
"""The same for one that asks whether there is something, or for a property of it: "do you have dog food"."""
_HALF_COVERED = 0.5
_OTHER_COVERED = 0.28
"""The same for any other question that no product answers."""
_MARGIN = 0.1
_NO_GOODS = 0.2
"""The share of a question that goods may have by chance."""
_ALONE_COVERED = 0.35
"""What a sentence must have of the question whose title does not speak of it."""


def quote(catalogue: Catalogue, read: Understanding, text: str, leave_out: str = "") -> Quotation | None:
    """The policy that answers `text` best, in the language of the question where the shop has it in that one.

    The words of `leave_out` (a product's name) say nothing about a rule.
    """
    if lexicon.NOT_OURS.search(read.folded):
        return None
    return Quoter(text, rules_on(catalogue, read, text), read.language, leave_out=leave_out).best()


def to_the_point(question: str) -> str:
    """The clauses of a question that speak of rules or ask, "" where all of them do or none does."""
    clauses = [clause for clause in CLAUSE_END.split(question) if clause.strip()]
    kept = [clause for clause in clauses if lexicon.POLICY.search(fold(clause)) or lexicon.ASKS.search(fold(clause))]
    return ", ".join(kept) if 0 < len(kept) < len(clauses) else ""


def rules_on(catalogue: Catalogue, read: Understanding, text: str) -> list[Record]:
    """The policies that share words with `text`, in the question's language where the shop has them in it."""
    if read.goods_only:
        return []
    words = [text, *other_words(text), *_in_other_forms(text)]
    hits = catalogue.search(SearchWish(" ".join(words), ("policy",), _POLICIES_WEIGHED))
    same = [hit.record for hit in hits if hit.record.fields.get("language") in (None, "", read.language)]
    return same or [hit.record for hit in hits]


def _in_other_forms(text: str) -> list[str]:
    """The English words of a text in singular and plural and as a doing: "class" finds a rule on classes."""
    stems = [stem(run) for run in runs(text) if run.isascii() and run.isalpha() and len(run) > 3]
    return [form for word in dict.fromkeys(stems) for form in (word, f"{word}s", f"{word}es", f"{word}ing")]


def is_enough(quotation: Quotation) -> bool:
    """Whether it answers a question that is known to be about rules."""
    return is_supported(quotation) and (quotation.coverage >= _RULE_COVERED or quotation.titled)


def surely_ruled(quotation: Quotation) -> bool:
    """Whether it answers even a question that may be about goods ("for a birthday, do you have …")."""
    return quotation.coverage >= _HALF_COVERED


def is_supported(quotation: Quotation) -> bool:
    """Whether it shares more with the question than a character or one thing that both happen to speak of.

    "能刷脸开门吗" speaks of opening, and so do the opening hours; they do not say whether one can.
    """
    if quotation.coverage >= _HALF_COVERED:
        return bool(quotation.concepts or quotation.words)
    if quotation.concepts > 1:
        return True
    if not quotation.concepts:
        return quotation.words > 1 or (quotation.words == 1 and quotation.fits)
    return quotation.fits


def shares_sense(quotation: Quotation) -> bool:
    """Whether a rule is about what a question is about that does not sound like one about rules: "will it rain at the
    weekend" has one thing in common with the opening hours, and no word."""
    if quotation.titled or quotation.concepts > 1 or quotation.words > 1:
        return True
    return bool(quotation.words) and quotation.fits


def of_goods(read: Understanding) -> bool:
    """Whether a question speaks of what the shop sells."""
    return bool(lexicon.ASKS_FOR_GOODS.search(read.folded) or lexicon.HAS_GOODS.search(read.folded))


def is_last_resort(read: Understanding, quotation: Quotation, product_recall: float) -> bool:
    """Whether a rule is worth quoting where nothing else is found: its title speaks of what is asked, and its sentence
    too, in the way that is asked; or this sentence alone where no goods have a word of it."""
    if read.kinds & SEVERAL or set(read.asked) - {"price", "location"} or of_goods(read):
        return False
    if read.attributes and not (quotation.titled and quotation.fits and quotation.words + quotation.concepts > 1):
        return False
    shares = quotation.concepts > 1 or bool(quotation.words)
    about = quotation.titled or (product_recall < _NO_GOODS and quotation.fits and quotation.coverage >= _ALONE_COVERED)
    return about and shares and (quotation.fits or read.asks("policy"))


_SOLD_HERE = re.compile(r"\b(?:do|does) (?:we|you|they|the shop) (?:sell|stock|carry)\b|卖不卖|有.{1,8}卖[吗么没]?\W*$")


def is_better(read: Understanding, quotation: Quotation, product_recall: float, found: bool) -> bool:
    """Whether it answers a question that is not known to be about rules better than the best product does.

    `found` says that a product is named ("气罐能寄吗"); `product_recall` how much of the question it has.
    """
    if read.asks("substitute"):
        return False
    if _SOLD_HERE.search(read.folded) and not (found or read.asks("policy") or quotation.titled):
        return False  # that a rule speaks of mattresses makes none of them goods
    if read.asked or read.attributes or of_goods(read):
        priced = read.asked == ("price",) and not lexicon.HAS_GOODS.search(read.folded)
        least = _GOODS_COVERED if priced else _EXISTING_COVERED
        if priced and not found and quotation.titled and quotation.fits and quotation.words + quotation.concepts > 1:
            least = _HALF_COVERED
        return quotation.coverage >= max(least, product_recall + _MARGIN)
    if not (is_supported(quotation) if read.asks("policy") else shares_sense(quotation)):
        return False
    return quotation.coverage >= (max(_GOODS_COVERED, product_recall - _MARGIN) if found else _OTHER_COVERED)


def quoted_plan(read: Understanding, quotation: Quotation) -> Plan:
    """Sentences of one policy or promotion, verbatim behind its name."""
    fact = Fact(1, quotation.record)
    label = label_of(quotation.record, read.language)
    return Plan(
        "policy", read.language, read.question, (fact,), fact, label,
        must=(label,), quotes=quotation.told, answering=quotation.sentences, asked=("body",),
    )  # fmt: skip


def promotion_plan(read: Understanding, promotions: Sequence[Record], today: date) -> Plan:
    """One promotion in its own words, or when it runs where that is asked or it does not run today; several, those that
    run first, as a list of their names, with their days where these are asked for."""
    promotions = sorted(promotions, key=lambda promotion: not is_running(promotion, today))
    facts = numbered(promotions[:FACTS_SHOWN])
    days = [field for field, asks in lexicon.WHEN_ON.items() if asks.search(read.folded)]
    if len(facts) == 1 and "starts" not in days and not is_running(promotions[0], today):
        return computed_plan(read, facts, savings.not_running(facts[0], today, read.language))
    if len(facts) == 1 and any(promotions[0].fields.get(field) for field in days):
        return value_plan(read, facts, facts[0], days)
    if len(facts) > 1:
        return computed_plan(read, facts, arithmetic.listing(facts, days, read.language))
    quotation = Quoter(read.question, promotions[:1], read.language).best()
    return quoted_plan(read, quotation) if quotation else value_plan(read, facts, facts[0], ["body"])
