"""How long a block takes: read, build, solve and verify seconds by weeks and lifts a week.

Run:  python benchmarks/solve_time.py [--repeat 3] [--weeks 8 16 26 52] [--lifts 2 3 4 6]

Each row is a process of its own, so that its memory is its own; the median of the repeats is printed.
Six runs a week, decided sets, a 15-minute grid, every rule at its default. Machines differ: compare
rows of one run with each other, and runs of one machine.

`starts` counts pairs of a lift and a start, `versions` those versions that the bound lists, of all there are,
`options` their open starts; all in the first pattern of lighter weeks.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WEEK = """
    mon: {type: easy, start: "06:30", distance: 8 km}
    tue: {type: intervals, start: "06:30", minutes: 65, distance: 12 km}
    wed: {type: easy, start: "06:30", distance: 8 km}
    thu: {type: tempo, start: "06:30", minutes: 60, distance: 11 km}
    sat: {type: easy, start: "08:00", minutes: 40, distance: 7 km}
    sun: {type: long, start: "08:00", minutes: 120, distance: 22 km}
"""


def scenario_text(weeks: int, lifts: int) -> str:
    """Write a scenario with rising mileage and a cutback every fourth week."""
    distances = [
        round(48 + 30 * at / weeks + 4 * (at % 4) - (22 if at % 4 == 3 else 0)) for at in range(weeks)
    ]
    program = "runner_two_day" if lifts == 2 else "runner_three_day"
    return (
        f"start: 2026-01-05\nweeks: {weeks}\nathlete:\n  availability:\n"
        '    weekdays: ["06:00-08:00", "12:00-13:30", "17:00-21:00"]\n    weekend: ["09:00-18:00"]\n'
        f"runs:\n  week:{WEEK}  weekly_distance: {distances}\n"
        f"strength:\n  sessions_per_week: {lifts}\n  program: {program}\n"
    )


def lifts_of(weeks: int) -> tuple[int, ...]:
    """Lifts a week that the table has a row for."""
    return (2, 3, 4, 6) if weeks <= 16 else (2, 3)


def measure(weeks: int, lifts: int, repeat: int) -> dict[str, object]:
    """Solve one size a few times in this process."""
    import mesocycle
    from mesocycle.files.scenario import load
    from mesocycle.solver import solve as solver
    from mesocycle.solver.model.grounding import few_versions
    from mesocycle.solver.model.optimum import Relaxed
    from mesocycle.solver.model.search import Deadline
    from mesocycle.solver.rules import deload_weeks
    from mesocycle.solver.rules.check import problems, understand

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "scenario.yaml"
        file.write_text(scenario_text(weeks, lifts), encoding="utf-8")
        runs = []
        for _ in range(repeat + 1):
            began = time.perf_counter()
            scenario = load(file, problems)[0]
            read = time.perf_counter() - began
            result = solver.solve(scenario, read_seconds=read)
            runs.append(result.run.seconds)
    context = understand(scenario)
    pattern = deload_weeks.patterns(context)[0]
    few = few_versions(context, pattern)
    ground = Relaxed(few, None, Deadline(None)).ground
    options = ground.problem.options
    # The first round also loads the library; a batch or a server pays that once.
    seconds = {stage: statistics.median(run[stage] for run in runs[1:]) for stage in runs[0]}
    return {
        "first": sum(runs[0].values()),
        **seconds,
        "total": sum(seconds.values()),
        "status": str(result.status),
        "objective": result.objective,
        "starts": len(set(zip(options.lift.tolist(), options.start.tolist(), strict=True))),
        "options": int((~ground.closed()).sum()),
        "versions": sum(len(lift.versions) for lift in ground.problem.lifts),
        "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "version": mesocycle.__version__,
    }


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--weeks", type=int, nargs="+", default=[8, 16, 26, 52])
    parser.add_argument("--lifts", type=int, nargs="+", help="2 3 4 6; beyond 16 weeks 2 3")
    parser.add_argument("--one", type=int, nargs=2, metavar=("WEEKS", "LIFTS"), help="one size, as JSON")
    arguments = parser.parse_args()
    if arguments.one:
        weeks, lifts = arguments.one
        print(json.dumps(measure(weeks, lifts, arguments.repeat)))
        return
    stages = "  read  build  solve verify |  total  first"
    print(f"weeks lifts | {stages} | status  points | starts options versions |  MB")
    sizes = [(weeks, lifts) for weeks in arguments.weeks for lifts in arguments.lifts or lifts_of(weeks)]
    for weeks, lifts in sizes:
        command = [sys.executable, __file__, "--one", str(weeks), str(lifts)]
        command += ["--repeat", str(arguments.repeat)]
        row = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        stages = " ".join(f"{row[stage]:6.3f}" for stage in ("read", "build", "solve", "verify"))
        print(
            f"{weeks:5} {lifts:5} | {stages} | {row['total']:6.3f} {row['first']:6.3f} "
            f"| {row['status']:<7} {row['objective']:6} "
            f"| {row['starts']:6} {row['options']:7} {row['versions']:8} | {row['mb']:3.0f}"
        )


if __name__ == "__main__":
    main()
