"""What a question asks, read by rules: pure functions of its text and the shop's vocabulary.

Nothing here touches the store. The result says which fields are wanted, which filters apply, and
which words are left to name a product (`content`); `shopdesk.core.resolving` finds what they name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from shopdesk.core import idioms, lexicon, numbers
from shopdesk.core.asked_columns import spoken_of_heading
from shopdesk.core.attributes_asked import attributes_asked
from shopdesk.core.figures_of_columns import figures_told
from shopdesk.core.late import late
from shopdesk.core.marked_text import MarkedText, outside_words, overlaps, within_longer
from shopdesk.core.measures import kind_of_unit, measures_in, with_units
from shopdesk.core.price_names import price_named
from shopdesk.core.small_talk import Talk, talk_in
from shopdesk.core.stores_said import how_many_there
from shopdesk.core.text import fold, is_han, marked, unmarked
from shopdesk.core.types import Exchange, Language, Vocabulary

QUESTION_LIMIT = 1000
"""Characters of a question that are read. What follows in a longer text (a pasted mail) is left out."""

_CODE = late(r"(?<![\w#-])#?(?=[\w./#-]*\d)[a-z0-9]+(?:[-_./#][a-z0-9]+)*(?![\w-])")
_CODE_IN_CHINESE = late(
    r"(?<![a-z0-9_.-])(?:(?=[0-9._/-]*[a-z])(?=[a-z._/#-]*\d)[a-z0-9]+(?:[-_./#][a-z0-9]+)*|#[a-z0-9]+|\d{6,})(?![a-z0-9_-])"
)
"""The same right beside Chinese characters, where a short number is an amount: `hw-80多少钱`, not `800毫升`."""
_CODE_WITH_CHINESE = late(r"[\u3400-\u9fff]{1,4}[-_/]?(?:[a-z0-9]+(?:[-_./#][a-z0-9]+)*)")
"""What may be a code that begins in Chinese: `丙-2026-0091`, `戊戌0027`. Its beginning is tried from each character."""
_SHORTEST_CODE = 3
_SHORTEST_SORT = 3
_NUMBER = (
    r"((?<![\d.])\d{1,9}(?:\.\d{1,2})?(?:\s?(?:k(?![a-z])|[千万]))?(?!\d)"
    rf"|(?<![{numbers.CHINESE}])(?:[{numbers.CHINESE}]{{2,9}}|[{numbers.CHINESE}](?=元|块)))"
)
_AMOUNT = rf"(?:[¥$€£]\s*)?{_NUMBER}\s*(?:元|块钱?|rmb|cny|usd|gbp|eur|dollars?|bucks?|yuan|quid|pounds?|euros?|kuai)?"
_RANGES: tuple[tuple[re.Pattern[str], str], ...] = (
    (late(rf"(?:between|from)\s+{_AMOUNT}\s+(?:and|to)\s+{_AMOUNT}"), "both"),
    (late(rf"[¥$€£]\s*{_NUMBER}\s*(?:到|至|to|~|-|—)\s*{_AMOUNT}"), "both"),
    (late(rf"{_AMOUNT}\s*(?:到|至|~|-|—)\s*{_AMOUNT}(?=\s*(?:元|块|之?间|价位|的|$))(?:\s*(?:之间|价位))?"), "both"),
    (
        late(
            rf"{_AMOUNT}\s*(?:以内|以下|之内|之下|内(?=[的有买能可\s,.;?!。]|$)|封顶"
            r"|or less|or under|or below|max(?:imum)?)"
        ),
        "high",
    ),
    (late(rf"(?:低于|少于|[不别没]要?超过|不到|小于|控制在|预算(?:是|在|有|只有|大概|就)?)\s*{_AMOUNT}"), "high"),
    (late(rf"(?:手里|手头|身上|兜里|只有|就|总共)(?:就|只)?(?:有|剩|带了?)?\s*{_AMOUNT}(?<=[元块钱])"), "high"),
    (late(rf"(?:under|below|less than|cheaper than|up to|within|at most)\s*{_AMOUNT}"), "high"),
    (late(rf"(?:no more than|no(?:t|thing) (?:over|above|more than)|max(?:imum)?)\s*{_AMOUNT}"), "high"),
    (late(rf"(?:budget(?: of| is)?|only (?:has|have|got|want to spend))\s*{_AMOUNT}"), "high"),
    (late(rf"(?:has|have|got)\s*(?:only |just )?{_AMOUNT}\s*(?:on|with) (?:him|her|me|them|us)"), "high"),
    (late(rf"{_AMOUNT}\s*(?:tops|at (?:the )?most|or so less)\b"), "high"),
    (late(rf"{_AMOUNT}\s*(?:左右|上下)"), "about"),
    (
        late(
            r"(?:about|around|roughly)\s*(?=[¥$€£]|\d+\s*(?:dollars?|yuan|bucks?|quid|pounds?|euros?|kuai))"
            rf"{_AMOUNT}"
        ),
        "about",
    ),
    (late(r"([一二三四五六七八九])([二三四五六七八九])([百千])(?:元|块钱?)"), "neighbours"),
    (late(rf"{_AMOUNT}\s*(?:以上|之上|起|or more|and up|or above)"), "low"),
    (late(rf"(?:高于|超过|大于|over|above|more than|at least)\s*{_AMOUNT}"), "low"),
)  # fmt: skip
_DECIMAL_POINT = re.compile(r"(?<=\d)\.(?=\d)")
_OF_UNIT = re.compile(r"[ -]?(?!in\b)([a-z]+|[\u4e00-\u9fff]{1,2})(?![a-z])")
_ABOUT = 0.2
"""How far a price may be from one that was said to be meant roughly."""
_MULTIPLES = {"k": 1000, "千": 1000, "万": 10000}
_SIZE_SAID = late(
    r"\bsizes?\s+(\d{1,3}(?:\.5)?|x{0,4}[sml]|\dxl)(?![a-z0-9])"
    r"|(?<![\d.])(?!69码)(\d{2,3}(?:\.5)?)\s*码"
    r"|(?<![a-z0-9])(x{0,4}[sml]|\dxl)\s*[码号]",
    re.ASCII,
)
"""A size that is called one, whether or not the shop has it. 69码 is what clerks call a barcode."""
_JOINED = late(r"\s*的\s*|\s+|[-./'·]")
"""What may stand between two naming words of one name: 拍照好的安卓机, t-shirt."""
_COUNTED_FIRST = re.compile(r"(?<![\w.¥$€£#/-])\d{1,3} [a-z][a-z -]+\b(?:and|plus)\b|\b(?:and|plus) \d{1,3} [a-z]")
"""A basket with a number: "3 brushes and a canvas"."""
_JOINED_GOODS = re.compile(
    r"\b(?:and|plus)\b|(?<=[\u4e00-\u9fff])(?:再?加上?|再(?:来|拿|要|买|带|配)|和|跟|、)(?=[\u4e00-\u9fff])"
)
_SIDES = late(r"(?<![a-z0-9.])(\d+(?:\.\d+)?)[x×*](\d+(?:\.\d+)?)(?![x×*\d])")
_SO_MANY_OF = late(r"\bhow (?:many|much) ([a-z]{3,}) of (?!these|those|them|it\b|each)")
"""What goods are counted in: "how many metres of the chain are left"."""
_CONTAINER = late(r"\b(?:bottle|box|pack|packet|bag|tin|jar|tub|can|tube|carton|roll|sack|pot)s?(?= ?[?.!]|$)")
"""What goods come in, whose size is asked for: "how big is the sloe gin *bottle*"."""
_HYPHENED = late(r"\b[a-z]{2,}-[a-z]{2,}\b")
_MADE_BY = late(r"\b(?:from|by) ([a-z]{4,})(?= ?[?.!,]|$)")
_SIDE_BY_SIDE = late(r"(?<![\w.-])(\d{1,6})(?:\.\d+)? ?(?:[x×*乘]|by) ?(\d+)")
_HEADED = ("sku", "barcode", "location", "brand", "unit")
"""Fields that may be asked for by the heading which the shop's own files give them."""
_OF_GOODS = frozenset(
    ("item", "product", "model", "name", "type", "make", "class", "style", "line", "number", "code", "article", "title",
     "part", "shop", "stock", "size", "place", "case", "unit", "each", "sold")
)  # fmt: skip
"""Headings that are also what goods are called by."""
_SMALLEST_SIDE = 20
"""What is 160 x 200 counts nothing; of 2 x 500 the first number may."""
_SPELLED = "|".join(
    sorted((word for word in numbers.ENGLISH if word not in ("one", "hundred", "thousand")), key=len, reverse=True)
)
_FOR_PEOPLE = late(rf"\bfor (?:\d{{1,2}}|{_SPELLED})\W*$")
"""How many people something is for ("hot tub for two"), where no price is asked: "how much for two" counts goods."""
_PACKED = late(
    rf"\b(?:pack|set|box|tin|bag|tub|jar|case|roll|carton|tray|packet)s? of (\d{{1,3}}|{_SPELLED})"
    r"(?=\W*$|[,;]| (?:and|with|plus|how|what|price|please)\b)"
)
"""How many are in a pack, which wants no more than one: "fat balls, tub of fifty"."""
_OF_MONEY = late(r"\b(?:much|price|prices|costs?|charge|total|pay|come to|comes to|offer|deal|discount|off)\b|[£$€¥]")
_ENOUGH = late(
    rf"够(?:不够)?[\d{numbers.CHINESE}]+[^\W\d_]?(?=[吗么不没嘛]|\W*$)"
    r"|\b(?:(?:have|has) (?:we|you|they) (?:got )?|(?:we|you|they)(?:'ve| have) got |(?:are|is) there )"
    r"(?:enough|(?:that|as|so) many)\b(?: left| of (?:them|those))?"
    r"|\b(?:can|could) (?:we|you|they) (?:do|manage|supply) (?:that many|them|all of them)\b"
)
"""Asks whether so many are there: 花圈够五个吗, "he wants eight, have we that many"."""
_CONTAINERS = "(?:bag|pack|packet|boxe?|roll|tin|can|bottle|jar|set|tub|tube|bunche?|sack|bundle)s? of"
_COUNT = r"(?<![\d.])(?<![a-z0-9][-/])\d{1,4}"
"""Digits that stand for themselves: the 105 of JKT-105 is no quantity, whatever comes after it."""
_ALONE_ZH = numbers.CHINESE.replace("俩", "").replace("仨", "")
"""The characters of Chinese numbers but for those that say 个 as well: 仨卷发棒."""
_QUANTITY = late(
    r"(半打|一打|一对|(?<![们咱这那哥姐爷娘])[俩仨](?![人口])|\b(?:a )?couple of\b)"
    rf"|(?:买|要|拿|来|订|x|×|\*)?\s*((?<!第){_COUNT}|(?<![第家{numbers.CHINESE}])[{_ALONE_ZH}]+)\s*(?:{numbers.MEASURES})(?!月|年|以|内(?=[的有买能可\s,.;?!。]|$)|减(?!多少|几|吗|完|后|掉|下|\d+[元块]?[之以]?后)|折(?!后|下|完|起来|算)|码|号|颜|型|款|套)"
    r"|\b(a pair|a couple)(?=\W*$| (?:please|of (?:them|those|these|em)\b))"
    rf"|\b({_COUNT}|{_SPELLED})\s+(?:of|x(?! ?\d)|pcs|pieces|pairs|units|more|{_CONTAINERS})\b"
    r"|(?:\btimes |乘以?)\s*(\d{1,3})(?![\d.])"
    rf"|\b({_COUNT})\s?x(?= [a-z]{{3}})"
    rf"|\b(?:buy|buys|buying|take|takes|get|want|wants|need|needs|order|for)\s+(\d{{1,3}}|{_SPELLED})\b"
    r"(?! ?%| per ?cent)"
    rf"|\b({_SPELLED})\b(?!-)(?! for (?:the |an? )?(?:offer|deal|two|one|[£$€]?\d+)\b)(?! (?:person|people|piece|pack"
    rf"|seat|seater|berth|man|cup|way|in-one|inch|year|day|month)\b)"
    r"|(?<![a-z0-9])(?:x|×|\*)\s*(\d{1,3})(?![\da-z.])"
)  # fmt: skip
_LOOSE_QUANTITY = late(
    r"(?:^|[,;:+&]|\b(?:and|plus|with|of|get|buy|take|need|needs|want|wants|for|say|have|has|had|me|us|him|her|them"
    r"|ordered|order|bought|sell|are|is|what's|whats|cost|price|lot|grab|about|up|how much|just|would|will|if"
    r"|those|these|another|extra|add|takes|taking|buys|buying)\b)"
    r"\s*(\d{1,3})(?=\s+(?!(?:per ?cent|off)\b)[^\W\d_]{2})"
)


@dataclass(frozen=True, slots=True)
class Understanding:
    """A question as rules read it.

    `folded` is the text all positions refer to; `filler[i]` says that character i names nothing.
    `asked` are field names in the order of the question. `colors` and `sizes` hold, per colour or
    size said, all its spellings, the one in the question first; `value_spans` is where they stand, `name_spans` where
    whole names of goods do. `sort` is a word
    that no category is called by but in which the names of all of `sorts` end (茶: 绿茶, 红茶).
    Prices are major units (yuan, dollars) as written. `talk` is the sort of small talk in the question, `beside_talk`
    what stands beside it that is none. `priced_by` is the field of the price that is meant;
    `by_container` says that only what the goods come in names it, `goods_only` that no rule is asked for.
    """

    question: str
    folded: str
    language: Language
    filler: tuple[bool, ...]
    asked: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    kinds: frozenset[str] = frozenset()
    colors: tuple[tuple[str, ...], ...] = ()
    sizes: tuple[tuple[str, ...], ...] = ()
    brands: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    sort: str = ""
    sorts: tuple[str, ...] = ()
    stores: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    quantities: tuple[float, ...] = ()
    quantity_spans: tuple[tuple[int, int], ...] = ()
    value_spans: tuple[tuple[int, int], ...] = ()
    name_spans: tuple[tuple[int, int], ...] = ()
    codes: tuple[str, ...] = ()
    talk: Talk | None = None
    beside_talk: str = ""
    priced_by: str = "price"
    by_container: bool = False
    goods_only: bool = False

    @property
    def chinese_codes(self) -> tuple[str, ...]:
        """What may be codes that begin in Chinese characters, the longest of each place first."""
        found: dict[str, None] = {}
        for match in _CODE_WITH_CHINESE.finditer(self.folded):
            said = match.group()
            if any(character.isdigit() for character in said):
                found |= dict.fromkeys(said[start:] for start, letter in enumerate(said) if is_han(letter))
        return tuple(found)

    @property
    def content(self) -> str:
        """What is left to name a product or a topic, filler blanked out."""
        return " ".join(unmarked(self.folded, self.filler).split())

    @property
    def elliptical(self) -> bool:
        """Whether it leans on what was said before ("那红色的呢?", "and in XL?")."""
        return bool(lexicon.ELLIPSIS.search(self.folded))

    @property
    def only_talks(self) -> bool:
        """Whether it is small talk from end to end."""
        return self.talk is not None and not self.beside_talk

    def asks(self, kind: str) -> bool:
        return kind in self.kinds

    def to_json(self) -> dict[str, Any]:
        """The structured extraction: null where the question does not say."""
        in_range = self.low is not None or self.high is not None
        return {
            "question": self.question, "language": self.language,
            "product": naming_words(self) or None,
            "price_range": [self.low, self.high] if in_range else None,
            "color": _as_typed(self.colors[0][0], self.question) if self.colors else None,
            "size": _as_typed(self.sizes[0][0], self.question) if self.sizes else None,
            "brand": self.brands[0] if self.brands else None,
            "category": self.categories[0] if self.categories else None,
            "store": self.stores[0] if self.stores else None,
            "in_stock": True if lexicon.IN_STOCK.search(self.folded) else None,
            "quantity": self.quantities[0] if self.quantities else None,
            "codes": list(self.codes) or None,
            "asked": [*self.asked, *self.attributes] or None,
            "intent": sorted(self.kinds) or (["small_talk"] if self.only_talks else None),
        }  # fmt: skip


def sizes_apart(folded: str, sizes: Sequence[str]) -> str:
    """A text whose sides of a size stand apart, where the shop writes none so: `50x70` → `50 by 70`."""
    written = " ".join(_folded(tuple(sizes)))
    return _SIDES.sub(lambda said: said[0] if said[0] in written else f"{said[1]} by {said[2]}", folded)


@lru_cache(maxsize=4096)
def asks_something(name: str, columns: tuple[str, ...]) -> bool:
    """Whether the words of a folded name ask for something where they stand alone, or one is also a column's name."""
    read = _Reader(name)
    if any(pattern.search(name) for pattern in lexicon.ATTRIBUTE_WORDS.values()):
        return True
    if read.asked() or any(read.kinds()) or lexicon.SEPARATORS.search(name) or measures_in(name):
        return True  # the L of an "18 L Soft Cooler" is no size of clothes
    headings = (fold(column.replace("_", " ")).rstrip("s") for column in columns)
    return any(said in name for heading in headings for said in (heading, spoken_of_heading(heading)) if len(said) > 1)


def detect_language(text: str) -> Language:
    """Chinese when it says something in Chinese characters beyond a name, otherwise English.

    A question such as "how much is the 轻奢四件套?" is English: the words that ask decide.
    """
    folded = fold(text)
    asking_english = len(
        re.findall(
            r"\b(?:how|what|which|where|when|who|is|are|do|does|can|the|much|have|any|and|in|price|stock|for|of|it|a|an|to|be|there|would|could|will|we|i|you|me|my|this|that|list|show|every|or|than|over|with)\b",
            folded,
        )
    )
    han = sum(map(is_han, folded))
    if not han:
        return "en"
    asking_chinese = len(
        re.findall(
            r"多少|什么|怎么|哪|吗|呢|几|有没有|还有|请|查|价|货|库存|的|吧|了|能|可以|比|贵|便宜|退|换|编号|编码",
            folded,
        )
    )
    return "en" if asking_english >= 2 and asking_english > asking_chinese else "zh"


def understand(
    question: str,
    vocabulary: Vocabulary,
    history: Sequence[Exchange] = (),
    names: Sequence[str] = (),
    likely: Collection[str] = (),
) -> Understanding:
    """Read `question`. `history` only decides the language of a question that has none of its own (a bare code).

    Words inside the whole names of goods, `names`, ask for nothing: 活动 in 活动扳手 is no promotion. `likely` are
    kinds that it asks for, whatever its words.
    """
    folded = with_units(sizes_apart(numbers.in_figures(fold(question[:QUESTION_LIMIT])), vocabulary.sizes))
    told = figures_told(folded, vocabulary.attributes)
    for _, unit, _ in told:  # "a six-berth" wants no six of anything
        folded = f"{folded[: unit - 1]}-{folded[unit:]}"
    language = detect_language(question)
    if history and not any(character.isalpha() for character in folded):
        language = detect_language(history[-1].question)
    reader = _Reader(folded, names)
    for _, start, end in told:
        reader.blank(start, end)
    headed = reader.fields_by_heading(vocabulary.headings)
    attributes = attributes_asked(reader, vocabulary, language)
    asked = reader.asked(headed)
    kinds = {*reader.kinds(), *likely}
    low, high = reader.price_range(_folded(tuple(vocabulary.sizes)))
    if (low, high) != (None, None) and lexicon.ENOUGH_MONEY.search(folded):
        asked, low, high = ("price",), None, None  # what it costs tells whether a sum buys it
    several = lexicon.WITHOUT_OFFERS.search(folded) is not None and _JOINED_GOODS.search(folded) is not None
    if "list_price" in asked and lexicon.WITHOUT_OFFERS.search(folded) and "total" not in kinds:
        summed_up = several or reader.has_quantity()
        asked = tuple(name for name in asked if name != "list_price") or ("price",) if summed_up else asked
    apart = [match.span() for match in lexicon.WITHOUT_OFFERS.finditer(folded)]
    summed = not kinds.isdisjoint({"total", "promotion"}) or _COUNTED_FIRST.search(folded) is not None
    loosely = summed and "compare" not in kinds
    quantities = reader.quantities(frozenset(_folded(tuple(vocabulary.sizes))), loosely=loosely)
    if (enough := _ENOUGH.search(folded)) is not None and not kinds & {"total", "promotion"}:
        reader.blank(*enough.span())
        asked, quantities = ("stock",), []
    priced_by = "price"
    named = price_named(folded, vocabulary.headings, vocabulary.attributes, counted=bool(quantities))
    if (
        named is not None
        and named.by_container
        and (set(asked) - {"price"} or attributes or kinds & {"promotion", "count"})
    ):
        named = None  # "how many boxes of grit have we", 一箱有几包
    if named is not None and not kinds & {"compare", "cheapest", "dearest"}:
        reader.blank(*named.span)
        priced_by, kinds = named.field, kinds - {"policy"}
        asked, attributes = _asking_for(named.field, asked, attributes)
    elif "list_price" in asked and not lexicon.BEFORE_OFFERS.search(folded):
        priced_by = "list_price"
    summed_up = "total" in kinds or any(number != 1 for number, _ in quantities)
    if summed_up and (priced_by != "price" or "list_price" in asked):
        asked = ("price", *(name for name in asked if name not in ("price", "list_price")))
        attributes = tuple(name for name in attributes if name != priced_by.removeprefix("attributes."))
        kinds = kinds - {"promotion"} | {"total"}
    reader.leave_out_negated()
    colors = reader.known_values(vocabulary.colors, lexicon.COLORS)
    sizes = reader.known_values(vocabulary.sizes, lexicon.SIZE_WORDS, reader.sizes_said())
    codes = reader.codes()
    reader.blank_filler(vocabulary.categories)
    if apart and (quantities or several):
        kinds = kinds - {"promotion", "exists"} | {"total"}  # how many is said: a sum, of which no offer takes anything
    for start, end in apart if quantities or several else ():
        reader.blank(start, end)
    stores = reader.mentioned(vocabulary.stores)
    for start, end in how_many_there(folded, asked) if stores else ():
        asked = ("stock",)
        reader.blank(start, end)
    talk, beside_talk = talk_in(folded)
    categories = reader.mentioned(vocabulary.categories) or reader.mentioned_in_singular(vocabulary.categories)
    sort, sorts = ("", ()) if categories else reader.sort_said(vocabulary.categories)
    filler = reader.filler if beside_talk or talk is None else [True] * len(folded)
    return Understanding(
        question=question, folded=folded, language=language, filler=tuple(filler), asked=asked,
        attributes=attributes, kinds=frozenset(kinds), colors=colors, sizes=sizes,
        brands=reader.mentioned(vocabulary.brands) or reader.mentioned_in_part(vocabulary.brands),
        categories=categories,
        sort=sort, sorts=sorts,
        stores=stores,
        low=low, high=high, quantities=tuple(number for number, _ in quantities),
        quantity_spans=tuple(span for _, span in quantities), value_spans=tuple(reader.value_spans),
        name_spans=tuple(reader.name_spans), codes=codes,
        talk=talk, beside_talk=beside_talk, priced_by=priced_by,
        by_container=named is not None and named.by_container and priced_by == named.field,
    )  # fmt: skip


def _asking_for(
    field: str, asked: tuple[str, ...], attributes: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is asked for where a price is named: that one, and no other price."""
    rest = tuple(name for name in asked if name not in ("price", "list_price"))
    if field.startswith("attributes."):
        return rest, tuple(dict.fromkeys((*attributes, field.removeprefix("attributes."))))
    return (field, *rest), attributes


def quantities_in(item: str, sizes: frozenset[str] = frozenset()) -> list[tuple[int, tuple[int, int]]]:
    """How many of something a part of a folded basket wants, and where it says so: "3 brushes", 墨汁两瓶. `sizes` are
    none, nor are measures."""
    return _Reader(item).quantities(sizes, loosely=True)


def naming_words(understanding: Understanding) -> str:
    """What names the product, as it was typed: the content without colours and sizes."""
    folded = understanding.folded
    blank = marked(understanding.filler, understanding.value_spans)
    spans: list[tuple[int, int]] = []
    for match in re.finditer("0+", "".join("01"[is_blank] for is_blank in blank)):
        start, end = match.span()
        if spans and _JOINED.fullmatch(folded, spans[-1][1], start):
            start = spans.pop()[0]
        spans.append((start, end))
    return " ".join(_as_typed(folded[start:end], understanding.question) for start, end in spans)


def _as_typed(folded: str, question: str) -> str:
    """A piece of a folded question in the letters that were typed, where it can be found again."""
    match = re.search(outside_words(folded).pattern, question, re.IGNORECASE)
    return " ".join((match.group() if match else folded).split())


@lru_cache(maxsize=1 << 12)
def _is_short_for(said: str, category: str) -> bool:
    """Whether a category begins or ends with what is said, or is shortened to it (红酒: 红葡萄酒)."""
    if len(said) < 3 and (category.endswith(said) or (len(said) > 1 and category.startswith(said))):
        return True
    return len(said) > 1 and re.fullmatch(".*".join(map(re.escape, said)), category) is not None


@lru_cache(maxsize=1 << 12)
def _shortens(said: str, category: str) -> bool:
    """Whether a word is what people leave of a longer one in a category (loco, co-op: Locomotives, Co-operative), or
    both are for the same people: kids, Children's."""
    short = said.replace("-", "").removesuffix("s")
    words = category.replace("-", "").replace("'s", "").split()
    if said.isascii() and len(short) > _SHORTEST_SORT:
        rests = (word.removeprefix(short) for word in words if word.startswith(short))
        return any(len(rest) > 2 and rest not in ("ing", "ings", "ers", "ness") for rest in rests)
    of_whom = (family for family in lexicon.WEARERS if said.removesuffix("'s") in family)
    return any(word in family for family in of_whom for word in (category, *words))


@lru_cache(maxsize=1 << 12)
def _in_any_number(said: str) -> re.Pattern[str]:
    """Finds an English value in the singular or plural of its last word."""
    stemmed = re.sub(r"(?<=[a-z]{3})(?:ies|s|(?<![aeiou])y)$", "", said) if not said.endswith("ss") else said
    return re.compile(rf"(?<![a-z0-9]){re.escape(stemmed)}(?:s|es|y|ies)?(?![a-z0-9])")


def _alone(character: str) -> re.Pattern[str]:
    """Finds one Chinese character that stands for a colour ("有黑的吗"), not one inside a name (口红的)."""
    return re.compile(rf"(?<![^\s,、有要那换是和或还的拿买件款条双]){character}(?=[的款])")


@lru_cache(maxsize=256)
def _heading_asked(heading: str) -> re.Pattern[str]:
    """Finds a heading where it is asked for: a Chinese one of two characters and more wherever it stands, an English
    one behind an article or before "of", unless it is what goods are called anyway."""
    said = re.escape(heading)
    if is_han(heading[-1]):
        return re.compile(rf"(?P<heading>{said})(?![\u4e00-\u9fff]?[价钱])" if len(heading) > 1 else r"(?!)")
    if heading in _OF_GOODS or len(heading) < 3:
        return re.compile(r"(?!)")
    return re.compile(
        rf"(?:^|\b(?:the|what|which|its|their|any) )(?P<heading>{said})(?= (?:of|for|on|is|does|do)\b| ?[?.!]|$)"
    )


@lru_cache(maxsize=16)
def _folded(values: tuple[str, ...]) -> tuple[str, ...]:
    """The same values for every question until the shop's rows change."""
    return tuple(map(fold, values))


@lru_cache(maxsize=16)
def _spellings(values: tuple[str, ...], families: tuple[tuple[str, ...], ...]) -> Mapping[str, tuple[str, ...]]:
    """Every way to say a known value → that and all others that stand for it, the longest first."""
    spelled: dict[str, tuple[str, ...]] = {said: (said,) for said in _folded(values) if said}
    for family in families:
        for said in family:
            spelled[said] = tuple(dict.fromkeys((*spelled.get(said, (said,)), *family)))
    if families is lexicon.COLORS:  # a shop's own 奶油 or 银 is asked for as 奶油色, 银色
        for said in [said for said in _folded(values) if said and is_han(said[-1]) and not said.endswith("色")]:
            spelled[f"{said}色"] = tuple(dict.fromkeys((*spelled.get(f"{said}色", (f"{said}色",)), said)))
    return {said: spelled[said] for said in sorted(spelled, key=len, reverse=True)}


def _amount(text: str) -> float:
    if not text[0].isdigit():
        return float(numbers.chinese_value(text) or 0)
    multiple = _MULTIPLES.get(text[-1], 1)
    return float(text.rstrip("k千万 ")) * multiple


def _count(text: str) -> int:
    dozens = {"半打": 6, "一打": 12, "一对": 2, "a pair": 2, "a couple": 2, "a couple of": 2, "couple of": 2}
    return (
        int(text)
        if text.isdigit()
        else dozens.get(text) or numbers.ENGLISH.get(text) or numbers.chinese_value(text) or 0
    )


class _Reader(MarkedText):
    """One pass over a folded question, marking what has been understood as filler on the way."""

    def __init__(self, folded: str, names: Sequence[str] = ()) -> None:
        super().__init__(folded, names)
        self.value_spans: list[tuple[int, int]] = []
        self._settled: list[tuple[int, int]] = []  # prices and what is said not to be meant: no colour or size there

    def kinds(self) -> Iterator[str]:
        for kind, pattern in (
            ("compare", lexicon.COMPARE), ("total", lexicon.TOTAL), ("cheapest", lexicon.CHEAPEST),
            ("dearest", lexicon.DEAREST), ("count", lexicon.COUNT), ("list", lexicon.LIST),
            ("recommend", lexicon.RECOMMEND), ("exists", lexicon.EXISTS),
        ):  # fmt: skip
            spans = list(self.spans(pattern))
            if spans:
                yield kind
            if kind == "compare" and spans:
                # its pattern may span the names it compares: only its own words are filler
                spans = list(self.spans(lexicon.COMPARE_WORDS))
            for span in spans:
                self.blank(*span)
        for kind, pattern in (
            ("promotion", lexicon.PROMOTION), ("order", lexicon.ORDER), ("policy", lexicon.POLICY),
            ("policy", lexicon.FEE),
            ("both", lexicon.BOTH), ("substitute", lexicon.SUBSTITUTE), ("instead", lexicon.INSTEAD),
            ("how-to", lexicon.HOW_TO),
        ):  # fmt: skip
            if any(True for _ in self.spans(pattern)):
                yield kind

    def codes(self) -> tuple[str, ...]:
        """What may be a SKU, a barcode or a number of an order, in the order of the question."""
        matches = [match for pattern in (_CODE, _CODE_IN_CHINESE) for match in pattern.finditer(self.folded)]
        said = [match.group() for match in sorted(matches, key=re.Match.start)]
        return tuple(dict.fromkeys(code for code in said if len(code) >= _SHORTEST_CODE))

    def price_range(self, sizes: Sequence[str] = ()) -> tuple[float | None, float | None]:
        sized = [match.span() for size in sizes if len(size) > 2 for match in self.finds(size)]
        for pattern, side in _RANGES:
            match = pattern.search(self.folded)
            if match is None or any(start <= match.start() and match.end() <= end for start, end in sized):
                continue  # "age 9-11" where that is a size
            unit = _OF_UNIT.match(self.folded, match.end())
            if unit is not None and kind_of_unit(unit[1]) is not None:
                continue  # "under 5 kg"
            self.blank(*match.span())
            self._settled.append(match.span())
            if side == "neighbours":  # 七八百块
                low, high = (_amount(digit + match.group(3)) for digit in match.groups()[:2])
                return low, high
            first = _amount(match.group(1))
            if side == "both":
                second = _amount(match.group(2))
                return min(first, second), max(first, second)
            if side == "about":
                return round(first * (1 - _ABOUT), 2), round(first * (1 + _ABOUT), 2)
            return (None, first) if side == "high" else (first, None)
        return None, None

    def leave_out_negated(self) -> None:
        for span in self.spans(lexicon.NEGATED):
            self.blank(*span)
            self._settled.append(span)

    def asked(self, headed: Sequence[str] = ()) -> tuple[str, ...]:
        """The fields that are asked for, after those that are already known to be, by their headings."""
        found: list[tuple[int, str]] = []
        places: list[tuple[int, int]] = []
        for name, pattern in lexicon.ASKED_FIELDS.items():
            # "容量多大" asks for the capacity, not for the size as well
            spans = [
                span for span in self.spans(pattern)
                if not self.filler[span[0]] or (name == "price" and not overlaps(span, self.amounts))
            ]  # fmt: skip
            if name == "size" and any(within_longer(span, places) for span in spans):
                continue  # 挂在几号 asks for no size
            if name == "location":
                places = spans
            if spans:
                found.append((spans[0][0], name))
        for pattern in lexicon.ASKED_FIELDS.values():
            for span in self.spans(pattern):
                self.blank(*span)
        for match in _SO_MANY_OF.finditer(self.folded):
            self.blank(*match.span(1))
        names = list(dict.fromkeys((*headed, *(name for _, name in sorted(found))))) or self._asked_by_idiom()
        if "size" in names:
            for span in self.spans(_CONTAINER):
                self.blank(*span)
        if names == ["stock"] and idioms.PRICE_OF_TODAY.search(self.folded):
            names = ["price"]
        for span in self.spans(lexicon.BARE_AMOUNT):
            self.blank(*span)
            counted = self.folded[: span[0]].endswith(("有", "剩"))
            names = names or ([] if overlaps(span, self.amounts) else ["stock" if counted else "price"])
        if "list_price" in names and "price" in names and not self._strong_price():
            names.remove("price")
        return tuple(names)

    def fields_by_heading(self, headings: Mapping[str, Sequence[str]]) -> list[str]:
        """The fields that a question asks for by what the shop's own files call them: 挂位, 条目号, "the tag of it"."""
        found = []
        for field in _HEADED:
            for heading in map(fold, headings.get(field, ())):
                for match in _heading_asked(heading).finditer(self.folded) if heading in self.folded else ():
                    if not within_longer(match.span("heading"), self.name_spans):
                        found.append(field)
                        self.blank(*match.span("heading"))
        return found

    def _asked_by_idiom(self) -> list[str]:
        """What is asked for without a word for it: "what does it run", 几顶, "which store has it"."""
        for pattern, names in (
            (idioms.RUNS, ["price"]), (idioms.HOW_MANY_MORE, ["stock"]), (idioms.WHICH_STORE, ["store", "stock"]),
        ):  # fmt: skip
            match = pattern.search(self.folded)
            if match is not None:
                self.blank(*match.span(match.lastindex or 0))
                return names
        return []

    def _strong_price(self) -> bool:
        """Whether the selling price is asked for beside the list price ("原价和现价")."""
        rest = lexicon.ASKED_FIELDS["list_price"].sub(" ", self.folded)
        rest = lexicon.WEAK_PRICE.sub(" ", rest)
        return bool(lexicon.ASKED_FIELDS["price"].search(rest))

    def quantities(self, sizes: frozenset[str], *, loosely: bool) -> list[tuple[int, tuple[int, int]]]:
        """How many of something, and where that is said. `loosely`: a sum is asked for, so that any number before a
        name will be one ("ring up 2 black armchairs"). What the shop has as a size is none ("99枝", "shoe 40")."""
        found = []
        within = [match.span() for size in sizes if len(size) > 3 for match in self.finds(size)]
        within += [
            match.span(2 if int(match[1]) < _SMALLEST_SIDE else 0) for match in _SIDE_BY_SIDE.finditer(self.folded)
        ]
        within += [match.span(1) for match in _PACKED.finditer(self.folded)]
        people = None if _OF_MONEY.search(self.folded) else _FOR_PEOPLE.search(self.folded)
        if people is not None:
            self.blank(*people.span())
            within.append(people.span())
        for match in _QUANTITY.finditer(self.folded):
            if overlaps(match.span(), within):
                continue
            text = next(group for group in match.groups() if group)
            number = _count(text)
            if number and match.group().strip() not in sizes and not overlaps(match.span(), self._settled):
                found.append((number, match.span()))
                self.blank(*match.span())
        measured = [(start, end) for start, end, _ in measures_in(self.folded)] if loosely else []
        for match in _LOOSE_QUANTITY.finditer(self.folded) if loosely else ():
            taken = [*within, *self._settled, *measured, *(span for _, span in found)]
            if match[1] not in sizes and not overlaps(match.span(1), taken):
                self.blank(*match.span(1))
                found.append((int(match[1]), match.span(1)))
        return sorted(found, key=lambda quantity: quantity[1])

    def has_quantity(self) -> bool:
        return any(_count(next(filter(None, match.groups()))) > 1 for match in _QUANTITY.finditer(self.folded))

    def sizes_said(self) -> list[tuple[int, int]]:
        """Where something is called a size ("size 10", "42码"); what calls it one names nothing."""
        spans = []
        for match in _SIZE_SAID.finditer(self.folded):
            start, end = match.span(match.lastindex or 0)
            self.blank(match.start(), start)
            self.blank(end, match.end())
            spans.append((start, end))
        return spans

    def known_values(
        self,
        values: Sequence[str],
        families: tuple[tuple[str, ...], ...],
        called_so: Sequence[tuple[int, int]] = (),
    ) -> tuple[tuple[str, ...], ...]:
        """Colours (or sizes) said in the question: each with every spelling that stands for it.

        Longer spellings win ("navy blue" over "blue"). `called_so` is where one stands that need not
        be known.
        """
        spelled = _spellings(tuple(values), families)
        taken = list(self._settled)
        found: dict[tuple[int, int], tuple[str, ...]] = {}
        for start, end in called_so:
            said = self.folded[start:end]
            found[start, end] = spelled.get(said, (said,))
            taken.append((start, end))
        for said in spelled:
            if len(said) == 1 and said.isdigit():
                continue
            alone = len(said) == 1 and is_han(said)
            for match in self.finds(said, _alone if alone else outside_words):
                start, end = match.span()
                if not overlaps((start, end), taken):
                    taken.append((start, end))
                    found[start, end] = spelled[said]
        self.value_spans += found
        return tuple(dict.fromkeys(family for _, family in sorted(found.items())))

    def mentioned(self, values: Sequence[str]) -> tuple[str, ...]:
        folded = zip(values, _folded(tuple(values)), strict=True)
        return tuple(
            value for value, said in folded if (any(self.finds(said)) if len(said) > 1 else self._stands_alone(said))
        )

    def mentioned_in_part(self, values: Sequence[str]) -> tuple[str, ...]:
        """The makers of whose names the first word is said after a word for it: "books from Compass" (Compass Maps)."""
        said = {match[1] for match in _MADE_BY.finditer(self.folded)}
        folded = zip(values, _folded(tuple(values)), strict=True) if said else ()
        return tuple(value for value, name in folded if name.partition(" ")[0] in said)

    def mentioned_in_singular(self, values: Sequence[str]) -> tuple[str, ...]:
        """The English values that are said but for their endings: "the jar discount" speaks of Jars."""
        folded = zip(values, _folded(tuple(values)), strict=True)
        return tuple(
            value
            for value, said in folded
            if len(said) > 3 and said.isascii() and said[:3] in self.folded and _in_any_number(said).search(self.folded)
        )

    def sort_said(self, values: Sequence[str]) -> tuple[str, tuple[str, ...]]:
        """A phrase of the question in which the names of several categories end, and these (茶: 绿茶, 红茶; guitars:
        bass guitars, electric guitars), or a word that only one has ("an acoustic": acoustic guitars)."""
        kept = unmarked(self.folded, self.filler)
        folded = list(zip(values, _folded(tuple(values)), strict=True))
        for phrase in dict.fromkeys((*kept.split(), *_HYPHENED.findall(self.folded))):
            if len(phrase) <= 3 and is_han(phrase[-1]):
                found = tuple(value for value, name in folded if _is_short_for(phrase, name))
            elif phrase.isascii() and len(phrase) > _SHORTEST_SORT:
                wanted = _in_any_number(phrase)
                found = tuple(value for value, name in folded if wanted.search(name))
            else:
                found = ()
            found = found or tuple(value for value, name in folded if _shortens(phrase, name))
            if found:
                return phrase, found
        return "", ()

    def _stands_alone(self, said: str) -> bool:
        """Whether one Chinese character is all that its phrase names ("茶有几种"): a category of one character."""
        if not said or not is_han(said) or said not in self.folded:
            return False
        return said in unmarked(self.folded, self.filler).split()

    def blank_filler(self, categories: Sequence[str]) -> None:
        for word in lexicon.GENERIC:
            if word in self.folded and not any(word in category for category in categories):
                for span in self.spans(re.compile(word)):
                    self.blank(*span)
        for pattern in (lexicon.FILLER, idioms.FILLER):
            for span in self.spans(pattern):
                self.blank(*span)
        points = {match.start() for match in _DECIMAL_POINT.finditer(self.folded)}
        wanting = idioms.WHO_WANTS.search(self.folded)
        if wanting is not None:
            self.blank(*wanting.span(1))
        for index, character in enumerate(self.folded):
            if not (character.isalnum() or character in "%+#&" or index in points):
                self.filler[index] = True
