"""The rows of a dataset as files: nothing lost on the way, and what is wrong told with file, line and field."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from shopdesk.core.plan import Plan, Point
from shopdesk.core.types import Fact, Record
from tools.dataset.plans import plan_from_json, plan_to_json
from tools.dataset.rows import Emphasis, ExamRow, Message, Row, answer, read_exam, read_rows, write_rows
from tools.errors import ToolError

JACKET = Record(
    "product", "J-1", "夹克 ‘A’\u2028",
    {"price": "404.00", "currency": "CNY", "stock": 0, "available": True, "size": None}, "2026-01-01T09:30:00+08:00",
    {"name_en": "Jacket", "面料": "棉"}, sample=True, stale=True,
)  # fmt: skip
SUM = Record("computed", "total", "合计", {"text": "2 × ¥1.00 = ¥2.00", "sources": "1"}, "")
PLAN = Plan(
    "computed", "zh", "两件\n多少？", (Fact(1, JACKET), Fact(2, SUM)), Fact(2, SUM), "夹克",
    (Point("text", "合计", "2 × ¥1.00 = ¥2.00"),), ("2 × ¥1.00",), ("引文。",), ("price", "stock"),
)  # fmt: skip


def question(**changes: Any) -> dict[str, Any]:
    row = {
        "id": "r1", "class": "product", "kind": "price", "language": "zh", "source": "shop",
        "messages": [{"role": "user", "content": "多少钱"}, {"role": "assistant", "content": "1 元"}],
    }  # fmt: skip
    return {name: value for name, value in (row | changes).items() if value is not ...}


def reading(tmp_path: Path, *lines: object, exam: bool = False) -> list[Row]:
    path = tmp_path / "rows.jsonl"
    texts = [line if isinstance(line, bytes) else json.dumps(line, ensure_ascii=False).encode() for line in lines]
    path.write_bytes(b"\n".join(texts) + b"\n")
    return list(read_exam(path) if exam else read_rows(path))


@pytest.mark.parametrize(
    "plan",
    [
        PLAN,
        Plan("not_found", "en", "x", (Fact(1, JACKET),)),
        Plan("value", "en", "x", (), Fact(7, JACKET), "Jacket"),
        Plan("small_talk", "zh", "谢谢", talk="thanks"),
    ],
    ids=["computed", "nothing", "target outside the facts", "small talk"],
)
def test_a_plan_comes_back_whole(plan: Plan) -> None:
    back = plan_from_json(json.loads(json.dumps(plan_to_json(plan))))
    assert back == plan
    for before, after in zip(plan.facts, back.facts, strict=True):
        assert list(before.record.fields.items()) == list(after.record.fields.items())
    assert back.target is None or any(back.target is fact for fact in back.facts) or back.target not in back.facts


def test_a_plan_as_json_names_every_field() -> None:
    assert set(plan_to_json(PLAN)) == {field.name for field in fields(Plan)}
    fact = plan_to_json(PLAN)["facts"][0]
    assert set(fact) == {"id"} | {field.name for field in fields(Record)}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"intent": "guess"}, "intent"),
        ({"language": "fr"}, "language"),
        ({"target": 2}, "target 2"),
        ({"facts": None}, "facts"),
        ({"must": [1]}, "must"),
        ({"points": [{"field": "price"}]}, "points[0].name"),
        ({"facts": [{"id": "1"}]}, "facts[0].id"),
        ({"facts": [{"id": 1, "fields": {"price": 1.5}}]}, "facts[0].fields.price"),
    ],
)
def test_a_wrong_plan_is_refused_by_field(change: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        plan_from_json(plan_to_json(PLAN) | change)


def test_rows_come_back_as_they_were(tmp_path: Path) -> None:
    system, user = Message("system", ""), Message("user", "资料:\n要点: [1] 夹克 | 价格: ¥404.00\u2028\n问题: ?")
    rows = [
        Row("a", "product", "price", "zh", "shop", (system, user, answer(" 夹克 ¥404.00 [1]。"))),
        Row(
            "b", "multi_turn", "stock", "en", "shop",
            (user, answer("earlier", 0.0), Message("user", "and?"), answer("15", 0.5)), (Emphasis(0, 4, 12, 0.3),),
        ),
    ]  # fmt: skip
    write_rows(tmp_path / "train.jsonl", rows)
    assert list(read_rows(tmp_path / "train.jsonl")) == rows
    exam = [ExamRow("c", "order", "order", "zh", "shop", (user,), plan=PLAN, reference="")]
    write_rows(tmp_path / "exam.jsonl", exam)
    assert list(read_exam(tmp_path / "exam.jsonl")) == exam
    assert sorted(path.name for path in tmp_path.iterdir()) == ["exam.jsonl", "train.jsonl"]


def test_an_answer_counts_whole_unless_it_says_otherwise(tmp_path: Path) -> None:
    row = reading(tmp_path, question())[0]
    assert [message.weight for message in row.messages] == [0.0, 1.0]


USER = {"role": "user", "content": "q"}
ASSISTANT = {"role": "assistant", "content": "a"}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (question(id=...), "'id' is missing"),
        (question(id=3), "'id' is no text"),
        (question(**{"class": "weather"}), "'class' is none of"),
        (question(language="fr"), "'language' is none of"),
        (question(messages=...), "'messages' is missing"),
        (question(messages=[]), "'messages'"),
        (question(messages=[USER, {"role": "assistant", "content": " "}]), "'messages'[1] 'content' is empty"),
        (question(messages=[USER, {"role": "assistant"}]), "'messages'[1] 'content' is no text"),
        (question(messages=[USER, {"role": "tool", "content": "a"}]), "'messages'[1] has no 'role'"),
        (question(messages=[USER, USER, ASSISTANT]), "in turn"),
        (question(messages=[USER, ASSISTANT | {"weight": -1}]), "'weight'"),
        (question(messages=[USER, ASSISTANT | {"weight": True}]), "'weight'"),
        (question(messages=[USER | {"weight": 1}, ASSISTANT]), "'weight'"),
        (question(messages=[USER, ASSISTANT | {"weight": 0}]), "no answer to learn"),
        (question(messages=[USER, {"role": "assistant", "content": "\ud83d"}]), "half a character"),
        (question(emphasis=[[0, 0, 9, 0.3]]), "'emphasis'[0]"),
        (question(emphasis=[[1, 0, 1, 0.3]]), "'emphasis'[0]"),
        (question(emphasis=[[5, 0, 1, 0.3]]), "'emphasis'[0]"),
        (b'{"id": "x"', "broken JSON"),
        (b'{"id": "\xff"}', "not UTF-8"),
        (b"[1]", "no JSON object"),
        (b"[" * 100_000, "broken JSON"),
    ],
)  # fmt: skip
def test_a_bad_row_is_named_by_file_line_and_field(tmp_path: Path, row: object, said: str) -> None:
    text = row if isinstance(row, bytes) else json.dumps(row).encode()
    with pytest.raises(ToolError) as caught:
        reading(tmp_path, question(), b"", text)
    assert f"{tmp_path / 'rows.jsonl'}, line 3: " in str(caught.value)
    assert said in str(caught.value)


def test_an_exam_row_has_a_plan_and_ends_with_the_question(tmp_path: Path) -> None:
    exam = question(messages=[USER], plan=plan_to_json(PLAN), reference="")
    assert reading(tmp_path, exam, exam=True)[0].plan == PLAN  # type: ignore[attr-defined]
    for change, said in (
        ({"messages": [USER, ASSISTANT]}, "end with the user"),
        ({"plan": ...}, "'plan' is missing"),
        ({"plan": {}}, "facts"),
        ({"reference": ...}, "'reference'"),
    ):
        wrong = {name: value for name, value in (exam | change).items() if value is not ...}
        with pytest.raises(ToolError, match="line 1") as caught:
            reading(tmp_path, wrong, exam=True)
        assert said in str(caught.value)


def test_bad_rows_are_left_out_only_when_somebody_hears_of_them(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(question()).encode() + b"\n{\n" + json.dumps(question()).encode())
    heard: list[ToolError] = []
    assert len(list(read_rows(path, heard.append))) == 2
    assert [str(error).split(": ")[0] for error in heard] == [f"{path}, line 2"]


def test_a_file_that_is_not_there_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ToolError, match="cannot be read"):
        list(read_rows(tmp_path / "none.jsonl"))
    with pytest.raises(ToolError, match="cannot be written"):
        write_rows(tmp_path / "no folder" / "rows.jsonl", [])
