"""Which session is wanted in which week, and in which versions."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from mesocycle.files.library import exercises, programs
from mesocycle.models.plan import session_id
from mesocycle.models.scenario import Scenario
from mesocycle.models.strength import Session
from mesocycle.solver.calendar import Calendar, Week
from mesocycle.solver.factors import WeekFactors
from mesocycle.solver.ladder import Item, Rung, build_ladder, round_half_up, session_items

DEFAULT_PER_PHASE = {"base": 2, "build": 2, "peak": 2, "taper": 1, "recovery": 2}
# A movement is new for its first two exposures (repeated-bout effect: Doma 2017, Nosaka 2005).
NEW_EXPOSURES = 2


@dataclass(frozen=True)
class Lift:
    """One wanted session of one week: what is to be placed.

    `session` is the program's session; `name` numbers its repeats within a week.
    """

    index: int
    id: str
    week: int
    session: str
    name: str
    items: tuple[Item, ...]
    rungs: tuple[Rung, ...]
    novel: bool
    twin: int | None

    @property
    def demanding(self) -> bool:
        """Whether it holds new movements or sets to failure, which ask for a longer recovery."""
        return self.novel or any(item.to_failure for item in self.items)


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


def build_lifts(scenario: Scenario, calendar: Calendar, factors: tuple[WeekFactors, ...]) -> tuple[Lift, ...]:
    """List the lifts of the block in order of week and session.

    Weeks with fewer lifts than the program has sessions go on in rotation; weeks with more repeat from
    the first session.
    """
    sessions = sessions_of(scenario)
    library = dict(exercises())
    familiar = scenario.history.familiar
    unknown = {entry.exercise for session in sessions for entry in session.exercises} - set(familiar or ())
    new = unknown if familiar is not None or scenario.athlete.experience == "new" else set()
    exposures = dict.fromkeys(new, 0)
    ladders: dict[
        tuple[int, frozenset[str], tuple[Fraction, ...]], tuple[tuple[Item, ...], tuple[Rung, ...]]
    ] = {}
    lifts: list[Lift] = []
    rotation = 0
    for week, count in zip(calendar.weeks, wanted_per_week(scenario, calendar), strict=True):
        start = rotation if count < len(sessions) else 0
        rotation = (rotation + count) % len(sessions) if count < len(sessions) else rotation
        in_week: dict[int, int] = {}
        for position in range(count):
            which = (start + position) % len(sessions)
            session = sessions[which]
            names = {entry.exercise for entry in session.exercises}
            novel = frozenset(name for name in names & new if exposures[name] < NEW_EXPOSURES)
            key = (which, novel, factors[week.number - 1].ladder)
            if key not in ladders:
                items = session_items(session, library, novel)
                ladders[key] = (items, build_ladder(items, factors[week.number - 1].ladder))
            for name in names & new:
                exposures[name] += 1
            repeat = position // len(sessions)
            name = session.name if repeat == 0 else f"{session.name}{repeat + 1}"
            lifts.append(
                Lift(
                    index=len(lifts),
                    id=session_id(week.number, name),
                    week=week.number - 1,
                    session=session.name,
                    name=name,
                    items=ladders[key][0],
                    rungs=ladders[key][1],
                    novel=bool(novel),
                    twin=in_week.get(which),
                )
            )
            in_week[which] = lifts[-1].index
    return tuple(lifts)
