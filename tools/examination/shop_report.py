"""The table of a shop exam: every system in one line, then ours by type and language, for people and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tools.examination.report import figures
from tools.examination.shop_exam import Found, System

_COLUMNS = (
    ("n", "questions"), ("fact-exact", "exact"), ("cites right", "key_cited"), ("refuses rightly", "refused_rightly"),
    ("refuses wrongly", "refused_wrongly"), ("numbers without a fact", "ungrounded"), ("replaced", "replaced"),
    ("by the model", "by_model"), ("recall@10", "recall"), ("NDCG@10", "ndcg"), ("p50 ms", "p50_ms"),
    ("p95 ms", "p95_ms"),
)  # fmt: skip


def as_json(systems: Sequence[System]) -> dict[str, Any]:
    """Per system the figures of all questions and of each type and language."""
    return {system.name: {name: _figures(part) for name, part in _parts(system).items()} for system in systems}


def as_markdown(systems: Sequence[System]) -> str:
    """One table of all systems, then one for each by type and language."""
    blocks = ["## All questions\n", _table([(system.name, _figures(system)) for system in systems])]
    for system in systems:
        rows = [(name, _figures(part)) for name, part in _parts(system).items()]
        blocks += [f"\n## {system.name}, by type and language\n", _table(rows)]
    return "\n".join(blocks) + "\n"


def _parts(system: System) -> dict[str, System]:
    languages = sorted({result.question.lang for result in system.results})
    kinds = sorted({(result.question.kind, result.question.lang) for result in system.results})
    found = {"all": system}
    for language in languages:
        found[language] = _only(system, lambda question, language=language: question.lang == language)
    for kind, language in kinds:
        found[f"{kind} {language}"] = _only(
            system, lambda question, kind=kind, language=language: (question.kind, question.lang) == (kind, language)
        )
    return found


def _only(system: System, test: Any) -> System:
    results = [result for result in system.results if test(result.question)]
    return System(system.name, results, [each for each in system.found if test(each.question)])


def _figures(system: System) -> dict[str, Any]:
    found: Sequence[Found] = system.found
    return figures(system.results) | {
        "recall": round(sum(each.recall for each in found) / len(found), 3) if found else None,
        "ndcg": round(sum(each.ndcg for each in found) / len(found), 3) if found else None,
    }


def _table(rows: Sequence[tuple[str, dict[str, Any]]]) -> str:
    lines = ["| | " + " | ".join(title for title, _ in _COLUMNS) + " |", "|---" * (len(_COLUMNS) + 1) + "|"]
    lines += [f"| {name} | " + " | ".join(_cell(row[key]) for _, key in _COLUMNS) + " |" for name, row in rows]
    return "\n".join(lines)


def _cell(value: object) -> str:
    if value is None:
        return "–"
    return f"{value:.3f}" if isinstance(value, float) and value <= 1 else str(value)
