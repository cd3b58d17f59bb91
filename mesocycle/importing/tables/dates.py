"""Dates as people write them in tables: 2026-11-12, 12.11.2026, 11/12/2026, "Thu 12 Nov"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mesocycle.models.clock import WEEKDAYS

YEARS = range(1990, 2101)
# Full and short names: English, German, French, Spanish, Dutch, Italian; of months Portuguese and Russian.
WEEKDAY_WORDS = {
    word: number
    for number, words in enumerate(
        (
            "mon monday mo montag lun lundi lunes lunedì maandag",
            "tue tues tuesday di dienstag mar mardi martes martedì dinsdag",
            "wed weds wednesday mi mittwoch mer mercredi mié mie miércoles miercoles mercoledì woensdag",
            "thu thur thurs thursday do donnerstag jeu jeudi jue jueves giovedì donderdag",
            "fri friday fr freitag ven vendredi vie viernes venerdì vrijdag",
            "sat saturday sa samstag sonnabend sam samedi sáb sab sábado sabado sabato zaterdag",
            "sun sunday so sonntag dim dimanche dom domingo domenica zondag",
        )
    )
    for word in words.split()
}
_MONTH_WORDS = {
    word: number
    for number, words in enumerate(
        (
            "jan january januar jänner janv janvier enero ene janeiro gen gennaio januari янв января",
            "feb february februar fév févr février fevrier febrero fev fevereiro febbraio februari"
            " фев февр февраля",
            "mar march mär märz mars marzo mrz mrt março maart мар марта",
            "apr april avr avril abril abr aprile апр апреля",
            "may mai mayo maio mag maggio mei май мая",
            "jun june juni juin junio junho giu giugno июн июня",
            "jul july juli juil juillet julio julho lug luglio июл июля",
            "aug august août aout agosto ago augustus авг августа",
            "sep sept september septembre septiembre setembro settembre set сен сент сентября",
            "oct october okt oktober octobre octubre outubro out ottobre ott окт октября",
            "nov november novembre noviembre novembro ноя нояб ноября",
            "dec december dez dezember déc décembre diciembre dic dezembro dicembre дек декабря",
        ),
        start=1,
    )
    for word in words.split()
}
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
_THREE = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?:[T ].*)?")
_TWO = re.compile(r"(\d{1,2})([/.])(\d{1,2})\.?")
_WORD = re.compile(r"[^\W\d_]+")
_NUMBERS = re.compile(r"\d+")

DATES = "a date such as 2026-11-12, 12.11.2026 or 12 Nov 2026"


class NoDateError(ValueError):
    """Text that is no date; the message says what is wrong, and `at` which of several dates it is."""

    def __init__(self, message: str, at: int = 0) -> None:
        super().__init__(message)
        self.at = at


@dataclass(frozen=True)
class DateParts:
    """What the text of a date gives, without the other dates of its file.

    Attributes
    ----------
    first, second : int
        Day and month; their order may follow only from the other dates.
    year : int or None
        None if left out.
    order : str
        "dmy" or "mdy", or "" if the text leaves it open.
    weekday : int or None
        From 0 for Monday, if named.
    """

    first: int
    second: int
    year: int | None = None
    order: str = ""
    weekday: int | None = None

    @property
    def evidence(self) -> str:
        """The only order in which its numbers are a date; "" if both are."""
        if self.first > 12:
            return "dmy"
        return "mdy" if self.second > 12 else ""


def read_date(text: str) -> DateParts:
    """Read one cell.

    Raises
    ------
    NoDateError
        If it is no date of any form.
    """
    text = " ".join(text[:60].split()).strip(" ,;")
    weekday, text = _weekday(text)
    if match := _ISO.fullmatch(text):
        return DateParts(int(match[3]), int(match[2]), _year(match[1]), "dmy", weekday)
    if match := _THREE.fullmatch(text):
        order = "dmy" if match[2] == "." else ""
        return DateParts(int(match[1]), int(match[3]), _year(match[4]), order, weekday)
    if match := _TWO.fullmatch(text):
        return DateParts(int(match[1]), int(match[3]), None, "dmy" if match[2] == "." else "", weekday)
    named = [_MONTH_WORDS[w] for w in _WORD.findall(text.lower()) if w in _MONTH_WORDS]
    numbers = _NUMBERS.findall(text)
    if len(named) == 1 and 1 <= len(numbers) <= 2 and len(_WORD.findall(text)) <= 3:
        day = next((n for n in numbers if len(n) <= 2), None)
        years = [n for n in numbers if len(n) == 4]
        if day is not None and len(years) == len(numbers) - 1:
            return DateParts(int(day), named[0], _year(years[0]) if years else None, "dmy", weekday)
    raise NoDateError("this is no date")


def resolve(
    dates: Sequence[DateParts], order: str | None, today: date
) -> tuple[list[date | None], list[str]]:
    """Make days of dates read together.

    Parameters
    ----------
    dates : sequence of DateParts
        In the order of the file.
    order : str or None
        "dmy" or "mdy" as the runner chose; None decides by the dates themselves.
    today : date
        Dates without a year lie as near to it as can be.

    Returns
    -------
    list of date or None, and list of str
        None if there is no such day; and what was assumed.

    Raises
    ------
    NoDateError
        If the order of day and month stays open.
    """
    order = order or _order(dates)
    days: list[date | None] = []
    year = next((parts.year for parts in dates if parts.year), None)
    assumed = False
    last: date | None = None
    for parts in dates:
        is_mdy = (parts.order or order) == "mdy"
        day, month = (parts.second, parts.first) if is_mdy else (parts.first, parts.second)
        if parts.year is None:
            assumed = True
            resolved = _without_year(day, month, parts.weekday, last, year, today)
        else:
            resolved = _day(parts.year, month, day)
        days.append(resolved)
        last = resolved or last
    first = next((d for d in days if d), None)
    note = f"The dates have no year; the first was taken for {first}."
    return days, [note] if assumed and year is None and first else []


def _order(dates: Sequence[DateParts]) -> str:
    """The order of the dates that leave it open, by all of them together."""
    open_dates = [(at, parts.evidence) for at, parts in enumerate(dates) if not parts.order]
    clear = [(at, evidence) for at, evidence in open_dates if evidence]
    contrary = next((at for at, evidence in clear if evidence != clear[0][1]), None)
    if contrary is not None:
        raise NoDateError("some dates have the day first and some the month", contrary)
    if open_dates and not clear:
        at = open_dates[0][0]
        raise NoDateError("the dates can be read with the day first or with the month first", at)
    return clear[0][1] if clear else "dmy"


def _without_year(
    day: int, month: int, weekday: int | None, last: date | None, year: int | None, today: date
) -> date | None:
    """The day nearest to the one before it in the file, or to today; a weekday decides where it is named."""
    near = last or (date(year, 7, 1) if year else today)
    days = [d for y in (near.year - 1, near.year, near.year + 1) if (d := _day(y, month, day))]
    fitting = [d for d in days if weekday is None or d.weekday() == weekday] or days
    return min(fitting, key=lambda d: abs(d - near), default=None)


def _weekday(text: str) -> tuple[int | None, str]:
    """Take a weekday off the start or the end; "mar 12" and "Mar 3, 2026" are days in March, not Tuesdays."""
    words = text.replace(",", " ").split()
    for at, rest in ((0, words[1:]), (-1, words[:-1])):
        name = words[at].lower().strip(".") if len(words) > 1 else ""
        if name in WEEKDAY_WORDS and _has_day(rest, month=name in _MONTH_WORDS):
            return WEEKDAY_WORDS[name], " ".join(rest)
    return None, " ".join(words)


def _has_day(words: list[str], *, month: bool) -> bool:
    """Whether words hold a number, and a month of their own where one is asked for."""
    if not any(c.isdigit() for word in words for c in word):
        return False
    return not month or any(
        word.lower().strip(".") in _MONTH_WORDS or _TWO.match(word) or _ISO.match(word) for word in words
    )


def _year(text: str) -> int:
    year = int(text)
    return year + 2000 if len(text) == 2 else year


def _day(year: int, month: int, day: int) -> date | None:
    if year not in YEARS:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def weekday_of(text: str) -> str:
    """Read a column's name as a weekday, "Mon" or "Montag"; empty if it is none."""
    number = WEEKDAY_WORDS.get(text.strip().lower().strip(".:"))
    return "" if number is None else WEEKDAYS[number]


def is_date(text: str) -> bool:
    """Whether a cell holds a date."""
    try:
        read_date(text)
    except NoDateError:
        return False
    return True
