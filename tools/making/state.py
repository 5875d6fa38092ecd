"""What a run has done so far: run.json in its folder. A step is done when it is written down with the same inputs."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from tools.errors import ToolError

Say = Callable[[str], None]


class RunState:
    """The run in `folder`. `made` is the day it was begun (ISO 8601), which stays when it goes on another day."""

    def __init__(self, folder: Path, say: Say) -> None:
        self._file, self._say = folder / "run.json", say
        self._chain = ""
        try:
            folder.mkdir(parents=True, exist_ok=True)
            known = json.loads(self._file.read_text(encoding="utf-8")) if self._file.is_file() else {}
            self._done: dict[str, dict[str, Any]] = dict(known.get("steps", {}))
            self.made = str(known.get("made", date.today().isoformat()))
        except (OSError, ValueError, AttributeError) as fault:
            raise ToolError(f"{self._file} cannot be used ({fault}); choose another --out.") from fault

    def step(self, name: str, inputs: Mapping[str, Any], outputs: Sequence[Path], do: Callable[[bool], object]) -> None:
        """Does the step unless it was done from the same inputs, by all steps before it too, and its outputs are there.

        What stops in the middle of a step leaves it undone; the steps themselves leave whole results or none. `do` is
        told whether what an earlier try may have left of the step can be gone on with: not where its inputs differ.
        """
        text = json.dumps([self._chain, name, inputs], sort_keys=True, default=str)
        self._chain = hashlib.sha256(text.encode()).hexdigest()
        known = self._done.get(name, {})
        if known.get("inputs") == self._chain and all(path.exists() for path in outputs):
            self._say(f"{name}: done before")
            return
        self._say(f"{name} …")
        began = time.monotonic()
        goes_on = known.get("inputs") == self._chain or known.get("begun") == self._chain
        self._done[name] = {"begun": self._chain}
        self._write()
        do(goes_on)
        self._done[name] = {"inputs": self._chain, "seconds": round(time.monotonic() - began, 1)}
        self._write()
        self._say(f"{name}: {self._done[name]['seconds']:.0f} s")

    def _write(self) -> None:
        body = {"made": self.made, "steps": self._done}
        draft = self._file.with_suffix(".json.partial")
        try:
            draft.write_text(json.dumps(body, indent=1) + "\n", encoding="utf-8")
            draft.replace(self._file)
        except OSError as fault:
            raise ToolError(f"{self._file} cannot be written ({fault}); make room, or choose another --out.") from fault
