"""Why a lift is where it is: one sentence from the rules that priced or closed its days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mesocycle.models.clock import MINUTES_PER_DAY, format_hours
from mesocycle.solver.model.grounding import Grounded
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.placement.reduce import NONE
from mesocycle.solver.placement.slots import Ints
from mesocycle.solver.plan.notes import listed
from mesocycle.solver.rules.base import Charge, Close, Reason

# More clauses than this and nobody reads the sentence.
MOST_CLAUSES = 3
# Beyond this a key run is no neighbour any more.
NEAR_MINUTES = 96 * 60
PASSED = Reason("has passed", "have passed")
NO_WINDOW = Reason("has no free window that is long enough", "have no free window that is long enough")


@dataclass(frozen=True, eq=False)
class _Touch:
    """Everything that rules state about the alternatives of the chosen options, in order of the options.

    The number of the case, and its points; negative where it closes the option.
    """

    options: Ints
    cases: Ints
    points: Ints


def reasons(grounded: Grounded, chosen: Sequence[int]) -> dict[str, str]:
    """Return a sentence for each placed lift, by its id.

    Parameters
    ----------
    grounded : Grounded
        The problem with its cases.
    chosen : sequence of int
        Positions in the option table, one for each placed lift.
    """
    problem, options = grounded.problem, grounded.problem.options
    at_day = {int(options.day[at]): problem.lift_at(at).name for at in chosen}
    version_of = np.full(len(problem.lifts), -1, dtype=np.int64)
    version_of[options.lift[list(chosen)]] = options.version[list(chosen)]
    wanted = version_of[options.lift] == options.version
    touch = _touch(grounded, wanted)
    return {problem.lift_at(at).id: _sentence(grounded, at, wanted, touch, at_day) for at in chosen}


def _touch(grounded: Grounded, wanted: np.ndarray) -> _Touch:
    parts: list[tuple[Ints, Ints, Ints]] = [(NONE, NONE, NONE)]
    for number, (_, case) in enumerate(grounded.cases):
        if isinstance(case, (Close, Charge)) and len(case.options):
            alternative = wanted[case.options]
            if alternative.any():
                hit = case.options[alternative]
                closing = np.full(len(hit), -1, dtype=np.int64)
                points = case.points[alternative] if isinstance(case, Charge) else closing
                parts.append((hit, np.full(len(hit), number, dtype=np.int64), points))
    options, cases, points = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.argsort(options, kind="stable")
    return _Touch(options[order], cases[order], points[order])


def _sentence(grounded: Grounded, at: int, wanted: np.ndarray, touch: _Touch, at_day: dict[int, str]) -> str:
    problem, options = grounded.problem, grounded.problem.options
    lift = problem.lift_at(at)
    day = int(options.day[at])
    here = _place(grounded, at)
    first, last = np.searchsorted(options.lift, [lift.index, lift.index + 1])
    alternatives = np.arange(first, last)[wanted[first:last]]
    own = _points(touch, at)
    clauses: dict[Reason, list[str]] = {}
    for other in problem.calendar.weeks[lift.week].days:
        if other == day:
            continue
        there = alternatives[options.day[alternatives] == other]
        reason = _against(grounded, there, touch, own, at_day.get(other), lift.name)
        if reason is NO_WINDOW and _has_passed(problem, other):
            reason = PASSED
        if reason:
            # "Thursday is before Thursday's tempo" names the day twice.
            name = problem.weekday(other)
            plain = Reason(*(words.replace(f"{name}'s ", "the ") for words in reason))
            clauses.setdefault(plain, []).append(name)
    against = [f"{listed(days)} {reason[len(days) > 1]}" for reason, days in clauses.items()][:MOST_CLAUSES]
    return "; ".join([here, *against]) + "."


def _has_passed(problem: Problem, day: int) -> bool:
    past = problem.instance.past
    return past is not None and day * MINUTES_PER_DAY <= past.now


def _place(grounded: Grounded, at: int) -> str:
    """Where the lift lies between its neighbouring runs."""
    problem, options = grounded.problem, grounded.problem.options
    runs, day = problem.calendar.runs, int(options.day[at])
    parts = []
    before, after = int(options.run_before[at]), int(options.run_after[at])
    if before >= 0 and runs[before].day == day:
        parts.append(
            f"After {problem.whose(runs[before])}, {format_hours(int(options.since_run[at]))} after the run"
        )
    if after >= 0 and runs[after].day == day:
        word = "and before" if parts else "Before"
        parts.append(
            f"{word} {problem.whose(runs[after])}, {format_hours(int(options.to_run[at]))} ahead of it"
        )
    if not parts:
        parts.append(f"On {problem.weekday(day)}, a day without a run")
    key = int(options.key_after[at])
    if not options.loaded[at]:
        parts.append("light enough on the legs for any day")
    elif key >= 0 and options.to_key[at] < NEAR_MINUTES:
        parts.append(f"{format_hours(int(options.to_key[at]))} before {problem.whose(runs[key])}")
    return ", ".join(parts)


def _points(touch: _Touch, option: int) -> int:
    first, last = np.searchsorted(touch.options, [option, option + 1])
    return int(np.sum(np.maximum(0, touch.points[first:last])))


def _against(
    grounded: Grounded, there: Ints, touch: _Touch, own: int, other_lift: str | None, name: str
) -> Reason | None:
    """What speaks against a day, or None if only the other lifts or a tie-break do."""
    if not len(there):
        return NO_WINDOW
    # The starts of one lift, version and day stand side by side in the table.
    first, last = np.searchsorted(touch.options, [there[0], there[-1] + 1])
    start, cases, points = (
        touch.options[first:last] - there[0],
        touch.cases[first:last],
        touch.points[first:last],
    )
    closing = points < 0
    # Of an empty selection bincount makes integers, which cannot hold infinity.
    totals = np.bincount(start, weights=np.maximum(points, 0), minlength=len(there)).astype(float)
    totals[start[closing]] = np.inf
    best = int(np.argmin(totals))
    if np.isinf(totals[best]):
        # The case that closes most of the day, the first of the catalogue among equals.
        numbers, counts = np.unique(cases[closing], return_counts=True)
        return _reason(grounded, int(numbers[np.argmax(counts)]))
    if other_lift is not None and other_lift != name:
        return Reason(f"holds {other_lift}", f"hold {other_lift}")
    charges = np.flatnonzero(start == best)
    if totals[best] <= own or not len(charges):
        return None
    return _reason(grounded, int(cases[charges[np.argmax(points[charges])]]))


def _reason(grounded: Grounded, number: int) -> Reason | None:
    case = grounded.cases[number][1]
    return case.reason if isinstance(case, (Close, Charge)) else None
