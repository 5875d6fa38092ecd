"""What a promotion is, where a table of numbers tells it: its type, and a title that says it in both languages."""

from __future__ import annotations

import re
from decimal import Decimal

from shopdesk.core.types import format_minor, price_text
from shopdesk.store.importing import values

# How a type is called in the shop's rows; what a file calls it in words of its own stays as it is.
FULL_REDUCTION, PERCENTAGE, LADDER, COUPON, BUNDLE, SPECIAL_PRICE = (
    "full_reduction", "percentage", "ladder", "coupon", "bundle", "special_price",
)  # fmt: skip
_WORDS = (
    (BUNDLE, r"bundle|捆绑|套装|套餐|组合|買.送|买.送|bogo|buy .* get|セット|set-?angebot|paket"),
    (LADDER, r"ladder|阶梯|階梯|tier|staffel|段階"),
    (FULL_REDUCTION, r"full.?reduction|满减|滿減|满额|spend .* (save|get)"),
    (PERCENTAGE, r"percent|折扣|打折|%|prozent|割引"),
    (COUPON, r"coupon|优惠券|優惠券|代金券|券|voucher|gutschein|クーポン"),
)


def type_of(
    said: str | None, title: str, *, threshold: int | None, discount: str | None, count: int | None, price: int | None
) -> str | None:
    """The type in one word, from the file's own word for it or from the numbers."""
    if said and not said.isdigit():
        folded = said.lower()
        return next((name for name, pattern in _WORDS if re.fullmatch(pattern, folded)), said)
    if price is not None and not threshold and not discount:
        return SPECIAL_PRICE
    if count:
        return LADDER
    for name, pattern in _WORDS:
        if re.search(pattern, title.lower()):
            return name
    if threshold and discount:
        return FULL_REDUCTION
    return PERCENTAGE if discount and ("%" in discount or "折" in discount) else None


PIECES = re.compile(r"(\d{1,6})\s*(?:件|个|個|只|双|点|pieces?|pcs|items?|stück|stk)\s*(?:以上|起)?", re.IGNORECASE)
_BEFORE = r"(?:实付|消费|单笔|订单|购物|购买|任选|每)*(?:满足|满|滿|达到|达|ab|from|over|spend|minimum|min\.?|>=|≥|>)"
_AFTER = r"(?:及?以上|起|or more|and up)"
_AROUND = re.compile(rf"^\s*{_BEFORE}\s*|\s*{_AFTER}\s*$", re.IGNORECASE)
_NO_THRESHOLD = frozenset(["无门槛", "无", "不限", "无限制", "没有门槛", "none", "no minimum", "keine", "なし", "無"])


def without_words(cell: str) -> str | None:
    """The number of a threshold without the words around it; None where there is no threshold."""
    text = _AROUND.sub("", _AROUND.sub("", cell)).strip()
    return None if text.lower() in _NO_THRESHOLD or not text else text


def share_of(discount: str | None) -> Decimal | None:
    """What is left to pay, as a share: `0.70`, `7折`, `30%` off → 0.7; None where it is an amount of money."""
    if discount is None:
        return None
    if match := re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*折\s*", discount):
        number = Decimal(match[1])
        return number / (10 if number < 10 else 100)
    if match := re.fullmatch(r"\s*-?(\d+(?:\.\d+)?)\s*[%％]\s*(off)?\s*", discount, re.IGNORECASE):
        return 1 - Decimal(match[1]) / 100
    if match := re.fullmatch(r"\s*0?\.(\d+)\s*", discount):
        return Decimal(f"0.{match[1]}")
    return None


def percent(share: Decimal) -> str:
    """0.3 → `30%`."""
    return f"{float(share * 100):.4g}%"


def titles(
    *, threshold: int | None, discount: str | None, count: int | None, price: int | None, currency: str
) -> tuple[str, str] | None:
    """A title in Chinese and in English, made of the numbers alone; None where they say nothing."""
    share = share_of(discount)
    amount = None
    if discount and share is None:
        try:
            money = values.read_money(discount)
        except ValueError:
            return None
        amount = None if money is None or not money.amount else values.to_minor(money.amount, currency)
    if price:
        said = _money(price, currency)
        return f"特价 {said}", f"Special price {said}"
    if share is not None and 0 < share < 1:
        off = percent(1 - share)
        tenths = f"{float(share * 10):.4g} 折"
        if count:
            return f"满 {count} 件 {tenths}", f"{off} off from {count} pieces"
        if threshold:
            return f"满 {_money(threshold, currency)} 打 {tenths}", f"{off} off from {_money(threshold, currency)}"
        return tenths, f"{off} off"
    if amount and threshold:
        least, off = _money(threshold, currency), _money(amount, currency)
        return f"满 {least} 减 {off}", f"{off} off every {least} or more"
    if amount and count:
        off = _money(amount, currency)
        return f"满 {count} 件减 {off}", f"{off} off from {count} pieces"
    if amount:
        off = _money(amount, currency)
        return f"立减 {off}", f"{off} off"
    return None


def _money(minor: int, currency: str) -> str:
    return price_text(format_minor(minor, currency).removesuffix(".00"), currency)
