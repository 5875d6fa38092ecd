"""What is public is documented: the README names every command, option, make target and file."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path

import pytest

from shopdesk.cli.arguments import build_parser

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def _commands() -> dict[str, argparse.ArgumentParser]:
    (commands,) = (a for a in build_parser("en")._actions if isinstance(a, argparse._SubParsersAction))
    return dict(commands.choices)


@pytest.mark.parametrize("name", _commands())
def test_every_command_is_in_the_readme(name: str) -> None:
    assert f"`shopdesk {name}" in README


@pytest.mark.parametrize("name", _commands())
def test_every_option_has_a_help_text_in_both_languages(name: str) -> None:
    for language in ("zh", "en"):
        parser = build_parser("zh" if language == "zh" else "en")
        (commands,) = (a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
        assert all(action.help for action in commands.choices[name]._actions)


def test_every_command_in_the_readme_exists() -> None:
    named = set(re.findall(r"`(?:\.venv/bin/)?shopdesk ([a-z]+)", README))
    assert named == set(_commands())


def test_every_make_target_in_the_readme_exists() -> None:
    targets = set(re.findall(r"^([a-z][a-z -]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    existing = {target for line in targets for target in line.split()}
    assert set(re.findall(r"\bmake ([a-z-]+)  ", README)) <= existing
    assert {"run", "test", "check", "screenshots", "toy-model", "bench", "package"} <= existing


def test_the_list_of_files_is_current() -> None:
    ended = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "readme.py"), "--check"], capture_output=True, text=True
    )
    assert ended.returncode == 0, ended.stderr


def test_every_picture_in_the_readme_is_there() -> None:
    missing = [name for name in re.findall(r"!\[[^]]*\]\(([^)]+)\)", README) if not (ROOT / name).is_file()]
    assert not missing


def test_the_files_in_the_readme_text_are_there() -> None:
    named = re.findall(r"`((?:tools|shopdesk|resources)/[\w./-]+)`", README)
    assert named and all((ROOT / name).exists() for name in named)
