"""Full-text search: what goes into the index, and how a wish becomes a MATCH that SQLite can take.

Chinese is indexed as pairs of neighbouring characters, which carry meaning; the single characters
stand in a column of their own with little weight, so that they decide only where pairs do not.
The index brings candidates, `ranking` puts them in order.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from shopdesk.core.ports import SearchWish
from shopdesk.core.text import fold, is_han, runs
from shopdesk.core.types import ZERO_DECIMAL_CURRENCIES, Hit, Record
from shopdesk.store.database import storable
from shopdesk.store.ranking import Lengths, Texts, Weighed, rarity, scores, stems_of, with_all
from shopdesk.store.tables import SearchDocument, Table

INDEX_COLUMNS = ("name", "codes", "traits", "attributes", "body", "chars")
# Hundredths, also of the currencies whose smallest unit is the whole one.
_WHOLE = ", ".join(f"'{currency}'" for currency in sorted(ZERO_DECIMAL_CURRENCIES))
_PRICE = f"t.price_minor * CASE WHEN t.currency IN ({_WHOLE}) THEN 100 ELSE 1 END"

# More candidates than this are not ranked, fewer where one good row is enough. Where more rows have all the words,
# those that are called so come first.
_RANKED = 1000
_RANKED_QUICKLY = 120
# The index is asked for this many of the rarest words at first.
_FIRST_TOKENS = 3
# What the fit by other words counts (each further spelling that many times less, to a least), and by words that help.
_OTHER_WORDS, _LEAST_LIKELY, _HELPED = 0.9, 0.5, 0.3
_SCALE = 10.0
_FUSION = 60
_SMALL_WORDS = frozenset(
    ("a", "an", "and", "at", "by", "for", "from", "in", "is", "my", "of", "on", "or", "some", "the", "to", "with")
)
"""English words that no row has to have where others are asked for: case for a phone."""
_SMALL_SHARE = 0.3
"""What such a word weighs of its weight."""
# What a row keeps of its score among rows of other kinds when none of the words stand in its name or code.
_UNNAMED_SHARE = 0.35
# Longer questions are cut: a row is found by its rare words, and 100,000 characters must not take seconds.
MOST_TOKENS = 96
_MOST_CODES = 8
_MOST_VALUES = 64


@dataclass(frozen=True, slots=True)
class Tokens:
    """`strong` finds rows; `weak` (single characters of longer Chinese runs) refines their order."""

    strong: tuple[str, ...]
    weak: tuple[str, ...]

    def first(self, count: int) -> Tokens:
        return Tokens(self.strong[:count], self.weak[:count])


def tokens_of(text: str) -> Tokens:
    """The tokens of `core.text.search_tokens`, sorted by what they can decide; each once, in order."""
    strong, weak = _cut(text)
    once = dict.fromkeys(strong)
    return Tokens(tuple(once), tuple(dict.fromkeys(token for token in weak if token not in once)))


def _cut(text: str) -> tuple[Sequence[str], Sequence[str]]:
    """The strong and the weak tokens of a text, in order."""
    if text.isascii():
        return runs(text), ()
    strong: list[str] = []
    weak: list[str] = []
    for run in runs(text):
        if len(run) == 1 or not is_han(run[0]):
            strong.append(run)
        else:
            strong += [first + second for first, second in pairwise(run)]
            weak += run
    return strong, weak


@lru_cache(maxsize=8192)
def _indexed(text: str) -> tuple[str, Sequence[str]]:
    """The strong tokens as the index takes them, and the weak ones. Remembered: brands stand in many rows."""
    strong, weak = _cut(text)
    return " ".join(strong), weak


def index_values(document: SearchDocument) -> tuple[str, ...]:
    """The texts of the index columns, in the order of `INDEX_COLUMNS`."""
    columns: list[str] = []
    characters: list[str] = []
    for text in document:
        if not text:
            columns.append("")
        elif text is document.traits:  # piece by piece: these are remembered, their combinations are too many
            pieces = [_indexed(piece) for piece in text.split(" \n ")]
            columns.append(" ".join([strong for strong, _ in pieces if strong]))
            for _, weak in pieces:
                characters += weak
        else:
            strong, weak = _cut(text)
            columns.append(" ".join(strong))
            characters += weak
    columns.append(" ".join(dict.fromkeys(characters)))
    return tuple(columns)


def match_any(tokens: Iterable[str]) -> str:
    return " OR ".join(_quoted(token) for token in tokens)


def match_all(tokens: Iterable[str]) -> str:
    return " AND ".join(_quoted(token) for token in tokens)


def _quoted(token: str) -> str:
    return '"' + token.replace('"', '""') + '"'


@dataclass(frozen=True, slots=True)
class Filters:
    """The WHERE clause of a wish's filters over the table `t`, and its parameters. `sql` is "" for none."""

    sql: str
    parameters: tuple[str | int, ...]


def codes_in(text: str) -> tuple[str, ...]:
    """What may be meant as a code: the whole text, and words with digits that are too long for a count or a size."""
    words = [word.strip(".,;:?!()，。；：？！（）") for word in text.split()]
    telling = [word for word in words if re.search(r"\d", word) and (len(word) > 5 or re.search(r"[^\W\d]", word))]
    return tuple(dict.fromkeys([text.strip(), *telling]))[:_MOST_CODES]


def fused(by_words: Sequence[tuple[int, float]], by_meaning: Sequence[int]) -> list[tuple[int, float]]:
    """(row id, score) by reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009) of two lists, each best first.

    The best row has the best score that words gave, the others have their share of it.
    """
    points: dict[int, float] = {}
    for rows in ([row for row, _ in by_words], by_meaning):
        for rank, row in enumerate(rows, 1):
            points[row] = points.get(row, 0.0) + 1 / (_FUSION + rank)
    top = max((score for _, score in by_words), default=_SCALE)
    best = max(points.values(), default=1.0)
    order = sorted(points, key=lambda row: -points[row])
    return [(row, round(top * points[row] / best, 4)) for row in order]


def across_kinds(hits: Sequence[Hit], tokens: Tokens) -> list[Hit]:
    """Hits of several kinds with scores that can be compared.

    bm25 counts a word that is rare in one table higher than in another: an order that lists a jacket
    would come before the jacket. What a row itself is called decides, not what it speaks of.
    """
    named = [tokens_of(f"{_all_names(hit)} {hit.record.key}").strong for hit in hits]
    texts = list(dict.fromkeys(token for of_hit in (tokens.strong, *named) for token in of_hit))
    stem = stems_of(texts)
    asked = {stem[token] for token in tokens.strong}
    weighed: list[Hit] = []
    lowest: dict[str, float] = {}  # within one kind the order stays as it is
    for hit, own in zip(hits, named, strict=True):
        share = len(asked & {stem[token] for token in own}) / len(asked) if asked else 1.0
        score = round(hit.score * (_UNNAMED_SHARE + (1 - _UNNAMED_SHARE) * share), 4)
        lowest[hit.record.kind] = min(score, lowest.get(hit.record.kind, score))
        weighed.append(Hit(hit.record, lowest[hit.record.kind]))
    return sorted(weighed, key=lambda hit: -hit.score)


def _all_names(hit: Hit) -> str:
    return " ".join(dict.fromkeys((hit.record.title, hit.record.title_in("zh"), hit.record.title_in("en"))))


def exact_first(hits: Sequence[Hit], exact: Sequence[Record]) -> list[Hit]:
    """`exact` before all others, with at least the best score; the others keep their order."""
    keys = {(record.kind, record.key, record.fields.get("store")) for record in exact}
    top = max((hit.score for hit in hits), default=10.0)
    others = [hit for hit in hits if (hit.record.kind, hit.record.key, hit.record.fields.get("store")) not in keys]
    return [*(Hit(record, top) for record in exact), *others]


def filters_of(wish: SearchWish, table: Table) -> Filters:
    """Filters are about products; other kinds have none of these columns and are passed over by any filter."""
    clauses: list[str] = []
    parameters: list[str | int] = []
    for column, values in (
        ("color_key", wish.colors),
        ("size_key", wish.sizes),
        ("brand_key", wish.brands),
        ("category_key", wish.categories),
    ):
        folded = [fold(storable(value)).replace("|", "/") for value in values]
        if folded:
            clauses.append("(" + " OR ".join(f"instr(t.{column}, ?) > 0" for _ in folded) + ")")
            parameters.extend(f"|{value}|" for value in folded)
    if wish.stores:
        clauses.append(f"t.store IN ({', '.join('?' * len(wish.stores))})")
        parameters.extend(map(storable, wish.stores))
    if wish.min_price is not None:
        clauses.append(f"{_PRICE} >= ?")
        parameters.append(wish.min_price)
    if wish.max_price is not None:
        clauses.append(f"{_PRICE} <= ?")
        parameters.append(wish.max_price)
    if wish.in_stock:
        clauses.append("coalesce(t.available, 1) = 1 AND coalesce(t.stock, t.available, 0) > 0")
    if wish.sold_out:
        clauses.append("(t.available = 0 OR t.stock <= 0)")
    if clauses and table.kind != "product":
        return Filters("0", ())
    return Filters(" AND ".join(clauses), tuple(parameters))


def passing(db: sqlite3.Connection, table: Table, wish: SearchWish, filters: Filters) -> list[int]:
    """Ids of `wish.limit` rows that pass the filters, in the order of lists; in a large shop of the first that do."""
    words = [match for values in (wish.brands, wish.categories, wish.colors, wish.sizes) if (match := _said_in(values))]
    search = f"{table.name}_search"
    joined = f" JOIN {search} ON {search}.rowid = t.id" if words else ""
    where = f"{search} MATCH ? AND {filters.sql}" if words else filters.sql
    parameters = (" AND ".join(words), *filters.parameters) if words else filters.parameters
    rows = db.execute(
        f"SELECT t.id FROM {table.name} AS t WHERE t.id IN"
        f" (SELECT t.id FROM {table.name} AS t{joined} WHERE {where} LIMIT ?) ORDER BY {table.order} LIMIT ?",
        (*parameters, max(wish.limit, _RANKED), wish.limit),
    )
    return [row["id"] for row in rows]


def _said_in(values: Sequence[str]) -> str:
    """What the index finds rows by that have one of the values as a trait, and others; "" where it can find none."""
    matches = [match_all(tokens_of(storable(value)).strong) for value in values]
    return (
        f"({{traits chars}} : ({' OR '.join(f'({match})' for match in matches)}))" if all(matches) and matches else ""
    )


@dataclass(frozen=True, slots=True)
class Known:
    """What the search knows of one table: its rows, how long its texts are, and in how many rows a token stands."""

    rows: int
    lengths: Lengths
    frequency: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Wording:
    """What is asked in other words or another spelling, with the rows of its tokens.

    `likelier` is how many spellings come before this one; `twice` says that it is another spelling in other words.
    """

    text: str
    frequency: Mapping[str, int]
    spelling: bool = False
    likelier: int = 0
    twice: bool = False


@dataclass(slots=True)
class _Found:
    """Candidates by row, each in the first step of the search that brought it: the lower, the better."""

    steps: dict[int, float]
    texts: dict[int, Texts]

    def add(self, rows: Sequence[Texts], step: float) -> None:
        for row in rows:
            if row.row not in self.texts:
                self.steps[row.row], self.texts[row.row] = step, row


def ranked(
    db: sqlite3.Connection,
    table: Table,
    wish: SearchWish,
    known: Known,
    other_words: Callable[[], Iterable[Wording]],
) -> list[tuple[int, float]]:
    """(row id, score) of the best `wish.limit` rows of one table; see `across_kinds` for several.

    First come rows with all words of the text, then, where these are few, rows that say all of it in other words
    (`other_words`), then rows with some of the words, or where there are none, of their likeliest spelling.
    """
    most = _RANKED if wish.enough > 1 else _RANKED_QUICKLY
    reader = _Reader(db, table, filters_of(wish, table), max(wish.limit, most))
    tokens = tokens_of(wish.text).first(MOST_TOKENS)
    helping = _rarest_first(tokens_of(wish.also).first(MOST_TOKENS).strong, known.frequency)
    enough = min(wish.limit, wish.enough)
    found = _Found({}, {})
    asked = [(tokens, known.frequency, 1.0)]
    wanted = needed(wish.text, tokens, known.frequency)
    if wanted:
        found.add(reader.having(wanted, helping), 0)
    spelled: Wording | None = None
    if len(found.texts) < enough:
        for wording in other_words():
            spelled = wording if wording.spelling and spelled is None else spelled
            tokens_meant = tokens_of(wording.text).first(MOST_TOKENS)
            wanted = needed(wording.text, tokens_meant, wording.frequency)
            rows = reader.having(wanted, helping) if wanted else []
            if rows:
                share = max(_OTHER_WORDS ** (1 + wording.likelier), _LEAST_LIKELY)
                asked.append((tokens_meant, wording.frequency, share))
                found.add(rows, 1.5 if wording.twice else 1.0)
            if len(found.texts) >= _RANKED:
                break
    if len(found.texts) < enough:
        _add_parts(found, reader, tokens, known.frequency, helping, enough)
    if not found.texts and spelled is not None:
        tokens_meant = tokens_of(spelled.text).first(MOST_TOKENS)
        asked.append((tokens_meant, spelled.frequency, _OTHER_WORDS))
        _add_parts(found, reader, tokens_meant, spelled.frequency, helping, enough)
    return _best(reader, found, asked, helping, known)[: wish.limit]


def _add_parts(
    found: _Found,
    reader: _Reader,
    tokens: Tokens,
    frequency: Mapping[str, int],
    helping: Sequence[str],
    enough: int,
) -> None:
    """Rows with some of the words, the rare ones first."""
    strong = _rarest_first(_telling(tokens.strong), frequency)
    rare = _rare(strong, frequency)
    if rare:
        found.add(reader.with_any(rare), 2)
    if strong[len(rare) :] and len(found.texts) < enough:
        found.add(reader.having_most(strong[len(rare) :], helping), 2)
    weak = _rarest_first(tokens.weak, frequency)
    if len(weak) > 1:
        found.add(reader.having_most(weak, ()), 2)
    elif not strong and weak:
        found.add(reader.having(weak, ()), 2)


def _best(
    reader: _Reader,
    found: _Found,
    asked: Sequence[tuple[Tokens, Mapping[str, int], float]],
    helping: Sequence[str],
    known: Known,
) -> list[tuple[int, float]]:
    ids = list(found.texts)
    texts = [found.texts[row] for row in ids]
    fits = [0.0] * len(ids)
    for tokens, frequency, share in asked:
        own = scores(texts, _weighed(tokens, frequency, known), known.lengths)
        fits = [max(fit, share * other) for fit, other in zip(fits, own, strict=True)]
    if helping:
        weighed = _weighed(Tokens(tuple(helping), ()), known.frequency, known)
        helped = scores(texts, weighed, known.lengths)
        fits = [fit + _HELPED * help for fit, help in zip(fits, helped, strict=True)]
    points = {row: round((fit + (2 - found.steps[row])) * _SCALE, 4) for row, fit in zip(ids, fits, strict=True)}
    place = {row: number for number, row in enumerate(reader.in_order(ids))}
    return sorted(points.items(), key=lambda item: (-item[1], place[item[0]]))


def _rare(tokens: Sequence[str], frequency: Mapping[str, int]) -> Sequence[str]:
    """The first of the tokens, the rarest ones, whose rows are not too many to be ranked."""
    rows = 0
    for number, token in enumerate(tokens):
        rows += frequency[token]
        if rows > _RANKED:
            return tokens[:number]
    return tokens


def _weighed(tokens: Tokens, frequency: Mapping[str, int], known: Known) -> Weighed:
    terms = stems_of(tokens.strong)
    telling = _telling(tokens.strong)
    weights: dict[str, float] = {}
    for token in tokens.strong:
        weight = rarity(frequency.get(token, 0), known.rows) * (1.0 if token in telling else _SMALL_SHARE)
        weights[terms[token]] = max(weight, weights.get(terms[token], 0.0))
    return Weighed(
        terms,
        weights,
        {token: rarity(frequency.get(token, 0), known.rows) for token in tokens.weak},
    )


def _telling(tokens: Sequence[str]) -> Sequence[str]:
    """The tokens without small words, or all where there are no others."""
    return [token for token in tokens if token not in _SMALL_WORDS] or tokens


def needed(text: str, tokens: Tokens, frequency: Mapping[str, int]) -> list[str]:
    """The tokens that a row with all words of `text` has, the rarest first; none where there can be no such row.

    Small words may be missing. A pair of characters that stands nowhere is no hindrance between two words that do:
    色冲 in 黑色冲锋衣.
    """
    found = []
    across: set[str] = set()
    for run in runs(text):
        if not is_han(run[0]) or len(run) < 4:
            continue
        pairs = [run[place : place + 2] for place in range(len(run) - 1)]
        across.update(
            pair
            for before, pair, after in zip(pairs, pairs[1:], pairs[2:], strict=False)
            if not frequency.get(pair) and frequency.get(before) and frequency.get(after)
        )
    for token in _telling(tokens.strong):
        if frequency.get(token):
            found.append(token)
        elif token not in across:
            return []
    return sorted(found, key=lambda token: frequency[token])


class _Reader:
    """Reads candidates of one table, after the filters, as the index keeps their texts."""

    def __init__(self, db: sqlite3.Connection, table: Table, filters: Filters, most: int) -> None:
        self._db = db
        self._most = most
        self._table = table
        self._filters = filters
        search = f"{table.name}_search"
        join = f" JOIN {table.name} AS t ON t.id = {search}.rowid" if filters.sql else ""
        where = f" AND {filters.sql}" if filters.sql else ""
        self._ids = f"SELECT {search}.rowid FROM {search}{join} WHERE {search} MATCH ?{where} LIMIT ?"
        self._texts = (
            f"SELECT rowid, {', '.join(INDEX_COLUMNS)} FROM {search} WHERE rowid IN (SELECT value FROM json_each(?))"
        )

    def with_any(self, tokens: Sequence[str]) -> list[Texts]:
        """Rows with any of the tokens."""
        return self._read(self._found(match_any(tokens)))

    def having(self, tokens: Sequence[str], helping: Sequence[str]) -> list[Texts]:
        """Rows with all the tokens. Where they are too many, rows that also have the words that help, and name them."""
        for number in range(min(_FIRST_TOKENS, len(tokens)), len(tokens) + 1):
            match = match_all(tokens[:number])
            ids = self._found(match)
            if len(ids) < self._most:  # the other tokens are common: it is quicker to look for them in the few rows
                return with_all(self._read(ids), tokens[number:])
        ids = [*self._narrowed(match, helping), *self._found(f"{{name codes traits}} : ({match})")] or ids
        return self._read(ids)

    def having_most(self, tokens: Sequence[str], helping: Sequence[str]) -> list[Texts]:
        """Rows with the first of the tokens and, as long as these are too many, with as many others as go together."""
        match = _quoted(tokens[0])
        ids = self._found(match)
        if len(ids) == self._most:
            ids = self._narrowed(match, [*tokens[1:], *helping]) or ids
        return self._read(ids)

    def _narrowed(self, match: str, others: Sequence[str]) -> list[int]:
        ids: list[int] = []
        for token in others:
            narrower = f"{match} AND {_quoted(token)}"
            fewer = self._found(narrower)
            if fewer:
                ids, match = fewer, narrower
            if fewer and len(fewer) < self._most:
                break
        return ids

    def _found(self, match: str) -> list[int]:
        rows = self._db.execute(self._ids, (match, *self._filters.parameters, self._most))
        return [row[0] for row in rows]

    def _read(self, ids: Sequence[int]) -> list[Texts]:
        wanted = json.dumps(list(dict.fromkeys(ids))[: self._most])
        return [Texts(*row) for row in self._db.execute(self._texts, (wanted,))]

    def in_order(self, ids: Sequence[int]) -> list[int]:
        """The rows in the order of lists, for those that fit alike."""
        rows = self._db.execute(
            f"SELECT id FROM {self._table.name} AS t WHERE id IN (SELECT value FROM json_each(?))"
            f" ORDER BY {self._table.order}",
            (json.dumps(list(ids)),),
        )
        return [row["id"] for row in rows]


def _rarest_first(tokens: Sequence[str], frequency: Mapping[str, int]) -> list[str]:
    return sorted((token for token in tokens if frequency.get(token)), key=lambda token: frequency[token])
