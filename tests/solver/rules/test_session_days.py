"""session_days: runners have reasons that no model knows."""

from __future__ import annotations

from typing import Any

import pytest
from weeks import CORE, LEGS, Trial, named, only

import mesocycle as mc

RULE = "session_days"
WISHED = LEGS | {"days": ["fri", "wed"]}
MUST = WISHED | {"must": True}
RUNS = {"tue": "intervals 06:30 60", "thu": "tempo 06:30 60", "sat": "tempo 06:30 60"}


def week(settings: Any = "soft", *sessions: dict[str, Any], **more: Any) -> Trial:
    return only(RULE, settings, sessions=sessions or [WISHED], **more)


def test_another_day_costs() -> None:
    assert week().cost("1A wed 06:00") == 0
    assert week().cost("1A fri 20:00") == 0
    assert week().cost("1A thu 06:00") == 20
    assert week().cost() == 0
    two = week({"weight": 3}, weeks=2)
    assert two.cost("1A thu 06:00", "2A sun 06:00") == 6
    assert two.cost("1A wed 06:00", "2A sun 06:00") == 3


def test_a_must_and_a_hard_rule_close_other_days() -> None:
    for trial in (week("soft", MUST), week("hard")):
        assert not trial.forbids("1A wed 06:00")
        assert not trial.forbids("1A fri 06:00")
        assert trial.forbids("1A thu 06:00")
        # It need not take place.
        assert not trial.forbids()


def test_each_session_has_its_own_days() -> None:
    both = week("soft", MUST, named(CORE, "B"), lifts=2)
    assert not both.forbids("1A wed 06:00", "1B thu 06:00")
    assert both.forbids("1A thu 06:00", "1B wed 06:00")
    # Its repeats have the same, and small sessions may have some.
    twice = week("soft", WISHED, lifts=2)
    assert twice.cost("1A wed 06:00", "1A2 sat 06:00") == 20
    small = {"name": "Core", "kind": "core", "minutes": 20, "lower_body": "none", "days": ["thu"]}
    beside = week("soft", LEGS, small)
    assert beside.cost("1A mon 06:00", "1Core thu 06:00") == 0
    assert beside.cost("1A thu 06:00", "1Core sat 06:00") == 20


def test_off_and_without_days() -> None:
    assert week("off", MUST).cost("1A thu 06:00") == 0
    assert week("hard", LEGS).cost("1A thu 06:00") == 0


@pytest.mark.uncounted
def test_every_start_is_judged_alike() -> None:
    free = {"wed": ["17:00-19:00"], "thu": ["17:00-19:00"]}
    two: dict[str, Any] = {"free": free, "grid": 60, "weeks": 2}
    assert week("soft", MUST, **two).agreement().both_outcomes
    assert week("soft", **two).agreement().both_prices


def test_another_day_is_told() -> None:
    trial = week()
    (cost,) = trial.check(trial.find(["1A thu 06:00"])).costs
    assert [case.text for case in cost.cases] == [
        "A on Thu 10 Sep is not on the days you named for it (wed, fri)"
    ]


def test_the_day_that_is_wished_is_the_reason() -> None:
    plan = week(also={"sessions_per_week": "hard"}).solve().plan
    assert plan is not None
    (lift,) = plan.sessions
    assert f"{lift.date:%a}" == "Wed"
    assert "is no day you named for A" in lift.why or "are no day you named for A" in lift.why


def test_a_must_that_collides_is_named_and_may_become_a_wish() -> None:
    also = {"no_lower_lift_day_before_key": "hard", "sessions_per_week": "hard"}
    diagnosis = mc.diagnose(mc.load_scenario(week("soft", MUST, runs=RUNS, also=also).data))
    (conflict,) = diagnosis.conflicts
    told = {rule.id: rule for rule in conflict.rules}
    assert set(told) == {RULE, *also}
    assert told[RULE].cases == ("A on Wednesday or Friday, week 1",)
    assert told[RULE].source == "strength.sessions"
    first = diagnosis.repairs[0]
    (change,) = first.changes
    assert (change.path, change.before, change.to) == ("strength.sessions[0].must", True, False)
    assert change.text == "Wednesday or Friday for A as a wish, no longer a must"
    assert (first.verified, first.objective) == (True, 20)


def load(**more: Any) -> mc.Scenario:
    data = {"start": "2026-09-07", "weeks": 1, "runs": {"week": {}}}
    return mc.load_scenario(data | {"strength": {"sessions": [LEGS | more]}})


@pytest.mark.parametrize(
    ("more", "key", "message", "remedy"),
    [
        ({"must": True}, "must", "must says that days and time are a must", "days: [wed], or time: evening"),
        ({"days": ["wed", "thu", "wed"]}, "days", "a day stands twice", ""),
        ({"days": ["wendsday"]}, "days[0]", "", ""),
    ],
)
def test_what_cannot_be_is_told(more: dict[str, Any], key: str, message: str, remedy: str) -> None:
    with pytest.raises(mc.ScenarioError, match="1 problem") as caught:
        load(**more)
    (problem,) = caught.value.problems
    assert problem.key == f"strength.sessions[0].{key}"
    assert message in problem.message
    assert remedy in problem.remedy
