"""Training: it learns, resumes, stops on time, and several processes make one model."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("tokenizers")

from tools.counter.corpus import Corpus, digest, encoded, write_shard  # noqa: E402
from tools.counter.dialogue import DialogueMaker, written  # noqa: E402
from tools.counter.network import Network  # noqa: E402
from tools.counter.shape import Shape  # noqa: E402
from tools.counter.tokenizer import conversation_texts, make_tokenizer  # noqa: E402
from tools.counter.training import NotFinite, Recipe, Trainer, collated, rate_at  # noqa: E402


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("corpus")
    tokenizer = make_tokenizer(list(conversation_texts(1, 60)))
    for name in ("a.npz", "b.npz"):
        write_shard(folder / name, tokenizer, 5, 40, "plain")
    assert digest([folder / "a.npz"]) == digest([folder / "b.npz"])
    return Corpus.load([folder / "a.npz"])


def shape() -> Shape:
    return Shape(9600, hidden=32, layers=1, heads=2, kv_heads=1, head_dim=16, feed_forward=32)


def test_only_answers_and_plan_lines_are_learned() -> None:
    tokenizer = make_tokenizer(list(conversation_texts(1, 60)))
    text, spans = written(DialogueMaker(random.Random(3)).conversation(), random.Random(3))
    ids, weights = encoded(tokenizer, text, spans)
    learned = tokenizer.decode([int(number) for number in ids[weights == 100]], skip_special_tokens=False)
    assert learned == "".join(text[start:end] for start, end, weight in spans if weight == 1.0)


def test_the_loss_is_that_of_the_next_token(corpus: Corpus) -> None:
    torch.manual_seed(1)
    network = Network(shape())
    ids, positions, targets, weights = collated(corpus.conversations[:3])
    with torch.no_grad():
        logits = network(ids).flatten(0, 1)[positions]
    assert torch.equal(ids.flatten()[positions + 1], targets)
    expected = (torch.nn.functional.cross_entropy(logits, targets, reduction="none") * weights).sum() / weights.sum()
    assert float(network.loss(ids, positions, targets, weights).detach()) == pytest.approx(float(expected), rel=1e-5)


def test_padding_changes_nothing(corpus: Corpus) -> None:
    network = Network(shape()).eval()
    ids, *_ = collated(corpus.conversations[:1])
    longer = torch.nn.functional.pad(ids, (0, 32))
    assert torch.allclose(network(ids), network(longer)[:, : ids.shape[1]], atol=1e-4)


def test_training_learns_saves_and_resumes(corpus: Corpus, tmp_path: Path) -> None:
    recipe = Recipe(minutes=0.06, tokens=1024, save_every_s=1000)
    trainer = Trainer(shape(), recipe, tmp_path)
    before = trainer.examine(corpus)
    trainer.run(corpus, corpus, corpus)
    assert trainer.examine(corpus) < before
    again = Trainer(shape(), recipe, tmp_path)
    assert again.resume()
    assert again.step == trainer.step
    assert again.examine(corpus) == pytest.approx(trainer.examine(corpus), rel=1e-3)


def test_another_shape_is_refused(corpus: Corpus, tmp_path: Path) -> None:
    trainer = Trainer(shape(), Recipe(minutes=0.01, tokens=512), tmp_path)
    trainer.save()
    wider = Shape(9600, hidden=64, layers=1, heads=2, kv_heads=1, head_dim=16, feed_forward=32)
    with pytest.raises(ValueError, match="another shape"):
        Trainer(wider, Recipe(minutes=0.01), tmp_path).resume()


def test_a_loss_that_is_no_number_stops_the_run(corpus: Corpus, tmp_path: Path) -> None:
    trainer = Trainer(shape(), Recipe(minutes=0.05, tokens=512), tmp_path)
    with torch.no_grad():
        trainer.network.norm.weight.fill_(float("nan"))
    with pytest.raises(NotFinite):
        trainer.run(corpus, corpus, corpus)


def test_the_learning_rate_rises_stays_and_falls() -> None:
    recipe = Recipe(minutes=1)
    rates = [rate_at(step / 100, recipe) for step in range(101)]
    assert rates[1] < rates[2] == 1.0
    assert rates[30] == 1.0
    assert rates[100] == 0.01
    falling = rates[40:]
    assert falling == sorted(falling, reverse=True)
