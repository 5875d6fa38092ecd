"""From a question to its stored answer: the events, the routes, the repair, the stop; rows and store are real."""

import threading
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import pytest

from shopdesk.core.assistant import LONGEST_QUESTION, Assistant
from shopdesk.core.errors import EngineError, UserFacingError
from shopdesk.core.events import AnswerDone, Event, FactsFound, Notice, TextDelta, TextReplaced
from shopdesk.core.figures import AllowedFigures
from shopdesk.core.ports import Completed, Piece
from shopdesk.core.types import Answer, ChatMessage, Exchange, ModelManifest
from shopdesk.core.understanding import QUESTION_LIMIT
from shopdesk.engine.fake import Script, ScriptedEngine
from shopdesk.store import Store

QUESTION = "云杉冰爪多少钱"
RIGHT = "云杉冰爪（银色，均码）的价格是 ¥268.00 [1]。"
FREE = ModelManifest(name="free", file="")
GUIDED = ModelManifest(name="guided", file="", needs_plan=True, prose="quote", facts_per_prompt=3)


def assistant_of(shop: Store, *answers: Script, manifest: ModelManifest = FREE, delay: float = 0.0) -> Assistant:
    engine = ScriptedEngine(answers, manifest=manifest, piece_delay=delay)
    return Assistant(shop.catalogue, shop.conversations, engine, today=lambda: date(2026, 11, 21))


def answer_of(events: Sequence[Event]) -> Answer:
    last = events[-1]
    assert isinstance(last, AnswerDone)
    return last.answer


def shown(events: Sequence[Event]) -> str:
    """What stands on the screen at the end."""
    text = ""
    for event in events:
        if isinstance(event, TextReplaced):
            text = event.text
        elif isinstance(event, TextDelta):
            text += event.text
    return text.strip()


def requests_of(assistant: Assistant) -> list[list[ChatMessage]]:
    assert isinstance(assistant.engine, ScriptedEngine)
    return assistant.engine.requests


def test_facts_come_first_and_the_finished_answer_last(shop: Store) -> None:
    events = list(assistant_of(shop, RIGHT).answer(QUESTION))
    assert isinstance(events[0], FactsFound)
    assert events[0].facts[0].record.key == "BX-01"
    assert [focus.field for focus in events[0].focus] == ["price"]
    assert all(isinstance(event, TextDelta) for event in events[1:-1]) and len(events) > 3
    answer = answer_of(events)
    assert answer.text == shown(events) == RIGHT
    assert (answer.route, answer.citations, answer.grounded, answer.repaired) == ("model", (1,), True, 0)
    assert (answer.model_name, answer.language) == ("free", "zh")
    assert answer.tokens.completion > 0 and answer.timings_ms["first_token"] <= answer.timings_ms["total"]


def test_the_exact_route_asks_no_model(shop: Store) -> None:
    assistant = assistant_of(shop, RIGHT)
    answer = answer_of(list(assistant.answer(QUESTION, route="exact")))
    assert (answer.route, answer.model_name, requests_of(assistant)) == ("exact", None, [])
    assert "¥268.00" in answer.text


def test_what_is_not_found_is_refused_by_code_unless_the_model_is_wanted(shop: Store) -> None:
    assistant = assistant_of(shop, "没有找到。")
    answer = answer_of(list(assistant.answer("电饭煲多少钱")))
    assert (answer.route, requests_of(assistant)) == ("refusal", [])
    answer = answer_of(list(assistant.answer("电饭煲多少钱", route="model")))
    assert (answer.route, answer.model_name, len(requests_of(assistant))) == ("refusal", "free", 1)


def test_without_a_model_rows_answer_and_the_model_route_says_why_not(shop: Store) -> None:
    assistant = Assistant(shop.catalogue, shop.conversations, None)
    assert answer_of(list(assistant.answer(QUESTION))).route == "exact"
    with pytest.raises(EngineError) as caught:
        list(assistant.answer(QUESTION, route="model"))
    assert caught.value.code == "engine_missing"


@pytest.mark.parametrize(
    ("said", "manifest"),
    [
        ("云杉冰爪的价格是 ¥999.00 [1]。", FREE),
        ("云杉冰爪的价格是 ¥268.00 [7]。", FREE),
        ("云杉冰爪的价格是 ¥268.00。", FREE),
        ("云杉冰爪很好 [1]。", FREE),
        ("云杉登山扣（银色，均码）的价格是 ¥268.00 [1]。", GUIDED),
        ("云杉冰爪（银色，均码） costs ¥268.00 at our lovely shop today [1].", GUIDED),
        ("", FREE),
    ],
    ids=["figure", "citation", "uncited", "value missing", "label", "language", "empty"],
)
def test_a_wrong_answer_is_replaced_by_the_exact_one(shop: Store, said: str, manifest: ModelManifest) -> None:
    events = list(assistant_of(shop, said, manifest=manifest).answer(QUESTION))
    answer = answer_of(events)
    assert (answer.repaired, answer.grounded, answer.citations) == (1, True, (1,))
    assert "¥268.00" in answer.text and answer.text == shown(events)
    assert not any("999" in event.text for event in events if isinstance(event, TextDelta))


def test_a_guided_model_that_keeps_to_the_plan_is_not_repaired(shop: Store) -> None:
    events = list(assistant_of(shop, RIGHT, manifest=GUIDED).answer(QUESTION))
    assert (answer_of(events).repaired, answer_of(events).text) == (0, RIGHT)


def test_the_quoted_rule_follows_the_models_words(shop: Store) -> None:
    events = list(assistant_of(shop, "《退货规定》的规定 [1]：", manifest=GUIDED).answer("多久可以退货"))
    answer = answer_of(events)
    assert answer.repaired == 0
    assert "9 天内可以退货" in answer.text and answer.text == shown(events)


def test_a_stop_keeps_what_was_said_and_is_stored(shop: Store) -> None:
    cancel = threading.Event()
    conversation = shop.conversations.start()
    events: list[Event] = []
    for event in assistant_of(shop, RIGHT, delay=0.005).answer(QUESTION, conversation_id=conversation, cancel=cancel):
        events.append(event)
        if isinstance(event, TextDelta):
            cancel.set()
    answer = answer_of(events)
    assert answer.stopped and answer.repaired == 0
    assert answer.text and RIGHT.startswith(answer.text) and answer.text != RIGHT
    assert [message.answer_text for message in shop.conversations.messages(conversation)] == [answer.text]


def test_rows_answer_with_a_notice_when_the_model_cannot(shop: Store) -> None:
    assistant = assistant_of(shop, EngineError("engine_crashed"))
    events = list(assistant.answer(QUESTION))
    (notice,) = [event for event in events if isinstance(event, Notice)]
    answer = answer_of(events)
    assert notice.code == "engine_crashed" and answer.notice == notice.text
    assert (answer.route, answer.model_name) == ("exact", None) and "¥268.00" in answer.text


class BreaksOff(ScriptedEngine):
    """Says two words, then crashes."""

    def generate(
        self,
        messages: Sequence[ChatMessage],
        *,
        max_tokens: int,
        temperature: float = 0.0,
        cancel: threading.Event | None = None,
        copy: Sequence[str] = (),
        allowed: AllowedFigures | None = None,
    ) -> Iterator[Piece | Completed]:
        yield Piece("云杉冰爪")
        raise EngineError("engine_crashed")


def test_words_of_a_model_that_crashed_are_taken_back(shop: Store) -> None:
    assistant = Assistant(shop.catalogue, shop.conversations, BreaksOff())
    events = list(assistant.answer(QUESTION))
    kinds = [type(event) for event in events]
    assert kinds[:4] == [FactsFound, TextDelta, Notice, TextReplaced]
    answer = answer_of(events)
    assert answer.text == shown(events) and answer.text.count("云杉冰爪") == 1
    assert (answer.route, answer.model_name) == ("exact", None)


class BreaksOffLater(BreaksOff):
    """Says a sentence and two words, then crashes."""

    def generate(self, messages: Sequence[ChatMessage], **options: Any) -> Iterator[Piece | Completed]:
        yield Piece(f"{RIGHT}\n")
        yield from super().generate(messages, **options)


def test_sentences_of_a_model_that_crashed_are_kept(shop: Store) -> None:
    assistant = Assistant(shop.catalogue, shop.conversations, BreaksOffLater())
    events = list(assistant.answer(QUESTION))
    answer = answer_of(events)
    assert answer.text == shown(events)
    first, *rest = answer.text.splitlines()
    assert first == RIGHT and "¥268.00" in rest[0]
    assert answer.notice


def test_the_question_is_stored_before_it_is_answered(shop: Store) -> None:
    conversation = shop.conversations.start()
    events = assistant_of(shop, RIGHT).answer(QUESTION, conversation_id=conversation)
    next(events)
    (message,) = shop.conversations.messages(conversation)
    assert (message.question, message.answer_text) == (QUESTION, None) and "BX-01" in message.facts_json
    answer = answer_of(list(events))
    (message,) = shop.conversations.messages(conversation)
    assert (message.id, message.answer_text) == (answer.message_id, RIGHT)


def test_earlier_turns_stand_in_the_prompt_as_they_were_sent(shop: Store) -> None:
    assistant = assistant_of(shop, RIGHT, "云杉冰爪（银色，均码）还有 4 副 [1]。")
    conversation = shop.conversations.start()
    for question in (QUESTION, "还有几副"):
        list(assistant.answer(question, conversation_id=conversation))
    first, second = requests_of(assistant)
    assert [message.role for message in second] == ["system", "user", "assistant", "user"]
    assert second[: len(first)] == first  # a model's cache of them stays valid
    assert second[2].content == RIGHT
    assert [message.answer_text for message in shop.conversations.messages(conversation)][1] is not None


def test_a_history_that_is_given_replaces_the_stored_one(shop: Store) -> None:
    said = Exchange("白茅保温壶 800 毫升多少钱", "¥169.00 [1]。")
    assistant = assistant_of(shop)
    answer = answer_of(list(assistant.answer("库存呢", history=[said], route="exact")))
    assert answer.facts[0].record.key == "HW-80" and "12 个" in answer.text


def test_a_long_question_is_kept_whole(shop: Store) -> None:
    question = QUESTION + "？" * QUESTION_LIMIT + "谢谢"
    assert answer_of(list(assistant_of(shop).answer(question, route="exact"))).question == question


@pytest.mark.parametrize(
    ("question", "code"),
    [("", "question_empty"), (" \n", "question_empty"), ("a" * (LONGEST_QUESTION + 1), "question_too_long")],
)
def test_an_unusable_question_is_refused(shop: Store, question: str, code: str) -> None:
    with pytest.raises(UserFacingError) as caught:
        list(assistant_of(shop).answer(question))
    assert caught.value.code == code


def test_an_unknown_conversation_is_refused(shop: Store) -> None:
    with pytest.raises(UserFacingError) as caught:
        list(assistant_of(shop).answer(QUESTION, conversation_id=999_999))
    assert caught.value.code == "conversation_missing"
