"""The examiner of bare models must see what is wrong: each fault is shown to it once."""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from pathlib import Path

import pytest

import tools.counter
import tools.dataset
from shopdesk.core import arithmetic
from shopdesk.core.plan import Plan, Point
from shopdesk.core.prompting import plan_line, question_text
from shopdesk.core.types import Fact, Language, ModelManifest, Record
from shopdesk.core.wording import exact_answer, lead_in
from shopdesk.store import Store, open_store
from tools import exam_model
from tools.dataset.rows import ExamRow, Message, write_rows
from tools.errors import ToolError
from tools.examination.answering import Decoding, Examinee, Said, manifest_for, open_model
from tools.examination.by_hand import BY_HAND
from tools.examination.home_rows import ODD_SHOP, HomeAsker, by_hand_rows
from tools.examination.model_exam import conduct, sit
from tools.examination.model_marking import Mark, marked, rare_characters
from tools.examination.model_report import as_json, as_markdown, conduct_figures, figures, groups
from tools.examination.questions import read_questions
from tools.examination.untrained import untrained_twin
from tools.examination.wrong_plans import wrong_plans

ROOT = Path(__file__).resolve().parents[2]
SAMPLE_POLICIES = ROOT / "tools" / "examination" / "sample_policies.jsonl"
COUNTER = ROOT / "resources" / "models" / "counter.gguf"
PLANNED = ModelManifest("tiny", "tiny.gguf", facts_per_prompt=3, needs_plan=True, prose="quote")


def _product(key: str, title: str, price: str, stock: int) -> Record:
    fields = {"sku": key, "price": price, "currency": "CNY", "stock": stock, "unit": "盏"}
    return Record("product", key, title, fields, "2031-04-01")


LAMP = _product("LD-4", "琉璃檐灯", "318.00", 6)
OTHER = _product("LD-5", "麂皮檐灯", "266.00", 0)


def _row(plan: Plan, kind: str = "price") -> ExamRow:
    message = Message("user", question_text(plan, PLANNED))
    return ExamRow("r", "product", kind, plan.language, "shop", (message,), plan=plan, reference="")


def _priced(record: Record = LAMP, *others: Record, question: str = "檐灯几多钱") -> Plan:
    facts = tuple(Fact(number + 1, row) for number, row in enumerate((record, *others)))
    value = f"¥{record.fields['price']}"
    point = Point("price", "价格", value)
    label = record.title
    return Plan("value", "zh", question, facts, facts[0], label, (point,), (label, value), asked=("price",))


def _stocked(record: Record) -> Plan:
    fact = Fact(1, record)
    value = f"{record.fields['stock']} 盏" + ("（无货）" if not record.fields["stock"] else "")
    return Plan(
        "value", "zh", "还有吗", (fact,), fact, record.title, (Point("stock", "库存", value),), (record.title, value)
    )  # fmt: skip


def _mark(plan: Plan, text: str, *, finished: bool = True, kind: str = "price") -> Mark:
    return marked(_row(plan, kind), Said((text,), finished), PLANNED)


def test_the_exact_answer_is_right_in_every_respect() -> None:
    for plan in (_priced(LAMP, OTHER), _stocked(LAMP), _stocked(OTHER)):
        mark = _mark(plan, exact_answer(plan))
        assert mark.exact and mark.shown and mark.names and not mark.wrong_record


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "said nothing"),
        ("琉璃檐灯的价格是 ¥381.00 [1]。", "figure of its own"),
        ("琉璃檐灯的价格是 ¥318.00 [7]。", "cites what was not planned"),
        ("琉璃檐灯很便宜。", "no citation"),
        ("没有找到，店里的资料中没有这一项。", "refuses what is known"),
        ("琉离檐灯的价格是 ¥318.00 [1]。", "name garbled"),
        ("这个的价格是 ¥318.00 [1]。", "name left out"),
        ("琉璃檐灯 [1]。", "value left out"),
        ("The price of 琉璃檐灯 is ¥318.00 [1].", "wording"),
    ],
)
def test_every_fault_is_named(text: str, fault: str) -> None:
    mark = _mark(_priced(), text)
    assert mark.fault == fault and not mark.exact and not mark.shown


def test_an_answer_without_an_end_is_told_apart() -> None:
    assert _mark(_priced(), "琉璃琉璃琉璃", finished=False).fault == "no end found"


@pytest.mark.parametrize(
    "text",
    ["麂皮檐灯的价格是 ¥266.00 [2]。", "琉璃檐灯的价格是 ¥318.00 [2]。", "价格是 ¥266.00 [1]。", "麂皮檐灯 [1]。"],
)
def test_an_answer_about_another_record_is_seen(text: str) -> None:
    mark = _mark(_priced(LAMP, OTHER), text)
    assert mark.wrong_record and mark.fault == "another record"


def test_a_record_that_bears_the_same_name_in_part_is_not_another() -> None:
    short = replace(OTHER, title="檐灯")
    plan = _priced(LAMP, short)
    assert not _mark(plan, exact_answer(plan)).wrong_record


def test_a_right_figure_under_a_wrong_word_is_wrong() -> None:
    assert not _mark(_stocked(OTHER), "有货，麂皮檐灯的库存是 0 盏（无货） [1]。").exact
    assert not _mark(_stocked(LAMP), "抱歉，琉璃檐灯的库存是 6 盏 [1]。").exact
    assert not _mark(_priced(), "琉璃檐灯的库存是 ¥318.00 [1]。").exact


def test_small_talk_must_be_of_the_fitting_sort() -> None:
    plan = Plan("small_talk", "zh", "谢谢啦")
    assert _mark(plan, "不客气，还要查什么？", kind="small_talk/thanks").exact
    assert _mark(plan, "再见！", kind="small_talk/thanks").fault == "another sort of small talk"
    assert _mark(plan, "没有找到。", kind="small_talk").fault == "refuses a greeting"


def test_nothing_found_must_be_said() -> None:
    plan = Plan("not_found", "en", "any gnomes?")
    assert _mark(plan, "Not found: the shop's data do not have this.").exact
    assert _mark(plan, "Hello!").fault == "does not say that nothing was found"


def test_names_in_a_sum_must_all_stand_in_the_answer() -> None:
    facts = (Fact(1, LAMP), Fact(2, OTHER))
    computed = arithmetic.compare(*facts, "zh")
    assert computed is not None
    target = Fact(3, computed.record)
    text = str(computed.record.fields["text"])
    plan = Plan(
        "computed", "zh", "谁便宜", (*facts, target), target, points=(Point("text", "比较", text),), must=computed.must
    )
    assert _mark(plan, f"{text} [3]。").names is True
    garbled = _mark(plan, f"{text.replace('麂皮', '鹿皮')} [3]。")
    assert garbled.names is False and garbled.fault == "part of the sum garbled"


def test_rare_characters_are_told_by_how_rare_they_are() -> None:
    assert rare_characters(_priced(replace(LAMP, title="白色台灯"))) == ""
    assert rare_characters(_priced()) == "level 2"
    assert rare_characters(_priced(replace(LAMP, title="堃灯"))) == "beyond GB 2312"


class _Parrot:
    """Says the plan line's own texts, whatever it is asked; counts a token a character."""

    def __init__(self, *, quiet: bool = False) -> None:
        self.quiet = quiet
        self.most: list[int] = []

    def ask(self, messages: object, plan: Plan, most: int, decoding: Decoding) -> Said:
        self.most.append(most)
        return Said(("",) if self.quiet else tuple(exact_answer(plan)), True)

    def examinee(self) -> Examinee:
        return Examinee("parrot", PLANNED, ("bare", "as used"), self.ask, len)


def test_a_model_that_says_what_is_planned_passes_and_a_silent_one_does_not() -> None:
    rows = [_row(_priced()), _row(_stocked(OTHER), "stock")]
    parrot = _Parrot()
    bare, used = sit(parrot.examinee(), rows, ("bare", "as used"))
    assert figures(bare.marks)["exact"] == figures(used.marks)["exact"] == 1.0
    assert parrot.most[0] == 2 * len(exact_answer(rows[0].plan)) + 32
    (silent,) = sit(_Parrot(quiet=True).examinee(), rows, ("bare",))
    assert figures(silent.marks)["exact"] == 0.0 and figures(silent.marks)["replaced"] == 1.0


def test_wrong_plans_point_elsewhere_and_leave_question_and_facts_alone() -> None:
    row = _row(_priced(LAMP, OTHER))
    cases = {case.planted: case for case in wrong_plans([row])}
    assert set(cases) == {"another record", "another field", "another value"}
    for case in cases.values():
        shown = case.row.messages[-1].content
        assert plan_line(case.false) in shown and plan_line(row.plan) not in shown
        assert shown.replace(plan_line(case.false), plan_line(row.plan)) == row.messages[-1].content
        assert case.row.plan == row.plan
    assert cases["another record"].false.must == ("麂皮檐灯", "¥266.00")
    assert cases["another value"].false.points[0].value not in row.messages[-1].content


def test_what_a_model_does_with_wrong_plans_is_told_and_caught() -> None:
    rows = [_row(_priced(LAMP, OTHER))]
    found = conduct(_Parrot().examinee(), rows, "as used")
    told = conduct_figures(found)
    assert told["all"] == {
        "asked": 3,
        "follows": 1.0,
        "refuses": 0.0,
        "mixes": 0.0,
        "caught": 1.0,
        "caught_blindly": 0.3333,
    }
    assert told["another value"]["caught_blindly"] == 1.0, "a figure that stands in no fact needs no true plan"
    stubborn = Examinee("s", PLANNED, ("bare",), lambda *_: Said((exact_answer(rows[0].plan),), True), len)
    assert conduct_figures(conduct(stubborn, rows, "bare"))["all"]["refuses"] == 1.0


def test_the_report_shows_parts_types_languages_and_faults() -> None:
    rows = [_row(_priced()), _row(_stocked(LAMP), "stock"), _row(Plan("small_talk", "en", "hi"), "small_talk/greeting")]
    sittings = sit(_Parrot(quiet=True).examinee(), rows, ("bare",))
    assert list(groups(sittings[0].marks)) == [
        ("all", "all"), ("part", "shop"), ("type", "price"), ("type", "small_talk"), ("type", "stock"),
        ("names with hanzi", "level 2"),
    ]  # fmt: skip
    text = as_markdown(sittings, {})
    assert "| type: price | 1, 0 | 0.0 / – / 0.0 |" in text and "- said nothing: 3" in text
    body = json.loads(json.dumps(as_json(sittings, {})))
    assert body["sittings"][0]["groups"]["type: price"]["zh"]["questions"] == 1


# ---- questions asked of a home

_PATTERNS = {
    "price": ("那个{n}到底卖啥价",), "several": ("{n}价和货",), "compare": ("{a}同{b}谁省钱",),
    "total": ("{q}{u}{n}拢共",), "list": ("{c}看看", "{p}内的{c}"), "extreme_low": ("{c}顶便宜的",),
    "count": ("{c}几样",), "options": ("{n}的{f}有啥",), "order": ("{o}呢", "{o}的{f}呢"), "promotion": ("{t}咋弄",),
    "policy": ("{t}咋说",), "follow_up": ("货嘞|stock",), "not_recorded": ("{n}的{f}记了没",),
    "not_found": ("{x}有没",), "small_talk": ("早呀|greeting",),
}  # fmt: skip


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(tmp_path_factory.mktemp("exam") / "shop.db") as store:
        store.load_sample(ROOT / "resources" / "sample")
        yield store


def _asked(store: Store, language: Language = "zh", seed: int = 0) -> list[ExamRow]:
    asker = HomeAsker(store.catalogue, "sample", PLANNED, today=date(2026, 11, 20), seed=seed)
    return [asked.row for asked in asker.rows(_PATTERNS, language)]


def test_every_pattern_is_asked_of_a_home_and_its_exact_answer_passes(sample: Store) -> None:
    rows = _asked(sample)
    assert {row.kind.partition("/")[0] for row in rows} == set(_PATTERNS)
    for row in rows:
        assert row.plan.language == "zh" and "{" not in row.plan.question
        words = lead_in(row.plan) if row.plan.intent == "policy" else exact_answer(row.plan)
        assert marked(row, Said((words,), True), PLANNED).fault in ("", "another sort of small talk")
    follow = next(row for row in rows if row.kind == "follow_up")
    assert [message.role for message in follow.messages] == ["system", "user", "assistant", "user"]


def test_the_same_seed_asks_the_same(sample: Store) -> None:
    assert _asked(sample) == _asked(sample) != _asked(sample, seed=1)


def test_a_row_that_says_nothing_is_asked_for_what_it_does_not_say(sample: Store) -> None:
    row = next(row for row in _asked(sample) if row.kind == "not_recorded")
    assert row.plan.intent == "not_recorded" and row.plan.points[0].value == "未登记"


# ---- models


def test_a_manifest_stands_beside_the_model_or_the_fallback_serves(tmp_path: Path) -> None:
    model = tmp_path / "m.gguf"
    assert manifest_for(model, PLANNED) is PLANNED
    model.with_suffix(".json").write_text(
        '{"name": "x", "file": "m.gguf", "words": ["a"], "later": 1}', encoding="utf-8"
    )
    assert manifest_for(model, PLANNED).words == ("a",)
    model.with_suffix(".json").write_text("[1]", encoding="utf-8")
    with pytest.raises(ToolError, match="no manifest"):
        manifest_for(model, PLANNED)


def test_the_shipped_model_is_examined_and_its_untrained_twin_fails(tmp_path: Path) -> None:
    pytest.importorskip("llama_cpp")
    pytest.importorskip("gguf")
    manifest = manifest_for(COUNTER, PLANNED)
    rows = [
        _row(_priced(replace(LAMP, title="白色台灯"), question="白色台灯多少钱")),
        _row(Plan("not_found", "zh", "有没有钢琴")),
    ]
    (trained,) = sit(open_model(COUNTER, manifest), rows, ("as used",))
    assert [mark.exact for mark in trained.marks] == [True, True]
    twin = untrained_twin(COUNTER, tmp_path / "twin.gguf")
    assert twin.stat().st_size == COUNTER.stat().st_size
    (untrained,) = sit(open_model(twin, manifest), rows, ("bare",))
    assert not any(mark.exact for mark in untrained.marks)


@pytest.mark.train
def test_a_folder_of_transformers_is_examined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pytest.importorskip("tqdm").tqdm, "monitor_interval", 0)  # no thread of its own
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    from tokenizers import Tokenizer, models, pre_tokenizers

    words = {chr(code): code - 32 for code in range(32, 127)} | {"<|im_end|>": 95}
    letters = Tokenizer(models.WordLevel(words, unk_token=" "))
    letters.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    tokenizer = transformers.PreTrainedTokenizerFast(tokenizer_object=letters, eos_token="<|im_end|>")
    tokenizer.chat_template = "{% for m in messages %}{{ m.content }}{% endfor %}"
    tokenizer.save_pretrained(tmp_path)
    torch.manual_seed(0)
    shape = transformers.Qwen3Config(
        vocab_size=96, hidden_size=32, intermediate_size=32, num_hidden_layers=1, num_attention_heads=2,
        num_key_value_heads=1, head_dim=16, eos_token_id=95, tie_word_embeddings=True,
    )  # fmt: skip
    transformers.Qwen3ForCausalLM(shape).save_pretrained(tmp_path)
    rows = [_row(replace(_priced(), language="en", question="how much"))]
    (sitting,) = sit(open_model(tmp_path, PLANNED), rows, ("bare", "as used"))
    assert sitting.decoding == "bare" and not sitting.marks[0].exact


def test_the_script_writes_table_figures_and_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("llama_cpp")
    write_rows(tmp_path / "exam.jsonl", [_row(_priced(replace(LAMP, title="白色台灯"), question="白色台灯多少钱"))])
    arguments = ["exam_model", str(COUNTER), "--rows", str(tmp_path / "exam.jsonl"), "--wrong-plans", "1"]
    monkeypatch.setattr(sys, "argv", [*arguments, "--out", str(tmp_path / "out")])
    exam_model.main()
    assert "type: price" in capsys.readouterr().out
    body = json.loads((tmp_path / "out" / "exam.json").read_text(encoding="utf-8"))
    assert [sitting["decoding"] for sitting in body["sittings"]] == ["bare", "as used"] and body["wrong plans"]["bare"]
    assert len((tmp_path / "out" / "answers.jsonl").read_text(encoding="utf-8").splitlines()) == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "nothing to ask"),
        (("--home", "no-home"), "no home of ShopDesk"),
        (("--rows", "none.jsonl"), "none.jsonl"),
        (("--rows", "{rows}"), "no model at"),
    ],
)
def test_what_is_missing_is_named(
    arguments: tuple[str, ...], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_rows(tmp_path / "rows.jsonl", [_row(_priced())])
    told = [part.replace("{rows}", str(tmp_path / "rows.jsonl")) for part in arguments]
    monkeypatch.setattr(sys, "argv", ["exam_model", "absent.gguf", *told])
    with pytest.raises(ToolError, match=message):
        exam_model.main()


# ---- the questions written by hand


def _texts_in(value: object) -> Iterator[str]:
    """Every text in a module's tables, groups written as "a|b" cut up."""
    if isinstance(value, str):
        yield from value.split("|")
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts_in(part)
    elif isinstance(value, tuple | list | set | frozenset):
        for part in value:
            yield from _texts_in(part)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _texts_in(getattr(value, field.name))


def _bare(pattern: str) -> str:
    """A pattern without marks, spaces, case, the names of its places and what stands behind its bar."""
    return re.sub(r"[^\w@]+", "", re.sub(r"\{\w+\}", "@", pattern.partition("|")[0]).casefold())


def test_no_pattern_of_the_generators_is_a_question_written_by_hand() -> None:
    trained: set[str] = set()
    for package in (tools.counter, tools.dataset):
        for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            try:
                module = importlib.import_module(found.name)
            except ModuleNotFoundError:  # one that needs torch and holds no patterns
                continue
            tables = [value for name, value in vars(module).items() if not name.startswith("__")]
            trained.update(_bare(text) for table in tables for text in _texts_in(table))
    assert _bare("{n}多少钱") in trained and _bare("how much is {n}") in trained, "the patterns are found"
    asked = [pattern for patterns in BY_HAND.values() for group in patterns.values() for pattern in group]
    assert len(asked) == len({_bare(pattern) for pattern in asked}) >= 320
    assert not [pattern for pattern in asked if _bare(pattern) in trained]


def test_the_questions_written_by_hand_fit_the_odd_shop(tmp_path: Path) -> None:
    with open_store(tmp_path / "shop.db") as store:
        store.load_sample(ODD_SHOP)
        rows = by_hand_rows(store, "odd shop", PLANNED)
    assert len(rows) > 300 and {row.language for row in rows} == {"zh", "en"}
    assert any(rare_characters(row.plan) == "beyond GB 2312" for row in rows)
    for row in rows:
        if row.plan.target is not None:
            words = lead_in(row.plan) if row.plan.intent == "policy" else exact_answer(row.plan)
            assert marked(row, Said((words,), True), PLANNED).exact


def test_the_questions_about_the_samples_policies_ask_for_what_stands_there(sample: Store) -> None:
    bodies = "".join(str(record.fields["body"]) for record in sample.catalogue.records("policy"))
    questions = read_questions(SAMPLE_POLICIES)
    assert {question.lang for question in questions} == {"zh", "en"} and len(questions) == 46
    assert all(isinstance(item, str) and item in bodies for question in questions for item in question.expect.all)
