"""One yardstick for a base and its variants: each block under the rules of the base."""

from __future__ import annotations

from functools import lru_cache

from mesocycle.models.outcome import Judgement
from mesocycle.models.plan import Plan
from mesocycle.models.scenario import Scenario
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.rules import CATALOGUE, availability_window, blocked_dates, protect_rest_day
from mesocycle.solver.rules.base import Section
from mesocycle.solver.rules.check import understand
from mesocycle.solver.verify.beside import judged_beside

_SECTION = {rule.id: rule.section for rule in CATALOGUE}
# How lifts lie among runs, races and each other; other rules are about how much is lifted, and what.
_ABOUT_PLACES = {
    Section.CALENDAR,
    Section.AROUND_RUNS,
    Section.AROUND_RACES,
    Section.BETWEEN_LIFTS,
    Section.COMFORT,
}
# What is lifted is not a matter of the yardstick, beyond its price.
_ABOUT_CONTENT = {Section.CONTENT, Section.PRESCRIPTION}
# A runner may give more of his days and hours; what else is hard protects him.
_FREE_TIME = {
    rule.id for rule in CATALOGUE if rule.module in (availability_window, blocked_dates, protect_rest_day)
}


def judgement(base: str, variant: Instance, plan: Plan) -> Judgement:
    """Judge the block of a variant by the rules of its base.

    Parameters
    ----------
    base : str
        The base as JSON.
    variant : Instance
        What the block was planned for.
    plan : Plan
        The block.
    """
    instance = _instance(base)
    unlike = _unlike(instance, variant)
    found = None if unlike else judged_beside(instance, plan)
    if found is None:
        return Judgement(undefined=unlike or "other exercises")
    broken = dict.fromkeys(breach.rule for breach in found.breaches)
    return Judgement(
        points={cost.rule: cost.points for cost in found.costs},
        breaks=tuple(rule for rule in broken if _SECTION.get(rule) not in _ABOUT_CONTENT),
    )


@lru_cache(maxsize=2)
def _instance(base: str) -> Instance:
    return understand(Scenario.model_validate_json(base))


def _unlike(base: Instance, variant: Instance) -> str:
    """What keeps a block of one from being judged by the rules of the other; empty if nothing does."""
    if [week.days for week in base.calendar.weeks] != [week.days for week in variant.calendar.weeks]:
        return "other weeks"
    if base.calendar.monday != variant.calendar.monday:
        return "other weeks"
    if base.calendar.runs != variant.calendar.runs:
        return "other runs"
    if base.sessions != variant.sessions:
        return "other sessions"
    if base.scenario.strength.exercises != variant.scenario.strength.exercises:
        return "other exercises"
    return ""


def is_about_places(rule: str) -> bool:
    """Whether a rule charges for where lifts stand, not for how much is lifted."""
    return _SECTION.get(rule) in _ABOUT_PLACES


def is_about_free_time(rule: str) -> bool:
    """Whether a rule is about the runner's own days and hours."""
    return rule in _FREE_TIME
