"""Paths, settings and log: the files of one home."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk import log
from shopdesk.core.errors import StoreError
from shopdesk.paths import find_home, resources
from shopdesk.settings import Settings

JSON_VALUES = st.recursive(
    st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


def test_the_chosen_home_comes_before_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOPDESK_HOME", str(tmp_path / "environment"))
    assert find_home().root == tmp_path / "environment"
    assert find_home(tmp_path / "chosen").root == tmp_path / "chosen"


def test_without_a_choice_the_home_lies_where_the_system_keeps_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SHOPDESK_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert find_home().root.name.lower() == "shopdesk"


def test_a_home_below_a_file_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StoreError) as refusal:
        find_home(tmp_path / "file" / "home").create()
    assert refusal.value.code == "home_unusable"
    assert "file" in refusal.value.text("zh") and "file" in refusal.value.text("en")


def test_resources_hold_the_sample_shop() -> None:
    assert (resources() / "sample" / "products.csv").is_file()


@given(key=st.text(min_size=1), value=JSON_VALUES)
def test_settings_come_back_as_they_were_set(tmp_path_factory: pytest.TempPathFactory, key: str, value: object) -> None:
    file = tmp_path_factory.mktemp("settings") / "settings.json"
    Settings(file).set(key, value)
    assert Settings(file).get(key) == value


def test_names_of_later_editions_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text('{"from_the_future": {"a": 1}}', encoding="utf-8")
    Settings(file).set("language", "zh")
    assert json.loads(file.read_text(encoding="utf-8")) == {"from_the_future": {"a": 1}, "language": "zh"}


def test_two_programs_do_not_undo_each_other(tmp_path: Path) -> None:
    one, other = Settings(tmp_path / "settings.json"), Settings(tmp_path / "settings.json")
    one.set("language", "zh")
    other.set("theme", "dark")
    assert Settings(tmp_path / "settings.json").get("language") == "zh"


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff\xfe\x00", b'"text"'])
def test_a_broken_file_is_kept_aside_and_the_defaults_hold(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "settings.json"
    file.write_bytes(content)
    settings = Settings(file)
    assert settings.get("theme") == "system"
    settings.set("theme", "dark")
    assert Settings(file).get("theme") == "dark"
    assert (tmp_path / "settings.json.broken").read_bytes() == content


def test_settings_that_cannot_be_saved_say_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as refusal:
        Settings(tmp_path / "missing" / "settings.json").set("theme", "dark")
    assert refusal.value.code == "settings_unwritable"


def test_the_log_begins_anew_when_it_is_full(tmp_path: Path) -> None:
    file = tmp_path / "logs" / "shopdesk.log"
    assert log.start_log(file)
    for _ in range(30):
        logging.getLogger("shopdesk.test").info("x" * 100_000)
    files = list(file.parent.iterdir())
    assert 1 < len(files) <= 1 + log.OLDER_FILES
    assert all(each.stat().st_size <= log.BYTES_PER_FILE for each in files)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_log_on_a_full_disk_is_silent(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "shopdesk.log").symlink_to("/dev/full")
    assert log.start_log(tmp_path / "shopdesk.log")
    logging.getLogger("shopdesk.test").warning("nobody hears this")
    log.stop_log()
    assert capsys.readouterr().err == ""


def test_without_a_writable_place_the_program_runs_without_log(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file", encoding="utf-8")
    assert not log.start_log(tmp_path / "logs" / "shopdesk.log")
    logging.getLogger("shopdesk.test").warning("nobody hears this")
