"""The runs of one day in order of time: starts for those that have none, and none at the same time twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mesocycle.importing.entries import Taken
from mesocycle.importing.feed import Kind
from mesocycle.importing.times import StartTimes
from mesocycle.models.clock import MINUTES_PER_DAY, format_day
from mesocycle.models.training import RUN_START

RUNS_A_DAY = 6
NOON, LATEST = 12 * 60, 21 * 60
# Two calendars may tell the same run a few minutes apart, and round its length.
SAME_MINUTES, SAME_SHARE = 30, 0.1
# Between two runs of a day where nobody says when the second one is.
PAUSE = 60


def in_order(
    runs: Sequence[Taken], times: StartTimes, before: Taken | None = None
) -> tuple[tuple[Taken, ...], list[str]]:
    """Give each run of a day its start.

    Parameters
    ----------
    runs : sequence of Taken
        Of one day.
    times : StartTimes
        For those without a time; one that stays None is not known.
    before : Taken, optional
        The last run of the day before, which may go on past midnight.

    Returns
    -------
    tuple of tuple of Taken and list of str
        The runs by their start, and a sentence for each that was left out.
    """
    order: list[Taken] = []
    notes: list[str] = []
    busy_until = 0 if before is None else before.usual_start + before.minutes - MINUTES_PER_DAY
    fixed = sorted((one for one in runs if _is_fixed(one)), key=lambda one: one.usual_start)
    for one in [*fixed, *(one for one in runs if not _is_fixed(one))]:
        twin = next((other for other in order if _same(one, other)), None)
        if twin is not None:
            notes.append(_left_out(one, f"as {twin.reading.title} looks like the same run"))
            continue
        starts = [one.start] if _is_fixed(one) else list(_starts(one, order, times))
        ways = (one._replace(start=start) for start in starts)
        free = (way for way in ways if way.usual_start >= busy_until)
        placed = next((way for way in free if not any(_overlap(way, other) for other in order)), None)
        second_race = one.kind is Kind.RACE and any(other.kind is Kind.RACE for other in order)
        if any(_alike(one, other) for other in order):
            notes.append(f"{format_day(one.day)}: {one.reading.title} stands there twice: taken as two runs.")
        if placed is None or second_race or len(order) == RUNS_A_DAY:
            notes.append(_left_out(one, "as another run stands there"))
        else:
            order.append(placed)
    return tuple(sorted(order, key=lambda one: one.usual_start)), notes


def _is_fixed(one: Taken) -> bool:
    """Whether a run has a time of its own; of one that says PM, a time in the morning is the other half's."""
    if one.kind is Kind.RACE:
        return True
    return one.start is not None and not (one.reading.half == "pm" and one.start < NOON)


def _starts(one: Taken, order: Sequence[Taken], times: StartTimes) -> Iterator[int | None]:
    """When a run without a time may be, best first."""
    usual = times.of(one.day)
    if one.reading.half == "pm":
        yield times.second
    elif one.reading.half == "am":
        yield usual if usual is None or usual < NOON else RUN_START
    else:
        yield usual
        yield times.second
    over = max((other.usual_start + other.minutes for other in order), default=0) + PAUSE
    if over + one.minutes <= LATEST:
        yield -(-over // 15) * 15


def _same(one: Taken, other: Taken) -> bool:
    """Whether two entries tell the same run: of one kind and length, at one time or one without any."""
    if one.kind is not other.kind or (one.start is None and other.start is None):
        return False
    if {one.reading.half, other.reading.half} == {"am", "pm"}:
        return False
    apart = abs(one.usual_start - other.usual_start)
    if one.start is not None and other.start is not None and apart > SAME_MINUTES:
        return False
    lengths = [(r.metres, r.minutes) for r in (one.reading, other.reading)]
    pairs = [(a, b) for a, b in zip(*lengths, strict=True) if a and b]
    return all(abs(a - b) <= SAME_SHARE * max(a, b) for a, b in pairs)


def _alike(one: Taken, other: Taken) -> bool:
    """Whether two runs without a time are told with the same words."""
    return one.start is None and not one.reading.half and one.reading == other.reading


def _overlap(one: Taken, other: Taken) -> bool:
    """Whether two runs of a day cannot both be run."""
    first, second = other.usual_start, one.usual_start
    return first + other.minutes > second and second + one.minutes > first


def _left_out(one: Taken, why: str) -> str:
    return f"{format_day(one.day)}: {one.reading.title} was left out, {why}."
