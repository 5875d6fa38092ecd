"""What goes wrong in the world while a tool works: told in one sentence, with what to do about it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import NoReturn


class ToolError(Exception):
    """The message says what happened and what to do; the scripts print it alone and exit with 1."""


def run_script(main: Callable[[], None]) -> NoReturn:
    """Runs a script's `main`; a ToolError ends it with its message and exit code 1, Ctrl-C with 130."""
    try:
        main()
    except ToolError as error:
        print(f"error: {error}", file=sys.stderr)
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    raise SystemExit(0)
