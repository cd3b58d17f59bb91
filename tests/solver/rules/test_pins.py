"""pins: what is agreed is agreed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from weeks import CORE, LEGS, Trial, named, only

import mesocycle as mc

RULE = "pins"
RUNS = {"tue": "intervals 06:30 60", "thu": "tempo 06:30 60", "sun": "long 08:00 120"}
BESIDE = {"no_lower_lift_day_before_key": "hard", "sessions_per_week": "hard"}


def pinned(*pins: Mapping[str, Any], settings: Any = "hard", **more: Any) -> Trial:
    trial = only(RULE, settings, **more)
    trial.data["strength"]["pins"] = [dict(pin) for pin in pins]
    return trial


WEDNESDAY = {"session": "A", "day": "wed"}
THE_NINTH = {"session": "A", "date": "2026-09-09"}


def test_a_weekday_holds_where_the_session_takes_place() -> None:
    weeks = pinned(WEDNESDAY, weeks=2)
    assert not weeks.forbids("1A wed 06:00", "2A wed 20:00")
    assert weeks.forbids("1A wed 06:00", "2A thu 06:00")
    # Left out it is nowhere else.
    assert not weeks.forbids("2A wed 06:00")
    assert not weeks.forbids()


def test_a_date_is_taken_in_its_week_alone() -> None:
    weeks = pinned(THE_NINTH, weeks=2)
    assert not weeks.forbids("1A wed 06:00", "2A mon 06:00")
    assert weeks.forbids("1A thu 06:00", "2A wed 06:00")
    # It takes place.
    assert weeks.forbids("2A wed 06:00")


def test_the_hour_counts_where_it_is_given() -> None:
    at_six = pinned(THE_NINTH | {"start": "18:00"})
    assert not at_six.forbids("1A wed 18:00")
    assert at_six.forbids("1A wed 18:15")
    assert at_six.forbids("1A wed 17:45")
    assert at_six.forbids("1A thu 18:00")
    weekly = pinned(WEDNESDAY | {"start": "18:00"}, weeks=2)
    assert not weekly.forbids("1A wed 18:00", "2A wed 18:00")
    assert weekly.forbids("1A wed 18:00", "2A wed 18:15")


def test_a_pin_holds_its_own_session() -> None:
    both = pinned(WEDNESDAY, sessions=[LEGS, named(CORE, "B")], lifts=2)
    assert not both.forbids("1A wed 06:00", "1B fri 06:00")
    assert both.forbids("1A fri 06:00", "1B wed 06:00")
    # The second A of a week has a pin of its own.
    twice = pinned(WEDNESDAY, {"session": "A2", "day": "fri"}, lifts=2)
    assert not twice.forbids("1A wed 06:00", "1A2 fri 06:00")
    assert twice.forbids("1A wed 06:00", "1A2 sat 06:00")


def test_a_date_and_a_weekday_both_hold() -> None:
    assert pinned(WEDNESDAY, THE_NINTH | {"date": "2026-09-10"}).forbids("1A thu 06:00")
    assert not pinned(WEDNESDAY, THE_NINTH).forbids("1A wed 06:00")


def test_soft_and_off() -> None:
    # 50 points for each session that is elsewhere, or left out though a date is pinned.
    soft = pinned(THE_NINTH, settings="soft", weeks=2)
    assert soft.cost("1A wed 06:00") == 0
    assert soft.cost("1A thu 06:00") == 50
    assert soft.cost("2A thu 06:00") == 50
    weekly = pinned(WEDNESDAY, settings={"hard": False, "weight": 7}, weeks=2)
    assert weekly.cost("1A thu 06:00", "2A fri 06:00") == 14
    assert weekly.cost("1A wed 06:00") == 0
    assert weekly.cost() == 0
    # The wrong hour on the right day is elsewhere too, and costs once.
    assert pinned(THE_NINTH | {"start": "18:00"}, settings="soft").cost("1A wed 06:00") == 50
    assert pinned(THE_NINTH, settings="off").cost("1A thu 06:00") == 0


@pytest.mark.uncounted
@pytest.mark.parametrize("pin", [WEDNESDAY, THE_NINTH, WEDNESDAY | {"start": "18:00"}])
def test_every_start_is_judged_alike(pin: dict[str, Any]) -> None:
    free = {"tue": ["16:00-18:30"], "wed": ["16:00-19:00"]}
    two: dict[str, Any] = {"free": free, "grid": 60, "weeks": 2}
    assert pinned(pin, **two).agreement().both_outcomes
    assert pinned(pin, settings="soft", **two).agreement().both_prices


def test_elsewhere_is_told() -> None:
    soft = pinned(THE_NINTH | {"start": "18:00"}, settings="soft")
    (cost,) = (one for one in soft.check(soft.find(["1A thu 06:00"])).costs if one.rule == RULE)
    assert [case.text for case in cost.cases] == [
        "A on Thu 10 Sep at 06:00: you pinned it to Wed 9 Sep, 18:00"
    ]
    (cost,) = (one for one in soft.check([]).costs if one.rule == RULE)
    assert [case.text for case in cost.cases] == ["A is left out; you pinned it to Wed 9 Sep, 18:00"]


def test_the_pinned_day_is_the_reason() -> None:
    also = {"time_of_day": {"preferred": ["17:00-18:00"]}, "sessions_per_week": "soft"}
    plan = pinned(WEDNESDAY, also=also).solve().plan
    assert plan is not None
    (lift,) = plan.sessions
    assert (f"{lift.date:%a}", lift.start) == ("Wed", 17 * 60)
    assert "not where you pinned A" in lift.why


def test_a_pin_that_collides_is_named_and_may_go() -> None:
    diagnosis = mc.diagnose(mc.load_scenario(pinned(WEDNESDAY, runs=RUNS, also=BESIDE).data))
    (conflict,) = diagnosis.conflicts
    told = {rule.id: rule for rule in conflict.rules}
    assert set(told) == {RULE, *BESIDE}
    assert told[RULE].cases == ("your pin of A to Wednesday, week 1",)
    assert told[RULE].source == "strength.pins"
    change = diagnosis.repairs[0].changes[0]
    assert (change.path, change.before, change.to) == ("strength.pins", [WEDNESDAY], [])
    assert change.text == "A on Wednesdays: no longer pinned"
    assert diagnosis.repairs[0].verified


def test_a_date_needs_no_demand_beside_it_and_the_hour_may_go_alone() -> None:
    # An easy run lies where the pin is.
    pin = THE_NINTH | {"start": "18:00"}
    runs = RUNS | {"wed": "easy 17:30 60"}
    data = pinned(pin, runs=runs, also={"no_overlap_with_run": "hard"}).data
    diagnosis = mc.diagnose(mc.load_scenario(data))
    (conflict,) = diagnosis.conflicts
    told = {rule.id: rule for rule in conflict.rules}
    assert set(told) == {RULE, "no_overlap_with_run"}
    assert told[RULE].cases == ("your pin of A to Wednesday 9 September at 18:00",)
    repairs = {change.text: change for repair in diagnosis.repairs for change in repair.changes}
    hour = repairs["A on Wed 9 Sep at 18:00: at any hour"]
    assert (hour.path, hour.to) == ("strength.pins", [THE_NINTH])
    # The least change comes first, and it leaves the date.
    assert diagnosis.repairs[0].changes == (hour,)


def test_only_the_pin_that_is_in_the_way_goes() -> None:
    fine = {"session": "B", "day": "fri"}
    sessions = [LEGS, named(CORE, "B")]
    data = pinned(fine, WEDNESDAY, runs=RUNS, also=BESIDE, sessions=sessions, lifts=2).data
    first = mc.diagnose(mc.load_scenario(data)).repairs[0]
    assert [change.to for change in first.changes] == [[fine]]


def load(**strength: Any) -> mc.Scenario:
    small = {"name": "Core", "kind": "core", "minutes": 20, "lower_body": "none"}
    two = {"sessions": [LEGS, named(LEGS, "B"), small], "sessions_per_week": 2, "grid_minutes": 15}
    data = {"start": "2026-09-07", "weeks": 2, "runs": {"week": {}}, "strength": two | strength}
    return mc.load_scenario(data)


@pytest.mark.parametrize(
    ("pins", "key", "message", "remedy"),
    [
        ([{"session": "A"}], "[0]", "a pin names a date", ""),
        ([WEDNESDAY | {"date": "2026-09-09"}], "[0]", "a pin names a date", ""),
        (
            [THE_NINTH | {"date": "2026-09-21"}],
            "[0].date",
            "outside the block (2026-09-07 to 2026-09-20)",
            "",
        ),
        ([THE_NINTH | {"date": "2026-09-06"}], "[0].date", "outside the block", ""),
        ([WEDNESDAY | {"start": "18:10"}], "[0].start", "on a grid of 15 min", "18:00 or 18:15"),
        (
            [THE_NINTH, THE_NINTH | {"date": "2026-09-13"}],
            "[1]",
            "two pins of one session in the same week",
            "",
        ),
        ([WEDNESDAY, WEDNESDAY | {"day": "thu"}], "[1]", "two weekdays for one session", "keep one"),
        ([{"session": "Legz", "day": "wed"}], "[0].session", "no session of this name", "A, B, Core"),
        ([{"session": "A9", "day": "wed"}], "[0].session", "no session of this name", "did you mean A?"),
        ([{"session": "A2", "day": "wed"}], "[0].session", "no week of the block has this session", ""),
        ([{"session": "Core2", "day": "wed"}], "[0].session", "no week of the block has this session", ""),
        (
            [THE_NINTH | {"session": "A2"}],
            "[0].session",
            "week 1 of the block has no session A2",
            "A, B, Core",
        ),
    ],
)
def test_a_pin_that_cannot_be_is_told(pins: list[Any], key: str, message: str, remedy: str) -> None:
    with pytest.raises(mc.ScenarioError, match="1 problem") as caught:
        load(pins=pins)
    (problem,) = caught.value.problems
    assert problem.key == f"strength.pins{key}"
    assert message in problem.message
    assert remedy in problem.remedy


def test_a_week_without_lifts_has_none_to_pin() -> None:
    with pytest.raises(mc.ScenarioError, match="week 1 of the block has no session A") as caught:
        load(pins=[THE_NINTH], sessions_per_week=[0, 2])
    assert caught.value.problems[0].remedy == "it has Core"
    # The second week has it.
    load(pins=[THE_NINTH | {"date": "2026-09-16"}], sessions_per_week=[0, 2])


def test_the_last_day_and_two_weeks_may_be_pinned() -> None:
    load(pins=[THE_NINTH, THE_NINTH | {"date": "2026-09-20"}, WEDNESDAY])


def test_sessions_of_a_program_may_be_pinned() -> None:
    data = {"start": "2026-09-07", "weeks": 1, "runs": {"week": {}}}
    strength = {"program": "runner_two_day", "pins": [{"session": "A", "day": "sat"}]}
    plan = mc.solve(mc.load_scenario(data | {"strength": strength})).plan
    assert plan is not None
    assert {f"{one.date:%a}" for one in plan.sessions if one.session == "A"} == {"Sat"}
