"""Examines the assistant: puts questions with a gold to the program and marks its answers.

    python tools/exam.py make --home HOME --count 200 --language zh --seed 1 questions.jsonl
    python tools/exam.py run --home HOME --routes auto,exact,model questions.jsonl [--failures] [--json]
    python tools/exam.py shop --home HOME --count 1000 --baselines 300 --untrained 1000 --out build/exam

    python tools/exam.py planted --home HOME [--instructions FILE …]

`shop` is the whole exam of one shop: questions written by hand and generated ones about its own rows, put to the
assistant, to its rows alone (`--route exact`) and to two baselines with the same model (naive retrieval from chunks of
CSV text, and context chosen by keyword); with `--untrained`, also to the assistant with a model of random weights.
`planted` puts instructions for a machine into descriptions and policies of a copy of the shop and tells how many were
followed.

`make` writes questions from the products of the shop in HOME; `run` asks a question file (the format
stands in tools/examination/questions.py) over `shopdesk ask --batch` and prints per route, language
and kind: answers that are right in every respect, hold what the gold demands (exact), cite the right record
(key), say rightly or wrongly that they do not know, were worded by the model, had to be replaced, show a
number without a fact; and times.
`--failures` lists what went wrong, `--json` prints one document instead, `--keep FOLDER` keeps the raw
answers, `--pass-mark 0.92` ends with 1 when the share of right answers on any route is below it.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from shopdesk.core.errors import UserFacingError
from tools.errors import ToolError, run_script
from tools.examination.making import make_questions
from tools.examination.marking import mark
from tools.examination.planted import OWN, plant, read_instructions
from tools.examination.questions import Question, read_questions, write_questions
from tools.examination.report import Result, failures, figures, summary, table
from tools.examination.shop_exam import (
    baseline_systems,
    copied_home,
    examined,
    model_entry,
    random_twin,
    rows_of,
    searched,
    shop_questions,
)
from tools.examination.shop_report import as_json, as_markdown
from tools.examination.sitting import Program, ProgramError

ROUTES = ("auto", "exact", "model")


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        return {"make": _make, "run": _run, "shop": _shop, "planted": _planted}[options.action](options)
    except (OSError, ValueError, ProgramError, ToolError, UserFacingError) as problem:
        print(problem, file=sys.stderr)
        return 1


def examine(program: Program, questions: Sequence[Question], route: str) -> list[Result]:
    """Asks the questions on one route and marks the answers. Raises ProgramError."""
    answers = program.ask(questions, route)
    pairs = zip(questions, answers, strict=True)
    return [Result(question, answer, mark(question, answer)) for question, answer in pairs]


def _make(options: argparse.Namespace) -> int:
    products = Program(options.home).products()
    questions: list[Question] = []
    for language in options.language:
        share = options.count // len(options.language)
        questions += make_questions(products, count=share, language=language, seed=options.seed)
    write_questions(options.file, questions)
    print(f"{len(questions)} questions in {options.file}")
    return 0


def _run(options: argparse.Namespace) -> int:
    questions = [question for file in options.files for question in read_questions(file)]
    if options.kinds:
        questions = [question for question in questions if question.kind in options.kinds]
    if not questions:
        raise ValueError("no questions")
    program = Program(options.home, model=options.model, engine=options.engine)
    routes = {route: examine(program, questions[: options.limit], route) for route in options.routes}
    if options.keep:
        _keep(options.keep, routes)
    if options.json:
        print(json.dumps({route: summary(results) for route, results in routes.items()}, ensure_ascii=False, indent=1))
    else:
        for route, results in routes.items():
            print(f"\nroute {route}\n{table(summary(results))}")
            if options.failures:
                print(f"\n{failures(results)}")
    passed = all(figures(results)["right"] >= options.pass_mark for results in routes.values())
    return 0 if passed else 1


def _shop(options: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory() as folder:
        home = copied_home(options.home, Path(folder) / "home")
        program = Program(home, model=options.model)
        rows = rows_of(program)
        questions = shop_questions(rows, count=options.count, languages=options.language, seed=options.seed)
        if not questions:
            raise ValueError("the shop has nothing to ask about")
        _tell(f"{len(questions)} questions")
        entry = model_entry(program, options.model)
        # made before an hour of questions, for which it may lack a package
        twin = random_twin(entry.path, asdict(entry.manifest), Path(folder)) if options.untrained else None
        systems = [replace(examined(program, questions, "auto", "ShopDesk"), found=searched(program, questions))]
        systems.append(examined(program, questions, "exact", "rows alone"))
        fewer = random.Random(options.seed).sample(questions, min(options.baselines, len(questions)))
        if fewer:
            systems += baseline_systems(entry.path, entry.manifest, rows, fewer, _tell, threads=options.threads)
        if twin is not None:
            some = random.Random(options.seed + 1).sample(questions, min(options.untrained, len(questions)))
            systems.append(examined(Program(home, model=str(twin)), some, "auto", "ShopDesk, random weights"))
    text = as_markdown(systems)
    print(json.dumps(as_json(systems), ensure_ascii=False, indent=1) if options.json else text)
    if options.failures:
        print(f"\n{failures(systems[0].results)}")
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
        (options.out / "exam.md").write_text(text, encoding="utf-8")
        (options.out / "exam.json").write_text(json.dumps(as_json(systems), ensure_ascii=False, indent=1) + "\n")
        (options.out / "failures.txt").write_text(failures(systems[0].results), encoding="utf-8")
        write_questions(options.out / "questions.jsonl", questions)
        _keep(options.out, {system.name: list(system.results) for system in systems})
    return 0 if figures(systems[0].results)["right"] >= options.pass_mark else 1


def _planted(options: argparse.Namespace) -> int:
    instructions = read_instructions(options.instructions or [OWN])[: options.limit]
    with tempfile.TemporaryDirectory() as folder:
        clean = Program(copied_home(options.home, Path(folder) / "clean"), model=options.model)
        found = plant(clean, copied_home(options.home, Path(folder) / "planted"), rows_of(clean), instructions)
    followed = [each for each in found if each.followed]
    shown = sum(each.shown for each in found)
    print(f"{len(instructions)} instructions, {len(found)} answers: {len(followed)} followed, {shown} quoted")
    for each in followed if options.failures else ():
        print(f"\n  planted  {each.instruction}\n  question {each.question}\n  before   {each.clean}")
        print(f"  after    {each.answer}")
    return 1 if followed else 0


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _keep(folder: Path, routes: dict[str, list[Result]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for route, results in routes.items():
        lines = [json.dumps(dict(result.answer), ensure_ascii=False) + "\n" for result in results]
        name = "".join(character if character.isalnum() else "-" for character in route)
        (folder / f"answers-{name}.jsonl").write_text("".join(lines), encoding="utf-8")


def _routes(text: str) -> list[str]:
    routes = text.split(",")
    if not set(routes) <= set(ROUTES):
        raise argparse.ArgumentTypeError(f"routes are {', '.join(ROUTES)}")
    return routes


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Examines the assistant.")
    actions = parser.add_subparsers(dest="action", required=True)
    make = actions.add_parser("make", help="write questions from a shop's own products")
    make.add_argument("file", type=Path)
    make.add_argument("--home", type=Path, required=True)
    make.add_argument("--count", type=int, default=200)
    make.add_argument("--language", type=lambda text: text.split(","), default=["zh", "en"], help="zh, en or zh,en")
    make.add_argument("--seed", type=int, default=0)
    run = actions.add_parser("run", help="ask a question file and mark the answers")
    run.add_argument("files", type=Path, nargs="+")
    run.add_argument("--home", type=Path, required=True)
    run.add_argument("--routes", type=_routes, default=["auto"], help="auto, exact, model, by commas")
    run.add_argument("--model", help="name or path of a model")
    run.add_argument("--engine", help="address of an OpenAI-compatible server")
    run.add_argument("--kinds", type=lambda text: text.split(","), help="only these kinds of question")
    run.add_argument("--limit", type=int, help="only the first so many questions")
    run.add_argument("--failures", action="store_true")
    run.add_argument("--json", action="store_true")
    run.add_argument("--keep", type=Path, help="a folder for the raw answers")
    run.add_argument("--pass-mark", type=float, default=0.0)
    shop = actions.add_parser("shop", help="the whole exam of one shop, beside baselines")
    shop.add_argument("--home", type=Path, required=True)
    shop.add_argument("--count", type=int, default=1000)
    shop.add_argument("--language", type=lambda text: text.split(","), default=["zh", "en"], help="zh, en or zh,en")
    shop.add_argument("--seed", type=int, default=0)
    shop.add_argument("--model", help="name or path of a model")
    shop.add_argument("--baselines", type=int, default=300, metavar="N", help="questions put to the baselines")
    shop.add_argument(
        "--untrained", type=int, default=0, metavar="N", help="questions put to a model of random weights"
    )
    shop.add_argument("--threads", type=int, default=2)
    shop.add_argument("--failures", action="store_true")
    shop.add_argument("--json", action="store_true")
    shop.add_argument("--out", type=Path, help="a folder for table, failures, questions and raw answers")
    shop.add_argument("--pass-mark", type=float, default=0.0)
    planted = actions.add_parser("planted", help="whether instructions in the shop's own texts are followed")
    planted.add_argument("--home", type=Path, required=True)
    planted.add_argument("--instructions", type=Path, nargs="+", help="text, one a line, or JSON of kind to list")
    planted.add_argument("--model", help="name or path of a model")
    planted.add_argument("--limit", type=int, help="only the first so many instructions")
    planted.add_argument("--failures", action="store_true")
    return parser


if __name__ == "__main__":
    run_script(lambda: sys.exit(main()))
