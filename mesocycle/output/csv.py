"""A block as CSV for spreadsheets: a row for each lift."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mesocycle.files.safe_text import csv_line, visible
from mesocycle.models.clock import format_time, weekday_name
from mesocycle.models.plan import PlannedSession, PlannedWeek
from mesocycle.models.result import Result
from mesocycle.output.events import card_lines
from mesocycle.output.words import NO_BREAK

if TYPE_CHECKING:
    from mesocycle.output.formats import ExportOptions

COLUMNS = (
    "week", "date", "weekday", "start", "end", "minutes", "session", "sets", "lower_body_dose", "phase",
    "lighter_week", "week_km", "exercises", "why",
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
            visible(session.why),
        )
    )
