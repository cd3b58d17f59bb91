"""Events to a block: what is past, which run is first, what stands twice, and what is no training."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mesocycle.importing.feed import Event, Feed, Kind
from mesocycle.importing.gather import Gathered, NothingToComeError, gather
from mesocycle.importing.start_times import StartTimes, parse_start_times

MONDAY = date(2026, 11, 23)
NO_TIMES = StartTimes()


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def block(
    *events: Event, today: date = MONDAY, times: StartTimes = NO_TIMES, weeks: int | None = None
) -> Gathered:
    return gather(Feed(events, units="km"), today, times, weeks)


def starts(found: Gathered, at: date) -> list[tuple[str, int | None]]:
    return [(str(one.kind), one.start) for one in found.runs[at]]


def test_past_events_are_left_out_and_tell_the_mileage_before() -> None:
    past = [Event(day(-n), "Easy run", metres=10_000, done=True) for n in (1, 3, 8, 10, 22)]
    found = block(*past, Event(day(2), "Tempo 8 km"))
    assert list(found.runs) == [day(2)]
    assert found.weekly_metres == (
        20_000,
        20_000,
    )  # the week before these has none, so nothing earlier counts
    assert found.notes == (f"5 past entries left out ({day(-22)} to {day(-1)}).",)


def test_of_a_past_day_what_was_done_counts_and_not_what_was_planned() -> None:
    plan = Event(day(-2), "Easy run 12 km")
    done = Event(day(-2), "Morning Run", metres=9_000, done=True)
    assert block(plan, done, Event(day(1), "Easy 5 km")).weekly_metres == (9_000,)


def test_the_last_lift_before_the_block_is_kept() -> None:
    found = block(Event(day(-4), "Gym"), Event(day(-2), "Strength training"), Event(day(1), "Easy 5 km"))
    assert found.last_lift == day(-2)


def test_the_block_begins_with_the_plan_and_ends_on_a_sunday() -> None:
    found = block(Event(day(3), "Rest"), Event(day(5), "Easy 5 km"), Event(day(15), "Easy 5 km"))
    assert (found.start, found.last, found.weeks) == (day(3), day(20), 3)


def test_a_block_has_at_most_52_weeks_or_what_is_asked() -> None:
    events = [Event(day(7 * n), "Easy 5 km") for n in range(60)]
    assert block(*events).weeks == 52
    assert f"8 entries after {day(7 * 52 - 1)} left out: the block ends there." in block(*events).notes
    assert (block(*events, weeks=4).weeks, len(block(*events, weeks=4).runs)) == (4, 4)


def test_a_day_of_rest_alone_is_kept_free_and_one_with_a_choice_is_not() -> None:
    found = block(
        Event(day(0), "Rest"),
        Event(day(1), "Rest or cross-train"),
        Event(day(2), "Easy 5 km"),
        Event(day(2), "Rest"),
    )
    assert found.runs[day(0)] == ()
    assert day(1) not in found.runs
    assert len(found.runs[day(2)]) == 1


def test_a_lift_on_a_day_of_rest_is_not_kept_out() -> None:
    found = block(Event(day(0), "Rest"), Event(day(0), "Gym"), Event(day(1), "Easy 5 km"))
    assert day(0) not in found.runs
    assert [(one.day, one.start) for one in found.lifts] == [(day(0), 18 * 60)]


def test_runs_without_a_time_take_the_runners_and_the_second_one_is_later() -> None:
    times = parse_start_times("06:30, sun 09:00, pm 18:15")
    found = block(
        Event(day(1), "AM: 8 km easy, PM: 5 km easy"), Event(day(2), "Easy 5 km"), Event(day(2), "Easy 6 km"),
        Event(day(6), "Long run 20 km"), times=times,
    )  # fmt: skip
    assert starts(found, day(1)) == [("easy", 390), ("easy", 1095)]
    assert starts(found, day(2)) == [("easy", 390), ("easy", 1095)]
    assert starts(found, day(6)) == [("long", 540)]
    assert found.doubles == 2


def test_nothing_is_made_up_where_nobody_says_when() -> None:
    assert starts(block(Event(day(1), "Easy 5 km")), day(1)) == [("easy", None)]


def test_a_time_of_the_plan_wins_and_a_race_has_its_own() -> None:
    times = parse_start_times("06:30")
    found = block(Event(day(1), "Easy 5 km", start_minute=720), Event(day(6), "Race 10 km"), times=times)
    assert starts(found, day(1)) == [("easy", 720)]
    assert starts(found, day(6)) == [("race", None)]


def test_the_same_run_told_by_two_calendars_is_one() -> None:
    found = block(
        Event(day(1), "Tempo 10 km", start_minute=390), Event(day(1), "Tempo run 10 km", start_minute=400)
    )
    assert starts(found, day(1)) == [("tempo", 390)]
    assert found.notes == ("Tue 24 Nov: Tempo run 10 km was left out, as Tempo 10 km stands there.",)


def test_what_is_no_training_is_left_out_and_named() -> None:
    found = block(Event(day(1), "Team meeting", start_minute=600), Event(day(1), "Easy 5 km"))
    assert starts(found, day(1)) == [("easy", None)]
    assert found.notes == ("1 entry left out as no training, such as Team meeting.",)


def test_what_is_not_sure_is_listed_and_still_taken() -> None:
    found = block(Event(day(1), "Easy run OR day off"), Event(day(2), "Tempo 8 km"))
    assert [(one.day, one.kind) for one in found.unsure] == [(day(1), Kind.EASY)]
    assert starts(found, day(1)) == [("easy", None)]


def test_a_plan_that_is_over_says_since_when() -> None:
    with pytest.raises(
        NothingToComeError, match=rf"all its runs lie before {MONDAY} \(the last on {day(-3)}\)"
    ):
        block(Event(day(-3), "Easy 5 km"), Event(day(3), "Rest"))


@pytest.mark.parametrize(("events", "held"), [((), "no entry"), ((Event(day(1), "Dentist"),), "1 entry")])
def test_a_calendar_without_runs_says_so(events: tuple[Event, ...], held: str) -> None:
    with pytest.raises(NothingToComeError, match=rf"no run was found in it \({held}\)"):
        block(*events)


def test_words_that_nobody_knows_are_listed_in_a_plan_and_left_out_of_a_private_calendar() -> None:
    run, unknown = Event(day(1), "Easy 5 km"), Event(day(2), "Zorbflux")
    found = block(run, unknown)
    assert [(one.day, one.kind) for one in found.unsure] == [(day(2), Kind.OTHER)]
    many = block(run, unknown, Event(day(3), "Quibble"), Event(day(4), "Frobnicate"))
    assert many.unsure == ()
    assert many.notes == ("3 entries left out as no training, such as Zorbflux, Quibble, Frobnicate.",)
