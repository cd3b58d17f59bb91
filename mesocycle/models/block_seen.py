"""A living block as its report shows it."""

from __future__ import annotations

from pydantic import Field

from mesocycle.models.living import Today, WeekNow
from mesocycle.models.result import Result
from mesocycle.models.training import Part
from mesocycle.models.trends import Trends


class BlockSeen(Part):
    """A living block at a moment: all that its report shows.

    Attributes
    ----------
    today : Today
        What is on today.
    weeks : tuple of WeekNow
        All weeks of the block.
    trends : Trends
        What the weeks up to today show.
    standing : Result
        The plan as it stands.
    revision : int
        Of the published plan.
    proven : bool
        Whether nothing cost fewer points when that was published.
    changed : bool
        Whether anything has happened since that planning again would go by.
    lifted : dict of int to str
        What was logged of lifts, in words, by the number of the event.
    """

    today: Today
    weeks: tuple[WeekNow, ...]
    trends: Trends
    standing: Result
    revision: int
    proven: bool
    changed: bool
    lifted: dict[int, str] = Field(default_factory=dict)
