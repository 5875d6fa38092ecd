"""Set up what ShopDesk needs on this machine: system packages, .venv, dependencies, the inference engine.

    python3 tools/setup_env.py run          # what `make run` needs
    python3 tools/setup_env.py test         # and the test extra
    python3 tools/setup_env.py dev          # and lint and types (`make check`)
    python3 tools/setup_env.py train        # and torch (`make toy-model`, `make test-train`)
    python3 tools/setup_env.py package      # and the installer builder

Standard library only; Python 3.11 or newer. Each finished profile leaves a stamp in `.venv/`, so that the
next call returns at once; a call that was interrupted goes on where it stopped. On Debian and Ubuntu, root
installs missing system packages; anybody else is told the one line to run.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
VENV_PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
LOG = ROOT / "build" / "setup.log"

ENGINE_PACKAGE = "llama-cpp-python"
ENGINE_VERSION = "0.3.36"

# Each profile installs these extras of pyproject.toml, and makes these other profiles ready with it.
PROGRAM = "service,packs,remote"
EXTRAS = {
    "run": f"[{PROGRAM}]",
    "test": f"[{PROGRAM},postgres,test]",
    "dev": f"[{PROGRAM},postgres,test,dev]",
    "train": f"[{PROGRAM},postgres,test,train]",
    "package": f"[{PROGRAM},postgres,package]",
}
INCLUDES = {"run": (), "test": ("run",), "dev": ("test", "run"), "train": ("test", "run"), "package": ("run",)}

# Shared libraries that Qt opens, and the Debian package that brings each. The first group is needed
# even without a display (Qt's offscreen platform), the second by a window under X11 or Wayland.
OFFSCREEN_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
}
WINDOW_LIBRARIES = {
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
CHINESE_FONT_PACKAGE = "fonts-noto-cjk"
CHINESE_FONT_HINTS = ("noto*cjk", "sourcehan", "wqy", "droidsansfallback", "uming", "ukai", "lxgw")


class SetupError(Exception):
    """Set-up cannot go on; the text says what to do."""


def main(arguments: Sequence[str]) -> int:
    profile = arguments[0] if arguments else "run"
    if profile not in EXTRAS:
        print(f"unknown profile {profile!r}; one of: {', '.join(EXTRAS)}", file=sys.stderr)
        return 2
    if sys.version_info < (3, 11):  # noqa: UP036 - run by whatever Python is there, before anything is checked
        print(f"ShopDesk needs Python 3.11 or newer; this is {platform.python_version()}.", file=sys.stderr)
        return 1
    if is_ready(profile):
        return 0
    started = time.monotonic()
    try:
        say(f"setting up ShopDesk ({profile}); this happens once")
        install_system_packages()
        create_venv()
        install_engine()
        install_project(profile)
    except SetupError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say("interrupted; run the same command again to go on")
        return 130
    for ready in (profile, *INCLUDES[profile]):
        stamp_of(ready).write_text(fingerprint_of(ready), encoding="utf-8")
    say(f"ready after {time.monotonic() - started:.0f} s")
    return 0


def say(line: str) -> None:
    """Progress goes to stderr, so that the program's own output stays clean."""
    print(f"setup: {line}", file=sys.stderr, flush=True)


# --- what has been done already -------------------------------------------------------------------


def is_ready(profile: str) -> bool:
    stamp = stamp_of(profile)
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == fingerprint_of(profile)


def fingerprint_of(profile: str) -> str:
    """Changes when anything changes that the profile's installation depends on, the folder included
    (a virtual environment cannot be moved)."""
    digest = hashlib.sha256()
    digest.update((ROOT / "pyproject.toml").read_bytes())
    digest.update(Path(__file__).read_bytes())
    digest.update(f"{profile} {ROOT} {sys.version_info[:2]} {platform.machine()}".encode())
    return digest.hexdigest()


def stamp_of(profile: str) -> Path:
    return VENV / f".setup-{profile}"


# --- system packages ------------------------------------------------------------------------------


def install_system_packages() -> None:
    """Install what is missing, or say in one line what to run. Windows and macOS bring all of it."""
    if not sys.platform.startswith("linux"):
        return
    needed, for_window_only = missing_packages()
    missing = list(dict.fromkeys([*needed, *for_window_only]))
    if not missing:
        return
    line = f"apt-get install -y {' '.join(missing)}"
    if shutil.which("apt-get") is None:
        advise_other_distribution(missing, must=bool(needed))
    elif os.geteuid() == 0:
        say(f"installing system packages: {' '.join(missing)}")
        apt_install(missing)
    elif needed or has_display():
        raise SetupError(f"system packages are missing. Run this line, then the same command again:\n  sudo {line}")
    else:
        say(f"the window will need system packages that are missing: sudo {line}")


def missing_packages() -> tuple[list[str], list[str]]:
    """Debian packages that are missing: (needed by everything, needed by the window only)."""
    venv_package = f"{python_name()}-venv" if sys.base_prefix == "/usr" else "python3-venv"
    needed = [venv_package] if lacks("venv") or lacks("ensurepip") else []
    if not has_compiler():
        needed.append("g++")
    needed.extend(packages_of_missing(OFFSCREEN_LIBRARIES))
    for_window = packages_of_missing(WINDOW_LIBRARIES)
    if not has_chinese_font():
        for_window.append(CHINESE_FONT_PACKAGE)
    return needed, for_window


def python_name() -> str:
    return f"python{sys.version_info[0]}.{sys.version_info[1]}"


def lacks(module: str) -> bool:
    import importlib.util

    return importlib.util.find_spec(module) is None


def has_compiler() -> bool:
    return any(shutil.which(name) for name in ("c++", "g++", "clang++"))


def packages_of_missing(libraries: dict[str, str]) -> list[str]:
    return [package for library, package in libraries.items() if not can_open(library)]


def can_open(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_chinese_font() -> bool:
    folders = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts"]
    folders.append(Path.home() / ".local/share/fonts")
    names = (name.lower() for folder in folders if folder.is_dir() for _, _, files in os.walk(folder) for name in files)
    return any(Path(name).match(f"*{hint}*") for name in names for hint in CHINESE_FONT_HINTS)


def has_display() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def advise_other_distribution(missing: list[str], *, must: bool) -> None:
    text = f"these are missing (their names in Debian; your system may call them differently): {' '.join(missing)}"
    if must:
        raise SetupError(f"{text}\nInstall them, then run the same command again.")
    say(text)


def apt_install(packages: Sequence[str]) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    if not any(Path("/var/lib/apt/lists").glob("*_Packages*")):
        run(["apt-get", "update", "-q"], environment)
    try:
        run(install, environment)
    except SetupError:
        # The package lists may be older than the archive.
        run(["apt-get", "update", "-q"], environment)
        run(install, environment)


# --- the virtual environment ----------------------------------------------------------------------


def create_venv() -> None:
    if venv_works():
        return
    say("creating .venv")
    base = Path(sys.base_prefix) / ("python.exe" if WINDOWS else f"bin/{python_name()}")
    python = str(base) if base.is_file() else sys.executable
    run([python, "-m", "venv", "--clear", str(VENV)])


def venv_works() -> bool:
    """Whether .venv has a Python ≥ 3.11 with pip and was made for this very folder."""
    if not VENV_PYTHON.is_file():
        return False
    probe = "import sys, pip; print(sys.prefix if sys.version_info >= (3, 11) else '')"
    result = subprocess.run([str(VENV_PYTHON), "-c", probe], capture_output=True, text=True)
    if result.returncode != 0 or not result.stdout.strip():
        return False
    scripts = [path for path in VENV_PYTHON.parent.glob("pip*") if path.is_file()]
    made_here = all(str(VENV).encode() in path.read_bytes()[:500] for path in scripts) if not WINDOWS else True
    return made_here and Path(result.stdout.strip()).resolve() == VENV.resolve()


def pip(*arguments: str, environment: dict[str, str] | None = None) -> None:
    run([str(VENV_PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", *arguments], environment)


def installed_version(package: str) -> str | None:
    probe = f"from importlib.metadata import version; print(version({package!r}))"
    result = subprocess.run([str(VENV_PYTHON), "-c", probe], capture_output=True, text=True)
    return result.stdout.strip() if result.returncode == 0 else None


# --- the inference engine -------------------------------------------------------------------------


def install_engine() -> None:
    """llama.cpp's Python binding, compiled here for this CPU.

    The flags are spelt out, never left to "native": a build that uses the AMX unit crashes on
    quantised models. A finished build is kept outside the folder, so that it is made once per machine.
    """
    if installed_version(ENGINE_PACKAGE) == ENGINE_VERSION:
        return
    wants_cuda = has_cuda()
    try:
        wheel = built_engine(engine_flags(cuda=wants_cuda))
    except SetupError:
        if not wants_cuda:
            raise
        say("the CUDA build failed; building for the CPU instead (details in build/setup.log)")
        wheel = built_engine(engine_flags(cuda=False))
    say("installing the inference engine")
    pip("install", "-q", str(wheel))


def built_engine(flags: Sequence[str]) -> Path:
    key = hashlib.sha256(f"{ENGINE_VERSION} {platform.system()} {platform.machine()} {flags}".encode()).hexdigest()[:16]
    shelf = cache_folder() / "engine" / key
    ready = sorted(shelf.glob("llama_cpp_python-*.whl"))
    if ready:
        return ready[0]
    minutes = "10 to 30 minutes" if "-DGGML_CUDA=ON" in flags else "about 4 minutes on 2 cores"
    say(f"building the inference engine, {minutes}, once")
    environment = {**os.environ, "CMAKE_ARGS": " ".join(flags)}
    environment.setdefault("CMAKE_BUILD_PARALLEL_LEVEL", str(os.cpu_count() or 1))
    environment.pop("FORCE_CMAKE", None)
    partial = shelf.with_suffix(".partial")
    shutil.rmtree(partial, ignore_errors=True)
    # pip's own wheel cache does not know the flags: it would hand out a wheel built with others.
    pip("wheel", "-q", "--no-deps", "--no-cache-dir", "--no-binary", ENGINE_PACKAGE, "--wheel-dir", str(partial),
        f"{ENGINE_PACKAGE}=={ENGINE_VERSION}", environment=environment)  # fmt: skip
    shutil.rmtree(shelf, ignore_errors=True)
    partial.rename(shelf)
    return next(shelf.glob("llama_cpp_python-*.whl"))


def cache_folder() -> Path:
    if WINDOWS:
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library/Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "shopdesk"


def engine_flags(*, cuda: bool) -> list[str]:
    """CMake arguments: what this CPU has, said one by one; everything else off."""
    flags = ["-DGGML_NATIVE=OFF", "-DLLAVA_BUILD=OFF"]
    features = cpu_features()
    if features:
        wanted = {
            "GGML_AVX": {"avx"},
            "GGML_AVX2": {"avx2"},
            "GGML_FMA": {"fma"},
            "GGML_F16C": {"f16c"},
            "GGML_BMI2": {"bmi2"},
            "GGML_AVX512": {"avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl"},
            "GGML_AVX512_VBMI": {"avx512f", "avx512vbmi"},
            "GGML_AVX512_VNNI": {"avx512f", "avx512_vnni"},
            "GGML_AVX512_BF16": {"avx512f", "avx512_bf16"},
        }
        flags += [f"-D{option}={'ON' if needs <= features else 'OFF'}" for option, needs in wanted.items()]
    if cuda:
        flags += ["-DGGML_CUDA=ON", "-DCMAKE_CUDA_ARCHITECTURES=native"]
    return flags


def cpu_features() -> frozenset[str]:
    """The x86 feature names of Linux. Empty elsewhere, where llama.cpp's portable choice is right."""
    if platform.machine().lower() not in ("x86_64", "amd64"):
        return frozenset()
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return frozenset()
    return frozenset(next((line.partition(":")[2] for line in lines if line.startswith("flags")), "").split())


def has_cuda() -> bool:
    """A card that answers and a compiler for it."""
    query = shutil.which("nvidia-smi")
    if query is None or subprocess.run([query, "-L"], capture_output=True).returncode != 0:
        return False
    if shutil.which("nvcc"):
        return True
    nvcc = Path("/usr/local/cuda/bin/nvcc")
    if nvcc.is_file():
        os.environ["PATH"] = f"{nvcc.parent}{os.pathsep}{os.environ.get('PATH', '')}"
        return True
    return False


# --- the project ----------------------------------------------------------------------------------


def install_project(profile: str) -> None:
    say(f"installing ShopDesk and its libraries {EXTRAS[profile]}")
    pip("install", "-q", "--editable", f"{ROOT}{EXTRAS[profile]}")


# --- running commands -----------------------------------------------------------------------------


def run(command: Iterable[str], environment: dict[str, str] | None = None) -> None:
    """Run with the output in build/setup.log and a sign of life every 30 s. Raises SetupError."""
    command = list(command)
    LOG.parent.mkdir(exist_ok=True)
    with LOG.open("a", encoding="utf-8") as log:
        log.write(f"\n$ {' '.join(command)}\n")
        log.flush()
        start = log.tell()
        with SignOfLife():
            result = subprocess.run(command, stdout=log, stderr=subprocess.STDOUT, env=environment)
    if result.returncode != 0:
        tail = LOG.read_bytes()[start:].decode("utf-8", "replace").strip().splitlines()[-15:]
        raise SetupError("\n  ".join([f"this failed: {' '.join(command)}", *tail, f"(all of it: {LOG})"]))


class SignOfLife:
    """While inside, prints the minutes gone every 30 s."""

    def __enter__(self) -> None:
        self._done = threading.Event()
        self._started = time.monotonic()
        self._thread = threading.Thread(target=self._tick, daemon=True)
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _tick(self) -> None:
        while not self._done.wait(30):
            say(f"  … {(time.monotonic() - self._started) / 60:.1f} min")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
