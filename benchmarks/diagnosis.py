"""How long an explanation takes: seconds to the conflicts and to checked repairs, by weeks and trouble.

Run:  python benchmarks/diagnosis.py [--repeat 3] [--weeks 8 16 26] [--kinds alike some sunday rota]

Six runs a week, two lifts (one in `rota`), a 15-minute grid, and one of four troubles:

alike   lifts on easy days only, in a week whose easy days are all the eves of key runs: every week fails
some    two lifts a week are a must; a trip in week 3, club evenings in every seventh week from week 6
sunday  lifts on Monday morning or Sunday evening: one week can be planned, but not the next one after it
rota    one home weekday for the lift, and another shift from the middle of the block

`refused` is the solve that finds no block, `first` the first minimal conflict, `conflicts` all of them,
`total` conflicts, repairs and hints about runs, each planned as a whole block and checked; `cpu` are its
processor seconds, on all threads, which a busy machine disturbs less. `mended` is the solve of the block that
the first repair makes possible, `ratio` the total in such solves. `solves` counts tests of stretches,
`checked` the repairs that were planned and passed their check. Each row is a process of its own, so that its
memory is its own; seconds are the median of the repeats. Machines differ: compare rows of one run with each
other, and runs of one machine.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from itertools import islice
from typing import Any

START = date(2027, 1, 4)
EVENINGS = {"weekdays": ["06:00-08:00", "17:00-21:00"], "weekend": ["09:00-18:00"]}
GYM = ["17:00-20:00"]
HOUR = {"name": "Strength", "minutes": 60, "lower_body": "heavy"}


def _run(kind: str, start: str, kilometres: int, minutes: int | None = None) -> dict[str, Any]:
    run: dict[str, Any] = {"type": kind, "start": start, "distance": f"{kilometres} km"}
    return run if minutes is None else run | {"minutes": minutes}


def _week(start: str, long_day: str = "sun", easy: str = "wed fri sat") -> dict[str, Any]:
    """Six runs: intervals on Tuesday, a tempo run on Thursday, a long run, and three easy ones."""
    return {day: _run("easy", start, 8) for day in easy.split()} | {
        "tue": _run("intervals", start, 12, 65),
        "thu": _run("tempo", start, 11, 60),
        long_day: _run("long", "08:00", 22, 120),
    }


def alike(weeks: int) -> dict[str, Any]:
    """Every week fails for the same reason."""
    return {
        "policy": "easy_moderate",
        "athlete": {"availability": EVENINGS},
        "runs": {"week": _week("12:15", "sat", "mon wed fri")},
        "rules": {"hard_easy_policy": {"hard": True}},
    }


def some(weeks: int) -> dict[str, Any]:
    """A few weeks fail, for two reasons."""
    dates: dict[date, Any] = {}
    for week in range(5, weeks, 7):  # the evenings are the gym's eves
        monday = START + timedelta(weeks=week)
        dates[monday + timedelta(days=2)] = _run("threshold", "19:30", 9, 46)
        dates[monday + timedelta(days=5)] = _run("hills", "19:00", 10, 60)
        dates[monday + timedelta(days=6)] = _run("easy", "09:00", 10)
    trip = START + timedelta(weeks=2)
    return {
        "policy": "stack_hard",
        "athlete": {
            "availability": {"weekdays": [], "tue": GYM, "fri": GYM, "weekend": []},
            "blocked": [f"{trip + timedelta(days=1)}..{trip + timedelta(days=4)}"],
        },
        "runs": {"week": _week("06:30"), "dates": dates},
        "rules": {"sessions_per_week": "hard"},
    }


def sunday(weeks: int) -> dict[str, Any]:
    """Weeks fail only together: from Sunday evening to Monday morning is less than a day."""
    return {
        "policy": "easy_moderate",
        "athlete": {
            "availability": {"weekdays": [], "mon": ["06:00-07:30"], "sat": [], "sun": ["17:00-19:30"]}
        },
        "runs": {
            "week": {
                "mon": _run("easy", "18:30", 8),
                "tue": _run("easy", "18:30", 9),
                "wed": _run("intervals", "18:30", 12, 65),
                "thu": _run("easy", "18:30", 9),
                "sat": _run("long", "08:00", 22, 120),
                "sun": _run("easy", "08:30", 8),
            }
        },
        "rules": {"sessions_per_week": "hard"},
    }


def rota(weeks: int) -> dict[str, Any]:
    """The halves fail only together: no weekday is free in both."""
    free: dict[Any, Any] = {"weekdays": [], "tue": GYM, "fri": GYM, "weekend": []}
    for week in range(weeks // 2, weeks):
        monday = START + timedelta(weeks=week)
        free |= {monday + timedelta(days=day): GYM if day == 3 else [] for day in (1, 3, 4)}
    return {
        "policy": "stack_hard",
        "athlete": {"availability": free},
        "runs": {"week": _week("06:30")},
        "strength": {"sessions_per_week": 1, "sessions": [HOUR]},
        "rules": {"weekly_day_consistency": "hard"},
    }


KINDS: dict[str, Callable[[int], dict[str, Any]]] = {
    "alike": alike,
    "some": some,
    "sunday": sunday,
    "rota": rota,
}


def scenario_data(weeks: int, kind: str) -> dict[str, Any]:
    """Write a scenario with rising mileage and a cutback every fourth week."""
    distances = [
        round(48 + 30 * at / weeks + 4 * (at % 4) - (22 if at % 4 == 3 else 0)) for at in range(weeks)
    ]
    data = {
        "start": START,
        "weeks": weeks,
        "strength": {"sessions_per_week": 2, "program": "runner_two_day"},
        "history": {"last_lift": START - timedelta(days=4)},
        **KINDS[kind](weeks),
    }
    return data | {"runs": data["runs"] | {"weekly_distance": distances}}


def measure(weeks: int, kind: str, repeat: int) -> dict[str, object]:
    """Explain one scenario a few times in this process."""
    import mesocycle
    from mesocycle.models.diagnosis import Diagnosis
    from mesocycle.models.scenario import Scenario
    from mesocycle.solver import diagnose as diagnosis
    from mesocycle.solver import solve as solver
    from mesocycle.solver.diagnose.assumption_model import Effort
    from mesocycle.solver.diagnose.search import MOST_CONFLICTS, conflicts, whole_block
    from mesocycle.solver.model.search import Deadline

    scenario: Scenario = mesocycle.load_scenario(scenario_data(weeks, kind))
    rounds: dict[str, list[float]] = {}

    def timed(stage: str, work: Callable[[], Any]) -> Any:
        began, busy = time.perf_counter(), time.process_time()
        answer = work()
        rounds.setdefault(stage, []).append(time.perf_counter() - began)
        rounds.setdefault(f"{stage} cpu", []).append(time.process_time() - busy)
        return answer

    def found(most: int) -> int:
        whole = whole_block(scenario, Effort(Deadline(None)))
        return len(list(islice(conflicts(whole, whole.failing_weeks()), most)))

    for _ in range(repeat):
        refused = timed("refused", lambda: solver.solve(scenario))
        if refused.plan is not None:
            raise SystemExit(f"{kind} with {weeks} weeks has a block: nothing to explain")
        timed("first", lambda: found(1))
        timed("conflicts", lambda: found(MOST_CONFLICTS))
        answer: Diagnosis = timed("total", lambda: diagnosis.diagnose(scenario, Deadline(None)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if answer.repairs:
        mended = mesocycle.with_repair(scenario, answer.repairs[0])
        for _ in range(repeat):
            timed("mended", lambda: solver.solve(mended))
    return {
        **{stage: statistics.median(seconds) for stage, seconds in rounds.items()},
        "solves": answer.solves,
        "found": len(answer.conflicts),
        "minimal": sum(conflict.proven_minimal for conflict in answer.conflicts),
        "repairs": len(answer.repairs),
        "checked": sum(repair.verified for repair in answer.repairs),
        "mb": peak,
        "text": str(answer),
    }


def environment() -> str:
    """Where it was measured."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    versions = f"Python {platform.python_version()}, ortools {importlib.metadata.version('ortools')}"
    return f"{versions}, {platform.system()} {platform.machine()}, {cores} cores{load}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--weeks", type=int, nargs="+", default=[8, 16, 26])
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("--text", action="store_true", help="print each explanation as well")
    parser.add_argument("--one", nargs=2, metavar=("WEEKS", "KIND"), help="one row, as JSON")
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(measure(int(arguments.one[0]), arguments.one[1], arguments.repeat)))
        return
    print(environment())
    stages = "refused  first conflicts  total    cpu | mended ratio"
    print(f"weeks kind   | {stages} | solves found repairs checked |  MB")
    for weeks, kind in ((weeks, kind) for weeks in arguments.weeks for kind in arguments.kinds):
        command = [sys.executable, __file__, "--one", str(weeks), kind, "--repeat", str(arguments.repeat)]
        row = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
        mended = row.get("mended", float("nan"))
        print(
            f"{weeks:5} {kind:<6} | {row['refused']:7.3f} {row['first']:6.3f} {row['conflicts']:9.3f} "
            f"{row['total']:6.3f} {row['total cpu']:6.3f} | {mended:6.3f} {row['total'] / mended:5.1f} "
            f"| {row['solves']:6} {row['found']:5} {row['repairs']:7} {row['checked']:7} | {row['mb']:3.0f}",
            flush=True,
        )
        if arguments.text:
            print(row["text"])


if __name__ == "__main__":
    main()
