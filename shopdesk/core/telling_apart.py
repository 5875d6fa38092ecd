"""Of the goods that a question may mean alike, those that it does: by whole names, figures, values and all it says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from shopdesk.core.counted import counted_in
from shopdesk.core.measures import measures_in
from shopdesk.core.profiles import DESCRIPTION, NAMING_FIELDS, Profile, Unit, compact, stem, words_of
from shopdesk.core.text import fold, is_han
from shopdesk.core.types import Record

NAMED_ENOUGH = 0.5
"""The same, where the question says the record's whole name."""
TIE = 0.06
_SUITING = re.compile(r"\bfits?\b|suit|\bfor$|compat|models?$|\bmachines?$|适[用配合]|机型|车型|用于|搭配")
_TWO_WORDS = re.compile(r"[a-z0-9]{2,}[ -][a-z0-9]{2,}\b")
_WORD = re.compile(r"[a-z]+|[\u4e00-\u9fff]")
_ZEROS = re.compile(r"(?<=\d)\.0+(?!\d)")
"""What a row may write behind a whole number: 2.0米, which people call 2米."""
Weighed = tuple[float, float, int, Profile]
"""Recall, precision, minus the search's rank, profile."""


def called_so(weighed: list[Weighed], units: Sequence[Unit], said: str) -> list[Weighed]:
    """The records whose whole names are said, where the best is not called so and has the words from elsewhere: filler
    that stands inside a name ("货", "能") is missing from its words, and what goes with it may stand in other texts."""
    called = [entry for entry in weighed if entry[0] >= NAMED_ENOUGH and says_long_name(entry[3].compact_names, said)]
    if not called or says_long_name(weighed[0][3].compact_names, said):
        return weighed
    if _weight_in_name(called[0][3], units) <= _weight_in_name(weighed[0][3], units):
        return weighed
    return called


def _weight_in_name(profile: Profile, units: Sequence[Unit]) -> float:
    return sum(unit.weight for unit in units if any(unit.text in name for name in profile.compact_names))


def fully_named(kept: Sequence[Weighed], said: str) -> Sequence[Weighed]:
    """Where the question says a whole name, only the records of the longest such name are meant."""
    lengths = [
        max((len(name) for name in entry[3].compact_names if name and name in said), default=0) for entry in kept
    ]
    longest = max(lengths)
    if longest < 2:
        return kept
    return [entry for entry, length in zip(kept, lengths, strict=True) if length == longest]


def not_by_brand_alone(kept: Sequence[Weighed], units: Sequence[Unit]) -> Sequence[Weighed]:
    """Of records that fit alike, not those which have a word only as their brand where it stands in the names of others
    (waders: not all goods of Wader & Co)."""
    for unit in units:
        named = [any(Profile.covered_by(words_of(name), unit, {}) for name in entry[3].names) for entry in kept]
        if not any(named) or all(named):
            continue
        branded = [
            not of_name and unit.text.isascii()
            and bool(Profile.covered_by(words_of(str(entry[3].record.fields.get("brand") or "")), unit, {}))
            for entry, of_name in zip(kept, named, strict=True)
        ]  # fmt: skip
        kept = [entry for entry, only in zip(kept, branded, strict=True) if not only]
    return kept


def called_whole(kept: Sequence[Weighed], units: Sequence[Unit]) -> Sequence[Weighed]:
    """Of records that fit alike, where the name of one ends in all that is said, not those whose names lack a word:
    the "hive assembled" is the National Hive Assembled, not also a Super Assembled among the hives."""
    said = compact("".join(unit.text for unit in units))
    if len(kept) < 2 or len(units) < 2 or not said.isascii():
        return kept
    if not any(name.endswith(said) for entry in kept for name in entry[3].compact_names):
        return kept
    own = [frozenset().union(*map(words_of, entry[3].names)) for entry in kept]
    return [
        entry for entry, words in zip(kept, own, strict=True)
        if all(Profile.covered_by(words, unit, {}) for unit in units)
    ]  # fmt: skip


def not_by_suiting_alone(kept: Sequence[Weighed], units: Sequence[Unit]) -> Sequence[Weighed]:
    """Of records that fit alike, not those which have the words only as what they are for, where others are called so:
    the printer C500, not the toner that fits it."""
    if len(kept) < 2:
        return kept
    called = [all(Profile.covered_by(_naming_words(entry[3]), unit, {}) for unit in units) for entry in kept]
    if not any(called) or all(called):
        return kept
    suited = [not own and _suits_any(entry[3], units) for entry, own in zip(kept, called, strict=True)]
    return [entry for entry, only in zip(kept, suited, strict=True) if not only]


def _naming_words(profile: Profile) -> frozenset[str]:
    fields = profile.record.fields
    return frozenset().union(*map(words_of, (*profile.names, *(str(fields.get(name) or "") for name in NAMING_FIELDS))))


def _suits_any(profile: Profile, units: Sequence[Unit]) -> bool:
    """Whether one of the words stands in a column that says what the record is for, and in no name."""
    told = [words_of(value) for name, value in profile.record.attributes.items() if _SUITING.search(fold(name))]
    named = _naming_words(profile)
    return any(
        not Profile.covered_by(named, unit, {}) and any(Profile.covered_by(words, unit, {}) == 1.0 for words in told)
        for unit in units
    )


def beginning_said(kept: Sequence[Weighed], folded: str) -> Sequence[Weighed]:
    """Of records that fit alike, those whose names begin with two words that the question says: "the Black Five"."""
    if len(kept) < 2:
        return kept
    begun = [
        any(beginning.group() in folded for name in entry[3].names if (beginning := _TWO_WORDS.match(name)))
        for entry in kept
    ]
    return [entry for entry, said in zip(kept, begun, strict=True) if said] or kept


def with_figures_said(kept: Sequence[Weighed], folded: str) -> Sequence[Weighed]:
    """Of records that fit alike, those that count what the question counts ("30颗的", "the twelve string")."""
    said = [each for _, _, each in counted_in(folded)] if len(kept) > 1 else []
    if not said:
        return kept
    shares = [sum(map(entry[3].counts, said)) for entry in kept]
    return [entry for entry, share in zip(kept, shares, strict=True) if share == max(shares)]


def covering_most(
    kept: Sequence[Weighed], units: Sequence[Unit], families: Mapping[str, tuple[str, ...]]
) -> Sequence[Weighed]:
    """Of records of one name, those that have most of what is said anywhere in the question: "the potting mix, the 32
    quart"."""
    if len(kept) < 2 or len({entry[3].record.title for entry in kept}) > 1:
        return kept
    shares = [
        sum(unit.weight * part for unit in units if (part := entry[3].covers(unit, families)) > DESCRIPTION)
        for entry in kept
    ]
    return [entry for entry, share in zip(kept, shares, strict=True) if share > max(shares) - TIE]


def otherwise(profiles: Sequence[Profile], folded: str, filler: Sequence[bool]) -> bool:
    """Whether a figure said right before the name is another than that of all records: "the 60 litre cool box"."""
    if any(
        _before_name(folded, profiles[0], end) and all(each.measures_otherwise(said) for each in profiles)
        for _, end, said in measures_in(folded)
        if not folded[:end].endswith(" in")  # "Class 37 in blue"
    ):
        return True
    counted = [(end, each) for start, end, each in counted_in(folded) if not filler[start]]
    had = {each.unit for _, each in counted if any(profile.counts(each) for profile in profiles)}
    return any(
        said.unit not in had
        and _before_name(folded, profiles[0], end)
        and all(each.counts_otherwise(said) for each in profiles)
        for end, said in counted
    )


def _before_name(folded: str, profile: Profile, end: int) -> bool:
    """Whether one of the next words is the record's."""
    following = _WORD.findall(folded, end)[:3]
    return any(stem(word) in profile.strong or word in profile.strong for word in following)


def saying_most_values(kept: Sequence[Weighed], folded: str) -> Sequence[Weighed]:
    """Of records that fit alike, those whose values stand whole in the question ("in-ear", "M" as the size)."""
    said = compact(folded)

    def values_said(record: Record) -> int:
        values = {compact(fold(value)) for value in record.attributes.values()}
        own = [fold(str(record.fields[name])) for name in ("color", "size") if record.fields.get(name)]
        return sum(len(value) > 3 and value in said for value in values) + sum(
            _stands_in(value, folded) or _stands_in(_ZEROS.sub("", value), folded) for value in own
        )

    counts = [values_said(entry[3].record) for entry in kept]
    return [entry for entry, count in zip(kept, counts, strict=True) if count == max(counts)]


def _stands_in(value: str, folded: str) -> bool:
    """Whether a folded value is said, as a word of its own where it is Latin."""
    if is_han(value[0]):
        return value in folded
    return re.search(rf"(?<![a-z0-9]){re.escape(value)}(?![a-z0-9])", folded) is not None


def says_long_name(compact_names: Sequence[str], said: str) -> bool:
    return any(len(name) >= (4 if is_han(name[0]) else 6) and name in said for name in compact_names if name)
