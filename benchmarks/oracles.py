"""Random small blocks against the oracles of tests/oracles.

Run:  python benchmarks/oracles.py --minutes 10 [--seed 0]

A brute force that was written from the rules' pages tries every block, sets included; and scenarios that only
allow more or charge less are solved beside their own. Prints how many were tried, and every disagreement.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "oracles"))

from brute_force import best_points  # found through the line above
from metamorphic import optimum, rises
from tiny import tiny

import mesocycle as mc


def main() -> None:
    """Run both oracles in turn until the time is up."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=0, help="the first seed")
    arguments = parser.parse_args()
    end = time.monotonic() + 60 * arguments.minutes
    seed, tried, easier, wrong = arguments.seed, 0, 0, 0
    while time.monotonic() < end:
        rng = random.Random(seed)
        data = tiny(rng)
        ours, theirs = optimum(data), best_points(mc.load_scenario(data))
        tried += 1
        if ours != (float("inf") if theirs is None else theirs):
            wrong += 1
            print(f"seed {seed}: ours {ours}, brute force {theirs}", flush=True)
        solved, found = rises(data, rng)
        easier += solved
        for line in found:
            wrong += 1
            print(f"seed {seed}: {line}", flush=True)
        seed += 1
    print(f"{tried} blocks against the brute force, {easier} easier ones; {wrong} disagreements")


if __name__ == "__main__":
    main()
