"""What is asked about a plan: every way to name a session, a day, an hour or a week, and every mistake."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

import pytest
from blocks import LIGHT, SMALL, one_lift_a_week

import mesocycle as mc
from mesocycle.solver.explain.choices import Choices, choices
from mesocycle.solver.explain.question import Question, question
from mesocycle.solver.rules.check import understand


@cache
def two_weeks() -> Choices:
    """From Thursday 7 January on: A in the rest of that week, A and B in the next."""
    data = one_lift_a_week([40, 40], [], {})
    data |= {"start": "2027-01-07"}
    data["strength"] |= {"sessions_per_week": 2, "sessions": [SMALL, LIGHT]}
    scenario = mc.load_scenario(data)
    plan = mc.solve(scenario).plan
    assert plan is not None
    return choices(understand(scenario), plan)


def ids(asked: Question) -> list[str]:
    return [lift.id for lift in asked.lifts]


def ask(**words: Any) -> Question:
    return question(two_weeks(), **words)


def test_nothing_asked_is_everything() -> None:
    asked = ask()
    assert ids(asked) == ["w01-A", "w02-A", "w02-B"]
    assert (asked.whole, asked.days, asked.minute, asked.week) == (False, {}, None, None)


@pytest.mark.parametrize("word", ["w02-B", "W02-b", "  w02-B "])
def test_a_session_by_its_id_in_any_case(word: str) -> None:
    asked = ask(session=word)
    assert ids(asked) == ["w02-B"]
    assert asked.whole


def test_a_session_by_its_name_is_that_of_every_week_or_of_one() -> None:
    assert ids(ask(session="a")) == ["w01-A", "w02-A"]
    assert ids(ask(session="A", week=2)) == ["w02-A"]


def test_a_session_by_its_date_as_text_or_date() -> None:
    planned = two_weeks().plan.sessions[0]
    assert ids(ask(session=str(planned.date))) == [planned.id]
    assert ids(ask(session=planned.date)) == [planned.id]


def test_a_week_alone() -> None:
    asked = ask(week=2)
    assert (ids(asked), asked.week, asked.whole) == (["w02-A", "w02-B"], 1, False)


def test_a_weekday_is_asked_of_every_week_that_has_it() -> None:
    asked = ask(why_not="Wednesday")  # the first week begins on Thursday
    assert ids(asked) == ["w02-A", "w02-B"]
    assert set(asked.days.values()) == {7 + 2}
    assert asked.minute is None


def test_a_date_is_asked_of_its_week() -> None:
    for day in ("2027-01-13", date(2027, 1, 13)):
        asked = ask(why_not=day)
        assert set(asked.days.values()) == {9}
        assert ids(asked) == ["w02-A", "w02-B"]


@pytest.mark.parametrize("word", ["fri 18:00", "fri 6 pm", "2027-01-08 18:00", " fri  18:00 "])
def test_an_hour_follows_its_day(word: str) -> None:
    asked = ask(session="w01-A", why_not=word)
    assert asked.minute == 18 * 60
    assert list(asked.days.values()) == [4]


MISTAKES: dict[str, tuple[dict[str, Any], str]] = {
    "week 0": ({"week": 0}, "there is no week 0: the block has weeks 1 to 2"),
    "week 99": ({"week": 99}, "there is no week 99: the block has weeks 1 to 2"),
    "week -1": ({"week": -1}, "there is no week -1: the block has weeks 1 to 2"),
    "an id like one": (
        {"session": "w02-X"},
        'there is no session "w02-X"; a session\'s id is written like w02-B, a date like 2027-01-07',
    ),
    "another word": (
        {"session": "zzz"},
        'there is no session "zzz"; a session\'s id is written like w01-A, a date like 2027-01-07',
    ),
    "no word": (
        {"session": ""},
        'there is no session ""; a session\'s id is written like w01-A, a date like 2027-01-07',
    ),
    "another week's id": (
        {"session": "w02-A", "week": 1},
        'there is no session "w02-A"; a session\'s id is written like w01-A, a date like 2027-01-07',
    ),
    "no date": (
        {"why_not": "feb 30"},
        '"feb 30" is no day: it is written like wed, 2026-09-16 or "wed 18:00"',
    ),
    "nothing": ({"why_not": ""}, '"" is no day: it is written like wed, 2026-09-16 or "wed 18:00"'),
    "an hour alone": (
        {"why_not": "18:00"},
        '"18:00" is no day: it is written like wed, 2026-09-16 or "wed 18:00"',
    ),
    "25 o'clock": ({"why_not": "wed 25:00"}, "a time of day lies between 00:00 and 24:00"),
    "no hour": ({"why_not": "wed noonish"}, 'a time of day is written like "06:30" or "6:30 pm"'),
    "off the grid": (
        {"why_not": "wed 18:07"},
        "sessions start every 15 minutes (strength.grid_minutes): 18:00 or 18:15, not 18:07",
    ),
    "off the grid before midnight": (
        {"why_not": "wed 23:59"},
        "sessions start every 15 minutes (strength.grid_minutes): 23:45 or 00:00, not 23:59",
    ),
    "a day after the block": (
        {"why_not": "2027-03-01"},
        "the block has no session in a week that holds Mon 1 Mar",
    ),
    "a day of the week before the block": (
        {"why_not": "2027-01-06"},
        "the block has no session in a week that holds Wed 6 Jan",
    ),
    "a weekday that the week lacks": ({"why_not": "wed", "week": 1}, "week 1 does not hold Wed"),
    "a date of another week": ({"why_not": "2027-01-13", "week": 1}, "week 1 does not hold Wed 13 Jan"),
    "another week than the session's": (
        {"session": "w01-A", "why_not": "2027-01-13"},
        "w01-A belongs to week 1, Thu 7 Jan to Sun 10 Jan: Wed 13 Jan is not in it",
    ),
    "a weekday that its week lacks": (
        {"session": "w01-A", "why_not": "mon"},
        "w01-A belongs to week 1, Thu 7 Jan to Sun 10 Jan: Mon is not in it",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_says_what_would_be_right(name: str) -> None:
    words, told = MISTAKES[name]
    with pytest.raises(ValueError, match=f"^{re.escape(told)}$"):
        ask(**words)


def test_a_date_without_a_session_names_the_nearest() -> None:
    placed = {session.date for session in two_weeks().plan.sessions}
    free = next(day for day in (date(2027, 1, 7 + at) for at in range(11)) if day not in placed)
    with pytest.raises(ValueError, match=r"^there is no session on .* Jan: the nearest is on .* Jan$"):
        ask(session=free)


@pytest.mark.parametrize("words", [lambda text: {"session": text}, lambda text: {"why_not": text}])
def test_what_was_asked_is_repeated_short_and_without_control_characters(
    words: Callable[[str], dict[str, str]],
) -> None:
    for hostile in ("\x1b[31mred", "\u202edrawkcab", "line\nbreak", "x" * 5000, "\udcff"):
        with pytest.raises(ValueError, match=r"^there is no session|is no day") as caught:
            ask(**words(hostile))
        assert str(caught.value).isprintable()
        assert len(str(caught.value)) < 200
