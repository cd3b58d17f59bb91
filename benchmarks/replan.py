"""How long planning again takes: `python benchmarks/replan.py`.

A row for each size of `solve_time`: a block is lived by up to its middle, with a lift skipped, one done a day
late and short of sets; then two days of illness come up and a run moves. Seconds, medians: until the first
answer (the best plan), and until the frontier of moves is complete; then its points. Machines differ: compare
rows of one run with each other.
"""

from __future__ import annotations

import argparse
import statistics
import time
from datetime import datetime, timedelta

from solve_time import scenario_text

from mesocycle.files.scenario import validate
from mesocycle.files.yaml_source import parse
from mesocycle.models.plan import Plan, PlannedSession
from mesocycle.models.scenario import Scenario
from mesocycle.solver.lived import Lived
from mesocycle.solver.model.search import Deadline
from mesocycle.solver.model.stay import Stay
from mesocycle.solver.replan import Wishes, replan
from mesocycle.solver.rules.check import problems
from mesocycle.solver.solve import solved

SIZES = ((16, 2), (16, 3), (52, 2), (52, 3))
MIDNIGHT = datetime.min.time()


def lived(plan: Plan, now: datetime) -> Lived:
    """The plan up to a moment: its last lift done late and short, the one before it skipped."""
    past = [one for one in plan.sessions if datetime.combine(one.date, MIDNIGHT) + timedelta(days=1) <= now]
    *done, skipped, last = past
    return Lived(now, plan.model_copy(update={"sessions": (*done, _late(last))}), (skipped.id,))


def _late(session: PlannedSession) -> PlannedSession:
    first, *rest = session.exercises
    fewer = first.model_copy(update={"sets": max(1, first.sets - 1)})
    place = {"start": session.start + 7, "end": session.end + 7}
    sets = session.sets - first.sets + fewer.sets
    return session.model_copy(update={**place, "exercises": (fewer, *rest), "sets": sets})


def changed(scenario: Scenario, now: datetime) -> Scenario:
    """The scenario with two days of illness to come."""
    days = (now.date() + timedelta(days=1), now.date() + timedelta(days=2))
    athlete = scenario.athlete.model_copy(update={"blocked": (*scenario.athlete.blocked, days)})
    return scenario.model_copy(update={"athlete": athlete})


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--sizes", nargs="*", default=[f"{weeks}x{lifts}" for weeks, lifts in SIZES])
    arguments = parser.parse_args()
    print("weeks x lifts | first answer | with the frontier | moves: points")
    for size in arguments.sizes:
        weeks, lifts = map(int, size.split("x"))
        scenario = validate(parse(scenario_text(weeks, lifts).encode(), size), problems)
        plan = solved(scenario).result.plan
        if plan is None:
            raise SystemExit(f"{size}: there is no plan")
        now = datetime.combine(plan.weeks[weeks // 2].start, MIDNIGHT) + timedelta(hours=12)
        settled, after = lived(plan, now), changed(scenario, now)
        until = 7 * (weeks // 2) + 6
        sick = after.athlete.blocked[-1]
        spared = frozenset(one.id for one in plan.sessions if sick[0] <= one.date <= sick[1])
        first, whole = [], []
        for _ in range(arguments.repeat):
            began = time.perf_counter()
            near = Stay(plan.reference, until, spared)
            solved(after, lived=settled, stay=near, reference=plan.reference)
            first.append(time.perf_counter() - began)
            began = time.perf_counter()
            found = replan(after, settled, plan, Wishes(spared=spared), Deadline(None))
            whole.append(time.perf_counter() - began)
        told = ", ".join(f"{len(one.moved)}: {one.points}" for one in found.frontier)
        medians = f"{statistics.median(first):>10.2f} s | {statistics.median(whole):>15.2f} s"
        print(f"{size:>13} | {medians} | {told}", flush=True)


if __name__ == "__main__":
    main()
