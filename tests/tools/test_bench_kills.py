"""The worker is killed and suspended while the real window is open: nobody but the log notices."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_the_window_lives_and_every_question_is_answered(bundled_model: Path) -> None:
    command = [sys.executable, "-m", "tools.bench.kills", "--kills", "6", "--hangs", "1", "--verbose"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=110, cwd=Path(__file__).parents[2])
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert [found[name] for name in ("window_alive", "answered_after_retry", "messages_kept")] == [7, 7, 7]
