"""Which keys can stand where: the Scenario's annotations, walked by path."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from mesocycle.models.scenario import Scenario


def models_at(path: Iterable[str | int]) -> list[type[BaseModel]]:
    """Return the models whose keys can stand at a place, by what the annotations say."""
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
