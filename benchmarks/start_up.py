"""How long the program takes to start, and to solve a scenario, beside importing ortools and nothing else.

Run:  python benchmarks/start_up.py [--repeat 7]

Each run is a process of its own; the cases take turns, so that whatever else the machine does falls on all of
them, and the median of each is printed with its ratio to the bare import. Bytecode is there, as it is once a
package is installed: a first round, which is not counted, writes it into a folder of its own.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BARE = "from ortools.sat.python import cp_model"
# What is run, and how many times as long as the bare import it may take.
CASES: dict[str, tuple[list[str], float]] = {
    BARE: (["-c", BARE], 1),
    "mesocycle --help": (["-m", "mesocycle", "--help"], 0.25),
    "mesocycle solve": (["-m", "mesocycle", "solve", "scenarios/half_marathon.yaml"], 2.5),
}


def seconds(arguments: list[str], bytecode: str) -> float:
    """How long Python takes with these arguments, from the call until it has ended."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": bytecode}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, check=True
    )
    return time.perf_counter() - began


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--repeat", type=int, default=7, help="Runs of each case.")
    count = parser.parse_args().repeat
    with tempfile.TemporaryDirectory() as bytecode:
        rounds = [
            {name: seconds(arguments, bytecode) for name, (arguments, _) in CASES.items()}
            for _ in range(count + 1)
        ]
    medians = {name: statistics.median(taken[name] for taken in rounds[1:]) for name in CASES}
    print(f"{f'median of {count}':<42}{'ms':>6}{'ratio':>8}{'at most':>9}")
    for name, (_, most) in CASES.items():
        print(f"{name:<42}{1000 * medians[name]:>6.0f}{medians[name] / medians[BARE]:>8.2f}{most:>9.2f}")


if __name__ == "__main__":
    main()
