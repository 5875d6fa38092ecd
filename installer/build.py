"""Build what can be installed on this platform into dist/: a folder that runs without Python, packed.

    make package
    .venv/bin/python installer/build.py

On Linux that is a .tar.gz to unpack anywhere and a .deb, on Windows a .zip and, where Inno Setup is installed, a
set-up program, on macOS a .tar.gz. The built program is tried before it is packed: it must answer a question about
the sample shop.
"""

from __future__ import annotations

import json
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
WORK = ROOT / "build" / "installer"
FOLDER = DIST / "shopdesk"
PROGRAM = FOLDER / ("shopdesk.exe" if sys.platform == "win32" else "shopdesk")

sys.path.insert(0, str(ROOT))

from installer import deb, notices  # noqa: E402 - found from the root


def main() -> int:
    if code := notices.main([str(WORK / "NOTICES.txt")]):
        return code
    freeze()
    try_out()
    for file in packed():
        print(file)
    return 0


def freeze() -> None:
    """PyInstaller's one-folder build into dist/shopdesk/."""
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    folders = ["--distpath", str(DIST), "--workpath", str(WORK)]
    subprocess.run([*command, *folders, str(ROOT / "installer" / "shopdesk.spec")], check=True, cwd=ROOT)
    if sys.platform == "linux":
        for name in ("install.sh", "uninstall.sh"):
            shutil.copy2(ROOT / "installer" / "linux" / name, FOLDER / name)
            (FOLDER / name).chmod(0o755)
        shutil.copy2(ROOT / "resources" / "icons" / "shopdesk.svg", FOLDER / "shopdesk.svg")


def try_out() -> None:
    """Ask the built program a question that only its own model, resources and libraries can answer."""
    with tempfile.TemporaryDirectory() as home:
        ask = [str(PROGRAM), "--home", home, "ask", "JKT-105 多少钱?", "--route", "model", "--json"]
        answered = subprocess.run(ask, capture_output=True, encoding="utf-8", timeout=300)
    if answered.returncode != 0 or "404.00" not in json.loads(answered.stdout)["answer"]:
        raise SystemExit(f"the built program does not answer:\n{answered.stdout}\n{answered.stderr}")


def packed() -> Iterator[Path]:
    """The archive, named after version and platform, and what this system installs by itself."""
    from shopdesk import __version__

    name = f"shopdesk-{__version__}-{platform.system().lower()}-{platform.machine().lower()}"
    form = "zip" if sys.platform == "win32" else "gztar"
    yield Path(shutil.make_archive(str(DIST / name), form, DIST, "shopdesk"))
    if sys.platform == "linux" and shutil.which("dpkg-deb"):
        yield deb.build(FOLDER, DIST, WORK / "deb", __version__)
    if sys.platform == "win32" and (compiler := shutil.which("iscc")):
        script = ROOT / "installer" / "windows" / "shopdesk.iss"
        subprocess.run([compiler, f"/DVersion={__version__}", f"/O{DIST}", str(script)], check=True)
        yield DIST / f"shopdesk-{__version__}-setup.exe"


if __name__ == "__main__":
    sys.exit(main())
