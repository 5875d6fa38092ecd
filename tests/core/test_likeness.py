"""What is offered in place of a good: others of its sort, of a maker or a price that is said, the likest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from shopdesk.core.planning import Planner
from shopdesk.core.wording import exact_answer
from shopdesk.store import Store
from tests.core.test_columns import opened_with

ROWS = """sku,name,brand,category,price,stock,stiffness,base
K-1,Ridge Kite,Aero,Kites,40,0,Stiff,Carbon
K-2,Fen Kite,Aero,Kites,44,3,Stiff,Carbon
K-3,Dune Kite,Loft,Kites,90,3,Soft,Glass
K-4,Line Winder,Aero,Kites,8,9,,
K-5,Wind Meter,Aero,Meters,25,4,,
Z-1,云峰陶壶,青窑,茶具,180,0,手工,紫泥
Z-2,云岭陶壶,白窑,茶具,170,2,手工,紫泥
Z-3,竹茶夹,青窑,茶具,12,5,,
Z-4,青瓷香炉,青窑,香具,160,5,,
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    yield from opened_with(tmp_path_factory.mktemp("likeness"), ROWS)


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("the Ridge Kite is sold out, what else could she have", ["Fen Kite", "Dune Kite"], ["Winder"]),
        ("no Ridge Kite today. what is similar?", ["Fen Kite"], ["Dune", "Winder"]),
        ("ridge kite's gone, any other make?", ["Loft", "Dune Kite"], ["Fen", "Winder"]),
        ("out of ridge kites, anything else around the same price?", ["Fen Kite"], ["Dune", "Winder"]),
        ("云峰陶壶没货了,换个别的牌子的", ["云岭陶壶", "白窑"], ["竹茶夹"]),
        ("云峰陶壶卖完了,同价位还有啥", ["云岭陶壶"], ["竹茶夹"]),
    ],
)
def test_another_is_offered(store: Store, question: str, said: list[str], unsaid: list[str]) -> None:
    told = exact_answer(Planner(store.catalogue, lambda: date(2026, 11, 21)).plan(question))
    assert all(text in told for text in said) and not any(text in told for text in unsaid), told
