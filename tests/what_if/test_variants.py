"""What is wanted of a scenario: its own variants, its grid, those from elsewhere; what is wrong, where."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from batches import BLOCK

import mesocycle as mc
from mesocycle.files.yaml_source import parse
from mesocycle.models.errors import ScenarioError, ScenarioFileError
from mesocycle.models.outcome import RowStatus
from mesocycle.models.scenario import Scenario, Variant
from mesocycle.what_if.batch import Batch, BatchCallbacks, BatchOptions
from mesocycle.what_if.variants import (
    Broken,
    Case,
    RowRequest,
    case_from,
    case_in,
    case_of,
    count_rows,
    distinct_names,
    variants_of,
)

VARIED: dict[str, Any] = {
    **BLOCK,
    "variants": [
        {"name": "one", "set": {"weeks": 3}},
        {"name": "two", "set": {"strength.sessions_per_week": 1}},
    ],
    "grid": {"policy": ["auto", "stack_hard"], "strength.sessions_per_week": [1, 2, 3]},
}


def wanted(case: Case, *more: Variant) -> list[RowRequest]:
    return list(variants_of(case, more))


def one(values: dict[str, Any], data: dict[str, Any] = BLOCK) -> RowRequest:
    """The only variant of a scenario."""
    return wanted(case_from(data, "x"), Variant(name="v", set=values))[1]


def scenario(found: RowRequest) -> Scenario:
    assert not found.problems, found.problems
    return Scenario.model_validate_json(found.scenario)


def test_the_base_its_variants_its_grid_and_those_from_elsewhere_in_this_order() -> None:
    found = wanted(case_from(VARIED, "x"), Variant(name="more", set={"weeks": 4}))
    assert [row.name for row in found] == [
        "base", "one", "two",
        "policy=auto, sessions_per_week=1", "policy=auto, sessions_per_week=2",
        "policy=auto, sessions_per_week=3",
        "policy=stack_hard, sessions_per_week=1", "policy=stack_hard, sessions_per_week=2",
        "policy=stack_hard, sessions_per_week=3",
        "more",
    ]  # fmt: skip
    assert [row.is_base for row in found] == [True] + [False] * 9
    assert count_rows([case_from(VARIED, "x")], 1) == len(found)


def test_what_is_solved_holds_no_what_ifs_of_its_own() -> None:
    for row in wanted(case_from(VARIED, "x")):
        assert (scenario(row).variants, scenario(row).grid) == ((), {})


def test_a_variant_sets_its_values_and_nothing_else() -> None:
    base = mc.load_scenario(BLOCK)
    assert scenario(one({})) == base
    changed = scenario(one({"strength.sessions_per_week": 1, "weeks": 3}))
    assert changed == mc.load_scenario({**BLOCK, "weeks": 3, "strength": {"sessions_per_week": 1}})


@pytest.mark.parametrize("case", [case_from(BLOCK, "x"), case_of(mc.load_scenario(BLOCK), "x")])
@pytest.mark.parametrize(
    ("values", "data"),
    [
        ({"runs.week.tue.start": "06:00"}, {"tue": {"type": "intervals", "start": "06:00", "minutes": 60}}),
        ({"runs.week.Tuesday.minutes": 50}, {"tue": {"type": "intervals", "start": "06:30", "minutes": 50}}),
        ({"runs.week.tue[0].minutes": 50}, {"tue": {"type": "intervals", "start": "06:30", "minutes": 50}}),
        ({"runs.week.tue": "rest"}, {"tue": "rest"}),
    ],
)
def test_a_scenario_and_its_data_are_varied_alike(
    case: Case, values: dict[str, Any], data: dict[str, Any]
) -> None:
    found = wanted(case, Variant(name="v", set=values))[1]
    assert scenario(found) == mc.load_scenario({**BLOCK, "runs": {"week": BLOCK["runs"]["week"] | data}})


def test_dates_of_a_file_and_of_a_call_are_the_same_dates() -> None:
    document = parse(b"start: 2026-09-07\nweeks: 1\nathlete: {availability: {weekdays: ['17:00-20:00'], 2026-09-10: []}}\nruns: {week: {tue: {type: easy, start: '06:00', minutes: 30}}}\n", "a.yaml")  # noqa: E501  # fmt: skip
    case = case_in(document, "a")
    for key in ("2026-09-10", "2026-09-11"):
        found = scenario(
            wanted(case, Variant(name="v", set={f"athlete.availability.{key}": ["12:00-14:00"]}))[1]
        )
        availability = found.model_dump(mode="json")["athlete"]["availability"]
        assert json.dumps(availability).count(key) == 1
        assert "12:00-14:00" in json.dumps(availability)
    # A value that is a date itself.
    assert scenario(one({"start": date(2026, 9, 14)})).start == date(2026, 9, 14)


# --- one change or several -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "single"),
    [
        ({}, False),
        ({"weeks": 3}, True),
        ({"weeks": 2}, False),  # what it is anyway
        ({"weeks": 3, "policy": "stack_hard"}, True),  # of a grid that holds the base's own policy
        ({"weeks": 3, "policy": "auto"}, False),
        # Sound only together: both are changes.
        ({"start": "2026-09-14", "end": "2026-09-20", "weeks": None}, False),
    ],
)
def test_what_is_a_single_change(values: dict[str, Any], single: bool) -> None:
    assert one(values).single is single


# --- wrong -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "key", "message"),
    [
        ({"nonsense": 1}, "nonsense", "unknown key"),
        ({"strength.sesions_per_week": 1}, "strength.sesions_per_week", "unknown key"),
        ({"strength.sessions_per_week": 99}, "strength.sessions_per_week", "expected at most 6"),
        ({"weeks": "three"}, "weeks", "expected a whole number"),
        ({"weeks[0]": 1}, "weeks[0]", "leads nowhere"),
        ({"": 1}, "", "is no path"),
        ({"a..b": 1}, "a..b", "is no path"),
        ({"variants": []}, "variants", "a variant cannot change `variants`"),
        ({"grid.weeks": [1]}, "grid.weeks", "a variant cannot change `grid`"),
        ({"rules.lift_spacingg.weight": 1}, "rules.lift_spacingg", ""),
        ({"runs.week.sun": None}, "runs.week.sun", "nothing is written here; write rest or a run"),
        ({"athlete.availability.thu": []}, "athlete.availability", "no day of the block has a free window"),
    ],
)
def test_what_is_wrong_is_told_by_its_path(values: dict[str, Any], key: str, message: str) -> None:
    found = one(values)
    assert found.scenario == ""
    (problem, *_) = found.problems
    assert problem.key == key
    assert message in problem.message
    # No file, no place.
    assert (problem.line, problem.column) == (0, 0)


def test_a_wrong_one_costs_no_other() -> None:
    more = [Variant(name="bad", set={"nonsense": 1}), Variant(name="good", set={"weeks": 3})]
    batch = Batch([case_from(BLOCK, "x")], more)
    ((name, error),) = batch.wrong()
    assert name.endswith("bad")
    assert "nonsense" in str(error)
    comparison = batch.run(BatchOptions(), BatchCallbacks())
    assert [row.status for row in comparison] == [RowStatus.OPTIMAL, RowStatus.ERROR, RowStatus.OPTIMAL]
    assert comparison["bad"].reason == "nonsense: unknown key"
    assert comparison["bad"].changes == {"nonsense": 1}


FILE = b"""\
start: 2026-09-07
weeks: 2
runs:
  week:
    tue: {type: tempo, start: '06:30', minutes: 45}
variants:
  - name: first
    set: {weeks: 3}
  - name: second
    set:
      weeks: 3
      runs.week.tue.minutes: 9999
  - {name: third, set: {weeks: 3, rules.lift_spacing.weight: heavy}}
  - {name: fourth, set: {weeks: 3, "runs.week.tue[0].minutes": 9999}}
  - {name: fifth, set: {weeks: 3, runs.week.wed.minutes: 30}}
  - {name: sixth, set: {weeks: 3, 2x: 4}}
"""


@pytest.mark.parametrize(
    ("at", "line", "column"),
    # Each at its own value's key, though another path stands before it.
    [(2, 12, 7), (3, 13, 35), (4, 14, 36), (5, 15, 35), (6, 16, 35)],
)
def test_a_wrong_variant_of_a_file_has_its_own_place(at: int, line: int, column: int) -> None:
    found = wanted(case_in(parse(FILE, "a.yaml"), "a"))
    (problem, *_) = found[at].problems
    assert (problem.line, problem.column) == (line, column)


def test_those_from_elsewhere_have_no_place_in_the_file() -> None:
    found = wanted(case_in(parse(FILE, "a.yaml"), "a"), Variant(name="v", set={"weeks": 99}))[-1]
    assert [(problem.line, problem.column) for problem in found.problems] == [(0, 0)]


def test_a_wrong_scenario_is_refused() -> None:
    with pytest.raises(ScenarioError, match="weks"):
        case_from({**BLOCK, "weks": 2}, "x")
    with pytest.raises(ScenarioFileError, match=r"a\.yaml:1:1"):
        case_in(parse(b"weks: 2\nstart: 2026-09-07\nruns: {week: {}}\n", "a.yaml"), "x")


def test_nothing_is_changed_in_place() -> None:
    before = json.dumps(VARIED)
    list(variants_of(case_from(VARIED, "x"), [Variant(name="v", set={"runs.week.tue.start": "06:00"})]))
    assert json.dumps(VARIED) == before


# --- names -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "apart"),
    [
        ([], []),
        (["a", "b"], ["a", "b"]),
        (["a", "a", "a"], ["a", "a (2)", "a (3)"]),
        (["a", "a (2)", "a"], None),
        (["a (2)", "a", "a"], None),
    ],
)
def test_names_tell_scenarios_apart(names: list[str], apart: list[str] | None) -> None:
    found = distinct_names(names)
    assert len(set(found)) == len(names)
    assert apart is None or found == apart


@pytest.mark.parametrize("names", [["a", "a (2)", "a"], ["base", "base (2)"], ["x", "x", "x (2)", "x"]])
def test_names_of_variants_are_made_different(names: list[str]) -> None:
    found = wanted(case_from(BLOCK, "x"), *(Variant(name=name, set={}) for name in names))
    assert len({row.name for row in found}) == len(names) + 1


def test_a_case_keeps_its_label() -> None:
    case = case_of(mc.load_scenario(BLOCK))
    assert case.label == "Tiny"
    assert case.called("other").label == "other"
    broken = Broken("x", ScenarioError(()))
    assert broken.called("y") == Broken("y", broken.error)


def test_examples_of_the_repository_are_understood() -> None:
    # Whatever what-ifs they hold: none is wrong.
    for path in sorted((Path(__file__).parents[2] / "scenarios").glob("*.yaml")):
        case = case_in(parse(path.read_bytes(), path.name), path.stem)
        assert [row.problems for row in wanted(case) if row.problems] == []
