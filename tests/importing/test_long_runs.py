"""The long run of a week that its title does not call one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mesocycle.importing.feed import Kind, Reading
from mesocycle.importing.titles.long_runs import with_long_runs

MONDAY = date(2026, 9, 7)


def kinds(*week: tuple[Kind, int]) -> list[Kind]:
    """Kinds after the look at one week; distances in km."""
    days = [
        (MONDAY + timedelta(days=n), Reading(kind, "run", metres=1000 * km or None))
        for n, (kind, km) in enumerate(week)
    ]
    return [reading.kind for reading in with_long_runs(days)]


EASY, TEMPO, LONG, RACE, CROSS = Kind.EASY, Kind.TEMPO, Kind.LONG, Kind.RACE, Kind.CROSS


def test_the_longest_easy_run_by_far_is_the_long_run() -> None:
    assert kinds((EASY, 6), (TEMPO, 8), (EASY, 6), (EASY, 14)) == [EASY, TEMPO, EASY, LONG]


@pytest.mark.parametrize(
    "week",
    [
        [(EASY, 6), (LONG, 12), (EASY, 16)],  # the plan names its own
        [(EASY, 6), (EASY, 16), (RACE, 10)],
        [(EASY, 12), (EASY, 11), (EASY, 13)],  # none stands out
        [(EASY, 3), (EASY, 3), (EASY, 6)],
        [(EASY, 6), (EASY, 16)],
        [(EASY, 6), (EASY, 16), (CROSS, 40)],
        [(EASY, 6), (EASY, 6), (TEMPO, 16)],
        [(EASY, 0), (EASY, 0), (EASY, 0)],
    ],
)
def test_other_weeks_stay_as_they_are(week: list[tuple[Kind, int]]) -> None:
    assert kinds(*week) == [kind for kind, _ in week]


def test_minutes_count_where_there_is_no_distance() -> None:
    days = [
        (MONDAY + timedelta(days=n), Reading(EASY, "run", minutes=m)) for n, m in enumerate((40, 100, 40))
    ]
    assert [reading.kind for reading in with_long_runs(days)] == [EASY, LONG, EASY]


def test_each_week_is_looked_at_by_itself() -> None:
    days = [(MONDAY + timedelta(days=n), Reading(EASY, "run", metres=m)) for n, m in ((6, 9000), (7, 20_000))]
    assert [reading.kind for reading in with_long_runs(days)] == [EASY, EASY]


def test_the_order_and_everything_else_is_kept() -> None:
    first, second, third = (
        Reading(EASY, name, metres=m) for name, m in (("a", 16_000), ("b", 5000), ("c", 6000))
    )
    read = with_long_runs([(MONDAY + timedelta(days=6), first), (MONDAY, second), (MONDAY, third)])
    assert [(r.title, r.metres, r.kind) for r in read] == [
        ("a", 16_000, LONG),
        ("b", 5000, EASY),
        ("c", 6000, EASY),
    ]


def test_a_medium_long_run_is_a_long_one_where_it_is_nearly_as_long_as_the_weeks_longest() -> None:
    def named(longest: int) -> Kind:
        medium = Reading(Kind.MODERATE, "Medium-long run", metres=24_000)
        week = [medium, Reading(LONG, "Long run", metres=1000 * longest)]
        days = [(MONDAY + timedelta(days=at), one) for at, one in enumerate(week)]
        return with_long_runs(days)[0].kind

    assert [named(30), named(31)] == [LONG, Kind.MODERATE]  # 24 of 30 km are four fifths
    assert kinds((Kind.MODERATE, 24), (LONG, 26)) == [Kind.MODERATE, LONG]  # not by that name
