"""Deadlines: days and periods as people and rules say them, and the sum of both."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.core.deadlines import Period, day_said, deadline, matter_of, months_after, period_of, ruling
from shopdesk.core.text import fold
from shopdesk.core.types import Fact, Record

TODAY = date(2026, 11, 21)  # a Saturday
RULE = Fact(1, Record("policy", "returns", "退货", {}, ""))


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("11月3号买的", "2026-11-03"), ("十一月三日买的", "2026-11-03"), ("12月3号买的", "2025-12-03"),
        ("去年11月30号买的", "2025-11-30"), ("2026/11/03 买的", "2026-11-03"),
        ("２０２６－１１－０３买的", "2026-11-03"),
        ("bought on 3 Nov", "2026-11-03"), ("on November 3rd", "2026-11-03"), ("on Dec 24, 2025", "2025-12-24"),
        ("昨天买的", "2026-11-20"), ("上周五买的", "2026-11-13"), ("这周五买的", "2026-11-20"),
        ("周日买的", "2026-11-15"),
        ("bought last Friday", "2026-11-20"), ("买了8天了", "2026-11-13"), ("两周前买的", "2026-11-07"),
        ("一个月前", "2026-10-21"), ("bought three days ago", "2026-11-18"), ("a fortnight ago", "2026-11-07"),
        ("两件多少钱", None), ("今天便宜了", None),
        ("2月30号买的", None), ("may I return it", None), ("7 天能退吗", None),
    ],
)  # fmt: skip
def test_the_day_that_a_question_names(said: str, day: str | None) -> None:
    found = day_said(fold(said), TODAY)
    assert (found.isoformat() if found else None) == day


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("自购买之日起 7 天内可以退货", Period(7, "day")), ("三十天无理由退货", Period(30, "day")),
        ("within two weeks of purchase", Period(2, "week")), ("a 12-month warranty", Period(12, "month")),
        ("保修两年", Period(2, "year")), ("退款 3 到 5 个工作日到账", None), ("24 小时内发货", None),
        ("refunds take 4 business days", None), ("整件包退", None),
    ],
)  # fmt: skip
def test_the_period_that_a_rule_gives(text: str, period: Period | None) -> None:
    assert period_of(text) == period


def test_a_rule_for_several_sorts_gives_the_period_of_the_one_that_is_meant() -> None:
    sentence = "保修自购买之日起计算：鞋类 90 天，服装 1 年，背包和帐篷 2 年。"
    assert ruling("warranty", [sentence], "背包坏了") == (Period(2, "year"), sentence)
    assert ruling("warranty", [sentence], "鞋开胶了") == (Period(90, "day"), sentence)
    assert ruling("warranty", [sentence], "水壶漏了") is None
    english = "The warranty is 90 days for footwear, 2 years for backpacks."
    assert ruling("warranty", [english], "a torn backpack") == (Period(2, "year"), english)


def test_the_sum_says_the_last_day_and_what_is_left() -> None:
    found = deadline("return", Period(7, "day"), date(2026, 11, 3), TODAY, [RULE], "zh")
    assert found.record.fields["text"] == "2026-11-03 + 7 天 = 2026-11-10，已过 11 天，不能再办"
    english = deadline("warranty", Period(1, "month"), date(2026, 10, 22), TODAY, [RULE], "en")
    assert english.record.fields["text"] == "2026-10-22 + 1 month = 2026-11-22, 1 day left"
    assert english.record.fields["sources"] == "1"


@pytest.mark.parametrize(
    ("said", "matter"),
    [
        ("还能退吗", "return"), ("能换大一码吗", "exchange"), ("还在保修期吗", "warranty"), ("能补差价吗", "price"),
        ("can I bring it back", "return"), ("退款几天到账", None), ("退货要小票", None), ("头灯多少钱", None),
    ],
)  # fmt: skip
def test_what_the_deadline_is_for(said: str, matter: str | None) -> None:
    assert matter_of(fold(said)) == matter


@given(st.dates(date(1990, 1, 1), date(2080, 1, 1)), st.integers(-600, 600))
def test_months_lead_forth_and_back(day: date, months: int) -> None:
    there = months_after(day, months)
    assert (there.year * 12 + there.month) - (day.year * 12 + day.month) == months
    assert there.day <= day.day


@given(st.text(alphabet="0123456789年月日号天前周上去昨买 /-.novdecago十二三", max_size=24))
def test_any_text_names_a_past_day_or_none(said: str) -> None:
    found = day_said(fold(said), TODAY)
    assert found is None or found <= TODAY
