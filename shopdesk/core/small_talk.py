"""What people say to an assistant that is no question about the shop: its sort, and the shop's reply."""

from __future__ import annotations

import re
from collections.abc import Mapping

from shopdesk.core.remarks import ASKS, CALLED, HAILS, REMARKS
from shopdesk.core.talk_words import SOFT, STEMS
from shopdesk.core.talk_words import Talk as Talk
from shopdesk.core.text import CLAUSE_END
from shopdesk.core.types import Language

_PAUSE = re.compile(rf"{CLAUSE_END.pattern}|[:~…、\"“”—]+|\s-+\s")


def talk_in(folded: str) -> tuple[Talk | None, str]:
    """The sort of the small talk in a folded question, and what stands beside it that is none ("" where it is small
    talk from end to end)."""
    found: set[Talk] = set()
    rest: list[str] = []
    for clause in filter(None, (part.strip() for part in _PAUSE.split(folded))):
        sorts, left = _taken_in(clause)
        if left or not sorts:
            called = CALLED.sub(" ", clause).strip()
            ways = (
                (_taken_in(called), _taken_in(called, remarks_first=True)) if sorts or called != clause else ()
            )  # most clauses are no talk at all
            sorts, left = next((taken for taken in ways if taken[0] and not taken[1]), (sorts, left))
        found |= sorts
        if left:
            rest.append(clause)
    for sort, _ in STEMS:
        if sort in found:
            return sort, ", ".join(rest)
    return None, folded


def _taken_in(clause: str, *, remarks_first: bool = False) -> tuple[set[Talk], str]:
    """The sorts of small talk in a clause, and what is left of it but for soft words."""
    remarks: tuple[Talk, re.Pattern[str]] = ("ok", REMARKS)
    found: set[Talk] = set()
    left = clause
    if HAILS.fullmatch(clause):
        return {"greeting"}, ""
    ways = (*STEMS,) if ASKS.search(clause) else (remarks, *STEMS) if remarks_first else (*STEMS, remarks)
    for sort, stems in ways:
        if stems.search(left):
            found.add(sort)
            left = stems.sub(" ", left)
    left = SOFT.sub(" ", left)
    return found, left.strip() if any(letter.isalnum() for letter in left) else ""


_REPLIES: Mapping[Language, Mapping[Talk, str]] = {
    "zh": {
        "greeting": "您好！请问商品的价格、库存、货位，或退换货、促销、订单的问题，我按店里的资料回答。",
        "thanks": "不客气，还有别的要查吗？",
        "bye": "再见，祝您一天顺利。",
        "who": "我是 ShopDesk，按店里的资料回答价格、库存、货位、规定和订单的问题。",
        "ok": "好的，随时可以再问。",
    },
    "en": {
        "greeting": "Hello! Ask me about prices, stock, locations, returns, promotions or orders; "
        "I answer from the shop's data.",
        "thanks": "You're welcome. Anything else to look up?",
        "bye": "Goodbye, have a good day.",
        "who": "I am ShopDesk. I answer questions about prices, stock, locations, rules and orders "
        "from the shop's data.",
        "ok": "All right, just ask again any time.",
    },
}


def reply(talk: Talk, language: Language) -> str:
    """What the shop says to it, whole."""
    return _REPLIES[language][talk]


def answers_other(text: str, talk: Talk | None, language: Language) -> bool:
    """Whether a text is the reply to another sort: a goodbye where somebody has just come in."""
    said = text.strip()
    return any(said == whole for sort, whole in _REPLIES[language].items() if sort != talk)


_NAMES: Mapping[Language, Mapping[Talk, str]] = {
    "zh": {"greeting": "问候", "thanks": "道谢", "bye": "告别", "who": "介绍自己", "ok": "应答"},
    "en": {"greeting": "greeting", "thanks": "thanks", "bye": "goodbye", "who": "who I am", "ok": "noted"},
}


def name_of(talk: Talk | None, language: Language) -> str:
    """The sort in words, for the plan; small talk of no known sort has a name too."""
    if talk is None:
        return "闲谈" if language == "zh" else "small talk"
    return _NAMES[language][talk]
