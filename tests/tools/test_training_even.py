"""Rows of an embedding that stay apart, whatever is pushed on them."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")

from tools.training.even import LENGTH, EvenEmbedding, make_even  # noqa: E402

pytestmark = pytest.mark.train


def drifted() -> torch.Tensor:
    """300 rows close to one common direction, ten of them the very same."""
    chance = torch.Generator().manual_seed(1)
    rows = torch.randn(300, 64, generator=chance) * 0.1 + torch.randn(64, generator=chance)
    rows[20:30] = rows[20]
    return rows


def closest(rows: torch.Tensor) -> float:
    unit = rows / rows.norm(dim=1, keepdim=True)
    likeness = unit @ unit.T
    likeness.fill_diagonal_(0)
    return float(likeness.max())


def test_rows_that_had_drifted_together_are_apart_again() -> None:
    rows = drifted()
    assert closest(rows) > 0.99
    assert make_even(rows) == 10
    assert closest(rows) < 0.6
    assert torch.allclose(rows.detach().norm(dim=1), torch.full((300,), LENGTH))


def test_even_rows_stay_what_they_are() -> None:
    rows = torch.nn.functional.normalize(torch.randn(200, 64, generator=torch.Generator().manual_seed(2)))
    rows -= rows.mean(0)
    before = rows.clone()
    assert make_even(rows) == 0
    assert torch.allclose(rows, torch.nn.functional.normalize(before - before.mean(0)) * LENGTH, atol=1e-5)


def test_a_push_on_all_rows_moves_none_and_a_quiet_row_hardly_moves() -> None:
    rows = torch.nn.Parameter(drifted())
    make_even(rows.data)
    before = rows.detach().clone()
    optimizer = EvenEmbedding(rows, lr=0.05)
    rows.grad = torch.ones_like(rows)
    optimizer.step()
    assert torch.allclose(rows, before, atol=1e-6)
    optimizer = EvenEmbedding(rows, lr=0.05)
    for _ in range(50):
        rows.grad = torch.full_like(rows, 1e-4)
        rows.grad[7] = torch.linspace(-1, 1, 64)
        optimizer.step()
    moved = (rows.detach() - before).norm(dim=1)
    assert float(moved[7]) > 0.1
    assert float(moved[:7].max()) < 0.02
    assert torch.allclose(rows.detach().norm(dim=1), torch.full((300,), LENGTH))
