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
    r"|\b(?:has|have|had|did|does|is|was|will|can|for|by|from|mr|mrs|ms|miss|dr|when's|where's|what's)"
    r" (?:that |the )?{0}(?![a-z-])"
    r"|^{0}(?![a-z-])"
)
"""A word that a person is called by: "Jonty's spray", "has Piotr paid"."""
_HONORIFIC = "先生|女士|小姐|太太|阿姨|师傅|老师|大姐|大哥|老板|经理|同学|奶奶|爷爷|妈妈|爸爸|叔|婶|姐|哥|总|工"
_CALLED = re.compile(
    rf"[\u4e00-\u9fff](?:{_HONORIFIC})(?=那[单个]|的|订|买|要|拿|来|付|[\s,]|$)|[小老阿大][\u4e00-\u9fff](?=那[单个]|的|订|买|付)"
)
_NICKNAME = re.compile(r"[小老阿大]?[\u4e00-\u9fff]{1,2}")


_NOBODY = (
    "it|that|this|what|where|who|when|how|there|here|he|she|they|we|you|i|let|one|today|everyone|someone|somebody|nobody"
    "|any|anyone|the|an?|my|our|your|his|her|their|customer|client|lady|guy|man|woman|men|women|kid|children|brand|shop"
    "|store|day|week|year"
)
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
    if len({_name_of(order) for order in found}) > 1 or len(found) > 1:
        said = {stem(run) for run in runs(folded)}
        having = [order for order in found if said & set(map(stem, runs(_lines_of(order))))]
        having = having or [order for order in found if _shares_han(folded, _lines_of(order))]
        found = having or found
    return sorted(found, key=lambda order: str(order.fields.get("placed_at") or ""), reverse=True)


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
    """Whether a word of a name is said as a person is called, or a nickname that ends it (宝妈小李: 小李)."""
    if any(map(is_han, name)):
        nickname = _NICKNAME.fullmatch(name[-2:])
        called = [match.group() for match in _CALLED.finditer(folded)]
        return nickname is not None and len(name) > 2 and any(name.endswith(said) for said in called)
    words = [word for word in re.findall(r"[a-z'-]+", name) if word not in _TITLES and len(word) >= _SHORTEST]
    return any(word not in taken and re.search(_PERSON.format(re.escape(word)), folded) is not None for word in words)


def _shares_han(folded: str, lines: str) -> bool:
    return any(is_han(a) and a + b in folded for a, b in pairwise(lines))
