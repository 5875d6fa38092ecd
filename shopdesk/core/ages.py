"""Ages: how old somebody in a question is, and for whom a sentence of a rule is by the age that it names."""

from __future__ import annotations

import re

from shopdesk.core import numbers

_PEOPLE = (
    "he|she|they|i|we|nan|nana|gran|granny|grandma|grandmother|grandad|grandpa|grandfather|mum|mom|mummy|mother|dad|father"
    "|son|daughter|boy|girl|lad|kid|child|baby|wife|husband|partner|friend|sister|brother|aunt|aunty|uncle|niece|nephew"
    "|customer|client|lady|gentleman|gent|man|woman|guy|neighbour|pupil|student|grandson|granddaughter|mother-in-law"
)
_FIGURE = rf"(\d{{1,3}}|{'|'.join(numbers.ENGLISH)})"
_NO_AGE = (
    r"(?!\d|[.,:]\d| ?(?:%|cm|mm|kg|g\b|lbs?\b|feet|foot|inch|in\b|km|miles?|minutes?|hours?|days?|weeks?|months?"
    r"|am\b|pm\b|dollars?|pounds?|quid|bucks|of\b|items?|pieces?))"
)
_SAID = (
    re.compile(
        rf"\b(?:(?:my|our|his|her|their|a|the|your) )?(?:{_PEOPLE})"
        r"(?:'s| is|'m| am|'re| are|,? who(?:'s| is)| (?:has )?(?:just )?turned)"
        rf"(?: (?:only|just|already|now|nearly|almost|about))? {_FIGURE}\b{_NO_AGE}(?:[- ]years?[- ]old| years of age)?"
    ),
    re.compile(rf"\b{_FIGURE}[- ]?(?:years?[- ]olds?|y/?o)\b|\b(?:aged?|at) {_FIGURE}\b{_NO_AGE}"),
    re.compile(
        rf"(?:今年|都|已经|才|快|刚满?|有)*(\d{{1,3}}|[{numbers.CHINESE}]{{1,4}})\s*周?岁(?!以|及|或|起|含)(?:了|的)?"
    ),
    re.compile(
        r"(?:妈妈?|爸爸?|母亲|父亲|奶奶|爷爷|外婆|外公|姥姥|姥爷|儿子|女儿|闺女|孩子|小孩|娃|宝宝|老人|老太太|老爷子|老公|老婆|孙子|孙女|我|他|她)"
        rf"(?:今年|都|已经|才|快|刚满?)*(\d{{1,3}}|[{numbers.CHINESE}]{{2,4}})了?(?=[\s,，。?？!！]|$)"
    ),
)
_FROM = re.compile(
    rf"\b(?:over|above|older than|from|at least)[- ](?:the age of |age )?{_FIGURE}(?:'?s)?\b{_NO_AGE}"
    rf"|\bminimum age (?:is |of |for \w+ is )?{_FIGURE}\b"
    rf"|\b{_FIGURE}(?:'?s)?(?: years)?(?: old)?,? (?:and|or) (?:over|above|older|up)\b|\b{_FIGURE}\+"
    rf"|(?<!未)(?<!不)满?(\d{{1,3}}|[{numbers.CHINESE}]{{2,4}})周?岁(?:\(?含\)?|及|或|\(含\))*(?:以上|起)|(?<!未)(?<!不)满(\d{{1,3}})周?岁"
)
_BELOW = re.compile(
    rf"\b(?:under|below|younger than)[- ](?:the age of |age )?{_FIGURE}(?:'?s)?\b{_NO_AGE}"
    rf"|(?:未|不)满(\d{{1,3}}|[{numbers.CHINESE}]{{2,4}})周?岁"
)
_UP_TO = re.compile(
    rf"\b{_FIGURE}(?:'?s)?(?: years)?(?: old)?,? (?:and|or) (?:under|below|younger)\b"
    rf"|\bup to (?:the age of |age ){_FIGURE}\b"
    rf"|(\d{{1,3}}|[{numbers.CHINESE}]{{2,4}})周?岁(?:\(?含\)?|及|或)*(?:以下|以内)"
)
_OLD, _YOUNG = (
    re.compile(r"\b(?:seniors?|pensioners?|elderly)\b|老年?人|长者|退休"),
    re.compile(r"\b(?:children|child|kids?|toddlers?)\b|儿童|小孩|小朋友|孩子"),
)
_OLD_FROM, _YOUNG_BELOW = 60, 14


def age_said(folded: str) -> tuple[int, tuple[int, int]] | None:
    """How old somebody is by a folded question, and where it says so; None where it does not."""
    for pattern in _SAID:
        match = pattern.search(folded)
        age = _value(match) if match else 0
        if match and 0 < age < 120:
            return age, match.span()
    return None


def is_for(sentence: str, age: int) -> bool | None:
    """Whether a folded sentence is for people of an age; None where it speaks of none."""
    bounds = [age >= _value(match) for match in _FROM.finditer(sentence)]
    bounds += [age < _value(match) for match in _BELOW.finditer(sentence)]
    bounds += [age <= _value(match) for match in _UP_TO.finditer(sentence)]
    if bounds:
        return any(bounds)
    if _OLD.search(sentence):
        return age >= _OLD_FROM
    if _YOUNG.search(sentence):
        return age < _YOUNG_BELOW
    return None


def _value(match: re.Match[str]) -> int:
    text = next(filter(None, match.groups()))
    return int(text) if text.isdigit() else numbers.ENGLISH.get(text) or numbers.chinese_value(text) or 0
