"""Puts questions to the program as a script would: `shopdesk ask --batch`, answers read from its stdout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.examination.questions import Question

ROOT = Path(__file__).resolve().parents[2]


class ProgramError(Exception):
    """The program ended with an error or left questions unanswered; the text says how."""


@dataclass(frozen=True, slots=True)
class Program:
    """The program under examination: a home folder and, optionally, a model and an engine address."""

    home: Path
    model: str | None = None
    engine: str | None = None

    def ask(self, questions: Sequence[Question], route: str) -> list[dict[str, Any]]:
        """One answer object per question, in order. Raises ProgramError."""
        lines = [
            json.dumps({"id": question.id, "question": question.text, "history": [dict(t) for t in question.history]})
            for question in questions
        ]
        options = ["--route", route, "--no-cache"]
        if self.model:
            options += ["--model", self.model]
        if self.engine:
            options += ["--engine", self.engine]
        output = self.run(["ask", "--batch", "-", "--json", *options], "\n".join(lines) + "\n")
        answers = [json.loads(line) for line in output.split("\n") if line.strip()]
        if [answer.get("id") for answer in answers] != [question.id for question in questions]:
            raise ProgramError(f"{len(questions)} questions, {len(answers)} answers, or another order")
        return answers

    def products(self) -> list[dict[str, Any]]:
        """All products of the shop, as `products list --json` prints them."""
        found: list[dict[str, Any]] = json.loads(self.run(["products", "list", "--json"]))
        return found

    def run(self, arguments: Sequence[str], stdin: str = "") -> str:
        """What `shopdesk` with these arguments prints on stdout. Raises ProgramError."""
        done = subprocess.run(
            [sys.executable, "-m", "shopdesk", "--home", str(self.home), *arguments],
            input=stdin, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        if done.returncode != 0:
            raise ProgramError(f"shopdesk {arguments[0]} ended with {done.returncode}: {done.stderr.strip()[-2000:]}")
        return done.stdout
