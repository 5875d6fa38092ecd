"""The table of a model's exam, by part, type and language, as Markdown and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tools.examination.model_exam import Sitting
from tools.examination.model_marking import Mark, rare_characters
from tools.examination.wrong_plans import Behaviour

_ORDER = ("all", "part", "type", "names with hanzi")


def figures(marks: Sequence[Mark]) -> dict[str, Any]:
    """Shares from 0 to 1, None where nothing bears on them.

    exact         fact-exact answers
    names         answers that say all names character by character, of those that are to name something
    wrong_record  answers that cite, name or take a value from another record
    replaced      answers that the guard would replace, of those that the app lets a model give
    """
    by_model = [mark for mark in marks if mark.row.plan.intent != "not_found"]
    return {
        "questions": len(marks),
        "exact": _share(mark.exact for mark in marks),
        "names": _share(mark.names for mark in marks if mark.names is not None),
        "wrong_record": _share(mark.wrong_record for mark in marks),
        "replaced": _share(not mark.shown for mark in by_model),
    }


def groups(marks: Iterable[Mark]) -> dict[tuple[str, str], list[Mark]]:
    """The marks of all questions, by part, by type, and by rare characters in what is copied: (of, name) → marks."""
    found: dict[tuple[str, str], list[Mark]] = {}
    for mark in marks:
        kind, rare = mark.row.kind.partition("/")[0], rare_characters(mark.row.plan)
        keys = [("all", "all"), ("part", mark.row.source), ("type", kind)]
        for key in (*keys, *((("names with hanzi", rare),) if rare else ())):
            found.setdefault(key, []).append(mark)
    return {key: found[key] for key in sorted(found, key=lambda key: (_ORDER.index(key[0]), key[1]))}


def as_json(sittings: Sequence[Sitting], conducts: Mapping[str, Sequence[Behaviour]]) -> dict[str, Any]:
    """All figures: sitting → group → language → figures, the faults counted, and what was done with wrong plans."""
    return {
        "sittings": [
            {
                "model": sitting.model,
                "decoding": sitting.decoding,
                "groups": {
                    f"{of}: {name}": {language: figures(_in(marks, language)) for language in ("zh", "en", "both")}
                    for (of, name), marks in groups(sitting.marks).items()
                },
                "faults": dict(faults(sitting.marks).most_common()),
            }
            for sitting in sittings
        ],
        "wrong plans": {decoding: conduct_figures(found) for decoding, found in conducts.items()},
    }


def as_markdown(sittings: Sequence[Sitting], conducts: Mapping[str, Sequence[Behaviour]]) -> str:
    """Fact-exact by group and language with the sittings side by side, then names, wrong records and what the guard
    replaces by part, then the kinds of faults, then the wrong plans."""
    tables = [groups(sitting.marks) for sitting in sittings]
    heads = " | ".join(f"{sitting.model}, {sitting.decoding}" for sitting in sittings)
    rule = "---|" * len(sittings)
    lines = ["**Fact-exact answers, % of zh / of en / of both**", ""]
    lines += [f"| | asked zh, en | {heads} |", f"|---|---|{rule}"]
    for key, marks in tables[0].items() if tables else ():
        asked = f"{len(_in(marks, 'zh'))}, {len(_in(marks, 'en'))}"
        cells = " | ".join(_by_language(table.get(key, ()), "exact") for table in tables)
        lines.append(f"| {_title(key)} | {asked} | {cells} |")
    lines += [
        "",
        "**Names copied exactly · about another record · replaced by the guard, %**",
        "",
    ]
    lines += [f"| | {heads} |", f"|---|{rule}"]
    for key in [key for key in tables[0] if key[0] != "type"] if tables else ():
        cells = " | ".join(_beyond(table.get(key, ())) for table in tables)
        lines.append(f"| {_title(key)} | {cells} |")
    for sitting in sittings:
        lines += ["", f"**{sitting.model}, {sitting.decoding}: what went wrong**", "", *_fault_lines(sitting.marks)]
    for decoding, found in conducts.items():
        columns = ("follows", "refuses", "mixes", "caught", "caught_blindly")
        lines += ["", f"**Wrong plans, {decoding}, %**", ""]
        lines += ["| planted | asked | follows | keeps to the facts | mixes | caught | caught without the true plan |"]
        lines += ["|---|---|---|---|---|---|---|"]
        for planted, row in conduct_figures(found).items():
            lines.append(
                f"| {planted} | {row['asked']} | " + " | ".join(_percent(row[name]) for name in columns) + " |"
            )
    return "\n".join(lines) + "\n"


def faults(marks: Iterable[Mark]) -> Counter[str]:
    """How often each kind of fault, and of what the check lets pass."""
    return Counter(fault for mark in marks if (fault := mark.fault))


def conduct_figures(found: Sequence[Behaviour]) -> dict[str, dict[str, Any]]:
    """By what was planted: how many were asked, and the shares that follow, refuse, mix and are caught."""
    figures: dict[str, dict[str, Any]] = {}
    for planted in ("all", *sorted({item.case.planted for item in found})):
        items = [item for item in found if planted in ("all", item.case.planted)]
        figures[planted] = {
            "asked": len(items),
            **{name: _share(item.conduct == name for item in items) for name in ("follows", "refuses", "mixes")},
            "caught": _share(item.caught for item in items),
            "caught_blindly": _share(item.caught_blindly for item in items),
        }
    return figures


def _fault_lines(marks: Sequence[Mark]) -> list[str]:
    """Each kind of fault with the types in which it is most frequent."""
    lines = []
    for fault, count in faults(marks).most_common():
        where: Counter[str] = Counter()
        for mark in marks:
            if mark.fault == fault:
                rare = rare_characters(mark.row.plan)
                where[f"{mark.row.kind} {mark.row.language}{f' ({rare})' if rare else ''}"] += 1
        told = ", ".join(f"{name} {number}" for name, number in where.most_common(8))
        lines.append(f"- {fault}: {count} ({told})")
    return lines or ["- nothing"]


def _in(marks: Sequence[Mark], language: str) -> list[Mark]:
    return [mark for mark in marks if language in ("both", mark.row.language)]


def _title(key: tuple[str, str]) -> str:
    of, name = key
    return f"**{name}**" if of == "all" else f"{of} {name}" if of == "names with hanzi" else f"{of}: {name}"


def _by_language(marks: Sequence[Mark], figure: str) -> str:
    if not marks:
        return "–"
    return " / ".join(_percent(figures(_in(marks, language))[figure]) for language in ("zh", "en", "both"))


def _beyond(marks: Sequence[Mark]) -> str:
    found = figures(marks)
    return " · ".join(_percent(found[name]) for name in ("names", "wrong_record", "replaced")) if marks else "–"


def _share(values: Iterable[object]) -> float | None:
    listed = [bool(value) for value in values]
    return round(sum(listed) / len(listed), 4) if listed else None


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share * 100:.1f}"
