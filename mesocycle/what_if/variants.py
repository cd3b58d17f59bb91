"""What to vary: each scenario with its variants, every one checked before anything is solved."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from mesocycle.files import scenario as scenario_files
from mesocycle.files.changed import changed
from mesocycle.files.safe_text import shown
from mesocycle.files.what_ifs import name_of
from mesocycle.files.yaml_source import Document
from mesocycle.models.comparison import BASE
from mesocycle.models.errors import Problem, ScenarioError
from mesocycle.models.paths import parse_path
from mesocycle.models.scenario import Scenario, Variant
from mesocycle.solver.rules.check import problems

_NO_WHAT_IF = {"variants", "grid"}


@dataclass(frozen=True)
class RowRequest:
    """A row to come.

    Attributes
    ----------
    scenario : str
        As JSON; empty where it is wrong.
    single : bool
        Whether it differs from the base in one value.
    problems : tuple of Problem
        Why it cannot be solved.
    """

    name: str
    scenario: str
    is_base: bool = False
    changes: Mapping[str, Any] | None = None
    single: bool = False
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Case:
    """A scenario to compare with its variants: its label, its plain data, and its file."""

    label: str
    data: Mapping[str, Any]
    scenario: Scenario
    document: Document | None = None
    # Whether values, by their path, differ from the scenario's own.
    differing: dict[tuple[str, str], bool] = field(default_factory=dict, repr=False, compare=False)

    @property
    def file(self) -> str:
        """Its file; empty if there is none."""
        return "" if self.document is None else self.document.name

    def called(self, label: str) -> Case:
        """The same under another name."""
        return replace(self, label=label)

    def grid_size(self) -> int:
        """How many combinations its grid has."""
        return math.prod(len(values) for values in self.scenario.grid.values()) if self.scenario.grid else 0


@dataclass(frozen=True)
class Broken:
    """A scenario that cannot be read; it makes one row, with its problems."""

    label: str
    error: ScenarioError

    @property
    def file(self) -> str:
        """Its file."""
        return self.error.file

    def called(self, label: str) -> Broken:
        """The same under another name."""
        return replace(self, label=label)


def case_of(scenario: Scenario, label: str = "") -> Case:
    """Take a scenario without a file."""
    return Case(label or scenario.name, _bare(scenario.model_dump(mode="json")), scenario)


def case_from(data: Mapping[str, Any], label: str) -> Case:
    """Take a scenario from plain data.

    Raises
    ------
    ScenarioError
        With its problems.
    """
    return Case(label, _bare(data), scenario_files.from_data(data, problems))


def case_in(document: Document, label: str) -> Case:
    """Take a scenario from a file.

    Raises
    ------
    ScenarioFileError
        With its problems by line.
    """
    return Case(label, _bare(document.data), scenario_files.validate(document, problems), document)


def _bare(data: Mapping[str, Any]) -> dict[str, Any]:
    """A scenario's data without its what-ifs, which each variant would have to read again."""
    return {key: value for key, value in data.items() if key not in _NO_WHAT_IF}


def rows_of(case: Case | Broken, more: Sequence[Variant]) -> Iterator[RowRequest]:
    """Yield the rows of a scenario: its base and variants, or one with its problems."""
    if isinstance(case, Broken):
        yield RowRequest(BASE, "", is_base=True, changes={}, problems=case.error.problems)
    else:
        yield from variants_of(case, more)


def variants_of(case: Case, more: Sequence[Variant]) -> Iterator[RowRequest]:
    """Yield the base, its own variants, its grid's, and `more`, under distinct names."""
    yield RowRequest(BASE, _as_json(case.scenario), is_base=True, changes={})
    variants = [*_own_variants(case), *more]
    names = distinct_names((variant.name for variant in variants), taken=(BASE,))
    for at, (variant, name) in enumerate(zip(variants, names, strict=True)):
        position = at if at < len(case.scenario.variants) else None
        yield replace(_request(case, variant, position), name=name)


def _own_variants(case: Case) -> Iterator[Variant]:
    yield from case.scenario.variants
    grid = case.scenario.grid
    for values in itertools.product(*grid.values()) if grid else ():
        chosen = dict(zip(grid, values, strict=True))
        yield Variant.model_construct(name=name_of(chosen), set=chosen)


def _request(case: Case, variant: Variant, position: int | None) -> RowRequest:
    try:
        data = _changed(case.data, variant.set)
        scenario = scenario_files.from_data(data, problems)
    except ScenarioError as error:
        located = tuple(_located(problem, case.document, position, variant) for problem in error.problems)
        return RowRequest(variant.name, "", changes=variant.set, problems=located)
    differing = sum(_differs(case, path, value) for path, value in variant.set.items())
    return RowRequest(variant.name, _as_json(scenario), changes=variant.set, single=differing == 1)


def _changed(data: Mapping[str, Any], values: Mapping[str, Any]) -> Mapping[str, Any]:
    for text, value in values.items():
        try:
            path = parse_path(text)
            if path[0] in _NO_WHAT_IF:
                raise ValueError(f"a variant cannot change `{path[0]}`")
            data = changed(data, path, value)
        except ValueError as error:
            raise ScenarioError((Problem((text,), str(error), shown(value)),)) from None
    return data


def _differs(case: Case, text: str, value: Any) -> bool:
    """Whether a value makes another scenario: a grid holds the base's own values too, many times over."""
    key = (text, repr(value))
    if key not in case.differing:
        case.differing[key] = _makes_another(case, text, value)
    return case.differing[key]


def _makes_another(case: Case, text: str, value: Any) -> bool:
    try:
        alone = Scenario.model_validate(changed(case.data, parse_path(text), value))
    except ValueError:  # valid only together with the other values
        return True
    return alone != case.scenario


def _located(problem: Problem, document: Document | None, position: int | None, variant: Variant) -> Problem:
    """Locate a problem in the file of the variant: at its value, not at the key that it changes."""
    if document is None or position is None:
        return replace(problem, line=0, column=0)
    path = max(variant.set, key=lambda text: _common(text, problem.path), default="")
    at = document.locate(replace(problem, path=("variants", position, "set", path)))
    return replace(problem, line=at.line, column=at.column)


def _common(text: str, path: Sequence[str | int]) -> int:
    """Count the first steps that two paths share; a single entry may stand in a list."""
    try:
        own = [part for part in parse_path(text) if part != 0]
    except ValueError:
        return 0
    pairs = zip(own, (part for part in path if part != 0), strict=False)
    return sum(1 for _ in itertools.takewhile(lambda pair: str(pair[0]) == str(pair[1]), pairs))


def _as_json(scenario: Scenario) -> str:
    return scenario.model_copy(update={"variants": (), "grid": {}}).model_dump_json()


def distinct_names(names: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """Names that differ from each other and from those taken: repetitions get a number."""
    known = set(taken)
    distinct: list[str] = []
    counters: dict[str, Iterator[int]] = {}
    for name in names:
        free = name
        while free in known:
            free = f"{name} ({next(counters.setdefault(name, itertools.count(2)))})"
        known.add(free)
        distinct.append(free)
    return distinct


def count_rows(cases: Iterable[Case], more: int) -> int:
    """Count the rows before any is made."""
    return sum(1 + len(case.scenario.variants) + case.grid_size() + more for case in cases)
