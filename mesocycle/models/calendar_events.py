"""An event of a calendar: a lift or a run of a living block, as a phone keeps it."""

from __future__ import annotations

from typing import Literal

from mesocycle.models.clock import Day, TimeOfDay
from mesocycle.models.training import Part


class CalendarEvent(Part):
    """One event.

    Attributes
    ----------
    uid : str
        Stays the same for as long as the block lives, whatever moves and however it is called.
    cancelled : bool
        Whether it does not take place any more; a calendar that has it takes it away.
    """

    uid: str
    date: Day
    start: TimeOfDay
    minutes: int
    title: str
    text: str = ""
    category: Literal["STRENGTH", "RUN", "CROSS"] = "STRENGTH"
    cancelled: bool = False
