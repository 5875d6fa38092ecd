"""The steps from a shop's data to a package: data, base, train, merge, convert, quantise, exam, parity, package.

Each takes what the one before left in the run's folder. Nothing is published that answers worse than what it was made
from, or otherwise than the trained model.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from shopdesk.core.prompting import PROMPT_VERSION
from shopdesk.core.types import ModelManifest
from shopdesk.engine.models import read_manifest, write_manifest
from tools.counter.spoken import spoken_words
from tools.counter.tokenizer import conversation_texts, make_tokenizer, save_as_folder
from tools.dataset.form import manifest_named
from tools.dataset.making import Order, make_dataset
from tools.dataset.rows import ExamRow, read_exam
from tools.errors import ToolError
from tools.examination.answering import DECODINGS, Examinee, open_model
from tools.examination.model_exam import sit
from tools.examination.model_report import as_json, as_markdown
from tools.making.preset import EMBEDDED, ModelPreset, load_model_preset
from tools.making.state import RunState, Say
from tools.publishing.converting import convert
from tools.publishing.merging import merge, note_base
from tools.publishing.packaging import package
from tools.publishing.parity import compare, write_parity
from tools.publishing.provenance import Provenance, data_sha256
from tools.publishing.quantizing import name_for, quantize
from tools.publishing.reference import importance_from
from tools.publishing.unpacking import unpack
from tools.training.run import train
from tools.training.settings import SCRATCH, load_settings

_ROOT = Path(__file__).resolve().parents[2]
EMBEDDED_FILE = _ROOT / "resources" / "models" / "counter.gguf"


@dataclass(frozen=True, slots=True)
class Wish:
    """What to make. None and empty values leave the choice to the preset.

    `base`: a model folder, a GGUF file that can be unpacked, "embedded" or "scratch". `shop`: a home folder or
    database; `answers` and `registry` as in tools/make_dataset.py. `settings`: key=value texts for training. `types`:
    of which the last is packaged. `allow_worse`: package even what does worse on the exam than its base.
    """

    preset: str
    out: Path
    base: str = ""
    name: str = ""
    shop: Path | None = None
    answers: Path | None = None
    registry: Path | None = None
    use: tuple[str, ...] = ()
    samples: int | None = None
    generated: int | None = None
    plain: int | None = None
    exam: int | None = None
    parity_rows: int = 60
    types: tuple[str, ...] = ()
    importance: bool = False
    settings: tuple[str, ...] = ()
    seed: int = 1
    processes: int = 1
    zipped: bool = False
    allow_worse: bool = False


def make_model(wish: Wish, say: Say) -> Path:
    """The packaged GGUF file. Goes on where an earlier call with the same wish stopped. Raises ToolError."""
    return _Chain(wish, say).run()


class _Chain:
    def __init__(self, wish: Wish, say: Say) -> None:
        self.wish, self.say, self.out = wish, say, wish.out
        self.preset = _with_wishes(load_model_preset(wish.preset), wish)
        self.begin = wish.base or self.preset.base
        if not self.begin:
            raise ToolError(f"the preset {wish.preset} needs --base: the folder of {self.preset.base_name}.")
        self.state = RunState(wish.out, say)
        self.base = self.out / "base"
        self.tokenizer = self.out / "tokenizer"
        self.base_file = _file_of(self.begin)
        stem = "-".join(re.findall(r"[a-z0-9.]+", self.preset.name.lower())) or "model"
        self.plain_file = self.out / "gguf" / f"{stem}-f16.gguf"
        self.files = [
            self.plain_file if kind == "f16" else self.out / "gguf" / name_for(self.plain_file, kind)
            for kind in self.preset.types
        ]

    def run(self) -> Path:
        self._begin_with()
        self._make_data()
        self._train()
        step, wish = self.state.step, self.wish
        step("merge", {}, [self.out / "merged"], self._merge)
        step("convert", {"name": self.preset.name}, [self.plain_file], self._convert)
        step("quantise", {"types": self.preset.types, "importance": wish.importance}, self.files, self._quantise)
        step("exam", {}, [self.out / "exam" / "exam.json"], self._examine)
        step("parity", {"rows": wish.parity_rows}, [self.out / "parity.json"], self._hold_to_the_model)
        packaged = self.out / "package" / self.files[-1].name
        step("package", {"worse": wish.allow_worse, "zip": wish.zipped}, [packaged], self._package)
        return packaged

    # -- what is begun with

    def _begin_with(self) -> None:
        """The base as a folder; from scratch only its tokenizer, training draws the weights."""
        step = self.state.step
        if self.begin == SCRATCH:
            step("tokenizer", {"seed": self.wish.seed}, [self.tokenizer], self._make_tokenizer)
        elif self.base_file is not None:
            file = self.base_file
            step(
                "base",
                {"file": str(file), "size": file.stat().st_size},
                [self.base],
                lambda _: unpack(file, self.base),
            )
        else:
            self.base = Path(self.begin)

    def _make_tokenizer(self, goes_on: bool) -> None:
        save_as_folder(make_tokenizer(list(conversation_texts(self.wish.seed, 4000))), self.tokenizer)

    # -- data and training

    def _make_data(self) -> None:
        wish, preset = self.wish, self.preset
        order = Order(
            shop=wish.shop, samples=preset.samples, answers=wish.answers, registry=wish.registry, use=wish.use,
            generated=preset.generated, plain=preset.plain, exam=preset.exam, manifest=self._manifest(), seed=wish.seed,
            tokenizer=self.tokenizer if self.begin == SCRATCH else self.base, processes=wish.processes,
        )  # fmt: skip
        data = self.out / "data"
        # the data know by themselves whether they are those of this order
        make_dataset(order, data, self.say)
        self.state.step("data", {"sha256": data_sha256(data)}, [data], lambda _: None)

    def _train(self) -> None:
        scratch = self.begin == SCRATCH
        settings = load_settings(
            self.wish.preset, self.wish.settings, base=SCRATCH if scratch else str(self.base),
            tokenizer=str(self.tokenizer) if scratch else None, seed=self.wish.seed,
        )  # fmt: skip
        run = self.out / "train"

        def do(goes_on: bool) -> None:
            result = train(settings, self.out / "data", run, fresh=not goes_on)
            if not scratch and settings.method != "full":
                note_base(result.best, self.base)

        self.state.step("train", {"settings": settings.fingerprint()}, [run / "best"], do)

    def _merge(self, goes_on: bool) -> None:
        base = self.out / "train" / "base" if self.begin == SCRATCH else self.base
        merge(base, self.out / "train" / "best", self.out / "merged")

    # -- the file

    def _manifest(self) -> ModelManifest:
        """What the app may ask of the model: as its base, or as the preset's form of prompts has it."""
        if self.base_file is not None:
            return replace(read_manifest(self.base_file), sha256="", description="")
        return replace(manifest_named(self.preset.manifest), prompt_version=PROMPT_VERSION)

    def _convert(self, goes_on: bool) -> None:
        manifest = self._manifest()
        if manifest.needs_plan and not manifest.words:
            from tools.counter.tokenizer import load_tokenizer

            manifest = replace(manifest, words=spoken_words(load_tokenizer(self.out / "merged" / "tokenizer.json")))
        made_from = "" if self.begin == SCRATCH else self.preset.base_name or self.begin
        told = Provenance(
            self.preset.name, self.preset.license, base_model=made_from, data_sha256=data_sha256(self.out / "data"),
            training_run=self.wish.preset, made=self.state.made, manifest=manifest,
        )  # fmt: skip
        convert(self.out / "merged", self.plain_file, told)
        for file in {self.plain_file, *self.files}:
            write_manifest(file, replace(manifest, name=self.preset.name, file=file.name, license=self.preset.license))

    def _quantise(self, goes_on: bool) -> None:
        importance = None
        if self.wish.importance:
            importance = importance_from(self.out / "merged", self._questions(), 200)
        for file, kind in zip(self.files, self.preset.types, strict=True):
            if file != self.plain_file:
                quantize(self.plain_file, file, kind, importance, self.wish.processes)

    # -- what it is worth

    def _questions(self) -> list[ExamRow]:
        return list(read_exam(self.out / "data" / "exam.jsonl"))

    def _examine(self, goes_on: bool) -> None:
        rows, manifest = self._questions(), read_manifest(self.files[-1])
        if not rows:
            raise ToolError("the data hold no exam; give more of them, or --exam with a number above 0.")
        sittings = []
        for model in self._compared():
            self.say(f"  {model.name} sits the exam of {len(rows)} questions")
            examinee = replace(open_model(model, manifest, threads=self.wish.processes), name=_name_at_exam(model))
            sittings += sit(examinee, rows, _decodings(examinee))
        folder = self.out / "exam"
        folder.mkdir(exist_ok=True)
        (folder / "exam.md").write_text(as_markdown(sittings, {}), encoding="utf-8")
        _write_json(folder / "exam.json", as_json(sittings, {}))

    def _compared(self) -> list[Path]:
        """The model that was begun with, where there was one, and each file that was made."""
        before = [] if self.begin == SCRATCH else [self.base_file or self.base]
        return [*before, *self.files]

    def _hold_to_the_model(self, goes_on: bool) -> None:
        parity = compare(
            self.out / "merged", self.files, self._questions(), read_manifest(self.files[-1]),
            self.out / "parity.partial", count=self.wish.parity_rows, threads=self.wish.processes,
        )  # fmt: skip
        write_parity(parity, self.out)
        failed = [verdict for verdict in parity.verdicts if not verdict.passed]
        if failed:
            causes = "; ".join(f"{verdict.file}: {cause.text}" for verdict in failed for cause in verdict.causes)
            raise ToolError(f"nothing is packaged, a file answers otherwise than the trained model ({causes}).")

    def _package(self, goes_on: bool) -> None:
        report = json.loads((self.out / "exam" / "exam.json").read_text(encoding="utf-8"))
        if not self.wish.allow_worse:
            self._refuse_worse(report)
        package(
            self.files[-1], self.out / "parity.json", self.out / "exam" / "exam.json", self.out / "package",
            manifest=read_manifest(self.files[-1]), zipped=self.wish.zipped,
        )  # fmt: skip

    def _refuse_worse(self, report: Mapping[str, Any]) -> None:
        """Raises ToolError where the file answers fewer of the shop's questions than what it was made from."""
        shares = {
            (sitting["model"], sitting["decoding"]): sitting["groups"]["all: all"]["both"]["exact"]
            for sitting in report["sittings"]
        }
        before, after = (_name_at_exam(model) for model in (self._compared()[0], self.files[-1]))
        # as the app uses the model, where that is another way than bare
        decoding = next(way for way in reversed(DECODINGS) if (after, way) in shares)
        was, now = shares.get((before, decoding)), shares[after, decoding]
        if was is not None and now < was:
            raise ToolError(
                f"nothing is packaged: the new model answers {now:.1%} of the exam where its base answers "
                f"{was:.1%} ({decoding}). Train longer or on more samples; --allow-worse packages it all the same."
            )


def _with_wishes(preset: ModelPreset, wish: Wish) -> ModelPreset:
    wished = {key: getattr(wish, key) for key in ("samples", "generated", "plain", "exam")}
    changed = {key: value for key, value in wished.items() if value is not None}
    changed |= {"name": wish.name} if wish.name else {}
    changed |= {"types": wish.types} if wish.types else {}
    return replace(preset, **changed)


def _file_of(begin: str) -> Path | None:
    """The GGUF file that is begun with, if it is one. Raises ToolError where it is not there."""
    file = EMBEDDED_FILE if begin == EMBEDDED else Path(begin)
    if file.suffix.lower() != ".gguf":
        return None
    if not file.is_file():
        raise ToolError(f"there is no model at {file}; name a model folder or a GGUF file with --base.")
    return file


def _name_at_exam(model: Path) -> str:
    return model.stem if model.suffix else model.name


def _decodings(examinee: Examinee) -> tuple[Any, ...]:
    """As the app uses it first. A model without a plan has one way only."""
    return tuple(reversed(DECODINGS)) if examinee.manifest.needs_plan else DECODINGS[:1]


def _write_json(path: Path, body: Mapping[str, Any]) -> None:
    draft = path.with_suffix(".json.partial")
    draft.write_text(json.dumps(body, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    draft.replace(path)
