"""A certificate proves its bound by itself, and does so no more once a number in it is changed."""

from __future__ import annotations

import copy
import json
import random
import runpy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from brute_force import best_points
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny import tiny

import mesocycle as mc
from mesocycle.cli import cli
from mesocycle.models.plan import Status
from mesocycle.solver.solve import solve

ROOT = Path(__file__).parents[2]
HALF_MARATHON = ROOT / "scenarios" / "half_marathon.yaml"
CHECKER = ROOT / "benchmarks" / "check_certificate.py"
_checker = runpy.run_path(str(CHECKER))
check, versions, RefusedError = (_checker[name] for name in ("check", "versions", "RefusedError"))

BLOCK: dict[str, Any] = {
    "start": "2026-01-05",
    "weeks": 4,
    "athlete": {"availability": {"weekdays": ["06:00-07:00", "17:30-19:00"], "sat": ["09:00-12:00"]}},
    "runs": {
        "week": {
            "tue": {"type": "intervals", "start": "07:00", "minutes": 60},
            "thu": {"type": "tempo", "start": "07:00", "minutes": 50},
            "sun": {"type": "long", "start": "08:00", "minutes": 110},
        }
    },
    "strength": {"sessions_per_week": 2, "program": "runner_two_day"},
}


RISING = {"runs": BLOCK["runs"] | {"weekly_distance": [40, 42, 44, 46, 48, 50, 52, 54]}, "weeks": 8}


def command(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, prog_name="mesocycle", catch_exceptions=False)


def certified(data: dict[str, Any], **more: Any) -> tuple[mc.Result, list[dict[str, Any]]]:
    """A result with its certificates as they are after a trip through JSON."""
    found: list[dict[str, Any]] = []
    result = solve(mc.load_scenario(data), certified=found.append, **more)
    return result, json.loads(json.dumps(found))


@pytest.fixture(scope="module")
def proven() -> dict[str, Any]:
    result, (certificate,) = certified(BLOCK | RISING)
    assert result.objective
    assert result.proof is not None
    assert (result.proof.bound, result.proof.how) == (result.objective, "relaxation")
    assert certificate["bound"] == result.objective
    return certificate


def test_every_pattern_of_lighter_weeks_is_bounded(proven: dict[str, Any]) -> None:
    # Mileage that only rises has no cutback weeks: which week of four is lighter is left to choose.
    assert len(proven["patterns"]) > 1
    assert check(copy.deepcopy(proven)) == proven["bound"]
    assert versions(proven) > 100


def heaviest(pattern: dict[str, Any]) -> dict[str, Any]:
    """The row that adds most to the bound: the largest multiplier may be one that nothing depends on."""
    row: dict[str, Any] = max(pattern["rows"], key=lambda row: abs(row["multiplier"] * side_of(row)))
    return row


def side_of(row: dict[str, Any]) -> int:
    """The side that a row's multiplier goes by."""
    return int((row["low"] if row["multiplier"] > 0 else row["high"]) or 0)


def double(pattern: dict[str, Any]) -> None:
    heaviest(pattern)["multiplier"] *= 2


def forget_multiplier(pattern: dict[str, Any]) -> None:
    heaviest(pattern)["multiplier"] = 0


def wrong_sign(pattern: dict[str, Any]) -> None:
    heaviest(pattern)["multiplier"] *= -1


def move_side(pattern: dict[str, Any]) -> None:
    row = heaviest(pattern)
    side = "low" if row["multiplier"] > 0 else "high"
    row[side] += 1


def forget_row(pattern: dict[str, Any]) -> None:
    pattern["rows"].remove(heaviest(pattern))


def forget_coefficients(pattern: dict[str, Any]) -> None:
    row = heaviest(pattern)
    for entry in (*row["others"], *row.get("versions", ())):
        entry[1] = 0
    for entry in (*row.get("days", ()), *row.get("lift_days", ())):
        entry[3] = 0
    row["stretches"] = row["moments"] = []


def higher_bound(pattern: dict[str, Any]) -> None:
    pattern["bound"] += 1


def higher_sum(pattern: dict[str, Any]) -> None:
    pattern["sum"] += 2**20


def dearer_lift(pattern: dict[str, Any]) -> None:
    pattern["lifts"][0]["least"] += 2**20


def cheaper_offset(pattern: dict[str, Any]) -> None:
    pattern["offset"] -= 1


def forget_starts(pattern: dict[str, Any]) -> None:
    for probe in pattern["lifts"][0]["probes"]:
        probe["starts"] = probe["charges"] = pattern["lists"].index([]) if [] in pattern["lists"] else -1
    pattern["lists"].append([])


def no_probe(pattern: dict[str, Any]) -> None:
    pattern["lifts"][0]["probes"] = []


@pytest.mark.parametrize(
    "harm",
    [
        double,
        forget_multiplier,
        wrong_sign,
        move_side,
        forget_row,
        forget_coefficients,
        higher_bound,
        higher_sum,
        dearer_lift,
        cheaper_offset,
        forget_starts,
        no_probe,
    ],
    ids=lambda harm: harm.__name__,
)
def test_what_is_changed_is_refused(proven: dict[str, Any], harm: Callable[[dict[str, Any]], None]) -> None:
    broken = copy.deepcopy(proven)
    best = min(broken["patterns"], key=lambda pattern: pattern["bound"])
    harm(best)
    with pytest.raises(RefusedError):
        check(broken)


@pytest.mark.parametrize("key", ["format", "version", "scale", "bound", "patterns"])
def test_what_is_no_certificate_is_refused(proven: dict[str, Any], key: str) -> None:
    wrong: tuple[Any, ...] = (None, [], "x")
    for value in wrong:
        with pytest.raises(RefusedError):
            check(proven | {key: value})
    with pytest.raises(RefusedError):
        check({name: value for name, value in proven.items() if name != key})


def test_a_higher_bound_of_the_whole_is_refused(proven: dict[str, Any]) -> None:
    with pytest.raises(RefusedError):
        check(proven | {"bound": proven["bound"] + 1})


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.booleans())
def test_no_small_block_costs_less_than_its_certificate(seed: int, wishing: bool) -> None:
    data = tiny(random.Random(seed), wishing)
    result, certificates = certified(data)
    if not certificates:
        assert result.status is Status.INFEASIBLE
        return
    best = best_points(mc.load_scenario(data))
    assert best is not None
    assert check(certificates[0]) <= best
    assert result.proof is not None
    assert (result.proof.how == "relaxation") == (certificates[0]["bound"] == result.objective)


JUMPS = [{"exercise": "box_jump", "sets": 4}, {"exercise": "skater_hop", "sets": 4}]
SMALL_BESIDE = [
    {"name": "A", "exercises": [{"exercise": "back_squat", "sets": [3, 5]}]},
    {"name": "B", "exercises": [{"exercise": "romanian_deadlift", "sets": [3, 5]}]},
    {"name": "Core", "kind": "core", "per_week": 2, "exercises": [{"exercise": "dead_bug"}], "days": ["wed"]},
    {"name": "Jumps", "kind": "plyo", "exercises": JUMPS},
]


@pytest.fixture(scope="module")
def beside() -> dict[str, Any]:
    """Two lifts, two core sessions and jumps a week on few days: all that is counted by the day binds."""
    free = {"mon": ["06:00-07:00"], "tue": ["17:30-19:00"], "thu": ["17:30-19:00"], "sat": ["09:00-10:30"]}
    strength = {"sessions": SMALL_BESIDE, "sessions_per_week": 2}
    # Lifts and core sessions compete for the days, so rows that count either have multipliers.
    rules = {"lift_spacing": {"days": 4}, "small_sessions": {"weight": 30}}
    data = BLOCK | {"athlete": {"availability": free}, "strength": strength, "rules": rules, "weeks": 2}
    result, (certificate,) = certified(data)
    assert result.plan is not None
    assert {session.kind for session in result.plan.sessions} == {"lift", "core", "plyo"}
    assert 0 < certificate["bound"] <= (result.objective or 0)
    return certificate


def test_each_session_counts_as_its_kind(beside: dict[str, Any]) -> None:
    assert check(copy.deepcopy(beside)) == beside["bound"]
    kinds = [lift["kind"] for lift in beside["patterns"][0]["lifts"]]
    assert kinds == ["lift", "lift", "core", "core", "plyo"] * 2
    counted = {entry[0] for row in beside["patterns"][0]["rows"] for entry in row.get("days", ())}
    assert counted >= {"lift", "core"}


@pytest.mark.parametrize(
    ("was", "now"), [("core", "lift"), ("lift", "core"), ("core", "yoga"), ("core", None)]
)
def test_a_session_of_another_kind_is_refused(beside: dict[str, Any], was: str, now: Any) -> None:
    broken = copy.deepcopy(beside)
    for lift in broken["patterns"][0]["lifts"]:
        if lift["kind"] == was:
            lift["kind"] = now
    with pytest.raises(RefusedError):
        check(broken)


def test_a_session_without_a_kind_is_refused(beside: dict[str, Any]) -> None:
    broken = copy.deepcopy(beside)
    del broken["patterns"][0]["lifts"][0]["kind"]
    with pytest.raises(RefusedError, match="this is no certificate"):
        check(broken)


def test_the_command_writes_what_the_check_reads(tmp_path: Path) -> None:
    target = tmp_path / "proof.json"
    call = command("solve", str(HALF_MARATHON), "--certificate", str(target))
    assert call.exit_code == 0, call.output
    points = mc.solve(mc.load_scenario(HALF_MARATHON)).objective
    assert points is not None
    assert f"{points} points (bound {points}, by relaxation)" in call.output
    # The check needs nothing but the file and the standard library.
    told = subprocess.run(
        [sys.executable, "-I", "-S", str(CHECKER), str(target)], capture_output=True, text=True, check=True
    )
    assert told.stdout.startswith(f"No block has fewer than {points} points")
    raised = target.read_text(encoding="utf-8").replace(f'"bound":{points}', f'"bound":{points + 1}')
    target.write_text(raised)
    told = subprocess.run([sys.executable, str(CHECKER), str(target)], capture_output=True, text=True)
    assert (told.returncode, told.stderr.split(":")[0]) == (1, "refused")


def test_a_certificate_goes_where_it_was_sent(tmp_path: Path) -> None:
    scenario = tmp_path / "s.yaml"
    scenario.write_bytes(HALF_MARATHON.read_bytes())
    for target in (scenario, tmp_path / "none" / "proof.json", tmp_path):
        assert command("solve", str(scenario), "--certificate", str(target)).exit_code == 2
    both = str(tmp_path / "x.json")
    assert command("solve", str(scenario), "-o", both, "--certificate", both).exit_code == 2
    assert scenario.read_bytes() == HALF_MARATHON.read_bytes()


def test_without_a_block_or_a_bound_there_is_none(tmp_path: Path) -> None:
    target = tmp_path / "proof.json"
    file = ROOT / "scenarios" / "impossible" / "gym_closed.yaml"
    call = command("solve", str(file), "--deadline", "0", "--certificate", str(target))
    assert call.exit_code == 3
    assert "is not written" in call.output
    assert not target.exists()


def test_a_search_proves_more_than_the_certificate() -> None:
    # Four lifts a week on three good days: the relaxation mixes two orders of the week.
    data = {
        **BLOCK,
        "start": "2026-01-05",
        "weeks": 2,
        "strength": {"sessions_per_week": 4, "program": "runner_three_day"},
    }
    result, (certificate,) = certified(data)
    assert result.proof is not None
    assert check(certificate) <= (result.objective or 0)
    assert result.proof.bound == result.objective
    assert (result.proof.how == "search") == (certificate["bound"] < (result.objective or 0))
