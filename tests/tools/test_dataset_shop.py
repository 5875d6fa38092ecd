"""Rows made from a shop: the prompts of the app, answers that pass its check, an exam that training never saw."""

from __future__ import annotations

import json
import random
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from shopdesk.core.assistant import Assistant
from shopdesk.core.prompting import SYSTEM, question_text
from shopdesk.core.types import Record
from shopdesk.engine.fake import ScriptedEngine
from shopdesk.store import open_store
from tools.counter.dialogue import MANIFEST
from tools.dataset.form import FREE, Form, estimated_tokens
from tools.dataset.holding_out import hold_out, rested_on
from tools.dataset.making import make_dataset
from tools.dataset.order import Order
from tools.dataset.phrasings import SPLITS, all_ways, normal, ways
from tools.dataset.references import passes
from tools.dataset.rows import CLASSES, ExamRow, Row, read_exam, read_rows
from tools.dataset.shop import Answered, Shop, opened_shop
from tools.dataset.shop_rows import RowMaker
from tools.errors import ToolError


@pytest.fixture(scope="module")
def shop(_sample_home: Path) -> Iterator[Shop]:
    with opened_shop(_sample_home) as opened:
        yield opened


@pytest.fixture(scope="module")
def made(_sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small dataset of the sample shop."""
    out = tmp_path_factory.mktemp("dataset") / "data"
    make_dataset(Order(shop=_sample_home, samples=110, valid=15, exam=40), out, lambda line: None)
    return out


@pytest.fixture(scope="module")
def train(made: Path) -> list[Row]:
    return list(read_rows(made / "train.jsonl"))


@pytest.fixture(scope="module")
def exam(made: Path) -> list[ExamRow]:
    return list(read_exam(made / "exam.jsonl"))


def maker(shop: Shop, split: str = "train", form: Form | None = None, seed: int = 3) -> RowMaker:
    holdout = hold_out(shop.products, shop.records["order"], 1)
    return RowMaker(shop, holdout, split, form or Form(FREE, estimated_tokens), random.Random(seed))  # type: ignore[arg-type]


def phrasings_of(rows: list[Row] | list[ExamRow]) -> set[str]:
    """The ways of asking that rows were made with, which their ids tell."""
    return {way for row in rows for way in re.fullmatch(r"shop-\w+-([0-9a-f+]+)-\d+\.\d+", row.id)[1].split("+")}  # type: ignore[index]


# ---- what is asked and answered


def test_every_class_and_both_languages_are_there(train: list[Row]) -> None:
    assert {row.class_name for row in train} == set(CLASSES)
    assert {row.language for row in train} == {"zh", "en"}
    kinds = {row.kind for row in train}
    assert {"price", "stock", "attribute", "compare", "list", "order", "policy", "absent", "distractor"} <= kinds
    assert Counter(row.class_name for row in train)["product"] > len(train) * 0.4


def test_prompts_are_what_the_app_sends(shop: Shop, exam: list[ExamRow]) -> None:
    asked = 0
    for row in exam:
        if row.class_name == "multi_turn" or row.kind == "distractor" or row.plan.intent == "not_found":
            continue
        engine = ScriptedEngine([row.reference], manifest=FREE)
        assistant = Assistant(shop.catalogue, None, engine, today=lambda: shop.today)  # type: ignore[arg-type]
        events = list(assistant.answer(row.plan.question, history=()))
        assert [(m.role, m.content) for m in engine.requests[0]] == [(m.role, m.content) for m in row.messages]
        assert events[-1].answer.repaired == 0, row.reference  # type: ignore[union-attr]
        asked += 1
    assert asked > 12


def test_training_prompts_are_what_the_planner_makes_of_their_question(shop: Shop, train: list[Row]) -> None:
    alone = [row for row in train if row.class_name != "multi_turn" and row.kind not in ("distractor", "absent")]
    for row in alone[:25]:
        prompt = row.messages[-2].content
        question = re.split(r"\n(?:问题|Question): ", prompt)[-1]
        assert question_text(shop.planner.plan(question), FREE) == prompt


def test_references_pass_the_apps_own_check(exam: list[ExamRow], shop: Shop) -> None:
    assert all(passes(row.reference.strip(), row.plan, FREE) for row in exam)
    counter = maker(shop, "exam", Form(MANIFEST, estimated_tokens))
    rows = [row for row in counter.rows(12) if isinstance(row, ExamRow)]
    assert len(rows) == 12
    assert all(passes(row.reference.strip(), row.plan, MANIFEST) for row in rows)


def test_a_wrong_answer_does_not_pass(exam: list[ExamRow]) -> None:
    row = next(row for row in exam if row.kind == "price" and row.class_name == "product")
    price = row.plan.points[0].value
    assert not passes(row.reference.replace(price, "¥12345.00"), row.plan, FREE)
    assert not passes(re.sub(r"\[\d\]", "", row.reference), row.plan, FREE)


def test_a_model_that_needs_a_plan_learns_to_copy_it(shop: Shop) -> None:
    rows = list(maker(shop, form=Form(MANIFEST, estimated_tokens)).rows(12))
    for row in rows:
        assert row.messages[-1].content.startswith(" ")
        assert row.messages[-1].weight == 1
        for span in row.emphasis:
            line = row.messages[span.message].content[span.start : span.end]
            prompt = row.messages[span.message].content
            assert re.search(rf"^(?:要点|Point): \[\d+\]{re.escape(line)}$", prompt, re.MULTILINE)
    assert any(row.emphasis for row in rows)
    free = [row for row in maker(shop).rows(4) if row.emphasis or row.messages[-1].content.startswith(" ")]
    assert free == []


def test_earlier_turns_stand_as_the_app_keeps_them(train: list[Row], exam: list[ExamRow]) -> None:
    talks = [row for row in (*train, *exam) if row.class_name == "multi_turn"]
    assert len(talks) > 5
    for row in talks:
        assert [message.role for message in row.messages[:3]] == ["system", "user", "assistant"]
        assert row.messages[0].content == SYSTEM
        for question, said in zip(row.messages[1::2], row.messages[2::2], strict=False):
            assert said.content == said.content.strip()
            assert question.content.count("\n问题: ") + question.content.count("\nQuestion: ") <= 1


def test_a_distractor_row_holds_other_products_beside_the_one_that_is_meant(train: list[Row]) -> None:
    rows = [row for row in train if row.kind == "distractor"]
    assert rows
    for row in rows:
        lines = re.findall(r"^\[(\d+)\]", row.messages[-2].content, re.MULTILINE)
        assert len(lines) >= 2
        assert re.findall(r"\[(\d+)\]", row.messages[-1].content)[0] in lines


# ---- what is held out


def test_no_product_or_order_of_the_exam_is_seen_in_training(train: list[Row], exam: list[ExamRow]) -> None:
    examined = {
        fact.record.key for row in exam for fact in rested_on(row.plan) if fact.record.kind in ("product", "order")
    }
    seen = "\n".join(message.content for row in train for message in row.messages)
    assert len(examined) > 8
    assert [key for key in examined if re.search(rf"(?<![\w-]){re.escape(key)}(?![\w-])", seen)] == []


def test_no_way_of_asking_is_shared(made: Path, train: list[Row], exam: list[ExamRow]) -> None:
    valid = list(read_rows(made / "valid.jsonl"))
    assert len(phrasings_of(exam)) > 15
    assert phrasings_of(exam).isdisjoint(phrasings_of(train))
    assert phrasings_of(valid).isdisjoint(phrasings_of(train))
    assert phrasings_of(valid).isdisjoint(phrasings_of(exam))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_ways_of_asking_are_shared_out_without_rest(language: str) -> None:
    from tools.dataset import phrasings

    every = list(all_ways(language))  # type: ignore[arg-type]
    kinds = {phrasing.kind for phrasing in every}
    shared = [way for kind in kinds for split in SPLITS for way in ways(kind, language, split)]  # type: ignore[arg-type]
    assert Counter(way.pattern for way in shared) == Counter(way.pattern for way in every)
    of_kind: dict[str, set[str]] = {}
    for way in every:
        of_kind.setdefault(normal(way.pattern), set()).add(way.kind)
    assert [pattern for pattern, found in of_kind.items() if len(found) > 1] == []
    # the few words of small talk are all taught by the generated shops
    kinds -= {"small_talk"}
    assert [k for k in kinds if not (ways(k, language, "exam") and ways(k, language, "train"))] == []  # type: ignore[arg-type]
    examined = {normal(way.pattern) for kind in kinds for way in ways(kind, language, "exam")}  # type: ignore[arg-type]
    taught = {normal(way.pattern) for kind in kinds for way in ways(kind, language, "train")}  # type: ignore[arg-type]
    assert examined.isdisjoint(phrasings._elsewhere_taught())
    assert taught.isdisjoint(phrasings._elsewhere_held_out())


def product(key: str, title: str, group: str, category: str = "c") -> Record:
    return Record("product", key, title, {"group": group, "category": category, "price": "1.00"}, "2026-01-01")


def test_variants_and_namesakes_are_held_out_together() -> None:
    products = [product(f"P{n}-{v}", f"Thing {n // 2}", f"G{n}", f"c{n % 5}") for n in range(40) for v in "ab"]
    holdout = hold_out(products, [], 7)
    for name in {record.title for record in products}:
        assert len({holdout.split_of(record) for record in products if record.title == name}) == 1
    shares = Counter(holdout.split_of(record) for record in products)
    assert set(shares) == {"train", "valid", "exam"}
    assert 0.5 < shares["train"] / len(products) < 0.9
    assert hold_out(products, [], 7) == holdout
    assert hold_out(products, [], 8) != holdout


def test_some_categories_are_held_out_whole(shop: Shop) -> None:
    holdout = hold_out(shop.products, shop.records["order"], 1)
    of_category: dict[object, set[object]] = {}
    for record in shop.products:
        of_category.setdefault(record.fields["category"], set()).add(holdout.split_of(record))
    assert {"exam"} in of_category.values()
    assert {"train"} in of_category.values()


def test_an_order_goes_where_its_products_go(shop: Shop) -> None:
    holdout = hold_out(shop.products, shop.records["order"], 1)
    for order in shop.records["order"]:
        within = {holdout.split_of(r) for r in shop.products if f"({r.key})" in str(order.fields["lines"])}
        if holdout.split_of(order) == "train":
            assert within <= {"train"}
    assert {holdout.split_of(order) for order in shop.records["order"]} >= {"train", "exam"}


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_shop_of_few_products_keeps_some_to_train_on(count: int) -> None:
    products = [product(f"P{n}", f"Thing {n}", f"G{n}") for n in range(count)]
    holdout = hold_out(products, [], 1)
    shares = Counter(holdout.split_of(record) for record in products)
    assert shares["train"] >= 1
    assert (shares["exam"] >= 1) == (count > 1)


# ---- what the shop itself found right


def test_approved_answers_are_taught_where_the_rows_bear_them_out(shop: Shop) -> None:
    rows = maker(shop)
    record = next(r for r in rows.asker.products if r.fields["price"] and "(" not in r.title_in("en"))
    price = f"¥{record.fields['price']}"
    right = rows.answered_row(Answered(f"how much is {record.key}", f"That one is {price}, dear customer."))
    assert right is not None
    assert right.messages[-1].content == f"That one is {price}, dear customer [1]."
    assert right.kind == "approved"
    assert rows.answered_row(Answered(f"how much is {record.key}", "That one is ¥3.21.")) is None
    assert rows.answered_row(Answered("how much is the grand piano", "We do not keep pianos.")) is None


def test_approved_answers_come_from_the_store_and_from_a_file(home: Path, tmp_path: Path, shop: Shop) -> None:
    held = hold_out(shop.products, shop.records["order"], 1)
    known = [record for record in shop.products if held.split_of(record) == "train"]
    file = tmp_path / "answers.jsonl"
    lines = [
        {"question": f"how much is {known[0].key}", "answer": f"It costs ¥{known[0].fields['price']} with us."},
        {"question": f"how much is {known[1].key}", "answer": "It costs ¥1.23 with us."},
    ]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    approved = tmp_path / "answers.csv"
    approved.write_text(
        f"question,answer\nprice of {known[2].key},For you ¥{known[2].fields['price']}.\n", encoding="utf-8"
    )
    with open_store(home / "shop.db") as store:
        store.importer.commit(store.importer.plan(approved, kind="answers"))
    made = make_dataset(
        Order(shop=home, samples=5, valid=0, exam=0, answers=file), tmp_path / "data", lambda line: None
    )
    said = [row.messages[-1].content for row in read_rows(made.folder / "train.jsonl") if row.kind == "approved"]
    assert sorted(said) == sorted(
        [f"For you ¥{known[2].fields['price']} [1].", f"It costs ¥{known[0].fields['price']} with us [1]."]
    )
    assert made.card["left_out"]["answers"] == 1


# ---- shops that cannot be used


def test_a_place_without_a_shop_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ToolError, match="holds no shop"), opened_shop(tmp_path):
        pass
    (tmp_path / "shop.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(ToolError, match="cannot be used"), opened_shop(tmp_path):
        pass
    assert sorted(path.name for path in tmp_path.iterdir()) == ["shop.db"]


def test_an_empty_shop_is_a_clear_error(tmp_path: Path) -> None:
    open_store(tmp_path / "shop.db").close()
    with pytest.raises(ToolError, match="no rows"), opened_shop(tmp_path):
        pass


def test_a_shop_of_policies_alone_gives_rows_about_them(tmp_path: Path) -> None:
    file = tmp_path / "policies.csv"
    file.write_text(
        "title,body\nReturns,Unused goods may be returned within 9 days.\n退货,九天内可以退货。\n", encoding="utf-8"
    )
    with open_store(tmp_path / "shop.db") as store:
        store.importer.commit(store.importer.plan(file))
    with opened_shop(tmp_path) as shop:
        rows = list(maker(shop).rows(12))
    assert rows
    assert "policy" in {row.class_name for row in rows}


def test_the_day_of_a_shop_is_that_of_its_rows(shop: Shop) -> None:
    newest = max(record.as_of for records in shop.records.values() for record in records)
    assert shop.today == date.fromisoformat(newest[:10])


def test_a_changed_row_changes_the_shops_digest(shop: Shop) -> None:
    first = shop.products[0]
    other = replace(first, fields={**first.fields, "price": "1.11"})
    changed = replace(shop, records={**shop.records, "product": (other, *shop.products[1:])})
    assert changed.digest() != shop.digest()
    assert replace(shop, answered=(Answered("q", "a"),)).digest() != shop.digest()


def test_a_shop_makes_the_same_rows_when_its_rows_have_grown_old(tmp_path: Path) -> None:
    file = tmp_path / "goods.csv"
    goods = [f"T-{n},Thing {'abcdefghijkl'[n] * 4},{n}.50,{n}" for n in range(1, 12)]
    file.write_text("\n".join(["sku,name,price,stock", *goods]), encoding="utf-8")
    with open_store(tmp_path / "shop.db") as store:
        store.importer.commit(store.importer.plan(file))
    with opened_shop(tmp_path) as young:
        digest = young.digest()
        old = replace(young, records={k: tuple(replace(r, stale=True) for r in v) for k, v in young.records.items()})
        assert old.digest() == digest
    with sqlite3.connect(tmp_path / "shop.db") as db:
        db.execute("UPDATE products SET as_of = '2020-01-02T00:00:00+00:00'")
    db.close()
    with opened_shop(tmp_path) as shop:
        assert all(record.stale for record in shop.products)
        rows = [row for row in maker(shop, "exam").rows(6) if isinstance(row, ExamRow)]
    assert rows
    assert not any(fact.record.stale for row in rows for fact in row.plan.facts)
