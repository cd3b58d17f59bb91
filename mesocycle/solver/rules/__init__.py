"""The rules: one file each, their settings side by side, and the catalogue in the order of reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from mesocycle.solver.rules import (
    availability_window,
    block_early_emphasis,
    block_length_notice,
    blocked_dates,
    daily_stress_cap,
    day_after_hard_fallback,
    deload_weeks,
    equipment_available,
    even_spacing,
    exercise_rotation,
    hard_easy_policy,
    in_session_order,
    kit_ceiling,
    lift_spacing,
    load_rep_zone,
    long_run_stack,
    max_gap_without_strength,
    min_gap_after_run,
    min_gap_before_run,
    never_failure,
    no_lower_lift_before_key_same_day,
    no_lower_lift_day_before_key,
    no_overlap_with_run,
    novelty_guard,
    older_athlete,
    one_lift_per_day,
    pattern_coverage,
    pins,
    planned_sets,
    plyo_limits,
    post_race_recovery,
    progressive_overload,
    protect_rest_day,
    race_blackout,
    ramp_limits,
    recovery_before_intensity,
    return_from_break,
    session_days,
    session_duration,
    session_order,
    session_times,
    sessions_per_week,
    set_trim_by_mileage,
    short_time_priority,
    small_sessions,
    strength_test,
    taper_before_race,
    time_of_day,
    unilateral_share,
    weekly_day_consistency,
    weekly_lifting_time,
    weekly_sets_per_pattern,
)
from mesocycle.solver.rules.base import Chosen, Rule, rule_of


@dataclass(frozen=True)
class RuleSettings:
    """The settings of each rule, None where it is off; the order is that of the catalogue."""

    availability_window: availability_window.Parameters | None
    blocked_dates: blocked_dates.Parameters | None
    protect_rest_day: protect_rest_day.Parameters | None
    no_overlap_with_run: no_overlap_with_run.Parameters | None
    one_lift_per_day: one_lift_per_day.Parameters | None
    pins: pins.Parameters | None
    no_lower_lift_before_key_same_day: no_lower_lift_before_key_same_day.Parameters | None
    no_lower_lift_day_before_key: no_lower_lift_day_before_key.Parameters | None
    recovery_before_intensity: recovery_before_intensity.Parameters | None
    min_gap_after_run: min_gap_after_run.Parameters | None
    min_gap_before_run: min_gap_before_run.Parameters | None
    session_order: session_order.Parameters | None
    hard_easy_policy: hard_easy_policy.Parameters | None
    long_run_stack: long_run_stack.Parameters | None
    day_after_hard_fallback: day_after_hard_fallback.Parameters | None
    daily_stress_cap: daily_stress_cap.Parameters | None
    post_race_recovery: post_race_recovery.Parameters | None
    race_blackout: race_blackout.Parameters | None
    lift_spacing: lift_spacing.Parameters | None
    even_spacing: even_spacing.Parameters | None
    max_gap_without_strength: max_gap_without_strength.Parameters | None
    small_sessions: small_sessions.Parameters | None
    sessions_per_week: sessions_per_week.Parameters | None
    planned_sets: planned_sets.Parameters | None
    session_duration: session_duration.Parameters | None
    weekly_lifting_time: weekly_lifting_time.Parameters | None
    # ramp_limits comes after the other rules of shares, as it limits what they allow.
    set_trim_by_mileage: set_trim_by_mileage.Parameters | None
    taper_before_race: taper_before_race.Parameters | None
    deload_weeks: deload_weeks.Parameters | None
    block_early_emphasis: block_early_emphasis.Parameters | None
    ramp_limits: ramp_limits.Parameters | None
    equipment_available: equipment_available.Parameters | None
    novelty_guard: novelty_guard.Parameters | None
    in_session_order: in_session_order.Parameters | None
    load_rep_zone: load_rep_zone.Parameters | None
    return_from_break: return_from_break.Parameters | None
    kit_ceiling: kit_ceiling.Parameters | None
    strength_test: strength_test.Parameters | None
    never_failure: never_failure.Parameters | None
    progressive_overload: progressive_overload.Parameters | None
    exercise_rotation: exercise_rotation.Parameters | None
    short_time_priority: short_time_priority.Parameters | None
    pattern_coverage: pattern_coverage.Parameters | None
    weekly_sets_per_pattern: weekly_sets_per_pattern.Parameters | None
    unilateral_share: unilateral_share.Parameters | None
    plyo_limits: plyo_limits.Parameters | None
    older_athlete: older_athlete.Parameters | None
    block_length_notice: block_length_notice.Parameters | None
    weekly_day_consistency: weekly_day_consistency.Parameters | None
    session_days: session_days.Parameters | None
    session_times: session_times.Parameters | None
    time_of_day: time_of_day.Parameters | None

    def items(self) -> Iterator[tuple[str, Chosen]]:
        """Yield the rules that are on, by id, with their settings."""
        for field in fields(self):
            settings = getattr(self, field.name)
            if settings is not None:
                yield field.name, settings

    def but(self, rule: Rule, settings: Chosen | None) -> RuleSettings:
        """The same where one rule is set otherwise."""
        changes: dict[str, Any] = {rule.id: settings}
        return replace(self, **changes)


CATALOGUE: tuple[Rule, ...] = tuple(rule_of(globals()[field.name]) for field in fields(RuleSettings))
BY_ID: Mapping[str, Rule] = {rule.id: rule for rule in CATALOGUE}


def active(settings: RuleSettings) -> Iterator[tuple[Rule, Chosen]]:
    """Yield the rules that are on, each with its settings."""
    return ((BY_ID[name], parameters) for name, parameters in settings.items())


def set_by(key: str) -> tuple[str, ...]:
    """Ids of the rules that a key of the scenario sets, or a key below it."""
    return tuple(rule.id for rule in CATALOGUE if f"{rule.relaxation.key}.".startswith(f"{key}."))
