"""The key of an answer that the model gave: a digest of everything that it rests on.

Where a row, the question, the model or the prompt is another, the key is another, so an old answer cannot come back.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from shopdesk.core.gaps import question_key
from shopdesk.core.plan import Plan
from shopdesk.core.prompting import PROMPT_VERSION
from shopdesk.core.types import Exchange, Fact, ModelManifest

_NOT_SAID = ("as_of", "stale", "sample")
"""What a row brings along that no answer says."""


def answer_key(plan: Plan, history: Sequence[Exchange], manifest: ModelManifest, identity: str) -> str:
    """The key for the answer of the model `identity` by `plan`.

    To a model that follows a plan, the plan says all that earlier turns mean; a freer one has read them too.
    """
    turns = () if manifest.needs_plan else history[-manifest.history_turns :] if manifest.history_turns else ()
    whole: dict[str, Any] = {
        "question": question_key(plan.question), "language": plan.language, "intent": plan.intent, "talk": plan.talk,
        "facts": [_row(fact) for fact in plan.facts], "target": plan.target.id if plan.target else None,
        "label": plan.label, "points": [asdict(point) for point in plan.points], "must": plan.must,
        "quotes": plan.quotes, "asked": plan.asked, "turns": [[turn.question, turn.answer] for turn in turns],
        "model": [identity, asdict(manifest)], "prompt": PROMPT_VERSION,
    }  # fmt: skip
    return hashlib.sha256(json.dumps(whole, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()


def _row(fact: Fact) -> dict[str, Any]:
    return {name: value for name, value in fact.to_json().items() if name not in _NOT_SAID}
