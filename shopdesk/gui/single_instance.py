"""One window for each home: a second start brings the first to the front and ends."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

log = logging.getLogger(__name__)

_PATIENCE_MS = 500
_HELLO = b"show\n"


def name_of(home: Path) -> str:
    """The name of the local socket of a home."""
    return "shopdesk-" + hashlib.sha256(str(home.resolve()).encode()).hexdigest()[:24]


def wake_other(home: Path) -> bool:
    """Whether a window over this home is open already; it has then been asked to come to the front."""
    socket = QLocalSocket()
    socket.connectToServer(name_of(home))
    if not socket.waitForConnected(_PATIENCE_MS):
        return False
    socket.write(_HELLO)
    socket.waitForBytesWritten(_PATIENCE_MS)
    socket.disconnectFromServer()
    return True


class Doorbell(QObject):
    """Listens for later starts and calls `answer` for each."""

    def __init__(self, home: Path, answer: Callable[[], object]) -> None:
        super().__init__()
        self._answer = answer
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        if not self._server.listen(name_of(home)):
            # What a killed program left behind stands in the way.
            QLocalServer.removeServer(name_of(home))
            if not self._server.listen(name_of(home)):
                log.warning("a second start will open a second window: %s", self._server.errorString())
        self._server.newConnection.connect(self._ring)

    def close(self) -> None:
        self._server.close()

    def _ring(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            self._answer()
