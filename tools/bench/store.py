"""The store at size: importing a generated shop, and finding the facts for a question in it.

import_100k_vs_sqlite_utils   checking and importing a CSV file by the command line, by the time that `sqlite-utils
                              insert --csv` and `enable-fts` (name, brand, category, color) need for it; processor time,
                              the two in turns
import_100k_peak_mb           the most memory that the import took
import_100k_s                 how long it took
facts_p95_ms_100k             from the question to the facts on the screen, 95 of 100 questions are quicker

The names carry the size that was measured (`--products`).
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from shopdesk.app import open_app
from shopdesk.core.events import FactsFound
from tools.bench.clock import now_ms, percentile
from tools.bench.questions import questions_about
from tools.bench.shops import write_csv

QUESTIONS = 200
ROUNDS = 3  # of the comparison, for shops that are not large; one is enough for those that are
_LARGE = 500_000
_INDEXED = ("name", "brand", "category", "color")


def measure(products: int) -> Mapping[str, float]:
    size = size_name(products)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "products.csv"
        write_csv(file, products)
        figures = _imported(file, Path(folder), 1 if products >= _LARGE else ROUNDS)
        with open_app(Path(folder) / "home") as app:
            times = []
            for question in questions_about(app.store.catalogue, QUESTIONS):
                asked = now_ms()
                for event in app.assistant.answer(question, route="exact"):
                    if isinstance(event, FactsFound):
                        times.append(now_ms() - asked)
    return {
        **{f"import_{size}_{name}": value for name, value in figures.items()},
        f"facts_p50_ms_{size}": percentile(times, 0.5),
        f"facts_p95_ms_{size}": percentile(times, 0.95),
    }


def _imported(file: Path, folder: Path, rounds: int) -> Mapping[str, float]:
    """The best of a few rounds; the last import's home stays in `folder`."""
    ours, theirs, seconds, peaks = [], [], [], []
    for number in range(rounds):
        home, other = folder / ("home" if number == rounds - 1 else f"home{number}"), folder / f"other{number}.db"
        began = now_ms()
        took, peak = _run(["shopdesk", "--home", str(home), "--empty", "import", str(file), "--yes", "--json"])
        ours.append(took)
        peaks.append(peak)
        seconds.append((now_ms() - began) / 1000)
        insert, _ = _run(["sqlite_utils", "insert", str(other), "products", str(file), "--csv"])
        index, _ = _run(["sqlite_utils", "enable-fts", str(other), "products", *_INDEXED])
        theirs.append(insert + index)
    return {"vs_sqlite_utils": min(ours) / min(theirs), "peak_mb": max(peaks), "s": min(seconds)}


def _run(module: Sequence[str]) -> tuple[float, float]:
    """Seconds of processor time and megabytes of memory that a module takes as a program of its own."""
    code = f"import runpy, sys; sys.argv[:] = {list(module)!r}; runpy.run_module({module[0]!r}, run_name='__main__')"
    program = subprocess.run(
        [sys.executable, "-c", _MEASURED.format(code=code)],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    seconds, memory = program.stderr.split()[-2:]
    return float(seconds), float(memory) / (1024**2 if sys.platform == "darwin" else 1024)


_MEASURED = """import atexit, resource, sys
def say():
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(used.ru_utime + used.ru_stime, used.ru_maxrss, file=sys.__stderr__)
atexit.register(say)
{code}"""


def size_name(products: int) -> str:
    """100000 → "100k", 1000000 → "1m"."""
    for unit, name in ((1_000_000, "m"), (1_000, "k")):
        if products % unit == 0 and products >= unit:
            return f"{products // unit}{name}"
    return str(products)
