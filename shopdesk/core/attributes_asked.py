"""Which of the shop's own columns a question asks for, by their names or in other words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from shopdesk.core import lexicon
from shopdesk.core.asked_columns import columns_asked
from shopdesk.core.late import late
from shopdesk.core.marked_text import MarkedText, within_longer
from shopdesk.core.matters import amount_asked
from shopdesk.core.profiles import stem
from shopdesk.core.text import fold, is_han
from shopdesk.core.types import Language, Vocabulary

_WHAT = late(
    r"\b(?:what|which)(?: kinds? of| sorts? of| types? of)? ([a-z]{3,})\b"
    r"|(?:什么|啥|哪种|哪个|哪一种)([\u4e00-\u9fff]{2,4})"
    r"|\b(?:who|how many(?: people| kids)? can) ([a-z]{4,})\b"
)
_GENERAL = frozenset(("type", "kind", "sort", "class", "rating", "value", "info", "name", "content", "included"))
_FIELD_WORDS = frozenset(
    ("size", "sizes", "color", "colour", "colors", "colours", "price", "prices", "brand", "kind", "type", "one")
)
"""Words that ask for a field of their own, though a column may be called "frame size"."""
_DOING = late(r"\s+[a-z]{3,}s(?= (?:the|this|that|these|those|an?|our)\b)")
"""What the one asked for does: "which mill weaves the tweed"."""
_AGES = late(r"\b[Aa]ges? \d|\d ?(?:岁|个月|years)")
_DOES = late(r"\b(?:do|does|did|will|can|would|could)\b")
_HOW_MUCH_DOES = late(
    r"\bhow much (?=(?:does|do|did|will|would|can|could)\b(?!.*\b(?:costs?|sell|sells|go for|charge|pay|save|owe|come|comes|retail|want|set|ask|get)\b))"
)
"""Asks how much of what a column tells: "how much does it shrink"."""
_AMOUNT_OF = late(r"(?<=[\u4e00-\u9fff])[\u4e00-\u9fff](?:是|有|大概|的)?(多少|几多)(?=[\s,?!。呀啊呢]|$)")
"""The same right behind the name of a column: 吸水率多少."""
_SAID_OF_IT = late(
    r"(?:用的|做的)?(?:是不是|是)[^\s,，。?？多什啥哪几]{1,6}?(?:的|做的)?(?:吗|么|嘛)?(?=\W*$)|(?:是不是|是).{1,6}?还是.{1,8}?(?=\W*$)"
)
"""What may be said of a column whose name went before: 镜面*是玻璃的吗*."""
_A_NOUN = late(r" (?:come|have|has|take|hold|need|fit|include|arrive|get|go|look|cost|weigh|make|work|last)\b")
"""What the one does that the word before it names: "does the cotton suit come …"."""
_LIMITS = late(r"\bweight (?:limit|capacity|class|range|rating)|\b(?:max|maximum|user|rider) weight")
"""Headings of what goods bear: no weight of their own."""
YES_NO = frozenset({"yes", "no", "true", "false", "y", "n", "是", "否", "有", "无"})


def attributes_asked(text: MarkedText, vocabulary: Vocabulary, language: Language) -> tuple[str, ...]:
    """The shop's own attribute names that the question says, or asks for in other words."""
    columns = {
        fold(name.replace("_", " ")): name for name in vocabulary.attributes if not name.endswith(("_en", "_zh"))
    }
    if not (text.name_spans or lexicon.HOW_MANY.search(text.folded)):  # a column "Strings" that is a category too
        sorts = {fold(value) for value in vocabulary.categories}
        columns = {said: name for said, name in columns.items() if said not in sorts}
    found = [
        *_by_heading(text, columns, vocabulary.attributes),
        *_by_measure(text, columns),
        *_by_counter(text, columns, vocabulary.attributes),
        *_in_part(text, columns),
        *_without_names(text, columns, vocabulary, language),
        *_in_common_words(text, columns, vocabulary.attributes),
        *_amount(text),
    ]
    if found:
        for match in _HOW_MUCH_DOES.finditer(text.folded):
            text.amounts.append(match.span())
            text.blank(*match.span())
        text.amounts += [match.span() for match in _AMOUNT_OF.finditer(text.folded) if text.filler[match.start()]]
    return tuple(dict.fromkeys(name for _, name in sorted(found)))


def _by_heading(
    text: MarkedText, columns: Mapping[str, str], values: Mapping[str, Sequence[str]]
) -> Iterator[tuple[int, str]]:
    """Where the heading itself is said, in any form of its words; the longest first."""
    for said, name in sorted(columns.items(), key=lambda pair: -len(pair[0])):
        match = _heading_said(text, said)
        if match is None or text.filler[match.start()] or not _asks_for(text, match, values[name]):
            continue
        yield match.start(), name
        tail = lexicon.HOW_MUCH_OF_IT.match(text.folded, match.end()) or _DOING.match(text.folded, match.end())
        if tail and text.folded[tail.end() : tail.end() + 1] not in ("钱", "元", "块"):
            text.amounts.append(tail.span())
        end = tail.end() if tail else match.end()
        said_of_it = _SAID_OF_IT.match(text.folded, end)
        text.blank(match.start(), said_of_it.end() if said_of_it else end)


def _heading_said(text: MarkedText, said: str) -> re.Match[str] | None:
    match = next(text.finds(said), None) if said else None
    if match is not None or not said.isascii():
        return match
    if " " in said:  # a column "color temp": the color temperature
        match = re.search(r"\w* ".join(map(re.escape, said.split())) + r"\w*", text.folded)
    if match is None and said.count(" ") == 1:  # a column "wheel size": what size wheels
        first, last = map(re.escape, said.split())
        match = re.search(rf"\b{last}s? (?:of )?(?:the )?{first}s?\b", text.folded)
    if match is None and said.endswith("s") and _DOES.search(text.folded):
        match = next(text.finds(said[:-1]), None)  # a column "makes": how much does it make
        if match and (text.folded[: match.start()].endswith("-") or _A_NOUN.match(text.folded, match.end())):
            return None
    return match


def _by_measure(text: MarkedText, columns: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """Columns whose name has the character that is asked with: 潜多深 (潜深)."""
    for match in lexicon.MEASURED.finditer(text.folded):
        so = match["so"] or match["whether"]
        of_it = [name for said, name in columns.items() if so in said]
        before = text.folded[max(0, match.start() - 1) : match.start()]
        nearer = [name for said, name in columns.items() if before and before + so in said]  # 承多重: 承重
        of_it = nearer or [name for said, name in columns.items() if said.startswith(so)] or of_it
        if of_it and not text.filler[match.start()]:
            yield from ((match.start(), name) for name in of_it)
            text.blank(match.start() - _length_of_part(text.folded[: match.start()], of_it), match.end())


def _length_of_part(before: str, names: Sequence[str]) -> int:
    """How long the part is that stands last in a text and of which a heading has the first character: 座椅 (座高)."""
    return next((size for size in (2, 3) for name in names if len(before) > size and before[-size] == fold(name)[0]), 0)


def _by_counter(
    text: MarkedText, columns: Mapping[str, str], values: Mapping[str, Sequence[str]]
) -> Iterator[tuple[int, str]]:
    """Columns whose values are counted as the question counts: 几颗 (12颗)."""
    for match in lexicon.COUNTED.finditer(text.folded):
        counted = re.compile(rf"^\D{{0,3}}\d+(?:\.\d+)?\s*{match.group(1)}")
        of_it = [name for name in columns.values() if any(map(counted.match, values[name]))]
        if of_it and not text.filler[match.start()]:
            yield from ((match.start(), name) for name in of_it)
            text.blank(*match.span())


def _without_names(
    text: MarkedText, columns: Mapping[str, str], vocabulary: Vocabulary, language: Language
) -> Iterator[tuple[int, str]]:
    """Columns asked for by a verb, a unit, a choice or words of their own."""
    for asked in columns_asked(text.folded, columns, vocabulary.attributes, language, vocabulary.sizes):
        spans = [span for span in asked.spans if not within_longer(span, text.name_spans)]
        if not spans or all(text.filler[start] for start, _ in spans):
            continue
        text.amounts += [*spans, *asked.also]
        yield from ((spans[0][0], name) for name in asked.names or (asked.matter,))
        for start, end in (*spans, *asked.also):
            text.blank(start, end)


def _in_common_words(
    text: MarkedText, columns: Mapping[str, str], values: Mapping[str, Sequence[str]]
) -> Iterator[tuple[int, str]]:
    """What goods of every trade have (material, weight …), said in the words for it; by that word where no column is
    called so."""
    for key, pattern in lexicon.ATTRIBUTE_WORDS.items():
        spans = [span for span in text.spans(pattern) if not text.filler[span[0]]]
        names = [columns[said] for said in lexicon.ATTRIBUTE_NAMES[key] if said in columns]
        if spans and not names:
            called = lexicon.ATTRIBUTE_NAMES[key]
            names = [name for said, name in columns.items() if _is_called(said, called) and not _LIMITS.search(said)]
        if spans and not names and key == "age":
            names = [name for name in columns.values() if any(map(_AGES.search, values[name][:50]))]
        for start, end in spans:
            text.blank(start, end)
            yield from ((start, name) for name in names)
        if spans and not names and key not in lexicon.ONLY_IF_RECORDED:
            yield spans[0][0], key


def _amount(text: MarkedText) -> Iterator[tuple[int, str]]:
    """What is counted in the good and stands in no column: "how much caffeine is in it"."""
    amount = amount_asked(text.folded)
    if amount and not (text.filler[amount[0][0]] or within_longer(amount[0], text.name_spans)):
        yield amount[0][0], amount[1]
        text.blank(*amount[0])
        text.amounts.append(amount[0])


def _in_part(text: MarkedText, columns: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """Columns that are asked for by a part of their names: "what wood is it", 什么葡萄 (葡萄品种)."""
    for match in _WHAT.finditer(text.folded):
        asked = match[1] or match[2] or match[3]
        if asked in _FIELD_WORDS or text.filler[match.start(match.lastindex or 0)]:
            continue
        for said, name in columns.items():
            end = _end_of_part(match, said)
            if end is not None:
                yield match.start(), name
                text.blank(match.start(), end)
                break


def _end_of_part(match: re.Match[str], heading: str) -> int | None:
    """Where a question for a part of a heading ends; None where it is no part of this one."""
    if match[3]:
        verb = match[3].removesuffix("ed").removesuffix("s")
        return match.end() if heading.startswith(verb) and len(match[3]) > 3 and not heading.endswith("ed") else None
    if match[1]:
        return match.end() if stem(match[1]) == stem(_head_of(heading)) and match[1] != heading else None
    part = _common_beginning(match[2], heading)
    return match.start(2) + len(part) if len(part) > 1 else None


def _asks_for(text: MarkedText, match: re.Match[str], values: Sequence[str]) -> bool:
    """Whether a column's name is asked for; "a waterproof jacket" describes what is wanted, and one whose
    values are yes and no may do so anywhere."""
    before, after = text.folded[: match.start()], text.folded[match.end() :]
    if re.match(r" (?:edition|version|release)\b", after):
        return True
    if re.search(r"\b(?:an?|sell|carry|stock)\s+$", before) and re.match(
        r"\s+(?!(?:of|on|for|with|in|to|from|about)\b)[a-z]", after
    ):
        return False
    if not values or not {fold(value) for value in values[:4]} <= YES_NO:
        return True
    if re.match(r"\s*(?:吗|么|不|\?|$)", after):
        return True
    # "how many vegan cakes" says what they are
    return bool(re.search(r"\b(?:is|are|does|how)\b|是不是|是否", before)) and not re.match(
        r" (?!edition|version|release|one\b|too\b|as well)[a-z]", after
    )


def _is_called(column: str, names: Sequence[str]) -> bool:
    """Whether a column's name has one of these in it: "frame material", 表面材质."""
    words = column.split()
    return any(name in words or (is_han(name[0]) and len(name) > 1 and name in column) for name in names)


def _head_of(column: str) -> str:
    """The word of a column's name that says what it holds: "flour type", "frame material"."""
    words = column.split()
    return words[-2] if len(words) > 1 and words[-1] in _GENERAL else words[-1] if words else ""


def _common_beginning(asked: str, column: str) -> str:
    """The longest beginning of what is asked that stands in the name of a column."""
    return next((asked[:size] for size in range(len(asked), 1, -1) if asked[:size] in column), "")
