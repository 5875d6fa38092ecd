"""Folding and cutting of text, the same for the index and the query."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from shopdesk.core.text import fold, runs, search_tokens


def test_full_width_and_case_are_folded() -> None:
    assert fold("ＡＢ－１２\u3000Ｘ\tＹ\x00") == "ab-12 x y"


def test_chinese_gives_characters_and_pairs_and_words_stay_whole() -> None:
    assert search_tokens("黑色T恤 42码") == ["黑", "色", "黑色", "t", "恤", "42", "码"]
    assert runs("USB线 3.5mm") == ["usb", "线", "3", "5mm"]


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = fold(text)
    assert fold(once) == once or unicodedata.normalize("NFKC", once) != once


@given(st.text(alphabet=st.characters(max_codepoint=126)))
def test_the_quick_way_for_plain_text_gives_the_same(text: str) -> None:
    # a full-width space makes the text take the long way
    assert fold(text) == fold(text + "\u3000")


@given(st.text())
def test_no_control_character_is_left(text: str) -> None:
    assert not {unicodedata.category(character) for character in fold(text)} & {"Cc", "Cf", "Zl", "Zp"}
