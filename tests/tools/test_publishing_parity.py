"""The parity gate lets a good file pass and names what is wrong with each bad one."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")
pytest.importorskip("gguf")

from tests.tools.publishing import MANIFEST, exam_rows, rewritten  # noqa: E402
from tools.errors import ToolError  # noqa: E402
from tools.publishing.converting import convert  # noqa: E402
from tools.publishing.parity import Parity, Verdict, compare, write_parity  # noqa: E402
from tools.publishing.provenance import Provenance  # noqa: E402
from tools.publishing.quantizing import quantize  # noqa: E402
from tools.publishing.unpacking import unpack  # noqa: E402

transformers.logging.disable_progress_bar()

pytestmark = [pytest.mark.train, pytest.mark.timeout(1800)]

ROWS = 8


def one_value(data: NDArray[Any]) -> NDArray[Any]:
    data[17, 40] = 0.9
    return data


def noisy(data: NDArray[Any]) -> NDArray[Any]:
    noise = np.random.default_rng(1).normal(size=data.shape).astype(data.dtype)
    return data + noise * data.std()


def not_a_number(data: NDArray[Any]) -> NDArray[Any]:
    data[3, 3] = np.nan
    return data


def one_scale(data: NDArray[Any]) -> NDArray[Any]:
    """The scale of one block of Q6_K (its last two bytes), three quarters of its size."""
    scale = data[5, 208:210].copy().view(np.float16)
    data[5, 208:210] = (scale * np.float16(0.75)).view(np.uint8)
    return data


def without_line_break(template: str) -> str:
    changed = template.replace("'<|im_end|>' + '\\n'", "'<|im_end|>'")
    assert changed != template
    return changed


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    torch.set_num_threads(1)
    return tmp_path_factory.mktemp("parity")


@pytest.fixture(scope="module")
def verdicts(work: Path, bundled_model: Path) -> dict[str, Verdict]:
    """The embedded model, whole and with one fault at a time."""
    folder = unpack(bundled_model, work / "model")
    good = convert(folder, work / "good.gguf", Provenance("Small", "apache-2.0")).path
    quantize(good, work / "q8.gguf", "q8_0", threads=1)
    q6 = quantize(good, work / "q6.gguf", "q6_k", threads=1).path
    quantize(good, work / "q2.gguf", "q2_k", threads=1)
    quantize(good, work / "ternary.gguf", "tq2_0", threads=1)
    template = (folder / "chat_template.jinja").read_text(encoding="utf-8")
    tokens = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    names = [f"<|unused|{number}>" for number in range(9536)]
    for token, number in tokens.items():
        names[number] = token
    names[300], names[301] = names[301], names[300]

    def spoilt(name: str, source: Path = good, **changes: Any) -> None:
        rewritten(source, work / f"{name}.gguf", **changes)

    spoilt("template", metadata={"tokenizer.chat_template": without_line_break(template)})
    spoilt("pre-tokenizer", metadata={"tokenizer.ggml.pre": "llama-bpe"})
    spoilt("vocabulary", metadata={"tokenizer.ggml.tokens": names})
    spoilt("endless", metadata={"tokenizer.ggml.eos_token_id": 5})
    spoilt("rope", metadata={"qwen3.rope.freq_base": 500000.0})
    spoilt("one value", tensors={"blk.3.ffn_up.weight": one_value})
    spoilt("noise", tensors={"blk.2.attn_v.weight": noisy})
    spoilt("no number", tensors={"blk.0.ffn_down.weight": not_a_number})
    spoilt("one scale", q6, tensors={"blk.4.ffn_gate.weight": one_scale})
    spoilt(
        "swapped", renamed={"blk.1.ffn_up.weight": "blk.4.ffn_up.weight", "blk.4.ffn_up.weight": "blk.1.ffn_up.weight"}
    )
    spoilt(
        "another output",
        added={"output.weight": "token_embd.weight"},
        tensors={"output.weight": lambda data: data[::-1]},
    )
    files = sorted(work.glob("*.gguf"))
    parity = compare(folder, files, exam_rows(), MANIFEST, work / "scratch", count=ROWS, threads=1)
    assert not (work / "scratch").exists()
    write_parity(parity, work)
    return {Path(verdict.file).stem: verdict for verdict in parity.verdicts}


@pytest.mark.parametrize("name", ["good", "q8", "q6", "q2"])
def test_a_good_file_passes(verdicts: dict[str, Verdict], name: str) -> None:
    verdict = verdicts[name]
    assert verdict.passed, verdict.causes
    assert verdict.measured.same_tokens == ROWS
    assert verdict.measured.exact_model > ROWS // 2
    assert verdict.measured.lost <= 1
    assert verdict.measured.positions > 5 * ROWS


def test_finer_types_come_nearer(verdicts: dict[str, Verdict]) -> None:
    divergences = [verdicts[name].measured.kl_mean for name in ("good", "q8", "q6", "q2")]
    assert divergences == sorted(divergences)


@pytest.mark.parametrize(
    ("name", "sort", "said"),
    [
        ("template", "template", "character"),
        ("pre-tokenizer", "pre-tokenizer", "'llama-bpe'"),
        ("vocabulary", "vocabulary", "token 300"),
        ("endless", "end mark", "as its end mark"),
        ("rope", "settings", "rope.freq_base is 500000"),
        ("one value", "tensor", "blk.3.ffn_up.weight is not model.layers.3.mlp.up_proj.weight"),
        ("noise", "tensor", "blk.2.attn_v.weight"),
        ("no number", "tensor", "blk.0.ffn_down.weight"),
        ("one scale", "tensor", "blk.4.ffn_gate.weight"),
        ("swapped", "tensor", "blk.1.ffn_up.weight holds model.layers.4.mlp.up_proj.weight"),
        ("another output", "embeddings", "output.weight"),
        ("ternary", "quantisation", "TQ2_0 is too harsh"),
    ],
)
def test_each_fault_is_caught_and_named(verdicts: dict[str, Verdict], name: str, sort: str, said: str) -> None:
    causes = verdicts[name].causes
    assert not verdicts[name].passed
    assert {cause.sort for cause in causes} == {sort}, causes
    assert any(said in cause.text for cause in causes), causes


def test_the_report_names_file_and_cause(verdicts: dict[str, Verdict], work: Path) -> None:
    text = (work / "parity.md").read_text(encoding="utf-8")
    assert "FAILED" in text
    assert "blk.1.ffn_up.weight holds" in text
    stored = json.loads((work / "parity.json").read_text(encoding="utf-8"))
    assert stored["passed"] is False
    assert {Path(file["file"]).stem for file in stored["files"] if file["passed"]} == {"good", "q8", "q6", "q2"}
    assert verdicts


@pytest.fixture(scope="module")
def untied(work: Path, bundled_model: Path) -> tuple[Path, Path]:
    """A model whose output matrix is not its embedding, as a folder and as a file."""
    from transformers import AutoModelForCausalLM

    folder = unpack(bundled_model, work / "untied")
    network = AutoModelForCausalLM.from_pretrained(folder)
    matrix = network.lm_head.weight.detach().clone()
    network.config.tie_word_embeddings = False
    network.lm_head.weight = torch.nn.Parameter(matrix.roll(1, 0) * 0.5 + matrix)
    network.save_pretrained(folder)
    return folder, convert(folder, work / "untied" / "untied.gguf", Provenance("Untied", "apache-2.0")).path


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ({}, None),
        ({"output.weight": "token_embd.weight", "token_embd.weight": "output.weight"}, "holds lm_head.weight instead"),
        ({"output.weight": ""}, "lacks output.weight"),
    ],
    ids=["as they are", "swapped", "left out"],
)
def test_embeddings_that_are_not_tied(
    untied: tuple[Path, Path], work: Path, names: dict[str, str], said: str | None
) -> None:
    folder, file = untied
    changed = rewritten(file, work / "untied-changed.gguf", renamed=names)
    parity = compare(folder, [changed], exam_rows(), MANIFEST, work / "scratch", count=2, most=12, threads=1)
    causes = parity.verdicts[0].causes
    assert parity.passed == (said is None), causes
    if said is not None:
        assert {cause.sort for cause in causes} == {"embeddings"}
        assert any(said in cause.text for cause in causes), causes


def test_what_cannot_be_compared_is_refused(untied: tuple[Path, Path], work: Path, bundled_model: Path) -> None:
    folder, file = untied
    ask: Callable[..., Parity] = compare
    with pytest.raises(ToolError, match="prompts fit"):
        ask(folder, [file], exam_rows(), replace(MANIFEST, context=90), work / "scratch")
    with pytest.raises(ToolError, match="no GGUF file"):
        ask(folder, [], exam_rows(), MANIFEST, work / "scratch")
    (work / "cut.gguf").write_bytes(bundled_model.read_bytes()[:5_000_000])
    with pytest.raises(ToolError, match=r"cut\.gguf"):
        ask(folder, [work / "cut.gguf"], exam_rows(), MANIFEST, work / "scratch", count=1, most=2)
    (folder / "chat_template.jinja").unlink()
    with pytest.raises(ToolError, match="no chat template"):
        ask(folder, [file], exam_rows(), MANIFEST, work / "scratch")
