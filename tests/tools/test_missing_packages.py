"""The scripts of the chain where the packages of training are not installed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_TRAINING = (
    "torch", "transformers", "peft", "safetensors", "tokenizers", "gguf", "numpy", "llama_cpp", "conversion", "psutil",
)  # fmt: skip


@pytest.mark.parametrize("script", ["merge", "convert", "quantize", "parity", "package"])
def test_one_line_says_what_to_install(script: str, tmp_path: Path) -> None:
    for name in _TRAINING:
        (tmp_path / f"{name}.py").write_text(f"raise ModuleNotFoundError('none here', name={name!r})\n", "utf-8")
    ended = subprocess.run(
        [sys.executable, str(ROOT / "tools" / f"{script}.py"), "--help"], text=True, capture_output=True, timeout=60,
        check=False, env={**os.environ, "PYTHONPATH": os.pathsep.join((str(tmp_path), str(ROOT)))},
    )  # fmt: skip
    assert "Traceback" not in ended.stderr
    if ended.returncode:
        assert ended.stderr.count("\n") == 1 and "setup_env.py train" in ended.stderr
    else:
        assert ended.stdout.startswith("usage: ")
