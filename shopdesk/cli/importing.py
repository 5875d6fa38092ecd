"""`shopdesk import` and `shopdesk imports`: files become rows, and rows go back."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from shopdesk.cli.console import Console
from shopdesk.cli.opening import opened
from shopdesk.cli.search import KIND_OF
from shopdesk.store import Store

REMARKS_SHOWN = 10


def run(options: argparse.Namespace, console: Console) -> int:
    with opened(options, console) as app:
        if options.command == "imports":
            return _earlier(app.store, options, console)
        return _take_in(app.store, options, console)


def _take_in(store: Store, options: argparse.Namespace, console: Console) -> int:
    """One report for one file, an array of them for several."""
    reports = [_take_in_file(store, file, options, console) for file in options.files]
    if options.json:
        console.print_json(reports[0] if len(reports) == 1 else reports)
    return 0


def _take_in_file(store: Store, file: Path, options: argparse.Namespace, console: Console) -> dict[str, Any]:
    """Plan, show, ask where a person sits at the terminal, commit; the report."""
    plan = store.importer.plan(
        file,
        kind=KIND_OF[options.kind] if options.kind else None,
        mapping=dict(options.map) or None,
        encoding=options.encoding,
        currency=options.currency,
    )
    report: dict[str, Any] = plan.to_json()
    if not options.json:
        _show_report(report, console)
    if options.dry_run:
        if not options.json:
            console.say("import_planned")
        return report
    person_decides = sys.stdin.isatty() and not options.yes
    if person_decides and not console.confirms("import_ask"):
        console.say("import_declined")
        return report
    report = store.importer.commit(plan).to_json()
    if not options.json:
        console.say("import_done", batch=report["batch"])
    return report


def _show_report(report: Mapping[str, Any], console: Console) -> None:
    console.print(str(report["file"]))
    console.print(f"  {console.text('kind')}: {report['kind']}")
    console.print(
        f"  {console.text('layout')}: {report.get('encoding') or '-'} {report.get('delimiter') or ''}".rstrip()
    )
    mapping = ", ".join(f"{field} ← {column}" for field, column in report["mapping"].items())
    console.print(f"  {console.text('columns')}: {mapping}")
    counts = {name: report[name] for name in ("read", "new", "changed", "unchanged", "rejected")}
    console.print(f"  {console.text('import_counts', **counts)}")
    if report.get("sample_removed"):
        console.print(f"  {console.text('import_sample_removed', count=report['sample_removed'])}")
    _show_remarks("import_rejected", report["rejections"], report["rejected"], console)
    _show_remarks("import_suspicious", report["suspicious"], len(report["suspicious"]), console)
    if report.get("rejected_file"):
        console.print(f"  {console.text('import_rejected_file', file=report['rejected_file'])}")


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
        undone = store.importer.undo(options.batch).to_json()
        if options.json:
            console.print_json(undone)
        else:
            console.say("undone", batch=options.batch)
        return 0
    if options.action == "show":
        batch = store.importer.batch(options.batch).to_json()
        if options.json:
            console.print_json(batch)
        else:
            console.print_table((name, value) for name, value in batch.items() if value is not None)
        return 0
    batches = [batch.to_json() for batch in store.importer.batches()]
    if options.json:
        console.print_json(batches)
    else:
        console.print_table([[value for value in batch.values() if not isinstance(value, dict)] for batch in batches])
    return 0
