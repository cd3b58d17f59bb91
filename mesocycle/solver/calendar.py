"""Scenario -> dated runs, weeks, phases and mileage. Data only: nothing here is decided.

Day 0 is the Monday of week 1; a moment is minutes since its midnight.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from mesocycle.models.clock import MINUTES_PER_DAY, WEEKDAYS, Window, monday_of
from mesocycle.models.scenario import Scenario, is_rest
from mesocycle.models.training import Race, Run, RunType
from mesocycle.solver.availability import free_windows
from mesocycle.solver.phases import LOOK_BACK_WEEKS, find_cutbacks, is_flat, name_phases

DEFAULT_RUN_START = 7 * 60
DEFAULT_RACE_START = 10 * 60
# After four weeks without lifting the first weeks start smaller.
LAPSE_DAYS = 28
DEFAULT_MINUTES = {RunType.LONG: 100, RunType.RECOVERY: 30}


@dataclass(frozen=True)
class DatedRun:
    """A fixed run on its day; `start` and `end` are moments in minutes."""

    date: date
    day: int
    start: int
    end: int
    type: RunType
    key: bool
    metres: int | None
    title: str
    race: Race | None = None

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return self.end - self.start

    @property
    def name(self) -> str:
        """What a runner calls it in a sentence: "intervals", "long run"."""
        if self.type in (RunType.EASY, RunType.LONG, RunType.MODERATE, RunType.RECOVERY):
            return f"{self.type} run"
        return {"cross": "cross-training", "hills": "hill run", "progression": "progression run"}.get(
            self.type, str(self.type)
        )


@dataclass(frozen=True)
class Week:
    """One Monday-to-Sunday week; `first_day` and `last_day` are what lies inside the block."""

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
    """The block as data: dated runs in order of time, weeks, free windows by day."""

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

    @property
    def peak_load(self) -> Fraction:
        """The biggest mileage of a training week; a race week's kilometres are no peak of training."""
        return max(week.load for week in _training(self.weeks, self.race_weeks))

    @property
    def race_weeks(self) -> frozenset[int]:
        """Indices of the weeks with a race."""
        return frozenset(race.day // 7 for race in self.races)

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
    """Date the runs of a scenario and name its weeks.

    Parameters
    ----------
    scenario : Scenario
        A valid scenario.

    Returns
    -------
    Calendar
        With `notes` saying what had to be assumed.
    """
    monday = monday_of(scenario.start)
    first_day = (scenario.start - monday).days
    last_day = (scenario.last_day - monday).days
    count = scenario.week_count
    notes: list[str] = []
    runs: list[DatedRun] = []
    totals: list[tuple[int, int, bool]] = []
    template_metres = sum(
        _metres(run, scenario.athlete.easy_pace) for day in scenario.runs.week.values() for run in day
    )
    for index in range(count):
        wanted = scenario.runs.weekly_distance[index] if scenario.runs.weekly_distance else None
        scale = Fraction(wanted, template_metres) if wanted and template_metres else Fraction(1)
        metres = minutes = 0
        complete = True
        for day in range(7 * index, 7 * index + 7):
            for run in _runs_of_day(scenario, monday, day, scale, first_day <= day <= last_day):
                if first_day <= day <= last_day:
                    runs.append(run)
                if run.type is not RunType.CROSS:
                    metres += run.metres or 0
                    minutes += run.minutes
                    complete = complete and run.metres is not None
        totals.append((wanted if wanted is not None else metres, minutes, complete or wanted is not None))
    by_distance = all(complete for _, _, complete in totals)
    loads = [Fraction(metres if by_distance else minutes) for metres, minutes, _ in totals]
    races = frozenset(run.day // 7 for run in runs if run.type is RunType.RACE)
    weeks = _weeks(scenario, monday, first_day, last_day, loads, by_distance, races)
    _assumptions(scenario, runs, by_distance, notes)
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
        marked_rest=frozenset(d for d in days if is_rest(_template(scenario, monday + timedelta(days=d)))),
        blocked=frozenset(blocked & set(days)),
        races=tuple(run for run in runs if run.type is RunType.RACE),
        last_lift_day=None if last is None else (last - monday).days,
        slow_start=scenario.athlete.experience == "new"
        or (last is not None and (scenario.start - last).days > LAPSE_DAYS),
        flat=is_flat([week.load for week in _training(weeks, races)]),
        notes=tuple(notes),
    )


def _training(weeks: tuple[Week, ...], races: frozenset[int]) -> tuple[Week, ...]:
    """The weeks of training without a race; with one, or all of them, where there is nothing else."""
    training = tuple(week for week in weeks if week.phase not in ("taper", "recovery"))
    return tuple(week for week in training if week.number - 1 not in races) or training or weeks


def _template(scenario: Scenario, day: date) -> tuple[Run, ...]:
    exception = scenario.runs.dates.get(day)
    return exception if exception is not None else scenario.runs.week.get(WEEKDAYS[day.weekday()], ())


def _metres(run: Run, pace: int) -> int:
    """Distance of a run; its minutes turned into metres at easy pace where it gives none."""
    if run.type in (RunType.CROSS, RunType.REST):
        return 0
    return run.distance or (round(run.minutes * 60_000 / pace) if run.minutes else 0)


def _runs_of_day(scenario: Scenario, monday: date, day: int, scale: Fraction, inside: bool) -> list[DatedRun]:
    when = monday + timedelta(days=day)
    template = _template(scenario, when) if inside else scenario.runs.week.get(WEEKDAYS[day % 7], ())
    exception = inside and when in scenario.runs.dates
    race = next((race for race in scenario.races if race.date == when), None) if inside else None
    runs = [run for run in template if run.type is not RunType.REST]
    if race and not any(run.type is RunType.RACE for run in runs):
        start = race.start if race.start is not None else DEFAULT_RACE_START
        runs = [Run(type=RunType.RACE, start=start, distance=f"{race.distance} m", title=race.name)]
        exception = True
    elif race:
        # What the run of the day leaves open is known from the race.
        known = {"distance": race.distance, "start": race.start, "title": race.name}
        runs = [
            run.model_copy(update={key: value for key, value in known.items() if not getattr(run, key)})
            if run.type is RunType.RACE
            else run
            for run in runs
        ]
    factor = Fraction(1) if exception else scale
    return [_dated(run, when, day, factor, scenario.athlete.easy_pace, race) for run in runs]


def _dated(run: Run, when: date, day: int, scale: Fraction, pace: int, race: Race | None) -> DatedRun:
    grows = run.type is not RunType.CROSS
    metres = round(run.distance * scale) if run.distance and grows else run.distance
    if run.minutes:
        minutes = max(1, round(run.minutes * scale)) if grows else run.minutes
    elif metres:
        share = Fraction(9, 10) if run.type is RunType.RACE else Fraction(1)
        minutes = max(1, round(Fraction(metres * pace, 60_000) * share))
    else:
        minutes = DEFAULT_MINUTES.get(run.type, 45)
    default = DEFAULT_RACE_START if run.type is RunType.RACE else DEFAULT_RUN_START
    start = day * MINUTES_PER_DAY + (run.start if run.start is not None else default)
    return DatedRun(
        date=when,
        day=day,
        start=start,
        end=start + minutes,
        type=run.type,
        key=run.is_key,
        metres=metres,
        title=run.title,
        race=race if run.type is RunType.RACE else None,
    )


def _weeks(
    scenario: Scenario,
    monday: date,
    first_day: int,
    last_day: int,
    loads: list[Fraction],
    by_distance: bool,
    races: frozenset[int],
) -> tuple[Week, ...]:
    goals = [(race.date - monday).days for race in scenario.races if race.priority == "A"]
    phases: list[str] = list(scenario.phases) or name_phases(loads, goals, races)
    history = [Fraction(metres) for metres in scenario.history.weekly_distance] if by_distance else []
    cutbacks = find_cutbacks(loads, phases, history, scenario.runs.cutback_weeks, races)
    return tuple(
        Week(
            number=index + 1,
            monday=monday + timedelta(days=7 * index),
            first_day=max(first_day, 7 * index),
            last_day=min(last_day, 7 * index + 6),
            load=load,
            metres=int(load) if by_distance else None,
            phase=phases[index],
            cutback=cutbacks[index],
        )
        for index, load in enumerate(loads)
    )


def _assumptions(scenario: Scenario, runs: list[DatedRun], by_distance: bool, notes: list[str]) -> None:
    given = [run for day in (*scenario.runs.week.values(), *scenario.runs.dates.values()) for run in day]
    given = [run for run in given if run.type is not RunType.REST]
    if any(run.start is None and run.type is not RunType.RACE for run in given):
        notes.append("Runs without a start time are taken to start at 07:00.")
    if any(race.start is None for race in scenario.races) and any(
        run.start % MINUTES_PER_DAY == DEFAULT_RACE_START for run in runs if run.type is RunType.RACE
    ):
        notes.append("Races without a start time are taken to start at 10:00.")
    if any(run.minutes is None and run.distance is None for run in given):
        notes.append("Runs without minutes or distance are taken as 45 min, long runs as 100 min.")
    if not scenario.athlete.availability:
        notes.append("No availability given: lifts may start between 06:00 and 21:00 on any day.")
    if not by_distance:
        notes.append("Some runs have no distance, so weeks are compared by minutes of running.")
    if scenario.history.familiar is None and scenario.athlete.experience == "trained":
        notes.append("No history of exercises given: all of them are taken as familiar.")
