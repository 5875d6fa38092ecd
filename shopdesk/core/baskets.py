"""The items of a basket that a question names ("背包一个加水壶两个", "3 brushes and a canvas"), how many of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from shopdesk.core import lexicon, numbers
from shopdesk.core.adding_on import ADDING_WORDS, points_back
from shopdesk.core.marked_text import within_longer
from shopdesk.core.measures import Measure, measures_in, measures_of
from shopdesk.core.ports import SearchWish
from shopdesk.core.profiles import Profile, compact, stem
from shopdesk.core.resolving import Resolution, Resolver, Subject
from shopdesk.core.sizes_said import SOFT, of_the_size_said, says_which_size
from shopdesk.core.subjects import PAUSES, in_place, one_product, subject_without
from shopdesk.core.text import fold, is_han, runs
from shopdesk.core.types import Record
from shopdesk.core.understanding import Understanding, quantities_in
from shopdesk.core.wording import label_of

_CUTS = 8
_SURELY_NAMED = 0.8
"""The share of its words that an item must have to be meant, where no number stands beside it."""
_QUESTION = re.compile(r"\s*(?:what|how much)\b(?!.*\b(?:an?|the|some|\d+|of)\b)")
"""An item that asks and names nothing: "…, what do you make it"."""
_TWO_NAMES = 5
"""Characters that two names have at least."""
_EACH = re.compile(rf"各(?:自|来|要|拿|买)*([\d{numbers.CHINESE}]+)")
_COUNTS = re.compile(
    rf"(?:买|来|拿|要|订|加|配|带|^)(?:[\d{numbers.CHINESE}半]+|[个把条件双只支套台盒瓶包袋罐张本根](?=[^\W\d_]))"
    rf"|[\d{numbers.CHINESE}](?:{numbers.MEASURES})|[俩仨]$"
    r"|\b(?:an?|the|\d+|one|two|three|four|five|six|ten|some) \w"
)
_ELSEWISE = re.compile(r"\bones?\b|的$")
"""An item that leaves its noun to the one before: "a red hat and a blue one"."""
_PRELUDE = re.compile(
    r"(?:客人|顾客|有人|家里|小孩|孩子|朋友|单位|公司|学校)?(?:要|想)?(?:做|开|办|装|布置|筹备|准备|打算|给|送|帮|替|为|搬)(?!.*[\d来买拿要订])[^\s]{1,10}"
    r"|for (?:a|an|the|my|his|her|their|our) [a-z' -]+"
)
"""What goods are for, told before they are named: 做提拉米苏, 开新店."""
_FIRST = "买要拿来订"
"""What may stand before a number that begins an item: 要一包雪饼."""
_THE = re.compile(r"\s*(?:the|those|that)\b(?! (?:two|three|four|\d))|要?那?[个种款]?[^\d]{1,8}的\s*$")
_IN_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
_PLAIN = re.compile(r"\b(?:plain|regular|ordinary|standard|normal|basic)\b|普通|常规|标准")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_PAIR = re.compile(r"一对|\ba pair\b")
_IN_PAIRS = re.compile(r"一对|^[对双]$|[对双]装|\bpairs?\b")
_PACK_OF = r"(?<![\d.]){0}[- ]?(?:pack|pk|pc|piece|count|ct|set)s?\b|\b(?:pack|box|set|bag|packet)s? of {0}\b"
_PIECE = "[片件块只粒颗枚张抽支]"


@dataclass(frozen=True, slots=True)
class Basket:
    """Goods to be added up, and how many of each. `unsure` are the rows of items that may be several goods, `unknown`
    says that there is an item which names none, `counted` how many items say how many they are of,
    `missed` that one which is joined to another by a word is not surely known."""

    goods: tuple[Record, ...]
    quantities: tuple[float, ...]
    unsure: tuple[Record, ...] = ()
    unknown: bool = False
    counted: int = 0
    missed: bool = False

    @property
    def sure(self) -> bool:
        """Whether all that is named is surely known."""
        return bool(self.goods) and not self.unsure and not self.unknown

    @property
    def known(self) -> bool:
        """Whether there are several goods, each surely meant."""
        return self.sure and len({record.key for record in self.goods}) > 1


@dataclass(frozen=True, slots=True)
class _Item:
    """What one item names: a product and how many of it, or the rows that it may be."""

    product: Record | None
    quantity: float
    found: Resolution


def basket_of(resolver: Resolver, read: Understanding, spoken: Sequence[Record] = ()) -> Basket:
    """The products to be added up and how many of each. `spoken` is what an item may point to: "two of those"."""
    subject = subject_without(read, lexicon.BASKET_WORDS)
    subject = subject.without(match.span() for match in ADDING_WORDS.finditer(read.folded))
    sizes = frozenset(spelling for spellings in read.sizes for spelling in spellings)
    goods: list[Record] = []
    quantities: list[float] = []
    unsure: list[Record] = []
    unknown, missed, items_counted = False, False, 0
    left: _Item | None = None
    missed_before = False
    parts = [(span, subject.part(*span)) for span in _items(read, subject)]
    asking = [span for span, part in parts[1:] if _QUESTION.match(part.folded)]
    back = [part.folded for _, part in parts if points_back(part.folded)] if len(spoken) == 1 else []
    for said in back[:1]:
        goods.append(spoken[0])
        quantities.append(next((number for number, _ in quantities_in(said)), 1))
        items_counted += 1
    parts = [piece for piece in parts if not (back and points_back(piece[1].folded))]
    parts = [piece for piece in parts if _names_something(piece[1]) and piece[0] not in asking]
    parts = [piece for whole in parts for piece in _by_names(resolver, *whole)]
    if len(parts) > 1 and _PRELUDE.fullmatch(parts[0][1].folded.strip()) and read.folded[parts[0][0][1]] in PAUSES:
        parts = parts[1:]
    for place, ((start, end), part) in enumerate(parts):
        beside = [other for _, other in (*parts[max(0, place - 1) : place], *parts[place + 1 : place + 2])]
        item = _item(resolver, part, sizes, beside)
        counted = _counts(part.folded)
        items_counted += counted
        if left is not None and item.product is not None and _tells_which(part, item.product, left):
            # "a solution, the multi-purpose"
            unsure, missed = unsure[: -len(left.found.records)], missed_before
            item = _Item(item.product, left.quantity, item.found)
        elif goods and item.product is not None and item.product.title == goods[-1].title and not _new(part):
            if _ELSEWISE.search(part.folded):
                goods[-1] = item.product  # "two masks, the clear ones"
            continue
        left, missed_before = item if item.product is None and item.found.records else None, missed
        if item.product is not None and (counted or item.found.recall >= _SURELY_NAMED):
            goods.append(item.product)
            quantities.append(item.quantity)
            continue
        unsure += item.found.records
        unknown = unknown or not item.found.records
        missed = missed or _joined_on(read.folded, start, end)
    each = _EACH.search(read.folded)
    if each is not None:  # "各来两瓶"
        number = next(iter(quantities_in(each[1] + "个")), (1, (0, 0)))[0]
        quantities = [number] * len(goods)
    return Basket(tuple(goods), tuple(quantities), tuple(unsure), unknown, items_counted, missed)


def _by_names(resolver: Resolver, span: tuple[int, int], part: Subject) -> list[tuple[tuple[int, int], Subject]]:
    """A piece of a Chinese question parted where the whole name of a product ends and that of another begins:
    吹风机卷发棒各一个."""
    if not any(map(is_han, part.folded)) or len(part.content) < _TWO_NAMES:
        return [(span, part)]
    found = resolver.resolve(part, SearchWish(""))
    for name in (_IN_BRACKETS.sub("", fold(record.title)).strip() for record in found.records[:1] if found.unknown):
        place = part.folded.find(name)
        # what is counted before a name is of it: 补光灯配两包柔光布
        before = [start for _, (start, end) in quantities_in(part.folded) if end == place]
        first_cut = before[0] if before else place
        for cut in (first_cut, place + len(name)) if place >= 0 and len(name) > 1 else ():
            rest = part.part(0, cut) if cut == first_cut else part.part(cut, len(part.folded))
            if len(rest.content) > 1 and resolver.resolve(rest, SearchWish("")).records:
                first, second = (span[0], span[0] + cut), (span[0] + cut, span[1])
                return [(first, part.part(0, cut)), (second, part.part(cut, len(part.folded)))]
    return [(span, part)]


def _names_something(part: Subject) -> bool:
    """Whether an item names goods: not what is told beside them ("…, 我得带多少钱去")."""
    longest = max(map(len, part.content.split()), default=0)
    return longest >= (1 if _counts(part.folded) else 2) or bool(measures_in(part.folded))


def _item(resolver: Resolver, part: Subject, sizes: frozenset[str], beside: Sequence[Subject]) -> _Item:
    """What one item names. `beside` are the items next to it, the one before first: "a red hat and a blue one"."""
    context = beside[0] if beside and _ELSEWISE.search(part.folded.strip()) else None
    found = resolver.resolve(part, SearchWish(""), context=context)
    spans = quantities_in(part.folded, sizes)
    if found.records:  # a figure that was looked for with the name is the name's
        spans = [(number, span) for number, span in spans if all(part.filler[slice(*span)])]
    else:
        found = resolver.resolve(part.without(span for _, span in spans), SearchWish(""), context=context)
    if not found.records and says_which_size(part.folded):  # "a big heat plate", whose size is a measure
        soft = part.without([*(span for _, span in spans), *(match.span() for match in SOFT.finditer(part.folded))])
        found = resolver.resolve(soft, SearchWish(""), context=context)
    if not found.records:
        found = _cut_from(resolver, part, spans) or found
    found = _by_name(resolver, part, found)
    if says_which_size(part.folded) and found.records:
        found = replace(found, records=of_the_size_said(part.folded, found.records))
    counts = [(number, part.folded[start:end]) for number, (start, end) in spans]
    product = one_product(_called_most(found.records, part))
    if product is None and found.records:
        # 62片 of 磁力片 that come in 62件 and in 120件
        told = [count for count in counts if any(_pieces_in(record, *count) for record in found.records)]
        product = one_product([record for record in found.records if any(_pieces_in(record, *count) for count in told)])
        counts = [count for count in counts if count not in told] if product is not None else counts
    if product is None and _only_tells_apart(part):
        # "50 mm and 35 mm lenses": what it is of stands in the item beside it
        for other in beside:
            found = resolver.resolve(in_place(other, part), SearchWish(""))
            product = product or one_product(found.records)
    if product is None:
        return _Item(None, counts[0][0] if len(counts) == 1 else 1, found)
    wanted = [number for number, said in counts if not _of_the_pack(product, number, said, part.folded)]
    if len(wanted) > 1:  # "three packs of the 500 bands"
        figures = _FIGURE.findall(fold(label_of(product, "zh")))
        wanted = [number for number in wanted if str(number) not in figures]
    if len(wanted) > 1:
        return _Item(None, 1, found)
    return _Item(product, wanted[0] if wanted else _weighed_out(product, part) or 1, found)


def _cut_from(resolver: Resolver, part: Subject, spans: Sequence[tuple[int, tuple[int, int]]]) -> Resolution | None:
    """What an item names where its measure says how much is cut off: "12 metres of the mooring line"."""
    measured = measures_in(part.folded)
    if len(measured) != 1 and not (measured and re.match(r" of\b", part.folded[measured[0][1] :])):
        return None
    start, end, length = measured[0]
    found = resolver.resolve(part.without([*(span for _, span in spans), (start, end)]), SearchWish(""))
    kept = tuple(record for record in found.records if Profile(record).cut_to(length) is not None)
    return replace(found, records=kept) if kept else None


def _by_name(resolver: Resolver, part: Subject, found: Resolution) -> Resolution:
    """The goods that are called what an item ends in, where those found only speak of it in a column: olives, no
    cheese that goes with olives."""
    words = _words_in(part.content)
    if not words or not found.records or any(words[-1] in _words_in(fold(r.title)) for r in found.records):
        return found
    called = [record for record in resolver.candidates(part) if _name_ends(record) == words[-1]]
    shares = resolver.shares(part, called)
    best = max(shares, default=0.0)
    kept = tuple(record for record, share in zip(called, shares, strict=True) if share == best >= _SURELY_NAMED)
    return replace(found, records=kept) if kept else found


def _tells_which(part: Subject, product: Record, left: _Item) -> bool:
    """Whether an item only says which of the goods is meant that the one before left open."""
    return _says_which(part.folded) and product.key in {record.key for record in left.found.records}


def _says_which(item: str) -> bool:
    """Whether an item says of which sort something is: "the clear ones", "the 20 kilo", "the two blade one"."""
    if _THE.match(item):
        return True
    return item.lstrip().startswith("the ") and bool(measures_in(item) or item.rstrip(" ,.?!").endswith(" one"))


def _new(part: Subject) -> bool:
    """Whether an item that names the same good as the one before is a further one, not only told of it: "a blue one",
    but neither "the clear ones" nor "nylon"."""
    return _counts(part.folded) and not _says_which(part.folded)


def _only_tells_apart(part: Subject) -> bool:
    """Whether an item says only a measure or a colour, no noun."""
    measured = [(start, end) for start, end, _ in measures_in(part.folded)]
    rest = part.without(measured).content.split()
    return all(word in part.families or word in ("one", "ones") for word in rest)


def _of_the_pack(record: Record, number: int, said: str, item: str) -> bool:
    """Whether a count is what the name of a product says: the 10 of a 10双装, of a "pack of 10"."""
    label = fold(label_of(record, "zh"))
    if len(said.strip()) > 1 and compact(said) in compact(label) and not compact(said).isdigit():
        return True  # 枕套*2, 一对
    if _pieces_in(record, number, said) or (number == 2 and _PAIR.search(said) and _sold_in_pairs(record)):
        return True
    if is_han(said[-1]):
        return re.search(rf"(?<![\d.]){number} ?{re.escape(said[-1])}", label) is not None
    packed = re.compile(_PACK_OF.format(number))
    return packed.search(item) is not None and packed.search(label) is not None


def _sold_in_pairs(record: Record) -> bool:
    """Whether a row says that its price is for a pair: of those one is wanted where a pair is."""
    fields = record.fields
    told = (record.title, *(fields.get(name) for name in ("unit", "size", "description")), *record.attributes.values())
    return any(_IN_PAIRS.search(fold(str(text))) for text in told if text)


def _pieces_in(record: Record, number: int, said: str) -> bool:
    """Whether a product's name says that it has so many pieces, whatever they are called."""
    pieces = re.search(rf"(?<![\d.]){number} ?{_PIECE}", fold(label_of(record, "zh")))
    return re.search(f"{_PIECE}$", said) is not None and pieces is not None


def _weighed_out(product: Record, part: Subject) -> float | None:
    """How much of what is sold by weight, length or volume: "2 kilos of braising steak" of a row whose unit is kg."""
    measured = measures_in(part.folded)
    cut = len(measured) > 1 and re.match(r" of\b", part.folded[measured[0][1] :]) is not None
    if not (len(measured) == 1 or cut) or _has_measure(product, measured[0][2]):
        return None  # of the cloth that is 2.8 m wide it is the width
    named = part.without([measured[0][:2]]).content
    return Profile(product).cut_to(measured[0][2]) if named else Profile(product).sold_in(measured[0][2])


def _joined_on(folded: str, start: int, end: int) -> bool:
    """Whether an item is joined to another by a word ("和", "and"), not parted from it by a comma."""
    before, after = folded[:start].rstrip()[-1:], folded[end:].lstrip()[:1]
    pauses = PAUSES - {"、"}
    return (start > 0 and before not in pauses) or (end < len(folded) and after not in pauses)


def _called_most(records: Sequence[Record], part: Subject) -> Sequence[Record]:
    """Of several goods those whose names have most of what is said, and then those that are called so at their end:
    "white acrylics" are paints before they are what may be painted on, "acoustic strings" are strings."""
    words = _words_in(part.content)
    if len(records) < 2 or not words:
        return records
    measured = [measure for _, _, measure in measures_in(part.folded)]
    same = [record for record in records if all(_has_measure(record, measure) for measure in measured)]
    records = same or records  # of five litres the can of five, not five of one
    names = [_IN_BRACKETS.sub(" ", fold(record.title)) for record in records]
    said = [sum(word in _words_in(name) for word in words) for name in names]
    records = [record for record, count in zip(records, said, strict=True) if count == max(said)]
    called_so = [record for record in records if _name_ends(record) == words[-1]]
    records = called_so or records
    if _PLAIN.search(part.folded):
        shortest = min(len(record.title) for record in records)
        records = [record for record in records if len(record.title) == shortest]
    return records


def _has_measure(record: Record, measure: Measure) -> bool:
    texts = (label_of(record, "zh"), *record.attributes.values())
    return any(measure.same(own) for text in texts for own in measures_of(fold(text)))


def _name_ends(record: Record) -> str:
    """What a product is called by last, what stands in brackets and a model behind a Chinese name aside."""
    words = _words_in(_IN_BRACKETS.sub(" ", fold(record.title)))
    chinese = [word for word in words if is_han(word[0])]
    return (chinese or words or [""])[-1]


def _words_in(name: str) -> list[str]:
    """The words of a folded text by their stems, Chinese ones by their characters."""
    return [word for run in runs(name) for word in (run if is_han(run[0]) else [stem(run)])]


def _counts(item: str) -> bool:
    """Whether an item says how many it is of: 一把, 来条, "a", "two"."""
    return _COUNTS.search(item.strip()) is not None


def _items(read: Understanding, subject: Subject) -> list[tuple[int, int]]:
    """Where the items of a basket begin and end in the question."""
    cuts = [
        match.span() for match in lexicon.JOINS.finditer(read.folded)
        if not within_longer(match.span(), read.name_spans)
    ][:_CUTS]  # fmt: skip
    starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(read.folded)]
    pieces = zip(starts, ends, strict=True)
    return [item for start, end in pieces for item in _by_quantities(read, subject, start, end)]


def _by_quantities(read: Understanding, subject: Subject, start: int, end: int) -> list[tuple[int, int]]:
    """A piece of a question parted where it says several quantities: "蛋黄酥一盒绿豆糕一盒", "2盒飞行棋1盒叠叠乐"."""
    spans = [span for span in read.quantity_spans if start <= span[0] and span[1] <= end]
    if len(spans) < 2:
        return [(start, end)]
    # each quantity ends an item, or begins one where the first comes first
    leading = not subject.part(start, spans[0][0]).content
    if not leading and read.folded[spans[0][0]] in _FIRST and subject.part(spans[-1][1], end).content:
        leading, start = True, spans[0][0]  # 小孩要一包雪饼一袋猪肉脯
    cuts = [first for first, _ in spans[1:]] if leading else [last for _, last in spans[:-1]]
    pieces = list(zip([start, *cuts], [*cuts, end], strict=True))
    # two counts of one thing are no two items: 50张装的相纸买三包
    return pieces if all(subject.part(*piece).content for piece in pieces) else [(start, end)]
