"""What the store keeps of use: banned words, answers given before, gaps, votes and what is made of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from shopdesk.core.errors import StoreError
from shopdesk.core.gaps import Gap
from shopdesk.core.types import Answer, Fact, Record
from shopdesk.store import Store, answer_cache
from tools.dataset.shop import read_answered

ROW = Record("product", "BX-01", "云杉冰爪", {"sku": "BX-01", "price": "268.00", "currency": "CNY"}, "2026-11-21")


def answered(store: Store, question: str, text: str, field: str = "价格") -> int:
    conversation = store.conversations.start()
    message = store.conversations.question_asked(conversation, question, "[]")
    answer = Answer(question, text, "zh", "model", (Fact(1, ROW),), (1,), True, model_name="m", field=field)
    store.conversations.answer_given(message, answer)
    return message


def test_banned_words_are_a_list_without_repetitions(store: Store, tmp_path: Path) -> None:
    assert store.banned.add(["最佳", "best  price", "最佳"]) == 2
    assert store.banned.words() == ["best price", "最佳"]
    assert store.banned.banned().masked("最 佳 best price") == "■■ ■■■■■■■■■"
    assert store.banned.remove(["最佳", "没有的词"]) == 1
    assert store.banned.banned().masked("最佳") == "最佳"
    with pytest.raises(StoreError, match="cannot be a banned word"):
        store.banned.add(["……"])
    file = tmp_path / "words.txt"
    file.write_bytes("第一 # 广告法\n\n国家级\n".encode("gb18030"))
    assert store.banned.read_file(file) == ["第一", "国家级"]
    with pytest.raises(StoreError):
        store.banned.read_file(tmp_path / "none.txt")


def test_the_oldest_answers_go_first(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer_cache, "MOST_ANSWERS", 2)
    moments = iter(f"2026-11-21T00:00:0{second}" for second in range(9))
    monkeypatch.setattr(answer_cache, "_now", lambda: next(moments))
    store.answer_cache.put("a", "1", "m")
    store.answer_cache.put("b", "2", "m")
    assert store.answer_cache.get("a") == "1"  # used just now
    store.answer_cache.put("c", "3", "m")
    assert [store.answer_cache.get(key) for key in "abc"] == ["1", None, "3"]


def test_gaps_are_grouped_by_field_or_by_what_was_looked_for(store: Store) -> None:
    for question, key in (("云杉冰爪多重", "BX-01"), ("云杉冰爪，多重？", "BX-01"), ("头灯多重", "DG-09")):
        store.gaps.note(Gap(question, "zh", "not_recorded", "product", "重量", "冰爪", (key,)))
    store.gaps.note(Gap("有电饭煲吗", "zh", "not_found", "product", subject="电饭煲"))
    store.gaps.note(Gap("电饭煲多少钱", "zh", "not_found", "product", subject="电饭煲"))
    store.gaps.note(Gap("有钢琴吗", "zh", "not_found", "product", subject="钢琴"))
    weight, cooker, piano = store.gaps.report()
    assert (weight.field, weight.times, weight.keys) == ("重量", 3, ("BX-01", "DG-09"))
    assert weight.questions[0].times == 2  # one question, whatever its punctuation
    assert (cooker.subject, cooker.times, piano.subject) == ("电饭煲", 2, "钢琴")
    assert store.gaps.forget("有钢琴吗?") == 1 and len(store.gaps.report()) == 2


def test_a_vote_against_an_answer_becomes_the_shops_own_answer_once_approved(store: Store, tmp_path: Path) -> None:
    message = answered(store, "云杉冰爪多少钱", "云杉冰爪的价格是 ¥268.00 [1]。")
    opinion = store.feedback.vote(message, "down", "会员价 ¥255.00 [1]。", by="小张")
    assert (opinion.vote, opinion.status, opinion.model) == ("down", "open", "m")
    (gap,) = store.gaps.report()
    assert (gap.reason, gap.field, gap.keys) == ("down_voted", "价格", ("BX-01",))
    assert store.feedback.export(tmp_path / "none.jsonl") == 0  # nobody has approved anything

    assert store.feedback.approve(opinion.id, by="店长").status == "approved"
    (answer,) = store.catalogue.records("answer")
    assert (answer.title, answer.fields["answer"]) == ("云杉冰爪多少钱", "会员价 ¥255.00。")
    assert store.gaps.report() == []
    # approved again with other words, the answer changes and does not stand twice
    store.feedback.approve(opinion.id, "会员价 ¥250.00。")
    assert [record.fields["answer"] for record in store.catalogue.records("answer")] == ["会员价 ¥250.00。"]

    file = tmp_path / "lessons.jsonl"
    assert store.feedback.export(file) == 1
    (pair,) = read_answered(file)
    assert (pair.question, pair.answer) == ("云杉冰爪多少钱", "会员价 ¥250.00。")


def test_a_later_vote_takes_the_place_of_the_earlier(store: Store, tmp_path: Path) -> None:
    message = answered(store, "几点关门", "20:45 关门 [1]。")
    down = store.feedback.vote(message, "down")
    assert store.gaps.report()
    with pytest.raises(StoreError) as caught:
        store.feedback.approve(down.id)
    assert caught.value.code == "feedback_without_answer"
    up = store.feedback.vote(message, "up")
    assert (up.id, up.vote, store.gaps.report()) == (down.id, "up", [])
    assert store.feedback.export(tmp_path / "up.jsonl") == 1
    assert json.loads((tmp_path / "up.jsonl").read_text(encoding="utf-8"))["answer"] == "20:45 关门。"
    assert store.feedback.dismiss(up.id).status == "dismissed"
    assert store.feedback.export(tmp_path / "up.jsonl") == 0
    assert [opinion.id for opinion in store.feedback.list("dismissed")] == [up.id]


def test_a_vote_and_its_right_answer_are_one_gap(store: Store) -> None:
    message = answered(store, "云杉冰爪多少钱", "云杉冰爪的价格是 ¥268.00 [1]。")
    store.feedback.vote(message, "down")
    opinion = store.feedback.vote(message, "down", "会员价 ¥255.00。")
    assert [gap.times for gap in store.gaps.report()] == [1] and opinion.right_answer == "会员价 ¥255.00。"
    store.feedback.dismiss(opinion.id)
    store.feedback.vote(message, "down")
    assert [gap.times for gap in store.gaps.report()] == [1]


def test_votes_stay_when_their_conversation_goes(store: Store) -> None:
    message = answered(store, "几点关门", "20:45 关门。")
    store.feedback.vote(message, "up")
    (conversation,) = store.conversations.list()
    store.conversations.delete(conversation.id)
    (opinion,) = store.feedback.list()
    assert (opinion.message, opinion.question) == (None, "几点关门")


def test_there_is_nothing_to_say_about_an_unanswered_question(store: Store) -> None:
    message = store.conversations.question_asked(store.conversations.start(), "几点关门", "[]")
    for number in (message, 999):
        with pytest.raises(StoreError) as caught:
            store.feedback.vote(number, "up")
        assert caught.value.code == "message_missing"
    with pytest.raises(StoreError):
        store.feedback.dismiss(999)
