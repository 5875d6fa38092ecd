"""Patterns that are compiled when they are first asked: hundreds of long ones would hold up every start."""

from __future__ import annotations

import re
from typing import Any, cast
from weakref import WeakSet

_ALL: WeakSet[_Late] = WeakSet()


class _Late:
    """Stands for a compiled pattern, and hands each of its methods on."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern, self._wished = pattern, flags
        _ALL.add(self)

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self.pattern, self._wished)
        # From now on they are attributes of this object: the second question finds them without a detour.
        for method in ("search", "match", "fullmatch", "findall", "finditer", "split", "sub", "subn"):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """As `re.compile`, but later. For patterns of modules that every start loads."""
    return cast("re.Pattern[str]", _Late(pattern, flags))


def compile_all() -> None:
    """Compile now what no question has asked for yet: while nobody waits."""
    for pattern in list(_ALL):
        pattern.search("")
