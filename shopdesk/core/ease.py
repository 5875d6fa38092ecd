"""How hard goods are to keep, make or use: what a question says of it, held against the shop's own column of levels."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from shopdesk.core.late import late
from shopdesk.core.text import fold
from shopdesk.core.types import Record

_EASILY_SAID = late(
    r"(?:没|无)经验的?|零基础的?|(?:刚|才)(?:开始)?(?:学|养|玩|入门|接触)的?|(?:适合)?(?:新手|初学者?"
    r"|小白|入门级?)(?:者|用|养|玩|练|做)?的?"
    r"|(?:最?好|易|容易)(?:养活?|打理|上手|学|种|拼|做|操作|养护|照顾)的?|简单(?:一?[点些])?的?"
    r"|\b(?:for |suits? )?(?:an? |the |absolute |complete |total )*(?:beginner|novice|starter|learner|newbie"
    r"|first[- ]timer)s?\b"
    r"|\b(?:who is |who's |someone |somebody )?(?:just |only )?(?:new to it|starting out|started|getting started)\b"
    r"|\b(?:nice and |really |very )?(?:easy|easiest|simple|foolproof)(?:[- ](?:to (?:use|keep|grow|make|learn"
    r"|play|care for|look after)|care|going))?\b"
)
_HARDLY_SAID = late(
    r"(?:高手|老手|老玩家|资深(?:玩家)?|进阶|专业(?:级|选手|玩家)|有经验)(?:用|玩|养)?的?|有(?:点)?挑战(?:性)?的?"
    r"|\b(?:for )?(?:an? |the )*(?:expert|advanced (?:player|user|climber|rider)|experienced (?:[a-z]+))s?\b"
    r"|\badvanced\b|\bchallenging\b"
)
_HEADING = late(r"difficult|level|skill|\bease\b|experience|难度|水平|难易|上手|级别|程度")
_EASY = re.compile(
    r"^(?:很|非常|较|比较|very |quite |fairly )?(?:易|容易|简单|低|初级|入门|新手|零基础"
    r"|[1一](?:星|级|/)?|easy|simple|low|beginner"
    r"|novice|starter|basic)"
    r"|beginner|新手|初学|\ball\b|\bany\b|all levels|均可|皆可"
)
_HARD = re.compile(
    r"^(?:很|非常|较|比较|very |quite |fairly )?(?:难|高|困难|高级|专业|进阶|hard|difficult"
    r"|high|advanced|expert|professional"
    r"|pro\b)"
    r"|\ball\b|\bany\b|all levels|均可|皆可"
)


@dataclass(frozen=True, slots=True)
class Level:
    """`span` is where a question says how hard goods may be, `holds` whether they are so."""

    span: tuple[int, int]
    holds: Callable[[Record], bool]


def levels_said(folded: str, records: Sequence[Record]) -> Iterator[Level]:
    """What of this a column of some of the records can decide."""
    said = [(match.span(), _EASY) for match in _EASILY_SAID.finditer(folded)]
    said += [(match.span(), _HARD) for match in _HARDLY_SAID.finditer(folded)]
    if not said:
        return
    columns = {name for record in records for name in record.attributes if _HEADING.search(fold(name))}
    for span, values in said:
        holds = _told(columns, values)
        if sum(map(holds, records)) > 0:
            yield Level(span, holds)


def _told(columns: set[str], values: re.Pattern[str]) -> Callable[[Record], bool]:
    def holds(record: Record) -> bool:
        return any(values.search(fold(record.attributes.get(name, ""))) for name in columns)

    return holds
