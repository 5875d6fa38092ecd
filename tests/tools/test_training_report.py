"""What is told about a run: the preview before, the page and the picture during and after."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")
pytest.importorskip("matplotlib")

from tests.tools.training import small_base, small_data, small_settings  # noqa: E402
from tools.errors import ToolError  # noqa: E402
from tools.training.base import config_of  # noqa: E402
from tools.training.hardware import layout_for  # noqa: E402
from tools.training.learner import Learner  # noqa: E402
from tools.training.preview import command, preview, sizes_of  # noqa: E402
from tools.training.report import read_run, report_of, write_report  # noqa: E402
from tools.training.run import train  # noqa: E402
from tools.training.settings import load_settings  # noqa: E402

pytestmark = pytest.mark.train


def pretended(folder: Path, status: str, name: str = "run") -> Path:
    run = folder / name
    run.mkdir()
    rows = [
        {"step": n, "progress": n / 50, "minutes": n / 10, "tokens": 4000 * n, "tokens_per_s": 900 + n, "rate": 1e-4,
         "memory_mb": 700, "left_s": 60, "loss": 9 / n} | ({"held_out_loss": 9.5 / n} if n % 10 == 0 else {})
        for n in range(1, 41)
    ]  # fmt: skip
    (run / "log.jsonl").write_text(
        "".join(json.dumps(row) + "\n" for row in rows) + '{"step": 41, "lo', encoding="utf-8"
    )
    facts = {"status": status, "settings": {"rate": len(name), "method": "lora"}, "trained_parameters": 1234567}
    (run / "run.json").write_text(json.dumps(facts), encoding="utf-8")
    return run


def test_the_page_shows_all_runs_and_refreshes_while_one_goes_on(tmp_path: Path) -> None:
    done, going = pretended(tmp_path, "finished", "one"), pretended(tmp_path, "running", "an<other>")
    page = write_report([done, going], tmp_path / "report.html").read_text(encoding="utf-8")
    assert 'http-equiv="refresh"' in page
    assert "an&lt;other&gt;" in page and "<other>" not in page
    assert '<tr class="differs"><th>rate</th><td>3</td><td>9</td>' in page
    assert not re.search(r"https?://|<script|<link|src=", page), "one file, nothing from elsewhere"
    for drawn in re.findall(r"<svg.*?</svg>", page, re.S):
        lines = [line for line in ET.fromstring(drawn) if line.tag == "polyline"]
        assert len(lines) >= 2
        for line in lines:
            for point in line.attrib["points"].split():
                x, y = map(float, point.split(","))
                assert 0 <= x <= 760 and 0 <= y <= 300
    assert 'http-equiv="refresh"' not in report_of([read_run(done)])
    with pytest.raises(ToolError, match="is no run folder"):
        write_report([tmp_path], tmp_path / "none.html")


def test_a_run_leaves_its_page_and_picture(tmp_path: Path) -> None:
    train(small_settings(small_base(tmp_path), "steps=2"), small_data(tmp_path / "data"), tmp_path / "run", here=True)
    assert (tmp_path / "run" / "loss.png").read_bytes().startswith(b"\x89PNG")
    assert "finished" in (tmp_path / "run" / "report.html").read_text(encoding="utf-8")


def test_the_preview_counts_as_the_model_does(tmp_path: Path) -> None:
    base = small_base(tmp_path)
    for method in ("full", "lora", "dora"):
        settings = small_settings(base, f"method={method}", "rank=4")
        layout = layout_for(settings)
        sizes = sizes_of(Learner(settings, base, layout).causal.config, settings, layout)
        assert (sizes.parameters, sizes.learning) == Learner(settings, base, layout).sizes()


def test_the_preview_tells_the_known_sizes_and_touches_nothing(tmp_path: Path) -> None:
    settings = load_settings("qwen3-4b-instruct-2507")
    sizes = sizes_of(config_of(settings.shape), settings, layout_for(settings))
    assert sizes.parameters - sizes.learning == 4_022_468_096
    told = preview(settings, tmp_path / "data", tmp_path / "run")
    assert "4,154,588,672; 132,120,576 learn" in told
    assert not list(tmp_path.iterdir())


def test_the_printed_command_is_the_same_run() -> None:
    settings = load_settings("counter", ["rate=1e-3", "shape.hidden_size=320", "gradient_checkpointing=true"])
    parts = command(settings, None, None).split()
    overrides = [parts[place + 1] for place, part in enumerate(parts) if part == "--set"]
    assert load_settings("counter", overrides) == settings
