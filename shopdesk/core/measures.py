"""Measures: a figure with its unit, the same however it is written (`5米`, `5 m`, `500cm`)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from shopdesk.core import numbers

_IN = (
    r"in(?! (?:stock|the|an?|my|our|your|this|that|each|every|total|all|one|store|shop|it|here|there|size|[sml]|x+l"
    r"|black|white|red|blue|green|gr[ea]y|brown|pink|yellow|orange|purple|navy|beige)\b)"
)
"""Inches, where it is not the little word: "3 in stock"."""
_KINDS: Mapping[str, Mapping[str, float]] = {
    # spellings of a unit: how many of the smallest it is
    "length": {
        "mm|毫米|millimetres?|millimeters?": 1, "cm|厘米|公分|centimetres?|centimeters?": 10,
        "m|米|metres?|meters?": 1000, "inch|inches|寸|英寸|吋": 25.4, _IN: 25.4, "ft|foot|feet|英尺": 304.8,
    },
    "weight": {
        "g|克|grams?": 1, "kg|kgs|公斤|千克|kilos?|kilograms?": 1000, "斤": 500, "lbs?|pounds?|磅": 453.6,
        "oz|ounces?|盎司": 28.35,
    },
    "volume": {
        "ml|毫升": 1, "l|升|lit(?:re|er)s?": 1000, "gal|gallons?|加仑": 3785, "qt|quarts?": 946, "pt|pints?": 473,
    },
    "power": {"w|瓦|watts?": 1, "kw|千瓦": 1000},
    "voltage": {"v|伏|volts?": 1},
    "storage": {"gb|gigs?|gigabytes?": 1, "tb|t|terabytes?": 1024},
    "charge": {"mah|毫安时?|mill?i ?amp[ -]?hours?": 1, "ah|安时|amp[ -]?hours?": 1000},
}  # fmt: skip
_UNITS = {
    f"{kind}_{place}": (kind, size) for kind, units in _KINDS.items() for place, size in enumerate(units.values())
}
_MEASURE = re.compile(
    r"(?<![\d.a-z])(\d+(?:\.\d+)?)[ -]?(?:"
    + "|".join(
        f"(?P<{kind}_{place}>{spellings})" for kind, units in _KINDS.items() for place, spellings in enumerate(units)
    )
    + r")(?![a-z])(?!\d)"
)
_FEET_AND_INCHES = re.compile(
    r"(?<![\d.a-z])(\d{1,2})\s*(?:'|ft|foot|feet)\s*(\d{1,2}(?:\.5)?)\s*(?:\"|''|in\b|inch(?:es)?\b|(?![\w']))"
)
_NEAR = 0.011


@dataclass(frozen=True, slots=True)
class Measure:
    """`amount` in the smallest unit of its kind (mm, g, ml…)."""

    kind: str
    amount: float

    def same(self, other: Measure) -> bool:
        """Whether both are of one kind and as large, but for what rounding makes of inches and pounds."""
        return self.kind == other.kind and abs(self.amount - other.amount) <= _NEAR * max(self.amount, other.amount)


def measures_in(folded: str) -> list[tuple[int, int, Measure]]:
    """Where measures stand in a folded text."""
    found = [
        (*match.span(), Measure("length", 25.4 * (12 * int(match[1]) + float(match[2]))))
        for match in _FEET_AND_INCHES.finditer(folded)
    ]
    for match in _MEASURE.finditer(folded):
        if any(start <= match.start() < end for start, end, _ in found):
            continue
        kind, size = _UNITS[match.lastgroup or ""]
        found.append((*match.span(), Measure(kind, float(match[1]) * size)))
    return found


@lru_cache(maxsize=1 << 14)
def measures_of(folded: str) -> Sequence[Measure]:
    """The measures that a folded text of a row states."""
    folded = numbers.in_figures(folded)
    return tuple(measure for _, _, measure in measures_in(folded)) if any(map(str.isdigit, folded)) else ()


_OTHER_UNITS: Mapping[str, str] = {
    # units that tell what a column is of, though no good is told from another by them
    "sound": "db|dba|分贝|decibels?", "area": "m2|sqm|平|平米|平方|平方米|square met(?:re|er)s?",
    "light": "lm|流明|lumens?", "speed": "rpm|转", "pages": "pp|页|pages?", "energy": "kcal|大卡|千卡|卡|calories",
    "hours": "h|hrs?|小时|hours?", "minutes": "mins?|分钟|minutes?", "warmth": "°c|°f|℃|度|degrees?",
}  # fmt: skip
_KIND_OF = [
    (kind, re.compile("|".join(units))) for kind, units in (
        *((kind, units.keys()) for kind, units in _KINDS.items()),
        *((kind, (units,)) for kind, units in _OTHER_UNITS.items()),
    )
]  # fmt: skip
_IN_OTHER_UNITS = re.compile(
    r"\d ?(?:" + "|".join(f"(?P<{kind}>{units})" for kind, units in _OTHER_UNITS.items()) + r")(?![a-z\d])"
)


def kind_of_unit(unit: str) -> str | None:
    """What a folded unit measures: 升 → volume, watts → power."""
    return next((kind for kind, spelled in _KIND_OF if spelled.fullmatch(unit)), None)


@lru_cache(maxsize=1 << 13)
def kinds_in(folded: str) -> frozenset[str]:
    """What the figures of a folded text measure."""
    other = {match.lastgroup or "" for match in _IN_OTHER_UNITS.finditer(folded)}
    return frozenset({measure.kind for measure in measures_of(folded)} | other)


_SOLD_BY = re.compile(
    r"(?P<per>(?:sold |priced )?(?:per |by |for )(?:the |each )?|(?:元|¥)?/ ?|每|按|一)?(?:an? )?"
    r"(?P<many>\d+(?:\.\d+)? ?)?"
    r"(?P<unit>[a-z]+|[\u4e00-\u9fff]{1,2})"
)
_OF_SALE = re.compile(r"\bunits?\b|\bsold\b|\bper\b|\bpriced\b|单位|计价|计量|按|每")
"""What a column is called that says for how much a price is."""


@lru_cache(maxsize=1 << 12)
def unit_of_sale(folded: str, column: str = "unit") -> Measure | None:
    """The measure that a price is for, as a row says it: kg, 公斤, "per metre", "100 g" in a column for that; None for
    any other text."""
    said = _SOLD_BY.fullmatch(folded)
    many = (said["many"] or "1").strip() if said is not None else ""
    if said is None or (many != "1" and not said["per"] and not _OF_SALE.search(column)):
        return None  # "100 g" in any other column is what a pack holds
    found = measures_of(f"{many} {said['unit']}")
    return found[0] if len(found) == 1 else None


def times(unit: Measure, said: Measure) -> float | None:
    """How many of a unit a measure is, an integer where that is whole."""
    if unit.kind != said.kind:
        return None
    amount = round(said.amount / unit.amount, 4)
    if amount <= _NEAR:
        return None
    return round(amount) if abs(amount - round(amount)) < _NEAR else amount


_SHARED_UNIT = re.compile(
    r"(?<![\d.a-z-])(\d+(?:\.\d+)?)(\s*(?:and|or|to|vs\.?|versus|than|[和跟与比或、]|还是)\s*(?:the |an? )?)"
    rf"(?={_MEASURE.pattern})"
)


def with_units(folded: str) -> str:
    """A text whose figures all have their units: `the 64 and 128 GB card` → `the 64 gb and 128 gb card`."""
    return _SHARED_UNIT.sub(lambda said: f"{said[1]} {said[said.lastgroup or 0]}{said[2]}", folded)
