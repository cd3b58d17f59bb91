"""small_sessions: core on an easy day before a tempo is fine, and a full day stays as it is."""

from __future__ import annotations

from typing import Any

import pytest
from weeks import CORE, HEAVY, LEGS, Trial, named, only, session

import mesocycle as mc

RULE = "small_sessions"
# The tempo of Thursday makes Wednesday its eve.
RUNS = {"wed": "easy 07:00 40", "thu": "tempo 07:00 60"}
SMALL = {"name": "Core", "kind": "core", "minutes": 20, "lower_body": "none"}
MOBILITY = SMALL | {"name": "Mob", "kind": "mobility"}
JUMPS = session("Jumps", box_jump=3) | {"kind": "plyo"}
ONE_A_DAY = {"one_lift_per_day": "hard"}


def week(settings: Any = "soft", *sessions: dict[str, Any], **more: Any) -> Trial:
    return only(RULE, settings, sessions=sessions or [LEGS, SMALL], **({"also": ONE_A_DAY} | more))


def times(count: int) -> dict[str, Any]:
    return SMALL | {"per_week": count}


def test_the_day_of_a_key_run_costs_and_its_eve_does_not() -> None:
    assert week(runs=RUNS).cost("1A mon 18:00", "1Core wed 18:00") == 0
    assert week(runs=RUNS).cost("1A mon 18:00", "1Core thu 18:00") == 8
    assert week(runs=RUNS).cost("1A thu 18:00", "1Core wed 18:00") == 0
    hard = week("hard", runs=RUNS)
    assert not hard.forbids("1A thu 18:00", "1Core wed 18:00")
    assert hard.forbids("1A mon 18:00", "1Core thu 18:00")


def test_the_day_of_a_lift_costs() -> None:
    assert week().cost("1A mon 18:00", "1Core mon 06:00") == 8
    # On a day that is full twice over it costs twice.
    assert week(runs=RUNS).cost("1A thu 18:00", "1Core thu 06:00") == 16
    both = week("soft", LEGS, SMALL, MOBILITY)
    assert both.cost("1A mon 18:00", "1Core mon 06:00", "1Mob mon 12:00") == 16
    # Two small sessions are no full day.
    assert both.cost("1A mon 18:00", "1Core tue 06:00", "1Mob tue 12:00") == 0
    assert week("hard").forbids("1A mon 18:00", "1Core mon 06:00")


def test_where_lifts_share_days_the_day_of_one_costs_nothing_and_hard_forbids_it() -> None:
    two = {"lifts": 2, "also": {"one_lift_per_day": {"most": 2}}}
    sessions = (LEGS, named(CORE, "B"), SMALL)
    assert week("soft", *sessions, **two).cost("1A mon 18:00", "1B tue 06:00", "1Core mon 06:00") == 0
    hard = week("hard", *sessions, **two)
    assert hard.forbids("1A mon 18:00", "1B tue 06:00", "1Core mon 06:00")
    # Two lifts share a day that holds no small session.
    assert not hard.forbids("1A mon 18:00", "1B mon 06:00", "1Core tue 06:00")


@pytest.mark.parametrize(
    ("count", "free", "crowded", "points"),
    [
        (2, ("mon", "thu"), ("mon", "wed"), 8),
        (2, ("mon", "thu"), ("wed", "thu"), 16),
        (3, ("mon", "wed", "fri"), ("mon", "wed", "thu"), 8),
        (3, ("mon", "wed", "fri"), ("mon", "tue", "wed"), 16),
    ],
)
def test_two_of_a_kind_are_spread(count: int, free: tuple[str, ...], crowded: Any, points: int) -> None:
    def placed(days: tuple[str, ...]) -> list[str]:
        return [f"1Core{at if at > 1 else ''} {day} 06:00" for at, day in enumerate(days, 1)]

    trial = week("soft", times(count), lifts=0)
    assert trial.cost(*placed(free)) == 0
    assert trial.cost(*placed(crowded)) == points
    assert week("hard", times(count), lifts=0).forbids(*placed(crowded))
    assert not week("hard", times(count), lifts=0).forbids(*placed(free))


def test_each_day_of_the_week() -> None:
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    names = ("Core", *(f"Core{count}" for count in range(2, 8)))
    every = [f"1{name} {day} 06:00" for name, day in zip(names, days, strict=True)]
    free = {day: ["06:00-06:20"] for day in days}
    # Seven a week are as even as they can be.
    assert week("soft", times(7), lifts=0, free=free).cost(*every) == 0


def test_the_spread_goes_on_from_week_to_week() -> None:
    two = week("soft", SMALL, lifts=0, weeks=2)
    assert two.cost("1Core sun 06:00", "2Core mon 06:00") == 16
    assert two.cost("1Core sun 06:00", "2Core tue 06:00") == 8
    assert two.cost("1Core sun 06:00", "2Core wed 06:00") == 0


def test_kinds_are_not_spaced_from_each_other_nor_from_lifts() -> None:
    both = week("soft", LEGS, SMALL, MOBILITY)
    assert both.cost("1A tue 18:00", "1Core wed 06:00", "1Mob thu 06:00") == 0
    # Nor does a small session fill a gap, or count as a lift a week.
    spacing = {"lift_spacing": "hard", "even_spacing": "hard", "sessions_per_week": {"hard": True}}
    alone = week("soft", LEGS, SMALL, MOBILITY, also=ONE_A_DAY | spacing)
    assert not alone.forbids("1A tue 18:00", "1Core wed 06:00", "1Mob wed 12:00")
    missing = week("soft", LEGS, SMALL, also=ONE_A_DAY | {"sessions_per_week": {"hard": True}})
    audit = missing.check(missing.find(["1Core wed 06:00"]))
    assert {breach.rule for breach in audit.breaches} == {"sessions_per_week"}


def test_never_two_of_one_kind_on_one_day() -> None:
    other = SMALL | {"name": "More"}
    for settings in ("soft", "hard"):
        assert week(settings, times(2), lifts=0).forbids("1Core mon 06:00", "1Core2 mon 18:00")
        assert week(settings, SMALL, other, lifts=0).forbids("1Core mon 06:00", "1More mon 18:00")


def test_left_out_costs_three_times_as_much() -> None:
    assert week().cost("1A mon 06:00") == 24
    assert week({"weight": 5}, times(2), lifts=0).cost("1Core mon 06:00") == 15
    assert week("hard").forbids("1A mon 06:00")
    # A lift that is left out is no matter of this rule.
    assert week().cost("1Core mon 06:00") == 0


def test_what_loads_the_legs_keeps_clear_of_key_runs() -> None:
    eve = {"no_lower_lift_day_before_key": "hard"}
    plyo = named(HEAVY, "Jumps") | {"kind": "plyo"}
    trial = week("soft", plyo, lifts=0, runs=RUNS, also=ONE_A_DAY | eve)
    audit = trial.check(trial.find(["1Jumps wed 18:00"]))
    assert {breach.rule for breach in audit.breaches} == {"no_lower_lift_day_before_key"}
    # A rule for any lift says nothing of core.
    any_lift = ONE_A_DAY | {"no_lower_lift_day_before_key": {"hard": True, "scope": "any_lift"}}
    assert not week("soft", SMALL, lifts=0, runs=RUNS, also=any_lift).forbids("1Core wed 18:00")


def test_off() -> None:
    trial = week("off", times(2), lifts=0, runs=RUNS)
    assert trial.cost("1Core thu 06:00", "1Core2 thu 18:00") == 0
    assert trial.cost() == 0


@pytest.mark.uncounted
@pytest.mark.parametrize("most", [1, 2])
def test_every_start_is_judged_alike(most: int) -> None:
    free = {"tue": ["17:00-18:00"], "thu": ["17:00-19:00"], "sat": ["17:00-18:00"]}
    two: dict[str, Any] = {"free": free, "grid": 60, "runs": RUNS}
    two["also"] = {"one_lift_per_day": {"hard": True, "most": most}}
    assert week("hard", LEGS, SMALL, **two).agreement().both_outcomes
    assert week("soft", LEGS, times(2), **two).agreement().both_prices
    assert week("soft", JUMPS, LEGS, **two).agreement().both_prices


def test_a_part_of_a_week_has_a_part_of_them() -> None:
    # From Thursday: four days of seven.
    for per_week, expected in ((1, 1), (2, 1), (3, 2), (7, 4)):
        trial = only(RULE, "soft", sessions=[times(per_week)], lifts=0, start="2026-09-10")
        assert len(trial.problem.lifts) == expected


def test_full_days_are_the_reason_and_the_price_is_told() -> None:
    trial = week(runs=RUNS)
    (cost,) = trial.check(trial.find(["1A thu 18:00", "1Core thu 06:00"])).costs
    assert [case.text for case in cost.cases] == [
        "Core on Thu 10 Sep, a core session, is on the day of a key run",
        "Core on Thu 10 Sep, a core session, is on the day of a lift",
    ]
    (cost,) = trial.check(trial.find(["1A thu 18:00"])).costs
    assert [case.text for case in cost.cases] == ["Core of the week from Mon 7 Sep is left out"]
    tempo = dict.fromkeys(("mon", "tue", "thu", "fri"), "tempo 07:00 60")
    plan = week("soft", SMALL, lifts=0, runs=tempo).solve().plan
    assert plan is not None
    (core,) = plan.sessions
    assert f"{core.date:%a}" == "Wed"
    assert core.kind == "core"
    assert "hold a key run" in core.why


def test_what_is_hard_and_cannot_be_is_named() -> None:
    free = {"thu": ["17:00-20:00"]}
    data = week("hard", SMALL, lifts=0, free=free, runs=RUNS).data
    diagnosis = mc.diagnose(mc.load_scenario(data))
    (conflict,) = diagnosis.conflicts
    told = {rule.id: rule for rule in conflict.rules}
    assert set(told) == {RULE, "availability_window"}
    assert told[RULE].cases == (
        "Core takes place in week 1",
        "no small session on the day of a key run, Thu 10 Sep",
    )
    softer = [repair for repair in diagnosis.repairs if repair.changes[0].path == f"rules.{RULE}"]
    assert [change.text for change in softer[0].changes] == [f"{RULE} as a wish, no longer a must"]
    assert (softer[0].verified, softer[0].objective) == (True, 8)


def load(*sessions: dict[str, Any], **strength: Any) -> mc.Scenario:
    data = {"start": "2026-09-07", "weeks": 1, "runs": {"week": {}}}
    return mc.load_scenario(data | {"strength": {"sessions": list(sessions)} | strength})


@pytest.mark.parametrize(
    ("sessions", "strength", "key", "message"),
    [
        ([LEGS | {"per_week": 2}], {}, "sessions[0].per_week", "strength.sessions_per_week"),
        ([LEGS | {"kind": "core"}], {}, "sessions[0].kind", "loads the legs like a lift (3; 2 is where"),
        ([HEAVY | {"kind": "mobility"}], {}, "sessions[0].kind", "loads the legs like a lift"),
        ([LEGS | {"kind": "yoga"}], {}, "sessions[0].kind", "expected one of lift, core, plyo, mobility"),
        ([SMALL | {"per_week": 8}], {}, "sessions[0].per_week", ""),
        ([SMALL | {"per_week": 0}], {}, "sessions[0].per_week", ""),
        ([times(7), SMALL | {"name": "Core7"}], {}, "sessions[1].name", "taken by a repeat of session Core"),
        ([LEGS, SMALL], {"rotation": ["A", "Core"]}, "rotation[1]", "not a session which is no lift"),
        ([LEGS, SMALL], {"rotation": ["A", "X"]}, "rotation[1]", "a rotation names lifts of yours"),
        ([LEGS, named(LEGS, "B")], {"rotation": ["B"]}, "rotation", "the rotation leaves out A"),
    ],
)
def test_what_cannot_be_is_told(sessions: Any, strength: dict[str, Any], key: str, message: str) -> None:
    with pytest.raises(mc.ScenarioError, match="1 problem") as caught:
        load(*sessions, **strength)
    (problem,) = caught.value.problems
    assert problem.key == f"strength.{key}"
    assert message in problem.message


def test_plyo_may_load_the_legs() -> None:
    load(LEGS, named(HEAVY, "Jumps") | {"kind": "plyo"})
