"""Many cases in few words: cases that differ only in their day or week share a line."""

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
    """Write cases in a few lines.

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
        when = [*days, *weeks][0] if len(days) + len(weeks) == 1 else None
        # "Sun 6 Sep is ..." has no plural, and "28 days from Sun 6 Sep" would take another day for an end.
        if when is None or when.start() == 0 or case[: when.start()].endswith("from "):
            groups[case, ""] = []
        else:
            groups.setdefault((case[: when.start()], case[when.end() :]), []).append(when)
    lines = [f"{before}{_together(times, most)}{after}" for (before, after), times in groups.items()]
    shown = lines if most is None or len(lines) <= most + 1 else lines[:most]
    left = sum(max(1, len(times)) for times in list(groups.values())[len(shown) :])
    return [*shown, f"and {left} more"] if left else shown


def _together(times: Sequence[re.Match[str]], most: int | None) -> str:
    if not times:
        return ""
    if len(times) == 1:
        return times[0][0]
    if times[0].re is _WEEK:
        return f"in each of {weeks_text(tuple(int(match[1]) for match in times))}"
    return days_text([_day(match) for match in times], most)


def _day(match: re.Match[str]) -> Day:
    return WEEKDAYS.index(match[1].lower()), int(match[2]), MONTHS.index(match[3])


def days_text(days: Sequence[Day], most: int | None = SHOWN) -> str:
    """Name days in a sentence: "Mon 5 to Fri 9 May", "Mon 5, Wed 7 and Fri 9 May", "Mon 5 May and 4 more"."""
    ranges: list[list[Day]] = []
    for day in days:
        if ranges and _follows(ranges[-1][-1], day):
            ranges[-1].append(day)
        else:
            ranges.append([day])
    # Two days in a row are named one by one, three and more as "Mon 5 to Wed 7".
    parts = [part for span in ranges for part in ([span] if len(span) > 2 else [[day] for day in span])]
    shown = parts if most is None or len(parts) <= most + 1 else parts[:most]
    left = sum(len(part) for part in parts[len(shown) :])
    named = [day for part in shown for day in ([part[0], part[-1]] if len(part) > 1 else part)]
    months = [*(day[2] != after[2] for day, after in pairwise(named)), True]
    words = iter(_word(day, month) for day, month in zip(named, months, strict=True))
    texts = [f"{next(words)} to {next(words)}" if len(part) > 1 else next(words) for part in shown]
    if left:
        return f"{', '.join(texts)} and {left} more"
    return " and ".join([", ".join(texts[:-1]), texts[-1]] if len(texts) > 1 else texts)


def _follows(first: Day, second: Day) -> bool:
    """Whether the second is the day after the first; weekdays decide, as the year is unknown."""
    next_day = first[1] + 1 == second[1] and first[2] == second[2]
    new_month = second[1] == 1 and first[1] >= 28 and (first[2] + 1) % 12 == second[2]
    return (first[0] + 1) % 7 == second[0] and (next_day or new_month)


def _word(day: Day, month: bool) -> str:
    return f"{WEEKDAYS[day[0]].capitalize()} {day[1]}" + (f" {MONTHS[day[2]]}" if month else "")
