"""Columns that say the same of several stores or sizes: `inventory_Harbour`, `徐家汇店库存`; `S`, `M`, `L`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from shopdesk.core.text import fold
from shopdesk.store.importing import headers, values

_NEARLY_ALL = 0.8
_LATIN_COUNTED = r"inventory|stock|in stock|on hand|qty|quantity|current quantity|bestand|lagerbestand"
_HAN_COUNTED = r"库存数量|库存量|库存|庫存數量|庫存|在庫数|在庫|재고"
_COUNTED = f"{_LATIN_COUNTED}|{_HAN_COUNTED}"
_FORMS = (
    re.compile(r"(?P<word>.+?)\s*[\[【](?P<store>[^\]】]+)[\]】]"),
    re.compile(rf"(?P<word>{_COUNTED})(?:_|\s*[-–:：|/]\s*|\s+)(?P<store>.+)", re.IGNORECASE),
    re.compile(rf"(?P<word>{_COUNTED})\s*[(（](?P<store>[^)）]+)[)）]", re.IGNORECASE),
    re.compile(rf"(?P<store>.+?)(?:_|\s*[-–:：|/]\s*|\s+)(?P<word>{_LATIN_COUNTED})", re.IGNORECASE),
    re.compile(rf"(?P<store>.+?)[_\s:：|/–-]*(?P<word>{_HAN_COUNTED})"),
)
_PLACE = re.compile(
    r"(?P<store>.*\b(?:store|shop|branch|depot|warehouse|outlet)|.+(?:店|仓库|仓|门市|分部|店舗|倉庫))", re.IGNORECASE
)
# Tills write these of each of their stores, be it the only one.
_ONE_IS_ENOUGH = re.compile(r"(?:current quantity\s|inventory_).+|in stock \[.+\]", re.IGNORECASE)
_NO_STORE = re.compile(
    r"\b(?:low|min(?:imum)?|max(?:imum)?|alert|limit|reorder|restock|safety|sold|(?:on )?order(?:ed)?|incoming|reserved"
    r"|committed|unavailable|available|forecast(?:ed)?|status|value|cost|price|unit|uom|type|policy|tracker|tracking|new"
    r"|total|all|sum|on|in|is|hand|stock|quantity|qty|level|amount|days?|date|threshold|manage|actual|physical|virtual"
    r"|pcs|pieces|item|gesamt|mindest|melde|code|id|name|sku)\b"
    r"|下限|上限|预警|警戒|安全|锁定|冻结|占用|在途|待|销|采购|入库|出库|期初|期末|成本|金额|单位|状态|类型|合计|总计|最低|最高"
    r"|可用|可售|可卖|实际|实物|虚拟|剩余|当前|现有|账面|盘点|商品|产品|有效|累计|平均|^总$|是否|初始|默认"
    r"|発注|予約|入荷|現在|実|理論"
    r"|^(?:件|个|盒|箱|瓶|台|支|套|kg|g|pcs|个数|数量|數量|点|個)$"
)


def columns_of_stores(
    header: Sequence[str], rows: Sequence[Sequence[str]], taken: Mapping[str, int]
) -> Mapping[str, Mapping[str, int]]:
    """Store → field (stock, price_minor) → column, where a row counts a product's stock in several stores.

    One store alone is enough only where a till's way of naming the column leaves no doubt.
    """
    found: dict[tuple[int, str], dict[str, int]] = {}
    for index, title in enumerate(header):
        if index in (taken.get("sku"), taken.get("name"), taken.get("barcode")):
            continue
        for form, word, name in _readings(title.strip()):
            store = _store_name(name)
            if store and not _NO_STORE.search(fold(store)) and _are_counts(rows, index):
                found.setdefault((form, word), {}).setdefault(store, index)
                break
    groups = [
        group
        for group in found.values()
        if len(group) > 1 or _ONE_IS_ENOUGH.fullmatch(header[next(iter(group.values()))].strip())
    ]
    if not groups:
        return {}
    stores = max(groups, key=len)
    prices = _prices_of(header, set(stores))
    return {store: {"stock": index, **prices.get(store, {})} for store, index in stores.items()}


def _readings(title: str) -> Iterator[tuple[int, str, str]]:
    """What a title may say: number of the form, word for what is counted ("" where only the store is named), store."""
    for form, pattern in enumerate(_FORMS):
        match = pattern.fullmatch(title)
        if match is not None and (word := headers.normal(match["word"])) in _STOCK_NAMES:
            yield form, word, match["store"]
    if match := _PLACE.fullmatch(title):
        yield len(_FORMS), "", match["store"]


_FEWEST_SIZES = 3
_SMALLEST, _LARGEST, _LARGEST_STEP = 20, 200, 10  # shoes, children's heights and waists
_SIZE = re.compile(
    r"(?P<letters>(?:[2-9]?x{0,4}[sl]|m)(?:/(?:[2-9]?x{0,4}[sl]|m))?|f|free|one ?size|均码)(?:码|号)?"
    r"|(?P<number>\d{2,3}(?:[.,]5)?)(?:码|号|cm)?|(?P<figure>1[3-9]\d/\d{2,3}[a-dy]?)",
    re.IGNORECASE,
)


def columns_of_sizes(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Mapping[str, int]:
    """Size → column, where a row counts a product's sizes side by side, as clothing and shoe shops list them.

    Empty where fewer than three such columns stand together.
    """
    runs: list[dict[str, int]] = [{}]
    before: tuple[str, float] | None = None
    for index, title in enumerate(header):
        size = title.strip()
        sort = _sort_of_size(size) if _are_counts_or_blank(rows, index) else None
        if sort is None or before is None or not _follows(sort, before) or size in runs[-1]:
            runs.append({})
        if sort is not None:
            runs[-1][size] = index
        before = sort
    longest = max(runs, key=len)
    counted = any(_are_counts(rows, index) for index in longest.values())
    return longest if len(longest) >= _FEWEST_SIZES and counted else {}


def _sort_of_size(title: str) -> tuple[str, float] | None:
    """What sort of size a title is, and its number, 0 where it is none of those that rise from column to column."""
    match = _SIZE.fullmatch(title)
    if match is None:
        return None
    if match["number"] is None:
        return "figure" if match["figure"] else "letters", 0
    number = float(match["number"].replace(",", "."))
    return ("number", number) if _SMALLEST <= number <= _LARGEST else None


def _follows(sort: tuple[str, float], before: tuple[str, float]) -> bool:
    return sort[0] == before[0] and (sort[0] != "number" or before[1] < sort[1] <= before[1] + _LARGEST_STEP)


def _are_counts_or_blank(rows: Sequence[Sequence[str]], index: int) -> bool:
    return all(index >= len(row) or values.is_nothing(row[index]) for row in rows[:300]) or _are_counts(rows, index)


_STOCK_NAMES = frozenset((*headers.PRODUCT["stock"], "instock", "currentquantity", "inventory"))


def _prices_of(header: Sequence[str], stores: set[str]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for index, title in enumerate(header):
        match = re.fullmatch(r"(.+?)\s*[\[【]([^\]】]+)[\]】]", title.strip())
        if match and headers.normal(match[1]) in headers.PRODUCT["price_minor"]:
            store = _store_name(match[2])
            if store in stores:
                found.setdefault(store, {"price_minor": index})
    return found


def _store_name(text: str) -> str:
    return " ".join(text.replace("_", " ").split())


def _are_counts(rows: Sequence[Sequence[str]], index: int) -> bool:
    cells = [row[index] for row in rows[:300] if index < len(row) and not values.is_nothing(row[index])]
    return bool(cells) and sum(map(_is_count, cells)) >= _NEARLY_ALL * len(cells)


def _is_count(cell: str) -> bool:
    try:
        stock = values.read_stock(cell)
    except ValueError:
        return fold(cell) in NOT_KEPT
    return stock is not None


# What stands in the place of a count where a store does not keep a product.
NOT_KEPT = frozenset(["not stocked", "未铺货", "不经营", "nicht geführt", "取扱なし"])
