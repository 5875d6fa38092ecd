"""The licences of everything that is shipped with the program, in one text file.

    .venv/bin/python installer/notices.py build/installer/NOTICES.txt

Walks from ShopDesk's own requirements to theirs, and takes each one's licence files as it brings them. A part without
a licence that can be named stops the build: nothing goes out unnoticed.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

SHIPPED_EXTRAS = ("service", "packs", "remote", "postgres")
_LICENCE_FILE = re.compile(r"(?:^|/)(?:licen[cs]e|copying|notice|authors)[^/]*$", re.IGNORECASE)
# Native parts inside a package that say their licence elsewhere.
_INSIDE = {
    "llama-cpp-python": "Contains llama.cpp and ggml (MIT), https://github.com/ggml-org/llama.cpp",
    "pyside6-essentials": "Contains Qt 6 (LGPL-3.0-only), as separate shared libraries that may be replaced; "
    "sources: https://code.qt.io",
}
_PYTHON = "Python (PSF-2.0), https://www.python.org"
_RULE = "=" * 78


def main(arguments: Sequence[str]) -> int:
    target = Path(arguments[0])
    target.parent.mkdir(parents=True, exist_ok=True)
    parts = sorted(shipped("shopdesk", SHIPPED_EXTRAS), key=lambda part: part.name.lower())
    nameless = [part.name for part in parts if not licence_of(part) and not texts_of(part)]
    if nameless:
        print(f"no licence can be named for: {', '.join(nameless)}", file=sys.stderr)
        return 1
    pages = [f"ShopDesk is made with these parts.\n\n{_PYTHON}", *map(page_of, parts)]
    target.write_text(f"\n\n{_RULE}\n".join(pages) + "\n", encoding="utf-8")
    print(f"{len(parts)} parts in {target}")
    return 0


def shipped(name: str, extras: Sequence[str] = ()) -> Iterator[Distribution]:
    """The requirements of `name` with these extras, and what they require in turn, each once."""
    seen: set[tuple[str, str]] = set()
    given: set[str] = set()
    waiting = [(name, extra) for extra in ("", *extras)]
    while waiting:
        one, extra = waiting.pop()
        if (one, extra) in seen:
            continue
        seen.add((one, extra))
        try:
            found = distribution(one)
        except PackageNotFoundError:
            continue  # required on another system only
        if one not in given and one != name:
            given.add(one)
            yield found
        for text in found.requires or ():
            wanted = Requirement(text)
            if wanted.marker is None or wanted.marker.evaluate({"extra": extra}):
                waiting += [(_normal(wanted.name), more) for more in ("", *wanted.extras)]


def licence_of(part: Distribution) -> str:
    """What the package's metadata call its licence; "" where they do not."""
    said = part.metadata
    short = said.get("License-Expression") or said.get("License") or ""
    named = [text.rpartition(" :: ")[2] for text in said.get_all("Classifier", []) if text.startswith("License ::")]
    return short.splitlines()[0].strip() if short.strip() else ", ".join(named)


def texts_of(part: Distribution) -> list[str]:
    files = [
        file for file in part.files or () if _LICENCE_FILE.search(str(file)) and file.suffix not in (".py", ".pyc")
    ]
    return [file.read_text(encoding="utf-8") for file in files if Path(str(file.locate())).is_file()]


def page_of(part: Distribution) -> str:
    name = _normal(part.name)
    head = [f"{part.name} {part.version}", f"Licence: {licence_of(part) or 'see below'}", _INSIDE.get(name, "")]
    return "\n".join([*filter(None, head), "", *texts_of(part)]).strip()


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
