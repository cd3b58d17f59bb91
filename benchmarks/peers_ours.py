"""Our side of `peers.py`, which starts it: writes a block down as rows, and times our own solver on it.

`peers_ours.py rows FOLDER` writes the rows of `scenario.yaml` there; `peers_ours.py time FOLDER` solves it.
"""

from __future__ import annotations

import json
import math
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from peers_rows import Rows
from solve_time import scenario_text

import mesocycle as mc
from mesocycle.models.plan import Audit, Status
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.model.block import build_block
from mesocycle.solver.model.grounding import Grounded, few_versions, ground, with_versions
from mesocycle.solver.model.optimum import Relaxed
from mesocycle.solver.model.rotation import best_weeks
from mesocycle.solver.model.rows import Block
from mesocycle.solver.model.search import Deadline
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.plan.planning import build_plan
from mesocycle.solver.prescription.versions import MOST_LISTED
from mesocycle.solver.rules import deload_weeks
from mesocycle.solver.rules.base import Changes
from mesocycle.solver.rules.check import understand
from mesocycle.solver.verify import verify

# Of the whole block: options before those that cannot matter are taken out, and columns after.
MOST_OPTIONS = 12_000_000
MOST_COLUMNS = 400_000


def context_of(path: Path) -> Instance:
    """A scenario, understood."""
    return understand(mc.load_scenario(path))


def patterns_of(context: Instance) -> tuple[frozenset[int], ...]:
    """The patterns of lighter weeks to choose from."""
    settings = context.settings.deload_weeks
    return (frozenset(),) if settings is None else deload_weeks.patterns(context)


def best_pattern(context: Instance) -> frozenset[int]:
    """The pattern of the best block."""
    first, *others = patterns_of(context)
    if not others:
        return first
    plan = mc.solve(context.scenario).plan
    return first if plan is None else frozenset(week - 1 for week in plan.reference.lighter_weeks)


def few_of(context: Instance, pattern: frozenset[int]) -> Problem:
    """The problem with a few versions of each lift."""
    return few_versions(context, pattern)


def rows_of(block: Block) -> Rows:
    """A block as plain numbers."""
    rows = block.rows
    return Rows(
        starts=np.cumsum([0, *(len(row.variables) for row in rows)]),
        variables=np.array([one for row in rows for one in row.variables], dtype=np.int64),
        coefficients=np.array([one for row in rows for one in row.coefficients], dtype=np.int64),
        low=np.array([-math.inf if row.low is None else row.low for row in rows]),
        high=np.array([math.inf if row.high is None else row.high for row in rows]),
        uppers=np.array(block.uppers, dtype=np.int64),
        costs=block.costs(),
        offset=block.offset,
    )


def whole_block(context: Instance, few: Problem, pattern: frozenset[int]) -> Block | None:
    """The block with all versions of all sessions; None where it is too big to be written down."""
    options = with_versions(few, few.lifts).options
    counts = np.bincount(options.lift, minlength=len(few.lifts))
    many = sum(
        int(count) * lift.space.count / len(lift.versions)
        for count, lift in zip(counts, few.lifts, strict=True)
    )
    if many > MOST_OPTIONS or any(lift.space.count > MOST_LISTED for lift in few.lifts):
        return None
    every = tuple(replace(lift, versions=lift.space.every()) for lift in few.lifts)
    block = build_block(ground(with_versions(few, every)), solved=False)
    return block if len(block.uppers) <= MOST_COLUMNS else None


def write_rows(folder: Path) -> dict[str, object]:
    """Write the rows of the listed versions, and of all; how many there are, and how long it took."""
    context = context_of(folder / "scenario.yaml")
    pattern = best_pattern(context)
    (folder / "pattern.json").write_text(json.dumps(sorted(pattern)), encoding="utf-8")
    few = few_of(context, pattern)
    facts: dict[str, object] = {}
    for name in ("listed", "whole"):
        began = time.perf_counter()
        if name == "listed":
            block: Block | None = build_block(Relaxed(few, None, Deadline(None)).ground, solved=False)
        else:
            block = whole_block(context, few, pattern)
        seconds = time.perf_counter() - began
        if block is None:
            facts[name] = None
            continue
        rows_of(block).write(folder / f"{name}.npz")
        facts[name] = {"columns": len(block.uppers), "rows": len(block.rows), "seconds": seconds}
    return facts


def time_ours(folder: Path) -> dict[str, object]:
    """Solve the block of a folder once, after a small one; seconds of bound and search."""
    small = folder / "small.yaml"
    small.write_text(scenario_text(2, 2), encoding="utf-8")
    solved(context_of(small), None)
    pattern = folder / "pattern.json"
    known = frozenset(json.loads(pattern.read_text(encoding="utf-8"))) if pattern.exists() else None
    return solved(context_of(folder / "scenario.yaml"), known)


def solved(context: Instance, pattern: frozenset[int] | None) -> dict[str, object]:
    """Solve one pattern of lighter weeks, the best if none is given; `peers.py` looks at the time."""
    pattern = best_pattern(context) if pattern is None else pattern
    began = time.perf_counter()
    relaxed = Relaxed(few_of(context, pattern), None, Deadline(None))
    bounded = time.perf_counter()
    answer = relaxed.search().answer
    end = time.perf_counter()
    points = answer.objective if answer.status is Status.OPTIMAL else None
    return {"seconds": end - began, "search": end - bounded, "points": points, "wrong": ""}


def audited(context: Instance, few: Problem, placed: Mapping[int, tuple[int, Sequence[int]]]) -> Audit:
    """Judge lifts by our checker, each given by its start and the sets of its exercises.

    What changes in which week is not theirs to choose: it is what costs least with these lifts.
    """
    lifts = tuple(
        replace(lift, versions=(lift.space.version(placed[lift.index][1]),)) if lift.index in placed else lift
        for lift in few.lifts
    )
    grounded = ground(with_versions(few, lifts, whole_day=True))
    return audit_of(context, grounded, positions(grounded, placed))


def positions(grounded: Grounded, placed: Mapping[int, tuple[int, Sequence[int]]]) -> list[int]:
    """Where lifts stand in the option table, each with one version listed."""
    options = grounded.problem.options
    return [
        int(np.flatnonzero((options.lift == lift) & (options.start == start))[0])
        for lift, (start, _) in placed.items()
    ]


def audit_of(context: Instance, grounded: Grounded, chosen: Sequence[int]) -> Audit:
    """Judge options by our checker."""
    problem, options = grounded.problem, grounded.problem.options
    sets = {
        int(options.lift[at]): problem.lifts[int(options.lift[at])].versions[int(options.version[at])].sets
        for at in chosen
    }
    days = {int(options.lift[at]): int(options.day[at]) for at in chosen}
    chains = [case for _, case in grounded.cases if isinstance(case, Changes)]
    return verify(context, build_plan(problem, chosen, best_weeks(chains, sets, days)))


def main() -> None:
    """Do one of both; a limit that `peers.py` gives to all is not needed."""
    task, folder = sys.argv[1], Path(sys.argv[2])
    print(json.dumps(write_rows(folder) if task == "rows" else time_ours(folder)))


if __name__ == "__main__":
    main()
