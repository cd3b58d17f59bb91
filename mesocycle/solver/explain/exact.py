"""The least that another choice costs where a week may change, or the whole block.

Theorem. Let a bound hold for all blocks, with what each lift costs at least under its multipliers
(`model.relaxation`). A block in which some lifts choose otherwise costs as much more than the bound, at
least, as these choices lie above the least of their lifts. Where a block is known that costs no more than
that, rounded up, it is the best of its kind, and nothing is solved. Else it is enough to look at what a block
may consist of that costs no more than the best one known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np

from mesocycle.models.errors import InternalError
from mesocycle.models.plan import Status
from mesocycle.solver.explain.choices import NOWHERE, Choices
from mesocycle.solver.model.alternatives import (
    Questions,
    block_of_needed,
    block_within,
    cost_left_out,
    costs_of,
    placed_by,
)
from mesocycle.solver.model.narrowing import Kept, Narrowing, Wish
from mesocycle.solver.model.optimum import Relaxed
from mesocycle.solver.model.relaxation import SCALE, whole
from mesocycle.solver.model.rows import Block
from mesocycle.solver.model.search import Answer, TimeUpError
from mesocycle.solver.placement.slots import Ints, TooManyError

# So many points above the plan reduced costs are worked out where no block is known that does what is asked.
BEYOND = 200


class Scope(StrEnum):
    """What may move beside the lift that is asked about."""

    FROZEN = "frozen"
    WEEK = "week"
    BLOCK = "block"


class How(StrEnum):
    """What proves an answer: the rules' cases, reduced costs of the bound, a relaxation, or a search."""

    CASES = "cases"
    BOUND = "bound"
    RELAXATION = "relaxation"
    SEARCH = "search"


@dataclass(frozen=True)
class Found:
    """A block that does what is asked: its points, and how its lifts differ from the plan.

    `weeks` is what changes in which week, and `lighter` its lighter weeks; None where they are the plan's.
    """

    points: int
    changed: Mapping[int, Kept | None]
    weeks: tuple[tuple[str, int], ...] | None = None
    lighter: frozenset[int] | None = None


@dataclass(frozen=True)
class Least:
    """The best block that does what is asked.

    `possible` is None where time was up before that was known.
    """

    possible: bool | None
    found: Found | None = None
    how: How = How.SEARCH


@dataclass(frozen=True, eq=False)
class _Asked:
    """Questions to one pattern of lighter weeks about one lift.

    `spent` is what the lifts that stay cost beyond their least, and `beyond` what each wish does, at least;
    in points times `SCALE`.
    """

    relaxed: Relaxed
    only: Narrowing
    wishes: Sequence[Wish]
    spent: int
    beyond: Sequence[int]

    @property
    def lift(self) -> int:
        return self.only.lift

    def scaled(self, at: int) -> int:
        """What no block that does what is wished costs less than."""
        return (self.relaxed.scaled or 0) + self.spent + self.beyond[at]

    def limits(self, targets: Mapping[int, int]) -> Ints:
        """Reduced costs of options in blocks that do what some wishes ask, each within its points."""
        slack = {at: target * SCALE - self.scaled(at) for at, target in targets.items()}
        limits = self.relaxed.least + max(slack.values())
        limits[self.lift] = self.relaxed.least[self.lift] + max(slack[at] + self.beyond[at] for at in slack)
        return limits


@dataclass(eq=False)
class Exact:
    """What other choices cost, given the relaxations that a plan was proven by.

    Attributes
    ----------
    patterns : sequence of Relaxed
        One for each choice of lighter weeks; `complete` unless there was no time for some of them.
    tally : Counter of How
        How many questions were settled how.
    """

    choices: Choices
    patterns: Sequence[Relaxed]
    complete: bool = True
    tally: Counter[How] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        choices = self.choices
        starts = choices.grounded.problem.options.start
        self.kept = {
            lift: None if sets is None or at == NOWHERE else Kept(sets, int(starts[at]))
            for lift, (sets, at) in enumerate(zip(choices.sets, choices.chosen.tolist(), strict=True))
        }
        self.own = next((each for each in self.patterns if each.few.deload_weeks == choices.lighter), None)
        self._tables: dict[tuple[int, int, tuple[tuple[int, int], ...]], tuple[Ints, Ints]] = {}
        self._spent: dict[int, int] = {}

    def least(
        self, lift: int, wishes: Sequence[Wish], scope: Scope, known: Sequence[Found | None]
    ) -> list[Least]:
        """The best blocks in which a lift does what is wished, for each wish; `known` do so too.

        All wishes ask for the same sets and the same minute, if for any.
        """
        answers = self._least(lift, wishes, scope, known)
        self.tally.update(answer.how for answer in answers)
        return answers

    def _least(
        self, lift: int, wishes: Sequence[Wish], scope: Scope, known: Sequence[Found | None]
    ) -> list[Least]:
        if scope is Scope.BLOCK:
            return self._in_block(lift, wishes, known)
        if self.own is None:
            return [Least(None)] * len(wishes)
        lifts = self.choices.grounded.problem.lifts
        kept = {
            other: what
            for other, what in self.kept.items()
            if other != lift and (scope is Scope.FROZEN or lifts[other].week != lifts[lift].week)
        }
        return self._in_pattern(self.own, lift, wishes, kept, known)

    def _in_block(self, lift: int, wishes: Sequence[Wish], known: Sequence[Found | None]) -> list[Least]:
        """The best over all patterns of lighter weeks, that of the plan first."""
        best = [Least(one is not None, one, How.CASES) for one in known]
        for relaxed in self.own_first:
            more = self._in_pattern(relaxed, lift, wishes, {}, [one.found for one in best])
            best = [
                Least(
                    None if one.possible is None or two.possible is None else two.possible,
                    two.found,
                    max(one.how, two.how, key=list(How).index),
                )
                for one, two in zip(best, more, strict=True)
            ]
        return best if self.complete and self.patterns else [replace(one, possible=None) for one in best]

    @property
    def own_first(self) -> list[Relaxed]:
        """The patterns, that of the plan first."""
        return sorted(self.patterns, key=lambda each: each is not self.own)

    def _in_pattern(
        self,
        relaxed: Relaxed,
        lift: int,
        wishes: Sequence[Wish],
        kept: Mapping[int, Kept | None],
        known: Sequence[Found | None],
    ) -> list[Least]:
        """The best blocks of one pattern; what is known where none of it is better."""
        answers: dict[int, Least] = {}
        try:
            if relaxed.scaled is not None:
                asked = self._asked(relaxed, lift, wishes, kept)
                answers |= {
                    at: Least(True, found, How.BOUND)
                    for at, found in enumerate(known)
                    if found is not None and whole(asked.scaled(at)) >= found.points
                }
                answers |= self._solved(asked, {at: one for at, one in enumerate(known) if at not in answers})
        except (TimeUpError, TooManyError):
            pass
        except KeyboardInterrupt:  # stopped: what is known by now is told
            if not relaxed.deadline.stopped:
                raise
        return [answers.get(at, Least(None, found)) for at, found in enumerate(known)]

    def _asked(
        self, relaxed: Relaxed, lift: int, wishes: Sequence[Wish], kept: Mapping[int, Kept | None]
    ) -> _Asked:
        only = Narrowing(lift, _common(wishes), kept, self.choices.plan.reference)
        spent = sum(self._costs_of_kept().get(other, 0) for other in kept)
        beyond = [self._beyond(relaxed, lift, wish) for wish in wishes]
        return _Asked(relaxed, only, wishes, spent, beyond)

    def _solved(self, asked: _Asked, known: Mapping[int, Found | None]) -> dict[int, Least]:
        """Answers to wishes, by place, that the bound does not settle."""
        answers: dict[int, Least] = {}
        found = dict(known)
        unknown = [at for at, one in found.items() if one is None]
        if unknown:
            block = block_of_needed(asked.relaxed, asked.only)
            questions = Questions(block, asked.lift, asked.relaxed.deadline)
            for at in unknown:
                answer = questions.some(asked.wishes[at])
                if answer.chosen is not None:
                    found[at] = self._found(block, answer, asked.relaxed)
                else:
                    answers[at] = Least(False if answer.status is Status.INFEASIBLE else None)
        left = {at: one.points for at, one in found.items() if one is not None}
        proven = {at for at, points in left.items() if whole(asked.scaled(at)) >= points}
        answers |= {at: Least(True, found[at], How.BOUND) for at in proven}
        left = {at: points for at, points in left.items() if at not in proven}
        if left:
            block = block_within(asked.relaxed, asked.only, asked.limits(left))
            questions = Questions(block, asked.lift, asked.relaxed.deadline)
            told = questions.all_best([(asked.wishes[at], points) for at, points in left.items()])
            for at, (answer, relaxed) in zip(left, told, strict=True):
                least = self._better(block, answer, asked.relaxed, found[at])
                answers[at] = replace(least, how=How.RELAXATION) if relaxed else least
        return answers

    def _better(self, block: Block, answer: Answer, relaxed: Relaxed, known: Found | None) -> Least:
        """The better one of what is known and the best of a model that holds every block as good as that."""
        if known is None or answer.status in (Status.UNKNOWN, Status.FEASIBLE):
            return Least(None, known)
        if answer.objective is None or answer.objective >= known.points:
            return Least(True, known)
        return Least(True, self._found(block, answer, relaxed))

    def _found(self, block: Block, answer: Answer, relaxed: Relaxed) -> Found:
        if answer.objective is None:
            raise InternalError("a block that was found has lost its points")
        placed = placed_by(block, answer)
        changed = {lift: placed.get(lift) for lift, kept in self.kept.items() if placed.get(lift) != kept}
        lighter = None if relaxed is self.own else relaxed.few.deload_weeks
        return Found(answer.objective, changed, answer.changes, lighter)

    def _costs_of_kept(self) -> dict[int, int]:
        """What each lift of the plan costs beyond its least, in points times `SCALE`."""
        if not self._spent and self.own is not None:
            own = self.own
            none = np.zeros((0, 0), dtype=np.int64)
            only = Narrowing(NOWHERE, Wish(), self.kept)
            lifts = tuple(lift.listing(only.sets(lift.index, none)) for lift in own.lifts)
            grounded = own.grounded(lifts)
            options = grounded.problem.options
            here = np.flatnonzero(only.usable(grounded.problem))
            costs = own.reduced(grounded)[here] - own.claimed[options.lift[here]]
            self._spent = {lift: cost_left_out(own, lift) for lift in self.kept}
            self._spent |= dict(zip(options.lift[here].tolist(), costs.tolist(), strict=True))
        return self._spent

    def _beyond(self, relaxed: Relaxed, lift: int, wish: Wish) -> int:
        """What a wish costs beyond the least of its lift, at least."""
        if not wish.takes_place:
            return cost_left_out(relaxed, lift)
        limit = (self.choices.points + BEYOND) * SCALE - (relaxed.scaled or 0)
        key = (id(relaxed), lift, tuple(sorted(wish.sets.items())))
        if key not in self._tables:
            self._tables[key] = costs_of(relaxed, lift, Wish(sets=wish.sets), limit)
        starts, costs = self._tables[key]
        return int(costs[wish.starts(starts)].min(initial=limit))


def _common(wishes: Iterable[Wish]) -> Wish:
    """What several wishes ask for, on all of their days."""
    wishes = list(wishes)
    days = None if any(wish.days is None for wish in wishes) else {d for w in wishes for d in w.days or ()}
    return replace(wishes[0], days=days)
