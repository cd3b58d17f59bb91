"""Scenario data with one value changed; keys may be spelled as freely as the model allows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from mesocycle.files.splice import same
from mesocycle.models.clock import parse_day, parse_weekday
from mesocycle.models.paths import Path as KeyPath
from mesocycle.models.paths import format_path
from mesocycle.models.scenario import PRESETS

_RULE_WORDS: dict[Any, dict[str, Any]] = {
    **{word: {} for word in ("on", True, "off", False)},  # setting a parameter turns the rule on
    "hard": {"hard": True},
    "soft": {"hard": False},
}


def changed(data: Any, path: KeyPath, to: Any) -> Any:
    """Return data with the value at a path replaced; nothing is changed in place.

    Mappings on the way are made where there are none; a rule's word (`hard`) and a policy's name are spelt
    out where one of their parameters changes.

    Raises
    ------
    ValueError
        If the path leads nowhere.
    """
    return _put(data, path, to, ())


def _put(here: Any, path: KeyPath, to: Any, trail: KeyPath) -> Any:
    if not path:
        return _kept(here, to)
    part, rest = path[0], path[1:]
    deeper = (*trail, part)
    if isinstance(part, str):
        if trail[:1] == ("runs",) and isinstance(here, list) and len(here) == 1:  # a day's only run
            return [_put(here[0], path, to, trail)]
        mapping = here if isinstance(here, dict) else _opened(here, trail)
        if mapping is not None:
            key = _key(mapping, part)
            return {**mapping, key: _put(mapping.get(key), rest, to, deeper)}
    elif isinstance(here, dict) and part == 0:  # the model wraps single entries in a list
        return _put(here, rest, to, deeper)
    elif isinstance(here, list) and part < len(here):
        return [*here[:part], _put(here[part], rest, to, deeper), *here[part + 1 :]]
    raise ValueError(f"{format_path(deeper)} leads nowhere")


def _opened(value: Any, trail: KeyPath) -> dict[str, Any] | None:
    """Return the mapping that a word stands for, or None if it stands for none."""
    if value is None:
        return {}
    if trail == ("policy",) and isinstance(value, str) and value in PRESETS:
        return PRESETS[value].model_dump()
    if trail[:-1] == ("rules",) and isinstance(value, (str, bool)):
        return _RULE_WORDS.get(value)
    return None


def _key(mapping: Mapping[Any, Any], part: str) -> Any:
    """Return the key that is meant, in any spelling that the model reads; a new key if there is none."""
    exact = (key for key in mapping if str(key) == part)
    alike = (key for key in mapping if _meant(str(key)) == _meant(part))
    return next(exact, None) or next(alike, None) or _day(part) or part


def _meant(key: str) -> str:
    try:
        return parse_weekday(key)
    except ValueError:
        return key.strip().lower()


def _day(text: str) -> date | None:
    try:
        return parse_day(text)
    except ValueError:
        return None


def _kept(old: Any, new: Any) -> Any:
    """Return `new`, with what means the same taken from `old`: the model reads a date and its text alike."""
    if isinstance(old, dict) and isinstance(new, dict):
        named = {_key(old, key): value for key, value in new.items()}
        both = {key: _kept(old[key], named[key]) for key in old if key in named}
        return both | {key: value for key, value in named.items() if key not in old}
    if isinstance(old, list) and isinstance(new, list):
        if len(old) == len(new):
            return [_kept(a, b) for a, b in zip(old, new, strict=True)]
        return [next((a for a in old if same(_kept(a, b), a)), b) for b in new]
    if isinstance(old, date) and isinstance(new, str):
        return _day(new) or new
    return old if same(old, new) else new
