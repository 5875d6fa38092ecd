"""A result is there whole or not at all."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from tools.errors import ToolError
from tools.publishing.drafts import drafted


def test_a_folder_takes_the_place_of_the_old_one_when_it_is_whole(tmp_path: Path) -> None:
    for text in ("old", "new"):
        with drafted(tmp_path / "deep" / "out") as draft:
            draft.mkdir()
            (draft / f"{text}.txt").write_text(text)
    assert [path.name for path in (tmp_path / "deep").rglob("*")] == ["out", "new.txt"]


@pytest.mark.parametrize(
    ("fault", "raised", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), ToolError, "is full"),
        (PermissionError(errno.EACCES, "denied"), ToolError, "cannot be written"),
        (ToolError("another base"), ToolError, "another base"),
        (KeyboardInterrupt("stopped"), KeyboardInterrupt, "stopped"),
    ],
)
def test_what_goes_wrong_leaves_the_old_result(
    tmp_path: Path, fault: BaseException, raised: type[BaseException], said: str
) -> None:
    out = tmp_path / "out"
    out.write_text("old")
    with pytest.raises(raised, match=said), drafted(out) as draft:
        draft.write_text("half")
        raise fault
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("out", "old")]


def test_what_a_kill_left_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "out.partial").mkdir()
    (tmp_path / "out.partial" / "half").write_text("half")
    with drafted(tmp_path / "out") as draft:
        draft.write_text("whole")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
