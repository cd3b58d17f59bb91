"""What the runner asks of the block as a whole: sessions, how many in which week, and the policy."""

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


def asked_per_week(scenario: Scenario, calendar: Calendar) -> tuple[int, ...]:
    """Sessions asked for in each week, as if all weeks were whole."""
    wanted = scenario.strength.sessions_per_week
    if isinstance(wanted, tuple):
        return wanted
    if isinstance(wanted, int):
        return (wanted,) * len(calendar.weeks)
    by_phase = DEFAULT_PER_PHASE | dict(wanted or {})
    return tuple(by_phase[week.phase] for week in calendar.weeks)


def in_week(count: int, week: Week) -> int:
    """Sessions of a week where so many are asked for; a partial week counts by its days, rounded half up."""
    return round_half_up(Fraction(count * len(week.days), 7))


def wanted_per_week(scenario: Scenario, calendar: Calendar) -> tuple[int, ...]:
    """Sessions wanted in each week."""
    asked = asked_per_week(scenario, calendar)
    return tuple(in_week(count, week) for count, week in zip(asked, calendar.weeks, strict=True))


def resolve_policy(scenario: Scenario, calendar: Calendar) -> tuple[PolicySwitches, tuple[str, ...]]:
    """Return the switches with `auto` decided, and a note that says how.

    auto is easy_moderate if every training week has as many easy days that are free and not the eve of a
    key run as it wants lifts, else stack_hard.
    """
    switches = scenario.switches
    if switches.hard_easy != "auto":
        return switches, ()
    key_days = {run.day for run in calendar.runs if run.key}
    run_days = {run.day for run in calendar.runs}
    for week, wanted in zip(calendar.weeks, wanted_per_week(scenario, calendar), strict=True):
        easy = [
            day
            for day in week.days
            if day in run_days - key_days
            and day + 1 not in key_days
            and day not in calendar.rest_days | calendar.blocked
            and calendar.windows[day]
        ]
        if len(easy) < wanted and week.phase not in ("taper", "recovery"):
            note = (
                f"Policy auto is stack_hard here: week {week.number} "
                f"does not have {wanted} easy days that are free and not the eve of a key run."
            )
            return switches.model_copy(update={"hard_easy": "stack_hard"}), (note,)
    note = "Policy auto is easy_moderate here: every week has enough easy days that are not an eve."
    return switches.model_copy(update={"hard_easy": "easy_moderate"}), (note,)
