"""Questions as rules read them: what `shopdesk extract --json` prints, in both languages."""

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopdesk.core.types import Exchange, Vocabulary
from shopdesk.core.understanding import QUESTION_LIMIT, detect_language, naming_words, understand

SHOP = Vocabulary(
    colors=("黑色", "白色", "red", "雾霾蓝"),
    sizes=("42", "M", "L", "30", "¥100"),
    brands=("鹿野", "Northfell"),
    categories=("短袖", "Mugs"),
    stores=("城西店", "Harbour Street"),
    attributes={"waterproof": ("10000 mm", "no"), "材质": ("涤纶", "棉"), "weight": ("300 g",)},
)

Wanted = dict[str, Any]
EXTRACTED: list[tuple[str, Wanted]] = [
    ("拍照好的安卓旗舰机,预算7000以内", {"product": "拍照好的安卓旗舰机", "price_range": [None, 7000]}),
    ("黑色42码的跑鞋，500元以内", {"product": "跑鞋", "price_range": [None, 500], "color": "黑色", "size": "42"}),
    ("100到300元的保温杯有哪些", {"product": "保温杯", "price_range": [100, 300]}),
    ("500到300元的保温杯", {"product": "保温杯", "price_range": [300, 500]}),
    ("有没有红色的连衣裙 M 码", {"product": "连衣裙", "color": "红色", "size": "M"}),
    ("200元以上的帐篷", {"product": "帐篷", "price_range": [200, None]}),
    ("两千块以内的手机", {"product": "手机", "price_range": [None, 2000]}),
    ("1.5万以内的相机", {"product": "相机", "price_range": [None, 15000]}),
    ("1k以内的机械键盘", {"product": "机械键盘", "price_range": [None, 1000]}),
    ("七八百块的羽绒服", {"product": "羽绒服", "price_range": [700, 800], "quantity": None}),
    ("100元左右的双肩包", {"product": "双肩包", "price_range": [80, 120]}),
    ("¥100-200的台灯", {"product": "台灯", "price_range": [100, 200], "size": None}),
    ("雾霾蓝的卫衣还有L吗", {"product": "卫衣", "color": "雾霾蓝", "size": "L"}),
    ("童鞋110码多少钱", {"product": "童鞋", "size": "110", "asked": ["price"]}),
    ("大码男士T恤 白色", {"product": "男士T恤", "color": "白色", "size": "大码"}),
    ("不要红色的围巾有吗", {"product": "围巾", "color": None}),
    ("非洲鼓多少钱", {"product": "非洲鼓"}),
    ("有黑的吗", {"product": None, "color": "黑"}),
    ("口红的价格", {"product": "口红", "color": None}),
    ("最便宜的水壶是哪个", {"product": "水壶", "intent": ["cheapest"]}),
    ("买3个保温壶一共多少钱", {"product": "保温壶", "quantity": 3, "intent": ["total"]}),
    ("６９０１２３４５６７８９２多少钱", {"codes": ["6901234567892"], "asked": ["price"]}),
    ("鹿野的短袖有哪些", {"brand": "鹿野", "category": "短袖"}),
    ("你好", {"product": None, "price_range": None, "color": None, "size": None, "intent": ["small_talk"]}),
    ("running shoes under $100, size 10", {"product": "running shoes", "price_range": [None, 100], "size": "10"}),
    ("a Red dress, size M, between 50 and 100 dollars", {"price_range": [50, 100], "color": "Red", "size": "M"}),
    ("I'm looking for a red dress, size M", {"product": "dress", "color": "red"}),
    ("cheap blue bag for kids under 30", {"product": "bag kids", "color": "blue", "size": None, "asked": None}),
    ("wireless earbuds over $50", {"product": "wireless earbuds", "price_range": [50, None]}),
    ("$50-$100 tents", {"product": "tents", "price_range": [50, 100]}),
    ("a tent, no more than 500 yuan", {"product": "tent", "price_range": [None, 500]}),
    ("need 3 navy t-shirts size L", {"product": "t-shirts", "color": "navy", "size": "L", "quantity": 3}),
    ("how much is the Gale Runner 2 in white?", {"product": "Gale Runner 2", "color": "white", "price_range": None}),
    ("do you have a waterproof jacket", {"product": "waterproof jacket", "asked": None}),
    ("is there a weight for the pole", {"asked": ["weight"]}),
    ("light blue curtains", {"product": "curtains", "color": "light blue"}),
    ("the weight and price of the tent pole", {"asked": ["price", "weight"]}),
    ("HW-80多少钱", {"codes": ["hw-80"], "asked": ["price"]}),
    ("800毫升的保温壶", {"codes": None}),
    ("城西店有货的短袖", {"store": "城西店", "in_stock": True, "category": "短袖"}),
    ("which mugs are in stock at Harbour Street", {"store": "Harbour Street", "in_stock": True, "category": "Mugs"}),
    ("帮我查一下订单#W1068289到哪了", {"codes": ["#w1068289"]}),
    ("女朋友过生日，想买条裙子，别超过３００块", {"price_range": [None, 300], "store": None, "in_stock": None}),
    ("price of item JKT-105", {"product": "JKT-105", "codes": ["jkt-105"], "asked": ["price"]}),
]  # fmt: skip


@pytest.mark.parametrize(("question", "expected"), EXTRACTED)
def test_what_a_question_says_is_extracted(question: str, expected: Wanted) -> None:
    found = understand(question, SHOP).to_json()
    assert {name: found[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("多少钱", "zh"),
        ("how much is it", "en"),
        ("how much is the 轻奢四件套?", "en"),
        ("Tern Mug 有货吗", "zh"),
        ("12345", "en"),
    ],
)
def test_the_language_is_that_of_the_words_that_ask(question: str, language: str) -> None:
    assert detect_language(question) == language


def test_a_bare_code_is_answered_in_the_language_spoken_before() -> None:
    assert understand("12345", SHOP, [Exchange("这个多少钱", "…")]).language == "zh"


@pytest.mark.parametrize("question", ["那红色的呢", "and in XL?", "how about that one", "它多重"])
def test_a_question_that_leans_on_another_is_told_apart(question: str) -> None:
    assert understand(question, SHOP).elliptical


def test_a_long_text_is_read_to_the_limit_only() -> None:
    assert len(understand("跑鞋" * QUESTION_LIMIT, SHOP).folded) <= QUESTION_LIMIT


def test_a_shop_of_many_values_is_read_as_quickly() -> None:
    many = {name: tuple(f"{name}{number}" for number in range(500)) for name in ("颜色", "尺寸", "brand", "类")}
    shop = Vocabulary(many["颜色"], many["尺寸"], many["brand"], many["类"])
    times = []
    for _ in range(3):
        started = time.perf_counter()
        assert understand("颜色3的brand7跑鞋 尺寸42", shop).brands == ("brand7",)
        times.append(time.perf_counter() - started)
    assert min(times) < 0.1


@settings(max_examples=150, deadline=None)
@given(
    st.text(alphabet=st.sampled_from("黑红的不要非三万千百两块元以内到左右码号 xlm9.$-~k\u00b2\u0660'"), max_size=30)
)
def test_any_mix_of_prices_sizes_and_colours_is_read(question: str) -> None:
    read = understand(question, SHOP)
    assert len(read.filler) == len(read.folded)
    assert all(0 <= start < end <= len(read.folded) for start, end in read.value_spans)
    assert read.low is None or read.high is None or read.low <= read.high
    naming_words(read)


@pytest.mark.parametrize(
    ("question", "quantities"),
    [
        ("JKT-105 x 3", (3,)),
        ("JKT-105 x", ()),
        ("JKT-105双肩", ()),
        ("JKT-105 pcs", ()),
        ("JKT-105 3个", (3,)),
        ("3 x JKT-105", (3,)),
        ("1000 个 JKT-105 一共多少钱", (1000,)),
        ("1.5 个", ()),
    ],
)
def test_the_digits_of_a_code_are_no_quantity(question: str, quantities: tuple[int, ...]) -> None:
    assert understand(question, Vocabulary()).quantities == quantities
