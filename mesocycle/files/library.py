"""The exercises and programs that come with Mesocycle, read once from `mesocycle/library`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import BaseModel, Field, ValidationError

from mesocycle.files.yaml_source import parse
from mesocycle.models.errors import InternalError, ScenarioFileError
from mesocycle.models.strength import Exercise, Session
from mesocycle.models.training import Part

Model = TypeVar("Model", bound=BaseModel)


class Program(Part):
    """A built-in program: the sessions of a week, and the articles behind them."""

    id: str
    name: str
    about: str
    source: tuple[str, ...]
    sessions: tuple[Session, ...]


class Overhead(Part):
    """Minutes that a session takes beyond its sets."""

    warmup_s: int = Field(ge=0)
    setup_s_per_exercise: int = Field(ge=0)


@cache
def exercises() -> Mapping[str, Exercise]:
    """Return the library's exercises by id, in the file's order.

    Returns
    -------
    Mapping of str to Exercise
        Read-only, and the same object at every call.
    """
    return _by_id("exercises.yaml", "exercises", Exercise)


@cache
def programs() -> Mapping[str, Program]:
    """Return the built-in programs by id, in the file's order.

    Returns
    -------
    Mapping of str to Program
        Read-only, and the same object at every call.
    """
    return _by_id("programs.yaml", "programs", Program)


@cache
def overhead() -> Overhead:
    """Return what a session takes beyond its sets: warm-up and set-up.

    Returns
    -------
    Overhead
        The values of `session_overhead` in exercises.yaml.
    """
    return _checked("exercises.yaml", Overhead, _read("exercises.yaml").get("session_overhead"))


@cache
def _read(file: str) -> dict[str, Any]:
    raw = resources.files("mesocycle.library").joinpath(file).read_bytes()
    try:
        data: dict[str, Any] = parse(raw, file).data
    except ScenarioFileError as error:  # our own file: the runner can do nothing about it
        raise InternalError(f"the library file {file} cannot be read", (str(error),)) from None
    return data


def _by_id(file: str, key: str, model: type[Model]) -> Mapping[str, Model]:
    entries = _read(file).get(key)
    if not isinstance(entries, list):
        raise InternalError(f"the library file {file} has no list `{key}`")
    found: dict[str, Model] = {}
    for entry in entries:
        item = _checked(file, model, entry)
        name = str(getattr(item, "id", ""))
        if name in found:
            raise InternalError(f"the library file {file} has the id {name} twice")
        found[name] = item
    return MappingProxyType(found)


def _checked(file: str, model: type[Model], entry: Any) -> Model:
    try:
        return model.model_validate(entry)
    except ValidationError as error:
        raise InternalError(
            f"the library file {file} has an entry that is not right", (str(error),)
        ) from None
