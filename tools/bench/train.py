"""Training against the usual way: transformers' Trainer with peft, padded batches, in the same run.

Both learn the same rows in the same order in the same updates, from the same adapter, in one process with the same
threads and memory settings; their losses must agree to 1e-3 at every update. Tokens are those of the rows, padding does
not count. They take turns, and the first update of each turn, which warms up, does not count.

train_vs_plain_trainer            tokens/s of ours to theirs: two layers of Qwen3-0.6B's width, 151,936 tokens, LoRA r16
train_counter_vs_plain_trainer    the same for the embedded model's shape
train_tokens_per_s, train_counter_tokens_per_s     ours alone
train_loss_apart                  the greatest difference of losses at any update

With --gpu, only ours, at Qwen3-4B's shape with random weights: 2048 tokens × 2 × 4 an update, LoRA r16, bf16:
train_gpu_tokens_per_s, train_gpu_peak_gb.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
UPDATES, TURNS = 3, 2
LIKE_06B = {
    "model_type": "qwen3", "vocab_size": 151936, "hidden_size": 1024, "num_hidden_layers": 2, "num_attention_heads": 16,
    "num_key_value_heads": 8, "head_dim": 128, "intermediate_size": 3072, "max_position_embeddings": 2048,
    "rope_theta": 1000000, "tie_word_embeddings": True,
}  # fmt: skip


def possible() -> bool:
    """Whether what training needs is installed."""
    return all(importlib.util.find_spec(name) is not None for name in ("torch", "transformers", "peft", "accelerate"))


def measure(gpu: bool = False) -> Mapping[str, float]:
    """Measures in a process of its own, which starts with the settings that training processes have."""
    from tools.training.hardware import warm_environment

    environment = os.environ | warm_environment(os.cpu_count() or 1)
    command = [sys.executable, "-m", "tools.bench.train", *(["--gpu"] if gpu else [])]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, encoding="utf-8", check=True)
    found: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def _on_this_processor() -> dict[str, float]:
    from tools.training.settings import load_settings

    counter = {"vocab_size": 12288, **load_settings("counter").shape}
    large = _compare(LIKE_06B, batch=2, accumulation=4)
    small = _compare(counter, batch=8, accumulation=2)
    return {
        "train_vs_plain_trainer": large.theirs / large.ours,
        "train_tokens_per_s": large.tokens / large.ours,
        "train_vs_plain_trainer_cpu_time": large.their_cpu / large.our_cpu,
        "train_counter_vs_plain_trainer": small.theirs / small.ours,
        "train_counter_tokens_per_s": small.tokens / small.ours,
        "train_counter_vs_plain_trainer_cpu_time": small.their_cpu / small.our_cpu,
        "train_loss_apart": max(large.apart, small.apart),
    }


@dataclass(slots=True)
class Match:
    """Seconds on the clock and of processor time over all counted updates, and the `tokens` in them."""

    ours: float = 0.0
    theirs: float = 0.0
    our_cpu: float = 0.0
    their_cpu: float = 0.0
    tokens: int = 0
    apart: float = 0.0


@dataclass(slots=True)
class Ticks:
    """The loss at each update, and clock and processor time after it."""

    losses: list[float]
    clock: list[float]
    cpu: list[float]

    def add(self, loss: float) -> None:
        self.losses.append(loss)
        self.clock.append(time.perf_counter())
        self.cpu.append(time.process_time())


def _compare(shape: Mapping[str, Any], batch: int, accumulation: int) -> Match:
    from tools.training.batching import Stream
    from tools.training.settings import load_settings

    with tempfile.TemporaryDirectory() as folder:
        base = _random_base(shape, Path(folder) / "base")
        settings = load_settings(
            "qwen3-0.6b", base=str(base), rank=16, alpha=16, dropout=0.0, batch=batch, accumulation=accumulation,
            steps=UPDATES, schedule="constant", warm_up=0.0, checks=1,
        )  # fmt: skip
        corpus = _rows(UPDATES * batch * accumulation, int(shape["vocab_size"]))
        stream = Stream(np.arange(len(corpus)), corpus.lengths, settings)
        order = [stream.take() for _ in range(UPDATES)]
        match = Match()
        for turn in range(TURNS):
            ours, adapter = _ours(settings, base, corpus, Path(folder) / f"run-{turn}")
            theirs = _theirs(settings, base, corpus, np.concatenate(order), adapter, Path(folder) / "theirs")
            match.ours += ours.clock[-1] - ours.clock[0]
            match.theirs += theirs.clock[-1] - theirs.clock[0]
            match.our_cpu += ours.cpu[-1] - ours.cpu[0]
            match.their_cpu += theirs.cpu[-1] - theirs.cpu[0]
            match.tokens += int(sum(corpus.lengths[rows].sum() for rows in order[1:]))
            apart = max(abs(one - other) for one, other in zip(ours.losses, theirs.losses, strict=True))
            match.apart = max(match.apart, apart)
            print(f"ours {ours.losses}, theirs {theirs.losses}", file=sys.stderr, flush=True)
        if match.apart > 1e-3:
            raise SystemExit(f"the losses are {match.apart} apart: this compares two different trainings")
        return match


def _rows(count: int, vocabulary: int) -> Any:
    """Rows as long as a shop's: 60 to 900 tokens, 250 in the middle, the last 12 to 60 of them the answer."""
    from tools.training.corpus import Corpus

    chance = np.random.default_rng(7)
    lengths = np.clip(np.exp(chance.normal(np.log(250), 0.5, count)), 60, 900).astype(np.int64)
    answers = np.minimum(chance.integers(12, 61, count), lengths - 20)
    starts = np.array([0, *np.cumsum(lengths)])
    ids = chance.integers(0, vocabulary, starts[-1]).astype(np.int32)
    weights = np.zeros(starts[-1], np.float16)
    for end, answer in zip(starts[1:], answers, strict=True):
        weights[end - answer : end] = 1
    return Corpus(ids, weights, starts, answers.astype(np.float64), np.zeros(count, np.bool_), 0)


def _random_base(shape: Mapping[str, Any], folder: Path) -> Path:
    import torch
    from transformers import AutoModelForCausalLM

    from tools.training.base import config_of, quietly

    torch.manual_seed(1)
    quietly(AutoModelForCausalLM.from_config(config_of(shape)).save_pretrained, folder)
    return folder


def _ours(settings: Any, base: Path, corpus: Any, folder: Path) -> tuple[Ticks, dict[str, Any]]:
    """The ticks, and the adapter that the run began with."""
    from tools.training.hardware import layout_for
    from tools.training.learner import Learner
    from tools.training.loop import Trainer
    from tools.training.team import Team

    folder.mkdir()
    learner = Learner(settings, base, layout_for(settings))
    adapter = {name.removeprefix("causal."): value.detach().clone() for name, value in learner.trained().items()}
    ticks = Ticks([], [], [])
    trainer = Trainer(settings, learner, corpus, None, folder, Team())
    trainer.on_update = ticks.add
    trainer.run()
    return ticks, adapter


def _theirs(settings: Any, base: Path, corpus: Any, order: Any, adapter: Mapping[str, Any], folder: Path) -> Ticks:
    import torch
    from peft import LoraConfig, get_peft_model
    from torch.utils.data import SequentialSampler
    from transformers import AutoModelForCausalLM, Trainer, TrainerCallback, TrainingArguments

    from tools.training.base import quietly

    config = LoraConfig(
        r=settings.rank, lora_alpha=settings.alpha, lora_dropout=0.0, target_modules="all-linear", task_type="CAUSAL_LM"
    )
    model = get_peft_model(quietly(AutoModelForCausalLM.from_pretrained, base, dtype=torch.float32), config)
    with torch.no_grad():
        for name, parameter in model.base_model.model.named_parameters():
            if parameter.requires_grad:
                parameter.copy_(adapter[name])
    ticks = Ticks([], [], [])

    class Watch(TrainerCallback):  # type: ignore[misc]
        def on_log(self, args: Any, state: Any, control: Any, logs: Any = None, **_: Any) -> None:
            if "loss" in logs:
                ticks.add(logs["loss"])

    class InOrder(Trainer):  # type: ignore[misc]
        def _get_train_sampler(self, *_: Any) -> Any:
            return SequentialSampler(rows)

    rows = [_row(*corpus.example(int(number))) for number in order]
    usual = TrainingArguments(
        str(folder), per_device_train_batch_size=settings.batch, gradient_accumulation_steps=settings.accumulation,
        max_steps=UPDATES, learning_rate=settings.rate, lr_scheduler_type="constant", weight_decay=0.0, logging_steps=1,
        report_to=[], save_strategy="no", use_cpu=True, disable_tqdm=True, dataloader_pin_memory=False,
        remove_unused_columns=False,
    )  # fmt: skip
    InOrder(model, usual, train_dataset=rows, data_collator=_padded, callbacks=[Watch()]).train()
    return ticks


def _row(ids: Any, weights: Any) -> dict[str, Any]:
    labels = np.where(weights > 0, ids, -100)
    labels[0] = -100
    return {"ids": ids, "labels": labels}


def _padded(rows: list[dict[str, Any]]) -> dict[str, Any]:
    import torch

    length = max(len(row["ids"]) for row in rows)
    ids, labels = np.zeros((len(rows), length), np.int64), np.full((len(rows), length), -100, np.int64)
    seen = np.zeros((len(rows), length), np.int64)
    for place, row in enumerate(rows):
        count = len(row["ids"])
        ids[place, :count], labels[place, :count], seen[place, :count] = row["ids"], row["labels"], 1
    return {
        "input_ids": torch.from_numpy(ids), "labels": torch.from_numpy(labels), "attention_mask": torch.from_numpy(seen)
    }  # fmt: skip


def _on_a_gpu() -> dict[str, float]:
    import torch

    from tools.training.settings import load_settings

    if not torch.cuda.is_available():
        raise SystemExit("there is no CUDA GPU here")
    preset = load_settings("qwen3-4b-instruct-2507")
    with tempfile.TemporaryDirectory() as folder:
        torch.set_default_dtype(torch.bfloat16)
        base = _random_base(preset.shape, Path(folder) / "base")
        torch.set_default_dtype(torch.float32)
        settings = load_settings(
            "qwen3-4b-instruct-2507", base=str(base), rank=16, alpha=16, dropout=0.0, batch_tokens=2048 * 2 * 4,
            micro_tokens=2048 * 2, steps=20, schedule="constant", warm_up=0.0, checks=1, gradient_checkpointing=False,
        )  # fmt: skip
        corpus = _rows(2000, int(preset.shape["vocab_size"]))
        ticks, _ = _ours(settings, base, corpus, Path(folder) / "run")
        read = sum(int(corpus.lengths[rows].sum()) for rows in _taken(settings, corpus))
    return {
        "train_gpu_tokens_per_s": read / (ticks.clock[-1] - ticks.clock[2]),
        "train_gpu_peak_gb": torch.cuda.max_memory_allocated() / 1e9,
    }


def _taken(settings: Any, corpus: Any) -> Iterator[Any]:
    """The rows of each update that is counted: all but the first three."""
    from tools.training.batching import Stream

    stream = Stream(np.arange(len(corpus)), corpus.lengths, settings)
    for number in range(settings.steps):
        rows = stream.take()
        if number > 2:
            yield rows


if __name__ == "__main__":
    from tools.training.hardware import warm_up_memory

    warm_up_memory()
    print(json.dumps(_on_a_gpu() if "--gpu" in sys.argv else _on_this_processor()))
