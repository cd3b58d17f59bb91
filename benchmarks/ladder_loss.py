"""What the trim ladder costs beside free sets: `python benchmarks/ladder_loss.py`.

With free sets every combination of sets between the least and the most that the week allows is a version of
its session, supersets and complexes as one, and exercises are left out where the ladder may do so too.
Nothing else differs. Both optima are proven, or the block is left out of the mean.
"""

from __future__ import annotations

import itertools
import math
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from solve_time import scenario_text

import mesocycle as mc
from mesocycle.models.plan import Status
from mesocycle.models.scenario import Scenario
from mesocycle.solver.block import build_block
from mesocycle.solver.grounding import build_problem, ground
from mesocycle.solver.ladder import least_of, rung_of
from mesocycle.solver.lifts import Lift
from mesocycle.solver.problem import Problem
from mesocycle.solver.rules import deload_weeks
from mesocycle.solver.search import Deadline, search
from mesocycle.solver.slots import build_options
from mesocycle.solver.solve import understand

SCENARIOS = Path(__file__).parents[1] / "scenarios"
SECONDS = 120
# More versions of a session than this are no longer solved in time with free sets.
MOST_VERSIONS = 1000
# Hours and programs in which sets have to give way.
TIGHT = """
rules:
  session_duration: {{most_minutes: {minutes}}}
"""
# What else may decide between versions: minutes of the week, bands of patterns, landings.
BINDING = (
    "weekly_lifting_time: {hard: true, most_minutes: 70, least_minutes: 30}",
    "weekly_lifting_time: {hard: true, most_minutes: 80, least_minutes: 30}",
    "weekly_sets_per_pattern: {hard: true, bands: {core: [2, 4]}}",
    "weekly_sets_per_pattern: {hard: true, bands: {calf: [5, 5]}}",
    "weekly_sets_per_pattern: {weight: 20, bands: {core: [2, 3]}}",
    "planned_sets: off",
)


class TooManyError(Exception):
    """Free sets make too many versions."""


def free(lift: Lift) -> Lift:
    """The same lift with every combination of sets."""
    units = sorted({item.unit for item in lift.items})
    first = {item.unit: at for at, item in reversed(list(enumerate(lift.items)))}
    least = least_of(lift.items, lift.own)
    may_go = any(not all(rung.sets) for rung in lift.rungs)
    ranges = []
    for unit in units:
        at = first[unit]
        top = max(rung.sets[at] for rung in lift.rungs)
        ranges.append([*([0] if may_go else []), *range(least[at], top + 1)])
    if math.prod(len(counts) for counts in ranges) > MOST_VERSIONS:
        raise TooManyError
    rungs = []
    for counts in itertools.product(*ranges):
        by_unit = dict(zip(units, counts, strict=True))
        sets = tuple(by_unit[item.unit] for item in lift.items)
        if any(sets):
            rungs.append(rung_of(lift.items, sets, lift.own))
    longest = max(rung.minutes for rung in lift.rungs)  # the session's own minutes are a limit
    rungs = [rung for rung in rungs if rung.minutes <= longest]
    return replace(lift, rungs=tuple(sorted(rungs, key=lambda rung: (-rung.total, rung.sets))))


def optimum(problem: Problem) -> tuple[int | None, float]:
    """The proven optimum, and seconds."""
    began = time.perf_counter()
    answer = search(build_block(ground(problem)), Deadline(SECONDS))
    return answer.objective if answer.status is Status.OPTIMAL else None, time.perf_counter() - began


def compare(name: str, scenario: Scenario) -> float | None:
    """Print one line; the loss in percent."""
    context = understand(scenario)
    lighter = context.settings.get("deload_weeks")
    pattern = frozenset() if lighter is None else deload_weeks.patterns(context.calendar, lighter)[0]
    problem = build_problem(scenario, context.settings, context.calendar, context.policy, pattern)
    try:
        lifts = tuple(free(lift) for lift in problem.lifts)
    except TooManyError:
        print(f"{name:<34} too many versions with free sets")
        return None
    travel = context.settings["availability_window"].travel_minutes
    options = build_options(context.calendar, lifts, scenario.strength.grid_minutes, travel)
    ladder, seconds = optimum(problem)
    best, free_seconds = optimum(replace(problem, lifts=lifts, options=options))
    loss = None if best is None or ladder is None else 100 * (ladder - best) / max(1, best)
    told = "not proven" if loss is None else f"{loss:6.2f} %"
    print(f"{name:<34} {ladder!s:>7} {best!s:>7} {told:>10}   {seconds:6.2f} {free_seconds:6.2f}", flush=True)
    return loss


def main() -> None:
    """Print the table and the mean loss."""
    print(f"{'':<34} {'ladder':>7} {'free':>7} {'loss':>10}   {'seconds':>13}")
    losses = []
    for file in sorted(SCENARIOS.glob("*.yaml")):
        losses.append(compare(file.stem, mc.load_scenario(file)))
    with tempfile.TemporaryDirectory() as folder:
        for weeks, lifts, minutes in (
            (16, 2, 75),
            (16, 3, 75),
            (16, 2, 35),
            (16, 3, 28),
            (26, 2, 40),
            (26, 3, 30),
        ):
            file = Path(folder) / "scenario.yaml"
            file.write_text(scenario_text(weeks, lifts) + TIGHT.format(minutes=minutes), encoding="utf-8")
            losses.append(compare(f"{weeks} weeks, {lifts} lifts of {minutes} min", mc.load_scenario(file)))
        for rule in BINDING:
            file.write_text(scenario_text(4, 2) + f"rules:\n  {rule}\n", encoding="utf-8")
            losses.append(compare(rule[:34], mc.load_scenario(file)))
    known = [loss for loss in losses if loss is not None]
    print(f"mean {sum(known) / len(known):.2f} %, most {max(known):.2f} %, of {len(known)} blocks")


if __name__ == "__main__":
    main()
