"""Single cells → values: money, counts, availability, dates, codes, HTML, option lists."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from html.parser import HTMLParser

from shopdesk.core.text import fold
from shopdesk.core.types import decimals_of

# "none" and 无 are left out: as an attribute they are an answer ("armrest: none").
NOTHING_SAID = frozenset(["", "null", "n/a", "na", "nan", "-", "--", "—", "/", "\\n", "undefined", "#n/a"])
NOTHING = frozenset(
    [
        "",
        "null",
        "none",
        "nil",
        "n/a",
        "na",
        "nan",
        "-",
        "--",
        "—",
        "/",
        "\\n",
        "undefined",
        "无",
        "暂无",
        "未知",
        "#n/a",
    ]
)
_LONGEST_WORD = 24
_MOST_DIGITS = 16
_PRICE_UNSAID = frozenset(["面议", "待定", "询价", "电询", "tbd", "tba", "poa", "on request", "ask"])

_FREE = frozenset(["免费", "free", "free of charge", "kostenlos", "無料"])

SIGNS = (
    ("us$", "USD"), ("hk$", "HKD"), ("nt$", "TWD"), ("jp¥", "JPY"), ("cn¥", "CNY"),
    ("rmb", "CNY"), ("cny", "CNY"), ("人民币", "CNY"),
    ("usd", "USD"), ("eur", "EUR"), ("gbp", "GBP"), ("jpy", "JPY"), ("hkd", "HKD"), ("twd", "TWD"), ("krw", "KRW"),
    ("港币", "HKD"), ("港元", "HKD"), ("美元", "USD"), ("欧元", "EUR"), ("日元", "JPY"),
    ("英镑", "GBP"), ("新台币", "TWD"),
    ("€", "EUR"), ("¤", "EUR"), ("£", "GBP"), ("₩", "KRW"), ("원", "KRW"), ("円", "JPY"),
    ("¥", "CNY"), ("元", "CNY"), ("块", "CNY"),
    ("$", "USD"),
    ("\\", "JPY"),  # what stands in the place of the yen sign in Japanese encodings
)  # fmt: skip


def plain(cell: str) -> str:
    """A cell without the wrapping that spreadsheets put around text: `="0095"` and `'0095` → `0095`."""
    return unwrapped(cell.strip().lstrip("\ufeff").replace("\x00", ""))


def unwrapped(text: str) -> str:
    """The same, with the blanks around the text kept."""
    if text[:1] not in ("=", "'"):
        return text
    if match := re.fullmatch(r'="(.*)"', text, re.DOTALL):
        text = match[1]
    if len(text) > 1 and text[0] == "'" and (text[1] in "=+-@\t\r" or text[1:].isdigit()):
        text = text[1:]
    return text


def word_of(cell: str) -> str:
    """A short cell, folded; a long one as it is, for it is no single word (and folding is what takes the time)."""
    text = cell.strip()
    if len(text) > _LONGEST_WORD:
        return text
    return text.lower() if text.isascii() and text.isprintable() else fold(text)


def is_nothing(cell: str) -> bool:
    return word_of(cell) in NOTHING


# -- money ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Money:
    """An amount as written; `currency` is None where the cell does not say."""

    amount: Decimal
    currency: str | None


def read_money(cell: str, *, decimal_comma: bool = False) -> Money | None:
    """The amount in a cell; None where it says none. Raises ValueError for what is not an amount.

    `decimal_comma` tells how a lone separator before three digits is to be read (1.299 → 1299).
    """
    text = " ".join(word_of(cell).split())
    if text in NOTHING or text in _PRICE_UNSAID:
        return None
    if text in _FREE:
        return Money(Decimal(0), None)
    currency = None
    for sign, code in SIGNS:
        if sign in text:
            currency = currency or code
            text = text.replace(sign, " ")
    text = re.sub(r"(起|整|/.{1,3}|角)$", "", text.strip()).strip()
    text = re.sub(r"(?<=\d)[ \u202f'’](?=\d{3}(?:\D|$))", "", text)
    if not re.fullmatch(r"[+-]?\s*\d[\d.,]*|[+-]?\s*[.,]\d+", text):
        raise ValueError(cell)
    return Money(_number(text.replace(" ", ""), decimal_comma), currency)


def _number(text: str, decimal_comma: bool) -> Decimal:
    dots, commas = text.count("."), text.count(",")
    if dots and commas:
        decimal = "." if text.rindex(".") > text.rindex(",") else ","
    elif dots + commas > 1:
        decimal = ""
    elif commas:
        decimal = "" if re.search(r"\d,\d{3}$", text) and not decimal_comma else ","
    elif dots:
        decimal = "" if re.search(r"\d\.\d{3}$", text) and decimal_comma else "."
    else:
        decimal = ""
    whole, _, part = text.rpartition(decimal) if decimal else (text, "", "")
    pieces = re.split(r"[.,]", whole)
    if any(len(piece) != 3 for piece in pieces[1:]):
        raise ValueError(text)
    if sum(map(len, pieces)) > _MOST_DIGITS:
        raise ValueError(text)  # more than any price could be
    try:
        return Decimal(f"{''.join(pieces)}.{part or 0}")
    except InvalidOperation as error:
        raise ValueError(text) from error


def to_minor(amount: Decimal, currency: str) -> int:
    """Minor units, half a cent rounded up."""
    return int(amount.scaleb(decimals_of(currency)).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def has_decimal_comma(cell: str) -> bool:
    return bool(re.search(r"\d,\d{1,2}\D*$", cell))


# -- counts and availability ------------------------------------------------------


def _words(text: str) -> frozenset[str]:
    """Words parted by bars or line ends."""
    return frozenset(word.strip() for word in re.split(r"[|\n]", text))


_YES = _words(
    """true|yes|y|t|有货|有|现货|充足|库存充足|是|in stock|instock|available|active|有现货|少量
    limited|low stock|few left|紧张|库存紧张|上架|在售"""
)
_NO = _words(
    """false|no|n|f|无货|没货|缺货|断货|售罄|售完|否|out of stock|outofstock|sold out|soldout
    unavailable|not available|discontinued|下架|停售|无库存|暂时缺货|已售罄|backorder"""
)


def read_yes_no(cell: str) -> bool | None:
    """Yes, no, or None for words that say neither."""
    text = word_of(cell).replace("_", " ")
    if text in _YES or text == "1":
        return True
    if text in _NO or text == "0":
        return False
    return None


@dataclass(frozen=True, slots=True)
class Stock:
    """`count` is None where only words such as 有货 were given; `available` is None where only a number was."""

    count: int | None
    available: bool | None


def read_stock(cell: str, *, decimal_comma: bool = False) -> Stock | None:
    """None where the cell says nothing. Raises ValueError for what is neither a whole number nor a known word.

    `decimal_comma` tells that 1.250 is more than a thousand.
    """
    text = word_of(cell).replace("_", " ")
    if text in _NO:
        return Stock(0, False)
    if text in _YES:
        return Stock(None, True)
    if text in NOTHING:
        return None
    match = (_COUNT_WITH_COMMA if decimal_comma else _COUNT).fullmatch(text)
    if match is None:
        raise ValueError(cell)
    count = int(re.sub(r"[.,\s'’]", "", match[1]))
    if abs(count) >= 2**53:
        raise ValueError(cell)
    return Stock(count, None)


_COUNT = re.compile(r"([+-]?\d{1,3}(?:[,'’\s]\d{3})+|[+-]?\d+)(?:[.,]0+)?\s*[^\d\s.,+-]{0,12}")
_COUNT_WITH_COMMA = re.compile(r"([+-]?\d{1,3}(?:[.'’\s]\d{3})+|[+-]?\d+)(?:[.,]0+)?\s*[^\d\s.,+-]{0,12}")


# -- codes and dates ----------------------------------------------------------------


def looks_rounded(code: str) -> bool:
    """`7.6E+12`: a long code that a spreadsheet turned into a number, its digits lost."""
    if "e" not in code and "E" not in code:
        return False
    return bool(re.fullmatch(r"\d+(?:[.,]\d+)?e\+?\d+", code.strip(), re.IGNORECASE))


def read_code(cell: str) -> str | None:
    """A code as text; `6901234567892.0` loses the decimals a spreadsheet added."""
    if cell.isdecimal():
        return cell
    if cell.isascii() and len(cell) > 10 and cell[0].isalnum() and cell[-1].isalnum():
        text = cell.replace("\x00", "")  # nothing around it, and no word for nothing is so long
        return text[:-2] if text.endswith(".0") and re.fullmatch(r"\d{6,}\.0", text) else text
    text = plain(cell)
    if is_nothing(text):
        return None
    return text[:-2] if text.endswith(".0") and re.fullmatch(r"\d{6,}\.0", text) else text


def read_date(cell: str) -> str | None:
    """ISO 8601 where the cell is a date (with its time, if it has one); other text as it stands.

    Of `3/4/2026` nobody knows which is the month: it stays as it is. Between dots the day comes first.
    """
    text = cell.strip()
    if is_nothing(text):
        return None
    if match := _YEAR_FIRST.match(text) or _EIGHT_DIGITS.match(text):
        year, month, day, rest = match.groups()
    elif match := _DAY_FIRST.match(text):
        day, month, year, rest = match.groups()
    elif match := _WITH_SLASHES.match(text):
        first, second, year, rest = match.groups()
        if (int(first) > 12) == (int(second) > 12):
            return text
        day, month = (first, second) if int(first) > 12 else (second, first)
    elif match := _NAMED_MONTH.match(text):
        day, name, year, rest = match["day"] or match["day2"], match["month"], match["year"], match["rest"]
        month = str(_MONTHS.index(name[:3].lower()) + 1)
    else:
        return text
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return text
    date = f"{int(year):04d}-{int(month):02d}-{int(day):02d}"
    rest = (rest or "").strip()
    return date if not rest or re.fullmatch(r"0?0:00(:00(\.0+)?)?", rest) else f"{date}T{rest}"


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s]+(.*))?$")
_EIGHT_DIGITS = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:[T\s]+(.*))?$")
_DAY_FIRST = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?:,?[T\s]+(.*))?$")
_WITH_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:,?\s+(.*))?$")
_NAMED_MONTH = re.compile(
    rf"(?:(?P<day>\d{{1,2}})[\s-]+)?(?P<month>(?:{'|'.join(_MONTHS)})[a-z]*)\.?[\s-]+(?:(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?[\s-]+)?"
    r"(?P<year>\d{4})(?:,?\s+(?P<rest>.*))?$",
    re.IGNORECASE,
)


# -- HTML and links -------------------------------------------------------------------


class _TextOf(HTMLParser):
    _BREAKS = frozenset(["p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table"])
    _HIDDEN = frozenset(("script", "style", "head", "template"))

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in self._HIDDEN
        if tag in self._BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._HIDDEN and self._hidden:
            self._hidden -= 1
        if tag in self._BREAKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)


_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_URL = re.compile(r"(?:https?:)?//[^\s\"',;\]]+", re.IGNORECASE)


def text_of_html(cell: str) -> str:
    """The words of a piece of HTML, one line per block; text without tags stays as it is."""
    if "<" not in cell or not _TAG.search(cell):
        return cell.strip()
    parser = _TextOf()
    parser.feed(cell)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.parts).splitlines())
    return "\n".join(line for line in lines if line)


def is_date(text: str) -> bool:
    """Whether :func:`read_date` made out a date."""
    return bool(re.match(r"\d{4}-\d\d-\d\d", text))


def is_only_links(cell: str) -> bool:
    """True for one link, a list of links, or a list of pictures: nothing a clerk could read out."""
    text = cell.strip()
    return "//" in text and bool(_URL.search(text)) and not re.search(r"\w", _URL.sub("", text))


# -- options ----------------------------------------------------------------------------

_OPTION = re.compile(r"^\s*([^:：=;；]{1,40}?)\s*[:：=]\s*(.+?)\s*$", re.DOTALL)


def read_options(cell: str) -> dict[str, str] | None:
    """`color: blue; size: M`, `颜色：黑；尺码：L` or JSON → name → value; None where the cell is no list of options."""
    text = cell.strip()
    if text[:1] in "{[" and text[-1:] in "}]":
        try:
            value = json.loads(text)
        except ValueError:
            return None
        return dict(_json_options(value)) or None
    pieces = [piece for piece in re.split(r"[;；\n|]+|[,，](?=\s*[^:：=,，]{1,20}[:：=])", text) if piece.strip()]
    pairs = [_OPTION.match(piece) for piece in pieces]
    if not pairs or not all(pairs):
        return None
    found = {match[1]: match[2] for match in pairs if match is not None}
    return None if any("//" in value[:2] for value in found.values()) else found


def _json_options(value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        name = value.get("key") or value.get("name") or value.get("attribute") or value.get("specification")
        if "value" in value and isinstance(name, str):
            yield name, _shown(value["value"])
        else:
            yield from ((str(key), _shown(inner)) for key, inner in value.items() if inner not in (None, "", [], {}))
    elif isinstance(value, list) and all(isinstance(inner, dict) for inner in value):
        for inner in value:
            yield from _json_options(inner)


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_shown(inner) for inner in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value)
