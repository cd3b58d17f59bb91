"""One, two and three lifts a week side by side, on scenarios cut to three weeks."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import mesocycle as mc
from mesocycle.files import yaml_source
from mesocycle.models.comparison import Comparison

SCENARIOS = Path(__file__).parents[1] / "scenarios"
NAMES = ("half_marathon", "marathon_16", "five_k_novice", "home_kit")
WEEKS = 3
COUNTS = {"one lift": 1, "two lifts": 2, "three lifts": 3}
FULLER = {"half_marathon", "marathon_16", "home_kit"}  # the other has sessions of its own


@cache
def compared(name: str) -> Comparison:
    data: dict[str, Any] = dict(yaml_source.read(SCENARIOS / f"{name}.yaml").data)
    last = mc.load_scenario(SCENARIOS / f"{name}.yaml").start + timedelta(days=7 * WEEKS - 1)
    runs = dict(data["runs"])
    if "weekly_distance" in runs:
        runs["weekly_distance"] = runs["weekly_distance"][:WEEKS]
    runs["dates"] = {day: run for day, run in runs.get("dates", {}).items() if str(day) <= str(last)}
    data |= {"weeks": WEEKS, "runs": runs}
    for key in ("races", "variants", "grid"):
        data.pop(key, None)
    data["strength"] = {**data["strength"], "sessions_per_week": 2}
    data["athlete"] = {key: value for key, value in data["athlete"].items() if key != "blocked"}
    variants = [
        {"name": each, "set": {"strength.sessions_per_week": count}} for each, count in COUNTS.items()
    ]
    return mc.compare(data, variants)


@pytest.mark.parametrize("name", NAMES)
def test_less_strength_is_never_advised_and_every_trade_is_told(name: str) -> None:
    comparison = compared(name)
    base, one, two, three = comparison
    assert all(row.proven for row in comparison)
    assert [row.lifts for row in comparison] == [6, 3, 6, 9]
    # One lift a week is calmer by its own rules, and is neither the best nor what helps.
    assert (one.objective or 0) <= (base.objective or 0)
    assert not one.best
    assert (one.judged or 0) > (base.objective or 0)
    assert [help_.name for help_ in comparison.summary.helps if help_.name == "one lift"] == []
    assert (two.judged_difference, two.moved) == (0, 0)
    told = {trade.name: trade.text for trade in comparison.summary.trades}
    assert told["three lifts"].startswith("one lift a week more (")
    if "one lift" in told:
        assert "fewer for one lift a week less (" in told["one lift"]
    assert bool(comparison.summary.hints) == (name in FULLER)
    assert bool(three.hint) == (name in FULLER)


def test_calm_bought_with_strength_was_seen() -> None:
    assert any(
        trade.points < 0 and trade.lifts < 0 for name in NAMES for trade in compared(name).summary.trades
    )


def test_the_program_with_as_many_sessions_is_named_in_a_note_of_the_block() -> None:
    row = compared("half_marathon")["three lifts"]
    assert row.result is not None
    assert row.hint in row.result.notes
    assert "runner_three_day (strength.program) has 3" in row.hint
    base = compared("half_marathon")["base"].result
    assert base is not None
    assert not any("strength.program" in note for note in base.notes)
