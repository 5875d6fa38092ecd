"""What goes wrong in the world while a tool works: told in one sentence, with what to do about it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import NoReturn


class ToolError(Exception):
    """The message says what happened and what to do; the scripts print it alone and exit with 1."""


def run_script(main: Callable[[], None]) -> NoReturn:
    """Runs a script's `main`; a ToolError or a package that is not installed ends it with one line and exit code 1,
    Ctrl-C with 130."""
    try:
        main()
    except ToolError as error:
        print(f"error: {error}", file=sys.stderr)
        raise SystemExit(1) from None
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        if package in ("", "tools", "shopdesk"):
            raise
        wanted = "python tools/setup_env.py train"
        print(f"error: the package {package} is not installed; what this needs comes with: {wanted}", file=sys.stderr)
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    raise SystemExit(0)
