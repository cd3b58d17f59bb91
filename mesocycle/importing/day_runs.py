"""The runs of one day in order of time, each with a start of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mesocycle.importing.entries import PlanEntry
from mesocycle.importing.feed import Kind
from mesocycle.importing.times import StartTimes
from mesocycle.models.clock import MINUTES_PER_DAY, format_day
from mesocycle.models.training import RUN_START

RUNS_A_DAY = 6
NOON, LATEST = 12 * 60, 21 * 60
# Two calendars may list the same run a few minutes apart, with its length rounded.
SAME_MINUTES, SAME_SHARE = 30, 0.1
# Between two runs of a day if the second one has no time.
PAUSE = 60


def in_order(
    runs: Sequence[PlanEntry], times: StartTimes, before: PlanEntry | None = None
) -> tuple[tuple[PlanEntry, ...], list[str]]:
    """Give each run of a day its start.

    Parameters
    ----------
    runs : sequence of PlanEntry
        Of one day.
    times : StartTimes
        For those without a time; a start that stays None is unknown.
    before : PlanEntry, optional
        The last run of the day before, which may go on past midnight.

    Returns
    -------
    tuple of tuple of PlanEntry and list of str
        The runs by their start, and a sentence for each that was left out.
    """
    order: list[PlanEntry] = []
    notes: list[str] = []
    busy_until = 0 if before is None else before.usual_start + before.minutes - MINUTES_PER_DAY
    fixed = sorted(filter(_is_fixed, runs), key=lambda run: run.usual_start)
    for run in [*fixed, *(run for run in runs if not _is_fixed(run))]:
        twin = next((earlier for earlier in order if _same(run, earlier)), None)
        if twin is not None:
            notes.append(_left_out(run, f"as {twin.reading.title} looks like the same run"))
            continue
        options = [run] if _is_fixed(run) else _options(run, order, times)
        free = (option for option in options if option.usual_start >= busy_until)
        placed = next((option for option in free if not any(_overlap(option, o) for o in order)), None)
        second_race = run.kind is Kind.RACE and any(earlier.kind is Kind.RACE for earlier in order)
        if any(_alike(run, earlier) for earlier in order):
            notes.append(f"{format_day(run.day)}: {run.reading.title} stands there twice: taken as two runs.")
        if placed is None or second_race or len(order) == RUNS_A_DAY:
            notes.append(_left_out(run, "as another run stands there"))
        else:
            order.append(placed)
    return tuple(sorted(order, key=lambda run: run.usual_start)), notes


def _is_fixed(run: PlanEntry) -> bool:
    """Whether a run has its own time; for a PM run, a morning time belongs to the AM run."""
    if run.kind is Kind.RACE:
        return True
    return run.start is not None and not (run.reading.half == "pm" and run.start < NOON)


def _options(run: PlanEntry, order: Sequence[PlanEntry], times: StartTimes) -> list[PlanEntry]:
    """A run at each start that it may have."""
    starts = _starts(run, order, times)
    return [run._replace(start=start, assumed=start is not None) for start in starts]


def _starts(run: PlanEntry, order: Sequence[PlanEntry], times: StartTimes) -> Iterator[int | None]:
    """Yield the starts that a run without a time may have, best first."""
    usual = times.of(run.day)
    if run.reading.half == "pm":
        yield times.second
    elif run.reading.half == "am":
        yield usual if usual is None or usual < NOON else RUN_START
    else:
        yield usual
        yield times.second
    over = max((earlier.usual_start + earlier.minutes for earlier in order), default=0) + PAUSE
    if over + run.minutes <= LATEST:
        yield -(-over // 15) * 15


def _same(first: PlanEntry, second: PlanEntry) -> bool:
    """Whether two entries are the same run: same kind and length, same time or one without a time."""
    if first.kind is not second.kind or (first.start is None and second.start is None):
        return False
    if {first.reading.half, second.reading.half} == {"am", "pm"}:
        return False
    apart = abs(first.usual_start - second.usual_start)
    if first.start is not None and second.start is not None and apart > SAME_MINUTES:
        return False
    lengths = [(r.metres, r.minutes) for r in (first.reading, second.reading)]
    pairs = [(a, b) for a, b in zip(*lengths, strict=True) if a and b]
    return all(abs(a - b) <= SAME_SHARE * max(a, b) for a, b in pairs)


def _alike(first: PlanEntry, second: PlanEntry) -> bool:
    """Whether two runs without a time have the same words."""
    return first.start is None and not first.reading.half and first.reading == second.reading


def _overlap(first: PlanEntry, second: PlanEntry) -> bool:
    """Whether two runs of a day cannot both be run."""
    starts_before_end = first.usual_start < second.usual_start + second.minutes
    return starts_before_end and second.usual_start < first.usual_start + first.minutes


def _left_out(run: PlanEntry, why: str) -> str:
    return f"{format_day(run.day)}: {run.reading.title} was left out, {why}."
