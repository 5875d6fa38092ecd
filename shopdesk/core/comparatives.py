"""What of two goods is compared beside their prices, as a question says it: lighter, "shrinks more", 哪个更耐磨.

A comparative is read as its superlative: the one table of these knows which columns tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from shopdesk.core.late import late
from shopdesk.core.superlatives import superlative_in


@dataclass(frozen=True, slots=True)
class Comparative:
    """`span` is where a folded question says it, `called` how a verdict may call it, `fields` the columns that may tell
    (none where no column of the shop is about it), `highest` whether the higher value is more so."""

    span: tuple[int, int]
    called: str
    fields: tuple[str, ...]
    highest: bool


_COMPARES = re.compile(r"er\b|\bmore\b|\bless\b|[哪谁更比]")
_BETWEEN_TWO = late(r"\bwhich\b|\bwho\b|\bthan\b|\bvs\b|\bversus\b|\bor\b|[哪谁更比]")
_HOW = late(
    r"\b(?P<verb>(?!has|have|are|any|one|does|was|goes|costs?|pays?|saves?|cheap)[a-z]{3,}) "
    r"(?P<much>more|less|longer|better|faster|quicker|slower|harder|further|farther)\b"
    r"(?P<to> to [a-z]{3,}(?: up)?)?(?! (?:expensive|than [£$€¥\d]))"
    r"|\b(?:more|less) (?P<adjective>(?!expensive|than|money|pricey|affordable|costly)[a-z]{4,})\b"
    r"|\b(?P<er>[a-z]{2,}er)\b(?P<done> to [a-z]{3,}(?: up)?)?"
)
_EST = {"more": "most", "less": "least", "better": "best", "further": "furthest", "farther": "farthest"}
_LARGE = frozenset(
    ("widest", "thickest", "deepest", "tallest", "heaviest", "strongest", "largest", "longest", "highest", "biggest")
)
_SMALL = frozenset(("narrowest", "thinnest", "lightest", "smallest", "shortest", "lowest", "weakest"))
_OF_NOUN = ("the biggest ", "the smallest ")
"""How a phrase is read whose noun a column must be called by: wider *runners*."""
_OF_PRICE = frozenset(
    ("cheaper", "dearer", "pricier", "lower", "better", "newer", "older", "other", "rather", "either")
)
_SAID_OF = re.compile(r"(?:\b(?:is|are|be|one|ones|any|bit|much|even|which|the|and|has|have|an?|[a-z]+s)|'s) $")
_A_BIT = "(?:[一]?[点些]儿?)?"
_WHICH = re.compile(r"\bwhich (?:one )?$")
_OF_TRADE = frozenset(("sells", "sell", "works", "work", "looks", "saves", "earns"))
_IS = re.compile(r"(?:\b(?:is|are|one)|'s) $")
_HOW_ZH = late(
    r"(?:哪[一]?[个款种件把条台双支只张盏辆顶本套瓶]?|谁)(?:的)?(?:更|比较|要|相对|会|能)?"
    rf"(?P<which>[\u4e00-\u9fff]{{1,6}}?){_A_BIT}(?=[呢啊呀吗]|[^\w]|$)"
    rf"|更(?P<even>[\u4e00-\u9fff]{{1,4}}?){_A_BIT}(?:的是)?(?=[呢啊呀吗的]|[^\w]|$)"
    r"|比[^哪谁,，]{1,12}?(?:要|更)?(?P<than>[\u4e00-\u9fff]{1,2})(?=多少|几|[吗么]|[一]?[点些])"
)
_OF_PRICE_ZH = re.compile(
    r".*(?:便宜|贵|划算|合算|实惠|省|钱|价|值|卖|花|买|货|好(?:用|看|吃|喝)?$|适合|推荐|有|在|是|多$|少$|不同|一样|优惠|活动|折)"
)
_MEASURED_SO = re.compile(r"(?:[\u4e00-\u9fff]得)([多少])$")


def comparative_in(folded: str, attributes: Mapping[str, Sequence[str]], sizes: Sequence[str]) -> Comparative | None:
    """What two goods are compared by; None where that is their price or nothing is compared."""
    if not _COMPARES.search(folded) or not _BETWEEN_TWO.search(folded):
        return None
    unknown: Comparative | None = None
    for said in _said_in(folded):
        for phrase in said.phrases:
            found = superlative_in(phrase, attributes, sizes)
            of_noun = phrase.startswith(_OF_NOUN) and found is not None and found.span[1] < len(phrase)
            if found is not None and not of_noun and found.fields != ("stock",):
                easily = said.called.startswith("好")  # 好搭: in the shorter time
                noun = phrase.rpartition(" ")[2]
                of_it = phrase.startswith("the ") and folded.startswith(f" {noun}", said.span[1])
                span = (said.span[0], said.span[1] + 1 + len(noun)) if of_it else said.span  # "bigger *wheels*"
                return Comparative(span, said.called, found.fields, found.highest and not easily)
        if said.surely and unknown is None:
            unknown = Comparative(said.span, said.called, (), True)
    return unknown


@dataclass(frozen=True, slots=True)
class _Said:
    """Where a comparative stands, how it is called, the superlatives that it may be read as, and whether it is one
    whatever the shop's columns are."""

    span: tuple[int, int]
    called: str
    phrases: tuple[str, ...]
    surely: bool = False


def _said_in(folded: str) -> Iterator[_Said]:
    for match in _HOW.finditer(folded):
        if match["verb"]:
            est = _EST.get(match["much"], re.sub("er$", "est", match["much"]))
            verb, to = match["verb"], match["to"] or ""
            surely = _WHICH.search(folded, 0, match.start()) is not None and verb not in _OF_TRADE
            yield _Said(match.span(), match.group(), (f"{verb} {est}{to}", f"has the {est} {verb}", est), surely)
        elif match["adjective"]:
            est = "least" if match.group().startswith("less") else "most"
            phrases = (f"{est} {match['adjective']}", f"the {est} {match['adjective']}")
            yield _Said(match.span(), match.group(), phrases)
        elif match["er"] not in _OF_PRICE and _is_said_of_something(folded, match):
            yield _Said(match.span(), match.group(), tuple(_phrases_of(folded, match)), _is_a_verdict(folded, match))
    for match in _HOW_ZH.finditer(folded):
        group = match.lastgroup or "which"
        how, start = match[group], match.start(group)
        if _OF_PRICE_ZH.fullmatch(how) and not _MEASURED_SO.search(how):
            continue
        if group == "than" and len(how) > 1:
            yield _Said((start, match.end()), how, (f"最{how}",))
            start, how = start + 1, how[1:]
        apart = (f"{how[:-1]}最{how[-1]}",) if len(how) > 1 else ()
        yield _Said((start, match.end()), how, (*apart, f"最{how}"), surely=group != "than")


def _is_said_of_something(folded: str, match: re.Match[str]) -> bool:
    """Whether a word in -er is an adjective: "is lighter", "the bigger one", "heavier than"; no printer."""
    return _SAID_OF.search(folded, 0, match.start()) is not None or folded.startswith(" than", match.end())


def _is_a_verdict(folded: str, match: re.Match[str]) -> bool:
    """Whether goods are compared by it whatever the shop's columns are: "which is sturdier, …"."""
    after = folded[match.end() :].lstrip()
    ends = not after or after.startswith((",", ":", ";", "?", ".", "or ", "than ", "the "))
    return ends and _IS.search(folded, 0, match.start()) is not None


def _phrases_of(folded: str, match: re.Match[str]) -> Iterator[str]:
    """The superlatives that a word in -er may be read as, with what it is said of: "the biggest aperture", biggest."""
    est = f"{match['er'][:-2]}est"
    if match["done"]:
        verb = "takes the" if est in ("longest", "shortest") else match["done"].split()[1]
        yield f"{verb} {est}{match['done']}"
    noun = re.match(r" ([a-z]+)", folded[match.end() :])
    if noun is not None:
        if est in _LARGE or est in _SMALL:
            yield f"the {'biggest' if est in _LARGE else 'smallest'} {noun[1]}"
        yield f"the {est} {noun[1]}"
    yield est
