from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.engine.protocol import (
    Cancel,
    Count,
    Delta,
    Done,
    Failed,
    Generate,
    Hello,
    Load,
    Loaded,
    Message,
    ProtocolError,
    Quit,
    decode,
    encode,
)

any_text = st.text(st.characters(exclude_categories=()))
ids = st.integers(0, 1 << 40)
messages = st.one_of(
    st.builds(Hello, st.integers(), any_text, st.booleans(), st.booleans(), ids),
    st.builds(Load, ids, any_text, ids, ids, st.integers(-1, 99), st.booleans(), st.booleans()),
    st.builds(Loaded, ids, any_text, ids, st.floats(0, 1e9), any_text),
    st.builds(
        Generate,
        ids,
        st.lists(st.fixed_dictionaries({"role": any_text, "content": any_text}), max_size=3),
        ids,
        st.floats(0, 2),
        ids,
    ),
    st.builds(Delta, ids, any_text),
    st.builds(Done, ids, st.sampled_from(["stop", "length", "cancelled"]), ids, ids, ids),
    st.builds(Cancel, ids),
    st.builds(Count, ids, any_text),
    st.builds(Failed, ids, any_text, any_text, st.dictionaries(any_text, any_text | ids, max_size=3)),
    st.just(Quit()),
)


@given(messages)
def test_every_message_survives_as_one_line(message: Message) -> None:
    line = encode(message)
    assert line.index(b"\n") == len(line) - 1
    assert decode(line) == message


@given(st.binary() | any_text.map(lambda text: text.encode("utf-8", "replace")))
def test_anything_else_is_refused(line: bytes) -> None:
    with pytest.raises(ProtocolError):
        decode(line)


@pytest.mark.parametrize(
    "line", [b"[]", b"{}", b'{"type":"delta"}', b'{"type":[]}', b'{"type":"nope","id":1}', b"[" * 99]
)
def test_json_that_is_no_message_is_refused(line: bytes) -> None:
    with pytest.raises(ProtocolError):
        decode(line)


def test_a_newer_field_is_ignored() -> None:
    assert decode(b'{"type":"delta","id":1,"text":"a","mood":"good"}') == Delta(1, "a")
