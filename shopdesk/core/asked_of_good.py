"""What a question asks of one good in words of its own: a figure of some kind, and the words that it is asked of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from shopdesk.core import numbers
from shopdesk.core.late import late
from shopdesk.core.profiles import stem
from shopdesk.core.text import fold, is_han
from shopdesk.core.types import Record


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks of a good: a figure of one of `kinds` (none for whatever is said of it), in a piece that
    has one of the words `so` that go with such a figure or the `words` that it is asked of, above all the last of
    these. `made`: what it is made of."""

    kinds: frozenset[str]
    so: tuple[str, ...]
    words: tuple[str, ...]
    made: bool = False
    named: bool = False
    """Whether the good is called by a word of its name or more."""
    said: str = ""
    """The whole question, its measures in figures: what stands in it tells nothing new."""


_SO: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    # how it is asked, what kinds of figures tell it, what else a piece says that tells it
    (r"\bhow (?:heavy|much .*weigh)|\bweigh(?:s|t)?\b|多[重沉]|[重沉]不[重沉]|几[斤克]|多少[斤克]", ("weight",), ("weigh", "heavy", "重")),
    (r"\bhow (?:thick|thin)|多[厚薄]|厚度", ("length",), ("thick", "thickness", "gauge", "厚")),
    (r"\bhow (?:wide|broad)|多宽|宽度", ("length",), ("wide", "width", "across", "宽")),
    (r"\bhow (?:deep)|多深|深度", ("length",), ("deep", "depth", "深")),
    (r"\bhow (?:tall|high)|多高|高度", ("length",), ("tall", "high", "height", "高")),
    (r"\bhow (?:fast|quick)\b|\btop speed|多快|时速|速度", ("speed", "time"), ("speed", "fast", "速")),
    (r"\bhow far\b|多远", ("length", "area"), ("range", "reach", "far", "distance", "throw", "远", "射程", "里程")),
    (r"\bhow (?:hot|warm|cold)\b|\bwhat temp|几度|多少度|多[热烫冷]|水温|温度", ("heat",), ("temp", "hot", "温", "度")),
    (r"\bhow (?:loud|noisy|quiet)\b|多吵|噪音|分贝", ("sound",), ("loud", "noise", "噪")),
    (r"\bhow (?:powerful)\b|\bwhat (?:power|wattage)\b|功率|几瓦|多少瓦", ("power",), ("power", "功率")),
    (r"\b(?:warrant(?:y|ied)|guaranteed?)\b|保修|质保|三包|保(?=多久|几年|几个月|多长)", ("time",), ("warranty", "guarantee", "保")),
    (r"多大(?:年[龄纪])?的?(?:孩子|小孩|宝宝|娃|小朋友|儿童)|几岁|\b(?:what|which) ages?\b|\bhow old (?:do|does|must|should)\b", ("age",), ()),
    (r"\bhow (?:old)\b", ("time",), ("old", "age", "aged")),
    (r"\bhow (?:often|soon|many (?:seconds|minutes|mins|hours|days|weeks|months|years))\b|多久|多长时间|(?:几|多少)(?:秒|分钟|个?小时|个?钟头|天|周|个?月|年)", ("time",), ()),
    (r"\bhow (?:big|large|small)\b|\bwhat size\b|\bsize of\b|多大", ("length", "volume", "area"), ()),
    (r"\bhow (?:much|many) (?:water|oil|fuel|petrol|liquid|air|gas|lit(?:re|er)s?|gallons?|pints?)\b|多少[水油]|几升|多少升", ("volume",), ("water", "hold", "tank", "capacity", "litre", "liter", "gallon", "水", "容")),
    (r"\bhow (?:long)\b", ("length", "time"), ("long", "length", "长")),
    (r"多长", ("length",), ("长",)),
)  # fmt: skip
_SO_ASKED = tuple((late(said), frozenset(kinds), words) for said, kinds, words in _SO)
_LASTS = late(
    r"\bhow long(?: (?:does|do|did|will|would|can|could|should)|'ll|'d)\b|\bhow long\b.*\b(?:take|last|before|until|till)\b"
)
_MADE = late(
    r"\bmade (?:out )?(?:of|from)\b|\bwhat(?: material)?(?:'s| is| are)\b.* (?:of|made)(?= ?\?|$)|\bwhat material\b"
    r"|(?:什么|啥|哪种)(?:材[质料]|料子?|东西?做的?|做的?)|材[质料](?=\W*$)|用?(?:什么|啥)做"
)
_MUCH = late(r"\bhow (?:much|many)\b")
_TOKEN = re.compile(r"[a-z0-9][a-z0-9'-]*|[,.?!]")
_LITTLE = frozenset(
    re.findall(
        "[a-z']+",
        """
    a an the is are was were be been am do does did done can could will would shall should may might must have has had
    having got get gets getting it its this that these those there here what which who whose how where when why and or
    but if so as of in on at to for from with by per into onto up out off than then too much many more any some one each
    every you we they he she i your our their his her my me us them please hi hello ok okay about long tall wide deep
    thick thin high big large small heavy fast quick far hot warm cold loud old often soon made make makes material take
    takes taking need needs want wants come comes coming go goes going give gives said say says like kind sort type size
    sized customer asking asks know tell just really actually exactly roughly many weigh weighs weight thing things mean
    also still only ones lot bit s ll d re ve when thick all again new not no yes put use used using work works does day
    days hour hours minute minutes month months year years week weeks price cost costs temperature temp what's how's
        """,
    )
)
_ASKING_ZH = re.compile(
    r"(?:要|能|可以|得|大概|一般|最多|最大|最长|最快|需要|需)*(?:多长时间|多久|多少|多[长宽高厚深远粗细重沉大快热烫冷吵薄]|几(?=[^\W\d_]))"
    r"|是?(?:什么|啥|哪种)(?:样的?|材[质料]|料子?|东西|做的?|颜色|色)?|怎么样?|如何|[吗么呢啊呀嘛吧哈]|的(?=\W*$)|(?:是不是|能不能|可不可以|有没有|会不会|要不要|带不带|送不送|行不行)"
    r"|一(?:个|次|下|般|共)|老板|请问|你好|咱们?|我们?|店里|这个?|那个?|顾客|客人|问"
)
_HELPING = re.compile(r"[里上外下]头|[里外上下]面|里边|[能会可需要得]|([^\W\d])[不没](?=\1)|没有|有没有?")
_BRACKETING_ZH = re.compile(
    r"^[的是有要能会可得里上下中在以一个呢就还最它配带含给把和跟]+|[的是有要能会可得里面上中在一个呢就还最它个了没不做制]+$"
)
_UNIT_ZH = re.compile(
    r"(?:秒|分钟|个?小时|个?钟头|天|周|个?月|年|[个件条双只支套台盒把瓶包袋张本片颗粒块根层格档种]|升|克|斤|公斤|米|厘米|毫米|度|瓦|寸)"
)
_OF_PART = late(
    r"\b(?:how [a-z]+|what(?: [a-z]+)?)(?:'s| is| are| was)(?: the| its| their)? ((?:[a-z'-]+ )*?[a-z'-]+)(?= (?:on|of|in|for|with|made|that)\b)"
)
_ASKS = late(
    r"\b(?:what|which|how|who|when|where)\b|\b(?:has|does|do|is|are|can|will|did) (?:the|this|that|it|its|these|those)\b|^(?:the )?[a-z]+(?: [a-z]+)? (?:of|on|for) the\b"
    r"|什么|啥|哪|几|多|[吗么嘛没不]\W*$|([^\W\d])[不没]\1|还是|有没有|是不是|怎么|谁"
)
"""Asks something of goods, beyond naming them."""
_OF_STOCK = late(
    r"\b(?:any|have (?:we|you|they)|do (?:we|you|they)|(?:we|you|they)(?:'ve)? got|is there|are there)\b|^got\b|\bprice|\bcosts?\b|\bgoing for\b|\basking\b|[元块钱价卖]|库存|有货|还有|还剩"
)
_HOW_MANY = late(
    r"\bhow (?:much|many)\b(?: (?!is\b|are\b|for\b|an?\b|the\b|do\b|does\b|would\b|will\b|of\b|did\b|per\b|each\b)([a-z]+))?"
)
_WHETHER = re.compile(
    r"([^\W\d])[不没](?:\1|\W*$)|有.{1,4}[吗么嘛没]|(?P<what>什么|啥|哪种)[^\W\d](?=[做的?？]|$)|^(?:and |so |but )?(?:has|does|do|is|are|can|will) (?:the|this|that|it|these)\b"
)
_CONTAINERS = frozenset(
    ("box", "pack", "bag", "tub", "tin", "bottle", "jar", "roll", "packet", "case", "kit", "set", "tube", "pair")
)
_OF_ANYTHING = re.compile(
    r"(?<=..)(?:含量|数量|时间|时长|比例|尺寸|长度|宽度|高度|温度|面积|周期|范围|类型|种类|方式|方法|大小|材[质料]|规格|寿命|要求)$"
)
_SHORTEST = 3


def asked_of(folded: str, record: Record) -> Asked:
    """What a folded question asks of one good, with the words that are no part of the good's name."""
    kinds: frozenset[str] = frozenset()
    so: tuple[str, ...] = ()
    rest = folded
    for pattern, told, goes_with in _SO_ASKED:
        if pattern.search(folded):
            kinds, so, rest = told, goes_with, pattern.sub(lambda said: " " * len(said.group()), folded)
            break
    if "time" in kinds and _LASTS.search(folded):
        kinds, so = frozenset({"time"}), ()
    made = _MADE.search(folded) is not None
    title = fold(" ".join((record.title, str(record.fields.get("color") or ""), str(record.fields.get("brand") or ""))))
    chinese = any(map(is_han, folded))
    words = _chinese_words(rest, title) if chinese else _english_words(rest, title)
    unit = fold(str(record.fields.get("unit") or ""))
    words = tuple(word for word in words if word != unit)  # 有几对: how many of it there are, not what it has
    return Asked(kinds, so, words, made, _names(folded, fold(record.title)), numbers.in_figures(folded))


def _names(folded: str, title: str) -> bool:
    """Whether the good's name is said in part: its last word, a word that is no other good's, two characters."""
    if any(map(is_han, title)):
        return any(title[place : place + 2] in folded for place in range(len(title) - 1))
    words = re.findall(r"[a-z0-9]+", title)
    return any(re.search(rf"\b{re.escape(word)}s?\b", folded) for word in words if len(word) > 2)


def _english_words(folded: str, title: str) -> tuple[str, ...]:
    own = {stem(word) for word in re.findall(r"[a-z0-9]+", title)}
    kept: list[str] = []
    naming: list[str] = []
    for match in _TOKEN.finditer(folded):
        word = match.group().removesuffix("'s")
        if stem(word) in own:
            kept = kept[: len(kept) - len(naming)]  # "the *folding* pool table": which one is meant
        if word in _LITTLE or not word.isalpha():
            naming = [] if word in _LITTLE else naming
        elif stem(word) in own:
            naming = []
        else:
            naming.append(word)
            kept.append(word)
    part = _OF_PART.search(folded)
    if part is not None:  # "how long is the *cable* on the robot": the cable, whatever else is said
        of = [word for word in part[1].split() if word in kept]
        kept = [*(word for word in kept if word not in of), *of]
    return tuple(dict.fromkeys(kept))


def _chinese_words(folded: str, title: str) -> tuple[str, ...]:
    place, left = 0, []
    while place < len(folded):
        size = next((n for n in range(min(8, len(folded) - place), 1, -1) if folded[place : place + n] in title), 0)
        left.append(" " if size else folded[place])
        place += size or 1
    text = _ASKING_ZH.sub(" ", "".join(left))
    found = []
    for run in re.findall(r"[\u4e00-\u9fff]+|[a-z][a-z0-9]+", _HELPING.sub(" ", text)):
        said = run if run.isascii() else _OF_ANYTHING.sub("", _BRACKETING_ZH.sub("", run))
        if said and not _UNIT_ZH.fullmatch(said):
            found.append(said)
    return tuple(dict.fromkeys(found))


def what_is_said_of(asked: Asked) -> bool:
    """Whether the question asks what is said of its last word, no figure and no price: "what's the pot life of …"."""
    last = asked.words[-1]
    if counts_it(asked):
        return True
    if len(last) < (2 if is_han(last[0]) else _SHORTEST) and not (asked.made or _WHETHER.search(asked.said)):
        return False
    if not _ASKS.search(asked.said) or _OF_STOCK.search(asked.said):
        return False
    many = _HOW_MANY.search(asked.said)
    if many is not None:
        return many[1] is not None  # "how much is the …" asks for its price
    return stem(last) not in _CONTAINERS


def counts_it(asked: Asked) -> bool:
    """Whether it is asked how many of the last word there are: 能装几个碗."""
    return bool(asked.words) and re.search(rf"(?:几|多少)[^\W\d]?{re.escape(asked.words[-1])}", asked.said) is not None


def asks_whether(asked: Asked) -> bool:
    """Whether the question wants a yes or a no, which the word itself may be: 有没有童锁 (有童锁)."""
    whether = _WHETHER.search(asked.said)
    return whether is not None and not whether["what"]


def asks_how_many(asked: Asked) -> bool:
    return _HOW_MANY.search(asked.said) is not None
