"""The shop exam: one set of questions put to the whole assistant, to its rows alone and to the baselines.

The shop is examined in a copy of its home, so that no question of the exam is left among its gaps or answers.
"""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from shopdesk.core.types import ModelManifest
from shopdesk.engine.models import ModelEntry, ModelShelf
from shopdesk.paths import find_home, resources
from shopdesk.settings import Settings
from tools.examination.baselines import Baseline, baselines
from tools.examination.hand_asked import ShopRows, hand_questions
from tools.examination.making import make_questions
from tools.examination.marking import mark
from tools.examination.questions import Question
from tools.examination.report import Result
from tools.examination.sitting import Program
from tools.examination.untrained import untrained_twin

_KINDS = ("products", "policies", "promotions", "orders")
_BY_HAND_AT_MOST = 4
"""How often a pattern written by hand is asked at most, each time about other rows."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search brought for one question: the gold keys among the first ten, by rank from 1."""

    question: Question
    ranks: tuple[int, ...]
    wanted: int

    @property
    def recall(self) -> float:
        return min(1.0, len(self.ranks) / self.wanted)

    @property
    def ndcg(self) -> float:
        ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(self.wanted, 10) + 1))
        return sum(1 / math.log2(rank + 1) for rank in self.ranks) / ideal


@dataclass(frozen=True, slots=True)
class System:
    """One way of answering, with its marked answers and, where it searches, what it found."""

    name: str
    results: Sequence[Result]
    found: Sequence[Found] = ()


Told = Callable[[str], None]


def copied_home(home: Path, out: Path) -> Path:
    """A copy of a home's database and settings in `out`. Raises OSError where there is none."""
    out.mkdir(parents=True, exist_ok=True)
    for file in home.iterdir():
        if file.is_file() and (file.name.startswith("shop.db") or file.name == "settings.json"):
            shutil.copy2(file, out / file.name)
    return out


def rows_of(program: Program) -> ShopRows:
    """Everything the questions can be about. Raises ProgramError."""
    lists = [json.loads(program.run([kind, "list", "--json"])) for kind in _KINDS]
    return ShopRows(*lists)


def shop_questions(rows: ShopRows, *, count: int, languages: Sequence[str], seed: int) -> list[Question]:
    """About `count` questions: every pattern written by hand as often as fits, the rest generated."""
    found: list[Question] = []
    share = count // len(languages)
    for language in languages:
        by_hand: list[Question] = []
        for times in range(1, _BY_HAND_AT_MOST + 1):
            more = hand_questions(rows, language=language, times=times, seed=seed)
            if len(more) > share and by_hand:
                break
            by_hand = more
        try:
            made = make_questions(
                rows.products, count=max(share // 3, share - len(by_hand)), language=language, seed=seed
            )
        except ValueError:  # nothing that can be told apart by name
            made = []
        found += [*by_hand, *made]
    return found


def examined(program: Program, questions: Sequence[Question], route: str, name: str) -> System:
    """The assistant on one route. Raises ProgramError."""
    answers = program.ask(questions, route)
    pairs = zip(questions, answers, strict=True)
    return System(name, [Result(question, answer, mark(question, answer)) for question, answer in pairs])


def searched(program: Program, questions: Sequence[Question]) -> list[Found]:
    """What `shopdesk search` finds for the questions that stand alone and have gold rows. Raises ProgramError."""
    asked = [question for question in questions if question.expect.keys and not question.history]
    lines = [json.dumps({"id": question.id, "query": question.text}) for question in asked]
    output = program.run(["search", "--batch", "-", "--json", "--limit", "10"], "\n".join(lines) + "\n")
    found = []
    for question, line in zip(asked, filter(str.strip, output.split("\n")), strict=True):
        keys = [str(hit["key"]).casefold() for hit in json.loads(line)["results"]]
        found.append(_found(question, lambda key, keys=keys: [rank for rank, k in enumerate(keys, 1) if k == key]))
    return found


def by_baseline(baseline: Baseline, questions: Sequence[Question], told: Told) -> System:
    results, found = [], []
    for number, question in enumerate(questions, 1):
        answer = baseline.answer(question)
        marked = replace(mark(question, answer), key_cited=None)  # it cites nothing
        results.append(Result(question, answer, marked))
        if baseline.ranked is not None and question.expect.keys and not question.history:
            texts = [text.casefold() for text in baseline.ranked(question)]
            found.append(_found(question, lambda key, texts=texts: [r for r, t in enumerate(texts, 1) if key in t]))
        if number % 50 == 0:
            told(f"{baseline.name}: {number} of {len(questions)}")
    return System(baseline.name, results, found)


def baseline_systems(
    model: Path, manifest: ModelManifest, rows: ShopRows, questions: Sequence[Question], told: Told, *, threads: int
) -> list[System]:
    return [by_baseline(each, questions, told) for each in baselines(model, manifest, rows, threads=threads)]


def model_entry(program: Program, name: str | None) -> ModelEntry:
    """The model that the program answers with. Raises EngineError where there is none."""
    home = find_home(program.home)
    shelf = ModelShelf(resources() / "models", home.models)
    chosen = name or Settings(home.settings).get("model")
    return shelf.find(chosen) if chosen else shelf.default()


def random_twin(model: Path, manifest: Mapping[str, Any], folder: Path) -> Path:
    """The same model with random weights, its manifest beside it. Raises ToolError."""
    twin = untrained_twin(model, folder / "untrained.gguf")
    body = {name: value for name, value in manifest.items() if name not in ("sha256", "file", "name")}
    body |= {"name": "untrained", "file": twin.name}
    twin.with_suffix(".json").write_text(json.dumps(body, ensure_ascii=False), encoding="utf-8")
    return twin


def _found(question: Question, ranks_of: Callable[[str], list[int]]) -> Found:
    """The best rank of each gold key, one of several where any will do."""
    ranks = []
    for item in question.expect.keys:
        keys = (item,) if isinstance(item, str) else item
        found = [rank for key in keys for rank in ranks_of(key.casefold())]
        if found and min(found) <= 10:
            ranks.append(min(found))
    return Found(question, tuple(sorted(ranks)), len(question.expect.keys))
