"""How long an explanation takes, and what settles it: `python benchmarks/explain.py`.

A row for each size of `solve_time`: seconds of the frozen table of all sessions, of the exact table of one
session's days (median and most of a sample), and of all sessions of a week (the same). The plan is known
before, with the relaxations that proved it, as in a living block. Then how many exact prices were proven by
rules alone, by reduced costs, by a relaxation of what is left, and by a search. Machines differ: compare rows
of one run with each other, and runs of one machine.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections import Counter
from collections.abc import Sequence

from solve_time import scenario_text

import mesocycle as mc
from mesocycle.files.scenario import validate
from mesocycle.files.yaml_source import parse
from mesocycle.solver.explain.choices import choices
from mesocycle.solver.explain.exact import Exact, How, Scope
from mesocycle.solver.explain.explainer import Explainer
from mesocycle.solver.explain.frozen import Frozen
from mesocycle.solver.explain.session import session_of
from mesocycle.solver.model.search import Deadline
from mesocycle.solver.prescription.lifts import Lift
from mesocycle.solver.rules.check import problems
from mesocycle.solver.solve import Solved, solved

SIZES = ((16, 2), (16, 3), (52, 2), (52, 3))
SAMPLE = 8


def explainer(one: Solved) -> Explainer:
    """Somebody who has been asked nothing yet."""
    if one.result.plan is None:
        raise SystemExit(f"there is no plan: {one.result.headline}")
    patterns = list(one.search.relaxed.values())
    chosen = choices(one.instance, one.result.plan, patterns)
    exact = Exact(chosen, patterns)
    return Explainer(chosen, exact, (Scope.WEEK, Scope.BLOCK), Deadline(None))


def frozen_seconds(one: Solved, repeat: int) -> float:
    """Seconds of the frozen table of all sessions, the plan read first."""
    seconds = []
    for _ in range(repeat):
        began = time.perf_counter()
        chosen = choices(one.instance, one.result.plan or mc.Plan(sessions=(), weeks=()))
        frozen = Frozen(chosen)
        for lift, kept in enumerate(chosen.sets):
            if kept is not None:
                frozen.of(lift)
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds)


def exact_seconds(one: Solved, groups: Sequence[Sequence[Lift]]) -> tuple[list[float], Counter[How]]:
    """Seconds of the exact tables of some groups of sessions, each asked anew."""
    seconds: list[float] = []
    tally: Counter[How] = Counter()
    for group in groups:
        began = time.perf_counter()
        asked = explainer(one)
        for lift in group:
            session_of(asked, lift, whole=False)
        seconds.append(time.perf_counter() - began)
        tally += asked.exact.tally
    return seconds, tally


def sample(every: Sequence[Lift]) -> list[Lift]:
    """Some of the sessions, from the first to the last."""
    step = max(1, len(every) // SAMPLE)
    return list(every[::step][:SAMPLE])


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--sizes", nargs="*", default=[f"{weeks}x{lifts}" for weeks, lifts in SIZES])
    arguments = parser.parse_args()
    print("weeks x lifts | frozen, all | a session's days | a week's sessions | proven by " + ", ".join(How))
    for size in arguments.sizes:
        weeks, lifts = map(int, size.split("x"))
        one = solved(validate(parse(scenario_text(weeks, lifts).encode(), size), problems))
        every = explainer(one).choices.grounded.problem.lifts
        frozen = frozen_seconds(one, arguments.repeat)
        days, tally = exact_seconds(one, [[lift] for lift in sample(every)])
        week, more = exact_seconds(
            one, [[lift for lift in every if lift.week == first.week] for first in sample(every)]
        )
        tally += more
        settled = ", ".join(str(tally[how]) for how in How)
        print(
            f"{size:>13} | {frozen:>9.3f} s | {statistics.median(days):.2f}, most {max(days):.2f} s | "
            f"{statistics.median(week):.2f}, most {max(week):.2f} s | {settled}",
            flush=True,
        )


if __name__ == "__main__":
    main()
