"""Who may ask: the service's own token, or one that was issued from it and ends on a day.

An issued token is `sd1.<end, seconds since 1970>.<name>.<HMAC-SHA-256 of these, by the service's token>`. Nothing is
stored: whoever has the service's token can issue and check them, and a new service token ends all of them.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import time
from collections.abc import Callable
from typing import Literal

_ISSUED = re.compile(r"sd1\.(\d{1,12})\.([\w-]{1,40})\.([0-9a-f]{64})", re.ASCII)
Verdict = Literal["good", "bad", "expired"]


class Tokens:
    """Checks bearer tokens. Its clock never goes back while it runs, so that setting it back revives no token."""

    def __init__(self, secret: str, clock: Callable[[], float] = time.time) -> None:
        self._secret, self._clock = secret.encode(), clock
        self._latest = 0.0

    def check(self, token: str) -> Verdict:
        given = token.encode("utf-8", "replace")
        if hmac.compare_digest(given, self._secret):
            return "good"
        issued = _ISSUED.fullmatch(token)
        if issued is None or not hmac.compare_digest(issued[3], self._sign(int(issued[1]), issued[2])):
            return "bad"
        self._latest = max(self._latest, self._clock())
        return "good" if self._latest < int(issued[1]) else "expired"

    def issue(self, name: str, days: float) -> str:
        """A token for one device, good for `days` from now. Raises ValueError for a name of other characters."""
        end = int(self._clock() + days * 86_400)
        token = f"sd1.{end}.{name}.{self._sign(end, name)}"
        if _ISSUED.fullmatch(token) is None:
            raise ValueError(name)
        return token

    def _sign(self, end: int, name: str) -> str:
        return hmac.new(self._secret, f"sd1.{end}.{name}".encode(), hashlib.sha256).hexdigest()
