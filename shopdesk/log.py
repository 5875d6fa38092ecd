"""The program's log: one rotating file in the home.

At the level INFO, which is what is written, no text that a user typed and no answer is logged.
"""

from __future__ import annotations

import contextlib
import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

BYTES_PER_FILE = 1_000_000
OLDER_FILES = 3

# Before the log is open, or without one, nothing of it belongs on the terminal.
logging.getLogger("shopdesk").addHandler(logging.NullHandler())

_FORMAT = "%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"


class QuietFileHandler(RotatingFileHandler):
    """On a full disk lines are lost, and nothing is said about each of them on the terminal."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        pass

    def close(self) -> None:
        with contextlib.suppress(OSError):
            super().close()


def start_log(file: Path) -> bool:
    """Write the log to `file` from now on. Where that is not possible the program runs without; False then."""
    root = logging.getLogger("shopdesk")
    stop_log()
    root.setLevel(logging.INFO)
    root.propagate = False
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        # delay=False: an unwritable folder must show now, not at the first line.
        handler: logging.Handler = QuietFileHandler(
            file, maxBytes=BYTES_PER_FILE, backupCount=OLDER_FILES, encoding="utf-8"
        )
    except OSError:
        root.addHandler(logging.NullHandler())
        return False
    handler.setFormatter(logging.Formatter(_FORMAT))
    root.addHandler(handler)
    return True


def stop_log() -> None:
    root = logging.getLogger("shopdesk")
    for handler in list(root.handlers):
        root.removeHandler(handler)
        handler.close()


def report_crash(error: BaseException, file: Path) -> None:
    """Our own fault, with its traceback, into the log `file`; on standard error where that cannot be written."""
    handlers = logging.getLogger("shopdesk").handlers
    if any(isinstance(handler, logging.FileHandler) for handler in handlers) or start_log(file):
        logging.getLogger("shopdesk.crash").critical("unexpected error", exc_info=error)
    else:
        sys.excepthook(type(error), error, error.__traceback__)
