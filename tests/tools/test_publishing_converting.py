"""Converting and quantising: what is written, what it costs, and what is refused before anything is."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")
pytest.importorskip("gguf")

from transformers import AutoConfig, AutoModelForCausalLM  # noqa: E402

from shopdesk.engine.gguf import read_head  # noqa: E402
from shopdesk.engine.models import read_manifest  # noqa: E402
from tests.tools.publishing import MANIFEST, exam_rows  # noqa: E402
from tools.errors import ToolError  # noqa: E402
from tools.publishing.contents import Contents  # noqa: E402
from tools.publishing.converting import convert, pre_tokenizer_of  # noqa: E402
from tools.publishing.importance import Importance  # noqa: E402
from tools.publishing.provenance import Provenance  # noqa: E402
from tools.publishing.quantizing import name_for, quantize  # noqa: E402
from tools.publishing.reference import importance_from  # noqa: E402
from tools.publishing.unpacking import unpack  # noqa: E402

transformers.logging.disable_progress_bar()

pytestmark = [pytest.mark.train, pytest.mark.timeout(1800)]

ORIGIN = Provenance(
    "Corner Shop", "Apache-2.0", base_model="Small-1B", data_sha256="ab" * 32, training_run="run-7", made="2026-11-21",
    manifest=MANIFEST,
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, bundled_model: Path) -> Path:
    torch.set_num_threads(1)
    return unpack(bundled_model, tmp_path_factory.mktemp("converting") / "my-model-v2-7B")


@pytest.fixture(scope="module")
def file(folder: Path) -> Path:
    return convert(folder, folder.parent / "corner-f16.gguf", ORIGIN).path


def test_the_file_says_where_it_comes_from(folder: Path, file: Path) -> None:
    said = Contents(file).metadata
    assert said["general.name"] == "Corner Shop"
    assert said["general.license"] == "apache-2.0"
    assert said["general.base_model.0.name"] == "Small-1B"
    assert said["tokenizer.chat_template"] == (folder / "chat_template.jinja").read_text(encoding="utf-8")
    expected = {
        "data_sha256": "ab" * 32, "training_run": "run-7", "made": "2026-11-21", "base_model": "Small-1B",
        "prompt_version": 1, "needs_plan": True, "prose": "quote", "facts_per_prompt": 3, "context": 2048,
    }  # fmt: skip
    assert {key: said[f"shopdesk.{key}"] for key in expected} == expected
    assert not {"general.basename", "general.finetune", "general.version"} & set(said)  # guessed from the folder's name
    assert read_manifest(file).name == "Corner Shop"
    assert read_head(file).needed <= file.stat().st_size


def test_a_tokenizer_of_ours_is_known_by_how_it_cuts(folder: Path, file: Path) -> None:
    assert pre_tokenizer_of(folder) == "qwen2"
    assert Contents(file).metadata["tokenizer.ggml.pre"] == "qwen2"


@pytest.mark.parametrize(("kind", "stored", "most"), [("f32", "F32", 0.0), ("bf16", "BF16", 0.004)])
def test_other_types_hold_the_same_numbers(folder: Path, file: Path, kind: str, stored: str, most: float) -> None:
    other, usual = Contents(convert(folder, folder.parent / f"{kind}.gguf", ORIGIN, kind).path), Contents(file)
    name = "blk.2.ffn_down.weight"
    assert (other.type_of(name), usual.type_of(name)) == (stored, "F16")
    one, two = other.tensor(name), usual.tensor(name)
    assert np.abs(one - two).max() <= most * np.abs(two).max()
    assert "output.weight" not in other.names  # tied


def test_the_type_of_qwen2_is_converted_too(folder: Path, tmp_path: Path) -> None:
    config = AutoConfig.for_model(
        "qwen2", vocab_size=9536, hidden_size=64, num_hidden_layers=1, intermediate_size=96, num_attention_heads=2,
        num_key_value_heads=1, max_position_embeddings=256, tie_word_embeddings=False, eos_token_id=9479,
    )  # fmt: skip
    model = shutil.copytree(folder, tmp_path / "model")
    (model / "model.safetensors").unlink()
    AutoModelForCausalLM.from_config(config).save_pretrained(model)
    contents = Contents(convert(model, tmp_path / "q-f16.gguf", ORIGIN).path)
    assert contents.architecture == "qwen2"
    assert {"output.weight", "blk.0.attn_q.bias"} <= set(contents.names)
    # rows of 64 and 96 are no multiple of 256: another type steps in, and that is told
    small = quantize(contents.path, tmp_path / "q-q4_k_m.gguf", "q4_k_m", threads=1)
    assert "blk.0.ffn_down.weight" in small.fallbacks
    assert "Q4_K" not in small.types


def test_importance_makes_what_matters_more_exact(folder: Path, file: Path, tmp_path: Path) -> None:
    measured = importance_from(folder, exam_rows(), 4)
    assert measured.prompts == 4
    stored = Importance.load(measured.save(tmp_path / "importance.gguf"))
    assert set(stored.means) == set(measured.means)
    name = "blk.3.ffn_up.weight"
    assert np.allclose(stored.means[name], measured.means[name], rtol=1e-4)
    plain = quantize(file, tmp_path / "plain.gguf", "q4_k_s", threads=1)
    weighed = quantize(file, tmp_path / "weighed.gguf", "q4_k_s", stored, threads=1)
    assert (plain.importance, weighed.importance) == (False, True)
    source = Contents(file).tensor(name)
    errors = [
        float((np.square(Contents(made.path).tensor(name) - source) * stored.means[name]).sum())
        for made in (plain, weighed)
    ]
    assert errors[1] < errors[0] * 0.98


def change_pattern(folder: Path) -> None:
    body = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    body["pre_tokenizer"]["pretokenizers"][0]["pattern"]["Regex"] = r"\p{L}{1,3}|\s+|[^\s\p{L}]"
    (folder / "tokenizer.json").write_text(json.dumps(body), encoding="utf-8")


def change_architecture(folder: Path) -> None:
    body = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    (folder / "config.json").write_text(json.dumps(body | {"architectures": ["HomeGrownForCausalLM"]}), "utf-8")


def cut_weights(folder: Path) -> None:
    data = (folder / "model.safetensors").read_bytes()
    (folder / "model.safetensors").write_bytes(data[: len(data) // 2])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (change_pattern, "no name for"),
        (change_architecture, "HomeGrownForCausalLM"),
        (cut_weights, "damaged"),
        (lambda folder: (folder / "tokenizer_config.json").unlink(), "lacks tokenizer_config.json"),
    ],
)
def test_a_folder_that_cannot_be_converted(
    folder: Path, tmp_path: Path, change: Callable[[Path], None], said: str
) -> None:
    model = shutil.copytree(folder, tmp_path / "model")
    change(model)
    with pytest.raises(ToolError, match=said):
        convert(model, tmp_path / "out.gguf", ORIGIN)
    assert not list(tmp_path.glob("out*"))


def test_what_cannot_be_quantised_is_refused(file: Path, tmp_path: Path) -> None:
    done = quantize(file, tmp_path / "done.gguf", "q8_0", threads=1).path
    foreign = Importance({"blk.0.ffn_up.weight": np.ones(64, np.float32)}, 10, 1)
    for source, kind, importance, said in (
        (file, "q7_k", None, "q7_k"),
        (done, "q4_k_m", None, "quantised already"),
        (file, "q4_k_m", foreign, "another model"),
        (file, "iq2_xs", None, "importance matrix"),
    ):
        with pytest.raises(ToolError, match=said):
            quantize(source, tmp_path / "out.gguf", kind, importance, threads=1)
        assert not list(tmp_path.glob("out*"))


@pytest.mark.parametrize(
    ("what", "said"), [("disk_usage", r"needs 1?\d\.\d MB .* 1\.0 MB are free"), ("virtual_memory", "of memory")]
)
def test_needs_are_checked_before_the_start(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str, said: str
) -> None:
    little: Any = SimpleNamespace(free=1_000_000, available=1_000_000)
    monkeypatch.setattr(f"psutil.{what}", lambda *_: little)
    with pytest.raises(ToolError, match=said):
        quantize(file, tmp_path / "out.gguf", "q8_0", threads=1)
    assert list(tmp_path.iterdir()) == []


def test_files_are_named_by_their_type() -> None:
    assert name_for(Path("gguf/shop-4b-f16.gguf"), "Q4_K_M") == "shop-4b-q4_k_m.gguf"
    assert name_for(Path("gguf/shop-4b.gguf"), "q8_0") == "shop-4b-q8_0.gguf"
