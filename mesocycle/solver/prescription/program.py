"""What the runner requests of the block as a whole: sessions, how many in which week, and the policy."""

from __future__ import annotations

from fractions import Fraction

from mesocycle.files.library import programs
from mesocycle.models.scenario import PolicySwitches, Scenario
from mesocycle.models.strength import Session
from mesocycle.solver.instance.calendar import Calendar, Week
from mesocycle.solver.instance.phases import round_half_up

DEFAULT_PER_PHASE = {"base": 2, "build": 2, "peak": 2, "taper": 1, "recovery": 2}


def sessions_of(scenario: Scenario) -> tuple[Session, ...]:
    """The runner's own sessions, else those of the program."""
    return scenario.strength.sessions or programs()[scenario.strength.program].sessions


def requested_per_week(scenario: Scenario, calendar: Calendar) -> tuple[int, ...]:
    """Sessions requested for each week, as if all weeks were whole."""
    requested = scenario.strength.sessions_per_week
    if isinstance(requested, tuple):
        return requested
    if isinstance(requested, int):
        return (requested,) * len(calendar.weeks)
    by_phase = DEFAULT_PER_PHASE | dict(requested or {})
    return tuple(by_phase[week.phase] for week in calendar.weeks)


def in_week(count: int, week: Week) -> int:
    """Sessions of a week for which so many are requested; a partial week by its days, rounded half up."""
    return round_half_up(Fraction(count * len(week.days), 7))


def expected_per_week(scenario: Scenario, calendar: Calendar) -> tuple[int, ...]:
    """Sessions expected in each week."""
    requested = requested_per_week(scenario, calendar)
    return tuple(in_week(count, week) for count, week in zip(requested, calendar.weeks, strict=True))


def resolve_policy(scenario: Scenario, calendar: Calendar) -> tuple[PolicySwitches, tuple[str, ...]]:
    """Return the switches with `auto` decided, and a note that says how.

    auto is easy_moderate if every training week has as many easy days that are free and not the eve of a
    key run as it has sessions, else stack_hard.
    """
    switches = scenario.switches
    if switches.hard_easy != "auto":
        return switches, ()
    key_days = {run.day for run in calendar.runs if run.key}
    run_days = {run.day for run in calendar.runs}
    for week, count in zip(calendar.weeks, expected_per_week(scenario, calendar), strict=True):
        easy = [
            day
            for day in week.days
            if day in run_days - key_days
            and day + 1 not in key_days
            and day not in calendar.rest_days | calendar.blocked
            and calendar.windows[day]
        ]
        if len(easy) < count and week.phase not in ("taper", "recovery"):
            note = (
                f"Policy auto is stack_hard here: week {week.number} "
                f"does not have {count} easy days that are free and not the eve of a key run."
            )
            return switches.model_copy(update={"hard_easy": "stack_hard"}), (note,)
    note = "Policy auto is easy_moderate here: every week has enough easy days that are not an eve."
    return switches.model_copy(update={"hard_easy": "easy_moderate"}), (note,)
