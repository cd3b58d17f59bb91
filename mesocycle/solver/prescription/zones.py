"""Repetitions, reserve and load of a set, by the phase of the week."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from mesocycle.models.strength import Exercise, RepsUnit, Role, SessionExercise
from mesocycle.solver.instance.calendar import Calendar
from mesocycle.solver.prescription.loads import guide, percent_for, reserve

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
class Dose:
    """What one set of an exercise is: repetitions (or seconds, or metres), % of 1RM, reserve."""

    reps: int
    load: int | None
    rir: int | None


def profiles(calendar: Calendar, settings: RuleSettings, new: bool) -> tuple[str, ...]:
    """Name the load zone of the main lifts in each week; empty where load_rep_zone is off."""
    zone = settings.load_rep_zone
    if zone is None:
        return ("",) * len(calendar.weeks)
    starts_low = bool(calendar.weeks) and (new or calendar.weeks[0].phase == "base")
    names = []
    for week in calendar.weeks:
        if week.phase == "taper":
            names.append("taper")
        elif week.phase in ("peak", "recovery"):
            names.append("maintenance")
        elif starts_low and week.number <= zone.foundation_weeks and (new or week.phase == "base"):
            names.append("foundation")
        else:
            names.append(
                "power" if zone.build == "power" and week.phase == "build" and not new else "strength"
            )
    return tuple(names)


def prescribe(
    exercise: Exercise, entry: SessionExercise, profile: str, settings: RuleSettings, own: bool = True
) -> Dose:
    """Work out one set.

    Parameters
    ----------
    exercise : Exercise
        What is done.
    entry : SessionExercise
        What was asked for; it goes before any zone.
    profile : str
        The week's load zone, empty for none.
    settings : mapping
        Of the rules: never_failure.
    own : bool
        False where the exercise stands in for the one asked for: its load then follows its repetitions.

    Returns
    -------
    Dose
        Reserve decides: a load that leaves less than it is lowered to what does.
    """
    low, high = exercise.reps_range
    zoned = exercise.role is Role.MAIN and entry.reps is None and entry.load is None and profile != ""
    rir = entry.rir
    if zoned:
        reps, usual = PROFILES[profile]
        reps = min(max(reps, low), high)
        rir = usual if rir is None else rir
    else:
        reps = entry.reps or exercise.reps
        reps = reps if own else min(max(reps, low), high)
    load = entry.load if own else None
    if exercise.reps_unit not in COUNTED or exercise.role is Role.PLYOMETRIC:
        return Dose(reps, load, rir)
    limit = settings.never_failure
    floor = limit.least_rir if limit is not None and exercise.legs else 0
    if zoned and profile in SAME_LOAD and exercise.load is not None:
        heavy, usual = PROFILES["strength"]
        left = max(usual if entry.rir is None else entry.rir, floor)
        same = min(guide(min(max(heavy, low), high), left), exercise.load[1])
        return Dose(reps, same, max(reserve(reps, same), left))
    if load is None:
        rir = max(USUAL_RIR if rir is None else rir, floor)
        follows = exercise.load is not None and exercise.role is Role.MAIN
        return Dose(reps, min(guide(reps, rir), exercise.load[1]) if follows and exercise.load else None, rir)
    left = min(reserve(reps, load), MOST_RIR) if rir is None else rir
    rir = max(left, floor)
    # Without load_rep_zone a load stays as it is written, unless the reserve is raised.
    may_lower = settings.load_rep_zone is not None or left < rir
    if may_lower and load > percent_for(reps, rir) + TOLERANCE:
        load = guide(reps, rir)
    return Dose(reps, load, rir)
