"""Goods chosen by what a question tells of them, word by word, held against all that their rows say.

减肥的能吃点啥 names no goods, but a column of two of them says 减肥; "a bow for medieval reenactment" names a sort, of
which one row says "medieval". What all rows say, or none, chooses nothing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from shopdesk.core.late import late
from shopdesk.core.need_words import families_said, tells
from shopdesk.core.profiles import stem
from shopdesk.core.text import blanked, fold, is_han
from shopdesk.core.types import Record

_WORD = re.compile(r"[a-z]{3,}")
_RUN = re.compile(r"[\u4e00-\u9fff]+")
_SHORTEST_ROOT = 3
_OF_A_WORD, _OF_A_PAIR, _OF_A_CHARACTER, _OF_A_FAMILY = 2.0, 1.0, 0.25, 1.4
_NUMBERED = re.compile(r"([a-z]{3,}) \d+(?![\d.])")
"""A word with its number: grade 6."""
_NEARLY = 0.87
"""The part of the best score that others must have to be meant as well."""
_SHORT = 6
"""Characters of a value of which one alone tells something: 湿气重, 孕妇."""
_LIST = 60
"""Characters of a value that is no text."""
_DENIED = late(
    r"(?:\b(?:no|not|non|without|never|cannot)\b|n't\b)(?:[ -](?:the|an?|any|to|need|needs|have|has|be|too|very|go"
    r"|want|like|get|use)\b)*[ -]+([a-z]+)|(?<!有)"
    r"(?:不(?:要|能|想|爱|用|是|含|带|太)*|没有?|无|别)([\u4e00-\u9fff]{1,2})"
)
SAYS_LITTLE = frozenset((
    "the", "and", "for", "with", "that", "this", "those", "these", "what", "which", "who", "whom", "whose",
    "where", "when", "why", "how", "has", "have", "had", "having", "does", "did", "doing", "are", "was", "were",
    "been", "being", "will", "would", "could", "should", "can", "may", "might", "must", "shall", "you", "your",
    "yours", "she", "her", "hers", "him", "his", "they", "them", "their", "theirs", "our", "ours", "its", "one",
    "ones", "some", "any", "all", "every", "each", "other", "another", "else", "more", "most", "less", "least",
    "very", "really", "quite", "just", "only", "even", "still", "also", "too", "then", "than", "but", "not",
    "nor", "from", "into", "onto", "over", "under", "about", "around", "between", "something", "anything",
    "nothing", "someone", "somebody", "anyone", "anybody", "everyone", "thing", "things", "stuff", "item",
    "items", "product", "products", "good", "goods", "nice", "best", "better", "great", "decent", "proper",
    "suitable", "right", "ideal", "perfect", "recommend", "suggest", "advise", "suggestion", "need", "needs",
    "want", "wants", "wanted", "wanting", "like", "likes", "look", "looking", "looks", "get", "gets", "got",
    "getting", "give", "gives", "take", "takes", "buy", "buys", "buying", "sell", "sells", "use", "uses",
    "used", "using", "make", "makes", "keep", "keeps", "put", "puts", "let", "lets", "say", "says", "said",
    "know", "knows", "think", "please", "thanks", "customer", "customers", "lady", "gentleman", "chap", "bloke",
    "man", "woman", "people", "person", "guy", "lot", "lots", "bit", "little", "pound", "pounds", "quid",
    "dollar", "dollars", "budget", "price", "prices", "priced", "cheap", "cheaper", "expensive", "stock",
    "shop", "store", "there", "here", "now", "today", "tomorrow", "out", "off", "show", "tell", "find", "help",
    "going", "after", "first", "doesn", "don", "won", "isn", "aren", "wasn", "come", "comes", "while",
    "because", "though", "try", "tried", "new", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    "ten", "class", "lesson", "lessons", "kind", "kinds", "sort", "sorts", "type", "types", "old", "own", "ready",
))  # fmt: skip
"""Words that choose no goods, whatever rows they stand in."""
_PAIRS_OF_ASKING = frozenset((
    "什么", "有什", "么样", "哪个", "哪种", "哪款", "哪些", "哪件", "推荐", "适合", "合适", "客人", "顾客",
    "客户", "有没", "没有", "有货", "现货", "想要", "想买", "想找", "我想", "给我", "帮我", "一下", "一个",
    "一款", "一种", "一件", "一些", "几个", "几款", "几样", "几种", "有啥", "有些", "东西", "能用", "可以",
    "应该", "比较", "怎么", "怎样", "最好", "便宜", "贵的", "价格", "价位", "预算", "左右", "以内", "以下",
    "以上", "块钱", "多少", "店里", "我们", "你们", "咱们", "他们", "家里", "现在", "今天", "这个", "那个",
    "这种", "那种", "喜欢", "需要", "就行", "行的", "好的", "的好", "好点", "用的", "的用", "点的", "个的",
    "着的", "想吃", "吃点", "用点", "买点", "来点", "一点", "有点", "的人", "人的", "的话", "介绍", "看看",
    "送的", "的有", "有的", "吗有", "用什", "用啥", "买啥", "的吗", "还有", "其他", "别的", "换个", "换一",
    "给客", "好用", "都有", "有哪", "不要", "不能",
))  # fmt: skip
_CHARACTERS_OF_ASKING = frozenset(
    "的了吗呢啊吧着过个些点么嘛呀哪什啥怎给我你他她们咱是有没不要想买能会可以用得来去和跟与或还就都也很太最更这那一二三四五六七八九十几多少大小"
    "吃喝穿戴骑住跑玩开坐走拎嚼装洗煮炒泡涂刷学"
    "好人客说看找送做让把被在上下里外前后中年月日天时块元钱件款种样只条双支套台盒把瓶包袋张本岁号码色味式品货家店个高低"
)


@dataclass(frozen=True, slots=True)
class Choice:
    """`records` say most of what is told. `solid` tells whether by a word of more than one character, `beside` whether
    by more than their names; `weights` is how much each of all rows says."""

    records: tuple[Record, ...]
    solid: bool
    beside: bool
    weights: tuple[float, ...] = ()


def choose(folded: str, records: Sequence[Record], without: Iterable[tuple[int, int]] = ()) -> Choice | None:
    """Those of some rows that say most of a folded question; None where none says anything of it that others do not.

    `without` is where the question says what all of the rows are known to be, or what has chosen them before.
    """
    told = blanked(folded, [*without, *denied_in(folded)])
    words, pairs, characters = _words_in(told)
    numbered = [match.group() for match in _NUMBERED.finditer(told) if match[1] not in SAYS_LITTLE]
    families = families_said(told)
    if not (words or pairs or characters or families) or not records:
        return None
    rows = [row_of(record) for record in records]
    weighed = [0.0] * len(rows)
    beside = [False] * len(rows)
    solid = [False] * len(rows)
    wanted: list[tuple[str | int, float]] = [
        *((word, _OF_A_WORD) for word in (*words, *numbered)), *((pair, _OF_A_PAIR) for pair in pairs),
        *((each, _OF_A_CHARACTER) for each in characters), *((family, _OF_A_FAMILY) for family in families),
    ]  # fmt: skip
    for word, worth in wanted:
        said = [row.says(word) for row in rows]
        count = sum(map(bool, said))
        if not count or (count == len(rows) and len(rows) > 1):
            continue
        weight = worth * math.log(1 + len(rows) / count) / math.log(1 + len(rows))
        for place, part in enumerate(said):
            if part:
                weighed[place] += weight * part
                beside[place] |= part != _BY_NAME
                solid[place] |= isinstance(word, int) or len(word) > 1
    best = max(weighed)
    if best <= 0:
        return None
    first = [place for place, weight in enumerate(weighed) if weight >= best * _NEARLY]
    return Choice(
        tuple(records[place] for place in first), any(solid[place] for place in first),
        any(beside[place] for place in first), tuple(weighed),
    )  # fmt: skip


def denied_in(folded: str) -> list[tuple[int, int]]:
    """Where a question says what is not wanted."""
    return [match.span(match.lastindex or 0) for match in _DENIED.finditer(folded)]


def those_told(folded: str, records: Sequence[Record], without: Iterable[tuple[int, int]] = ()) -> Sequence[Record]:
    """Of goods of one sort those of which a column says what else is told; all where none does."""
    choice = choose(folded, records, without) if len(records) > 1 else None
    return choice.records if choice is not None and choice.solid and choice.beside else records


_BY_VALUE, _BY_NAME, _BY_TEXT, _AND_BY_NAME = 1.0, 0.9, 0.8, 0.4
_WORTHS = (_BY_VALUE, _BY_NAME, _BY_TEXT)


@dataclass(frozen=True, slots=True)
class Row:
    """The words of a row: of its own columns, its name and its long text."""

    value_words: frozenset[str]
    name_words: frozenset[str]
    text_words: frozenset[str]
    value_text: str
    name_text: str
    long_text: str
    short: frozenset[str]

    def says(self, word: str | int) -> float:
        """How much it counts that the row says a word, or one of a family by its number; 0 where it does not."""
        if isinstance(word, int):
            texts = (self.value_text, self.name_text, self.long_text)
            return next((worth for worth, text in zip(_WORTHS, texts, strict=True) if tells(word, text)), 0.0)
        if " " in word:
            return float(re.search(rf"(?<![a-z0-9]){word}(?![\d.])", f"{self.value_text}|{self.name_text}") is not None)
        if not is_han(word[0]):
            told, named, said = word in self.value_words, word in self.name_words, word in self.text_words
            return _worth(told, named, said)
        if len(word) == 1:
            return _BY_VALUE if word in self.short else 0.0
        return _worth(word in self.value_text, word in self.name_text, word in self.long_text)


def _worth(told: bool, named: bool, said: bool) -> float:
    if told:
        return _BY_VALUE + (_AND_BY_NAME if named else 0.0)
    return _BY_NAME if named else _BY_TEXT if said else 0.0


def row_of(record: Record) -> Row:
    """The words of a record."""
    fields = record.fields
    values = [value for name, value in record.attributes.items() if value and not name.endswith(("_zh", "_en"))]
    values += [str(fields[name]) for name in ("category", "color", "size") if fields.get(name)]
    return _row_of(tuple(values), " ".join((record.title, record.title_in("en"))), str(fields.get("description") or ""))


@lru_cache(maxsize=2048)
def _row_of(values: tuple[str, ...], name: str, text: str) -> Row:
    folded = [fold(value) for value in values]
    short = [value for value in folded if len(value) <= _SHORT]
    return Row(
        roots_of(" ".join(folded)), roots_of(fold(name)), roots_of(fold(text)), "|".join(folded), fold(name),
        fold(text), frozenset("".join(short)),
    )  # fmt: skip


def roots_of(text: str) -> frozenset[str]:
    """What the words of a folded text share with others of their families."""
    return frozenset(family_root(word) for word in _WORD.findall(text))


@lru_cache(maxsize=1 << 14)
def family_root(word: str) -> str:
    """What words of one family share: clean, cleaner, cleaning; sleep, sleeping; mould, mouldy; beginner, beginners."""
    root = stem(word)
    for ending in ("ing", "ers", "er", "ed", "ly", "y", "e"):
        if root.endswith(ending) and len(root) - len(ending) >= _SHORTEST_ROOT:
            root = root[: -len(ending)]
            return root[:-1] if len(root) > _SHORTEST_ROOT and root[-1] == root[-2] else root
    return root


def _words_in(told: str) -> tuple[list[str], list[str], list[str]]:
    """The roots of the English words that say something, the pairs of Chinese characters, and single ones."""
    words = [family_root(word) for word in _WORD.findall(told) if word not in SAYS_LITTLE]
    pairs: list[str] = []
    characters: list[str] = []
    for run in _RUN.findall(told):
        pairs += [
            pair for pair in (run[place : place + 2] for place in range(len(run) - 1))
            if pair not in _PAIRS_OF_ASKING and not all(each in _CHARACTERS_OF_ASKING for each in pair)
        ]  # fmt: skip
        characters += [each for each in run if each not in _CHARACTERS_OF_ASKING]
    return [*dict.fromkeys(words)], [*dict.fromkeys(pairs)], [*dict.fromkeys(characters)]
