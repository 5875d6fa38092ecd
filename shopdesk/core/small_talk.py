"""What people say to an assistant that is no question about the shop: its sort, and the shop's reply."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from shopdesk.core.types import Language

Talk = Literal["greeting", "thanks", "bye", "who", "ok"]
"""`who`: who are you, what can you do; `ok`: heard, agreed, nothing more for now."""

_END = r"[\s,!?.。~吗呀啊哦呢吧]*$"
_SAID: tuple[tuple[Talk, re.Pattern[str]], ...] = (
    ("greeting", re.compile(rf"^(?:你好|您好|哈喽|嗨|在吗|在么|早上好|下午好|晚上好){_END}")),
    ("greeting", re.compile(rf"^(?:hello|hi|hey|good (?:morning|afternoon|evening))(?: there| shopdesk)?{_END}")),
    ("thanks", re.compile(rf"^(?:谢谢(?:你|您)?|多谢|感谢|辛苦了){_END}")),
    ("thanks", re.compile(rf"^(?:thanks?(?: you| a lot| so much)?|thank you(?: very much)?){_END}")),
    ("bye", re.compile(rf"^(?:再见|拜拜|bye|goodbye){_END}")),
    ("who", re.compile(rf"^(?:你是谁|你叫什么|你能做什么|你会什么|who are you|what can you do|help){_END}")),
)


def sort_of(folded: str) -> Talk | None:
    """The sort of small talk that a folded question is from end to end; None where it may ask about the shop."""
    return next((sort for sort, said in _SAID if said.search(folded)), None)


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


_NAMES: Mapping[Language, Mapping[Talk, str]] = {
    "zh": {"greeting": "问候", "thanks": "道谢", "bye": "告别", "who": "介绍自己", "ok": "应答"},
    "en": {"greeting": "greeting", "thanks": "thanks", "bye": "goodbye", "who": "who I am", "ok": "noted"},
}


def name_of(talk: Talk | None, language: Language) -> str:
    """The sort in words, for the plan; small talk of no known sort has a name too."""
    if talk is None:
        return "闲谈" if language == "zh" else "small talk"
    return _NAMES[language][talk]
