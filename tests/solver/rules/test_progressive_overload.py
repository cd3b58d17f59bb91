"""progressive_overload: strength grows from week to week, and the weight with it.

How the max of a movement grows is told in prescription/test_growth.py; here is what a plan shows.
"""

from __future__ import annotations

from typing import Any

import pytest
from tampered import broken, entries, planned, with_exercise
from weeks import Trial, only

from mesocycle.models.plan import Plan, PlannedSet

RULE = "progressive_overload"
SQUAT = {"exercise": "back_squat", "sets": [2, 3], "load": 80, "reps": 5}
EVEN = {"trained_percent": 2, "slowing": 1}
STILL = {"trained_percent": 0}


def block(settings: Any = "on", phases: Any = ("base",) * 5, move: Any = None, **more: Any) -> Trial:
    """A squat at 80 % of a 1RM of 100 kg, or another movement without a record."""
    trial = only(
        RULE, settings, weeks=len(phases), phases=list(phases), sessions=[entries(move or SQUAT)], **more
    )
    if move is None:
        trial.data["strength"]["records"] = {"back_squat": 100}
    return trial


def every_week(trial: Trial, *sets: int) -> Plan:
    wanted = sets or (0,) * len(trial.problem.calendar.weeks)
    lifts = [f"{at}A tue 17:00{f' {n}' if n else ''}" for at, n in enumerate(wanted, start=1)]
    plan = planned(trial, *lifts)
    assert broken(trial, plan) == set()
    return plan


def shown(plan: Plan, name: str) -> list[Any]:
    return [getattr(session.exercises[0], name) for session in plan.sessions]


def test_the_weight_follows_the_max() -> None:
    plan = every_week(block())
    # 1.5 % of 100, then 0.94 of that: 1.41, 1.3254, 1.245876.
    assert shown(plan, "week_max") == [100, 101.5, 102.9, 104.2, 105.5]
    # 80 % of it: 80, 81.2, 82.3, 83.4, 84.4, to the nearest 2.5 that lies no more than 2.5 % above (85 is
    # 0.7).
    assert shown(plan, "weight") == [80, 80, 82.5, 82.5, 85]
    assert set(shown(plan, "weight_unit")) == {"kg"}
    # In % of the first weight, and in kilograms since the last time.
    assert shown(plan, "relative_percent") == [0, 0, 3.1, 3.1, 6.2]
    assert shown(plan, "change") == [None, 0, 2.5, 0, 2.5]
    # 80 / 101.5 is 78.8, 82.5 / 102.91 80.2, 82.5 / 104.2354 79.1, 85 / 105.481276 80.6.
    assert shown(plan, "percent") == [80, 78.8, 80.2, 79.1, 80.6]
    # The guide by which the legs are spared stays.
    assert set(shown(plan, "load")) == {80}


def test_off_there_is_no_weight() -> None:
    plan = every_week(block("off"))
    for name in ("weight", "weight_unit", "week_max", "percent", "relative_percent", "change"):
        assert set(shown(plan, name)) == {None}


def test_without_a_record_it_is_told_in_percent() -> None:
    plan = every_week(block(EVEN, move=SQUAT))
    # 2 % of the first max a week; since last time 2 / 102 and so on.
    assert shown(plan, "relative_percent") == [0, 2, 4, 6, 8]
    assert shown(plan, "change") == [None, 2.0, 2.0, 1.9, 1.9]
    assert set(shown(plan, "percent")) == {80}
    assert set(shown(plan, "weight")) == set(shown(plan, "week_max")) == {None}


def test_seconds_load_the_max_itself() -> None:
    # No percentage is told of what is not counted in repetitions; a carry grows as leg work does.
    plan = every_week(block(EVEN, move={"exercise": "farmer_carry", "sets": 3}))
    assert shown(plan, "relative_percent") == [0, 2, 4, 6, 8]
    assert set(shown(plan, "percent")) == {None}
    trial = block(EVEN, move={"exercise": "farmer_carry", "sets": 3})
    trial.data["strength"] |= {"records": {"farmer_carry": 24}, "weights": {"dumbbells": [20, 24, 26]}}
    trial.data["athlete"]["equipment"] = ["dumbbells"]
    # 24, 24.48, 24.96; 25.44 is nearer to 26, which lies 2.2 % above; 25.92.
    assert shown(every_week(trial), "weight") == [24, 24, 24, 26, 26]


def test_what_has_no_weight_does_not_grow() -> None:
    plan = every_week(block(move={"exercise": "push_up", "sets": 3}))
    for name in ("weight", "percent", "relative_percent", "change", "week_max"):
        assert set(shown(plan, name)) == {None}


def test_the_upper_body_earns_six_tenths_and_a_new_lifter_more() -> None:
    # 2 and 1.2 % a week of the first max.
    row = {"exercise": "dumbbell_row", "sets": 3}
    assert shown(every_week(block(EVEN, move=row)), "relative_percent") == [0, 1.2, 2.4, 3.6, 4.8]
    # 3.5 %, and 0.94 of each: 3.5, 6.79, 9.8826, 12.789644 %.
    new = every_week(block(move=SQUAT, athlete={"experience": "new"}, history={"familiar": ["back_squat"]}))
    assert shown(new, "relative_percent") == [0, 3.5, 6.8, 9.9, 12.8]


def test_sets_left_to_the_day_earn_so_much_less() -> None:
    # Week 2 has two of three sets: 1.33 % instead of 2.
    plan = every_week(block(EVEN), 3, 2, 3, 3, 3)
    assert shown(plan, "week_max") == [100, 102, 103.3, 105.3, 107.3]


def test_a_trimmed_week_earns_its_share() -> None:
    # Week 2 is the peak in mileage and has half of three sets, rounded up to two; it earns half of 2 %.
    plan = every_week(
        block(
            EVEN,
            also={"set_trim_by_mileage": "hard"},
            runs={"sun": "easy 09:00 60 10"},
            distances=[20, 40, 20, 20, 20],
            running={"cutback_weeks": []},
        )
    )
    assert [session.sets for session in plan.sessions] == [3, 2, 3, 3, 3]
    assert shown(plan, "week_max") == [100, 102, 103, 105, 107]


def test_taper_and_recovery_weeks_keep_the_weight() -> None:
    plan = every_week(
        block({"trained_percent": 4, "slowing": 1}, ("base", "peak", "taper", "recovery", "base"))
    )
    # 4 % each in weeks 1, 2 and 5; 80, 83.2 (82.5), then 86.4 where the week works again.
    assert shown(plan, "week_max") == [100, 104, 108, 108, 108]
    assert shown(plan, "weight") == [80, 82.5, 82.5, 82.5, 85]


def test_main_lifts_have_warm_up_sets() -> None:
    (first, *_) = every_week(block(STILL)).sessions
    # 40, 60 and 80 % of 80 kg are 32, 48 and 64, to the nearest 2.5: 32.5, 47.5 and 65.
    assert first.exercises[0].set_list == (
        PlannedSet(reps=5, weight=32.5, percent=32, warm_up=True),
        PlannedSet(reps=3, weight=47.5, percent=48, warm_up=True),
        PlannedSet(reps=2, weight=65, percent=64, warm_up=True),
        *[PlannedSet(reps=5, weight=80, percent=80)] * 3,
    )
    # An accessory has none, nor what has no load.
    lunge = every_week(block(STILL, move={"exercise": "reverse_lunge", "sets": 3})).sessions[0].exercises[0]
    assert [one.warm_up for one in lunge.set_list] == [False] * 3
    off = every_week(block("off")).sessions[0].exercises[0]
    assert off.set_list == (PlannedSet(reps=5),) * 3


def test_each_warm_up_set_is_heavier_than_the_one_before_and_lighter_than_the_work() -> None:
    # 80 % of 30 kg are 24: 22.5 (25 lies 4 % above). Every lighter set is the empty bar, done once.
    trial = block(STILL)
    trial.data["strength"]["records"] = {"back_squat": 30}
    sets = every_week(trial).sessions[0].exercises[0].set_list
    assert [(one.weight, one.reps) for one in sets if one.warm_up] == [(20, 5)]
    # With no more than the bar there is none.
    trial = block(STILL)
    trial.data["strength"] |= {"records": {"back_squat": 25}}
    sets = every_week(trial).sessions[0].exercises[0].set_list
    assert [(one.weight, one.warm_up) for one in sets] == [(20, False)] * 3


def test_a_weight_far_too_heavy_is_not_shown() -> None:
    # 80 % of 20 kg are 16, and the empty bar has 20: the percentage and the reserve tell what to do.
    trial = block(STILL)
    trial.data["strength"]["records"] = {"back_squat": 20}
    plan = every_week(trial)
    assert set(shown(plan, "weight")) == set(shown(plan, "percent")) == {None}
    assert set(shown(plan, "week_max")) == {20}
    # 80 % of 12.5 kg are 10; a tenth more are 11.
    for bar, weight in ((11, 11), (11.001, None)):
        trial = block(STILL)
        trial.data["strength"] |= {"records": {"back_squat": 12.5}, "weights": {"bar": bar}}
        assert set(shown(every_week(trial), "weight")) == {weight}


def standstills(plan: Plan) -> list[tuple[str, tuple[int, ...]]]:
    return [(notice.subject, notice.weeks) for notice in plan.notices if notice.rule == RULE]


@pytest.mark.parametrize(
    ("settings", "phases", "weeks"),
    [
        (STILL | {"stall_weeks": 4}, ("base",) * 5, (1, 5)),
        (STILL | {"stall_weeks": 5}, ("base",) * 5, (1, 5)),
        (STILL | {"stall_weeks": 6}, ("base",) * 5, None),
        # 4 % at once and no more: 80, then 83.2 kg, of which 82.5 can be loaded: weeks 2 to 7.
        ({"stall_weeks": 4, "trained_percent": 4, "most_percent": 4}, ("base",) * 7, (2, 7)),
        # A taper keeps the weight: 80 and 82.5 kg, then weeks 3 to 7 at 85 (108 x 0.8 = 86.4, then 89.6).
        ({"stall_weeks": 4, "trained_percent": 4, "slowing": 1}, ("base",) * 3 + ("taper",) * 4, (3, 7)),
        ({"stall_weeks": 4, "trained_percent": 4, "slowing": 1}, ("base",) * 7, None),
        (STILL, ("base",) * 11, None),
        (STILL, ("base",) * 12, (1, 12)),
        ("off", ("base",) * 12, None),
    ],
)
def test_a_main_lift_at_one_load_for_long_is_said(
    settings: Any, phases: tuple[str, ...], weeks: tuple[int, int] | None
) -> None:
    if settings == "off":
        # Nothing is said of weights by a rule that is off.
        assert standstills(every_week(block(settings, phases))) == []
        return
    first, last = weeks or (1, 0)
    expected = [(f"back_squat weeks {first}-{last}", tuple(range(first, last + 1)))] if weeks else []
    assert standstills(every_week(block(settings, phases))) == expected
    # Without a record it is the share that stays: the same weeks where nothing is rounded.
    if settings in (STILL, STILL | {"stall_weeks": 4}):
        assert standstills(every_week(block(settings, phases, SQUAT))) == expected


def test_weeks_without_it_are_part_of_the_standstill() -> None:
    plan = planned(block(STILL | {"stall_weeks": 4}), "1A tue 17:00", "4A tue 17:00")
    assert standstills(plan) == [("back_squat weeks 1-4", (1, 4))]
    plan = planned(block(STILL | {"stall_weeks": 5}), "1A tue 17:00", "4A tue 17:00")
    assert standstills(plan) == []


@pytest.mark.parametrize("name", ["dumbbell_row", "push_up"])
def test_only_of_main_lifts_it_is_said(name: str) -> None:
    move = {"exercise": name, "sets": 3}
    assert standstills(every_week(block(STILL | {"stall_weeks": 4}, move=move))) == []


def test_a_standstill_that_is_not_said_is_seen() -> None:
    trial = block(STILL | {"stall_weeks": 4})
    plan = every_week(trial)
    silent = tuple(notice for notice in plan.notices if notice.rule != RULE)
    assert len(silent) == len(plan.notices) - 1
    assert broken(trial, plan.model_copy(update={"notices": silent}))


@pytest.mark.parametrize(
    "values",
    [
        {"weight": 85.0},
        {"weight": None},
        {"weight_unit": "lb"},
        {"week_max": 103.0},
        {"week_max": None},
        {"percent": 80.0},
        {"relative_percent": 0.0},
        {"relative_percent": None},
        {"change": 0.0},
        {"change": None},
        {"set_list": ()},
    ],
)
def test_another_load_is_seen(values: dict[str, Any]) -> None:
    trial = block()
    assert broken(trial, with_exercise(every_week(trial), session=2, **values)) == {RULE}


@pytest.mark.parametrize("values", [{"weight": 30.0}, {"reps": 4}, {"percent": 30.0}, {"warm_up": False}])
def test_another_warm_up_is_seen(values: dict[str, Any]) -> None:
    trial = block()
    plan = every_week(trial)
    first, *others = plan.sessions[2].exercises[0].set_list
    changed = (first.model_copy(update=values), *others)
    assert broken(trial, with_exercise(plan, session=2, set_list=changed)) == {RULE}
