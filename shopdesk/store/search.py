"""Full-text search: what goes into the index, and how a wish becomes a MATCH that SQLite can take.

Chinese is indexed as pairs of neighbouring characters, which carry meaning; the single characters
stand in a column of their own with little weight, so that they decide only where pairs do not.
"""

from __future__ import annotations

import math
import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from shopdesk.core.ports import SearchWish
from shopdesk.core.text import fold, is_han, runs
from shopdesk.core.types import ZERO_DECIMAL_CURRENCIES, Hit, Record
from shopdesk.store.database import storable
from shopdesk.store.tables import SearchDocument, Table

# Weights of the index columns: name, codes, traits, attributes, body, chars.
WEIGHTS = (4.0, 4.0, 2.0, 1.0, 1.0, 0.4)
INDEX_COLUMNS = ("name", "codes", "traits", "attributes", "body", "chars")
_BM25 = f"bm25({{table}}, {', '.join(str(weight) for weight in WEIGHTS)})"

# Hundredths, also of the currencies whose smallest unit is the whole one.
_WHOLE = ", ".join(f"'{currency}'" for currency in sorted(ZERO_DECIMAL_CURRENCIES))
_PRICE = f"t.price_minor * CASE WHEN t.currency IN ({_WHOLE}) THEN 100 ELSE 1 END"

# A word that stands in more rows than this says little and costs much: it may rank rows that a
# rarer word found, but it does not bring in rows of its own while there is a rarer one.
_COMMON_ROWS = 3000
# A word in more rows than this does not even rank: bm25 reads all of its rows to weigh it.
_HELPER_ROWS = 10_000
# What a row keeps of its score among rows of other kinds when none of the words stand in its name or code.
_UNNAMED_SHARE = 0.35
# Longer questions are cut: a row is found by its rare words, and 100,000 characters must not take seconds.
MOST_TOKENS = 96
_MOST_CODES = 8


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


@lru_cache(maxsize=8192)
def _cut(text: str) -> tuple[Sequence[str], Sequence[str]]:
    """The strong and the weak tokens of a text, in order. Remembered: brands and colours stand in many rows."""
    if text.isascii():
        return runs(text), ()
    strong: list[str] = []
    weak: list[str] = []
    for run in runs(text):
        if not is_han(run[0]) or len(run) == 1:
            strong.append(run)
        else:
            strong.extend(run[i : i + 2] for i in range(len(run) - 1))
            weak.extend(run)
    return strong, weak


_NOTHING: tuple[Sequence[str], Sequence[str]] = ((), ())


def index_values(document: SearchDocument) -> tuple[str, ...]:
    """The texts of the index columns, in the order of `INDEX_COLUMNS`."""
    texts = (document.name, document.codes, document.traits, document.attributes, document.body)
    cut = [_cut(text) if text and text is not document.traits else _NOTHING for text in texts]
    if document.traits:  # piece by piece: these are remembered, their combinations are too many
        pieces = [_cut(piece) for piece in document.traits.split(" \n ")]
        cut[2] = ([t for strong, _ in pieces for t in strong], [t for _, weak in pieces for t in weak])
    characters = [token for _, weak in cut for token in weak]
    return (*(" ".join(strong) for strong, _ in cut), " ".join(dict.fromkeys(characters)))


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


def across_kinds(hits: Sequence[Hit], tokens: Tokens) -> list[Hit]:
    """Hits of several kinds with scores that can be compared.

    bm25 counts a word that is rare in one table higher than in another: an order that lists a jacket
    would come before the jacket. What a row itself is called decides, not what it speaks of.
    """
    named = [tokens_of(f"{_all_names(hit)} {hit.record.key}").strong for hit in hits]
    texts = list(dict.fromkeys(token for of_hit in (tokens.strong, *named) for token in of_hit))
    stem = dict(zip(texts, stems(texts), strict=True))
    asked = {stem[token] for token in tokens.strong}
    weighed = []
    for hit, own in zip(hits, named, strict=True):
        share = len(asked & {stem[token] for token in own}) / len(asked) if asked else 1.0
        weighed.append(Hit(hit.record, round(hit.score * (_UNNAMED_SHARE + (1 - _UNNAMED_SHARE) * share), 4)))
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
    if wish.min_price is not None:
        clauses.append(f"{_PRICE} >= ?")
        parameters.append(wish.min_price)
    if wish.max_price is not None:
        clauses.append(f"{_PRICE} <= ?")
        parameters.append(wish.max_price)
    if wish.in_stock:
        clauses.append("coalesce(t.available, 1) = 1 AND coalesce(t.stock, t.available, 0) > 0")
    if clauses and table.kind != "product":
        return Filters("0", ())
    return Filters(" AND ".join(clauses), tuple(parameters))


def stems(texts: Sequence[str]) -> list[tuple[str, ...]]:
    """For each token the terms under which the index keeps it (porter stem, no accents)."""
    with _Stemmer() as db:
        db.executemany("INSERT INTO s (rowid, x) VALUES (?, ?)", enumerate(texts, 1))
        found: dict[int, list[str]] = {}
        for term, row in db.execute("SELECT term, doc FROM v ORDER BY doc, offset"):
            found.setdefault(row, []).append(term)
    return [tuple(found.get(row, ())) for row in range(1, len(texts) + 1)]


class _Stemmer:
    """A throw-away index with the shop's own tokenizer: the only sure way to stem as it does."""

    def __enter__(self) -> sqlite3.Connection:
        self._db = sqlite3.connect(":memory:")
        self._db.execute("CREATE VIRTUAL TABLE s USING fts5(x, tokenize = 'porter unicode61 remove_diacritics 2')")
        self._db.execute("CREATE VIRTUAL TABLE v USING fts5vocab(s, 'instance')")
        return self._db

    def __exit__(self, *_: object) -> None:
        self._db.close()


def rows_with_terms(db: sqlite3.Connection, table: Table, terms: Sequence[str]) -> Mapping[str, int]:
    """In how many rows of `table` each index term stands."""
    counts: dict[str, int] = {}
    for term in dict.fromkeys(terms):
        row = db.execute(f"SELECT doc FROM {table.name}_terms WHERE term = ?", (term,)).fetchone()
        counts[term] = int(row[0]) if row else 0
    return counts


def ranked(
    db: sqlite3.Connection, table: Table, wish: SearchWish, tokens: Tokens, frequency: Mapping[str, int]
) -> list[tuple[int, float]]:
    """(row id, score) of the best `wish.limit` rows of one table; see `across_kinds` for several.

    `frequency` tells for each token in how many rows of this table it stands.
    """
    strong = _rarest_first(tokens.strong, frequency)
    weak = _rarest_first(tokens.weak, frequency)
    known = strong or weak
    if not known:
        return []
    if frequency[known[0]] > _COMMON_ROWS:
        return _first_found(db, table, wish, known)
    finders, others = _divide(known, frequency)
    helpers = [token for token in [*others, *(weak if strong else [])] if frequency[token] <= _HELPER_ROWS]
    match = f"({match_any(finders)})"
    if helpers:
        match += f" AND ({match_any([*finders, *helpers])})"
    filters = filters_of(wish, table)
    search = f"{table.name}_search"
    score = _BM25.format(table=search)
    where = f" AND {filters.sql}" if filters.sql else ""
    rows = db.execute(
        f"SELECT t.id, {score} AS score FROM {search} JOIN {table.name} AS t ON t.id = {search}.rowid"
        f" WHERE {search} MATCH ?{where} ORDER BY score, {table.order} LIMIT ?",
        (match, *filters.parameters, wish.limit),
    ).fetchall()
    total = db.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0]
    scale = 10.0 / math.log(total + 2.0)
    return [(row["id"], round(-row["score"] * scale, 4)) for row in rows]


def _first_found(db: sqlite3.Connection, table: Table, wish: SearchWish, known: list[str]) -> list[tuple[int, float]]:
    """Rows for words so common that one row is as good as the next; to rank half the shop would take too long.

    First those with every word, then those that have the rarest word in their name or traits, then any with it.
    """
    rarest = _quoted(known[0])
    filters = filters_of(wish, table)
    search = f"{table.name}_search"
    where = f" AND {filters.sql}" if filters.sql else ""
    found: dict[int, float] = {}
    rungs = [(2.0, f"{{name codes traits}} : {rarest}"), (1.0, rarest)]
    if len(known) > 1:
        rungs.insert(0, (3.0, match_all(known)))
    for score, match in rungs:
        rows = db.execute(
            f"SELECT t.id FROM {search} JOIN {table.name} AS t ON t.id = {search}.rowid"
            f" WHERE {search} MATCH ?{where} LIMIT ?",
            (match, *filters.parameters, wish.limit),
        )
        for row in rows:
            found.setdefault(row["id"], score)
        if len(found) >= wish.limit:
            break
    return list(found.items())[: wish.limit]


def _rarest_first(tokens: Sequence[str], frequency: Mapping[str, int]) -> list[str]:
    return sorted((token for token in tokens if frequency.get(token)), key=lambda token: frequency[token])


def _divide(tokens: list[str], frequency: Mapping[str, int]) -> tuple[list[str], list[str]]:
    """The rarest tokens, which bring in rows (never more than `_COMMON_ROWS` or so), and the others."""
    finders: list[str] = []
    rows = 0
    for token in tokens:
        rows += frequency[token]
        if finders and rows > _COMMON_ROWS:
            break
        finders.append(token)
    return finders, tokens[len(finders) :]
