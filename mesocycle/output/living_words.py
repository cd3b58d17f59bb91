"""Words for a living block: where it is, what became of lifts, and why."""

from __future__ import annotations

from collections.abc import Iterator

from mesocycle.models.clock import format_day, format_time
from mesocycle.models.living import LiftNow, RaceAhead, Today
from mesocycle.models.numbers import counted
from mesocycle.models.trends import Adherence, Trends, WeekSeen

WHY = {"sick": "sick", "time": "no time", "travel": "travelling", "sore": "sore", "away": "away"}
REASONS = WHY | {"none": "no reason given"}


def where(today: Today) -> Iterator[str]:
    """The moment, the week and the race ahead, a part each."""
    yield f"{format_day(today.date)} {format_time(today.time)}"
    if today.week is not None:
        yield f"week {today.week} of {today.weeks}, {today.phase}"
    yield from race_words(today.race)


def race_words(race: RaceAhead | None) -> Iterator[str]:
    """How far the next race is: "38 days to the half marathon"; nothing without one."""
    if race is None:
        return
    if race.days == 0:
        yield f"{race.name} today"
    else:
        yield f"{race.days} day{'s' * (race.days > 1)} to the {race.name}"


def elsewhere(lift: LiftNow) -> str:
    """Where the plan has it, if that is elsewhere."""
    if lift.planned_date is None or lift.planned_start is None:
        return ""
    day = "" if lift.planned_date == lift.date else f"{format_day(lift.planned_date)} "
    return f" (planned {day}{format_time(lift.planned_start)})"


def became(seen: Adherence) -> Iterator[str]:
    """What became of lifts, a part a line."""
    if seen.assumed:
        yield f"{seen.assumed} of them not logged, so done as planned"
    if seen.moved:
        yield f"{seen.moved} on another day than planned"
    if seen.skipped:
        yield f"{sum(seen.skipped.values())} skipped: {_reasons(seen)}"
    if seen.beside:
        yield f"{seen.beside} beside the plan"


def _reasons(seen: Adherence) -> str:
    return ", ".join(f"{count} {REASONS.get(why, why)}" for why, count in seen.skipped.items())


def in_a_row(trends: Trends) -> str:
    """The weeks in a row in which every lift was done; empty if there are none."""
    if not trends.streak:
        return ""
    assumed = f" ({trends.streak_assumed} of them not logged)" if trends.streak_assumed else ""
    return f"every lift done: {counted(trends.streak, 'week')} in a row{assumed}"


def week_name(week: WeekSeen) -> str:
    """A week in words: "Week 3", "Week 4 so far"."""
    return f"Week {week.week}{' so far' if week.open else ''}"


def adherence_words(seen: Adherence) -> str:
    """What became of the lifts of a week: "1 of 2 done, 1 not logged, skipped: 1 no time"."""
    done = f"{seen.done + seen.assumed} of {seen.planned} done" if seen.planned else "no lift was due"
    return ", ".join((done, *not_as_planned(seen)))


def not_as_planned(seen: Adherence) -> Iterator[str]:
    """What there is to say of a week's lifts beside their number."""
    if seen.assumed:
        yield f"{seen.assumed} not logged"
    if seen.moved:
        yield f"{seen.moved} moved"
    if seen.skipped:
        yield f"skipped: {_reasons(seen)}"
    if seen.beside:
        yield f"{seen.beside} beside the plan"
