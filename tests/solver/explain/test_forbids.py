"""What forbids a day: exactly the rules that do so where they hold alone, or else several together."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection

import pytest
from tiny import tiny

import mesocycle as mc
from mesocycle.models.explanation import SessionExplained
from mesocycle.models.prices import Alternative
from mesocycle.models.sessions import Pin
from mesocycle.solver.explain.choices import choices
from mesocycle.solver.explain.exact import Exact, Scope
from mesocycle.solver.explain.explainer import Explainer
from mesocycle.solver.explain.session import session_of
from mesocycle.solver.model.search import Deadline
from mesocycle.solver.solve import solved

SEEDS = [*range(4000, 4009), *range(4100, 4104)]
WISHING = range(4100, 4104)
# They say how big sessions are, and have to say so in any case.
SIZING = {rule.id for rule in mc.rules() if "sizes sessions" in rule.relaxation.locked}
# Hard in part, whatever they are set to.
PARTLY_HARD = {"session_days", "session_times", "small_sessions"}


def explained(scenario: mc.Scenario) -> list[SessionExplained]:
    """All sessions of the best block with every day of their weeks; none where there is no block."""
    one = solved(scenario)
    if one.result.plan is None:
        return []
    patterns = list(one.search.relaxed.values())
    chosen = choices(one.instance, one.result.plan, patterns)
    explainer = Explainer(chosen, Exact(chosen, patterns), tuple(Scope), Deadline(None))
    return [session_of(explainer, lift, whole=False) for lift in chosen.grounded.problem.lifts]


def possible(scenario: mc.Scenario, session: str, day: Alternative, rules: Collection[str]) -> bool:
    """Whether a block has a session on a day where of all rules that may forbid only these hold."""
    pin = Pin(session=session, date=day.date)
    strength = scenario.strength.model_copy(update={"pins": (*scenario.strength.pins, pin)})
    if "pins" not in rules:  # those of the runner are not among them
        strength = strength.model_copy(update={"pins": (pin,)})
    off = {rule.id: "off" for rule in mc.rules() if rule.id not in {*rules, *SIZING, "pins"}}
    told = {**scenario.rules, **off, "pins": "hard"}
    changed = scenario.model_copy(update={"strength": strength, "rules": told})
    return mc.solve(changed, deadline=0).plan is not None


def hard_rules(scenario: mc.Scenario) -> list[str]:
    """The rules that may forbid something."""
    settings = solved(scenario).instance.settings
    return [
        rule for rule, own in settings.items() if (own.hard or rule in PARTLY_HARD) and rule not in SIZING
    ]


def judge(scenario: mc.Scenario, session: str, day: Alternative) -> str:
    """Check what is told of a forbidden day, and return of what kind it is."""
    assert day.block is not None
    told = list(dict.fromkeys(ground.rule for ground in day.block.grounds))
    assert told, day.label
    if day.block.alone:
        alone = {rule for rule in hard_rules(scenario) if not possible(scenario, session, day, [rule])}
        assert alone == set(told)
        return "alone"
    assert not possible(scenario, session, day, told)
    for rule in told:
        assert possible(scenario, session, day, [other for other in told if other != rule])
    return "together"


@pytest.mark.uncounted
def test_a_forbidden_day_is_forbidden_by_these_rules() -> None:
    kinds = Counter[str]()
    for seed in SEEDS:
        rng = random.Random(seed)
        scenario = mc.load_scenario(tiny(rng, seed in WISHING))
        forbidden = [
            (session.session, day)
            for session in explained(scenario)
            for day in session.days
            if day.block is not None and day.block.verdict == "forbidden"
        ]
        for session, day in rng.sample(forbidden, min(4, len(forbidden))):
            kinds[judge(scenario, session, day)] += 1
    assert kinds["alone"] > 10
    assert kinds["together"]
