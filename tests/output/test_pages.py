"""Rule pages: Markdown from a docstring, with the parameters as they are."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import Any, Literal

import pytest
from pydantic import Field

import mesocycle as mc
from mesocycle.output.pages import rule_index, rule_page, strength_of
from mesocycle.solver.rules import BY_ID
from mesocycle.solver.rules.base import Parameters, Relaxation, Rule, Section, rule_of


class Settings(Parameters):
    weight: int = Field(7, description="Points for a test.")
    hours: float = Field(3, ge=0, le=9, description="Hours of a test.")
    scope: Literal["a", "b"] = Field("a", description="Which.")
    days: tuple[str, ...] = Field((), description="Which days.")


def rule() -> Rule:
    module: Any = ModuleType("mesocycle.solver.rules.test_rule")
    module.__doc__ = "A test.\n\nWhat it does\n------------\nNothing - or - nearly.\n\nWhy\n---\nTo see.\n"
    module.Parameters = Settings
    module.SECTION = Section.COMFORT
    module.UNIT = "test"

    def ground(*_: object) -> Iterator[object]:
        return iter(())

    module.ground = ground
    module.RELAXATION = Relaxation("rules.test_rule")
    return rule_of(module)


def test_a_page_is_the_docstring_and_a_table_of_parameters() -> None:
    assert rule_page(rule()) == (
        "# test_rule\n\nA test.\n\n## What it does\n\nNothing - or - nearly.\n\n## Why\n\nTo see.\n\n"
        "## Parameters\n\n| parameter | default | meaning |\n|---|---|---|\n"
        "| hard | false | True: never broken. False: broken at a price. |\n"
        "| weight | 7 | Points for a test. |\n"
        "| hours | 3 | Hours of a test. |\n| scope | a | Which. |\n| days | none | Which days. |\n\n"
        "## Where no block exists\n\n"
        "Gives only as a last resort: it becomes a wish, broken at its price.\n"
    )


@pytest.mark.parametrize("one", mc.rules(), ids=lambda one: one.id)
def test_every_page_is_complete(one: Rule) -> None:
    page = rule_page(one)
    assert page.startswith(f"# {one.id}\n\n{one.title}.\n")
    for heading in ("What it does", "Why", "Options", "Source", "Parameters", "Where no block exists"):
        assert page.count(f"\n## {heading}\n") == 1
    assert "---\n" not in page.split("## Parameters")[0]  # no underline is left of a heading
    for name in one.parameters.model_fields:
        (line,) = (line for line in page.splitlines() if line.startswith(f"| {name} |"))
        meaning = line.split("|")[3].strip()
        assert meaning, line
    assert page.endswith(f"|\n\n## Where no block exists\n\n{one.giving}\n")


def test_a_page_tells_what_may_give_and_why_something_never_does() -> None:
    assert BY_ID["lift_spacing"].giving == (
        "May give: `hard_hours`, 2 down at a time, 3 times at most (22 h from lift to lift instead of 24 h). "
        "As a last resort it becomes a wish, broken at its price."
    )
    assert BY_ID["one_lift_per_day"].ways == ("`most`, once (2 lifts a day instead of 1)",)
    assert BY_ID["protect_rest_day"].ways == ("one of `athlete.rest_days`",)
    assert BY_ID["race_blackout"].giving == "Never gives: the race is what the block is for."
    text = rule_index()
    for one in mc.rules():
        last = one.relaxation.locked or (one.ways or ("as a wish only",))[-1]
        assert text.count(f"\n| {one.id} | ") == 1
        assert last in text.split(f"\n| {one.id} | ")[1].splitlines()[0]


def test_the_index_has_every_rule_with_its_price() -> None:
    lines = [line for line in rule_index().splitlines() if line.startswith("| [")]
    assert len(lines) == len(mc.rules()) > sum(bool(rule.unit) for rule in mc.rules())
    for one, line in zip(mc.rules(), lines, strict=True):
        points = one.parameters.model_fields["weight"].default if one.unit else ""
        assert line.startswith(f"| [{one.id}]({one.id}.md) | {strength_of(one)} | {points} |")


def test_strength_is_that_of_the_parameters() -> None:
    assert strength_of(BY_ID["min_gap_after_run"]) == "hard"
    assert strength_of(BY_ID["session_order"]) == "soft"
    assert strength_of(BY_ID["never_failure"]) == "on"  # without a price
    assert strength_of(rule()) == "soft"
