"""A run as a whole: it learns, goes on after a kill as if nothing had been, stops for a reason, and tells about it."""

from __future__ import annotations

import errno
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")
pytest.importorskip("peft")

from safetensors.torch import load_file  # noqa: E402
from tqdm import tqdm  # noqa: E402

from tests.tools.training import small_base, small_data, small_settings  # noqa: E402
from tools.errors import ToolError  # noqa: E402
from tools.training import checkpoints  # noqa: E402
from tools.training.base import checked_base  # noqa: E402
from tools.training.learner import Learner  # noqa: E402
from tools.training.loop import Trainer  # noqa: E402
from tools.training.progress import duration, read_log  # noqa: E402
from tools.training.run import train  # noqa: E402
from tools.training.schedule import rate_at  # noqa: E402
from tools.training.settings import Settings, load_settings  # noqa: E402

pytestmark = pytest.mark.train
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_base(tmp_path_factory.mktemp("base"))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_data(tmp_path_factory.mktemp("data"))


@pytest.fixture(autouse=True)
def one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """And none that watches over peft's progress bar."""
    torch.set_num_threads(1)
    monkeypatch.setattr(tqdm, "monitor_interval", 0)


def weights(folder: Path) -> dict[str, torch.Tensor]:
    (path,) = folder.glob("*.safetensors")
    return load_file(path)


def same(one: Path, other: Path, tolerance: float = 0.0) -> bool:
    a, b = weights(one), weights(other)
    return a.keys() == b.keys() and all(float((a[name] - b[name]).abs().max()) <= tolerance for name in a)


@pytest.mark.parametrize("method", ["full", "lora", "dora"])
def test_a_run_learns_and_leaves_folders(base: Path, data: Path, tmp_path: Path, method: str) -> None:
    settings = small_settings(base, f"method={method}", "rank=4", "alpha=8", "dropout=0", "epochs=4", "rate=1e-2")
    result = train(settings, data, tmp_path / "run", here=True)
    rows = read_log(result.log)
    assert rows[-1]["loss"] < rows[0]["loss"] - (0.5 if method == "full" else 0.15)
    assert result.steps == 12
    assert result.held_out_loss == pytest.approx(min(row.get("held_out_loss", 99) for row in rows), abs=1e-5)
    for folder in (result.best, result.last):
        kept = "model.safetensors" if method == "full" else "adapter_model.safetensors"
        assert {kept, "tokenizer.json", "chat_template.jinja"} <= {path.name for path in folder.iterdir()}
    assert train(settings, data, tmp_path / "run", here=True) == result, "a finished run is returned as it is"
    if method != "full":
        from peft import PeftModel
        from transformers import AutoModelForCausalLM

        from tools.training.base import quietly

        model = quietly(AutoModelForCausalLM.from_pretrained, base)
        assert PeftModel.from_pretrained(model, result.last).merge_and_unload() is not None


class Killed(BaseException):
    """Stands for kill -9 where the test needs to say at which update."""


@pytest.mark.parametrize("extra", [[], ["method=lora", "rank=4"], ["optimizer=muon", "matrix_rate=0.02"]])
def test_a_run_cut_off_anywhere_ends_the_same(base: Path, data: Path, tmp_path: Path, extra: list[str]) -> None:
    settings = small_settings(base, "checks=2", *extra)
    whole = train(settings, data, tmp_path / "whole", here=True)
    for moment in (2, 4, 5):

        def die(self: Trainer, *arguments: Any, moment: int = moment, real: Any = Trainer._update) -> Any:
            if self.state.step == moment:
                raise Killed
            return real(self, *arguments)

        with pytest.MonkeyPatch.context() as patch, pytest.raises(Killed):
            patch.setattr(Trainer, "_update", die)
            train(settings, data, tmp_path / "cut", here=True)
    cut = train(settings, data, tmp_path / "cut", here=True)
    assert same(cut.last, whole.last)
    assert same(cut.best, whole.best)
    assert cut.held_out_loss == whole.held_out_loss
    steps = [row["step"] for row in read_log(cut.log)]
    assert steps == sorted(set(steps))


@pytest.mark.timeout(600)
def test_a_killed_script_goes_on_with_two_processes(base: Path, data: Path, tmp_path: Path) -> None:
    """kill -9 at a random moment of the real script, then the same command: the weights of an unbroken run."""
    overrides = ("steps=40", "checks=8", "batch=2")
    settings = small_settings(base, *overrides)
    whole = train(settings, data, tmp_path / "whole", here=True)
    command = [sys.executable, "tools/train.py", "--preset", "qwen3-0.6b", "--base", str(base), "--data", str(data)]
    command += ["--out", str(tmp_path / "cut"), "--processes", "2"]
    changed = ("method=full", "epochs=2", "accumulation=2", "rate=3e-3", "save_minutes=1000")
    command += [part for override in (*changed, *overrides) for part in ("--set", override)]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    with subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True, stderr=subprocess.DEVNULL) as run:
        deadline = time.monotonic() + 280
        while not list((tmp_path / "cut" / "checkpoints").glob("step-????????")) and time.monotonic() < deadline:
            time.sleep(0.02)
        time.sleep(random.random())
        os.killpg(run.pid, signal.SIGKILL)
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", timeout=280)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(tmp_path / "cut" / "best")
    assert same(tmp_path / "cut" / "last", whole.last, 2e-4), "two processes add in another order, no more"


def test_other_settings_do_not_go_on_with_a_run(base: Path, data: Path, tmp_path: Path) -> None:
    train(small_settings(base, "steps=1"), data, tmp_path / "run", here=True)
    with pytest.raises(ToolError, match=r"other settings \(.*rate was 0\.003, is 0\.001"):
        train(small_settings(base, "steps=1", "rate=1e-3"), data, tmp_path / "run", here=True)
    train(small_settings(base, "steps=1", "rate=1e-3"), data, tmp_path / "run", here=True, fresh=True)


def test_a_run_by_the_clock_ends_on_time(base: Path, data: Path, tmp_path: Path) -> None:
    settings = small_settings(base, "minutes=0.03", "schedule=trapezoid", "optimizer=muon", "lessons_source=shop")
    result = train(settings, data, tmp_path / "run", here=True)
    assert 1.8 <= result.seconds < 30
    assert read_log(result.log)[-1]["rate"] < settings.rate / 10


def test_a_loss_that_is_no_number_stops_and_keeps_the_last_good(
    base: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Trainer._summed

    def poisoned(self: Trainer, *arguments: Any) -> float:
        value = real(self, *arguments)
        return float("nan") if self.state.step == 4 else value

    monkeypatch.setattr(Trainer, "_summed", poisoned)
    with pytest.raises(ToolError, match=r"the loss is nan at step 5: stopped; the last good .* step-00000004"):
        train(small_settings(base), data, tmp_path / "run", here=True)
    assert json.loads((tmp_path / "run" / "run.json").read_text())["status"] == "stopped"
    assert all(bool(torch.isfinite(tensor).all()) for tensor in weights(tmp_path / "run" / "best").values())
    monkeypatch.undo()
    assert train(small_settings(base), data, tmp_path / "run", here=True).steps == 6


def test_a_full_disk_is_told_and_the_last_good_kept(
    base: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = checkpoints.save_file

    def full(tensors: Any, path: Path) -> None:
        if "00000004" in str(path):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(tensors, path)

    monkeypatch.setattr(checkpoints, "save_file", full)
    with pytest.raises(ToolError, match="the disk is full; the last good checkpoint is step-00000002"):
        train(small_settings(base), data, tmp_path / "run", here=True)
    assert not list((tmp_path / "run").rglob("*.partial"))
    monkeypatch.undo()
    assert train(small_settings(base), data, tmp_path / "run", here=True).steps == 6


@pytest.mark.timeout(600)
@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process")
def test_a_file_that_may_not_grow_is_told(base: Path, data: Path, tmp_path: Path) -> None:
    """A real refusal by the system, as a full disk's, in a process of its own."""
    code = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from tests.tools.training import small_settings\n"
        "from tools.errors import run_script\nfrom tools.training.run import train\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "base, data, out = map(Path, sys.argv[1:])\n"
        "run_script(lambda: train(small_settings(base, 'steps=1'), data, out, here=True))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(base), str(data), str(tmp_path / "run")], cwd=ROOT, capture_output=True,
        encoding="utf-8", env={**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}, timeout=280,
    )  # fmt: skip
    assert done.returncode == 1
    assert "there is no checkpoint yet" in done.stderr
    assert "Make room" in done.stderr
    assert "Traceback" not in done.stderr


def test_out_of_gpu_memory_takes_smaller_pieces_and_learns_the_same(
    base: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = small_settings(base, "micro_tokens=400")
    plain = train(settings, data, tmp_path / "plain", here=True)
    real = Learner.forward

    def small_gpu(self: Learner, pack: Any) -> Any:
        if pack.tokens > 150 and self.training:
            raise torch.cuda.OutOfMemoryError("scripted")
        return real(self, pack)

    monkeypatch.setattr(Learner, "forward", small_gpu)
    squeezed = train(settings, data, tmp_path / "squeezed", here=True)
    assert "same updates" in capsys.readouterr().out
    assert squeezed.steps == plain.steps
    assert same(plain.last, squeezed.last, 1e-4)
    monkeypatch.setattr(Learner, "forward", lambda self, pack: (_ for _ in ()).throw(torch.cuda.OutOfMemoryError))
    with pytest.raises(ToolError, match="memory does not suffice for"):
        train(settings, data, tmp_path / "hopeless", here=True)


def test_training_ends_early_when_nothing_gets_better(base: Path, data: Path, tmp_path: Path) -> None:
    settings = small_settings(
        base, "epochs=20", "checks=20", "patience=2", "rate=0.5", "schedule=constant", "warm_up=0"
    )
    result = train(settings, data, tmp_path / "run", here=True)
    assert result.ended == "early"
    assert result.steps < 60
    told = [row["held_out_loss"] for row in read_log(result.log) if "held_out_loss" in row]
    assert min(told) == told[-3] == pytest.approx(result.held_out_loss, abs=1e-5)


def test_what_is_no_base_is_refused(base: Path, tmp_path: Path) -> None:
    import shutil

    for name in ("config.json", "tokenizer.json", "model.safetensors"):
        broken = Path(shutil.copytree(base, tmp_path / name))
        (broken / name).unlink()
        with pytest.raises(ToolError, match=f"lacks {name}"):
            checked_base(broken)
    sharded = Path(shutil.copytree(base, tmp_path / "sharded"))
    index = {"weight_map": {"a": "model-00001-of-00002.safetensors", "b": "model.safetensors"}}
    (sharded / "model.safetensors.index.json").write_text(json.dumps(index))
    with pytest.raises(ToolError, match=r"lacks model-00001-of-00002\.safetensors"):
        checked_base(sharded)
    with pytest.raises(ToolError, match=r"hf download Qwen/Qwen3-0\.6B"):
        checked_base(tmp_path / "nothing", "Qwen/Qwen3-0.6B")
    adapter = tmp_path / "adapter"
    adapter.mkdir()
    (adapter / "adapter_config.json").write_text("{}")
    with pytest.raises(ToolError, match="is an adapter"):
        checked_base(adapter)
    strange = Path(shutil.copytree(base, tmp_path / "strange"))
    (strange / "tokenizer.json").write_text("{}")
    with pytest.raises(ToolError, match=r"the tokenizer in .* cannot be read"):
        train(small_settings(strange), small_data(tmp_path / "data"), tmp_path / "run", here=True)


def test_qlora_without_a_gpu_is_refused(base: Path, data: Path, tmp_path: Path) -> None:
    if torch.cuda.is_available():
        pytest.skip("there is a GPU")
    with pytest.raises(ToolError, match="qlora needs an NVIDIA GPU"):
        train(small_settings(base, "method=qlora"), data, tmp_path / "run", here=True)


@pytest.mark.parametrize(
    ("override", "message"),
    [
        ("rat=1", "no setting 'rat'"),
        ("rate=fast", "rate cannot be 'fast'; it is a number"),
        ("batch=2.5", "batch cannot be '2.5'; it is a whole number"),
        ("method=magic", "choose lora, dora, qlora, full"),
        ("rate", "write it as key=value"),
        ("batch=0", "batch must be more than 0"),
        ("warm_up=1.5", "warm_up is a share"),
        ("seed=-1", "seed cannot be negative"),
        ("epochs=0", "the run has no budget"),
    ],
)
def test_a_wrong_setting_is_told(override: str, message: str) -> None:
    with pytest.raises(ToolError, match=message):
        load_settings("qwen3-0.6b", [override])
    with pytest.raises(ToolError, match="no preset 'qwen9'"):
        load_settings("qwen9")


def test_the_presets_are_those_asked_for() -> None:
    for name in ("qwen3-4b-instruct-2507", "qwen2.5-7b-instruct", "qwen3-0.6b"):
        found = load_settings(name)
        assert (found.rank, found.alpha, found.dropout, found.batch, found.accumulation) == (64, 128, 0.1, 16, 4)
        assert (found.epochs, found.rate, found.optimizer, found.schedule) == (3, 2e-4, "adamw", "cosine")
        assert (found.source_tokens, found.target_tokens, found.method) == (1024, 512, "lora")
    assert load_settings("counter", ["shape.hidden_size=320"]).shape["hidden_size"] == 320


@pytest.mark.parametrize("schedule", ["cosine", "linear", "trapezoid", "constant"])
def test_the_rate_rises_and_falls(schedule: str) -> None:
    settings = Settings("p", schedule=schedule, warm_up=0.1, flat_until=0.5)  # type: ignore[arg-type]
    rates = [rate_at(step / 100, settings) for step in range(101)]
    assert rates[0] < rates[5] < rates[10] == 1.0
    assert rates[10:] == sorted(rates[10:], reverse=True)
    assert rates[50] == (1.0 if schedule in ("trapezoid", "constant") else pytest.approx(rates[50]))
    assert rates[100] == (1.0 if schedule == "constant" else 0.005)


def test_durations_read_well() -> None:
    assert [duration(seconds) for seconds in (5, 65, 7320)] == ["5 s", "1:05 min", "2:02 h"]


@pytest.mark.timeout(600)
@pytest.mark.parametrize("kind", ["multi_gpu", "use_fsdp"])
def test_launched_processes_learn_as_one(base: Path, data: Path, tmp_path: Path, kind: str) -> None:
    """`accelerate launch` with two processes on a processor: plain data parallel, and sharded."""
    pytest.importorskip("accelerate")
    settings = small_settings(base)
    alone = train(settings, data, tmp_path / "alone", here=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    launch = [sys.executable, "-m", "accelerate.commands.launch", f"--{kind}", "--num_processes", "2"]
    launch += ["--num_machines", "1", "--mixed_precision", "no", "--dynamo_backend", "no"]
    launch += ["--main_process_port", str(port), "tools/train.py", "--preset", "qwen3-0.6b", "--base", str(base)]
    launch += ["--data", str(data), "--out", str(tmp_path / "run")]
    usual = ("method=full", "epochs=2", "batch=4", "accumulation=2", "rate=3e-3", "checks=3", "save_minutes=1000")
    launch += [part for override in usual for part in ("--set", override)]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "CUDA_VISIBLE_DEVICES": ""}
    done = subprocess.run(launch, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", timeout=580)
    assert done.returncode == 0, done.stderr[-3000:]
    log = {
        row["step"]: row["held_out_loss"] for row in read_log(tmp_path / "run" / "log.jsonl") if "held_out_loss" in row
    }
    wanted = {row["step"]: row["held_out_loss"] for row in read_log(alone.log) if "held_out_loss" in row}
    assert log == pytest.approx(wanted, abs=1e-4)
    assert same(tmp_path / "run" / "last", alone.last, 2e-4)
