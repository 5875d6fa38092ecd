"""Whose order a question speaks of: customers by their whole names, or by a part of them used as a person's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from shopdesk.core.profiles import stem
from shopdesk.core.text import fold, is_han, runs
from shopdesk.core.types import Record

_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "sir", "madam", "the", "and", "of", "co", "ltd", "inc"})
_SHORTEST = 2
_PERSON = (
    r"(?<![a-z'-]){0}(?:'s|s')(?![a-z])"
    r"|\b(?:has|have|had|did|does|is|was|will|can|for|by|from|to|mr|mrs|ms|miss|dr|when's|where's|what's)"
    r" (?:that |the )?{0}(?![a-z-])"
    r"|^{0}(?![a-z-])"
)
"""A word that a person is called by: "Jonty's spray", "has Piotr paid"."""
_HONORIFIC = (
    "先生|女士|小姐|太太|阿姨|师傅|老师|大姐|大哥|老板娘?|经理|同学|奶奶|爷爷|妈妈|爸爸|大妈|大爷|大叔|大婶|大嫂|二嫂|会计|主任"
    "|科长|处长|校长|院长|园长|店长|医生|护士|教练|警官|书记|叔|婶|姐|哥|妈|爸|嫂|妹|弟|姨|总|工|伯"
)
_AFTER_NAME = r"(?=那[单个批家份位台件套车箱条双]|的|[订买要拿来付租取收做装定退欠送换修还差给交家厂店]|[\s,]|$)"
_CALLED = re.compile(rf"[\u4e00-\u9fff](?:{_HONORIFIC}){_AFTER_NAME}|[小老阿大][\u4e00-\u9fff]{_AFTER_NAME}")
_NICKNAME = re.compile(r"[小老阿大]?[\u4e00-\u9fff]{1,2}")
_BEFORE_NAME = r"(?:^|(?<=[\s,给帮替是问说查]))"
_SHORTEST_PART = 2
_NAME_LIKE = re.compile(
    r"[\u4e00-\u9fff]{2,12}(?:[\dA-Za-z栋座单元号楼室#-]+)?|[A-Z][\w'.-]*(?: (?:and |& )?[A-Z][\w'.-]*){0,4}"
)
"""A value of an order's own columns that somebody may be called by: a contact, a child, an estate."""
_NOBODYS = re.compile(
    r"付|支付|方式|渠道|来源|状态|进度|进展|状况|怎样|备注|类型|门店|自提|提货|快递|承运|颜色|尺码"
    r"|\bpa(?:y|id)|method|channel|source|status|stage|state|progress|notes?\b|type|store|shop|branch|collect|courier|carrier"
)
"""Headings of columns that call nobody."""
_DIGITS = re.compile(r"(?<![a-z\d.-])\+?\d[\d -]{2,16}\d(?![a-z\d-])")
_ENDING_IN = re.compile(r"尾号|后四位|末四位|手机|电话|\b(?:ending|phone|mobile|number|tel)\b")


_NOBODY = (
    "it|that|this|what|where|who|when|how|there|here|he|she|they|we|you|i|let|one|today|everyone|someone|somebody|nobody"
    "|any|anyone|the|an?|my|our|your|his|her|their|customer|client|lady|guy|man|woman|men|women|kid|children|brand|shop"
    "|store|day|week|year"
)
TITLED = re.compile(r"\b(?:mr|mrs|ms|miss|dr) (?!and\b|or\b)[a-z]{2,}")
"""A person by title and name."""
_SOMEBODY = re.compile(
    rf"(?<![a-z'-])(?!(?:{_NOBODY})')[a-z]{{2,}}'s [a-z]"
    rf"|^(?:has|have|did|is|was|when is|where is) (?!(?:{_NOBODY})\b)[a-z]{{2,}}|\b(?:mr|mrs|ms|miss) [a-z]{{2,}}"
)


def calls_someone(folded: str) -> bool:
    """Whether a folded question may speak of a customer: 范阿姨的, 小李那单, "Jonty's", "has Piotr …"."""
    return _CALLED.search(folded) is not None or _SOMEBODY.search(folded) is not None


def orders_for(folded: str, orders: Sequence[Record], brands: Sequence[str] = ()) -> list[Record]:
    """The orders whose customers a folded question names, the newest first; of several the ones with the goods that it
    says. A word of a brand's name is nobody's."""
    whole = [order for order in orders if _says_name(folded, _name_of(order))]
    taken = {word for brand in brands for word in fold(brand).split()}
    found = whole or [order for order in orders if _says_part(folded, _name_of(order), taken)]
    found = found or [order for order in orders if _says_phone(folded, order)]
    found = found or [order for order in orders if any(_says_part(folded, n, taken) for n in _other_names(order))]
    if len({_name_of(order) for order in found}) > 1 or len(found) > 1:
        said = {stem(run) for run in runs(folded)}
        having = [order for order in found if said & set(map(stem, runs(_lines_of(order))))]
        having = having or [order for order in found if _shares_han(folded, _lines_of(order))]
        found = having or found
    return sorted(found, key=lambda order: str(order.fields.get("placed_at") or ""), reverse=True)


def says_phone(folded: str) -> bool:
    """Whether a folded question says a telephone number, or what one ends in."""
    said = [re.sub(r"\D", "", match.group()) for match in _DIGITS.finditer(folded)]
    return any(len(digits) > 6 or (len(digits) > 3 and _ENDING_IN.search(folded)) for digits in said)


def _says_phone(folded: str, order: Record) -> bool:
    if not says_phone(folded):
        return False
    said = [digits for match in _DIGITS.finditer(folded) if len(digits := re.sub(r"\D", "", match.group())) > 3]
    own = [re.sub(r"\D", "", value) for value in order.attributes.values() if re.fullmatch(r"[+\d -]{4,18}", value)]
    return any(number.endswith(digits) for digits in said for number in own if len(number) > 3)


def _other_names(order: Record) -> list[str]:
    """What somebody may be called by in an order's own columns, folded."""
    return [
        fold(value) for heading, value in order.attributes.items()
        if _NAME_LIKE.fullmatch(value) and not _NOBODYS.search(fold(heading))
    ]  # fmt: skip


def _name_of(order: Record) -> str:
    return fold(str(order.fields.get("customer") or ""))


def _lines_of(order: Record) -> str:
    return fold(str(order.fields.get("lines") or ""))


def _says_name(folded: str, name: str) -> bool:
    """Whether a folded text says a whole name."""
    if len(name) < _SHORTEST:
        return False
    if any(map(is_han, name)):
        return name in folded
    return re.search(rf"(?<![a-z]){re.escape(name)}(?![a-z])", folded) is not None


def _says_part(folded: str, name: str, taken: set[str]) -> bool:
    """Whether a word of a name is said as a person is called ("has Piotr paid"), or a part of a Chinese name."""
    if any(map(is_han, name)):
        return _says_part_of_chinese(folded, name)
    words = [word for word in re.findall(r"[a-z'-]+", name) if word not in _TITLES and len(word) >= _SHORTEST]
    return any(
        word not in taken
        and (
            re.search(_PERSON.format(re.escape(word)), folded) is not None
            or re.search(rf"\bthe {re.escape(word)}e?s\b", folded) is not None
        )
        for word in words
    )


def _says_part_of_chinese(folded: str, name: str) -> bool:
    """Whether a name is said whole, by the nickname or post at its end (宝妈小李: 小李), by its surname (孟哥: 孟先生),
    or by the beginning or end of a firm's or place's name (宏业的: 宏业建筑)."""
    if name in folded:
        return True
    called = [match.group() for match in _CALLED.finditer(folded)]
    ending = len(name) > 2 and _NICKNAME.fullmatch(name[-2:]) is not None
    if any((ending or len(said) > 2) and name.endswith(said) for said in called):
        return True
    if any(len(name) > len(said) + 1 and name.startswith(said) for said in called):
        return True  # 饺子馆王姐 of 王姐饺子馆
    if _titled(name) and any(_surname(said) == _surname(name) for said in called):
        return True
    return len(name) > 3 and any(
        re.search(rf"{_BEFORE_NAME}{re.escape(part)}{_AFTER_NAME}", folded) is not None
        for size in range(len(name) - 1, _SHORTEST_PART - 1, -1)
        for part in (name[:size], name[-size:])
    )


def _titled(name: str) -> bool:
    """Whether a name is a surname with how one is addressed: 孟先生, 老孟."""
    return re.fullmatch(rf"[\u4e00-\u9fff](?:{_HONORIFIC})|[小老阿大][\u4e00-\u9fff]", name) is not None


def _surname(called: str) -> str:
    return called[1] if called[0] in "小老阿" and len(called) == 2 else called[0]


def _shares_han(folded: str, lines: str) -> bool:
    return any(is_han(a) and a + b in folded for a, b in pairwise(lines))
