"""Every impossible example: its conflicts and repairs hold up in the file itself, and come back the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

import mesocycle as mc
from mesocycle.files.patch import patched
from mesocycle.files.scenario import validate
from mesocycle.files.yaml_source import Document, parse, read
from mesocycle.models.clock import parse_window
from mesocycle.models.diagnosis import Change, Diagnosis, Repair
from mesocycle.models.plan import Status
from mesocycle.solver.diagnose.assumption_model import Effort
from mesocycle.solver.diagnose.search import whole_block
from mesocycle.solver.model.search import Deadline
from mesocycle.solver.rules.check import problems
from mesocycle.solver.solve import solve

# Other tests cover these lines, and counting them again would take most of the time.
pytestmark = pytest.mark.uncounted

IMPOSSIBLE = sorted((Path(__file__).parents[1] / "scenarios" / "impossible").glob("*.yaml"))
every = pytest.mark.parametrize("path", IMPOSSIBLE, ids=lambda path: path.stem)
# Quick ones, for a process of their own.
QUICK = ("lunch_break_too_short", "two_halves_in_eight_days", "two_troubles")


@cache
def document(path: Path) -> Document:
    return read(path)


@cache
def solved(path: Path) -> mc.Result:
    return mc.solve(mc.load_scenario(path), deadline=None)


def found(path: Path) -> Diagnosis:
    diagnosis = solved(path).diagnosis
    assert diagnosis is not None
    return diagnosis


@cache
def changed(path: Path, name: str) -> mc.Scenario:
    """The scenario as it stands in the file after a repair, read again."""
    (repair,) = (one for one in found(path).repairs if one.name == name)
    return with_changes(path, repair.changes)


def with_changes(path: Path, changes: Sequence[Change]) -> mc.Scenario:
    text = patched(document(path), changes)
    return validate(parse(text.encode(), path.name), problems)


def test_there_are_some() -> None:
    assert len(IMPOSSIBLE) >= 10


@every
def test_there_is_no_block_and_the_diagnosis_is_complete(path: Path) -> None:
    result = solved(path)
    assert (result.status, result.proven, result.plan) == (Status.INFEASIBLE, False, None)
    diagnosis = found(path)
    assert diagnosis.status is Status.INFEASIBLE
    assert diagnosis.complete
    assert diagnosis.conflicts
    assert diagnosis.repairs
    assert all(conflict.proven_minimal for conflict in diagnosis.conflicts)
    assert [repair.name for repair in diagnosis.repairs] == list("ABCDEF")[: len(diagnosis.repairs)]


@every
def test_the_rules_that_collide_are_those_that_the_file_names(path: Path) -> None:
    comment = path.read_text(encoding="utf-8").partition("# What collides")[2]
    for conflict in found(path).conflicts:
        assert all(rule.id in comment for rule in conflict.rules)


@every
def test_conflicts_share_no_instance(path: Path) -> None:
    names = [
        (rule.id, scope)
        for conflict in found(path).conflicts
        for rule in conflict.rules
        for scope in rule.scope
    ]
    assert len(names) == len(set(names))


@every
def test_each_repair_is_planned_from_the_changed_file_with_the_points_that_were_told(path: Path) -> None:
    for repair in found(path).repairs:
        result = solve(changed(path, repair.name))
        assert result.status is Status.OPTIMAL
        assert result.plan is not None
        assert (result.objective, result.proven) == (repair.objective, repair.proven)
        assert (repair.verified, repair.proven) == (True, True)
        assert mc.audit(changed(path, repair.name), result.plan).breaches == ()


@every
def test_repairs_say_what_stands_in_the_file(path: Path) -> None:
    for repair in found(path).repairs:
        for change in repair.changes:
            assert change.text
            assert change.to != change.before
    # A repair without its changes is the file as it was.
    assert with_changes(path, ()) == mc.load_scenario(path)


@every
def test_without_any_one_of_its_changes_a_repair_is_none(path: Path) -> None:
    for repair in found(path).repairs:
        if len(repair.changes) > 1:
            for one in repair.changes:
                rest = [change for change in repair.changes if change is not one]
                assert solve(with_changes(path, rest)).status is Status.INFEASIBLE


def test_some_repairs_need_two_changes() -> None:
    # So that the test above has something to undo.
    assert any(len(repair.changes) > 1 for path in IMPOSSIBLE for repair in found(path).repairs)


@every
def test_no_repair_changes_more_than_another(path: Path) -> None:
    for one, other in permutations(found(path).repairs, 2):
        assert not what(one) <= what(other)
        paths = [[change.path for change in repair.changes] for repair in (one, other)]
        if paths[0] == paths[1]:
            pairs = zip(one.changes, other.changes, strict=True)
            assert not all(is_looser(a.to, b.to) for a, b in pairs), (
                f"{one.name} is enough without {other.name}"
            )


def what(repair: Repair) -> set[tuple[str, str]]:
    return {(change.path, json.dumps(change.to)) for change in repair.changes}


def is_looser(one: Any, other: Any) -> bool:
    """Whether a value of the same key gives all that another gives; of two numbers one always does."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(is_looser(one[key], other[key]) for key in one)
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return isinstance(one, bool) is isinstance(other, bool)
    if isinstance(one, int) or isinstance(other, int):  # lifts in each week
        return (
            is_looser([one] * len(other), other)
            if isinstance(one, int)
            else is_looser(one, [other] * len(one))
        )
    if not isinstance(one, list) or not isinstance(other, list):
        return False
    if all(isinstance(item, int) for item in (*one, *other)):
        return all(b <= a for a, b in zip(one, other, strict=True))
    if all(isinstance(item, str) and "-" in item for item in (*one, *other)):
        mine, theirs = ([parse_window(item) for item in part] for part in (one, other))
        return all(any(b[0] <= a[0] and a[1] <= b[1] for b in theirs) for a in mine)
    if all(isinstance(item, str) for item in (*one, *other)):  # rest days
        return set(other) <= set(one)
    return False


def test_what_is_looser() -> None:
    assert is_looser(["17:00-20:00"], ["16:45-20:00"])
    assert not is_looser(["17:00-20:00"], ["16:45-19:45"])
    assert is_looser([1, 1, 2], [1, 0, 2])
    assert not is_looser([1, 1, 2], [2, 0, 2])
    assert is_looser(1, [1, 1, 0])
    assert is_looser({"hours": 2}, {"hours": 1})
    assert not is_looser({"hours": 2}, {"hard": False})
    assert is_looser(["mon", "tue"], ["mon"])
    assert not is_looser(["mon"], ["tue"])
    assert not is_looser("stack_hard", "easy_moderate")


@every
def test_the_least_change_comes_first(path: Path) -> None:
    counts = [len(repair.changes) for repair in found(path).repairs]
    assert counts == sorted(counts)


@every
def test_each_repair_hits_each_conflict(path: Path) -> None:
    # The weeks of the conflict by themselves: they fail as they are, and no longer with the repair.
    scenarios = [changed(path, repair.name) for repair in found(path).repairs]
    before, *after = (
        whole_block(each, Effort(Deadline(None))) for each in (mc.load_scenario(path), *scenarios)
    )
    for conflict in found(path).conflicts:
        weeks = [week - 1 for week in conflict.weeks]
        assert before.fails(weeks)
        assert not any(repaired.fails(weeks) for repaired in after)


def reordered(value: Any) -> Any:
    """The same data with the keys of every mapping the other way round."""
    if isinstance(value, dict):
        return {key: reordered(value[key]) for key in reversed(value)}
    return [reordered(item) for item in value] if isinstance(value, list) else value


@every
def test_the_order_of_keys_changes_nothing_and_a_second_run_says_the_same(path: Path) -> None:
    data = document(path).data
    assert list(reordered(data)) != list(data)
    again = mc.diagnose(mc.load_scenario(reordered(data)), deadline=None)
    assert again == found(path)
    assert str(again) == str(found(path))


SCRIPT = """
import json, sys
import mesocycle as mc
found = [mc.diagnose(mc.load_scenario(path), deadline=None) for path in sys.argv[1:]]
print(json.dumps([one.model_dump(mode="json") for one in found]))
"""


def test_another_process_with_other_hashes_says_the_same() -> None:
    paths = [path for path in IMPOSSIBLE if path.stem in QUICK]
    assert len(paths) == len(QUICK)
    environment = {**os.environ, "PYTHONHASHSEED": "12345", "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", SCRIPT, *map(str, paths)]
    output = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    assert json.loads(output) == [found(path).model_dump(mode="json") for path in paths]
