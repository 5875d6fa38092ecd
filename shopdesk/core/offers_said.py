"""Which promotions a question speaks of ("with the Fumata offer", 红茶那个9折), and which of its words do so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from shopdesk.core import lexicon, numbers
from shopdesk.core.profiles import compact, stem
from shopdesk.core.scopes import scope_of
from shopdesk.core.text import fold, is_han, runs
from shopdesk.core.types import Record
from shopdesk.core.understanding import Understanding

_HEAD = re.compile(
    r"\b(?:offers?|deals?|discounts?|promo(?:tion)?s?|sales?|coupons?|vouchers?|specials?|reductions?|% off|off|things?"
    r"|spend (?:and|&) save|savings?|event|clearance|fortnight|week|weekend|days?|half[- ]price)\b"
)
"""What an English phrase about a promotion ends in, or begins with."""
_SHARE = re.compile(r"(?<![\d.$£€¥])(\d{1,2}(?:\.\d)?)\s*(?:%|percent\b|per cent\b|(?=off\b))")
_TENTHS = re.compile(r"(?<!\d)(\d(?:\.\d)?|[1-9]\d)\s*折|([一二三四五六七八九])([一二三四五六七八九])?折")
_MONEY = r"(?:dollars?|bucks|pounds?|quid|euros?|yuan)"
_SUM = re.compile(
    rf"满\s*(\d+)|[减省]\s*(\d+)|\b(\d+(?:\.\d+)?)(?=(?: {_MONEY})? off\b)|(?<=\boff )[$£€¥]?\s?(\d+(?:\.\d+)?)"
    r"|\b(?:less|minus) (?:the )?[$£€¥]?\s?(\d+(?:\.\d+)?)(?! ?%|[\d.])"
    r"|\b(?:the|that) [$£€¥]\s?(\d+(?:\.\d+)?)(?! ?(?:one|note|voucher|card)s?\b|[\d.])"
    r"|[$£€¥]\s?(\d+(?:\.\d+)?)(?='s (?:off|gone)| (?:is |has )?(?:com(?:es?|ing)|taken|knocked|gone) off)"
)
_TAKING = re.compile(
    r"\b(?:on|in|under|with|after|less|minus|once|using|by|at|when|if|take|taking|minus) (?:the |that |this "
    r"|our |your |an? |any )?\W?$"
)
_SO_MANY = re.compile(r"(?:(?<=\bthe )|(?<=\bthat )|(?<=\bany ))(?:\d|two|three|four|five|six)(?: for(?: the)?)? $")
_COUNTED = re.compile(r"(?:(?:on|in|under|with) )?(?:the |that |any )?(?:\d|two|three|four|five|six)\b")
_COUNTED_HAN = re.compile(r"(?:任[选意])?[一二两三四五六七八\d][件个样盒瓶包袋条]")
_PIECES_HAN = re.compile(rf"{_COUNTED_HAN.pattern}$")
"""How many pieces a promotion takes, said before what it takes off."""
_TAKES = re.compile(
    r"(?:(?:\d|two|three|four|five|six) for|on|in|under|with|after|less|minus|once|using|by|at|when|if|take|taking)\b"
)
_TAKEN = re.compile(
    r"(?:'s| is| are| has)?(?: been)? (?:off|com(?:es?|ing) off|taken off|knocked off|appl\w+)\b|[之以]?后|完|下来|算"
)
_MAY_TAKE = re.compile(
    r"%|percent\b|per cent\b|折|[减省]\s?\d|满减|\b(?:after|less|minus|with|once|when|if)\b.{0,16}[$£€¥]\s?\d|\boff\b"
)
"""What may speak of a promotion without a word for one: "after the £8"."""
_DOING = "(?:参加|参与|享受?|算上|加上|用上?|套用?|赶上|碰上|遇上|按照?|走|打)"
_VERB = re.compile(rf"{_DOING}(?:了|完)?(?:那个?|这个?)?$")
_JOINING = "和与跟及加"
_BY_VERB = re.compile(_DOING)
_FIGURE = re.compile(r"\d")
_WORD, _PAUSE = re.compile(r"[^\s,.;?!]+"), re.compile(r"[,.;?!](?!\d)")
_BETWEEN = frozenset({"%", "off", "big", "percent", "and"})
_LONGEST = 6
"""Words of a phrase about a promotion before the word for it."""
_TITLED = 10.0
"""What a promotion weighs whose whole title is said: more than anything else that is said of it."""
_TAIL = re.compile(rf"\s*(?:{_MONEY}|元|块)?\s*(?:(?:'s |is |comes? |coming |taken |knocked )*off\b|discount\b)?")
_SPENDING = re.compile(
    r"满减|\bspend (?:and|&) save\b|\b(?:the|that|with) (?:the )?(?:[a-z]+ )?money off\b|\bspend\b.{0,12}\bsave\b"
)
"""What is said of promotions that take an amount off from a sum on."""
_HALF = re.compile(r"半价|(?<![一两三四五六七八九十\d])[对五]折|\bhalf[- ](?:price|off)\b")
"""What is said of promotions that take half off, of all or of the second piece."""
_SORTS = (
    re.compile(r"买[一二三两四五\d]\s*[送赠]\s*[一二三两四五\d]?|\bbuy \w+,? get \w+(?: free)?\b|\bbogof?\b"),
    re.compile(
        rf"第二(?:{numbers.MEASURES}|斤)\s*(?:半价|[\d五六七八九.]+折)|\bsecond (?:one |item )?(?:at )?half[- ]price\b"
    ),
)
"""What is said of promotions by how many are paid for."""
_SMALL = "two|three|four|five|six|one"
_PAID_FOR = re.compile(
    rf"\b(\d|{_SMALL}) for (?:the price of )?(\d|{_SMALL})\b(?! ?%| (?:days?|weeks?|people|months?|years?)\b)"
    rf"|\bbuy (\d|{_SMALL})(?: [a-z]+){{0,3}}?,? get (\d|{_SMALL})(?: free)?\b"
    r"|买\s*([一二两三四五\d])\s*[件个盒瓶袋双条支]?\s*[送赠]\s*([一二两三四五\d])?"
)
_NO_NAME_WORDS = """
    off any all buy get take more less than from for with the and or of on free half price offer deal discount promo
    promotion sale special week weekend day fortnight month event new now this that plus when you your is it item items
    product products whole shop store every each order purchase two three four five six
"""
_NO_NAME = frozenset(map(stem, _NO_NAME_WORDS.split()))
"""Words of titles that tell no promotion from another."""
_NO_NAME_HAN = re.compile(
    r"满?\d+(?:\.\d+)?元?[立直]?[减送返]\d*|第二[件个].{0,3}|[\d一二三四五六七八九.]+折|买.送.|任选.[件个片支盒条双]?|[\d元件个减满折促销优惠活动特价周全场商品类]"
)
_BEFORE_FIGURES = re.compile(r"(?!(?:two|three|four|five|six)\b)([a-z]{4,}(?: [a-z&'-]+){1,3}) (?=[\d$£€¥]|half\b)")
"""What a promotion is called before what it takes off: "digger weekend 20% off"."""
_ANY_GOODS = frozenset({"全场", "全店", "商品", "所有", "全部", "全品类", "所有商品"})
_JOIN = r"(?:\s|的|那个?|这个?|类|商品|产品|用品|现在|全部|都|参加|个|还?有没有|还?有|还|是不是|是|打)*"
_HEAD_HAN = (
    r"(?:活动|优惠|折扣|打[\d一二三四五六七八九.]*折|[\d一二三四五六七八九.]+折|促销|满减|立减|直降|特价|减价|半价|券"
    r"|减(?=\d|[到做多几完]))"
)


@dataclass(frozen=True, slots=True)
class SaidOffers:
    """`promotions` are those meant, best first; `spans` the stretches of the folded question that speak of them."""

    promotions: tuple[Record, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    titled: bool = False
    """Whether a whole title is said."""

    def taken(self, read: Understanding) -> bool:
        """Whether the question says that what it speaks of is to be taken off: "*on* the safety deal", 按配件活动价,
        "once the £25's *off*"."""
        return any(
            _TAKES.match(read.folded, start) or _TAKEN.match(read.folded, end) or _BY_VERB.match(read.folded, start)
            for start, end in self.spans
        )

    def joined(self, read: Understanding) -> bool:
        """Whether words that name goods run into those that speak of promotions: 儿童口罩活动价."""
        return any(
            start
            and is_han(read.folded[start])
            and is_han(read.folded[start - 1])
            and (not read.filler[start - 1] or read.folded[start - 1] in _JOINING)
            and not (_BY_VERB.match(read.folded, start) or _COUNTED_HAN.match(read.folded, start))
            for start, _ in self.spans
        )

    def left_out_of(self, read: Understanding) -> Understanding:
        """The question without the words that speak of promotions, which name no goods and count nothing."""
        filler, letters = list(read.filler), list(read.folded)
        for start, end in self.spans:
            filler[start:end] = [True] * (end - start)
            joins = lexicon.JOINS.finditer(read.folded, start, end)  # "the feet and parts offer" is no two goods,
            taken = [match.span() for match in joins]
            counted = _COUNTED.match(read.folded, start) or _COUNTED_HAN.match(read.folded, start)
            taken += [counted.span()] if counted else []  # nor are those of "the two homes offer"
            for first, last in taken:
                letters[first:last] = " " * (last - first)
        kept = [
            (number, span) for number, span in zip(read.quantities, read.quantity_spans, strict=True)
            if not any(start < span[1] and span[0] < end for start, end in self.spans)
        ]  # fmt: skip
        return replace(
            read, folded="".join(letters), filler=tuple(filler), quantities=tuple(number for number, _ in kept),
            quantity_spans=tuple(span for _, span in kept),
        )  # fmt: skip


def may_be_taken_off(folded: str) -> bool:
    """Whether a folded question may mean a promotion by what it takes off alone: "after the £8", 满减完."""
    return _MAY_TAKE.search(folded) is not None


def offers_said(read: Understanding, promotions: Sequence[Record], *, titled: bool = False) -> SaidOffers:
    """Those of the promotions that the question speaks of by their titles or, unless only `titled` ones are looked for,
    by what they are for beside a word for promotions, by what they take off, or by their sort."""
    found = [(_weight(read.folded, promotion, titled), promotion) for promotion in promotions]
    best = max((weight for (weight, _), _ in found), default=0.0)
    if not best:
        return SaidOffers()
    meant = [(spans, promotion) for (weight, spans), promotion in found if weight == best]
    spans = {_with_verb(read.folded, span) for places, _ in meant for span in places}
    return SaidOffers(tuple(promotion for _, promotion in meant), tuple(sorted(spans)), best >= _TITLED)


_Said = tuple[float, list[tuple[int, int]]]


def _weight(folded: str, promotion: Record, titled: bool) -> _Said:
    """How surely a question speaks of a promotion (0.0: not at all), and where."""
    title = _title_said(folded, promotion)
    if title is not None:
        return _TITLED + (title[1] - title[0]) / 1000, [title]
    if titled:
        return 0.0, []
    spans: list[tuple[int, int]] = []
    named = list(_named_in_phrases(folded, promotion))
    spans += named
    figures = list(_figures_said(folded, promotion))
    spans += figures
    of_sort = _sort_said(folded, promotion)
    spans += [of_sort] if of_sort else []
    weight = 2.0 * bool(named) + 1.0 * len({folded[start:end] for start, end in figures}) + 1.0 * bool(of_sort)
    return weight, spans


def _sort_said(folded: str, promotion: Record) -> tuple[int, int] | None:
    """Where a question says of what sort a promotion is: half price, three for two, so much off from a sum on."""
    if promotion.fields.get("threshold") and _takes_sum(promotion) and (spending := _SPENDING.search(folded)):
        return spending.span()
    words = fold(f"{promotion.title} {promotion.fields.get('body') or ''}")
    for sort in _SORTS:
        if (said := sort.search(folded)) and sort.search(words):
            return said.span()
    if (half := _HALF.search(folded)) and (promotion.fields.get("discount") == "50%" or _HALF.search(words)):
        return half.span()
    paid = [(pieces, span) for span, *pieces in pieces_paid_for(folded)]
    offered = [pieces for _, *pieces in pieces_paid_for(words)] if paid else []
    return next((span for pieces, span in paid if pieces in offered), None)


def _with_verb(folded: str, span: tuple[int, int]) -> tuple[int, int]:
    """A stretch with what one does with a promotion before it, 参加, 算上, and how many pieces it takes: "on the three
    for 15%", "the *two* homes offer", 口红、眉笔*两件*9折."""
    many = _SO_MANY.search(folded[: span[0]]) or (
        _PIECES_HAN.search(folded[: span[0]]) if lexicon.JOINS.search(folded[: span[0]]) else None
    )
    span = (many.start(), span[1]) if many else span
    verb = _VERB.search(folded[: span[0]]) or _TAKING.search(folded[: span[0]])
    return (verb.start() if verb else span[0]), span[1]


def _takes_sum(promotion: Record) -> bool:
    return promotion.fields.get("type") != "bundle" and "%" not in str(promotion.fields.get("discount") or "")


def _title_said(folded: str, promotion: Record) -> tuple[int, int] | None:
    """Where the whole title stands, one long enough not to be said by chance."""
    titles = (promotion.title, promotion.attributes.get("name_en", ""), promotion.attributes.get("name_zh", ""))
    begun = _BEFORE_FIGURES.match(fold(promotion.title))
    for title in (*titles, *([begun[1]] if begun else ())):
        whole = compact(fold(title))
        if len(whole) < (4 if whole and not whole.isascii() else 6):
            continue
        letters = r"[\W_]*".join(map(re.escape, whole))
        said = re.search(rf"(?<![a-z0-9]){letters}(?![a-z0-9])" if whole.isascii() else letters, folded)
        if said is not None:
            return said.span()
    return None


def _named_in_phrases(folded: str, promotion: Record) -> Iterator[tuple[int, int]]:
    """Where words that tell the promotion from others stand in one phrase with a word for promotions."""
    names = {fold(text) for text in (promotion.title, promotion.attributes.get("name_en", "")) if text}
    scope = scope_of(promotion)
    words = {stem(run) for text in (*names, *scope) for run in runs(text) if not is_han(run[0])} - _NO_NAME
    words = {word for word in words if not word.isdigit()}
    if words:
        yield from _english_phrases(folded, words)
    pieces = {piece for text in (*names, *scope) for piece in _NO_NAME_HAN.split(text) if len(piece) > 1}
    pieces |= {fold(text) for text in scope if len(text) > 1 and not _FIGURE.search(text)} - _ANY_GOODS
    chinese = sorted((piece for piece in pieces if is_han(piece[0]) or is_han(piece[-1])), key=len, reverse=True)
    for piece in _with_parts(chinese):
        for match in re.finditer(rf"{re.escape(piece)}{_JOIN}{_HEAD_HAN}(?:活动|优惠)?", folded):
            yield match.span()


def _with_parts(pieces: Sequence[str]) -> list[str]:
    """Names and their beginnings and ends of two characters: 中秋茶点 is also called 中秋."""
    parts = [part for piece in pieces if len(piece) > 3 for part in (piece[:2], piece[-2:])]
    return list(dict.fromkeys((*pieces, *parts)))


def _english_phrases(folded: str, words: set[str]) -> Iterator[tuple[int, int]]:
    """Stretches from one of the words to the word for promotions behind it, with nothing but its figures between."""
    for head in _HEAD.finditer(folded):
        start, own = head.start(), False
        for word in reversed(list(_WORD.finditer(folded, 0, head.start()))[-_LONGEST:]):
            said = {stem(run) for run in runs(word.group())}
            if _PAUSE.search(folded, word.end() - 1, start) or not (
                said & words or _FIGURE.search(word.group()) or word.group() in _BETWEEN
            ):
                break
            start, own = (word.start(), True) if said & words else (start, own)
        if own:
            yield start, head.end()


def pieces_paid_for(folded: str) -> Iterator[tuple[tuple[int, int], int, int]]:
    """Where a folded text says that of so many pieces so many are paid for: "3 for 2", "buy two, get one", 买一送一."""
    for match in _PAID_FOR.finditer(folded):
        if match[1]:
            got, paid = _number(match[1]), _number(match[2])
        else:
            bought, free = (_number(said) for said in (match[3] or match[5], match[4] or match[6] or "1"))
            got, paid = bought + free, bought
        if got > paid > 0:
            yield match.span(), got, paid


def _number(said: str) -> int:
    return int(said) if said.isdigit() else numbers.ENGLISH.get(said) or numbers.chinese_value(said) or 0


def _figures_said(folded: str, promotion: Record) -> Iterator[tuple[int, int]]:
    """Where the question says what the promotion takes off, or the sum from which on it does."""
    discount = str(promotion.fields.get("discount") or "").strip()
    if discount.endswith("%"):
        share = float(discount.removesuffix("%"))
        for match in _SHARE.finditer(folded):
            if float(match[1]) == share:
                yield _with_off(folded, match.span())
        for match in _TENTHS.finditer(folded):
            if _tenths_off(match) == share:
                yield match.start() - (folded[match.start() - 1 : match.start()] == "打"), match.end()
        return
    sums = {_amount(discount), _amount(promotion.fields.get("threshold"))} - {None}
    for match in _SUM.finditer(folded):
        if float(next(filter(None, match.groups()))) in sums:
            yield _with_off(folded, match.span())


def _with_off(folded: str, span: tuple[int, int]) -> tuple[int, int]:
    """A figure with the words that say it is taken off: `15% off`."""
    tail = _TAIL.match(folded, span[1])
    return span[0], tail.end() if tail else span[1]


def _tenths_off(match: re.Match[str]) -> float:
    """What `85折`, `9.5折` or `八八折` takes off, in per cent."""
    if match[1]:
        tenths = float(match[1])
        return round(100 - (tenths if tenths >= 10 else 10 * tenths), 2)
    digits = "一二三四五六七八九"
    ones = digits.index(match[3]) + 1 if match[3] else 0
    return 100.0 - 10 * (digits.index(match[2]) + 1) - ones


def _amount(text: object) -> float | None:
    try:
        return float(str(text))
    except ValueError:
        return None
