"""The parity gate: does a GGUF file answer as the merged model it was made from? What does not pass is not published.

Both get the same prompts of the exam. Compared are the tokens these become; along the merged model's greedy answers
the distributions of every next token (KL divergence in nats, of the file from the model); which token is the likeliest;
how many questions each answers rightly, marked as the exam marks; and every tensor with the weight behind it. A
failure names its cause as far as that can be told.
"""

from __future__ import annotations

import json
import math
import os
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from shopdesk.core.errors import EngineError
from shopdesk.core.types import ModelManifest
from tools.dataset.rows import ExamRow
from tools.errors import ToolError
from tools.examination.model_marking import marked
from tools.publishing.contents import Contents
from tools.publishing.drafts import drafted
from tools.publishing.folders import ModelFolder
from tools.publishing.needs import check_memory
from tools.publishing.reading import misreadings
from tools.publishing.reference import Progress, Reference, chat_of, reference_of, spread
from tools.publishing.running import RunningModel
from tools.publishing.tensors import EMBEDDING, KNOWN, OUTPUT, Fit, TensorFault, compare_tensors

Sort = Literal[
    "template", "vocabulary", "pre-tokenizer", "tokenizer", "end mark", "settings", "embeddings", "tensor",
    "quantisation", "unknown",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limits:
    """Most KL divergence (nats) on average and at the 99th percentile; least share of agreeing tokens, beyond what
    chance explains at 95 %; and the logits by which the model may prefer its own token to the file's in a tie."""

    kl_mean: float
    kl_p99: float
    agreement: float
    tie: float


_EXACT = Limits(0.002, 0.05, 0.995, 0.05)
_COARSE = Limits(0.06, 1.2, 0.95, 0.25)
_LIMITS = {
    "F32": _EXACT, "F16": _EXACT, "BF16": Limits(0.005, 0.1, 0.99, 0.1),
    "Q8_0": Limits(0.01, 0.2, 0.98, 0.15), "Q6_K": Limits(0.02, 0.4, 0.97, 0.2), "Q5_K": Limits(0.04, 0.8, 0.96, 0.2),
    "Q5_0": Limits(0.04, 0.8, 0.96, 0.2), "Q5_1": Limits(0.04, 0.8, 0.96, 0.2),
}  # fmt: skip
"""By the type of most tensors. Anything coarser is held to what four bits must reach: being coarse excuses nothing."""
_LOST = 0.02


@dataclass(frozen=True, slots=True)
class Cause:
    sort: Sort
    text: str


@dataclass(frozen=True, slots=True)
class Measured:
    """Of `rows` prompts: `same_tokens` become the same tokens. Over `positions` places in the answers: KL divergence
    and the share of `agreement`, `raw_agreement` without allowing ties. `exact_model` and `exact_file` count right
    answers, `lost` and `gained` what only one of them answers rightly."""

    rows: int
    same_tokens: int
    positions: int
    kl_mean: float
    kl_p99: float
    kl_max: float
    agreement: float
    raw_agreement: float
    same_answers: int
    exact_model: int
    exact_file: int
    lost: int
    gained: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether one file passed. `kind` is the type of most of its tensors, `coarsest` the tensors furthest off."""

    file: str
    sha256: str
    kind: str
    size: int
    measured: Measured
    limits: Limits
    causes: tuple[Cause, ...]
    coarsest: tuple[Fit, ...]

    @property
    def passed(self) -> bool:
        return not self.causes


@dataclass(frozen=True, slots=True)
class Parity:
    """All files of one model. `left_out` rows could not be asked."""

    model: str
    verdicts: tuple[Verdict, ...]
    most: int
    left_out: int

    @property
    def passed(self) -> bool:
        return all(verdict.passed for verdict in self.verdicts)

    def to_json(self) -> dict[str, Any]:
        files = [{**asdict(verdict), "passed": verdict.passed} for verdict in self.verdicts]
        return {"model": self.model, "passed": self.passed, "most_tokens": self.most, "left_out": self.left_out} | {
            "files": files
        }


def compare(
    folder: Path,
    files: Sequence[Path],
    rows: Sequence[ExamRow],
    manifest: ModelManifest,
    scratch: Path,
    *,
    count: int = 100,
    most: int | None = None,
    device: str = "cpu",
    threads: int | None = None,
    progress: Progress = lambda text: None,
) -> Parity:
    """Holds each of `files` to the model in `folder`, over `count` of the exam's `rows`.

    Answers have at most `most` tokens (the manifest's `max_answer_tokens`). `scratch` is a folder for logits, emptied
    at the end. Raises ToolError where something cannot be compared at all.
    """
    if not files:
        raise ToolError("no GGUF file was given; name at least one.")
    threads = threads or os.cpu_count() or 1
    scratch.mkdir(parents=True, exist_ok=True)
    try:
        reference = reference_of(
            folder, spread(rows, count), manifest, scratch, most=most or manifest.max_answer_tokens, device=device,
            progress=progress,
        )  # fmt: skip
        verdicts = []
        for file in files:
            progress(f"{file.name} is compared")
            verdicts.append(_held_to(reference, file, manifest, threads))
    except OSError as fault:
        raise ToolError(f"{scratch} cannot be written ({fault}); make room, or choose another folder.") from fault
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return Parity(folder.name, tuple(verdicts), reference.most, reference.left_out)


def write_parity(parity: Parity, folder: Path) -> Path:
    """parity.json and parity.md in `folder`; the path of the first."""
    from tools.publishing.parity_report import as_markdown

    for name, text in (
        ("parity.md", as_markdown(parity.to_json())),
        ("parity.json", json.dumps(parity.to_json(), ensure_ascii=False, indent=2) + "\n"),
    ):
        with drafted(folder / name) as draft:
            draft.write_text(text, encoding="utf-8")
    return folder / "parity.json"


def _held_to(reference: Reference, file: Path, manifest: ModelManifest, threads: int) -> Verdict:
    from shopdesk.engine.models import sha256_of

    contents = Contents(file)
    kind = contents.main_type
    limits = _LIMITS.get(kind, _COARSE)
    longest = max(len(spoken.prompt) for spoken in reference.spoken)
    check_memory(int(file.stat().st_size * 1.2) + (256 << 20), f"running {file.name}")
    running = RunningModel(file, longest + reference.most + 64, threads)
    try:
        causes = [Cause("settings", text) for text in _other_settings(reference.folder, contents)]
        same_tokens, misread = misreadings(reference, running, contents)
        causes += [Cause(item.sort, item.text) for item in misread]
        measured = _measured(reference, running, manifest, same_tokens, limits)
    finally:
        running.close()
    fits: list[Fit] = []
    if contents.architecture in KNOWN:
        fits, faults = compare_tensors(reference.folder, contents, threads)
        causes += [_cause_of(fault) for fault in faults]
    causes += _beyond(measured, limits, kind, bool(causes))
    coarsest = tuple(sorted(fits, key=lambda fit: -fit.error)[:3])
    size = file.stat().st_size
    return Verdict(file.name, sha256_of(file), kind, size, measured, limits, tuple(causes), coarsest)


def _measured(
    reference: Reference, running: RunningModel, manifest: ModelManifest, same_tokens: int, limits: Limits
) -> Measured:
    divergences: list[NDArray[np.float64]] = []
    agreeing, raw = 0, 0
    exact = lost = gained = same_answers = 0
    for spoken in reference.spoken:
        # the model's own tokens go in, so that what is compared here are the weights alone
        expected = spoken.expected()
        found = running.logits((*spoken.prompt, *spoken.answer[:-1]), len(spoken.prompt) - 1)
        width = min(expected.shape[1], found.shape[1])
        expected, found = expected[:, :width], found[:, :width]
        divergences.append(_divergence(expected, found))
        choice = found.argmax(1)
        behind = expected.max(1) - np.take_along_axis(expected, choice[:, None], 1)[:, 0]
        agreeing += int((behind <= limits.tie).sum())
        raw += int((behind == 0).sum())
        try:
            said = running.answer(chat_of(spoken.row), reference.most)
        except EngineError:
            said = None
        right = said is not None and marked(spoken.row, said, manifest).exact
        same_answers += said is not None and said.text == spoken.said.text
        exact, lost, gained = exact + right, lost + (spoken.exact and not right), gained + (right and not spoken.exact)
    divergence = np.concatenate(divergences)
    positions = len(divergence)
    return Measured(
        len(reference.spoken), same_tokens, positions, float(divergence.mean()), float(np.percentile(divergence, 99)),
        float(divergence.max()), agreeing / positions, raw / positions, same_answers,
        sum(spoken.exact for spoken in reference.spoken), exact, lost, gained,
    )  # fmt: skip


def _divergence(expected: NDArray[np.float32], found: NDArray[np.float32]) -> NDArray[np.float64]:
    """KL divergence of each row of `found` from that of `expected`, both logits; 1e6 where they are no numbers."""
    with np.errstate(invalid="ignore"):
        one, other = _log_softmax(expected), _log_softmax(found)
        divergence = (np.exp(one) * (one - other)).sum(1)
    return np.where(np.isfinite(divergence), np.maximum(divergence, 0.0), 1e6)


def _log_softmax(logits: NDArray[np.float32]) -> NDArray[np.float64]:
    wide = logits.astype(np.float64)
    wide -= wide.max(1, keepdims=True)
    return wide - np.log(np.exp(wide).sum(1, keepdims=True))


def _beyond(measured: Measured, limits: Limits, kind: str, explained: bool) -> list[Cause]:
    """What the figures themselves object to, unless a cause that explains them is known."""
    said = []
    if not measured.kl_mean <= limits.kl_mean:
        said.append(f"mean KL {measured.kl_mean:.4f}, allowed {limits.kl_mean}")
    if not measured.kl_p99 <= limits.kl_p99:
        said.append(f"KL at the 99th percentile {measured.kl_p99:.3f}, allowed {limits.kl_p99}")
    if _at_most(measured.agreement, measured.positions) < limits.agreement:
        said.append(f"{measured.agreement:.1%} of tokens agree, wanted {limits.agreement:.1%}")
    if measured.lost - measured.gained > max(1, math.ceil(_LOST * measured.rows)):
        said.append(
            f"{measured.exact_file} of {measured.rows} answers are right, {measured.exact_model} of the model's"
        )
    if explained or not said:
        return []
    if kind in ("F32", "F16", "BF16"):
        return [
            Cause("unknown", f"template, tokens and tensors are the model's, but not the answers: {'; '.join(said)}")
        ]
    return [Cause("quantisation", f"{kind} is too harsh for this model: {'; '.join(said)}; quantise less")]


def _at_most(share: float, count: int) -> float:
    """The upper end of Wilson's 95 % interval around a share of `count` cases."""
    z = 1.96
    middle = share + z * z / (2 * count)
    spread = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return (middle + spread) / (1 + z * z / count)


def _cause_of(fault: TensorFault) -> Cause:
    sort: Sort = "embeddings" if {fault.name} & {EMBEDDING, OUTPUT} else "tensor"
    if fault.sort == "missing":
        return Cause(sort, f"the file lacks {fault.name or 'the tensor'} for {fault.parameter}")
    if fault.sort == "shape":
        return Cause(sort, f"{fault.name} has another shape than {fault.parameter}")
    if fault.sort == "not finite":
        return Cause(sort, f"{fault.name} ({fault.parameter}) holds values that are no finite numbers")
    if fault.like:
        return Cause(sort, f"{fault.name} holds {fault.like} instead of {fault.parameter}")
    return Cause(
        sort,
        f"{fault.name} is not {fault.parameter}: off by {fault.error:.1%}, in its worst block by {fault.worst:.1%}, "
        f"which {fault.kind} does not explain",
    )


_SETTINGS = {
    "num_attention_heads": "attention.head_count", "num_key_value_heads": "attention.head_count_kv",
    "head_dim": "attention.key_length", "rms_norm_eps": "attention.layer_norm_rms_epsilon",
    "num_hidden_layers": "block_count", "hidden_size": "embedding_length", "intermediate_size": "feed_forward_length",
}  # fmt: skip


def _other_settings(folder: ModelFolder, contents: Contents) -> list[str]:
    """Numbers of the architecture that the file states otherwise than the model's config."""
    wanted = {key: folder.config.get(name) for name, key in _SETTINGS.items()}
    rope = folder.config.get("rope_parameters") or {}
    wanted["rope.freq_base"] = rope.get("rope_theta", folder.config.get("rope_theta"))
    said = []
    for key, value in wanted.items():
        held = contents.of_architecture(key)
        if value is not None and held is not None and not math.isclose(float(held), float(value), rel_tol=1e-5):
            said.append(f"the file says {key} is {held:g}, the model {value:g}")
    return said
