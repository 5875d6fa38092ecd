from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shopdesk.core.errors import EngineError
from shopdesk.core.messages import codes
from shopdesk.engine.gguf import read_head
from shopdesk.engine.models import ModelShelf, read_manifest, sha256_of, write_manifest
from tests.engine.tiny_gguf import write_tiny_model


@pytest.fixture
def shelf(tmp_path: Path, tiny: Path) -> ModelShelf:
    bundled = tmp_path / "bundled"
    bundled.mkdir()
    (bundled / "counter.gguf").write_bytes(tiny.read_bytes())
    (bundled / "counter.json").write_text('{"name": "Counter", "context": 1024, "needs_plan": true, "later": 1}')
    return ModelShelf(bundled, tmp_path / "主目录" / "models")


def code_of(fault: pytest.ExceptionInfo[EngineError]) -> str:
    assert fault.value.code in codes()
    assert fault.value.text("zh") != fault.value.text("en")
    return fault.value.code


def test_the_head_says_what_the_file_is(tiny: Path) -> None:
    head = read_head(tiny)
    assert (head.architecture, head.trained_context, head.needed) == ("qwen3", 4096, tiny.stat().st_size)
    assert head.lengths["tokenizer.ggml.tokens"] == 261


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "model_truncated"), (b"GG", "model_truncated"), (b"GGUF\x03\0\0", "model_truncated"),
        (b"GGUF\x09\0\0\0" + bytes(64), "model_version"), (b"GGUF\0\0\0\x03" + bytes(64), "model_version"),
        (b"PK\x03\x04" + bytes(64), "model_foreign"), (b"<!DOCTYPE html>", "model_foreign"),
        (b"GGUF\x03\0\0\0" + b"\xff" * 64, "model_foreign"), (b"GGUF\x03\0\0\0" + bytes(64), "model_not_chat"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_model(tmp_path: Path, content: bytes, code: str) -> None:
    file = tmp_path / "x.gguf"
    file.write_bytes(content)
    with pytest.raises(EngineError) as fault:
        read_manifest(file)
    assert code_of(fault) == code


@pytest.mark.parametrize("missing", [1, 1000, 200_000, 386_000])
def test_a_file_cut_short(tmp_path: Path, tiny: Path, missing: int) -> None:
    file = tmp_path / "x.gguf"
    file.write_bytes(tiny.read_bytes()[:-missing])
    with pytest.raises(EngineError) as fault:
        read_head(file)
    assert code_of(fault) == "model_truncated"


@given(place=st.integers(0, 9000), byte=st.integers(0, 255))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_head_is_read_or_refused_but_nothing_else(tmp_path: Path, tiny: Path, place: int, byte: int) -> None:
    data = bytearray(tiny.read_bytes())
    data[place] = byte
    file = tmp_path / "x.gguf"
    file.write_bytes(data)
    try:
        read_manifest(file)
    except EngineError as fault:
        assert fault.code in codes()


def test_a_folder_or_nothing_is_missing(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "no.gguf"):
        with pytest.raises(EngineError) as fault:
            read_manifest(path)
        assert code_of(fault) == "model_missing"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path, tiny: Path) -> None:
    file = tmp_path / "x.gguf"
    file.write_bytes(tiny.read_bytes())
    file.chmod(0)
    with pytest.raises(EngineError) as fault:
        read_manifest(file)
    assert code_of(fault) == "model_unreadable"


def test_the_manifest_beside_the_file(shelf: ModelShelf) -> None:
    (entry,) = shelf.list()
    manifest = entry.manifest
    assert (entry.name, entry.bundled, entry.problem) == ("Counter", True, None)
    assert (manifest.file, manifest.context, manifest.needs_plan, manifest.prose) == (
        "counter.gguf",
        1024,
        True,
        "free",
    )


def test_without_a_manifest_the_file_speaks_for_itself(tmp_path: Path) -> None:
    metadata = {"general.license": "apache-2.0"}
    manifest = read_manifest(write_tiny_model(tmp_path / "x.gguf", context=1 << 20, metadata=metadata))
    assert (manifest.name, manifest.file, manifest.license, manifest.context) == ("tiny", "x.gguf", "apache-2.0", 8192)


@pytest.mark.parametrize(
    "text", ["", "[]", "nonsense", '{"context": "4096"}', '{"context": 0}', '{"prose": "loud"}', '{"needs_plan": 1}']
)
def test_a_manifest_that_cannot_be_used(tmp_path: Path, tiny: Path, text: str) -> None:
    file = tmp_path / "x.gguf"
    file.write_bytes(tiny.read_bytes())
    file.with_suffix(".json").write_text(text)
    with pytest.raises(EngineError) as fault:
        read_manifest(file)
    assert code_of(fault) == "model_manifest"


def test_a_manifest_written_is_the_manifest_read(tmp_path: Path, tiny: Path) -> None:
    file = tmp_path / "x.gguf"
    file.write_bytes(tiny.read_bytes())
    manifest = replace(read_manifest(file), name="柜台", prose="quote", sha256="ab" * 32)
    write_manifest(file, manifest)
    assert read_manifest(file) == manifest


def test_add_find_and_remove(shelf: ModelShelf, tmp_path: Path) -> None:
    file = write_tiny_model(tmp_path / "mine.gguf")
    file.with_suffix(".json").write_text('{"name": "My Model"}')
    added = shelf.add(file)
    assert (added.name, added.bundled) == ("My Model", False)
    assert added.path.read_bytes() == file.read_bytes()
    assert [entry.name for entry in shelf.list()] == ["Counter", "My Model"]
    for name in ("my model", "mine", "MINE.GGUF", str(added.path)):
        assert shelf.find(name) == added
    assert shelf.remove("My Model").path == added.path
    assert [file.name for file in added.path.parent.iterdir()] == []


def test_adding_twice_removing_a_bundled_one_and_unknown_names(shelf: ModelShelf, tmp_path: Path) -> None:
    file = write_tiny_model(tmp_path / "counter.gguf")
    for action, code in (
        (lambda: shelf.add(file), "model_name_taken"),
        (lambda: shelf.add(tmp_path / "nothing.gguf"), "model_missing"),
        (lambda: shelf.remove("Counter"), "model_bundled"),
        (lambda: shelf.remove("qwen"), "model_unknown"),
        (lambda: shelf.find("qwen"), "model_unknown"),
        (lambda: shelf.find("/no/such/model.gguf"), "model_missing"),
    ):
        with pytest.raises(EngineError) as fault:
            action()
        assert code_of(fault) == code


def test_a_broken_file_is_listed_with_its_problem_and_not_used(shelf: ModelShelf, tmp_path: Path) -> None:
    home = tmp_path / "主目录" / "models"
    home.mkdir(parents=True)
    (home / "broken.gguf").write_bytes(b"GGUF")
    _, broken = shelf.list()
    assert broken.problem is not None
    assert json.loads(json.dumps(broken.to_json()))["problem"]
    assert shelf.default().name == "Counter"
    with pytest.raises(EngineError) as fault:
        shelf.find("broken")
    assert code_of(fault) == "model_truncated"


def test_an_empty_shelf(tmp_path: Path) -> None:
    shelf = ModelShelf(tmp_path / "no", tmp_path / "nothing")
    assert shelf.list() == []
    with pytest.raises(EngineError) as fault:
        shelf.default()
    assert code_of(fault) == "model_none"


def test_verify(shelf: ModelShelf) -> None:
    entry = shelf.default()
    assert shelf.verify("counter").expected == ""
    write_manifest(entry.path, replace(entry.manifest, sha256=sha256_of(entry.path).upper()))
    assert shelf.verify("counter").sha256 == sha256_of(entry.path)
    data = bytearray(entry.path.read_bytes())
    data[-1] ^= 1
    entry.path.write_bytes(data)
    with pytest.raises(EngineError) as fault:
        shelf.verify("counter")
    assert code_of(fault) == "model_checksum"
