"""The conflicts of the impossible examples, proven again on whole tables and told again by the checker."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path

import pytest
from stretches import Instance, block_of, broken, instances_of, whole_stretch

import mesocycle as mc
from mesocycle.solver.diagnose.assumption_model import Effort
from mesocycle.solver.diagnose.search import FoundConflict, conflicts, whole_block
from mesocycle.solver.diagnose.week_range import WeekRange
from mesocycle.solver.model.search import Deadline
from mesocycle.solver.plan.planning import build_plan
from mesocycle.solver.rules import deload_weeks
from mesocycle.solver.rules.check import understand
from mesocycle.solver.verify import verify

# Other tests cover these lines, and counting them again would take most of the time.
pytestmark = pytest.mark.uncounted

IMPOSSIBLE = sorted((Path(__file__).parents[3] / "scenarios" / "impossible").glob("*.yaml"))
every = pytest.mark.parametrize("path", IMPOSSIBLE, ids=lambda path: path.stem)
# What these rules say of some weeks depends on the lifts of others.
COMPARING = {"max_gap_without_strength", "ramp_limits", "weekly_day_consistency"}
Chosen = tuple[int, ...]


@cache
def scenario_of(path: Path) -> mc.Scenario:
    return mc.load_scenario(path)


@cache
def stretch_of(path: Path, weeks: tuple[int, ...], pattern: int | None = None) -> WeekRange:
    """Weeks with all their starts and versions, which several tests count in."""
    return whole_stretch(scenario_of(path), weeks, pattern)


@cache
def found(path: Path) -> tuple[FoundConflict, ...]:
    whole = whole_block(scenario_of(path), Effort(Deadline(None)))
    return tuple(conflicts(whole, whole.failing_weeks()))


def members(path: Path) -> Iterable[tuple[FoundConflict, Instance]]:
    return [(one, member) for one in found(path) for member in one.core.members]


@every
def test_the_instances_alone_cannot_hold(path: Path) -> None:
    assert found(path)
    for one in found(path):
        stretch = stretch_of(path, one.weeks)
        assert set(one.core.members) <= set(instances_of(stretch))
        assert block_of(stretch, one.core.members) is None


@every
def test_each_member_is_needed(path: Path) -> None:
    for one, member in members(path):
        rest = set(one.core.members) - {member}
        stretch = stretch_of(path, one.weeks)
        chosen = block_of(stretch, rest)
        assert chosen is not None
        assert broken(stretch, chosen) & set(one.core.members) == {member}


def witness(path: Path, weeks: tuple[int, ...], on: Collection[Instance]) -> tuple[WeekRange, Chosen]:
    """A choice that keeps these instances, with the first pattern of lighter weeks that has one."""
    context = understand(scenario_of(path))
    for pattern in range(len(deload_weeks.patterns(context))):
        stretch = stretch_of(path, weeks, pattern)
        chosen = block_of(stretch, on)
        if chosen is not None:
            return stretch, chosen
    raise AssertionError("no pattern of lighter weeks has a block")


@every
def test_the_checker_sees_the_witness_break_the_member_and_no_rule_that_is_kept(path: Path) -> None:
    # The checker knows no instances: rule by rule, it finds fault exactly where counting does.
    context = understand(scenario_of(path))
    for one, member in members(path):
        stretch, chosen = witness(path, one.weeks, set(one.core.members) - {member})
        breaches = verify(context, build_plan(stretch.problem, chosen)).breaches
        first = context.calendar.date_of(context.calendar.weeks[one.weeks[0]].days[0])
        last = context.calendar.date_of(context.calendar.weeks[one.weeks[-1]].days[-1])
        near = {breach.rule for breach in breaches if any(first <= date <= last for date in breach.dates)}
        within = {breach.rule for breach in breaches if all(first <= date <= last for date in breach.dates)}
        wrong = {rule for rule, _ in broken(stretch, chosen)}
        assert member[0] in wrong
        assert near - COMPARING == wrong - COMPARING
        assert within & COMPARING <= wrong


@every
def test_weeks_that_fail_alike_fail_of_the_same_rules(path: Path) -> None:
    for one in found(path):
        rules = {rule for rule, _ in one.core.members}
        for weeks in one.alike:
            stretch = stretch_of(path, weeks)
            assert block_of(stretch, [name for name in instances_of(stretch) if name[0] in rules]) is None


def test_some_weeks_fail_alike_and_some_conflicts_are_of_several_weeks() -> None:
    every_one = [one for path in IMPOSSIBLE for one in found(path)]
    assert sum(len(one.alike) for one in every_one) >= 20
    assert sum(len(one.weeks) > 1 for one in every_one) >= 3
    assert sum(len(one.core.members) for one in every_one) >= 100


@every
def test_all_weeks_that_fail_are_told(path: Path) -> None:
    told = {week for one in found(path) for weeks in (one.weeks, *one.alike) for week in weeks}
    for week in range(scenario_of(path).week_count):
        if week not in told:
            stretch = stretch_of(path, (week,))
            assert block_of(stretch, instances_of(stretch)) is not None


@every
def test_conflicts_share_no_member_and_nothing_is_left_that_collides(path: Path) -> None:
    for weeks in {one.weeks for one in found(path)}:
        mine = [member for one in found(path) if one.weeks == weeks for member in one.core.members]
        assert len(mine) == len(set(mine))
        stretch = stretch_of(path, weeks)
        assert block_of(stretch, set(instances_of(stretch)) - set(mine)) is not None
