"""Days and times as exports write them, in the languages and orders of phones, on the runner's own clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Literal
from zoneinfo import ZoneInfo

from mesocycle.files.safe_text import shown
from mesocycle.importing.logs.figures import half_up
from mesocycle.importing.logs.findings import LeftOutError
from mesocycle.importing.logs.stamps import Stamp, read_stamp
from mesocycle.importing.tables.dates import YEARS, DateParts, NoDateError
from mesocycle.models.errors import ScenarioFileError

# One contrary date among so many is a slip of its row, not another way of writing.
MOST_CONTRARY = 1 / 10
ORDERS = ("dmy", "mdy")


@dataclass(frozen=True, slots=True)
class Moment:
    """When something began.

    Attributes
    ----------
    date : date
        On the runner's own calendar.
    start : int or None
        Minutes since midnight on his clock; None where a day alone is written.
    id : str
        What no other export of the same app writes otherwise: the local time, or the instant in UTC.
    seconds : float
        Since midnight of the first day that there is, to subtract another moment of the same kind.
    """

    date: date
    start: int | None
    id: str
    seconds: float


@dataclass
class Moments:
    """Reads the dates of one file, whose order of day and month follows from all of them together.

    Attributes
    ----------
    zone : ZoneInfo
        The runner's.
    utc : bool
        Whether times without an offset are UTC; otherwise they are the runner's own.
    """

    zone: ZoneInfo
    utc: bool = False
    order: Literal["dmy", "mdy", ""] = ""
    _stamps: dict[str, Stamp | str] = field(default_factory=dict)
    _found: dict[str, Moment] = field(default_factory=dict)

    def settle(self, texts: Iterable[str], order: str, file: str) -> None:
        """Read the texts, and settle what 03/04/2026 means.

        Parameters
        ----------
        texts : iterable of str
            All dates of the file.
        order : str
            "dmy" or "mdy" where they leave it open, or "".
        file : str
            How an error names the file.

        Raises
        ------
        ScenarioFileError
            If the order stays open, or they contradict each other.
        """
        open_dates: list[tuple[str, DateParts]] = []
        for text in dict.fromkeys(texts):
            stamp = self._stamp(text)
            if isinstance(stamp, Stamp) and not stamp.parts.order and stamp.parts.first != stamp.parts.second:
                open_dates.append((text, stamp.parts))
        if open_dates:
            self.order = _order(open_dates, order, file)

    def at(self, text: str) -> Moment:
        """The moment of a text.

        Raises
        ------
        LeftOutError
            If it is none, or lies beyond the years 1990 to 2100.
        """
        if text not in self._found:
            self._found[text] = self._moment(text)
        return self._found[text]

    def maybe_at(self, text: str) -> Moment | None:
        """The moment of a text that may be none."""
        try:
            return self.at(text)
        except LeftOutError:
            return None

    def _stamp(self, text: str) -> Stamp | str:
        if text not in self._stamps:
            try:
                self._stamps[text] = read_stamp(text)
            except (NoDateError, ValueError) as error:
                self._stamps[text] = str(error)
        return self._stamps[text]

    def _moment(self, text: str) -> Moment:
        stamp = self._stamp(text)
        if isinstance(stamp, str):
            raise LeftOutError(f"{stamp}: {shown(text)}" if text else "the date is missing")
        day = _day(stamp.parts, self.order, text)
        if stamp.time is None:
            return Moment(day, None, day.isoformat(), day.toordinal() * 86_400.0)
        naive = datetime.combine(day, stamp.time)
        if stamp.offset is None and not self.utc:
            return of_local(naive)
        return of_instant(naive.replace(tzinfo=timezone(stamp.offset or timedelta())), self.zone)


def of_local(moment: datetime) -> Moment:
    """A moment of the runner's own clock."""
    start = moment.hour * 60 + moment.minute
    seconds = moment.toordinal() * 86_400.0 + start * 60 + moment.second
    return Moment(moment.date(), start, moment.isoformat(timespec="seconds"), seconds)


def of_instant(moment: datetime, zone: ZoneInfo) -> Moment:
    """A moment with its offset, put on the runner's own clock.

    Raises
    ------
    LeftOutError
        If it lies beyond the years 1990 to 2100.
    """
    try:
        local, instant = moment.astimezone(zone), moment.astimezone(UTC)
    except (OverflowError, ValueError):
        raise LeftOutError(f"the date lies beyond 1990 to 2100: {shown(str(moment))}") from None
    if local.year not in YEARS:
        raise LeftOutError(f"the date lies beyond 1990 to 2100: {shown(local.date().isoformat())}")
    start = local.hour * 60 + local.minute
    identity = instant.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
    return Moment(local.date(), start, identity, instant.timestamp())


def minutes_between(start: Moment, end: Moment | None) -> int | None:
    """Whole minutes from one moment to another of the same kind; None if no activity has as many."""
    if end is None or start.start is None or end.start is None:
        return None
    minutes = half_up((end.seconds - start.seconds) / 60)
    return minutes if 1 <= minutes <= 1440 else None


def _order(dates: list[tuple[str, DateParts]], given: str, file: str) -> Literal["dmy", "mdy"]:
    counts = Counter(parts.evidence for _, parts in dates if parts.evidence)
    told = counts.most_common()
    if len(told) > 1 and told[1][1] > MOST_CONTRARY * told[0][1]:
        text = next(text for text, parts in dates if parts.evidence == told[1][0])
        raise ScenarioFileError.of(
            file,
            "some dates have the day first and some the month",
            "export the log again",
            value=shown(text),
        )
    order = told[0][0] if told else given
    if order not in ORDERS:
        raise ScenarioFileError.of(
            file,
            "the dates can be read with the day first or with the month first",
            "--date-order dmy, or --date-order mdy",
            value=shown(dates[0][0]),
        )
    return "mdy" if order == "mdy" else "dmy"


def _day(parts: DateParts, order: str, text: str) -> date:
    if parts.year is None:
        raise LeftOutError(f"the date has no year: {shown(text)}")
    if parts.year not in YEARS:
        raise LeftOutError(f"the date lies beyond 1990 to 2100: {shown(text)}")
    is_mdy = (parts.order or order) == "mdy"
    day, month = (parts.second, parts.first) if is_mdy else (parts.first, parts.second)
    try:
        return date(parts.year, month, day)
    except ValueError:
        raise LeftOutError(f"there is no such day: {shown(text)}") from None
