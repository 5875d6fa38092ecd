"""The set-up script: what it finds out about a machine, and when it has nothing to do."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = ROOT / "tools" / "setup_env.py"

BASIC = frozenset({"avx", "avx2", "fma", "f16c", "bmi2"})
BIG = BASIC | {"avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl", "avx512_bf16", "amx_tile", "amx_int8"}


@pytest.fixture
def setup_env() -> ModuleType:
    spec = importlib.util.spec_from_file_location("setup_env", SCRIPT)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("features", [BASIC, BIG, frozenset[str]()])
def test_the_engine_is_never_built_natively_nor_with_amx(
    setup_env: ModuleType, monkeypatch: pytest.MonkeyPatch, features: frozenset[str]
) -> None:
    monkeypatch.setattr(setup_env, "cpu_features", lambda: features)
    flags = setup_env.engine_flags(cuda=False)
    assert "-DGGML_NATIVE=OFF" in flags
    assert not any("AMX" in flag or "CUDA" in flag for flag in flags)


def test_the_engine_gets_what_the_processor_has_and_no_more(
    setup_env: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup_env, "cpu_features", lambda: BASIC)
    flags = setup_env.engine_flags(cuda=False)
    assert "-DGGML_AVX2=ON" in flags and "-DGGML_AVX512=OFF" in flags
    monkeypatch.setattr(setup_env, "cpu_features", lambda: BIG)
    flags = setup_env.engine_flags(cuda=True)
    assert "-DGGML_AVX512_BF16=ON" in flags and "-DGGML_AVX512_VNNI=OFF" in flags and "-DGGML_CUDA=ON" in flags


def test_every_profile_names_extras_that_exist(setup_env: ModuleType) -> None:
    import tomllib

    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    named = {name for text in setup_env.EXTRAS.values() for name in text.strip("[]").split(",") if name}
    assert set(extras) - named == {"voice"}, "a large library that only reading aloud needs is the user's own choice"
    assert named <= set(extras)
    assert set(setup_env.INCLUDES) == set(setup_env.EXTRAS)


def test_the_engine_version_fits_the_projects_dependencies(setup_env: ModuleType) -> None:
    import tomllib

    from packaging.requirements import Requirement

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {Requirement(line).name: Requirement(line) for line in project["dependencies"]}
    assert needed[setup_env.ENGINE_PACKAGE].specifier.contains(setup_env.ENGINE_VERSION)


def test_a_finished_setup_is_known_until_something_changes(
    setup_env: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(setup_env, "VENV", tmp_path)
    assert not setup_env.is_ready("run")
    setup_env.stamp_of("run").write_text(setup_env.fingerprint_of("run"), encoding="utf-8")
    assert setup_env.is_ready("run") and not setup_env.is_ready("test")
    monkeypatch.setattr(setup_env, "ROOT", tmp_path)
    (tmp_path / "pyproject.toml").write_text("", encoding="utf-8")
    assert not setup_env.is_ready("run")


@pytest.mark.parametrize(
    ("root", "display", "must_install", "goes_on"),
    [(True, False, True, True), (False, False, False, True), (False, True, False, False)],
)
def test_missing_window_libraries(
    setup_env: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    root: bool,
    display: bool,
    must_install: bool,
    goes_on: bool,
) -> None:
    """Root installs them; others are told the line, and need it only where there is a display."""
    installed: list[str] = []
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(setup_env, "missing_packages", lambda: ([], ["libxcb-cursor0"]))
    monkeypatch.setattr(setup_env.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(setup_env.os, "geteuid", lambda: 0 if root else 1000)
    monkeypatch.setattr(setup_env, "has_display", lambda: display)
    monkeypatch.setattr(setup_env, "apt_install", installed.extend)
    if goes_on:
        setup_env.install_system_packages()
    else:
        with pytest.raises(setup_env.SetupError, match="apt-get install -y libxcb-cursor0"):
            setup_env.install_system_packages()
    assert installed == (["libxcb-cursor0"] if must_install else [])
    if goes_on and not root:
        assert "sudo apt-get install -y libxcb-cursor0" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform != "linux", reason="ldd")
def test_every_library_that_qt_misses_could_be_named(setup_env: ModuleType) -> None:
    """What the installed Qt links to is either on this machine or in the script's tables."""
    import PySide6

    qt = Path(PySide6.__path__[0])
    files = [qt / f"Qt{name}.abi3.so" for name in ("Core", "Gui", "Widgets", "Svg", "Network")]
    files += [qt / "Qt" / "plugins" / "platforms" / f"libq{name}.so" for name in ("xcb", "offscreen", "wayland")]
    linked = subprocess.run(["ldd", *map(str, files)], capture_output=True, text=True).stdout
    missing = {line.split()[0] for line in linked.splitlines() if "not found" in line}
    assert missing <= set(setup_env.OFFSCREEN_LIBRARIES) | set(setup_env.WINDOW_LIBRARIES)


def test_an_unknown_profile_is_wrong_usage() -> None:
    ended = subprocess.run([sys.executable, str(SCRIPT), "nonsense"], capture_output=True, text=True)
    assert ended.returncode == 2 and "run" in ended.stderr
