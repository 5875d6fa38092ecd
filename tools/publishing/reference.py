"""What the merged model itself says to the exam's prompts: the measure that its GGUF files are held to.

It is asked once for all files; its logits lie on the disk until they have been compared.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from transformers import PreTrainedTokenizerBase

from shopdesk.core.types import ModelManifest
from tools.dataset.rows import ExamRow
from tools.errors import ToolError
from tools.examination.answering import Said
from tools.examination.model_marking import marked
from tools.publishing.folders import ModelFolder
from tools.publishing.importance import Importance, importance_of
from tools.publishing.needs import check_disk, check_memory

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Spoken:
    """The prompt of one row as text and tokens, and the greedy answer, end mark included where it came.

    `logits` is a file of (len(answer), vocabulary) in fp32: what was expected before each token of the answer.
    """

    row: ExamRow
    text: str
    prompt: tuple[int, ...]
    answer: tuple[int, ...]
    said: Said
    exact: bool
    logits: Path

    def expected(self) -> NDArray[np.float32]:
        return np.asarray(np.load(self.logits, mmap_mode="r"), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Reference:
    """`ends`: the tokens that end an answer. `left_out`: rows that say what only the template may say, or too long."""

    folder: ModelFolder
    tokenizer: PreTrainedTokenizerBase
    spoken: tuple[Spoken, ...]
    ends: frozenset[int]
    most: int
    left_out: int


def chat_of(row: ExamRow) -> list[dict[str, str]]:
    return [{"role": message.role, "content": message.content} for message in row.messages]


def spread(rows: Sequence[ExamRow], count: int) -> list[ExamRow]:
    """`count` of `rows`, evenly from all of them in order of class, kind and language."""
    ordered = sorted(rows, key=lambda row: (row.class_name, row.kind, row.language, row.id))
    step = max(1.0, len(ordered) / max(1, count))
    return [ordered[int(number * step)] for number in range(min(count, len(ordered)))]


@torch.inference_mode()
def reference_of(
    folder: Path,
    rows: Sequence[ExamRow],
    manifest: ModelManifest,
    scratch: Path,
    *,
    most: int,
    device: str = "cpu",
    progress: Progress = lambda text: None,
) -> Reference:
    """Asks the model in `folder` all `rows`, answers of at most `most` tokens; its logits go into `scratch`.

    Raises ToolError for a folder that is not whole, an exam without usable rows, too little disk or memory.
    """
    source = ModelFolder(folder)
    if device == "cpu":
        check_memory(source.values * 4 + (256 << 20), "reading the model in")
    check_disk(scratch, len(rows) * 64 * int(source.config["vocab_size"]) * 4, "comparing logits")
    tokenizer = source.tokenizer()
    if not tokenizer.chat_template:
        raise ToolError(f"{folder} has no chat template; give it the chat_template.jinja of its base model.")
    usable = [row for row in rows if _is_plain(row, tokenizer.all_special_tokens)]
    network = source.network(device=device)
    ends = _ends(network.generation_config.eos_token_id, tokenizer.eos_token_id)
    spoken = []
    for number, row in enumerate(usable):
        chat = chat_of(row)
        text = tokenizer.apply_chat_template(chat, tokenize=False, add_generation_prompt=True, enable_thinking=False)
        prompt = tokenizer(text, add_special_tokens=False)["input_ids"]
        if len(prompt) + most > manifest.context:
            continue
        asked = torch.tensor([prompt], device=device)
        whole = network.generate(
            asked, attention_mask=torch.ones_like(asked), max_new_tokens=most, do_sample=False,
            eos_token_id=sorted(ends), pad_token_id=min(ends), temperature=None, top_p=None, top_k=None,
        )  # fmt: skip
        answer = whole[0, len(prompt) :]
        logits = network(whole[:, :-1], logits_to_keep=len(answer), use_cache=False).logits[0]
        file = scratch / f"{number}.npy"
        np.save(file, logits.float().cpu().numpy())
        finished = int(answer[-1]) in ends
        said = Said((tokenizer.decode(answer, skip_special_tokens=True),), finished)
        exact = marked(row, said, manifest).exact
        spoken.append(Spoken(row, text, tuple(prompt), tuple(answer.tolist()), said, exact, file))
        progress(f"the merged model answers: {number + 1} of {len(usable)}")
    if not spoken:
        raise ToolError("no row of the exam can be asked; give an exam whose prompts fit the model's context.")
    return Reference(source, tokenizer, tuple(spoken), ends, most, len(rows) - len(spoken))


def importance_from(folder: Path, rows: Sequence[ExamRow], count: int) -> Importance:
    """Weighs the inputs of the model in `folder` by the prompts of `count` rows and what the model answers or should.

    Raises ToolError as :func:`reference_of` does.
    """
    source = ModelFolder(folder)
    check_memory(source.values * 4 + (256 << 20), "reading the model in")
    tokenizer, network = source.tokenizer(), source.network()
    return importance_of(network, (_with_reference(row, tokenizer) for row in spread(rows, count)))


def _with_reference(row: ExamRow, tokenizer: PreTrainedTokenizerBase) -> list[int]:
    text = tokenizer.apply_chat_template(
        chat_of(row), tokenize=False, add_generation_prompt=True, enable_thinking=False
    )
    return list(tokenizer(text + row.reference, add_special_tokens=False)["input_ids"])


def _is_plain(row: ExamRow, special: Sequence[str]) -> bool:
    """Whether no message says a special token: the app takes it as text, the tokenizer as the token."""
    return not any(token in message.content for message in row.messages for token in special)


def _ends(*given: int | Sequence[int] | None) -> frozenset[int]:
    found: set[int] = set()
    for tokens in given:
        if tokens is not None:
            found |= {tokens} if isinstance(tokens, int) else set(tokens)
    if not found:
        raise ToolError("the model names no token that ends an answer; set eos_token_id in its generation_config.json.")
    return frozenset(found)
