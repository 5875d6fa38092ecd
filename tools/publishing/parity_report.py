"""The parity report as Markdown: one table, the causes of what failed, how it was measured."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tools.publishing.needs import amount

_HOW = (
    "KL divergence in nats, of the file's next-token distribution from the model's, along the model's own answers. "
    "A token agrees when the model would have said it too, or found it as good but for a tie. "
    "Every tensor was compared with the weight it was made from."
)


def as_markdown(parity: Mapping[str, Any]) -> str:
    """From what `Parity.to_json` gives, so that a stored report can be shown again."""
    lines = [
        f"# Parity of {parity['model']} and its GGUF files: {'passed' if parity['passed'] else 'FAILED'}", "",
        "| file | type | size | same tokens | KL mean | KL p99 | KL max | tokens agree | model right | file right | |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
        *map(_line, parity["files"]),
    ]  # fmt: skip
    for verdict in parity["files"]:
        if verdict["causes"]:
            lines += ["", f"**{verdict['file']} failed**", ""]
            lines += [f"- {cause['sort']}: {cause['text']}" for cause in verdict["causes"]]
    rows = parity["files"][0]["measured"]["rows"] if parity["files"] else 0
    asked = f"{rows} prompts of the exam{_left_out(parity['left_out'])}, "
    lines += ["", f"{asked}greedy answers of at most {parity['most_tokens']} tokens. {_HOW}"]
    return "\n".join(lines) + "\n"


def _line(verdict: Mapping[str, Any]) -> str:
    found = verdict["measured"]
    rows = found["rows"]
    cells = [
        verdict["file"], verdict["kind"], amount(verdict["size"]), f"{found['same_tokens']}/{rows}",
        f"{found['kl_mean']:.5f}", f"{found['kl_p99']:.4f}", f"{found['kl_max']:.3f}", f"{found['agreement']:.2%}",
        f"{found['exact_model']}/{rows}", f"{found['exact_file']}/{rows}", "passed" if verdict["passed"] else "FAILED",
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |"


def _left_out(count: int) -> str:
    return f" ({count} could not be asked)" if count else ""
