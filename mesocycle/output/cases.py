"""Many cases in few words: cases that differ only in their day or week share a line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from mesocycle.models.clock import format_day, weeks_text
from mesocycle.models.diagnosis import ConflictRule

SHOWN = 3

# The text of a case, with the date or the number of the week that alone sets it apart from the others.
Case = tuple[str, date | int | None]


def cases_of(rule: ConflictRule) -> list[Case]:
    """The cases of a rule of a conflict."""
    count = len(rule.cases)
    dates, weeks = rule.dates or (None,) * count, rule.weeks or (None,) * count
    return [
        (text, week if day is None else day) for text, day, week in zip(rule.cases, dates, weeks, strict=True)
    ]


def in_few_words(cases: Sequence[Case], most: int | None = SHOWN) -> list[str]:
    """Write cases in a few lines.

    Parameters
    ----------
    cases : sequence of Case
        What each instance of a rule demands.
    most : int or None
        Lines, and days in a line, that are shown before "and 4 more"; None shows all.

    Returns
    -------
    list of str
        Cases with the same words about other days or weeks share a line, in the place of the first of them.
    """
    groups: dict[tuple[str, str], list[date | int]] = {}
    for text, about in cases:
        before, named, after = text.partition(_words(about)) if about is not None else (text, "", "")
        # "Sun 6 Sep is ..." has no plural.
        if about is None or not named or not before:
            groups[text, ""] = []
        else:
            groups.setdefault((before, after), []).append(about)
    lines = [f"{before}{_together(abouts, most)}{after}" for (before, after), abouts in groups.items()]
    shown = lines if most is None or len(lines) <= most + 1 else lines[:most]
    left = sum(max(1, len(abouts)) for abouts in list(groups.values())[len(shown) :])
    return [*shown, f"and {left} more"] if left else shown


def _words(about: date | int) -> str:
    return format_day(about) if isinstance(about, date) else f"in week {about}"


def _together(abouts: Sequence[date | int], most: int | None) -> str:
    if not abouts:
        return ""
    if len(abouts) == 1:
        return _words(abouts[0])
    weeks = [about for about in abouts if isinstance(about, int)]
    if weeks:
        return f"in each of {weeks_text(weeks)}"
    return days_text([about for about in abouts if isinstance(about, date)], most)


def days_text(days: Sequence[date], most: int | None = SHOWN) -> str:
    """Name days in a sentence: "Mon 5 to Fri 9 May", "Mon 5, Wed 7 and Fri 9 May", "Mon 5 May and 4 more"."""
    ranges: list[list[date]] = []
    for day in days:
        if ranges and ranges[-1][-1] + timedelta(days=1) == day:
            ranges[-1].append(day)
        else:
            ranges.append([day])
    # Two days in a row are two days; from three on it is "Mon 5 to Wed 7".
    parts = [part for row in ranges for part in ([row] if len(row) > 2 else [[day] for day in row])]
    shown = parts if most is None or len(parts) <= most + 1 else parts[:most]
    left = sum(len(part) for part in parts[len(shown) :])
    named = [day for part in shown for day in ([part[0], part[-1]] if len(part) > 1 else part)]
    months = [*(first.month != second.month for first, second in pairwise(named)), True]
    words = iter(
        format_day(day) if month else format_day(day).rpartition(" ")[0]
        for day, month in zip(named, months, strict=True)
    )
    texts = [f"{next(words)} to {next(words)}" if len(part) > 1 else next(words) for part in shown]
    if left:
        return f"{', '.join(texts)} and {left} more"
    return " and ".join([", ".join(texts[:-1]), texts[-1]] if len(texts) > 1 else texts)
