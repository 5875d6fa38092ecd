"""The step as a whole: the same bytes for the same order, nothing half written, nothing silently left out."""

from __future__ import annotations

import hashlib
import json
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from shopdesk.core.prompting import PROMPT_VERSION, SYSTEM
from tools.counter.dialogue import MANIFEST, DialogueMaker
from tools.dataset.form import FREE, Form, estimated_tokens, manifest_named
from tools.dataset.generated import conversation_row, generated_rows
from tools.dataset.lengths import length_of, load_measure, told
from tools.dataset.making import Made, make_dataset, preview_rows
from tools.dataset.order import Order
from tools.dataset.references import passes
from tools.dataset.report import as_seen, statistics
from tools.dataset.rows import Emphasis, ExamRow, Message, Row, answer, read_exam, read_rows
from tools.errors import ToolError

ROOT = Path(__file__).resolve().parents[2]
FILES = ("train.jsonl", "valid.jsonl", "exam.jsonl", "dataset.json")
SMALL = Order(generated=40, plain=15, valid=8, exam=10, manifest=MANIFEST)


def made(order: Order, out: Path) -> Made:
    return make_dataset(order, out, lambda line: None)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    items = [{"instruction": f"question {number}", "output": "answer " * (number + 1)} for number in range(120)]
    (tmp_path / "faq.json").write_text(json.dumps(items), encoding="utf-8")
    path = tmp_path / "dataset_info.json"
    path.write_text(json.dumps({"faq": {"file_name": "faq.json"}}), encoding="utf-8")
    return path


# ---- the same again


def test_the_same_order_makes_the_same_bytes(tmp_path: Path) -> None:
    first, second = made(SMALL, tmp_path / "a"), made(replace(SMALL, processes=2), tmp_path / "b")
    assert set(contents(first.folder)) == set(FILES)
    assert contents(first.folder) == contents(second.folder)
    other = made(replace(SMALL, seed=2), tmp_path / "c")
    assert contents(other.folder)["train.jsonl"] != contents(first.folder)["train.jsonl"]


def test_a_shop_makes_the_same_bytes_in_any_number_of_processes(home: Path, tmp_path: Path) -> None:
    order = Order(shop=home, samples=14, valid=0, exam=3)
    assert contents(made(order, tmp_path / "a").folder) == contents(
        made(replace(order, processes=2), tmp_path / "b").folder
    )


def test_what_is_there_already_is_left_alone(tmp_path: Path) -> None:
    first = made(SMALL, tmp_path / "data")
    again = made(replace(SMALL, processes=2), tmp_path / "data")
    assert (first.fresh, again.fresh) == (True, False)
    assert again.card == first.card


@pytest.mark.parametrize("name", ["train.jsonl", "exam.jsonl", "dataset.json"])
def test_what_is_damaged_or_missing_is_made_anew(tmp_path: Path, name: str) -> None:
    folder = made(SMALL, tmp_path / "data").folder
    before = contents(folder)
    (folder / name).write_bytes(before[name][:-20])
    if name == "dataset.json":
        assert made(SMALL, folder).fresh
        assert contents(folder) == before
        return
    assert made(SMALL, folder).fresh
    (folder / name).unlink()
    assert made(SMALL, folder).fresh
    assert contents(folder) == before


def test_other_inputs_are_made_anew(tmp_path: Path, registry: Path) -> None:
    order = Order(registry=registry)
    folder = made(order, tmp_path / "data").folder
    assert not made(order, folder).fresh
    text = (tmp_path / "faq.json").read_text(encoding="utf-8")
    (tmp_path / "faq.json").write_text(text.replace("question 7", "another 7"), encoding="utf-8")
    assert made(order, folder).fresh
    assert made(replace(order, manifest=MANIFEST), folder).fresh


# ---- nothing half written


def test_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = made(SMALL, tmp_path / "data").folder
    before = contents(folder)
    write = Path.write_bytes

    def full(self: Path, data: bytes) -> int:
        if self.name == "valid.jsonl":
            raise OSError(28, "No space left on device")
        return write(self, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(ToolError, match="No space left on device"):
        made(replace(SMALL, seed=9), folder)
    assert contents(folder) == before
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_what_a_kill_left_behind_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "data.partial").mkdir()
    (tmp_path / "data.partial" / "train.jsonl").write_text("half", encoding="utf-8")
    (tmp_path / "data.old").mkdir()
    made(SMALL, tmp_path / "data")
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_a_folder_of_something_else_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "letter.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(ToolError, match="holds something else"):
        made(SMALL, tmp_path / "data")
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["letter.txt"]
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(ToolError, match="holds something else"):
        made(SMALL, tmp_path / "file")


# ---- the card


def test_the_card_says_what_is_in_the_files(tmp_path: Path) -> None:
    folder = made(SMALL, tmp_path / "data").folder
    card = json.loads((folder / "dataset.json").read_text(encoding="utf-8"))
    rows: dict[str, list[Row]] = {
        "train": list(read_rows(folder / "train.jsonl")), "valid": list(read_rows(folder / "valid.jsonl")),
        "exam": [*read_exam(folder / "exam.jsonl")],
    }  # fmt: skip
    assert {split: len(found) for split, found in rows.items()} == {"train": 55, "valid": 8, "exam": 10}
    for split, found in rows.items():
        file = card["files"][f"{split}.jsonl"]
        assert file["rows"] == len(found)
        assert file["sha256"] == hashlib.sha256((folder / f"{split}.jsonl").read_bytes()).hexdigest()
        for name, of in (("class", "class_name"), ("kind", "kind"), ("language", "language"), ("source", "source")):
            counted = card["counts"][name][split]
            assert counted == {value: sum(getattr(row, of) == value for row in found) for value in counted}
            assert sum(counted.values()) == len(found)
        assert len({row.id for row in found}) == len(found)
    assert card["counts"]["source"]["train"] == {"generated": 40, "plain": 15}
    assert (card["format"], card["prompt_version"], card["seed"]) == (1, PROMPT_VERSION, 1)
    assert str(tmp_path) not in (folder / "dataset.json").read_text(encoding="utf-8")


def test_the_statistics_are_told(tmp_path: Path, registry: Path) -> None:
    card = made(replace(SMALL, registry=registry), tmp_path / "data").card
    text = statistics(card)
    assert "faq" in text
    assert "characters p50" in text
    assert "give a tokenizer" in text


def test_lengths() -> None:
    found = told([10, 20, 130, 700], 128)
    assert (found["p50"], found["max"], found["longer_than_cut"]) == (130, 700, 2)
    assert found["histogram"] == {"0": 2, "128": 1, "640": 1}
    assert told([5], None)["longer_than_cut"] is None
    assert told([], 5) == {"rows": 0}


@pytest.mark.train
def test_tokens_are_counted_by_a_tokenizer_and_long_rows_are_kept(tmp_path: Path, registry: Path) -> None:
    tokenizers = pytest.importorskip("tokenizers")
    model = tokenizers.models.WordLevel({"[UNK]": 0}, unk_token="[UNK]")
    tokenizer = tokenizers.Tokenizer(model)
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.WhitespaceSplit()
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    unit, measure = load_measure(tmp_path)
    assert (unit, measure("one two three")) == ("tokens", 3)
    order = Order(registry=registry, tokenizer=tmp_path, cut_length=100)
    card = made(order, tmp_path / "data").card
    rows = list(read_rows(tmp_path / "data" / "train.jsonl"))
    longer = sum(length_of(row, measure) > 100 for row in rows)
    assert card["lengths"]["train"]["longer_than_cut"] == longer > 0
    assert max(len(row.messages[-1].content.split()) for row in rows) > 100
    assert "would not be learned whole" in statistics(card)
    (tmp_path / "tokenizer.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ToolError, match="is no tokenizer"):
        made(order, tmp_path / "other")


# ---- files


def test_rows_of_files_are_shared_out_by_what_they_ask(tmp_path: Path, registry: Path) -> None:
    folder = made(Order(registry=registry), tmp_path / "data").folder
    train, valid = list(read_rows(folder / "train.jsonl")), list(read_rows(folder / "valid.jsonl"))
    assert len(train) + len(valid) == 120
    assert valid
    assert {row.messages[0].content for row in train}.isdisjoint(row.messages[0].content for row in valid)
    assert (folder / "exam.jsonl").read_bytes() == b""


def test_bad_rows_are_skipped_and_counted_only_when_told_to(tmp_path: Path, registry: Path) -> None:
    (tmp_path / "faq.json").write_text('{"instruction": "q", "output": "a"}\n{"instruction": "q"}\n', encoding="utf-8")
    order = Order(registry=registry, generated=3, exam=0, valid=0)
    with pytest.raises(ToolError, match="line 2: 'output' is missing"):
        made(order, tmp_path / "data")
    assert not (tmp_path / "data").exists()
    card = made(replace(order, skip_bad=True), tmp_path / "data").card
    assert card["left_out"]["skipped"] == {"faq": 1}
    assert "skipped: 1 bad rows of faq" in statistics(card)


@pytest.mark.parametrize(
    ("order", "said"),
    [
        (Order(), "nothing to make rows from"),
        (Order(generated=3, answers=Path("x")), "belong to a shop"),
        (Order(generated=3, tokenizer=Path("none")), "is missing"),
        (Order(shop=Path("none")), "holds no shop"),
    ],
)
def test_an_order_that_cannot_be_carried_out_is_refused_at_once(tmp_path: Path, order: Order, said: str) -> None:
    with pytest.raises(ToolError, match=said):
        made(order, tmp_path / "data")
    assert list(tmp_path.iterdir()) == []


# ---- shops that never were


def test_generated_rows_are_lessons_of_the_embedded_model() -> None:
    form = Form(MANIFEST, estimated_tokens)
    rows = [row for row in generated_rows("generated", "exam", 40, form, "s") if isinstance(row, ExamRow)]
    assert len(rows) == 40
    assert all(passes(row.reference.strip(), row.plan, MANIFEST) and row.reference[0] == " " for row in rows)
    assert all(row.messages[0] == Message("system", SYSTEM) and row.messages[-1].role == "user" for row in rows)
    plain = list(generated_rows("plain", "train", 40, form, "s"))
    assert 0 < sum(row.messages[0].role == "system" for row in plain) < 20
    assert all(row.messages[-1].weight == 1 for row in plain)


def test_a_generated_conversation_has_other_prompts_for_another_model() -> None:
    conversation = DialogueMaker(random.Random(2)).conversation()
    counter, free = (
        conversation_row(
            conversation, Form(manifest, estimated_tokens), random.Random(1), "x", "g", "train", system=True
        )
        for manifest in (MANIFEST, FREE)
    )
    assert counter.emphasis
    assert not free.emphasis
    assert counter.messages[-1].content == f" {free.messages[-1].content}"
    assert counter.messages[1].content == conversation.turns[0].prompt != free.messages[1].content


def test_a_manifest_is_named_or_a_file(tmp_path: Path) -> None:
    assert manifest_named("counter") == MANIFEST
    assert manifest_named("free") == FREE
    path = tmp_path / "model.json"
    path.write_text(
        json.dumps({"name": "m", "file": "m.gguf", "facts_per_prompt": 2, "words": ["a"]}), encoding="utf-8"
    )
    assert manifest_named(str(path)).facts_per_prompt == 2
    for text in ("{", "[]", '{"file": "m.gguf"}'):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(ToolError, match="is no manifest"):
            manifest_named(str(path))
    with pytest.raises(ToolError, match="neither counter nor free nor a manifest file"):
        manifest_named(str(tmp_path / "none.json"))


# ---- to be looked at


def test_a_preview_shows_what_is_learned(tmp_path: Path, registry: Path) -> None:
    row = Row(
        "r", "product", "price", "zh", "s", (Message("user", "要点: [1] 夹克\n问题: 价"), answer(" 夹克 ¥1 [1]。")),
        (Emphasis(0, 7, 10, 0.3),),
    )  # fmt: skip
    seen = as_seen(row)
    assert "<|im_start|>user\n要点: [1]‹ 夹克›\n问题: 价<|im_end|>" in seen
    assert "<|im_start|>assistant\n« 夹克 ¥1 [1]。<|im_end|>»" in seen
    rows = preview_rows(replace(SMALL, registry=registry), 3)
    assert [row.source for row in rows] == ["generated"] * 3 + ["plain"] * 3 + ["faq"] * 3


def script(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "tools" / "make_dataset.py"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", env={"PATH": "", "PYTHONIOENCODING": "utf-8"})


def test_the_script(tmp_path: Path) -> None:
    out = tmp_path / "data"
    done = script(out, "--generated", 4, "--manifest", "counter", "--valid", 1, "--exam", 1)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == str(out)
    assert {path.name for path in out.iterdir()} == set(FILES)
    shown = script(tmp_path / "none", "--generated", 4, "--preview", 2)
    assert shown.stdout.count("--- generated-train") == 2
    assert not (tmp_path / "none").exists()
    failed = script(tmp_path / "none", "--registry", tmp_path / "none.json")
    assert failed.returncode == 1
    assert failed.stderr.startswith("error: ")
    assert len(failed.stderr.splitlines()) == 1
    assert script(tmp_path / "none").returncode == 2
    assert script(tmp_path / "none", "--generated", -1).returncode == 2
