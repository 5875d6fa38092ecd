"""What a run remembers: steps done are not done again, and what was begun from other inputs is begun anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.errors import ToolError
from tools.making.state import RunState


class Log:
    """Steps that write a file each, and what they were told."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.told: list[tuple[str, bool]] = []

    def run(self, *steps: tuple[str, object], stop_in: str = "") -> None:
        state = RunState(self.folder, lambda text: None)
        for name, wish in steps:
            out = self.folder / name

            def do(goes_on: bool, name: str = name, out: Path = out) -> None:
                self.told.append((name, goes_on))
                if name == stop_in:
                    raise KeyboardInterrupt
                out.write_text(name)

            state.step(name, {"wish": wish}, [out], do)


def test_what_is_done_is_done_once(tmp_path: Path) -> None:
    log = Log(tmp_path)
    log.run(("data", 1), ("train", 2))
    log.run(("data", 1), ("train", 2))
    assert log.told == [("data", False), ("train", False)]


def test_a_step_cut_off_goes_on_and_those_before_stay(tmp_path: Path) -> None:
    log = Log(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        log.run(("data", 1), ("train", 2), stop_in="train")
    log.run(("data", 1), ("train", 2))
    assert log.told == [("data", False), ("train", False), ("train", True)]


def test_other_inputs_begin_anew_with_all_that_follows(tmp_path: Path) -> None:
    log = Log(tmp_path)
    log.run(("data", 1), ("train", 2))
    log.run(("data", 9), ("train", 2))
    assert log.told[2:] == [("data", False), ("train", False)]


def test_a_result_that_was_taken_away_is_made_again(tmp_path: Path) -> None:
    log = Log(tmp_path)
    log.run(("data", 1), ("train", 2))
    (tmp_path / "train").unlink()
    log.run(("data", 1), ("train", 2))
    assert log.told[2:] == [("train", True)]


def test_the_day_it_was_begun_stays(tmp_path: Path) -> None:
    Log(tmp_path).run(("data", 1))
    file = tmp_path / "run.json"
    file.write_text(file.read_text().replace(RunState(tmp_path, print).made, "2020-02-02"))
    assert RunState(tmp_path, print).made == "2020-02-02"


def test_a_broken_note_is_told(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text("{")
    with pytest.raises(ToolError, match=r"run\.json"):
        RunState(tmp_path, print)
