"""A value stands under the name of its own field, else the sentence does not pass."""

from __future__ import annotations

import pytest

from shopdesk.core.grounding import check_answer, check_sentence
from shopdesk.core.plan import Plan
from shopdesk.core.types import Fact, Language, ModelManifest, Record
from shopdesk.core.wording import label_of, point_of

RUNNER = Record(
    "product",
    "GR-2",
    "Gale Runner 2",
    {"sku": "GR-2", "price": "499.00", "list_price": "599.00", "currency": "CNY", "stock": 3, "location": "A5-12"},
    "2026-11-21",
    {"重量": "310 g"},
)
FREE = ModelManifest("free", "")
GUIDED = ModelManifest("guided", "", needs_plan=True, prose="quote")


def plan_for(field: str, language: Language, record: Record = RUNNER) -> Plan:
    point, label = point_of(record, field, language), label_of(record, language)
    fact = Fact(1, record)
    return Plan("value", language, "?", (fact,), fact, label, (point,), (label, point.value), asked=(field,))


@pytest.mark.parametrize(
    ("field", "language", "text", "passes"),
    [
        ("list_price", "zh", "Gale Runner 2 的原价是 ¥599.00 [1]。", True),
        ("list_price", "zh", "Gale Runner 2 的价格是 ¥599.00 [1]。", False),
        ("list_price", "en", "The list price of Gale Runner 2 is ¥599.00 [1].", True),
        ("list_price", "en", "Gale Runner 2 costs ¥599.00 [1].", False),
        ("price", "en", "Gale Runner 2 costs ¥499.00, list price ¥599.00 [1].", True),
        ("price", "en", "Gale Runner 2 costs ¥599.00, list price ¥499.00 [1].", False),
        ("price", "en", "We have 499 in stock, Gale Runner 2 at ¥499.00 [1].", False),
        ("attributes.重量", "zh", "Gale Runner 2 的重量是 310 g [1]。", True),
        ("attributes.重量", "zh", "Gale Runner 2 的库存是 310 g [1]。", False),
        ("location", "en", "Gale Runner 2 is at A5-12 [1].", True),
    ],
)
@pytest.mark.parametrize("manifest", [FREE, GUIDED], ids=["free", "guided"])
def test_the_name_before_a_figure(
    field: str, language: Language, text: str, passes: bool, manifest: ModelManifest
) -> None:
    plan = plan_for(field, language)
    sentence = check_sentence(text, plan, manifest)
    whole = check_answer(text, plan, manifest)
    assert (whole.passed or "missing" in whole.reason or "wording" in whole.reason) is passes
    assert sentence.passed is passes


def test_a_count_before_its_name_is_no_price() -> None:
    text = "We have 3 in stock at ¥499.00, Gale Runner 2 [1]."
    assert check_answer(text, plan_for("price", "en"), FREE).passed
    # a model that follows a plan speaks of what was planned only
    assert not check_answer(text, plan_for("price", "en"), GUIDED).passed


def test_equal_prices_go_by_either_name() -> None:
    same = Record("product", "E", "Even", {"sku": "E", "price": "5.00", "list_price": "5.00", "currency": "CNY"}, "")
    assert check_sentence("Even 的价格是 ¥5.00 [1]。", plan_for("list_price", "zh", same), FREE).passed


def test_a_no_is_not_said_where_there_is_some() -> None:
    assert check_answer("有货，Gale Runner 2 的库存：3 [1]。", plan_for("stock", "zh"), GUIDED).passed
    assert not check_answer("抱歉，Gale Runner 2 的库存：3 [1]。", plan_for("stock", "zh"), GUIDED).passed
