"""The rules a second time, in plain Python over dates and times.

Independence is the point: nothing here comes from the rules, the versions or the solver, only the models, the
instance and its calendar. Every plan is judged before it is returned; a difference in points is an internal
error.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain

from mesocycle.models.clock import MINUTES_PER_DAY, monday_of
from mesocycle.models.plan import Audit, Breach, Cost, CostCase, Plan, week_of_id
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.verify import (  # noqa: F401  -- each enters its checks
    around_days,
    around_runs,
    between_lifts,
    patterns,
    placement,
    rotation,
    small,
    volume,
    wishes,
)
from mesocycle.solver.verify.cards import STRUCTURE
from mesocycle.solver.verify.expected import expected_sessions
from mesocycle.solver.verify.facts import CHECKS, Broken, Facts
from mesocycle.solver.verify.growth import Block
from mesocycle.solver.verify.notices import expected_notices
from mesocycle.solver.verify.shares import week_shares
from mesocycle.solver.verify.structure import check_notices, check_weeks, read_lifts

__all__ = ["CHECKS", "agree", "check_all", "judged", "verify"]


def verify(instance: Instance, plan: Plan) -> Audit:
    """Judge a plan by every rule that is on, without any solver.

    Parameters
    ----------
    instance : Instance
        The runner's wishes, dated.
    plan : Plan
        What is judged; nothing it says of itself is trusted.

    Returns
    -------
    Audit
        Breaches, those of the plan's structure first (rule `structure`), and costs, both in the order of
        the catalogue; costs of no points are left out. A session that cannot be read counts as left out.
    """
    return judged(instance, plan)[1]


def judged(instance: Instance, plan: Plan) -> tuple[Facts, Audit]:
    """Judge a plan as `verify` does, and return what it was read as too."""
    weeks = zip(plan.weeks, instance.calendar.weeks, strict=False)
    deloads = frozenset(index for index, (row, _) in enumerate(weeks) if row.deload)
    shares = week_shares(instance, deloads)
    expected = expected_sessions(instance, shares, deloads)
    lifts, loaded, wrong = read_lifts(plan, expected, Block(instance, shares, deloads))
    facts = Facts(instance, shares, deloads, expected, lifts, loaded)
    breaches = [breach for breach in wrong if breach.rule == STRUCTURE]
    breaches += check_weeks(plan, facts)
    breaches += check_notices(plan.notices, expected_notices(facts))
    audit = check_all(facts, breaches, wrong)
    if instance.past is None or not audit.breaches:
        return facts, audit
    return facts, _without_settled(instance, plan, audit)


def _without_settled(instance: Instance, plan: Plan, audit: Audit) -> Audit:
    """The same with what is settled remarked on, and only what binds the rest called a breach.

    A breach is settled where all its days are past; where settled sessions alone break the same rule on the
    same days, as of what they exceed no more can be kept than that it gets no worse; or where they break the
    same rule, and it speaks of a week that lacks a session, as nothing is crammed in for that.
    """
    past = instance.past
    if past is None:
        return audit
    today = instance.calendar.date_of(past.now // MINUTES_PER_DAY)
    settled = tuple(session for session in plan.sessions if session.id in past.settled)
    alone = judged(replace(instance, past=None), plan.model_copy(update={"sessions": settled}))[1]
    known = {(breach.rule, breach.dates) for breach in alone.breaches}
    rules = {rule for rule, _ in known}
    days = {session.date for session in settled}
    lacking = [week_of_id(name) for name, one in past.settled.items() if one.start is None]
    lacks = [instance.calendar.weeks[number - 1].monday for number in lacking]

    def is_settled(breach: Breach) -> bool:
        if not breach.dates or max(breach.dates) < today:
            return bool(breach.dates)
        begun = min(breach.dates) <= today or not days.isdisjoint(breach.dates)
        if begun and (breach.rule, breach.dates) in known:
            return True
        first, last = monday_of(min(breach.dates)), max(breach.dates)
        return breach.rule in rules and any(first <= monday <= last for monday in lacks)

    rest = tuple(breach for breach in audit.breaches if not is_settled(breach))
    gone = tuple(breach for breach in audit.breaches if is_settled(breach))
    return audit.model_copy(update={"breaches": rest, "remarks": gone})


def check_all(facts: Facts, breaches: list[Breach], wrong: Sequence[Breach] = ()) -> Audit:
    """Check the facts by every rule that is on; `wrong` is told under its rule, `breaches` first."""
    costs: list[Cost] = []
    for rule, parameters in facts.instance.settings.items():
        cases: list[CostCase] = []
        faults = (Broken(breach.text, breach.dates) for breach in wrong if breach.rule == rule)
        found = CHECKS[rule](facts, parameters) if rule in CHECKS else ()
        for finding in chain(faults, found):
            if isinstance(finding, CostCase):
                cases.append(finding)
            else:
                breaches.append(Breach(rule=rule, text=finding.text, dates=finding.dates))
        charged = tuple(case for case in cases if case.points)
        if charged:
            costs.append(Cost(rule=rule, points=sum(case.points for case in charged), cases=charged))
    return Audit(breaches=tuple(breaches), costs=tuple(costs))


def agree(audit: Audit, points_by_rule: Mapping[str, int]) -> list[str]:
    """Say where the solver's points differ from the audit's, a sentence for each rule.

    Parameters
    ----------
    audit : Audit
        What `verify` returned.
    points_by_rule : Mapping of str to int
        What the solver charges, by rule id; an absent rule charges nothing.

    Returns
    -------
    list of str
        Empty if they agree.
    """
    checked = {cost.rule: cost.points for cost in audit.costs}
    rules = dict.fromkeys([*checked, *points_by_rule])
    return [
        f"{rule}: the solver charges {points_by_rule.get(rule, 0)} points, the checker {checked.get(rule, 0)}"
        for rule in rules
        if points_by_rule.get(rule, 0) != checked.get(rule, 0)
    ]
