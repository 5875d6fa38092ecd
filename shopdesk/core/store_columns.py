"""What of a store tells what is asked: the fields that every store has, and the shop's own columns, by their headings
and by what stands in them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from shopdesk.core.late import late
from shopdesk.core.profiles import stem
from shopdesk.core.text import fold, is_han, runs
from shopdesk.core.types import Record
from shopdesk.core.wording import shown_attributes

_DAYS = (
    ("monday", "周一", "星期一", "礼拜一"), ("tuesday", "周二", "星期二", "礼拜二"),
    ("wednesday", "周三", "星期三", "礼拜三"), ("thursday", "周四", "星期四", "礼拜四"),
    ("friday", "周五", "星期五", "礼拜五"), ("saturday", "周六", "星期六", "礼拜六"),
    ("sunday", "周日", "周天", "星期天", "星期日", "礼拜天", "礼拜日"),
)  # fmt: skip
_WEEKEND = re.compile(r"\bweekends?\b|周末|双休")
_OPEN = re.compile(r"\bopen|\bhours?\b|\btimes?\b|\bweek|\bdaily\b|营业|时间|钟点|几点|开门|上班|周|休")
"""Headings of columns that tell when a store is open."""
_OF_DAYS = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:days?)?\b"
    r"|\b(?:daily|every ?day|weekends?|weekdays?|holidays?)\b"
    r"|周[一二三四五六日天末]|星期|礼拜|每天|天天|全年|无休|节假日"
)
"""Values that speak of days."""
_OFF = re.compile(r"休|歇|打烊|不开|\bclosed?\b|\bclosing|\bshut|\bdays? off\b|\brest day\b|\boff\b")
"""Headings of columns that tell when a store is closed."""
_WHICH_DAY = late(
    r"(?:星期|礼拜|周)几|[哪那](?:一|几)?[天日]|几号|休息日|(?:哪|什么)时候休|休不休|无休|(?:天天|每天|全年|节假日)(?:都)?[开营]|"
    r"\b(?:what|which) days?\b|\bday off\b|\bdays? (?:is|are|does|do) (?:it|they|the)\b"
    r"|\bclosed on\b|\bevery day\b|\bseven days\b"
    r"|\bwhen (?:is|are) .*\bclosed\b"
)
"""Asks on which day a store is closed or open."""
_WHO = re.compile(
    r"谁(?:管|负责|在)|店长|负责人|经理|\bwho(?:'s| is| are)? (?:runs?|manag\w+|in charge|the manager)|\bmanager\b"
)
_IN_CHARGE = re.compile(r"店长|负责|经理|主管|manager|contact|in charge|\brun by\b|keeper|lead")
_ASKING = re.compile(r"^(?:是否|有无|可否)|[吗么?？]$")
"""What a heading asks that a question leaves out: 能修吗."""
_PHONES = re.compile(r"电话|热线|手机|phone|\btel\b|\bring\b|call")
_PAYING = re.compile(
    r"刷卡|[银信]行?用?卡|扫码|微信|支付宝|付款|收款|现金|付现|付钱"
    r"|\bcards?\b|\bcash\b|\bcontactless\b|\b(?:apple|google) pay\b|\bcheques?\b|\bpay\b"
)
_PLACE = re.compile(r"地址|哪条[街路]|怎么(?:走|去)|\baddress\b|\bdirections\b|\bstreet\b|\broad\b")
_LITTLE = frozenset(
    (
        "shop", "store", "branch", "open", "opening", "hour", "hours", "close", "closed", "time", "what", "when",
        "where", "which", "have", "does", "your", "from", "with", "they", "there", "that", "this", "only", "main",
        "town", "street", "road", "unit", "same", "take", "customer", "people",
    )
)  # fmt: skip
_LITTLE_HAN = re.compile(
    r"可以|可不|能不|不能|有没|没有|多少|几点|什么|怎么|哪里|在哪|你们|我们|那边|这边|那家|这家|营业|时间|开门|关门|门店|分店|[吗呢么吧啊]"
)
_SHORTEST = 4


def columns_asked(store: Record, asked: Sequence[str], folded: str, *, by_name: bool) -> list[str]:
    """What a folded question asks of a store, best first. `asked` are those of `address`, `phone` and `hours` that its
    words ask for; `by_name` says that it names the store, so that any word of a column may be what it asks for."""
    own = [name for name in shown_attributes(store) if store.attributes[name]]
    days = [names for names in _DAYS if any(name in folded for name in names)]
    days += [_DAYS[5], _DAYS[6]] if _WEEKEND.search(folded) else []
    which_day = _WHICH_DAY.search(folded) is not None and ("hours" in asked or _OFF.search(folded) is not None)
    fields = [field for field in asked if store.fields.get(field)]
    found = [name for name in own if len(said := _ASKING.sub("", fold(name))) > 1 and said in folded]
    if "hours" in asked or days or which_day:
        of_day = [name for name in own if any(fold(name).startswith(_shortest(day)) for names in days for day in names)]
        of_days = [name for name in own if _tells_days(name, store.attributes[name])] if days or which_day else []
        found += of_day or list(dict.fromkeys((*of_days, *(name for name in own if _OPEN.search(fold(name))))))
        fields += ["hours"] if store.fields.get("hours") and not of_day and "hours" not in fields else []
        if which_day and of_days:  # "which day is it shut": the day before the hours
            return [*(f"attributes.{name}" for name in dict.fromkeys(of_days)), *fields]
    if _WHO.search(folded):
        found += [name for name in own if _IN_CHARGE.search(fold(name))]
    if "phone" in asked and "phone" not in fields:
        found += [name for name in own if _PHONES.search(fold(name))]
    if by_name and not (days or which_day):
        told = [name for name in own if name not in found and _speaks_of(store, name, folded)]
        if told and not _PLACE.search(folded):
            fields = [field for field in fields if field != "address"]  # "where can they park": not its address
        found = [*found, *told]
    return [*fields, *(f"attributes.{name}" for name in dict.fromkeys(found))]


def _shortest(day: str) -> str:
    """What a day of the week is written by at least: sun, 周日."""
    return day if is_han(day[0]) else day[:3]


def _tells_days(heading: str, value: str) -> bool:
    """Whether a column tells on which days a store is open or closed, by its heading or by what it says."""
    return _OFF.search(fold(heading)) is not None or _OF_DAYS.search(fold(value)) is not None


def _speaks_of(store: Record, heading: str, folded: str) -> bool:
    """Whether a question says a word of a column: of its heading, or of its value; or both are about paying."""
    told = fold(f"{heading} {store.attributes[heading]}")
    if _PAYING.search(folded) and _PAYING.search(told):
        return True
    name = fold(store.title)
    words = {stem(word) for word in runs(told) if len(word) >= _SHORTEST} - set(map(stem, _LITTLE))
    said = {stem(word) for word in runs(folded) if len(word) >= _SHORTEST} - set(map(stem, runs(name)))
    if any(one == other or _same_root(one, other) for one in words for other in said if one.isascii()):
        return True
    rest = _LITTLE_HAN.sub(" ", folded.replace(name, " "))
    pairs = (rest[at : at + 2] for at in range(len(rest) - 1))
    return any(all(map(is_han, pair)) and pair in told for pair in pairs)


def _same_root(one: str, other: str) -> bool:
    """park, parking; dog, dogs."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _SHORTEST and long.startswith(short) and len(long) - len(short) < _SHORTEST
