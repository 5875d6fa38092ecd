"""Numbers that are written in words."""

from __future__ import annotations

import re
from collections.abc import Mapping

_DIGITS: Mapping[str, int] = {
    "零": 0, "一": 1, "两": 2, "俩": 2, "二": 2, "三": 3, "仨": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
}  # fmt: skip
_SCALES: Mapping[str, int] = {"十": 10, "百": 100, "千": 1000, "万": 10000}

CHINESE = "".join((*_DIGITS, *_SCALES))
"""The characters that Chinese numbers are made of."""

MEASURES = (
    "个|件|双|条|只|支|套|台|盒|把|床|瓶|包|袋|顶|张|本|份|罐|块|副|对|盏|饼|束|根|粒|颗|卷|箱|桶|枚|串|组|册|部|"
    "口|匹|提|辆|枝|筒|盘|片|杯|壶|碗|株|棵|捆|扎|板|付|幅|具|尾|盆|束|锭|坛|听|篮|筐|座|贴|串"
)
"""The measure words that stand between a number and what is counted, for a pattern."""

ENGLISH: Mapping[str, int] = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "ninety": 90, "hundred": 100, "thousand": 1000, "a dozen": 12, "half a dozen": 6,
}  # fmt: skip


def chinese_value(text: str) -> int | None:
    """The value of a Chinese number, None for anything else: `三百二` (shop talk for 320) and `三百二十` → 320."""
    total = section = digit = 0
    last_scale = 1
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _SCALES:
            scale = _SCALES[character]
            if scale == 10000:
                total, section, digit = (total + section + digit) * scale, 0, 0
            else:
                section, digit = section + (digit or 1) * scale, 0
            last_scale = scale
        else:
            return None
    if digit and last_scale > 10 and len(text) > 1 and text[-2] in _SCALES:
        digit *= last_scale // 10
    return total + section + digit


_PARTED = re.compile(rf"(?<![\d.{CHINESE}])([\d一二两三四五六七八九])米([\d一二三四五六七八九])(?![\d{CHINESE}])")


_WEIGHTS = (
    (re.compile(r"半斤"), "250克"), (re.compile(r"(?:一|(?<![\d.])1)斤(?=装|的|那)"), "500克"),
    (re.compile(r"半公斤|半千克"), "500克"), (re.compile(r"半升"), "500毫升"),
    (re.compile(r"(?<![\d大多])半米"), "0.5米"), (re.compile(r"\bhalf (?:a |of a )?kilo(?:gram)?\b"), "500 g"),
    (re.compile(r"\b(?:a|one) kilo(?:gram)?\b(?! and)"), "1 kg"),
    (re.compile(r"\b(?:a )?quarter (?:of a )?kilo(?:gram)?\b"), "250 g"),
    (re.compile(r"\bthree[ -]quarters? (?:of a )?kilo(?:gram)?\b"), "750 g"),
)  # fmt: skip
_MEASURED_BY = r"(?:kilo(?:gram)?|kg|pound|lb|ounce|metre|meter|foot|yard|lit(?:re|er)|pint|gallon)"
_WITH_HALF = re.compile(
    rf"\b(an?|one|two|three|four|five|six|seven|eight|nine|ten|\d{{1,3}})"
    rf"(?: and an? (?P<first>half|quarter) ({_MEASURED_BY})s?\b| ({_MEASURED_BY})s? and an? (?P<last>half|quarter)\b)"
)
"""A measure with a part of one: "two and a half metres", "a kilo and a half"."""
_PART_OF = re.compile(
    rf"\b(?:(half)|an? (quarter) of|(three)[ -]quarters of|an? (quarter)) (?:an? )?({_MEASURED_BY})\b"
)
"""A part of a measure: "half a metre"."""
_CHINESE_HALF = re.compile(rf"(?<![\d.{CHINESE}])(\d{{1,4}}|[{CHINESE}]{{1,3}})(公斤|千克|斤|米|升)半(?![个价])")
_TAELS = re.compile(
    rf"(?<![\d.{CHINESE}半第])([\d一二三四五六七八九半])两(?=装|的|[\s,，。?？!]|多少|几|要|价|$|[\u4e00-\u9fff]{{2}})"
    rf"(?![{CHINESE}]|{MEASURES}|[年天次人周月位者边侧头层口类])"
)
"""Fifty grams each: 三两腰果, no 三两个."""


_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_UP_TO_19 = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    "|eighteen|nineteen"
)
BELOW_100 = rf"(?:(?:{_TENS})(?:[ -](?:{_UP_TO_19}))?|{_UP_TO_19})"
"""Finds an English number in words, below a hundred."""
_SPELLED_MONEY = re.compile(
    r"\b(?:an? (?=fiver|tenner))?"
    rf"((?:(?:an?|{BELOW_100}) (?:hundred|thousand|grand)(?: and)? ?)?{BELOW_100}?|fiver|tenner)(?<![ -])"
    r"(?= (?:bucks?|quid|dollars?|pounds?|euros?|yuan|rmb|kuai)\b|(?<=er)\b)"
)
_SPELLED_MEASURE = re.compile(
    rf"\b({BELOW_100}|(?:(?:an?|one|two|three|five) )?hundred)"
    r"(?=[ -](?:milli|centi)?(?:lit(?:re|er)s?|met(?:re|er)s?|inch(?:es)?|foot|feet|kilos?|kg|grams?"
    r"|gallons?|quarts?|pints?|ounces?|watts?|volts?|amps?|milliamps?|percent|per cent|off)\b)"
)
_CHINESE_MEASURE = re.compile(
    rf"(?<![{CHINESE}第])(?<!(?<![a-z])\d)(?:[{CHINESE}]*[十百千万][{CHINESE}]*|[{CHINESE}])"
    r"(?=毫安|毫升|毫米|厘米|公分|英寸|公斤|千克|斤(?!两|鲈)|克(?!拉)|瓦|升|寸|米(?![\d线粉粥饭酒色花])|伏|安时)"
)
_CHINESE_HUNDREDS = re.compile(
    rf"(?<![\d.{CHINESE}第])(?:[一两二三四五六七八九][百千万][{CHINESE}]*+)(?=[\u4e00-\u9fff])"
    rf"(?![元块钱多来几好毛角分以左右内下上之出的人年天位余里岁块]|{MEASURES})"
)
"""Hundreds of what goods are told apart by: 一千响, 两千流明; no sum of money, and no number of goods."""
_CHINESE_SIDES = re.compile(rf"(?<![\d.{CHINESE}])([{CHINESE}]{{1,4}})(乘以?|比)([{CHINESE}]{{1,4}})(?![{CHINESE}])")
_PERCENT = re.compile(rf"百分之([{CHINESE}]+)")
_ENGLISH_DIGITS = {word: value for value, word in enumerate(_UP_TO_19.split("|"), 1)}
_ENGLISH_TENS = {word: 10 * value for value, word in enumerate(_TENS.split("|"), 2)}


def english_value(text: str) -> int:
    """The value of an English number in words: `a hundred and fifty` → 150."""
    total = part = 0
    for word in re.findall(r"[a-z]+", text):
        if word in ("hundred", "thousand", "grand"):
            total, part = total + (part or 1) * (100 if word == "hundred" else 1000), 0
        else:
            part += {"fiver": 5, "tenner": 10, "a": 1, "an": 1}.get(word) or (
                _ENGLISH_DIGITS.get(word) or _ENGLISH_TENS.get(word, 0)
            )
    return total + part


def _money_in_figures(said: re.Match[str]) -> str:
    spelled = said[1]
    return f"{english_value(spelled)}{' pounds' if spelled in ('fiver', 'tenner') else ''}" if spelled else ""


def in_figures(folded: str) -> str:
    """A text whose measures and sums said in words stand as figures.

    `两米四` and `2米4` → `2.4米`, `半斤装` → `250克装`, `twenty bucks` → `20 bucks`, `一千响` → `1000响`.
    """
    folded = _PARTED.sub(lambda said: f"{_figure(said[1])}.{_figure(said[2])}米", folded)
    folded = _parts_in_figures(folded)
    folded = _PERCENT.sub(lambda said: f"{chinese_value(said[1])}%", folded)
    folded = _CHINESE_MEASURE.sub(lambda said: str(chinese_value(said[0])), folded)
    folded = _CHINESE_HUNDREDS.sub(lambda said: str(chinese_value(said[0])), folded)
    folded = _CHINESE_SIDES.sub(_sides_in_figures, folded)
    folded = _SPELLED_MEASURE.sub(lambda said: str(english_value(said[1])), folded)
    folded = _SPELLED_MONEY.sub(_money_in_figures, folded)
    for pattern, figures in _WEIGHTS:
        folded = pattern.sub(figures, folded)
    return folded


def _sides_in_figures(said: re.Match[str]) -> str:
    """三十乘四十 → 30×40; a scale 一比十 → 1:10."""
    between = ":" if said[2] == "比" else "×"
    return f"{chinese_value(said[1])}{between}{chinese_value(said[3])}"


def _parts_in_figures(folded: str) -> str:
    """A text whose measures with parts stand as figures: `一斤半` → `1.5斤`, `half a metre` → `0.5 metre`."""
    if "半" in folded or "两" in folded:
        folded = _CHINESE_HALF.sub(lambda said: f"{_value(said[1])}.5{said[2]}", folded)
        return _TAELS.sub(lambda said: f"{25 if said[1] == '半' else 50 * _value(said[1])}克", folded)
    if "half" in folded or "quarter" in folded:
        folded = _WITH_HALF.sub(_with_part, folded)
        return _PART_OF.sub(_part, folded)
    return folded


def _with_part(said: re.Match[str]) -> str:
    part = "5" if "half" in (said["first"], said["last"]) else "25"
    whole = int(said[1]) if said[1].isdigit() else ENGLISH.get(said[1], 1)
    return f"{whole}.{part} {said[3] or said[4]}"


def _part(said: re.Match[str]) -> str:
    if said[5].startswith("k"):
        return said[0]  # in grams below
    return f"{'0.5' if said[1] else '0.75' if said[3] else '0.25'} {said[5]}"


def _value(said: str) -> int:
    return int(said) if said.isdigit() else chinese_value(said) or 0


def _figure(character: str) -> str:
    return character if character.isdigit() else str(_DIGITS[character])
