"""How well rows are found, on catalogues and judgements of other people that lie in ../shared/data, where they do.

search_ndcg10            mean NDCG@10 of `shopdesk search` on judged electronics queries (what nobody judged counts 0)
search_mistyped_ndcg10   the same with one error in a word of five letters or more, eight times over
search_said_ndcg10       the same of queries of two words put as `mouse for gaming`, `the gaming mouse`
search_plain_ndcg10      the same of plain FTS5: porter stems, any of the words, BM25 with the name four times
search_zh_recall10       mean recall@10 on Chinese queries made of product names (see `chinese_queries`)
search_zh_mrr10          the mean of one by the place of the first right product
search_zh_<manner>_mrr10 the same for each manner of asking

The Chinese queries come from a seed that nothing was tuned on.
"""

from __future__ import annotations

import csv
import math
import random
import re
import sqlite3
import string
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from shopdesk.core.ports import SearchWish
from shopdesk.store import Store, open_store
from tools.bench.chinese_queries import made_of

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
JUDGED = (DATA / "search" / "chorus_products_compact.csv", DATA / "search" / "chorus_judgements_dev.csv")
CHINESE = (DATA / "catalogue" / "zh_litemall_category.csv", DATA / "catalogue" / "zh_litemall_goods.csv")
_SEED = 20


def possible() -> bool:
    return all(file.is_file() for file in (*JUDGED, *CHINESE))


def measure() -> Mapping[str, float]:
    """Nothing, and a line about it, where the judged queries are not at hand."""
    if not possible():
        print(f"search: needs the judged queries and the catalogue in {DATA.parent.name}/data", file=sys.stderr)
        return {}
    with tempfile.TemporaryDirectory() as folder:
        return {**_electronics(Path(folder)), **_chinese(Path(folder))}


def _electronics(folder: Path) -> Mapping[str, float]:
    products, judgements = JUDGED
    grades: dict[str, dict[str, int]] = {}
    for row in _rows(judgements):
        grades.setdefault(row["query"], {})[row["docid"]] = int(row["rating"])
    plain = _plain_index(_rows(products))
    with open_store(folder / "electronics.db") as store:
        _import(store, products)

        def found(query: str) -> Sequence[str]:
            return _keys(store, query)

        figures = {"search_ndcg10": _mean_ndcg(grades, found), "search_plain_ndcg10": _mean_ndcg(grades, plain)}
        for name, other in (("mistyped", _mistyped(grades)), ("said", _said(grades))):
            figures[f"search_{name}_ndcg10"] = _mean([ndcg(found(text), grades[query]) for query, text in other])
    return figures


def _mistyped(queries: Mapping[str, Mapping[str, int]]) -> list[tuple[str, str]]:
    """(query, the same with one letter left out, doubled by another, exchanged or set in the wrong order)."""
    found = []
    for seed in range(8):
        by_chance = random.Random(seed)
        for query, of_query in queries.items():
            words = query.split()
            long = [place for place, word in enumerate(words) if len(word) >= 5 and word.isalpha()]
            if not long or not any(of_query.values()):
                continue
            place = by_chance.choice(long)
            words[place] = _with_error(words[place], by_chance)
            if " ".join(words) != query:
                found.append((query, " ".join(words)))
    return found


def _with_error(word: str, by_chance: random.Random) -> str:
    place, letter = by_chance.randrange(1, len(word) - 1), by_chance.choice(string.ascii_lowercase)
    before, at, after = word[:place], word[place], word[place + 1 :]
    return before + by_chance.choice([after, after[0] + at + after[1:], letter + after, letter + at + after])


def _said(queries: Mapping[str, Mapping[str, int]]) -> list[tuple[str, str]]:
    two = [(query, *query.split()) for query, of in queries.items() if any(of.values()) and len(query.split()) == 2]
    plain = [pair for pair in two if not any(character.isdigit() for character in pair[0])]
    return [(query, text) for query, one, two in plain for text in (f"{two} for {one}", f"the {one} {two}")]


def _chinese(folder: Path) -> Mapping[str, float]:
    figures: dict[str, list[tuple[float, float]]] = {"": []}
    with open_store(folder / "chinese.db") as store:
        for file in CHINESE:
            _import(store, file)
        names = {record.key: record.title for record in store.catalogue.records("product")}
        for query in made_of(names, _SEED):
            found = _keys(store, query.text)
            recall = len(query.meant & set(found)) / min(10, len(query.meant))
            place = next((1 / number for number, key in enumerate(found, 1) if key in query.meant), 0.0)
            for manner in ("", query.manner.replace(" ", "_").replace("-", "_")):
                figures.setdefault(manner, []).append((recall, place))
    of_all = figures.pop("")
    return {
        "search_zh_recall10": _mean([recall for recall, _ in of_all]),
        "search_zh_mrr10": _mean([place for _, place in of_all]),
        **{f"search_zh_{manner}_mrr10": _mean([place for _, place in of]) for manner, of in figures.items()},
    }


def ndcg(found: Sequence[str], grades: Mapping[str, int], places: int = 10) -> float:
    """Discounted gain of the first places by that of the best order; `grades` of what was judged, with one above 0."""

    def gain(of: Sequence[int]) -> float:
        return sum(grade / math.log2(place + 2) for place, grade in enumerate(of[:places]))

    return gain([grades.get(key, 0) for key in found]) / gain(sorted(grades.values(), reverse=True))


def _mean_ndcg(grades: Mapping[str, Mapping[str, int]], search: Callable[[str], Sequence[str]]) -> float:
    return _mean([ndcg(search(query), of_query) for query, of_query in grades.items() if any(of_query.values())])


def _plain_index(rows: Sequence[Mapping[str, str]]) -> Callable[[str], Sequence[str]]:
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE f USING fts5(id UNINDEXED, name, rest, tokenize = 'porter unicode61')")
    db.executemany(
        "INSERT INTO f VALUES (?, ?, ?)",
        ((row["id"], row["title"], f"{row['supplier']} {row['short_description']}") for row in rows),
    )

    def search(query: str) -> Sequence[str]:
        match = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", query))
        found = db.execute("SELECT id FROM f WHERE f MATCH ? ORDER BY bm25(f, 0, 4, 1) LIMIT 10", (match,))
        return [row[0] for row in found]

    return search


def _keys(store: Store, query: str) -> list[str]:
    return [hit.record.key for hit in store.catalogue.search(SearchWish(query, limit=10))]


def _import(store: Store, file: Path) -> None:
    store.importer.commit(store.importer.plan(file))


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
