"""The figures of an exam, by kind and language, and its failures, for people and as JSON."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tools.examination.marking import Mark
from tools.examination.questions import Question


@dataclass(frozen=True, slots=True)
class Result:
    question: Question
    answer: Mapping[str, Any]
    mark: Mark

    @property
    def right(self) -> bool:
        """Everything the gold demands, from the right record, with no number out of nowhere."""
        return self.mark.exact and self.mark.key_cited is not False and not self.mark.ungrounded


def figures(results: Sequence[Result]) -> dict[str, Any]:
    """Shares (0 to 1, None where no question bears on it), counts, and times in milliseconds.

    right              answers that are exact, cite the right record and show no number without a fact
    exact              answers that hold everything the gold demands
    key_cited          … that cite the right record, of those whose gold names one
    refused_rightly    … that say they do not know, of those that should
    refused_wrongly    … that say so though the shop knows, of all others
    replaced           answers in which a sentence of the model had to be replaced
    by_model           answers that the model worded
    ungrounded         answers that show a number without a fact
    """
    with_key = [r for r in results if r.mark.key_cited is not None]
    unknowable = [r for r in results if r.question.expect.refuse]
    knowable = [r for r in results if r.question.expect.refuse is False]
    by_model = [r for r in results if r.answer["route"] == "model"]
    times = sorted(float(r.answer["timings_ms"]["total"]) for r in results if "total" in r.answer["timings_ms"])
    return {
        "questions": len(results),
        "right": _share(results, lambda r: r.right),
        "exact": _share(results, lambda r: r.mark.exact),
        "key_cited": _share(with_key, lambda r: bool(r.mark.key_cited)),
        "refused_rightly": _share(unknowable, lambda r: r.mark.refused),
        "refused_wrongly": _share(knowable, lambda r: r.mark.refused and not r.mark.exact),
        "replaced": _share(by_model, lambda r: r.answer["repaired"] > 0),
        "by_model": _share(results, lambda r: r.answer["route"] == "model"),
        "ungrounded": sum(1 for r in results if r.mark.ungrounded),
        "p50_ms": round(statistics.median(times), 1) if times else None,
        "p95_ms": round(times[min(len(times) - 1, int(len(times) * 0.95))], 1) if times else None,
    }


def summary(results: Sequence[Result]) -> dict[str, Any]:
    """`figures` of all results, of each language and of each kind in each language."""
    groups: dict[str, list[Result]] = {}
    for result in results:
        for name in (result.question.lang, f"{result.question.kind} {result.question.lang}"):
            groups.setdefault(name, []).append(result)
    order = sorted(groups, key=lambda name: (" " in name, name))
    return {"all": figures(results)} | {name: figures(groups[name]) for name in order}


_COLUMNS = (
    ("n", "questions"), ("right", "right"), ("exact", "exact"), ("key", "key_cited"), ("refused", "refused_rightly"),
    ("wrongly", "refused_wrongly"), ("model", "by_model"), ("replaced", "replaced"), ("no fact", "ungrounded"),
    ("p50 ms", "p50_ms"), ("p95 ms", "p95_ms"),
)  # fmt: skip


def table(rows: Mapping[str, Mapping[str, Any]]) -> str:
    """A `summary` as text, one line per group."""
    width = max(len(name) for name in rows)
    lines = [" " * width + "".join(f"{title:>10}" for title, _ in _COLUMNS)]
    for name, row in rows.items():
        lines.append(f"{name:<{width}}" + "".join(f"{_cell(row[key]):>10}" for _, key in _COLUMNS))
    return "\n".join(lines)


def failures(results: Sequence[Result]) -> str:
    """The answers that are not right, with what was wrong."""
    blocks = []
    for result in results:
        if result.right:
            continue
        faults = list(result.mark.faults)
        faults += [f"number without a fact: {number}" for number in result.mark.ungrounded]
        if result.mark.key_cited is False:
            faults.append(f"not cited: {result.question.expect.to_json()['keys']}")
        earlier = "".join(f"\n  before   {turn['question']}" for turn in result.question.history)
        cited = [fact["key"] for fact in result.answer["facts"] if fact["id"] in result.answer["citations"]]
        blocks.append(
            f"{result.question.id} {result.question.kind} {result.question.lang}{earlier}\n"
            f"  question {result.question.text}\n"
            f"  answer   {result.answer['answer']}  ({result.answer['route']}; cited {cited})\n"
            f"  faults   {'; '.join(faults)}"
        )
    return "\n".join(blocks)


def _share(results: Sequence[Result], test: Callable[[Result], bool]) -> float | None:
    return round(sum(map(test, results)) / len(results), 3) if results else None


def _cell(value: object) -> str:
    if value is None:
        return "–"
    return f"{value:.3f}" if isinstance(value, float) and value <= 1 else str(value)
