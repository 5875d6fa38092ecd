"""The share of the full learning rate at each point of a run."""

from __future__ import annotations

import math

from tools.training.settings import Settings


def rate_at(progress: float, settings: Settings) -> float:
    """The share of the full rate at `progress` (0…1) of the budget: warm-up, perhaps a plateau, then down."""
    if progress < settings.warm_up:
        return max(0.02, progress / settings.warm_up)
    top = settings.flat_until if settings.schedule == "trapezoid" else settings.warm_up
    if settings.schedule == "constant" or progress < top:
        return 1.0
    left = max(0.0, (1.0 - progress) / (1.0 - top))
    if settings.schedule == "cosine":
        left = 0.5 - 0.5 * math.cos(math.pi * left)
    return max(0.005, settings.final_rate + (1.0 - settings.final_rate) * left)
