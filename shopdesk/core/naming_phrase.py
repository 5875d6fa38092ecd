"""The phrase of a question in which a good is named, apart from what is said of it: "will *the mooring rope* float"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from shopdesk.core.late import late
from shopdesk.core.profiles import stem, words_of
from shopdesk.core.resolving import Subject
from shopdesk.core.text import fold, is_han
from shopdesk.core.types import Record

_WORD = re.compile(r"[a-z0-9][a-z0-9'.-]*")
_DOES = late(r"\b(?:will|does|do|did|can|would|could|should|is|are|was|were)\b")
_DOING = late(
    r"(?:arrives?|comes?|came|gets?|goes?|go|works?|feels?|looks?|holds?|lasts?|keeps?|needs?|takes?|fits?|runs?|made|meant"
    r"|supposed|rated|put|puts|sits?|stands?|stays?|grows?|tastes?|smells?|like|likes|safe|ok|okay|good|fine|supplied|ready)\b"
)
_DOING_ZH = frozenset(
    "打撒播种充沾泡用放洗戴养喂涂刷贴装走跑穿晒冻摔接插配带含有要得能会可需怕耐抗防长吃喝发加兑买拿做烧煮蒸烤挂"
)


def named_apart(subject: Subject, record: Record) -> Subject | None:
    """The subject with nothing but the phrase that names the record; None where other words belong to that phrase
    ("the cedar hive tool"), or no phrase names it."""
    span = _chinese_phrase(subject, record) if is_han(subject.content[:1] or " ") else _english_phrase(subject, record)
    if span is None:
        return None
    start, end = span
    return subject.without(((0, start), (end, len(subject.folded))))


def _english_phrase(subject: Subject, record: Record) -> tuple[int, int] | None:
    names = words_of(record.title)
    words = [match for match in _WORD.finditer(subject.folded) if not subject.filler[match.start()]]
    naming = [place for place, match in enumerate(words) if stem(match.group()) in names]
    if not naming:
        return None
    first, last = naming[0], naming[-1]
    if last - first + 1 != len(naming) or (first and _adjoin(subject, words[first - 1 : first + 1])):
        return None  # another word stands before the name or within it
    following = words[last + 1 :]
    if following and _adjoin(subject, words[last : last + 2]) and not _DOING.match(following[0].group()):
        does = _DOES.search(subject.folded, 0, words[first].start())
        ends = not subject.folded[following[0].end() :].strip(" ?.!")
        if does is None or not ends:
            return None
    return words[first].start(), words[last].end()


def _adjoin(subject: Subject, pair: Sequence[re.Match[str]]) -> bool:
    """Whether nothing but blanks stands between two words."""
    return len(pair) > 1 and not subject.folded[pair[0].end() : pair[1].start()].strip()


def _chinese_phrase(subject: Subject, record: Record) -> tuple[int, int] | None:
    title = fold(record.title)
    start = next((place for place, blank in enumerate(subject.filler) if not blank), 0)
    end = start
    while end < len(subject.folded) and subject.folded[end] in title and not subject.filler[end]:
        end += 1
    said = subject.folded[start:end]
    whole = len(said) > 1 and (title.endswith(said) or said in title.split())
    follows = subject.folded[end : end + 1]
    if not whole or not (follows in _DOING_ZH or subject.filler[min(end, len(subject.filler) - 1)]):
        return None
    return start, end
