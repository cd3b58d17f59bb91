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
from mesocycle.solver.instance.phases import LOOK_BACK_WEEKS, find_cutbacks, is_flat, name_phases


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
    if any(run.minutes is None and run.distance is None for run in given):
        yield "Runs without minutes or distance are taken as 45 min, long runs as 100 min."
    if not scenario.athlete.availability:
        yield "No availability given: lifts may start between 06:00 and 21:00 on any day."
    if not by_distance:
        known = any(run.metres is not None for run in runs if run.type is not RunType.CROSS)
        which = "Some runs have no distance" if known else "No run has a distance"
        yield f"{which}, so weeks are compared by minutes of running."
    if scenario.history.familiar is None and scenario.athlete.experience == "trained":
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

    `race_weeks` are the indices of the weeks with a race. `peak_load` is the biggest mileage of a training
    week; a race week's kilometres are no peak of training.
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
    peak_load: Fraction
    last_lift_day: int | None
    slow_start: bool
    flat: bool
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
        mileage there must not give the sets back, and a race's kilometres must not take them.
        """
        week = self.weeks[index]
        if not week.cutback and week.phase not in ("taper", "recovery"):
            return week.load
        before = self.weeks[max(0, index - LOOK_BACK_WEEKS) : index]
        return max((earlier.load for earlier in before), default=week.load)


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
    races = frozenset(run.day // 7 for run in runs if run.type is RunType.RACE)
    weeks = _weeks(scenario, monday, first_day, last_day, mileages, by_distance, races)
    training = _training(weeks, races)
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
        peak_load=max(week.load for week in training),
        last_lift_day=None if last is None else (last - monday).days,
        slow_start=scenario.athlete.experience == "new"
        or (last is not None and (scenario.start - last).days > LAPSE_DAYS),
        flat=is_flat([week.load for week in training]),
        notes=tuple(assumptions(scenario, runs, by_distance)),
    )


def _training(weeks: tuple[Week, ...], races: frozenset[int]) -> tuple[Week, ...]:
    """The weeks of training without a race; with one, or all of them, where there is nothing else."""
    training = tuple(week for week in weeks if week.phase not in ("taper", "recovery"))
    return tuple(week for week in training if week.number - 1 not in races) or training or weeks


def _weeks(
    scenario: Scenario,
    monday: date,
    first_day: int,
    last_day: int,
    mileages: list[Mileage],
    by_distance: bool,
    races: frozenset[int],
) -> tuple[Week, ...]:
    goals = [(race.date - monday).days for race in scenario.races if race.priority == "A"]
    loads = [Fraction(week.metres if by_distance else week.minutes) for week in mileages]
    usual = [Fraction(week.usual_metres if by_distance else week.usual_minutes) for week in mileages]
    phases: list[str] = list(scenario.phases) or name_phases(loads, goals, races)
    history = [Fraction(metres) for metres in scenario.history.weekly_distance] if by_distance else []
    cutbacks = find_cutbacks(usual, phases, history, scenario.runs.cutback_weeks, races)
    return tuple(
        Week(
            number=index + 1,
            monday=monday + timedelta(days=7 * index),
            first_day=max(first_day, 7 * index),
            last_day=min(last_day, 7 * index + 6),
            load=load,
            metres=mileages[index].metres_inside if by_distance else None,
            phase=phases[index],
            cutback=cutbacks[index],
        )
        for index, load in enumerate(loads)
    )
