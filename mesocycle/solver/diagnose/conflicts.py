"""Irreducible infeasible subsets: rule instances that cannot all hold, each of which is needed for that.

By deletion in a fixed order (QuickXplain's aim, Junker 2004: prefer to drop what the runner cannot change),
first whole rules, then dates within them. An instance is dropped only where the rest is proven infeasible;
where the time is up it stays, and the conflict is no longer called minimal.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

Instance = tuple[str, str]
Holds = Callable[[Collection[Instance]], bool | None]


@dataclass(frozen=True)
class Core:
    """Instances that cannot all hold, in the catalogue's order."""

    members: tuple[Instance, ...]
    minimal: bool


def minimal_core(instances: Sequence[Instance], holds: Holds, last: Callable[[str], int]) -> Core:
    """Shrink instances that are known not to hold together.

    Parameters
    ----------
    instances : sequence of (rule, scope)
        Known not to hold together.
    holds : callable
        Whether some instances can hold together; None if the time was up.
    last : callable
        Rank of a rule; rules of low rank are tried first, and so leave the conflict where they can.
    """
    shrinking = _Shrinking(holds)
    rules = sorted({rule for rule, _ in instances}, key=last)
    on = tuple(instances)
    for rule in rules:
        on = shrinking.without(on, [name for name in on if name[0] == rule], split=False)
    for rule in rules:
        # Late dates leave first: the conflict is reported where it shows first.
        on = shrinking.without(on, [name for name in on if name[0] == rule][::-1], split=True)
    return Core(on, shrinking.sure)


class _Shrinking:
    def __init__(self, holds: Holds) -> None:
        self.holds = holds
        self.sure = True

    def without(
        self, on: tuple[Instance, ...], part: Sequence[Instance], split: bool
    ) -> tuple[Instance, ...]:
        """Leave out of `on` as much of `part` as keeps the rest from holding."""
        if not part:
            return on
        gone = set(part)
        rest = tuple(name for name in on if name not in gone)
        answer = self.holds(rest)
        if answer is False:
            return rest
        if len(part) == 1 or not split:
            self.sure = self.sure and (answer is not None or split is False)
            return on
        middle = len(part) // 2
        on = self.without(on, part[:middle], split)
        return self.without(on, part[middle:], split)
