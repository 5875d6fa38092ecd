"""Bring the list of files in README.md up to date, from the first line of each file's own description.

python tools/readme.py            write it
python tools/readme.py --check    only say whether it is current (exit code 1 if not)
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
BEGIN, END = "<!-- files: written by tools/readme.py -->\n", "<!-- end of files -->\n"

# What cannot speak for itself.
FOLDERS = {
    ".": {
        "Makefile": "the commands `make run`, `make test` and the others",
        "pyproject.toml": "what the project is made of, and the rules for lint, types, imports and tests",
        "README.md": "this page",
        "CHANGELOG.md": "what changed, by version",
        "LICENSE": "Apache-2.0",
        ".ci/run": "what every change must pass: `make check` and `make test`",
    },
    "resources": {
        "icons/": "the icon set and the app icon, drawn for ShopDesk",
        "i18n/": "translations of the window",
        "models/": "the model that comes with ShopDesk, its manifest and its card",
        "sample/": "the sample shop: products, policies, promotions, orders in both languages, with drawn pictures",
        "screenshots/": "the pictures of this page",
    },
    "tests": {
        "core/": "understanding, planning, prompting, wording, grounding",
        "store/": "database, migrations, search, importing; `golden/` holds released databases",
        "engine/": "worker process, protocol, models, remote engine",
        "gui/": "the window, offscreen",
        "tools/": "exam, benchmarks, data and model tools",
        "e2e/": "the whole program in processes of its own",
    },
}
SOURCES = ("shopdesk", "tools", "installer")


def main() -> int:
    text = README.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    current = before + BEGIN + listing() + END + after
    if current == text:
        return 0
    if "--check" in sys.argv:
        print("README.md does not list the files as they are; run: python tools/readme.py", file=sys.stderr)
        return 1
    README.write_text(current, encoding="utf-8")
    return 0


def listing() -> str:
    """The list in Markdown: a heading for each folder, a line for each thing in it."""
    sections = [_section("ShopDesk", FOLDERS["."].items())]
    for source in SOURCES:
        for folder in _folders_of(ROOT / source):
            sections.append(_section(f"`{folder.relative_to(ROOT).as_posix()}/`", _files_of(folder), _purpose(folder)))
    sections += [_section(f"`{name}/`", FOLDERS[name].items()) for name in ("resources", "tests")]
    return "\n".join(sections)


def _section(title: str, rows: Iterable[tuple[str, str]], purpose: str = "") -> str:
    heading = f"**{title}**" + (f" {purpose}" if purpose else "")
    lines = [f"- `{name}` – {text}" for name, text in rows]
    return "\n".join([heading, "", *lines, ""])


def _folders_of(source: Path) -> list[Path]:
    return sorted({file.parent for file in source.rglob("*.py") if any(_files_of(file.parent))})


def _files_of(folder: Path) -> Iterator[tuple[str, str]]:
    for file in sorted([*folder.glob("*.py"), *folder.glob("*.spec"), *folder.glob("*.md")]):
        if file.name != "__init__.py":
            yield file.name, _first_line(file)


def _purpose(folder: Path) -> str:
    init = folder / "__init__.py"
    return _first_line(init) if init.is_file() else ""


def _first_line(file: Path) -> str:
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".py":
        line = (ast.get_docstring(ast.parse(text)) or "").partition("\n")[0]
    else:
        line = text.lstrip("# \n").partition("\n")[0]
    return line.rstrip(".")


if __name__ == "__main__":
    sys.exit(main())
