"""What is computed in an update: tokens and weights, attention in packs, the loss in chunks, Muon's step."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")
pytest.importorskip("peft")

from torch.nn import functional  # noqa: E402
from transformers import AutoModelForCausalLM  # noqa: E402

from shopdesk.engine.template import ChatTemplate  # noqa: E402
from tests.tools.training import CHATML, THINKING, make_tokenizer, row, small_base, small_settings  # noqa: E402
from tools.dataset.rows import Emphasis, Message, Row, answer, write_rows  # noqa: E402
from tools.errors import ToolError  # noqa: E402
from tools.training import attention, loss  # noqa: E402
from tools.training.base import quietly  # noqa: E402
from tools.training.batching import Stream, pack_of, packed_into, shared_out  # noqa: E402
from tools.training.corpus import tokenised  # noqa: E402
from tools.training.hardware import layout_for  # noqa: E402
from tools.training.learner import Learner  # noqa: E402
from tools.training.loss import summed_loss  # noqa: E402
from tools.training.muon import orthogonal  # noqa: E402
from tools.training.tokenising import ChatTokenizer  # noqa: E402

pytestmark = pytest.mark.train


def examples(folder: Path, rows: list[Row], template: str = CHATML) -> list[Any]:
    return list(ChatTokenizer(make_tokenizer(folder / "t", template)).examples(rows))


def text_of(folder: Path, ids: Any) -> str:
    from tools.training.base import load_tokenizer

    return str(load_tokenizer(folder / "t").decode(ids, skip_special_tokens=False))


def test_only_answers_and_the_mark_after_them_are_learned(tmp_path: Path) -> None:
    (example,) = examples(tmp_path, [row("r", "红色杯子多少钱？", "¥5 [1]", "and blue?", "¥6 [2]")])
    assert text_of(tmp_path, example.ids[example.weights > 0]) == "¥5 [1]<|im_end|>¥6 [2]<|im_end|>"
    assert example.longest_answer == len("¥6 [2]".encode())


def test_the_prompt_is_that_of_the_program(tmp_path: Path) -> None:
    (example,) = examples(tmp_path, [row("r", "price?", "¥5")])
    parts = ChatTemplate(CHATML).parts([{"role": "user", "content": "price?"}])
    assert text_of(tmp_path, example.ids) == "".join(part.text for part in parts) + "¥5<|im_end|>"


def test_marks_that_people_type_stay_text(tmp_path: Path) -> None:
    (example,) = examples(tmp_path, [row("r", "what is <|im_end|>?", "nothing <|im_start|>")])
    marks = np.isin(example.ids, [257, 258])
    assert int(marks.sum()) == 4, "only the template's own count"


def test_weights_and_history_and_emphasis(tmp_path: Path) -> None:
    messages = (Message("user", "Plan: [1] price"), answer("old", 0.0), Message("user", "new?"), answer("yes", 0.5))
    made = Row("r", "product", "value", "en", "shop", messages, (Emphasis(0, 6, 9, 0.25),))
    (example,) = examples(tmp_path, [made])
    assert text_of(tmp_path, example.ids[example.weights == 0.25]) == "[1]"
    assert text_of(tmp_path, example.ids[example.weights == 0.5]) == "yes<|im_end|>"
    assert set(np.unique(example.weights)) == {0.0, 0.25, 0.5}


def test_a_template_that_changes_history_gives_a_sequence_for_each_answer(tmp_path: Path) -> None:
    found = examples(tmp_path, [row("r", "one?", "1", "two?", "2")], THINKING)
    learned = sorted(text_of(tmp_path, example.ids[example.weights > 0]) for example in found)
    assert learned == ["1<|im_end|>", "2<|im_end|>"]
    for example in found:
        before = text_of(tmp_path, example.ids[: np.flatnonzero(example.weights)[0]])
        assert before.endswith("<think>\n\n</think>\n\n"), "as the program asks"


def test_a_template_without_an_end_mark_is_refused(tmp_path: Path) -> None:
    folder = make_tokenizer(tmp_path / "t", "{% for m in messages %}{{ m['role'] }}: {{ m['content'] }}\n{% endfor %}")
    with pytest.raises(ToolError, match="no special token after an answer"):
        ChatTokenizer(folder)


def test_rows_too_long_are_left_out_and_counted(tmp_path: Path) -> None:
    base = small_base(tmp_path)
    rows = [row("short", "a?", "b"), row("long", "a" * 300, "b"), row("wordy", "a?", "b" * 90)]
    write_rows(tmp_path / "rows.jsonl", rows)
    settings = small_settings(base, "source_tokens=100", "target_tokens=50")
    corpus = tokenised(tmp_path / "rows.jsonl", base, settings, tmp_path / "tokens")
    assert (len(corpus), corpus.left_out) == (1, 2)
    write_rows(tmp_path / "none.jsonl", rows[1:])
    with pytest.raises(ToolError, match="all 2 are too long"):
        tokenised(tmp_path / "none.jsonl", base, settings, tmp_path / "none")


def test_bad_rows_are_named_and_skipped_only_when_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    base = small_base(tmp_path)
    path = tmp_path / "rows.jsonl"
    write_rows(path, [row("good", "a?", "b")])
    path.write_text(path.read_text(encoding="utf-8") + '{"id": "x"\n', encoding="utf-8")
    settings = small_settings(base)
    with pytest.raises(ToolError, match=r"rows\.jsonl, line 2"):
        tokenised(path, base, settings, tmp_path / "tokens")
    assert len(tokenised(path, base, settings, tmp_path / "tokens", skip_bad=True)) == 1
    assert "line 2" in capsys.readouterr().out


def learner_and_corpus(folder: Path, rows: list[Row], *overrides: str, **shape: Any) -> tuple[Any, Any]:
    base = small_base(folder, **shape)
    settings = small_settings(base, *overrides)
    write_rows(folder / "rows.jsonl", rows)
    corpus = tokenised(folder / "rows.jsonl", base, settings, folder / "tokens")
    return Learner(settings, base, layout_for(settings)), corpus


LONG = [row("a", "why " * 45, "because " * 12), row("b", "a?", "b"), row("c", "how much? " * 8, "¥5 [1]")]


@pytest.mark.parametrize("kind", ["documents_matmul", "documents_sdpa"])
@pytest.mark.parametrize("shape", [{}, {"model_type": "qwen2", "tie_word_embeddings": False}])
def test_packed_documents_are_read_as_if_alone(tmp_path: Path, kind: str, shape: dict[str, Any]) -> None:
    learner, corpus = learner_and_corpus(tmp_path, LONG, f"attention={kind}", **shape)
    plain = quietly(AutoModelForCausalLM.from_pretrained, tmp_path / "base", attn_implementation="eager")
    pack = pack_of(corpus, [0, 1, 2])
    packed = (
        learner.causal.eval()(
            input_ids=pack.ids, position_ids=pack.positions, use_cache=False, ends=pack.ends, cuts=pack.cuts
        )
        .logits[0]
        .detach()
    )
    start = 0
    for number in range(3):
        alone = plain(input_ids=torch.tensor(corpus.example(number)[0][None].astype(np.int64))).logits[0].detach()
        assert torch.allclose(packed[start : start + len(alone)], alone, atol=2e-5)
        start += len(alone)
    expected = sum(
        float(functional.cross_entropy(packed[chosen], target)) * float(weight)
        for chosen, target, weight in zip(pack.chosen, pack.targets, pack.weights, strict=True)
    )
    assert float(learner(pack).detach()) == pytest.approx(expected, rel=1e-5)


def test_both_ways_of_attention_have_the_same_gradients(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attention, "QUERY_BLOCK", 5)
    torch.manual_seed(1)
    gradients = []
    for name in ("documents_matmul", "documents_sdpa"):
        torch.manual_seed(1)
        query = torch.randn(1, 4, 24, 8, requires_grad=True)
        key, value = (torch.randn(1, 2, 24, 8, requires_grad=True) for _ in range(2))
        out, _ = attention.KINDS[name](None, query, key, value, None, scaling=0.3, ends=(7, 8, 24))
        (out * torch.randn(out.shape)).sum().backward()
        gradients.append([tensor.grad for tensor in (query, key, value)])
    for one, other in zip(*gradients, strict=True):
        assert torch.allclose(one, other, atol=1e-5)


@pytest.mark.parametrize("frozen", [False, True])
def test_the_chunked_loss_is_the_plain_one(monkeypatch: pytest.MonkeyPatch, frozen: bool) -> None:
    monkeypatch.setattr(loss, "CHUNK_BYTES", 4 * 50 * 3)
    torch.manual_seed(1)
    matrix = torch.randn(50, 8, requires_grad=not frozen)
    states, targets, weights = torch.randn(11, 8, requires_grad=True), torch.randint(0, 50, (11,)), torch.rand(11)
    (functional.cross_entropy(states @ matrix.T, targets, reduction="none") * weights).sum().backward()
    wanted = [states.grad, matrix.grad]
    states.grad = matrix.grad = None
    (2 * summed_loss(states, matrix, targets, weights)).backward()
    for found, expected in zip([states.grad, matrix.grad], wanted, strict=True):
        assert (found is None and expected is None) or torch.allclose(found, 2 * expected, atol=1e-5)


def test_the_logits_never_exist_whole() -> None:
    """With the real vocabulary, no tensor comes near the size of tokens × vocabulary."""
    from torch.utils._python_dispatch import TorchDispatchMode

    largest = 0

    class Watch(TorchDispatchMode):
        def __torch_dispatch__(self, function: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
            nonlocal largest
            result = function(*args, **(kwargs or {}))
            for tensor in result if isinstance(result, tuple | list) else [result]:
                if isinstance(tensor, torch.Tensor):
                    largest = max(largest, tensor.numel() * tensor.element_size())
            return result

    tokens, vocabulary = 600, 151_936
    matrix = torch.zeros(vocabulary, 8)
    states, targets = torch.zeros(tokens, 8, requires_grad=True), torch.zeros(tokens, dtype=torch.long)
    with Watch():
        summed_loss(states, matrix, targets, torch.ones(tokens)).backward()
    assert vocabulary * 4 < largest <= loss.CHUNK_BYTES < tokens * vocabulary * 4 / 5


def test_bf16_and_gradient_checkpointing_learn_the_same(tmp_path: Path) -> None:
    learner, corpus = learner_and_corpus(tmp_path, LONG)
    pack = pack_of(corpus, [0, 1, 2])
    learner(pack).backward()
    exact = {name: parameter.grad.clone() for name, parameter in learner.trained().items()}
    size = sum(float(gradient.square().sum()) for gradient in exact.values()) ** 0.5
    for overrides, tolerance in ((["gradient_checkpointing=true"], 1e-5), (["precision=bf16"], 0.05)):
        settings = small_settings(tmp_path / "base", *overrides)
        other = Learner(settings, tmp_path / "base", layout_for(settings)).train()
        other(pack).backward()
        apart = sum(float((p.grad - exact[name]).square().sum()) for name, p in other.trained().items()) ** 0.5
        assert apart < tolerance * size


def test_muon_makes_updates_orthogonal() -> None:
    torch.manual_seed(1)
    for shape in ((3, 16, 40), (3, 40, 16)):
        values = torch.linalg.svdvals(orthogonal(torch.randn(shape)).float())
        assert bool(((values > 0.6) & (values < 1.25)).all())


def test_every_example_is_learned_once_an_epoch_and_shared_evenly() -> None:
    lengths = np.random.default_rng(1).integers(5, 90, 200)
    for overrides in (["batch=8", "accumulation=2"], ["batch_tokens=400"]):
        settings = small_settings(Path("base"), *overrides)
        stream = Stream(np.arange(200), lengths, settings)
        updates = stream.updates(0)
        assert sorted(np.concatenate(updates)) == list(range(200))
        assert any((a != b).any() for a, b in zip(updates, stream.updates(1), strict=False) if len(a) == len(b))
        taken = [stream.take() for _ in range(len(updates) + 3)]
        again = Stream(np.arange(200), lengths, settings, (1, 2))
        assert (again.take() == taken[-1]).all(), "it goes on from a place as if it had come there"
        if settings.batch_tokens:
            assert max(lengths[update].sum() for update in updates) <= 400
    shares = shared_out(np.arange(200), lengths, 3)
    loads = [int(lengths[share].sum()) for share in shares]
    assert max(loads) - min(loads) <= 90
    packs = packed_into(np.arange(200), lengths, 256)
    assert sorted(np.concatenate(packs)) == list(range(200))
    assert max(int(lengths[pack].sum()) for pack in packs) <= 256
