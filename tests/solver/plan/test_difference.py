"""Two plans side by side: what is the same is never told, and everything else is."""

from __future__ import annotations

import json
import pickle
from collections import Counter
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from differing import MONDAY, NAMES, by_set, case, cost, done, lift, result, squat, week
from hypothesis import given, settings
from hypothesis import strategies as st

import mesocycle as mc
from mesocycle.models.block_changes import CaseChange, RuleChange, WeekChange
from mesocycle.models.difference import MOST_LINES, Move, PlanDifference, SessionChange
from mesocycle.models.plan import Plan, PlannedExercise, PlannedSession, Standing
from mesocycle.models.result import Result
from mesocycle.models.set_words import amount, growth, reserve, share_text, way, weight
from mesocycle.models.work import ExerciseChange, Work, instead, sentence_instead
from mesocycle.solver.plan.difference import difference_between, moves_between

SCENARIOS = Path(__file__).parents[3] / "scenarios"

# --- moves -----------------------------------------------------------------------------------------------


def plan(*sessions: PlannedSession) -> Plan:
    return Plan(sessions=sessions, weeks=())


def moves(before: list[PlannedSession], after: list[PlannedSession]) -> list[tuple[str, str]]:
    return [(move.session, move.change) for move in moves_between(plan(*before).reference, plan(*after))]


def test_nothing_moved_is_nothing_told() -> None:
    assert moves([lift(0), lift(2, name="B")], [lift(0), lift(2, name="B")]) == []
    assert moves([], []) == []


@pytest.mark.parametrize(
    ("after", "change"),
    [
        (lift(1), "moved"),
        (lift(0, start=1080, end=1125), "moved"),
        (lift(1, sets=5), "moved"),  # elsewhere and smaller: one move
        (lift(0, sets=5), "resized"),
        (lift(0, end=1080), "resized"),  # at the same time, but longer
        (lift(0, why="another reason"), None),
    ],
)
def test_what_became_of_a_session(after: PlannedSession, change: str | None) -> None:
    assert moves([lift(0)], [after]) == ([] if change is None else [("w01-A", change)])


def test_moves_stand_in_order_of_the_calendar_each_session_once() -> None:
    before = [lift(0), lift(3, name="B"), lift(8)]
    after = [lift(2), lift(1, name="C"), lift(8, sets=3)]
    assert moves(before, after) == [
        ("w01-C", "added"), ("w01-A", "moved"), ("w01-B", "left out"), ("w02-A", "resized"),
    ]  # fmt: skip


def standing(day: int, **more: Any) -> Standing:
    return plan(lift(day, **more)).reference.sessions[0]


@pytest.mark.parametrize(
    ("change", "before", "after", "text"),
    [
        ("moved", standing(0), standing(2), "w01-A: Mon 7 Sep 17:00 -> Wed 9 Sep 17:00"),
        (
            "moved",
            standing(0),
            standing(2, sets=5),
            "w01-A: Mon 7 Sep 17:00 -> Wed 9 Sep 17:00, 5 sets in 45 min",
        ),
        ("resized", standing(0), standing(0, sets=5), "w01-A: 10 sets in 45 min -> 5 sets in 45 min"),
        ("added", None, standing(2), "w01-A: added on Wed 9 Sep 17:00"),
        ("left out", standing(0), None, "w01-A: left out, was on Mon 7 Sep 17:00"),
    ],
)
def test_a_move_in_words(change: Any, before: Standing | None, after: Standing | None, text: str) -> None:
    assert Move(session="w01-A", change=change, before=before, after=after).text == text


# --- exercises -------------------------------------------------------------------------------------------


def exercises(
    before: tuple[PlannedExercise, ...], after: tuple[PlannedExercise, ...]
) -> tuple[ExerciseChange, ...]:
    found = difference_between(result(lift(1, *before, sets=9)), result(lift(1, *after, sets=9))).sessions
    return found[0].exercises if found else ()


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        (squat(sets=4), squat(82.5), "3 instead of 4 sets, 82.5 instead of 80 kg"),
        (squat(sets=2), squat(sets=1), "1 instead of 2 sets"),
        (squat(sets=1), squat(sets=2), "2 instead of 1 set"),
        (squat(reps=8), squat(), "5 instead of 8 repetitions"),
        (squat(175, weight_unit="lb"), squat(80), "80 kg instead of 175 lb"),
        (squat(None), squat(80), "now 80 kg"),
        (squat(80), squat(None), "no longer 80 kg"),
        (squat(rir=3), squat(rir=2), "2 instead of 3 in reserve"),
        (squat(rir=None), squat(rir=2), "now 2 in reserve"),
        # A percentage is told where no weight is known.
        (squat(percent=70), squat(percent=80), ""),
        (
            squat(None, load=80, percent=79.6),
            squat(None, load=80, percent=82.1),
            "about 82 instead of 80\u00a0% of your 1RM",
        ),
        (squat(None, load=80, percent=79.6), squat(None, load=80, percent=80.2), ""),
        (
            done("plank", relative_percent=2.6),
            done("plank", relative_percent=5.4),
            "+5 instead of +3\u00a0% on your first week",
        ),
        # The load tells how it has grown.
        (
            squat(None, load=80, percent=79.6, relative_percent=2),
            squat(None, load=80, percent=82.1, relative_percent=5),
            "about 82 instead of 80\u00a0% of your 1RM",
        ),
        (done("plank", reps_unit="s_each_side"), done("plank", 2, 20, reps_unit="s_each_side"),
         "20 instead of 10 s each side"),
        (done("plank"), done("plank", reps_unit="s"), "10 s instead of 10 repetitions"),
        (done("plank", variant="slow_lowering"), done("plank", variant="slow_lowering_3"),
         "lower it in 3 instead of 5\u00a0s"),
        (done("plank"), done("plank", variant="hold"), "now hold 3\u00a0s at the bottom"),
        (done("plank", tempo="3-1-1"), done("plank"), "no longer 3\u00a0s down, 1\u00a0s held, 1\u00a0s up"),
        # Fewer repetitions tell that it is heavier.
        (done("plank"), done("plank", reps=8, variant="heavier"), "8 instead of 10 repetitions"),
        (done("plank"), done("plank", variant="heavier"), "now fewer repetitions, heavier"),
        (done("plank", variant="hold"), done("plank", reps=8, variant="heavier"),
         "8 instead of 10 repetitions, no longer hold 3\u00a0s at the bottom"),
        (done("plank", rest_seconds=90), done("plank", rest_seconds=60), "1:00 instead of 1:30 of rest"),
        (done("plank"), PlannedExercise(exercise="plank", sets=3),
         "3 instead of 2 sets, no longer 10 repetitions"),
        # Set by set.
        (by_set((5, 60), (3, 70)), by_set((5, 62.5), (3, 72.5)), "62.5/72.5 instead of 60/70 kg"),
        (by_set((5, 60), (3, 70)), by_set((5, 60), (3, 70), (1, 80)),
         "5/3/1 instead of 5/3, 60/70/80 instead of 60/70 kg"),
        (squat(60), by_set((5, 60), (3, 70)), "5/3 instead of 3 × 5, 60/70 instead of 60 kg"),
        # What comes of other facts is no change of the card.
        (squat(change=2.5), squat(change=5), ""),
        (squat(cues=("chest up",)), squat(), ""),
    ],
)  # fmt: skip
def test_what_changed_in_an_exercise(before: PlannedExercise, after: PlannedExercise, text: str) -> None:
    found = exercises((before,), (after,))
    assert [item.text for item in found] == ([f"{NAMES[before.exercise]}: {text}"] if text else [])
    assert exercises((after,), (after,)) == ()


def test_in_brief_growth_is_left_out_beside_anything_else() -> None:
    before, after = done("plank", relative_percent=2), done("plank", 3, relative_percent=4)
    (item,) = exercises((before,), (after,))
    assert item.what == "3 instead of 2 sets, +4 instead of +2\u00a0% on your first week"
    assert item.in_brief == "3 instead of 2 sets"


def test_exercises_that_come_and_go() -> None:
    plank, push = done("plank"), done("push_up", variant="hold")
    (added,) = exercises((squat(),), (squat(), plank))
    assert (added.change, added.before, added.text) == ("added", None, "Plank: added, 2 × 10")
    (gone,) = exercises((squat(), plank), (squat(),))
    assert (gone.change, gone.after, gone.text) == ("left out", None, "Plank: left out")
    (replaced,) = exercises((squat(), plank), (squat(), push))
    assert (replaced.change, replaced.replaces, replaced.replaced_name) == ("replaced", "plank", "Plank")
    assert replaced.text == "Push-up: 2 × 10, instead of Plank"
    # What stands elsewhere has taken no one's place.
    changes = exercises((plank, squat()), (squat(), push))
    assert [(item.exercise, item.change) for item in changes] == [("push_up", "added"), ("plank", "left out")]
    # A work without repetitions or names is told too.
    (unknown,) = exercises((squat(),), (squat(), PlannedExercise(exercise="carry", sets=1)))
    assert unknown.text == "carry: added, 1 set"
    (heavy,) = exercises((), (squat(82.5),))
    assert heavy.text == "Back squat: added, 3 × 5 @ 82.5 kg"


def test_an_exercise_twice_on_a_card_is_told_for_each() -> None:
    (item,) = exercises((squat(80), squat(60)), (squat(80), squat(65)))
    assert item.what == "65 instead of 60 kg"
    (gone,) = exercises((squat(80), squat(60)), (squat(80),))
    assert (gone.change, gone.before and gone.before.weights) == ("left out", (60,))


def test_another_order_of_the_same_exercises_is_told() -> None:
    before, after = lift(1, squat(), done("plank")), lift(1, done("plank"), squat())
    (session,) = difference_between(result(before), result(after)).sessions
    assert (session.reordered, session.exercises, session.kinds) == (True, (), ("details",))
    assert session.text == "Week 1, A: the exercises in another order"


@pytest.mark.parametrize(
    ("after", "before", "text"),
    [
        ("1 point", "12 points", "1 instead of 12 points"),
        ("a", "a", "a instead of a"),
        ("a b", "b", "a b instead of b"),
        ("the same end", "end", "the same end instead of end"),
        ("x 5 s", "x 3 s", "x 5 instead of 3 s"),
        ("10 s", "10 repetitions", "10 s instead of 10 repetitions"),
    ],
)
def test_what_both_texts_share_is_said_once(after: str, before: str, text: str) -> None:
    assert instead(after, before) == text


def test_sentences_that_differ_in_much_are_told_in_full() -> None:
    assert sentence_instead("B on Sun is late", "A on Sun is late") == "B instead of A on Sun is late"
    one, other = "one two three four five six", "a b c d e f"
    assert sentence_instead(one, other) == f"{one}; before: {other}"


# --- sessions --------------------------------------------------------------------------------------------


def test_a_session_tells_its_move_and_its_exercises_in_one_sentence() -> None:
    found = difference_between(result(lift(1, squat(sets=4))), result(lift(2, squat(82.5))))
    (session,) = found.sessions
    assert session.text == (
        "Week 1, A: Tue 8 Sep 17:00 -> Wed 9 Sep 17:00, 3 sets in 45 min; "
        "Back squat: 3 instead of 4 sets, 82.5 instead of 80 kg"
    )
    assert session.kinds == ("sets", "loads")
    assert found.headline == (
        "moves 1 session, adds none, changes the sets of 1 and the loads of 1: the same points"
    )


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        (lift(1), lift(2), ()),
        (lift(1), lift(1, sets=8), ("sets",)),  # without exercises
        (lift(1), lift(1, end=1080), ("minutes",)),
        (lift(1, squat()), lift(1, squat(), done("plank")), ("exercises",)),
        (lift(1, squat()), lift(1, squat(sets=2, reps=8), done("plank")),
         ("exercises", "sets", "repetitions")),
        (lift(1, squat()), lift(1, squat(rir=1)), ("details",)),
        (lift(1, squat(rest_seconds=60)), lift(1, squat(rest_seconds=90), end=1070), ("details",)),
    ],
)  # fmt: skip
def test_what_is_counted_of_a_session(
    before: PlannedSession, after: PlannedSession, kinds: tuple[str, ...]
) -> None:
    (session,) = difference_between(result(before), result(after)).sessions
    assert session.kinds == kinds


def test_sessions_on_one_side_alone_tell_no_exercises() -> None:
    found = difference_between(result(lift(1, squat())), result(lift(3, squat(), name="B")))
    assert [(one.session, one.exercises, one.kinds) for one in found.sessions] == [
        ("w01-A", (), ()), ("w01-B", (), ()),
    ]  # fmt: skip
    assert (found.moved, found.added, found.left_out, found.resized) == (0, 1, 1, 0)
    assert found.headline == "moves no session, adds 1, leaves out 1: the same points"


def test_counts_and_headline_of_several() -> None:
    before = result(lift(0), lift(2, name="B"), lift(4, name="C"), lift(8))
    after = result(lift(1), lift(2, name="B", sets=5), lift(9), lift(11, name="D"))
    found = difference_between(before, after)
    assert (found.moved, found.added, found.left_out, found.resized) == (2, 1, 1, 1)
    assert found.headline == (
        "moves 2 sessions, adds 1, leaves out 1, changes the sets of 1: the same points"
    )


# --- weeks -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"phase": "build"}, "build instead of base"),
        ({"profile": "power"}, "power instead of strength loads"),
        ({"profile": ""}, "no longer strength loads"),
        ({"deload": True, "set_factor": 0.6}, "now a lighter week, 60 instead of 100 % of the sets"),
        ({"set_factor": 0.998}, ""),  # as it is told
        ({"sets": 16, "minutes": 75}, "16 instead of 20 sets, 75 instead of 90 min"),
        ({"sessions": 1}, "1 instead of 2 sessions"),
        ({"distance_km": 50.25}, "50.2 instead of 48 km"),
        ({"distance_km": None}, "no longer 48 km"),
        ({"full_sets": 30, "pattern_sets": {"squat": 3.0}}, ""),
    ],
)
def test_what_changed_in_a_week(change: dict[str, Any], text: str) -> None:
    found = difference_between(result(weeks=(week(1), week(2))), result(weeks=(week(1), week(2, **change))))
    assert [one.text for one in found.weeks] == ([f"Week 2: {text}"] if text else [])
    assert found.headline == ("changes no session: the same points" if text else "the same plan")


def test_a_week_tells_the_runners_unit_and_only_what_differs() -> None:
    one, other = (result(weeks=(week(1, distance_km=km),), units="mi") for km in (16.0934, 32.1869))
    (change,) = difference_between(one, other).weeks
    assert change.text == "Week 1: 20 instead of 10 mi"
    assert change.to_dict() == {
        "week": 1,
        "before": {"distance_km": 16.0934},
        "after": {"distance_km": 32.1869},
        "text": "Week 1: 20 instead of 10 mi",
    }


def test_weeks_on_one_side_alone() -> None:
    short, long = result(weeks=(week(1),)), result(weeks=(week(1), week(2)))
    (added,), (gone,) = difference_between(short, long).weeks, difference_between(long, short).weeks
    assert (added.text, gone.text) == ("Week 2: added", "Week 2: left out")
    assert (added.before, gone.after, added.differs) == (None, None, ())
    # Of a week on one side alone all is told.
    told = added.to_dict()
    assert (told["before"], told["after"]["sets"], told["text"]) == (None, 20, "Week 2: added")


def test_blocks_of_other_days_say_so() -> None:
    later = result(weeks=(week(1, start=MONDAY + timedelta(7)),))
    found = difference_between(result(weeks=(week(1),)), later)
    assert not found.same
    assert found.remark == (
        "The blocks start on Mon 7 Sep 2026 and Mon 14 Sep 2026; weeks are matched by their number."
    )
    assert difference_between(result(weeks=()), later).remark == ""


# --- rules -----------------------------------------------------------------------------------------------


def rules(before: tuple[Any, ...], after: tuple[Any, ...]) -> tuple[RuleChange, ...]:
    return difference_between(result(costs=before), result(costs=after)).rules


def test_the_same_cases_cancel_out_one_by_one() -> None:
    late = case("late")
    (change,) = rules((cost("gap", late, late, case("early")),), (cost("gap", case("early"), late),))
    assert [(one.change, one.before, one.after) for one in change.cases] == [("gone", late, None)]
    assert (change.before, change.after, change.difference) == (15, 10, -5)
    assert change.text == "-5 gap, 10 instead of 15 points"
    assert change.cases[0].text == "-5, gone: late"
    # In another order they are the same.
    assert rules((cost("gap", late, case("early")),), (cost("gap", case("early"), late),)) == ()


def test_cases_about_the_same_days_are_pairs() -> None:
    (change,) = rules(
        (cost("gap", case("A is 3 h short", 3), case("B on Monday", day=0)),),
        (cost("gap", case("A is 5 h short", 5), case("B on Friday", day=4)),),
    )
    assert [(one.change, one.what, one.points) for one in change.cases] == [
        ("changed", "changed: A is 5 instead of 3 h short", 2),
        ("gone", "gone: B on Monday", -5),
        ("new", "new: B on Friday", 5),
    ]
    # In another unit, or by another rule, it is another thing.
    (change,) = rules((cost("gap", case("a", unit="h")),), (cost("gap", case("b", unit="sets")),))
    assert [one.change for one in change.cases] == ["gone", "new"]
    assert [one.rule for one in rules((cost("gap", case("a")),), (cost("rest", case("b")),))] == [
        "gap",
        "rest",
    ]


def test_a_case_with_other_points_is_changed() -> None:
    (change,) = rules((cost("gap", case("a", 3)),), (cost("gap", case("a", 4)),))
    assert [one.text for one in change.cases] == ["+1, changed: a"]


def test_a_rule_with_as_many_points_for_other_cases_is_told() -> None:
    (change,) = rules((cost("gap", case("a", day=1)),), (cost("gap", case("b", day=2)),))
    assert change.text == "0 gap, 5 points as before"


def test_the_largest_difference_comes_first() -> None:
    found = rules(
        (cost("b", case("x", 1)), cost("c", case("y", 9))), (cost("a", case("z", 1)), cost("d", case("u", 2)))
    )
    assert [(one.rule, one.difference) for one in found] == [("c", -9), ("d", 2), ("a", 1), ("b", -1)]


def test_headlines_tell_the_points() -> None:
    def told(before: int, after: int) -> str:
        return difference_between(
            result(costs=(cost("a", case("x", before)),)), result(costs=(cost("a", case("x", after)),))
        ).headline

    assert told(1, 15) == "changes no session: +14 points"
    assert told(2, 1) == "changes no session: -1 point"
    assert told(1, 1) == "the same plan"


# --- the whole -------------------------------------------------------------------------------------------


def test_both_sides_are_told() -> None:
    unproven = result(
        status=mc.Status.FEASIBLE, proven=False, name="Spring", costs=(cost("a", case("x", 7)),)
    )
    found = difference_between(result(), unproven)
    assert (found.before.name, found.before.status, found.before.text) == (
        "Autumn",
        "optimal",
        "0 points, proven",
    )
    assert (found.after.name, found.after.status, found.after.text) == (
        "Spring",
        "feasible",
        "7 points, not proven",
    )
    assert (found.proven, found.difference) == (False, 7)
    assert difference_between(result(), result()).proven
    # Points that are not told are those of the costs.
    assert difference_between(result(), unproven.model_copy(update={"objective": None})).difference == 7


def test_a_result_without_a_plan_is_an_error() -> None:
    none = result(name="No way", status=mc.Status.INFEASIBLE, proven=False, objective=None, plan=None)
    with pytest.raises(
        ValueError, match=r"^the first result, 'No way', holds no plan: no block satisfies all"
    ):
        difference_between(none, result())
    with pytest.raises(ValueError, match=r"^the second result, 'No way', holds no plan"):
        difference_between(result(), none)


def test_it_prints_in_a_few_lines() -> None:
    same = difference_between(result(lift(1)), result(lift(1)))
    assert str(same) == "Autumn: the same plan"
    found = difference_between(
        result(lift(1, squat()), weeks=(week(1),)),
        result(
            lift(1, squat(82.5)), weeks=(week(1, sets=3),), costs=(cost("a", case("x", 2)),), name="Winter"
        ),
    )
    assert str(found).splitlines() == [
        "Autumn -> Winter: moves no session, adds none, changes the loads of 1: +2 points",
        "  Week 1, A: Back squat: 82.5 instead of 80 kg",
        "  Week 1: 3 instead of 20 sets",
        "  +2 a, 2 instead of 0 points",
    ]
    many = difference_between(
        result(*(lift(7 * n, squat()) for n in range(20))),
        result(*(lift(7 * n, squat(85)) for n in range(20))),
    )
    lines = str(many).splitlines()
    assert (len(lines), lines[-1]) == (MOST_LINES + 2, "  and 8 more")


def test_plain_data_has_every_fact_and_its_sentence() -> None:
    before = result(lift(1, squat(), done("plank")), costs=(cost("a", case("x", 3)),))
    after = result(lift(2, squat(82.5), done("push_up")), costs=(cost("a", case("y", 3, day=2)),))
    found = difference_between(before, after)
    told = json.loads(json.dumps(found.to_dict()))
    assert told["counts"] == {
        "moved": 1, "added": 0, "left_out": 0, "resized": 0, "exercises": 1, "sets": 0, "repetitions": 0,
        "loads": 1, "minutes": 0, "details": 0,
    }  # fmt: skip
    assert (told["schema_version"], told["same"], told["headline"]) == (1, False, found.headline)
    (session,) = told["sessions"]
    assert session["move"]["text"] == "w01-A: Tue 8 Sep 17:00 -> Wed 9 Sep 17:00"
    squatted, swapped = session["exercises"]
    # Only what differs.
    assert squatted["before"] == {"load": "80 kg", "weights": [80.0], "weight_unit": "kg", "percent": None}
    assert squatted["text"] == "Back squat: 82.5 instead of 80 kg"
    assert (swapped["replaces"], swapped["after"]["sets"]) == ("plank", 2)
    (rule,) = told["rules"]
    assert (rule["difference"], [one["text"] for one in rule["cases"]]) == (0, ["-3, gone: x", "+3, new: y"])
    assert pickle.loads(pickle.dumps(found)) == found
    assert PlanDifference.model_validate(found.model_dump()) == found


# --- any two plans ---------------------------------------------------------------------------------------

ITEMS = st.builds(
    lambda exercise, sets, reps, weight, variant, rir: PlannedExercise(
        exercise=exercise, sets=sets, reps=reps, weight=weight, weight_unit=weight and "kg", variant=variant,
        rir=rir, relative_percent=reps / 4,
    ),
    st.sampled_from(sorted(NAMES)),
    st.integers(1, 2),
    st.sampled_from([5, 8]),
    st.sampled_from([None, 80.0, 82.5]),
    st.sampled_from([None, "hold", "heavier"]),
    st.sampled_from([None, 2]),
)  # fmt: skip
LIFTS = st.builds(
    lambda number, start, sets, items: lift(7 * number, *items, start=start, end=1200, sets=sets),
    st.integers(0, 2),
    st.sampled_from([1020, 1020, 1020, 1080]),
    st.sampled_from([9, 9, 9, 8]),
    st.lists(ITEMS, max_size=4),
)
CASES = st.lists(
    st.builds(
        case, st.sampled_from("ab"), st.integers(1, 2), st.integers(0, 1), st.sampled_from(["h", "sets"])
    ),
    max_size=4,
)


def made(lifts: list[PlannedSession], one: list[Any], other: list[Any]) -> Result:
    several = [cost(rule, *cases) for rule, cases in (("gap", one), ("rest", other)) if cases]
    weeks = tuple(week(number, sets=len(lifts)) for number in range(1, 4))
    return result(*lifts, costs=tuple(several), weeks=weeks)


RESULTS = st.builds(made, st.lists(LIFTS, max_size=3, unique_by=lambda one: one.id), CASES, CASES)


def card(session: PlannedSession) -> tuple[object, ...]:
    """What is read on a session's card, by the words that print it."""
    lines = (
        (
            i.exercise,
            amount(i),
            weight(i),
            share_text(i),
            growth(i) if i.weight is None else "",
            reserve(i),
            way(i),
        )
        for i in session.exercises
    )
    return session.date, session.start, session.end, session.sets, *lines


def mirrored(found: PlanDifference) -> dict[str, Any]:
    """What the other direction should tell, but for the order."""
    turned = {"added": "left out", "left out": "added", "gone": "new", "new": "gone"}
    return {
        "sides": (found.after, found.before),
        "sessions": {
            one.session: (
                one.move and (turned.get(one.move.change, one.move.change), one.move.after, one.move.before),
                one.reordered,
                Counter(map(turned_exercise, one.exercises)),
            )
            for one in found.sessions
        },
        "weeks": [(one.week, one.after, one.before) for one in found.weeks],
        "rules": {
            one.rule: Counter(
                (turned.get(c.change, c.change), str(c.after), str(c.before)) for c in one.cases
            )
            for one in found.rules
        },
    }


def turned_exercise(item: ExerciseChange) -> tuple[object, ...]:
    change = {"added": "left out", "left out": "added"}.get(item.change, item.change)
    if item.change == "replaced":
        return change, item.replaces, item.exercise, item.after, item.before
    return change, item.exercise, "", item.after, item.before


def straight(found: PlanDifference) -> dict[str, Any]:
    return {
        "sides": (found.before, found.after),
        "sessions": {
            one.session: (
                one.move and (one.move.change, one.move.before, one.move.after),
                one.reordered,
                Counter((i.change, i.exercise, i.replaces, i.before, i.after) for i in one.exercises),
            )
            for one in found.sessions
        },
        "weeks": [(one.week, one.before, one.after) for one in found.weeks],
        "rules": {
            one.rule: Counter((c.change, str(c.before), str(c.after)) for c in one.cases)
            for one in found.rules
        },
    }


SEEN: Counter[str] = Counter()


@settings(max_examples=300)
@given(RESULTS, RESULTS)
def _hold_for_any_two(one: Result, other: Result) -> None:
    assert difference_between(one, one).same
    found, back = difference_between(one, other), difference_between(other, one)
    assert mirrored(found) == straight(back)
    assert found.difference == -back.difference == sum(rule.difference for rule in found.rules)
    for rule in found.rules:
        assert rule.difference == sum(c.points for c in rule.cases)
        assert rule.cases
    cards = [{s.id: card(s) for s in side.plan.sessions} for side in (one, other) if side.plan]
    differ = {key for key in {*cards[0], *cards[1]} if cards[0].get(key) != cards[1].get(key)}
    assert {session.session for session in found.sessions} == differ
    assert found.same == (not differ and not found.weeks and not found.rules)
    assert all(
        text for session in found.sessions for text in (session.text, *(i.what for i in session.exercises))
    )
    json.dumps(found.to_dict())
    SEEN.update(session.move.change for session in found.sessions if session.move)
    SEEN.update(item.change for session in found.sessions for item in session.exercises)
    SEEN.update(c.change for rule in found.rules for c in rule.cases)
    SEEN.update(["reordered"] * any(session.reordered for session in found.sessions))
    SEEN.update(["unmoved"] * any(session.move is None for session in found.sessions))


def test_for_any_two_plans() -> None:
    SEEN.clear()
    _hold_for_any_two()
    kinds = ("moved", "resized", "added", "left out", "changed", "replaced", "gone", "new")
    assert {*SEEN} >= {*kinds, "reordered", "unmoved"}, SEEN


@cache
def solved(name: str, *changes: tuple[str, str]) -> Result:
    text = (SCENARIOS / f"{name}.yaml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    from mesocycle.files.scenario import load_bytes

    return mc.solve(load_bytes(text.encode(), name)[0])


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("half_marathon", ('thu: ["17:00-20:00"]', "thu: []")),
        ("marathon_16", ("back_squat: 110", "back_squat: 115")),
    ],
)
def test_planned_blocks_differ_in_what_their_cards_tell(name: str, change: tuple[str, str]) -> None:
    before, after = solved(name), solved(name, change)
    found = difference_between(before, after)
    assert sum(rule.difference for rule in found.rules) == found.difference
    assert found.difference == (after.objective or 0) - (before.objective or 0)
    cards = [{s.id: card(s) for s in side.plan.sessions} for side in (before, after) if side.plan]
    differ = {key for key in {*cards[0], *cards[1]} if cards[0].get(key) != cards[1].get(key)}
    assert differ
    assert {session.session for session in found.sessions} == differ
    assert difference_between(before, Result.from_dict(before.to_dict())).same


def test_a_heavier_record_changes_loads_alone() -> None:
    record = ("back_squat: 110", "back_squat: 115")
    found = difference_between(solved("marathon_16"), solved("marathon_16", record))
    assert {session.kinds for session in found.sessions} == {("loads",)}
    assert (found.moved, found.added, found.left_out, found.weeks, found.rules) == (0, 0, 0, (), ())


def test_the_parts_are_public() -> None:
    assert (mc.CaseChange, mc.RuleChange, mc.WeekChange) == (CaseChange, RuleChange, WeekChange)
    assert (mc.ExerciseChange, mc.Work, mc.SessionChange) == (ExerciseChange, Work, SessionChange)
    assert (mc.Move, mc.PlanDifference) == (Move, PlanDifference)
