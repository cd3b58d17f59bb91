"""Blocks to export: really planned, made by hand, and full of text that nobody should write."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

import mesocycle as mc
from mesocycle.models.plan import (
    CalendarRun,
    Plan,
    PlannedExercise,
    PlannedSession,
    PlannedSet,
    PlannedWeek,
    Status,
)
from mesocycle.models.result import Result, RunInfo
from mesocycle.output.formats import ExportOptions

STAMP = datetime(2026, 9, 1, 12, 30, 15, tzinfo=UTC)
PLAIN = ExportOptions(stamp=STAMP)
HOSTILE = [
    "a\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:b",
    "a\nX-EVIL:1",
    "a\rb",
    "\x00\x1b[31mred\x7f\x85",
    "\u202egnihton\u200f\u2066",
    "line\u2028and\u2029paragraph",
    "half \ud800 a character",
    "=cmd()|' /C calc'!A0",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "<script>alert(1)</script>&amp;",
    "# a | b * c _ d ` e [f](http://g) ![h](i) ~~j~~ <b>",
    "- 10m Z2",
    "1. one",
    "---",
    "a\\N\\n\\;,:\"'",
    "x" * 10_000,
    "深蹲 🏃\u200d♂️" * 40,
    "",
    " ",
]
WARM_UP = (
    PlannedSet(reps=5, weight=37.5, warm_up=True),
    PlannedSet(reps=3, weight=57.5, warm_up=True),
    PlannedSet(reps=2, weight=75, warm_up=True),
)
SQUAT = PlannedExercise(
    exercise="back_squat", sets=3, reps=5, load=80, rir=2, rest_seconds=150, weight=95, weight_unit="kg",
    week_max=117, percent=81.2, relative_percent=18.8, change=2.5, cues=("chest up",),
    set_list=(*WARM_UP, *[PlannedSet(reps=5, weight=95, percent=81.2)] * 3),
)  # fmt: skip
HOP = PlannedExercise(exercise="hop", sets=3, reps=4, complex="x", rest_seconds=75)
PLANK = PlannedExercise(exercise="side_plank", sets=2, reps=30, reps_unit="s_each_side", relative_percent=2.6)
NAMES = {"back_squat": "Back squat", "hop": "Hop", "side_plank": "Side plank", "carry": "Farmer carry"}
MONDAY = date(2026, 9, 7)


def lift(number: int = 1, **more: Any) -> PlannedSession:
    """A lift on the Tuesday of a week."""
    day = MONDAY + timedelta(weeks=number - 1, days=1)
    return PlannedSession(
        id=f"w{number:02d}-A", week=number, date=day, start=1020, end=1065, session="A",
        exercises=(SQUAT.model_copy(update={"complex": "x"}), HOP, PLANK), dropped=("carry",), sets=8,
        lower_body_dose=4.25, why="On Tuesday, a day without a run.",
    ).model_copy(update=more)  # fmt: skip


def weeks(count: int, monday: date = MONDAY) -> tuple[PlannedWeek, ...]:
    return tuple(
        PlannedWeek(
            week=number, start=monday + timedelta(weeks=number - 1), distance_km=48.0, phase="base",
            set_factor=1.0, deload=number == 2, sets=8, full_sets=10, minutes=45, sessions=1,
        )
        for number in range(1, count + 1)
    )  # fmt: skip


def run(kind: str = "tempo", **more: Any) -> CalendarRun:
    return CalendarRun(
        date=MONDAY, start=390, minutes=50, type=kind, key=kind != "easy", distance_km=10.0
    ).model_copy(update=more)


def block(*sessions: PlannedSession, **more: Any) -> Result:
    """A planned block of these lifts, in as many weeks as they need."""
    last = max((one.week for one in sessions), default=1)
    return Result(
        name="Autumn", units="km", status=Status.OPTIMAL, proven=True, objective=0, bound=0,
        plan=Plan(sessions=sessions, weeks=weeks(last)), costs=(), runs=(), notes=(), exercise_names=NAMES,
        run=RunInfo(mesocycle="0", ortools="0", input_sha256="", parameters={}, seconds={"solve": 0.1}),
    ).model_copy(update=more)  # fmt: skip


def unplanned(status: Status = Status.INFEASIBLE, **more: Any) -> Result:
    """A result without a plan."""
    return block(status=status, proven=False, objective=None, bound=None, plan=None).model_copy(update=more)


def hostile(text: str) -> Result:
    """A block with a text wherever text can stand, past all validation."""
    item = SQUAT.model_copy(update={"exercise": text, "weight_unit": text, "variant": text})
    session = lift(
        id=f"w01-{text}", session=text, why=text, exercises=(item, PLANK), dropped=(text,), rotated=(text,)
    )
    result = block(session, lift(2), name=text, exercise_names={text: text}, notes=(text,))
    titled = run(title=text, type=text), run("long", title=text)
    return result.model_copy(update={"runs": titled})


@cache
def solved() -> Result:
    """A block as it is planned: three weeks, two lifts each, a race, a cross-training day."""
    week = {
        "tue": {"type": "intervals", "start": "06:30", "minutes": 65, "distance": "12 km"},
        "thu": {"type": "tempo", "start": "06:30", "minutes": 50, "title": "Club night"},
        "fri": {"type": "cross", "start": "07:00", "minutes": 40},
        "sat": "rest",
        "sun": {"type": "long", "start": "08:00", "minutes": 110, "distance": "20 km"},
    }
    data = {"name": "Three weeks", "start": "2026-10-12", "weeks": 3, "runs": {"week": week}}
    dated = {"2026-11-01": {"type": "race", "start": "10:00", "distance": "10 km", "minutes": 50}}
    return mc.solve(mc.load_scenario(data | {"runs": {"week": week, "dates": dated}}))


@cache
def impossible() -> Result:
    """A block that cannot be planned, with what collides and what would help."""
    week = {"tue": {"type": "tempo", "start": "06:30", "minutes": 45}}
    data = {
        "name": "No way", "start": "2026-09-07", "weeks": 1, "runs": {"week": week},
        "athlete": {"availability": {"tue": ["17:00-21:00"]}},
        "rules": {"sessions_per_week": "hard", "one_lift_per_day": "hard"},
    }  # fmt: skip
    return mc.solve(mc.load_scenario(data))
