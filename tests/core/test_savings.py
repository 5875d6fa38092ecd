"""What promotions take off a basket: each sort by itself, together, and where it does not apply."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.core.savings import best_price
from shopdesk.core.types import Fact, Record

TODAY = date(2026, 11, 21)


def goods(number: int, title: str, price: str, category: str = "鞋") -> Fact:
    fields = {"sku": f"G-{number}", "price": price, "currency": "CNY", "category": category, "group": f"G-{number}"}
    return Fact(number, Record("product", f"G-{number}", title, fields, ""))


def promotion(number: int, title: str, body: str = "", **fields: str | None) -> Fact:
    attributes = {name: str(fields.pop(name)) for name in ("count", "price") if name in fields}
    return Fact(
        number, Record("promotion", f"P-{number}", title, {"currency": "CNY", "body": body, **fields}, "", attributes)
    )


SHOES, HAT, CARD = (
    goods(1, "山行徒步鞋", "200.00"),
    goods(1, "毛线帽", "60.00", "帽子"),
    goods(1, "礼品卡", "500.00", "卡"),
)
FULL = promotion(9, "满 300 减 50", "不与优惠券同享。", type="full_reduction", threshold="300.00", discount="50.00")


@pytest.mark.parametrize(
    ("fact", "quantity", "offer", "text"),
    [
        (SHOES, 2, FULL, "应付 ¥350.00"),
        (SHOES, 1, FULL, "没有用得上的活动"),
        (SHOES, 4, promotion(9, "每满 300 减 50", threshold="300.00", discount="50.00"), "应付 ¥700.00"),
        (SHOES, 2, promotion(9, "鞋类 85 折", scope="鞋", discount="15%"), "应付 ¥340.00"),
        (HAT, 2, promotion(9, "鞋类 85 折", scope="鞋", discount="15%"), "没有用得上的活动"),
        (SHOES, 1, promotion(9, "八折日", discount="8折"), "应付 ¥160.00"),
        (SHOES, 3, promotion(9, "满 3 件 7 折", type="ladder", discount="7折", count="3"), "应付 ¥420.00"),
        (SHOES, 2, promotion(9, "满 3 件 7 折", type="ladder", discount="7折", count="3"), "没有用得上的活动"),
        (SHOES, 3, promotion(9, "任选三双减 45"), "应付 ¥555.00"),
        (SHOES, 3, promotion(9, "买二送一"), "应付 ¥400.00"),
        (SHOES, 2, promotion(9, "第二件半价"), "应付 ¥300.00"),
        (SHOES, 2, promotion(9, "特价", type="special_price", price="150.00"), "应付 ¥300.00"),
        (SHOES, 3, promotion(9, "徒步鞋 9 折", "每位会员限 2 双。", discount="10%"), "应付 ¥560.00"),
        (SHOES, 1, promotion(9, "券", type="coupon", threshold="100.00", discount="20.00"), "符合条件的顾客可用"),
        (SHOES, 1, promotion(9, "会员日", "每月 18 日会员 9 折", discount="10%"), "没有用得上的活动"),
        (SHOES, 1, promotion(9, "会员日", "每月 21 日会员 9 折", discount="10%"), "应付 ¥180.00"),
        (CARD, 1, promotion(9, "满减", "礼品卡除外。", threshold="300.00", discount="50.00"), "没有用得上的活动"),
        (SHOES, 2, promotion(9, "20% off boots", scope="hats"), "没有用得上的活动"),
        (SHOES, 1, promotion(9, "满 200 送求生哨", type="gift", threshold="200.00"), "没有用得上的活动"),
    ],
)
def test_one_promotion(fact: Fact, quantity: int, offer: Fact, text: str) -> None:
    found = best_price([fact], [quantity], [offer], "zh", TODAY)
    assert found is not None
    assert text in str(found.record.fields["text"])
    assert ("9" in str(found.record.fields["sources"]).split(",")) == ("没有" not in text)


def test_the_dearest_saving_is_taken_and_two_go_together_only_where_they_may() -> None:
    tent, bag = goods(1, "双人帐篷", "800.00", "帐篷"), goods(2, "羽绒睡袋", "500.00", "睡袋")
    bundle = promotion(
        8, "帐篷加睡袋立减 120", "可以与满减同享。", type="bundle", scope="帐篷、睡袋", discount="120.00"
    )
    both = best_price([tent, bag], [1, 1], [bundle, FULL], "zh", TODAY)
    assert both is not None and "应付 ¥1130.00" in both.must
    assert set(str(both.record.fields["sources"]).split(",")) == {"1", "2", "8", "9"}
    alone = best_price([tent], [1], [bundle, FULL], "zh", TODAY)
    assert alone is not None and "应付 ¥750.00" in alone.must
    apart = promotion(8, "帐篷 9 折", scope="帐篷", discount="10%")
    best = best_price([tent], [1], [apart, FULL], "zh", TODAY)
    assert best is not None and "应付 ¥720.00" in best.must


def test_the_english_text_shows_the_working() -> None:
    found = best_price([SHOES], [2], [FULL], "en", TODAY)
    assert found is not None
    assert found.record.fields["text"] == "2 × ¥200.00 = ¥400.00 (山行徒步鞋); 满 300 减 50 −¥50.00, to pay ¥350.00"


def test_without_a_price_there_is_no_sum() -> None:
    unpriced = Fact(1, Record("product", "X", "x", {"currency": "CNY"}, ""))
    assert best_price([unpriced], [1], [FULL], "zh", TODAY) is None


@given(
    st.integers(1, 500), st.text(alphabet="满减送买二三第半价限每月折券会员除外、，。0123456789 件%", max_size=24),
    st.sampled_from([None, "5%", "7折", "30.00", "x"]), st.sampled_from([None, "100.00"]),
)  # fmt: skip
def test_no_promotion_takes_off_more_than_all(
    quantity: int, words: str, discount: str | None, threshold: str | None
) -> None:
    offer = promotion(9, words, words, discount=discount, threshold=threshold)
    found = best_price([SHOES], [quantity], [offer], "zh", TODAY)
    assert found is not None and "−¥-" not in str(found.record.fields["text"])
    assert "应付 -" not in str(found.record.fields["text"])
