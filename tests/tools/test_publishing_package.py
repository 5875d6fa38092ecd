"""Only a file that passed is packaged; what is packaged goes onto the app's shelf and tells how it did."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("gguf")

from shopdesk.cli import main
from shopdesk.core.wording import exact_answer
from shopdesk.engine.models import ModelShelf, sha256_of
from tests.tools.publishing import MANIFEST, exam_rows, rewritten
from tools.dataset.rows import ExamRow
from tools.errors import ToolError
from tools.examination.answering import DECODINGS, Said
from tools.examination.model_exam import Sitting
from tools.examination.model_marking import Mark, marked
from tools.examination.model_report import as_json
from tools.publishing.packaging import Packaged, package

Reports = tuple[dict[str, Any], dict[str, Any]]


@pytest.fixture
def model(tmp_path: Path, bundled_model: Path) -> Path:
    said = {"general.name": "Corner Shop", "shopdesk.prompt_version": 1}
    return rewritten(bundled_model, tmp_path / "corner-f16.gguf", metadata=said)


def reports_on(model: Path) -> Reports:
    measured = {
        "rows": 100, "same_tokens": 100, "positions": 2000, "kl_mean": 0.0001, "kl_p99": 0.002, "kl_max": 0.1,
        "agreement": 0.999, "raw_agreement": 0.998, "same_answers": 99, "exact_model": 97, "exact_file": 96,
        "lost": 1, "gained": 0,
    }  # fmt: skip
    file = {"file": model.name, "sha256": sha256_of(model), "passed": True, "causes": [], "measured": measured}
    rows = exam_rows()
    heard = {"as used": len(rows) - 1, "bare": len(rows) // 2}
    sittings = [
        Sitting(model.stem, decoding, tuple(_mark(row, number < heard[decoding]) for number, row in enumerate(rows)))
        for decoding in DECODINGS
    ]
    return {"model": "merged", "passed": True, "files": [file]}, as_json(sittings, {})


def _mark(row: ExamRow, right: bool) -> Mark:
    text = exact_answer(row.plan) if right else "?"
    return marked(row, Said((text,), True), MANIFEST)


def packaged(model: Path, reports: Reports, **more: Any) -> Packaged:
    folder = model.parent
    for name, body in zip(("parity", "exam"), reports, strict=True):
        (folder / f"{name}.json").write_text(json.dumps(body), encoding="utf-8")
    return package(model, folder / "parity.json", folder / "exam.json", folder / "package", **more)


def test_the_package_goes_onto_the_shelf(model: Path, tmp_path: Path) -> None:
    made = packaged(model, reports_on(model), notes="Sells *tents*.", zipped=True)
    assert sorted(file.name for file in made.folder.iterdir()) == [
        "corner-f16.gguf", "corner-f16.json", "corner-f16.md",
    ]  # fmt: skip
    assert made.zip is not None
    for number, source in enumerate((made.folder, made.zip)):
        shelf = ModelShelf(tmp_path / "bundled", tmp_path / f"home {number}")
        entry = shelf.add(source)
        assert entry.manifest == made.manifest
        assert (entry.name, entry.report.parity, entry.report.exam_exact) == ("Corner Shop", True, 0.95)
        assert shelf.verify("corner shop").expected == sha256_of(model)
        for said in ("Sells *tents*.", "| type: value | 20 | 95.0% (zh 100.0%, en 87.5%) | 50.0% (zh", "100 of 100"):
            assert said in entry.card


def parity_failed(parity: dict[str, Any], exam: dict[str, Any]) -> None:
    parity["files"][0] |= {"passed": False, "causes": [{"sort": "template", "text": "writes row 3 otherwise"}]}


def parity_of_another(parity: dict[str, Any], exam: dict[str, Any]) -> None:
    parity["files"][0]["sha256"] = "0" * 64


def exam_of_another(parity: dict[str, Any], exam: dict[str, Any]) -> None:
    for sitting in exam["sittings"]:
        sitting["model"] = "counter"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (parity_failed, "template: writes row 3 otherwise"),
        (parity_of_another, "does not speak of corner-f16.gguf"),
        (exam_of_another, "no exam of corner-f16"),
    ],
)
def test_what_did_not_pass_is_not_packaged(
    model: Path, change: Callable[[dict[str, Any], dict[str, Any]], None], said: str
) -> None:
    parity, exam = reports_on(model)
    change(parity, exam)
    with pytest.raises(ToolError, match=said):
        packaged(model, (parity, exam))
    assert not list(model.parent.glob("package*"))


def test_the_app_lists_shows_and_uses_it_and_goes_back(
    model: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = packaged(model, reports_on(model), zipped=True)

    def shopdesk(*arguments: str) -> str:
        capsys.readouterr()
        assert main(["--home", str(home), *arguments]) == 0
        return capsys.readouterr().out

    shopdesk("models", "add", str(made.zip))
    mine = next(entry for entry in json.loads(shopdesk("models", "list", "--json")) if entry["name"] == "Corner Shop")
    assert (mine["parity"], mine["exam"]) == (True, {"exact": 0.95, "questions": 20})
    shown = json.loads(shopdesk("models", "show", "Corner Shop", "--json"))
    assert shown["card"].startswith("# Corner Shop")
    assert shown["report"]["parity"]["kl_mean"] == 0.0001
    assert "考试正确率 95.0%" in shopdesk("--language", "zh", "models", "list")
    assert "parity passed" in shopdesk("models", "show", "Corner Shop")
    for name in ("Corner Shop", "ShopDesk Counter"):
        shopdesk("models", "use", name)
        used = json.loads(shopdesk("models", "list", "--json"))
        assert [entry["name"] for entry in used if entry["used"]] == [name]


@pytest.mark.parametrize(("language", "said"), [("zh", "一致性检查"), ("en", "did not pass")])
def test_the_app_refuses_what_did_not_pass(
    model: Path, home: Path, capsys: pytest.CaptureFixture[str], language: str, said: str
) -> None:
    made = packaged(model, reports_on(model))
    file = made.model.with_suffix(".json")
    body = json.loads(file.read_text(encoding="utf-8"))
    body["report"]["parity"]["passed"] = False
    file.write_text(json.dumps(body), encoding="utf-8")
    assert main(["--home", str(home), "--language", language, "models", "add", str(made.folder)]) == 1
    assert said in capsys.readouterr().err
