"""Blocks that were found, beside the plan: their points by rule, what moves, and what settles a tie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from mesocycle.models.clock import MINUTES_PER_DAY
from mesocycle.models.difference import Move
from mesocycle.models.errors import InternalError
from mesocycle.models.plan import Standing
from mesocycle.solver.explain.exact import Exact, Found
from mesocycle.solver.model.bound import positions_of
from mesocycle.solver.model.canonical import how_late
from mesocycle.solver.model.grounding import Grounded, joined, placing_cases, points_by_rule, with_versions
from mesocycle.solver.model.narrowing import Kept
from mesocycle.solver.model.optimum import Relaxed
from mesocycle.solver.model.rotation import Moments, best_weeks
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.rules.base import Changes

DAYS, HOURS, SETS, ORDER = (
    "the plan's days are earlier in the week",
    "the plan's hours are earlier",
    "the plan has more sets",
    "nothing tells them apart, so a fixed order does",
)


@dataclass(frozen=True, eq=False)
class Blocks:
    """Tells what found blocks are like."""

    exact: Exact

    def placed(self, found: Found) -> dict[int, Kept]:
        """How each lift takes place in a block."""
        every = {**self.exact.kept, **found.changed}
        return {lift: kept for lift, kept in every.items() if kept is not None}

    def by_rule(self, found: Sequence[Found]) -> list[dict[str, int]]:
        """By rule, what each block costs more than the plan; only what differs."""
        before = {cost.rule: cost.points for cost in self.exact.choices.audit.costs}
        told: list[dict[str, int]] = [{} for _ in found]
        for lighter in dict.fromkeys(one.lighter for one in found):
            own = [at for at, one in enumerate(found) if one.lighter == lighter]
            grounded = self._grounded(lighter, [self.placed(found[at]) for at in own])
            for at in own:
                chosen, weeks = self._chosen(grounded, found[at])
                points = points_by_rule(grounded, chosen, weeks)
                rules = dict.fromkeys([*before, *points])
                beyond = {rule: points.get(rule, 0) - before.get(rule, 0) for rule in rules}
                told[at] = {rule: by for rule, by in beyond.items() if by}
                self._check(found[at], sum(beyond.values()))
        return told

    def moves(self, found: Found, but: int) -> tuple[Move, ...]:
        """How all sessions but one differ from the plan, in order of time."""
        changed = sorted(found.changed.items(), key=lambda pair: self._moment(*pair))
        return tuple(self._move(lift, after) for lift, after in changed if lift != but)

    def standing(self, lift: int, kept: Kept) -> Standing:
        """Where a lift stands, and how big it is."""
        problem = self.exact.choices.grounded.problem
        own, (day, minute) = problem.lifts[lift], divmod(kept.start, MINUTES_PER_DAY)
        minutes = own.space.version(kept.sets).minutes
        return Standing(
            id=own.id, date=problem.date(day), start=minute, end=minute + minutes, sets=sum(kept.sets)
        )

    def settled_by(self, found: Found) -> str:
        """What the plan was preferred for, where a block costs the same."""
        problem = self.exact.choices.grounded.problem
        plan = {lift: kept for lift, kept in self.exact.kept.items() if kept is not None}
        ours, other = (_readable(placed, problem) for placed in (plan, self.placed(found)))
        differences = [theirs - own for own, theirs in zip(ours, other, strict=True)]
        for text, difference in zip((DAYS, HOURS, SETS), differences, strict=True):
            if difference > 0:
                return text
        return ORDER

    def _grounded(self, lighter: frozenset[int] | None, blocks: Sequence[Mapping[int, Kept]]) -> Grounded:
        """A table with the versions of some blocks."""
        relaxed = self._relaxed(lighter)
        listed: dict[int, dict[tuple[int, ...], None]] = {}
        for block in blocks:
            for lift, kept in block.items():
                listed.setdefault(lift, {})[kept.sets] = None
        lifts = tuple(lift.listing(listed.get(lift.index, ())) for lift in relaxed.lifts)
        # Whatever the time: to tell of what is known takes little.
        problem = with_versions(relaxed.few, lifts)
        return Grounded(problem, joined(relaxed.known, placing_cases(problem)))

    def _relaxed(self, lighter: frozenset[int] | None) -> Relaxed:
        found = next(
            (each for each in self.exact.patterns if each.few.deload_weeks == lighter), self.exact.own
        )
        if found is None:
            raise InternalError("a block has lighter weeks that no pattern has")
        return found

    def _chosen(self, grounded: Grounded, found: Found) -> tuple[list[int], Moments]:
        """The options of a block, and what changes in which week."""
        placed = self.placed(found)
        keys = [(at, *kept) for at, kept in sorted(placed.items())]
        chosen: list[int] = positions_of(grounded.problem, keys).tolist()
        if found.weeks is not None:
            return chosen, found.weeks
        chains = [case for _, case in grounded.cases if isinstance(case, Changes)]
        sets = {lift: kept.sets for lift, kept in placed.items()}
        days = {lift: kept.start // MINUTES_PER_DAY for lift, kept in placed.items()}
        return chosen, best_weeks(chains, sets, days)

    def _check(self, found: Found, difference: int) -> None:
        expected = found.points - self.exact.choices.points
        if difference != expected:
            raise InternalError(
                f"another block costs {expected:+d} points to the solver, {difference:+d} here"
            )

    def _moment(self, lift: int, after: Kept | None) -> tuple[int, int]:
        kept = after or self.exact.kept[lift]
        return (0 if kept is None else kept.start), lift

    def _move(self, lift: int, after: Kept | None) -> Move:
        before = self.exact.kept[lift]
        old = None if before is None else self.standing(lift, before)
        new = None if after is None else self.standing(lift, after)
        name = self.exact.choices.grounded.problem.lifts[lift].id
        if old is None:
            return Move(session=name, change="added", before=None, after=new)
        if new is None or before is None or after is None:
            return Move(session=name, change="left out", before=old, after=None)
        change = "moved" if before.start != after.start else "resized"
        return Move(session=name, change=change, before=old, after=new)


def _readable(placed: Mapping[int, Kept], problem: Problem) -> tuple[int, int, int]:
    """How late the days and hours of a block look, and how few sets it has: what `readability` goes by."""
    lifts = np.array(list(placed), dtype=np.int64)
    starts = np.array([kept.start for kept in placed.values()], dtype=np.int64)
    days = how_late(problem, lifts, starts // MINUTES_PER_DAY)
    hours = starts % MINUTES_PER_DAY // 15
    return int(days.sum()), int(hours.sum()), -sum(sum(kept.sets) for kept in placed.values())
