"""The watched folder: what comes in, what is left alone, what is told, and how often."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from shopdesk.core.errors import StoreError
from shopdesk.store import Store
from shopdesk.store.importing.watching import Watched
from tests.store.conftest import GOODS_ZH, Write


@pytest.fixture
def folder(tmp_path: Path, store: Store, write: Write) -> Path:
    """A folder that is watched by a store which knows the layout of GOODS_ZH."""
    store.importer.commit(store.importer.plan(write("first.csv", GOODS_ZH)))
    place = tmp_path / "收银机"
    place.mkdir()
    store.watch.begin(place)
    return place


def look(store: Store) -> list[Watched]:
    return list(store.watch.look())


def price(store: Store, key: str = "B-200") -> object:
    record = store.catalogue.get("products", key)
    return record and record.fields["price"]


def test_it_is_off_until_it_is_switched_on(store: Store, tmp_path: Path) -> None:
    assert store.watch.folder is None
    assert look(store) == []
    with pytest.raises(StoreError):
        store.watch.begin(tmp_path / "nowhere")
    assert store.watch.folder is None


def test_a_new_file_comes_in_once_it_is_at_rest(store: Store, folder: Path) -> None:
    file = folder / "export.csv"
    file.write_text(GOODS_ZH.replace("89.5", "79.5"), encoding="utf-8")
    assert look(store) == []
    assert price(store) == "89.50"
    (came,) = look(store)
    assert came.report is not None and came.report.batch is not None and came.fault is None
    assert price(store) == "79.50"
    assert store.importer.batches()[0].imported_by == "watched folder"
    assert look(store) == [] == look(store)


def test_a_file_that_grows_is_left_alone(store: Store, folder: Path) -> None:
    file = folder / "export.csv"
    for part in range(1, 5):
        file.write_text(GOODS_ZH[: len(GOODS_ZH) * part // 4], encoding="utf-8")
        assert look(store) == []
    (came,) = look(store)
    assert came.report is not None and came.report.counts.rejected == 0


def test_the_same_name_with_new_content_comes_in_again(store: Store, folder: Path) -> None:
    file = folder / "export.csv"
    for wanted in ("79.50", "69.50"):
        file.write_text(GOODS_ZH.replace("89.5", wanted), encoding="utf-8")
        os.utime(file, ns=(1, int(float(wanted) * 1e9)))
        look(store)
        assert len(look(store)) == 1
        assert price(store) == wanted


def test_what_lay_there_before_is_not_new_even_after_a_restart(store: Store, folder: Path) -> None:
    store.watch.end()
    (folder / "old.csv").write_text(GOODS_ZH.replace("89.5", "1"), encoding="utf-8")
    store.watch.begin(folder)
    assert look(store) == [] == look(store)
    assert price(store) == "89.50"


def test_files_come_in_by_their_age(store: Store, folder: Path) -> None:
    for name, wanted, moment in (("a.csv", "3", 3), ("b.csv", "1", 1), ("c.csv", "2", 2)):
        (folder / name).write_text(GOODS_ZH.replace("89.5", wanted), encoding="utf-8")
        os.utime(folder / name, ns=(moment, moment))
    look(store)
    assert [came.file.name for came in look(store)] == ["b.csv", "c.csv", "a.csv"]
    assert price(store) == "3.00"


def test_columns_that_nobody_has_seen_are_told_once(store: Store, folder: Path) -> None:
    (folder / "other.csv").write_text("品名,售价\n伞,30\n", encoding="utf-8")
    look(store)
    (told,) = look(store)
    assert told.fault is not None and told.fault.code == "watch_unknown_layout"
    assert "other.csv" in told.fault.text("zh")
    assert look(store) == []
    assert store.catalogue.total("products") == 3


def test_a_bad_file_is_told_once_and_the_others_come_in(store: Store, folder: Path) -> None:
    (folder / "bad.csv").write_bytes(b"\x00" * 5000)
    (folder / "good.csv").write_text(GOODS_ZH.replace("89.5", "79.5"), encoding="utf-8")
    look(store)
    outcomes = {came.file.name: came for came in look(store)}
    assert outcomes["bad.csv"].fault is not None
    assert outcomes["good.csv"].report is not None
    assert look(store) == []


def test_damage_is_never_imported_by_itself(store: Store, folder: Path) -> None:
    text = GOODS_ZH.replace("6901234567892", "6.9E+12").replace("6901234567908", "6.9E+12")
    (folder / "damaged.csv").write_text(text, encoding="utf-8")
    look(store)
    (told,) = look(store)
    assert told.fault is not None and told.fault.code == "import_damaged"
    record = store.catalogue.get("products", "A-100")
    assert record is not None and record.fields["barcode"] == "6901234567892"


def test_rejected_rows_do_not_come_back_as_the_next_file(store: Store, folder: Path) -> None:
    (folder / "export.csv").write_text(GOODS_ZH + "D-1,杯子,abc,,1,,,,,,,\n", encoding="utf-8")
    look(store)
    (came,) = look(store)
    assert came.report is not None and came.report.counts.rejected == 1
    assert came.report.rejected_file is not None and Path(came.report.rejected_file).is_file()
    assert [file.name for file in folder.iterdir()] == ["export.csv"]
    assert look(store) == [] == look(store)


def test_hidden_and_lock_files_are_none(store: Store, folder: Path) -> None:
    for name in (".export.csv", "~$export.xlsx", "export.csv.part", "picture.png"):
        (folder / name).write_text(GOODS_ZH, encoding="utf-8")
    assert look(store) == [] == look(store)


def test_a_folder_that_is_gone_is_told_once_until_it_is_back(store: Store, folder: Path) -> None:
    folder.rmdir()
    (told,) = look(store)
    assert told.fault is not None and told.fault.code == "watch_folder_missing"
    assert look(store) == []
    folder.mkdir()
    assert look(store) == []
    folder.rmdir()
    assert len(look(store)) == 1
