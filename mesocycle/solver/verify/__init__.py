"""The rules told a second time, in plain Python over dates and times.

Independence is the point: nothing here comes from the rules, the ladder or the solver, only the models and
the dated calendar. Every plan is judged before it is returned; a difference in points is an internal error.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from mesocycle.models.plan import Audit, Breach, Cost, CostCase, Plan
from mesocycle.models.scenario import PolicySwitches, Scenario
from mesocycle.models.strength import Exercise, Session
from mesocycle.solver.instance.calendar import Calendar
from mesocycle.solver.verify import (
    around_days,
    around_runs,
    between_lifts,
    dose,
    patterns,
    placement,
    prescription,
    rotation,
    weeks,
)
from mesocycle.solver.verify.cards import STRUCTURE, Gym
from mesocycle.solver.verify.facts import Broken, Check, Facts, run_times
from mesocycle.solver.verify.remarks import expected_notices
from mesocycle.solver.verify.shares import deload_patterns, week_shares
from mesocycle.solver.verify.structure import check_notices, check_weeks, read_lifts
from mesocycle.solver.verify.wanted import sessions_wanted

__all__ = ["CHECKS", "agree", "verify"]

CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        "availability_window": placement.availability_window,
        "blocked_dates": placement.blocked_dates,
        "protect_rest_day": placement.protect_rest_day,
        "no_overlap_with_run": placement.no_overlap_with_run,
        "one_lift_per_day": placement.one_lift_per_day,
        "no_lower_lift_before_key_same_day": around_runs.no_lower_lift_before_key_same_day,
        "no_lower_lift_day_before_key": around_runs.no_lower_lift_day_before_key,
        "recovery_before_intensity": around_runs.recovery_before_intensity,
        "min_gap_after_run": around_runs.min_gap_after_run,
        "min_gap_before_run": around_runs.min_gap_before_run,
        "session_order": around_runs.session_order,
        "hard_easy_policy": around_days.hard_easy_policy,
        "long_run_stack": around_days.long_run_stack,
        "day_after_hard_fallback": around_days.day_after_hard_fallback,
        "daily_stress_cap": around_days.daily_stress_cap,
        "post_race_recovery": around_days.post_race_recovery,
        "race_blackout": around_days.race_blackout,
        "lift_spacing": between_lifts.lift_spacing,
        "even_spacing": between_lifts.even_spacing,
        "max_gap_without_strength": between_lifts.max_gap_without_strength,
        "sessions_per_week": dose.sessions_per_week,
        "planned_sets": dose.planned_sets,
        "session_duration": dose.session_duration,
        "weekly_lifting_time": dose.weekly_lifting_time,
        "set_trim_by_mileage": weeks.set_trim_by_mileage,
        "taper_before_race": weeks.taper_before_race,
        "deload_weeks": weeks.deload_weeks,
        "block_early_emphasis": weeks.block_early_emphasis,
        "ramp_limits": weeks.ramp_limits,
        "equipment_available": prescription.equipment_available,
        "novelty_guard": rotation.novelty_guard,
        "in_session_order": prescription.in_session_order,
        "load_rep_zone": prescription.load_rep_zone,
        "never_failure": prescription.never_failure,
        "progressive_overload": prescription.progressive_overload,
        "exercise_rotation": prescription.exercise_rotation,
        "short_time_priority": prescription.short_time_priority,
        "pattern_coverage": patterns.pattern_coverage,
        "weekly_sets_per_pattern": patterns.weekly_sets_per_pattern,
        "unilateral_share": patterns.unilateral_share,
        "plyo_limits": patterns.plyo_limits,
        "older_athlete": prescription.older_athlete,
        "block_length_notice": prescription.block_length_notice,
        "weekly_day_consistency": placement.weekly_day_consistency,
        "time_of_day": placement.time_of_day,
    }
)


def verify(
    scenario: Scenario,
    plan: Plan,
    *,
    calendar: Calendar,
    settings: Mapping[str, Any],
    policy: PolicySwitches,
    sessions: tuple[Session, ...],
    exercises: Mapping[str, Exercise],
    kit: frozenset[str] | None = None,
) -> Audit:
    """Judge a plan by every rule that is on, without any solver.

    Parameters
    ----------
    scenario : Scenario
        The runner's wishes.
    plan : Plan
        What is judged; nothing it says of itself is trusted.
    calendar : Calendar
        The dated runs and weeks of the scenario.
    settings : Mapping of str to object
        Rule id to an object with the rule's parameters; a rule that is off is absent.
    policy : PolicySwitches
        With `auto` decided.
    sessions : tuple of Session
        The sessions of the runner or of the program.
    exercises : Mapping of str to Exercise
        The library by id, with the runner's own.
    kit : frozenset of str, optional
        Equipment at hand, in the words of the exercises; a whole gym if left out.

    Returns
    -------
    Audit
        Breaches, those of the plan's structure first (rule `structure`), and costs, both in the order of
        `CHECKS`; costs of no points are left out. A session that cannot be read counts as left out.
    """
    deloads = frozenset(
        at for at, (row, _) in enumerate(zip(plan.weeks, calendar.weeks, strict=False)) if row.deload
    )
    lighter = deload_patterns(calendar, settings.get("deload_weeks"))
    shares = week_shares(calendar, settings, deloads)
    wanted = sessions_wanted(scenario, calendar, settings, shares, sessions, exercises, kit)
    gym = Gym(scenario, calendar, settings, exercises, kit, deloads)
    lifts, found = read_lifts(plan, wanted, gym, scenario.strength.grid_minutes)
    breaches = [one for one in found if one.rule == STRUCTURE]
    breaches += check_weeks(plan, calendar, shares, deloads, lighter, wanted, lifts)
    facts = Facts(
        scenario=scenario,
        calendar=calendar,
        settings=settings,
        policy=policy,
        shares=shares,
        deloads=deloads,
        deloads_chosen="deload_weeks" in settings and not any(week.cutback for week in calendar.weeks),
        wanted=wanted,
        lifts=tuple(lifts),
        run_times=run_times(calendar),
        key_days=frozenset(run.day for run in calendar.runs if run.key),
        run_days=frozenset(run.day for run in calendar.runs),
        race_weeks=frozenset(run.day // 7 for run in calendar.races),
        library=exercises,
        kit=kit,
        faults={
            rule: tuple(Broken(one.text, one.dates) for one in found if one.rule == rule) for rule in CHECKS
        },
    )
    breaches += check_notices(plan.notices, expected_notices(facts, sessions))
    costs: list[Cost] = []
    for rule, check in CHECKS.items():
        if rule not in settings:
            continue
        cases: list[CostCase] = []
        for finding in check(facts, settings[rule]):
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
    rules = dict.fromkeys([*CHECKS, *checked, *points_by_rule])
    return [
        f"{rule}: the solver charges {points_by_rule.get(rule, 0)} points, the checker {checked.get(rule, 0)}"
        for rule in rules
        if points_by_rule.get(rule, 0) != checked.get(rule, 0)
    ]
