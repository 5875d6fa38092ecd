"""A run as a picture (loss.png), and one or several runs as a page that refreshes itself while training goes on.

The page is one file without scripts or anything from elsewhere: the curves are drawn in it as SVG.
"""

from __future__ import annotations

import html
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.errors import ToolError
from tools.training.progress import duration, read_log

REFRESH_S = 5
COLOURS = ("#2563eb", "#ea580c", "#059669", "#9333ea", "#dc2626", "#0891b2", "#a16207", "#db2777")
_WIDTH, _HEIGHT, _LEFT, _BOTTOM, _TOP, _RIGHT = 760, 300, 56, 34, 14, 16
_STYLE = """
:root { color-scheme: light dark; --ink: #18212f; --quiet: #5b6778; --line: #dfe4ec; --paper: #f5f7fa; --card: #fff }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8ecf2; --quiet: #9aa6b6; --line: #2c3645; --paper: #10161f; --card: #18202b } }
body { margin: 0; padding: 28px clamp(16px, 4vw, 48px); background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, "Segoe UI", "Noto Sans", "Noto Sans CJK SC", sans-serif }
h1 { font-size: 22px; margin: 0 0 2px } h2 { font-size: 15px; margin: 0 0 8px }
p { margin: 0 0 18px; color: var(--quiet) }
.grid { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 440px), 1fr)); gap: 18px }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 16px 18px; min-width: 0 }
.runs { margin-bottom: 18px } .wide { margin-top: 18px; overflow-x: auto }
.name { display: flex; gap: 8px; align-items: center; font-weight: 600; overflow-wrap: anywhere }
.dot { width: 11px; height: 11px; border-radius: 50%; flex: none }
.state { margin-left: auto; font-size: 12px; font-weight: 600; border-radius: 99px; padding: 1px 10px;
  white-space: nowrap; border: 1px solid var(--line); color: var(--quiet) }
.bar { height: 6px; border-radius: 3px; background: var(--line); margin: 10px 0 12px; overflow: hidden }
.bar i { display: block; height: 100% }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(96px, 1fr)); gap: 8px 14px; margin: 0 }
dt { color: var(--quiet); font-size: 12px } dd { margin: 0; font-weight: 600; font-variant-numeric: tabular-nums }
svg { width: 100%; height: auto; display: block } svg text { fill: var(--quiet); font-size: 12px }
.legend { color: var(--quiet); font-size: 12px; margin-top: 6px }
table { border-collapse: collapse; width: 100%; font-size: 14px } th, td { text-align: left; padding: 5px 14px 5px 0;
  border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere }
th { color: var(--quiet); font-weight: 500; overflow-wrap: normal }
tr.differs td { font-weight: 600 } tr.differs th { color: var(--ink) }
"""


@dataclass(frozen=True, slots=True)
class Run:
    """A run folder as read: `facts` is run.json, `rows` the log."""

    name: str
    facts: dict[str, Any]
    rows: list[dict[str, Any]]

    @property
    def state(self) -> str:
        return str(self.facts.get("status", "running"))

    def curve(self, key: str) -> list[tuple[float, float]]:
        """(tokens read, value) wherever the log has a finite value."""
        return [(row["tokens"], row[key]) for row in self.rows if key in row and math.isfinite(row[key])]


def read_run(folder: Path) -> Run:
    """Raises ToolError for what is no run folder."""
    try:
        facts = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        log = folder / "log.jsonl"
        name = folder.name if folder.name != "train" else f"{folder.absolute().parent.name}/{folder.name}"
        return Run(name, facts, read_log(log) if log.is_file() else [])
    except (OSError, ValueError) as error:
        raise ToolError(f"{folder} is no run folder ({error}); name the --out folder of a training run") from error


def write_report(folders: Sequence[Path], path: Path) -> Path:
    """One page of all the runs in `folders`. Raises ToolError."""
    page = report_of([read_run(folder) for folder in folders])
    try:
        partial = path.with_name(f"{path.name}.partial")
        partial.write_text(page, encoding="utf-8")
        partial.replace(path)
    except OSError as error:
        raise ToolError(f"{path} cannot be written ({error.strerror}); choose another file") from error
    return path


def report_of(runs: Sequence[Run]) -> str:
    """The page; it refreshes itself as long as one of the runs goes on."""
    live = any(run.state in ("running", "preparing") for run in runs)
    refresh = f'<meta http-equiv="refresh" content="{REFRESH_S}">' if live else ""
    charts = "".join(
        f'<section class="card"><h2>{title}</h2>{body}</section>'
        for title, body in (
            ("Loss", _chart(runs, "loss", "held_out_loss")),
            ("Tokens per second", _chart(runs, "tokens_per_s", from_zero=True)),
            ("Learning rate", _chart(runs, "rate", from_zero=True)),
            ("Memory, MB", _chart(runs, "memory_mb", from_zero=True)),
        )
    )
    cards = "".join(_card(run, COLOURS[place % len(COLOURS)]) for place, run in enumerate(runs))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">{refresh}'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><title>Training</title>'
        f"<style>{_STYLE}</style></head><body><h1>Training</h1>"
        f"<p>{'Refreshes itself while training runs.' if live else 'All runs have ended.'}</p>"
        f'<div class="grid runs">{cards}</div><div class="grid">{charts}</div>'
        f'<section class="card wide"><h2>Settings</h2>{_table(runs)}</section></body></html>\n'
    )


def draw_loss(folder: Path) -> Path:
    """loss.png of one run, in its folder."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    run = read_run(folder)
    figure = Figure(figsize=(8, 4.5), dpi=120, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    if plain := run.curve("loss"):
        axes.plot(*zip(*plain, strict=True), color=COLOURS[0], alpha=0.25, linewidth=1)
        axes.plot(*zip(*_smoothed(plain), strict=True), color=COLOURS[0], label="training")
    if held_out := run.curve("held_out_loss"):
        axes.plot(*zip(*held_out, strict=True), color=COLOURS[1], marker="o", markersize=4, label="held out")
    axes.set(xlabel="tokens read", ylabel="loss", title=run.name)
    axes.xaxis.set_major_formatter(lambda value, _: _short(value))
    axes.grid(alpha=0.25)
    axes.spines[["top", "right"]].set_visible(False)
    if plain or held_out:
        axes.legend(frameon=False)
    path = folder / "loss.png"
    partial = folder / "loss.partial.png"
    figure.savefig(partial)
    partial.replace(path)
    return path


# -- parts of the page


def _card(run: Run, colour: str) -> str:
    last = run.rows[-1] if run.rows else {}
    best = min((value for _, value in run.curve("held_out_loss")), default=None)
    done = min(1.0, last.get("progress", 0.0))
    left = duration(last["left_s"]) if last and run.state == "running" else "–"
    values = {
        "loss": f"{last['loss']:.4f}" if last else "–",
        "best held out": f"{best:.4f}" if best is not None else "–",
        "step": f"{last['step']:,}" if last else "–",
        "tokens/s": f"{last['tokens_per_s']:,}" if last else "–",
        "time": duration(60 * last["minutes"]) if last else "–",
        "left": left,
        "memory": f"{last['memory_mb']:,} MB" if last else "–",
        "learning": _short(run.facts.get("trained_parameters", 0)),
    }
    facts = "".join(f"<div><dt>{name}</dt><dd>{text}</dd></div>" for name, text in values.items())
    return (
        f'<section class="card"><div class="name"><span class="dot" style="background:{colour}"></span>'
        f'{html.escape(run.name)}<span class="state">{run.state}</span></div>'
        f'<div class="bar"><i style="width:{done:.1%};background:{colour}"></i></div><dl>{facts}</dl></section>'
    )


def _chart(runs: Sequence[Run], key: str, second: str = "", from_zero: bool = False) -> str:
    curves = [(run.curve(key), run.curve(second) if second else []) for run in runs]
    points = [point for pair in curves for curve in pair for point in curve]
    if not points:
        return "<p>Nothing yet.</p>"
    across = _ticks(0.0, max(x for x, _ in points))
    values = sorted(y for _, y in points)
    # The first updates of a fresh model may lie far above all others; they would flatten the rest.
    top = values[-1] if from_zero else values[min(len(values) - 1, math.ceil(0.99 * len(values)))]
    up = _ticks(0.0 if from_zero else values[0], top)
    low, high, right = up[0], max(up[-1], top), max(across[-1], max(x for x, _ in points))

    def place(x: float, y: float) -> str:
        inside_x, inside_y = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM
        share = min(1.0, (y - low) / ((high - low) or 1))
        return f"{_LEFT + inside_x * x / (right or 1):.1f},{_TOP + inside_y * (1 - share):.1f}"

    parts = []
    for value in up:
        y = place(0, value).split(",")[1]
        parts.append(f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y}" y2="{y}" stroke="var(--line)"/>')
        parts.append(f'<text x="{_LEFT - 8}" y="{float(y) + 4:.1f}" text-anchor="end">{_short(value)}</text>')
    for value in across:
        x = place(value, low).split(",")[0]
        parts.append(f'<text x="{x}" y="{_HEIGHT - 12}" text-anchor="middle">{_short(value)}</text>')
    for number, (first, other) in enumerate(curves):
        colour = COLOURS[number % len(COLOURS)]
        thin = _thinned(first)
        if second and len(thin) > 8:
            parts.append(_line(thin, place, colour, 'stroke-opacity="0.25" stroke-width="1.2"'))
            thin = _thinned(_smoothed(first))
        parts.append(_line(thin, place, colour, 'stroke-width="2"'))
        if other:
            parts.append(_line(other, place, colour, 'stroke-width="2" stroke-dasharray="5 4"'))
            parts += [
                '<circle cx="{}" cy="{}" r="3.5" fill="{}"><title>{:.4f}</title></circle>'.format(
                    *place(x, y).split(","), colour, y
                )
                for x, y in other
            ]
    legend = '<div class="legend">line: training, smoothed &nbsp; dashed: held out &nbsp; across: tokens read</div>'
    usual = '<div class="legend">across: tokens read</div>'
    return f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img">{"".join(parts)}</svg>{legend if second else usual}'


def _line(points: Sequence[tuple[float, float]], place: Any, colour: str, more: str) -> str:
    path = " ".join(place(x, y) for x, y in points)
    return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-linejoin="round" {more}/>'


def _table(runs: Sequence[Run]) -> str:
    facts = ("device", "precision", "attention", "processes", "rows", "tokens", "parameters", "trained_parameters")
    shown = [{**run.facts.get("settings", {}), **{name: run.facts.get(name) for name in facts}} for run in runs]
    names = [
        name
        for name in dict.fromkeys(key for values in shown for key in values)
        if any(v.get(name) not in ("", None) for v in shown)
    ]
    head = "".join(f"<th>{html.escape(run.name)}</th>" for run in runs)
    body = []
    for name in names:
        texts = [_told(values.get(name)) for values in shown]
        differs = ' class="differs"' if len(set(texts)) > 1 else ""
        cells = "".join(f"<td>{html.escape(text)}</td>" for text in texts)
        body.append(f"<tr{differs}><th>{name.replace('_', ' ')}</th>{cells}</tr>")
    return f"<table><tr><th></th>{head}</tr>{''.join(body)}</table>"


def _told(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {item}" for key, item in value.items())
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) and value >= 10_000 else str(value)


# -- numbers


def _smoothed(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """A running mean that reaches further back the longer the curve is."""
    keep = 1 - 1 / max(1.0, min(25.0, len(points) / 8))
    smooth, value, weight = [], 0.0, 0.0
    for x, y in points:
        value, weight = keep * value + y, keep * weight + 1
        smooth.append((x, value / weight))
    return smooth


def _thinned(points: Sequence[tuple[float, float]], most: int = 600) -> list[tuple[float, float]]:
    step = max(1, math.ceil(len(points) / most))
    return [*points[::step], *([points[-1]] if (len(points) - 1) % step else [])] if points else []


def _ticks(low: float, high: float) -> list[float]:
    """Four to six round numbers around `low` to `high`."""
    span = (high - low) or abs(high) or 1.0
    rough = span / 4
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough)
    first = math.floor(low / step)
    return [round(step * number, 12) for number in range(first, math.ceil(high / step - 1e-9) + 1)]


def _short(value: float) -> str:
    """`1.2 k`, `34 M`, `0.0002`."""
    for limit, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= limit:
            return f"{value / limit:.3g} {letter}"
    return f"{value:.3g}"
