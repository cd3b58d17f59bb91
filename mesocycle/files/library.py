"""The exercises and programs that come with Mesocycle, read once from `mesocycle/library`.

People edit exercises.yaml and programs.yaml. What is read is the JSON beside them, which `docs/build.py`
makes of them: YAML takes a hundred times as long to read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, Field, ValidationError

from mesocycle.models.errors import InternalError
from mesocycle.models.schemes import Scheme
from mesocycle.models.sessions import Session
from mesocycle.models.strength import Exercise
from mesocycle.models.training import Part

Model = TypeVar("Model", bound=BaseModel)
FILES = ("exercises", "programs", "schemes")


class Program(Part):
    """A built-in program: the sessions of a week, the articles behind them, and how we read those."""

    id: str
    name: str
    about: str
    source: tuple[str, ...]
    notes: tuple[str, ...] = ()
    sessions: tuple[Session, ...]


class Overhead(Part):
    """Time that a session takes beyond its sets; sets of a superset take the factor's share of theirs."""

    warmup_s: int = Field(ge=0)
    setup_s_per_exercise: int = Field(ge=0)
    superset_time_factor: float = Field(gt=0, le=1)


class Complex(Part):
    """A heavy lift and the jump or throw that follows each of its sets."""

    heavy: str
    plyo: str
    source: tuple[str, ...]
    note: str = ""


class Equipment(Part):
    """Words for equipment.

    Attributes
    ----------
    kits : Mapping of str to tuple of str
        What a word such as gym stands for.
    always : tuple of str
        What nobody has to list.
    aliases : Mapping of str to str
        The library's word for what else runners write: lower case, with _ for spaces and hyphens.
    known : frozenset of str
        Every word for a piece of equipment.
    """

    kits: Annotated[Mapping[str, tuple[str, ...]], AfterValidator(MappingProxyType)]
    always: tuple[str, ...]
    aliases: Annotated[Mapping[str, str], AfterValidator(MappingProxyType)]
    known: frozenset[str]


@cache
def exercises() -> Mapping[str, Exercise]:
    """Return the library's exercises by id, in the file's order.

    Returns
    -------
    Mapping of str to Exercise
        Read-only, and the same object at every call.
    """
    return _by_id("exercises", "exercises", Exercise)


@cache
def programs() -> Mapping[str, Program]:
    """Return the built-in programs by id, in the file's order.

    Returns
    -------
    Mapping of str to Program
        Read-only, and the same object at every call.
    """
    return _by_id("programs", "programs", Program)


@cache
def schemes() -> Mapping[str, Scheme]:
    """Return the built-in schemes by name, in the file's order.

    Returns
    -------
    Mapping of str to Scheme
        Read-only, and the same object at every call.
    """
    entries = _read("schemes").get("schemes")
    if not isinstance(entries, dict):
        raise InternalError("the library file schemes.json has no mapping `schemes`")
    return MappingProxyType({name: _checked("schemes", Scheme, entry) for name, entry in entries.items()})


@cache
def overhead() -> Overhead:
    """Return what a session takes beyond its sets: warm-up and set-up.

    Returns
    -------
    Overhead
        The values of `session_overhead` in exercises.yaml.
    """
    return _checked("exercises", Overhead, _read("exercises").get("session_overhead"))


@cache
def complexes() -> tuple[Complex, ...]:
    """Return the pairs of a heavy lift and a jump, in the file's order."""
    return tuple(_checked("exercises", Complex, entry) for entry in _list("exercises", "complexes"))


@cache
def equipment() -> Equipment:
    """Return the words for equipment, those of exercises and kits included."""
    data = _read("exercises")
    words = {word for exercise in exercises().values() for way in exercise.equipment for word in way}
    try:
        kits, always, others = data["kits"], data["always"], data["aliases"]
        entry = {
            "kits": kits,
            "always": always,
            "aliases": {other: word for word, several in others.items() for other in several},
            "known": words.union(always, *kits.values()),
        }
    except (KeyError, AttributeError, TypeError) as error:
        raise InternalError(
            "the library file exercises.json has no sound equipment", (repr(error),)
        ) from None
    return _checked("exercises", Equipment, entry)


def made_json(file: str) -> str:
    """Make the JSON of one of `FILES` from its YAML.

    Returns
    -------
    str
        What the JSON beside the YAML must hold.

    Raises
    ------
    ScenarioFileError
        If the YAML cannot be read.
    """
    from mesocycle.files.yaml_source import parse  # ruamel is not needed for what is made already

    name = f"{file}.yaml"
    raw = resources.files("mesocycle.library").joinpath(name).read_bytes()
    return json.dumps(parse(raw, name).data, indent=1, ensure_ascii=False) + "\n"


@cache
def _read(file: str) -> dict[str, Any]:
    raw = resources.files("mesocycle.library").joinpath(f"{file}.json").read_bytes()
    try:
        return dict(json.loads(raw))
    except (ValueError, TypeError) as error:  # our own file: the runner can do nothing about it
        raise InternalError(f"the library file {file}.json cannot be read", (str(error),)) from None


def _by_id(file: str, key: str, model: type[Model]) -> Mapping[str, Model]:
    found: dict[str, Model] = {}
    for entry in _list(file, key):
        item = _checked(file, model, entry)
        name = str(getattr(item, "id", ""))
        if name in found:
            raise InternalError(f"the library file {file}.json has the id {name} twice")
        found[name] = item
    return MappingProxyType(found)


def _list(file: str, key: str) -> list[Any]:
    entries = _read(file).get(key)
    if not isinstance(entries, list):
        raise InternalError(f"the library file {file}.json has no list `{key}`")
    return entries


def _checked(file: str, model: type[Model], entry: Any) -> Model:
    try:
        return model.model_validate(entry)
    except ValidationError as error:
        raise InternalError(
            f"the library file {file}.json has an entry that is not right", (str(error),)
        ) from None
