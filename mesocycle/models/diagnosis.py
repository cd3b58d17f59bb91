"""Why no block exists: the rules that collide, and the least changes that make one possible."""

from __future__ import annotations

from typing import Any

from pydantic import ConfigDict, Field, SerializerFunctionWrapHandler, model_serializer

from mesocycle.models.clock import Day, format_day, weeks_text
from mesocycle.models.plan import Status
from mesocycle.models.training import Part

# More instances of a rule than these are counted, not listed.
CASES_SHOWN = 3


class ConflictRule(Part):
    """A rule of a conflict, with its instances that take part.

    Attributes
    ----------
    id : str
        The rule's id.
    text : str
        What the rule demands, as a sentence.
    scope : tuple of str
        Names of the instances: dates, weeks or sessions.
    cases : tuple of str
        What each instance demands, in the order of `scope`.
    source : str
        The scenario's key that sets the rule, such as ``athlete.rest_days``.
    place : str
        Where that key stands, such as "scenario.yaml:31"; empty for a default.
    dates, weeks : tuple of date or None, tuple of int or None
        The date or week that alone sets a case apart from the others of its rule.
    """

    id: str
    text: str
    scope: tuple[str, ...]
    cases: tuple[str, ...]
    source: str
    place: str = ""
    dates: tuple[Day | None, ...] = ()
    weeks: tuple[int | None, ...] = ()


class Conflict(Part):
    """Rules that cannot all hold. Without any one of its instances the others can.

    Attributes
    ----------
    rules : tuple of ConflictRule
        In the order of the catalogue.
    weeks : tuple of int
        The weeks of the conflict, counted from 1; `rules` is about them.
    start, end : date
        Their first and last day.
    alike : tuple of int
        Weeks that fail for the same reason.
    proven_minimal : bool
        Whether each instance was proven to be needed.
    facts : tuple of str
        What is settled of these weeks where the block is lived by already: it never gives.
    """

    rules: tuple[ConflictRule, ...]
    weeks: tuple[int, ...]
    start: Day
    end: Day
    alike: tuple[int, ...] = ()
    proven_minimal: bool
    facts: tuple[str, ...] = ()

    @model_serializer(mode="wrap")
    def _without_no_facts(self, serialize: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Only a block that is lived by has facts."""
        data: dict[str, Any] = serialize(self)
        return data if self.facts else {key: value for key, value in data.items() if key != "facts"}

    @property
    def when(self) -> str:
        """Its weeks and days: "week 5 (Mon 5 Oct to Sun 11 Oct)"."""
        return f"{weeks_text(self.weeks)} ({format_day(self.start)} to {format_day(self.end)})"


class Change(Part):
    """One value of the scenario, as it is and as it would have to be.

    Attributes
    ----------
    path : str
        The value's key path, such as ``athlete.availability.thu``.
    before, to : Any
        Plain data as a scenario file holds it; `before` is "from" in JSON, None where nothing is written.
    text : str
        The change as a runner would say it: "Thursday until 20:30 instead of 20:00".
    """

    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True, populate_by_name=True)

    path: str
    before: Any = Field(serialization_alias="from")
    to: Any
    text: str


class Repair(Part):
    """A least set of changes that makes a block possible.

    Attributes
    ----------
    name : str
        "A", "B", ...: what `--repair` takes.
    changes : tuple of Change
        None of them can be left out.
    objective : int or None
        Points of the best block found with the changes; None if it was not planned in time.
    proven : bool
        Whether no better block exists with these changes.
    verified : bool
        Whether the changed scenario was read again, planned, and the plan passed its check.
    sessions_moved : int or None
        Sessions that stand elsewhere than in the first repair's block; None if it was not planned.
    lifts : str
        Where the lifts of the first week that failed come to stand: "Tue 17:00 A, Thu 17:00 B"; empty where
        there is none, or nothing was planned.
    """

    name: str
    changes: tuple[Change, ...]
    objective: int | None
    proven: bool
    verified: bool
    sessions_moved: int | None
    lifts: str


class Diagnosis(Part):
    """What stands in the way of a block, and what would help.

    Attributes
    ----------
    status : Status
        `infeasible`: there is no block, confirmed by two solves; `feasible`: there is one, nothing to
        explain; `unknown`: the time was up before either was proven.
    conflicts : tuple of Conflict
        They share no rule instance; there may be more, as mending one may uncover another.
    repairs : tuple of Repair
        The least change first.
    hints : tuple of str
        What the runner could do outside the rules: runs stay fixed, so moving a run is only suggested.
    complete : bool
        False if the time was up before the search for conflicts and repairs ended.
    solves : int
        Models that were solved for it.
    """

    status: Status
    conflicts: tuple[Conflict, ...] = ()
    repairs: tuple[Repair, ...] = ()
    hints: tuple[str, ...] = ()
    complete: bool = True
    solves: int = 0

    def __str__(self) -> str:
        if self.status is Status.FEASIBLE:
            return "A block exists: there is nothing to explain."
        if self.status is Status.UNKNOWN:
            return "Time was up before it was known whether a block exists: allow more time."
        lines = ["No block satisfies all the rules."]
        for number, conflict in enumerate(self.conflicts, 1):
            lines.append(f"Conflict {number}: these cannot all hold in {conflict.when}:")
            for rule in conflict.rules:
                lines.append(f"  - {rule.text} ({rule.place or rule.source})")
                shown = rule.cases if len(rule.cases) <= CASES_SHOWN + 1 else rule.cases[:CASES_SHOWN]
                lines += [f"      {case}" for case in shown]
                if len(shown) < len(rule.cases):
                    lines.append(f"      and {len(rule.cases) - len(shown)} more like it")
            if conflict.alike:
                lines.append(f"  The same in {weeks_text(conflict.alike)}.")
        for repair in self.repairs:
            changes = "; ".join(change.text for change in repair.changes)
            points = f" ({repair.objective} points)" if repair.objective is not None else ""
            lines.append(f"{repair.name}. {changes}{points}")
        return "\n".join([*lines, *self.hints])
