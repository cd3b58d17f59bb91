"""Our solver beside its peers on the same blocks: HiGHS, SCIP, CP-SAT, a textbook model and greedy planners.

Run:  python benchmarks/peers.py [--weeks 8 16] [--lifts 2 3] [--repeat 5] [--limit 60] [--peers highs scip]
                                 [--write]

Needs the extra `bench`. Blocks are those of `solve_time.py`. Each solve is a process of its own, and the
peers take turns; the tables hold medians, and what each takes as a multiple of ours. Who has not proven an
optimum within the limit is not asked again, and is shown as `>`. `--write` puts the tables into
docs/benchmarks.md, which tells what is compared. Where two differ about an optimum, or a solution does not
keep to its rows, that is printed, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from solve_time import lifts_of, scenario_text

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "benchmarks.md"
SCENARIOS = HERE.parent / "scenarios"
MARKERS = ("<!-- peers: begin -->", "<!-- peers: end -->")
SOLVERS = {"highs": "HiGHS", "scip": "SCIP", "cpsat2": "CP-SAT, 2 w.", "cpsat8": "CP-SAT, 8 w."}
PEERS = (*SOLVERS, "textbook", "greedy")
PACKAGES = {"highs": "highspy", "scip": "pyscipopt"}
TITLES = {
    "listed": "Listed rows",
    "whole": "Whole rows",
    "textbook": "The textbook model",
    "greedy": "Greedy planners",
}
# The textbook model has no two equal sessions in a week.
TEXTBOOK_LIFTS = 3
# A solver that does not see the time: so many seconds after its limit it is ended.
GRACE = 60.0

Told = dict[str, Any]


@dataclass
class Runs:
    """What the runs of one peer on one block came to."""

    seconds: list[float] = field(default_factory=list)
    search: list[float] = field(default_factory=list)
    points: int | None = None
    open: Told | None = None

    def add(self, told: Told, limit: float) -> str:
        """Take in a run; what is wrong with it, empty if nothing is."""
        if told["points"] is None or told["seconds"] > limit:
            self.open = told
            return ""
        before, self.points = self.points, told["points"]
        self.seconds.append(told["seconds"])
        self.search.append(told.get("search", 0.0))
        return "" if before in (None, self.points) else f"{before} points, then {self.points}"

    @property
    def middle(self) -> float | None:
        """Median seconds; None where it was not done."""
        return None if self.open is not None else statistics.median(self.seconds)

    def told(self, limit: float) -> str:
        """Median seconds."""
        if self.open is not None and self.open["wrong"]:
            return f"{'failed':>7}"
        return f"{f'> {limit:g}':>7}" if self.middle is None else f"{self.middle:7.3f}"

    def beside(self, limit: float, *ours: float | None) -> str:
        """Median seconds, and how many times each of ours that is."""
        failed = self.open is not None and self.open["wrong"]
        times = ("-" if failed else self._times(limit, each) for each in ours)
        return " ".join([self.told(limit), *(f"{each:>7}" for each in times)])

    def _times(self, limit: float, ours: float | None) -> str:
        if ours is None:
            return "-" if self.middle is None else f"< {self.middle / limit:.2f}"
        return f"> {limit / ours:.0f}" if self.middle is None else f"{self.middle / ours:.2f}"


class Bench:
    """One run of the benchmark: what was asked for, its tables, and what is wrong."""

    def __init__(self, peers: Sequence[str], repeat: int, limit: float) -> None:
        self.solvers = [peer for peer in SOLVERS if peer in peers]
        self.repeat, self.limit = repeat, limit
        self.tables: dict[str, list[str]] = {}
        self.wrong: list[str] = []

    def child(self, script: str, *arguments: object, limit: float | None = None) -> Told:
        """What a process of its own tells; no points where it did not see the time, or failed."""
        command = [sys.executable, str(HERE / script), *map(str, arguments)]
        try:
            done = subprocess.run(
                command,
                capture_output=True,
                text=True,
                check=False,
                timeout=None if limit is None else limit + GRACE,
            )
        except subprocess.TimeoutExpired:
            return {"seconds": limit, "points": None, "wrong": ""}
        if done.returncode:
            end = (done.stderr.strip().splitlines() or [f"code {done.returncode}"])[-1]
            if limit is None:
                raise SystemExit(f"{script} failed: {end}")
            return {"seconds": limit, "points": None, "wrong": f"failed: {end}"}
        found: Told = json.loads(done.stdout.splitlines()[-1])
        return found

    def rounds(self, name: str, jobs: dict[str, tuple[object, ...]]) -> dict[str, Runs]:
        """Let all take turns: a script with its arguments each."""
        runs = {job: Runs() for job in jobs}
        for _ in range(self.repeat):
            for job, command in jobs.items():
                if runs[job].open is not None:
                    continue
                told = self.child(str(command[0]), *command[1:], self.limit, limit=self.limit)
                wrong = [told["wrong"], runs[job].add(told, self.limit)]
                self.wrong += [f"{name}, {job}: {one}" for one in wrong if one]
        return runs

    def size(self, weeks: int, lifts: int) -> None:
        """The solvers on the rows of one block."""
        name = f"{weeks:5} {lifts:5}"
        with tempfile.TemporaryDirectory() as path:
            folder = Path(path)
            (folder / "scenario.yaml").write_text(scenario_text(weeks, lifts), encoding="utf-8")
            facts = self.child("peers_ours.py", "rows", folder)
            jobs: dict[str, tuple[object, ...]] = {"ours": ("peers_ours.py", "time", folder)}
            for setting in ("listed", "whole"):
                for solver in self.solvers if facts[setting] else ():
                    jobs[f"{setting} {solver}"] = ("peers_rows.py", solver, folder / f"{setting}.npz")
            runs = self.rounds(name, jobs)
        ours = runs["ours"]
        search = None if ours.middle is None else statistics.median(ours.search)
        for setting in ("listed", "whole"):
            fact = facts[setting]
            if fact is None:
                self.row(setting, f"{name} | more than can be written down")
                continue
            own = {solver: runs[f"{setting} {solver}"] for solver in self.solvers}
            best = self.best(f"{name}, {setting}", ours.points, own, whole=setting == "whole")
            size = f"{fact['columns']:7} {fact['rows']:6} {points(ours.points)}"
            if setting == "listed":
                seconds = ours.told(self.limit)
                split = "      -" if search is None else f"{search:7.3f}"
                size += f" {points(best)} | {split} {seconds}"
                cells = [run.beside(self.limit, search, ours.middle) for run in own.values()]
            else:
                size += f" {fact['seconds']:6.2f} | {ours.told(self.limit)}"
                cells = [run.beside(self.limit, ours.middle) for run in own.values()]
            self.row(setting, f"{name} | {size} | {' | '.join(cells)}")

    def best(self, name: str, ours: int | None, own: Mapping[str, Runs], whole: bool) -> int | None:
        """The optimum of the peers, which have to agree with each other and with us.

        Which versions are listed is settled by the bound: the best block of all may need others, so the
        optimum of the listed rows may be more than ours, never less.
        """
        found = {solver: run.points for solver, run in own.items() if run.points is not None}
        differ = len(set(found.values())) > 1
        if ours is not None:
            differ = differ or any(one < ours or (whole and one > ours) for one in found.values())
        if differ:
            self.wrong.append(f"{name}: ours {ours}, {found}")
        return min(found.values(), default=None)

    def textbook(self, weeks: int, lifts: int) -> None:
        """The textbook model on a block with its own rules."""
        from peers_textbook import small_rules

        name = f"{weeks:5} {lifts:5}"
        with tempfile.TemporaryDirectory() as path:
            folder = Path(path)
            (folder / "scenario.yaml").write_text(small_rules(weeks, lifts), encoding="utf-8")
            jobs: dict[str, tuple[object, ...]] = {
                "ours": ("peers_ours.py", "time", folder),
                "textbook": ("peers_textbook.py", folder),
            }
            runs = self.rounds(f"{name}, small rules", jobs)
        ours, theirs = runs["ours"], runs["textbook"]
        self.best(f"{name}, small rules", ours.points, {"textbook": theirs}, whole=True)
        row = f"{name} | {points(ours.points)} | {ours.told(self.limit)} | "
        row += theirs.beside(self.limit, ours.middle)
        if theirs.open is not None:
            row += f" | {points(theirs.open.get('found'))} {points(theirs.open.get('bound'))}"
        self.row("textbook", row)

    def greedy(self, name: str, path: Path) -> None:
        """The greedy planners on one block."""
        told = self.child("peers_greedy.py", path)
        cells = []
        for found in told["found"]:
            broken = sum(found["breaches"].values())
            cells.append(f"{found['points']:6} {found['left_out']:5} {broken:6}")
            legal = found["points"] >= told["optimum"] or broken
            self.wrong += [] if legal else [f"{name}: {found['points']} points are fewer than the optimum"]
        rules = sorted({rule for found in told["found"] for rule in found["breaches"]})
        self.row(
            "greedy",
            f"{name:<22} | {told['optimum']:6} | {' | '.join(cells)} | {', '.join(rules)}".rstrip(" |"),
        )

    def row(self, table: str, line: str) -> None:
        """Add a row to a table, and show that it is done."""
        self.tables.setdefault(table, self.heads(table)).append(line)
        print(f"{table:<8} | {line}", file=sys.stderr, flush=True)

    def heads(self, table: str) -> list[str]:
        """The heads of a table."""
        names = [SOLVERS[solver] for solver in self.solvers]
        match table:
            case "listed":
                above = f"{'':40} | {'ours':^15} | " + " | ".join(f"{name:^23}" for name in names)
                each = " | ".join("seconds /search  /total" for _ in names)
                return [
                    above.rstrip(),
                    f"weeks lifts | columns   rows points listed |  search   total | {each}",
                ]
            case "whole":
                above = f"{'':40} | {'ours':^7} | " + " | ".join(f"{name:^15}" for name in names)
                each = " | ".join("seconds  /total" for _ in names)
                return [above.rstrip(), f"weeks lifts | columns   rows points  build |   total | {each}"]
            case "textbook":
                return [
                    "weeks lifts | points |    ours | seconds  /total |   best  bound, where it is not done"
                ]
        return [
            f"{'':22} |         | {'first place':^19} | {'fewest points':^19} |",
            f"{'block':<22} | optimum | points  left broken | points  left broken | rules broken",
        ]


def points(value: int | None) -> str:
    """Points, or that there are none."""
    return f"{'-' if value is None else value:>6}"


def machine(repeat: int, limit: float) -> str:
    """What was measured with what."""
    known = []
    for package in ("ortools", "highspy", "pyscipopt"):
        try:
            known.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            continue
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    runs = "one run" if repeat == 1 else f"medians of {repeat} runs in turn"
    return (
        f"Python {platform.python_version()}, {', '.join(known)}; {cores} cores; {runs}; limit {limit:g} s."
    )


def missing(peers: Sequence[str]) -> list[str]:
    """Packages that are needed and not installed."""
    wanted = [PACKAGES[peer] for peer in peers if peer in PACKAGES]
    return [package for package in wanted if not installed(package)]


def installed(package: str) -> bool:
    """Whether a package is there; it is not imported."""
    try:
        version(package)
    except PackageNotFoundError:
        return False
    return True


def printed(tables: Mapping[str, list[str]], told: str) -> str:
    """The tables as Markdown."""
    parts = [told]
    for name, title in TITLES.items():
        if name in tables:
            lines = (line.rstrip() for line in tables[name])
            parts.append("\n".join([f"### {title}", "", "```text", *lines, "```"]))
    return "\n\n".join(parts)


def around() -> tuple[str, str]:
    """What the page has before and after the tables."""
    page = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    begin, end = (page.find(marker) for marker in MARKERS)
    if not 0 <= begin < end:
        raise SystemExit(f"docs/{PAGE.name} has no {' and '.join(MARKERS)}")
    return page[: begin + len(MARKERS[0])], page[end:]


def write(text: str) -> None:
    """Put the tables into the page, between its markers."""
    before, after = around()
    PAGE.write_text(f"{before}\n\n{text}\n\n{after}", encoding="utf-8")


def sizes(weeks: Sequence[int], lifts: Sequence[int] | None) -> Iterator[tuple[int, int]]:
    """Weeks and lifts a week to go through."""
    for each in weeks:
        for count in lifts or lifts_of(each):
            yield each, count


def main() -> None:
    """Print the tables; exit with 1 if two ever differ about an optimum."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--weeks", type=int, nargs="+", default=[8, 16, 26, 52])
    parser.add_argument("--lifts", type=int, nargs="+", help="2 3 4 6; beyond 16 weeks 2 3")
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--limit", type=float, default=60.0, help="seconds for each solve")
    parser.add_argument("--peers", nargs="+", choices=PEERS, default=list(PEERS))
    parser.add_argument("--write", action="store_true", help="put the tables into docs/benchmarks.md")
    arguments = parser.parse_args()
    if absent := missing(arguments.peers):
        raise SystemExit(f"{' and '.join(absent)} missing: pip install '.[bench]', or leave out with --peers")
    if arguments.write:
        around()  # a page without a place for them is told now
    bench = Bench(arguments.peers, arguments.repeat, arguments.limit)
    wanted = list(sizes(arguments.weeks, arguments.lifts))
    told = machine(arguments.repeat, arguments.limit)
    for weeks, lifts in wanted if bench.solvers else ():
        bench.size(weeks, lifts)
    for weeks, lifts in wanted if "textbook" in arguments.peers else ():
        if lifts <= TEXTBOOK_LIFTS:
            bench.textbook(weeks, lifts)
    if "greedy" in arguments.peers:
        with tempfile.TemporaryDirectory() as folder:
            for weeks, lifts in wanted:
                path = Path(folder) / f"{weeks}x{lifts}.yaml"
                path.write_text(scenario_text(weeks, lifts), encoding="utf-8")
                bench.greedy(f"{weeks} weeks, {lifts} lifts", path)
        for path in sorted(SCENARIOS.glob("*.yaml")):
            bench.greedy(path.stem, path)
    text = printed(bench.tables, told)
    print(text)
    if arguments.write:
        write(text)
    for line in bench.wrong:
        print(f"WRONG: {line}", file=sys.stderr)
    sys.exit(1 if bench.wrong else 0)


if __name__ == "__main__":
    main()
