"""What a note of the row tells, piece by piece, where no column is called by what is asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from shopdesk.core.planning import Planner
from shopdesk.core.wording import exact_answer
from tests.core.planners import planner_of

BALLOONS = """sku,name,price,stock,rack,flue bore,point or nib,length,notes
B-1,Brass Hurdy Gurdy,900,2,R1,,,60 cm,Strap is goat leather. Weighs 2.5 kg. Tunes in 20 minutes
B-2,Copper Samovar,240,3,R1,5 inch,,,Tank holds 4 litres. 2 m flex
B-3,Italic Pen,30,8,R2,,1.5 mm,14 cm,Converter is in the box
B-4,Tin Whistle,9,8,R2,,,,
"""
LOOMS = """货号,名称,售价,库存,货位,说明
L-1,榉木织布机,800,2,甲柜,踏板是黄铜，重9公斤，综框半年上一次油
L-2,手摇纺车,300,5,乙柜,飞轮直径40厘米，有刹车，保两年
L-3,竹梭子,20,5,乙柜,三支装，装得下5卷线
"""
SLEDGES = """sku,name,dept,price,stock,rack,size,wood or metal,weight limit,runner,use by
S-1,Fell Sledge,Sledges,40,2,R1,45 cm,Ash,80 kg,30 mm,
S-2,Moor Toboggan,Sledges,60,2,R1,52 cm,Steel,120 kg,22 mm,
S-3,Wax Bar,Care,6,9,R2,,,,,2027-05-01
S-4,Ski Cream,Care,8,9,R2,,,,,2027-02-01
"""


@pytest.fixture(scope="module")
def planner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planner]:
    with planner_of(
        tmp_path_factory.mktemp("pieces"), {"things.csv": BALLOONS, "looms.csv": LOOMS, "sledges.csv": SLEDGES}
    ) as planner:
        yield planner


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("how long's the flex on the samovar", "2 m flex"), ("how heavy is the hurdy gurdy", "2.5 kg"),
        ("what's the strap on the hurdy gurdy made of", "goat leather"),
        ("how much water does the samovar hold", "4 litres"), ("what size nib is on the italic pen", "1.5 mm"),
        ("how long does the hurdy gurdy take to tune", "20 minutes"),
        ("has the italic pen got a converter", "Converter"),
        ("织布机踏板是什么做的", "黄铜"), ("织布机多沉", "9公斤"), ("纺车有没有刹车", "有刹车"),
        ("竹梭子能装几卷线", "5卷"), ("竹梭子一包几支", "三支装"), ("纺车有刹车不", "有刹车"),
        ("what's the fell sledge made of", "Ash"), ("which sledge takes the most weight", "Moor Toboggan"),
        ("which has wider runners, the fell sledge or the moor one", "wider: Fell Sledge"),
        ("what goes out of date first", "Ski Cream"),
        ("which costs more, the wax bar or the ski cream", "dearer: Ski Cream"),
        ("ski cream over the wax bar, how much extra", "2.00"),
        ("织布机综框多久上一次油", "半年"), ("手摇纺车保修几年", "保两年"),
    ],
)  # fmt: skip
def test_the_piece_of_a_note_that_has_the_word_and_the_figure_is_told(
    planner: Planner, question: str, wanted: str
) -> None:
    assert wanted in exact_answer(planner.plan(question))


@pytest.mark.parametrize(
    "question",
    [
        "how heavy is the samovar", "how wide is the copper samovar", "how long is the warranty on the samovar",
        "what cloth is on the fell sledge", "how heavy is the moor toboggan",
        "纺车多重", "织布机保修几年", "how heavy is the tin whistle",
    ],
)  # fmt: skip
def test_a_figure_of_something_else_is_not_told(planner: Planner, question: str) -> None:
    assert planner.plan(question).intent in ("not_recorded", "not_found")


def test_words_that_tell_a_variant_apart_ask_for_nothing(planner: Planner) -> None:
    assert "900" in exact_answer(planner.plan("how much is the hurdy gurdy with the leather strap"))


def test_what_counts_the_good_is_no_part_of_it(tmp_path: Path) -> None:
    rows = "编号,品名,规格,单位,售价,库存\nD-1,转向灯,一对,对,45.00,16\n"
    with planner_of(tmp_path, {"货品.csv": rows}) as planner:
        assert "16" in exact_answer(planner.plan("转向灯有几对"))
