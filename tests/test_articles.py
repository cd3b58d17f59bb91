"""The sample weeks of the five source articles come out as the articles have them.

Facts from the articles (weekdays, policies, set counts) in our own words; each case holds for lifts in the
morning only and in the evening only, because the hours before the next key run differ by half a day.
"""

from __future__ import annotations

from typing import Any

import pytest

import mesocycle as mc

# Other tests cover these lines, and counting them again would take most of the time.
pytestmark = pytest.mark.uncounted

MORNING = "05:00-12:30"
EVENING = "17:00-21:00"
WEEK_003 = {"mon": "easy", "tue": "intervals", "wed": "easy", "thu": "tempo", "fri": "easy", "sat": "long"}
WEEK_004 = {"mon": "easy", "wed": "tempo", "thu": "easy", "sat": "long"}
WEEK_000 = {"mon": "easy", "tue": "intervals", "wed": "easy", "thu": "easy", "fri": "easy", "sat": "long"}
MINUTES = {"long": 100, "intervals": 60, "tempo": 60, "easy": 45}


def scenario(week: dict[str, str], window: str, policy: Any, lifts: int = 2, **more: Any) -> dict[str, Any]:
    """Four times the same week, so that Sunday touches Monday."""
    runs = {day: {"type": kind, "start": "07:00", "minutes": MINUTES[kind]} for day, kind in week.items()}
    rest = {day: "rest" for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun") if day not in week}
    return {
        "start": "2026-09-07",
        "weeks": 4,
        "policy": policy,
        "athlete": {"availability": {"weekdays": [window], "weekend": [window]}},
        "runs": {"week": runs | rest},
        "strength": {"sessions_per_week": lifts},
    } | more


def lift_days(data: dict[str, Any]) -> list[set[str]]:
    """Weekdays with a lift, week by week."""
    result = mc.solve(mc.load_scenario(data))
    assert result.proven
    assert result.plan is not None
    weeks: list[set[str]] = [set() for _ in result.plan.weeks]
    for session in result.plan.sessions:
        weeks[session.week - 1].add(session.date.strftime("%a").lower())
    return weeks


CASES = {
    # 003's own week: stacked on the two workouts, nothing on the long run, Sunday kept.
    "003 sample week": (WEEK_003, "stack_hard", {"tue", "thu"}),
    # The same week with the long run as a hard day: spread to Tuesday and Saturday.
    "003 with the long run allowed": (WEEK_003, "stack_hard_long_run", {"tue", "sat"}),
    # 000: speed day and long-run day.
    "000 example week": (WEEK_000, "stack_hard_long_run", {"tue", "sat"}),
    # 004: two lifts on easy days that are not the eve of a key run.
    "004 example week": (WEEK_004, "easy_moderate", {"mon", "thu"}),
    # The same runs under the other school: the opposite answer.
    "004 week, stacked": (WEEK_004, "stack_hard_long_run", {"wed", "sat"}),
}


@pytest.mark.parametrize("window", [MORNING, EVENING], ids=["morning", "evening"])
@pytest.mark.parametrize("name", CASES)
def test_the_article_week_gets_exactly_its_days(name: str, window: str) -> None:
    week, policy, expected = CASES[name]
    assert lift_days(scenario(week, window, policy)) == [expected] * 4


@pytest.mark.parametrize("window", [MORNING, EVENING], ids=["morning", "evening"])
def test_easy_moderate_has_no_day_in_the_week_of_003(window: str) -> None:
    # Monday, Wednesday and Friday are all the eve of a key run, Sunday is rest.
    data = scenario(WEEK_003, window, "easy_moderate", rules={"hard_easy_policy": {"hard": True}})
    result = mc.solve(mc.load_scenario(data))
    assert result.status is mc.Status.INFEASIBLE
    assert result.plan is None
    data["rules"] = {
        "hard_easy_policy": {"hard": True},
        "no_lower_lift_day_before_key": "off",
        "recovery_before_intensity": {"hard_hours": 12},
    }
    # The two rules collide with each other: without the eve rule there are days.
    assert mc.solve(mc.load_scenario(data)).proven


def test_the_eve_takes_core_but_no_legs() -> None:
    # 003 does core on Wednesday, the eve of the tempo, and nothing heavy on Monday, Wednesday, Friday.
    core = {"name": "Core", "minutes": 30, "lower_body": "none"}
    legs = {"name": "Legs", "minutes": 30, "lower_body": "heavy"}
    for day in ("mon", "wed", "fri"):
        data = scenario(WEEK_003, EVENING, "stack_hard", lifts=1)
        data["athlete"]["availability"] = {day: [EVENING]}
        data["strength"]["sessions"] = [core]
        assert lift_days(data) == [{day}] * 4
        data["strength"]["sessions"] = [legs]
        assert mc.solve(mc.load_scenario(data)).status is mc.Status.INFEASIBLE


@pytest.mark.parametrize("window", [MORNING, EVENING], ids=["morning", "evening"])
def test_too_tired_after_the_workout_the_day_after_is_taken(window: str) -> None:
    # 003: Tuesday's lift goes to Wednesday; Thursday stays easy before Friday's tempo.
    week = {"mon": "easy", "tue": "intervals", "wed": "easy", "thu": "easy", "fri": "tempo", "sat": "easy"}
    rules = {"day_after_hard_fallback": {"too_tired_on": ["tue"]}}
    assert lift_days(scenario(week, window, "stack_hard", lifts=1, rules=rules)) == [{"wed"}] * 4


@pytest.mark.parametrize(
    ("order", "phase", "points"),
    [
        ("lift_first_in_base", "base", 0),
        ("priority_first", "base", 0),
        ("run_first", "base", 2),
        ("lift_first_in_base", "build", 2),
        ("priority_first", "build", 2),
    ],
)
def test_lifting_first_on_an_easy_day_by_phase(order: str, phase: str, points: int) -> None:
    # 003 and 004: in the base phase the lift may come first; later the run does.
    data = scenario(
        {"mon": "easy"},
        "05:00-07:00",
        {"hard_easy": "easy_moderate", "order": order},
        lifts=1,
        phases=[phase] * 4,
        rules={"no_overlap_with_run": {"transition_minutes": 0}},
    )
    data["athlete"]["availability"] = {"mon": ["05:00-07:00"]}
    result = mc.solve(mc.load_scenario(data))
    costs = {cost.rule: cost.points for cost in result.costs}
    assert costs.get("session_order", 0) == 4 * points
    assert result.plan is not None
    assert all(session.end <= 7 * 60 for session in result.plan.sessions)


def test_on_a_key_day_the_run_comes_first_whatever_the_order_switch() -> None:
    data = scenario(
        WEEK_003,
        "04:00-21:00",
        {"hard_easy": "stack_hard", "order": "lift_first_in_base"},
        phases=["base"] * 4,
    )
    result = mc.solve(mc.load_scenario(data))
    assert result.plan is not None
    assert all(session.start >= 11 * 60 for session in result.plan.sessions)


def test_main_sets_by_mileage_cutback_and_taper() -> None:
    # 004's "two sets instead of four" at the peak; low weeks before the race do not give the sets back.
    distances = [30, 34, 38, 32, 42, 46, 50, 36, 25]
    session = {"name": "A", "exercises": [{"exercise": "back_squat", "sets": [2, 4], "reps": 5, "load": 80}]}
    data = scenario(WEEK_003, EVENING, "stack_hard", lifts=1, weeks=9)
    data["runs"]["weekly_distance"] = distances
    data["races"] = [{"date": "2026-11-08", "distance": "half_marathon"}]
    data["strength"]["sessions"] = [session]
    result = mc.solve(mc.load_scenario(data))
    assert result.plan is not None
    assert [s.exercises[0].sets for s in result.plan.sessions] == [4, 4, 4, 2, 3, 3, 2, 2, 2]
    assert {s.exercises[0].load for s in result.plan.sessions} == {80}
    assert [week.phase for week in result.plan.weeks][-2:] == ["taper", "taper"]
    # Declared cutback weeks say the same.
    data["runs"]["cutback_weeks"] = [4]
    again = mc.solve(mc.load_scenario(data))
    assert again.plan is not None
    assert [s.exercises[0].sets for s in again.plan.sessions] == [4, 4, 4, 2, 3, 3, 2, 2, 2]
