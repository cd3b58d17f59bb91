"""The runs of a day, dated and scaled: the repeating week, its exceptions, and the races."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from mesocycle.models.clock import MINUTES_PER_DAY, WEEKDAYS
from mesocycle.models.scenario import Scenario
from mesocycle.models.training import (
    LONG_MINUTES,
    RACE_SHARE,
    RACE_START,
    RECOVERY_MINUTES,
    RUN_MINUTES,
    RUN_START,
    Race,
    Run,
    RunType,
)

RUN_MINUTES_BY_TYPE = {RunType.LONG: LONG_MINUTES, RunType.RECOVERY: RECOVERY_MINUTES}


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
        return name_of(self.type)


def planned_runs(scenario: Scenario, day: date) -> tuple[Run, ...]:
    """Runs of a date as the runner wrote them: an exception replaces those of the repeating week."""
    exception = scenario.runs.dates.get(day)
    return exception if exception is not None else scenario.runs.week.get(WEEKDAYS[day.weekday()], ())


def usual_runs(scenario: Scenario, monday: date, day: int, scale: Fraction) -> list[DatedRun]:
    """Runs that the repeating week has on day number `day`, counted from `monday`."""
    when = monday + timedelta(days=day)
    runs = [run for run in scenario.runs.week.get(WEEKDAYS[day % 7], ()) if run.type is not RunType.REST]
    return [dated(run, when, day, scale, scenario.athlete.easy_pace, None) for run in runs]


def runs_of_day(scenario: Scenario, monday: date, day: int, scale: Fraction) -> list[DatedRun]:
    """Runs of a day of the block; exceptions and races are not scaled."""
    when = monday + timedelta(days=day)
    exception = when in scenario.runs.dates
    race = next((race for race in scenario.races if race.date == when), None)
    runs = [run for run in planned_runs(scenario, when) if run.type is not RunType.REST]
    if race and not any(run.type is RunType.RACE for run in runs):
        start = race.start if race.start is not None else RACE_START
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
    return [dated(run, when, day, factor, scenario.athlete.easy_pace, race) for run in runs]


def dated(run: Run, when: date, day: int, scale: Fraction, pace: int, race: Race | None) -> DatedRun:
    """A run on its day, with what it leaves open assumed; `pace` in seconds per kilometre."""
    grows = run.type is not RunType.CROSS
    metres = round(run.distance * scale) if run.distance and grows else run.distance
    if run.lasts:
        minutes = max(1, round(run.lasts * scale)) if grows else run.lasts
    elif metres:
        # A race goes faster than easy pace; at a pace of its own it takes what that says.
        share = RACE_SHARE if run.type is RunType.RACE and run.pace is None else Fraction(1)
        minutes = max(1, round(Fraction(metres * (run.pace or pace), 60_000) * share))
    else:
        minutes = RUN_MINUTES_BY_TYPE.get(run.type, RUN_MINUTES)
    default = RACE_START if run.type is RunType.RACE else RUN_START
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


def name_of(kind: RunType) -> str:
    """What a runner calls a kind of run in a sentence."""
    if kind in (RunType.EASY, RunType.LONG, RunType.MODERATE, RunType.RECOVERY):
        return f"{kind} run"
    return {"cross": "cross-training", "hills": "hill run", "progression": "progression run"}.get(
        kind, str(kind)
    )
