"""Least sets of changes that make a stretch possible, cheapest first.

Implicit hitting sets (Davies and Bacchus 2011): a small model proposes the cheapest changes that hit all
shortages known so far; the stretch is tested with them, and answers yes or with a new shortage. The least is
what Gurobi's feasRelax calls minimal: the fewest changes, then the smallest steps, then a fixed order. Each
set found is blocked with all that contain it, so the next best follows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from ortools.sat.python import cp_model

from mesocycle.solver.diagnose.relaxations import Knob
from mesocycle.solver.diagnose.relaxed_model import Knobbed, Turn
from mesocycle.solver.model.search import PARAMETERS

# Changes outweigh steps, steps the order: the sums of one kind stay below the next.
PER_CHANGE, PER_STEP = 2**24, 2**12
# So many repairs of one kind are enough; then another kind is looked for.
OF_A_KIND = 2
MOST_CHANGES = 4
# With so many alternatives none is looked for that changes more.
ENOUGH = 3
MOST_ROUNDS = 400


@dataclass(frozen=True)
class Candidate:
    """A set of changes: each knob's position with the position of its level."""

    levels: tuple[Turn, ...]
    steps: int


class Repairs:
    """The small model that proposes changes, and the stretches that it is tested on.

    Stretches are tested each by itself: a change that helps must help in all of them.
    """

    def __init__(self) -> None:
        self.stretches: list[Knobbed] = []
        self.knobs: list[Knob] = []
        self._place: dict[tuple[object, ...], int] = {}
        self._shortages: dict[Knobbed, list[tuple[Turn, ...]]] = {}

    def add(self, stretch: Knobbed) -> None:
        """Test on one more stretch from now on."""
        self.stretches.append(stretch)
        self._shortages[stretch] = []
        for knob in stretch.knobs:
            if knob.key not in self._place:
                self._place[knob.key] = len(self.knobs)
                self.knobs.append(knob)
        self._learn_alone(stretch)

    def _start(self) -> None:
        self.model = cp_model.CpModel()
        self.used = [[self.model.new_bool_var("") for _ in knob.levels] for knob in self.knobs]
        terms: list[tuple[cp_model.IntVar, int]] = []
        paths: dict[str, list[cp_model.IntVar]] = {}
        for at, (knob, used) in enumerate(zip(self.knobs, self.used, strict=True)):
            for lower, higher in pairwise(used):
                self.model.add_implication(higher, lower)
            terms.append((used[0], PER_CHANGE + PER_STEP * knob.levels[0].steps + at))
            for variable, (before, level) in zip(used[1:], pairwise(knob.levels), strict=True):
                terms.append((variable, PER_STEP * (level.steps - before.steps)))
            paths.setdefault(str(knob.path), []).append(used[0])
        for same in paths.values():
            self.model.add_at_most_one(same)
        for shortage in (one for known in self._shortages.values() for one in known):
            self.model.add_bool_or([self.used[at][level] for at, level in shortage])
        self._at_most(MOST_CHANGES)
        variables, points = zip(*terms, strict=True) if terms else ((), ())
        self.model.minimize(cp_model.LinearExpr.weighted_sum(variables, points))

    def _at_most(self, changes: int) -> None:
        self.model.add(sum(used[0] for used in self.used) <= changes)

    def candidates(self, most: int) -> Iterator[Candidate]:
        """Yield least sets of changes; ends where there is no more.

        Raises
        ------
        TimeoutError
            If the time is up first.
        """
        self._start()
        kinds: dict[frozenset[str], int] = {}
        found = 0
        for _ in range(MOST_ROUNDS):
            proposed = self._propose()
            if proposed is None or found == most:
                return
            shortage = self._lacks({at: level + 1 for at, level in proposed.levels})
            if shortage is not None:
                self.model.add_bool_or([self.used[at][level] for at, level in shortage])
                continue
            self.model.add_bool_or([~self.used[at][level] for at, level in proposed.levels])
            if not self._minimal(proposed):
                continue
            found += 1
            if found == 1:
                self._at_most(len(proposed.levels) + 1)
            if found == ENOUGH:
                self._at_most(len(proposed.levels))
            yield proposed
            kind = frozenset(self.knobs[at].kind for at, _ in proposed.levels)
            kinds[kind] = kinds.get(kind, 0) + 1
            if kinds[kind] == OF_A_KIND:
                others = [at for at, knob in enumerate(self.knobs) if knob.kind not in kind]
                self.model.add_bool_or([self.used[at][0] for at in others])

    def _learn_alone(self, stretch: Knobbed) -> None:
        """What each knob alone leaves short; most repairs are single changes."""
        self._lacks_in(stretch, {})
        for knob in stretch.knobs:
            at = self._place[knob.key]
            if self._falls_short(stretch, {at: len(knob.levels)}):
                continue
            low, high = 0, len(knob.levels)  # `low` levels are too few, `high` are enough
            while high - low > 1:
                middle = (low + high) // 2
                short = self._falls_short(stretch, {at: middle})
                low, high = (middle, high) if short else (low, middle)

    def _falls_short(self, stretch: Knobbed, turned: Mapping[int, int]) -> bool:
        """Whether turned knobs do not mend a stretch; often a known shortage tells it without a solve."""
        known = self._shortages[stretch]
        if any(all(turned.get(at, 0) <= level for at, level in shortage) for shortage in known):
            return True
        return self._lacks_in(stretch, turned) is not None

    def _lacks(self, turned: Mapping[int, int]) -> tuple[Turn, ...] | None:
        """What turned knobs leave short in the first stretch that they do not mend."""
        for stretch in self.stretches:
            shortage = self._lacks_in(stretch, turned)
            if shortage is not None:
                return shortage
        return None

    def _lacks_in(self, stretch: Knobbed, turned: Mapping[int, int]) -> tuple[Turn, ...] | None:
        place = [self._place[knob.key] for knob in stretch.knobs]
        own = {at: turned[there] for at, there in enumerate(place) if there in turned}
        shortage = stretch.lacks(own)
        if shortage is None:
            return None
        told = tuple((place[at], level) for at, level in shortage)
        self._shortages[stretch].append(told)
        return told

    def _propose(self) -> Candidate | None:
        solver = cp_model.CpSolver()
        for name, value in PARAMETERS.items():
            setattr(solver.parameters, name, value)
        if solver.solve(self.model) != cp_model.OPTIMAL:
            return None
        levels = tuple(
            (at, sum(solver.boolean_value(variable) for variable in used) - 1)
            for at, used in enumerate(self.used)
            if solver.boolean_value(used[0])
        )
        return Candidate(levels, sum(self.knobs[at].levels[level].steps for at, level in levels))

    def _minimal(self, found: Candidate) -> bool:
        """Whether no change can be undone: one that was passed over for variety may be enough alone."""
        turned = {at: level + 1 for at, level in found.levels}
        return all(
            len(turned) == 1 or self._lacks({k: v for k, v in turned.items() if k != at}) is not None
            for at in turned
        )
