"""Many cases in few words: those that differ by their day or week alone are told as one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from mesocycle.models.clock import MONTHS, WEEKDAYS, weeks_text

SHOWN = 3

_DAYS = "|".join(name.capitalize() for name in WEEKDAYS)
_DAY = re.compile(rf"\b({_DAYS}) (\d{{1,2}}) ({'|'.join(MONTHS)})\b")
_WEEK = re.compile(r"\bin week (\d+)\b")

# Weekday from 0, day of the month, month from 0: a day as cases write it, without a year.
Day = tuple[int, int, int]


def in_few_words(cases: Sequence[str], most: int | None = SHOWN) -> list[str]:
    """Tell cases in a few lines.

    Parameters
    ----------
    cases : sequence of str
        What each instance of a rule demands.
    most : int or None
        Lines, and days in a line, that are shown before "and 4 more"; None shows all.

    Returns
    -------
    list of str
        Cases with the same words about other days or weeks share a line, in the place of the first of them.
    """
    groups: dict[tuple[str, str], list[re.Match[str]]] = {}
    for case in cases:
        days, weeks = list(_DAY.finditer(case)), list(_WEEK.finditer(case))
        found = [*days, *weeks][0] if len(days) + len(weeks) == 1 else None
        # "Sun 6 Sep is ..." has no plural, and "28 days from Sun 6 Sep" would take another day for an end.
        if found is None or found.start() == 0 or case[: found.start()].endswith("from "):
            groups[case, ""] = []
        else:
            groups.setdefault((case[: found.start()], case[found.end() :]), []).append(found)
    lines = [f"{before}{_together(found, most)}{after}" for (before, after), found in groups.items()]
    shown = lines if most is None or len(lines) <= most + 1 else lines[:most]
    left = sum(max(1, len(found)) for found in list(groups.values())[len(shown) :])
    return [*shown, f"and {left} more"] if left else shown


def _together(found: Sequence[re.Match[str]], most: int | None) -> str:
    if not found:
        return ""
    if len(found) == 1:
        return found[0][0]
    if found[0].re is _WEEK:
        return f"in each of {weeks_text(tuple(int(match[1]) for match in found))}"
    return days_text([_day(match) for match in found], most)


def _day(match: re.Match[str]) -> Day:
    return WEEKDAYS.index(match[1].lower()), int(match[2]), MONTHS.index(match[3])


def days_text(days: Sequence[Day], most: int | None = SHOWN) -> str:
    """Name days in a sentence: "Mon 5 to Fri 9 May", "Mon 5, Wed 7 and Fri 9 May", "Mon 5 May and 4 more"."""
    stretches: list[list[Day]] = []
    for day in days:
        if stretches and _follows(stretches[-1][-1], day):
            stretches[-1].append(day)
        else:
            stretches.append([day])
    # Two days in a row are two days; from three on it is "Mon 5 to Wed 7".
    parts = [part for one in stretches for part in ([one] if len(one) > 2 else [[day] for day in one])]
    shown = parts if most is None or len(parts) <= most + 1 else parts[:most]
    left = sum(len(part) for part in parts[len(shown) :])
    named = [day for part in shown for day in ([part[0], part[-1]] if len(part) > 1 else part)]
    months = [*(one[2] != other[2] for one, other in pairwise(named)), True]
    words = iter(_word(day, month) for day, month in zip(named, months, strict=True))
    texts = [f"{next(words)} to {next(words)}" if len(part) > 1 else next(words) for part in shown]
    if left:
        return f"{', '.join(texts)} and {left} more"
    return " and ".join([", ".join(texts[:-1]), texts[-1]] if len(texts) > 1 else texts)


def _follows(one: Day, other: Day) -> bool:
    """Whether a day is the day after another; the weekdays make up for the year and the month's length."""
    next_day = one[1] + 1 == other[1] and one[2] == other[2]
    new_month = other[1] == 1 and one[1] >= 28 and (one[2] + 1) % 12 == other[2]
    return (one[0] + 1) % 7 == other[0] and (next_day or new_month)


def _word(day: Day, month: bool) -> str:
    return f"{WEEKDAYS[day[0]].capitalize()} {day[1]}" + (f" {MONTHS[day[2]]}" if month else "")
