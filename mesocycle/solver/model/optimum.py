"""The optimum over the whole space of blocks: only what the bound leaves, then one search.

1. `bound` gives points that no block of the space has fewer of.
2. A block with as many points as the bound, rounded up, can only consist of options whose reduced cost lies
   within what rounding added. The most readable of these blocks is searched for at once.
3. Where there is none, the target rises, first to the points of a block that is soon found, each time with
   all that a block within it may consist of, until a block is found: it is the optimum, as no block within
   the target was left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from mesocycle.models.clock import MINUTES_PER_DAY
from mesocycle.models.plan import Status
from mesocycle.solver.model.block import build_block
from mesocycle.solver.model.bound import Bounded
from mesocycle.solver.model.canonical import LITTLE_WORK, hint, most_readable
from mesocycle.solver.model.fronts import Comparison, cases_of, comparisons, front, is_hard
from mesocycle.solver.model.goal import POINTS
from mesocycle.solver.model.grounding import Grounded, points_by_rule
from mesocycle.solver.model.narrowing import Narrowing
from mesocycle.solver.model.relaxation import CLOSED, DEAR, SCALE, fix
from mesocycle.solver.model.rows import Block
from mesocycle.solver.model.search import Answer, Deadline, Progress, TimeUpError, search
from mesocycle.solver.model.shapes import first_alike, shapes_of
from mesocycle.solver.placement.slots import NEVER, Ints, TooManyError
from mesocycle.solver.prescription.lifts import Lift
from mesocycle.solver.rules.base import Case

Sets = tuple[int, ...]
# Where any block will do and more starts than that would be looked at, a coarser grid has about so many.
MOST_STARTS, COARSE_STARTS = 1_500_000, 15_000
# Work on such a block.
SOME_WORK = 30.0
# Points above the bound within which a block is looked for, step by step.
STEPS = (2, 8, 32, 128, 512)


@dataclass(frozen=True, eq=False)
class Outcome:
    """An answer with the problem and cases that it speaks of; without them where time was up before."""

    grounded: Grounded | None
    answer: Answer


class Relaxed(Bounded):
    """One pattern of lighter weeks with its bound, and the search for what meets it."""

    def search(self, progress: Progress | None = None, below: int | None = None) -> Outcome:
        """Find the optimum and of equals the one to show.

        Parameters
        ----------
        progress : callable, optional
            Called with better blocks and bounds.
        below : int, optional
            Only blocks with fewer points count; INFEASIBLE then means that there is none.

        Raises
        ------
        KeyboardInterrupt
            If interrupted with nothing found.
        """
        try:
            if self.bound is not None:
                with suppress(TooManyError):
                    return self._search(progress, below, self.bound)
            return self._some(progress, self.bound)
        except TimeUpError:
            if self.deadline.stopped:
                raise KeyboardInterrupt from None
            return Outcome(None, Answer(Status.UNKNOWN, None, self.bound, None))

    def _search(self, progress: Progress | None, below: int | None, proven: int) -> Outcome:
        # As for the bound: what is proven in vain shall leave time for a block that is not.
        early = self.deadline.part(0.7)
        # What cannot be had at all has been paid for: likely there is no block.
        if proven < DEAR and (below is None or proven < below):
            found = self._meeting(progress, early)
            if found.answer.chosen is not None:
                return found
            if found.answer.status is Status.INFEASIBLE:
                proven += 1
            for target in self._targets(proven, below, early):
                found = self._within(target, progress, early)
                if found.answer.chosen is not None:
                    return found
                if found.answer.status is not Status.INFEASIBLE:
                    return self._some(progress, proven)
                proven = target + 1
        if below is not None and proven >= below:
            return Outcome(self.ground, Answer(Status.INFEASIBLE, None, None, None))
        return self._from_any_block(progress, proven)

    def _targets(self, proven: int, below: int | None, deadline: Deadline) -> Iterator[int]:
        """Points within which a block is looked for: those of one that is soon found, then step by step."""
        bound = self.bound or 0
        last = proven - 1
        # Of what may matter within a point the best block is soon found: the optimum is no dearer.
        answer = search(self._left(SCALE), deadline, None, self.workers, confirm=False)
        known = [] if answer.objective is None else [answer.objective - bound]
        for step in (*known, *(step for step in STEPS if not known or step > known[0])):
            target = bound + step if below is None else min(bound + step, below - 1)
            if target > last:
                yield target
                last = target

    def _meeting(self, progress: Progress | None, deadline: Deadline) -> Outcome:
        """The most readable block with as many points as the bound; UNKNOWN where it is too hard to say."""
        target = self.bound or 0
        block = self._up_to(target, deadline)
        if progress is not None:
            progress(None, target)
        answer = most_readable(block, target, deadline, self.workers, work=LITTLE_WORK)
        if answer.chosen is not None and not answer.canonical:
            answer = most_readable(block, target, deadline, self.workers, answer)
        if progress is not None and answer.objective is not None:
            progress(answer.objective, target)
        return self._outcome(block, answer)

    def _within(self, target: int, progress: Progress | None, deadline: Deadline) -> Outcome:
        """The best block of at most so many points."""
        block = self._up_to(target, deadline)
        block.model.add(block.objective <= target)
        answer = search(block, deadline, progress, self.workers)
        if answer.status is not Status.OPTIMAL or answer.objective is None:
            return self._outcome(block, answer)
        known: Answer | None = answer
        found = self._outcome(block, answer)
        if answer.objective < target:
            # Fewer versions may matter then; the block that is known is one of another model.
            block, known = self._up_to(answer.objective, deadline), None
        shown = most_readable(block, answer.objective, deadline, self.workers, known)
        return found if shown.chosen is None else self._outcome(block, shown)

    def block(
        self,
        lifts: tuple[Lift, ...],
        limits: Ints | None = None,
        grid: int | None = None,
        only: Narrowing | None = None,
    ) -> Block:
        """The model of these versions; with limits of the options whose reduced cost may lie within them.

        With a `grid` only those that start on it are looked at, with a narrowing `only` those that it leaves.
        """
        alike = [first_alike(lift) for lift in lifts]
        placed = [set(own.tolist()) for own in alike]
        grounded = self.grounded(lifts, placed, grid)
        lift_of, usable = grounded.problem.options.lift, ~grounded.shut()
        if limits is not None and len(usable):
            parts = [self.pricing.exact(lift.index, lift.sets, self.weighted) for lift in lifts]
            least = np.array([part.min(initial=CLOSED) for part in parts], dtype=np.int64)
            usable &= self.weighted.placed(grounded) <= (limits - least)[lift_of]
        if only is not None:
            usable &= only.usable(grounded.problem)
        ceiling, near = self.goal.ceiling, self._near(grounded, None if only is None else only.near)
        charges = [grounded.charges(), *([] if ceiling is None else [grounded.charges(ceiling[0])])]
        shapes, positions = shapes_of(
            grounded, alike, usable, charges, None if near is None else near.versions, self.limit.check
        )
        block = build_block(
            grounded, only=positions, near=near, ceiling=ceiling, shapes=shapes, check=self.limit.check
        )
        if only is not None:
            only.demand(block)
        return block

    def _up_to(self, target: int, deadline: Deadline) -> Block:
        """The model of what a block of at most so many points may consist of."""
        block = self._left(target * SCALE - (self.scaled or 0))
        fix(block, target, deadline)
        return block

    def _left(self, room: int) -> Block:
        """The model of what a block within so many points (times `SCALE`) of the bound may consist of."""
        limits = self.least + room
        lifts = (
            lift.listing(self.within(lift.index, int(limits[lift.index])).tolist()) for lift in self.lifts
        )
        return self.block(tuple(lifts), limits)

    def _outcome(self, block: Block, answer: Answer) -> Outcome:
        """An answer with what it speaks of: at least the chosen versions, at all their starts."""
        if answer.chosen is None:
            return Outcome(block.grounded, answer)
        grounded = block.grounded
        lifts, options = grounded.problem.lifts, grounded.problem.options
        picked = np.array(answer.chosen, dtype=np.int64)
        chosen = list(answer.chosen)
        if options.version[picked].tolist() != [
            answer.versions[lift] for lift in options.lift[picked].tolist()
        ]:
            # Others were placed in the stead of some.
            done = {lift: lifts[lift].versions[version].sets for lift, version in answer.versions.items()}
            grounded = self.grounded(
                tuple(lift.listing([done[lift.index]] if lift.index in done else []) for lift in lifts)
            )
            start_of = np.full(len(lifts), NEVER, dtype=np.int64)
            start_of[options.lift[picked]] = options.start[picked]
            table = grounded.problem.options
            chosen = np.flatnonzero(table.start == start_of[table.lift]).tolist()
        objective = answer.objective
        if answer.status is Status.FEASIBLE and self.goal is POINTS:
            # A block that is not the best may be charged too much in the model: as nothing presses on what
            # only counts.
            objective = sum(points_by_rule(grounded, chosen, answer.changes).values())
        return Outcome(grounded, replace(answer, objective=objective, chosen=tuple(chosen), versions={}))

    def _from_any_block(self, progress: Progress | None, proven: int) -> Outcome:
        """Whether there is a block at all, with all versions that this may depend on; then the best."""
        fronts = zip(self.lifts, self.hard_fronts(), strict=True)
        block = self.block(tuple(lift.listing_too(sets) for lift, sets in fronts))
        answer = search(block, self.deadline, progress, self.workers)
        if answer.objective is None:
            return self._outcome(block, answer)
        if answer.status is Status.OPTIMAL:
            best = self._within(answer.objective, progress, self.deadline)
            if best.answer.chosen is not None:
                return best
        return self._outcome(block, replace(answer, status=Status.FEASIBLE, bound=proven))

    def hard_fronts(self) -> list[list[Sets]]:
        """By lift the versions that it may depend on whether there is a block."""
        return [self.hard_front(lift) for lift in self.lifts]

    def hard_front(self, lift: Lift, asked: Sequence[Comparison] = ()) -> list[Sets]:
        """Those of one lift; and where something is `asked` about it, those that differ in that."""
        if asked or lift.index not in self._fronts:
            compared = [*comparisons(lift, self._hard_cases[lift.index]), *asked]
            found = [version.sets for version in front(lift.space, compared)]
            if asked:
                return found
            self._fronts[lift.index] = found
        return self._fronts[lift.index]

    @cached_property
    def _hard_cases(self) -> list[list[Case]]:
        return cases_of(self.few, tuple(pair for pair in self.known if is_hard(pair[1])))

    @cached_property
    def _fronts(self) -> dict[int, list[Sets]]:
        return {}

    def _some(self, progress: Progress | None, proven: int | None) -> Outcome:
        """A block of the versions that are listed, in what is left of the time."""
        block, answer = None, Answer(Status.UNKNOWN, None, None, None)
        if self._coarse(self.lifts) is not None:
            with suppress(TooManyError):
                block = self.block(self.few.lifts, grid=self._coarse(self.few.lifts))
                answer = self._soon(block, progress)
        if answer.chosen is None:
            with suppress(TooManyError):
                block = self.block(self.lifts)
                answer = search(block, self.deadline, progress, self.workers, confirm=False, work=SOME_WORK)
        if block is None or answer.chosen is None:
            return Outcome(None, Answer(Status.UNKNOWN, None, proven, None))
        found = self._outcome(block, replace(answer, status=Status.FEASIBLE, bound=proven))
        if proven is None or (found.answer.objective or 0) > proven:
            return found
        return replace(found, answer=replace(found.answer, status=Status.OPTIMAL))

    def _soon(self, block: Block, progress: Progress | None) -> Answer:
        """Any block first, then a better one, as far as time and work go."""
        first = search(block, self.deadline, None, self.workers, confirm=False, any_block=True)
        if first.chosen is None or self.deadline.passed:
            return first
        hint(block, first)
        better = search(block, self.deadline, progress, self.workers, confirm=False, work=SOME_WORK)
        return first if better.chosen is None else better

    def _coarse(self, lifts: tuple[Lift, ...]) -> int | None:
        """A coarser grid on which these versions have few starts; None where their own grid will do."""
        grid, calendar = self.few.scenario.strength.grid_minutes, self.few.calendar
        minutes = [
            sum(end - start for day in week.days for start, end in calendar.windows[day])
            for week in calendar.weeks
        ]
        starts = sum(len(lift.versions) * minutes[lift.week] for lift in lifts) // grid
        if starts <= MOST_STARTS:
            return None
        return min(grid * -(-starts // COARSE_STARTS), MINUTES_PER_DAY // 4)
