"""What a plan's feed has of runs that a block has otherwise."""

from __future__ import annotations

from typing import Literal

from mesocycle.models.clock import Day
from mesocycle.models.living import Answer, HistoryLine
from mesocycle.models.plan import CalendarRun
from mesocycle.models.training import Part

ChangeKind = Literal["changed", "moved", "new", "gone"]


class RunDifference(Part):
    """A run that the feed has otherwise than the block.

    Attributes
    ----------
    kind : str
        `changed`; `moved` to another day; `new`; `gone`: the feed no longer has it.
    run : str or None
        The planned run, by its day and its number of that day; None beside the plan.
    before, after : CalendarRun or None
        The run as it stands, and as the feed has it.
    text : str
        The same in a line: "Tue 15 Sep  Intervals, 65 min -> Wed 16 Sep, 70 min".
    """

    kind: ChangeKind
    run: str | None = None
    before: CalendarRun | None = None
    after: CalendarRun | None = None
    text: str


class RunsUpdate(Answer):
    """A changed feed beside the runs of a block.

    Attributes
    ----------
    name : str
        Of the block.
    source : str
        The feed.
    since : date
        The first day that was compared.
    differences : tuple of RunDifference
        By kind, then by day.
    kept : tuple of str
        What the feed has otherwise than the runner said: it stays.
    unsure : tuple of str
        Entries of which the reading was not sure, of those that are not as the block has them.
    notes : tuple of str
        What was left out of the feed, or assumed.
    remarks : tuple of str
        What else there is to say.
    recorded : tuple of HistoryLine
        What was written; empty where nothing was.
    """

    name: str
    source: str
    since: Day
    differences: tuple[RunDifference, ...] = ()
    kept: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    recorded: tuple[HistoryLine, ...] = ()

    @property
    def same(self) -> bool:
        """Whether the feed has nothing new."""
        return not self.differences
