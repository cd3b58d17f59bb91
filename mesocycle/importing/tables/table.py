"""Tables (CSV): a row a day, as training diaries export them, or a row a week, as spreadsheets have them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from mesocycle.files.safe_text import shown
from mesocycle.files.yaml_source import shortened
from mesocycle.importing.feed import NOMINAL_MONDAY, Event, Feed, Kind
from mesocycle.importing.tables.cells import DELIMITERS, TableRow, decoded, rows_of
from mesocycle.importing.tables.columns import Header, find_header
from mesocycle.importing.tables.dates import (
    DATES,
    DateParts,
    NoDateError,
    is_date,
    read_date,
    resolve,
    weekday_of,
)
from mesocycle.importing.tables.day_rows import DayRows, Log, table_units
from mesocycle.importing.titles.cleaning import one_line
from mesocycle.models.clock import WEEKDAYS, monday_of
from mesocycle.models.errors import Problem, ScenarioFileError

MOST_WEEK = 200
# Columns of our own export of a block.
OURS = frozenset({"session", "sets", "lower_body_dose"})

_TOTALS = re.compile(r"(?:total|sum|summe|gesamt|average|avg|week(?:ly)? total|σ|∑)\b.*", re.IGNORECASE)
_WEEK_NUMBER = re.compile(r"(?:week|wk|w|woche|semana|semaine)?\s*#?(\d{1,3})\b.*", re.IGNORECASE)
_HEADER = "a first row that names its columns: date, title, distance ...; or week, Mon, Tue ... Sun"


def read_table(raw: bytes, name: str, date_order: str | None = None, today: date | None = None) -> Feed:
    """Read a table of days or of weeks.

    Parameters
    ----------
    raw : bytes
        The file's content.
    name : str
        How problems name the file.
    date_order : str, optional
        "dmy" or "mdy" for dates such as 11/12/2026; decided by all dates together if left out.
    today : date, optional
        Dates without a year are taken near it.

    Returns
    -------
    Feed
        Undated where a table of weeks has no dates.

    Raises
    ------
    ScenarioFileError
        If it is no such table; problems name the line, and the cell as the column.
    """
    text, notes = decoded(raw, name)
    if text[:4].lower() == "sep=":  # a line for Excel alone; emptied, so that the others keep their numbers
        text = text[text.find("\n") :] if "\n" in text else ""
    return read_rows(*_table(text, name), name, date_order, today, notes)


def read_rows(
    rows: Sequence[TableRow],
    header: Header,
    name: str,
    date_order: str | None = None,
    today: date | None = None,
    notes: Sequence[str] = (),
) -> Feed:
    """Read rows whose header is known; as `read_table`."""
    reader = _Reader(list(rows[header.row + 1 :]), header, date_order, today or date.today())
    feed = reader.weeks() if header.weekly else reader.days()
    if reader.log.problems:
        raise ScenarioFileError(shortened(reader.log.problems), name)
    ignored = ", ".join(one_line(column, 30) for column in header.ignored[:8])
    left = [f"Columns that were not read: {ignored}."] if ignored else []
    return feed.with_notes([*notes, *reader.log.notes, *left])


def _table(text: str, name: str) -> tuple[list[TableRow], Header]:
    """Rows and header with the delimiter that makes the most of the header."""
    best: tuple[list[TableRow], Header] | None = None
    refused: ScenarioFileError | None = None
    found: Sequence[str] = ()
    for delimiter in DELIMITERS:
        try:
            rows = rows_of(text, delimiter, name)
        except ScenarioFileError as error:
            refused = refused or error
            continue
        header = find_header(rows)
        found = max(found, rows[0].cells if rows else (), key=len)
        if header and (best is None or header.known > best[1].known):
            best = rows, header
    if best is not None:
        return best
    if refused is not None and len(found) < 2:
        raise refused
    value = shown(", ".join(found)) if found else ""
    wrong = "no row names the columns of a plan"
    raise ScenarioFileError((Problem((), wrong, value, _HEADER, line=1, column=1),), name)


@dataclass
class _Reader:
    """The rows below a header on their way to a feed."""

    rows: list[TableRow]
    header: Header
    order: str | None
    today: date
    log: Log = field(default_factory=Log)

    def days(self) -> Feed:
        """One row a day, or several of a day."""
        rows = [row for row in self.rows if not any(_TOTALS.fullmatch(cell) for cell in row.cells[:3])]
        dated = not self._by_weekday(rows)
        days = self._dates(rows, "date") if dated else self._week_days(rows)
        units = table_units(rows, self.header)
        cells = DayRows(rows, self.header, units, self.log)
        read = [cells.event(row, day) for row, day in zip(rows, days, strict=True) if day]
        events = sorted((self._ours(event) for event in read if event), key=_moment)
        return Feed(tuple(events), units=units, dated=dated)

    def _ours(self, event: Event) -> Event:
        """A row of what `mesocycle export` writes is a lift, whatever its session is called."""
        if not {*self.header.ignored, *(column.name for column in self.header.columns.values())} >= OURS:
            return event
        return replace(event, title=f"Strength {event.title}", kind=Kind.STRENGTH)

    def weeks(self) -> Feed:
        """One row a week, a column for each weekday."""
        rows = [row for row in self.rows if not any(_TOTALS.fullmatch(cell) for cell in row.cells[:2])]
        meaning = next((m for m in ("date", "week") if self._holds_dates(rows, m)), None)
        # Numbers of weeks are not needed: plans count down to the race, too.
        count: list[date | None] = [NOMINAL_MONDAY + timedelta(days=7 * at) for at in range(len(rows))]
        starts = self._dates(rows, meaning) if meaning else count
        events = [
            Event(self._day(start, weekday), row[column], place=f"line {row.line}, {weekday}")
            for row, start in zip(rows, starts, strict=True)
            for weekday, column in self.header.weekdays
            if start and row[column]
        ]
        return Feed(
            tuple(sorted(events, key=_moment)),
            units=table_units(rows, self.header),
            dated=meaning is not None,
        )

    def _day(self, start: date, weekday: str) -> date:
        """A week begins on its date if that is the weekday of the first column, else on the Monday before."""
        first = WEEKDAYS.index(self.header.weekdays[0][0])
        if start.weekday() != first:
            start = monday_of(start) - timedelta(days=first == 6)
        return start + timedelta(days=(WEEKDAYS.index(weekday) - start.weekday()) % 7)

    def _holds_dates(self, rows: list[TableRow], meaning: str) -> bool:
        column = self.header.columns.get(meaning)
        cells = [row[column.at] for row in rows if row[column.at]] if column else []
        return bool(cells) and is_date(cells[0])

    def _by_weekday(self, rows: list[TableRow]) -> bool:
        """Whether "Day" holds weekdays, beside a column of weeks."""
        column = self.header.columns["date"]
        cells = [row[column.at] for row in rows if row[column.at]]
        return bool(cells) and "week" in self.header.columns and all(weekday_of(cell) for cell in cells)

    def _week_days(self, rows: list[TableRow]) -> list[date | None]:
        """Week and weekday of each row; the row above gives what is left out."""
        week, day = self.header.columns["week"], self.header.columns["date"]
        days: list[date | None] = []
        number = weekday = ""
        for row in rows:
            number, weekday = row[week.at] or number, row[day.at] or weekday
            match = _WEEK_NUMBER.fullmatch(number)
            if match is None or not 1 <= int(match[1]) <= MOST_WEEK:
                self.log.wrong(row, week, "the number of a week, from 1")
                days.append(None)
                continue
            after = 7 * (int(match[1]) - 1) + WEEKDAYS.index(weekday_of(weekday) or "mon")
            days.append(NOMINAL_MONDAY + timedelta(days=after))
        return days

    def _dates(self, rows: list[TableRow], meaning: str) -> list[date | None]:
        """The day of each row; a row without one belongs to the day above it."""
        column = self.header.columns[meaning]
        dates: list[DateParts] = []
        date_of: list[int | None] = []  # for each row, which of the dates is its day
        for row in rows:
            try:
                if row[column.at] or not dates:
                    dates.append(read_date(row[column.at]))
                date_of.append(len(dates) - 1)
            except NoDateError:
                self.log.wrong(row, column, DATES)
                date_of.append(None)
        try:
            days, notes = resolve(dates, self.order, self.today)
        except NoDateError as error:
            row = rows[date_of.index(error.at)]
            self.log.wrong(row, column, "--date-order dmy, or --date-order mdy", str(error))
            return [None] * len(rows)
        self.log.notes += notes
        for row, at in zip(rows, date_of, strict=True):
            if at is not None and days[at] is None and row[column.at]:
                self.log.wrong(row, column, DATES, "there is no such day")
        return [None if at is None else days[at] for at in date_of]


def _moment(event: Event) -> tuple[date, int]:
    return event.day, -1 if event.start_minute is None else event.start_minute
