"""The window while a file is imported: how long the event loop ever keeps a click waiting.

window_import_gap_max_ms_100k   the longest gap between two turns of the event loop, from the file to the last row
window_import_gap_p99_ms_100k   99 of 100 gaps are shorter
window_idle_gap_max_ms          the longest gap of the same window while nothing is done, on the same machine
window_import_gap_ratio_100k    the first to the third: what the import itself adds on a machine that is busy anyway

The names carry the number of products (`--products`). Runs offscreen.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from shopdesk.app import open_app
from tools.bench.clock import now_ms, percentile
from tools.bench.shops import write_csv
from tools.bench.store import size_name

_EVERY_MS = 2
_IDLE_MS = 5_000


def measure(products: int) -> Mapping[str, float]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from shopdesk.gui.application import build_window
    from shopdesk.gui.garbage import collected_here
    from shopdesk.gui.jobs import short_turns

    application = QApplication.instance() or QApplication(["bench"])
    assert isinstance(application, QApplication)
    with (
        tempfile.TemporaryDirectory() as folder,
        open_app(Path(folder) / "home", empty=True) as app,
        collected_here(),
        short_turns(),
    ):
        file = Path(folder) / "products.csv"
        write_csv(file, products)
        window = build_window(app, application)
        window.show()
        window.begin()
        window.show_page("import")
        page = window.import_page
        gaps_until(lambda: not window.jobs.busy, 0)
        idle = gaps_until(lambda: True, _IDLE_MS)
        page.open_file(file)
        gaps = gaps_until(lambda: not page.work.busy and not window.jobs.busy, 0)
        assert page.work.plan is not None
        page.work.commit()
        gaps += gaps_until(lambda: not page.work.busy and not window.jobs.busy, 0)
        assert page.work.report is not None
        window.close()
        window.look.close()
    size = size_name(products)
    return {
        f"window_import_gap_max_ms_{size}": max(gaps),
        f"window_import_gap_p99_ms_{size}": percentile(gaps, 0.99),
        "window_idle_gap_max_ms": max(idle),
        f"window_import_gap_ratio_{size}": max(gaps) / max(idle),
    }


def gaps_until(over: Callable[[], bool], at_least_ms: float) -> list[float]:
    """Run the event loop until `over()`, and measure how late each turn of a short timer comes."""
    from PySide6.QtCore import QEventLoop, Qt, QTimer

    loop, gaps = QEventLoop(), []
    began = last = now_ms()

    def turn() -> None:
        nonlocal last
        now = now_ms()
        gaps.append(now - last - _EVERY_MS)
        last = now
        if now - began >= at_least_ms and over():
            loop.quit()

    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.setInterval(_EVERY_MS)
    timer.timeout.connect(turn)
    timer.start()
    loop.exec()
    timer.stop()
    return gaps
