"""A result is there whole or not at all: it is written beside its place and put there when it is finished."""

from __future__ import annotations

import contextlib
import errno
import shutil
from collections.abc import Iterator
from pathlib import Path

from tools.errors import ToolError


@contextlib.contextmanager
def drafted(out: Path) -> Iterator[Path]:
    """`OUT.partial`, to be made into a file or a folder; it takes the place of `out` at the end.

    Whatever goes wrong removes it. Raises ToolError for a full disk and a place that cannot be written to.
    """
    draft = out.with_name(out.name + ".partial")
    try:
        _remove(draft)
        out.parent.mkdir(parents=True, exist_ok=True)
        yield draft
        if draft.is_dir():
            _remove(out)
        draft.replace(out)
    except OSError as fault:
        if fault.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
            raise ToolError(f"the disk of {out} is full; make room and start again.") from fault
        raise ToolError(f"{out} cannot be written ({fault}); choose another place.") from fault
    finally:
        with contextlib.suppress(OSError):
            _remove(draft)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
