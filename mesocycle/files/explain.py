"""Pydantic's errors -> problems for the runner: real keys, allowed values, the nearest name."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from mesocycle.files.safe_text import MAX_VALUE, shown
from mesocycle.models.errors import Problem
from mesocycle.models.scenario import Scenario
from mesocycle.models.training import Run


def models_at(path: Iterable[str | int]) -> list[type[BaseModel]]:
    """Return the models whose keys can stand at a place, from the annotations."""
    here: list[Any] = [Scenario]
    for part in path:
        here = [inner for kind in here for inner in _step(kind, part)]
    return [kind for kind in _flat(here) if isinstance(kind, type) and issubclass(kind, BaseModel)]


def _step(kind: Any, part: str | int) -> Iterator[Any]:
    for inner in _flat([kind], lists=isinstance(part, str)):
        if get_origin(inner) is dict and isinstance(part, str):
            yield get_args(inner)[1]
        elif get_origin(inner) is tuple:
            yield get_args(inner)[0]
        elif isinstance(inner, type) and issubclass(inner, BaseModel) and part in inner.model_fields:
            yield inner.model_fields[str(part)].annotation


def _flat(kinds: Iterable[Any], lists: bool = True) -> Iterator[Any]:
    """Take unions and annotations apart; with `lists`, also lists: one run may stand for a list of runs."""
    for kind in kinds:
        origin = get_origin(kind)
        if origin is Annotated:
            yield from _flat(get_args(kind)[:1], lists)
        elif origin in (Union, UnionType):
            yield from _flat(get_args(kind), lists)
        elif origin is tuple and lists:
            yield from _flat(get_args(kind)[:1], lists)
        elif kind is not NoneType:
            yield kind


Path = tuple[str | int, ...]

_KEYS = "keys with values"
MISSING = "is missing"
_NOUNS = {
    "int": "a whole number",
    "bool": "true or false",
    "float": "a number",
    "string": "text",
    "tuple": "a list",
    "list": "a list",
    "dict": _KEYS,
    "model": _KEYS,
    "date": "a date",
}
_EXAMPLES = {
    "start": "start: 2026-09-07",
    "runs": "runs: {week: {tue: {type: easy, minutes: 45}}}",
    "week": "week: {tue: {type: easy, minutes: 45}}",
    "type": "type: easy",
    "date": "date: 2026-11-01",
    "distance": "distance: half_marathon",
    "name": "name: A",
    "exercise": "exercise: back_squat",
    "set": "set: {weeks: 10}",
}
_LIMITS = {
    "greater_than_equal": ("at least", "ge"), "greater_than": ("more than", "gt"),
    "less_than_equal": ("at most", "le"), "less_than": ("less than", "lt"),
}  # fmt: skip
_DATE_KEY = re.compile(r"datetime\.date\((\d+), (\d+), (\d+)\)")
_MISSING = object()


def problems(error: ValidationError, data: Any) -> Iterator[Problem]:
    """Yield one problem for each place of the data that is wrong.

    Parameters
    ----------
    error : ValidationError
        What `Scenario.model_validate` raised.
    data : Any
        Its argument; paths only hold keys that are in it, and the missing ones.

    Yields
    ------
    Problem
        Without line and column.
    """
    places: dict[Path, list[dict[str, Any]]] = {}
    for item in error.errors(include_url=False):
        details = dict(item)
        if details["type"] == "scenario":  # the parts do not hold together: ready-made problems
            yield from dict(item.get("ctx", {}))["problems"]
            continue
        places.setdefault(_real_path(details, data), []).append(details)
    above = {path[:end] for path in places for end in range(len(path))}
    for path in _mistyped(places):
        del places[path]
    for path, items in places.items():
        # Of a union, the branch that got further is meant; the others only report a wrong type. A list whose
        # entries are wrong is not too short as well.
        kept = (
            [i for i in items if not _wrong_shape(i) and i["type"] != "too_short"] if path in above else items
        )
        if kept:
            yield _explain(path, kept, data)


def _mistyped(places: Mapping[Path, list[dict[str, Any]]]) -> list[Path]:
    """Keys that are missing because they are mistyped beside: that is one mistake."""
    unknown = [path for path, items in places.items() if any(i["type"] == "extra_forbidden" for i in items)]
    missing = [path for path, items in places.items() if any(i["type"] == "missing" for i in items)]
    return [
        path
        for path in missing
        if any(other[:-1] == path[:-1] and _is_near(str(other[-1]), str(path[-1])) for other in unknown)
    ]


def _is_near(written: str, key: str) -> bool:
    return bool(difflib.get_close_matches(written.strip().lower(), [key], 1))


def _real_path(item: Mapping[str, Any], data: Any) -> Path:
    """Keep the parts of pydantic's location that are in the data, without types, unions and wrappers."""
    path: list[str | int] = []
    here = data
    *_, last = item["loc"] or ("",)
    for part in item["loc"]:
        if isinstance(here, Mapping):
            key = _key(part, here)
            if key is not _MISSING:
                path.append(str(key))
                here = here[key]
        elif isinstance(here, (list, tuple)) and isinstance(part, int) and 0 <= part < len(here):
            path.append(part)
            here = here[part]
    if item["type"] == "missing" and isinstance(last, str):
        path.append(last)
    return tuple(path)


def _key(part: str | int, here: Mapping[Any, Any]) -> Any:
    if part in here:
        return part
    match = _DATE_KEY.fullmatch(part) if isinstance(part, str) else None  # how pydantic writes a date as key
    if match:
        day = date(int(match[1]), int(match[2]), int(match[3]))
        return day if day in here else _MISSING
    return None if part == "None" and None in here else _MISSING


def _wrong_shape(item: Mapping[str, Any]) -> bool:
    kind = str(item["type"])
    return not _is_key(item) and (_noun(kind) is not None or _is_choice(item))


def _is_choice(item: Mapping[str, Any]) -> bool:
    return item["type"] in ("literal_error", "enum")


def _is_key(item: Mapping[str, Any]) -> bool:
    return bool(item["loc"]) and item["loc"][-1] == "[key]"


def _noun(kind: str) -> str | None:
    head, _, tail = kind.partition("_")
    shapes = ("type", "parsing", "from_float", "parsing_size", "attributes_type")
    return _NOUNS.get(head) if tail in shapes else None


def _explain(path: Path, items: list[dict[str, Any]], data: Any) -> Problem:
    """Report one problem of a place: its most specific error, or all the types that are allowed."""
    value = _look_up(data, path)
    for item in items:
        if _is_key(item):
            message, remedy = _specific(path, item, path[-1]) or ("this key is not known here", "")
            return Problem(path, message, shown(path[-1]), remedy)
    scalar = isinstance(value, (str, int, float)) and not isinstance(value, bool)
    for item in items:
        specific = _specific(path, item, value) if scalar or not _is_choice(item) else None
        if specific:
            message, remedy = specific
            return Problem(path, message, "" if value is _MISSING else shown(value), remedy)
    words = [
        "one of " + ", ".join(_allowed(item)) if _is_choice(item) else _noun(item["type"]) for item in items
    ]
    nouns = list(dict.fromkeys(word for word in words if word))
    if Run in models_at(path):
        nouns = ["a run such as {type: easy, minutes: 45}"]
        nouns += [] if isinstance(path[-1], int) else ["a list of runs", "rest"]
    if not nouns:
        return Problem(path, "this cannot be read here", shown(value))
    if value is None:
        return Problem(
            path,
            f"nothing stands here; expected {_or(nouns)}",
            shown(value),
            "give a value, or leave the key out",
        )
    return Problem(path, f"expected {_or(nouns)}", shown(value), _other_form(value, nouns))


def _other_form(value: Any, nouns: list[str]) -> str:
    if nouns == ["a list"] and isinstance(value, (str, int, float)):
        return f"[{shown(value, MAX_VALUE - 2)}]"
    if nouns == ["text"] and isinstance(value, (int, float, date)):
        return f'in quotes: "{shown(value, MAX_VALUE - 2)}"'
    return ""


def _specific(path: Path, item: Mapping[str, Any], value: Any) -> tuple[str, str] | None:
    """Message and remedy of an error that is more specific than "wrong type"; None for the others."""
    kind = str(item["type"])
    if kind in ("extra_forbidden", "invalid_key"):
        return _unknown(path)
    if kind == "missing":
        if isinstance(item["loc"][-1], int):
            return "the list has too few entries", ""
        return MISSING, _EXAMPLES.get(str(path[-1]), "")
    if _is_choice(item):
        return _no_choice(_allowed(item), value)
    ctx = item.get("ctx", {})
    if kind == "value_error":
        message = str(ctx.get("error", "")) or "this cannot be read here"
        words = re.findall(r"[a-z]{3,}", message) if _is_key(item) else []
        near = difflib.get_close_matches(str(value).lower(), words, 1)
        return message, f"did you mean `{near[0]}`?" if near else ""
    message = _out_of_bounds(kind, ctx, value)
    return (message, "") if message else None


def _no_choice(allowed: list[str], value: Any) -> tuple[str, str]:
    if len(allowed) == 1:
        return f"only {allowed[0]} can stand here", ""
    near = difflib.get_close_matches(str(value).strip().lower(), [name.lower() for name in allowed], 1)
    right = next((name for name in allowed if near and name.lower() == near[0]), "")
    return f"expected one of {', '.join(allowed)}", f"did you mean `{right}`?" if right else ""


def _out_of_bounds(kind: str, ctx: Mapping[str, Any], value: Any) -> str:
    """Say which bound of a number, a list or a text is broken; empty if none is."""
    if kind in _LIMITS:
        words, name = _LIMITS[kind]
        limit = ctx[name]
        whole = isinstance(limit, float) and limit.is_integer()
        return f"expected {words} {int(limit) if whole else limit}"
    match kind:
        case "too_long":
            return f"there are more than {ctx['max_length']} entries"
        case "too_short":
            return f"there are fewer than {ctx['min_length']} entries"
        case "string_pattern_mismatch":
            blank = isinstance(value, str) and not value.strip()
            return "the text is empty" if blank else "expected small letters and _, such as single_leg"
        case "string_too_short":
            return f"expected at least {ctx['min_length']} characters" if value else "the text is empty"
        case "string_too_long":
            return f"the text is longer than {ctx['max_length']} characters"
    return ""


def _allowed(item: Mapping[str, Any]) -> list[str]:
    return [
        word.strip("'") for word in re.split(r", | or ", str(item.get("ctx", {}).get("expected", ""))) if word
    ]


def _unknown(path: Path) -> tuple[str, str]:
    key = str(path[-1]) if path else ""
    names = [name for model in models_at(path[:-1]) for name in model.model_fields]
    near = difflib.get_close_matches(key.strip().lower(), names, 1)
    if near:
        return "unknown key", f"did you mean `{near[0]}`?"
    places = [(), *((name,) for name in Scenario.model_fields)]
    for place in places:  # the right key, indented wrongly
        if any(key in model.model_fields for model in models_at(place)):
            return (
                "unknown key here",
                f"it belongs under `{place[0]}`" if place else "it belongs at the top of the file",
            )
    return "unknown key", f"the keys here are {', '.join(names)}" if names else ""


def _look_up(data: Any, path: Path) -> Any:
    for part in path:
        if isinstance(data, Mapping):
            key = next((key for key in (part, _as_date(part)) if key in data), None)
            if key is None and key not in data:
                return _MISSING
            data = data[key]
        elif isinstance(data, (list, tuple)) and isinstance(part, int) and part < len(data):
            data = data[part]
        else:
            return _MISSING
    return data


def _as_date(part: str | int) -> Any:
    try:
        return date.fromisoformat(str(part))
    except ValueError:
        return part


def _or(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
