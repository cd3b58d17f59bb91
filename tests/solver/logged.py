"""A runner with one lift a week, every Tuesday at 17:00, and what he logs of it.

The plan has a back squat of 100 kg for three fives (two in weeks 4 to 12) with two in reserve, at 80 kg in
week 1, 82.5 in weeks 2 to 4, 85 in weeks 5 and 6, then 87.5; a bench press without a record, and a Pallof
press.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from blocks import START, one_lift_a_week

import mesocycle as mc
from mesocycle.diary.content import Entry
from mesocycle.diary.estimates import log_of
from mesocycle.diary.exposures import Exposure, exposures_of
from mesocycle.diary.fold import State
from mesocycle.diary.now import Now
from mesocycle.diary.sets import SetReader
from mesocycle.files.library import exercises
from mesocycle.living import Block, start
from mesocycle.models.happened import Event, LiftDone, Published, Recorded, ScenarioChanged
from mesocycle.models.lift_log import ExposureSeen
from mesocycle.models.result import Result
from mesocycle.models.scenario import Scenario
from mesocycle.models.strength import Record
from mesocycle.models.weights import read_record

EVEN = (40, 40, 40, 30, 40, 40, 40, 30, 40, 40, 40, 30)
ENTRIES: tuple[dict[str, Any], ...] = (
    {"exercise": "back_squat", "sets": 3, "reps": 5, "rir": 2},
    {"exercise": "bench_press", "sets": 2},
    {"exercise": "pallof_press", "sets": 2},
)
MINUTES_17 = 17 * 60
SQUAT = "back_squat"


def data_of(record: Any = 100, **strength: Any) -> dict[str, Any]:
    """The scenario as plain data; without a record if that is None."""
    data = one_lift_a_week(EVEN, ENTRIES, {} if record is None else {"back_squat": record})
    data["strength"] |= strength
    return data


@cache
def planned(record: Any = 100, unit: str = "kg") -> tuple[Scenario, Result]:
    """The scenario and its plan."""
    scenario = mc.load_scenario(data_of(record, weights={"unit": unit}))
    return scenario, mc.solve(scenario)


def tuesday(week: int) -> date:
    """The day of a week's lift."""
    return START + timedelta(weeks=week - 1, days=1)


def lifted(week: int, *texts: str, only: bool = True, unit: str = "kg", beside: bool = False) -> LiftDone:
    """What was lifted on the Tuesday of a week, as runners write it; nothing else unless said."""
    reader = SetReader(exercises(), "lb" if unit == "lb" else "kg")
    sets = tuple(one for text in texts for one in reader.sets(text))
    name = None if beside else f"w{week:02d}-A"
    return LiftDone(session=name, date=tuesday(week), start=MINUTES_17, minutes=30, sets=sets, only=only)


def recorded(day: date, text: str, exercise: str = "back_squat") -> Recorded:
    """A record."""
    return Recorded(exercise=exercise, date=day, record=Record.model_validate(read_record(text)))


def now_of(events: Sequence[Event], day: date, record: Any = 100, unit: str = "kg") -> Now:
    """The block late on a day, with these events in the order of writing."""
    scenario, result = planned(record, unit)
    first = (
        ScenarioChanged(version=1),
        Published(revision=1, scenario=1, points=result.objective or 0, proven=result.proven),
    )
    local = datetime.combine(day, datetime.min.time()) + timedelta(hours=22)
    entries = tuple(
        Entry(number, event, local.replace(tzinfo=UTC), local)
        for number, event in enumerate((*first, *events), 1)
    )
    sessions = () if result.plan is None else result.plan.sessions
    return Now(State(entries), scenario, result, local, {one.id: one for one in sessions})


def begun(folder: Path, **strength: Any) -> Path:
    """A block file of this runner on the morning of its first day."""
    path = folder / "squat.block"
    start(data_of(**strength), path, timezone="Europe/Berlin", now=datetime(2027, 1, 4, 6))
    return path


def at(path: Path, day: date, hour: int = 22) -> Block:
    """The block at an hour of a day."""
    return Block(path, now=datetime(day.year, day.month, day.day, hour))


def max_after(*events: Event, week: int | None = None, record: Any = 100, unit: str = "kg") -> float | None:
    """What holds on the evening of the last lift; what nobody spoke of counts as done as planned."""
    day = tuesday(week or max(one.date for one in events if isinstance(one, LiftDone)).isocalendar().week)
    log = log_of(now_of(events, day, record, unit), SQUAT, day)
    return None if log.max is None else float(round(log.max, 2))


def exposures(*events: Event, record: Any = 100, unit: str = "kg") -> tuple[Exposure, ...]:
    return exposures_of(now_of(events, tuesday(12), record, unit), SQUAT)


def seen(*events: Event, week: int) -> ExposureSeen:
    """The exposure of a week, as it stands at its end."""
    now = now_of(events, tuesday(week))
    return next(one for one in log_of(now, SQUAT, tuesday(week)).seen() if one.date == tuesday(week))
