"""Scenario -> dated runs, weeks, phases and mileage. Data only: nothing here is decided.

Day 0 is the Monday of week 1; a moment is minutes since its midnight.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from mesocycle.models.clock import MINUTES_PER_DAY, WEEKDAYS, Window, monday_of
from mesocycle.models.scenario import Scenario, is_rest
from mesocycle.models.training import RACE_START, RunType
from mesocycle.solver.instance.availability import free_windows
from mesocycle.solver.instance.dated_runs import DatedRun, planned_runs, runs_of_day, usual_runs
from mesocycle.solver.instance.mileage import DayRuns, Mileage, add_up, template_metres
from mesocycle.solver.instance.phases import (
    LOOK_BACK_WEEKS,
    Goal,
    around_races,
    find_cutbacks,
    name_phases,
    reference_mileage,
    rises,
    taper_days,
)


def assumptions(scenario: Scenario, runs: Sequence[DatedRun], by_distance: bool) -> Iterator[str]:
    """Yield what had to be assumed; weeks are compared `by_distance`, or by minutes."""
    given = [run for day in (*scenario.runs.week.values(), *scenario.runs.dates.values()) for run in day]
    given = [run for run in given if run.type is not RunType.REST]
    if any(run.start is None and run.type is not RunType.RACE for run in given):
        yield "Runs without a start time are taken to start at 07:00."
    if any(race.start is None for race in scenario.races) and any(
        run.start % MINUTES_PER_DAY == RACE_START for run in runs if run.type is RunType.RACE
    ):
        yield "Races without a start time are taken to start at 10:00."
    if any(run.lasts is None and run.distance is None for run in given):
        yield "Runs without minutes or distance are taken as 45 min, long runs as 100 min."
    if not scenario.athlete.availability:
        yield "No availability given: lifts may start between 06:00 and 21:00 on any day."
    if not by_distance:
        known = any(run.metres is not None for run in runs if run.type is not RunType.CROSS)
        which = "Some runs have no distance" if known else "No run has a distance"
        yield f"{which}, so weeks are compared by minutes of running."
    if scenario.history.familiar is None and scenario.athlete.experience != "new":
        yield "No history of exercises given: all of them are taken as familiar."


__all__ = ["Calendar", "DatedRun", "Week", "build_calendar"]

# After four weeks without lifting the first weeks start smaller.
LAPSE_DAYS = 28


@dataclass(frozen=True)
class Week:
    """One Monday-to-Sunday week; `first_day` and `last_day` are what lies inside the block.

    `load` is the mileage of the whole calendar week (metres, or minutes), so that a partial week is not taken
    for an easy one; `metres` is what is run inside the block, None where weeks are compared by minutes.
    """

    number: int
    monday: date
    first_day: int
    last_day: int
    load: Fraction
    metres: int | None
    phase: str
    cutback: bool

    @property
    def days(self) -> range:
        """Day numbers inside the block."""
        return range(self.first_day, self.last_day + 1)


@dataclass(frozen=True)
class Calendar:
    """The block as data: dated runs in order of time, weeks, free windows by day.

    `race_weeks` are the indices of the weeks with a race, `minor_race_weeks` those with a B race. `top` is
    the biggest mileage of a training week; a race week's kilometres are no peak of training. `rises` tells
    whether the top lies above what the runner comes from. `history` is the mileage of the weeks before, in
    the measure of the weeks' own, empty where it is not known.
    """

    monday: date
    first_day: int
    last_day: int
    runs: tuple[DatedRun, ...]
    weeks: tuple[Week, ...]
    windows: tuple[tuple[Window, ...], ...]
    rest_days: frozenset[int]
    marked_rest: frozenset[int]
    blocked: frozenset[int]
    races: tuple[DatedRun, ...]
    race_weeks: frozenset[int]
    minor_race_weeks: frozenset[int]
    history: tuple[Fraction, ...]
    top: Fraction
    last_lift_day: int | None
    slow_start: bool
    rises: bool
    notes: tuple[str, ...]

    def date_of(self, day: int) -> date:
        """Date of a day number."""
        return self.monday + timedelta(days=day)

    def runs_on(self, day: int) -> tuple[DatedRun, ...]:
        """Runs that start on a day, in order of time."""
        return tuple(run for run in self.runs if run.day == day)

    def trim_load(self, index: int) -> Fraction:
        """The mileage that week `index` is trimmed by.

        A cutback, taper or recovery week counts as much as the biggest of the three weeks before it: low
        mileage there must not give the sets back, and a race's kilometres must not take them. The weeks
        before the block count too.
        """
        week = self.weeks[index]
        if not week.cutback and week.phase not in ("taper", "recovery"):
            return week.load
        before = [*self.history, *(earlier.load for earlier in self.weeks[:index])]
        return max(before[-LOOK_BACK_WEEKS:], default=week.load)


def build_calendar(scenario: Scenario) -> Calendar:
    """Date the runs of a valid scenario and name its weeks; `notes` state what had to be assumed."""
    monday = monday_of(scenario.start)
    first_day = (scenario.start - monday).days
    last_day = (scenario.last_day - monday).days
    count = scenario.week_count
    runs: list[DatedRun] = []
    mileages: list[Mileage] = []
    written = template_metres(scenario)
    for index in range(count):
        metres = scenario.runs.weekly_distance[index] if scenario.runs.weekly_distance else None
        scale = Fraction(metres, written) if metres and written else Fraction(1)
        week: list[DayRuns] = []
        for day in range(7 * index, 7 * index + 7):
            inside = first_day <= day <= last_day
            usual = usual_runs(scenario, monday, day, scale)
            dated = runs_of_day(scenario, monday, day, scale) if inside else usual
            runs += dated if inside else ()
            week.append(DayRuns(dated, usual, inside))
        mileages.append(add_up(week, metres, scenario.athlete.easy_pace))
    by_distance = all(mileage.complete for mileage in mileages)
    history = tuple(Fraction(metres) for metres in scenario.history.weekly_distance) if by_distance else ()
    races = frozenset(run.day // 7 for run in runs if run.type is RunType.RACE)
    minor = frozenset((race.date - monday).days // 7 for race in scenario.races if race.priority == "B")
    weeks, top, up = _weeks(
        scenario, monday, (first_day, last_day), mileages, history, by_distance, races, minor
    )
    runs.sort(key=lambda run: (run.start, run.end))
    blocked = {
        (start - monday).days + offset
        for start, end in scenario.athlete.blocked
        for offset in range((end - start).days + 1)
    }
    days = range(7 * count)
    last = scenario.history.last_lift
    return Calendar(
        monday=monday,
        first_day=first_day,
        last_day=last_day,
        runs=tuple(runs),
        weeks=weeks,
        windows=tuple(free_windows(scenario, monday + timedelta(days=day)) for day in days),
        rest_days=frozenset(d for d in days if WEEKDAYS[d % 7] in scenario.athlete.rest_days),
        marked_rest=frozenset(d for d in days if is_rest(planned_runs(scenario, monday + timedelta(days=d)))),
        blocked=frozenset(blocked & set(days)),
        races=tuple(run for run in runs if run.type is RunType.RACE),
        race_weeks=races,
        minor_race_weeks=minor,
        history=history,
        top=top,
        last_lift_day=None if last is None else (last - monday).days,
        slow_start=scenario.athlete.experience == "new"
        or (last is not None and (scenario.start - last).days > LAPSE_DAYS),
        rises=up,
        notes=tuple(assumptions(scenario, runs, by_distance)),
    )


def _rising(
    loads: Sequence[Fraction],
    phases: Sequence[str],
    races: frozenset[int],
    whole: range,
    history: Sequence[Fraction],
) -> tuple[bool, Fraction]:
    """Whether mileage rises, and its top: that of the weeks of training without a race.

    With one, or all of them, where there is nothing else. `whole` are the weeks that lie inside the block.
    """
    training = [at for at, phase in enumerate(phases) if phase not in ("taper", "recovery")]
    counted = [at for at in training if at not in races] or training or list(range(len(loads)))
    top = max(loads[at] for at in counted)
    first = [loads[at] for at in counted if at in whole] or [loads[at] for at in counted]
    return rises(top, reference_mileage(first, history), history), top


def _weeks(
    scenario: Scenario,
    monday: date,
    block: tuple[int, int],
    mileages: list[Mileage],
    history: tuple[Fraction, ...],
    by_distance: bool,
    races: frozenset[int],
    minor: frozenset[int],
) -> tuple[tuple[Week, ...], Fraction, bool]:
    """The weeks, their top, and whether mileage rises; `block` are the first and the last day."""
    goals = [
        Goal((race.date - monday).days, taper_days(race.distance))
        for race in scenario.races
        if race.priority == "A"
    ]
    loads = [Fraction(week.metres if by_distance else week.minutes) for week in mileages]
    usual = [Fraction(week.usual_metres if by_distance else week.usual_minutes) for week in mileages]
    whole = range(-(-block[0] // 7), (block[1] + 1) // 7)

    around: list[str] = list(scenario.phases) or around_races(len(loads), goals)
    up, top = _rising(loads, around, races, whole, history)
    phases: list[str] = list(scenario.phases) or name_phases(loads, around, top, up)
    cutbacks = find_cutbacks(usual, phases, list(history), scenario.runs.cutback_weeks, races)
    weeks = tuple(
        Week(
            number=index + 1,
            monday=monday + timedelta(days=7 * index),
            first_day=max(block[0], 7 * index),
            last_day=min(block[1], 7 * index + 6),
            load=load,
            metres=mileages[index].metres_inside if by_distance else None,
            phase=phases[index],
            cutback=cutbacks[index] or (index in minor and phases[index] not in ("taper", "recovery")),
        )
        for index, load in enumerate(loads)
    )
    return weeks, top, up
