"""What the log says of a max, worked by hand.

By Epley's formula a weight that goes up n times, those in reserve counted, is 30/(30 + n) of what goes up
once: 80 kg for five with two in reserve stand for 80 x 37/30 = 98.67 kg. The record is 100 kg.
"""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from logged import SQUAT, exposures, lifted, max_after, now_of, recorded, seen, tuesday

from mesocycle.diary.estimates import log_of, maxes_by

# --- one set -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "estimate"),
    [
        ("80x5 rir 2", Fraction(296, 3)),  # 80 x 37/30
        ("100x1 rir 0", Fraction(100)),  # once is once
        ("100x1 rir 1", Fraction(320, 3)),  # twice: 100 x 32/30
        ("75x10 rir 0", Fraction(100)),  # 75 x 40/30
        ("90x5 rir 0 test", Fraction(105)),  # 90 x 35/30
        ("60x11 rir 0", None),  # more than ten
        ("80x0", None),  # it did not go up
    ],
)
def test_a_set_of_one_to_ten_stands_for_a_1rm(text: str, estimate: Fraction | None) -> None:
    ((one,),) = (exposure.sets for exposure in exposures(lifted(1, f"squat {text}"))[:1])
    assert one.estimate == estimate


def test_pounds_are_converted_to_the_gram() -> None:
    # 180 lb are 180 x 0.45359237 = 81.6466266 kg; times 37/30 that is 100.69750614.
    (one,) = exposures(lifted(1, "squat 180 lb x5 rir 2"))[0].sets
    assert one.estimate == Fraction("100.69750614")


def test_a_runner_of_pounds_is_answered_in_pounds() -> None:
    # 200 lb x 5 with one in reserve, twice: 200 x 36/30 = 240; the record is 225.
    events = [lifted(week, "squat 200x5 rir 1", unit="lb") for week in (1, 2)]
    assert max_after(*events, record=225, unit="lb") == 240


def test_warm_ups_and_drop_sets_tell_nothing() -> None:
    sets = exposures(lifted(1, "squat 60x5 warm-up", "squat 80x5 rir 2", "squat 60x10 rir 0 drop"))[0].sets
    assert [one.estimate for one in sets] == [Fraction(296, 3)]


def test_a_session_is_known_by_its_best_set() -> None:
    # 98.67, 85 x 5 with one: 85 x 36/30 = 102, 80 x 4 with two: 80 x 36/30 = 96.
    best = exposures(lifted(1, "squat 80x5 rir 2", "squat 85x5 rir 1", "squat 80x4 rir 2"))[0].best
    assert best is not None
    assert (best.weight, best.estimate) == (Fraction(85), Fraction(102))


# --- without a reserve -------------------------------------------------------------------------------------


def test_with_the_planned_repetitions_the_planned_reserve_counts() -> None:
    (one,) = exposures(lifted(1, "squat 80x5"))[0].sets
    assert (one.rir, one.reserve, one.estimate, one.at_least) == (2, "planned", Fraction(296, 3), False)


@pytest.mark.parametrize(("text", "estimate"), [("85x5", Fraction(629, 6)), ("80x7", Fraction(104))])
def test_with_more_than_planned_the_reserve_is_still_the_planned_one(text: str, estimate: Fraction) -> None:
    # The card says to stop with two left: 85 x 37/30 = 104.83, 80 x 39/30 = 104.
    (one,) = exposures(lifted(1, f"squat {text}"))[0].sets
    assert (one.reserve, one.estimate, one.at_least) == ("planned", estimate, False)


def test_without_them_it_is_no_more_than_a_lower_bound() -> None:
    # 80 x 4 with nothing known to be left: 80 x 34/30 = 90.67.
    (one,) = exposures(lifted(1, "squat 80x4"))[0].sets
    assert (one.rir, one.reserve, one.estimate, one.at_least) == (None, "unknown", Fraction(272, 3), True)


def test_with_less_on_the_bar_than_planned_as_much_was_left_or_more() -> None:
    # 70 x 5 with two or more left: at least 70 x 37/30 = 86.33.
    (one,) = exposures(lifted(1, "squat 70x5"))[0].sets
    assert (one.reserve, one.estimate, one.at_least) == ("planned", Fraction(259, 3), True)


def test_beside_the_plan_nothing_is_known_of_the_reserve() -> None:
    found = exposures(lifted(1, "squat 80x5", beside=True))
    (one,) = next(each for each in found if each.session is None).sets
    assert (one.reserve, one.at_least) == ("unknown", True)


def test_a_test_goes_to_the_limit_so_the_planned_reserve_is_not_in_it() -> None:
    # 80 x 8 as a test: 80 x 38/30 = 101.33 at least; with the two that are planned it would be 106.67.
    (one,) = exposures(lifted(1, "squat 80x8 test"))[0].sets
    assert (one.estimate, one.at_least) == (Fraction(304, 3), True)


def test_a_lower_bound_never_lowers_the_max() -> None:
    # 90.67 at least each time, from a bar that holds more than planned: no repetitions are missed.
    events = [lifted(week, "squat 90x1") for week in (1, 2, 3)]
    assert max_after(*events) == 100


def test_a_lower_bound_above_the_max_raises_it() -> None:
    # 92 x 4 is 92 x 34/30 = 104.27 at least, twice: of 100, 104.27, 104.27 the middle one.
    events = [lifted(week, "squat 92x4") for week in (1, 2)]
    assert max_after(*events) == 104.27


# --- the median, and outliers ------------------------------------------------------------------------------


def test_one_session_alone_moves_nothing() -> None:
    # The record stands for the two that are missing: 100, 100, 104 (85 x 6 with one: 85 x 37/30 = 104.83).
    assert max_after(lifted(1, "squat 85x6 rir 1")) == 100


def test_the_second_of_two_does() -> None:
    # 100, 104.83, 102 (85 x 5 with one): 102.
    assert max_after(lifted(1, "squat 85x6 rir 1"), lifted(2, "squat 85x5 rir 1")) == 102


def test_the_median_of_the_last_three_counts() -> None:
    # 104.83, 102, then 82.5 x 5 with two (101.75) and 87.5 x 5 with two (107.92).
    events = [
        lifted(1, "squat 85x6 rir 1"),
        lifted(2, "squat 85x5 rir 1"),
        lifted(3, "squat 82.5x5 rir 2"),
    ]
    assert max_after(*events) == 102  # of 104.83, 102, 101.75
    assert max_after(*events, lifted(4, "squat 87.5x5 rir 2")) == 102  # of 102, 101.75, 107.92


def test_without_a_record_the_first_session_counts_alone_and_of_two_the_lower() -> None:
    first, second = lifted(1, "squat 80x5 rir 2"), lifted(2, "squat 85x5 rir 1")
    assert max_after(first, record=None) == 98.67
    assert max_after(first, second, record=None) == 98.67
    assert max_after(lifted(1, "squat 85x5 rir 1"), lifted(2, "squat 80x5 rir 2"), record=None) == 98.67


def test_an_outlier_is_ignored() -> None:
    # 100 x 5 with two is 123.33, more than 110: a slip of the pen for 80, perhaps.
    slip = lifted(1, "squat 100x5 rir 2")
    assert seen(slip, week=1).standing == "outlier"
    assert "10 %" in seen(slip, week=1).why
    # Then 98.67 and 101.75 count with the record: 100.
    assert max_after(slip, lifted(2, "squat 80x5 rir 2"), lifted(3, "squat 82.5x5 rir 2")) == 100


@pytest.mark.parametrize(("weight", "standing"), [("82.5", "counts"), ("82.51", "outlier")])
def test_ten_per_cent_is_the_line(weight: str, standing: str) -> None:
    # 82.5 x 10 is 82.5 x 40/30 = 110, and 10 % above the record.
    assert seen(lifted(1, f"squat {weight}x10 rir 0"), week=1).standing == standing


def test_two_in_a_row_on_one_side_are_no_outliers() -> None:
    # 90 x 5 with two is 111, 91 x 5 with two 112.23: of 100, 111, 112.23 the middle one.
    events = lifted(1, "squat 90x5 rir 2"), lifted(2, "squat 91x5 rir 2")
    assert max_after(*events) == 111
    first = log_of(now_of(events, tuesday(2)), SQUAT, tuesday(2)).seen()
    assert [(one.standing, one.in_median) for one in first] == [("counts", True), ("counts", True)]


def test_one_above_and_one_below_are_two_outliers() -> None:
    # 111 and then 70 x 5 with two, 86.33.
    assert max_after(lifted(1, "squat 90x5 rir 2"), lifted(2, "squat 70x5 rir 2")) == 100


# --- records -----------------------------------------------------------------------------------------------


def test_a_record_counts_from_its_day_on_and_changes_nothing_before() -> None:
    # 95 x 6 is 95 x 36/30 = 114 on the Thursday of week 2; until then the two sessions say 102.
    thursday = tuesday(2) + timedelta(days=2)
    events = (lifted(1, "squat 85x6 rir 1"), lifted(2, "squat 85x5 rir 1"), recorded(thursday, "95 x 6"))
    days = tuple(tuesday(1) + timedelta(days=offset) for offset in (-1, 0, 7, 8, 9, 10))
    told = maxes_by(now_of(events, thursday + timedelta(days=1)), SQUAT, days)
    assert told == tuple(map(Fraction, (100, 100, 102, 102, 114, 114)))


def test_on_its_own_day_a_record_comes_after_the_lift() -> None:
    assert max_after(lifted(1, "squat 80x5 rir 2"), recorded(tuesday(1), "108")) == 108


def test_after_a_record_the_sessions_before_it_count_no_more() -> None:
    # The record of 114 stands for the two that are missing: 114, 114, 107.92.
    events = (
        lifted(1, "squat 85x6 rir 1"),
        lifted(2, "squat 85x5 rir 1"),
        recorded(tuesday(2) + timedelta(days=2), "95 x 6"),
        lifted(3, "squat 87.5x5 rir 2"),
    )
    assert max_after(*events) == 114


def test_a_record_in_pounds_is_one_in_kilograms() -> None:
    # 242 lb are 109.769 kg.
    assert max_after(recorded(tuesday(1), "242 lb"), week=1) == 109.77


def test_a_record_with_a_date_in_the_scenario_waits_for_it() -> None:
    record = {"one_rm": 105, "date": str(tuesday(3))}
    now = now_of((), tuesday(4), record=Frozen(record))
    days = (tuesday(1) - timedelta(days=1), tuesday(3))
    assert maxes_by(now, SQUAT, days) == (None, Fraction(105))


class Frozen(dict[str, Any]):
    """A mapping that can be a key of a cache."""

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(tuple(self.items()))
