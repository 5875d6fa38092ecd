"""The card of a model: what it is, where it comes from, how it did. Markdown, from the report alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shopdesk.core.types import ModelManifest
from tools.publishing.needs import amount

_NOTHING = "–"


def card_of(manifest: ModelManifest, report: Mapping[str, Any], notes: str = "") -> str:
    """`notes` are the makers' own words, put before the figures."""
    lines = [f"# {manifest.name}", ""]
    if manifest.description:
        lines += [manifest.description, ""]
    lines += ["| | |", "|---|---|", *(f"| {name} | {text} |" for name, text in _facts(manifest, report) if text)]
    if notes.strip():
        lines += ["", notes.strip()]
    return "\n".join([*lines, *_exam_lines(report["exam"]), *_parity_lines(report["parity"]), *_rules(manifest)]) + "\n"


def _facts(manifest: ModelManifest, report: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [
        ("file", f"`{manifest.file}` (GGUF, {report['type']}, {amount(report['size'])})"),
        ("made from", str(report["base_model"])),
        ("made on", str(report["made"])),
        ("architecture", f"{report['architecture']}, {report['parameters']:,} parameters"),
        ("languages", ", ".join(report["languages"])),
        ("licence", manifest.license),
        ("training run", str(report["training_run"])),
        ("training data, SHA-256", _code(report["data_sha256"])),
        ("prompts", f"version {manifest.prompt_version}"),
        ("file, SHA-256", _code(manifest.sha256)),
    ]


def _exam_lines(exam: Mapping[str, Any]) -> list[str]:
    """One line a group, one column a way of decoding."""
    sittings = exam["sittings"]
    lines = [
        "", "## Exam", "",
        (f"{exam['questions']} questions, greedy, this file. Right means fact-exact: what the app's own check lets "
        "pass as it came, and of the right sort where nothing is known."), "",
        "| | questions | " + " | ".join(sitting["decoding"] for sitting in sittings) + " |",
        "|---|---|" + "---|" * len(sittings),
    ]  # fmt: skip
    for group in sittings[0]["groups"]:
        of, _, name = group.partition(": ")
        found = [sitting["groups"].get(group, {}) for sitting in sittings]
        cells = " | ".join(map(_cell, found))
        lines.append(f"| {name if of == 'all' else group} | {found[0]['both']['questions']} | {cells} |")
    return lines


def _cell(figures: Mapping[str, Any]) -> str:
    """Both languages together, then each for itself where both were asked."""
    shares = {language: _share(figures.get(language, {}).get("exact")) for language in ("both", "zh", "en")}
    if _NOTHING in (shares["zh"], shares["en"]):
        return shares["both"]
    return f"{shares['both']} (zh {shares['zh']}, en {shares['en']})"


def _parity_lines(parity: Mapping[str, Any]) -> list[str]:
    return [
        "", "## Parity", "",
        (f"Held to the model it was made from over {parity['rows']} prompts: same tokens {parity['same_tokens']} of "
        f"{parity['rows']}; KL divergence of the next token {parity['kl_mean']:.5f} nats on average, "
        f"{parity['kl_p99']:.4f} at the 99th percentile, {parity['kl_max']:.3f} at most; tokens that agree "
        f"{parity['agreement']:.2%}; right answers {parity['exact_file']}, the model's own {parity['exact_model']}. "
        "Every tensor was compared with its weight."),
    ]  # fmt: skip


def _rules(manifest: ModelManifest) -> list[str]:
    """What the app may ask of the model, in words."""
    told = [
        "it is told which record and field to speak of" if manifest.needs_plan else "it reads the question by itself",
        "policies are quoted to it" if manifest.prose == "quote" else "it may put policies into its own words",
        f"at most {manifest.facts_per_prompt} facts and {manifest.history_turns} earlier turns are shown to it",
        f"{manifest.context} tokens of context, {manifest.max_answer_tokens} of them for the answer",
    ]
    return ["", "## Use", "", f"In ShopDesk {'; '.join(told)}."]


def _share(value: float | None) -> str:
    return _NOTHING if value is None else f"{value:.1%}"


def _code(text: str) -> str:
    return f"`{text}`" if text else ""
