"""Targets in a scenario: what is refused, what a plan says of them, and that nothing changes without one."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from logged import data_of, planned

import mesocycle as mc
from mesocycle.models.errors import Problem, ScenarioError
from mesocycle.models.result import Result
from mesocycle.models.strength import Record
from mesocycle.models.targets import Target
from mesocycle.solver.plan.targets import as_set, reach_of, set_text
from mesocycle.solver.solve import fingerprint

BY = "2027-03-10"


def solved(**targets: Any) -> Result:
    return mc.solve(data_of(targets=targets))


def notes(**targets: Any) -> list[str]:
    return [note for note in solved(**targets).notes if note.startswith("Target")]


def problems(**targets: Any) -> tuple[Problem, ...]:
    with pytest.raises(ScenarioError) as refused:
        mc.load_scenario(data_of(targets=targets))
    return tuple(refused.value.problems)


def test_a_target_beyond_the_growth_is_noted_with_both_numbers() -> None:
    # 95 x 5 is a max of 95 x 35/30 = 110.8; week 10's, the last one by then, is 108.3.
    assert notes(back_squat={"set": "95 kg x 5", "by": BY}) == [
        "Target back squat 95 kg x 5 asks for a max of 110.8 kg: the growth of the plan comes to 108.3 kg by "
        "Wed 10 Mar, which does not reach it."
    ]


def test_a_target_within_the_growth_is_not_noted() -> None:
    assert notes(back_squat={"set": "92 kg x 5", "by": BY}) == []  # 92 x 35/30 = 107.3
    assert notes(back_squat={"set": 110, "by": "2027-04-30"}) == []  # week 12's max is 110.0


@pytest.mark.parametrize(
    ("name", "by", "why"),
    [
        ("deadlift", BY, "the plan does not have that lift"),
        ("back_squat", "2027-01-04", "the plan does not have that lift until then"),
        ("bench_press", BY, "the plan has no record of that lift to grow from"),
    ],
)
def test_where_the_plan_does_not_tell_it_says_why(name: str, by: str, why: str) -> None:
    (note,) = notes(**{name: {"set": 100, "by": by}})
    assert note.endswith(f": {why}.")
    assert "nothing tells whether it is reached" in note


def test_other_names_and_units_are_read() -> None:
    # 240 lb are 108.86 kg, as 1RM more than the 108.3 of week 10.
    assert notes(**{"Back squat": {"set": "240 lb", "by": BY}}) == [
        "Target back squat 108.86 kg once asks for a max of 108.9 kg: the growth of the plan comes to "
        "108.3 kg by Wed 10 Mar, which does not reach it."
    ]


@pytest.mark.parametrize(
    ("targets", "key", "words", "remedy"),
    [
        ({"back_sqat": {"set": 100, "by": BY}}, "back_sqat", "no such exercise", "did you mean back_squat"),
        (
            {"front plank": {"set": 100, "by": BY}},
            "front plank",
            "not counted in repetitions",
            "a lift that is",
        ),
        ({"back_squat": {"set": 100, "by": "2026-12-31"}}, "back_squat.by", "before the block", "later day"),
        ({"back_squat": {"set": "heavy", "by": BY}}, "back_squat.set", "expected a 1RM", ""),
        ({"back_squat": {"set": 100}}, "back_squat.by", "is missing", ""),
        ({"back_squat": {"set": 100, "by": BY, "on": BY}}, "back_squat.on", "", ""),
        (
            {"back_squat": {"set": 100, "by": BY}, "squat": {"set": 90, "by": BY}},
            "squat",
            "are the same exercise",
            "leave one out",
        ),
    ],
)
def test_a_wrong_target_is_refused_with_its_place_and_a_remedy(
    targets: dict[str, Any], key: str, words: str, remedy: str
) -> None:
    (problem,) = problems(**targets)
    assert problem.key == f"strength.targets.{key}"
    assert words in problem.message
    assert remedy in problem.remedy


def test_without_targets_a_scenario_is_what_it_was() -> None:
    scenario, result = planned()
    content = scenario.model_dump(
        mode="json", exclude={"variants": True, "grid": True, "strength": {"targets"}}
    )
    data = json.dumps(content, sort_keys=True, separators=(",", ":"))
    assert fingerprint(scenario) == hashlib.sha256(data.encode()).hexdigest() == result.run.input_sha256


def test_a_target_changes_nothing_of_the_block() -> None:
    plain, aimed = planned()[1].to_dict(), solved(back_squat={"set": "95 kg x 5", "by": BY}).to_dict()
    for told in (plain, aimed):
        del told["run"]
    assert plain.pop("notes") == aimed.pop("notes")[:-1]
    assert plain == aimed


def test_a_max_as_a_set() -> None:
    # 120 kg once is 120 x 30/35 for five, and 120 x 30/37 with two in reserve.
    assert as_set(Fraction(120), Record(weight=100, reps=5)) == Fraction(720, 7)
    assert as_set(Fraction(120), Record(weight=100, reps=5, rir=2)) == Fraction(3600, 37)
    assert as_set(Fraction(120), Record(one_rm=100)) == 120
    assert set_text(Record(weight=100, reps=5, rir=2), "lb") == "100 lb x 5 with 2 in reserve"


def test_what_is_needed_is_compared_as_it_is_shown() -> None:
    # 92.83 x 5 is 108.30: as much as the 108.3 of week 10.
    plan = planned()[1].plan
    assert plan is not None
    target = Target.model_validate({"set": "92.83 x 5", "by": date(2027, 3, 10)})
    assert reach_of(plan, "back_squat", target).reaches
