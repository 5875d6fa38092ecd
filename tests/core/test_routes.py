"""Which route answers, what is kept of it, and that no route shows a banned word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from shopdesk.core.assistant import Assistant
from shopdesk.core.events import AnswerDone, Event, FactsFound, TextDelta, TextReplaced
from shopdesk.core.types import Answer, ModelManifest
from shopdesk.engine.fake import Script, ScriptedEngine
from shopdesk.store import Store, open_store
from tests.core.conftest import POLICIES, PRODUCTS

QUESTION = "云杉冰爪多少钱"
RIGHT = "云杉冰爪（银色，均码）卖 ¥268.00 [1]。"
FREE = ModelManifest(name="free", file="")


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "shop.db") as store:
        for name, text in (("货品.csv", PRODUCTS), ("policies.csv", POLICIES)):
            (tmp_path / name).write_text(text, encoding="utf-8")
            store.importer.commit(store.importer.plan(tmp_path / name))
        yield store


def assistant_of(store: Store, *answers: Script, manifest: ModelManifest = FREE) -> Assistant:
    return Assistant(
        store.catalogue, store.conversations, ScriptedEngine(answers, manifest=manifest),
        today=lambda: date(2026, 11, 21), cache=store.answer_cache, gaps=store.gaps, banned=store.banned,
    )  # fmt: skip


def events_of(assistant: Assistant, question: str = QUESTION, **wishes: Any) -> list[Event]:
    return list(assistant.answer(question, **wishes))


def answer_of(events: Sequence[Event]) -> Answer:
    last = events[-1]
    assert isinstance(last, AnswerDone)
    return last.answer


def asked(assistant: Assistant) -> int:
    assert isinstance(assistant.engine, ScriptedEngine)
    return len(assistant.engine.requests)


# ---- answers given before


def test_the_same_question_over_the_same_rows_is_answered_at_once(kept: Store) -> None:
    assistant = assistant_of(kept, RIGHT)
    assert answer_of(events_of(assistant)).route == "model"
    again = answer_of(events_of(assistant, "云杉冰爪  多少钱？"))
    assert (again.route, again.text, asked(assistant), again.model_name) == ("cache", RIGHT, 1, None)
    assert again.grounded and again.citations == (1,)


def test_changed_data_never_bring_an_old_answer(kept: Store) -> None:
    assistant = assistant_of(kept, RIGHT, RIGHT.replace("268", "249"))
    events_of(assistant)
    kept.editor.change("product", "BX-01", {"price": "249.00"})
    answer = answer_of(events_of(assistant))
    assert (answer.route, asked(assistant)) == ("model", 2) and "¥249.00" in answer.text


def test_another_model_or_wish_asks_anew(kept: Store) -> None:
    events_of(assistant_of(kept, RIGHT))
    other = assistant_of(kept, RIGHT, RIGHT, RIGHT, manifest=ModelManifest(name="other", file=""))
    assert answer_of(events_of(other)).route == "model"
    assert answer_of(events_of(other, use_cache=False)).route == "model"
    assert answer_of(events_of(other, route="model")).route == "model"
    assert answer_of(events_of(other, route="exact")).route == "exact"
    assert asked(other) == 3


def test_what_had_to_be_replaced_is_not_kept(kept: Store) -> None:
    assistant = assistant_of(kept, "卖 ¥999.00 [1]。", RIGHT)
    assert answer_of(events_of(assistant)).repaired == 1
    assert answer_of(events_of(assistant)).route == "model"


def test_an_answer_that_no_longer_passes_is_not_given(kept: Store) -> None:
    assistant = assistant_of(kept, RIGHT, RIGHT)
    events_of(assistant)
    with kept._database.write() as db:
        db.execute("UPDATE answer_cache SET answer = '卖 ¥1.00 [1]。'")
    answer = answer_of(events_of(assistant))
    assert answer.route == "model" and "¥1.00" not in answer.text


# ---- while the model is being loaded


def test_rows_answer_while_the_model_is_being_loaded(kept: Store) -> None:
    assistant = assistant_of(kept, RIGHT)
    assert isinstance(assistant.engine, ScriptedEngine)
    assistant.engine.state = "starting"
    assert answer_of(events_of(assistant)).route == "exact"
    assert answer_of(events_of(assistant, route="model")).route == "model"


# ---- gaps


def test_what_cannot_be_answered_is_noted_with_what_is_missing(kept: Store) -> None:
    assistant = assistant_of(kept)
    assert answer_of(events_of(assistant, "电饭煲多少钱")).route == "refusal"
    events_of(assistant, "鹤望兰头灯还有货吗", route="exact")
    events_of(assistant, QUESTION, route="exact")
    found = {(gap.reason, gap.field or gap.subject, gap.keys) for gap in kept.gaps.report()}
    assert found == {("not_found", "电饭煲", ()), ("not_recorded", "库存", ("DG-09",))}


# ---- banned words


def shown(events: Sequence[Event]) -> list[str]:
    """Everything that stood on the screen at any time."""
    screens, text = [], ""
    for event in events:
        if isinstance(event, TextReplaced):
            text = event.text
        elif isinstance(event, TextDelta):
            text += event.text
        screens.append(text)
    return screens


@pytest.mark.parametrize("route", ["auto", "exact", "model"])
@pytest.mark.parametrize("width", [1, 2, 3, 50])
def test_no_route_shows_a_banned_word(kept: Store, route: Any, width: int) -> None:
    kept.banned.add(["银色", "超值", "best"])
    said = f"超\u200b值 ＢＥＳＴ {RIGHT}"
    pieces = [said[place : place + width] for place in range(0, len(said), width)]
    assistant = assistant_of(kept, pieces, pieces)
    for _ in range(2):  # the second time perhaps from what was said before
        events = events_of(assistant, route=route, conversation_id=kept.conversations.start())
        answer = answer_of(events)
        assert shown(events)[-1].strip() == answer.text and "¥268.00" in answer.text
        for text in (*shown(events), answer.text, str(answer.to_json() | {"question": ""})):
            assert kept.banned.banned().found(text)[0] == []
        facts = events[0]
        assert isinstance(facts, FactsFound) and "银色" not in str(facts.facts)
    assert kept.banned.banned().found(str(kept.conversations.messages(1)))[0] == []


def test_a_replaced_answer_is_screened_too(kept: Store) -> None:
    kept.banned.add(["银色"])
    events = events_of(assistant_of(kept, "卖 ¥999.00 [1]。"))
    assert answer_of(events).repaired == 1 and "银色" not in "".join(shown(events)) and "■■" in answer_of(events).text
