"""The exercises and programs that come with Mesocycle, read once from `mesocycle/library`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, Field, ValidationError

from mesocycle.files.yaml_source import parse
from mesocycle.models.errors import InternalError, ScenarioFileError
from mesocycle.models.strength import Exercise, Session
from mesocycle.models.training import Part

Model = TypeVar("Model", bound=BaseModel)


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
def complexes() -> tuple[Complex, ...]:
    """Return the pairs of a heavy lift and a jump, in the file's order."""
    return tuple(_checked("exercises.yaml", Complex, entry) for entry in _list("exercises.yaml", "complexes"))


@cache
def equipment() -> Equipment:
    """Return the words for equipment, those of exercises and kits included."""
    data = _read("exercises.yaml")
    words = {word for one in exercises().values() for way in one.equipment for word in way}
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
            "the library file exercises.yaml has no sound equipment", (repr(error),)
        ) from None
    return _checked("exercises.yaml", Equipment, entry)


@cache
def _read(file: str) -> dict[str, Any]:
    raw = resources.files("mesocycle.library").joinpath(file).read_bytes()
    try:
        data: dict[str, Any] = parse(raw, file).data
    except ScenarioFileError as error:  # our own file: the runner can do nothing about it
        raise InternalError(f"the library file {file} cannot be read", (str(error),)) from None
    return data


def _by_id(file: str, key: str, model: type[Model]) -> Mapping[str, Model]:
    found: dict[str, Model] = {}
    for entry in _list(file, key):
        item = _checked(file, model, entry)
        name = str(getattr(item, "id", ""))
        if name in found:
            raise InternalError(f"the library file {file} has the id {name} twice")
        found[name] = item
    return MappingProxyType(found)


def _list(file: str, key: str) -> list[Any]:
    entries = _read(file).get(key)
    if not isinstance(entries, list):
        raise InternalError(f"the library file {file} has no list `{key}`")
    return entries


def _checked(file: str, model: type[Model], entry: Any) -> Model:
    try:
        return model.model_validate(entry)
    except ValidationError as error:
        raise InternalError(
            f"the library file {file} has an entry that is not right", (str(error),)
        ) from None
