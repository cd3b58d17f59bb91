"""What other choices cost, beside the best of all tiny blocks that make them, tried one by one."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator

import pytest
from brute_force import Choice, best_block
from brute_force import Lift as WantedLift
from tiny import tiny

import mesocycle as mc
from mesocycle.models.scenario import Scenario
from mesocycle.solver.explain.choices import choices
from mesocycle.solver.explain.exact import Exact, Found, Least, Scope
from mesocycle.solver.model.narrowing import Kept, Wish
from mesocycle.solver.prescription.lifts import Lift
from mesocycle.solver.solve import solved

SEEDS = [*range(2000, 2006), *range(3000, 3006)]
WISHING = range(3000, 3006)
MOST_LIFTS = 2


class Case:
    """One tiny scenario with its plan."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        one = solved(scenario)
        self.plan = one.result.plan
        if self.plan is None:
            return
        patterns = list(one.search.relaxed.values())
        self.choices = choices(one.instance, self.plan, patterns)
        self.exact = Exact(self.choices, patterns)
        self.lifts = {lift.id: lift for lift in self.choices.grounded.problem.lifts}

    def brute(self, lift: Lift, wish: Wish, scope: Scope) -> int | None:
        """The least points of all blocks that do what is asked."""
        # With lighter weeks of the plan's own a block may stay as it is elsewhere; else there is a choice.
        alone = None if scope is Scope.BLOCK else self.choices.lighter

        def fits(wanted: WantedLift, choice: Choice | None) -> bool:
            if wanted.id == lift.id:
                return _does(wish, choice)
            stays = scope is Scope.FROZEN or wanted.week != lift.week
            if scope is Scope.BLOCK or not stays:
                return True
            return _is(self.exact.kept[self.lifts[wanted.id].index], choice)

        best = best_block(self.scenario, fits, alone)
        return None if best is None else best.points


def _does(wish: Wish, choice: Choice | None) -> bool:
    if choice is None:
        return not wish.takes_place
    right_day = wish.days is None or choice.day in wish.days
    return wish.takes_place and right_day and all(choice.sets[at] == n for at, n in wish.sets.items())


def _is(kept: Kept | None, choice: Choice | None) -> bool:
    if kept is None or choice is None:
        return kept is None and choice is None
    return kept.start == 1440 * choice.day + choice.start and kept.sets == choice.sets


def _questions(case: Case, rng: random.Random) -> Iterator[tuple[Lift, list[Wish]]]:
    """Each day, no place at all, and other sets, for some of the sessions."""
    lifts = list(case.lifts.values())
    for lift in rng.sample(lifts, min(MOST_LIFTS, len(lifts))):
        days = case.choices.grounded.problem.calendar.weeks[lift.week].days
        yield lift, [Wish(days={day}) for day in days]
        yield lift, [Wish(takes_place=False)]
        unit, ways = rng.choice(list(zip(lift.space.units, lift.space.ways, strict=True)))
        yield lift, [Wish(sets=dict.fromkeys(unit, rng.choice(ways)))]


def _points(least: Least) -> int | None:
    assert least.possible is not None
    return least.found.points if least.possible and least.found is not None else None


def disagreements(seed: int, wishing: bool) -> tuple[int, list[str]]:
    """How many questions about a block were answered, and where a brute force says otherwise."""
    rng = random.Random(seed)
    case = Case(mc.load_scenario(tiny(rng, wishing)))
    asked, wrong = 0, []
    for lift, wishes in _questions(case, rng) if case.plan is not None else ():
        for scope in Scope:
            told = case.exact.least(lift.index, wishes, scope, [None] * len(wishes))
            for wish, least in zip(wishes, told, strict=True):
                asked += 1
                ours, theirs = _points(least), case.brute(lift, wish, scope)
                if ours != theirs:
                    wrong.append(f"{lift.id}, {wish}, {scope}: ours {ours}, brute force {theirs}")
    return asked, wrong


@pytest.mark.uncounted
@pytest.mark.parametrize("seed", SEEDS)
def test_no_block_that_does_what_is_asked_costs_less(seed: int) -> None:
    _, wrong = disagreements(seed, seed in WISHING)
    assert not wrong


@pytest.mark.uncounted
def test_what_is_known_already_changes_no_answer() -> None:
    proven = Counter[str]()
    for seed in SEEDS:
        rng = random.Random(seed)
        case = Case(mc.load_scenario(tiny(rng, seed in WISHING)))
        for lift, wishes in _questions(case, rng) if case.plan is not None else ():
            unknown: list[Found | None] = [None] * len(wishes)
            known = unknown
            for scope in Scope:
                afresh = case.exact.least(lift.index, wishes, scope, unknown)
                told = case.exact.least(lift.index, wishes, scope, known)
                assert list(map(_points, told)) == list(map(_points, afresh))
                proven.update(least.how.value for least in told)
                known = [least.found for least in told]
    # Each way of proving an answer is among them.
    assert {"bound", "relaxation", "search"} <= set(proven)
