"""Ages in questions, and in the sentences of rules."""

import pytest

from shopdesk.core.ages import age_said, is_for


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("my nan is 67, does she pay", 67), ("i'm 70", 70), ("a 9 year old", 9), ("our son just turned twelve", 12),
        ("我妈63了", 63), ("孩子10岁要钱吗", 10), ("爷爷今年七十二", 72),
        ("the rope is 12 m", 0), ("she is 165 cm tall", 0), ("there are 10 items", 0), ("3岁以上的积木", 0),
        ("我要10个", 0),
    ],
)  # fmt: skip
def test_age_said(text: str, age: int) -> None:
    found = age_said(text)
    assert (found[0] if found else 0) == age


@pytest.mark.parametrize(
    ("sentence", "age", "holds"),
    [
        ("over-60s pay £28.", 66, True), ("over-60s pay £28.", 58, False), ("free for children under 12", 12, False),
        ("free for children under 12", 11, True), ("customers aged 65 and over get 5%", 65, True),
        ("60岁以上老人80元", 63, True), ("12岁以下不收", 14, False), ("未满18岁需家长陪同", 16, True),
        ("pensioners pay half", 70, True), ("it takes 15 minutes", 40, None),
        ("10% off over 20 items", 40, None),
    ],
)  # fmt: skip
def test_whom_a_sentence_is_for(sentence: str, age: int, holds: bool | None) -> None:
    assert is_for(sentence, age) is holds
