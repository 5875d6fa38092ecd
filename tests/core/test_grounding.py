"""No figure passes that does not stand in a cited fact or in the question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.core import grounding
from shopdesk.core.plan import Plan, Point
from shopdesk.core.types import Fact, ModelManifest, Record

SMALL = ModelManifest("small", "small.gguf", needs_plan=True, prose="quote")
LARGE = ModelManifest("large", "large.gguf")


def jacket(fact_id: int = 1, price: str = "404.00", stock: int = 15) -> Fact:
    fields = {"sku": "JKT-105", "price": price, "currency": "CNY", "stock": stock, "location": "A5-12", "color": "黑色"}
    return Fact(fact_id, Record("product", "JKT-105", "山岚冲锋衣", fields, "2026-11-20T09:30:00+08:00"))


def price_plan() -> Plan:
    label = "山岚冲锋衣（黑色）"
    other = Fact(
        2, Record("product", "JKT-106", "山岚软壳", {"sku": "JKT-106", "price": "299.00", "currency": "CNY"}, "")
    )
    return Plan(
        "value", "zh", "黑色冲锋衣多少钱", (jacket(), other), jacket(), label,
        (Point("price", "价格", "¥404.00"),), (label, "¥404.00"), asked=("price",),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("¥0499.00 和 499", {"499"}),
        ("1,299.50 元", {"1299.5"}),
        ("SKU JF2-BK-42，货位 A3-12 [1]", {"jf2-bk-42", "a3-12"}),
        ("还有三双，打八折", {"3", "8"}),
        ("within fifteen days", {"15"}),
        ("一起看一下 [12]", set()),
        ("２０２６年", {"2026"}),
        ("十二个月", {"12"}),
        ("No.26：53701.00", {"26", "53701"}),  # a full-width colon joins nothing
        ("9:30 到 20:45", {"9:30", "20:45"}),
    ],
)
def test_figures_are_normalised(text: str, expected: set[str]) -> None:
    assert grounding.figures(text) == expected


@pytest.mark.parametrize(
    ("sentence", "passes"),
    [
        ("山岚冲锋衣（黑色） 的价格是 ¥404.00 [1]。", True),
        ("山岚冲锋衣（黑色） 的价格是 ¥405.00 [1]。", False),
        ("山岚冲锋衣（黑色） 的价格是 ¥404.00。", True),  # the next sentence may cite it; the answer's check knows
        ("山岚冲锋衣（黑色） 的价格是 ¥404.00 [2]。", False),  # cites another row
        ("山岚软壳 的价格是 ¥299.00 [2]。", False),  # right figure of the wrong record
        ("价格是四百零五元 [1]。", False),
        ("这款很好。", True),
    ],
)
def test_a_sentence_of_the_small_model(sentence: str, passes: bool) -> None:
    assert grounding.check_sentence(sentence, price_plan(), SMALL).passed is passes


def test_a_free_model_may_cite_any_fact_but_not_an_unknown_one() -> None:
    assert grounding.check_sentence("软壳卖 299 元 [2]。", price_plan(), LARGE).passed
    assert not grounding.check_sentence("软壳卖 299 元 [3]。", price_plan(), LARGE).passed


@pytest.mark.parametrize(
    ("answer", "manifest", "passes"),
    [
        ("山岚冲锋衣（黑色） 卖 ¥404.00 [1]。", SMALL, True),
        ("山岚冲锋衣 卖 ¥404.00 [1]。", SMALL, False),  # the name is not the planned one
        ("卖 404 元 [1]。", LARGE, True),
        ("有货 [1]。", LARGE, False),
        ("山岚冲锋衣（黑色） 卖 ¥404.00。", LARGE, False),
        ("山岚冲锋衣（黑色） 卖 ¥404.00。", SMALL, False),  # cited nowhere
        ("山岚冲锋衣（黑色） 卖 ¥404.00 location [1]。", SMALL, False),  # a stray word
        ("The price of 山岚冲锋衣（黑色） is ¥404.00 [1].", SMALL, False),  # not the language of the question
        ("山岚冲锋衣（黑色）" + "很好" * 30 + " ¥404.00 [1]。", SMALL, False),  # rambling
    ],
)
def test_a_whole_answer_says_what_was_planned(answer: str, manifest: ModelManifest, passes: bool) -> None:
    assert grounding.check_answer(answer, price_plan(), manifest).passed is passes


def test_a_computed_answer_cites_what_was_computed_and_not_one_of_its_rows() -> None:
    first, second = jacket(1), jacket(2, price="299.00")
    total = Record("computed", "total", "合计", {"value": "¥703.00", "sources": "1,2"}, "")
    point = Point("value", "合计", "¥703.00")
    plan = Plan(
        "value", "zh", "[1] ¥1", (first, second, Fact(3, total)), Fact(3, total), "合计", (point,), ("¥703.00",)
    )
    assert grounding.check_answer("合计: ¥703.00 [3]。", plan, SMALL).passed
    for manifest in (SMALL, LARGE):
        assert not grounding.check_answer("合计: ¥703.00 [1]。", plan, manifest).passed


@pytest.mark.parametrize(
    ("answer", "manifest", "passes"),
    [
        ("退货期限: 2026-11-12 + 7 天 = 2026-11-19，已过 3 天 [2]。", SMALL, True),
        ("退货期限: 2026-11-19 + 7 天 = 2026-11-19，已过 3 天 [2]。", SMALL, False),
        ("退货期限: 2026-11-19 天 = 2026-11-19，已过 3 天 [2]。", SMALL, False),
        ("退货期限: 2026-11-19，-11-\ufffd9，已过 3 天 [2]。", SMALL, False),
        ("7 天后，即 2026-11-12 + 7 = 2026-11-19，已过 3 天 [2]。", LARGE, True),
        ("2026-11-19 + 7 天 = 2026-11-19，已过 3 天 [2]。", LARGE, False),
    ],
)
def test_right_figures_in_a_false_working_do_not_pass(answer: str, manifest: ModelManifest, passes: bool) -> None:
    text = "2026-11-12 + 7 天 = 2026-11-19，已过 3 天"
    deadline = Fact(2, Record("computed", "deadline", "退货期限", {"text": text, "sources": "1"}, ""))
    rule = Fact(1, Record("policy", "returns", "退货", {"body": "七天（7 天）无理由。"}, ""))
    plan = Plan(
        "value", "zh", "12号买的鞋什么时候能退", (rule, deadline), deadline, "退货期限",
        (Point("text", "退货期限", text),), ("2026-11-19", "已过 3 天"),
    )  # fmt: skip
    assert grounding.check_answer(answer, plan, manifest).passed is passes
    assert grounding.check_sentence(answer, plan, manifest).passed is passes


def test_figures_of_the_question_may_be_repeated() -> None:
    assert grounding.ungrounded("42 码 没有", [], "有 42 码吗") == set()


def stream(pieces: list[str]) -> tuple[list[tuple[str, str, str]], str]:
    sentences = grounding.SentenceStream()
    events = [event for piece in pieces for event in sentences.feed(piece)]
    events += list(sentences.rest())
    return events, "".join(text for _, text, _ in events)


def test_words_come_at_once_and_figures_wait_for_their_sentence() -> None:
    sentences = grounding.SentenceStream()
    assert list(sentences.feed("山岚冲锋衣的价格是 ")) == [("words", "山岚冲锋衣的价格是 ", "")]
    assert list(sentences.feed("¥40")) == []
    assert list(sentences.feed("4.00 [1]。")) == []  # a second citation may still follow
    assert list(sentences.rest()) == [("sentence", "¥404.00 [1]。", "山岚冲锋衣的价格是 ¥404.00 [1]。")]


def test_a_citation_after_the_full_stop_belongs_to_its_sentence() -> None:
    events, text = stream(["卖 404 元。", "[1]", "有货。"])
    assert events[:3] == [("words", "卖 ", ""), ("sentence", "404 元。[1]", "卖 404 元。[1]"), ("words", "有货。", "")]
    assert text == "卖 404 元。[1]有货。"


def test_a_decimal_point_is_no_full_stop() -> None:
    events, _ = stream(["It costs $4.", "50 [1]. Fine."])
    assert next(whole for sort, _, whole in events if sort == "sentence") == "It costs $4.50 [1]."


@given(st.text(), st.integers(1, 7))
def test_a_stream_loses_and_adds_nothing_visible(text: str, width: int) -> None:
    pieces = [text[start : start + width] for start in range(0, len(text), width)]
    _, said = stream(pieces)
    assert said.rstrip() == text.rstrip()


@given(
    st.lists(
        st.sampled_from(
            ["有货，", "¥40", "4.00", "A3-", "12", " [1]", "。", "three ", "三", "双", "The ", "SKU ", "ab", "c7", " "]
        )
    )
)
def test_no_figure_leaves_the_stream_unchecked(pieces: list[str]) -> None:
    sentences = grounding.SentenceStream()
    words = [text for piece in pieces for sort, text, _ in sentences.feed(piece) if sort == "words"]
    assert not any(character.isdigit() for text in words for character in text)
