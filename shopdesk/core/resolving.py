"""From the words of a question to the rows they name.

The store's full-text search brings candidates; here each candidate is weighed by how much of the
question's naming words it covers (rare words weigh more), so that a product the shop does not
have is told apart from one that it has. A colour, size or number that no candidate has is never
talked away: the result is then empty, with the near misses beside it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from shopdesk.core import idioms, lexicon
from shopdesk.core.counted import Counted, counted_in, describes
from shopdesk.core.measures import measures_in
from shopdesk.core.ports import Catalogue, SearchWish
from shopdesk.core.profiles import (
    DECIMAL,
    DESCRIPTION,
    NAMING_FIELDS,
    PROFILES_KEPT,
    Profile,
    Unit,
    compact,
    names_of,
    stem,
    words_of,
)
from shopdesk.core.telling_apart import (
    NAMED_ENOUGH,
    TIE,
    Weighed,
    beginning_said,
    called_so,
    called_whole,
    covering_most,
    fully_named,
    not_by_brand_alone,
    not_by_suiting_alone,
    otherwise,
    saying_most_values,
    says_long_name,
    with_figures_said,
)
from shopdesk.core.text import blanked, fold, is_han, marked, runs, search_tokens, unmarked
from shopdesk.core.types import Hit, Kind, Record

_CANDIDATES = 100
_ONE = re.compile(r"1(?![\d.])")
_ONE_OF_A_UNIT = 0.2
_OF_NUMBER = 0.25
"""What a word weighs that no row has, after a number: rows count in another one, or in none."""
_ENOUGH = 0.66
"""The share of the naming words that a record must cover to be meant."""
_NAMED_AT_LENGTH, _LONG = 0.3, 8
"""The same for a name of so many characters and more: whatever is told beside it, it is not said by chance."""
_ALL = 0.9
"""The same, where a few rows are known to be meant and only their differences are named."""
_NEAR_NAMES = 20
_NEAR = 0.3
_BESIDE = 0.12
"""What a word counts that stands in another phrase than the name which the question says ("the tag fell off the …")."""
_ALSO_SAID = 0.8
"""What a covered word of such a phrase adds to what must be covered: a little less than it covers."""
_JOINING = re.compile(r"(?:\s|的|[-./'·&+]|\b(?:of|with|in|for)\b(?! the\b))*")
"""What may stand between two words of one phrase; whatever else the question says ends it."""
_SHORTEST_PART = 3
"""Characters of a name's beginning or end that name it, where no more of it is said."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A stretch of a folded question that names something; `filler` marks characters that name nothing.

    `families` maps a word to other spellings of it (colours and sizes in both languages).
    """

    folded: str
    filler: tuple[bool, ...]
    families: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def content(self) -> str:
        return " ".join(unmarked(self.folded, self.filler).split())

    def part(self, start: int, end: int) -> Subject:
        return Subject(self.folded[start:end], self.filler[start:end], self.families)

    def without(self, spans: Iterable[tuple[int, int]]) -> Subject:
        """The same, where the characters of some stretches name nothing either."""
        return Subject(self.folded, marked(self.filler, spans), self.families)


@dataclass(frozen=True, slots=True)
class Resolution:
    """`records` are what the subject names, best first (several when it is ambiguous); `nearest` what
    came close when it names nothing. `recall` is the covered share of the naming words, 0 to 1;
    `unknown` the words that the best record does not have; `complete` is False when there may be more."""

    records: tuple[Record, ...] = ()
    nearest: tuple[Record, ...] = ()
    recall: float = 0.0
    unknown: str = ""
    complete: bool = True


def _values_in(subject: Subject) -> list[tuple[int, int, str]]:
    """Where whole Chinese words for colours stand (绿色), which a row may have shorter (绿)."""
    found: list[tuple[int, int, str]] = []
    for word in sorted(subject.families, key=len, reverse=True):
        place = subject.folded.find(word) if len(word) > 1 and word.endswith("色") else -1
        if place < 0 or any(subject.filler[place : place + len(word)]):
            continue
        if not any(start < place + len(word) and place < end for start, end, _ in found):
            found.append((place, place + len(word), word))
    return found


def _measure_weight(text: str) -> float:
    """One of a unit is what a price is asked for ("a kilo", 一斤) as often as a size."""
    return _ONE_OF_A_UNIT if _ONE.match(text) else _weight("0", 0)


def _share(text: str, place: int, frequencies: Mapping[str, int], of_numbers: Collection[int]) -> float:
    """What a word weighs of its weight: little after a number, where no row has it."""
    return _OF_NUMBER if place in of_numbers and not frequencies.get(text) else 1.0


def _says_nothing(piece: tuple[str, int, str, str], frequencies: Mapping[str, int]) -> bool:
    """Whether it is one Chinese character by itself that stands in no row: 嘞, 亲, no name of goods."""
    text, _, before, after = piece
    return is_han(text) and not before and not after and not frequencies.get(text)


def _counted_apart(subject: Subject, taken: Sequence[tuple[int, int, object]]) -> list[tuple[int, int, Counted]]:
    """The numbers with what they count that name something and are no part of `taken`."""
    return [
        (start, end, each) for start, end, each in counted_in(subject.folded)
        if not subject.filler[start] and not any(start < last and first < end for first, last, _ in taken)
    ]  # fmt: skip


def _decimals_in(subject: Subject, taken: Sequence[tuple[int, int, object]]) -> list[tuple[int, int, str]]:
    """Numbers with a point, whose two sides are one."""
    return [
        (*match.span(), match.group()) for match in DECIMAL.finditer(subject.folded)
        if not subject.filler[match.start()]
        and not any(match.start() < last and first < match.end() for first, last, _ in taken)
    ]  # fmt: skip


_Asked = tuple[str, tuple[bool, ...], SearchWish, tuple[str, tuple[bool, ...]] | None]
_RESOLVED_KEPT = 32


class Resolver:
    """Finds the records that a subject names. It remembers the words of records and, for the several ways of asking
    that look for the same, what it made of the last subjects, as long as the search finds the same rows."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._profiles: dict[tuple[str, str, str], Profile] = {}
        self._resolved: dict[_Asked, tuple[SearchWish, Sequence[Hit], Resolution]] = {}

    def by_codes(self, codes: Sequence[str], kinds: Sequence[Kind]) -> tuple[Record, ...]:
        """The records of `kinds` that have one of the codes, in the order of the codes."""
        found: dict[tuple[str, str, str], Record] = {}
        for code in codes:
            records = self._catalogue.by_code(code)
            if not records:  # people leave the mark before a number out, or put one there
                records = self._catalogue.by_code(code.lstrip("#") if code.startswith("#") else f"#{code}")
            for record in records:
                if record.kind in kinds:
                    found[record.kind, record.key, str(record.fields.get("store") or "")] = record
        return tuple(found.values())

    def resolve(self, subject: Subject, wish: SearchWish, context: Subject | None = None) -> Resolution:
        """The records of `wish.kinds` (and within its filters) that `subject` names.

        Where it names several, those that also have most words of `context` are meant: in "red
        running shoes or the black ones" the second side means shoes.
        """
        beside = (context.folded, context.filler) if context is not None else None
        asked = (subject.folded, subject.filler, wish, beside)
        known = self._resolved.get(asked)
        if known is not None and self._catalogue.search(known[0]) == known[1]:
            return known[2]
        units = self._units(subject)
        if not sum(unit.weight for unit in units):
            return Resolution()
        searched = self._wish(subject, units, wish, context)
        hits = self._catalogue.search(searched)
        found = self._named(subject, units, hits, context)
        if len(self._resolved) >= _RESOLVED_KEPT:
            self._resolved.clear()
        self._resolved[asked] = searched, hits, found
        return found

    def _named(
        self, subject: Subject, units: Sequence[Unit], hits: Sequence[Hit], context: Subject | None
    ) -> Resolution:
        """Which of the hits the subject names."""
        profiles = [self._profile(hit.record) for hit in hits]
        said = compact(subject.folded)
        weighed = []
        for rank, profile in enumerate(profiles):
            recall = self._recall(profile, units, subject, said)
            weighed.append((recall, self._precision(profile, said), -rank, profile))
        weighed.sort(key=lambda entry: entry[:3], reverse=True)
        if not weighed:
            return Resolution()
        weighed = called_so(weighed, units, said)
        best = weighed[0][0]
        named = [
            entry for entry in weighed
            if any(
                name in said and entry[0] >= (NAMED_ENOUGH if len(name) < _LONG else _NAMED_AT_LENGTH)
                for name in entry[3].compact_names if len(name) >= 2
            )
        ]  # fmt: skip
        if best < _ENOUGH and not named:
            return Resolution(nearest=_near(weighed), recall=best)
        kept: Sequence[Weighed] = [
            entry for entry in weighed if entry[0] >= max(best - TIE, _ENOUGH)
        ] or named  # fmt: skip
        meant = _phrases_said(kept[0][3], units, subject) if _says_name(kept[0][3], said) else None
        missing = [
            unit for unit in units
            if unit.hard and (meant is None or unit.phrase in meant)
            and not any(entry[3].covers(unit, subject.families) for entry in kept)
        ]  # fmt: skip
        if missing or otherwise([entry[3] for entry in kept], subject.folded, subject.filler):
            return Resolution(nearest=_near(weighed), recall=best)
        kept = not_by_brand_alone(fully_named(kept, said), units)
        kept = called_whole(not_by_suiting_alone(kept, units), units)
        kept = beginning_said(kept, subject.folded)
        kept = with_figures_said(kept, subject.folded)
        kept = saying_most_values(kept, subject.folded)
        kept = covering_most(kept, units, subject.families)
        if context is not None and len(kept) > 1:
            kept = self._fitting(kept, context)
        unknown = _joined([unit for unit in units if not kept[0][3].covers(unit, subject.families)], subject.folded)
        return Resolution(_records(kept), recall=best, unknown=unknown, complete=_all_found(kept, len(hits)))

    def candidates(self, subject: Subject) -> list[Record]:
        """The products that have words of a subject, among which `resolve` chose: the search it made is remembered."""
        return [hit.record for hit in self._catalogue.search(self.wish_for(subject, SearchWish("")))]

    def wish_for(self, subject: Subject, wish: SearchWish) -> SearchWish:
        """The search that `resolve` makes for `subject`: who asks for the same finds it made."""
        return self._wish(subject, self._units(subject), wish, None)

    @staticmethod
    def _wish(subject: Subject, units: Sequence[Unit], wish: SearchWish, context: Subject | None) -> SearchWish:
        also = [context.content] if context else []
        for unit in units:
            also.extend(subject.families.get(unit.text, ()))
        return replace(wish, text=subject.content, also=" ".join(also), limit=_CANDIDATES, enough=1)

    @staticmethod
    def _recall(profile: Profile, units: Sequence[Unit], subject: Subject, said: str) -> float:
        """The share of the naming words that the record has. Where its name is said, phrases beside it hardly count."""
        covered = [unit.weight * profile.covers(unit, subject.families) for unit in units]
        if not _says_name(profile, said):
            return sum(covered) / sum(unit.weight for unit in units)
        meant = _phrases_naming(profile, units)
        whole = sum(
            unit.weight if unit.phrase in meant else max(unit.weight * _BESIDE, part * _ALSO_SAID)
            for unit, part in zip(units, covered, strict=True)
        )
        return sum(covered) / whole

    def _fitting(self, kept: Sequence[Weighed], context: Subject) -> Sequence[Weighed]:
        units = self._units(context)
        shares = [sum(unit.weight * entry[3].covers(unit, context.families) for unit in units) for entry in kept]
        most = max(shares)
        return [entry for entry, share in zip(kept, shares, strict=True) if share >= most * 0.99]

    def weigh(self, subject: Subject, records: Sequence[Record]) -> tuple[Record, ...]:
        """Those of the given records that have all the values that `subject` names."""
        shares = self.shares(subject, records)
        return tuple(record for record, share in zip(records, shares, strict=True) if share >= _ALL)

    def shares(self, subject: Subject, records: Sequence[Record]) -> list[float]:
        """How much of what `subject` names each of the records has, 0 to 1."""
        units = self._units(subject)
        total = sum(unit.weight for unit in units) or 1.0
        profiles = map(self._profile, records)
        return [
            sum(unit.weight * profile.covers(unit, subject.families) for unit in units) / total for profile in profiles
        ]

    def known_shares(self, subject: Subject, records: Sequence[Record], *, all_words: bool = False) -> list[float]:
        """The same of the words that any of them has; 0 for a row that has none of these whole. `all_words`: also those
        that no row has as they stand."""
        units = [unit for unit in self._units(subject) if all_words or not unit.unknown]
        covered = [
            [profile.covers(unit, subject.families) for unit in units] for profile in map(self._profile, records)
        ]
        had = [unit.weight * max(column) for unit, column in zip(units, zip(*covered, strict=True), strict=False)]
        total = sum(had) or 1.0
        return [
            sum(unit.weight * part for unit, part in zip(units, row, strict=True)) / total
            if any(part >= DESCRIPTION for part in row) else 0.0
            for row in covered
        ]  # fmt: skip

    def knows(self, subject: Subject) -> bool:
        """Whether any row has a word of the subject, of Chinese two characters as they stand."""
        units = self._units(subject)
        hits = self._catalogue.search(self._wish(subject, units, SearchWish(""), None))
        return any(profile_has(self._profile(hit.record), units, subject) for hit in hits[:_NEAR_NAMES])

    def describes(self, record: Record, subject: Subject) -> bool:
        """Whether the record's texts have all the words of the subject."""
        units = self._units(subject)
        profile = self._profile(record)
        return bool(units) and all(profile.covers(unit, subject.families) >= DESCRIPTION for unit in units)

    def told_by(self, record: Record, subject: Subject) -> tuple[str, ...]:
        """The fields of a record in which alone words of the subject stand: the column of a property, or its texts."""
        units = [unit for unit in self._units(subject) if len(unit.text) > 2 or unit.pair_before or unit.pair_after]
        own = {**record.fields, "title": record.title}
        named = frozenset().union(*(words_of(str(own[name])) for name in ("title", *NAMING_FIELDS) if own.get(name)))
        left = [unit for unit in units if not Profile.covered_by(named, unit, subject.families)]
        for name, value in record.attributes.items():
            if any(Profile.covered_by(words_of(value), unit, subject.families) == 1.0 for unit in left):
                return (f"attributes.{name}",)
        told = str(record.fields.get("description") or "")
        said = any(Profile.covered_by(words_of(told), unit, subject.families) == 1.0 for unit in left)
        return ("description",) if said else ()

    def plain_one(self, record: Record) -> tuple[Record, ...]:
        """The goods whose name is that of `record` without what sets it apart: 波尔多干红 for 波尔多干红 大瓶."""
        own = compact(fold(record.title))
        text = record.title.rpartition(" ")[0] or record.title[2:]
        hits = self._catalogue.search(SearchWish(text, limit=_NEAR_NAMES, enough=1)) if text else []
        named = [(compact(fold(hit.record.title)), hit.record) for hit in hits]
        longest = max((len(name) for name, _ in named if name != own and name in own), default=0)
        return tuple(record for name, record in named if len(name) == longest > 1 and name in own)

    def counts_any(self, record: Record, said: Sequence[tuple[int, int, Counted]]) -> bool:
        """Whether the record counts any of what is said."""
        profile = self._profile(record)
        return any(profile.counts(each) for _, _, each in said)

    def counts_otherwise(self, record: Record, folded: str) -> bool:
        """Whether a folded question describes goods by a number that is another in the record: "a six spray head",
        24枚的; not where it counts the same thing again as the record does."""
        profile = self._profile(record)
        said = counted_in(folded)
        had = {each.unit for _, _, each in said if profile.counts(each)}
        return any(
            profile.counts_otherwise(each[2]) and each[2].unit not in had for each in said if describes(folded, each)
        )

    @staticmethod
    def says_any(record: Record, spellings: Sequence[str]) -> bool:
        """Whether the record has one of the spellings of a colour anywhere."""
        profile = Profile(record)
        words = profile.strong | profile.weak
        own = fold(str(record.fields.get("color") or ""))
        return any(
            own == fold(spelling)  # a measure, 5.5寸, is no word
            or all((token if is_han(token[0]) else stem(token)) in words for token in search_tokens(spelling))
            for spelling in spellings
        )

    def _profile(self, record: Record) -> Profile:
        """The words of `record`, cut once as long as the row stays as it is."""
        place = (record.kind, record.key, record.title)
        known = self._profiles.get(place)
        if known is None or known.record != record:
            if len(self._profiles) >= PROFILES_KEPT:
                self._profiles.clear()
            known = self._profiles[place] = Profile(record)
        return known

    def _units(self, subject: Subject) -> list[Unit]:
        pieces: list[tuple[str, int, str, str]] = []
        phrases = phrases_of(subject)
        measured = [
            (start, end, measure) for start, end, measure in measures_in(subject.folded)
            if not any(subject.filler[at] for at in range(start, end) if subject.folded[at].isalnum())
        ]  # fmt: skip
        values = _values_in(subject)
        counted = _counted_apart(subject, [*measured, *values])
        wholes = [(start, end, each) for start, end, each in counted if is_han(subject.folded[end - 1])]
        decimals = _decimals_in(subject, [*measured, *wholes])
        counting = {start: each for start, _, each in counted}
        taken = [(start, end) for start, end, _ in (*measured, *values, *wholes, *decimals)]
        for match in re.finditer(r"[^\W_]+", blanked(subject.folded, taken)):
            offset = match.start()
            for run in runs(match.group()):
                place = subject.folded.index(run, offset)
                offset = place + len(run)
                if is_han(run[0]):
                    for index, character in enumerate(run):
                        if subject.filler[place + index]:
                            continue
                        # a pair across the border to a filler word is none: 些鞋 in "有哪些鞋"
                        before = run[index - 1 : index + 1] if index and not subject.filler[place + index - 1] else ""
                        after = index + 1 < len(run) and not subject.filler[place + index + 1]
                        pieces.append((character, place + index, before, run[index : index + 2] if after else ""))
                elif not all(subject.filler[place : place + len(run)]):
                    pieces.append((run, place, "", ""))
        plain = [
            match.span() for said in (idioms.PLAIN, idioms.WEARER) for match in said.finditer(subject.folded)
        ]  # fmt: skip
        occasion = idioms.OCCASION.search(subject.folded)
        plain += [occasion.span(1)] if occasion is not None else []
        words = {subject.folded[start:end]: (start, end) for start, end in plain}
        of_numbers = {end + 1 for _, end, _ in counted}
        frequencies = self._catalogue.frequencies([*(piece[0] for piece in pieces), *words])
        unsaid = [span for word, span in words.items() if not frequencies.get(word)]
        pieces = [piece for piece in pieces if not any(start <= piece[1] < end for start, end in unsaid)]
        named = [piece for piece in pieces if not _says_nothing(piece, frequencies)]
        pieces = named or pieces
        return (
            [
                Unit(
                    text,
                    _weight(text, frequencies.get(text, 0)) * _share(text, place, frequencies, of_numbers),
                    phrases[place],
                    before,
                    after,
                    counted=counting.get(place),
                    unknown=not frequencies.get(text),
                )
                for text, place, before, after in pieces
            ]
            + [
                Unit(
                    subject.folded[start:end],
                    _measure_weight(subject.folded[start:end]),
                    phrases[start],
                    measure=measure,
                )
                for start, end, measure in measured
            ]
            + [
                Unit(subject.folded[start:end], _weight("0", 0), phrases[start], counted=each)
                for start, end, each in wholes
            ]
            + [Unit(subject.folded[start:end], _weight("0", 0), phrases[start]) for start, end, _ in decimals]
            + [Unit(word, 2 * _weight(word[0], 0), phrases[start], value=True) for start, _, word in values]
        )

    @staticmethod
    def _precision(profile: Profile, said: str) -> float:
        """How much of the record's name the question says, by characters pairs; 1.0 for the whole name."""
        best = 0.0
        for name in profile.compact_names:
            if name and name in said:
                best = max(best, 1.0)
            elif len(name) > 1:
                pairs = [name[i : i + 2] for i in range(len(name) - 1)]
                best = max(best, sum(pair in said for pair in pairs) / len(pairs))
        return best


def profile_has(profile: Profile, units: Sequence[Unit], subject: Subject) -> bool:
    """Whether a row has one of the words whole."""
    return any(profile.covers(unit, subject.families) >= DESCRIPTION for unit in units)


def phrases_of(subject: Subject) -> list[int]:
    """For each character the number of its phrase: naming words with nothing but joining ones between them."""
    numbers, phrase, end = [0] * len(subject.folded), 0, 0
    for index, blank in enumerate(subject.filler):
        if not blank:
            if end and not _JOINING.fullmatch(subject.folded, end, index):
                phrase += 1
            end = index + 1
        numbers[index] = phrase
    return numbers


def _phrases_said(profile: Profile, units: Sequence[Unit], subject: Subject) -> set[int]:
    """The phrases in which a word of the record stands."""
    return {unit.phrase for unit in units if profile.covers(unit, subject.families) >= DESCRIPTION}


def _phrases_naming(profile: Profile, units: Sequence[Unit]) -> set[int]:
    """The phrases in which a word of the record's name stands."""
    words = frozenset().union(*map(words_of, profile.names))
    return {unit.phrase for unit in units if profile.covered_by(words, unit, {}) >= DESCRIPTION}


def _says_name(profile: Profile, said: str) -> bool:
    """Whether the question says a whole name of the record, or as much of its beginning or end as tells it."""
    return any(len(name) >= 2 and _part_said(name, said) for name in profile.compact_names)


def says_title(read_folded: str, record: Record) -> bool:
    """Whether a folded question says a whole title of the record, one long enough not to be said by chance."""
    return says_long_name([compact(fold(name)) for name in names_of(record)], compact(read_folded))


def whole_names_said(read_folded: str, record: Record) -> list[str]:
    """The names of the record that a folded question says from end to end."""
    said = compact(read_folded)
    return [name for name in names_of(record) if len(whole := compact(fold(name))) > 2 and whole in said]


def names_said(read_folded: str, record: Record) -> list[str]:
    """The whole names of the record that a folded question says, and the parts of Chinese ones: 加大款."""
    parts = [part for name in names_of(record) for part in name.split() if len(part) > 2 and is_han(part[0])]
    return [*whole_names_said(read_folded, record), *(part for part in parts if fold(part) in read_folded)]


def _part_said(name: str, said: str) -> bool:
    shortest = min(len(name), _SHORTEST_PART if is_han(name[0]) else 2 * _SHORTEST_PART)
    return name[:shortest] in said or name[-shortest:] in said


def _weight(text: str, frequency: int) -> float:
    base = 1.0 / (1.0 + 0.25 * math.log1p(frequency))
    if is_han(text[0]):
        return base
    # a word carries about as much as two characters; a number that was said was meant
    return base * (3.0 if any(character.isdigit() for character in text) else 2.0)


def _records(weighed: Sequence[Weighed]) -> tuple[Record, ...]:
    return tuple(entry[3].record for entry in weighed)


def _all_found(kept: Sequence[Weighed], hits: int) -> bool:
    """Whether no more records can be meant: the search was not cut, or what it ranked last is not meant by far."""
    return hits < _CANDIDATES or max(-entry[2] for entry in kept) < 0.6 * hits


def _near(weighed: Sequence[Weighed]) -> tuple[Record, ...]:
    """The few records worth offering when none was named: those that share a fair part of the words."""
    return _records([entry for entry in weighed[:3] if entry[0] >= _NEAR])


def _joined(units: Sequence[Unit], folded: str) -> str:
    """Units as text: neighbouring Chinese characters together, words apart."""
    text = ""
    for unit in units:
        joined = text + unit.text
        text = (
            joined
            if joined in folded or (text and is_han(text[-1]) and text[-1] + unit.text in folded)
            else f"{text} {unit.text}"
        )
    return text.strip()


def families_of(*groups: Sequence[tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Every spelling → all spellings that stand for the same colour or size."""
    found: dict[str, tuple[str, ...]] = {}
    for group in groups:
        for spellings in group:
            for spelling in spellings:
                found[fold(spelling)] = tuple(fold(other) for other in spellings)
    return found


def known_families() -> dict[str, tuple[str, ...]]:
    """Colours, sizes and everyday words, each with its other spellings."""
    return families_of(lexicon.COLORS, lexicon.SIZE_WORDS, lexicon.SYNONYMS)
