"""Look at a file, plan an import, commit it in one transaction, undo it."""

from __future__ import annotations

import json
import sqlite3
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from shopdesk.core.errors import ImportFault, StoreError
from shopdesk.core.types import Record
from shopdesk.store import writing
from shopdesk.store.database import Database
from shopdesk.store.importing import layouts, undoing
from shopdesk.store.importing.committing import attached, place_of, write_staged, write_traits
from shopdesk.store.importing.comparing import Comparison, changes, compare_traits
from shopdesk.store.importing.content import Meter, sha256_of
from shopdesk.store.importing.layout import Layout, Wishes, fields_of, find_header, guess_layout, signature_of
from shopdesk.store.importing.layouts import SavedLayout
from shopdesk.store.importing.parts import Look, Part, look_of
from shopdesk.store.importing.rejected import save_rejected, write_rejected
from shopdesk.store.importing.report import (
    PLURAL,
    Change,
    Conflict,
    Counts,
    ImportReport,
    PartReport,
    Progress,
    Remark,
    UndoReport,
)
from shopdesk.store.importing.rows import ReadRow, RowReader
from shopdesk.store.importing.sources import Source, open_sources
from shopdesk.store.importing.staging import Staging, room_told
from shopdesk.store.settings import Settings
from shopdesk.store.tables import PRODUCTS, TABLES, Table

_SAMPLE_LINES = 1000
_SHOWN_ROWS = 20
_T = TypeVar("_T")

# When the first real rows of a kind come, the sample's rows of these kinds go with them: with goods of its own, a shop
# must not promise its customers what the sample's rules and promotions say.
_REPLACES_SAMPLE: Mapping[str, tuple[str, ...]] = {
    "product": ("product", "policy", "promotion", "order"),
    **{kind: (kind,) for kind in TABLES if kind != "product"},
}


@dataclass(frozen=True)
class ImportPlan:
    """What an import would do. Nothing is written to the shop; `Importer.commit` does it.

    What was read is held in a temporary file until `close`, or until nobody has the plan any more.
    """

    path: Path
    sha256: str
    parts: tuple[Part, ...]
    report: ImportReport
    staging: Staging = field(repr=False)
    revision: int
    importer: Importer = field(repr=False)

    @property
    def source(self) -> Source:
        return self._main.source

    @property
    def layout(self) -> Layout:
        layout = self._main.layout
        assert layout is not None
        return layout

    @property
    def _main(self) -> Part:
        readable = [part for part in self.parts if part.layout is not None]
        return next((part for part in readable if part.source.part == self.report.main.name), readable[0])

    @property
    def look(self) -> Look:
        return Look(self.path, tuple(look_of(part) for part in self.parts))

    def to_json(self) -> dict[str, Any]:
        return self.report.to_json()

    def changes(self, limit: int = 200, offset: int = 0, sort: str | None = None) -> list[Change]:
        """What would happen to single rows, field by field; `sort`: only new, changed or missing ones."""
        return self.importer.changes(self, limit, offset, sort)

    def close(self) -> None:
        self.staging.close()


@dataclass(frozen=True, slots=True)
class Batch:
    """An import that was done. `report` is the JSON of its ImportReport; `undone_at` is None while it stands."""

    id: int
    kind: str
    file: str
    sha256: str
    imported_at: str
    imported_by: str
    report: Mapping[str, Any]
    undone_at: str | None

    @property
    def can_undo(self) -> bool:
        return self.undone_at is None

    def to_json(self) -> dict[str, Any]:
        return {
            "batch": self.id, "kind": PLURAL[self.kind], "file": self.file, "sha256": self.sha256,
            "imported_at": self.imported_at, "by": self.imported_by, "undone_at": self.undone_at,
            "report": dict(self.report),
        }  # fmt: skip


class Importer:
    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._settings = settings

    # -- before anything is written ---------------------------------------------------------

    def look(
        self,
        path: Path,
        *,
        kind: str | None = None,
        mapping: Mapping[str, str] | None = None,
        encoding: str | None = None,
        currency: str | None = None,
        header: bool | None = None,
        parts: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> Look:
        """How a file would be read, by its first lines. Raises ImportFault where it cannot be imported."""
        wishes = _wishes(kind, mapping, currency, header)
        found = self._parts(path, wishes, encoding, parts or {})
        return Look(path, tuple(look_of(part) for part in found))

    def fields(self, kind: str) -> tuple[str, ...]:
        """What a mapping may name for a kind. Raises ImportFault("import_kind_unknown")."""
        return fields_of(_kind(kind))

    def planning(
        self,
        path: Path,
        *,
        kind: str | None = None,
        mapping: Mapping[str, str] | None = None,
        encoding: str | None = None,
        currency: str | None = None,
        header: bool | None = None,
        parts: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> Iterator[Progress | ImportPlan]:
        """Read a file and compare it with the shop's rows; the last item is the plan. Closing ends it early.

        `kind` is products, policies, … (singular too); `mapping` is field → header or column number, or "" to take
        a guess away; `header` tells whether there is one. What is not given is remembered from the last file of
        the same layout, or guessed. `parts`: for a part's name what holds for it alone, by the same names.
        Raises ImportFault where the file cannot be imported.
        """
        wishes = _wishes(kind, mapping, currency, header)
        found = self._parts(path, wishes, encoding, parts or {})
        return self._planning(path, found, with_sample=False)

    def plan(
        self,
        path: Path,
        *,
        kind: str | None = None,
        mapping: Mapping[str, str] | None = None,
        encoding: str | None = None,
        currency: str | None = None,
        header: bool | None = None,
        parts: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> ImportPlan:
        """`planning`, all at once."""
        steps = self.planning(
            path, kind=kind, mapping=mapping, encoding=encoding, currency=currency, header=header, parts=parts
        )  # fmt: skip
        return _last(steps, ImportPlan)

    def preview(self, plan: ImportPlan, limit: int) -> list[Record]:
        """The first good rows of the file as records: what a shop that does not have them yet would store."""
        if plan.layout.kind not in TABLES:
            return []
        table = TABLES[plan.layout.kind]
        blank = {"sample": 0, "as_of": _now()}
        rows = (row for chunk in plan.staging.chunks(table, size=limit) for row in chunk)
        return [table.record(blank | row.content | _named(table, row.content)) for row in islice(rows, limit)]

    def changes(self, plan: ImportPlan, limit: int, offset: int, sort: str | None) -> list[Change]:
        """See `ImportPlan.changes`."""
        with self._database.read() as db:
            found = (
                change
                for one in ([sort] if sort else ["changed", "new", "missing"])
                for kind in plan.staging.kinds
                for change in changes(db, plan.staging, TABLES[kind], one)
            )
            return list(islice(found, offset, offset + limit))

    # -- commit -------------------------------------------------------------------------------

    def committing(
        self,
        plan: ImportPlan,
        by: str = "",
        *,
        accept_damage: bool = False,
        remember: bool = True,
        rejected_to: Path | None = None,
    ) -> Iterator[Progress | ImportReport]:
        """Do what was planned, all of it or nothing; the last item is the report. Closing takes all of it back.

        `remember`: read the next file of the same layout likewise. `rejected_to`: where the rejected rows go;
        else into a folder beside the database.
        Raises ImportFault: `import_file_changed` where it did since, `import_damaged` unless that is accepted.
        """
        if plan.report.damage and not accept_damage:
            reason = plan.report.damage[0]
            raise ImportFault("import_damaged", path=plan.path, reason=reason.text("en"), detail=reason.code)
        if sha256_of(plan.path) != plan.sha256:
            raise ImportFault("import_file_changed", path=plan.path)
        return self._committing(plan, by, remember, rejected_to)

    def commit(
        self,
        plan: ImportPlan,
        by: str = "",
        *,
        accept_damage: bool = False,
        remember: bool = True,
        rejected_to: Path | None = None,
    ) -> ImportReport:
        """`committing`, all at once."""
        steps = self.committing(
            plan, by, accept_damage=accept_damage, remember=remember, rejected_to=rejected_to
        )  # fmt: skip
        return _last(steps, ImportReport)

    def load_sample(self, paths: Sequence[Path]) -> None:
        """Import files as the sample shop, in one transaction. It is no batch: there is nothing to go back to.

        Another program that opens the same new home may load it meanwhile; then there is nothing left to write.
        """
        while not self._loaded_sample(paths):
            pass

    def _loaded_sample(self, paths: Sequence[Path]) -> bool:
        """Whether the files were written; not so when somebody wrote to the shop after they had been compared."""
        with ExitStack() as stack:
            plans = []
            for path in paths:
                parts = self._parts(path, Wishes(kind=_kind(path.stem)), "utf-8")
                plans.append(_last(self._planning(path, parts, with_sample=True), ImportPlan))
                stack.callback(plans[-1].close)
            now = _now()
            with attached(self._database, [plan.staging for plan in plans]) as names, self._database.write() as db:
                if any(plan.revision != _revision(db) for plan in plans):
                    return False
                for plan, name in zip(plans, names, strict=True):
                    for _ in write_staged(db, plan.staging, name, batch=None, now=now, sample=True):
                        pass
                writing.rows_changed(db, {kind for plan in plans for kind in plan.staging.kinds})
        return True

    def save_rejected(self, plan: ImportPlan, path: Path) -> int:
        """Write the rejected rows of a plan as CSV; how many. Raises ImportFault("import_rejected_unwritable")."""
        return save_rejected(plan.parts, plan.staging, path)

    # -- batches --------------------------------------------------------------------------------

    def batches(self) -> list[Batch]:
        """The newest first."""
        with self._database.read() as db:
            return [_batch(row) for row in db.execute("SELECT * FROM imports ORDER BY id DESC")]

    def batch(self, batch_id: int) -> Batch:
        """Raises StoreError("batch_missing")."""
        with self._database.read() as db:
            return _batch(undoing.require(db, batch_id))

    def conflicts(self, batch_id: int) -> list[Conflict]:
        """What was edited by hand since a batch brought it. Raises StoreError("batch_missing")."""
        with self._database.read() as db:
            undoing.require(db, batch_id)
            return undoing.conflicts(db, batch_id)

    def undoing(self, batch_id: int, *, keep_edits: bool = False) -> Iterator[Progress | UndoReport]:
        """Make the shop's rows what they were before a batch; the last item is the report.

        Values that were edited by hand since are put back too, or left with `keep_edits`; the report names them.
        Raises StoreError: `batch_missing`, `batch_undone`, or `batch_built_upon` where a later
        batch changed the same rows and has to be undone first, or brought rows among which the
        sample that this batch replaced must not stand again.
        """
        with self._database.write() as db:
            steps = undoing.undo(db, batch_id, keep_edits=keep_edits, now=_now())
            report = yield from steps
        yield report

    def undo(self, batch_id: int, *, keep_edits: bool = False) -> UndoReport:
        """`undoing`, all at once."""
        return _last(self.undoing(batch_id, keep_edits=keep_edits), UndoReport)

    # -- layouts ----------------------------------------------------------------------------------

    def layouts(self) -> list[SavedLayout]:
        """The layouts of files imported before, the one used last first."""
        with self._database.read() as db:
            return layouts.all_layouts(db)

    def forget_layout(self, layout_id: int) -> None:
        with self._database.write() as db:
            layouts.forget(db, layout_id)

    # -- inside: files → parts → plan ------------------------------------------------------------------

    def _parts(
        self, path: Path, wishes: Wishes, encoding: str | None, said: Mapping[str, Mapping[str, Any]] | None = None
    ) -> list[Part]:
        """The tables of a file and their layouts. Where there are several, those that hold no rows are skipped."""
        sources = open_sources(path, encoding)
        of_parts = _wishes_of_parts(said)
        parts: list[Part] = []
        fault: ImportFault | None = None
        for source in sources:
            if said and said.get(source.part, {}).get("skip"):
                parts.append(Part(source, None, skipped=Remark(0, "", "part_left_out", {}, source.part)))
                continue
            try:
                parts.append(self._part(source, of_parts.get(source.part, wishes)))
            except ImportFault as error:
                fault = fault or error
                params = {name: str(value) for name, value in error.params.items()}
                parts.append(Part(source, None, skipped=Remark(0, "", error.code, params, source.part)))
        if all(part.layout is None for part in parts):
            raise fault or ImportFault("import_empty", path=path)
        return _of_one_currency(parts)

    def _part(self, source: Source, wishes: Wishes) -> Part:
        lines = list(islice(source.lines(), _SAMPLE_LINES))
        if not lines:
            raise ImportFault("import_empty", path=source.path)
        has_header = wishes.header if wishes.header is not None else source.has_header
        header_line, titles = find_header(lines, has_header, wishes.mapping or {})
        rows = [cells for line, cells in lines if header_line is None or line > header_line]
        if not rows:
            raise ImportFault("import_empty", path=source.path)
        name = " ".join(filter(None, (source.path.name, source.part)))
        signature = signature_of(source.format, titles, rows, header_line is None)
        with self._database.read() as db:
            saved = layouts.find(db, signature)
            shop_currency = _usual_currency(db)
        if saved is not None:
            wishes = saved.wishes(wishes)
        layout = guess_layout(
            name, titles, header_line, rows, wishes, signature=signature,
            default_currency=self._settings.get("default_currency"), shop_currency=shop_currency,
            encoding=source.encoding,
        )  # fmt: skip
        return Part(source, layout, wishes, tuple(tuple(cells) for _, cells in lines[:_SHOWN_ROWS]))

    def _planning(self, path: Path, parts: Sequence[Part], *, with_sample: bool) -> Iterator[Progress | ImportPlan]:
        with room_told():
            staging = Staging()
            yield from self._planning_in(staging, path, parts, with_sample=with_sample)

    def _planning_in(
        self, staging: Staging, path: Path, parts: Sequence[Part], *, with_sample: bool
    ) -> Iterator[Progress | ImportPlan]:
        done = False
        try:
            counts = [Counts() for _ in parts]
            names = [part.source.part for part in parts]
            yield from self._reading(parts, staging, counts)
            if sha256_of(path) != parts[0].source.sha256:
                raise ImportFault("import_file_changed", path=path)
            for kind in staging.kinds:
                staging.settle(kind, counts, names)
            with self._database.read() as db:
                revision = _revision(db)
                for kind in staging.kinds:
                    comparison = Comparison(db, staging, TABLES[kind], counts, names, with_sample)
                    yield from (Progress("comparing", rows, None) for rows in comparison.run())
                compare_traits(db, staging, counts, names)
                total = Counts()
                for one in counts:
                    total.add(one)
                removed = _count_sample(db, staging.kinds) if total.new + total.changed and not with_sample else 0
            report = _report(path, parts, counts, total, removed)
            done = True
            yield ImportPlan(path, parts[0].source.sha256, tuple(parts), report, staging, revision, self)
        finally:
            if not done:
                staging.close()

    def _reading(self, parts: Sequence[Part], staging: Staging, counts: Sequence[Counts]) -> Iterator[Progress]:
        total = sum(part.source.size for part in parts if part.layout is not None)
        before = 0
        for number, part in _in_order(parts):
            layout = part.layout
            assert layout is not None
            meter = Meter(part.source.size)
            names = _Names(self._database, staging)
            reader = RowReader(layout, counts[number], part.source.part, names.name_of)
            reader.on_reject = partial(staging.reject, number, kind=layout.kind)
            rows = _with_list(reader.read(_data_lines(part, meter)), part)
            for _ in staging.add(layout.kind, number, rows):
                yield Progress("reading", min(before + meter.done, total), total)
            before += part.source.size

    # -- inside: plan → rows --------------------------------------------------------------------------

    def _committing(
        self, plan: ImportPlan, by: str, remember: bool, rejected_to: Path | None
    ) -> Iterator[Progress | ImportReport]:
        staging, now = plan.staging, _now()
        rejected = write_rejected(plan.path, plan.parts, plan.staging, rejected_to, self._database.path.parent)
        report = replace(plan.report, rejected_file=str(rejected) if rejected else None)
        counts = report.counts
        if counts.new + counts.changed + counts.unchanged == 0:
            yield report
            return
        report, revision = self._compared_anew(plan, report)
        with attached(self._database, [staging]) as (name,), self._database.write() as db:
            if _revision(db) != revision:
                raise StoreError("store_locked", path=self._database.path)  # somebody keeps writing
            batch = db.execute(
                "INSERT INTO imports (kind, file, sha256, imported_at, imported_by, report)"
                " VALUES (?, ?, ?, ?, ?, '{}')",
                (report.kind, plan.path.name, plan.sha256, now, by),
            ).lastrowid
            touched = set(staging.kinds)
            removed = 0
            if report.counts.new + report.counts.changed:
                for kind in _replaced_by(staging.kinds):
                    gone = writing.RowWriter(db, TABLES[kind], batch=batch, as_of=now).delete_sample()
                    removed += gone
                    touched |= {kind} if gone else set()
            yield from write_staged(db, staging, name, batch=batch, now=now, sample=False)
            touched |= write_traits(db, staging, batch, now)
            yield Progress("indexing", 0, None)
            writing.rows_changed(db, touched)
            report = replace(report, sample_removed=removed, batch=batch)
            db.execute(
                "UPDATE imports SET report = ? WHERE id = ?", (json.dumps(report.to_json(), ensure_ascii=False), batch)
            )
            if remember:
                for part in plan.parts:
                    if part.layout is not None:
                        layouts.save(db, part.source, part.layout, part.wishes, now)
        yield report

    def _compared_anew(self, plan: ImportPlan, report: ImportReport) -> tuple[ImportReport, int]:
        """The report, made once more where the shop's rows have changed since the plan, and the rows' revision."""
        names = [part.source.part for part in plan.parts]
        with self._database.read() as db:
            revision = _revision(db)
            if revision == plan.revision:
                return report, revision
            counts = [replace(part.counts, new=0, changed=0, unchanged=0, missing=0) for part in plan.report.parts]
            for kind in plan.staging.kinds:
                plan.staging.forget_comparison(TABLES[kind])
                for _ in Comparison(db, plan.staging, TABLES[kind], counts, names).run():
                    pass
            compare_traits(db, plan.staging, counts, names)
        total = Counts()
        for one in counts:
            total.add(one)
        anew = _report(plan.path, plan.parts, counts, total, 0)
        return replace(anew, rejected_file=report.rejected_file), revision


def _report(path: Path, parts: Sequence[Part], counts: Sequence[Counts], total: Counts, removed: int) -> ImportReport:
    damage = [remark for part, one in zip(parts, counts, strict=True) for remark in one.damages(part.source.part)]
    notices = [
        Remark(0, "", "notice_misnamed", {"format": part.source.format}, part.source.part)
        for part in parts
        if part.source.misnamed
    ]
    for part in parts:
        if part.layout is not None and part.layout.dated_price:
            price = part.layout.header[part.layout.columns["price_minor"]]
            params = {"column": part.layout.dated_price, "price": price}
            notices.append(Remark(0, "price", "notice_dated_price", params, part.source.part))
    total.rejections.sort(key=lambda remark: (remark.part, remark.line))
    return ImportReport(
        path.name, tuple(_part_report(*pair) for pair in zip(parts, counts, strict=True)), total, removed,
        tuple(damage), tuple(notices),
    )  # fmt: skip


def _part_report(part: Part, counts: Counts) -> PartReport:
    look = look_of(part)
    return PartReport(
        look.name, part.layout.kind if part.layout else "", look.format, look.encoding, look.encoding_doubtful,
        look.delimiter, look.header, look.mapping, look.attributes, look.currency, look.remembered, counts,
        part.skipped,
    )  # fmt: skip


def _usual_currency(db: sqlite3.Connection) -> str | None:
    """The currency of the shop's products, by the last of them."""
    row = db.execute(
        "SELECT currency FROM (SELECT currency FROM products WHERE sample = 0 AND price_minor IS NOT NULL"
        " ORDER BY id DESC LIMIT 200) GROUP BY currency ORDER BY count(*) DESC LIMIT 1"
    ).fetchone()
    return None if row is None else str(row[0])


def _of_one_currency(parts: list[Part]) -> list[Part]:
    """Tables that do not tell their currency have that of the others in the file."""
    known = [part.layout.currency for part in parts if part.layout and part.layout.sure_of_currency]
    if not known:
        return parts
    return [
        replace(part, layout=replace(part.layout, currency=known[0]))
        if part.layout and not part.layout.sure_of_currency
        else part
        for part in parts
    ]


def _in_order(parts: Sequence[Part]) -> list[tuple[int, Part]]:
    readable = [(number, part) for number, part in enumerate(parts) if part.layout is not None]
    return sorted(readable, key=lambda pair: place_of(pair[1].layout.kind if pair[1].layout else ""))


def _data_lines(part: Part, meter: Meter | None) -> Iterator[tuple[int, list[str]]]:
    lines = part.source.lines(meter)
    header = part.layout.header_line if part.layout is not None else None
    if header is None:
        return lines
    for line, _ in lines:
        if line >= header:
            break
    return lines


def _with_list(rows: Iterator[ReadRow], part: Part) -> Iterator[ReadRow]:
    """The rows of a list of names with what it is a list of."""
    if part.layout is None or part.layout.kind != "term":
        return rows
    name = _list_name(part.source)
    return (replace(row, content=row.content | {"list": name}) for row in rows)


def _list_name(source: Source) -> str:
    text = source.part.rpartition("/")[2].removesuffix(".csv") or source.path.stem
    for name, words in (("brand", ("brand", "品牌", "marke")), ("category", ("categor", "分类", "类目", "kategorie"))):
        if any(word in text.lower() for word in words):
            return name
    return text


class _Names:
    """What brands, categories and products are called, by their numbers: in this file or else in the shop."""

    def __init__(self, database: Database, staging: Staging) -> None:
        self._database, self._staging = database, staging
        self.name_of = lru_cache(maxsize=20_000)(self._name_of)

    def _name_of(self, sort: str, number: str) -> str | None:
        if sort == "product":
            query, kind = "SELECT name FROM products WHERE (ref = ?1 OR sku = ?1) AND name IS NOT NULL LIMIT 1", sort
        else:
            query, kind = f"SELECT name FROM terms WHERE list = '{sort}' AND key = ?1", "term"
        found = None
        if kind in self._staging.kinds:
            found = self._staging.db.execute(query, (number,)).fetchone()
        if found is None:
            with self._database.read() as db:
                found = db.execute(query, (number,)).fetchone()
        return None if found is None else str(found[0])


def _named(table: Table, content: Mapping[str, Any]) -> dict[str, Any]:
    """A stock list's rows have no names; a preview shows their codes."""
    return {"name": content["sku"]} if table is PRODUCTS and not content["name"] else {}


def _replaced_by(kinds: Iterable[str]) -> set[str]:
    return {other for kind in kinds for other in _REPLACES_SAMPLE[kind]}


def _count_sample(db: sqlite3.Connection, kinds: Iterable[str]) -> int:
    return sum(
        int(db.execute(f"SELECT count(*) FROM {TABLES[other].name} WHERE sample = 1").fetchone()[0])
        for other in _replaced_by(kinds)
    )


def _wishes(kind: str | None, mapping: Mapping[str, str] | None, currency: str | None, header: bool | None) -> Wishes:
    return Wishes(_kind(kind) if kind else None, mapping, currency.upper() if currency else None, header)


def _wishes_of_parts(parts: Mapping[str, Mapping[str, Any]] | None) -> dict[str, Wishes]:
    names = ("kind", "mapping", "currency", "header")
    return {part: _wishes(*(said.get(name) for name in names)) for part, said in (parts or {}).items()}


def _kind(name: str) -> str:
    """The singular of a kind. Raises ImportFault("import_kind_unknown")."""
    for kind, plural in PLURAL.items():
        if name in (kind, plural):
            return kind
    raise ImportFault("import_kind_unknown", kind=name)


def _last(steps: Iterator[Any], wanted: type[_T]) -> _T:
    (item,) = deque(steps, maxlen=1)
    if not isinstance(item, wanted):
        raise RuntimeError("the work ended without a result")
    return item


def _batch(row: sqlite3.Row) -> Batch:
    return Batch(
        row["id"], row["kind"], row["file"], row["sha256"], row["imported_at"], row["imported_by"],
        json.loads(row["report"]), row["undone_at"],
    )  # fmt: skip


def _revision(db: sqlite3.Connection) -> int:
    return int(db.execute("SELECT value FROM revision").fetchone()[0])


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")
