"""The examiner must see what is wrong: each rule is shown an answer that breaks it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools import exam
from tools.examination.making import KINDS, make_questions
from tools.examination.marking import contains, mark, numbers_in
from tools.examination.questions import Expectation, Question, read_questions, write_questions
from tools.examination.report import Result, failures, figures, summary, table


def _fact(number: int, key: str, title: str, **fields: Any) -> dict[str, Any]:
    kind = fields.pop("kind", "product")
    return {"id": number, "kind": kind, "key": key, "title": title, "as_of": "2031-07-19T08:00:00", "fields": fields}


def _answer(
    text: str, *facts: dict[str, Any], route: str = "exact", citations: list[int] | None = None, **more: Any
) -> dict:
    cited = [fact["id"] for fact in facts] if citations is None else citations
    base = {"answer": text, "route": route, "facts": list(facts), "citations": cited, "repaired": 0}
    return base | {"timings_ms": {"total": 3.0}} | more


def _question(text: str = "蓝灯多少钱", history: tuple[dict[str, str], ...] = (), **expect: Any) -> Question:
    return Question("q", "zh", "price", text, Expectation(**expect), history)


BLUE = _fact(1, "L-1", "蓝灯", price="899.00", currency="CNY", stock=4)
RED = _fact(2, "L-2", "红灯", price="1299.00", currency="CNY", stock=0)


@pytest.mark.parametrize("said", ["¥899.00", "899 元", "８９９", "899.0"])
def test_a_number_is_compared_by_value(said: str) -> None:
    assert contains(f"蓝灯的价格是 {said} [1]。", "899.00")


@pytest.mark.parametrize("said", ["¥8,990.00", "1899", "899.50", "见 [899]"])
def test_another_number_or_a_citation_is_not_the_value(said: str) -> None:
    assert not contains(said, "899.00")


def test_thousands_separators_belong_to_the_number() -> None:
    assert [str(number) for number in numbers_in("$1,299.00 或 12,3")] == ["1299.00", "12", "3"]


def test_latin_words_count_as_whole_words_only() -> None:
    assert contains("No, it is not.", "no")
    assert not contains("I know nothing.", "no")


def test_the_right_answer_passes_and_the_wrong_value_does_not() -> None:
    question = _question(all=("899.00",), keys=("L-1",))
    right = mark(question, _answer("蓝灯的价格是 ¥899.00 [1]。", BLUE))
    assert right.exact and right.key_cited and not right.refused and right.ungrounded == ()
    wrong = mark(question, _answer("蓝灯的价格是 ¥889.00 [1]。", BLUE))
    assert not wrong.exact and wrong.ungrounded == ("889.00",)


def test_the_right_value_cited_from_the_wrong_record_is_seen() -> None:
    assert (
        mark(_question(all=("899",), keys=("L-1",)), _answer("¥899 [2]", BLUE, RED, citations=[2])).key_cited is False
    )


def test_a_computed_record_carries_the_records_it_was_computed_from() -> None:
    computed = _fact(
        3, "compare", "比较", kind="computed", text="蓝灯 ¥899.00，红灯 ¥1299.00，差价 ¥400.00", sources="1,2"
    )
    question = _question(any=(("899", "1299"),), keys=("L-1", "L-2"), cheaper="L-1")
    marked = mark(question, _answer("蓝灯 ¥899.00，红灯 ¥1,299.00 [3]。", BLUE, RED, computed, citations=[3]))
    assert marked.exact and marked.key_cited and marked.ungrounded == ()


@pytest.mark.parametrize(
    "text",
    [
        "没有找到电饭煲。",
        "本店未登记蓝灯的保修期。",
        "We do not carry rice cookers.",
        "No product matches that.",
        "The stock is not recorded.",
    ],
)
def test_refusals_are_recognised(text: str) -> None:
    assert mark(_question(refuse=True), _answer(text)).exact


def test_an_invented_answer_is_no_refusal() -> None:
    marked = mark(_question("电饭煲多少钱", refuse=True), _answer("电饭煲 ¥299.00。"))
    assert not marked.exact and not marked.refused and marked.ungrounded == ("299.00",)


def test_out_of_stock_is_an_answer_not_a_refusal() -> None:
    marked = mark(
        _question(all=(("0", "out of stock", "not in stock"),)), _answer("The red lamp is not in stock [2].", RED)
    )
    assert marked.exact and not marked.refused


def test_a_refusal_that_mentions_the_right_words_is_still_wrong() -> None:
    text = "没有找到，相近的有：蓝灯 ¥899.00 [1]。"
    assert not mark(_question(all=("899",)), _answer(text, BLUE, route="refusal")).exact
    assert mark(_question(all=("没有",), refuse=None), _answer(text, BLUE, route="refusal")).exact


@pytest.mark.parametrize("verdict", ["红灯更便宜", "更便宜的是红灯", "蓝灯比红灯贵"])
def test_a_comparison_the_wrong_way_round_fails(verdict: str) -> None:
    question = _question("哪个便宜", any=(("899", "1299"),), keys=("L-1", "L-2"), cheaper="L-1")
    assert not mark(question, _answer(f"蓝灯 ¥899，红灯 ¥1299，{verdict} [1][2]。", BLUE, RED)).exact


@pytest.mark.parametrize("verdict", ["蓝灯更便宜", "更便宜的是蓝灯", "红灯比蓝灯贵 ¥400"])
def test_a_comparison_the_right_way_round_passes(verdict: str) -> None:
    question = _question("哪个便宜", any=(("899", "1299"),), keys=("L-1", "L-2"), cheaper="L-1")
    assert mark(question, _answer(f"蓝灯 ¥899，红灯 ¥1299，{verdict} [1][2]。", BLUE, RED)).exact


def test_numbers_of_the_question_and_the_turns_before_are_nobodys_invention() -> None:
    question = _question("3 盒呢", history=({"question": "多少钱", "answer": "¥12.50"},))
    assert mark(question, _answer("3 盒，每盒 ¥12.50。")).ungrounded == ()


def test_a_fact_that_is_not_cited_grounds_nothing() -> None:
    assert mark(_question(), _answer("蓝灯 ¥899.00 [2]", BLUE, RED, citations=[2])).ungrounded == ("899.00",)


def test_question_files_come_back_as_they_were_written(tmp_path: Path) -> None:
    questions = [
        _question(all=("1", ("a", "b")), any=(("2", "3"), "c"), none=("x",), keys=("k",), cheaper="k"),
        _question("one\u2028line\x85only"),
        _question("再来", history=({"question": "一", "answer": "二"},), refuse=True),
    ]
    write_questions(tmp_path / "q.jsonl", questions)
    assert read_questions(tmp_path / "q.jsonl") == questions


def test_a_misspelt_expectation_is_refused_by_line(tmp_path: Path) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text(
        '\n{"id": 1, "lang": "zh", "kind": "price", "question": "?", "expect": {"al": []}}\n', encoding="utf-8"
    )
    with pytest.raises(ValueError, match=r"line 2.*unknown expectations: al"):
        read_questions(file)


_SHOP = [
    {"sku": f"{code}-{n}", "name": name, "color": color, "size": None, "price": f"{price}.00", "list_price": listed,
     "currency": "CNY", "stock": stock}
    for code, name, price, listed, stock in (
        ("T", "柳编收纳筐", 45, "60.00", 3), ("S", "Oat linen apron", 120, None, 0),
        ("R", "青瓷双耳汤碗", 88, "99.00", None),
        ("Q", "Walnut desk tray", 230, "260.00", 17))
    for n, color in ((1, "蓝色"), (2, "白色"))
]  # fmt: skip


def test_made_questions_repeat_with_their_seed_and_cover_every_kind() -> None:
    made = make_questions(_SHOP, count=70, language="zh", seed=5)
    assert made == make_questions(_SHOP, count=70, language="zh", seed=5)
    assert made != make_questions(_SHOP, count=70, language="zh", seed=6)
    assert len(made) == 70 and {question.kind for question in made} == set(KINDS)
    assert len({question.id for question in made}) == 70


def test_made_gold_is_what_the_shop_says() -> None:
    by_key = {product["sku"]: product for product in _SHOP}
    for question in make_questions(_SHOP, count=140, language="en", seed=2):
        product = by_key.get(str(question.expect.keys[0])) if question.expect.keys else None
        if question.kind == "price":
            assert product is not None and question.expect.all == (product["price"],)
        elif question.kind == "list-price":
            assert product is not None and question.expect.all == (product["list_price"],)
        elif question.kind == "stock" and product is None:
            assert question.expect.refuse, "a product without a recorded stock must be answered honestly"
        elif question.kind == "compare" and question.expect.cheaper:
            first, second = (by_key[str(key)] for key in question.expect.keys)
            cheaper = min(first, second, key=lambda p: float(p["price"]))
            assert question.expect.cheaper == cheaper["sku"]


def test_products_that_cannot_be_told_apart_are_not_asked_for_by_name() -> None:
    twins = [dict(_SHOP[0], sku=f"X-{n}", price=f"{n}.00") for n in range(1, 4)]
    with pytest.raises(ValueError, match="too few"):
        make_questions(twins, count=5, language="zh")


@given(st.text())
def test_marking_bears_any_answer(text: str) -> None:
    marked = mark(_question(all=("899.00",), keys=("L-1",), cheaper="L-1"), _answer(text, BLUE, RED))
    assert marked.exact == (not marked.faults)


def _results() -> list[Result]:
    question = _question(all=("899.00",), keys=("L-1",))
    unknown = Question("u", "en", "absent", "rice cooker?", Expectation(refuse=True))
    pairs = [
        (question, _answer("¥899.00 [1]", BLUE, route="model", repaired=1, timings_ms={"total": 10.0})),
        (question, _answer("没有找到。", timings_ms={"total": 30.0}, route="refusal")),
        (unknown, _answer("We do not carry that.", route="refusal", timings_ms={"total": 20.0})),
    ]
    return [Result(asked, answer, mark(asked, answer)) for asked, answer in pairs]


def test_figures_count_what_they_say() -> None:
    found = figures(_results())
    assert found["right"] == found["exact"] == round(2 / 3, 3) and found["key_cited"] == 0.5
    assert found["refused_rightly"] == 1.0 and found["refused_wrongly"] == 0.5
    assert found["by_model"] == round(1 / 3, 3) and found["replaced"] == 1.0
    assert found["p50_ms"] == 20.0 and found["p95_ms"] == 30.0 and found["ungrounded"] == 0


def test_the_report_names_groups_and_failures() -> None:
    results = _results()
    assert list(summary(results)) == ["all", "en", "zh", "absent en", "price zh"]
    assert table(summary(results)).count("\n") == 5
    listed = failures(results)
    assert "没有找到" in listed and "missing: 899.00" in listed and "rice cooker" not in listed


@pytest.fixture(scope="module")
def shop_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exam")
    columns = ["sku", "name", "color", "price", "list_price", "stock"]
    rows = [",".join(columns), *(",".join(str(p[c] if p[c] is not None else "") for c in columns) for p in _SHOP)]
    (folder / "shop.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    program = exam.Program(folder / "home")
    program.run(["--empty", "products", "list", "--json"])
    program.run(["import", str(folder / "shop.csv"), "--yes", "--json"])
    return folder / "home"


def test_an_exam_of_a_real_shop(shop_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "questions.jsonl"
    assert exam.main(["make", "--home", str(shop_home), "--count", "42", "--seed", "3", str(file)]) == 0
    capsys.readouterr()
    assert (
        exam.main(["run", "--home", str(shop_home), "--routes", "exact", "--json", "--keep", str(tmp_path), str(file)])
        == 0
    )
    found = json.loads(capsys.readouterr().out)["exact"]["all"]
    assert found["questions"] == 42 and found["ungrounded"] == 0
    assert found["right"] >= 0.9, "plain questions about eight products"
    assert len((tmp_path / "answers-exact.jsonl").read_text(encoding="utf-8").splitlines()) == 42


def test_a_program_that_fails_is_reported_not_marked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "q.jsonl"
    write_questions(file, [_question(refuse=True)])
    assert exam.main(["run", "--home", str(file), str(file)]) == 1, "a file is no home folder"
    assert "shopdesk ask ended with" in capsys.readouterr().err


def test_a_shortened_name_still_means_one_product_only() -> None:
    titles = (
        "玄青釉双耳汤碗",
        "玄青釉双耳茶碗",
        "山核桃木置物托盘",
        "Walnut desk tray",
        "Walnut bed tray",
        "300根枕套",
    )
    shop = [dict(_SHOP[0], sku=f"K-{n}", name=title, color=None) for n, title in enumerate(titles)]
    asked = [q for q in make_questions(shop, count=210, language="zh", seed=9) if q.kind == "price"]
    shortened = [q for q in asked if not any(title.casefold() in q.text.casefold() for title in titles)]
    assert shortened, "some names are shortened"
    for question in shortened:
        title = titles[int(str(question.expect.keys[0])[2:])]
        assert any(title[i : i + 3] in question.text for i in range(len(title) - 2))
        assert "00根枕套" not in question.text.replace("300根枕套", ""), "no name is cut inside a number"
