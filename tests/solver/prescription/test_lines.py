"""Sets written one by one inside the solver: which are due, which are kept, what they load and cost."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from blocks import context_of, few_problem

import mesocycle as mc
from mesocycle.files.library import exercises, schemes
from mesocycle.models.schemes import Scheme
from mesocycle.models.sessions import SessionExercise
from mesocycle.solver.prescription.clock import WeekKind
from mesocycle.solver.prescription.items import Item
from mesocycle.solver.prescription.lifts import Lift
from mesocycle.solver.prescription.schemes import DueLine, Schemes, standing
from mesocycle.solver.prescription.versions import allowed

RUNS = {
    "tue": {"type": "intervals", "start": "06:30", "minutes": 60},
    "sun": {"type": "long", "start": "08:00", "minutes": 110},
}
SQUAT = {"exercise": "back_squat", "scheme": "wave_531"}
PLANK = {"exercise": "plank", "sets": [1, 4]}


def block(*entries: dict[str, Any], weeks: int = 4, **more: Any) -> dict[str, Any]:
    data: dict[str, Any] = {
        "start": "2027-01-04",
        "weeks": weeks,
        "runs": {"week": RUNS, "cutback_weeks": [4]},
        "strength": {
            "sessions_per_week": 1,
            "sessions": [{"name": "A", "exercises": list(entries)}],
            "records": {"back_squat": 100},
        },
    }
    data["strength"] |= more.pop("strength", {})
    return data | more


def lifts(*entries: dict[str, Any], **more: Any) -> tuple[Lift, ...]:
    return few_problem(context_of(block(*entries, **more))).lifts


def doses(item: Item) -> list[int]:
    return [item.dose_of(count) for count in range(item.most + 1)]


def test_each_set_of_a_line_loads_the_legs_by_its_own_percent() -> None:
    first, *_, lighter = lifts(SQUAT)
    # 58, 67 and 76 % of 80 % are 725, 838 and 950; the last, as often as it goes, counts a quarter more.
    assert doses(first.items[0]) == [0, 1188, 2026, 2751]
    # 36, 45 and 54 %: no set counts less than three fifths.
    assert doses(lighter.items[0]) == [0, 675, 1275, 1875]
    whole = first.space.version((3,))
    assert (whole.dose, whole.leg_sets) == (2751, 3)


def test_a_range_of_repetitions_is_one_set_as_often_as_there_are_sets() -> None:
    (first, *_) = lifts({"exercise": "back_squat", "reps": "8-12", "sets": [2, 3]})
    (item,) = first.items
    assert (item.least, item.most) == (2, 3)
    # Eight with two in reserve are 75 %: 938 a set.
    assert doses(item) == [0, 938, 1876, 2814]


def test_a_share_trims_a_line_and_never_the_lighter_one() -> None:
    first, *_, lighter = lifts(SQUAT, PLANK)
    half = Fraction(1, 2)
    # Half of seven sets are four: the squat keeps two as a main lift, the lighter line all of its three.
    assert allowed(first.items, half) == (2, 2)
    assert allowed(lighter.items, half) == (3, 1)
    assert allowed(lighter.items, Fraction(1, 10)) == (3, 1)
    assert not first.items[0].untrimmed
    assert lighter.items[0].untrimmed


@pytest.mark.parametrize(
    ("sets", "kept"),
    [
        # The heaviest set first, of equals the last; then the last, and from the heaviest down.
        (["5 @ 65 %", "5 @ 75 %", "5+ @ 85 %"], [(), (2,), (1, 2), (0, 1, 2)]),
        (["5 @ 80 %", "5 @ 70 %", "5 @ 70 %"], [(), (0,), (0, 2), (0, 1, 2)]),
        (["5 @ 70 %", "3 @ 80 %", "1 @ 85 %", "8 @ 60 %"], [(), (2,), (2, 3), (1, 2, 3), (0, 1, 2, 3)]),
        (["5 rir 2", "8-12"], [(), (1,), (0, 1)]),
        (["5 @ 60 %"], [(), (0,)]),
    ],
)
def test_which_sets_are_kept(sets: list[str], kept: list[tuple[int, ...]]) -> None:
    scheme = Scheme.model_validate({"lines": [sets]})
    due = DueLine("mine", scheme, scheme.lines[0], 0, False)
    assert [due.kept(count) for count in range(len(sets) + 1)] == kept


def kind(number: int, working: bool = True, returning: bool = False) -> WeekKind:
    return WeekKind(number, "base", working, returning)


def turns(scheme: str, *weeks: WeekKind) -> list[tuple[str, int]]:
    """The first set of the line that is due in each week, and how often all lines were done by then."""
    places, squat = Schemes(schemes()), exercises()["back_squat"]
    entry = SessionExercise(exercise="back_squat", scheme=scheme)
    found = [places.due(squat, entry, week) for week in weeks]
    return [(str(due.sets[0]), due.through) for due in found if due is not None]


def test_lines_come_in_their_turn_and_lighter_weeks_take_none() -> None:
    weeks = [kind(1), kind(2), kind(3, working=False), kind(4), kind(5), kind(6, returning=True), kind(7)]
    assert turns("wave_531", *weeks) == [
        ("5 @ 65 %", 0),
        ("3 @ 70 %", 0),
        ("5 @ 40 %", 0),
        ("5 @ 75 %", 0),
        ("5 @ 65 %", 1),
        ("5 @ 40 %", 1),
        ("3 @ 70 %", 1),
    ]


def test_the_lighter_line_ends_what_was_done_before() -> None:
    # After three lines the next would be the first of the second time: the training max is still the first.
    weeks = [kind(1), kind(2), kind(3), kind(4, working=False), kind(5)]
    assert turns("wave_531", *weeks)[3:] == [("5 @ 40 %", 0), ("5 @ 65 %", 1)]
    assert turns("wave_531", kind(1, working=False), kind(2)) == [("5 @ 40 %", 0), ("5 @ 65 %", 0)]


def grown(through: int, of: str, one_rm: int | None, step: str, unit: str = "kg") -> Fraction | None:
    data = {"of": of, "lines": [["5 @ 65 %"]], "grow": {"legs": step, "upper": "1 kg"}}
    scheme = Scheme.model_validate(data)
    due = DueLine("mine", scheme, scheme.lines[0], through, False)
    record = None if one_rm is None else Fraction(one_rm)
    return standing(due, exercises()["back_squat"], record, unit, Fraction(6, 5))


def test_what_a_training_max_stands_for() -> None:
    assert grown(0, "90 %", 100, "5 kg") == 1
    assert grown(1, "90 %", 100, "5 kg") == Fraction(95, 90)
    assert grown(2, "90 %", 100, "5 kg") == Fraction(100, 90)
    assert grown(4, "90 %", 100, "5 kg") == Fraction(6, 5)  # 110 of 90 would be more
    # A gym with pounds has ten where one with kilos has five, and the other way round.
    assert grown(1, "90 %", 200, "5 kg", "lb") == Fraction(190, 180)
    assert grown(1, "90 %", 100, "10 lb", "kg") == Fraction(95, 90)
    assert grown(1, "90 %", 200, "10 lb", "lb") == Fraction(190, 180)
    # Percent need no record: of the first training max each.
    assert grown(2, "90 %", None, "2.5 %") == Fraction(105, 100)
    assert grown(2, "90 %", 100, "2.5 %") == Fraction(105, 100)


def test_time_takes_the_lightest_sets_first() -> None:
    # Eight minutes of warm-up, 75 s to set up, 200 s a set: three take 19.25 min, two 15.9, one 12.6.
    seen = []
    for minutes, left in ((20, ["5", "5", "5+"]), (16, ["5", "5+"])):
        data = block(SQUAT, weeks=1)
        data["runs"]["cutback_weeks"] = []
        data["strength"]["sessions"][0]["minutes"] = minutes
        plan = mc.solve(data).plan
        assert plan is not None
        (item,) = plan.sessions[0].exercises
        work = [one for one in item.set_list if not one.warm_up]
        assert [f"{one.reps}{'+' * one.or_more}" for one in work] == left
        seen.append([one.weight for one in work])
    assert seen == [[57.5, 67.5, 77.5], [67.5, 77.5]]


def test_what_stands_in_takes_no_scheme() -> None:
    # At home a back squat is exchanged, and goes by its own repetitions.
    home = {"equipment": ["dumbbells", "kettlebell"]}
    for lift in lifts(SQUAT, athlete=home):
        (item,) = lift.items
        assert item.move is not None
        assert (item.move.requested, item.move.why) == ("back_squat", "kit")
        assert item.one_set is not None
        assert item.one_set.line is None
        assert not item.untrimmed
    plan = mc.solve(block(SQUAT, athlete=home)).plan
    assert plan is not None
    for session in plan.sessions:
        for exercise in session.exercises:
            assert exercise.scheme is None
            assert not any(one.or_more for one in exercise.set_list)


def test_what_begins_too_late_takes_no_scheme() -> None:
    # Nobody new begins a heavy squat four weeks before a race.
    data = block(SQUAT, athlete={"experience": "new"}, history={"familiar": ["goblet_squat"]})
    data["races"] = [{"date": "2027-01-31", "distance": "10k", "priority": "A"}]
    plan = mc.solve(data).plan
    assert plan is not None
    done = [exercise for session in plan.sessions for exercise in session.exercises]
    assert done
    assert all(exercise.scheme is None and (exercise.load or 0) < 75 for exercise in done)


def test_turns_leave_a_scheme_as_it_is() -> None:
    changing = {"exercise_rotation": {"every_weeks": 2, "least_weeks": 1, "main_weeks": 4}}
    entries = (
        {"exercise": "romanian_deadlift", "scheme": "top_set_back_off"},
        {"exercise": "single_leg_calf_raise", "scheme": "double_progression"},
        {"exercise": "forward_lunge", "sets": [2, 3]},
    )
    plan = mc.solve(block(*entries, weeks=8, rules=changing)).plan
    assert plan is not None
    followed = [one for session in plan.sessions for one in session.exercises if one.scheme]
    assert {(one.exercise, one.variant) for one in followed} == {
        ("romanian_deadlift", None),
        ("single_leg_calf_raise", None),
    }
    turned = {name for session in plan.sessions for name in session.rotated}
    assert turned
    assert not turned & {"romanian_deadlift", "single_leg_calf_raise"}


def test_in_a_superset_the_lighter_line_of_one_is_trimmed_for_none() -> None:
    # With dumbbells alone the press is exchanged and has no line; the calf raise after it has one.
    both = {"scheme": "top_set_back_off", "superset": "S"}
    entries = ({"exercise": "bench_press", **both}, {"exercise": "single_leg_calf_raise", **both})
    data = block(*entries, weeks=4, athlete={"equipment": ["dumbbells"]})
    lifts = few_problem(context_of(data)).lifts
    press, raised = lifts[3].items
    assert (press.exercise, raised.exercise) == ("push_up", "single_leg_calf_raise")
    assert press.untrimmed
    assert raised.untrimmed
    assert allowed(lifts[3].items, Fraction(1, 10)) == (2, 2)
    assert mc.solve(data).proven
