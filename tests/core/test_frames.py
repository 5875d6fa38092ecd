"""What a small model writes around the planned texts is one whole plain sentence of words that it was taught."""

import pytest

from shopdesk.core import grounding
from shopdesk.core.plan import Plan, Point
from shopdesk.core.types import Fact, Language, ModelManifest, Record

SMALL = ModelManifest(
    "small", "small.gguf", needs_plan=True, prose="quote", words=(" The", " of", " is", " in", "的", "是", "现在")
)


def plan_of(language: Language, field: str, name: str, value: str, label: str) -> Plan:
    fact = Fact(1, Record("order", "HH-704", "HH-704", {field: value}, ""))
    return Plan("value", language, "?", (fact,), fact, label, (Point(field, name, value),), (label, value))


@pytest.mark.parametrize(
    ("text", "passes"),
    [
        ("The status of HH-704 is On its way [1].", True),
        ("The status of HHH-704 is On its way [1].", False),  # a letter grown onto the code
        ("The status of of HH-704 is On its way [1].", False),
        ("The status of HH-704 is garden On its way [1].", False),  # a word that nobody taught it
        ("The status of HH-704 is On its wayward [1].", False),
    ],
)
def test_an_english_sentence_is_whole_and_of_known_words(text: str, passes: bool) -> None:
    plan = plan_of("en", "status", "status", "On its way", "HH-704")
    assert grounding.check_answer(text, plan, SMALL).passed is passes


@pytest.mark.parametrize(
    ("text", "passes"),
    [
        ("HH-704的状态是 已发货 [1]。", True),
        ("HH-704现在的状态是 已发货 [1]。", True),
        ("蛔HH-704的状态是 已发货 [1]。", False),
        ("HH-704的是现在，的是现在状态是 已发货 [1]。", False),
    ],
)
def test_a_chinese_sentence_is_whole_and_of_known_characters(text: str, passes: bool) -> None:
    plan = plan_of("zh", "status", "状态", "已发货", "HH-704")
    assert grounding.check_answer(text, plan, SMALL).passed is passes


def test_a_broken_sentence_is_not_even_shown() -> None:
    plan = plan_of("en", "status", "status", "On its way", "HH-704")
    assert not grounding.check_sentence("The status of HHH-704 is On its way [1].", plan, SMALL).passed
