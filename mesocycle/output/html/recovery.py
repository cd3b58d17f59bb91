"""How long the legs rest before each key run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mesocycle.models.clock import MINUTES_PER_DAY, format_day, format_hours, format_time
from mesocycle.models.plan import CalendarRun, PlannedSession


@dataclass(frozen=True)
class Recovery:
    """The time between a key run and the last lift before it that loads the legs.

    Attributes
    ----------
    week : int
        Week of the run, from 1.
    run : CalendarRun
        The key run.
    lift : PlannedSession or None
        The lift before it; None if there is none in the block.
    minutes : int or None
        From the lift's end to the run's start.
    """

    week: int
    run: CalendarRun
    lift: PlannedSession | None
    minutes: int | None

    @property
    def hours(self) -> str:
        """The time in words, "36 h 45"."""
        return "" if self.minutes is None else format_hours(self.minutes)

    @property
    def run_text(self) -> str:
        """The run's day and time."""
        return f"{format_day(self.run.date)} {format_time(self.run.start)}"

    @property
    def lift_text(self) -> str:
        """The day and time at which the lift ends."""
        return "" if self.lift is None else f"{format_day(self.lift.date)} {format_time(self.lift.end)}"


def recoveries(
    sessions: tuple[PlannedSession, ...], runs: tuple[CalendarRun, ...], start: date
) -> tuple[Recovery, ...]:
    """The recovery before each key run, in order; `start` is the block's first Monday."""
    loading = [(_moment(s.date, s.end), s) for s in sessions if s.lower_body_dose > 0]
    rests = []
    for run in sorted((run for run in runs if run.key), key=lambda run: (run.date, run.start)):
        begin = _moment(run.date, run.start)
        end, lift = max(
            ((end, lift) for end, lift in loading if end <= begin),
            key=lambda pair: pair[0],
            default=(0, None),
        )
        week = (run.date - start).days // 7 + 1
        rests.append(Recovery(week, run, lift, None if lift is None else begin - end))
    return tuple(rests)


def _moment(day: date, minute: int) -> int:
    return day.toordinal() * MINUTES_PER_DAY + minute
