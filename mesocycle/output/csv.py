"""A block as CSV for spreadsheets: a row for each lift."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from mesocycle.files.safe_text import csv_line, visible
from mesocycle.models.clock import format_time, weekday_name
from mesocycle.models.plan import PlannedExercise, PlannedSession, PlannedSet, PlannedWeek
from mesocycle.models.result import Result
from mesocycle.models.set_words import NO_BREAK, repetitions
from mesocycle.output.events import card_lines

if TYPE_CHECKING:
    from mesocycle.output.formats import ExportOptions

COLUMNS = (
    "week", "date", "weekday", "start", "end", "minutes", "session", "sets", "lower_body_dose", "phase",
    "lighter_week", "week_km", "exercises", "set_list", "week_max", "percent", "relative_percent", "change",
    "cues", "why",
)  # fmt: skip
# Spreadsheets that guess another encoding than UTF-8 garble these two; everything else of ours is ASCII.
SIMPLE = str.maketrans({"×": "x", NO_BREAK: " "})


def to_csv(result: Result, _options: ExportOptions) -> str:
    """Write a row for each lift of a block, with its exercises in one cell.

    Parameters
    ----------
    result : Result
        With a plan; without one there are only the headings.
    """
    if result.plan is None:
        return csv_line(COLUMNS)
    weeks = {week.week: week for week in result.plan.weeks}
    lines = [_line(result, session, weeks.get(session.week)) for session in result.plan.sessions]
    return "".join([csv_line(COLUMNS), *lines])


def _line(result: Result, session: PlannedSession, week: PlannedWeek | None) -> str:
    exercises = "; ".join(card_lines(session, result.exercise_names)).translate(SIMPLE)
    return csv_line(
        (
            session.week,
            session.date.isoformat(),
            weekday_name(session.date),
            format_time(session.start),
            format_time(session.end),
            session.end - session.start,
            visible(session.session),
            session.sets,
            f"{session.lower_body_dose:g}",
            visible(week.phase) if week else None,
            week.deload if week else None,
            f"{week.distance_km:g}" if week and week.distance_km is not None else None,
            exercises,
            *_of_each(session.exercises),
            visible(session.why),
        )
    )


def _of_each(items: Sequence[PlannedExercise]) -> Iterator[str]:
    """Cells that hold one entry for each exercise, in their order: "121; ; 85.5"."""
    yield _joined(_set_list(item) for item in items)
    for name in ("week_max", "percent", "relative_percent", "change"):
        numbers = (getattr(item, name) for item in items)
        yield _joined("" if number is None else f"{number:g}" for number in numbers)
    yield _joined(" / ".join(map(visible, item.cues)) for item in items)


def _joined(entries: Iterable[str]) -> str:
    """Entries with their separators; nothing where all are empty."""
    listed = list(entries)
    return "; ".join(listed) if any(listed) else ""


def _set_list(item: PlannedExercise) -> str:
    """Repetitions and load of each set, warm-up sets before the bar: "5x35 3x50 2x65 | 3x75 3+x82.5"."""
    kinds = [[one for one in item.set_list if one.warm_up is warm] for warm in (True, False)]
    return " | ".join(" ".join(map(_set, sets)) for sets in kinds if sets)


def _set(one: PlannedSet) -> str:
    load = one.weight if one.weight is not None else one.percent
    unit = "" if one.weight is not None else "%"
    count = "" if one.reps is None else repetitions(one)
    return count if load is None else f"{count}x{load:g}{unit}"
