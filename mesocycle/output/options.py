"""What a runner may wish of an exported file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Options:
    """Wishes for an exported file; each format heeds those that it can.

    Attributes
    ----------
    stamp : datetime
        When the file is written, with its time zone; of two files the later one holds.
    timezone : str
        The IANA name of the runner's time zone, such as "Europe/Berlin". Without it times are the same
        on the clock wherever the runner is.
    alarm_minutes : int or None
        How long before a lift the calendar reminds of it.
    runs : bool
        Whether the fixed runs are to be in the file too.
    """

    stamp: datetime
    timezone: str = ""
    alarm_minutes: int | None = None
    runs: bool = False
