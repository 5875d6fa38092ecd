"""The most or the least of something that a column measures, as a question says it: lightest, 页数最多, "most pages"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shopdesk.core.asked_columns import columns_of_doing, columns_with_unit, quality_of, root_of
from shopdesk.core.everyday_senses import heading_of_adjective, means_little
from shopdesk.core.late import late
from shopdesk.core.lexicon import ATTRIBUTE_NAMES
from shopdesk.core.measures import measures_of
from shopdesk.core.text import fold


@dataclass(frozen=True, slots=True)
class Superlative:
    """`span` is where a folded question says it, `fields` the columns that may be meant, the likeliest first."""

    span: tuple[int, int]
    fields: tuple[str, ...]
    highest: bool


_STOCK = "stock"
_PACK = r"(?: (?:bag|pack|packet|box|tin|bottle|jar|size|tub|roll)s?(?: of)?)?\b"
_SIZE = r"capacity|volume|sleeps|seats|\bsize|dimension|容量|容积|尺寸|规格|面积|人数|aperture|口径"
_LENGTH = r"length|\blong\b|长度|长$|杆长|线长"
_HEIGHT = r"height|tall|高度|株高|高$"
_WEIGHT = r"(?<!max )(?<!maximum )weight(?! limit| capacity)|重量|净重|自重|毛重|(?<![承限载举配])重$"
_WIDTH = r"width|wide|\bwaist\b|underfoot|宽"
_THICK = r"thick|厚|gsm|克重|pages|页数"
_GAUGE = r"diameter|gauge|\bdia\b|(?:fabric|paper|cloth) weight|直径|线径|粗细|克重"
_COLD = r"hardy|hardiness|frost|comfort|\bcold|temp|耐寒|抗寒|耐低温|舒适温|最低温"
_LASTING = r"\blife|lifespan|lasts?|run ?time|burn|续航|寿命|使用时间|燃烧"
_RANGE = r"\brange\b|distance|reach|续航|里程|射程|距离"
_EXPIRY = r"expir|best before|use.by|到期|有效期|保质"
_SUPERLATIVES: tuple[tuple[re.Pattern[str], tuple[tuple[str, bool], ...]], ...] = tuple(
    (late(said, re.ASCII), columns)
    for said, columns in (
        (r"\b(?:longest|most)[- ]lasting\b|\b(?:keeps?|lasts?|runs?) (?:the )?longest\b|最(?:耐用|持久|经用)|续航最[长久好]|[用亮跑撑放烧]得最[久长]|最[久长]续航", ((_LASTING, True),)),
        (r"\b(?:keeps?|lasts?|runs?) (?:the )?(?:shortest|least)\b|[用亮跑撑放烧]得最短", ((_LASTING, False),)),
        (r"\b(?:goes|go|runs?|travels?|shoots?|reaches) (?:the )?(?:furthest|farthest)\b|\b(?:furthest|farthest)\b|(?:[跑开走飞射]得)?最远", ((_RANGE, True),)),
        (r"\bexpir\w+ (?:first|soonest|earliest)\b|\bgo(?:es)? (?:off|out of date) (?:first|soonest)\b|最[先早快](?:到期|过期|坏)", ((_EXPIRY, False),)),
        (r"\b(?:puts?|gives?|throws?|kicks?) out (?:the )?most\b(?: (?:heat|power|light))?", ((r"output|\bheat\b|power|watt", True),)),
        (r"\bquietest\b|最(?:安静|静音?|不吵)|声音最小", ((r"nois|sound|decibel|噪|分贝", False),)),
        (r"\b(?:loudest|noisiest)\b|最吵|声音最大", ((r"nois|sound|decibel|噪|分贝|volume", True),)),
        (rf"\b(?:holds?|takes?|fits?|carr(?:y|ies)) (?:the )?most\b|[装盛容放]得?下?最[多大]|\b(?:biggest|largest|roomiest){_PACK}|最大(?!的?(?:优惠|折扣|力度))(?:的?[包袋瓶盒罐桶]装?)?", ((_SIZE, True),)),
        (rf"\b(?:smallest|tiniest|most compact){_PACK}|最小(?:的?[包袋瓶盒罐桶]装?)?", ((_SIZE, False),)),
        (r"\blightest\b|\bweighs? (?:the )?least\b|最轻便?", ((_WEIGHT, False),)),
        (r"\bheaviest\b|\bweighs? (?:the )?most\b|最[重沉]", ((_WEIGHT, True),)),
        (r"\baged (?:for )?(?:the )?longest\b", ((r"\baged\b|matur|陈", True),)),
        (r"\blongest\b|最长", ((_LENGTH, True), (r"pages|页数|time|duration|时长", True))),
        (r"\bshortest\b|最短", ((_LENGTH, False), (_HEIGHT, False), (r"pages|页数|time|duration|时长", False))),
        (r"\btallest\b|最高(?![价档端级的]|多少|卖)|(?:长得?|个子)最高", ((_HEIGHT, True),)),
        (r"\bwidest\b|最宽", ((_WIDTH, True),)), (r"\bnarrowest\b|最窄", ((_WIDTH, False),)),
        (r"\bthickest\b|最厚", ((_THICK, True), (_GAUGE, True))), (r"\b(?:thinnest|slimmest)\b|最薄", ((_THICK, False), (_GAUGE, False))),
        (r"\bdeepest\b|最深", ((r"depth|deep|深", True),)),
        (r"\bbrightest\b|最亮", ((r"lumen|bright|\blm\b|light output|亮度|流明|光通", True), (r"watt|power|功率", True))),
        (r"\bdimmest\b|最暗", ((r"lumen|bright|\blm\b|亮度|流明|光通", False),)),
        (r"\bmost powerful\b|最大功率|(?:功率|马力|劲儿?)最[大强]", ((r"power|watt|功率|马力", True),)),
        (r"\bstrongest\b|最烈|最?度数最高", ((r"abv|alcohol|strength|酒精|度数|max load|承重", True),)),
        (r"\bweakest\b|度数最低", ((r"abv|alcohol|strength|酒精|度数", False),)),
        (r"\bwarmest\b|最(?:保暖|暖和?)", ((r"\btog\b|fill ?power|warmth|充绒|蓬松", True), (_COLD, False), (r"克重|weight", True))),
        (r"\b(?:hardiest|most hardy)\b|最(?:耐寒|抗[冻寒])", ((_COLD, False),)),
        (r"\boldest\b|最老|年份最[久老早]|最陈", ((r"\baged\b|matur|陈年|陈化", True), (r"\byear\b|vintage|年份", False))),
        (r"\byoungest\b", ((r"\baged\b|matur|陈年|陈化", False), (r"\bages?\b|年龄", False))),
        (r"最省电", ((r"power|watt|功率|耗电", False),)),
        (r"\b(?:newest|latest)\b|最新(?:出|的)?", ((r"\byear\b|vintage|published|年份|上市", True),)),
        (r"\bfastest\b|最快", ((r"speed|rpm|速", True), (r"\btime\b|duration|时间", False))),
        (r"\bslowest\b|最慢", ((r"speed|rpm|速", False),)),
        (r"\b(?:spiciest|hottest)\b|最辣", ((r"spic|heat|scoville|辣", True),)),
        (r"(?:库存|存货|货|剩[得的]?|[压囤备存]得?着?的?)(?:货)?最多|\b(?:have|got|hold|stock) (?:the )?most(?: of)?\b|\bmost (?:stock|in stock)\b", ((_STOCK, True),)),
        (r"(?:库存|存货|货|剩[得的]?|[压囤备存]得?着?的?)最少|\b(?:have|got|hold|stock) (?:the )?(?:fewest|least)(?: of)?\b|\b(?:fewest|least) (?:stock|in stock)\b", ((_STOCK, False),)),
        (r"\bsweetest\b|最甜", ((r"sweet|sugar|甜|糖", True),)),
    )
)  # fmt: skip
"""What is said, and the headings of columns that measure it with whether the highest value is meant."""
_OF_A_COLUMN = (
    late(
        r"\b(?:the )?(?P<most>most|highest|greatest|largest|biggest|longest|fewest|least|lowest|smallest|shortest) (?P<noun>[a-z]+(?: [a-z]+)?)\b"
    ),
    late(r"(?P<noun>[\u4e00-\u9fff]{2,6})最(?P<most>[多高大长强久厚重好快深宽新少低小短弱薄轻矮浅窄慢细])"),
    late(
        r"\b(?!has|have|had|with|got|are|does|that|which|what|for|our|your|the)(?P<noun>[a-z]{3,}) (?:for )?(?:the )?(?P<most>longest|most|least|highest|lowest|fewest)\b"
    ),
)
_MOST_ZH = late(r"最([\u4e00-\u9fff]{1,4})")
_MOST = late(r"\b([a-z]{3,}est)\b|\b(?:most|least) ([a-z]{4,})\b|最([\u4e00-\u9fff]{1,4})")
_OF_NO_COLUMN = frozenset("好新便贵多少高低大小长短先后近划实热")
_DONE = late(
    r"\btakes? (?:the )?(longest|least|shortest|quickest)(?: time)? to ([a-z]{3,}(?: up)?)\b"
    r"|\b(?!out\b|up\b|off\b)([a-z]{3,}?)s? (?:the |up )?(fastest|quickest|slowest|soonest|most|least|best|hardest)\b"
)
_QUIET = re.compile(r"安静|静音?|quiet|silent|noiseless")
"""What the lower value is more of, whatever the column is called: 静音值 18分贝."""
_SPEED = re.compile(r"speed|rate|rpm|速")
_ANY_EST = late(r"\b([a-z]{3,}est)\b")
_HIGHEST = frozenset(
    (
        "most",
        "best",
        "hardest",
        "slowest",
        "highest",
        "greatest",
        "largest",
        "biggest",
        "longest",
        *"多高大长强久厚重快深宽新",
    )
)
_NO_COLUMN = frozenset(
    ("expensive", "popular", "affordable", "of", "likely", "recent", "price", "priced", "cost", "time")
)
_DOING = late(r"[\u4e00-\u9fff](?:起来|得|着)$")
_LEVEL = re.compile(
    r"(?P<l0>(?:none|no|not|nil)\b|[不无零没].{0,2}$)|(?P<l1>(?:low|mild|light|slight|easy|beginners?|entry)\b|[微淡低轻弱].{0,3}$)"
    r"|(?P<l2>(?:medium|moderate|mid|average|intermediate)\b|中.{0,3}$)"
    r"|(?P<l3>(?:high|strong|heavy|intense|difficult|advanced)\b|[高重强浓].{0,3}$)"
    r"|(?P<l4>(?:very|extra|extreme|super|expert)\b|[特超极爆].{0,3}$)"
)
"""Words for how much of something there is, from none to the most: 微辣, medium."""
_DAY = re.compile(r"(20\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})")
_LASTS = {"year": 365, "month": 30, "week": 7, "day": 1, "hour": 1 / 24, "hr": 1 / 24, "min": 1 / 1440,
          "年": 365, "个月": 30, "月": 30, "周": 7, "天": 1, "小时": 1 / 24, "分钟": 1 / 1440}  # fmt: skip
_LASTING_FOR = re.compile(r"(\d+(?:\.\d+)?)\s*(" + "|".join(_LASTS) + r")")
_NUMBER = re.compile(r"(?<![\d.a-z])-?\d+(?:,\d{3})*(?:\.\d+)?")


def superlative_in(folded: str, attributes: Mapping[str, Sequence[str]], sizes: Sequence[str]) -> Superlative | None:
    """The superlative that a question says of a column which the shop has; None where it says none."""
    columns = {fold(name.replace("_", " ")): name for name in attributes if not name.endswith(("_en", "_zh"))}
    for place, match in ((at, match) for at, pattern in enumerate(_OF_A_COLUMN) for match in pattern.finditer(folded)):
        said, start = match["noun"], match.start("noun")
        for word in _words_in(said):
            names = () if word in _NO_COLUMN else _called(word, columns, attributes)
            if names:
                begins = match.start() if place == 0 else start + said.rindex(word)
                ends = start + len(word) if place == 0 else match.end()
                return Superlative((begins, ends), names, match["most"] in _HIGHEST)
    doing = _by_doing(folded, columns)
    if doing is not None:
        return doing
    for pattern, measured in _SUPERLATIVES:
        found = pattern.search(folded)
        if found is None:
            continue
        for heading, highest in measured:
            names = tuple(f"attributes.{name}" for said, name in columns.items() if re.search(heading, said))
            if heading == _SIZE and any(_NUMBER.search(size) for size in sizes[:50]):
                names = (*names, "size")
            if heading in (_WEIGHT, _LENGTH, _WIDTH) and not names and _measure(heading, sizes):
                names = ("size",)
            if heading == _STOCK:
                names = (_STOCK,)
            if names:
                return Superlative((_start_of(folded, found.start()), found.end()), names, highest)
    return _by_root(folded, columns) or _by_adjective(folded, columns)


def _by_root(folded: str, columns: Mapping[str, str]) -> Superlative | None:
    """By an adjective that shares its root with a heading: fattest (Fat), 最硬 (硬度)."""
    other = _ANY_EST.search(folded)
    root = _root_of_est(other[1]) if other is not None else ""
    names = tuple(
        f"attributes.{name}"
        for said, name in columns.items()
        if len(root) > 2 and root in map(_root_of_est, said.split())
    )
    if other is not None and names:
        return Superlative(other.span(), names, True)
    for match in _MOST_ZH.finditer(folded):
        for size in range(len(match[1]), 0, -1):
            said = match[1][:size]
            names = tuple(f"attributes.{name}" for heading, name in columns.items() if said in heading)
            if names and (size > 1 or said not in _OF_NO_COLUMN):
                end = _end_of_heading(folded, match.start(1) + size, names)
                return Superlative((match.start(), end), names, _is_more(said, said))
    return None


def _end_of_heading(folded: str, end: int, fields: Sequence[str]) -> int:
    """Where a superlative ends that says more of the heading: 最耐*高温* (耐温)."""
    while end < len(folded) and (folded[end] in "高低" or any(folded[end] in field for field in fields)):
        end += 1
    return end


def _by_doing(folded: str, columns: Mapping[str, str]) -> Superlative | None:
    """By what is done soonest or longest: "takes longest to set up" (Setup time), "dries fastest" (Dries in)."""
    for match in _DONE.finditer(folded):
        names = tuple(f"attributes.{name}" for name in columns_of_doing(match[2] or match[3], columns))
        if names:
            soonest = match[4] in ("fastest", "quickest", "soonest")
            speed = soonest and any(_SPEED.search(name.casefold()) for name in names)
            return Superlative(match.span(), names, speed or (match[1] or match[4]) in _HIGHEST)
    return None


def _by_adjective(folded: str, columns: Mapping[str, str]) -> Superlative | None:
    """By an everyday adjective: strongest (Breaking load), 最安静 (静音值)."""
    for match in _MOST.finditer(folded):
        said = match[3] or (match[2] if match[2] else match[1])
        for word in (said,) if match[2] else _bases(said):
            heading = heading_of_adjective(word)
            names = tuple(name for column, name in columns.items() if heading is not None and heading.search(column))
            if names:
                least = match.group().startswith("least")
                highest = _is_more(word, next(column for column, name in columns.items() if name == names[0]))
                return Superlative(match.span(), tuple(f"attributes.{name}" for name in names), highest != least)
    return None


def _is_more(word: str, heading: str) -> bool:
    """Whether the most of an adjective is the highest value: of soft that of a Softness, the lowest of a Hardness."""
    return not means_little(word) or (word[:4] in heading and _QUIET.fullmatch(word) is None)


def _bases(word: str) -> Sequence[str]:
    """quietest → quiet; biggest → big; heaviest → heavy; widest → wide. Of Chinese what stands first: 安静的 → 安静."""
    if not word.isascii():
        return [word[:size] for size in range(len(word), 0, -1)]
    root = word.removesuffix("est")
    undoubled = root[:-1] if len(root) > 3 and root[-1] == root[-2] else root
    return (root, undoubled, f"{root}e", f"{root[:-1]}y" if root.endswith("i") else root)


def _start_of(folded: str, place: int) -> int:
    """Where a superlative begins, with the doing that it is said of: 收起来*最短*."""
    doing = _DOING.search(folded, 0, place)
    return doing.start() if doing is not None else place


def _root_of_est(word: str) -> str:
    """fattest, fattiest, fatty, fat → fat."""
    root = re.sub(r"(?:i?est|iness|y|e)$", "", word)
    return root[:-1] if len(root) > 3 and root[-1] == root[-2] else root


def _words_in(said: str) -> list[str]:
    """What of a phrase beside a superlative may name a column: the whole first, in Chinese what stands nearest to it
    (水温要求最高)."""
    if said.isascii():
        return [said, said.split()[0]]
    ends = range(len(said), max(len(said) - 3, 1), -1)
    return [said[start:end] for end in ends for start in range(max(end - 5, 0), end - 1)]


def _called(word: str, columns: Mapping[str, str], attributes: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The columns that a word names or whose values are counted in it."""
    names = columns_with_unit(word, columns, attributes)
    if not names and word.isascii() and len(root := root_of(word)) > 2:
        names = tuple(name for heading, name in columns.items() if root in map(root_of, heading.split()))
    if not names and word.isascii() and len(root := quality_of(word)) > 3:
        names = tuple(name for heading, name in columns.items() if root in map(quality_of, heading.split()))
    if not names:
        others = next((every for key, every in ATTRIBUTE_NAMES.items() if word in (key, *every)), ())
        names = tuple(name for heading, name in columns.items() if any(other in heading for other in others))
    return tuple(f"attributes.{name}" for name in names)


def _measure(heading: str, sizes: Sequence[str]) -> bool:
    kind = "weight" if heading == _WEIGHT else "length"
    return any(measure.kind == kind for size in sizes[:50] for measure in measures_of(fold(size)))


def amount_in(text: str, *, highest: bool) -> tuple[str, float] | None:
    """What a value measures and how much: `1.2kg` → weight and grams, `18 months` → time and days, a day as
    it is ordered, words for how much by their rank; None for other words."""
    folded = fold(text)
    day = _DAY.search(folded)
    if day is not None:
        return "date", float(int(day[1]) * 10000 + int(day[2]) * 100 + int(day[3]))
    measures = measures_of(folded)
    if measures:
        return measures[0].kind, (max if highest else min)(m.amount for m in measures if m.kind == measures[0].kind)
    lasting = _LASTING_FOR.search(folded)
    if lasting is not None:
        return "time", float(lasting[1]) * _LASTS[lasting[2]]
    numbers = [float(number.replace(",", "")) for number in _NUMBER.findall(folded)]
    if numbers:
        return "", (max if highest else min)(numbers)
    level = _LEVEL.match(folded)
    return ("level", float(int((level.lastgroup or "l0")[1:]))) if level is not None else None
