"""What the runner is asked to look at: entries of the same words in one line."""

from __future__ import annotations

from datetime import date, timedelta

from mesocycle.importing.draft import lines
from mesocycle.importing.entries import PlanEntry
from mesocycle.importing.feed import Kind, Reading

TUESDAY = date(2026, 9, 8)


def entry(days: int, title: str, doubt: str = "it names a distance and no kind of run") -> PlanEntry:
    return PlanEntry(
        TUESDAY + timedelta(days=days), None, Reading(Kind.EASY, title, metres=6000, doubt=doubt)
    )


def test_entries_of_the_same_words_stand_in_one_line() -> None:
    found = [*(entry(7 * week, "6 km") for week in range(12)), entry(2, "8 km"), entry(3, "?"), entry(9, "?")]
    assert list(lines(found)) == [
        '12 Tuesdays, 8 Sep to 24 Nov  "6 km" is taken as easy; it names a distance and no kind of run',
        'Thu 10 Sep  "8 km" is taken as easy; it names a distance and no kind of run',
        '2 days, 11 Sep to 17 Sep  "?" is taken as easy; it names a distance and no kind of run',
    ]


def test_the_same_words_with_another_doubt_are_told_apart() -> None:
    found = [entry(0, "6 km"), entry(7, "6 km", "it also says rest")]
    assert [line.partition("; ")[2] for line in lines(found)] == [
        "it names a distance and no kind of run",
        "it also says rest",
    ]
