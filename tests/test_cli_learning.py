"""`shopdesk feedback`, `gaps` and `banned`, and votes in the terminal chat."""

from __future__ import annotations

import json
from pathlib import Path

from tests.test_cli import Command, shopdesk

__all__ = ["shopdesk"]  # the fixture


def test_a_vote_becomes_an_approved_answer(shopdesk: Command, tmp_path: Path) -> None:
    asked = shopdesk("ask", "JKT-105 多少钱", "--route", "exact", "--json").json
    down = shopdesk("feedback", "down", str(asked["message"]), "--answer", "今天 {price}，仅此一天。", "--json")
    assert down.code == 0 and down.json["vote"] == "down" and down.json["status"] == "open"
    (gap,) = shopdesk("gaps", "--json").json
    assert (gap["reason"], gap["field"], gap["keys"]) == ("down_voted", "价格", ["JKT-105"])
    assert "JKT-105" in shopdesk("gaps").out
    assert "→ 今天 {price}" in shopdesk("feedback").out

    said = shopdesk("feedback", "approve", str(down.json["id"]))
    assert said.code == 0 and said.out == ""
    answer = shopdesk("ask", "请问JKT-105怎么卖", "--json").json
    assert (answer["route"], answer["answer"]) == ("approved", "今天 ¥404.00 [2]，仅此一天 [1]。")
    assert [fact["kind"] for fact in answer["facts"]] == ["answer", "product"]
    assert shopdesk("gaps", "--json").json == []

    file = tmp_path / "lessons.jsonl"
    assert shopdesk("feedback", "export", str(file), "--json").json["rows"] == 1
    assert json.loads(file.read_text(encoding="utf-8"))["answer"] == "今天 {price}，仅此一天。"
    assert shopdesk("feedback", "list", "--status", "approved", "--json").json[0]["decided_by"] is not None


def test_votes_on_nothing_are_the_worlds_fault(shopdesk: Command) -> None:
    assert shopdesk("feedback", "up", "99999").code == 1
    assert shopdesk("feedback", "approve", "99999").code == 1
    assert shopdesk("feedback", "approve", "abc").code == 2
    assert shopdesk("feedback", "export").code == 2
    assert shopdesk("feedback", "--json").json == [] and shopdesk("gaps", "--json").json == []


def test_banned_words_are_kept_from_json_and_terminal(shopdesk: Command, tmp_path: Path) -> None:
    file = tmp_path / "words.txt"
    file.write_text("软 壳\n# 说明\n夹克 # 试验\n", encoding="utf-8")
    assert shopdesk("banned", "import", str(file), "--json").json["words"] == 2
    assert shopdesk("banned", "add", "黑色").code == 0
    assert sorted(shopdesk("banned", "--json").json) == sorted(["软 壳", "夹克", "黑色"])
    for route in ("auto", "exact"):
        printed = shopdesk("ask", "JKT-105 多少钱", "--route", route).out
        as_json = shopdesk("ask", "JKT-105 多少钱", "--route", route, "--json").out
        for text in (printed, as_json):
            assert "¥404.00" in text and "■■" in text
            assert not any(word in text for word in ("软壳", "夹克", "黑色"))
    assert shopdesk("banned", "export", str(tmp_path / "out.txt")).code == 0
    assert shopdesk("banned", "remove", "软 壳", "夹克", "黑色", "--json").json["words"] == 3
    assert "软壳" in shopdesk("ask", "JKT-105 多少钱", "--route", "exact").out
    assert shopdesk("banned", "add").code == 2 and shopdesk("banned", "add", "……").code == 1


def test_a_vote_in_the_terminal_chat(shopdesk: Command, home: Path) -> None:
    from shopdesk.app import open_app
    from shopdesk.cli.console import Console
    from shopdesk.cli.start import _vote, _vote_in

    assert _vote_in("👎 应为 ¥399") == ("down", "应为 ¥399")
    assert _vote_in("+") == ("up", "") and _vote_in("+ 便宜的有吗") is None and _vote_in("多少钱") is None
    message = shopdesk("ask", "JKT-105 多少钱", "--route", "exact", "--json").json["message"]
    with open_app(home) as app:
        _vote(app, Console("zh"), None, "up", "", ask=False)
        assert app.store.feedback.list() == []
        _vote(app, Console("zh"), message, "down", "应为 ¥399", ask=False)
        (opinion,) = app.store.feedback.list()
    assert (opinion.vote, opinion.right_answer) == ("down", "应为 ¥399")
