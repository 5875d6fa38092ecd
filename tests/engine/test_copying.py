"""A name or price that was begun is said to its end, and nothing that is not one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.core.ports import Piece
from shopdesk.engine.copying import Copying
from shopdesk.engine.llama import LlamaModel
from shopdesk.engine.protocol import Load


@pytest.mark.parametrize(
    ("said", "rest"),
    [
        ("", ""),
        ("现在", ""),
        ("云", ""),  # one character could begin anything
        ("云杉", "冰爪"),
        ("The price of Tern", " Mug (blue)"),
        ("Western", ""),  # the end of another word begins nothing
        ("云杉冰爪", ""),  # said already
        ("卖 ¥2", "68.00"),
        ("¥268.00", ""),
        ("卖 [9", ""),  # a citation, not the beginning of "971"
    ],
)
def test_what_must_follow(said: str, rest: str) -> None:
    found = Copying(["云杉冰爪", "Tern Mug (blue)", "¥268.00", "971 双"]).rests_of(said)
    assert found == ([rest] if rest else [])


def test_all_texts_that_begin_so_may_follow() -> None:
    copying = Copying(["¥268.00", "¥298.00"])
    assert copying.rests_of("¥2") == ["68.00", "98.00"]
    assert copying.rests_of("¥29") == ["8.00"]
    assert Copying(["云杉冰爪", "云杉冰镐"]).rests_of("云杉") == ["冰爪", "冰镐"]


def test_a_text_is_said_once() -> None:
    assert Copying(["云杉冰爪 ¥268.00", "云杉冰镐 ¥298.00"]).rests_of("云杉冰爪 ¥268.00，云杉") == ["冰镐 ¥298.00"]


@given(st.lists(st.text(min_size=2), max_size=4), st.text())
def test_what_follows_completes_one_of_the_texts(texts: list[str], said: str) -> None:
    for rest in Copying(texts).rests_of(said):
        assert rest and any(rest in text and text not in said for text in texts)


def pieces(model: LlamaModel, **options: list[str]) -> str:
    events = model.generate(
        [{"role": "user", "content": "?"}], max_tokens=12, temperature=0, seed=0, cancelled=lambda: False, **options
    )
    return "".join(event.text for event in events if isinstance(event, Piece))


@pytest.fixture(scope="module")
def letters(talker: Path) -> LlamaModel:
    """Says abcabcabc… by itself."""
    return LlamaModel(Load(1, str(talker), 512, 1, 0, extra_buffers=False, probe=False))


def test_the_model_goes_on_by_itself_after_a_copied_text(letters: LlamaModel) -> None:
    assert pieces(letters) == "abcabcabcabc"
    assert pieces(letters, copy=["abcXYZa"]).startswith("abcXYZabc")


def test_a_text_that_begins_unlike_the_models_own_words_is_sure_at_once(letters: LlamaModel) -> None:
    assert pieces(letters, copy=["bXYZa"]) == "abcabcabcabc", "one letter could begin anything"
    assert pieces(letters, copy=["bXYZa"], words=["a", "c"]) == "abXYZabcabca"
    assert pieces(letters, copy=["aXYZa"], words=["b", "c"]) == "aXYZabcabcab", "a text is said once"
    assert pieces(letters, copy=["bXYZa"], words=["a", "b", "c"]) == "abcabcabcabc"
    assert pieces(letters, copy=["bXYZa", "bUVa"], words=["a", "c"]) == "abcabcabcabc", "what follows is not known"


def test_texts_are_copied_up_to_the_token_in_which_they_part() -> None:
    shipped = Path(__file__).resolve().parents[2] / "resources" / "models" / "counter.gguf"
    model = LlamaModel(Load(1, str(shipped), 512, 1, 0, extra_buffers=False, probe=False))
    shared = model._shared(["er Vase $99.99", "er Bowl $750.00"])
    assert b"".join(map(model.piece, shared)) == b"er", "a space alone is no word that the model could go on from"
    assert b"".join(map(model.piece, model._shared(["冰爪 ¥9", "冰镐 ¥8"]))).decode() == "冰"
    assert b"".join(map(model.piece, model._shared(["er Vase $99.99"]))) == b"er Vase $99.99"
