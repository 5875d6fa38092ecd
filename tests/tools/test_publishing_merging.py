"""An adapter merged into its base answers as both together; what does not belong together is refused."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
tqdm = pytest.importorskip("tqdm")
transformers = pytest.importorskip("transformers")
pytest.importorskip("peft")
pytest.importorskip("gguf")

from peft import LoraConfig, get_peft_model  # noqa: E402
from safetensors.torch import load_file, save_file  # noqa: E402
from transformers import AutoModelForCausalLM  # noqa: E402

from tests.tools.publishing import MANIFEST, exam_rows  # noqa: E402
from tools.errors import ToolError  # noqa: E402
from tools.publishing.converting import convert  # noqa: E402
from tools.publishing.folders import CARRIED, ModelFolder  # noqa: E402
from tools.publishing.merging import merge, note_base  # noqa: E402
from tools.publishing.parity import compare  # noqa: E402
from tools.publishing.provenance import Provenance  # noqa: E402
from tools.publishing.unpacking import unpack  # noqa: E402

pytestmark = [
    pytest.mark.train,
    pytest.mark.timeout(1800),
    pytest.mark.filterwarnings("ignore:.*is_gradient_checkpointing:FutureWarning"),
    pytest.mark.filterwarnings("ignore:.*tie_word_embeddings:UserWarning"),
]

transformers.logging.disable_progress_bar()
tqdm.tqdm.monitor_interval = 0  # peft's progress bar starts a thread even where it is not shown

TOKENS = torch.arange(400, 440)[None]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory, bundled_model: Path) -> Path:
    torch.set_num_threads(1)
    return unpack(bundled_model, tmp_path_factory.mktemp("merging") / "base")


def adapter_for(base: Path, folder: Path, **settings: object) -> torch.Tensor:
    """A random adapter for `base`, as training leaves one; what base and adapter say together."""
    torch.manual_seed(3)
    network = AutoModelForCausalLM.from_pretrained(base)
    adapted = get_peft_model(network, LoraConfig(r=4, lora_alpha=8, target_modules=["q_proj", "down_proj"], **settings))
    with torch.no_grad():
        for name, parameter in adapted.named_parameters():
            if "lora_B" in name:
                parameter.normal_(std=0.02)
            if "modules_to_save" in name:
                parameter.mul_(1.5)
    adapted.save_pretrained(folder)
    note_base(folder, base)
    with torch.no_grad():
        return adapted.eval()(TOKENS).logits


@pytest.fixture(scope="module")
def adapter(base: Path) -> tuple[Path, torch.Tensor]:
    folder = base.parent / "adapter"
    return folder, adapter_for(base, folder)


def test_the_merged_model_says_what_base_and_adapter_say(base: Path, adapter: tuple[Path, torch.Tensor]) -> None:
    folder, together = adapter
    merged = merge(base, folder, base.parent / "merged", shard_size="8MB")
    assert merged.shards > 2
    assert merged.dtype == "float32"
    with torch.no_grad():
        alone = AutoModelForCausalLM.from_pretrained(base)(TOKENS).logits
        logits = AutoModelForCausalLM.from_pretrained(merged.path)(TOKENS).logits
    assert torch.allclose(logits, together, atol=1e-3)
    assert not torch.allclose(alone, together, atol=0.1)
    for name in CARRIED:
        if (base / name).is_file():
            assert (merged.path / name).read_bytes() == (base / name).read_bytes()
    assert ModelFolder(merged.path).fingerprint() != ModelFolder(base).fingerprint()


def test_the_fingerprint_does_not_depend_on_how_weights_are_cut(base: Path, tmp_path: Path) -> None:
    network = AutoModelForCausalLM.from_pretrained(base)
    shutil.copytree(base, tmp_path / "cut")
    (tmp_path / "cut" / "model.safetensors").unlink()
    network.save_pretrained(tmp_path / "cut", max_shard_size="8MB")
    assert ModelFolder(tmp_path / "cut").fingerprint() == ModelFolder(base).fingerprint()


def test_an_output_matrix_trained_alone_stays_apart(base: Path, tmp_path: Path) -> None:
    """The base ties it to the embedding; merging must not lose what was learned, nor the file what was merged."""
    together = adapter_for(base, tmp_path / "adapter", modules_to_save=["lm_head"])
    merged = merge(base, tmp_path / "adapter", tmp_path / "merged")
    assert merged.untied
    with torch.no_grad():
        assert torch.allclose(AutoModelForCausalLM.from_pretrained(merged.path)(TOKENS).logits, together, atol=1e-3)
    file = convert(merged.path, tmp_path / "untied.gguf", Provenance("Untied", "apache-2.0")).path
    parity = compare(merged.path, [file], exam_rows(), MANIFEST, tmp_path / "scratch", count=2, most=8, threads=1)
    assert parity.passed, parity.verdicts[0].causes


def test_a_model_trained_in_full_is_carried_over(base: Path, tmp_path: Path) -> None:
    trained = tmp_path / "trained"
    AutoModelForCausalLM.from_pretrained(base).save_pretrained(trained)
    shutil.copyfile(base / "tokenizer.json", trained / "tokenizer.json")
    shutil.copyfile(base / "tokenizer_config.json", trained / "tokenizer_config.json")
    merged = merge(base, trained, tmp_path / "merged", dtype="bfloat16")
    assert merged.dtype == "bfloat16"
    assert (merged.path / "chat_template.jinja").is_file()


def without(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


def other_rank_of_inputs(folder: Path) -> None:
    weights = load_file(folder / "adapter_model.safetensors")
    name = next(name for name in weights if "q_proj.lora_A" in name)
    save_file(weights | {name: weights[name][:, :-8].contiguous()}, folder / "adapter_model.safetensors")
    (folder / "base.json").unlink()


def other_names(folder: Path) -> None:
    weights = load_file(folder / "adapter_model.safetensors")
    renamed = {name.replace("layers.5", "layers.25"): value for name, value in weights.items()}
    save_file(renamed, folder / "adapter_model.safetensors")
    (folder / "base.json").unlink()


def not_finite(folder: Path) -> None:
    weights = load_file(folder / "adapter_model.safetensors")
    weights[next(iter(weights))][0, 0] = float("nan")
    save_file(weights, folder / "adapter_model.safetensors")


def cut_short(folder: Path) -> None:
    file = folder / "adapter_model.safetensors"
    file.write_bytes(file.read_bytes()[:5000])


def another_base(folder: Path) -> None:
    (folder / "base.json").write_text(json.dumps({"fingerprint": "0" * 64, "name": "Elsewhere-4B"}))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (without("adapter_model.safetensors"), "lacks adapter_model.safetensors"),
        (without("adapter_config.json"), "lacks adapter_config.json"),
        (other_rank_of_inputs, "q_proj has 256 inputs"),
        (other_names, r"has no model\.layers\.25"),
        (not_finite, "no finite numbers"),
        (cut_short, "damaged"),
        (another_base, "Elsewhere-4B"),
    ],
)
def test_an_adapter_that_does_not_fit_is_refused(
    base: Path, adapter: tuple[Path, torch.Tensor], tmp_path: Path, change: Callable[[Path], None], said: str
) -> None:
    folder = shutil.copytree(adapter[0], tmp_path / "adapter")
    change(folder)
    with pytest.raises(ToolError, match=said):
        merge(base, folder, tmp_path / "merged")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["adapter"]


def with_a_token_too_many(folder: Path) -> None:
    body = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    body["added_tokens"].append({**body["added_tokens"][-1], "id": 99999, "content": "<|more|>"})
    body["model"]["vocab"]["<|more|>"] = 99999
    (folder / "tokenizer.json").write_text(json.dumps(body), encoding="utf-8")


def with_a_broken_tokenizer(folder: Path) -> None:
    (folder / "tokenizer.json").write_text('{"model": {"type": "Riddle"}}', encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (without("config.json"), "lacks config.json"),
        (without("tokenizer.json"), "lacks tokenizer.json"),
        (without("model.safetensors"), "lacks model.safetensors"),
        (with_a_token_too_many, "token 99999"),
        (with_a_broken_tokenizer, "no tokenizer that is known"),
    ],
)
def test_a_base_that_is_not_whole_is_refused(
    base: Path, adapter: tuple[Path, torch.Tensor], tmp_path: Path, change: Callable[[Path], None], said: str
) -> None:
    folder = shutil.copytree(base, tmp_path / "base")
    change(folder)
    with pytest.raises(ToolError, match=said):
        merge(folder, adapter[0], tmp_path / "merged")
    assert not (tmp_path / "merged").exists()
