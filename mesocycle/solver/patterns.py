"""The best block over all patterns of lighter weeks: each is bounded, and solved where it may hold it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from mesocycle.models.plan import Reference, Status
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.instance.past import Past
from mesocycle.solver.model.goal import POINTS, Goal
from mesocycle.solver.model.grounding import Grounded, few_versions
from mesocycle.solver.model.optimum import Outcome, Relaxed
from mesocycle.solver.model.search import Answer, Deadline, Progress
from mesocycle.solver.rules import deload_weeks

Lap = Callable[[str], None]


class PatternSearch:
    """The patterns of lighter weeks of one block, that of the reference first.

    Attributes
    ----------
    relaxed : dict of int to Relaxed
        By position the patterns that there was time to relax.
    bounds : dict of int to int or None
        What no block of such a pattern has fewer points than; a pattern without any block leaves.
    unrelaxed : int
        How many patterns there was no time for.
    """

    def __init__(
        self,
        instance: Instance,
        reference: Reference | None,
        deadline: Deadline,
        workers: int,
        lap: Lap,
        goal: Goal = POINTS,
    ) -> None:
        self.deadline = deadline
        self.lap = lap
        patterns = _patterns(instance, reference)
        self.relaxed = _relaxed(instance, patterns, reference, deadline, workers, lap, goal)
        self.bounds = {at: relaxed.bound for at, relaxed in self.relaxed.items()}
        self.unrelaxed = len(patterns) - len(self.relaxed)

    def best(self, progress: Progress | None) -> tuple[Grounded | None, Answer]:
        """The best block with what it is proven to be.

        Raises
        ------
        KeyboardInterrupt
            If interrupted before any block was found.
        """
        incumbent = self._walk(progress)
        bound = self._bound()
        if incumbent is None:
            unknown = bool(self.bounds) or self.unrelaxed > 0
            return None, Answer(Status.UNKNOWN if unknown else Status.INFEASIBLE, None, bound, None)
        answer = incumbent.answer
        if answer.status is Status.OPTIMAL and bound is not None and bound >= (answer.objective or 0):
            return incumbent.grounded, answer
        return incumbent.grounded, replace(answer, status=Status.FEASIBLE, bound=bound, canonical=False)

    def _walk(self, progress: Progress | None) -> Outcome | None:
        """Solve pattern by pattern, in the order of their bounds, those that may hold a better block.

        Ties go to the reference's own pattern, then to the first.
        """
        incumbent: Outcome | None = None
        where = 0
        for at in sorted(self.relaxed, key=self._by_bound):
            below = None
            if incumbent is not None and incumbent.answer.objective is not None:
                # An earlier pattern may tie, a later one has to be better.
                below = incumbent.answer.objective + (at < where)
                if below <= (self.bounds[at] or 0):
                    continue
            try:
                outcome = self.relaxed[at].search(progress, below=below)
            except KeyboardInterrupt:
                # A block is there already: it is the answer, unproven.
                if incumbent is None:
                    raise
                self.deadline.stop()
                break
            finally:
                self.lap("solve")
            if outcome.answer.status is Status.INFEASIBLE:
                del self.bounds[at]
                continue
            self.bounds[at] = outcome.answer.bound
            if outcome.answer.chosen is not None:
                incumbent, where = outcome, at
        return incumbent

    def _by_bound(self, at: int) -> tuple[float, int]:
        bound = self.bounds[at]
        return (float("inf") if bound is None else bound), at

    def _bound(self) -> int | None:
        """What no block has fewer points than; None where a pattern is not bounded yet."""
        known = [bound for bound in self.bounds.values() if bound is not None]
        return None if self.unrelaxed or len(known) < len(self.bounds) or not known else min(known)


def _patterns(instance: Instance, reference: Reference | None) -> tuple[frozenset[int], ...]:
    patterns = deload_weeks.patterns(instance)
    if instance.past is not None:
        patterns = _as_lived(patterns, instance.past)
    if reference is None:
        return patterns
    before = frozenset(week - 1 for week in reference.lighter_weeks)
    return tuple(sorted(patterns, key=lambda pattern: pattern != before))


def _as_lived(patterns: tuple[frozenset[int], ...], past: Past) -> tuple[frozenset[int], ...]:
    """Patterns that agree with the weeks so far; all of them where none does, as the runs have changed."""
    so_far = range(past.week + 1)
    lived = past.lighter & set(so_far)
    return tuple(one for one in patterns if one & set(so_far) == lived) or patterns


def _relaxed(
    instance: Instance,
    patterns: Sequence[frozenset[int]],
    reference: Reference | None,
    deadline: Deadline,
    workers: int,
    lap: Lap,
    goal: Goal,
) -> dict[int, Relaxed]:
    """The relaxation of each pattern, as far as half of the time goes; the first in any case."""
    relaxed: dict[int, Relaxed] = {}
    limit, before = deadline.part(0.5), None
    for at, pattern in enumerate(patterns):
        if relaxed and limit.passed:
            break
        few = few_versions(instance, pattern)
        relaxed[at] = before = Relaxed(few, reference, deadline, workers, goal, limit=limit, like=before)
        lap("build")
    return relaxed
