"""`shopdesk import` and `shopdesk imports`: files become rows, and rows go back."""

from __future__ import annotations

import argparse
import contextlib
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from shopdesk.cli.console import Console
from shopdesk.cli.opening import opened
from shopdesk.core.errors import ImportFault
from shopdesk.store import Store
from shopdesk.store.importing.databases import fetch_table
from shopdesk.store.importing.report import PLURAL, Change, Progress

REMARKS_SHOWN = 10
CHANGES_SHOWN = 20
CHANGES_IN_JSON = 1000


def run(options: argparse.Namespace, console: Console) -> int:
    with opened(options, console) as app:
        if options.command == "imports":
            return _earlier(app.store, options, console)
        return _take_in(app.store, options, console)


def _take_in(store: Store, options: argparse.Namespace, console: Console) -> int:
    """One report for one file or table, an array of them for several."""
    done = {file: _take_in_file(store, file, options, console) for file in _goods_first(store, options)}
    reports = [done[file] for file in options.files]
    with tempfile.TemporaryDirectory() as folder:
        for table in options.table:
            file = fetch_table(options.database, table, Path(folder))
            reports.append(_take_in_file(store, file, options, console))
    if options.json:
        console.print_json(reports[0] if len(reports) == 1 else reports)
    return 0


def _goods_first(store: Store, options: argparse.Namespace) -> list[Path]:
    """The files in the order in which they are taken in: what says more of products comes after them."""

    def says_more(file: Path) -> bool:
        try:
            look = store.importer.look(file, kind=options.kind, encoding=options.encoding)
        except ImportFault:
            return False  # which is told when its turn comes
        return all(part.kind == PLURAL["trait"] for part in look.parts)

    files = list(dict.fromkeys(options.files))
    return sorted(files, key=says_more) if len(files) > 1 else files


def _take_in_file(store: Store, file: Path, options: argparse.Namespace, console: Console) -> dict[str, Any]:
    """Plan, show, ask where a person sits at the terminal, commit; the report."""
    steps = store.importer.planning(
        file,
        kind=options.kind,
        mapping=dict(options.map) or None,
        encoding=options.encoding,
        currency=options.currency,
        header={"yes": True, "no": False, None: None}[options.header],
    )
    plan = _finished(steps, console, options)
    report: dict[str, Any] = plan.to_json()
    if not options.json:
        _show_report(report, console)
    if options.dry_run:
        if options.json:
            report["changes"] = [change.to_json() for change in plan.changes(limit=CHANGES_IN_JSON)]
        else:
            _show_changes(plan.changes(limit=CHANGES_SHOWN, sort="changed"), console)
            console.say("import_planned")
        plan.close()
        return report
    person_decides = sys.stdin.isatty() and not options.yes
    accept_damage = options.accept_damage
    if person_decides and plan.report.damage and not accept_damage:
        accept_damage = console.confirms("import_ask_damaged")
        if not accept_damage:
            console.say("import_declined")
            return report
    elif person_decides and not console.confirms("import_ask"):
        console.say("import_declined")
        return report
    writing = store.importer.committing(plan, accept_damage=accept_damage, rejected_to=options.rejected)
    report = _finished(writing, console, options).to_json()
    plan.close()
    if not options.json:
        if report["rejected_file"]:
            console.print(f"  {console.text('import_rejected_file', file=report['rejected_file'])}")
        if report["batch"] is None:
            console.say("import_nothing")
        else:
            console.say("import_done", batch=report["batch"])
    return report


def _finished(steps: Iterator[Any], console: Console, options: argparse.Namespace) -> Any:
    """The result of a piece of work: its last item. What comes before moves a bar, where a person may be looking."""
    shown = sys.stderr.isatty() and not options.json
    item: Any = None
    with contextlib.closing(steps):  # type: ignore[type-var]
        for item in steps:
            if shown and isinstance(item, Progress):
                share = f"{100 * item.done // item.total:3d} %" if item.total else f"{item.done:,}"
                console.progress(f"{console.text('progress_' + item.step)} {share}")
    if shown:
        console.progress("")
    return item


def _show_changes(changes: Sequence[Change], console: Console) -> None:
    for change in changes:
        for name, old, new in change.fields:
            line = console.text("import_change", key=change.key, field=name, old=old or "–", new=new or "–")
            console.print(f"  {line}")


def _show_report(report: Mapping[str, Any], console: Console) -> None:
    console.print(str(report["file"]))
    console.print(f"  {console.text('kind')}: {_kind(report['kind'], console)}")
    console.print(
        f"  {console.text('layout')}: {report.get('encoding') or '-'} {report.get('delimiter') or ''}".rstrip()
    )
    mapping = ", ".join(f"{field} ← {column}" for field, column in report["mapping"].items())
    console.print(f"  {console.text('columns')}: {mapping}")
    for name, said in (("kept", ", ".join(report["attributes"])), ("currency", report["currency"])):
        if said:
            console.print(f"  {console.text(name)}: {said}")
    counts = {name: report[name] for name in ("read", "new", "changed", "unchanged", "rejected")}
    console.print(f"  {console.text('import_counts', **counts)}")
    if report["missing"]:
        console.print(f"  {console.text('import_missing', count=report['missing'])}")
    if report.get("sample_removed"):
        console.print(f"  {console.text('import_sample_removed', count=report['sample_removed'])}")
    _show_remarks("import_rejected", report["rejections"], report["rejected"], console)
    _show_remarks("import_suspicious", report["suspicious"], len(report["suspicious"]), console)
    for name, remarks in (("import_damage", report["damage"]), ("import_notice", report["notices"])):
        _show_remarks(name, remarks, len(remarks), console)
    if report["encoding_doubtful"]:
        console.print(f"  {console.text('import_doubtful', encoding=report['encoding'])}")
    for part in report["parts"]:
        reason = (part["skipped"] or {}).get("reason_zh" if console.language == "zh" else "reason")
        counts = {name: part[name] for name in ("read", "new", "changed", "unchanged", "rejected")}
        said = reason or f"{_kind(part['kind'], console)} · {console.text('import_counts', **counts)}"
        console.print(f"  {part['part']}: {said}")


def _show_remarks(name: str, remarks: Sequence[Mapping[str, Any]], total: int, console: Console) -> None:
    """The first of them, each with its line and reason, and how many there are besides."""
    for remark in remarks[:REMARKS_SHOWN]:
        reason = remark["reason_zh"] if console.language == "zh" else remark["reason"]
        field = f" {remark['field']}" if remark["field"] else ""
        console.print(f"  {console.text(name, line=remark['line'], field=field, reason=reason)}")
    if total > REMARKS_SHOWN:
        console.print(f"  {console.text('import_more', count=total - REMARKS_SHOWN)}")


def _earlier(store: Store, options: argparse.Namespace, console: Console) -> int:
    if options.action == "undo":
        undone = store.importer.undo(options.batch, keep_edits=options.keep_edits).to_json()
        if options.json:
            console.print_json(undone)
        else:
            for conflict in undone["conflicts"]:
                said = {name: conflict[name] or "–" for name in ("key", "field", "before", "imported", "now")}
                console.print(f"  {console.text('undo_conflict', **said)}")
            console.say("undone", batch=options.batch)
        return 0
    if options.action == "show":
        batch = store.importer.batch(options.batch).to_json()
        if options.json:
            console.print_json(batch)
        else:
            _show_batch(batch, console)
        return 0
    batches = [batch.to_json() for batch in store.importer.batches()]
    if options.json:
        console.print_json(batches)
    else:
        console.print_table([_batch_line(batch, console) for batch in batches])
    return 0


def _batch_line(batch: Mapping[str, Any], console: Console) -> tuple[object, ...]:
    kind, name = _kind(batch["kind"], console), Path(str(batch["file"])).name
    undone = console.text("batch_undone") if batch["undone_at"] else ""
    return batch["batch"], _when(batch["imported_at"]), kind, name, _counts(batch["report"], console), undone


def _show_batch(batch: Mapping[str, Any], console: Console) -> None:
    """One import: when and what, and the report that it was told with."""
    console.print(console.text("batch_head", batch=batch["batch"], when=_when(batch["imported_at"])))
    if batch["undone_at"]:
        console.print(f"  {console.text('batch_undone_at', when=_when(batch['undone_at']))}")
    report = batch["report"]
    said = {
        "batch_file": batch["file"], "batch_by": batch["by"], "kind": _kind(batch["kind"], console),
        "columns": ", ".join(f"{field} ← {column}" for field, column in (report.get("mapping") or {}).items()),
        "kept": ", ".join(report.get("attributes") or ()), "currency": report.get("currency"),
    }  # fmt: skip
    for name, value in said.items():
        if value:
            console.print(f"  {console.text(name)}: {value}")
    console.print(f"  {_counts(report, console)}")
    for name in ("import_rejected", "import_suspicious"):
        remarks = report.get("rejections" if name == "import_rejected" else "suspicious") or ()
        _show_remarks(name, remarks, len(remarks), console)
    console.print(f"  {console.text('batch_sha256')}: {batch['sha256']}")


def _counts(report: Mapping[str, Any], console: Console) -> str:
    names = ("new", "changed", "unchanged", "rejected")
    counts = (console.text(f"batch_{name}", count=report[name]) for name in names if report.get(name))
    return ("，" if console.language == "zh" else ", ").join(counts)


def _when(iso: str) -> str:
    """The time of this machine's clock."""
    return f"{datetime.fromisoformat(iso).astimezone():%Y-%m-%d %H:%M}"


def _kind(kind: str | None, console: Console) -> str:
    return console.text(f"kind_{kind}") if kind else "-"
