"""Do the tests notice small errors? A seeded sample of mutants of the product, and how many are killed.

    python benchmarks/mutants.py [CHECKOUT] [--mutants 60] [--seed 1] [--limit 40] [--seconds 1500] [--map M]

Everything happens in a copy of CHECKOUT (this one if left out) in a temporary folder. First all tests run
once under the profiler, which tells how long each takes and which functions it calls; `--map` keeps this in
a file and reads it from there the next time. Then each mutant in turn is written into the copy, and the tests
that call the changed function run, the quickest first, until one fails. A mutant is

    another comparison    <= for <, != for ==, is not for is, not in for in, and the other way round
    another number        one more than an integer
    another junction      or for and, and for or
    another sign          - for +
    a dropped `not`
    nothing               None in place of what is returned

inside a function of mesocycle's solver, importing, files, output or what_if: constants of modules and classes
stay as they are, since what holds them is often a comparison with the documentation alone. Modules are drawn
before places in them, so that long ones do not take all.

--limit is how many CPU seconds of tests a mutant gets, by what they took unchanged; if these let it pass, it
has survived. --seconds ends the whole after so many CPU seconds, the map apart. Some survivors are no errors,
such as a limit that nothing reaches: read them before counting them against the tests. The same seed draws
the same mutants of the same product, so two states of the tests can be compared.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
SHARES = {"solver": 24, "importing": 11, "output": 10, "files": 8, "what_if": 7}  # of 60
FIRST = 60  # tests: most mutants fall to one of so few, and collecting thousands takes seconds
START_SECONDS = 30  # of a run for importing and collecting, at most
OTHER: dict[type[ast.cmpop], ast.cmpop] = {
    ast.Lt: ast.LtE(), ast.LtE: ast.Lt(), ast.Gt: ast.GtE(), ast.GtE: ast.Gt(), ast.Eq: ast.NotEq(),
    ast.NotEq: ast.Eq(), ast.Is: ast.IsNot(), ast.IsNot: ast.Is(), ast.In: ast.NotIn(), ast.NotIn: ast.In(),
}  # fmt: skip
TEXT = (ast.JoinedStr, ast.List, ast.Tuple, ast.ListComp)  # nothing to subtract: falls at once
# What the tests call, as a plugin of pytest: seconds and functions of each test that passes.
PLUGIN = """
import cProfile, json, os, time
from pathlib import Path
import pytest

SECONDS, CALLED = {}, {}
ROOT = Path.cwd() / "mesocycle"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item, nextitem):
    profile = cProfile.Profile()
    before = sum(os.times()[:4])
    try:
        profile.enable(subcalls=False, builtins=False)
    except ValueError:  # something else profiles
        return (yield)
    try:
        return (yield)
    finally:
        profile.disable()
        SECONDS[item.nodeid] = round(sum(os.times()[:4]) - before, 4)
        CALLED[item.nodeid] = sorted(
            f"{Path(entry.code.co_filename).relative_to(ROOT.parent)}:{entry.code.co_firstlineno}"
            for entry in profile.getstats()
            if not isinstance(entry.code, str) and entry.code.co_filename.startswith(f"{ROOT}/")
        )


def pytest_runtest_logreport(report):
    if report.outcome != "passed":
        FAILED.add(report.nodeid)


FAILED = set()


def pytest_sessionfinish(session):
    kept = {test: seconds for test, seconds in SECONDS.items() if test not in FAILED}
    called = {test: CALLED[test] for test in kept}
    Path(os.environ["MUTANTS_MAP"]).write_text(json.dumps({"seconds": kept, "called": called}))
"""


@dataclass(frozen=True)
class Mutant:
    """A place in a module, what stands there, and what shall."""

    module: str  # its path in the checkout
    function: int  # the first line of the function around it, decorators included
    start: tuple[int, int]  # line from 0, byte
    end: tuple[int, int]
    now: str

    def __str__(self) -> str:
        return f"{self.module}:{self.start[0] + 1} {self.now}"

    def applied(self, text: str) -> str:
        """The module's text with the change in it."""
        lines = [line.encode() for line in text.splitlines(keepends=True)]
        (first, left), (last, right) = self.start, self.end
        changed = lines[first][:left] + self.now.encode() + lines[last][right:]
        return b"".join([*lines[:first], changed, *lines[last + 1 :]]).decode()


def places(module: str, text: str) -> list[tuple[str, Mutant]]:
    """All mutants of a module, with their kinds."""
    found: list[tuple[str, Mutant]] = []

    def add(kind: str, node: ast.expr, now: ast.expr, function: int) -> None:
        end = (node.end_lineno or node.lineno) - 1, node.end_col_offset or 0
        start = node.lineno - 1, node.col_offset
        found.append((kind, Mutant(module, function, start, end, f"({ast.unparse(now)})")))

    def visit(node: ast.AST, function: int | None) -> None:
        inner = function
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            lines = [node.lineno, *(each.lineno for each in getattr(node, "decorator_list", ()))]
            inner = min(lines)
        elif isinstance(node, ast.JoinedStr):  # Python 3.11 does not know where in a text its parts stand
            return
        if function is not None:
            for kind, changed, now in _changes(node):
                add(kind, changed, now, function)
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "returns", "decorator_list", "type_params"):
                continue
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    visit(child, inner)

    visit(ast.parse(text), None)
    return found


def _changes(node: ast.AST) -> Iterator[tuple[str, ast.expr, ast.expr]]:
    match node:
        case ast.Compare(left=left, ops=[operator], comparators=[right]):
            yield "comparison", node, ast.Compare(left, [OTHER[type(operator)]], [right])
        case ast.Constant(value=int(number)) if not isinstance(number, bool):
            yield "number", node, ast.Constant(number + 1)
        case ast.BoolOp(op=operator, values=values):
            yield (
                "junction",
                node,
                ast.BoolOp(ast.Or() if isinstance(operator, ast.And) else ast.And(), values),
            )
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield "not", node, operand
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            texts = [side for side in (left, right) if isinstance(side, TEXT) or _is_text(side)]
            if not texts:
                yield "sign", node, ast.BinOp(left, ast.Sub(), right)
        case ast.Return(value=ast.expr() as value) if not (
            isinstance(value, ast.Constant) and value.value is None
        ):
            yield "return", value, ast.Constant(None)


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def sample(checkout: Path, count: int, seed: int) -> list[Mutant]:
    """So many mutants, spread over rooms, modules and kinds; so is any first part of them."""
    draw = random.Random(seed)
    drawn: list[Mutant] = []
    for room, share in SHARES.items():
        modules = {}
        for path in sorted((checkout / "mesocycle" / room).rglob("*.py")):
            name = path.relative_to(checkout).as_posix()
            if found := places(name, path.read_text()):
                modules[name] = found
        names = sorted(modules)
        draw.shuffle(names)
        for number in range(max(1, round(share * count / sum(SHARES.values())))):
            found = modules[names[number % len(names)]]
            kind = draw.choice(sorted({kind for kind, _ in found}))
            drawn.append(draw.choice([mutant for each, mutant in found if each == kind]))
    draw.shuffle(drawn)
    return drawn


def copied(checkout: Path, to: Path) -> None:
    """What git knows of the checkout, as it stands there: committed or not."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=checkout, check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    for name in filter(None, listed.stdout.split("\0")):
        source, target = checkout / name, to / name
        if source.is_symlink() or source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target, follow_symlinks=False)
    # Some tests ask git for the files of their checkout.
    for command in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", *command], cwd=to, check=True)


def pytest(folder: Path, tests: Sequence[str], cpu: float | None = None, **more: str) -> tuple[int, str]:
    """Run tests in a process of its own: its exit code, negative if out of time, and what it said."""
    command = [sys.executable, "-m", "pytest", "--no-cov", "-n", "0", "--dist", "no", "--tb=line"]
    started = subprocess.Popen(
        [*command, "-p", "no:cacheprovider", *tests], cwd=folder, text=True, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env={**os.environ, "PYTHONPATH": str(folder), **more},
        preexec_fn=None if cpu is None else partial(_limit, int(cpu)),
    )  # fmt: skip
    try:
        said, _ = started.communicate(timeout=None if cpu is None else 4 * cpu)
    except subprocess.TimeoutExpired:  # it waits for what never comes, which takes no CPU
        os.killpg(started.pid, signal.SIGKILL)
        started.communicate()
        return -signal.SIGKILL, ""
    return started.returncode, said


def _limit(cpu: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 5))


def mapped(folder: Path, keep: Path | None) -> tuple[dict[str, float], dict[str, list[str]]]:
    """Seconds of each test, and the tests that call each function."""
    kept = keep or folder / "map.json"
    if not kept.exists():
        (folder / "mutants_map.py").write_text(PLUGIN)
        pytest(folder, ["-p", "mutants_map"], MUTANTS_MAP=str(kept.resolve()))
    told = json.loads(kept.read_text())
    callers: dict[str, list[str]] = {}
    for test, functions in told["called"].items():
        for function in functions:
            callers.setdefault(function, []).append(test)
    return told["seconds"], callers


def reaching(
    mutant: Mutant, callers: dict[str, list[str]], seconds: dict[str, float], there: set[str]
) -> list[str]:
    """The tests that call the changed function, then others of their files, each the quickest first."""
    called = set(callers.get(f"{mutant.module}:{mutant.function}", ())) & there
    files = {test.split("::")[0] for test in called}
    # What a file's tests share is made in the first of them alone.
    beside = {test for test in seconds.keys() & there - called if test.split("::")[0] in files}
    return [
        test for group in (called, beside) for test in sorted(group, key=lambda test: (seconds[test], test))
    ]


def killer(
    folder: Path, mutant: Mutant, tests: list[str], seconds: dict[str, float], limit: float
) -> str | None:
    """The test that a mutant falls to, if one does."""
    path = folder / mutant.module
    text = path.read_text()
    for compiled in path.parent.glob(f"__pycache__/{path.stem}.*.pyc"):
        compiled.unlink()  # it may be as old and as long as the changed file
    path.write_text(mutant.applied(text))
    try:
        chosen: list[str] = []
        total = 0.0
        for test in tests:
            total += seconds[test]
            if chosen and total > limit:
                break
            chosen.append(test)
        for part in filter(None, (chosen[:FIRST], chosen[FIRST:])):
            cpu = START_SECONDS + 4 * sum(seconds[test] for test in part)
            code, said = pytest(folder, ["-x", *part], cpu, PYTHONDONTWRITEBYTECODE="1")
            if code < 0:
                return "no end"
            if code:
                last = [line for line in said.splitlines() if line.startswith(("FAILED", "ERROR"))]
                return last[-1].split(" - ")[0] if last else f"exit code {code}"
        return None
    finally:
        path.write_text(text)


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> int:
    """Draw mutants, run the tests that reach them, and count."""
    parser = argparse.ArgumentParser(description="How many of a seeded sample of mutants do the tests kill?")
    parser.add_argument("checkout", nargs="?", type=Path, default=HERE)
    parser.add_argument("--mutants", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=float, default=40)
    parser.add_argument("--seconds", type=float, default=1500)
    parser.add_argument("--map", type=Path)
    chosen = parser.parse_args()
    mutants = sample(chosen.checkout, chosen.mutants, chosen.seed)
    counted: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made).resolve()
        copied(chosen.checkout.resolve(), folder)
        seconds, callers = mapped(folder, chosen.map)
        _, said = pytest(folder, ["--collect-only"], PYTHONDONTWRITEBYTECODE="")  # leaves all compiled
        there = set(said.splitlines())
        began = _cpu()
        for mutant in mutants:
            if _cpu() - began > chosen.seconds:
                break
            before = _cpu()
            tests = reaching(mutant, callers, seconds, there)
            by = killer(folder, mutant, tests, seconds, chosen.limit) if tests else None
            outcome = "killed" if by else "survived" if tests else "not reached"
            counted[outcome] += 1
            print(
                f"{_cpu() - before:6.1f} s  {outcome:11}  {mutant}  {by or f'{len(tests)} tests'}", flush=True
            )
    print(f"{counted.total()} of {len(mutants)} mutants: {dict(counted)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
