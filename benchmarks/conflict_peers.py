"""Conflicts beside CPMpy's own explanation tools, on the same weeks: `python benchmarks/conflict_peers.py`.

Needs the extra `bench`. For each impossible example whose first conflict lies in one week, that week's rule
instances are written down a second time in CPMpy, and then

* sets of instances drawn at random are possible for both sides, or for neither;
* CPMpy's `mus` finds our conflict irreducible, and what it finds itself is one by our model;
* its `mcs`, a least set of instances to give up, shares an instance with our conflict;
* what each of our repairs touches holds such a set: without those instances there is a week.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import cpmpy as cp
import numpy as np
from cpmpy.solvers.ortools import CPM_ortools
from cpmpy.tools.explain import mcs, mus

import mesocycle as mc
from mesocycle.models.diagnosis import Repair
from mesocycle.solver.diagnose.assumption_model import AssumptionModel, Effort, enough
from mesocycle.solver.diagnose.conflicts import Instance
from mesocycle.solver.diagnose.search import conflicts, whole_block
from mesocycle.solver.diagnose.week_range import WeekRange
from mesocycle.solver.model.search import Deadline
from mesocycle.solver.prescription.amounts import Amount
from mesocycle.solver.rules.base import Apart, Bar, Close, Limit

SCENARIOS = Path(__file__).parents[1] / "scenarios" / "impossible"
DRAWN = 20
# What a changed key means to the rules; changes of sessions add starts instead of giving rules up.
TOUCHED = {
    "athlete.availability": ("availability_window",),
    "athlete.rest_days": ("protect_rest_day",),
    "strength.sessions_per_week": ("sessions_per_week",),
    "strength.sessions": (),
    "policy": ("session_order", "hard_easy_policy", "long_run_stack"),
}
Answer = TypeVar("Answer")


class Week:
    """A week's choices and rule instances as CPMpy sees them: a Boolean per version and start."""

    def __init__(self, stretch: WeekRange) -> None:
        keep = enough(stretch)
        self.lifts = stretch.problem.lifts
        self.options = stretch.problem.options.take(keep)
        self.number = np.full(len(stretch.problem.options), -1, dtype=np.int64)
        self.number[keep] = np.arange(len(keep))
        self.chosen: Any = cp.boolvar(shape=len(keep))
        self.hard = [*self._once(), *self._twins(), *self._no_overlap()]
        rows: dict[Instance, list[Any]] = {}
        for rule, case in stretch.grounded.cases:
            if not isinstance(case, Close | Bar | Limit | Apart):
                raise NotImplementedError(f"{type(case).__name__} ties several weeks together")
            rows.setdefault((rule, case.scope), []).extend(self._rows(case))
        self.soft = {name: cp.all(own) if len(own) > 1 else own[0] for name, own in rows.items() if own}

    def holds(self, on: Collection[Instance]) -> bool:
        """Whether these instances can hold together."""
        return bool(cp.Model([*self.hard, *(self.soft[name] for name in on if name in self.soft)]).solve())

    def names(self, rows: Sequence[Any]) -> list[Instance]:
        """Instances by their rows."""
        wanted = {id(row) for row in rows}
        return [name for name, row in self.soft.items() if id(row) in wanted]

    def _sum(self, members: Any) -> Any:
        return cp.sum([self.chosen[at] for at in np.asarray(members).tolist()])

    def _once(self) -> Iterator[Any]:
        for lift in self.lifts:
            mine = np.flatnonzero(self.options.lift == lift.index)
            if len(mine):
                yield self._sum(mine) <= 1

    def _twins(self) -> Iterator[Any]:
        """Of two equal sessions the first comes first."""
        for lift in self.lifts:
            if lift.twin is not None:
                for day in np.unique(self.options.day).tolist():
                    until = [
                        self._sum(np.flatnonzero((self.options.lift == one) & (self.options.day <= day)))
                        for one in (lift.index, lift.twin)
                    ]
                    yield until[0] <= until[1]

    def _no_overlap(self) -> Iterator[Any]:
        for start in np.unique(self.options.start).tolist():
            running = np.flatnonzero((self.options.start <= start) & (self.options.end > start))
            if len(np.unique(self.options.lift[running])) > 1:
                yield self._sum(running) <= 1

    def _rows(self, case: Close | Bar | Limit | Apart) -> Iterator[Any]:
        match case:
            case Close():
                members = self.number[case.options]
                if (members >= 0).any():
                    yield self._sum(members[members >= 0]) == 0
            case Bar():
                barred = [at for at, amount in self._amounts(case.lift, case.amount) if amount > 0]
                if barred:
                    yield self._sum(barred) == 0
            case Limit():
                yield from self._limit(case)
            case Apart():
                yield from self._apart(case)

    def _amounts(self, lift: int, amount: Amount) -> list[tuple[int, int]]:
        """A lift's options, each with what its version holds."""
        mine = np.flatnonzero(self.options.lift == lift)
        by_version = amount.of(self.lifts[lift].sets)
        return list(zip(mine.tolist(), by_version[self.options.version[mine]].tolist(), strict=True))

    def _limit(self, case: Limit) -> Iterator[Any]:
        pairs = [
            (at, count.coefficient * amount)
            for count in case.versions
            for at, amount in self._amounts(count.lift, count.amount)
            if amount
        ]
        for kind, first, last, coefficient in case.days:
            mask = self.options.of_kind(kind) & (self.options.day >= first) & (self.options.day <= last)
            pairs += [(at, coefficient) for at in np.flatnonzero(mask).tolist()]
        most = sum(coefficient for _, coefficient in pairs if coefficient > 0)
        if most > case.most and pairs:
            yield cp.sum([coefficient * self.chosen[at] for at, coefficient in pairs]) <= case.most
        elif most > case.most:
            yield cp.BoolVal(False)

    def _apart(self, case: Apart) -> Iterator[Any]:
        """No two starts of different lifts, the first of them on the day, lie too close."""
        loaded = np.flatnonzero(self.options.loaded)
        of_day = loaded[self.options.day[loaded] == case.day]
        for at in loaded.tolist():
            ahead = self.options.start[at] - self.options.start[of_day]
            near = of_day[
                (ahead >= 0) & (ahead < case.minutes) & (self.options.lift[of_day] != self.options.lift[at])
            ]
            if len(near):
                yield self.chosen[at].implies(self._sum(near) == 0)


class Solves:
    """Counts CPMpy's calls of its solver."""

    def __init__(self) -> None:
        self.count = 0
        solve = CPM_ortools.solve

        def counted(*arguments: Any, **options: Any) -> Any:
            self.count += 1
            return solve(*arguments, **options)

        CPM_ortools.solve = counted

    def of(self, work: Callable[[], Answer]) -> tuple[Answer, float, int]:
        """The result of some work, with its seconds and solves."""
        before, began = self.count, time.perf_counter()
        answer = work()
        return answer, time.perf_counter() - began, self.count - before


def irreducible(members: Sequence[Instance], holds: Callable[[Collection[Instance]], bool | None]) -> bool:
    """Whether instances cannot hold together, and can without any one of them."""
    rest = ([name for name in members if name != one] for one in members)
    return holds(members) is False and all(holds(some) for some in rest)


def touched(repair: Repair) -> set[str] | None:
    """Rules that a repair loosens; None where it changes the sessions themselves."""
    rules: set[str] = set()
    for change in repair.changes:
        part = change.path.split(".")
        if part[0] == "rules":
            rules.add(part[1])
        else:
            key = next(key for key in TOUCHED if change.path.startswith(key))
            if not TOUCHED[key]:
                return None
            rules.update(TOUCHED[key])
    return rules


def compare(path: Path, solves: Solves) -> str | None:
    """One line of the table; None where no conflict lies in one week alone."""
    scenario = mc.load_scenario(path)
    effort = Effort(Deadline(None))
    whole = whole_block(scenario, effort)
    began = time.perf_counter()
    found = next(islice(conflicts(whole, whole.failing_weeks()), 1), None)
    ours = time.perf_counter() - began
    if found is None or len(found.weeks) > 1:
        return None
    solved = effort.solves
    stretch = whole.week_range(found.weeks)
    week, model = Week(stretch), AssumptionModel(stretch, Effort(Deadline(None)), every_version=True)
    members = list(found.core.members)
    draw = random.Random(1)
    verdicts = {True: 0, False: 0}
    alike = True
    for number in range(DRAWN):
        share = number % 5 / 10
        on = [name for name in model.instances if draw.random() >= share]
        answer = week.holds(on)
        alike = alike and answer is model.holds(on)
        verdicts[answer] += 1
    rows = list(week.soft.values())
    theirs, mus_seconds, mus_solves = solves.of(lambda: mus(rows, week.hard))
    fine = irreducible(members, week.holds), irreducible(week.names(theirs), model.holds)
    given_up, mcs_seconds, mcs_solves = solves.of(lambda: mcs(rows, week.hard))
    hit = bool(set(week.names(given_up)) & set(members))
    given = [touched(repair) for repair in mc.diagnose(scenario, deadline=None).repairs]
    able = [week.holds([name for name in week.soft if name[0] not in rules]) for rules in given if rules]
    yes = {True: "yes", False: "NO"}
    return (
        f"{path.stem:<27} {len(week.soft):>5} {len(members):>5} {len(theirs):>4} {len(given_up):>4} "
        f"{verdicts[True]:>4}/{verdicts[False]:<3} {yes[alike]:>4} {yes[fine[0]]:>5} {yes[fine[1]]:>5} "
        f"{yes[hit]:>4} {sum(able):>4}/{len(able)} {yes[all(able)]:>3} "
        f"{ours:>6.2f} {mus_seconds:>6.2f} {mcs_seconds:>6.2f} {solved:>5} {mus_solves:>5} {mcs_solves:>5}"
    )


def main() -> None:
    """Print the table; exit with 1 if the two ever disagree."""
    print(f"{'':<27} {'instances of':^21} {'verdicts':^13} {'irreducible':^11}  mcs {'repairs':^10}", end="")
    print(f" {'seconds':^20} {'solves':^17}")
    print(f"{'':<27}  week  ours  mus  mcs   can/not same  ours   mus  hits    hit it", end="")
    print("    ours    mus    mcs  ours   mus   mcs")
    solves = Solves()
    wrong = False
    for path in sorted(SCENARIOS.glob("*.yaml")):
        line = compare(path, solves)
        if line is not None:
            print(line, flush=True)
            wrong = wrong or "NO" in line.split()
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
