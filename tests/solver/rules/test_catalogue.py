"""The catalogue is complete: every rule has its page, weight, verifier, parameters and tests."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
from annotated_types import Ge, Le, MaxLen
from pydantic.fields import FieldInfo

import mesocycle as mc
from mesocycle.output import pages
from mesocycle.solver import rules
from mesocycle.solver.rules import BY_ID, CATALOGUE, RuleSettings
from mesocycle.solver.rules.base import Parameters, Rule, Section, Settings
from mesocycle.solver.rules.check import understand
from mesocycle.solver.rules.settings import read_settings
from mesocycle.solver.verify import CHECKS

HEADINGS = ("What it does", "Why", "Options", "Source")
NO_RULES = {"__init__", "base", "cases", "check", "notices", "parameters", "settings"}
ROOT = Path(__file__).parents[3]
IDS = [rule.id for rule in CATALOGUE]

PRICED = [rule for rule in CATALOGUE if issubclass(rule.parameters, Parameters)]

each_rule = pytest.mark.parametrize("rule", CATALOGUE, ids=IDS)


def own_parameters(rule: Rule) -> dict[str, FieldInfo]:
    """Parameters beyond the two that every rule has."""
    fields = rule.parameters.model_fields
    return {name: info for name, info in fields.items() if name not in ("hard", "weight")}


def numbers(rule: Rule) -> dict[str, FieldInfo]:
    return {
        name: info
        for name, info in rule.parameters.model_fields.items()
        if info.annotation in (int, float, int | None)
    }


def members(info: FieldInfo) -> list[FieldInfo]:
    """The numbers of a tuple that has a fixed count of them, with their bounds."""
    parts = get_args(info.annotation) if get_origin(info.annotation) is tuple else ()
    if Ellipsis in parts:
        return []
    return [one for part in parts for one in get_args(part)[1:] if isinstance(one, FieldInfo)]


def bounds(info: FieldInfo) -> tuple[Any, Any]:
    least = [one.ge for one in info.metadata if isinstance(one, Ge)]
    most = [one.le for one in info.metadata if isinstance(one, Le)]
    assert len(least) == len(most) == 1, info
    return least[0], most[0]


def lies_within(info: FieldInfo, value: Any) -> bool:
    least, most = bounds(info)
    return bool(0 <= least <= value <= most <= 480 and least < most)


def scenario(settings: dict[str, Any]) -> mc.Scenario:
    return mc.load_scenario({"start": "2026-09-07", "weeks": 2, "runs": {"week": {}}, "rules": settings})


def read(scenario: mc.Scenario) -> RuleSettings:
    settings, wrong = read_settings(scenario)
    assert settings is not None
    assert not wrong
    return settings


def chosen(rule: Rule, value: Any) -> Any:
    """The settings of a rule, as they are written."""
    return dict(read(scenario({rule.id: value})).items()).get(rule.id)


def problems(settings: dict[str, Any]) -> set[str]:
    """Paths of what is wrong with the rules of a scenario."""
    with pytest.raises(mc.ScenarioError, match=r"scenario: \d+ problem") as caught:
        understand(scenario(settings))
    return {problem.key for problem in caught.value.problems}


def test_one_file_for_each_rule() -> None:
    files = {path.stem for path in Path(rules.__file__).parent.glob("*.py")} - NO_RULES
    assert files == set(IDS)
    assert len(IDS) == len(set(IDS)) == len(BY_ID)


def test_one_test_file_for_each_rule() -> None:
    files = {path.stem for path in Path(__file__).parent.glob("test_*.py")}
    assert files - {"test_catalogue"} == {f"test_{rule}" for rule in IDS}


def test_the_verifier_checks_every_rule_that_can_be_broken() -> None:
    # What the prescription's rules ask for is checked as the plan is read (`verify.cards`, `verify.items`).
    assert set(CHECKS) == {rule.id for rule in CATALOGUE if rule.section is not Section.PRESCRIPTION}
    grounded = {rule.id for rule in CATALOGUE if {"ground", "place", "factors"} & vars(rule.module).keys()}
    assert grounded == set(CHECKS)
    # Told a second time: no check comes from the rules' own modules.
    assert {check.__module__.rsplit(".", 1)[0] for check in CHECKS.values()} == {"mesocycle.solver.verify"}
    assert len(set(CHECKS.values())) == len(CHECKS)


def test_the_weights_are_those_of_the_catalogue() -> None:
    assert [rule.id for rule in CATALOGUE if rule.unit] == [rule.id for rule in PRICED]
    for rule in PRICED:
        assert 0 < rule.parameters.model_fields["weight"].default <= 100


@each_rule
def test_id_and_title(rule: Rule) -> None:
    assert rule.module.__name__ == f"mesocycle.solver.rules.{rule.id}"
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", rule.id)
    assert rule.doc.strip().splitlines()[0].endswith(".")
    assert rule.title == rule.doc.strip().splitlines()[0].rstrip(".")


@each_rule
def test_the_docstring_has_its_four_headings_with_text_under_each(rule: Rule) -> None:
    parts = re.split(r"^(.+)\n-+$", rule.doc, flags=re.MULTILINE)
    assert tuple(parts[1::2]) == HEADINGS
    for text in parts[2::2]:
        assert len(text.strip()) >= 10
        assert text.strip().endswith(".")


@each_rule
def test_the_docstring_names_every_parameter(rule: Rule) -> None:
    options = rule.doc.split("Options\n-------")[1].split("Source\n------")[0]
    for name in own_parameters(rule):
        assert name in options


@each_rule
def test_parameters_are_described_and_bounded(rule: Rule) -> None:
    assert issubclass(rule.parameters, Settings)
    assert rule.parameters.model_config["frozen"]
    for info in own_parameters(rule).values():
        assert info.description
        assert info.description.endswith(".")
        if info.annotation in (int, float):
            assert lies_within(info, info.default)
        elif info.annotation == int | None:
            # Left out it follows from something else.
            assert info.default is None
            assert lies_within(info, bounds(info)[0])
        elif members(info):
            assert len(members(info)) == len(get_args(info.annotation)) == len(info.default)
            assert all(map(lies_within, members(info), info.default))
        elif info.annotation is not bool:
            listed = any(isinstance(one, MaxLen) for one in info.metadata)
            assert listed or "Literal" in str(info.annotation)
    if rule in PRICED:
        assert bounds(rule.parameters.model_fields["weight"]) == (0, 1000)
    # The defaults are valid themselves.
    assert rule.parameters.model_validate({}) == rule.parameters()


@each_rule
def test_parameters_name_their_unit_or_are_counts(rule: Rule) -> None:
    units = (
        "minutes",
        "hours",
        "days",
        "weeks",
        "sets",
        "share",
        "factor",
        "dose",
        "percent",
        "contacts",
        "rir",
        "reps",
    )
    counts = {"minimum", "most", "min_full_rest", "growth", "days_between", "from_age", "least_sessions"}
    # Weeks of foundation, and what is left of growth from week to week.
    counts |= {"foundation", "new_foundation", "slowing"}
    for name in numbers(rule).keys() - {"weight"}:
        assert name.split("_")[-1] in units or name in counts


@each_rule
def test_the_page_is_the_docstring(rule: Rule) -> None:
    page = (ROOT / "docs" / "rules" / f"{rule.id}.md").read_text(encoding="utf-8")
    assert page == pages.rule_page(rule)
    for heading in HEADINGS:
        assert f"\n## {heading}\n" in page
    for name in rule.parameters.model_fields:
        assert f"| {name} | " in page


def test_every_page_has_a_rule() -> None:
    files = {path.stem for path in (ROOT / "docs" / "rules").glob("*.md")} - {"README"}
    assert files == set(IDS)
    index = (ROOT / "docs" / "rules" / "README.md").read_text(encoding="utf-8")
    assert index == pages.rule_index()


@each_rule
def test_off_hard_soft_and_on(rule: Rule) -> None:
    default = rule.parameters()
    assert chosen(rule, "off") is chosen(rule, False) is None
    if rule in PRICED:
        assert chosen(rule, "hard") == default.model_copy(update={"hard": True})
        assert chosen(rule, "soft") == default.model_copy(update={"hard": False})
        assert chosen(rule, {"weight": 7}).weight == 7
    else:
        # It cannot be broken at a price, as it has none.
        assert "hard" not in type(default).model_fields
        assert problems({rule.id: "soft"}) == problems({rule.id: "hard"}) == {f"rules.{rule.id}"}
    words: tuple[Any, ...] = ("on", True, None, {})
    for on in words:
        assert chosen(rule, on) == default
    # What is said of one rule says nothing of the others.
    others = [name for name, _ in read(scenario({rule.id: "off"})).items()]
    assert others == [name for name in IDS if name != rule.id]


@each_rule
def test_unknown_parameters_and_words_are_named(rule: Rule) -> None:
    assert problems({rule.id: {"no_such_thing": 1}}) == {f"rules.{rule.id}.no_such_thing"}
    assert problems({rule.id: {"hard": "perhaps"}}) == {f"rules.{rule.id}.hard"}  # unknown, or no truth value
    assert problems({rule.id: "perhaps"}) == {f"rules.{rule.id}"}
    assert problems({rule.id: 3}) == {f"rules.{rule.id}"}


@each_rule
def test_values_out_of_range_are_named(rule: Rule) -> None:
    for name, info in numbers(rule).items():
        least, most = bounds(info)
        for value in (least - 1, most + 1, "much"):
            assert problems({rule.id: {name: value}}) == {f"rules.{rule.id}.{name}"}
    for name, info in own_parameters(rule).items():
        for at, member in enumerate(members(info)):
            least, most = bounds(member)
            for value in (least - 1, most + 1, "much"):
                given = [*info.default[:at], value, *info.default[at + 1 :]]
                assert problems({rule.id: {name: given}}) == {f"rules.{rule.id}.{name}[{at}]"}


def test_a_wrong_value_is_explained_as_all_values_of_a_scenario_are() -> None:
    rules = {
        "no_lower_lift_day_before_key": {"scope": "lower_boddy"},
        "min_gap_after_run": {"hours": 12},
        "weekly_sets_per_pattern": {"bands": {"squat": [4, "x"]}},
    }
    with pytest.raises(mc.ScenarioError, match=r"scenario: 3 problem") as caught:
        understand(scenario(rules))
    assert [(problem.key, problem.message, problem.remedy) for problem in caught.value.problems] == [
        (
            "rules.no_lower_lift_day_before_key.scope",
            "expected one of lower_body, any_lift",
            "did you mean `lower_body`?",
        ),
        ("rules.min_gap_after_run.hours", "expected at most 9", "the default is 3"),
        ("rules.weekly_sets_per_pattern.bands.squat[1]", "expected a whole number", ""),
    ]


def test_a_misspelt_rule_is_named_with_a_guess() -> None:
    with pytest.raises(mc.ScenarioError, match="did you mean `lift_spacing`"):
        understand(scenario({"lift_spaceing": "hard"}))


def test_all_that_is_wrong_is_told_at_once() -> None:
    wrong = {"lift_spacing": {"days": 9, "hours": 3}, "time_of_day": "never", "no_such_rule": "off"}
    assert problems(wrong) == {
        "rules.lift_spacing.days",
        "rules.lift_spacing.hours",
        "rules.time_of_day",
        "rules.no_such_rule",
    }


@pytest.mark.uncounted
@each_rule
def test_a_block_is_solved_with_the_rule_off_soft_and_hard(rule: Rule) -> None:
    # All other rules as they are by default; what is returned has passed the verifier.
    data: dict[str, Any] = {
        "start": "2026-09-07",
        "weeks": 1,
        "athlete": {"availability": {"weekdays": ["17:00-19:00"]}},
        "runs": {"week": {"tue": {"type": "intervals", "start": "06:30", "minutes": 50}}},
        "strength": {"grid_minutes": 60},
    }
    for strength in ("off", "soft", "hard") if rule in PRICED else ("off", "on"):
        result = mc.solve(mc.load_scenario({**data, "rules": {rule.id: strength}}))
        assert result.proven or result.status is mc.Status.INFEASIBLE
        assert rule.id not in {cost.rule for cost in result.costs} or strength != "off"
