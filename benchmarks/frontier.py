"""How long the whole trade-off between leg sets and interference takes: `python benchmarks/frontier.py`.

One row a scenario: its points, and the seconds until the last of them was proven and told. Machines differ:
compare rows of one run with each other, and runs of one machine.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import mesocycle as mc
from mesocycle.solver.frontier import frontier
from mesocycle.solver.model.search import Deadline

SCENARIOS = Path(__file__).parents[1] / "scenarios"
NAMES = ("half_marathon", "marathon_16", "thirty_minutes", "three_lifts")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("scenarios", nargs="*", default=[str(SCENARIOS / f"{name}.yaml") for name in NAMES])
    parser.add_argument("--limit", type=float, help="seconds for each")
    arguments = parser.parse_args()
    print("scenario                | status    points seconds | leg sets  interference")
    for path in arguments.scenarios:
        scenario = mc.load_scenario(path)
        began = time.perf_counter()
        found = frontier(scenario, Deadline(arguments.limit))
        seconds = time.perf_counter() - began
        row = f"{Path(path).stem:<23} | {found.status:<10} {len(found.points):5} {seconds:7.2f}"
        if found.points:
            first, *_, last = (found.points[0], *found.points)
            row += (
                f" | {first.leg_sets:3} to {last.leg_sets:<3} {first.interference:3} to {last.interference}"
            )
        print(row, flush=True)


if __name__ == "__main__":
    main()
