"""Marks one answer, as `shopdesk ask --json` prints it, against the gold of its question.

The rules are written for the exam alone and share no code with the program: a check that used
the program's own eyes would be blind where the program is.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tools.examination.questions import Item, Question

_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_BARE_NUMBER = re.compile(r"\s*(?:[¥$€£])?\s*-?\d+(?:\.\d+)?\s*")
_CITATION = re.compile(r"\[[A-Z]?\d+\]|［\d+］|【\d+】")
_LIST_NUMBER = re.compile(r"(?m)^\s*\d{1,2}[.)、]\s")
_REFUSAL = re.compile(
    r"没有(?:查到|找到|查询到|检索到|搜到|记录|登记|收录|录入|提供|注明|标注|写明|说明|填写|这[个款种样]|该|此|相关|符合|对应|卖|“|「)"
    r"|未(?:能)?(?:查到|找到|查询到|记录|登记|收录|录入|注明|标注|提供|填写)|无(?:此|该|相关|符合|记录)|(?:查|找|搜)不到|不(?:卖|售|销售|经营)"
    r"|没(?:查到|找到|记录|登记|卖)|不清楚|无法(?:确定|得知|回答|查到)"
    r"|\bnot (?:been )?(?:found|recorded|listed|stated|registered|on record|on file)\b"
    r"|\bnot in (?:the|our) (?:records|catalogue|catalog|shop|store|list)\b"
    r"|\b(?:do|does|did)(?: not|n['’]t) (?:have|carry|sell|stock|record|know|list|say|state|contain|find|mention)\b"
    r"|\b(?:could|can)(?: ?not|n['’]t) (?:find|tell|say)\b"
    r"|\bno (?:record|records|information|data|such|matching|product|products|item|items|entry|match)\b"
    r"|\bfound (?:nothing|no)\b|\bnothing (?:found|matches|matching|about|on)\b|\bunknown\b|\bunable to\b",
    re.IGNORECASE,
)
_CHEAPER = re.compile(r"便宜|更低|较低|最低|划算|\bcheap(?:er|est)\b|\bless expensive\b|\bcosts less\b", re.IGNORECASE)
_DEARER = re.compile(r"贵|更高|较高|\bmore expensive\b|\bcosts more\b|\bdearer\b|\bpricier\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mark:
    """How one answer did.

    `exact`: everything the gold demands. `key_cited`: None where the gold names no record.
    `refused`: the answer says that it does not know. `ungrounded`: numbers shown that stand neither
    in a cited fact nor in the question (or the turns before it). `faults`: one line per missed demand.
    """

    exact: bool
    key_cited: bool | None
    refused: bool
    ungrounded: tuple[str, ...]
    faults: tuple[str, ...]


def mark(question: Question, answer: Mapping[str, Any]) -> Mark:
    """Marks `answer` (one object of `ask --json`)."""
    expect, text, facts = question.expect, str(answer["answer"]), list(answer["facts"])
    refused = answer["route"] == "refusal" or _REFUSAL.search(text) is not None
    faults = []
    if expect.refuse and not refused:
        faults.append("should have said that it does not know")
    if expect.refuse is False and answer["route"] == "refusal":
        faults.append("refused though the shop knows")
    faults += [f"missing: {_shown(item)}" for item in expect.all if not _any_of(item, text)]
    if expect.any and not any(_all_of(item, text) for item in expect.any):
        faults.append("missing any of: " + " | ".join(_shown(item) for item in expect.any))
    faults += [f"must not say: {item}" for item in expect.none if contains(text, item)]
    if expect.cheaper and calls_dearer(text, expect.cheaper, expect.keys, facts):
        faults.append(f"wrong verdict: {expect.cheaper} is the cheaper one")
    return Mark(
        exact=not faults,
        key_cited=_keys_cited(expect.keys, facts, answer["citations"]) if expect.keys else None,
        refused=refused,
        ungrounded=ungrounded_numbers(question, text, facts, answer["citations"]),
        faults=tuple(faults),
    )


def numbers_in(text: str) -> list[Decimal]:
    """The values of all numbers in a text, in order; "¥1,299.00" counts as 1299."""
    return [Decimal(match.replace(",", "")) for match in _NUMBER.findall(unicodedata.normalize("NFKC", text))]


def contains(text: str, wanted: str) -> bool:
    """Whether `wanted` stands in the text: a number by value, Latin words as whole words, other text anywhere."""
    text = _without_citations(text)
    if _BARE_NUMBER.fullmatch(unicodedata.normalize("NFKC", wanted)):
        return numbers_in(wanted)[0] in numbers_in(text)
    words = _spaced(wanted).strip()
    if re.fullmatch(r"[a-z ]+", words):
        return re.search(rf"(?<![a-z]){words}(?![a-z])", _spaced(text)) is not None
    return _folded(wanted) in _folded(text)


def ungrounded_numbers(
    question: Question, text: str, facts: Sequence[Mapping[str, Any]], citations: Iterable[int]
) -> tuple[str, ...]:
    """Numbers of the answer that no cited fact and nobody's words contain."""
    cited = set(citations)
    sources = [question.text, *(f"{turn['question']} {turn['answer']}" for turn in question.history)]
    for fact in facts:
        if fact["id"] in cited:
            told = {name: value for name, value in fact.items() if name not in ("id", "as_of", "sample")}
            sources.append(json.dumps(told, ensure_ascii=False))
    known = {number for source in sources for number in numbers_in(source)}
    shown = numbers_in(_LIST_NUMBER.sub("", _without_citations(text)))
    return tuple(str(number) for number in shown if number not in known)


def calls_dearer(text: str, cheaper: str, keys: Sequence[Item], facts: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a sentence plainly says the wrong way round which of two products is the cheaper one.

    It judges only where it is sure: both titles differ, and one clause names a title and a verdict.
    """
    products = [fact for fact in facts if fact["kind"] == "product" and fact["key"] in keys]
    titles = {fact["key"]: _folded(fact["title"]) for fact in products}
    if len(titles) != 2 or cheaper not in titles or len(set(titles.values())) < 2:
        return False
    for clause in re.split(r"[。；;，,\n]|\.\s", _without_citations(text)):
        for pattern, names_cheaper in ((_CHEAPER, True), (_DEARER, False)):
            verdict = pattern.search(clause)
            if verdict is None:
                continue
            before, after = _folded(clause[: verdict.start()]), _folded(clause[verdict.end() :])
            stated_after = re.match(r"[a-z的一款个种]*?(?:是|为|:|is)", after)
            subject = _first_title(after if stated_after else before, titles)
            if subject is not None and (subject == cheaper) != names_cheaper:
                return True
    return False


def _first_title(text: str, titles: Mapping[str, str]) -> str | None:
    """The key whose title stands first in the text; the longer one where two begin at one place."""
    found = [(text.find(title), -len(title), key) for key, title in titles.items() if title in text]
    return min(found)[2] if found else None


def _keys_cited(keys: Sequence[Item], facts: Sequence[Mapping[str, Any]], citations: Iterable[int]) -> bool:
    """Whether each demanded record is cited, itself or as a source of a cited computed record."""
    by_id = {fact["id"]: fact for fact in facts}
    cited = {number for number in citations if number in by_id}
    for number in tuple(cited):
        sources = str(by_id[number]["fields"].get("sources") or "") if by_id[number]["kind"] == "computed" else ""
        cited |= {int(source) for source in re.findall(r"\d+", sources) if int(source) in by_id}
    present = {str(by_id[number]["key"]).casefold() for number in cited}
    return all(any(one.casefold() in present for one in ((key,) if isinstance(key, str) else key)) for key in keys)


def _any_of(item: Item, text: str) -> bool:
    return contains(text, item) if isinstance(item, str) else any(contains(text, one) for one in item)


def _all_of(item: Item, text: str) -> bool:
    return contains(text, item) if isinstance(item, str) else all(contains(text, one) for one in item)


def _shown(item: Item) -> str:
    return item if isinstance(item, str) else " / ".join(item[:4]) + (" / …" if len(item) > 4 else "")


def _without_citations(text: str) -> str:
    return _CITATION.sub(" ", unicodedata.normalize("NFKC", text))


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).casefold()


def _folded(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()
