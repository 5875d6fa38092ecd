"""Instruction files through a registry as LLaMA-Factory has it; what is wrong in them is told with file and line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tools.dataset.registry import read_registry, rows_of
from tools.dataset.rows import Message, Row, answer
from tools.errors import ToolError

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "instruct"


def registered(folder: Path, text: str | bytes, name: str = "faq.jsonl", **entry: Any) -> Path:
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    registry = folder / "dataset_info.json"
    registry.write_text(json.dumps({"faq": {"file_name": name, **entry}}), encoding="utf-8")
    return registry


def rows(folder: Path, text: str | bytes, name: str = "faq.jsonl", **entry: Any) -> list[Row]:
    return list(rows_of(read_registry(registered(folder, text, name, **entry))[0], 1))


def lines(*items: object) -> str:
    return "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items)


ALPACA = {"instruction": "怎么退货", "input": "", "output": "凭小票退。"}
SHAREGPT = {"conversations": [{"from": "human", "value": "hi"}, {"from": "gpt", "value": "hello"}]}
OPENAI = {"messages": [{"role": "user", "content": "hi"}, {"role": "assistant", "content": "hello"}]}


def test_alpaca(tmp_path: Path) -> None:
    full = {
        "instruction": "How long", "input": "to return?", "output": "7 days.", "system": "You help.",
        "history": [["hi", "hello"]],
    }  # fmt: skip
    first, second = rows(tmp_path, lines(ALPACA, full))
    assert first.messages == (Message("user", "怎么退货"), answer("凭小票退。"))
    assert (first.language, first.class_name, first.source) == ("zh", "general", "faq")
    assert second.messages == (
        Message("system", "You help."), Message("user", "hi"), answer("hello"),
        Message("user", "How long\nto return?"), answer("7 days."),
    )  # fmt: skip
    assert first.id != second.id


def test_other_column_names(tmp_path: Path) -> None:
    columns = {"prompt": "q", "query": "more", "response": "a"}
    [row] = rows(tmp_path, lines({"q": "x", "a": "y"}), columns=columns)
    assert row.messages == (Message("user", "x"), answer("y"))


def test_sharegpt(tmp_path: Path) -> None:
    turns = [{"from": "system", "value": "S"}, *SHAREGPT["conversations"], *SHAREGPT["conversations"]]
    first, second = rows(
        tmp_path, lines(SHAREGPT | {"system": "You help."}, {"conversations": turns}), formatting="sharegpt"
    )
    assert first.messages == (Message("system", "You help."), Message("user", "hi"), answer("hello"))
    assert [message.role for message in second.messages] == ["system", *("user", "assistant") * 2]


def test_messages_as_openai_has_them(tmp_path: Path) -> None:
    tags = {"role_tag": "role", "content_tag": "content", "user_tag": "user", "assistant_tag": "assistant"}
    columns = {"messages": "messages"}
    by_tags = rows(tmp_path, lines(OPENAI), formatting="sharegpt", columns=columns, tags=tags)
    by_name = rows(tmp_path, lines(OPENAI), formatting="openai")
    assert by_tags == by_name
    assert by_name[0].messages == (Message("user", "hi"), answer("hello"))
    turns = [
        *OPENAI["messages"][:1], {"role": "assistant", "content": "x", "weight": 0}, {"role": "user", "content": "y"},
        {"role": "assistant", "content": "z"},
    ]  # fmt: skip
    [row] = rows(tmp_path, lines({"messages": turns}), formatting="openai")
    assert [message.weight for message in row.messages] == [0, 0, 0, 1]


def test_an_array_is_read_as_lines_are(tmp_path: Path) -> None:
    text = json.dumps([ALPACA, ALPACA | {"input": "多久"}], ensure_ascii=False, indent=1)
    from_array = rows(tmp_path, "\ufeff" + text, "faq.json")
    assert from_array == rows(tmp_path, lines(ALPACA, ALPACA | {"input": "多久"}))
    assert rows(tmp_path, " [ ] ", "faq.json") == []


@pytest.mark.parametrize(
    ("formatting", "item", "said"),
    [
        ("alpaca", {"instruction": "x"}, "'output' is missing"),
        ("alpaca", {"output": "x"}, "'instruction' is missing"),
        ("alpaca", ALPACA | {"output": "  "}, "'output' is empty"),
        ("alpaca", ALPACA | {"output": None}, "'output' is no text"),
        ("alpaca", ALPACA | {"input": 4}, "'input' is no text"),
        ("alpaca", ALPACA | {"history": "x"}, "'history' is no list"),
        ("alpaca", ALPACA | {"history": [["x"]]}, "'history'[0] is no pair"),
        ("alpaca", ALPACA | {"history": [["x", ""]]}, "'history'[0][1] is empty"),
        ("sharegpt", {"messages": []}, "'conversations' is missing"),
        ("sharegpt", {"conversations": []}, "'conversations'"),
        ("sharegpt", {"conversations": SHAREGPT["conversations"][:1]}, "do not end with an answer"),
        ("sharegpt", {"conversations": SHAREGPT["conversations"][1:]}, "'conversations'[0] is out of turn"),
        ("sharegpt", {"conversations": [{"from": "bot", "value": "x"}]}, "'conversations'[0] 'from' is none of"),
        ("sharegpt", {"conversations": [{"from": "human"}]}, "'conversations'[0] 'value' is no text"),
        ("sharegpt", {"conversations": [{"from": "function_call", "value": "{}"}]}, "call of a tool"),
        ("openai", {"messages": [*OPENAI["messages"], {"role": "tool", "content": "x"}]}, "call of a tool"),
        ("openai", {"messages": [OPENAI["messages"][0], OPENAI["messages"][1] | {"weight": "x"}]}, "'weight'"),
        ("openai", {"messages": [OPENAI["messages"][0], OPENAI["messages"][1] | {"weight": 0}]}, "no answer to learn"),
        ("alpaca", ["x"], "no JSON object"),
    ],
)  # fmt: skip
def test_a_bad_row_is_named_by_file_line_and_field(tmp_path: Path, formatting: str, item: object, said: str) -> None:
    good = {"alpaca": ALPACA, "sharegpt": SHAREGPT, "openai": OPENAI}[formatting]
    as_array = f"[{json.dumps(good)},\n{json.dumps(item)}]"
    for name, text in (("faq.jsonl", lines(good, item)), ("faq.json", as_array)):
        with pytest.raises(ToolError) as caught:
            rows(tmp_path, text, name, formatting=formatting)
        assert str(caught.value).startswith(f"{tmp_path / name}, line 2: ")
        assert said in str(caught.value)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("faq.jsonl", lines(ALPACA).encode() + b'{"instruction": "x"\n', "line 2: broken JSON"),
        ("faq.jsonl", lines(ALPACA).encode() + b'{"instruction": "\xd6\xd0"}\n', "line 2: not UTF-8"),
        ("faq.json", b'[{"instruction": "x",\n "output": "y"},\n {"instruction"]', "line 3: broken JSON"),
        ("faq.json", b'[{"instruction": "x",\n "output": "y"}\n {}]', "line 3: broken JSON"),
        ("faq.json", b'[{"instruction": "x",\n "output": "y"},\n', "line 3: broken JSON"),
        ("faq.json", b'[{"instruction": "x",\n "output": "y"}]\n[]', "line 2: something follows"),
        ("faq.json", b'[{"instruction":\n "\xff"}]', "line 2: not UTF-8"),
    ],
)
def test_a_broken_file_is_named_by_its_line(tmp_path: Path, name: str, text: bytes, said: str) -> None:
    with pytest.raises(ToolError) as caught:
        rows(tmp_path, text, name)
    assert f"{tmp_path / name}, {said}" in str(caught.value)


def test_bad_rows_are_left_out_only_when_told_to(tmp_path: Path) -> None:
    [entry] = read_registry(registered(tmp_path, lines(ALPACA, {"instruction": "x"}, ALPACA) + "{\n"))
    heard: list[ToolError] = []
    assert len(list(rows_of(entry, 1, heard.append))) == 2
    assert [str(error).split(": ")[0][-6:] for error in heard] == ["line 2", "line 4"]


def test_samples_are_drawn_by_lot(tmp_path: Path) -> None:
    items = [ALPACA | {"instruction": f"question {number}"} for number in range(20)]
    registry = registered(tmp_path, lines(*items), num_samples=5)
    [entry] = read_registry(registry)
    drawn = [row.id for row in rows_of(entry, 1)]
    assert len(set(drawn)) == 5
    assert drawn == [row.id for row in rows_of(entry, 1)]
    assert drawn != [row.id for row in rows_of(entry, 2)]
    more = rows(tmp_path, lines(*items), num_samples=50)
    assert len(more) == len({row.id for row in more}) == 50


def test_a_folder_is_all_the_files_in_it_and_a_subset_one_folder_below(tmp_path: Path) -> None:
    (tmp_path / "chats" / "shop").mkdir(parents=True)
    (tmp_path / "chats" / "shop" / "b.jsonl").write_text(lines(ALPACA), encoding="utf-8")
    (tmp_path / "chats" / "shop" / "a.json").write_text(json.dumps([ALPACA]), encoding="utf-8")
    (tmp_path / "chats" / "shop" / "note.txt").write_text("nothing", encoding="utf-8")
    (tmp_path / "dataset_info.json").write_text(
        json.dumps({"faq": {"file_name": "chats", "subset": "shop"}}), encoding="utf-8"
    )
    [entry] = read_registry(tmp_path)
    assert [path.name for path in entry.files] == ["a.json", "b.jsonl"]
    assert len(list(rows_of(entry, 1))) == 2


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"file_name": "none.json"}, "is missing"),
        ({}, "'file_name' is missing"),
        ({"hf_hub_url": "somebody/something"}, "lies on a hub"),
        ({"file_name": "faq.jsonl", "formatting": "xml"}, "'formatting' is none of"),
        ({"file_name": "faq.jsonl", "ranking": True}, "preferences"),
        ({"file_name": "faq.jsonl", "columns": {"answer": "x"}}, "'columns' has 'answer'"),
        ({"file_name": "faq.jsonl", "tags": {"role": "x"}}, "'tags' has 'role'"),
        ({"file_name": "faq.jsonl", "num_samples": 0}, "'num_samples'"),
        ({"file_name": "faq.jsonl", "colums": {}}, "'colums' is no field"),
        ({"file_name": "faq.txt"}, "convert it first"),
    ],
)
def test_a_bad_registry_is_named_by_entry_and_field(tmp_path: Path, entry: dict[str, Any], said: str) -> None:
    for name in ("faq.jsonl", "faq.txt"):
        (tmp_path / name).write_text(lines(ALPACA), encoding="utf-8")
    path = tmp_path / "dataset_info.json"
    path.write_text(json.dumps({"good": {"file_name": "faq.jsonl"}, "bad": entry}), encoding="utf-8")
    with pytest.raises(ToolError) as caught:
        read_registry(path)
    assert str(caught.value).startswith(f"{path}, 'bad'")
    assert said in str(caught.value)
    assert [entry.name for entry in read_registry(path, ["good"])] == ["good"]


@pytest.mark.parametrize("text", ["{", "[]", '{"faq": "faq.json"}', b"\xff"])
def test_a_file_that_is_no_registry_is_a_clear_error(tmp_path: Path, text: str | bytes) -> None:
    path = tmp_path / "dataset_info.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ToolError, match="is no registry"):
        read_registry(path)


def test_a_name_that_the_registry_does_not_have_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ToolError, match="has no dataset 'other'; it has 'faq'"):
        read_registry(registered(tmp_path, lines(ALPACA)), ["other"])
    with pytest.raises(ToolError, match="cannot be read"):
        read_registry(tmp_path / "none.json")


def test_pictures_and_tools_are_refused_where_a_row_has_any(tmp_path: Path) -> None:
    columns = {"messages": "conversations", "images": "images"}
    assert rows(tmp_path, lines(SHAREGPT | {"images": []}), formatting="sharegpt", columns=columns)
    with pytest.raises(ToolError, match="'images' holds images"):
        rows(tmp_path, lines(SHAREGPT | {"images": ["a.png"]}), formatting="sharegpt", columns=columns)


@pytest.mark.skipif(not REAL.is_dir(), reason="the instruction files of others are not here")
def test_files_of_others_are_read_whole(tmp_path: Path) -> None:
    for path in REAL.glob("lf_*.json"):
        shutil.copy(path, tmp_path / path.name.removeprefix("lf_"))
    registry = tmp_path / "dataset_info.json"
    entries = read_registry(registry, ["identity", "alpaca_zh_demo"])
    counts = {entry.name: len(list(rows_of(entry, 1))) for entry in entries}
    assert counts["alpaca_zh_demo"] == len(json.loads((tmp_path / "alpaca_zh_demo.json").read_text(encoding="utf-8")))
    assert counts["identity"] == len(json.loads((tmp_path / "identity.json").read_text(encoding="utf-8")))
    for name in json.loads(registry.read_text(encoding="utf-8")):
        if name not in counts:
            with pytest.raises(ToolError):
                read_registry(registry, [name])
