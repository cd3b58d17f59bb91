"""The rules: one file each, and the catalogue that lists them in reporting order."""

from __future__ import annotations

from collections.abc import Mapping

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
    planned_sets,
    plyo_limits,
    post_race_recovery,
    progressive_overload,
    protect_rest_day,
    race_blackout,
    ramp_limits,
    recovery_before_intensity,
    session_duration,
    session_order,
    sessions_per_week,
    set_trim_by_mileage,
    short_time_priority,
    taper_before_race,
    time_of_day,
    unilateral_share,
    weekly_day_consistency,
    weekly_lifting_time,
    weekly_sets_per_pattern,
)
from mesocycle.solver.rules.base import Rule, rule_of

CATALOGUE: tuple[Rule, ...] = tuple(
    rule_of(module)
    for module in (
        # Calendar: what the week leaves free.
        availability_window,
        blocked_dates,
        protect_rest_day,
        no_overlap_with_run,
        one_lift_per_day,
        # Around runs.
        no_lower_lift_before_key_same_day,
        no_lower_lift_day_before_key,
        recovery_before_intensity,
        min_gap_after_run,
        min_gap_before_run,
        session_order,
        hard_easy_policy,
        long_run_stack,
        day_after_hard_fallback,
        daily_stress_cap,
        # Around races.
        post_race_recovery,
        race_blackout,
        # Between lifts.
        lift_spacing,
        even_spacing,
        max_gap_without_strength,
        # How much.
        sessions_per_week,
        planned_sets,
        session_duration,
        weekly_lifting_time,
        # Through the block; ramp_limits last, as it limits what the others allow.
        set_trim_by_mileage,
        taper_before_race,
        deload_weeks,
        block_early_emphasis,
        ramp_limits,
        # What is lifted, and how heavy.
        equipment_available,
        novelty_guard,
        in_session_order,
        load_rep_zone,
        never_failure,
        progressive_overload,
        exercise_rotation,
        short_time_priority,
        pattern_coverage,
        weekly_sets_per_pattern,
        unilateral_share,
        plyo_limits,
        older_athlete,
        block_length_notice,
        # Comfort.
        weekly_day_consistency,
        time_of_day,
    )
)
BY_ID: Mapping[str, Rule] = {rule.id: rule for rule in CATALOGUE}
