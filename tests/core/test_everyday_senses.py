"""Columns asked for by an adjective, by what is done with the good or by a part of it; what no column tells."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from shopdesk.core.planning import Planner
from shopdesk.core.wording import exact_answer
from tests.core.planners import planner_of

KITES = """sku,name,price,stock,rack,skill level,breaking strain,floats,line included,absorbency,per pack,eat with,care
K-1,Osprey Delta Kite,40,3,R1,Beginner,60 kg,No,Yes,,1,,Wipe clean
K-2,Merlin Stunt Kite,90,2,R1,Expert,90 kg,Yes,No,,1,,Wipe clean
K-3,Chalk Bags,9,8,R2,,,,,High,12,,Machine wash 30
K-4,Fig Biscuits,4,8,R3,,,,,,6,Blue cheese,
"""
POTS = """货号,名称,售价,库存,货位,习性,成体体长,操作难度,盆口直径,走时精度,一次用量,含电池,有效成分,备注
P-1,锦鳞雀鲷,30,5,甲柜,凶,12cm,难,,,,,,
P-2,陶泥花盆,20,4,乙柜,,,,18cm,,,,,
P-3,座钟,200,2,乙柜,,,简单,,±5秒,,否,,
P-4,花多多,15,9,丙柜,,,,,,20g,,总氮12%,
P-6,电子秤,80,0,丁柜,,,,,,,,,
P-5,听风耳罩,60,9,丙柜,,,,,,,,,降噪31分贝
"""


@pytest.fixture(scope="module")
def planner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planner]:
    with planner_of(tmp_path_factory.mktemp("everyday"), {"kites.csv": KITES, "pots.csv": POTS}) as planner:
        yield planner


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("is the osprey kite easy to fly", "Beginner"), ("is the merlin kite hard?", "Expert"),
        ("will the merlin stunt kite float", "Yes"), ("does the osprey delta kite come with a line", "Yes"),
        ("how absorbent are the chalk bags", "High"), ("how many chalk bags in a pack", "12"),
        ("what do fig biscuits go with", "Blue cheese"),
        ("can the chalk bags go in the washing machine", "Machine wash"),
        ("how many kites does the shop sell", "2"), ("model number of the chalk bags", "K-3"),
        ("雀鲷凶不凶", "凶"), ("锦鳞雀鲷能长多大", "12cm"), ("锦鳞雀鲷好养吗", "难"), ("陶泥花盆盆口多大", "18cm"),
        ("座钟走时准不准", "±5秒"), ("花多多一次放多少", "20g"), ("座钟带不带电池", "否"),
        ("where are the fig biscuits", "R3"), ("which rack is the osprey kite on", "R1"),
        ("听风耳罩能降多少分贝", "31分贝"), ("花多多含氮多少", "12%"),
        ("哪样东西库存最多", "花多多"), ("几样东西没货了", "1"),
        ("how many lines are out of stock", "1"), ("陶泥花盆的货品码", "P-2"),
        ("电子秤放在哪个柜子", "丁柜"),
    ],
)  # fmt: skip
def test_what_is_asked_in_everyday_words_is_told(planner: Planner, question: str, wanted: str) -> None:
    plan = planner.plan(question)
    assert plan.intent in ("value", "computed")
    assert wanted in exact_answer(plan)


@pytest.mark.parametrize(
    "question",
    ["is the osprey delta kite waterproof", "are the fig biscuits sweet?", "陶泥花盆透气吗", "座钟重不重"],
)
def test_what_no_column_tells_is_not_told(planner: Planner, question: str) -> None:
    assert "40.00" not in exact_answer(planner.plan(question))
    assert planner.plan(question).intent in ("not_recorded", "not_found")
