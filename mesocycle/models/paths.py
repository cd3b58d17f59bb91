"""Paths to one value of a scenario: ``runs.week.tue[0].start``, held as a tuple of keys and positions."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Path = tuple[str | int, ...]
MOST_STEPS = 20
_STEP = re.compile(r"(?:^|\.)([^.\[\]]+)|\[(\d{1,6})\]")


def format_path(path: Iterable[str | int]) -> str:
    """Write a path as the runner does: ``runs.week.tue[0].start``."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def parse_path(text: str) -> Path:
    """Read a path as the runner writes it.

    Raises
    ------
    ValueError
        If the text is no path.
    """
    parts: list[str | int] = []
    at = 0
    while at < len(text):
        match = _STEP.match(text, at)
        if match is None:
            break
        parts.append(match[1] if match[1] is not None else int(match[2]))
        at = match.end()
    if len(parts) > MOST_STEPS:
        raise ValueError(f"the path has {len(parts)} steps; no value lies deeper than {MOST_STEPS}")
    if at < len(text) or not parts:
        raise ValueError(f"{text!r} is no path; write one like strength.sessions_per_week")
    return tuple(parts)


def value_at(data: Any, path: Path) -> Any:
    """Return the value at a path of plain data; None where the path leads nowhere."""
    for part in path:
        if isinstance(data, Mapping):
            key = _key(data, part)
            data = data[key] if key is not None else None
        elif isinstance(data, Sequence) and not isinstance(data, str) and isinstance(part, int):
            data = data[part] if part < len(data) else None
        else:
            return None
    return data


def with_value(data: Mapping[str, Any], path: Path, value: Any) -> dict[str, Any]:
    """Return plain data with one value set; mappings on the way are made where there are none.

    Raises
    ------
    ValueError
        If the path leads through something that is neither a mapping nor a list, or past a list's end.
    """
    changed = copy.deepcopy(dict(data))
    here: Any = changed
    for at, part in enumerate(path):
        last = at == len(path) - 1
        if isinstance(here, dict):
            key = _key(here, part)
            key = part if key is None else key
            if last:
                here[key] = value
            elif not isinstance(here.get(key), (dict, list)):
                if here.get(key) is not None and not isinstance(here[key], tuple):
                    raise ValueError(f"{format_path(path[: at + 1])} is neither a mapping nor a list")
                here[key] = list(here[key]) if here.get(key) else {}
            here = here.get(key)
        elif isinstance(here, list) and isinstance(part, int) and part < len(here):
            if last:
                here[part] = value
            elif isinstance(here[part], tuple):
                here[part] = list(here[part])
            here = here[part]
        else:
            raise ValueError(f"{format_path(path[: at + 1])} leads nowhere")
    return changed


def _key(data: Mapping[Any, Any], part: str | int) -> Any:
    """The key of a mapping that is meant: dates and numbers are keys too, and are written as text."""
    return next((key for key in data if str(key) == str(part)), None)
