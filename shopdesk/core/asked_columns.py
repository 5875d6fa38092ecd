"""Which columns of the shop a question asks for without their names: by what is said in their place, by a verb of the
heading, by the unit of their values, or by two of their values to choose from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from shopdesk.core import lexicon
from shopdesk.core.everyday_senses import EVERYDAY
from shopdesk.core.heading_senses import SENSES, Sense
from shopdesk.core.late import late
from shopdesk.core.measures import kind_of_unit, kinds_in
from shopdesk.core.profiles import stem
from shopdesk.core.text import fold, is_han
from shopdesk.core.types import Language

Span = tuple[int, int]

_VALUES_READ = 400
"""Values of a column that are looked at for a unit or a choice."""
_ROOT = 4
"""Letters that a verb and a heading must share: bloom(s), process(ed), suppl(ies)."""
_ENDINGS = re.compile(r"(?:ations?|ings?|ers?|ors?|ies|ied|ed|es|s|y|e)$")
_VERB_FIRST = late(
    r"\bwho (?:has |had |is |was )?([a-z]{4,}?(?:ed|es|s))\b"
    r"|\bhow ([a-z]{4,}) (?:is|are|was|were|do|does|can)\b"
)
_VERB_LAST = late(
    r"\b(?:how|when|what|where|who)(?:'s)? .*?\b(?:does|do|did|can|will|should|must)\b .+ ([a-z]{4,})"
    r"(?: (?:like|for|to|at|in|on|from|until|up|out))?(?= ?[?.!]|$)"
    r"|\b(?:how|when|what|where|who)(?:'s| is| are| was| were) .+ ([a-z]{3,}(?:ed|en))"
    r"(?: (?:by|in|at|on|from|with|to|for))?(?= ?[?.!]|$)"
)
_HEADING_END = re.compile(r"(?:时间|时长|间隔|方式|方法|等级|程度|说明|[期数量度率性物])$")
"""What the heading of a column ends in that people leave out: 表干时间, 颗粒数."""
_HEADING_START = re.compile(r"^(?:可否|是否|能否|可不可以?|能不能|是不是|有无)(?=..)")
_ASKING = late(r"多|几|什么|啥|怎么|如何|哪|[吗么呢]|[没不](?:有)?\W*$|(.)不\1")
_HOW_LONG = late(r"(?:要|需要|得)?(?:多久|多长时间|几个?小时|多少分钟|几天|多少个?)")
_TAKES_LONG = late(
    r"\b(how (?:long|quick|quickly|fast|soon|many (?:hours|minutes|mins|days|weeks))) (?:does|do|did|will|would|can|should|is|are)\b"
    r"[^,.?!]*?\b(?:(?:take|takes|need|needs) to )?([a-z]{3,}(?: up)?)(?= ?[.?!,]|$)"
)
_TAKES_LONG_ZH = late(
    r"(?P<before>(?![期间时长度命])[\u4e00-\u9fff])(?:起来|下去|好|完|一次|满)?(?:大概|一般|需要|要|得|能|可以)*(?:多久|多长时间|(?:几|多少)个?(?:小时|分钟|钟头|天|周))"
    r"|(?:多久|多长时间|(?:几|多少)个?(?:小时|分钟|钟头|天|周))(?:能|可以|会|才)*(?P<after>[\u4e00-\u9fff])"
)
_NOUN = re.compile(r"\b(?:the|an?|our|your|any|some|these|those|this|that|[a-z]+y|red|blue|black|white) $")
_TIMES_READ = 40
_TIME = re.compile(r"\d ?(?:h|hrs?|hours?|mins?|minutes?|seconds?|days?|weeks?|小时|分钟|钟头|天|日|周|秒)(?![a-z])")
_OF_PROMISES = re.compile(
    r"warrant|guarant|lead|deliver|return|shelf life|best before|保修|质保|保质|交[期货]|到货|工期|退换|有效"
)
_GOES_ON = re.compile(r"\b(?:runs?|lasts?|works?|burns?|plays?|go|goes|fly|shines?)\b|[亮用撑跑烧点开播飞放走]")
_OF_LASTING = re.compile(r"\brun|play|burn|battery|\blife|lasts?|endurance|续航|[使工]用?作?时[间长]|燃烧|待机|电池")
_LITTLE = frozenset(
    ("does", "have", "this", "that", "with", "like", "from", "take", "make", "made", "need", "come", "cost", "sell",
     "sold", "keep", "kept", "left")
)  # fmt: skip
_OR = late(r"\s*(?:\bor\b|还是|或者?)\s*(?:the |an? |is it |in )?")
_LEFT = late(r"[^\s,，。?？!！;的是要用有为]+$")
_RIGHT = late(r"^[^\s,，。?？!！;的呢吗啊呀]+")
_LEFT_WORDS = late(r"(?:[a-z0-9'/+-]+ ){0,2}[a-z0-9'/+-]+$")
_RIGHT_WORDS = late(r"^[a-z0-9'/+-]+(?: [a-z0-9'/+-]+){0,2}")
_UNIT_ASKED = late(
    r"\bhow (?:many|much) ([a-z]{1,12})\b"
    r"(?! (?:of|are there|have (?:we|you|they)|do (?:we|you|they)|is there|(?:are|is) (?:left|in stock)))"
    r"|(?<![还剩])(?<!还有)(?:几|多少)个?([\u4e00-\u9fff]{1,3}|[a-z]{1,4})"
)
_OF_DEVICES = ("voltage", "power", "charge", "storage")
"""Kinds of measures that nobody counts goods by."""
_WHAT_SORT = late(
    r"(?:什么|啥|哪种)(?!时候|样|价|东西|颜色|尺|牌|位置|地方)"
    r"([\u4e00-\u9fff]{1,2}?)头?(?=的?[?!。呢啊吗的做,，\s]|$)"
    r"|\b(?:what|which)(?: (?:kind|sort|type)s? of)? "
    r"(?!size|colou?r|price|time|brand|kind|sort|type|about|else|one|is|are|do)([a-z]{4,})\b"
)
_WISHES = late(
    r"\b(?:something|anything|recommend|suggest|looking for|need an?|want an?)\b"
    r"|推荐|想要|想买|想给|有没有.{1,8}的[^吗]"
)
_CONTENT = late(
    r"\b(?:is|are) there (?:an? |any )?([a-z]+)(?= in\b)"
    r"|\b(?:contains?|got|has|have|comes? (?:with|in)|supplied (?:with|in)|includes?) (?:an? |any |its |the |some )?([a-z]+)"
    r"(?: (?:in|with) (?:it|them))?(?= ?[?.!]|$)"
    r"|\b(?:is|are) (?:an? |any |the )?([a-z]+) (?:included|supplied|in the box)\b"
    r"|(?:[带送配含附]不|是否|[带送配含附])[带送配含附](?:有|了)?([\u4e00-\u9fff]{2,4}?)(?=[的吗么不没]?\W*$)"
)
_MANNER = late(r"(?:能|可以|是)?(?:怎么|咋|如何|[用靠拿](?:什么|啥))([\u4e00-\u9fff]{1,2}?)(?=[的吗呢啊]|\W|$)的?")
_OF_MANNER = re.compile(r"方式|方法|[法式]$")
_QUALITY = late(
    r"\bhow (?:very |so )?([a-z]{4,})\b(?! (?:is it|long|much|many|often)\b)"
    r"|^(?:and |so |but )?(?:is|are|was|were) \S[^,.?!]*? (?:very |too |really |quite )?([a-z]{4,})"
    r"(?: (?:enough|at all|or not))?(?= ?[?.!]|$)"
)
"""A quality that may be a heading's: how absorbent (Absorbency), "is it washable" (Wash)."""
_QUALITY_ENDINGS = re.compile(
    r"(?:iness|ness|ibility|ability|ility|ity|ency|ancy|ence|ance|ation|ible|able|ous|ent|ant|ive|ful|ing|ish|ic|ed|er|es|th|y|e|s)$"
)
_SHORTEST_QUALITY = 3
_PART_ZH = late(
    r"([\u4e00-\u9fff]{2,10})(?:的)?(?:"
    r"(?P<size>有?多[大长宽高厚深粗细远]|(?:直径|尺寸)?是?多少(?=毫米|厘米|米|公分|[克升度寸])|是?几(?:英?寸|厘米|毫米|公分|升|瓦|[档层挡]))"
    r"|(?P<how>有?多[快强硬亮准重]|([^\W\d])[不没]\4|(?:高|强|大|准|稳|好)[吗么嘛](?=\W*$)|怎么?样|如何|咋样|有(?:什么|啥|没有)?(?:要求|限制|讲究)[吗么]?"
    r"|是?多少(?![钱元块个件支台双条只])|是?几(?![个件款种样块钱天])|是?(?:什么|啥)样?的?(?:做的)?(?=\W*$)))"
)
_PART_EN = late(
    r"\b(?:how|what)\b[^,.?!]*?\bthe ([a-z]{3,})(?= (?:on|of|in)\b)"
    r"|^(?:(?:and|so|but|ok) )?(?:what about |how about |what's |what is |what are )?(?:the|its|their) ([a-z]{4,})(?= ?[?.!]?$)"
)
_PART_SHOWN = 6
"""Characters of a part that is asked about: 表盘, 安全阀."""
_FIGURE = re.compile(r"\d")
_OF_ANYTHING = frozenset(
    (
        "含量",
        "数量",
        "时间",
        "比例",
        "尺寸",
        "长度",
        "宽度",
        "高度",
        "温度",
        "面积",
        "周期",
        "范围",
        "类型",
        "种类",
        "方式",
        "方法",
        "大小",
    )
)
_TOO_MANY = 3
_HOW_MANY = late(r"\bhow (?:many|much)\b|多少|几")


@dataclass(frozen=True, slots=True)
class AskedColumns:
    """`spans` is where a folded question asks, `names` the columns that may be meant; of none, `matter` says what is
    asked for that the shop does not record. `also` is where what is said of it names nothing either."""

    spans: tuple[Span, ...]
    names: tuple[str, ...]
    matter: str = ""
    also: tuple[Span, ...] = ()

    @property
    def start(self) -> int:
        return self.spans[0][0]


def columns_asked(
    folded: str, columns: Mapping[str, str], values: Mapping[str, Sequence[str]], language: Language,
    sizes: Sequence[str] = (),
) -> Iterator[AskedColumns]:  # fmt: skip
    """What is asked for, each thing once. `columns` are the headings as people write them, with their names; `sizes`
    the values of the size, which may be amounts too."""
    yield from _by_choice(folded, columns, values)
    yield from _by_unit(folded, columns, values, sizes)
    yield from _by_sense(folded, columns, language)
    yield from _by_lasting(folded, columns, values)
    yield from _by_verb(folded, columns)
    yield from _by_manner(folded, columns)
    yield from _by_quality(folded, columns)
    yield from _by_part(folded, columns, values)
    yield from _by_content(folded, columns)
    yield from _by_ending(folded, columns, values)


def _by_sense(folded: str, columns: Mapping[str, str], language: Language) -> Iterator[AskedColumns]:
    if _WISHES.search(folded):
        return  # "something for full shade" says what the goods must have
    for sense, headings in _senses_of(tuple(columns)):
        said = sense.said.search(folded)
        if said is None:
            continue
        words = tuple(match.span() for match in (sense.words or sense.said).finditer(folded) if match.group())
        if headings:
            yield AskedColumns(words or (said.span(),), tuple(columns[heading] for heading in headings))
        elif sense.matter is not None and _HOW_MANY.search(folded) is None:
            yield AskedColumns(words or (said.span(),), (), sense.matter[language])


@lru_cache(maxsize=64)
def _senses_of(headings: tuple[str, ...]) -> tuple[tuple[Sense, tuple[str, ...]], ...]:
    """The senses that some of a shop's headings have, or that ask for what is not recorded; with those headings."""
    found = ((sense, tuple(filter(sense.heading.search, headings))) for sense in (*SENSES, *EVERYDAY))
    return tuple((sense, had) for sense, had in found if had or sense.matter is not None)


def _by_verb(folded: str, columns: Mapping[str, str]) -> Iterator[AskedColumns]:
    """By a verb that shares its root with a heading: "when does it bloom" (Bloom season), "how is it processed"."""
    of_money = lexicon.SURELY_MONEY.search(folded) is not None  # 遮光布多少钱 asks for no 遮光率
    for heading, name in columns.items() if not of_money else ():
        spoken = spoken_of_heading(heading)
        if len(spoken) > 1 and spoken != heading and is_han(spoken[0]) and spoken in folded and _ASKING.search(folded):
            place = folded.index(spoken)
            how_long = tuple(match.span() for match in _HOW_LONG.finditer(folded))
            yield AskedColumns(((place, place + len(spoken)),), (name,), also=how_long)
    for pattern in (_VERB_FIRST, _VERB_LAST):
        match = pattern.search(folded)
        if match is None:
            continue
        place = match.lastindex or 0
        root = root_of(match[place])
        if len(root) < _ROOT or match[place] in _LITTLE:
            continue
        if pattern is _VERB_FIRST:  # "Published" is when, not by whom
            names = tuple(
                name for heading, name in columns.items()
                if any(root == root_of(word) and not word.endswith("ed") for word in heading.split())
            )  # fmt: skip
        else:
            names = () if _NOUN.search(folded, 0, match.start(place)) else columns_of_doing(match[place], columns)
        if names:
            yield AskedColumns((match.span(place),), names)


def columns_of_doing(verb: str, columns: Mapping[str, str]) -> tuple[str, ...]:
    """The columns whose heading speaks of a doing: set up (Setup time), dry (Dries in), shrink (Shrinkage)."""
    whole, root = verb.replace(" ", ""), root_of(verb.replace(" ", ""))
    return tuple(
        name for heading, name in columns.items()
        if heading.replace(" ", "").replace("-", "").startswith(whole)
        or any(
            stem(word) == stem(whole) or root_of(word) == root or (len(root) >= _ROOT and word.startswith(root))
            for word in heading.split()
        )
    )  # fmt: skip


def _by_lasting(folded: str, columns: Mapping[str, str], values: Mapping[str, Sequence[str]]) -> Iterator[AskedColumns]:
    """By what takes time: "how long does it take to dry" (Dries in: 2 hours), 搭起来要几分钟 (搭建时间), 能亮多久 (续航)."""
    found: list[tuple[str, tuple[Span, ...]]]
    found = [(match[2], (match.span(1), match.span(2))) for match in _TAKES_LONG.finditer(folded)]
    found += [(match["before"] or match["after"], (match.span(),)) for match in _TAKES_LONG_ZH.finditer(folded)]
    timed = {heading: name for heading, name in columns.items() if _tells_time(values.get(name, ()))} if found else {}
    timed = {heading: name for heading, name in timed.items() if not _OF_PROMISES.search(heading)}
    for verb, spans in found:
        if verb.isascii():
            names = columns_of_doing(verb, timed)
        else:
            names = tuple(name for heading, name in timed.items() if verb in heading)
        if not names and _GOES_ON.search(verb):
            names = tuple(name for heading, name in timed.items() if _OF_LASTING.search(heading))
        if names:
            yield AskedColumns(spans, names)


def _tells_time(values: Sequence[str]) -> bool:
    return any(_TIME.search(fold(value)) for value in values[:_TIMES_READ])


def _by_manner(folded: str, columns: Mapping[str, str]) -> Iterator[AskedColumns]:
    """By the doing whose manner a heading tells: 怎么开 (开锁方式), 用什么固定 (固定方法)."""
    for match in _MANNER.finditer(folded):
        names = tuple(
            name for heading, name in columns.items() if heading.startswith(match[1][0]) and _OF_MANNER.search(heading)
        )  # fmt: skip
        if names:
            yield AskedColumns((match.span(),), names)


def _by_quality(folded: str, columns: Mapping[str, str]) -> Iterator[AskedColumns]:
    """By an adjective that shares its root with a heading: "how absorbent is it" (Absorbency)."""
    match = _QUALITY.search(folded)
    if match is None or _WISHES.search(folded):
        return
    place = match.lastindex or 0
    root = quality_of(match[place])
    if len(root) < _SHORTEST_QUALITY or match[place] in _LITTLE:
        return
    names = tuple(
        name for heading, name in columns.items()
        if any(root == quality_of(word) for word in re.findall("[a-z]{4,}", heading))
    )  # fmt: skip
    if names:
        yield AskedColumns((match.span(place),), names)


def _by_part(folded: str, columns: Mapping[str, str], values: Mapping[str, Sequence[str]]) -> Iterator[AskedColumns]:
    """By a part of the good that a heading speaks of: 表盘多大 (表盘直径), "how wide is its strap"."""
    for match in _PART_ZH.finditer(folded):
        said = match[1].removesuffix("的")
        for size in range(min(_PART_SHOWN, len(said)), 1, -1):
            part = said[-size:]
            names = tuple(
                name for heading, name in columns.items()
                if _is_part_of(part, heading) and (not match["size"] or _has_figures(values.get(name, ())))
            )  # fmt: skip
            if names and (size < len(said) or match["size"]):
                start = match.start(1) + len(said) - size
                yield AskedColumns(((start, match.end()),), names)
                break
    part_said = _PART_EN.search(folded)
    if part_said is not None:
        part = stem(part_said[1] or part_said[2])
        names = tuple(
            name for heading, name in columns.items() if " " in heading and part in map(stem, heading.split())
        )
        if names:
            yield AskedColumns((part_said.span(part_said.lastindex or 0),), names)


def _is_part_of(said: str, heading: str) -> bool:
    """Whether a heading speaks of a part (表盘直径), or ends in what is said, where that is no measure of anything
    else: 饲养难度, not the 含量 of 净含量."""
    return said != heading and (heading.startswith(said) or (heading.endswith(said) and said not in _OF_ANYTHING))


def _has_figures(values: Sequence[str]) -> bool:
    return any(map(_FIGURE.search, values[:_VALUES_READ]))


def spoken_of_heading(heading: str) -> str:
    """What people say of a folded heading: 表干 for 表干时间, 上牌 for 可否上牌; an English one whole."""
    return _HEADING_START.sub("", _HEADING_END.sub("", heading)) or heading


def _by_content(folded: str, columns: Mapping[str, str]) -> Iterator[AskedColumns]:
    """By what is or is not in the goods: "is there grain in it" (Grain free), 带不带电池 (含电池)."""
    for match in _CONTENT.finditer(folded):
        said = next(filter(None, match.groups()))
        content = stem(said) if said.isascii() else said
        held = re.compile(
            rf"{content}s?(?:[- ]free| included| supplied)|(?:includes|with) {content}s?"
            if said.isascii()
            else f".*{said}.*"
        )
        names = tuple(name for heading, name in columns.items() if held.fullmatch(heading))
        if names:
            yield AskedColumns((match.span(),), names)


def _by_unit(
    folded: str, columns: Mapping[str, str], values: Mapping[str, Sequence[str]], sizes: Sequence[str]
) -> Iterator[AskedColumns]:
    """By the unit of the values: "how many watts", 几升, "how many pencils" (12 pencils)."""
    for match in _UNIT_ASKED.finditer(folded):
        place = match.lastindex or 0
        said = match[place]
        units = (said,) if said.isascii() else tuple(said[:size] for size in range(len(said), 0, -1))
        for unit in units:
            names = columns_with_unit(unit, columns, values)
            if not names and _of_sizes(unit, sizes[:_VALUES_READ]):
                names = ("size",)
            if names:
                yield AskedColumns(((match.start(), match.start(place) + len(unit)),), names)
                break
            if kind_of_unit(unit) in _OF_DEVICES:
                span = (match.start(), match.start(place) + len(unit))
                yield AskedColumns((span,), (), unit if unit.isascii() else f"{unit}数")
                break


def _of_sizes(unit: str, sizes: Sequence[str]) -> bool:
    kind = kind_of_unit(unit)
    if kind is not None:
        return kind in ("volume", "weight", "charge", "storage") and any(kind in kinds_in(fold(size)) for size in sizes)
    counted = re.compile(rf"\d\s*{re.escape(stem(unit))}")
    return len(unit) > 2 and any(counted.search(fold(size)) for size in sizes)


def columns_with_unit(unit: str, columns: Mapping[str, str], values: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The columns whose values are counted in a unit, or whose heading is one: 流明, watts, 颗粒 (颗粒数)."""
    kind = kind_of_unit(unit)
    if unit == "个" or (kind is None and len(unit) < 2 and not is_han(unit[0])):
        return ()
    headed = tuple(
        name for heading, name in columns.items()
        if (unit in heading if is_han(unit[0]) and len(unit) > 1 else stem(unit) in map(stem, heading.split()))
    )  # fmt: skip
    if headed:
        return headed
    counted = re.compile(rf"\d\s*{re.escape(stem(unit) if unit.isascii() else unit)}")
    return tuple(name for name in columns.values() if _measured_in(values.get(name, ())[:_VALUES_READ], kind, counted))


def _measured_in(values: Sequence[str], kind: str | None, counted: re.Pattern[str]) -> bool:
    """Whether values are measures of a kind, not one here and there: of connectors one may be called 3.5 mm."""
    if kind is None:
        return any(counted.search(fold(value)) for value in values)
    return sum(kind in kinds_in(fold(value)) for value in values) > len(values) / 3


def _by_ending(folded: str, columns: Mapping[str, str], values: Mapping[str, Sequence[str]]) -> Iterator[AskedColumns]:
    """By what values end in: "what willow is that" (Kashmir willow), 什么绒 (鹅绒)."""
    match = _WHAT_SORT.search(folded)
    if match is None:
        return
    said = match[1].removesuffix("头") if match[1] else stem(match[2])
    names = tuple(name for name in columns.values() if said in _endings_of(_Same(values.get(name, ()))))
    if 0 < len(names) < _TOO_MANY:
        yield AskedColumns((match.span(),), names)


class _Same:
    """A list of values that is equal to itself alone: quick to remember something of, however long."""

    def __init__(self, values: Sequence[str]) -> None:
        self.values = values

    def __hash__(self) -> int:
        return id(self.values)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.values is self.values


@lru_cache(maxsize=256)
def _endings_of(same: _Same) -> frozenset[str]:
    """The last words of values of several, the last one or two characters of Chinese ones."""
    found = set()
    for value in map(fold, same.values[:_VALUES_READ]):
        if value and is_han(value[-1]) and len(value) > 1:
            found |= {value[-1], value[-2:]}
        elif len(words := re.findall(r"[a-z]+", value)) > 1:
            found.add(stem(words[-1]))
    return frozenset(found)


def _by_choice(folded: str, columns: Mapping[str, str], values: Mapping[str, Sequence[str]]) -> Iterator[AskedColumns]:
    """By two values to choose from: 方格还是点阵, "full sun or shade"."""
    for match in _OR.finditer(folded):
        before, after = folded[: match.start()].rstrip(), folded[match.end() :]
        left, right = _last(before), _first(after)
        if not left or not right:
            continue
        for name in columns.values():
            own = [fold(value) for value in values.get(name, ())[:_VALUES_READ] if len(value) < 60]
            one, other = _said_of(left, own), _said_of(right, own)
            if one and other and one != other:
                start, end = match.start() - len(one), match.end() + len(other)
                yield AskedColumns(((start, end),), (name,))
                return


def _last(text: str) -> list[str]:
    """What may stand before "or", the longest first."""
    if text and is_han(text[-1]):
        run = _LEFT.search(text)
        return [run.group()[start:] for start in range(len(run.group()) - 1)] if run else []
    run = _LEFT_WORDS.search(text)
    words = run.group().split() if run else []
    return [" ".join(words[start:]) for start in range(len(words))]


def _first(text: str) -> list[str]:
    """What may stand after it, the longest first."""
    if text and is_han(text[0]):
        run = _RIGHT.search(text)
        return [run.group()[:end] for end in range(len(run.group()), 1, -1)] if run else []
    run = _RIGHT_WORDS.search(text)
    words = run.group().split() if run else []
    return [" ".join(words[:end]) for end in range(len(words), 0, -1)]


def _said_of(texts: Sequence[str], values: Sequence[str]) -> str:
    """The longest of the texts that is one of the values, or a word of one."""
    for text in texts:
        if len(text) < 2:
            continue
        for value in values:
            if text == value or (text in value if is_han(text[0]) else text in value.split()):
                return text
    return ""


def columns_with_value(value: str, attributes: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The columns that have a folded value in some row: "paperback" (Format)."""
    return tuple(
        name for name, values in attributes.items()
        if not name.endswith(("_en", "_zh")) and any(fold(other) == value for other in values[:_VALUES_READ])
    )  # fmt: skip


def quality_of(word: str) -> str:
    """The root of an adjective and of what it is called: efficient, efficiency → effici."""
    return _QUALITY_ENDINGS.sub("", word)


def root_of(word: str) -> str:
    """A verb or a noun without its ending: supplier, supplies → suppl."""
    return _ENDINGS.sub("", word) if word.isascii() else word
