"""A whole run, begun or gone on with: from settings, a dataset and a base to the best weights."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch

from tools.errors import ToolError
from tools.training.base import checked_base, make_base
from tools.training.checkpoints import State
from tools.training.corpus import Corpus, tokenised
from tools.training.hardware import layout_for, warm_environment, warm_up_memory
from tools.training.learner import Learner, sharded
from tools.training.loop import Trainer
from tools.training.report import draw_loss, write_report
from tools.training.settings import SCRATCH, Settings
from tools.training.team import Team

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Trained:
    """What a run left: `best` and `last` are model or adapter folders; `held_out_loss` is that of the best."""

    best: Path
    last: Path
    base: Path
    log: Path
    steps: int
    tokens: int
    seconds: float
    held_out_loss: float | None
    ended: str


def train(
    settings: Settings, data: Path, out: Path, *, fresh: bool = False, skip_bad: bool = False, here: bool = False
) -> Trained:
    """Trains on `data`/train.jsonl, watching `data`/valid.jsonl, into the folder `out`.

    A run that was cut off goes on; a finished one is returned as it is; `fresh` begins anew. On a processor the work is
    done by `settings.processes` processes of their own, or `here`, in this one. Under `accelerate launch` or torchrun
    this is one process of theirs. Raises ToolError.
    """
    launched = int(os.environ.get("WORLD_SIZE", "1")) > 1
    team = Team.launched(settings.sharding) if launched else Team()
    try:
        if team.leads:
            _prepare(settings, data, out, fresh, skip_bad)
        team.wait()
        if launched or here or torch.cuda.is_available():
            run_member(out, team)
            team.wait()  # the leader writes down the result
        else:
            _in_processes(out, settings.processes)
    finally:
        team.close()
    return trained_in(out)


def trained_in(out: Path) -> Trained:
    """The result of the finished run in `out`. Raises ToolError where it is not finished."""
    run = _read_run(out)
    result = run.get("result")
    if result is None:
        raise ToolError(f"the run in {out} is not finished; run the same command again")
    state = State(**result)
    return Trained(
        out / "best", out / "last", Path(run["base"]), out / "log.jsonl", state.step, state.tokens, state.elapsed,
        state.best, state.finished,
    )  # fmt: skip


def run_member(out: Path, team: Team) -> None:
    """One process of the run that was prepared in `out`. Raises ToolError."""
    run = _read_run(out)
    if run.get("result") is not None:
        return
    settings = Settings(**run["settings"])
    base, data = Path(run["base"]), Path(run["data"])
    layout = layout_for(settings)
    train_rows, valid_rows = _corpora(settings, data, base, out)
    learner = Learner(settings, base, layout)
    if team.sharded:
        sharded(learner, team)
    trainer = Trainer(settings, learner, train_rows, valid_rows, out, team)
    trainer.on_report = lambda: _picture(out)
    went_on = trainer.resume()
    if team.leads:
        everything, learns = learner.sizes()
        facts = {
            "parameters": everything, "trained_parameters": learns, "device": layout.device.type,
            "precision": str(layout.dtype).removeprefix("torch."), "attention": layout.attention,
            "micro_tokens": layout.micro_tokens, "processes": team.size, "total_steps": trainer.total_steps,
            "rows": len(train_rows), "tokens": train_rows.tokens, "left_out": train_rows.left_out,
        }  # fmt: skip
        _write_run(out, run | facts | {"status": "running"})
        print(
            f"{learns:,} of {everything:,} parameters learn from {len(train_rows):,} rows "
            f"({train_rows.tokens:,} tokens, {train_rows.left_out} too long); "
            f"{facts['precision']} on {layout.device.type}, {team.size} processes"
            + (f"; going on after step {trainer.state.step}" if went_on else ""),
            file=sys.stderr, flush=True,
        )  # fmt: skip
    try:
        state = trainer.run()
    except ToolError:
        if team.leads:
            _write_run(out, _read_run(out) | {"status": "stopped"})
        raise
    if team.leads:
        _write_run(out, _read_run(out) | {"status": "finished", "result": asdict(state)})
        _picture(out, whole=True)
        shutil.rmtree(out / "tokens", ignore_errors=True)


def _picture(out: Path, whole: bool = False) -> None:
    """The report of this run, and at the end loss.png; a run does not end for want of a picture."""
    try:
        write_report([out], out / "report.html")
        if whole:
            draw_loss(out)
    except (ToolError, OSError, ImportError) as error:
        if whole:
            print(f"no picture of the loss: {error}", file=sys.stderr, flush=True)


# -- preparing


def _prepare(settings: Settings, data: Path, out: Path, fresh: bool, skip_bad: bool) -> None:
    """Checks everything that can be checked before the start, tokenises, and writes run.json."""
    if fresh and out.exists():
        shutil.rmtree(out)
    out.mkdir(parents=True, exist_ok=True)
    base = _base_for(settings, out)
    known = _read_run(out) if (out / "run.json").is_file() else None
    identity = {
        "settings": asdict(settings), "data": str(data.absolute()), "base": str(base.absolute()),
        "fingerprint": settings.fingerprint(),
    }  # fmt: skip
    if known is not None:
        _refuse_another_run(known, identity, out)
        if known.get("result") is not None:
            return
        identity = known | identity
    _corpora(settings, data, base, out, skip_bad)
    _write_run(out, {"started": time.time(), "status": "preparing"} | identity)


def _base_for(settings: Settings, out: Path) -> Path:
    if settings.base != SCRATCH:
        where = settings.base or settings.download.rpartition("/")[2] or "base"
        return checked_base(Path(where), settings.download)
    base = out / "base"
    if not (base / "config.json").is_file():
        if not settings.tokenizer:
            raise ToolError("a base from scratch needs a tokenizer; set tokenizer=FOLDER")
        make_base(settings.shape, Path(settings.tokenizer), base, settings.seed)
    return checked_base(base)


def _refuse_another_run(known: Mapping[str, Any], identity: Mapping[str, Any], out: Path) -> None:
    if known["fingerprint"] == identity["fingerprint"] and known["base"] == identity["base"]:
        return
    was, now = ({**run["settings"], "base folder": run["base"]} for run in (known, identity))
    different = ", ".join(f"{key} was {was.get(key)!r}, is {now[key]!r}" for key in now if was.get(key) != now[key])
    raise ToolError(f"{out} holds a run with other settings ({different}); choose another --out, or --fresh")


def _corpora(
    settings: Settings, data: Path, base: Path, out: Path, skip_bad: bool = False
) -> tuple[Corpus, Corpus | None]:
    train_rows = tokenised(data / "train.jsonl", base, settings, out / "tokens" / "train", skip_bad)
    valid = data / "valid.jsonl"
    if not valid.is_file():
        return train_rows, None
    return train_rows, tokenised(valid, base, settings, out / "tokens" / "valid", skip_bad)


def _read_run(out: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads((out / "run.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ToolError(f"{out / 'run.json'} cannot be read ({error}); begin anew with --fresh") from error
    return found


def _write_run(out: Path, content: Mapping[str, Any]) -> None:
    partial = out / "run.json.partial"
    partial.write_text(json.dumps(content, indent=1, ensure_ascii=False, default=dict) + "\n", encoding="utf-8")
    partial.replace(out / "run.json")


# -- several processes on a processor


def _in_processes(out: Path, size: int) -> None:
    """Runs `size` members of one thread each, and ends all when one fails."""
    for name in ("meeting", "fault.txt"):
        (out / name).unlink(missing_ok=True)
    threads = max(1, (os.cpu_count() or 1) // size)
    environment = os.environ | {"PYTHONPATH": str(ROOT)} | warm_environment(threads)
    command = [sys.executable, "-m", "tools.training.run", str(out.absolute())]
    members = [subprocess.Popen([*command, str(rank), str(size)], env=environment, cwd=ROOT) for rank in range(size)]
    try:
        while any(member.poll() is None for member in members):
            if any(member.poll() for member in members):
                break
            time.sleep(0.1)
    finally:
        for member in members:
            if member.poll() is None:
                time.sleep(0.5)  # the failing one's message
                member.terminate()
            member.wait()
        (out / "meeting").unlink(missing_ok=True)
    if any(member.returncode for member in members):
        fault = out / "fault.txt"
        codes = [member.returncode for member in members]
        ended = f"a training process ended with {codes}; run the same command again, it goes on where it stopped"
        raise ToolError(
            fault.read_text(encoding="utf-8") if fault.is_file()
            else ended
        )  # fmt: skip


def _end_with_parent() -> None:
    """Ends this process as soon as the one that started it is gone, killed or not."""

    def watch(parent: int) -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, args=(os.getppid(),), daemon=True).start()


def _member(out: Path, rank: int, size: int) -> None:
    _end_with_parent()
    torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
    warm_up_memory()
    team = Team.meeting_at(out / "meeting", rank, size)
    try:
        run_member(out, team)
        team.close()
    except ToolError as error:
        (out / "fault.txt").write_text(str(error), encoding="utf-8")
        raise SystemExit(1) from None


if __name__ == "__main__":
    _member(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
