"""Cases in few words: what differs by day or week alone is one line, and nothing is said that is not so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesocycle.models.clock import format_day
from mesocycle.output.cases import Case, days_text, in_few_words

MONDAY = date(2026, 9, 14)


def days(*offsets: int, first: date = MONDAY) -> list[date]:
    return [first + timedelta(days=n) for n in offsets]


def dated(words: str, days: Sequence[date]) -> list[Case]:
    """A case for each day; the words hold its place."""
    return [(words.format(format_day(day)), day) for day in days]


def free(*offsets: int) -> list[Case]:
    return dated("lifts on {} fit into your free windows", days(*offsets))


@pytest.mark.parametrize(
    ("offsets", "named"),
    [
        ([0], "Mon 14 Sep"),
        ([0, 1], "Mon 14 and Tue 15 Sep"),
        ([0, 1, 2], "Mon 14 to Wed 16 Sep"),
        (range(7), "Mon 14 to Sun 20 Sep"),
        ([0, 2, 4], "Mon 14, Wed 16 and Fri 18 Sep"),
        ([0, 2, 4, 6], "Mon 14, Wed 16, Fri 18 and Sun 20 Sep"),  # "and 1 more" would be no shorter
        ([0, 2, 4, 6, 8], "Mon 14, Wed 16, Fri 18 Sep and 2 more"),
        ([0, 2, 3, 4, 6], "Mon 14, Wed 16 to Fri 18 and Sun 20 Sep"),
        ([15, 16, 17], "Tue 29 Sep to Thu 1 Oct"),
        ([14, 18], "Mon 28 Sep and Fri 2 Oct"),
        ([0, 14, 18], "Mon 14, Mon 28 Sep and Fri 2 Oct"),
        ([0, 2, 4, 21, 22, 23, 30, 32], "Mon 14, Wed 16, Fri 18 Sep and 5 more"),
    ],
)
def test_days_are_named_in_one_line(offsets: list[int], named: str) -> None:
    assert in_few_words(free(*offsets)) == [f"lifts on {named} fit into your free windows"]


def test_all_names_every_day() -> None:
    assert in_few_words(free(0, 2, 4, 6, 8), None) == [
        "lifts on Mon 14, Wed 16, Fri 18, Sun 20 and Tue 22 Sep fit into your free windows"
    ]


def test_days_follow_each_other_over_the_turn_of_the_year() -> None:
    cases = dated("no lift on {}", days(-1, 0, 1, first=date(2027, 1, 1)))
    assert in_few_words(cases) == ["no lift on Thu 31 Dec to Sat 2 Jan"]


def test_a_day_of_the_next_month_with_the_next_number_does_not_follow() -> None:
    # Mon 14 Sep and Thu 15 Oct: one number more, another month.
    assert in_few_words(dated("no lift on {}", days(0, 31, 32))) == [
        "no lift on Mon 14 Sep, Thu 15 and Fri 16 Oct"
    ]


def test_weeks_are_named_in_one_line() -> None:
    assert in_few_words([(f"2 lifts in week {n}", n) for n in (3, 4, 5, 9)]) == [
        "2 lifts in each of weeks 3 to 5 and 9"
    ]
    assert in_few_words([("2 lifts in week 3", 3)]) == ["2 lifts in week 3"]


@pytest.mark.parametrize(
    "cases",
    [
        # The day is what is spoken of, or the words differ too.
        dated("{} is your rest day and stays empty", days(0, 1, 2)),
        [
            ("24 h before Tuesday's tempo (Tue 15 Sep)", days(1)[0]),
            ("24 h before Sunday's run (Sun 20 Sep)", days(6)[0]),
        ],
        # No day, or more than one: the rule names none by which alone its cases differ.
        [(f"a lift for the legs in the 28 days from {format_day(day)}", None) for day in days(0, 1, 2)],
        [
            ("at most 4 leg sets more in week 3 than in week 2", None),
            ("at most 4 leg sets more in week 4 than in week 3", None),
        ],
        [("Strength on the same weekday every week", None)],
        # A day that the sentence does not name.
        [("no lift", day) for day in days(0, 1)][:1],
    ],
)
def test_what_cannot_be_said_together_stays_apart(cases: list[Case]) -> None:
    assert in_few_words(cases) == [text for text, _ in cases]


def test_three_lines_are_shown_and_the_others_counted() -> None:
    runs = ("tempo", "intervals", "hills", "race", "long run")
    cases = [case for run in runs for case in dated(f"24 h before the {run} ({{}})", days(1, 8))]
    shown = in_few_words(cases)
    assert shown[:1] == ["24 h before the tempo (Tue 15 and Tue 22 Sep)"]
    assert shown[3:] == ["and 4 more"]
    assert len(in_few_words(cases[:8])) == 4  # four lines are as short as three and a count
    assert len(in_few_words(cases, None)) == 5


@given(st.sets(st.integers(0, 360), min_size=1, max_size=40))
def test_no_day_is_lost_or_made_up(offsets: set[int]) -> None:
    dates = [date(2027, 2, 1) + timedelta(days=n) for n in sorted(offsets)]
    text = days_text(dates, None)
    # Read it back: from the end, as a month is named with the last of its days alone.
    known = {format_day(d): d for d in dates}
    read: list[date] = []
    month = ""
    for part in reversed(text.replace(" and ", ", ").split(", ")):
        ends = []
        for word in reversed(part.split(" to ")):
            weekday, number, *named = word.split()
            month = named[0] if named else month
            ends.append(known[f"{weekday} {number} {month}"])
        last, first = ends[0], ends[-1]
        read += [last - timedelta(days=n) for n in range((last - first).days + 1)]
    assert read[::-1] == dates
