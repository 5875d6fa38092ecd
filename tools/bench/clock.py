"""Percentiles and a clock, in milliseconds."""

from __future__ import annotations

import time
from collections.abc import Sequence


def now_ms() -> float:
    return time.perf_counter() * 1000


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest of the values that at least `share` (0 to 1) of them do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -int(-share * len(ordered) // 1) - 1))]
