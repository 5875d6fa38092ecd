"""Search by meaning, where the shop has an embedding model: joins the model's vectors to the shop's rows.

A thread of its own gives each product a vector, a few at a time, and looks again now and then for new ones.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from typing import Protocol

from shopdesk.core.errors import EngineError, UserFacingError

log = logging.getLogger(__name__)

_AT_ONCE = 4
"""Products between which a question gets its turn."""
_LOOK_AGAIN_S = 30.0
_REMEMBERED = 64
_FIRST = "shop"
"""Any text, for which the model is loaded."""

VectorsOf = Callable[[Sequence[str]], list[bytes]]


class Meanings(Protocol):
    """See :class:`shopdesk.store.meanings.Meanings`."""

    def missing(self, model: str, count: int) -> list[tuple[int, str]]: ...
    def put(self, model: str, vectors: Sequence[tuple[int, bytes]]) -> None: ...
    def nearest(self, model: str, vector: bytes, count: int) -> list[tuple[int, float]]: ...


class SearchByMeaning:
    """`vectors_of` makes them, `model` tells whose they are. What fails ends it quietly: words find rows as before."""

    def __init__(self, meanings: Meanings, model: str, vectors_of: VectorsOf) -> None:
        self._meanings, self._model, self._vectors_of = meanings, model, vectors_of
        self._known: dict[str, bytes] = {}
        self._end = threading.Event()
        self._failed = False
        self._loaded = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Give products their vectors in the background, from now on. Returns at once."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._keep_up, name="meanings", daemon=True)
            self._thread.start()

    def catch_up(self, told: Callable[[int], None] = lambda done: None) -> int:
        """Give all products their vectors now; how many were made. `told` hears how many so far.

        Raises UserFacingError where the model or the store cannot.
        """
        done = 0
        while not self._end.is_set() and (rows := self._meanings.missing(self._model, _AT_ONCE)):
            made = self._vectors_of([text for _, text in rows])
            self._meanings.put(self._model, [(row, vector) for (row, _), vector in zip(rows, made, strict=True)])
            done += len(rows)
            told(done)
        return done

    def nearest(self, text: str, count: int) -> list[tuple[int, float]]:
        """Row ids of the products nearest to `text` and their cosines; none where that cannot be told, or not at once.

        Once :meth:`start` was called, no question waits for the model to be loaded.
        """
        if self._failed or self._end.is_set() or (self._thread is not None and not self._loaded.is_set()):
            return []
        try:
            vector = self._known.get(text)
            if vector is None:
                (vector,) = self._vectors_of([text])
                if len(self._known) >= _REMEMBERED:
                    self._known.clear()
                self._known[text] = vector
            return self._meanings.nearest(self._model, vector, count)
        except EngineError as fault:
            self._give_up(fault)
        except UserFacingError as fault:
            log.info("not searched by meaning: %s", fault.code)
        return []

    def close(self) -> None:
        self._end.set()
        if self._thread is not None:
            self._thread.join(1.0)

    def _keep_up(self) -> None:
        try:
            self._vectors_of([_FIRST])
            self._loaded.set()
            while not self._end.is_set():
                self._try_to_catch_up()
                self._end.wait(_LOOK_AGAIN_S)
        except EngineError as fault:
            self._give_up(fault)

    def _try_to_catch_up(self) -> None:
        """A store that is taken by a long import is free again later."""
        try:
            self.catch_up()
        except EngineError:
            raise
        except UserFacingError as fault:
            log.info("vectors of products wait: %s", fault.code)

    def _give_up(self, fault: EngineError) -> None:
        if not self._end.is_set():
            log.warning("search by meaning ends: %s %s", fault.code, fault.detail)
        self._failed = True
