"""Write the golden database of the current version as a packed file: python -m tests.store.make_golden NAME.

Run once when a version is released; the file is never written again, for it stands for the
databases that are out there.
"""

from __future__ import annotations

import gzip
import json
import sqlite3
import sys
import tempfile
from pathlib import Path

from shopdesk.core.types import Answer, Fact
from shopdesk.store import open_store
from tests.store.conftest import GOODS_ZH, POLICIES


def main(name: str) -> None:
    target = Path(__file__).parent / "golden" / f"{name}.db.gz"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "shop.db"
        with open_store(path) as store:
            for file, text in (("goods.csv", GOODS_ZH), ("policies.csv", POLICIES)):
                (Path(folder) / file).write_text(text, encoding="utf-8")
                store.importer.commit(store.importer.plan(Path(folder) / file))
            fact = Fact(1, store.catalogue.by_code("A-100")[0])
            conversation = store.conversations.start()
            message = store.conversations.question_asked(conversation, "云朵跑鞋多少钱？", json.dumps([fact.to_json()]))
            answer = Answer("云朵跑鞋多少钱？", "1299 元。[1]", "zh", "exact", (fact,), (1,), True)
            store.conversations.answer_given(message, answer)
            store.settings.set("language", "zh")
        with sqlite3.connect(path) as db:
            db.execute("PRAGMA journal_mode = DELETE")
            db.execute("VACUUM")
        db.close()
        packed = gzip.compress(path.read_bytes(), mtime=0)
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(packed)


if __name__ == "__main__":
    main(sys.argv[1])
