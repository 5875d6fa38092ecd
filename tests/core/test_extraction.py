"""What a question wishes, as data: rules keep what they found, a model adds only what the question says."""

from __future__ import annotations

import json

import pytest

from shopdesk.core.errors import EngineError
from shopdesk.core.extraction import extract, schema
from shopdesk.core.types import ModelManifest, Vocabulary
from shopdesk.engine.fake import ScriptedEngine

SHOP = Vocabulary(
    colors=("red", "navy"), sizes=("M", "L"), brands=("Fell",), categories=("Boots",), stores=("Harbour",)
)
NOTHING = dict.fromkeys(schema(SHOP)["properties"])


def said(**fields: object) -> ScriptedEngine:
    return ScriptedEngine([json.dumps(NOTHING | fields)], manifest=ModelManifest("free", ""))


def test_a_model_fills_in_what_the_rules_left_open() -> None:
    question = "something maroon to wear on the hill, about two hundred or less"
    assert extract(question, SHOP)["color"] is None
    assert extract(question, SHOP, said(color="maroon"))["color"] == "maroon"


def test_what_the_rules_found_stays() -> None:
    question = "the red boots in M under 90"
    found = extract(question, SHOP, said(color="boots", size="the", price_range=[None, 90]))
    by_rules = extract(question, SHOP)
    assert (by_rules["color"], by_rules["size"]) == ("red", "M")
    assert found["price_range"] == by_rules["price_range"]
    assert (found["color"], found["size"]) == ("red", "M")


@pytest.mark.parametrize(
    ("field", "value"),
    [("color", "green"), ("brand", "Fell"), ("quantity", 7), ("price_range", [10, 20]), ("price_range", [None, None])],
)
def test_what_the_question_does_not_say_is_left_out(field: str, value: object) -> None:
    assert extract("anything for a windy day", SHOP, said(**{field: value}))[field] is None


def test_numbers_in_words_are_numbers() -> None:
    assert extract("就要三百二左右的吧", Vocabulary(), said(price_range=[None, 320]))["price_range"] is not None


def test_words_cut_off_in_the_middle_say_nothing() -> None:
    engine = ScriptedEngine(['{"product": "bo'], manifest=ModelManifest("free", ""))
    assert extract("the red one", SHOP, engine) == extract("the red one", SHOP)


def test_a_model_that_needs_a_plan_is_not_asked() -> None:
    engine = ScriptedEngine([], manifest=ModelManifest("counter", "", prose="quote", needs_plan=True))
    assert extract("the red one", SHOP, engine)["color"] == "red"


def test_a_model_that_cannot_answer_says_so() -> None:
    with pytest.raises(EngineError):
        extract("the red one", SHOP, ScriptedEngine([], manifest=ModelManifest("free", "")))
