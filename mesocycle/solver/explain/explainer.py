"""Answers about one plan: its choices, what is known of the others, and how answers become prices."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from mesocycle.models.plan import PlannedSession
from mesocycle.models.prices import Price
from mesocycle.solver.explain.blocks import Blocks
from mesocycle.solver.explain.choices import Choices
from mesocycle.solver.explain.exact import Exact, Least, Scope
from mesocycle.solver.explain.frozen import Frozen
from mesocycle.solver.model.narrowing import Kept
from mesocycle.solver.model.search import Deadline
from mesocycle.solver.plan.notes import listed


@dataclass(frozen=True, eq=False)
class Explainer:
    """Answers about one plan.

    Attributes
    ----------
    scopes : collection of Scope
        What may move beside the session: frozen answers come in any case.
    deadline : Deadline
        For what needs a solver.
    """

    choices: Choices
    exact: Exact
    scopes: Collection[Scope]
    deadline: Deadline

    @cached_property
    def frozen(self) -> Frozen:
        """What each start costs where nothing else moves."""
        return Frozen(self.choices)

    @cached_property
    def blocks(self) -> Blocks:
        """Tells what found blocks are like."""
        return Blocks(self.exact)

    @cached_property
    def planned(self) -> dict[str, PlannedSession]:
        """The sessions of the plan by id."""
        return {session.id: session for session in self.choices.plan.sessions}

    def price(self, lift: int, least: Least, by_rule: dict[str, int]) -> Price:
        """An exact answer as a price."""
        if least.found is None or not least.possible:
            return Price(possible=least.possible, proof=least.how.value)
        found = least.found
        standing = None
        kept = self.blocks.placed(found).get(lift)
        if kept is not None:
            standing = self.blocks.standing(lift, kept)
        return Price(
            possible=True,
            points=found.points - self.choices.points,
            by_rule=by_rule,
            date=None if standing is None else standing.date,
            start=None if standing is None else standing.start,
            sets=None if standing is None else standing.sets,
            content=self._content(lift, kept),
            moves=self.blocks.moves(found, lift),
            proof=least.how.value,
        )

    def _content(self, lift: int, kept: Kept | None) -> str:
        """What the session would hold, where that is not what it holds."""
        before = self.exact.kept[lift]
        if kept is None or before is None or kept.sets == before.sets:
            return ""
        items = self.choices.grounded.problem.lifts[lift].items
        rows = list(zip(items, kept.sets, before.sets, strict=True))
        done = [item.name for item, n, _ in rows if n]
        gone = [item.name for item, n, old in rows if old and not n]
        told = f"{sum(kept.sets)} sets instead of {sum(before.sets)}"
        if sum(kept.sets) == sum(before.sets):
            other = [f"{item.name} {n} for {old}" for item, n, old in rows if n != old]
            return f"as many sets in all: {', '.join(other)}"
        if not gone:
            return told
        return f"{told}, {f'without {listed(gone)}' if len(gone) <= len(done) else f'only {listed(done)}'}"

    def prices(self, lift: int, answers: Sequence[tuple[Least, Scope]]) -> list[Price]:
        """Exact answers as prices."""
        known = [at for at, (least, _) in enumerate(answers) if least.found is not None and least.possible]
        found = [answers[at][0].found for at in known]
        rules = dict(zip(known, self.blocks.by_rule([one for one in found if one is not None]), strict=True))
        return [self.price(lift, least, rules.get(at, {})) for at, (least, _) in enumerate(answers)]
