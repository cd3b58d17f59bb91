"""kit_ceiling: where the weights end, more repetitions, slower lowering, then a harder movement."""

from __future__ import annotations

from typing import Any

import pytest
from tampered import broken, entries, planned, with_exercise
from weeks import Trial, only

from mesocycle.models.plan import Plan
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.verify.ladder import ladder as told_again

RULE = "kit_ceiling"
ALL = {"load_rep_zone": "on", "progressive_overload": {"trained_percent": 0}, "equipment_available": "on"}
HOME = {"equipment": ["dumbbell", "bench", "step"]}


def at_home(
    record: Any, dumbbells: list[float], exercise: str = "goblet_squat", settings: Any = "on", **entry: Any
) -> Trial:
    """One session of one movement, whose max does not grow."""
    session = entries({"exercise": exercise, "sets": [2, 3], **entry})
    strength = {"records": {exercise: record}, "weights": {"dumbbells": dumbbells}}
    trial = only(RULE, settings, sessions=[session], athlete=HOME, also=ALL, phases=["base"])
    trial.data["strength"] |= strength
    return trial


def placed(trial: Trial) -> Plan:
    plan = planned(trial, "1A tue 17:00")
    assert broken(trial, plan) == set()
    return plan


def done(trial: Trial) -> tuple[Any, ...]:
    item = placed(trial).sessions[0].exercises[0]
    return item.exercise, item.reps, item.rir, item.variant


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        # Ten with three in reserve are 69.8 %: 14 kg of 20, and 15 lies 7 % above that, so 10.
        (20, ("goblet_squat", 10, 3, None)),
        # Ten ask for 15.35 of 22 kg, which is no more than 2.5 % above 15: as due.
        (22, ("goblet_squat", 10, 3, None)),
        # 15 of 23 kg go up 16 times; twelve are the most and leave four: no slower.
        (23, ("goblet_squat", 12, 4, None)),
        # 15 of 24 kg go up 18 times, six after twelve; lowered in 3 s 18 x 4 / 5 = 14: eleven leave three.
        (24, ("goblet_squat", 11, 3, "slow_lowering_3")),
        # 15 of 27 kg go up 24 times, 19 in 3 s, 24 x 4 / 7 = 13 in 5 s: ten leave three.
        (27, ("goblet_squat", 10, 3, "slow_lowering")),
        # 15 of 30 kg go up 30 times, 17 in 5 s: five after twelve. The split squat's 1RM is 0.4 x 30 = 12 kg.
        (30, ("split_squat", 10, 3, None)),
    ],
)
def test_the_first_step_that_leaves_four_in_reserve(record: float, expected: tuple[Any, ...]) -> None:
    assert done(at_home(record, [5, 10, 15])) == expected


def test_steps_can_be_set() -> None:
    # 18 repetitions: eight in reserve after ten, so 3 s: 14, four after ten.
    assert done(at_home(24, [15], settings={"most_reps": 10})) == ("goblet_squat", 10, 4, "slow_lowering_3")
    # With six in reserve allowed twelve as they are.
    assert done(at_home(24, [15], settings={"most_rir": 6})) == ("goblet_squat", 12, 6, None)


def test_off_nothing_is_done_about_it() -> None:
    assert done(at_home(60, [15], settings="off")) == ("goblet_squat", 10, 3, None)


def test_repetitions_that_are_written_stay() -> None:
    assert done(at_home(24, [15], reps=8))[1:] == (8, 2, None)


def test_what_is_far_too_light_is_remarked_on() -> None:
    # No harder movement is at hand without a bench: 15 of 90 kg, 180 - 30 = 150 times.
    trial = at_home(90, [15], "bulgarian_split_squat")
    plan = placed(trial)
    texts = {notice.subject: notice.text for notice in plan.notices if notice.rule == RULE}
    # Five with two in reserve are 81.1 % of 90 kg.
    assert "15 kg is too light for strength; about 73 kg" in texts["bulgarian_split_squat too light"]
    assert "lowered in 5 s" in texts["bulgarian_split_squat step"]
    assert plan.sessions[0].exercises[0].rir == 6  # more is not counted


def test_the_ladder_climbs_as_far_as_it_has_to() -> None:
    instance: Instance = at_home(90, [15]).context
    # 0.4 of 90 kg is 36 kg: 15 of it go up 42 times, 24 in 5 s, twelve too many; 0.85 of that is 30.6 kg.
    assert instance.ladder.harder == {"goblet_squat": "bulgarian_split_squat"}
    assert {name: float(most) for name, most in instance.ladder.one_rms.items()} == {
        "goblet_squat": 90,
        "split_squat": 36,
        "bulgarian_split_squat": 30.6,
    }
    assert told_again(instance) == (dict(instance.ladder.one_rms), dict(instance.ladder.harder))


def test_the_checker_sees_other_repetitions() -> None:
    trial = at_home(24, [15])
    plan = placed(trial)
    assert broken(trial, with_exercise(plan, reps=12)) != set()
    assert broken(trial, with_exercise(plan, variant=None)) != set()
