"""Events to a block: what is past, which run is first, what stands twice, and what is no training."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mesocycle.importing.block import Gathered, NothingToComeError, gather
from mesocycle.importing.feed import Event, Feed, Kind
from mesocycle.importing.times import StartTimes, parse_start_times

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
    assert found.notes == (f"5 entries before the block left out ({day(-22)} to {day(-1)}).",)


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
    told = "Tue 24 Nov: Tempo run 10 km was left out, as Tempo 10 km looks like the same run."
    assert found.notes == (told,)


def test_what_is_no_training_is_left_out_and_named() -> None:
    found = block(Event(day(1), "Team meeting", start_minute=600), Event(day(1), "Easy 5 km"))
    assert starts(found, day(1)) == [("easy", None)]
    assert found.notes == ("1 entry left out as no training: Team meeting.",)


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
    assert many.notes == ("3 entries left out as no training: Zorbflux, Quibble, Frobnicate.",)


def test_a_run_without_a_time_stands_beside_one_that_has_one() -> None:
    found = block(Event(day(1), "Easy 8 km"), Event(day(1), "Tempo 10 km", start_minute=390))
    assert starts(found, day(1)) == [("tempo", 390), ("easy", 17 * 60 + 30)]
    assert found.notes == ()


def test_a_ride_lasts_no_longer_than_it_is_known_to() -> None:
    ride = Event(day(1), "Bike 60 km", start_minute=390)
    assert len(block(ride, Event(day(1), "Tempo 10 km", start_minute=660)).runs[day(1)]) == 2


def test_two_runs_told_with_the_same_words_are_two_and_it_says_so() -> None:
    found = block(Event(day(1), "Easy 5 km"), Event(day(1), "Easy 5 km"))
    assert len(found.runs[day(1)]) == 2
    assert found.notes == ("Tue 24 Nov: Easy 5 km stands there twice: taken as two runs.",)


def test_two_real_runs_at_the_same_time_cannot_both_be_run() -> None:
    found = block(
        Event(day(1), "Tempo 10 km", start_minute=390), Event(day(1), "Easy 12 km", start_minute=420)
    )
    assert starts(found, day(1)) == [("tempo", 390)]
    assert found.notes == ("Tue 24 Nov: Easy 12 km was left out, as another run stands there.",)


def test_the_morning_run_comes_before_the_evening_run_whenever_one_usually_runs() -> None:
    found = block(Event(day(1), "AM 5 km easy / PM 4 km easy"), times=parse_start_times("19:00"))
    assert [one.reading.half for one in found.runs[day(1)]] == ["am", "pm"]
    assert starts(found, day(1)) == [("easy", 420), ("easy", 17 * 60 + 30)]


def test_a_shake_out_stands_before_the_race_of_its_day() -> None:
    found = block(Event(day(5), "Race 10 km"), Event(day(5), "Shakeout 2 km"), Event(day(1), "Easy 5 km"))
    assert [str(one.kind) for one in found.runs[day(5)]] == ["recovery", "race"]


def test_lifts_that_recur_for_ever_make_no_block_of_theirs() -> None:
    gym = [Event(day(7 * week), "Gym") for week in range(50)]
    found = block(Event(day(1), "Easy 5 km"), Event(day(9), "Easy 5 km"), *gym)
    assert (found.weeks, [one.day for one in found.lifts]) == (2, [day(0), day(7)])
    later = block(Event(day(60), "Easy 5 km"), *gym, weeks=4)
    assert (later.start, list(later.runs)) == (day(56), [day(60)])


def test_what_is_left_of_a_week_on_saturday_is_no_week_of_the_block() -> None:
    found = block(Event(day(6), "Long run 20 km"), Event(day(8), "Easy 5 km"), today=day(5))
    assert (found.start, found.weeks) == (day(7), 1)
    assert found.weekly_metres == (20_000,)
    assert block(Event(day(6), "Race 10 km"), today=day(5)).start == day(6)  # where nothing else comes


@pytest.mark.parametrize(
    ("event", "doubt"),
    [
        (Event(day(1), "Easy run", metres=10_000, minutes=5), "10 km in 5 min is no pace for a run"),
        (Event(day(1), "Easy run", metres=5_000, minutes=600), "5 km in 600 min is no pace for a run"),
        (Event(day(1), "Easy run", metres=300_000), "it is longer than anybody runs in training"),
        (Event(day(1), "Race", kind=Kind.RACE), "its length is not known, so nothing tapers for it"),
    ],
)  # fmt: skip
def test_lengths_that_cannot_be_are_listed(event: Event, doubt: str) -> None:
    (unsure,) = block(event).unsure
    assert unsure.reading.doubt.startswith(doubt)


def test_past_runs_without_a_distance_count_by_their_minutes() -> None:
    past = [Event(day(-n), "Easy 45 min") for n in (2, 4, 6)]
    found = block(*past, Event(day(1), "Easy 5 km"))
    assert found.weekly_metres == (3 * 7_500,)
    assert "Mileage before the block was estimated where past runs have no distance." in found.notes


def test_a_run_past_midnight_keeps_the_next_morning_free() -> None:
    long = Event(day(1), "Race 24 hours", start_minute=600, minutes=1440, kind=Kind.RACE)
    found = block(
        long, Event(day(2), "Easy 5 km", start_minute=419), Event(day(2), "Easy 8 km", start_minute=900)
    )
    assert starts(found, day(2)) == [("easy", 900)]
    assert found.notes == ("Wed 25 Nov: Easy 5 km was left out, as another run stands there.",)


def test_a_day_has_one_race() -> None:
    found = block(Event(day(5), "10 km race", start_minute=540), Event(day(5), "5 km race", start_minute=900))
    assert [one.reading.metres for one in found.races] == [10_000]


def test_what_stands_outside_the_years_is_no_run() -> None:
    found = block(
        Event(day(1), "Easy 5 km"), Event(date(9999, 12, 31), "Easy 5 km"), Event(date(1, 1, 1), "Easy 5 km")
    )
    assert list(found.runs) == [day(1)]


def test_mileage_that_nobody_runs_is_no_history() -> None:
    past = [Event(day(-n), "Long run", metres=90_000) for n in range(1, 7)]
    assert block(*past, Event(day(1), "Easy 5 km")).weekly_metres == ()


def test_an_unknown_entry_before_the_first_run_is_not_lost() -> None:
    found = block(Event(day(0), "Zorbflux"), Event(day(9), "Easy 5 km"))
    assert found.notes == ("1 entry left out as no training: Zorbflux.",)
