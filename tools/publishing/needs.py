"""What a step will need of disk and memory, asked for before it starts."""

from __future__ import annotations

from pathlib import Path

from tools.errors import ToolError

_DISK_SPARE = 64 << 20


def check_disk(folder: Path, needed: int, what: str) -> None:
    """Raises ToolError with both figures where the disk of `folder` has less than `needed` bytes free."""
    place = folder.absolute()
    while not place.exists():
        place = place.parent
    import psutil  # late: the scripts explain themselves without the packages of training

    free = psutil.disk_usage(str(place)).free
    if free < needed + _DISK_SPARE:
        raise ToolError(
            f"{what} needs {amount(needed)} on the disk of {folder}, where {amount(free)} are free; "
            "make room, or choose another folder."
        )


def check_memory(needed: int, what: str) -> None:
    """Raises ToolError with both figures where less than `needed` bytes of memory are available."""
    import psutil

    available = psutil.virtual_memory().available
    if available < needed:
        raise ToolError(
            f"{what} needs {amount(needed)} of memory, {amount(available)} are available; "
            "close other programs, or use a machine with more."
        )


def amount(size: int) -> str:
    """`size` in bytes as people read it: 8.1 GB, 26.3 MB."""
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:.1f} MB"
