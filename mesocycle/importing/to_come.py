"""What a plan with dates has from one day to another, for whoever compares it with runs that are there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mesocycle.importing.block import days_of, doubted, left_out, of_the_plan, run_days, unsure_of
from mesocycle.importing.entries import PlanEntry
from mesocycle.importing.feed import Kind
from mesocycle.importing.times import StartTimes
from mesocycle.models.clock import monday_of


@dataclass(frozen=True)
class ToCome:
    """The entries of a plan from one day to another.

    Attributes
    ----------
    runs : tuple of PlanEntry
        In order of time; twins of two calendars stand there once.
    others : tuple of PlanEntry
        What was not read as a run.
    earlier : tuple of PlanEntry
        The runs of the first day's week that lie before it.
    unsure : tuple of PlanEntry
        What the runner should look at.
    covers : tuple of two dates
        The first and the last day that the plan says anything about; of other days nothing is known.
    notes : tuple of str
        What was left out or assumed.
    """

    runs: tuple[PlanEntry, ...]
    others: tuple[PlanEntry, ...]
    earlier: tuple[PlanEntry, ...]
    unsure: tuple[PlanEntry, ...]
    covers: tuple[date, date]
    notes: tuple[str, ...] = ()

    @property
    def lifts(self) -> int:
        """How many strength sessions it has."""
        return sum(entry.kind is Kind.STRENGTH for entry in self.others)


def to_come(plan: Sequence[PlanEntry], first: date, last: date, times: StartTimes, events: int) -> ToCome:
    """Take what a plan has from one day to another, both included.

    Parameters
    ----------
    plan : sequence of PlanEntry
        All entries of a plan with dates.
    first, last : date
        The days.
    times : StartTimes
        For runs without a time, whose start is then marked as assumed.
    events : int
        How many entries its file has.

    Raises
    ------
    NothingToComeError
        If it has no run from the first day on.
    """
    run_days(plan, first, events)
    known = [entry.day for entry in plan if of_the_plan(entry)]
    planned = [entry for entry in plan if first <= entry.day <= last]
    unsure = unsure_of(planned)
    days, day_notes = days_of(planned, times)
    later = [entry for entry in plan if entry.day > last and of_the_plan(entry)]
    untold = [entry for entry in planned if entry.kind is Kind.OTHER and entry not in unsure]
    return ToCome(
        runs=tuple(run for runs in days.values() for run in runs),
        others=tuple(entry for entry in planned if not entry.is_run),
        earlier=tuple(entry for entry in plan if monday_of(first) <= entry.day < first and entry.is_run),
        unsure=tuple(map(doubted, unsure)),
        covers=(min(known), max(known)),
        notes=(*left_out(later, untold, last), *day_notes),
    )
