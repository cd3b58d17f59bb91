"""Runs stay where they are; hints say where moving one would help, if the runner did it himself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mesocycle.models.clock import WEEKDAY_NAMES, WEEKDAYS
from mesocycle.models.scenario import Scenario
from mesocycle.models.training import Run, RunType
from mesocycle.solver.diagnose.search import FoundConflict, WholeBlock
from mesocycle.solver.instance.dated_runs import name_of
from mesocycle.solver.rules.check import problems
from mesocycle.solver.solve import solve

MOST_HINTS = 2


def run_hints(whole: WholeBlock, conflicts: Sequence[FoundConflict]) -> tuple[str, ...]:
    """Say which key run on another weekday would make a block possible; each one planned and checked."""
    hints: list[str] = []
    for day in _key_weekdays(whole, conflicts):
        for other in sorted(set(range(7)) - {day}, key=lambda weekday: (abs(weekday - day), weekday)):
            left = whole.effort.deadline.left()
            if len(hints) == MOST_HINTS or left == 0:
                return tuple(hints)
            changed = _swapped(whole.problem.scenario, WEEKDAYS[day], WEEKDAYS[other])
            if changed is None or whole.changed(changed).fails(conflicts[0].weeks):
                continue
            whole.effort.solves += 1
            if solve(changed, time_limit=left).plan is not None:
                hints.append(_text(whole.problem.scenario, day, other))
                break
    return tuple(hints)


def _key_weekdays(whole: WholeBlock, conflicts: Sequence[FoundConflict]) -> list[int]:
    """Weekdays whose key run takes part in a conflict, week after week."""
    week = whole.problem.scenario.runs.week
    days: set[int] = set()
    for at in (demand.when.day for conflict in conflicts for demand in conflict.demands):
        runs = week.get(WEEKDAYS[at % 7], ()) if at is not None else ()
        if at is not None and any(run.is_key and run.type is not RunType.RACE for run in runs):
            days.add(at % 7)
    return sorted(days)


def _swapped(scenario: Scenario, day: str, other: str) -> Scenario | None:
    """The scenario with the runs of two weekdays exchanged.

    None if runs would overlap, or key runs follow each other on more days than before.
    """
    week = dict(scenario.runs.week)
    week[day], week[other] = week.get(other, ()), week.get(day, ())
    if _pairs(week) > _pairs(scenario.runs.week):
        return None
    runs = scenario.runs.model_copy(update={"week": week})
    changed = scenario.model_copy(update={"runs": runs})
    return changed if next(iter(problems(changed)), None) is None else None


def _pairs(week: Mapping[str, tuple[Run, ...]]) -> int:
    """How often a day with a key run follows another one."""
    key = [any(run.is_key for run in week.get(day, ())) for day in WEEKDAYS]
    return sum(key[at - 1] and key[at] for at in range(7))


def _text(scenario: Scenario, day: int, other: int) -> str:
    moved = next(run for run in scenario.runs.week[WEEKDAYS[day]] if run.is_key)
    there = [run for run in scenario.runs.week.get(WEEKDAYS[other], ()) if run.type is not RunType.REST]
    back = f" and {WEEKDAY_NAMES[other]}'s {name_of(there[0].type)} to {WEEKDAY_NAMES[day]}" if there else ""
    return (
        f"If you moved {WEEKDAY_NAMES[day]}'s {name_of(moved.type)} to {WEEKDAY_NAMES[other]}{back}, "
        "all your rules could hold."
    )
