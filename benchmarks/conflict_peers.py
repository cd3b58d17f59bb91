"""Conflicts beside CPMpy's own explanation tools, on the same weeks: `python benchmarks/conflict_peers.py`.

Needs the extra `bench`. For each impossible example whose conflict lies in one week, that week's rule
instances are written down a second time in CPMpy. Its `mus` must find our conflict irreducible, and its
`mcs`, a least set of instances to give up, must share an instance with it.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import cpmpy as cp
import numpy as np
from cpmpy.tools.explain import mcs, mus

import mesocycle as mc
from mesocycle.solver.diagnose.conflicts import Instance
from mesocycle.solver.diagnose.search import conflicts, whole_of
from mesocycle.solver.diagnose.stretch import Stretch
from mesocycle.solver.diagnose.switched import Effort, enough
from mesocycle.solver.rules.base import Apart, Close, Limit
from mesocycle.solver.search import Deadline

SCENARIOS = Path(__file__).parents[1] / "scenarios" / "impossible"


class Week:
    """A week's choices and rule instances as CPMpy sees them: one Boolean per start that matters."""

    def __init__(self, stretch: Stretch) -> None:
        keep = enough(stretch)
        self.options = stretch.problem.options.take(keep)
        self.number = np.full(len(stretch.problem.options), -1, dtype=np.int64)
        self.number[keep] = np.arange(len(keep))
        self.chosen: Any = cp.boolvar(shape=len(keep))
        self.hard = list(self._once()) + list(self._no_overlap())
        self.soft: dict[Instance, Any] = {}
        for rule, case in stretch.grounded.cases:
            if not isinstance(case, Close | Limit | Apart):
                raise NotImplementedError(f"{type(case).__name__} ties several weeks together")
            rows = list(self._rows(case))
            if rows:
                self.soft[rule, case.scope] = cp.all(rows) if len(rows) > 1 else rows[0]

    def _sum(self, members: Sequence[int]) -> Any:
        return cp.sum([self.chosen[at] for at in members])

    def _once(self) -> Iterator[Any]:
        for lift in np.unique(self.options.lift).tolist():
            yield self._sum(np.flatnonzero(self.options.lift == lift).tolist()) <= 1

    def _no_overlap(self) -> Iterator[Any]:
        for start in np.unique(self.options.start).tolist():
            running = np.flatnonzero((self.options.start <= start) & (self.options.end > start))
            if len(np.unique(self.options.lift[running])) > 1:
                yield self._sum(running.tolist()) <= 1

    def _rows(self, case: Close | Limit | Apart) -> Iterator[Any]:
        match case:
            case Close():
                members = self.number[case.options]
                if (members >= 0).any():
                    yield self._sum(members[members >= 0].tolist()) == 0
            case Limit():
                yield from self._limit(case)
            case Apart():
                yield from self._apart(case)

    def _limit(self, case: Limit) -> Iterator[Any]:
        numbers = self.number[case.options]
        there = numbers >= 0
        pairs = list(zip(numbers[there].tolist(), case.coefficients[there].tolist(), strict=True))
        kinds = {"lift": np.ones(len(self.options), dtype=bool), "loaded": self.options.loaded}
        for kind, first, last, coefficient in case.days:
            mask = kinds[kind] & (self.options.day >= first) & (self.options.day <= last)
            pairs += [(at, coefficient) for at in np.flatnonzero(mask).tolist()]
        most = sum(coefficient for _, coefficient in pairs if coefficient > 0)
        if most > case.most and pairs:
            yield cp.sum([coefficient * self.chosen[at] for at, coefficient in pairs]) <= case.most
        elif most > case.most:
            yield cp.BoolVal(False)

    def _apart(self, case: Apart) -> Iterator[Any]:
        loaded = self.options.loaded
        begins = np.unique(self.options.start[loaded & (self.options.day == case.day)])
        for begin in begins.tolist():
            near = loaded & (self.options.start >= begin) & (self.options.start < begin + case.minutes)
            members = np.flatnonzero(near).tolist()
            if len(set(self.options.lift[members].tolist())) > 1:
                yield self._sum(members) <= 1


def compare(path: Path) -> str | None:
    """One line of the table; None where no conflict lies in one week alone."""
    effort = Effort(Deadline(None))
    whole = whole_of(mc.load_scenario(path), effort)
    began = time.perf_counter()
    found = next(islice(conflicts(whole, whole.failing_weeks()), 1), None)
    ours_seconds = time.perf_counter() - began
    if found is None or len(found.weeks) > 1:
        return None
    week = Week(whole.stretch(found.weeks))
    members = [week.soft[name] for name in found.core.members]
    began = time.perf_counter()
    theirs = mus(list(week.soft.values()), week.hard)
    mus_seconds = time.perf_counter() - began
    irreducible = len(mus(members, week.hard)) == len(members)
    began = time.perf_counter()
    given_up = mcs(list(week.soft.values()), week.hard)
    mcs_seconds = time.perf_counter() - began
    hit = any(one is other for one in given_up for other in members)
    return (
        f"{path.stem:<28} {len(week.soft):>5} {len(members):>5} {len(theirs):>5}  "
        f"{'yes' if irreducible else 'NO':>11} {'yes' if hit else 'NO':>4} {len(given_up):>4}  "
        f"{ours_seconds:>6.2f} {mus_seconds:>6.2f} {mcs_seconds:>6.2f} {effort.solves:>7}"
    )


def main() -> None:
    """Print the table; exit with 1 if the two ever disagree."""
    print(f"{'':<28} rules  ours   mus  irreducible  hit  mcs    ours    mus    mcs  solves")
    print(f"{'':<28}   instances                                     seconds")
    wrong = False
    for path in sorted(SCENARIOS.glob("*.yaml")):
        line = compare(path)
        if line is not None:
            print(line, flush=True)
            wrong = wrong or "NO" in line.split()
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
