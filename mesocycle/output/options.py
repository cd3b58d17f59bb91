"""What a runner may choose for an exported file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ExportOptions:
    """Choices for an exported file; each format uses those that it can.

    Attributes
    ----------
    stamp : datetime
        When the file is written, with its time zone; the later of two files counts.
    timezone : str
        The IANA name of the runner's time zone, such as "Europe/Berlin". Without it times are the same
        on the clock wherever the runner is.
    alarm_minutes : int or None
        Minutes before a lift at which the calendar reminds of it.
    runs : bool
        Whether the file holds the fixed runs too.
    """

    stamp: datetime
    timezone: str = ""
    alarm_minutes: int | None = None
    runs: bool = False
