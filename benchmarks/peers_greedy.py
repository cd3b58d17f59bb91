"""Two planners as apps have them, lift after lift and week after week; `peers.py` starts them.

Each session gets a weekday for the whole block. In each week, in order, it takes a time on that day, or on
the next day that has one; exercises are dropped from its end until it fits, and a session without a place is
left out. Both know what is legal for one lift by itself, and the hours between lifts; nothing that ties weeks
together. One takes what comes first, the other what has the fewest points by itself.

`peers_greedy.py FILE` plans a scenario both ways; the blocks are judged by our checker.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from peers_ours import audit_of, context_of, few_of, patterns_of

import mesocycle as mc
from mesocycle.solver.model.grounding import Grounded, ground, with_versions
from mesocycle.solver.prescription.amounts import Ints
from mesocycle.solver.prescription.lifts import Lift
from mesocycle.solver.prescription.versions import Version

# Weekdays in the order in which they are tried: lifting days as they are most often written.
PREFERRED = (0, 2, 4, 1, 3, 5, 6)
# A week without a place for a session, where weekdays are compared by their points.
NO_PLACE = 1000


def versions_of(lift: Lift) -> tuple[Version, ...]:
    """All sets of the week, then without the last exercise, and so on."""
    units, space = lift.space.units, lift.space
    full = [min(lift.own[at] for at in unit) for unit in units]
    kept = ([*full[:count], *([0] * (len(units) - count))] for count in range(len(units), 0, -1))
    found = [space.version(space.sets_of(counts)) for counts in kept]
    return tuple(version for version in found if space.holds(version)) or lift.versions


class Greedy:
    """A planner for one block; `by_points` takes what costs least, not what comes first."""

    def __init__(self, grounded: Grounded, by_points: bool) -> None:
        problem = grounded.problem
        self.options, self.lifts = problem.options, problem.lifts
        self.prices = grounded.prices()
        still_open = np.flatnonzero(~grounded.closed())
        # Most sets first, then early; or by points, and early among equals.
        keys = [self.options.start[still_open], self.options.version[still_open]]
        if by_points:
            keys = [keys[0], self.prices[still_open]]
        self.order: Ints = still_open[np.lexsort(keys)]
        self.by_points = by_points
        spacing, alone = problem.settings.lift_spacing, problem.settings.one_lift_per_day
        self.apart = round(60 * spacing.hard_hours) if spacing is not None and spacing.hard else 0
        self.most = alone.most if alone is not None and alone.hard else len(self.lifts)
        self.chosen: list[int] = []

    def plan(self) -> list[int]:
        """Positions of the options it takes."""
        of_lift = [self.order[self.options.lift[self.order] == lift.index] for lift in self.lifts]
        days: dict[str, list[int]] = {}
        for name in dict.fromkeys(lift.name for lift in self.lifts):
            own = [of_lift[lift.index] for lift in self.lifts if lift.name == name]
            days[name] = self._weekdays(own, [taken[0] for taken in days.values()])
        for lift in self.lifts:
            mine = of_lift[lift.index]
            places = (
                at
                for weekday in days[lift.name]
                for at in mine[self.options.day[mine] % 7 == weekday].tolist()
                if self._free(at)
            )
            first = next(places, None)
            if first is not None:
                self.chosen.append(first)
        return self._twins_in_order()

    def _twins_in_order(self) -> list[int]:
        """Call the earlier of two equal sessions of a week the first: the plan's own order, and no rule."""
        options = self.options
        placed = {int(options.lift[at]): at for at in self.chosen}
        for lift in self.lifts:
            if lift.twin is None:
                continue
            pair = [placed.pop(one) for one in (lift.twin, lift.index) if one in placed]
            pair.sort(key=lambda at: int(options.start[at]))
            for one, at in zip((lift.twin, lift.index), pair, strict=False):
                same = (options.lift == one) & (options.start == options.start[at])
                same &= options.version == options.version[at]
                placed[one] = int(np.flatnonzero(same)[0])
        return list(placed.values())

    def _weekdays(self, own: Sequence[Ints], taken: Sequence[int]) -> list[int]:
        """Weekdays for a session in the order in which it tries them."""

        def badness(weekday: int) -> tuple[bool, int]:
            there = [mine[self.options.day[mine] % 7 == weekday] for mine in own]
            if self.by_points:
                cost = sum(int(self.prices[at].min()) if len(at) else NO_PLACE for at in there)
            else:
                cost = sum(len(at) == 0 for at in there)
            return weekday in taken, cost

        return sorted(PREFERRED, key=badness)

    def _free(self, at: int) -> bool:
        """Whether an option keeps its distance from the lifts that stand already."""
        options, others = self.options, self.chosen
        if sum(int(options.day[one] == options.day[at]) for one in others) >= self.most:
            return False
        for one in others:
            first, second = sorted((one, at), key=lambda each: int(options.start[each]))
            if options.end[first] > options.start[second]:
                return False
            near = options.start[second] - options.start[first] < self.apart
            if near and options.loaded[first] and options.loaded[second]:
                return False
        return True


def main() -> None:
    """Plan a scenario both ways, beside its optimum."""
    context = context_of(Path(sys.argv[1]))
    few = few_of(context, patterns_of(context)[0])
    lifts = tuple(replace(lift, versions=versions_of(lift)) for lift in few.lifts)
    grounded = ground(with_versions(few, lifts))
    found = []
    for by_points in (False, True):
        chosen = Greedy(grounded, by_points).plan()
        audit = audit_of(context, grounded, chosen)
        found.append(
            {
                "points": audit.points,
                "left_out": len(lifts) - len(chosen),
                "breaches": dict(Counter(breach.rule for breach in audit.breaches)),
            }
        )
    print(json.dumps({"optimum": mc.solve(context.scenario).objective, "found": found}))


if __name__ == "__main__":
    main()
