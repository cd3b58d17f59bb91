"""Repetitions, load and reserve of a set, told a second time."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mesocycle.models.strength import Exercise, RepsUnit, Role, SessionExercise
from mesocycle.solver.instance.calendar import Calendar
from mesocycle.solver.verify.loading import percent_of, repetitions_at, usual_load

if TYPE_CHECKING:
    from mesocycle.solver.rules import RuleSettings


ZONES = {"foundation": (10, 3), "strength": (5, 2), "power": (3, 3), "maintenance": (5, 2), "taper": (4, 3)}
BY_PHASE = {"taper": "taper", "peak": "maintenance", "recovery": "maintenance"}
IN_RESERVE = 2
MOST_IN_RESERVE = 6
# Percent of 1RM by which a written load may be above the formula.
GRACE = 2.5


class Prescribed(NamedTuple):
    """One set: repetitions (seconds, metres), % of 1RM, reserve."""

    reps: int
    load: int | None
    rir: int | None


def is_counted(exercise: Exercise) -> bool:
    """Whether repetitions are counted, so that some can be left in reserve."""
    return exercise.reps_unit in (RepsUnit.REPS, RepsUnit.EACH_SIDE)


def week_profiles(calendar: Calendar, settings: RuleSettings, new: bool) -> list[str]:
    """Name the load zone of each week; no names where the rule is off."""
    zone = settings.load_rep_zone
    names = []
    for week in calendar.weeks:
        usual = (
            "power" if zone and zone.build == "power" and week.phase == "build" and not new else "strength"
        )
        begins = new or calendar.weeks[0].phase == "base"
        low = new or week.phase == "base"
        early = "foundation" if zone and begins and low and week.number <= zone.foundation_weeks else usual
        names.append(BY_PHASE.get(week.phase, early) if zone else "")
    return names


def prescribed(
    exercise: Exercise, entry: SessionExercise, exchanged: bool, profile: str, settings: RuleSettings
) -> Prescribed:
    """Work out a set of an exercise, or of the one that is done in its stead."""
    main = exercise.role is Role.MAIN
    reps, rir = entry.reps or exercise.reps, entry.rir
    if main and profile and entry.reps is None and entry.load is None:
        reps, usual = ZONES[profile]
        rir = usual if rir is None else rir
        reps = _within(reps, exercise)
    elif exchanged:
        reps = _within(reps, exercise)
    written = None if exchanged else entry.load
    if not is_counted(exercise) or exercise.role is Role.PLYOMETRIC:
        return Prescribed(reps, written, rir)
    limit = settings.never_failure
    least = limit.least_rir if limit is not None and exercise.legs else 0
    open_main = main and entry.reps is None and entry.load is None
    if open_main and profile in ("maintenance", "taper") and exercise.load:
        # The load of the strength weeks stays; fewer repetitions leave more in reserve.
        five, two = ZONES["strength"]
        asked = max(two if entry.rir is None else entry.rir, least)
        stays = min(usual_load(_within(five, exercise), asked), exercise.load[1])
        return Prescribed(reps, stays, max(asked, repetitions_at(stays) - reps))
    if rir is None and written is not None:
        rir = min(MOST_IN_RESERVE, repetitions_at(written) - reps)
    elif rir is None:
        rir = IN_RESERVE
    raised = rir < least
    rir = max(rir, least)
    if written is not None:
        too_heavy = written - percent_of(reps + rir) > GRACE and (
            raised or settings.load_rep_zone is not None
        )
        return Prescribed(reps, usual_load(reps, rir) if too_heavy else written, rir)
    load = min(usual_load(reps, rir), exercise.load[1]) if main and exercise.load else None
    return Prescribed(reps, load, rir)


def _within(reps: int, exercise: Exercise) -> int:
    least, most = exercise.reps_range
    return least if reps < least else most if reps > most else reps
