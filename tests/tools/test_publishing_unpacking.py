"""A model file turned back into a Hugging Face folder is the same model."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")
pytest.importorskip("gguf")

from transformers import AutoModelForCausalLM, AutoTokenizer  # noqa: E402

from shopdesk.core.prompting import SYSTEM  # noqa: E402
from tools.errors import ToolError  # noqa: E402
from tools.publishing.running import RunningModel  # noqa: E402
from tools.publishing.unpacking import unpack  # noqa: E402

transformers.logging.disable_progress_bar()

pytestmark = [pytest.mark.train, pytest.mark.timeout(1800)]

CHATS = [
    [
        {"role": "system", "content": SYSTEM},
        {"role": "user", "content": f"{facts}\n{point}\n{question}"},
    ]
    for facts, point, question in [
        (
            "资料:\n[1] 岭雀城市软壳夹克（黑色，L）(JKT-105) | 价格: ¥404.00",
            "要点: [1] 岭雀城市软壳夹克（黑色，L） | 价格: ¥404.00",
            "问题: JKT-105多少钱？",
        ),
        (
            "Facts:\n[1] Ridgefinch City Softshell Jacket (black, L) | stock: 15 pieces",
            "Point: [1] Ridgefinch City Softshell Jacket (black, L) | stock: 15 pieces",
            "Question: is it in stock?",
        ),
        ("资料: 无", "要点: 问候", "问题: 您好 é ﬁ 𠮷 ㎡ 鱻\t  <b>  12345.60\r\n\n  don't"),
    ]
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, bundled_model: Path) -> Path:
    return unpack(bundled_model, tmp_path_factory.mktemp("unpacked") / "base")


def test_the_unpacked_model_reads_and_answers_as_the_file(folder: Path, bundled_model: Path) -> None:
    tokenizer, network = AutoTokenizer.from_pretrained(folder), AutoModelForCausalLM.from_pretrained(folder)
    running = RunningModel(bundled_model)
    for chat in CHATS:
        prompt = tokenizer.apply_chat_template(chat, add_generation_prompt=True, return_dict=False)
        assert prompt == running.tokenize(chat)
        with torch.no_grad():
            whole = network.generate(torch.tensor([prompt]), max_new_tokens=60, do_sample=False)[0]
            logits = network(whole[None]).logits[0].numpy()
        assert np.abs(running.logits(whole.tolist()) - logits).max() < 0.15
        said = tokenizer.decode(whole[len(prompt) :], skip_special_tokens=True)
        assert said == running.answer(chat, 60).text
    running.close()


def test_what_is_no_whole_model_is_refused(tmp_path: Path, bundled_model: Path) -> None:
    (tmp_path / "notes.gguf").write_text("not a model")
    whole = bundled_model.read_bytes()
    (tmp_path / "cut.gguf").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "foreign.gguf").write_bytes(whole.replace(b"qwen3", b"qwen9"))
    length = (5).to_bytes(8, "little")
    (tmp_path / "cut_otherwise.gguf").write_bytes(whole.replace(length + b"qwen2", length + b"gpt-2"))
    for name in ("notes", "cut", "foreign", "cut_otherwise", "missing"):
        with pytest.raises(ToolError):
            unpack(tmp_path / f"{name}.gguf", tmp_path / "base")
        assert not (tmp_path / "base").exists()
