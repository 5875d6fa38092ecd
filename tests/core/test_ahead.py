"""Reading ahead while a question is typed: which guesses are read, which are left, and that it never disturbs."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from shopdesk.core.ahead import ReadingAhead
from shopdesk.core.errors import UserFacingError
from shopdesk.core.types import ChatMessage


class Reader:
    """Reads as long as it is let; `read` are the prompts, `left` those that it was told to leave."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.left: list[str] = []
        self.go_on = threading.Event()
        self.go_on.set()

    def __call__(self, prompt: object, stop: threading.Event) -> None:
        text = prompt[-1].content  # type: ignore[index]
        self.read.append(text)
        while not self.go_on.is_set():
            if stop.wait(0.005):
                self.left.append(text)
                return


def prompt_of(text: str, conversation_id: int | None) -> list[ChatMessage] | None:
    """The first word is the fact, the whole text the question."""
    if text == "nothing":
        return None
    if text == "refused":
        raise UserFacingError("question_empty")
    return [ChatMessage("user", f"Facts: {text.split()[0]} of {conversation_id}\nQuestion: {text}")]


def until(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 10
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.002)
    return True


@pytest.fixture
def reader() -> Reader:
    return Reader()


@pytest.fixture
def ahead(reader: Reader) -> Iterator[ReadingAhead]:
    made = ReadingAhead(prompt_of, reader, lambda: True)
    yield made
    reader.go_on.set()
    made.close()
    assert not [t for t in threading.enumerate() if t.name in ("facts ahead", "reading ahead")]


def test_what_is_typed_is_read(ahead: ReadingAhead, reader: Reader) -> None:
    ahead.typed("boots pri", 7)
    assert until(lambda: reader.read == ["Facts: boots of 7\nQuestion: boots pri"])


def test_the_same_facts_are_read_on_while_the_question_grows(ahead: ReadingAhead, reader: Reader) -> None:
    reader.go_on.clear()
    ahead.typed("boots p", 1)
    assert until(lambda: len(reader.read) == 1)
    ahead.typed("boots pr", 1)
    ahead.typed("boots price", 1)
    time.sleep(0.05)
    assert len(reader.read) == 1 and not reader.left
    reader.go_on.set()
    assert until(lambda: reader.read[-1].endswith("boots price")), "the newest text, not each on the way"


def test_other_facts_are_turned_to_at_once(ahead: ReadingAhead, reader: Reader) -> None:
    reader.go_on.clear()
    ahead.typed("boots p", 1)
    assert until(lambda: len(reader.read) == 1)
    ahead.typed("coats p", 1)
    assert until(lambda: len(reader.left) == 1 and len(reader.read) == 2)


@pytest.mark.parametrize("text", ["", " x ", "nothing", "refused"])
def test_what_says_too_little_is_not_read(ahead: ReadingAhead, reader: Reader, text: str) -> None:
    ahead.typed(text, 1)
    ahead.typed(text, 1)
    time.sleep(0.05)
    assert reader.read == []
    ahead.typed("boots", 1)
    assert until(lambda: len(reader.read) == 1), "and what follows is"


def test_when_the_input_is_emptied_what_is_read_goes_on_and_nothing_new_begins(
    ahead: ReadingAhead, reader: Reader
) -> None:
    reader.go_on.clear()
    ahead.typed("boots p", 1)
    assert until(lambda: len(reader.read) == 1)
    ahead.typed("boots pr", 1)
    ahead.typed("", 1)
    time.sleep(0.05)
    assert reader.left == [], "the question that was put needs it; the engine knows"
    reader.go_on.set()
    time.sleep(0.05)
    assert len(reader.read) == 1


def test_where_it_is_not_wanted_nothing_starts(reader: Reader) -> None:
    ahead = ReadingAhead(prompt_of, reader, lambda: False)
    ahead.typed("boots", 1)
    assert ahead._threads == []
    ahead.close()
    ahead.typed("boots", 1)


def test_a_fault_in_reading_ends_nothing(reader: Reader) -> None:
    def fail_at_first(prompt: object, stop: threading.Event) -> None:
        reader(prompt, stop)
        if len(reader.read) == 1:
            raise ValueError("our fault")

    ahead = ReadingAhead(prompt_of, fail_at_first, lambda: True)
    ahead.typed("boots", 1)
    assert until(lambda: len(reader.read) == 1)
    ahead.typed("coats", 1)
    assert until(lambda: len(reader.read) == 2)
    ahead.close()
