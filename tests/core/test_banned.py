"""No banned word is shown, whatever its spelling and however its text is cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.core.banned import MASK, BannedWords, screened_facts, shown_key
from shopdesk.core.types import Fact, Record

BANNED = BannedWords(["最佳", "国家级", "ass", "best price", "违禁", "  ", "最佳选择"])


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("全国最佳商品", "全国■■商品"),
        ("国\u200b家 级认证", "■■■认证"),
        ("国*家_级", "■■■"),
        ("ＢＥＳＴ　Price!", "■■■■■■■■■!"),
        ("bést pricé", "■■■■■■■■■"),
        ("B E S T P R I C E", "■■■■■■■■■"),
        ("a glass of ass", "a glass of ■■■"),
        ("A S S", "■■■"),
        ("assess", "assess"),
        ("最\n佳", "■■"),
        ("最佳选择", "■■■■"),
        ("最，佳", "最，佳"),
        ("best of all prices", "best of all prices"),
    ],
)
def test_a_word_is_found_in_any_spelling_and_only_by_itself(text: str, shown: str) -> None:
    assert BANNED.masked(text) == shown


@given(st.text(alphabet="最佳国家级选择违禁 asbetpric-*.\u200b\u3000ｂé■国", max_size=40), st.data())
def test_any_cutting_shows_the_same(text: str, data: st.DataObject) -> None:
    screen, shown, place = BANNED.screen(), "", 0
    while place < len(text):
        end = data.draw(st.integers(place + 1, len(text)))
        shown += screen.feed(text[place:end])
        # nothing that was let out may have to be taken back
        assert BANNED.masked(text).startswith(shown)
        place = end
    assert shown + screen.rest() == BANNED.masked(text)


@given(st.text(alphabet="最佳国家级违禁 asb\u200b*", max_size=40))
def test_what_is_shown_holds_no_banned_word(text: str) -> None:
    assert BANNED.found(BANNED.masked(text))[0] == []


def test_words_without_letters_are_passed_over() -> None:
    assert not BannedWords(["", "  ", "…", "\u200b"])
    assert BannedWords([]).masked("最佳") == "最佳"


def test_facts_are_screened_but_found_again_by_their_keys() -> None:
    record = Record("product", "A-1", "最佳水壶", {"sku": "A-1", "price": "9.00", "stock": 3}, "", {"卖点": "国家级"})
    (fact,) = screened_facts([Fact(1, record)], BANNED)
    assert (fact.record.title, fact.record.attributes) == (MASK * 2 + "水壶", {"卖点": MASK * 3})
    assert (fact.record.key, fact.record.fields) == ("A-1", record.fields)


def test_a_key_that_is_a_title_is_shown_as_the_title_is() -> None:
    rule = Record("policy", "最佳会员", "最佳会员", {"body": "…"}, "")
    product = Record("product", "A-1", "最佳水壶", {}, "")
    shown = [fact.record for fact in screened_facts([Fact(1, rule), Fact(2, product)], BANNED)]
    assert [shown_key(record) for record in shown] == [MASK * 2 + "会员", "A-1"]
    assert shown_key(Record("policy", "returns", "Returns", {}, "")) == "returns"
