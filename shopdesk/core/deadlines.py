"""Until when something may be returned, exchanged or repaired: the day it was bought and the period that a rule gives.

Days are read from the question ("11月3号买的", "bought two weeks ago"), periods from the sentence of a
rule or from a product's own warranty. Nothing is guessed: without either there is no deadline.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from shopdesk.core import numbers
from shopdesk.core.arithmetic import Computation, computed_record
from shopdesk.core.quoting import sentences_of
from shopdesk.core.text import fold
from shopdesk.core.types import Fact, Language, Record

Matter = Literal["return", "exchange", "warranty", "price"]
"""What the deadline is for; `price`: the difference paid back when a price falls."""
_Unit = Literal["day", "week", "month", "year"]

_MONTHS = {name: number for number, name in enumerate(calendar.month_abbr) if name}
_MONTH = "|".join(name.lower() for name in _MONTHS)
_MATTERS: Mapping[Matter, tuple[re.Pattern[str], re.Pattern[str]]] = {
    # what a question says of it, what the sentence of a rule that gives its period says
    "exchange": (
        re.compile(r"换|调换|\bexchang\w*|\bswap\w*"),
        re.compile(r"换(?!新|购)(?:货|尺码|颜色|成)?|调换|\bexchang\w*|\bswap\w*"),
    ),
    "warranty": (
        re.compile(r"保修|质保|三包|[过出在脱]保|修|坏了|\bwarrant\w*|\bguarante\w*|\brepair\w*|\bfix\w*|\bbroke\w*|\bcovered\b"),
        re.compile(r"保修|质保|三包|\bwarrant\w*|\bguarante\w*"),
    ),
    "price": (
        re.compile(r"价保|保价|补差|退差|差价|降价|便宜了|\bprice (?:match|protection|adjust\w*|drop\w*|fell)\b|\bcheaper now\b"),
        re.compile(r"补差|差价|价保|保价|\bprice\b.*\bdifference\b|\bprice (?:match|protection|adjust\w*)\b"),
    ),
    "return": (
        re.compile(r"退|\breturn\w*|\brefund\w*|\b(?:bring|send|take|give|hand|com)e?s? (?:\w+ ){0,3}back\b|\bmoney back\b|\bgo(?:es)? back\b"),
        re.compile(r"退(?!税)|无理由|\breturn\w*|\brefund\w*|\bback\b"),
    ),
}  # fmt: skip
_ASKS_WHETHER = re.compile(
    r"[能可行算过].{0,24}[吗么嘛不没]|还.{0,10}[吗么嘛不]|能不能|可不可以|行不行|还能|还在|来得及|过期|[过出脱]保|期限|最晚|最迟|最后(?:一天|哪天|几号)|到(?:什么时候|何时|几号|哪天|期)|(?:几号|什么时候|哪天)(?:之|以)?前|截止|还剩几天|哪天之前|超(?:过)?(?:期|时)|\bcan\b|\bcould\b|\bmay\b|\bstill\b|\buntil\b|\bby when\b|\b(?:last|final) (?:\w+ )?(?:day|date)\b|\btoo late\b|\bin time\b|\bdeadline\b|\b(?:return|exchange|warranty|refund) (?:window|period)\b|\bexpir\w*|\bwhen\b|\bhow long\b|\bcovered\b|\bunder (?:warranty|guarantee)\b|\bis it\b"
)
DAY_WORDS = (
    rf"(?:\d{{4}}年)?(?:\d{{1,2}}|[{numbers.CHINESE}]{{1,2}})月(?:份)?(?:(?:\d{{1,2}}|[{numbers.CHINESE}]{{1,3}})[日号]?)?"
    rf"|\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|[{numbers.CHINESE}\d]+个?(?:天|周|星期|礼拜|月|年)(?:以?前|了)"
    r"|[大]?前天|昨天|今天|上?(?:周|星期|礼拜)[一二三四五六日天]|去年|今年|上个?月(?:\d{1,2}[号日])?"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTH})[a-z]*(?:,? \d{{4}})?|\b(?:{_MONTH})[a-z]*\.? \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?"
    rf"|\b(?:\d{{1,3}}|{'|'.join(numbers.ENGLISH)}|an?) (?:day|week|fortnight|month|year)s? ago\b|\b(?:yesterday|today)\b"
    r"|\b(?:last |on |this past )?(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
)
"""Finds what names a day in a folded text, for a pattern."""
_MONEY_COMES = re.compile(
    r"到账|退款(?:什么时候|多久|几天|何时)|\brefund\b.*\b(?:arrive|come|take|land|get here)\b|\bwhen (?:will|do|does|is) .*\b(?:refund|money)\b"
)
_TITLES: Mapping[Matter, tuple[str, str]] = {
    "return": ("Return deadline", "退货期限"), "exchange": ("Exchange deadline", "换货期限"),
    "warranty": ("Warranty until", "保修期限"), "price": ("Price protection until", "补差价期限"),
}  # fmt: skip
_CHINESE_DAY = re.compile(
    rf"(?:(?P<year>\d{{4}})年|(?P<before>去年|前年|今年))?(?P<month>\d{{1,2}}|[{numbers.CHINESE}]{{1,2}})月(?:份)?(?P<day>\d{{1,2}}|[{numbers.CHINESE}]{{1,3}})?[日号]?"
)
_ISO_DAY = re.compile(r"(?<!\d)(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)")
_ENGLISH_DAY = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{_MONTH})[a-z]*|(?P<month2>{_MONTH})[a-z]*\.? (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?)\b(?:,? (?P<year>\d{{4}}))?"
)
_DAY_OF_MONTH = re.compile(
    rf"(?<![\d月.\-{numbers.CHINESE}])(?P<day>\d{{1,2}}|[{numbers.CHINESE}]{{1,3}})[号日](?=.{{0,6}}(?:[买订购拿下]|收到|到手|签收))"
    r"|\b(?:bought|got|ordered|purchased) (?:\w+ ){0,5}on the (?P<day2>\d{1,2})(?:st|nd|rd|th)\b"
)
"""A day of this month or the last one: 我19号买的."""
_AGO = re.compile(
    rf"(?P<count>\d{{1,3}}|[{numbers.CHINESE}半]{{1,3}})\s*个?(?P<unit>天|日|周|星期|礼拜|月|年)(?:多)?(?:以?前|了|(?<=[买过用穿]了.{{2}})(?=[还能可])|(?<=[买过用穿]了.{{3}})(?=[还能可])|(?<=[买过用穿]了.{{4}})(?=[还能可]))|(?P<count2>\d{{1,3}}|\w+) (?P<unit2>day|week|fortnight|month|year)s? ago"
)
_DOTTED_DAY = re.compile(r"(?<![\d./])(?P<month>\d{1,2})[./](?P<day>\d{1,2})(?=[号日]?(?:[买订购拿下]|收到|到手|签收))")
_LAST_MONTH = re.compile(rf"上个?月(?:的)?(?P<day>\d{{1,2}}|[{numbers.CHINESE}]{{1,3}})[号日]")
_SINCE_BOUGHT = re.compile(
    rf"买了(?P<count>\d{{1,3}}|[{numbers.CHINESE}半]{{1,3}})\s*个?(?P<unit>天|周|星期|礼拜|月|年)(?!以后)"
)
_FEASTS = (
    (re.compile(r"双(?:十一|11)|光棍节"), 11, 11), (re.compile(r"双(?:十二|12)"), 12, 12), (re.compile(r"元旦|\bnew year's day\b"), 1, 1),
    (re.compile(r"五一|劳动节"), 5, 1), (re.compile(r"六一|儿童节"), 6, 1), (re.compile(r"国庆节?(?!期间)|十一(?=[那当]天)"), 10, 1),
    (re.compile(r"\bchristmas day\b"), 12, 25), (re.compile(r"\bboxing day\b"), 12, 26), (re.compile(r"\bhallowe'?en\b"), 10, 31),
)  # fmt: skip
"""Days of the year that have names: month and day."""
_NAMED_DAYS = (
    (re.compile(r"大前天"), 3), (re.compile(r"前天|\bday before yesterday\b"), 2), (re.compile(r"昨[天日晚]|\byesterday\b"), 1),
    (re.compile(r"今[天日早](?=.{0,3}[买购订])|刚(?:刚)?买|\b(?:bought|got|ordered) (?:\w+ ){0,3}(?:today|this morning)\b|\bjust bought\b"), 0),
)  # fmt: skip
_WEEKDAY = re.compile(
    r"(?P<last>上)?(?:个)?(?:周|星期|礼拜)(?P<day>[一二三四五六日天])|\b(?P<last2>last|on|this past) (?P<day2>mon|tues|wednes|thurs|fri|satur|sun)day\b"
)
_PERIOD = re.compile(
    rf"(?P<count>\d{{1,3}}|[{numbers.CHINESE}]{{1,3}})\s*(?:个)?(?P<unit>自然日|天|日|周|星期|礼拜|月|年)(?!\d|[日号份])|(?P<count2>\d{{1,3}}|{'|'.join(numbers.ENGLISH)})[- ](?:calendar )?(?P<unit2>day|week|month|year)s?\b"
)
_NO_PERIOD = re.compile(
    r"工作日|到账|到店|小时|取件|\b(?:working|business) days?\b|\brefunds? (?:take|arrive)|\bhours?\b"
)
_UNITS: Mapping[str, _Unit] = {
    "自然日": "day", "天": "day", "日": "day", "周": "week", "星期": "week", "礼拜": "week", "月": "month", "年": "year",
    "day": "day", "week": "week", "month": "month", "year": "year",
}  # fmt: skip
_FROM_DELIVERY = re.compile(r"签收|收到|收货|\bdeliver\w*|\breceiv\w*|\barriv\w*")
_CHINESE_WEEK, _ENGLISH_WEEK = "一二三四五六日", ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")


@dataclass(frozen=True, slots=True)
class Period:
    count: int
    unit: _Unit

    def after(self, day: date) -> date:
        """The last day of the period that begins on `day`."""
        if self.unit in ("day", "week"):
            return day + timedelta(days=self.count * (7 if self.unit == "week" else 1))
        return months_after(day, self.count * (12 if self.unit == "year" else 1))

    def text(self, language: Language) -> str:
        if language == "en":
            return f"{self.count} {self.unit}{'s' if self.count != 1 else ''}"
        return f"{self.count} {({'day': '天', 'week': '周', 'month': '个月', 'year': '年'})[self.unit]}"


def matter_of(folded: str) -> Matter | None:
    """What a folded question wants to know the deadline of; None where it asks for none."""
    if not _ASKS_WHETHER.search(folded) or _MONEY_COMES.search(folded):
        return None
    return next((matter for matter, (asks, _) in _MATTERS.items() if asks.search(folded)), None)


def months_after(day: date, months: int) -> date:
    """The same day some months later, or the last of the month where that has no such day."""
    index = day.month - 1 + months
    year, month = day.year + index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def day_said(folded: str, today: date) -> date | None:
    """The past day that a folded question names, None where it names none. A day without a year is the last such."""
    if (of_last := _LAST_MONTH.search(folded)) and (day := _in_last_month(of_last, today)):
        return day
    for pattern in (_ISO_DAY, _CHINESE_DAY, _ENGLISH_DAY, _DOTTED_DAY):
        for match in pattern.finditer(folded):
            day = _dated(match, today)
            if day is not None:
                return day
    if (alone := _DAY_OF_MONTH.search(folded)) and (day := _last_such_day(alone, today)):
        return day
    if (ago := _AGO.search(folded)) and (
        day := _ago(ago["count"] or ago["count2"], ago["unit"] or ago["unit2"], today)
    ):
        return day
    if (since := _SINCE_BOUGHT.search(folded)) and (day := _ago(since["count"], since["unit"], today)):
        return day
    for feast, month, number in _FEASTS:
        if feast.search(folded):
            this_year = today.replace(month=month, day=number)
            return this_year if this_year <= today else this_year.replace(year=today.year - 1)
    if weekday := _WEEKDAY.search(folded):
        return _last_weekday(weekday, today)
    for pattern, days in _NAMED_DAYS:
        if pattern.search(folded):
            return today - timedelta(days=days)
    return None


def _last_such_day(match: re.Match[str], today: date) -> date | None:
    """The last day of that number in a month."""
    number = _value(match["day"] or match["day2"])
    for months in (0, 1, 2):
        month = months_after(today.replace(day=1), -months)
        if 1 <= number <= calendar.monthrange(month.year, month.month)[1] and month.replace(day=number) <= today:
            return month.replace(day=number)
    return None


def _in_last_month(match: re.Match[str], today: date) -> date | None:
    month, number = months_after(today.replace(day=1), -1), _value(match["day"])
    return month.replace(day=number) if 1 <= number <= calendar.monthrange(month.year, month.month)[1] else None


def _ago(count: str, unit: str, today: date) -> date | None:
    number = _value(count) * (2 if unit == "fortnight" else 1)
    try:
        return Period(-number, _UNITS.get(unit, "week")).after(today) if number else None
    except (ValueError, OverflowError):  # before the calendar begins
        return None


def _dated(match: re.Match[str], today: date) -> date | None:
    said = match.groupdict()
    month_said, day_of_month = said.get("month") or said.get("month2") or "", said.get("day") or said.get("day2")
    month = _MONTHS.get(month_said.capitalize()) or _value(month_said)
    day = _value(day_of_month) if day_of_month else 0
    if not day or not month:
        return None
    year = int(said["year"]) if said.get("year") else today.year
    year -= {"去年": 1, "前年": 2}.get(said.get("before") or "", 0)
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    if found > today and not said.get("year") and (month, day) != (2, 29):
        found = found.replace(year=year - 1)
    return found if found <= today else None


def _last_weekday(match: re.Match[str], today: date) -> date:
    if match["day"]:
        wanted = _CHINESE_WEEK.index("日" if match["day"] == "天" else match["day"])
        monday = today - timedelta(days=today.weekday() + (7 if match["last"] else 0))
        found = monday + timedelta(days=wanted)
        return found if found <= today else found - timedelta(days=7)
    back = (today.weekday() - _ENGLISH_WEEK.index(match["day2"])) % 7 or 7
    return today - timedelta(days=back)


def _value(text: str) -> int:
    if text.isdigit():
        return int(text)
    if text in ("a", "an"):
        return 1
    return numbers.ENGLISH.get(text) or numbers.chinese_value(text) or 0


def period_of(text: str) -> Period | None:
    """The first period that a text gives ("自购买之日起 7 天内", "within two weeks"), None where it gives none."""
    folded = fold(text)
    for match in _PERIOD.finditer(folded):
        count = _value(match["count"] or match["count2"])
        if count and not _NO_PERIOD.search(folded[max(0, match.start() - 12) : match.end() + 6]):
            return Period(count, _UNITS[match["unit"] or match["unit2"]])
    return None


def ruling(matter: Matter, sentences: Sequence[str], product: str = "") -> tuple[Period, str] | None:
    """The period for `matter` and the sentence that gives it, from those that answer a question.

    Where one sentence gives several ("鞋类 90 天，服装 1 年"), it is the one beside a word of `product`, or none.
    """
    _, says = _MATTERS[matter]
    for sentence in sentences:
        folded = fold(sentence)
        if not says.search(folded):
            continue
        periods = [
            match
            for match in _PERIOD.finditer(folded)
            if not _NO_PERIOD.search(folded[max(0, match.start() - 12) : match.end() + 6])
        ]
        spoken = [part for part in re.split(r"[，,；;]", folded) if says.search(part) and period_of(part)]
        if len(periods) > 1 and matter != "warranty" and spoken:
            period = period_of(next((part for part in spoken if _shares_word(part, product)), spoken[0]))
        elif len(periods) > 1 and matter == "warranty":
            part = next(
                (
                    part
                    for part in re.split(r"[，,、；;:：]", folded)
                    if _PERIOD.search(part) and _shares_word(part, product)
                ),
                "",
            )
            period = period_of(part)
        else:
            period = period_of(sentence)
        if period is not None:
            return period, sentence
    return None


def _shares_word(part: str, product: str) -> bool:
    """Whether a part of a sentence speaks of the product's sort: two Chinese characters or a word of four letters."""
    named = re.sub(r"\d+\s*(?:天|年|个?月|日)|[\s类]+", "", part)
    folded = fold(product)
    pairs = (named[index : index + 2] for index in range(len(named) - 1))
    words = (
        word.rstrip("s")
        for word in re.findall(r"[a-z]{4,}", part)
        if word not in ("year", "years", "days", "month", "months")
    )
    sort = named[:1]
    return (
        any(pair in folded for pair in pairs if not pair.isascii())
        or any(word in folded for word in words)
        or (bool(sort) and not sort.isascii() and sort in folded)
    )


def sentences_on(matter: Matter, policies: Sequence[Record], language: Language) -> list[tuple[Record, str]]:
    """Each sentence of the shop's rules that gives a period for `matter`, those whose title speaks of it first."""
    asks, says = _MATTERS[matter]
    found: list[tuple[bool, int, Record, str]] = []
    for policy in policies:
        titled = bool(asks.search(fold(policy.title_in(language))))
        body = policy.attributes.get(f"body_{language}") or str(policy.fields.get("body") or "")
        for place, sentence in enumerate(sentences_of(body)):
            if (says.search(fold(sentence)) or (titled and place == 0)) and period_of(sentence) is not None:
                found.append((not titled, place, policy, sentence))
    return [(policy, sentence) for _, _, policy, sentence in sorted(found, key=lambda entry: entry[:2])]


def counts_from_delivery(sentence: str) -> bool:
    return bool(_FROM_DELIVERY.search(fold(sentence)))


def _days(count: int) -> str:
    return f"{count} day{'s' if count != 1 else ''}"


def deadline(
    matter: Matter, period: Period, bought: date, today: date, sources: Sequence[Fact], language: Language
) -> Computation:
    """`2026-11-03 + 7 天 = 2026-11-10，已过 11 天`, resting on the rule (and the order or product)."""
    last = period.after(bought)
    left = (last - today).days
    if language == "zh":
        verdict = "今天是最后一天" if left == 0 else f"还有 {left} 天" if left > 0 else f"已过 {-left} 天，不能再办"
        text = f"{bought.isoformat()} + {period.text('zh')} = {last.isoformat()}，{verdict}"
    else:
        verdict = (
            "today is the last day" if left == 0 else f"{_days(left)} left" if left > 0 else f"{_days(-left)} too late"
        )
        text = f"{bought.isoformat()} + {period.text('en')} = {last.isoformat()}, {verdict}"
    record = computed_record("deadline", _TITLES[matter], language, text, sources)
    return Computation(record, (last.isoformat(), verdict))
