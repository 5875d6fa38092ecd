"""Fits a linear model to questions whose kind is known (multinomial logistic regression, by scikit-learn)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer

from shopdesk.core.chances import DIGITS, ZERO, pieces_of
from shopdesk.core.types import Language
from tools.errors import ToolError

_SEEN = 3
"""Questions that must have a piece, or it tells nothing."""
_KEPT = 4000
"""Pieces of a language that are kept, those with the largest weights."""
_FREEDOM = 20.0
"""How far the weights may follow the questions (the C of the regression)."""
_ROUNDS = 500
_KINDS = 3
_FOLDS = 5

Questions = Mapping[Language, Sequence[tuple[str, str]]]
"""Per language pairs of a kind and a question."""


def read_questions(path: Path) -> Questions:
    """Raises ToolError for a line that is not a language, a kind and a question."""
    found: dict[Language, list[tuple[str, str]]] = {"zh": [], "en": []}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        language, _, rest = line.partition("\t")
        kind, _, question = rest.partition("\t")
        if language not in found or not kind or not question.strip():
            raise ToolError(f"{path}, line {number}: not a language (zh, en), a kind and a question, tab-separated")
        found[language].append((kind, question))
    return found


def share_right(questions: Questions, language: Language) -> float:
    """How often the likeliest kind is the right one, 0 to 1, for each fifth by a model of the other four."""
    kinds = np.array([kind for kind, _ in questions[language]])
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=1)
    steps = [
        ("pieces", DictVectorizer()),
        ("length", FunctionTransformer(_of_one_length)),
        ("regression", LogisticRegression(C=_FREEDOM, max_iter=_ROUNDS)),
    ]
    told = cross_val_predict(Pipeline(steps), _counted(questions[language], language), kinds, cv=folds)
    return float((told == kinds).mean())


def chances_fitted(questions: Questions) -> dict[str, Any]:
    """The model of both languages, in the form that :mod:`shopdesk.core.chances` reads."""
    kinds = sorted({kind for asked in questions.values() for kind, _ in asked})
    if len(kinds) < _KINDS:
        raise ToolError(f"the questions are of {len(kinds)} kinds; to tell kinds apart takes at least {_KINDS}")
    return {"kinds": kinds, **{language: _fitted(asked, language, kinds) for language, asked in questions.items()}}


def written(model: Mapping[str, Any]) -> str:
    """One piece a line, so that a change can be read."""
    return json.dumps(model, ensure_ascii=False, indent=0, sort_keys=True) + "\n"


def _fitted(asked: Sequence[tuple[str, str]], language: Language, kinds: Sequence[str]) -> dict[str, Any]:
    if {kind for kind, _ in asked} != set(kinds):
        raise ToolError(f"the questions in {language} are not of every kind: {', '.join(kinds)}")
    pieces = DictVectorizer()
    said = pieces.fit_transform(_counted(asked, language))
    often = np.flatnonzero(np.asarray((said > 0).sum(axis=0)).ravel() >= _SEEN)
    regression = LogisticRegression(C=_FREEDOM, max_iter=_ROUNDS)
    regression.fit(_of_one_length(said[:, often]), [kind for kind, _ in asked])
    weights = regression.coef_
    kept = np.sort(np.argsort(-np.abs(weights).max(axis=0), kind="stable")[:_KEPT])
    scale = float(np.abs(weights[:, kept]).max()) / (ZERO - 1)
    digits = np.rint(weights[:, kept] / scale).astype(int) + ZERO
    names = pieces.get_feature_names_out()[often[kept]]
    return {
        "bias": [round(float(value), 4) for value in regression.intercept_],
        "scale": scale,
        "weights": {
            name: "".join(DIGITS[place] for place in column) for name, column in zip(names, digits.T, strict=True)
        },
    }


def _counted(asked: Sequence[tuple[str, str]], language: Language) -> list[dict[str, float]]:
    return [dict.fromkeys(sorted(pieces_of(question, language)), 1.0) for _, question in asked]


def _of_one_length(said: sparse.csr_matrix) -> sparse.csr_matrix:
    """Rows of length 1, so that a long question is as sure as a short one."""
    lengths = np.sqrt(np.maximum(np.asarray(said.sum(axis=1)).ravel(), 1.0))
    return sparse.diags(1.0 / lengths) @ said
