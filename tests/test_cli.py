"""The command line that people script: names, exit codes, JSON keys."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.cli import arguments, main, texts
from shopdesk.cli.console import Console, use_utf8
from shopdesk.core.errors import UserFacingError


class Outcome(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Command = Callable[..., Outcome]


@pytest.fixture
def shopdesk(home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run one command in the sample shop, in this process."""

    def run(*given: str, input: str = "") -> Outcome:
        monkeypatch.setattr(sys, "stdin", io.StringIO(input))
        code = main(["--home", str(home), *given])
        return Outcome(code, *capsys.readouterr())

    return run


# --- ask ------------------------------------------------------------------------------------------

ASK_KEYS = {
    "id", "question", "answer", "language", "route", "facts", "citations", "grounded", "repaired", "model", "tokens",
    "timings_ms",
}  # fmt: skip


def test_ask_prints_answer_and_source(shopdesk: Command) -> None:
    said = shopdesk("ask", "JKT-105 多少钱", "--route", "exact")
    assert said.code == 0
    answer, source, *_ = said.out.splitlines()
    assert "¥404.00" in answer and "[1]" in answer
    assert source.strip().startswith("[1] JKT-105 · ") and "¥404.00" in source


def test_what_was_worked_out_has_no_key_in_its_source_line(shopdesk: Command) -> None:
    asked = ("ask", "TRS-225 有哪些尺码", "--route", "exact")
    worked_out = [fact for fact in shopdesk(*asked, "--json").json["facts"] if fact["kind"] == "computed"]
    assert worked_out and worked_out[0]["key"]
    sources = shopdesk(*asked).out
    assert f"] {worked_out[0]['title']}" in sources and f"] {worked_out[0]['key']} ·" not in sources


def test_ask_json_has_the_promised_keys(shopdesk: Command) -> None:
    said = shopdesk("ask", "how much is JKT-105?", "--route", "exact", "--json")
    assert said.code == 0
    assert set(said.json) >= ASK_KEYS
    assert said.json["language"] == "en" and said.json["route"] == "exact"
    fact = said.json["facts"][0]
    assert fact["key"] == "JKT-105" and fact["fields"]["price"] == "404.00" and fact["fields"]["stock"] == 15
    assert said.json["citations"] == [1] and said.json["grounded"] is True
    assert said.json["model"] is None and said.json["timings_ms"]["first_token"] is None  # no model was asked


def test_a_conversation_goes_on(shopdesk: Command) -> None:
    first = shopdesk("ask", "JKT-105 多少钱", "--route", "exact", "--json").json
    then = shopdesk("ask", "在哪个货位?", "--conversation", str(first["conversation"]), "--route", "exact", "--json")
    assert then.json["conversation"] == first["conversation"]
    assert "A5" in then.json["answer"]


def test_an_unknown_conversation_is_the_worlds_fault(shopdesk: Command) -> None:
    said = shopdesk("ask", "JKT-105", "--conversation", "999999")
    assert said.code == 1 and "999999" in said.err and said.out == ""


def test_a_question_can_come_from_standard_input(shopdesk: Command) -> None:
    said = shopdesk("ask", "-", "--route", "exact", "--json", input="JKT-105 多少钱\n")
    assert "404.00" in said.json["answer"]


def test_batch_answers_in_order_with_history_and_keeps_nothing(shopdesk: Command) -> None:
    history = [{"question": "JKT-105 多少钱", "answer": "¥404.00 [1]"}]
    lines = [{"id": "a", "question": "JKT-105 price?"}, {"id": 2, "question": "库存多少?", "history": history}]
    said = shopdesk("ask", "--batch", "-", "--route", "exact", input="\n".join(map(json.dumps, lines)) + "\n")
    answers = [json.loads(line) for line in said.out.splitlines()]
    assert said.code == 0
    assert [answer["id"] for answer in answers] == ["a", 2]
    assert all(set(answer) >= ASK_KEYS for answer in answers)
    assert "404.00" in answers[0]["answer"] and "15" in answers[1]["answer"]


def test_a_bad_line_of_a_batch_does_not_stop_the_others(shopdesk: Command, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text('nonsense\n\n{"id": 1}\n{"id": 2, "question": ""}\n{"id": 3, "question": "JKT-105?"}\n', "utf-8")
    said = shopdesk("ask", "--batch", str(file), "--route", "exact")
    answers = [json.loads(line) for line in said.out.splitlines()]
    assert said.code == 1
    assert [answer["id"] for answer in answers] == [None, 1, 2, 3]
    assert [answer.get("error", {}).get("code") for answer in answers] == [
        "batch_line_bad", "batch_line_bad", "question_empty", None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "history", ["x", 5, {"question": "a"}, [None], ["x"], [{"question": "JKT-105"}], [{"question": None, "answer": 3}]]
)
def test_a_history_of_another_shape_fails_its_line_alone(shopdesk: Command, history: Any) -> None:
    lines = [{"id": 1, "question": "它多少钱", "history": history}, {"id": 2, "question": "JKT-105 多少钱"}]
    said = shopdesk("ask", "--batch", "-", "--route", "exact", input="\n".join(map(json.dumps, lines)))
    assert said.code == 1
    first, second = map(json.loads, said.out.splitlines())
    assert first["id"] == 1 and first["error"]["code"] == "batch_history_bad"
    assert "¥404.00" in second["answer"]


@pytest.mark.parametrize("line", ["[" * 100_000, '{"id": NaN, "question": "JKT-105"}'])
def test_json_that_python_alone_would_take_or_choke_on_is_a_bad_line(shopdesk: Command, line: str) -> None:
    said = shopdesk("ask", "--batch", "-", "--route", "exact", input=line + "\n")
    assert said.code == 1
    assert said.json["error"]["code"] == "batch_line_bad"


def test_a_byte_order_mark_is_no_part_of_a_batch(shopdesk: Command) -> None:
    said = shopdesk("search", "--batch", "-", input='\ufeff{"id": 1, "query": "JKT-105"}\n')
    assert said.code == 0 and said.json["results"]


def test_a_batch_file_that_is_not_there_is_the_worlds_fault(shopdesk: Command) -> None:
    assert shopdesk("ask", "--batch", "nowhere.jsonl").code == 1


@pytest.mark.parametrize("question", ["", "   ", "\u200b\n"])
def test_an_empty_question_leaves_no_conversation(shopdesk: Command, home: Path, question: str) -> None:
    said = shopdesk("ask", question)
    if said.code == 0:  # a zero-width character is a question, if a poor one
        return
    assert said.code == 1 and said.err
    from shopdesk.store import open_store

    with open_store(home / "shop.db") as store:
        assert store.conversations.list() == []


@pytest.mark.parametrize(
    "question",
    [
        "黑" * 90_000,
        "😀🎉🔥",
        "\x1b[31mrot\x07\x00",
        "¿Cuánto cuesta la chaqueta?",
        "'; DROP TABLE products; --",
        '"*NEAR(',
    ],
)
def test_strange_questions_get_an_answer(shopdesk: Command, question: str) -> None:
    said = shopdesk("ask", "-", "--json", "--route", "exact", input=question)
    assert said.code == 0
    assert said.json["answer"]


def test_a_model_that_is_not_there_is_told_and_the_rows_answer(shopdesk: Command) -> None:
    said = shopdesk("ask", "JKT-105 多少钱", "--model", "no-such-model")
    assert said.code == 0
    assert "no-such-model" in said.err and "404.00" in said.out


def test_a_model_that_must_write_and_cannot_is_an_error(shopdesk: Command) -> None:
    said = shopdesk("ask", "JKT-105 多少钱", "--model", "no-such-model", "--route", "model")
    assert said.code == 1 and said.out == ""


# --- search, extract ------------------------------------------------------------------------------


def test_search_finds_in_both_languages(shopdesk: Command) -> None:
    for query in ("黑色 夹克", "black jacket", "jkt-105"):
        found = shopdesk("search", query, "--kind", "products", "--json", "--limit", "5").json
        assert set(found) == {"query", "results", "ms"}
        assert "JKT-105" in [result["key"] for result in found["results"]], query
        assert set(found["results"][0]) == {"kind", "key", "title", "score", "fields"}
        assert len(found["results"]) <= 5


def test_a_limit_beyond_all_rows_is_no_limit(shopdesk: Command) -> None:
    assert len(shopdesk("search", "jacket", "--limit", str(2**40), "--json").json["results"]) > 10


def test_search_batch(shopdesk: Command) -> None:
    said = shopdesk("search", "--batch", "-", input='{"id": 7, "query": "退货"}\n{"id": 8, "query": "jacket"}\n')
    first, second = map(json.loads, said.out.splitlines())
    assert (first["id"], second["id"]) == (7, 8)
    assert "policy" in [result["kind"] for result in first["results"]]


def test_extract_says_null_where_the_question_says_nothing(shopdesk: Command) -> None:
    wishes = shopdesk("extract", "黑色跑鞋，500元以内", "--json").json
    assert wishes["color"] == "黑色" and wishes["price_range"] == [None, 500.0] and wishes["size"] is None


# --- records --------------------------------------------------------------------------------------

PRODUCT_FIELDS = {
    "sku", "name", "brand", "category", "price", "list_price", "currency", "stock", "unit", "barcode", "color", "size",
    "location", "description", "image", "store", "attributes",
}  # fmt: skip


def test_lists_have_the_promised_fields(shopdesk: Command) -> None:
    products = shopdesk("products", "list", "--json").json
    assert all(set(product) >= PRODUCT_FIELDS for product in products)
    assert all(product["price"] is None or isinstance(product["price"], str) for product in products)
    policies = shopdesk("policies", "--json").json
    assert policies and all(policy["title"] and policy["body"] for policy in policies)
    assert shopdesk("promotions", "list", "--json").json and shopdesk("orders", "list", "--json").json


def test_show_and_its_absence(shopdesk: Command) -> None:
    assert shopdesk("products", "show", "JKT-105", "--json").json["location"] == "A5"
    missing = shopdesk("products", "show", "NO-SUCH")
    assert missing.code == 1 and "NO-SUCH" in missing.err


def test_an_export_comes_back_unchanged(shopdesk: Command, tmp_path: Path) -> None:
    file = tmp_path / "products.csv"
    assert shopdesk("products", "export", str(file)).code == 0
    report = shopdesk("import", str(file), "--dry-run", "--json").json
    assert report["rejected"] == 0 and report["kind"] == "products"
    assert report["read"] == len(shopdesk("products", "list", "--json").json)


def test_a_list_is_not_written_under_the_name_of_another_form(shopdesk: Command, tmp_path: Path) -> None:
    file = tmp_path / "products.xlsx"
    refused = shopdesk("products", "export", str(file))
    assert refused.code == 1 and ".csv" in refused.err and not file.exists()


def test_the_terminal_chat_tells_how_it_is_used_and_takes_commands_for_no_questions(
    shopdesk: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shopdesk.cli.start.has_display", lambda: False)
    told = shopdesk("--language", "en", input="/help\n/quit\nJKT-105 price\n")
    assert told.code == 0 and told.out == "" and "shopdesk --help" in told.err
    assert shopdesk("gaps", "--json").json == []


# --- import ---------------------------------------------------------------------------------------

IMPORT_KEYS = {
    "kind", "file", "encoding", "delimiter", "header", "mapping", "read", "new", "changed", "unchanged", "rejected",
    "suspicious", "rejected_file", "batch",
}  # fmt: skip


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    file = tmp_path / "商品 目录.csv"
    file.write_bytes("货号,商品名称,售价,库存\r\nQQ-1,长柄雨伞,59.00,4\r\nQQ-2,折叠雨伞,39.90,0\r\n".encode("gb18030"))
    return file


def test_a_dry_run_writes_nothing(shopdesk: Command, catalogue: Path) -> None:
    report = shopdesk("import", str(catalogue), "--dry-run", "--json").json
    assert set(report) >= IMPORT_KEYS
    assert report["new"] == 2 and report["batch"] is None and report["mapping"]["sku"] == "货号"
    assert shopdesk("products", "show", "QQ-1").code == 1


def test_an_import_is_listed_and_undone(shopdesk: Command, catalogue: Path) -> None:
    batch = shopdesk("import", str(catalogue), "--json").json["batch"]
    assert shopdesk("products", "show", "QQ-1", "--json").json["price"] == "59.00"
    assert batch in [each["batch"] for each in shopdesk("imports", "--json").json]
    assert shopdesk("imports", "show", str(batch), "--json").code == 0
    assert shopdesk("imports").code == 0
    assert shopdesk("imports", "undo", str(batch)).code == 0
    assert shopdesk("products", "show", "QQ-1").code == 1
    assert shopdesk("products", "show", "JKT-105").code == 0


def test_an_import_is_told_in_words(shopdesk: Command, tmp_path: Path) -> None:
    file = tmp_path / "lamps.csv"
    file.write_text("sku,name,price,Shade\nL-1,Lamp,12.50,linen\n", encoding="utf-8")
    planned = shopdesk("--language", "en", "import", str(file), "--currency", "EUR", "--dry-run").out
    assert "currency: EUR" in planned and "kept as attributes: Shade" in planned and "1 row read:" in planned
    batch = shopdesk("import", str(file), "--json").json["batch"]
    listed = shopdesk("--language", "zh", "imports").out
    assert "商品" in listed and "新增 1" in listed and "+00:00" not in listed and "{" not in listed
    shown = shopdesk("--language", "en", "imports", "show", str(batch)).out
    assert "1 new" in shown and "{" not in shown and "sku ← sku" in shown
    missing = shopdesk("--language", "en", "products", "show", "nosuch").err
    assert "There is no product nosuch." in missing


def test_columns_can_be_named(shopdesk: Command, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text("a,b,c\nQQ-9,Umbrella,12.50\n", encoding="utf-8")
    options = ("--kind", "products", "--map", "sku=a", "--map", "name=b", "--map", "price=c", "--currency", "USD")
    assert shopdesk("import", str(file), *options, "--json").json["new"] == 1
    shown = shopdesk("products", "show", "QQ-9", "--json").json
    assert (shown["price"], shown["currency"]) == ("12.50", "USD")


def test_attributes_are_taken_in_after_their_products_in_whatever_order_the_files_come(
    shopdesk: Command, tmp_path: Path
) -> None:
    (tmp_path / "goods_attribute.csv").write_text("id,goods_id,attribute,value\n1,1,材质,竹\n", encoding="utf-8")
    (tmp_path / "goods.csv").write_text("id,goods_sn,name,retail_price\n1,G-1,竹砧板,39\n", encoding="utf-8")
    files = (str(tmp_path / "goods_attribute.csv"), str(tmp_path / "goods.csv"))
    reports = shopdesk("import", *files, "--yes", "--json").json
    assert [(report["kind"], report["rejected"]) for report in reports] == [("attributes", 0), ("products", 0)]
    assert shopdesk("products", "show", "G-1", "--json").json["attributes"] == {"材质": "竹"}


def test_several_files_give_an_array(shopdesk: Command, catalogue: Path) -> None:
    assert isinstance(shopdesk("import", str(catalogue), str(catalogue), "--dry-run", "--json").json, list)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("typed", "imported"), [("n\n", False), ("", False), ("y\n", True), ("是\n", True)])
def test_a_person_at_a_terminal_is_asked(
    home: Path, catalogue: Path, monkeypatch: pytest.MonkeyPatch, typed: str, imported: bool
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(typed))
    assert main(["--home", str(home), "import", str(catalogue)]) == 0
    assert (main(["--home", str(home), "products", "show", "QQ-1"]) == 0) is imported


def test_a_table_of_a_database_is_taken_in_like_a_file(shopdesk: Command, tmp_path: Path) -> None:
    with contextlib.closing(sqlite3.connect(tmp_path / "chain.db")) as chain, chain:
        chain.execute("CREATE TABLE goods (sku, name, price)")
        chain.execute("INSERT INTO goods VALUES ('S-1', 'Mug', 9.5)")
    database = ("--database", f"sqlite:///{tmp_path / 'chain.db'}")
    assert shopdesk("import", *database, "--table", "goods", "--yes").code == 0
    assert shopdesk("products", "show", "S-1", "--json").json["price"] == "9.50"
    for wrong in ((), database, ("--table", "goods")):
        assert shopdesk("import", *wrong).code == 2


def test_a_file_that_is_not_there_is_the_worlds_fault(shopdesk: Command) -> None:
    said = shopdesk("import", "nowhere.csv")
    assert said.code == 1 and "nowhere.csv" in said.err


# --- models, doctor, backup -----------------------------------------------------------------------


def test_models_are_listed_added_chosen_and_removed(shopdesk: Command, bundled_model: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.gguf"
    copy.write_bytes(bundled_model.read_bytes())
    manifest = json.loads(bundled_model.with_suffix(".json").read_text(encoding="utf-8"))
    copy.with_suffix(".json").write_text(json.dumps({**manifest, "name": "A Copy"}), encoding="utf-8")

    listed = shopdesk("models", "--json").json
    assert [(model["bundled"], model["used"]) for model in listed] == [(True, True)]
    assert shopdesk("models", "verify", listed[0]["name"]).code == 0
    assert shopdesk("models", "add", str(copy)).code == 0
    assert shopdesk("models", "use", "A Copy").code == 0
    assert [m["name"] for m in shopdesk("models", "list", "--json").json if m["used"]] == ["A Copy"]
    assert shopdesk("models", "remove", "A Copy").code == 0
    assert shopdesk("models", "remove", listed[0]["name"]).code == 1


def test_a_foreign_file_does_not_get_on_the_shelf(shopdesk: Command, tmp_path: Path) -> None:
    (tmp_path / "text.gguf").write_text("no model", encoding="utf-8")
    said = shopdesk("models", "add", str(tmp_path / "text.gguf"))
    assert said.code == 1 and "text.gguf" in said.err


def test_doctor_tells_about_program_machine_and_database(shopdesk: Command) -> None:
    report = shopdesk("doctor", "--json").json
    assert {"python", "llama_cpp", "cpu", "model", "database", "fonts", "problems"} <= set(report)
    assert report["database"]["rows"]["products"] > 100
    assert report["cpu"]["cores"] >= 1


def test_doctor_says_how_the_model_was_fitted_to_the_machine(shopdesk: Command, bundled_model: Path) -> None:
    report = shopdesk("doctor", "--json").json
    loaded = report["model"]["loaded"]
    assert loaded["threads"] >= 1 and loaded["context"] > 0 and loaded["devices"] == []
    lines = report["explained"]
    assert len(lines) >= 3 and str(loaded["context"]) in lines[1]
    said = shopdesk("doctor", "--language", "zh")
    assert "本机有" in said.out and "未使用显卡" in said.out
    assert "数据库" in said.out and "=" not in said.out and "database" not in said.out


def test_doctor_tells_of_a_model_server_that_does_not_answer(
    shopdesk: Command, home: Path, bundled_model: Path
) -> None:
    (home / "settings.json").write_text('{"engine_url": "http://127.0.0.1:9"}', encoding="utf-8")
    said = shopdesk("doctor", "--json", "--language", "en")
    assert said.code == 1 and "http://127.0.0.1:9/v1" in said.json["problems"][0]
    assert said.json["model"]["server"] == "http://127.0.0.1:9/v1" and said.json["model"]["loaded"] is not None
    assert any("does not answer" in line and said.json["model"]["name"] in line for line in said.json["explained"])


def test_doctor_names_what_is_wrong(shopdesk: Command, home: Path) -> None:
    (home / "shop.db").write_bytes(b"this is no database, whatever its name says" * 100)
    said = shopdesk("doctor", "--json")
    assert said.code == 1 and said.json["problems"] and said.json["database"] is None


def test_a_backup_brings_the_shop_back(shopdesk: Command, catalogue: Path, tmp_path: Path) -> None:
    file = tmp_path / "backup.db"
    assert shopdesk("backup", str(file)).code == 0
    shopdesk("import", str(catalogue))
    assert shopdesk("products", "show", "JKT-105").code == 1
    assert shopdesk("restore", str(file)).code == 0
    assert shopdesk("products", "show", "JKT-105").code == 0
    assert shopdesk("restore", str(catalogue)).code == 1


# --- usage, language, faults ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "given",
    [
        ["nonsense"],
        ["ask"],
        ["ask", "x", "--batch", "-"],
        ["ask", "x", "--route", "sideways"],
        ["ask", "--batch", "-", "--conversation", "1"],
        ["search"],
        ["search", "x", "--limit", "0"],
        ["import"],
        ["import", "x.csv", "--map", "sku"],
        ["imports", "undo"],
        ["imports", "undo", "9" * 30],
        ["ask", "x", "--conversation", "9" * 30],
        ["search", "x", "--limit", "9" * 30],
        ["products", "show"],
        ["models", "use"],
        ["backup"],
        ["--language", "fr"],
    ],
)
def test_wrong_usage_exits_with_2(shopdesk: Command, given: list[str]) -> None:
    said = shopdesk(*given)
    assert said.code == 2 and said.out == "" and said.err


@pytest.mark.parametrize("place", ["before", "after"])
def test_home_stands_before_or_after_the_command(home: Path, capsys: pytest.CaptureFixture[str], place: str) -> None:
    where, what = ["--home", str(home)], ["products", "show", "JKT-105", "--json"]
    assert main([*where, *what] if place == "before" else [*what, *where]) == 0
    assert json.loads(capsys.readouterr().out)["sku"] == "JKT-105"


def test_messages_are_in_the_users_language(shopdesk: Command) -> None:
    assert "请输入问题" in shopdesk("ask", "", "--language", "zh").err
    assert "Please type" in shopdesk("--language", "en", "ask", "").err
    assert "命令" in shopdesk("--help", "--language", "zh").out


def test_our_own_fault_exits_with_70_and_leaves_a_report(
    shopdesk: Command, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from shopdesk.cli import records

    def fault(*_: object) -> int:
        raise RuntimeError("a bug of ours")

    monkeypatch.setattr(records, "run", fault)
    said = shopdesk("products")
    assert said.code == 70 and "shopdesk.log" in said.err and "Traceback" not in said.err
    assert "a bug of ours" in (home / "logs" / "shopdesk.log").read_text(encoding="utf-8")


def test_an_interrupt_ends_quietly(shopdesk: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    from shopdesk.cli import records

    def interrupted(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(records, "run", interrupted)
    assert shopdesk("products") == Outcome(130, "", "")


@given(st.lists(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=12), max_size=4))
def test_reading_home_and_language_never_fails(given: list[str]) -> None:
    arguments.read_common(given)


@pytest.mark.parametrize("name", sorted(texts.names()))
def test_each_text_is_there_in_both_languages(name: str) -> None:
    english, chinese = texts._TEXTS[name]
    assert english.strip() and chinese.strip()
    assert _placeholders(english) == _placeholders(chinese)


def _placeholders(text: str) -> set[str | None]:
    from string import Formatter

    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_errors_of_this_area_have_their_words() -> None:
    for code, params in {
        "home_unusable": {"path": "x"},
        "settings_unwritable": {"path": "x"},
        "window_unavailable": {},
        "record_missing": {"kind": "products", "key": "x"},
        "file_unreadable": {"path": "x"},
        "batch_line_bad": {"line": 1, "field": "x"},
    }.items():
        error = UserFacingError(code, **params)
        assert error.text("zh") != error.text("en")


def test_rejected_rows_are_named_with_line_and_reason(shopdesk: Command, tmp_path: Path) -> None:
    file = tmp_path / "goods.csv"
    file.write_text("sku,name,price\nQ1,Cup,abc\nQ2,Mug,3\n", "utf-8")
    for language, reason in (("en", "“abc” is not an amount"), ("zh", "“abc”不是金额")):
        said = shopdesk("--language", language, "import", str(file), "--dry-run")
        assert any("2" in line and reason in line for line in said.out.splitlines())


def test_a_name_cannot_steer_the_terminal_or_break_the_table(shopdesk: Command, tmp_path: Path) -> None:
    file = tmp_path / "goods.csv"
    file.write_text('sku,name,price\nQ1,"Red\x1b[2J\nCup\x9b",3\n', "utf-8")
    shopdesk("import", str(file), "--yes")
    listed = shopdesk("products").out
    assert "Red\ufffd[2J Cup\ufffd" in listed and len(listed.splitlines()) == 1
    assert shopdesk("products", "--json").json[0]["name"] == "Red\x1b[2J\nCup\x9b"


def run_program(*given: str, **streams: Any) -> subprocess.CompletedProcess[str]:
    """The program in a process of its own, for what only a real start shows."""
    return subprocess.run(
        [sys.executable, "-m", "shopdesk", *given], text=True, timeout=60, check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}, **streams,
    )  # fmt: skip


def test_before_there_is_a_log_nothing_of_it_comes_on_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file", "utf-8")
    said = run_program("--home", str(tmp_path / "home"), "products", capture_output=True)
    assert said.returncode == 1 and "settings cannot be read" not in said.stderr
    assert "Traceback" not in said.stderr and str(tmp_path / "home") in said.stderr.splitlines()[0]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_output_onto_a_full_disk_is_the_worlds_fault(home: Path) -> None:
    with Path("/dev/full").open("w") as full:
        said = run_program("--home", str(home), "--language", "en", "products", stdout=full, stderr=subprocess.PIPE)
    assert said.returncode == 1
    assert said.stderr.startswith("error: The output cannot be written.") and "Traceback" not in said.stderr


def test_without_standard_streams_the_program_still_ends_well(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    use_utf8()
    with sys.stdin, sys.stdout, sys.stderr:
        Console("en").print("text")
        assert sys.stdin.readline() == ""


def test_synonyms_are_kept_by_hand_and_by_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = ["--home", str(tmp_path / "home"), "--empty"]
    assert main([*home, "synonyms", "add", "cup", "mug", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"action": "add", "groups": 1}
    file = tmp_path / "groups.txt"
    assert main([*home, "synonyms", "export", str(file)]) == 0
    assert "cup, mug" in file.read_text(encoding="utf-8").splitlines()
    file.write_text("杯, 水杯\nlamp; torch\n", encoding="utf-8")
    assert main([*home, "synonyms", "import", str(file)]) == 0
    capsys.readouterr()
    assert main([*home, "synonyms", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == [["杯", "水杯"], ["lamp", "torch"]]
    assert main([*home, "synonyms", "remove", "lamp"]) == 0
    assert main([*home, "synonyms", "add", "alone"]) == 1
    assert main([*home, "synonyms", "import", str(tmp_path / "none.txt")]) == 1
    assert main([*home, "synonyms", "add"]) == 2


def test_search_takes_filters(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "goods.csv"
    file.write_text("sku,name,price,color,stock\nA,Mug,9.50,red,3\nB,Mug,12,blue,0\nC,Mug,20,red,0\n", encoding="utf-8")
    home = ["--home", str(tmp_path / "home"), "--empty"]
    assert main([*home, "import", str(file), "--yes"]) == 0

    def found(*options: str) -> list[str]:
        capsys.readouterr()
        assert main([*home, "search", "mug", "--json", *options]) == 0
        return sorted(hit["key"] for hit in json.loads(capsys.readouterr().out)["results"])

    assert found() == ["A", "B", "C"]
    assert found("--color", "RED") == ["A", "C"]
    assert found("--min-price", "9.50", "--max-price", "12") == ["A", "B"]
    assert found("--in-stock") == ["A"]
    assert main([*home, "search", "mug", "--min-price", "cheap"]) == 2
