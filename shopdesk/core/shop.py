"""The shop as plans are made of it: its rows, how they are named, and what day it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from shopdesk.core.ports import Catalogue, SearchWish
from shopdesk.core.resolving import Resolution, Resolver, Subject
from shopdesk.core.subjects import subject_without
from shopdesk.core.types import Record
from shopdesk.core.understanding import Understanding

NAMES_TRIED = 8
"""Rows among which one is looked for whose whole name a question says."""


@dataclass(frozen=True, slots=True)
class Shop:
    """`today` gives the date for promotions and periods."""

    catalogue: Catalogue
    resolver: Resolver
    today: Callable[[], date]

    def named(self, subject: Subject) -> Resolution:
        """The products that `subject` names."""
        return self.resolver.resolve(subject, SearchWish(""))

    def named_without(self, read: Understanding, words: re.Pattern[str]) -> Resolution:
        """The products that the question names, `words` aside."""
        return self.named(subject_without(read, words))

    def running_promotions(self) -> list[Record]:
        return self.catalogue.promotions_on(self.today().isoformat())
