"""What the running promotions take off a basket, with the working shown.

Full reductions, percentages, prices by the number of pieces, coupons, bundles, "buy two, get one" and
special prices are read from a promotion's columns, and where those are silent from its words. Two
promotions are combined only where one says so and neither forbids it. What needs something of the
customer (a coupon, a membership) is said apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from shopdesk.core import numbers, scopes
from shopdesk.core.arithmetic import Computation, computed_record, labels_apart, money, price_of
from shopdesk.core.text import fold
from shopdesk.core.types import Fact, Language, Record, parse_minor
from shopdesk.core.wording import label_of

_PIECES = rf"(?:{numbers.MEASURES}|pieces?|items?|pairs?|tins?|of\b|or more)"
_NUMBER = rf"(\d{{1,4}}|[{numbers.CHINESE}]{{1,3}})"
_COUNT = re.compile(
    rf"(?:满|任选|任意|买)\s*{_NUMBER}\s*{_PIECES}(?![钱减立])|\b(?:any|choose|from|buy)\s+(\d{{1,4}}|\w+)\s+(?:or more\b|{_PIECES})"
)
_SPEND = re.compile(r"满\s*(\d+(?:\.\d+)?)\s*元?\s*(?:减|立减|打)")
_FREE = re.compile(
    rf"买\s*{_NUMBER}\s*{_PIECES}?\s*[送赠]\s*{_NUMBER}|\bbuy (\w+)(?: [a-z]+){{0,3}}?,? get (\w+)(?: free)?\b"
)
_PAID_FOR = re.compile(r"\b(\d|two|three|four|five|six) for (?:the price of )?(\d|one|two|three|four|five)\b(?! ?%)")
_SECOND = re.compile(
    rf"第二(?:{numbers.MEASURES}|斤)\s*(?:(半价)|(\d(?:\.\d)?)\s*折)|\bsecond (?:one |item |piece |pair )?(?:at |is )?(half)\b"
)
_SHARE = re.compile(r"(\d(?:\.\d)?|[1-9]\d)\s*折|(\d{1,2}(?:\.\d+)?)\s*%\s*(?:off)?")
_AMOUNT = re.compile(r"(?:立?减|便宜|off)\s*¥?\s*(\d+(?:\.\d+)?)|[¥$€£](\d+(?:\.\d+)?) off")
_MONTHLY = re.compile(r"每月\s*(\d{1,2})\s*[日号]|\b(?:on )?the (\d{1,2})(?:st|nd|rd|th) of (?:each|every) month")
_MOST = re.compile(rf"限\s*(\d{{1,3}})\s*{_PIECES}|\bat most (\d{{1,3}}) {_PIECES}")
_EVERY = re.compile(r"每满|上不封顶|\bfor every\b|\beach\b [¥$€£]?\d")
_WITHOUT = re.compile(
    r"([^，。；;,.（）()]{1,24}?)(?:除外|不参[加与]|不算|不享受)|\b(?:except|excluding|not for|not on) ([^,.;]{2,40})"
    r"|([a-z ,]{3,40}?) (?:do not count|does not count|excepted|(?:are |is )?excluded|(?:are |is )?not included)\b"
)
_TOGETHER = re.compile(
    r"可以?(?:与|和|跟)?[^，。；不]{0,14}(?:同享|同用|叠加)|\bcan be (?:combined|used together)\b|\bstacks?\b"
)
_NOT_TOGETHER = re.compile(
    r"(?:不|不可|不能|不得)(?:与|和|跟)?([^，。；]{0,24}?)(?:同享|同用|叠加|并用)|\b(?:cannot be|can't be|not) (?:combined|together|used) with ([^.;]{2,80})"
)
_KINDS = {
    "full_reduction": r"满减|满\d+减|full reductions?|其他|其它|任何|any other|other", "coupon": r"券|coupons?|vouchers?|其他|其它|任何|any other|other",
    "member_day": r"会员|member|其他|其它|任何|any other|other",
}  # fmt: skip
_ANY = r"活动|其他|其它|任何|所有|^(?:店内|本店)?(?:优惠|折扣)$|\bpromotions?\b|\boffers?\b|\bdiscounts?\b|\bother\b"
_NEEDS = re.compile(
    r"会员|学生|新用户|新客|生日|首单|凭|券|\bmembers?\b|\bstudents?\b|\bbirthday\b|\bfirst order\b|\bcoupons?\b|\bvouchers?\b|\bnew customers?\b"
)


@dataclass(frozen=True, slots=True)
class _Line:
    """Some pieces of one product in the basket; `left` is what they still cost, in minor units."""

    record: Record
    quantity: float
    price: int
    left: int


@dataclass(frozen=True, slots=True)
class _Use:
    """Promotions that go together, and what each takes off in minor units."""

    facts: tuple[Fact, ...]
    off: tuple[int, ...]
    needs: bool

    @property
    def saved(self) -> int:
        return sum(self.off)


def best_price(
    goods: Sequence[Fact], quantities: Sequence[float], promotions: Sequence[Fact], language: Language, today: date,
    named: Sequence[Fact] = (),
) -> Computation | None:  # fmt: skip
    """The sum of a basket and what the running promotions take off it. None where a price is missing.

    Of `named`, the promotions that are asked for by name, running or not, one that applies is used before all others,
    and of each that does not it is said why. The computed record rests on the goods and on the promotions spoken of.
    """
    prices = [price_of(fact.record) for fact in goods]
    found = [price for price in prices if price is not None]
    if not found or len(found) != len(goods) or len({currency for _, currency in found}) != 1:
        return None
    currency = found[0][1]
    lines = [
        _Line(fact.record, quantity, price, round(quantity * price))
        for fact, quantity, (price, _) in zip(goods, quantities, found, strict=True)
    ]
    total = sum(line.left for line in lines)
    meant = [fact for fact in named if scopes.is_running(fact.record, today)]
    uses = _best_uses(lines, meant, today) or _best_uses(lines, promotions, today)
    labels = labels_apart(goods, language)
    terms = " + ".join(f"{line.quantity} × {money(line.price, currency)}" for line in lines)
    sum_text = f"{terms} = {money(total, currency)}"
    zh = language == "zh"
    label = f"（{'，'.join(labels)}）" if zh else f" ({', '.join(labels)})"
    steps, must = [f"{sum_text}{label}"], [sum_text, *labels]
    for use in uses:
        said, pay = _said(use, total, currency, language)
        steps.append(said)
        must.append(pay)
    if not uses:
        steps.append("没有用得上的活动" if zh else "no running promotion applies")
    used = {fact.id: fact for use in uses for fact in use.facts}
    for fact in named:
        if fact.id not in used and (why := _why_not(fact.record, lines, currency, language, today)):
            steps.append(why)
            must.append(why)
            used[fact.id] = fact
    text = ("；" if zh else "; ").join(steps)
    record = computed_record("savings", ("Best price", "优惠后"), language, text, [*goods, *used.values()])
    return Computation(record, tuple(must))


def each_price(
    goods: Sequence[Fact], running: Sequence[Fact], named: Sequence[Fact], language: Language, today: date
) -> Computation | None:
    """The same for each of several goods by itself: 2 sizes of one product, of which either may be meant."""
    each = [best_price([fact], [1], running, language, today, named) for fact in goods]
    known = [computed for computed in each if computed is not None]
    if not known or len(known) != len(goods):
        return None
    labels = labels_apart(goods, language)
    texts = [
        str(computed.record.fields["text"]).replace(label_of(fact.record, language), label)
        for computed, fact, label in zip(known, goods, labels, strict=True)
    ]
    text = ("。" if language == "zh" else ". ").join(texts)
    record = computed_record("savings", ("Best price", "优惠后"), language, text, [*goods, *named])
    return Computation(record, tuple(part for computed in known for part in computed.must[:1]))


def _best_uses(lines: Sequence[_Line], promotions: Sequence[Fact], today: date) -> list[_Use]:
    """What takes most off for anybody, and what takes even more off for those who qualify."""
    total = sum(line.left for line in lines)
    uses = [use for use in _uses(lines, promotions, today) if 0 < use.saved <= total]
    free = max((use for use in uses if not use.needs), key=lambda use: use.saved, default=None)
    needing = max((use for use in uses if use.needs), key=lambda use: use.saved, default=None)
    if needing is not None and free is not None and needing.saved <= free.saved:
        needing = None
    return [use for use in (free, needing) if use is not None]


def _why_not(promotion: Record, lines: Sequence[_Line], currency: str, language: Language, today: date) -> str:
    """Why a promotion takes nothing off a basket, "" where it would."""
    zh, title = language == "zh", promotion.title_in(language)
    if not scopes.is_running(promotion, today):
        return _when_it_runs(promotion, language, today)
    if taken_off(promotion, lines, today)[0]:
        return ""
    parts, words = scopes.scope_of(promotion), _words(promotion)
    meant = [line for line in lines if _covers(promotion, parts, line.record)]
    if not meant:
        scope = str(promotion.fields.get("scope") or "") if parts else ""
        if scope and not any(scopes.takes_in(parts, line.record) for line in lines):
            return f"{title}只限{scope}" if zh else f"{title} is only for {scope}"
        return f"{title}不含这些商品" if zh else f"{title} does not count here"
    threshold, least = _least_of(promotion, words, str(promotion.fields.get("currency") or ""))
    if least and sum(line.quantity for line in meant) < least:
        return f"{title}满 {least} 件才能用" if zh else f"{title} needs {least} pieces"
    if threshold and sum(line.left for line in meant) < threshold:
        amount = money(threshold, currency)
        return f"{title}满 {amount} 才能用" if zh else f"{title} needs {amount}"
    return f"{title}这里用不上" if zh else f"{title} does not apply here"


def _when_it_runs(promotion: Record, language: Language, today: date) -> str:
    zh, title = language == "zh", promotion.title_in(language)
    starts, ends = scopes.days_of(promotion)
    if ends and ends < today.isoformat():
        return f"{title}已于 {ends} 结束" if zh else f"{title} ended on {ends}"
    return f"{title} {starts} 才开始" if zh else f"{title} only starts on {starts}"


def not_running(promotion: Fact, today: date, language: Language) -> Computation:
    """That a promotion is over, or has not begun, with its words and its days."""
    text = _when_it_runs(promotion.record, language, today)
    record = computed_record("offer", ("Not running", "未在进行"), language, text, [promotion])
    return Computation(record, (text,))


def _said(use: _Use, total: int, currency: str, language: Language) -> tuple[str, str]:
    zh = language == "zh"
    names = [
        f"{fact.record.title_in(language)} −{money(off, currency)}"
        for fact, off in zip(use.facts, use.off, strict=True)
    ]
    pay = f"应付 {money(total - use.saved, currency)}" if zh else f"to pay {money(total - use.saved, currency)}"
    lead = ("符合条件的顾客可用 " if zh else "who qualifies: ") if use.needs else ""
    return f"{lead}{('，' if zh else ', ').join(names)}{'，' if zh else ', '}{pay}", pay


def _uses(lines: Sequence[_Line], promotions: Sequence[Fact], today: date) -> Iterator[_Use]:
    single = [
        _Use((fact,), (off,), _needs(fact.record))
        for fact in promotions
        if (off := taken_off(fact.record, lines, today)[0])
    ]
    yield from single
    for first, second in combinations(single, 2):
        if not _go_together(first.facts[0].record, second.facts[0].record):
            continue
        # what is reached by spending is measured on what is left to pay
        ordered = sorted(
            (first.facts[0], second.facts[0]), key=lambda fact: fact.record.fields.get("threshold") is not None
        )
        off, left = taken_off(ordered[0].record, lines, today)
        more, _ = taken_off(ordered[1].record, left, today)
        if off and more:
            yield _Use(tuple(ordered), (off, more), first.needs or second.needs)


def taken_off(promotion: Record, lines: Sequence[_Line], today: date) -> tuple[int, list[_Line]]:
    """How much a promotion takes off a basket (minor units, 0 where it does not apply), and the lines after it."""
    words = _words(promotion)
    monthly = _MONTHLY.search(words)
    if monthly and int(next(filter(None, monthly.groups()))) != today.day:
        return 0, list(lines)
    parts = scopes.scope_of(promotion)
    meant = [line for line in lines if _covers(promotion, parts, line.record)]
    currency = str(promotion.fields.get("currency") or "")
    counted = _least_of(promotion, words, currency)[1]
    bundle = promotion.fields.get("type") == "bundle" and len(parts) > 1 and not counted
    if not meant or (bundle and not all(any(scopes.means(part, line.record) for line in meant) for part in parts)):
        return 0, list(lines)
    off = _off(promotion, words, meant)
    whole = sum(line.left for line in meant)
    off = min(off, whole)
    left = [
        replace(line, left=line.left - off * line.left // whole) if line in meant and whole else line for line in lines
    ]
    return off, left


def _off(promotion: Record, words: str, meant: Sequence[_Line]) -> int:
    currency = str(promotion.fields.get("currency") or "")
    amount, pieces = sum(line.left for line in meant), sum(line.quantity for line in meant)
    threshold, least = _least_of(promotion, words, currency)
    if (threshold and amount < threshold) or (least and pieces < least):
        return 0
    if free := _FREE.search(words):
        bought, given = (_value(group) for group in list(filter(None, free.groups()))[:2])
        return int(pieces // (bought + given)) * given * min(line.price for line in meant) if bought and given else 0
    if paid := _PAID_FOR.search(words):
        got, given = _value(paid[1]), _value(paid[1]) - _value(paid[2])
        return int(pieces // got) * given * min(line.price for line in meant) if given > 0 else 0
    if second := _SECOND.search(words):
        share = 0.5 if second.group(1) or second.group(3) else 1 - float(second.group(2)) / 10
        return sum(round(int(line.quantity // 2) * line.price * share) for line in meant)
    special = promotion.attributes.get("price")
    if special and (cost := _minor(special, currency)) is not None:
        return sum(round(max(line.price - cost, 0) * line.quantity) for line in meant)
    discount = str(promotion.fields.get("discount") or "")
    share_off = _share_off(discount) if discount else _share_off(words)
    if share_off:
        most = _MOST.search(words)
        room = int(next(filter(None, most.groups()))) if most else pieces
        counted = (
            sum(round(line.left * min(line.quantity, room) / line.quantity) for line in meant)
            if room < pieces
            else amount
        )
        return round(counted * share_off)
    off = _minor(discount, currency)
    if off is None and (said := _AMOUNT.search(words)):
        off = _minor(next(filter(None, said.groups())), currency)
    times = amount // threshold if threshold and _EVERY.search(words) else 1
    return (off or 0) * times


def _words(promotion: Record) -> str:
    """All that a promotion says of itself, folded."""
    said = (promotion.title, promotion.fields.get("body"))
    return fold(" 。".join(str(text) for text in said if text))


def _least_of(promotion: Record, words: str, currency: str) -> tuple[int | None, int]:
    """What must be spent (minor units), and how many pieces must be bought: None and 0 where that is not asked."""
    threshold = _minor(promotion.fields.get("threshold"), currency)
    spend = _SPEND.search(words)
    if threshold is not None and promotion.fields.get("type") == "bundle" and not spend:
        pieces = parse_minor("1", currency)
        if threshold % pieces == 0 and not re.search(rf"[¥$€£] ?{threshold // pieces}(?!\d)", words):
            return None, threshold // pieces  # of goods sold together the threshold counts them
    if threshold is None and spend:
        threshold = _minor(spend.group(1), currency)
    return threshold, _count_of(promotion, words)


def _count_of(promotion: Record, words: str) -> int:
    count = promotion.attributes.get("count", "")
    if count.isdigit():
        return int(count)
    found = _COUNT.search(words)
    return _value(next(filter(None, found.groups()))) if found and not _FREE.search(words) else 0


def _value(text: str) -> int:
    return int(text) if text.isdigit() else numbers.ENGLISH.get(text) or numbers.chinese_value(text) or 0


def _share_off(text: str) -> float:
    """The share that a text such as `85折`, `8 折` or `15%` takes off, 0.0 where it names none."""
    found = _SHARE.search(text)
    if found is None:
        return 0.0
    if found.group(1):
        tenths = float(found.group(1))
        return round(1 - tenths / (100 if tenths >= 10 else 10), 4)
    return float(found.group(2)) / 100


def _minor(text: object, currency: str) -> int | None:
    try:
        return parse_minor(str(text), currency)
    except ValueError:
        return None


def _needs(promotion: Record) -> bool:
    """Whether a promotion asks something of the customer: a coupon, a membership, a birthday."""
    return promotion.fields.get("type") in ("coupon", "member_day") or bool(_NEEDS.search(_needing_words(promotion)))


def _needing_words(promotion: Record) -> str:
    # what it cannot be combined with, and what it limits per member, is no condition of its own
    words = _NOT_TOGETHER.sub(" ", _words(promotion))
    words = _TOGETHER.sub(" ", words)
    return re.sub(r"每[位个名]会员[^，。；]*|\bper member\b", " ", words)


def _covers(promotion: Record, parts: Sequence[str], record: Record) -> bool:
    """Whether a promotion with such a scope is for a product, and does not leave it out in its words."""
    if not scopes.takes_in(parts, record):
        return False
    for match in _WITHOUT.finditer(_words(promotion)):
        said = next(filter(None, match.groups()))
        if any(scopes.means(part.strip(), record) for part in scopes.LIST.split(said) if len(part.strip()) > 1):
            return False
    return True


def _go_together(first: Record, second: Record) -> bool:
    allowed = any(_TOGETHER.search(_words(one)) for one in (first, second))
    return allowed and not _forbids(first, second) and not _forbids(second, first)


def _forbids(promotion: Record, other: Record) -> bool:
    for match in _NOT_TOGETHER.finditer(_words(promotion)):
        said = next((group for group in match.groups() if group), "") or "其他"
        if re.search(_KINDS.get(str(other.fields.get("type") or ""), _ANY), said) or fold(other.title) in said:
            return True
    return False
