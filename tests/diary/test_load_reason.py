"""All that a load rests on can be asked; figures as in test_lift_estimates."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from logged import at, begun, lifted, now_of, recorded, tuesday

from mesocycle.diary.load_reason import load_reason
from mesocycle.models.errors import BlockError
from mesocycle.models.lift_log import LoadReason


def test_records_sessions_sets_and_the_plan_are_all_told() -> None:
    events = (
        lifted(1, "squat 80x5x2 rir 2", "squat 80x4"),
        lifted(2, "squat 100x5 rir 2"),
        recorded(tuesday(3), "95 x 5"),  # 95 x 35/30 = 110.83
        lifted(4, "squat 82.5x5x2"),
    )
    told = load_reason(now_of(events, tuesday(4)), "Back Squat")
    assert (told.exercise, told.name, told.unit, told.date) == ("back_squat", "Back squat", "kg", tuesday(4))
    assert [(one.text, one.one_rm, one.source) for one in told.records] == [
        ("100 kg once", 100.0, "scenario"),
        ("95 kg x 5", 110.8, "log"),
    ]
    first, second, third, fourth = told.exposures
    assert [(one.reserve, one.estimate, one.at_least, one.best) for one in first.sets] == [
        ("told", 98.7, False, True),
        ("told", 98.7, False, False),
        ("unknown", 90.7, True, False),
    ]
    assert (first.standing, first.in_median, first.struggle) == ("counts", False, "4 of 5 repetitions")
    assert (second.standing, second.estimate) == ("outlier", 123.3)
    assert (third.told, third.estimate, third.standing) == (False, 101.8, "as_planned")
    # 101.75 lies within 10 % of 110.83, and the record stands for the two that are missing.
    assert (fourth.standing, fourth.in_median, fourth.max) == ("counts", True, 110.8)
    assert (told.max, told.counted, told.step) == (110.8, (110.8, 110.8, 101.8), "on")
    assert told.plan is not None
    assert (told.plan.session, told.plan.week_max, told.plan.work) == ("w04-A", 104.2, "2 × 5 @ 82.5 kg")


@pytest.mark.parametrize(
    ("events", "step", "text"),
    [
        (("squat 80x4",), "hold", "100 kg: repetitions were missed or none were left, so it does not rise"),
        (
            ("squat 80x4", "squat 82.5x4"),
            "back",
            "95 kg: repetitions were missed or none were left twice in a row: back by 5 %, or more",
        ),
        (("squat 85x6 rir 1",), "on", "100 kg: the median of 100, 100, 104.8 kg"),
        ((), "on", "100 kg: nothing since has counted"),  # week 1 as planned
    ],
)
def test_a_sentence_says_where_the_max_comes_from(events: tuple[str, ...], step: str, text: str) -> None:
    done = [lifted(week, one) for week, one in enumerate(events, 1)]
    told = load_reason(now_of(done, tuesday(max(1, len(done)))), "back_squat")
    assert (told.step, told.text) == (step, text)


def test_before_the_first_lift_the_record_stands_alone() -> None:
    told = load_reason(now_of((), tuesday(1) - timedelta(days=1)), "back_squat")
    assert (told.max, told.counted, told.text) == (
        100.0,
        (100.0, 100.0, 100.0),
        "100 kg: nothing since has counted",
    )


def test_an_earlier_day_is_answered_as_it_was() -> None:
    events = (lifted(1, "squat 85x6 rir 1"), recorded(tuesday(3), "120"))
    told = load_reason(now_of(events, tuesday(4)), "back_squat", str(tuesday(2)))
    assert [one.session for one in told.exposures] == ["w01-A", "w02-A"]
    assert [one.counts for one in told.records] == [True, False]
    assert told.max == 100  # of 100, 100, 104.83


def test_a_later_week_goes_by_what_the_plan_has_then() -> None:
    now = now_of((), tuesday(1))
    plan = load_reason(now, "back_squat", "2027-02-17").plan  # the day after week 7's lift
    assert plan is not None
    assert (plan.session, plan.week_max) == ("w08-A", 107.4)
    after = load_reason(now, "back_squat", "2027-06-01").plan
    assert after is not None
    assert after.session == "w12-A"


def test_a_lift_of_which_nothing_is_known_says_so() -> None:
    told = load_reason(now_of((), tuesday(2)), "bench_press")
    assert (told.max, told.counted, told.exposures) == (None, (), ())
    assert told.text == "no record, and no set with a weight"
    assert told.plan is not None
    assert told.plan.week_max is None


def test_a_lift_that_the_plan_does_not_have_has_what_the_log_says() -> None:
    now = now_of((lifted(1, "deadlift 100x5 rir 2", beside=True),), tuesday(1))
    told = load_reason(now, "deadlift")
    assert (told.max, told.plan) == (123.3, None)  # 100 x 37/30
    assert told.text == "123.3 kg: from one session"


@pytest.mark.parametrize(
    ("name", "words"),
    [("sqat", "did you mean back_squat"), ("front plank", "not counted in repetitions")],
)
def test_what_has_no_max_is_refused_with_a_reason(name: str, words: str) -> None:
    with pytest.raises(BlockError) as refused:
        load_reason(now_of((), tuesday(1)), name)
    assert words in str(refused.value)


def test_a_block_answers_and_what_was_taken_back_is_gone(tmp_path: Path) -> None:
    block = at(begun(tmp_path), tuesday(1))
    block.done(sets=["squat 100x5 rir 2"])
    assert block.why_load("back_squat").exposures[0].standing == "outlier"
    block.undo()
    told = block.why_load("back_squat")
    assert [(one.told, one.standing) for one in told.exposures] == [(False, "as_planned")]
    assert LoadReason.model_validate(told.to_dict()) == told
