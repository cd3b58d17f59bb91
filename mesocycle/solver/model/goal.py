"""What is to be least: the points of all rules, or of some of them with demands of their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from mesocycle.solver.model.fronts import is_binding
from mesocycle.solver.model.grounding import Cases, content_cases, placing_cases
from mesocycle.solver.model.stay import Stay
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.prescription.amounts import Amount, sets_table
from mesocycle.solver.prescription.lifts import Lift
from mesocycle.solver.rules.base import Case, Charge, LeaveOut, Price

# What cases of no rule are filed under.
LEG_SETS = "leg sets"


@dataclass(frozen=True)
class Goal:
    """What is to be least, where it is not the penalty points of all rules.

    Attributes
    ----------
    rules : set of str, optional
        Rules whose prices count; all of them if left out. Hard rules hold in any case.
    times : int
        What a point counts.
    legs : bool
        Each leg set fewer than the most there could be counts one.
    cases : Cases
        Further cases.
    ceiling : (set of str, int), optional
        Points that these rules may charge options at most, together.
    stay : Stay, optional
        What a block that is planned again stays near to.
    """

    rules: frozenset[str] | None = None
    times: int = 1
    legs: bool = False
    cases: Cases = ()
    ceiling: tuple[frozenset[str], int] | None = None
    stay: Stay | None = None

    def content(self, problem: Problem, check: Callable[[], None]) -> Cases:
        """The cases about days, lifts and versions that count."""
        cases = (*self._counting(content_cases(problem, check)), *self.cases)
        cases += () if self.stay is None else tuple(self.stay.content(problem))
        if not self.legs:
            return cases
        missing: list[tuple[str, Case]] = []
        for lift in problem.lifts:
            most = lift.space.extremes(lift.leg_sets)[1]
            if most:
                fewer = _fewer_legs(lift)
                missing.append((LEG_SETS, Price(lift.index, fewer, 1)))
                missing.append((LEG_SETS, LeaveOut((lift.index,), (most,))))
        return (*cases, *missing)

    def placing(self, problem: Problem, check: Callable[[], None]) -> Cases:
        """The cases about single options that count."""
        cases = self._counting(placing_cases(problem, check))
        return cases if self.stay is None else (*cases, *self.stay.placing(problem))

    def _counting(self, cases: Cases) -> Cases:
        if self.rules is None:
            return cases
        return tuple(
            (rule, replace(case, points=case.points * self.times) if isinstance(case, Charge) else case)
            for rule, case in cases
            if is_binding(case) or (rule in self.rules and isinstance(case, Charge))
        )


def _fewer_legs(lift: Lift) -> Amount:
    """Leg sets that a version has fewer than the most there could be."""
    items, tops = lift.items, lift.space.tops
    return sets_table(items, lambda at, n: items[at].legs * max(0, tops[at] - n))


POINTS = Goal()
