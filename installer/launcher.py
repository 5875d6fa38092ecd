"""The entry point of the installed program: the command line, or the engine's worker when it calls itself."""

from __future__ import annotations

import sys


def main() -> int:
    if sys.argv[1:2] == ["--engine-worker"]:
        from shopdesk.engine import worker

        del sys.argv[1]
        worker.main()
        return 0
    from shopdesk.cli import main as command_line

    return command_line()


if __name__ == "__main__":
    sys.exit(main())
