"""Who may open the manager's pages: a PIN, kept as a scrypt hash, with a lockout that outlives a restart."""

from __future__ import annotations

import hashlib
import hmac
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject, QTimer, Signal

from shopdesk.gui.ports import SettingsLike

KEY, TRIES = "manager_pin", "manager_pin_tries"
SHORTEST_PIN, LONGEST_PIN = 4, 32
FREE_TRIES = 5
"""Wrong PINs in a row before the first wait."""
_FIRST_WAIT_S, _LONGEST_WAIT_S = 30, 15 * 60
_COST = {"n": 2**14, "r": 8, "p": 1}
IDLE_MS = 5 * 60 * 1000
"""After so long without a visit to one of its pages, what was unlocked is locked again."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`seconds`: how long no PIN is looked at; `left`: wrong ones that are still free."""

    result: Literal["right", "wrong", "locked"]
    seconds: int = 0
    left: int = 0


class Pin:
    """The PIN of one shop. `now` gives seconds since the epoch. Checking takes a tenth of a second by design."""

    def __init__(self, settings: SettingsLike, now: Callable[[], float] = time.time) -> None:
        self._settings, self._now = settings, now

    @property
    def exists(self) -> bool:
        return isinstance(self._settings.get(KEY), dict)

    def set(self, pin: str) -> None:
        """Ask for `pin` from now on. Raises ValueError where it is shorter or longer than a PIN is."""
        if not SHORTEST_PIN <= len(pin) <= LONGEST_PIN:
            raise ValueError("a PIN has 4 to 32 characters")
        salt = os.urandom(16)
        self._settings.set(KEY, {"salt": salt.hex(), "hash": _hash(pin, salt, _COST), **_COST})
        self._settings.set(TRIES, None)

    def remove(self) -> None:
        """Ask for no PIN any more."""
        self._settings.set(KEY, None)
        self._settings.set(TRIES, None)

    def locked_s(self) -> int:
        """Seconds until a PIN is looked at again."""
        tries = self._tries()
        # A clock that was set back must not lock for longer than the wait itself.
        wait = min(float(tries["until"]) - self._now(), _LONGEST_WAIT_S)
        return max(0, int(wait + 0.999))

    def check(self, pin: str) -> Verdict:
        kept = self._settings.get(KEY)
        if not isinstance(kept, dict):
            return Verdict("right")
        if (seconds := self.locked_s()) > 0:
            return Verdict("locked", seconds)
        cost = {name: int(kept[name]) for name in _COST}
        if hmac.compare_digest(_hash(pin, bytes.fromhex(kept["salt"]), cost), str(kept["hash"])):
            self._settings.set(TRIES, None)
            return Verdict("right")
        failed = int(self._tries()["failed"]) + 1
        wait = min(_FIRST_WAIT_S * 2 ** (failed - FREE_TRIES), _LONGEST_WAIT_S) if failed >= FREE_TRIES else 0
        self._settings.set(TRIES, {"failed": failed, "until": self._now() + wait})
        return Verdict("locked", wait) if wait else Verdict("wrong", left=FREE_TRIES - failed)

    def _tries(self) -> dict[str, float]:
        kept = self._settings.get(TRIES)
        return kept if isinstance(kept, dict) else {"failed": 0, "until": 0.0}


def _hash(pin: str, salt: bytes, cost: dict[str, int]) -> str:
    return hashlib.scrypt(pin.encode(), salt=salt, **cost, dklen=32).hex()


class Access(QObject):
    """Whether the manager's pages are open just now."""

    changed = Signal()

    def __init__(self, pin: Pin, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pin = pin
        self._protected = False
        self._open = False
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(IDLE_MS)
        self._idle.timeout.connect(self.lock)

    @property
    def protected(self) -> bool:
        """Whether there is a PIN (as far as was looked)."""
        return self._protected

    @property
    def may_manage(self) -> bool:
        return self._open or not self._protected

    def know(self, protected: bool) -> None:
        """Whether the shop has a PIN."""
        if protected != self._protected:
            self._protected = protected
            self.changed.emit()

    def unlock(self) -> None:
        """The right PIN was given."""
        self._open = True
        self.visited()
        self.changed.emit()

    def visited(self) -> None:
        """One of the manager's pages was opened."""
        if self._open:
            self._idle.start()

    def lock(self) -> None:
        self._idle.stop()
        self._open = False
        self.changed.emit()

    def close(self) -> None:
        self._idle.stop()
