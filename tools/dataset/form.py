"""What the rows are for: the model's manifest decides how prompts look, and so what is learned from them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from shopdesk.core.plan import Plan
from shopdesk.core.prompting import plan_line
from shopdesk.core.text import is_han
from shopdesk.core.types import ModelManifest
from tools.counter.dialogue import MANIFEST as COUNTER
from tools.counter.dialogue import PLAN_WEIGHT
from tools.dataset.rows import Emphasis
from tools.errors import ToolError

FREE = ModelManifest(name="", file="")
"""What a model of some billion parameters can bear: the manifest's own defaults."""
NAMED = {"counter": COUNTER, "free": FREE}


@dataclass(frozen=True, slots=True)
class Form:
    """How prompts are built and answers are learned for one sort of model.

    A small model that needs a plan copies from it: its answer begins with a space, so that a name has the
    same tokens there as inside a fact, and the plan's own words are learned a little too.
    """

    manifest: ModelManifest
    count_tokens: Callable[[str], int]

    def learned(self, answer: str) -> str:
        """An answer as the content of the message that is learned."""
        return f" {answer}" if self.manifest.needs_plan else answer

    def emphasis(self, message: int, prompt: str, plan: Plan) -> tuple[Emphasis, ...]:
        """What is learned of a prompt: where the model needs a plan, what its line says of the target."""
        line = plan_line(plan)
        at = prompt.rfind(line) if self.manifest.needs_plan and plan.target is not None else -1
        if at < 0:
            return ()
        return (Emphasis(message, at + line.index("]") + 1, at + len(line), PLAN_WEIGHT),)

    def to_json(self) -> dict[str, Any]:
        """What of the manifest a prompt depends on."""
        shaping = ("context", "facts_per_prompt", "needs_plan", "prose", "history_turns", "max_answer_tokens")
        return {name: value for name, value in asdict(self.manifest).items() if name in shaping}


def estimated_tokens(text: str) -> int:
    """About how many tokens a text has where no tokenizer is given: a Chinese character is one, of others three are."""
    han = sum(map(is_han, text))
    return han + -(-(len(text) - han) // 3)


def manifest_named(name: str) -> ModelManifest:
    """The manifest of that name ("counter", "free"), or the one in the JSON file of that path. Raises ToolError."""
    if name in NAMED:
        return NAMED[name]
    path = Path(name)
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        known = {field.name for field in fields(ModelManifest)}
        given: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in data.items() if key in known
        }
        return ModelManifest(**given)
    except OSError as error:
        raise ToolError(
            f"{name} is neither {' nor '.join(NAMED)} nor a manifest file that can be read ({error.strerror}); "
            "name one of them"
        ) from error
    except (ValueError, TypeError, AttributeError) as error:
        raise ToolError(f"{path} is no manifest of a model ({error}); give the JSON file beside a GGUF") from error
