"""What was done of what was planned, week by week and lift by lift."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from mesocycle.models.block_seen import BlockSeen
from mesocycle.models.numbers import counted
from mesocycle.models.training import in_units
from mesocycle.models.trends import Trends, WeekSeen
from mesocycle.output.html.lift_lines import LiftLine, lift_line
from mesocycle.output.html.lived_calendar import lifts_of
from mesocycle.output.living_words import became, in_a_row, not_as_planned

# From so many kilometres or miles on a tenth of one tells nothing.
EXACT = 100
NONE = "–"


@dataclass(frozen=True)
class WeekLine:
    """What was done of a week in words, or of all of them."""

    name: str
    lifts: str
    sets: str
    distance: str
    remarks: str = ""
    all: bool = False


@dataclass(frozen=True)
class Done:
    """What was done of what was planned.

    Attributes
    ----------
    distances : bool
        Whether any distance is known.
    uncounted : bool
        Whether there are runs that tell no distance.
    """

    head: str
    parts: tuple[str, ...]
    weeks: tuple[WeekLine, ...]
    lifts: tuple[LiftLine, ...]
    distances: bool
    uncounted: bool


def done_lines(seen: BlockSeen) -> Done | None:
    """What was done of what was planned; None while nothing was due."""
    trends = seen.trends
    past = [lift for lift in lifts_of(seen.weeks) if lift.status != "planned"]
    ran = any(week.run_minutes or week.planned_run_minutes for week in trends.weeks)
    if not trends.weeks or not (past or ran):
        return None
    adherence = trends.adherence
    last = trends.weeks[-1].start + timedelta(days=6)
    runs = [run for week in seen.weeks for day in week.days for run in day.runs if day.date <= last]
    so_far = " so far" if seen.today.date <= last else ""
    head = f"{adherence.done + adherence.assumed} of {counted(adherence.planned, 'lift')} done{so_far}."
    weeks = [_week(week, trends.units) for week in trends.weeks]
    return Done(
        head=head if adherence.planned else "No lift was due so far.",
        parts=tuple(filter(None, (*became(adherence), in_a_row(trends)))),
        weeks=tuple([*weeks, _all(trends)] if len(weeks) > 1 else weeks),
        lifts=tuple(lift_line(lift, seen, {}) for lift in past),
        distances=any(week.km is not None or week.planned_km is not None for week in trends.weeks),
        uncounted=any(run.run.distance_km is None for run in runs),
    )


def _week(week: WeekSeen, units: str) -> WeekLine:
    return WeekLine(
        name=f"Week {week.week}",
        lifts=_of(week.adherence.done + week.adherence.assumed, week.adherence.planned),
        sets=_of(week.working_sets, week.planned_working_sets),
        distance=_distance([week], units),
        remarks=", ".join((*["so far"] * week.open, *not_as_planned(week.adherence))),
    )


def _all(trends: Trends) -> WeekLine:
    seen = trends.adherence
    sets = sum(week.working_sets for week in trends.weeks)
    planned = sum(week.planned_working_sets for week in trends.weeks)
    return WeekLine(
        name="All",
        lifts=_of(seen.done + seen.assumed, seen.planned),
        sets=_of(sets, planned),
        distance=_distance(trends.weeks, trends.units),
        all=True,
    )


def _of(done: int, planned: int) -> str:
    """What was done of what was planned: "2 of 3"; a dash if that is nothing of nothing."""
    return f"{done} of {planned}" if done or planned else NONE


def _distance(weeks: Sequence[WeekSeen], units: str) -> str:
    """The distance run of that planned: "40.5 of 56"; a dash if none is known."""
    run = [week.km for week in weeks if week.km is not None]
    planned = [week.planned_km for week in weeks if week.planned_km is not None]
    if not run and not planned:
        return NONE
    totals = [in_units(1000 * sum(one), units) for one in (run, planned)]
    done, of = (f"{round(one, 1 if max(totals) < EXACT else None):g}" for one in totals)
    return f"{done} of {of}"
