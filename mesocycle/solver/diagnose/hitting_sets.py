"""Least sets of changes that make every week range possible, cheapest first.

Implicit hitting sets (Davies and Bacchus 2011): a small model proposes the cheapest changes that hit all
shortages known so far; the week ranges are tested with them, and answer yes or with a new shortage. The
least is what Gurobi's feasRelax calls minimal: the fewest changes, then the smallest steps, then a fixed
order. Each set found is blocked with all that contain it, so the next best follows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ortools.sat.python import cp_model

from mesocycle.solver.diagnose.relaxations import Relaxation
from mesocycle.solver.diagnose.relaxed_model import RelaxedModel, UsedLevel
from mesocycle.solver.model.search import PARAMETERS, Deadline, solver_with

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
    """A set of changes: each relaxation's position with the position of its level."""

    levels: tuple[UsedLevel, ...]
    steps: int


class HittingSets:
    """The small model that proposes changes, and the models of week ranges that it is tested on.

    Each week range is tested by itself: a change that helps must help in all of them.
    """

    def __init__(self) -> None:
        self.tested: list[RelaxedModel] = []
        self.relaxations: list[Relaxation] = []
        self._place: dict[tuple[object, ...], int] = {}
        self._shortages: dict[RelaxedModel, list[tuple[UsedLevel, ...]]] = {}

    def add(self, relaxed: RelaxedModel) -> None:
        """Test on one more week range from now on."""
        self.tested.append(relaxed)
        self._shortages[relaxed] = []
        for relaxation in relaxed.relaxations:
            if relaxation.key not in self._place:
                self._place[relaxation.key] = len(self.relaxations)
                self.relaxations.append(relaxation)
        self._learn_alone(relaxed)

    def _start(self) -> None:
        self.model = cp_model.CpModel()
        self.used = [
            [self.model.new_bool_var("") for _ in relaxation.levels] for relaxation in self.relaxations
        ]
        terms: list[tuple[cp_model.IntVar, int]] = []
        paths: dict[str, list[cp_model.IntVar]] = {}
        for at, (relaxation, used) in enumerate(zip(self.relaxations, self.used, strict=True)):
            for lower, higher in pairwise(used):
                self.model.add_implication(higher, lower)
            terms.append((used[0], PER_CHANGE + PER_STEP * relaxation.levels[0].steps + at))
            for variable, (before, level) in zip(used[1:], pairwise(relaxation.levels), strict=True):
                terms.append((variable, PER_STEP * (level.steps - before.steps)))
            paths.setdefault(str(relaxation.path), []).append(used[0])
        for same in paths.values():
            self.model.add_at_most_one(same)
        for shortages in self._shortages.values():
            for shortage in shortages:
                self._hit(shortage)
        self._at_most(MOST_CHANGES)
        variables, points = zip(*terms, strict=True) if terms else ((), ())
        self.model.minimize(cp_model.LinearExpr.weighted_sum(variables, points))

    def _hit(self, shortage: Sequence[UsedLevel]) -> None:
        self.model.add_bool_or([self.used[at][level] for at, level in shortage])

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
            shortage = self._shortage(_counts(proposed))
            if shortage is not None:
                self._hit(shortage)
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
            kind = frozenset(self.relaxations[at].kind for at, _ in proposed.levels)
            kinds[kind] = kinds.get(kind, 0) + 1
            if kinds[kind] == OF_A_KIND:
                self._hit([(at, 0) for at, other in enumerate(self.relaxations) if other.kind not in kind])

    def _learn_alone(self, relaxed: RelaxedModel) -> None:
        """What each relaxation alone leaves short; most repairs are single changes."""
        self._shortage_in(relaxed, {})
        for relaxation in relaxed.relaxations:
            at = self._place[relaxation.key]
            if self._falls_short(relaxed, {at: len(relaxation.levels)}):
                continue
            low, high = 0, len(relaxation.levels)  # `low` levels are too few, `high` are enough
            while high - low > 1:
                middle = (low + high) // 2
                short = self._falls_short(relaxed, {at: middle})
                low, high = (middle, high) if short else (low, middle)

    def _falls_short(self, relaxed: RelaxedModel, used: Mapping[int, int]) -> bool:
        """Whether used levels do not repair a week range; a known shortage often saves the solve."""
        known = self._shortages[relaxed]
        if any(all(used.get(at, 0) <= level for at, level in shortage) for shortage in known):
            return True
        return self._shortage_in(relaxed, used) is not None

    def _shortage(self, used: Mapping[int, int]) -> tuple[UsedLevel, ...] | None:
        """What used levels leave short in the first week range that they do not repair."""
        shortages = (self._shortage_in(relaxed, used) for relaxed in self.tested)
        return next((shortage for shortage in shortages if shortage is not None), None)

    def _shortage_in(self, relaxed: RelaxedModel, used: Mapping[int, int]) -> tuple[UsedLevel, ...] | None:
        place = [self._place[relaxation.key] for relaxation in relaxed.relaxations]
        local = relaxed.shortage({at: used[there] for at, there in enumerate(place) if there in used})
        if local is None:
            return None
        shortage = tuple((place[at], level) for at, level in local)
        self._shortages[relaxed].append(shortage)
        return shortage

    def _propose(self) -> Candidate | None:
        solver = solver_with(PARAMETERS, Deadline(None))
        if solver.solve(self.model) != cp_model.OPTIMAL:
            return None
        levels = tuple(
            (at, sum(solver.boolean_value(variable) for variable in used) - 1)
            for at, used in enumerate(self.used)
            if solver.boolean_value(used[0])
        )
        return Candidate(levels, sum(self.relaxations[at].levels[level].steps for at, level in levels))

    def _minimal(self, found: Candidate) -> bool:
        """Whether no change can be undone: one that was passed over for variety may be enough alone."""
        used = _counts(found)
        return all(
            len(used) == 1 or self._shortage({k: n for k, n in used.items() if k != at}) is not None
            for at in used
        )


def _counts(candidate: Candidate) -> dict[int, int]:
    """By relaxation how many of its levels a candidate uses."""
    return {at: level + 1 for at, level in candidate.levels}
