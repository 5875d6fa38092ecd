"""Makes the model that tells what kind of thing a question asks for, from questions whose kind is known.

    python tools/make_chances.py
    python tools/make_chances.py --questions mine.tsv --out /tmp/chances.json

Each line of the questions is a language (zh, en), a kind and the question, tab-separated. Prints how often the
likeliest kind is right for questions that were held back, a fifth at a time, and writes shopdesk/core/chances.json.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools.asked.fitting import chances_fitted, read_questions, share_right, written
from tools.errors import run_script

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=Path, default=ROOT / "tools" / "asked" / "questions.tsv", metavar="FILE")
    parser.add_argument("--out", type=Path, default=ROOT / "shopdesk" / "core" / "chances.json", metavar="FILE")
    options = parser.parse_args()
    questions = read_questions(options.questions)
    for language in ("zh", "en"):
        print(f"{language}: {share_right(questions, language):.3f} right of {len(questions[language])}, held back")
    options.out.write_text(written(chances_fitted(questions)), encoding="utf-8")


if __name__ == "__main__":
    run_script(main)
