"""What `hard_easy: auto` comes to in a given block."""

from __future__ import annotations

from mesocycle.models.scenario import PolicySwitches, Scenario
from mesocycle.solver.instance.calendar import Calendar
from mesocycle.solver.prescription.lifts import wanted_per_week


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
