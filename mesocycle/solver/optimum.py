"""The optimum over the whole space of blocks: bound, then only what the bound leaves, then one search.

1. The relaxation is solved over a few versions of each lift. `pricing` then looks through all versions for
   those that its multipliers let cost less than the best of their lift; they join, until there are none.
   From then on the bound holds for every block of the space.
2. A block with as many points as the bound, rounded up, can only consist of options whose reduced cost lies
   within what rounding added. The most readable of these blocks is searched for at once.
3. Where there is none, the target rises step by step, each step with all that a block within it may consist
   of, until a block is found: it is the optimum, as no block within the target was left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from mesocycle.models.plan import Reference, Status
from mesocycle.solver.block import Block, build_block, needed
from mesocycle.solver.canonical import most_readable
from mesocycle.solver.fronts import cases_of, comparisons, front, is_binding, is_hard
from mesocycle.solver.grounding import (
    Cases,
    Grounded,
    content_cases,
    joined,
    placing_cases,
    with_versions,
)
from mesocycle.solver.lifts import Lift
from mesocycle.solver.nearness import Nearness, nearness
from mesocycle.solver.pricing import Places, Pricing, TooManyError
from mesocycle.solver.problem import Problem
from mesocycle.solver.relaxation import CLOSED, DEAR, SCALE, Weighted, fix, multipliers, whole
from mesocycle.solver.rules.base import Case, Charge, LeaveOut, Price
from mesocycle.solver.search import Answer, Deadline, Progress, TimeUpError, search
from mesocycle.solver.shapes import first_alike, shapes_of
from mesocycle.solver.slots import NEVER, Bools, Ints, Options
from mesocycle.solver.tally import points_by_rule
from mesocycle.solver.versions import Amount, in_order, sets_table

# So many versions of a lift are listed at a time while the relaxation is still poor.
LISTED = 12
# Where more might join they are told apart by minutes and load, in steps of so many, before any is listed.
CELLS = ((10, 500), (2, 100))
# So many starts of a lift and day join the relaxation at a time.
JOINING = 3
# What a version has to save to join, in points times `SCALE`; the bound makes up for it.
NEGLIGIBLE = SCALE // 2**12
# Work on the question whether a block meets the bound, before it is asked in another way.
LITTLE_WORK = 0.6
# Where any block will do, so many starts are looked at.
MOST_STARTS = 15_000
# Points above the bound within which a block is looked for, step by step.
STEPS = (2, 8, 32, 128, 512)


@dataclass(frozen=True, eq=False)
class Outcome:
    """An answer with the problem and cases that it speaks of; without them where time was up before."""

    grounded: Grounded | None
    answer: Answer


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
    """

    rules: frozenset[str] | None = None
    times: int = 1
    legs: bool = False
    cases: Cases = ()
    ceiling: tuple[frozenset[str], int] | None = None

    def content(self, problem: Problem, check: Callable[[], None]) -> Cases:
        """The cases about days, lifts and versions that count."""
        cases = (*self._counting(content_cases(problem, check)), *self.cases)
        if not self.legs:
            return cases
        missing: list[tuple[str, Case]] = []
        for lift in problem.lifts:
            most = lift.space.extremes(lift.leg_sets)[1]
            if most:
                fewer = _fewer_legs(lift)
                missing.append(("ramp_limits", Price(lift.index, fewer, 1)))
                missing.append(("ramp_limits", LeaveOut((lift.index,), (most,))))
        return (*cases, *missing)

    def placing(self, problem: Problem, check: Callable[[], None]) -> Cases:
        """The cases about single options that count."""
        return self._counting(placing_cases(problem, check))

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


def _keys(problem: Problem, positions: Ints) -> list[tuple[int, tuple[int, ...], int]]:
    """Options by what they are, whatever else is listed: lift, sets and start."""
    picked = problem.options.take(positions)
    return [
        (lift, problem.lifts[lift].versions[version].sets, start)
        for lift, version, start in zip(
            picked.lift.tolist(), picked.version.tolist(), picked.start.tolist(), strict=True
        )
    ]


def _found_again(problem: Problem, keys: Sequence[tuple[int, tuple[int, ...], int]]) -> Ints:
    """Positions of options by what they are."""
    options, first = problem.options, np.cumsum([0, *(len(lift.versions) for lift in problem.lifts)])
    numbers = [{version.sets: at for at, version in enumerate(lift.versions)} for lift in problem.lifts]
    order = (first[options.lift] + options.version) * NEVER + options.start
    wanted = [int(first[lift] + numbers[lift][sets]) * NEVER + start for lift, sets, start in keys]
    positions: Ints = np.searchsorted(order, np.array(wanted, dtype=np.int64))
    return positions


def _cheapest(options: Options, costs: Ints, some: Ints) -> Ints:
    """Of some options the cheapest few of each lift and day, no two at one start."""
    order = some[np.lexsort([costs[some], options.start[some], options.lift[some]])]
    order = order[_first(options.lift[order], options.start[order])]
    order = order[np.lexsort([costs[order], options.day[order], options.lift[order]])]
    number = np.arange(len(order))
    new = _first(options.lift[order], options.day[order])
    return order[number - np.maximum.accumulate(np.where(new, number, 0)) < JOINING]


def _first(*columns: Ints) -> Bools:
    """Where a run of equal entries begins."""
    new = np.zeros(len(columns[0]), dtype=bool)
    new[:1] = True
    for column in columns:
        new[1:] |= np.diff(column) != 0
    return new


POINTS = Goal()


class Relaxed:
    """One pattern of lighter weeks with its relaxation over all versions.

    Attributes
    ----------
    bound, scaled : int or None
        A bound of the points that holds for every block of the space, and the same times `SCALE` before it is
        rounded up; None before it is known.
    weighted, claimed : Weighted, Ints
        The multipliers that prove it, and what each lift costs at least under them.
    """

    def __init__(
        self,
        few: Problem,
        reference: Reference | None,
        deadline: Deadline,
        workers: int = 1,
        goal: Goal = POINTS,
        limit: Deadline | None = None,
    ) -> None:
        self.goal = goal
        self.few = few
        self.reference = reference
        self.deadline = deadline
        # For the bound; half of the time is kept for a block: without one there is nothing to lift by.
        self.limit = deadline.part(0.5) if limit is None else limit
        self.workers = workers
        self.lifts = few.lifts
        self.content: Cases | None = None
        self.scaled: int | None = None
        self.joined: list[tuple[int, tuple[int, ...], int]] = []
        with suppress(TooManyError, TimeUpError):  # then no bound is known
            self.content = goal.content(few, self.limit.check)
            self.pricing = Pricing(few, self.content)
            self._solve()
        self.limit = deadline

    @cached_property
    def places(self) -> Places:
        """Where probes of the lifts may stand."""
        return Places(self.few, lambda problem: self.goal.placing(problem, self.limit.check))

    @property
    def bound(self) -> int | None:
        """No block of the space has fewer points; None where that is not known yet."""
        return None if self.scaled is None else max(0, whole(self.scaled))

    @property
    def _known(self) -> Cases:
        """The cases about days, lifts and versions; raises TimeUpError if there was no time for them."""
        if self.content is None:
            raise TimeUpError
        return self.content

    def grounded(self, lifts: tuple[Lift, ...]) -> Grounded:
        """The problem with these versions, and its cases."""
        return self._ground(with_versions(self.few, lifts))

    def _ground(self, problem: Problem) -> Grounded:
        return Grounded(problem, joined(self._known, self.goal.placing(problem, self.limit.check)))

    @cached_property
    def ground(self) -> Grounded:
        """The problem with the versions that are listed so far."""
        return self.grounded(self.lifts)

    def block(self, lifts: tuple[Lift, ...], limits: Ints | None = None, grid: int | None = None) -> Block:
        """The model of these versions; with limits of the options whose reduced cost may lie within them.

        With a `grid` only those that start on it are looked at.
        """
        alike = [first_alike(lift) for lift in lifts]
        placed = [set(own.tolist()) for own in alike]
        grounded = self._ground(with_versions(self.few, lifts, placed=placed, grid=grid))
        lift_of, usable = grounded.problem.options.lift, ~grounded.shut()
        if limits is not None and len(usable):
            parts = [self.pricing.exact(lift.index, lift.sets, self.weighted) for lift in lifts]
            least = np.array([part.min(initial=CLOSED) for part in parts], dtype=np.int64)
            usable &= self.weighted.placed(grounded) <= (limits - least)[lift_of]
        ceiling, near = self.goal.ceiling, self._near(grounded)
        charges = [grounded.charges(), *([] if ceiling is None else [grounded.charges(ceiling[0])])]
        shapes, positions = shapes_of(
            grounded, alike, usable, charges, None if near is None else near.versions, self.limit.check
        )
        return build_block(
            grounded, only=positions, near=near, ceiling=ceiling, shapes=shapes, check=self.limit.check
        )

    def _near(self, grounded: Grounded) -> Nearness | None:
        return None if self.reference is None else nearness(grounded.problem, self.reference)

    def _solve(self) -> None:
        """Let versions join until no other one can matter to the bound."""
        early = self.limit
        members = [{version.sets for version in lift.versions} for lift in self.lifts]
        while not early.passed:
            if not self._relax(members, early):
                return
            self.place = self.places.least(self.weighted)
            joined = False
            while not joined and not early.passed:
                listed = self._list_more()
                if not listed and all(
                    len(own) == len(lift.versions) for own, lift in zip(members, self.lifts, strict=True)
                ):
                    break
                joined = self._joined(members)
                if not listed:
                    break
            if not joined and not early.passed:
                # What might still cost less does so by less than all such lifts together matter.
                self.claimed = self.least - NEGLIGIBLE
                self.scaled = self.weighted.bound(self.claimed)
                return

    def _relax(self, members: list[set[tuple[int, ...]]], deadline: Deadline) -> bool:
        """Solve the relaxation over all options of these versions; whether there was time for it.

        It begins with those that `needed` leaves. Of the others those join whose reduced cost is below the
        least of their lift, until none is: so the bound is that of all options.
        """
        grounded, options = self.ground, self.ground.problem.options
        inside = np.flatnonzero(~grounded.closed() & self.by_option(members))
        columns = needed(grounded, inside, self._near(grounded), self.goal.ceiling, self.limit.check)
        columns = np.union1d(columns, _found_again(grounded.problem, self.joined))
        while True:
            block = build_block(
                grounded,
                only=columns,
                reduce=False,
                ceiling=self.goal.ceiling,
                solved=False,
                check=self.limit.check,
            )
            if deadline.passed:
                return False
            solved = multipliers(block, deadline)
            rows = np.zeros(len(block.rows), dtype=np.int64) if solved is None else solved
            self.weighted = Weighted(block, rows)
            costs = self.reduced(grounded)
            self.least = self.weighted.left_out.copy()
            np.minimum.at(self.least, options.lift[columns], costs[columns])
            better = inside[costs[inside] < self.least[options.lift[inside]] - NEGLIGIBLE]
            if not len(better) or solved is None:
                np.minimum.at(self.least, options.lift[inside], costs[inside])
                return True
            more = _cheapest(options, costs, better)
            columns = np.union1d(columns, more)
            self.joined += _keys(grounded.problem, more)

    def by_option(self, members: list[set[tuple[int, ...]]]) -> Bools:
        """Which of the listed options have one of these versions."""
        lifts = self.ground.problem.lifts
        return self.ground.by_option(
            [
                np.array([version.sets in own for version in lift.versions], dtype=bool)
                for lift, own in zip(lifts, members, strict=True)
            ]
        )

    def _list_more(self) -> bool:
        """List versions that might cost less than the best, the likeliest first; whether there are any."""
        found = [self._might_join(lift) for lift in self.lifts]
        for step in CELLS:
            many = [len(sets) > LISTED for sets in found]
            if not any(many):
                break
            self.places.add(
                [
                    self.places.cells(
                        lift.index, lift.minutes.of(sets), Amount(lift.space.doses).of(sets), step
                    )
                    if more
                    else []
                    for lift, sets, more in zip(self.lifts, found, many, strict=True)
                ]
            )
            self.place = self.places.least(self.weighted)
            found = [
                self._might_join(lift) if more else sets
                for lift, sets, more in zip(self.lifts, found, many, strict=True)
            ]
        if any(map(len, found)):
            self.lifts = tuple(
                replace(
                    lift,
                    versions=in_order(
                        iter((*lift.versions, *map(lift.space.version, map(tuple, sets[:LISTED].tolist()))))
                    ),
                )
                if len(sets)
                else lift
                for lift, sets in zip(self.lifts, found, strict=True)
            )
            del self.ground
            return True
        return False

    def _joined(self, members: list[set[tuple[int, ...]]]) -> bool:
        """Let the listed versions join that do cost less than the best of their lift; whether any did."""
        problem = self.ground.problem
        options, costs = problem.options, self.reduced(self.ground)
        better = (
            np.flatnonzero(costs < self.least[options.lift] - NEGLIGIBLE) if len(options) else options.lift
        )
        pairs = np.unique(np.column_stack([options.lift[better], options.version[better]]), axis=0)
        # What helps in one week soon will in others of its kind.
        alike: dict[int, set[tuple[int, ...]]] = {}
        for at, version in pairs.tolist():
            lift = problem.lifts[at]
            alike.setdefault(id(lift.space), set()).add(lift.versions[version].sets)
        lifts = list(self.lifts)
        for at, lift in enumerate(self.lifts):
            new = alike.get(id(lift.space), set()) - members[at]
            members[at] |= new
            unlisted = new - {version.sets for version in lift.versions}
            if unlisted:
                more = map(lift.space.version, sorted(unlisted))
                lifts[at] = replace(lift, versions=in_order(iter((*lift.versions, *more))))
        if len(pairs):
            self.lifts = tuple(lifts)
            del self.ground
        return len(pairs) > 0

    def reduced(self, grounded: Grounded) -> Ints:
        """The reduced cost of every listed option; `CLOSED` where it may not be chosen."""
        parts = [self.pricing.exact(lift.index, lift.sets, self.weighted) for lift in grounded.problem.lifts]
        costs = self.weighted.placed(grounded) + grounded.by_option(parts)
        return np.where(grounded.closed(), CLOSED, costs)

    def _might_join(self, lift: Lift) -> Ints:
        """Sets of versions, not listed yet, that might cost less than the best; the likeliest first."""
        limit = int(self.least[lift.index]) - NEGLIGIBLE - 1
        sets, bounds = self.pricing.within(
            lift.index, self.weighted, self.places, self.place[lift.index], limit
        )
        lightest = self.pricing.lightest(lift.index, sets, self.weighted)
        sets, bounds = sets[lightest], bounds[lightest]
        known = {version.sets for version in lift.versions}
        order = np.lexsort([*sets.T[::-1], bounds]).tolist() if len(sets) else []
        new = [at for at in order if tuple(sets[at].tolist()) not in known]
        found: Ints = sets[new]
        return found

    def search(self, progress: Progress | None = None, below: int | None = None) -> Outcome:
        """Find the optimum and of equals the one to show.

        Parameters
        ----------
        progress : callable, optional
            Told of better blocks and bounds.
        below : int, optional
            Only blocks with fewer points count; INFEASIBLE then means that there is none.

        Raises
        ------
        KeyboardInterrupt
            If interrupted with nothing found.
        """
        try:
            if self.scaled is None or self.bound is None:
                return self._some(progress, None)
            try:
                return self._search(progress, below, self.bound)
            except TooManyError:
                return self._some(progress, self.bound)
        except TimeUpError:
            if self.deadline.stopped:
                raise KeyboardInterrupt from None
            return Outcome(None, Answer(Status.UNKNOWN, None, self.bound, None))

    def _search(self, progress: Progress | None, below: int | None, proven: int) -> Outcome:
        # As above: what is proven in vain shall leave time for a block that is not.
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
        block = self._left(target * SCALE - (self.scaled or 0))
        fix(block, target, deadline)
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
        block = self._left(target * SCALE - (self.scaled or 0))
        fix(block, target, deadline)
        block.model.add(block.objective <= target)
        answer = search(block, deadline, progress, self.workers)
        if answer.status is not Status.OPTIMAL or answer.objective is None:
            return self._outcome(block, answer)
        known: Answer | None = answer
        found = self._outcome(block, answer)
        if answer.objective < target:
            # Fewer versions may matter then; the block that is known is one of another model.
            block, known = self._left(answer.objective * SCALE - (self.scaled or 0)), None
            fix(block, answer.objective, deadline)
        shown = most_readable(block, answer.objective, deadline, self.workers, known)
        return found if shown.chosen is None else self._outcome(block, shown)

    def _left(self, room: int) -> Block:
        """The model of what a block within so many points (times `SCALE`) of the bound may consist of."""
        limits = self.least + room
        found = [
            self.pricing.within(
                lift.index, self.weighted, self.places, self.place[lift.index], int(limits[lift.index])
            )[0]
            for lift in self.lifts
        ]
        lifts = tuple(
            replace(lift, versions=in_order(map(lift.space.version, map(tuple, sets.tolist()))))
            for lift, sets in zip(self.lifts, found, strict=True)
        )
        return self.block(lifts, limits)

    def _outcome(self, block: Block, answer: Answer) -> Outcome:
        """An answer with what it speaks of: the chosen versions alone, at all their starts."""
        if answer.chosen is None:
            return Outcome(block.grounded, answer)
        lifts, options = block.grounded.problem.lifts, block.grounded.problem.options
        grounded = self.grounded(
            tuple(
                replace(
                    lift,
                    versions=(lift.versions[answer.versions[lift.index]],)
                    if lift.index in answer.versions
                    else (),
                )
                for lift in lifts
            )
        )
        picked = np.array(answer.chosen, dtype=np.int64)
        start_of = np.full(len(lifts), NEVER, dtype=np.int64)
        start_of[options.lift[picked]] = options.start[picked]
        table = grounded.problem.options
        chosen = np.flatnonzero(table.start == start_of[table.lift]).tolist() if len(table) else []
        objective = answer.objective
        if answer.status is Status.FEASIBLE and self.goal is POINTS:
            # A block that is not the best may be charged too much in the model: as nothing presses on what
            # only counts.
            objective = sum(points_by_rule(grounded, chosen, answer.changes).values())
        return Outcome(grounded, replace(answer, objective=objective, chosen=tuple(chosen), versions={}))

    def _from_any_block(self, progress: Progress | None, proven: int) -> Outcome:
        """Whether there is a block at all, with all versions that this may depend on; then the best."""
        hard = cases_of(self.few, tuple(pair for pair in self._known if is_hard(pair[1])))
        lifts = []
        for lift, own in zip(self.lifts, hard, strict=True):
            needed = front(lift.space, comparisons(lift, own))
            every = {version.sets: version for version in (*lift.versions, *needed)}
            lifts.append(replace(lift, versions=in_order(iter(every.values()))))
        block = self.block(tuple(lifts))
        answer = search(block, self.deadline, progress, self.workers)
        if answer.objective is None:
            return self._outcome(block, answer)
        if answer.status is Status.OPTIMAL:
            best = self._within(answer.objective, progress, self.deadline)
            if best.answer.chosen is not None:
                return best
        return self._outcome(block, replace(answer, status=Status.FEASIBLE, bound=proven))

    def _some(self, progress: Progress | None, proven: int | None) -> Outcome:
        """A block of the versions that are listed, in what is left of the time."""
        block = self.block(self.lifts, grid=self._coarse)
        answer = search(block, self.deadline, progress, self.workers, confirm=False)
        if answer.chosen is None and self._coarse is not None and not self.deadline.passed:
            block = self.block(self.lifts)
            answer = search(block, self.deadline, progress, self.workers, confirm=False)
        if answer.chosen is None or answer.objective is None:
            return Outcome(block.grounded, Answer(Status.UNKNOWN, None, proven, None))
        found = self._outcome(block, replace(answer, status=Status.FEASIBLE, bound=proven))
        if proven is None or (found.answer.objective or 0) > proven:
            return found
        return replace(found, answer=replace(found.answer, status=Status.OPTIMAL))

    @property
    def _coarse(self) -> int | None:
        """A coarser grid on which the listed versions have few starts; None where their own is coarse enough."""
        grid, calendar = self.few.scenario.strength.grid_minutes, self.few.calendar
        minutes = [
            sum(end - start for day in week.days for start, end in calendar.windows[day])
            for week in calendar.weeks
        ]
        starts = sum(len(lift.versions) * minutes[lift.week] for lift in self.lifts) // grid
        times = -(-starts // MOST_STARTS)
        return None if times <= 1 else grid * times
