"""The single moves that help a plan most: found among frozen prices, then judged by the checker."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from mesocycle.models.clock import MINUTES_PER_DAY
from mesocycle.models.difference import Move
from mesocycle.models.explanation import SingleMove
from mesocycle.models.plan import Audit, Plan, Standing
from mesocycle.solver.explain.choices import NOWHERE, Choices, choices
from mesocycle.solver.explain.frozen import Frozen
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.model.rotation import best_weeks
from mesocycle.solver.plan.planning import build_plan
from mesocycle.solver.rules.base import Changes
from mesocycle.solver.verify import verify
from mesocycle.solver.verify.cards import STRUCTURE

# So many moves are named, of so many that are judged.
NAMED, JUDGED = 3, 12


def best_moves(instance: Instance, plan: Plan) -> tuple[SingleMove, ...]:
    """The moves of one session each that win most, the best first; at most one for each session.

    Parameters
    ----------
    instance : Instance
        Whose rules judge.
    plan : Plan
        Any plan of it, somebody's own too. A session that is none of the scenario's is passed over.
    """
    known = {session.id for session in plan.sessions}
    try:
        chosen = choices(instance, plan)
    except ValueError:  # what cannot be read cannot be moved
        return ()
    judge = _Judge(chosen)
    before = judge.audit(chosen.chosen.tolist())
    found = []
    for lift, option in _promising(chosen):
        moved = chosen.chosen.tolist()
        moved[lift] = option
        one = judge.told(lift, option, before, judge.audit(moved))
        if one.move.session in known and (one.breaches, one.points) < (0, 0):
            found.append(one)
    return tuple(sorted(found, key=lambda one: (one.breaches, one.points, one.move.session))[:NAMED])


def _promising(chosen: Choices) -> Iterator[tuple[int, int]]:
    """The best start of each session, those first that stand where they may not, then by what it wins."""
    frozen = Frozen(chosen)
    grid = chosen.instance.scenario.strength.grid_minutes
    options = chosen.grounded.problem.options
    ranked: list[tuple[bool, int, int, int]] = []
    for lift in np.flatnonzero(chosen.chosen != NOWHERE).tolist():
        told = frozen.of(lift)
        here = told.start == options.start[chosen.chosen[lift]]
        wrong = bool((told.forbidden & here).any())
        fits = np.flatnonzero(~told.forbidden & ~here & (told.start % grid == 0))
        if len(fits):
            at = int(fits[np.argmin(told.difference[fits])])
            where = np.flatnonzero((options.lift == lift) & (options.start == told.start[at]))
            ranked.append((not wrong, int(told.difference[at]), lift, int(where[0])))
    for _, _, lift, option in sorted(ranked)[:JUDGED]:
        yield lift, option


class _Judge:
    """Judges a plan with other starts, as it would have been planned."""

    def __init__(self, chosen: Choices) -> None:
        self.chosen = chosen
        self.problem = chosen.grounded.problem
        self.chains = [case for _, case in chosen.grounded.cases if isinstance(case, Changes)]

    def audit(self, picked: list[int]) -> Audit:
        """What such a plan breaks and costs; its cards are made anew, so nothing is said of them."""
        problem, placed = self.problem, [at for at in picked if at != NOWHERE]
        sets = {problem.lift_at(at).index: problem.version_at(at).sets for at in placed}
        days = {problem.lift_at(at).index: int(problem.options.day[at]) for at in placed}
        plan = build_plan(problem, placed, best_weeks(self.chains, sets, days))
        audit = verify(self.chosen.instance, plan)
        return audit.model_copy(
            update={"breaches": tuple(one for one in audit.breaches if one.rule != STRUCTURE)}
        )

    def told(self, lift: int, option: int, before: Audit, after: Audit) -> SingleMove:
        """A move with what it wins."""
        points = [{cost.rule: cost.points for cost in audit.costs} for audit in (before, after)]
        rules = dict.fromkeys([*points[0], *points[1]])
        beyond = {rule: points[1].get(rule, 0) - points[0].get(rule, 0) for rule in rules}
        here = int(self.chosen.chosen[lift])
        return SingleMove(
            move=Move(
                session=self.problem.lifts[lift].id,
                change="moved",
                before=self._standing(here),
                after=self._standing(option),
            ),
            breaches=len(after.breaches) - len(before.breaches),
            points=after.points - before.points,
            by_rule={rule: by for rule, by in beyond.items() if by},
        )

    def _standing(self, option: int) -> Standing:
        problem, version = self.problem, self.problem.version_at(option)
        day, minute = divmod(int(problem.options.start[option]), MINUTES_PER_DAY)
        return Standing(
            id=problem.lift_at(option).id,
            date=problem.date(day),
            start=minute,
            end=minute + version.minutes,
            sets=version.total,
        )
