"""What a question asks of a good in words of its own, which may be nothing that the shop records."""

from __future__ import annotations

import re
from collections.abc import Sequence

from shopdesk.core import numbers
from shopdesk.core.late import late
from shopdesk.core.measures import kind_of_unit
from shopdesk.core.profiles import stem
from shopdesk.core.text import is_han

_HOW_MUCH = late(
    r"\bhow much ([a-z]{3,}) (?:(?:is|are|was) (?:there )?(?:in|on) (?:an?|the|it|this|that|each|one|those|these)\b"
    r"|(?:does|do|did|has|have|can|will|would) (?!(?:we|you|they|i)\b)|in (?:an?|the|it|this|that|each|one)\b)"
    r"|\bhow many ([a-z]{3,}(?: [a-z]+)??) (?:(?:is|are|come|comes|fit|fits|go|goes) )?(?:there )?(?:in|per|to) (?:an?|the|each|one|every|it)\b"
    r"(?! (?:shop|store|back|window|warehouse|fridge|freezer|chiller|cold (?:room|store)|counter|yard|shed|cellar|basement|cabinet|showroom|loft|van|safe|garage|barn|till|stock ?room|stockroom|moment|range|system|drawer|cupboard|rack|aisle|bay|stock))"
    r"|\bhow many ([a-z]{3,}(?: [a-z]+)??) (?:does|can|will|do|has|would) (?!(?:we|you|they|i|the (?:shop|store))\b).+"
    r"\b(?:hold|take|have|got|contain|fit|make|give|last|use|need|carry|do|get|include|punch|staple|cut|cover|run)s?(?: at once| in one go)?(?= ?[?.!]|$)"
)
_NO_MATTER = frozenset(
    ("money", "change", "discount", "more", "less", "longer", "notice", "time", "room", "space", "postage", "delivery",
     "shipping", "deposit", "stock", "extra", "would", "does", "should", "cheaper", "are", "was", "for", "left", "that",
     "the", "this", "these", "those", "them", "days", "weeks", "months", "years", "times", "points", "people", "items",
     "kinds", "types", "sorts", "different")
)  # fmt: skip
_HOW_MANY_ZH = late(
    r"(?:含|能|可以?|会|里面?有)(?:有)?([\u4e00-\u9fff]{0,3}?)(?:多少|几)(?!钱|元|块|折|款|种|天|个?月|年|家|点|号|楼)([\u4e00-\u9fff]{1,4}?)(?=的|了|呢|啊|呀|[吗?？!！。,，\s]|$)"
)
_SHOP_DOES = re.compile(r"卖|买|拿|发|便宜|省|优惠|退|换|减|送|赚|领|抵|折|保|剩|进|给|到|付|攒|积|兑|提|调|用|放|存")
_SOFT = frozenset((
    "around", "about", "here", "there", "back", "ready", "gone", "good", "nice", "best", "popular", "worth", "ok",
    "okay", "fresh", "new", "far", "any", "really", "better", "well", "decent", "selling", "sell", "great",
    "right", "wrong", "enough", "suitable", "fine", "available", "still", "sale", "cheap", "dear", "lot", "bit",
    "long", "big", "small", "display", "open", "closed", "one", "thing", "alright", "out", "today", "tomorrow",
    "now", "in", "exact", "figure", "figures", "number", "amount", "precise", "answer", "deal",
))  # fmt: skip
_SOFT_ZH = re.compile(
    r"好[用看吃喝玩使]?|靠谱|结实|划算|值得?|耐用|还在|真的|正品|合适|热卖|好卖|新款?|老款?|一样|可以|行"
)
_WHEN_DONE = late(r"\bwhen (?:was|were|is|are) .+ ([a-z]{3,}ed)\b")
_WHETHER = re.compile(r"(?![有是能会可好行要用带含送配])([^\W\d_])不\1")
_WHAT_THING = late(
    r"\b(?:what|which)(?: (?:kind|sort|type)s? of)? ([a-z]{3,}(?: [a-z]{3,})?) (?:is|are|was|does|do|did|has|have|goes?|comes?|of|can|should|will|would)\b"
)
_HOW_MANY_THINGS = late(
    r"\bhow many ([a-z]{3,}) (?:come|comes|in|with|per|on)\b(?! (?:stock|the (?:shop|store|back)|size|black|white|red|blue|green|grey|total|all))"
)
_ENDS = r"(?=的|了|呢|啊|呀|好|[吗么嘛?!。，,\s]|$)"
_THINGS_ZH = (
    late(rf"(?:什么|啥|哪种)([\u4e00-\u9fff]{{1,3}}?){_ENDS}"),
    late(r"有(?:没有)?([\u4e00-\u9fff]{1,3}?)[吗么嘛没不]?\W*$"),
    late(rf"(?:几|多少)(?:个|片|根|张|层|只|条|颗|格|种|档|毫克|克|度)?([\u4e00-\u9fff]{{1,4}}?){_ENDS}"),
    late(
        r"([\u4e00-\u9fff]{2,6}?)(?:的)?(?:含量|数量)?(?:是|有)?(?:多少|几(?:个|片|根|张|层|条|颗)|多[大高长重厚])(?!钱|元|块)"
    ),
)
_GOODS_THERE = frozenset(
    (
        "百分之",
        "规格",
        "型号",
        "款式",
        "尺寸",
        "品种",
        "种类",
        "版本",
        "颜色",
        "口味",
        "味道",
        "尺码",
        "样",
        "时间",
        "货",
        "现货",
        "卖",
        "存货",
        "新货",
    )
)
_COUNTER = re.compile(rf"(?:{numbers.MEASURES}|米)+")
_WHO = late(r"\bwho ([a-z]{4,}ed)\b")


def amount_asked(folded: str) -> tuple[tuple[int, int], str] | None:
    """What an amount is asked of, where it stands and its name: "how much sugar is in …", 能订多少张纸."""
    match = _HOW_MUCH.search(folded)
    if match is not None:
        place = match.lastindex or 0
        if match[place].split()[0] in _NO_MATTER:
            return None
        return (match.start(), match.end(place)), match[place]
    match = _HOW_MANY_ZH.search(folded)
    if match is None or _SHOP_DOES.search(match.group()):
        return None
    if folded[max(0, match.start() - 1) : match.start()] in tuple("店库仓架柜家手") and _COUNTER.fullmatch(match[2]):
        return None  # 店里有几台 asks for the stock
    return match.span(), f"{match[1]}多少{match[2]}" if match[1] else match[2]


def thing_asked(folded: str, filler: Sequence[bool], unknown: str, told: str) -> str:
    """The thing that is asked for, where a good's row does not have it: "what breed of cow", 有几个档位, 咖啡因含量多少.

    `unknown` are the words of the question that the row does not have, `told` is all that it says, folded.
    """
    for pattern in (_WHAT_THING, _HOW_MANY_THINGS):
        match = pattern.search(folded)
        said = match[1].split() if match is not None else []
        if said and set(said) <= set(unknown.split()) and set(said).isdisjoint(_NO_MATTER | _SOFT):
            return " ".join(said)
    for pattern in _THINGS_ZH:
        match = pattern.search(folded)
        if match is None:
            continue
        start, end = match.span(1)
        while start < end and (filler[start] or folded[start] in told):
            start += 1
        thing = folded[start:end]
        if _COUNTER.fullmatch(thing):
            continue  # 还剩几瓶 asks how many of the good itself
        if (
            not thing
            or _SOFT_ZH.fullmatch(thing)
            or thing in _GOODS_THERE
            or kind_of_unit(thing) is not None
            or any(filler[start:end])
        ):
            continue
        if not all(map(told.__contains__, thing)):
            return thing
    return ""


def property_asked(folded: str, unknown: str) -> str:
    """The words, among those which a good's row does not have, that a yes-or-no question asks about; "" for none."""
    if not unknown:
        return ""
    if is_han(unknown[-1]):
        whether = _WHETHER.search(folded)
        if whether is not None and whether[1] in unknown:
            return whether.group()
        pieces = [piece for piece in unknown.split() if len(piece) > 1 and not _SOFT_ZH.fullmatch(piece)]
        return max(pieces, key=len, default="")
    words = [word for word in unknown.split() if word not in _SOFT and stem(word) not in _SOFT and len(word) > 2]
    last = re.search(r"([a-z-]+)(?: (?:to|for|with|on|in|it|at all))?\W*$", folded)
    if not words or last is None or last[1] in _SOFT or not any(last[1] in (word, *word.split("-")) for word in words):
        return ""
    return unknown if folded.endswith(unknown) or len(words) == 1 else " ".join(words)


def doer_asked(folded: str, unknown: str) -> str:
    """Who did what is asked for, as a noun: "who illustrated" → illustrator."""
    done = _WHEN_DONE.search(folded)
    if done is not None and done[1] in unknown.split():
        return f"{done[1]} date"
    match = _WHO.search(folded)
    if match is None or match[1] not in unknown.split():
        return ""
    root = match[1].removesuffix("ed")
    return f"{root}or" if root.endswith("at") else f"{root}er"
