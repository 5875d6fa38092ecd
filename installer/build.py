"""Build what can be installed on this platform: a folder that runs without Python, packed into one file in dist/.

    make package
    .venv/bin/python installer/build.py

The built program is tried before it is packed: it must answer a question about the sample shop.
"""

from __future__ import annotations

import json
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
WORK = ROOT / "build" / "installer"
PROGRAM = DIST / "shopdesk" / ("shopdesk.exe" if sys.platform == "win32" else "shopdesk")


def main() -> int:
    freeze()
    try_out()
    print(pack())
    return 0


def freeze() -> None:
    """PyInstaller's one-folder build into dist/shopdesk/."""
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    folders = ["--distpath", str(DIST), "--workpath", str(WORK)]
    subprocess.run([*command, *folders, str(ROOT / "installer" / "shopdesk.spec")], check=True, cwd=ROOT)


def try_out() -> None:
    """Ask the built program a question that only its own model, resources and libraries can answer."""
    with tempfile.TemporaryDirectory() as home:
        ask = [str(PROGRAM), "--home", home, "ask", "JKT-105 多少钱?", "--route", "model", "--json"]
        answered = subprocess.run(ask, capture_output=True, encoding="utf-8", timeout=300)
    if answered.returncode != 0 or "404.00" not in json.loads(answered.stdout)["answer"]:
        raise SystemExit(f"the built program does not answer:\n{answered.stdout}\n{answered.stderr}")


def pack() -> Path:
    """One archive, named after version and platform."""
    from shopdesk import __version__

    name = f"shopdesk-{__version__}-{platform.system().lower()}-{platform.machine().lower()}"
    form = "zip" if sys.platform == "win32" else "gztar"
    return Path(shutil.make_archive(str(DIST / name), form, DIST, "shopdesk"))


if __name__ == "__main__":
    sys.exit(main())
