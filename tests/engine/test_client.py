"""The local engine with the real llama.cpp in a real process: answering, stopping, crashing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shopdesk.core.errors import EngineError
from shopdesk.core.ports import Completed, Piece
from shopdesk.core.types import ChatMessage, ModelManifest, TokenCounts
from shopdesk.engine.client import LocalEngine
from shopdesk.engine.hardware import Hardware
from shopdesk.engine.process import WorkerProcess
from shopdesk.engine.protocol import Cancel
from tests.engine.conftest import ANSWER

Make = Callable[..., LocalEngine]
SYSTEM = ChatMessage("system", "Answer from the facts.")
posix_only = pytest.mark.skipif(os.name == "nt", reason="signals")


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a worker is given before it is seen to, in a tenth of the usual time."""
    monkeypatch.setattr("shopdesk.engine.client._LATE_S", 1.0)
    monkeypatch.setattr("shopdesk.engine.client._PING_AFTER_S", 0.1)
    monkeypatch.setattr("shopdesk.engine.process._PING_EVERY_S", 0.05)


def ask(engine: LocalEngine, question: str = "hi", max_tokens: int = 64) -> tuple[str, Completed]:
    *pieces, done = engine.generate([SYSTEM, ChatMessage("user", question)], max_tokens=max_tokens)
    assert isinstance(done, Completed)
    assert all(isinstance(piece, Piece) for piece in pieces)
    return "".join(piece.text for piece in pieces if isinstance(piece, Piece)), done


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


def wait_until(condition: Callable[[], bool], seconds: float = 5.0) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def test_streams_whole_characters_and_stops_at_the_end_of_the_turn(new_engine: Make, tiny: Path) -> None:
    engine = new_engine(tiny)
    *pieces, done = engine.generate([ChatMessage("user", "你好")], max_tokens=64)
    assert [piece.text for piece in pieces if isinstance(piece, Piece)] == list(ANSWER)
    assert isinstance(done, Completed)
    assert (done.reason, done.tokens.completion) == ("stop", 9)


def test_an_answer_cut_in_mid_character_shows_no_half(new_engine: Make, tiny: Path) -> None:
    text, done = ask(new_engine(tiny), max_tokens=4)
    assert (text, done.reason, done.tokens.completion) == ("é", "length", 4)


def test_sampling_with_a_temperature_still_answers(new_engine: Make, tiny: Path) -> None:
    events = list(new_engine(tiny).generate([ChatMessage("user", "hi")], max_tokens=64, temperature=0.5))
    assert "".join(e.text for e in events if isinstance(e, Piece)) == ANSWER


def test_what_was_read_before_is_not_read_again(new_engine: Make, tiny: Path) -> None:
    engine = new_engine(tiny)
    first = ask(engine, "facts " * 40 + "price?")[1].tokens
    again = ask(engine, "facts " * 40 + "price?")[1].tokens
    other = ask(engine, "facts " * 40 + "stock?")[1].tokens
    assert first.reused == 0
    assert again.reused == again.prompt - 1, "all but the token whose prediction begins the answer"
    assert 240 < other.reused < other.prompt - len("stock?")


def test_reading_a_prompt_in_ahead_of_time(new_engine: Make, tiny: Path) -> None:
    engine = new_engine(tiny)
    assert ask(engine, "facts " * 40, max_tokens=0)[0] == ""
    assert ask(engine, "facts " * 40)[1].tokens.reused > 240


def test_a_prompt_beyond_the_context_is_refused_and_the_next_is_answered(new_engine: Make, tiny: Path) -> None:
    engine = new_engine(tiny, context=256)
    with pytest.raises(EngineError) as fault:
        ask(engine, "x" * 100_000)
    assert fault.value.code == "prompt_too_long"
    assert ask(engine)[0] == ANSWER


def test_an_answer_ends_where_the_context_does(new_engine: Make, talker: Path) -> None:
    _, done = ask(new_engine(talker, context=256), max_tokens=10_000)
    assert done.reason == "length"
    assert done.tokens.prompt + done.tokens.completion == 256


@pytest.mark.parametrize("text", ["", "🙂" * 200, "\x00\x07\x1b", "\ud800 lone", "<|im_end|>"])
def test_any_text_can_be_asked_and_counted(new_engine: Make, tiny: Path, text: str) -> None:
    engine = new_engine(tiny)
    assert ask(engine, text)[0] == ANSWER
    assert (engine.count_tokens(text) > 0) == bool(text)


def test_stop_while_answering(new_engine: Make, talker: Path) -> None:
    engine = new_engine(talker)
    cancel = threading.Event()
    answer = engine.generate([ChatMessage("user", "hi")], max_tokens=4000, cancel=cancel)
    assert next(answer) == Piece("a")
    pid = engine.worker_pid
    cancel.set()
    started = time.monotonic()
    *_, done = answer
    assert time.monotonic() - started < 0.5
    assert isinstance(done, Completed)
    assert done.reason == "cancelled"
    assert 0 < done.tokens.completion < 4000
    assert ask(engine, max_tokens=3)[0] == "abc"
    assert engine.worker_pid == pid, "an obedient worker is not replaced"


def test_stop_while_reading_the_prompt(new_engine: Make, slow: Path) -> None:
    engine = new_engine(slow)
    engine.wait_ready(30)
    cancel = threading.Event()
    threading.Timer(0.3, cancel.set).start()
    started = time.monotonic()
    events = list(engine.generate([ChatMessage("user", "x" * 3900)], max_tokens=16, cancel=cancel))
    assert [type(event) for event in events] == [Completed]
    assert time.monotonic() - started < 1.0, "reading it all takes seconds"
    assert ask(engine, max_tokens=3)[0] == "abc"


def test_stop_while_the_model_loads(new_engine: Make, tiny: Path) -> None:
    engine = new_engine(tiny)
    cancel = threading.Event()
    cancel.set()
    assert [e.reason for e in engine.generate([SYSTEM], max_tokens=4, cancel=cancel) if isinstance(e, Completed)] == [
        "cancelled"
    ]


def test_a_worker_that_does_not_listen_is_replaced(new_engine: Make, tiny: Path, tmp_path: Path) -> None:
    engine = new_engine(tiny, worker_command=crashing("deaf", tmp_path))
    cancel = threading.Event()
    answer = engine.generate([SYSTEM], max_tokens=4, cancel=cancel)
    assert next(answer) == Piece("…")
    pid = engine.worker_pid
    assert pid is not None
    cancel.set()
    started = time.monotonic()
    assert next(answer) == Completed("cancelled", TokenCounts(completion=1))
    assert time.monotonic() - started < 0.6
    assert wait_until(lambda: not is_running(pid))
    engine.wait_ready(30)
    assert engine.worker_pid != pid


def test_a_caller_that_leaves_stops_the_answer(new_engine: Make, talker: Path) -> None:
    engine = new_engine(talker)
    answer = engine.generate([SYSTEM], max_tokens=4000)
    next(answer)
    answer.close()  # type: ignore[attr-defined]
    assert ask(engine, max_tokens=3)[0] == "abc"


def test_a_second_question_waits_for_the_first(new_engine: Make, talker: Path) -> None:
    engine = new_engine(talker)
    first = engine.generate([SYSTEM], max_tokens=2000)
    next(first)
    seen: list[str] = []
    second = threading.Thread(target=lambda: seen.append(ask(engine, max_tokens=3)[0]))
    second.start()
    rest = list(first)
    seen.append("first is done")
    second.join(10)
    assert len(rest) == 2000, "no piece of the second answer is mixed in"
    assert sorted(seen) == ["abc", "first is done"]
    assert engine.count_tokens("abc") == 3


def test_waiting_for_ones_turn_can_be_stopped(new_engine: Make, talker: Path) -> None:
    engine = new_engine(talker)
    first = engine.generate([SYSTEM], max_tokens=4000)
    next(first)
    cancel = threading.Event()
    cancel.set()
    assert [type(e) for e in engine.generate([SYSTEM], max_tokens=3, cancel=cancel)] == [Completed]
    first.close()  # type: ignore[attr-defined]


@posix_only
def test_killed_in_mid_answer_then_answers_anew(new_engine: Make, talker: Path) -> None:
    engine = new_engine(talker)
    answer = engine.generate([SYSTEM], max_tokens=4000)
    next(answer)
    assert engine.worker_pid is not None
    os.kill(engine.worker_pid, signal.SIGKILL)
    with pytest.raises(EngineError) as fault:
        list(answer)
    assert (fault.value.code, fault.value.detail) == ("engine_crashed", "SIGKILL")
    assert ask(engine, max_tokens=3)[0] == "abc"


@posix_only
def test_killed_between_two_answers_is_not_even_noticed(new_engine: Make, tiny: Path) -> None:
    engine = new_engine(tiny)
    ask(engine)
    pid, running = engine.worker_pid, engine._running
    assert pid is not None
    assert running is not None
    os.kill(pid, signal.SIGKILL)
    assert wait_until(lambda: not running.worker.alive)
    assert ask(engine)[0] == ANSWER


@posix_only
def test_three_crashes_in_a_minute_are_enough(new_engine: Make, talker: Path) -> None:
    engine = new_engine(talker)
    for _ in range(3):
        answer = engine.generate([SYSTEM], max_tokens=4000)
        next(answer)
        assert engine.worker_pid is not None
        os.kill(engine.worker_pid, signal.SIGKILL)
        with pytest.raises(EngineError):
            list(answer)
    assert engine.state == "failed"
    with pytest.raises(EngineError) as fault:
        engine.wait_ready(5)
    assert fault.value.code == "engine_keeps_crashing"
    assert engine.prefill([SYSTEM]) is None
    assert engine.worker_pid is None, "nothing that happens by itself starts it"
    assert ask(engine, max_tokens=3)[0] == "abc", "a question does"


@posix_only
def test_the_worker_ends_when_the_program_is_killed(talker: Path, tmp_path: Path) -> None:
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(talker), str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert program.stdout is not None
    with program.stdout:
        pid = int(program.stdout.readline())
        assert is_running(pid)
        program.kill()
        program.wait(5)
    assert wait_until(lambda: not is_running(pid))


PROGRAM = """
import sys
from pathlib import Path
from shopdesk.core.types import ChatMessage, ModelManifest
from shopdesk.engine.client import LocalEngine
engine = LocalEngine(Path(sys.argv[1]), ModelManifest("talker", ""), data_dir=Path(sys.argv[2]))
for number, event in enumerate(engine.generate([ChatMessage("user", "hi")], max_tokens=4000)):
    if number == 0:
        print(engine.worker_pid, flush=True)
"""


@posix_only
def test_a_suspended_worker_holds_nobody(new_engine: Make, talker: Path) -> None:
    engine = new_engine(talker)
    engine.wait_ready(30)
    pid = engine.worker_pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    cancel = threading.Event()
    threading.Timer(0.1, cancel.set).start()
    started = time.monotonic()
    long_prompt = [ChatMessage("user", "x" * 500_000)]
    assert [type(e) for e in engine.generate(long_prompt, max_tokens=3, cancel=cancel)] == [Completed]
    assert time.monotonic() - started < 0.7
    assert ask(engine, max_tokens=3)[0] == "abc"
    pid = engine.worker_pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    started = time.monotonic()
    engine.close()
    assert time.monotonic() - started < 1
    assert wait_until(lambda: not is_running(pid), 0.5)


def test_start_does_not_wait_and_tells_its_state(new_engine: Make, tiny: Path) -> None:
    engine = new_engine(tiny)
    states: list[str] = []
    engine.on_state(states.append)
    engine.start()
    assert states == ["starting"]
    engine.wait_ready(30)
    assert (engine.state, engine.device) == ("ready", "cpu")
    engine.close()
    assert states == ["starting", "ready", "stopped"]


def test_close_ends_the_worker_within_a_second_even_in_mid_answer(new_engine: Make, talker: Path) -> None:
    engine = new_engine(talker)
    answer = engine.generate([SYSTEM], max_tokens=4000)
    next(answer)
    pid = engine.worker_pid
    assert pid is not None
    started = time.monotonic()
    engine.close()
    assert time.monotonic() - started < 1
    assert wait_until(lambda: not is_running(pid), 0.5)
    with pytest.raises(EngineError):
        list(answer)
    with pytest.raises(EngineError) as fault:
        ask(engine)
    assert fault.value.code == "engine_closed"


def test_close_while_loading(new_engine: Make, slow: Path) -> None:
    engine = new_engine(slow)
    engine.start()
    engine.close()
    assert engine.state == "stopped"
    assert not [t for t in threading.enumerate() if t.name.startswith("engine")]


def test_a_model_that_is_not_there_fails_clearly_and_can_be_tried_again(
    new_engine: Make, tiny: Path, tmp_path: Path
) -> None:
    model = tmp_path / "later 模型.gguf"
    engine = new_engine(model)
    with pytest.raises(EngineError) as fault:
        ask(engine)
    assert fault.value.code == "model_missing"
    assert engine.state == "failed"
    model.write_bytes(tiny.read_bytes())
    engine.start()
    assert ask(engine)[0] == ANSWER


def test_a_model_that_only_llama_cpp_sees_through(new_engine: Make, tiny: Path, tmp_path: Path) -> None:
    model = tmp_path / "strange.gguf"
    model.write_bytes(tiny.read_bytes().replace(b"qwen3", b"qwenX"))
    with pytest.raises(EngineError) as fault:
        ask(new_engine(model))
    assert fault.value.code == "model_broken"
    assert "qwenX" in fault.value.detail


def test_a_folder_that_cannot_be_written_does_not_matter(new_engine: Make, tiny: Path, tmp_path: Path) -> None:
    occupied = tmp_path / "a file"
    occupied.write_text("")
    assert ask(new_engine(tiny, data_dir=occupied))[0] == ANSWER


def test_a_worker_that_cannot_be_started(new_engine: Make, tiny: Path) -> None:
    for command in (["/no/such/program"], [sys.executable, "-c", "raise SystemExit(3)"]):
        with pytest.raises(EngineError) as fault:
            ask(new_engine(tiny, worker_command=command))
        assert fault.value.code == "engine_no_worker"


def test_a_foreign_program_in_place_of_the_worker(new_engine: Make, tiny: Path) -> None:
    engine = new_engine(tiny, worker_command=[sys.executable, "-c", "print('hello', flush=True); input()"])
    with pytest.raises(EngineError) as fault:
        ask(engine)
    assert fault.value.code == "engine_no_worker"


def test_a_silent_worker_is_given_up(new_engine: Make, tiny: Path, tmp_path: Path) -> None:
    engine = new_engine(tiny, worker_command=crashing("deaf", tmp_path), patience=5)
    engine.wait_ready(30)
    engine._patience = 0.2
    with pytest.raises(EngineError) as fault:
        ask(engine)
    assert fault.value.code == "engine_timeout"


def test_a_count_that_never_comes(new_engine: Make, tiny: Path, tmp_path: Path) -> None:
    engine = new_engine(tiny, worker_command=crashing("deaf", tmp_path), patience=5)
    engine.wait_ready(30)
    engine._patience = 0.2
    with pytest.raises(EngineError) as fault:
        engine.count_tokens("hi")
    assert fault.value.code == "engine_timeout"
    assert engine.worker_pid is None, "the silent worker is gone"


# -- what this machine survives


def crashing(manner: str, folder: Path) -> list[str]:
    return [sys.executable, str(Path(__file__).with_name("crashing_worker.py")), manner, str(folder / "loads.txt")]


def loads(folder: Path) -> Iterator[str]:
    yield from (folder / "loads.txt").read_text().splitlines()


@posix_only
def test_a_crash_in_the_trial_leads_to_a_careful_way_that_is_remembered(
    new_engine: Make, tiny: Path, tmp_path: Path, plain_cpu: Hardware
) -> None:
    command = crashing("extra-buffers", tmp_path)
    engine = new_engine(tiny, worker_command=command, hardware=plain_cpu)
    assert ask(engine)[0] == ANSWER
    assert engine.notice is not None
    assert engine.notice.code == "engine_careful"
    assert "SIGSEGV" in engine.notice.detail
    assert engine.notice.text("zh") != engine.notice.text("en")
    assert list(loads(tmp_path)) == [
        "gpu_layers=0 extra_buffers=True probe=True",
        "gpu_layers=0 extra_buffers=False probe=True",
    ]
    engine.close()
    assert ask(new_engine(tiny, worker_command=command, hardware=plain_cpu))[0] == ANSWER
    assert list(loads(tmp_path))[2:] == ["gpu_layers=0 extra_buffers=False probe=False"], "no second trial"


def test_the_trial_happens_once_for_each_model(new_engine: Make, tiny: Path, slow: Path, tmp_path: Path) -> None:
    for model in (tiny, tiny, slow):
        engine = new_engine(model, worker_command=crashing("never", tmp_path))
        engine.wait_ready(30)
        assert engine.notice is None or engine.notice.code == "engine_careful"
        engine.close()
    assert [line.rpartition("=")[2] for line in loads(tmp_path)] == ["True", "False", "True"]


@posix_only
def test_a_model_that_crashes_in_every_way(new_engine: Make, tiny: Path, tmp_path: Path) -> None:
    engine = new_engine(tiny, worker_command=crashing("always", tmp_path))
    with pytest.raises(EngineError) as fault:
        engine.wait_ready(30)
    assert fault.value.code == "engine_unusable"
    assert "SIGSEGV" in fault.value.detail


@posix_only
def test_a_kill_from_outside_is_no_verdict_on_the_machine(new_engine: Make, tiny: Path, tmp_path: Path) -> None:
    with pytest.raises(EngineError) as fault:
        new_engine(tiny, worker_command=crashing("killed", tmp_path)).wait_ready(30)
    assert fault.value.code == "engine_crashed"
    assert len(list(loads(tmp_path))) == 1
    assert not (tmp_path / "engine.json").exists()


@posix_only
def test_a_native_crash_in_an_answer_makes_the_next_start_careful(
    new_engine: Make, talker: Path, tmp_path: Path, plain_cpu: Hardware
) -> None:
    engine = new_engine(talker, hardware=plain_cpu)
    answer = engine.generate([SYSTEM], max_tokens=4000)
    next(answer)
    assert engine.worker_pid is not None
    os.kill(engine.worker_pid, signal.SIGSEGV)
    with pytest.raises(EngineError):
        list(answer)
    assert ask(engine, max_tokens=3)[0] == "abc"
    assert engine.notice is not None
    assert "extra_buffers=off" in engine.notice.detail


def test_what_llama_cpp_says_goes_to_the_log(new_engine: Make, tiny: Path, tmp_path: Path) -> None:
    model = tmp_path / "strange.gguf"
    model.write_bytes(tiny.read_bytes().replace(b"qwen3", b"qwenX"))
    with pytest.raises(EngineError):
        ask(new_engine(model))
    log = (tmp_path / "logs" / "engine.log").read_text()
    assert "unknown model architecture" in log
    assert len(log) < 5000, "only complaints, not the whole load"


# -- what nobody notices, or is told of


@posix_only
def test_a_question_that_nothing_was_said_to_is_put_again_by_itself(new_engine: Make, slow: Path) -> None:
    engine = new_engine(slow)
    engine.wait_ready(30)
    pid = engine.worker_pid
    assert pid is not None
    threading.Timer(0.1, os.kill, (pid, signal.SIGKILL)).start()
    assert ask(engine, "x" * 700, max_tokens=3)[0] == "abc"
    assert engine.worker_pid != pid


@posix_only
def test_a_worker_that_hangs_is_found_out_by_its_silence_and_replaced(new_engine: Make, talker: Path) -> None:
    engine = new_engine(talker, deaf_after=0.5)
    answer = engine.generate([SYSTEM], max_tokens=4000)
    next(answer)
    assert engine.worker_pid is not None
    os.kill(engine.worker_pid, signal.SIGSTOP)
    started = time.monotonic()
    with pytest.raises(EngineError) as fault:
        list(answer)
    assert fault.value.code == "engine_hung"
    assert time.monotonic() - started < 10
    assert ask(engine, max_tokens=3)[0] == "abc"


@posix_only
def test_a_worker_that_hangs_while_it_loads(new_engine: Make, tiny: Path, tmp_path: Path) -> None:
    engine = new_engine(tiny, worker_command=crashing("asleep-at-first", tmp_path), deaf_after=1.0)
    assert ask(engine)[0] == ANSWER
    assert len(list(loads(tmp_path))) == 2


def test_garbage_on_the_pipe_is_not_answered_to(new_engine: Make, tiny: Path, tmp_path: Path) -> None:
    engine = new_engine(tiny, worker_command=crashing("garbles-at-first", tmp_path))
    assert ask(engine)[0] == ANSWER
    assert len(list(loads(tmp_path))) == 2


def test_a_worker_that_is_only_slow_to_stop_keeps_what_it_has_read(
    new_engine: Make, tiny: Path, tmp_path: Path
) -> None:
    engine = new_engine(tiny, worker_command=crashing("hard-of-hearing", tmp_path))
    cancel = threading.Event()
    answer = engine.generate([SYSTEM], max_tokens=4, cancel=cancel)
    assert next(answer) == Piece("…")
    pid = engine.worker_pid
    cancel.set()
    assert next(answer) == Completed("cancelled", TokenCounts(completion=1))
    answer.close()  # type: ignore[attr-defined]
    assert ask(engine)[0] == "…"
    assert engine.worker_pid == pid


@posix_only
def test_memory_of_its_own_has_a_ceiling() -> None:
    program = (
        "from shopdesk.engine.worker import limit_memory\nlimit_memory(512 << 20)\n"
        "try:\n    bytearray(1 << 30)\nexcept MemoryError:\n    print('refused')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "refused"


def test_a_file_that_is_not_what_its_manifest_promises_is_not_loaded(tiny: Path, tmp_path: Path) -> None:
    manifest = ModelManifest(name="tiny", file=tiny.name, sha256="0" * 64)
    with LocalEngine(tiny, manifest, data_dir=tmp_path) as engine, pytest.raises(EngineError) as fault:
        engine.wait_ready(30)
    assert fault.value.code == "model_checksum"


def test_an_answer_can_be_held_to_a_schema(new_engine: Make, talker: Path) -> None:
    color = {"enum": ["red", "黑色", None]}
    schema = {"type": "object", "properties": {"color": color}, "required": ["color"], "additionalProperties": False}
    engine = new_engine(talker)
    *pieces, done = engine.generate([SYSTEM], max_tokens=200, schema=schema)
    assert isinstance(done, Completed)
    assert done.reason == "stop"
    said = json.loads("".join(piece.text for piece in pieces if isinstance(piece, Piece)))
    assert said["color"] in ("red", "黑色", None) and len(said) == 1
    assert ask(engine, max_tokens=3)[0] == "abc", "and the next answer is free again"


# -- reading ahead


def test_what_is_typed_is_read_before_it_is_asked(new_engine: Make, tiny: Path) -> None:
    engine = new_engine(tiny)
    engine.wait_ready(30)
    typed = [SYSTEM, ChatMessage("user", "facts " * 40 + "pri")]
    counts = engine.prefill(typed)
    assert counts is not None
    assert counts.prompt > 240
    done = ask(engine, "facts " * 40 + "price?")[1]
    assert done.tokens.prompt - done.tokens.reused < 60, "the rest of the word and the end of the turn"
    assert ask(engine, "facts " * 40 + "price?")[0] == ANSWER


def test_reading_ahead_gives_way_to_a_question(new_engine: Make, slow: Path) -> None:
    engine = new_engine(slow)
    engine.wait_ready(30)
    found: list[object] = []
    reading = threading.Thread(target=lambda: found.append(engine.prefill([ChatMessage("user", "y" * 3900)])))
    reading.start()
    time.sleep(0.3)
    assert ask(engine, max_tokens=3)[0] == "abc"
    reading.join(5)
    assert found == [None]


@pytest.mark.parametrize(("asked", "at_once"), [("y" * 3000 + "\nprice?", False), ("z" * 300 + "\nprice?", True)])
def test_of_what_the_question_needs_no_step_of_reading_is_lost(
    new_engine: Make, slow: Path, monkeypatch: pytest.MonkeyPatch, asked: str, at_once: bool
) -> None:
    engine = new_engine(slow)
    engine.wait_ready(30)
    sent: list[object] = []
    send = WorkerProcess.send
    monkeypatch.setattr(WorkerProcess, "send", lambda self, message: (sent.append(message), send(self, message))[1])
    reading = threading.Thread(target=lambda: engine.prefill([SYSTEM, ChatMessage("user", "y" * 3000 + "\npri")]))
    reading.start()
    assert wait_until(lambda: bool(sent))
    assert ask(engine, asked, max_tokens=3)[0] == "abc"
    reading.join(5)
    assert [message.at_once for message in sent if isinstance(message, Cancel)] == [at_once]


def test_a_worker_that_takes_a_moment_to_stop_is_kept(
    new_engine: Make, slow: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shopdesk.engine.client._CANCEL_PATIENCE_S", 0.0)
    engine = new_engine(slow)
    engine.wait_ready(30)
    pid, cancel = engine.worker_pid, threading.Event()
    events = engine.generate([SYSTEM], max_tokens=64, cancel=cancel)
    assert isinstance(next(events), Piece)
    cancel.set()
    *_, done = events
    assert isinstance(done, Completed)
    assert done.reason == "cancelled"
    time.sleep(1.3)  # longer than a worker is waited for that does not stop
    assert ask(engine, max_tokens=3)[0] == "abc"
    assert engine.worker_pid == pid


def test_reading_ahead_starts_no_model_and_can_be_called_off(new_engine: Make, tiny: Path) -> None:
    engine = new_engine(tiny)
    assert engine.prefill([SYSTEM]) is None
    assert engine.state == "stopped"
    engine.wait_ready(30)
    cancel = threading.Event()
    cancel.set()
    assert engine.prefill([SYSTEM], cancel=cancel) is None


def test_each_conversation_finds_its_beginning_again(new_engine: Make, tiny: Path) -> None:
    engine = new_engine(tiny)
    first, second = "shoes " * 50, "coats " * 50
    for facts in (first, second):
        assert ask(engine, facts + "price?")[1].tokens.reused < 60
    for facts in (first, second, first):
        counts = ask(engine, facts + "and the stock?")[1].tokens
        assert counts.reused > 290, "though another one was asked in between"
    assert ask(engine, first + "and the stock?")[0] == ANSWER


def test_the_shared_beginning_is_kept_on_disk_for_the_next_start(
    tiny: Path, new_engine: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shopdesk.engine.starting._SMALL_MODEL", 0)
    prefix = (ChatMessage("system", "Answer from the facts. " * 10),)
    engine = new_engine(tiny, prefix=prefix)
    engine.wait_ready(30)
    assert wait_until(lambda: bool(list((tmp_path / "prefixes").glob("*.prefix"))))
    engine.close()
    (file,) = (tmp_path / "prefixes").glob("*.prefix")

    def reused(engine: LocalEngine) -> int:
        *pieces, done = engine.generate([*prefix, ChatMessage("user", "hi")], max_tokens=64)
        assert isinstance(done, Completed)
        assert "".join(piece.text for piece in pieces if isinstance(piece, Piece)) == ANSWER
        return done.tokens.reused

    engine = new_engine(tiny, prefix=prefix)
    engine.wait_ready(30)
    assert engine.loaded is not None
    assert engine.loaded.loaded.prefix > 230
    assert reused(engine) >= engine.loaded.loaded.prefix
    engine.close()
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    engine = new_engine(tiny, prefix=prefix)
    engine.wait_ready(30)
    assert engine.loaded is not None
    assert engine.loaded.loaded.prefix == 0, "a damaged file counts as none"
    assert reused(engine) >= 0
