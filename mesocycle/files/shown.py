"""Values as problems show them: short, on one line, harmless to a terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

MAX_VALUE = 60


def shown(value: Any, most: int = MAX_VALUE) -> str:
    """Write a value as JSON does, in at most 60 characters and without control characters."""
    text = ""
    for piece in _pieces(value, most):
        text += piece
        if len(text) > most:
            return text[: most - 1] + "…"
    return text


def _pieces(value: Any, most: int) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield "{"
        for index, (key, item) in enumerate(value.items()):
            yield (", " if index else "") + _safe(json.dumps(str(key)[: most + 1], ensure_ascii=False)) + ": "
            yield from _pieces(item, most)
        yield "}"
    elif isinstance(value, (list, tuple)):
        yield "["
        for index, item in enumerate(value):
            yield ", " if index else ""
            yield from _pieces(item, most)
        yield "]"
    elif isinstance(value, str):
        yield _safe(json.dumps(value[: most + 1], ensure_ascii=False))
    elif value is None or isinstance(value, (bool, float)):
        yield json.dumps(value)
    elif isinstance(value, int):
        yield str(value) if abs(value) < 10**most else "a very large number"
    else:
        yield _safe(str(value)[: most + 1])


def _safe(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
