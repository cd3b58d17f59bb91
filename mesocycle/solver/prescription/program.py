"""What the runner requests of the block as a whole: sessions, how many in which week, and the policy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from mesocycle.files.library import programs
from mesocycle.models.scenario import PolicySwitches, Scenario
from mesocycle.models.sessions import Session
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
    """Lifts expected in each week."""
    requested = requested_per_week(scenario, calendar)
    return tuple(in_week(count, week) for count, week in zip(requested, calendar.weeks, strict=True))


class Due(NamedTuple):
    """A session that a week expects: its place in the program, and its name, which numbers repeats: A2."""

    place: int
    name: str


def due_by_week(
    scenario: Scenario, calendar: Calendar, sessions: Sequence[Session]
) -> tuple[tuple[Due, ...], ...]:
    """The sessions that each week expects, lifts first, then core, plyo and mobility.

    Weeks with fewer lifts than the program has go on in turn; weeks with more repeat from the first. The
    runner's own `rotation` goes on in any case.
    """
    places = {session.name: at for at, session in enumerate(sessions)}
    lifts = [at for at, session in enumerate(sessions) if session.is_lift]
    cycle = [places[name] for name in scenario.strength.rotation]
    turn = 0
    weeks = []
    for week, count in zip(calendar.weeks, expected_per_week(scenario, calendar), strict=True):
        start, order = 0, cycle or lifts
        if cycle or count < len(lifts):
            start, turn = turn, (turn + count) % len(order)
        due = [order[(start + position) % len(order)] for position in range(count if order else 0)]
        due += [
            at
            for at, session in enumerate(sessions)
            if not session.is_lift
            for _ in range(in_week(session.per_week or 1, week))
        ]
        weeks.append(tuple(_named(due, sessions)))
    return tuple(weeks)


def _named(due: Sequence[int], sessions: Sequence[Session]) -> Iterator[Due]:
    """The sessions of a week with their names, the second of a kind with a number."""
    seen: dict[int, int] = {}
    for place in due:
        seen[place] = seen.get(place, 0) + 1
        repeat = seen[place]
        yield Due(place, sessions[place].name + (str(repeat) if repeat > 1 else ""))


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
