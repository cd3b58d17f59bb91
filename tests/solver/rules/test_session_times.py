"""session_times: the class begins at six, the children sleep until seven."""

from __future__ import annotations

from typing import Any

import pytest
from weeks import CORE, LEGS, Trial, named, only

import mesocycle as mc
from mesocycle.models.clock import PARTS_OF_DAY

RULE = "session_times"
EVENING = LEGS | {"time": "evening"}
MUST = EVENING | {"must": True}


def week(settings: Any = "soft", *sessions: dict[str, Any], **more: Any) -> Trial:
    return only(RULE, settings, sessions=sessions or [EVENING], **more)


def test_the_start_counts() -> None:
    assert week().cost("1A tue 17:00") == 0
    assert week().cost("1A tue 16:45") == 10
    assert week().cost("1A tue 06:00") == 10
    # The end is not part of a window; a lift that runs over it is.
    window = week({"weight": 4}, LEGS | {"time": "17:00-19:00"}, weeks=2)
    assert window.cost("1A tue 18:45", "2A tue 19:00") == 4


@pytest.mark.parametrize(
    ("part", "inside", "outside"),
    [
        ("morning", ("06:00", "11:45"), ("12:00",)),
        ("midday", ("11:00", "13:45"), ("10:45", "14:00")),
        ("afternoon", ("12:00", "17:45"), ("11:45", "18:00")),
        ("evening", ("17:00", "20:00"), ("16:45",)),
    ],
)
def test_the_parts_of_the_day(part: str, inside: tuple[str, ...], outside: tuple[str, ...]) -> None:
    trial = week("hard", LEGS | {"time": part})
    assert not any(trial.forbids(f"1A tue {hour}") for hour in inside)
    assert all(trial.forbids(f"1A tue {hour}") for hour in outside)


def test_every_part_of_the_day_is_known() -> None:
    assert set(PARTS_OF_DAY) == {"morning", "midday", "afternoon", "evening"}


def test_a_must_and_a_hard_rule_close_other_hours() -> None:
    for trial in (week("soft", MUST), week("hard")):
        assert not trial.forbids("1A tue 18:00")
        assert trial.forbids("1A tue 06:00")
        assert not trial.forbids()


def test_each_session_has_its_own_hours() -> None:
    both = week("soft", MUST, named(CORE, "B") | {"time": "morning"}, lifts=2)
    assert not both.forbids("1A wed 18:00", "1B thu 06:00")
    assert both.forbids("1A wed 06:00", "1B thu 06:00")
    assert both.cost("1A wed 18:00", "1B thu 18:00") == 10
    days = week("soft", EVENING | {"days": ["wed"]}, also={"session_days": "soft"})
    assert days.points(days.check(days.find(["1A thu 18:00"]))) == 0


def test_off_and_without_hours() -> None:
    assert week("off", MUST).cost("1A tue 06:00") == 0
    assert week("hard", LEGS).cost("1A tue 06:00") == 0


@pytest.mark.uncounted
def test_every_start_is_judged_alike() -> None:
    free = {"tue": ["06:00-21:00"], "sat": ["16:00-18:00"]}
    assert week("soft", MUST, free=free, grid=30).agreement().both_outcomes
    assert week(free=free, grid=30).agreement().both_prices


def test_another_hour_is_told() -> None:
    trial = week()
    (cost,) = trial.check(trial.find(["1A thu 06:00"])).costs
    assert [case.text for case in cost.cases] == [
        "A on Thu 10 Sep starts at 06:00, outside the hours you named for it (17:00-22:00)"
    ]


def test_a_must_that_collides_is_named_and_may_become_a_wish() -> None:
    free = {"tue": ["06:00-08:00"]}
    also = {"sessions_per_week": "hard"}
    diagnosis = mc.diagnose(mc.load_scenario(week("soft", MUST, free=free, also=also).data))
    (conflict,) = diagnosis.conflicts
    told = {rule.id: rule for rule in conflict.rules}
    assert set(told) == {RULE, "sessions_per_week", "availability_window"}
    assert told[RULE].cases == ("A starts within 17:00-22:00, week 1",)
    texts = {change.text: change for repair in diagnosis.repairs for change in repair.changes}
    change = texts["17:00-22:00 for A as a wish, no longer a must"]
    assert (change.path, change.before, change.to) == ("strength.sessions[0].must", True, False)
    repair = next(repair for repair in diagnosis.repairs if repair.changes == (change,))
    assert (repair.verified, repair.objective) == (True, 10)


@pytest.mark.parametrize(
    ("time", "message"),
    [
        ("noon", "or as one of morning, midday, afternoon, evening"),
        (17, "or as one of morning, midday, afternoon, evening"),
        ("19:00-17:00", "a window ends after it starts"),
        ("17:00-17:60", ""),
    ],
)
def test_hours_that_cannot_be_are_told(time: Any, message: str) -> None:
    data = {"start": "2026-09-07", "weeks": 1, "runs": {"week": {}}}
    with pytest.raises(mc.ScenarioError, match="1 problem") as caught:
        mc.load_scenario(data | {"strength": {"sessions": [LEGS | {"time": time}]}})
    (problem,) = caught.value.problems
    assert problem.key == "strength.sessions[0].time"
    assert message in problem.message
