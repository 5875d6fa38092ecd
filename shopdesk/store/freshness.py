"""Which rows are known as of so long ago that the shop should not trust them any more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from shopdesk.core.types import Record
from shopdesk.store.database import Database
from shopdesk.store.settings import Settings

STALE_AFTER_DAYS = "stale_after_days"
"""The setting: rows older than so many days are marked; None for never."""
USUAL_DAYS = 30

_CHANGING = frozenset(("product", "order"))


def marked(database: Database, records: Iterable[Record]) -> list[Record]:
    """The records, those of old marked: prices, stock and orders change, the shop's rules seldom, its sample never."""
    days = Settings(database).get(STALE_AFTER_DAYS, USUAL_DAYS)
    if not isinstance(days, (int, float)):
        return list(records)
    try:
        oldest = datetime.now().astimezone() - timedelta(days=days)
    except OverflowError:
        return list(records)
    return [replace(record, stale=True) if _is_old(record, oldest) else record for record in records]


def _is_old(record: Record, oldest: datetime) -> bool:
    if record.kind not in _CHANGING or record.sample:
        return False
    try:
        return datetime.fromisoformat(record.as_of).astimezone() < oldest
    except (ValueError, OverflowError):
        return False
