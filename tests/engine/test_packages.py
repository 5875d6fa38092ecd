"""A published model goes onto the shelf as a folder or a zip file, whole and checked, or not at all."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest

from shopdesk.core.errors import EngineError
from shopdesk.core.messages import codes
from shopdesk.engine.models import ModelShelf, sha256_of

REPORT: dict[str, Any] = {
    "base_model": "Small-1B", "made": "2026-11-21", "exam": {"exact": 0.94, "questions": 200},
    "parity": {"passed": True, "rows": 100, "causes": []},
}  # fmt: skip


@pytest.fixture
def shelf(tmp_path: Path) -> ModelShelf:
    return ModelShelf(tmp_path / "bundled", tmp_path / "主目录" / "models")


def published(folder: Path, tiny: Path, **changes: Any) -> Path:
    """A package folder, its report changed."""
    folder.mkdir()
    shutil.copyfile(tiny, folder / "shop.gguf")
    manifest = {"name": "Shop", "context": 1024, "sha256": sha256_of(tiny), "report": REPORT} | changes
    (folder / "shop.json").write_text(json.dumps(manifest), encoding="utf-8")
    (folder / "shop.md").write_text("# Shop\n\n什么都不懂。\n", encoding="utf-8")
    return folder


def packed(folder: Path, top: str = "shop/") -> Path:
    file = folder.with_suffix(".zip")
    with zipfile.ZipFile(file, "w") as archive:
        for path in folder.iterdir():
            archive.write(path, f"{top}{path.name}")
    return file


def home_of(tmp_path: Path) -> list[str]:
    home = tmp_path / "主目录" / "models"
    return sorted(path.name for path in home.iterdir()) if home.is_dir() else []


def refusal(shelf: ModelShelf, file: Path) -> EngineError:
    with pytest.raises(EngineError) as fault:
        shelf.add(file)
    assert fault.value.code in codes()
    assert fault.value.text("zh") != fault.value.text("en")
    return fault.value


@pytest.mark.parametrize("form", ["folder", "zip", "zip without a folder", "file"])
def test_a_package_is_added_with_card_and_report(tmp_path: Path, tiny: Path, shelf: ModelShelf, form: str) -> None:
    folder = published(tmp_path / "package", tiny)
    file = {
        "folder": lambda: folder, "zip": lambda: packed(folder), "zip without a folder": lambda: packed(folder, ""),
        "file": lambda: folder / "shop.gguf",
    }[form]()  # fmt: skip
    entry = shelf.add(file)
    assert home_of(tmp_path) == ["shop.gguf", "shop.json", "shop.md"]
    assert (entry.name, entry.problem, entry.card.splitlines()[-1]) == ("Shop", None, "什么都不懂。")
    listed = shelf.list()[0].to_json()
    assert (listed["base_model"], listed["made"], listed["parity"]) == ("Small-1B", "2026-11-21", True)
    assert listed["exam"] == {"exact": 0.94, "questions": 200}
    assert shelf.verify("Shop").expected == sha256_of(tiny)
    shelf.remove("Shop")
    assert home_of(tmp_path) == []


@pytest.mark.parametrize("zipped", [False, True])
def test_what_is_not_the_file_it_should_be_is_refused(
    tmp_path: Path, tiny: Path, shelf: ModelShelf, zipped: bool
) -> None:
    folder = published(tmp_path / "package", tiny, sha256="0" * 64)
    assert refusal(shelf, packed(folder) if zipped else folder).code == "model_checksum"
    assert home_of(tmp_path) == []


@pytest.mark.parametrize("zipped", [False, True])
def test_what_did_not_pass_parity_is_refused_with_its_cause(
    tmp_path: Path, tiny: Path, shelf: ModelShelf, zipped: bool
) -> None:
    failed = {"passed": False, "causes": ["template: the file's chat template writes row 3 otherwise"]}
    folder = published(tmp_path / "package", tiny, report=REPORT | {"parity": failed})
    fault = refusal(shelf, packed(folder) if zipped else folder)
    assert fault.code == "model_parity"
    assert "row 3" in (fault.detail or "")
    assert home_of(tmp_path) == []


def test_copying_a_model_is_told_of_and_what_is_cut_short_leaves_nothing(
    tmp_path: Path, tiny: Path, shelf: ModelShelf
) -> None:
    file = tmp_path / "mine.gguf"
    file.write_bytes(tiny.read_bytes())
    before, heard = shelf.list(), list[tuple[int, int]]()

    class LetGo(Exception):
        pass

    def let_go(there: int, size: int) -> None:
        raise LetGo

    with pytest.raises(LetGo):
        shelf.add(file, let_go)
    assert shelf.list() == before
    shelf.add(file, lambda there, size: heard.append((there, size)))
    assert heard[-1] == (file.stat().st_size,) * 2


def test_a_package_without_one_model_is_refused(tmp_path: Path, tiny: Path, shelf: ModelShelf) -> None:
    folder = published(tmp_path / "package", tiny)
    shutil.copyfile(tiny, folder / "second.gguf")
    assert refusal(shelf, folder).code == "model_package"
    assert refusal(shelf, packed(folder)).code == "model_package"
    (tmp_path / "empty").mkdir()
    assert refusal(shelf, tmp_path / "empty").code == "model_package"
    (tmp_path / "notes.zip").write_text("not a zip")
    assert refusal(shelf, tmp_path / "notes.zip").code == "model_package"
    assert refusal(shelf, tmp_path / "none.zip").code == "model_missing"


def test_a_damaged_zip_leaves_nothing_behind(tmp_path: Path, tiny: Path, shelf: ModelShelf) -> None:
    file = packed(published(tmp_path / "package", tiny))
    data = bytearray(file.read_bytes())
    place = data.index(b"GGUF") + 200_000
    data[place : place + 64] = bytes(64)
    file.write_bytes(data)
    assert refusal(shelf, file).code == "model_package"
    assert home_of(tmp_path) == []


def test_no_file_of_a_zip_lands_beside_the_shelf(tmp_path: Path, tiny: Path, shelf: ModelShelf) -> None:
    shelf.add(packed(published(tmp_path / "package", tiny), top="../../../"))
    assert home_of(tmp_path) == ["shop.gguf", "shop.json", "shop.md"]


def test_a_name_that_is_taken_stays_with_the_old_model(tmp_path: Path, tiny: Path, shelf: ModelShelf) -> None:
    folder = published(tmp_path / "package", tiny)
    shelf.add(folder)
    (folder / "shop.md").write_text("another")
    assert refusal(shelf, packed(folder)).code == "model_name_taken"
    assert shelf.list()[0].card.startswith("# Shop")


def test_what_a_cut_off_copy_left_is_no_model(tmp_path: Path, tiny: Path, shelf: ModelShelf) -> None:
    left = tmp_path / "主目录" / "models" / ".adding"
    left.mkdir(parents=True)
    (left / "shop.gguf").write_bytes(tiny.read_bytes()[:1000])
    assert shelf.list() == []
    shelf.add(published(tmp_path / "package", tiny))
    assert home_of(tmp_path) == ["shop.gguf", "shop.json", "shop.md"]


@pytest.mark.parametrize("report", [None, 3, [], {"exam": 1, "parity": {"passed": "no"}}, {"made": 7}])
def test_an_odd_report_hides_no_model(tmp_path: Path, tiny: Path, shelf: ModelShelf, report: object) -> None:
    entry = shelf.add(published(tmp_path / "package", tiny, report=report))
    assert (entry.problem, entry.report.parity, entry.report.exam_exact) == (None, None, None)
