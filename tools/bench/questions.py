"""Plain questions about the products of an open shop, for timing; what is right about them tools/exam.py says."""

from __future__ import annotations

from typing import Any

from tools.examination.making import make_questions


def questions_about(catalogue: Any, count: int, seed: int = 0) -> list[str]:
    """`count` questions without history, half Chinese and half English."""
    products = [
        {**record.fields, "sku": record.key, "name": record.title}
        for record in catalogue.records("product", limit=2000)
    ]
    made = [make_questions(products, count=count, language=language, seed=seed) for language in ("zh", "en")]
    texts = [question.text for pair in zip(*made, strict=True) for question in pair if not question.history]
    return texts[:count]
