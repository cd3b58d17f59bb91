"""Changes of a scenario that only allow more, or charge less: the optimum never rises."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from typing import Any

from brute_force import days_with_room

import mesocycle as mc
from mesocycle.models.clock import parse_window
from mesocycle.models.errors import ScenarioError
from mesocycle.models.plan import Status
from mesocycle.solver.rules.check import understand

# These size sessions or exchange exercises: they change more than what they forbid or charge.
LEFT_ALONE = (
    *("novelty_guard", "deload_weeks", "ramp_limits", "set_trim_by_mileage", "block_early_emphasis"),
    *("taper_before_race", "availability_window", "blocked_dates"),
)


def easier(data: dict[str, Any], rng: random.Random) -> Iterator[tuple[str, dict[str, Any]]]:
    """Easier scenarios, each with what was changed: a longer window, a soft rule, a lower weight."""
    wider = copy.deepcopy(data)
    day = rng.choice(sorted(wider["athlete"]["availability"]))
    windows = wider["athlete"]["availability"][day]
    last = parse_window(windows[-1])
    end = min(24 * 60 - 1, last.end_minute + rng.choice((15, 30, 60)))
    windows[-1] = f"{windows[-1].partition('-')[0]}-{end // 60:02d}:{end % 60:02d}"
    yield f"{day} free until {end // 60:02d}:{end % 60:02d}", wider
    points = data["rules"].get("short_time_priority", {}).get("points")
    if points:
        cheaper = copy.deepcopy(data)
        cheaper["rules"]["short_time_priority"]["points"] = [[one // 2 for one in row] for row in points]
        yield "sets worth half", cheaper
    for rule, settings in sorted(data["rules"].items()):
        if rule in LEFT_ALONE or not isinstance(settings, dict):
            continue
        if settings.get("hard") is True:
            softer = copy.deepcopy(data)
            softer["rules"][rule]["hard"] = False
            yield f"{rule} soft", softer
        elif settings.get("weight", 0) > 1 and not settings.get("hard"):
            cheaper = copy.deepcopy(data)
            cheaper["rules"][rule]["weight"] = settings["weight"] // 2
            yield f"{rule} at half its weight", cheaper


def optimum(data: dict[str, Any]) -> float | None:
    """The proven least points; infinite where no block exists, None where the scenario is refused."""
    try:
        result = mc.solve(mc.load_scenario(data), deadline=0)
    except ScenarioError:
        return None
    assert result.status in (Status.OPTIMAL, Status.INFEASIBLE), result.status
    return float("inf") if result.objective is None else result.objective


def sized_alike(data: dict[str, Any], changed: dict[str, Any]) -> bool:
    """Whether the same days have room: where they do not, movements become familiar later, or after a break.

    Then the clock of repetitions and the sets of what is new are others, not only what they cost.
    """
    before, after = (understand(mc.load_scenario(one)) for one in (data, changed))
    weeks = range(len(before.calendar.weeks))
    return all(days_with_room(before, week) == days_with_room(after, week) for week in weeks)


def rises(data: dict[str, Any], rng: random.Random) -> tuple[int, list[str]]:
    """How many easier scenarios were solved, and those whose optimum is higher."""
    before = optimum(data)
    if before is None:
        return 0, []
    solved, found = 0, []
    for what, changed in easier(data, rng):
        after = optimum(changed)
        if after is not None and sized_alike(data, changed):
            solved += 1
            if after > before:
                found.append(f"{what}: {before} becomes {after}")
    return solved, found
