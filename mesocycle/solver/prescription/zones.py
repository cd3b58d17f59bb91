"""Repetitions, reserve and load of a set, by the phase of the week."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from mesocycle.models.strength import Exercise, RepsUnit, Role
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.prescription.loads import guide_load, percent_for, reserve
from mesocycle.solver.prescription.moves import Move

if TYPE_CHECKING:
    from mesocycle.solver.rules import RuleSettings

# Repetitions and reserve of the main lifts by profile (science: docs/sources.md, "load zones").
PROFILES: Mapping[str, tuple[int, int]] = {
    "foundation": (10, 3),
    "strength": (5, 2),
    "power": (3, 3),
    "maintenance": (5, 2),
    "taper": (4, 3),
}
# Peak and taper lower the sets, not the load: it is that of the strength weeks.
SAME_LOAD = ("maintenance", "taper")
USUAL_RIR = 2
# More in reserve than this is not counted: the set is easy.
MOST_RIR = 6
# A load this much above what its repetitions and reserve allow is still the same load.
TOLERANCE = Fraction(5, 2)
COUNTED = (RepsUnit.REPS, RepsUnit.EACH_SIDE)


@dataclass(frozen=True)
class Demands:
    """What the week and the runner demand of a session: load zone, new movements, floors, priorities."""

    profile: str
    novel: frozenset[str]
    settings: RuleSettings
    older: bool


@dataclass(frozen=True)
class PrescribedSet:
    """What one set of an exercise is: repetitions (or seconds, or metres), % of 1RM, reserve."""

    reps: int
    load: int | None
    rir: int | None


def profiles(instance: Instance) -> tuple[str, ...]:
    """Name the load zone of the main lifts in each week; empty where load_rep_zone is off."""
    zone, weeks = instance.settings.load_rep_zone, instance.calendar.weeks
    if zone is None:
        return ("",) * len(weeks)
    new = instance.scenario.athlete.experience == "new"
    starts_low = new or weeks[0].phase == "base"
    names = []
    for week in weeks:
        if week.phase == "taper":
            names.append("taper")
        elif week.phase in ("peak", "recovery"):
            names.append("maintenance")
        elif starts_low and week.number <= zone.foundation_weeks and (new or week.phase == "base"):
            names.append("foundation")
        else:
            power = zone.build == "power" and week.phase == "build" and not new
            names.append("power" if power else "strength")
    return tuple(names)


def prescribe(move: Move, demands: Demands) -> PrescribedSet:
    """Work out one set of an exercise; what the entry gives goes before any zone.

    Returns
    -------
    PrescribedSet
        Reserve decides: a load that leaves less than it is lowered to what does. The load of an exercise that
        stands in for another follows its repetitions.
    """
    exercise, entry, profile = move.exercise, move.entry, demands.profile
    zoned = exercise.role is Role.MAIN and entry.reps is None and entry.load is None and profile != ""
    reps, rir = PROFILES[profile] if zoned else (entry.reps or exercise.reps, None)
    rir = rir if entry.rir is None else entry.rir
    if zoned or move.requested is not None:
        reps = _in_range(reps, exercise)
    load = entry.load if move.requested is None else None
    if exercise.reps_unit not in COUNTED or exercise.role is Role.PLYOMETRIC:
        return PrescribedSet(reps, load, rir)
    limit = demands.settings.never_failure
    floor = limit.least_rir if limit is not None and exercise.legs else 0
    if load is not None:
        # Without load_rep_zone a load stays as it is written, unless the reserve is raised.
        return _written(load, reps, rir, floor, may_lower=demands.settings.load_rep_zone is not None)
    if exercise.role is not Role.MAIN or exercise.load is None:
        return PrescribedSet(reps, None, max(USUAL_RIR if rir is None else rir, floor))
    if zoned and profile in SAME_LOAD:
        heavy, usual = PROFILES["strength"]
        rir = max(usual if entry.rir is None else entry.rir, floor)
        load = min(guide_load(_in_range(heavy, exercise), rir), exercise.load[1])
        return PrescribedSet(reps, load, max(reserve(reps, load), rir))
    rir = max(USUAL_RIR if rir is None else rir, floor)
    return PrescribedSet(reps, min(guide_load(reps, rir), exercise.load[1]), rir)


def _written(load: int, reps: int, rir: int | None, floor: int, may_lower: bool) -> PrescribedSet:
    left = min(reserve(reps, load), MOST_RIR) if rir is None else rir
    raised = max(left, floor)
    if (may_lower or left < raised) and load > percent_for(reps, raised) + TOLERANCE:
        load = guide_load(reps, raised)
    return PrescribedSet(reps, load, raised)


def _in_range(reps: int, exercise: Exercise) -> int:
    low, high = exercise.reps_range
    return min(max(reps, low), high)
