"""Each kind of change that a repair may make: one small scenario that needs it, planned with it."""

from __future__ import annotations

from typing import Any

import pytest

import mesocycle as mc
from mesocycle.models.plan import Status
from mesocycle.solver.diagnose import diagnose
from mesocycle.solver.model.search import Deadline
from mesocycle.solver.rules import CATALOGUE

EASY = {"type": "easy", "start": "06:30", "minutes": 40}
FAST = {"type": "intervals", "start": "06:30", "minutes": 60}
# Tuesday and Thursday are key; Monday and Wednesday are their eves; Friday is free of both.
RUNS = {"mon": EASY, "tue": FAST, "wed": EASY, "thu": FAST, "fri": EASY}
LEGS = {"name": "A", "minutes": 60, "lower_body": "heavy"}
NOTHING: dict[str, list[str]] = {"weekdays": [], "weekend": []}
SURE = {"sessions_per_week": {"hard": True}}


def scenario(
    runs: dict[str, Any] = RUNS,
    free: dict[str, Any] | None = None,
    strength: dict[str, Any] | None = None,
    athlete: dict[str, Any] | None = None,
    **more: Any,
) -> mc.Scenario:
    availability = {} if free is None else {"availability": free}
    return mc.load_scenario(
        {
            "start": "2026-09-07",
            "weeks": 2,
            "runs": {"week": runs},
            "athlete": availability | (athlete or {}),
            "strength": {"sessions_per_week": 1, "sessions": [LEGS]} | (strength or {}),
            "rules": SURE,
        }
        | more
    )


def texts(read: mc.Scenario) -> dict[str, mc.Repair]:
    """All repairs by what they change; each of them is checked to work."""
    assert mc.solve(read, deadline=0).status is Status.INFEASIBLE
    found = diagnose(read, Deadline(None))
    assert found.complete
    assert found.conflicts
    for repair in found.repairs:
        again = mc.solve(mc.with_repair(read, repair))
        assert repair.verified
        assert (again.status, again.objective) == (Status.OPTIMAL, repair.objective)
    return {"; ".join(change.text for change in repair.changes): repair for repair in found.repairs}


def test_a_window_that_is_three_quarters_of_an_hour_too_short() -> None:
    # Three hours after Friday's run, which ends at 07:10, a lift may start at 10:15; the shortest version
    # takes 36 min. Monday evening is long enough, but the eve of intervals.
    told = texts(scenario(free=NOTHING | {"fri": ["10:00-10:15"], "mon": ["17:00-20:00"]}))
    repair = told["Fridays free until 11:00 instead of 10:15"]
    assert repair.changes[0].path == "athlete.availability.fri"
    assert repair.changes[0].before == ["10:00-10:15"]
    assert repair.changes[0].to == ["10:00-11:00"]


def test_two_hours_less_before_a_key_run() -> None:
    # Lifting may end on Sunday at 08:30, which leaves 22 hours before Monday's run at 06:30.
    runs = {"mon": FAST, "wed": EASY}
    rules = {"rules": SURE | {"no_lower_lift_day_before_key": "off", "protect_rest_day": "off"}}
    told = texts(scenario(runs, NOTHING | {"sun": ["07:30-08:30"]}, **rules))
    repair = told["22 h between heavy legs and a key run instead of 24 h"]
    assert repair.changes[0].path == "rules.recovery_before_intensity.hard_hours"
    assert repair.changes[0].to == 22


def test_one_lift_fewer_in_the_week_that_is_full() -> None:
    dates: dict[str, list[str]] = {f"2026-09-{day}": [] for day in range(14, 20)}
    free = {"weekdays": ["17:00-20:00"], "weekend": ["17:00-20:00"]} | dates
    told = texts(scenario({"mon": EASY}, free, {"sessions_per_week": 2}))
    repair = told["1 lift in week 2, instead of 2"]
    assert repair.changes[0].path == "strength.sessions_per_week"
    assert (repair.changes[0].before, repair.changes[0].to) == (2, [2, 1])


def test_legs_are_left_out_on_an_eve_without_any_change() -> None:
    # Only Monday is free, the eve of Tuesday's intervals: of a session of exercises the rest may be done.
    both = {
        "name": "A",
        "exercises": [
            {"exercise": "back_squat", "sets": 3, "reps": 5, "load": 80},
            {"exercise": "push_up", "sets": 5},
        ],
    }
    result = mc.solve(scenario(free=NOTHING | {"mon": ["17:00-20:00"]}, strength={"sessions": [both]}))
    assert result.plan is not None
    assert {one.exercise for own in result.plan.sessions for one in own.exercises} == {"push_up"}
    # Squats alone load the legs with the fewest sets that there may be.
    squats = {"name": "A", "exercises": [{"exercise": "back_squat", "sets": [2, 3], "reps": 5, "load": 80}]}
    told = texts(scenario(free=NOTHING | {"mon": ["17:00-20:00"]}, strength={"sessions": [squats]}))
    assert not any("sets" in text or "core" in text for text in told)


def test_core_only_on_an_eve_where_the_session_is_given_by_its_minutes() -> None:
    told = texts(scenario(free=NOTHING | {"mon": ["17:00-20:00"]}))
    repair = told["A for core and upper body only"]
    assert (repair.changes[0].before, repair.changes[0].to) == ("heavy", "none")


def test_a_program_fits_half_an_hour_without_any_change() -> None:
    # Monday is an eve, and half an hour on Friday holds some of the program's exercises.
    program = {"sessions": [], "program": "runner_two_day"}
    free = NOTHING | {"mon": ["17:00-20:00"], "fri": ["11:00-11:30"]}
    result = mc.solve(scenario(free=free, strength=program))
    assert result.status is Status.OPTIMAL
    assert result.plan is not None
    assert len(result.plan.sessions) == 2


@pytest.mark.parametrize("policy", ["easy_moderate", {"hard_easy": "easy_moderate", "long_run": "avoid"}])
def test_another_policy(policy: Any) -> None:
    rules = SURE | {"hard_easy_policy": {"hard": True}, "no_lower_lift_day_before_key": {"days": 1}}
    runs = {"mon": EASY, "tue": FAST, "wed": EASY, "thu": FAST}
    told = texts(scenario(runs, policy=policy, rules=rules))
    wanted = {"policy": "policy stack_hard instead of easy_moderate"}
    wanted |= {"policy.hard_easy": "hard_easy: stack_hard instead of easy_moderate"}
    key = "policy" if isinstance(policy, str) else "policy.hard_easy"
    assert told[wanted[key]].changes[0].path == key


def test_a_rest_day_less() -> None:
    told = texts(scenario(free=NOTHING | {"sat": ["10:00-14:00"]}, athlete={"rest_days": ["sat", "sun"]}))
    repair = told["a lift allowed on Saturday, a rest day"]
    assert repair.changes[0].to == ["sun"]


def test_a_day_after_which_the_runner_is_too_tired() -> None:
    rules = SURE | {"day_after_hard_fallback": {"too_tired_on": ["tue"]}}
    runs = {"tue": FAST, "thu": FAST}
    told = texts(scenario(runs, rules=rules))
    repair = told["lifting on tue although tired after the run"]
    assert repair.changes[0].path == "rules.day_after_hard_fallback.too_tired_on"
    assert repair.changes[0].to == []


def test_a_window_where_the_runner_gave_no_availability_at_all() -> None:
    # All hours from 06:00 to 21:00 are free then, but a run fills them: only a later evening is left.
    runs = {day: {"type": "cross", "start": "07:00", "minutes": 780} for day in RUNS} | {
        day: {"type": "cross", "start": "07:00", "minutes": 780} for day in ("sat", "sun")
    }
    rules = SURE | {"min_gap_after_run": "off"}
    told = texts(scenario(runs, rules=rules, strength={"sessions": [LEGS | {"minutes": 90}]}))
    repair = next(r for text, r in told.items() if text.startswith("Mondays free until"))
    assert repair.changes[0].path == "athlete.availability"
    assert repair.changes[0].to["weekdays"] == ["06:00-21:00"]
    assert repair.changes[0].to["mon"][0].startswith("06:00-")


def test_a_rule_given_by_a_word_is_spelt_out() -> None:
    rules = SURE | {"time_of_day": {"preferred": ["05:00-06:00"], "hard": True}, "lift_spacing": "hard"}
    told = texts(scenario(rules=rules))
    assert any("time_of_day as a wish" in text for text in told)


def test_a_run_that_the_runner_could_move_is_only_said() -> None:
    # Only Monday evening is free, the eve of Tuesday's intervals.
    free = NOTHING | {"mon": ["12:00-20:00"]}
    read = scenario({"tue": FAST, "wed": EASY}, free)
    found = diagnose(read, Deadline(None))
    assert found.hints == ("If you moved Tuesday's intervals to Monday, all your rules could hold.",)
    assert mc.solve(scenario({"mon": FAST, "wed": EASY}, free)).plan is not None
    assert all("runs" not in change.path for repair in found.repairs for change in repair.changes)


def test_locked_rules_never_give() -> None:
    locked = {rule.id for rule in CATALOGUE if rule.relaxation.locked}
    assert {"blocked_dates", "race_blackout", "post_race_recovery", "no_overlap_with_run"} <= locked
    read = scenario(
        athlete={"blocked": ["2026-09-07..2026-09-09"], "rest_days": ["thu", "fri", "sat", "sun"]}
    )
    for repair in texts(read).values():
        for change in repair.changes:
            assert not any(rule in change.path for rule in locked)
            assert change.path != "athlete.blocked"


def test_every_rule_says_what_may_give_or_why_nothing_does() -> None:
    for rule in CATALOGUE:
        relaxation = rule.relaxation
        assert relaxation.key
        assert not (relaxation.locked and relaxation.gives)
        for give in relaxation.gives:
            field = rule.parameters.model_fields[give.parameter]
            assert give.by
            assert give.steps > 0
            assert give.price > 0
            words = give.text.format(to="1", was="2")
            assert words != give.text
            assert isinstance(field.default, (int, float))


def test_a_repair_of_another_scenario_is_refused() -> None:
    read = scenario(free=NOTHING | {"mon": ["17:00-20:00"]})
    repairs = diagnose(read, Deadline(None)).repairs
    lighter = next(repair for repair in repairs if repair.changes[0].before == "heavy")
    other = scenario(strength={"sessions": [LEGS | {"lower_body": "moderate"}]})
    with pytest.raises(ValueError, match="a repair of another scenario"):
        mc.with_repair(other, lighter)


def test_two_days_after_which_the_runner_is_too_tired() -> None:
    rules = SURE | {"day_after_hard_fallback": {"too_tired_on": ["tue", "thu"]}}
    runs = {"tue": FAST, "thu": FAST, "fri": FAST}
    free = NOTHING | {"tue": ["17:00-20:00"], "thu": ["17:00-20:00"]}
    told = texts(scenario(runs, free, rules=rules))
    repair = told["lifting on tue and thu although tired after the run"]
    assert repair.changes[0].to == []


def test_hints_put_no_key_runs_on_days_in_a_row() -> None:
    # Tuesday's intervals could go to Wednesday, but Thursday is the next key run.
    read = scenario(free=NOTHING | {"mon": ["12:00-20:00"]})
    for hint in diagnose(read, Deadline(None)).hints:
        assert "Tuesday's intervals to Wednesday" not in hint
