"""Bring the window's translations up to date: collect the strings, then compile what is translated.

    python tools/translations.py            collect and compile
    python tools/translations.py --check    change nothing; exit 1 when a string is missing or untranslated

Strings stand in `shopdesk/gui` as literal `tr("…")`; their Chinese in `resources/i18n/shopdesk_zh.ts`
(edit it there, or with Qt Linguist). The window loads the compiled `shopdesk_zh.qm`.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "resources" / "i18n" / "shopdesk_zh.ts"
SOURCES = ROOT / "shopdesk" / "gui"


def collect(catalogue: Path) -> None:
    """Add new strings of the window to `catalogue` and drop those that are gone."""
    sources = sorted(str(path.relative_to(ROOT)) for path in SOURCES.rglob("*.py"))
    _qt("lupdate", "-silent", "-no-obsolete", "-locations", "none", *sources, "-ts", str(catalogue))


def compile_catalogue(catalogue: Path, compiled: Path) -> None:
    """Write the form that Qt loads."""
    _qt("lrelease", "-silent", str(catalogue), "-qm", str(compiled))


def strings(catalogue: Path) -> dict[tuple[str, str], str]:
    """(context, English) → Chinese; "" where a string is not translated."""
    found: dict[tuple[str, str], str] = {}
    for context in ElementTree.parse(catalogue).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            unfinished = translation is None or translation.get("type") == "unfinished"
            text = "" if unfinished or translation is None else translation.text or ""
            found[context.findtext("name", ""), message.findtext("source", "")] = text
    return found


def faults() -> list[str]:
    """What is wrong with the catalogue and its compiled form, one line each."""
    with tempfile.TemporaryDirectory() as folder:
        fresh, compiled = Path(folder) / "fresh.ts", Path(folder) / "fresh.qm"
        shutil.copy(CATALOGUE, fresh)
        collect(fresh)
        known, wanted = strings(CATALOGUE), strings(fresh)
        lines = [f"not collected: {key}" for key in wanted.keys() - known.keys()]
        lines += [f"no longer used: {key}" for key in known.keys() - wanted.keys()]
        lines += [f"not translated: {key}" for key, text in known.items() if not text]
        compile_catalogue(CATALOGUE, compiled)
        current = CATALOGUE.with_suffix(".qm")
        if not current.is_file() or current.read_bytes() != compiled.read_bytes():
            lines.append("the compiled catalogue is not current: run tools/translations.py")
    return lines


def _qt(tool: str, *arguments: str) -> None:
    subprocess.run([str(Path(sys.executable).with_name(f"pyside6-{tool}")), *arguments], cwd=ROOT, check=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing, say what is wrong")
    if parser.parse_args().check:
        lines = faults()
        print("\n".join(lines))
        return 1 if lines else 0
    collect(CATALOGUE)
    compile_catalogue(CATALOGUE, CATALOGUE.with_suffix(".qm"))
    missing = [key for key, text in strings(CATALOGUE).items() if not text]
    print("\n".join(f"not translated: {key}" for key in missing))
    return 0


if __name__ == "__main__":
    sys.exit(main())
