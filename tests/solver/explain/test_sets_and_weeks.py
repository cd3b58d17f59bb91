"""Why sets, weeks and left-out sessions are as they are; forced or chosen; what time was too short for."""

from __future__ import annotations

import random
from functools import cache
from typing import Any, NoReturn

import pytest
from blocks import LIGHT, SMALL, one_lift_a_week
from tiny import tiny

import mesocycle as mc
from mesocycle.models.explanation import ExerciseSets, Explanation
from mesocycle.models.plan import Plan, Status
from mesocycle.models.prices import Alternative, Price
from mesocycle.models.scenario import Scenario
from mesocycle.solver.explain.blocks import DAYS
from mesocycle.solver.explain.choices import NOWHERE, choices
from mesocycle.solver.explain.days import NO_ROOM
from mesocycle.solver.explain.exact import Exact
from mesocycle.solver.explain.explain import explain
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.model.optimum import Relaxed
from mesocycle.solver.model.rotation import best_weeks
from mesocycle.solver.model.search import Deadline
from mesocycle.solver.plan.planning import build_plan
from mesocycle.solver.rules import deload_weeks
from mesocycle.solver.rules.base import Changes
from mesocycle.solver.rules.check import understand
from mesocycle.solver.solve import Solved, solved
from mesocycle.solver.verify import verify

SQUAT: dict[str, Any] = {"exercise": "back_squat", "sets": [2, 4], "reps": 5, "load": 80}
ENTRIES: list[dict[str, Any]] = [SQUAT, {"exercise": "pallof_press", "sets": [1, 2]}]
UNKNOWN = "time was up before this was known"


@cache
def cutback() -> Solved:
    """Three weeks, the last one a cutback of the runs."""
    return solved(mc.load_scenario(one_lift_a_week([40, 44, 30], ENTRIES, {})))


def told(one: Solved, **words: Any) -> Explanation:
    return explain(one.instance.scenario, one, Deadline(None), **words)


def explained(data: dict[str, Any], **words: Any) -> Explanation:
    return mc.explain(data, **words)


def crowded(**rules: Any) -> dict[str, Any]:
    """Two sessions are wanted, and there is room for one."""
    return {
        "start": "2026-09-07",
        "weeks": 1,
        "athlete": {"availability": {"tue": ["11:00-12:30"]}},
        "runs": {
            "week": {
                "tue": {"type": "easy", "start": "07:00", "minutes": 45},
                "fri": {"type": "intervals", "start": "07:00", "minutes": 45},
            }
        },
        "strength": {"sessions_per_week": 2, "grid_minutes": 60, "sessions": [SMALL, LIGHT]},
        "rules": rules,
    }


# --- sets ------------------------------------------------------------------------------------------------


def exercise(explanation: Explanation, name: str) -> ExerciseSets:
    return next(one for one in explanation.sessions[0].exercises if one.exercise == name)


def test_all_sets_there_are_leave_only_fewer() -> None:
    squat = exercise(told(cutback(), session="w01-A"), "back_squat")
    assert (squat.sets, squat.full, squat.allowed, squat.most) == (4, 4, 4, 4)
    assert squat.more is None
    assert squat.fewer is not None
    assert squat.fewer.label == "1 set less of back squat"
    assert squat.text.startswith("back squat: 4 of 4 sets; 1 set less of back squat: costs +")


def test_what_the_week_caps_says_why_and_that_more_is_not_allowed() -> None:
    squat = exercise(told(cutback(), session="w03-A"), "back_squat")
    assert (squat.sets, squat.full, squat.most) == (3, 4, 3)
    assert "3 of 4 sets, all that this week allows (lighter, like your cutback in running)" in squat.text
    assert "more than 3 is not allowed" in squat.text


def test_no_set_at_all_is_told_as_leaving_the_exercise_out() -> None:
    press = exercise(told(cutback(), session="w03-A"), "pallof_press")
    assert press.fewer is not None
    assert press.fewer.label == "without Pallof press"


def test_a_superset_is_told_as_one() -> None:
    pair = [{**SQUAT, "superset": "X"}, {"exercise": "pallof_press", "sets": [2, 4], "superset": "X"}]
    (one,) = explained(one_lift_a_week([40], pair, {}), session="A").sessions[0].exercises
    assert one.name == "back squat + Pallof press"
    assert one.fewer is not None
    assert one.fewer.label == "1 set less of back squat + Pallof press"
    assert one.fewer.frozen.sets == 2 * (one.sets - 1)


def test_sets_that_gave_way_have_a_price_for_one_more() -> None:
    data = crowded(sessions_per_week={"minimum": 0})
    data["athlete"] = {"availability": {"weekdays": ["17:00-21:00"]}}
    (deadlift,) = explained(data, session="w01-B").sessions[0].exercises
    assert deadlift.sets < deadlift.allowed
    assert "the week allows 3, the rest gave way to time or to runs" in deadlift.text
    assert deadlift.more is not None
    assert deadlift.more.label == "1 set more of Romanian deadlift"
    assert deadlift.more.best.verdict == "worse"
    # It is the only exercise: without it there is no session.
    assert deadlift.fewer is not None
    assert deadlift.fewer.label == "without Romanian deadlift"
    assert deadlift.fewer.best.verdict == "forbidden"


@pytest.mark.parametrize(("name", "at"), [("back_squat", 0), ("pallof_press", 1)])
def test_one_set_less_is_one_set_of_that_exercise_and_never_dearer_where_more_may_move(
    name: str, at: int
) -> None:
    one = cutback()
    assert one.result.plan is not None
    fewer = exercise(told(one, session="w01-A"), name).fewer
    assert fewer is not None
    known = choices(one.instance, one.result.plan)
    lift = known.grounded.problem.lifts[0]
    sets = list(known.sets[0] or ())
    sets[at] -= 1
    assert fewer.frozen.sets == sum(sets)
    assert tuple(sets) in {version.sets for version in lift.space.every()}
    assert fewer.frozen.points == sum(fewer.frozen.by_rule.values())
    # What may move more never costs more.
    prices = [price.points for price in (fewer.frozen, fewer.week, fewer.block) if price is not None]
    assert prices == sorted((points or 0 for points in prices), reverse=True)
    assert len(prices) == 3


# --- weeks -----------------------------------------------------------------------------------------------


def test_weeks_of_a_whole_block_say_why_they_are_light() -> None:
    assert [week.verdict for week in told(cutback(), exact=False).weeks] == [
        "6 of 6 sets: nothing trims this week.",
        "5 of 6 sets: strength is built earlier in the block (90 % of the sets).",
        "4 of 6 sets: lighter, like your cutback in running (60 % of the sets).",
    ]


def test_a_cutback_is_no_choice_and_its_shares_begin_with_the_least() -> None:
    (week,) = told(cutback(), week=3, exact=False).weeks
    assert week.lighter
    assert week.patterns == ()
    assert [share.rule for share in week.shares] == ["deload_weeks", "ramp_limits", "block_early_emphasis"]
    assert week.shares[0].text == "deload_weeks allows 60 % of the sets"


def test_a_soft_rule_allows_more_at_a_price() -> None:
    data = one_lift_a_week([40, 44, 30], ENTRIES, {}) | {"rules": {"deload_weeks": "soft"}}
    (week,) = explained(data, week=3, exact=False).weeks
    (share,) = (one for one in week.shares if one.rule == "deload_weeks")
    assert not share.hard
    assert share.text == "deload_weeks allows 60 % of the sets, more at a price"


def test_a_taper_says_so() -> None:
    data = one_lift_a_week([40, 40, 40], ENTRIES, {}, race="half_marathon")
    (week,) = explained(data, week=3, exact=False).weeks
    assert (week.phase, week.verdict) == ("taper", "3 of 6 sets: taper (40 % of the sets).")
    assert "taper_before_race" in {share.rule for share in week.shares}


def test_a_week_that_no_rule_trims_gave_way_to_time() -> None:
    (week,) = explained(crowded(), week=1, exact=False).weeks
    assert week.verdict == (
        "5 of 8 sets: no rule trims this week; what is missing gave way to time or to runs."
    )


@cache
def free_choice() -> Scenario:
    """Five weeks of which the fourth or the fifth is lighter; nobody lifts in the fourth."""
    data = one_lift_a_week([40] * 5, ENTRIES, {})
    data["athlete"]["blocked"] = ["2027-01-25..2027-01-31"]
    data["rules"] = {"sessions_per_week": {"minimum": 0}}
    return mc.load_scenario(data)


def test_other_choices_of_lighter_weeks_cost_what_the_best_block_with_them_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scenario = free_choice()
    (week,) = mc.explain(scenario, week=4).weeks
    best = mc.solve(scenario).objective
    assert best is not None
    patterns = deload_weeks.patterns(understand(scenario))
    assert [one.lighter_weeks for one in week.patterns] == [
        tuple(at + 1 for at in sorted(pattern)) for pattern in patterns
    ]

    for pattern, price in zip(patterns, week.patterns, strict=True):

        def only(instance: Instance, lighter: frozenset[int] = pattern) -> tuple[frozenset[int], ...]:
            return (lighter,)

        monkeypatch.setattr(deload_weeks, "patterns", only)
        alone = mc.solve(scenario, deadline=0).objective
        assert alone is not None
        assert price.points == alone - best
    assert [one.text for one in week.patterns] == [
        "lighter week 4: the plan",
        f"lighter week 5: {week.patterns[1].points:+d} points",
    ]
    assert week.verdict.endswith(f"the best is lighter week 5: {week.patterns[1].points:+d} points.")


def test_what_other_lighter_weeks_cost_is_unknown_in_no_time() -> None:
    scenario = free_choice()
    for stopped in (False, True):
        deadline = Deadline(0.0)
        if stopped:
            deadline.stop()
        (week,) = explain(scenario, solved(scenario), deadline, week=5).weeks
        other = next(one for one in week.patterns if not one.here)
        assert other.points is None
        assert other.text.endswith(UNKNOWN)


# --- sessions that are left out, or could be --------------------------------------------------------------


def left_out_price(one: Solved, session: str) -> Price:
    row = told(one, session=session).sessions[0].left_out
    assert row is not None
    assert row.block is not None
    return row.frozen


def without(one: Solved, plan: Plan, at: int) -> dict[str, int]:
    """By rule, what the plan costs more without one of its sessions, by the checker."""
    known = choices(one.instance, plan)
    problem, options = known.grounded.problem, known.grounded.problem.options
    picked = known.chosen.copy()
    picked[at] = NOWHERE
    placed = picked[picked != NOWHERE].tolist()
    chains = [case for _, case in known.grounded.cases if isinstance(case, Changes)]
    sets = {problem.lift_at(at).index: problem.version_at(at).sets for at in placed}
    days = {problem.lift_at(at).index: int(options.day[at]) for at in placed}
    audit = verify(one.instance, build_plan(problem, placed, best_weeks(chains, sets, days)))
    assert not audit.breaches
    before = {cost.rule: cost.points for cost in known.audit.costs}
    after = {cost.rule: cost.points for cost in audit.costs}
    beyond = {rule: after.get(rule, 0) - before.get(rule, 0) for rule in before | after}
    return {rule: points for rule, points in beyond.items() if points}


def test_leaving_out_costs_what_the_plan_without_it_is_judged_at() -> None:
    data = crowded(sessions_per_week={"minimum": 0})
    data["athlete"] = {"availability": {"weekdays": ["17:00-21:00"]}}
    one = solved(mc.load_scenario(data))
    assert one.result.plan is not None
    assert len(one.result.plan.sessions) == 2
    for at, session in enumerate(("w01-A", "w01-B")):
        price, expected = left_out_price(one, session), without(one, one.result.plan, at)
        assert price.by_rule == expected
        assert price.points == sum(expected.values())


def test_leaving_out_is_forbidden_where_it_has_to_take_place() -> None:
    price = left_out_price(cutback(), "w01-A")
    assert price.verdict == "forbidden"


def test_a_session_that_is_left_out_has_a_price_on_every_day() -> None:
    first, second = explained(crowded()).sessions
    assert first.date is not None
    assert (second.date, second.forced, second.left_out, second.sets) == (None, None, None, 0)
    tuesday = second.days[1]
    assert (tuesday.best.verdict, tuesday.best.date) == ("worse", tuesday.date)
    told = f"would cost {tuesday.best.points} points more than that"
    assert second.verdict == f"Left out: the cheapest place for it, Tue 8 Sep, {told}."
    # The other one makes room.
    (move,) = tuesday.best.moves
    assert (move.session, move.change) == ("w01-A", "left out")
    assert [day.best.verdict for day in second.days if day is not tuesday] == ["forbidden"] * 6
    assert all(day.best.grounds for day in second.days if day is not tuesday)
    assert second.headline == "B, week 1: left out"


def test_a_session_that_is_left_out_is_told_day_by_day_too() -> None:
    here, possible = explained(crowded(), why_not="tue").sessions
    assert here.verdict == "This is where it is."
    assert possible.verdict.startswith("Left out: Tue 8 Sep would cost 17 points more")
    there, not_possible = explained(crowded(), why_not="mon").sessions
    assert (there.verdict, not_possible.verdict) == (
        "That is not possible.",
        "Left out: it is not possible there.",
    )


def test_where_nothing_else_moves_there_is_no_room_for_a_second_one() -> None:
    sessions = explained(crowded(), exact=False).sessions
    assert sessions[0].verdict == "No other day of its week is open unless something else moves."
    assert sessions[1].verdict == "Left out: no day of its week is open unless something else moves."
    assert [ground.text for ground in sessions[1].days[1].frozen.grounds] == [NO_ROOM]


def test_a_session_without_any_place_is_left_out() -> None:
    weeks = mc.explain(free_choice(), why_not=None).sessions
    assert weeks[3].verdict == "Left out: no block has a place for it in this week."


# --- forced or chosen ------------------------------------------------------------------------------------


def test_one_free_day_is_forced() -> None:
    data = one_lift_a_week([40], ENTRIES, {})
    data["athlete"]["availability"] = {"wed": ["17:00-21:00"]}
    (session,) = explained(data).sessions
    assert session.forced
    assert session.verdict == "Forced: no block has it on another day of its week."
    assert {day.best.verdict for day in session.days if not day.here} == {"forbidden"}


def test_several_free_days_are_a_choice_by_the_price_of_the_next_best() -> None:
    session = told(cutback(), session="w01-A").sessions[0]
    assert session.forced is False
    best = min((day for day in session.days if day.best.points), key=lambda day: day.best.points or 0)
    assert session.verdict == (
        f"Chosen: the best of the other days, {best.label}, costs {best.best.points:+d} points."
    )


def two_keys() -> dict[str, Any]:
    """A lift may follow either key run as well."""
    data = one_lift_a_week([40], ENTRIES, {})
    data["runs"]["week"]["thu"] = {"type": "tempo", "start": "06:30", "distance": "10 km"}
    return data


def test_a_tie_says_what_settled_it() -> None:
    (session,) = explained(two_keys()).sessions
    (tie,) = (day for day in session.days if not day.here and day.best.verdict == "tie")
    assert tie.settled == DAYS
    assert session.verdict == f"Chosen among equals: {tie.label} would cost the same: {DAYS}."


def test_another_hour_of_the_same_day_is_a_tie_by_the_hour() -> None:
    (session,) = explained(two_keys(), session="A", why_not="tue 18:00").sessions
    (hour,) = session.days
    assert hour.label.endswith(", 18:00")
    assert (hour.here, hour.best.verdict, hour.settled) == (False, "tie", "the plan's hours are earlier")


def test_the_hour_that_it_has_is_here() -> None:
    one = cutback()
    assert one.result.plan is not None
    planned = one.result.plan.sessions[0]
    hour = f"{planned.date} {planned.start // 60}:{planned.start % 60:02}"
    (session,) = told(one, session=planned.id, why_not=hour).sessions
    assert session.days[0].here
    assert session.verdict == "This is where it is."


def test_a_worse_plan_says_what_would_be_better() -> None:
    """A plan that was pinned to Friday, explained without the pin."""
    data = two_keys()
    pinned = {**data, "strength": {**data["strength"], "pins": [{"session": "A", "date": "2027-01-08"}]}}
    plan = mc.solve(pinned).plan
    best = mc.solve(data).objective
    assert plan is not None
    assert best is not None
    found = mc.explain(data, plan)
    assert (found.status, found.proven) == (Status.FEASIBLE, False)
    (session,) = found.sessions
    gain = found.objective - best
    assert session.verdict == f"Tue 5 Jan would cost {gain} points less."
    tuesday = session.days[1]
    assert tuesday.block is not None
    assert (tuesday.block.points, tuesday.block.verdict) == (-gain, "better")


def test_a_bare_plan_is_proven_by_the_bound() -> None:
    data = two_keys()
    plan = mc.solve(data).plan
    assert plan is not None
    found = mc.explain(data, plan)
    assert (found.status, found.proven) == (Status.OPTIMAL, True)


# --- no time, no plan ------------------------------------------------------------------------------------


def rows(explanation: Explanation) -> list[Alternative]:
    return [day for session in explanation.sessions for day in session.days if not day.here]


@pytest.mark.parametrize(
    "words", [{}, {"session": "w01-A"}, {"week": 2}, {"why_not": "wed"}, {"why_not": "wed 18:00"}]
)
def test_in_no_time_what_needs_a_solver_is_unknown(words: dict[str, Any]) -> None:
    one = solved(cutback().instance.scenario)
    for given in (one.result, one):
        found = explain(one.instance.scenario, given, Deadline(0.0), **words)
        assert not found.complete
        assert {session.forced for session in found.sessions} == {None}
        assert all(day.frozen.verdict != "unknown" for day in rows(found))
        assert "unknown" in {day.block.verdict for day in rows(found) if day.block is not None}
        assert any(UNKNOWN in price.text for day in rows(found) if (price := day.block) is not None)


def test_a_stop_ends_it_after_the_session_at_hand() -> None:
    one = solved(cutback().instance.scenario)
    deadline = Deadline(None)
    seen = []

    def report(session: object, week: object, done: int, of: int) -> None:
        seen.append((done, of))
        deadline.stop()

    found = explain(one.instance.scenario, one, deadline, report=report)
    assert seen == [(1, 3)]
    assert len(found.sessions) == 1
    assert not found.complete
    assert found.sessions[0].forced is False


def test_a_stop_before_anything_was_explained_loses_nothing() -> None:
    one = solved(cutback().instance.scenario)
    deadline = Deadline(None)
    deadline.stop()
    found = explain(one.instance.scenario, one, deadline, session="w02-A")
    assert (len(found.sessions), found.complete) == (1, False)
    session = found.sessions[0]
    assert session.verdict.startswith("Chosen, as far as is known: the best of the other days")
    assert session.exercises[0].fewer is not None


def test_a_left_out_session_is_not_called_impossible_before_that_is_known() -> None:
    one = solved(mc.load_scenario(crowded()))
    session = explain(one.instance.scenario, one.result, Deadline(0.0)).sessions[1]
    assert session.verdict == "Left out, as far as is known: time was up before every day was looked at."


def test_a_forced_session_is_not_called_forced_before_that_is_known() -> None:
    data = one_lift_a_week([40], ENTRIES, {})
    data["athlete"]["availability"] = {"wed": ["17:00-21:00"]}
    one = solved(mc.load_scenario(data))
    (session,) = explain(one.instance.scenario, one.result, Deadline(0.0)).sessions
    assert session.forced is None
    assert "Forced" not in session.verdict


def test_quick_prices_of_a_plan_are_all_known() -> None:
    one = cutback()
    found = mc.explain(one.instance.scenario, one.result, session="w01-A", exact=False)
    assert found.complete
    (session,) = found.sessions
    assert session.left_out is not None
    assert session.left_out.frozen.verdict == "forbidden"
    assert {row.frozen.verdict for one in session.exercises if (row := one.fewer) is not None} == {"worse"}
    assert all(price is None for day in session.days for price in (day.week, day.block))


def test_without_a_plan_there_is_nothing_to_explain() -> None:
    data = crowded(sessions_per_week={"minimum": 2})
    none = mc.solve(data, deadline=0)
    assert none.plan is None
    with pytest.raises(ValueError, match=r"^there is no plan to explain: no block satisfies all the rules"):
        mc.explain(data, none)
    with pytest.raises(ValueError, match=r"^there is no plan to explain: no block satisfies all the rules"):
        mc.explain(data)


def test_a_plan_of_another_scenario_is_refused() -> None:
    plan = mc.solve(crowded()).plan
    assert plan is not None
    with pytest.raises(ValueError, match=r"^w01-A .* is no session of this scenario"):
        mc.explain(one_lift_a_week([40], [SQUAT], {}), plan)


def test_a_plan_that_breaks_a_hard_rule_is_refused() -> None:
    plan = mc.solve(two_keys()).plan
    assert plan is not None
    closed = two_keys()
    closed["athlete"]["blocked"] = [str(plan.sessions[0].date)]
    with pytest.raises(
        ValueError, match=r"^the plan breaks rules of this scenario \(.*\): `audit` judges it$"
    ):
        mc.explain(closed, plan)


def test_the_explanation_as_text_has_every_day_and_no_empty_line() -> None:
    lines = str(explained(crowded(), session="w01-A")).splitlines()
    assert all(line.strip() for line in lines)
    assert "  Tue 8 Sep: here" in lines
    assert any(line.startswith("  back squat: 3 of 3 sets") for line in lines)
    assert str(explained(crowded(), exact=False)).startswith("week 1: 5 of 8 sets")


def test_a_left_out_session_that_is_asked_about_has_no_sets_to_explain() -> None:
    (session,) = explained(crowded(), session="w01-B").sessions
    assert session.date is None
    assert session.exercises == ()
    assert [day.hours for day in session.days] == [()] * 7


@pytest.mark.parametrize(
    ("rules", "text"),
    [
        ({"sessions_per_week": {"hard": True, "minimum": 2}}, "at least 2 lifts in week 1"),
        ({"pattern_coverage": "hard"}, "Squat is trained in week 1"),
    ],
)
def test_a_session_that_must_take_place_says_what_asks_for_it(rules: dict[str, Any], text: str) -> None:
    data = one_lift_a_week([40], [SQUAT], {}) | {"rules": rules}
    press = {"name": "B", "exercises": [{"exercise": "pallof_press", "sets": [1, 2]}]}
    sessions = [*data["strength"]["sessions"], press]
    data["strength"] |= {"sessions": sessions, "sessions_per_week": 2}
    left_out = explained(data, session="w01-A").sessions[0].left_out
    assert left_out is not None
    for price in (left_out.frozen, left_out.week, left_out.block):
        assert price is not None
        assert price.verdict == "forbidden"
        assert [(ground.rule, ground.text) for ground in price.grounds] == [(next(iter(rules)), text)]
        assert price.alone


def test_a_session_that_was_left_out_in_vain_says_what_it_would_save() -> None:
    data = one_lift_a_week([40, 40], ENTRIES, {}) | {"rules": {"sessions_per_week": {"minimum": 0}}}
    away = {**data, "athlete": {**data["athlete"], "blocked": ["2027-01-11..2027-01-17"]}}
    plan = mc.solve(away).plan
    assert plan is not None
    found = mc.explain(data, plan)
    session = found.sessions[1]
    assert session.date is None
    cheapest = min(session.days, key=lambda day: day.best.points if day.best.points is not None else 0)
    saved = -(cheapest.best.points or 0)
    told = f"{cheapest.label} would cost {saved} points less."
    assert (session.verdict, cheapest.best.verdict) == (told, "better")


def test_rules_that_forbid_a_day_together_or_by_asking_for_others_are_named() -> None:
    found = mc.explain(tiny(random.Random(4101), True))
    forbidden = [
        price
        for session in found.sessions
        for day in session.days
        if (price := day.block) is not None and price.verdict == "forbidden"
    ]
    assert forbidden
    assert all(price.grounds for price in forbidden)
    assert {price.alone for price in forbidden} == {True, False}
    assert all(len({ground.rule for ground in price.grounds}) > 1 for price in forbidden if not price.alone)


@pytest.mark.parametrize("stopped", [True, False])
def test_an_interrupt_in_the_midst_of_a_price_is_a_stop_or_ends_everything(
    monkeypatch: pytest.MonkeyPatch, stopped: bool
) -> None:
    one = solved(free_choice())
    deadline = Deadline(None)

    def interrupt(*given: object, **more: object) -> NoReturn:
        if stopped:
            deadline.stop()
        raise KeyboardInterrupt

    for owner, name in ((Exact, "_solved"), (Relaxed, "search")):
        deadline = Deadline(None)
        monkeypatch.setattr(owner, name, interrupt)
        if not stopped:
            with pytest.raises(KeyboardInterrupt):
                explain(one.instance.scenario, one, deadline, week=5, exact=owner is Exact)
        else:
            found = explain(one.instance.scenario, one, deadline, week=5, exact=owner is Exact)
            assert not found.complete
            asked = [day.block for day in rows(found)] if owner is Exact else found.weeks[0].patterns
            assert any(UNKNOWN in price.text for price in asked if price is not None)
        monkeypatch.undo()
