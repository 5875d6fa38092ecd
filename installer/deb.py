"""The built folder as a Debian package: the program in /opt/shopdesk, the command, the menu entry, the service unit."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tools.setup_env import CHINESE_FONT_PACKAGE, OFFSCREEN_LIBRARIES, WINDOW_LIBRARIES

ROOT = Path(__file__).resolve().parent.parent
_PLACES = {
    "installer/linux/shopdesk.desktop": "usr/share/applications/shopdesk.desktop",
    "resources/icons/shopdesk.svg": "usr/share/icons/hicolor/scalable/apps/shopdesk.svg",
    "installer/service/shopdesk.service": "usr/lib/systemd/system/shopdesk.service",
    "LICENSE": "usr/share/doc/shopdesk/copyright",
    "build/installer/NOTICES.txt": "usr/share/doc/shopdesk/NOTICES.txt",
}
_CONTROL = """\
Package: shopdesk
Version: {version}
Architecture: {architecture}
Maintainer: ShopDesk <shopdesk@localhost>
Installed-Size: {kilobytes}
Depends: libc6, {libraries}
Recommends: {font}
Section: misc
Priority: optional
Description: offline assistant for shop clerks
 Answers questions about a shop's products, policies, promotions and orders from
 the shop's own rows, with sources. Everything runs on this computer.
"""


def build(program: Path, target: Path, work: Path, version: str) -> Path:
    """Pack the folder `program`; the .deb in `target`. Raises CalledProcessError where dpkg-deb refuses."""
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(program, work / "opt" / "shopdesk", symlinks=True)
    for script in ("install.sh", "uninstall.sh", "shopdesk.svg"):
        (work / "opt" / "shopdesk" / script).unlink(missing_ok=True)
    for source, place in _PLACES.items():
        (work / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / source, work / place)
    (work / "usr" / "bin").mkdir(parents=True)
    (work / "usr" / "bin" / "shopdesk").symlink_to("/opt/shopdesk/shopdesk")
    _write_control(work, version)
    file = target / f"shopdesk_{version}_{_architecture()}.deb"
    command = ["dpkg-deb", "--root-owner-group", "-Zzstd", "-z9", "--build", str(work), str(file)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(work)
    return file


def _write_control(work: Path, version: str) -> None:
    libraries = dict.fromkeys([*OFFSCREEN_LIBRARIES.values(), *WINDOW_LIBRARIES.values()])
    size = sum(file.stat().st_size for file in work.rglob("*") if file.is_file() and not file.is_symlink())
    text = _CONTROL.format(
        version=version, architecture=_architecture(), kilobytes=size >> 10, libraries=", ".join(libraries),
        font=CHINESE_FONT_PACKAGE,
    )  # fmt: skip
    (work / "DEBIAN").mkdir()
    (work / "DEBIAN" / "control").write_text(text, encoding="utf-8")
    for folder in [work, *(path for path in work.rglob("*") if path.is_dir())]:
        folder.chmod(0o755)


def _architecture() -> str:
    asked = subprocess.run(["dpkg", "--print-architecture"], capture_output=True, encoding="utf-8", check=True)
    return asked.stdout.strip()
