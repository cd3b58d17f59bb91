"""A block that is planned again: the compromises between its points and the sessions that move for them.

An epsilon-constraint method (Haimes, Lasdon and Wismer 1971): the best block first, then the best one with
fewer moves than that, until there is none. Each point is proven.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import NamedTuple

from mesocycle.models.errors import InternalError
from mesocycle.models.plan import Plan, Status
from mesocycle.models.result import Result
from mesocycle.models.scenario import Scenario
from mesocycle.solver.lived import Lived
from mesocycle.solver.model.search import Deadline
from mesocycle.solver.model.stay import Stay
from mesocycle.solver.rules.check import understand
from mesocycle.solver.solve import Solved, solved


class Compromise(NamedTuple):
    """A block that none beats in both: the sessions that move, by id, and what it costs with them.

    To the points of the rules are added those of changes later on (`Stay`).
    """

    moved: tuple[str, ...]
    points: int
    result: Result


@dataclass(frozen=True)
class Wishes:
    """How near the new plan stays to the old one.

    Attributes
    ----------
    hold : int
        Changes within so many days are moves.
    stay : int
        Points that a move has to win.
    moves : int, optional
        So many at most.
    spared : frozenset of str
        Ids of sessions that what happened left no choice.
    """

    hold: int = 7
    stay: int = 12
    moves: int | None = None
    spared: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Replanned:
    """What planning again comes to.

    Attributes
    ----------
    frontier : tuple of Compromise
        From the fewest moves to the best block; empty where no block exists.
    chosen : int
        The one to take: the fewest points, with `Wishes.stay` for each move.
    result : Result
        That of the choice; without a plan where there is none.
    complete : bool
        Whether each point is proven, and none is missing.
    """

    frontier: tuple[Compromise, ...]
    chosen: int
    result: Result
    complete: bool


def replan(scenario: Scenario, lived: Lived, before: Plan, wishes: Wishes, deadline: Deadline) -> Replanned:
    """Plan the rest of a block again.

    Parameters
    ----------
    scenario : Scenario
        With all that has changed.
    lived : Lived
        What is settled.
    before : Plan
        The plan that was lived by.
    wishes : Wishes
        How near to stay to it.
    deadline : Deadline
        When to stop; the best that is known by then is returned.

    Raises
    ------
    ScenarioError, ValueError, InternalError
        As `solved`.
    """
    today = lived.now.date()
    monday = understand(scenario, begun=True).calendar.monday
    until = (today + timedelta(days=wishes.hold) - monday).days - 1
    stay = Stay(before.reference, until, wishes.spared)
    found: list[Compromise] = []
    complete = True
    most: int | None = wishes.moves
    while True:
        one = _solved(scenario, lived, before, replace(stay, most=most), deadline)
        result = one.result
        complete &= result.proven or result.status is Status.INFEASIBLE
        if result.plan is None:
            break
        moved = stay.moved(result.plan, one.instance)
        if most is not None and len(moved) > most:
            raise InternalError("a block that was planned again moves more sessions than it may", moved)
        points = (result.objective or 0) + stay.price(result.plan, one.instance)
        compromise = Compromise(moved, points, result)
        if found and found[-1].points >= compromise.points:
            found.pop()  # as good with fewer moves
        found.append(compromise)
        if not moved or deadline.passed:
            complete &= not moved
            break
        most = len(moved) - 1
    if not found:
        return Replanned((), 0, result, complete)
    found.reverse()
    costs = [wishes.stay * len(one.moved) + one.points for one in found]
    chosen = costs.index(min(costs))
    return Replanned(tuple(found), chosen, found[chosen].result, complete)


def _solved(scenario: Scenario, lived: Lived, before: Plan, stay: Stay, deadline: Deadline) -> Solved:
    return solved(scenario, lived=lived, stay=stay, reference=before.reference, time_limit=deadline.left())
