"""The tokenizer gives back every text, and cuts a name the same way wherever it stands."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

tokenizers = pytest.importorskip("tokenizers")

from tools.counter.shop import common_hanzi, rare_hanzi  # noqa: E402
from tools.counter.tokenizer import END, SPECIAL, conversation_texts, make_tokenizer, parts_of  # noqa: E402


@cache
def tokenizer() -> tokenizers.Tokenizer:
    return make_tokenizer(list(conversation_texts(1, 150)))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60).filter(lambda text: "<|" not in text))
def test_any_text_comes_back(text: str) -> None:
    text = text.encode("utf-8", "ignore").decode()
    assert tokenizer().decode(tokenizer().encode(text).ids) == text


@pytest.mark.parametrize(
    "text", ["床笠😀👨‍👩‍👧", "  two  spaces\n\n", "臺灣 ¥€£₩", "Let it go男式", "١٢٣ é ü", "\t\r\n"]
)
def test_odd_texts_come_back(text: str) -> None:
    assert tokenizer().decode(tokenizer().encode(text).ids) == text


def test_each_hanzi_of_gb2312_is_one_token() -> None:
    assert len(common_hanzi()) == 3755
    assert len(rare_hanzi()) == 3008
    pieces = [len(tokenizer().encode(character).ids) for character in common_hanzi() + rare_hanzi()]
    assert set(pieces) == {1}


def test_figures_are_single_digits() -> None:
    assert tokenizer().encode("¥1299.50").tokens[-7:] == ["1", "2", "9", "9", ".", "5", "0"]


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.sampled_from(common_hanzi()[:500] + rare_hanzi()[:100] + "0123456789（），·"), min_size=1, max_size=12)
)
def test_a_chinese_name_has_the_same_tokens_in_a_fact_and_in_an_answer(name: str) -> None:
    name = name.strip()

    def tokens_of_name(text: str) -> list[int]:
        encoding = tokenizer().encode(text)
        start = text.index(name)
        return [
            number
            for number, (begin, end) in zip(encoding.ids, encoding.offsets, strict=True)
            if begin >= start and end <= start + len(name)
        ]

    in_fact = tokens_of_name(f"[1] {name} | 价格: ¥1.00")
    assert tokens_of_name(f" {name}的价格是 ¥1.00 [1]。") == in_fact
    assert tokens_of_name(f"有货，{name}在 A1 [1]。") == in_fact


def test_special_tokens_are_one_each_and_listed_last() -> None:
    tokens, merges = parts_of(tokenizer())
    assert tuple(tokens[-3:]) == SPECIAL
    assert len(set(tokens)) == len(tokens)
    assert tokenizer().encode(f"a{END}\n").tokens[1] == END
    known = set(tokens)
    assert all("".join(merge.split(" ")) in known for merge in merges)
