"""Trends, counted by hand: a lift every Tuesday at 17:00, runs of 10, 10 and 20 km a week."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from logged import at, begun, lifted, now_of, planned, tuesday

from mesocycle.diary.now import Now
from mesocycle.diary.trends import trends_of
from mesocycle.living import Block
from mesocycle.models.felt import Soreness, Wellness
from mesocycle.models.happened import Event, LiftMoved, LiftSkipped, RunDone, RunDropped, Sick
from mesocycle.models.training import RunType
from mesocycle.models.trends import Trends, WeekSeen


def trends(*events: Event, week: int, days: int = 0) -> Trends:
    """As they stand late on a week's Tuesday, or so many days later."""
    now = now_of(events, tuesday(week) + timedelta(days=days))
    return trends_of(now, now.scenario)


def last(*events: Event, week: int, days: int = 0) -> WeekSeen:
    return trends(*events, week=week, days=days).weeks[-1]


def test_weeks_to_come_are_left_out() -> None:
    assert [one.week for one in trends(week=3).weeks] == [1, 2, 3]
    assert [one.open for one in trends(week=3).weeks] == [False, False, True]
    before = trends(week=1, days=-3)
    assert (before.weeks, before.lifts, before.streak) == ((), (), 0)
    assert len(trends(week=12, days=60).weeks) == 12
    assert not trends(week=12, days=60).weeks[-1].open


def test_of_a_week_that_goes_on_what_was_due_so_far_counts() -> None:
    # Late on a Tuesday: ten of 40 km, an hour of four, and the lift of 29 minutes.
    one = last(week=1)
    assert (one.planned_km, one.km) == (10, 10)
    assert (one.planned_run_minutes, one.run_minutes) == (60, 60)
    assert (one.planned_lift_minutes, one.lift_minutes) == (29, 29)
    monday = last(week=1, days=-1)
    assert (monday.planned_km, monday.planned_sets, monday.adherence.planned) == (None, {}, 0)


def test_distance_is_as_it_was_run() -> None:
    # The easy ten of Thursday the 7th dropped, the long run of the 10th 18 km instead of 20, 5 km on the 8th.
    sunday, friday = tuesday(1) + timedelta(days=5), tuesday(1) + timedelta(days=3)
    events = (
        RunDropped(run="2027-01-07#1"),
        RunDone(run=f"{sunday}#1", date=sunday, start=480, minutes=110, distance_km=18, type=RunType.LONG),
        RunDone(date=friday, start=420, minutes=30, distance_km=5, type=RunType.EASY),
    )
    one = last(*events, week=1, days=5)
    assert (one.planned_km, one.km) == (40, 33)
    assert (one.planned_run_minutes, one.run_minutes) == (240, 200)


def test_sets_by_pattern_are_those_of_the_plan_where_all_is_done() -> None:
    _, result = planned()
    assert result.plan is not None
    for seen, week in zip(trends(week=12, days=5).weeks, result.plan.weeks, strict=True):
        assert seen.sets == seen.planned_sets == week.pattern_sets
        assert seen.lift_minutes == seen.planned_lift_minutes == week.minutes


def test_logged_sets_stand_in_place_of_planned_ones() -> None:
    # Three squats, two bench presses and two Pallof presses are planned; a warm-up is no hard set.
    one = last(lifted(1, "squat 60x5 warm-up", "squat 80x5x2 rir 2", only=False), week=1)
    assert one.planned_sets == {"core": 2, "push": 2, "squat": 3}
    assert one.sets == {"core": 2, "push": 2, "squat": 2}
    only = last(lifted(1, "lunge 20x8x2"), week=1)  # first a single-leg movement, and a lunge by half
    assert only.sets == {"lunge": 1, "single_leg": 2}


def test_working_sets_are_counted_once_whatever_they_train() -> None:
    # Seven are planned; two squats of three are done, and the rest as planned.
    one = last(lifted(1, "squat 60x5 warm-up", "squat 80x5x2 rir 2", only=False), week=1)
    assert (one.planned_working_sets, one.working_sets) == (7, 6)
    assert last(lifted(1, "lunge 20x8x2"), week=1).working_sets == 2
    assert last(lifted(1, "squat 80x5x2", beside=True), week=1).working_sets == 9
    assert last(LiftSkipped(session="w01-A"), week=1).working_sets == 0


def test_load_on_the_legs_goes_by_the_share_of_leg_sets_that_was_done() -> None:
    # 3.0 for three squats; two of them are 2.0. Beside the plan a squat counts 1 by itself.
    assert (last(week=1).planned_legs_dose, last(week=1).legs_dose) == (3.0, 3.0)
    assert last(lifted(1, "squat 80x5x2 rir 2"), week=1).legs_dose == 2.0
    assert last(lifted(1, "squat 80x5x2 rir 2", beside=True), week=1).legs_dose == 5.0
    skipped = last(LiftSkipped(session="w01-A"), week=1)
    assert (skipped.planned_legs_dose, skipped.legs_dose) == (3.0, 0.0)


def test_adherence_tells_done_assumed_moved_and_skipped_by_reason() -> None:
    events = (
        lifted(1),
        LiftSkipped(session="w02-A", why="time"),
        LiftMoved(session="w03-A", date=tuesday(3) + timedelta(days=1), start=1020),
        LiftSkipped(session="w04-A"),
        Sick(first=tuesday(5), last=tuesday(5)),
        lifted(5, "squat 40x5", beside=True).model_copy(update={"date": tuesday(5) + timedelta(days=3)}),
    )
    seen = trends(*events, week=6).adherence
    assert (seen.planned, seen.done, seen.assumed, seen.moved, seen.beside) == (6, 1, 2, 1, 1)
    assert seen.skipped == {"none": 1, "sick": 1, "time": 1}


def test_a_lift_moved_into_another_week_is_owed_to_its_own() -> None:
    moved = LiftMoved(session="w01-A", date=tuesday(2) + timedelta(days=2), start=1020)
    told = trends(moved, week=2, days=5)
    assert [(one.adherence.planned, one.adherence.moved) for one in told.weeks] == [(1, 1), (1, 0)]
    assert [one.sets.get("squat", 0) for one in told.weeks] == [0, 6]


@pytest.mark.parametrize(
    ("events", "week", "days", "streak"),
    [
        ((), 3, 0, 3),  # week 3 is open, and its only lift is done
        ((), 3, -1, 2),  # on its Monday that lift is still to come: nothing ended, nothing added
        ((LiftSkipped(session="w02-A", why="time"),), 4, 0, 2),
        ((LiftSkipped(session="w04-A", why="time"),), 4, -1, 0),
        ((LiftMoved(session="w02-A", date=tuesday(2) + timedelta(days=1), start=1020),), 3, 0, 3),
    ],
)
def test_the_streak_counts_weeks_in_a_row_with_every_lift_done(
    events: tuple[Event, ...], week: int, days: int, streak: int
) -> None:
    assert trends(*events, week=week, days=days).streak == streak


def test_the_streak_says_how_much_of_it_nobody_logged() -> None:
    assert trends(lifted(1), lifted(2), week=3).streak_assumed == 1


def test_the_max_stands_beside_that_of_the_plan_week_by_week() -> None:
    # 98.67, 101.75, 101.75: of 100, 100, 98.67 the middle one, then 100, then 101.75.
    said = ("squat 80x5 rir 2", "squat 82.5x5 rir 2", "squat 82.5x5 rir 2")
    (squat,) = trends(*(lifted(week, one) for week, one in enumerate(said, 1)), week=3).lifts
    assert (squat.exercise, squat.unit) == ("back_squat", "kg")
    assert squat.maxes == (100.0, 100.0, 101.8)
    assert squat.plan == (100.0, 101.5, 102.9)


def test_what_nobody_told_of_repeats_the_plan_and_moves_no_max() -> None:
    (squat,) = trends(lifted(1), week=3).lifts
    assert squat.maxes == (100.0, 100.0, 100.0)


def test_a_lift_that_the_log_brings_appears_where_it_is_first_known() -> None:
    told = trends(lifted(2, "bench press 60x5 rir 1", only=False), week=3)  # 60 x 36/30 = 72
    bench = next(one for one in told.lifts if one.exercise == "bench_press")
    assert (bench.maxes, bench.plan) == ((None, 72.0, 72.0), (None, None, None))


def test_soreness_is_the_most_of_a_week_by_site() -> None:
    monday = tuesday(1) - timedelta(days=1)
    events = (
        Soreness(date=monday, site="quads", level=2),
        Soreness(date=tuesday(1), site="quads", level=6),
        Soreness(date=tuesday(2), site="calf", level=0),
        Soreness(date=tuesday(3), site="calf", level=9),  # still to come
        Wellness(date=tuesday(1), sleep_hours=7),
    )
    told = trends(*events, week=2)
    assert [one.soreness for one in told.weeks] == [{"quads": 6}, {"calf": 0}]
    assert [one.level for one in told.soreness] == [2, 6, 0]
    assert [one.sleep_hours for one in told.wellness] == [7]


def test_small_sessions_are_no_lifts_but_their_minutes_count() -> None:
    scenario, result = planned()
    assert result.plan is not None
    core = [one.model_copy(update={"kind": "core"}) for one in result.plan.sessions]
    plan = result.plan.model_copy(update={"sessions": tuple(core)})
    now = now_of((), tuesday(2))
    cards = {one.id: one for one in core}
    small = Now(now.state, scenario, result.model_copy(update={"plan": plan}), now.moment, cards)
    told = trends_of(small, scenario)
    assert (told.adherence.planned, told.streak, told.weeks[0].lift_minutes) == (0, 0, 29)


TARGET = {"back_squat": {"set": "95 kg x 5", "by": "2027-03-10"}}


@pytest.fixture(scope="module")
def aimed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return begun(tmp_path_factory.mktemp("aimed"), targets=TARGET)


def test_a_target_is_told_by_the_record_then_by_the_log(aimed: Path, tmp_path: Path) -> None:
    # 95 x 5 asks for 95 x 35/30 = 110.83. The record of 100 is 100 x 30/35 = 85.7 kg for five: 90.2 %.
    # By 10 March (week 10's lift is on the 9th) the plan comes to 108.3.
    (one,) = at(aimed, tuesday(1), 8).trends().targets
    assert (one.set, one.needed, one.now, one.now_set, one.share) == (
        "95 kg x 5",
        110.8,
        100.0,
        "85.7 kg x 5",
        90.2,
    )
    assert (one.plan_max, one.reaches) == (108.3, False)
    assert "your record says" in one.text
    assert "does not reach it" in one.text
    block = at(begun(tmp_path, targets=TARGET), tuesday(3))
    block.done("w01-A", sets=["squat 80x5 rir 2"])
    block.done("w02-A", sets=["squat 82.5x5 rir 2"])
    block.done("w03-A", sets=["squat 82.5x5 rir 2"])
    (later,) = block.trends().targets
    assert (later.now, later.now_set) == (101.8, "87.2 kg x 5")  # 101.75 x 30/35 = 87.21
    assert "the log says" in later.text


def test_targets_are_those_of_the_scenario_that_holds(aimed: Path, tmp_path: Path) -> None:
    block = Block(begun(tmp_path), now=at(aimed, tuesday(1)).now().moment)
    assert block.trends().targets == ()
    block.set_scenario(at(aimed, tuesday(1)).scenario_text())
    assert [one.needed for one in block.trends().targets] == [110.8]


def test_trends_read_back_from_their_own_json(aimed: Path) -> None:
    told = at(aimed, tuesday(2)).trends()
    assert Trends.model_validate(told.to_dict()) == told
