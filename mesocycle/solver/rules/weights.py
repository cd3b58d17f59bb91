"""Default weights: every price of the catalogue in one table, in points per natural unit.

How they were set
-----------------
One point is one hour short of the recovery wanted before a key run; everything else is measured in it.

* A lift against the chosen policy, or on a protected long-run day, costs 30: more than a whole day of
  missing recovery (24), or the sample weeks of articles 000, 003 and 004 come out wrong for lifts in the
  evening (Tuesday and Thursday evening are each about 12 h short of 48 h).
* The day-after fallback costs less than a lift off the policy (20).
* A session left out costs more than any single inconvenience (100), so that lifts are moved before they
  are dropped; a main set costs 10 and one of upper body or core 2, so that sets give way before sessions do,
  and not for a few hours of recovery (one main set less saves about three of them).
* Comfort (home day 3, even spacing 1, time of day 2) decides between blocks that are otherwise equal.

Rules that are hard by default have a weight too: it counts when a runner makes them soft.
"""

from __future__ import annotations

from typing import NamedTuple


class Weight(NamedTuple):
    """Points for one unit, and what the unit is."""

    points: int
    unit: str


WEIGHTS: dict[str, Weight] = {
    "availability_window": Weight(2, "10 min outside a free window"),
    "blocked_dates": Weight(100, "lift on a blocked date"),
    "protect_rest_day": Weight(20, "lift on a rest day"),
    "no_overlap_with_run": Weight(20, "10 min too close to a run"),
    "one_lift_per_day": Weight(50, "lift more than the day holds"),
    "no_lower_lift_before_key_same_day": Weight(60, "lift before a key run of the day"),
    "no_lower_lift_day_before_key": Weight(40, "lift on the eve of a key run"),
    "recovery_before_intensity": Weight(1, "hour short"),
    "min_gap_after_run": Weight(4, "hour short, half as much again after a key run"),
    "min_gap_before_run": Weight(1, "hour short"),
    "session_order": Weight(8, "lift before its run"),
    "hard_easy_policy": Weight(30, "lift against the policy"),
    "long_run_stack": Weight(30, "lift on a long-run day"),
    "day_after_hard_fallback": Weight(20, "lift on the day after"),
    "daily_stress_cap": Weight(1, "10 min over"),
    "post_race_recovery": Weight(20, "lift too soon after a race"),
    "race_blackout": Weight(3, "day short"),
    "lift_spacing": Weight(15, "day short"),
    "even_spacing": Weight(1, "crowded stretch of days"),
    "max_gap_without_strength": Weight(3, "day too long"),
    "sessions_per_week": Weight(100, "session left out"),
    "planned_sets": Weight(2, "set left out, a main set counting five times"),
    "session_duration": Weight(1, "5 min outside the band"),
    "weekly_lifting_time": Weight(1, "min outside the band"),
    "set_trim_by_mileage": Weight(4, "set over"),
    "taper_before_race": Weight(4, "set over"),
    "deload_weeks": Weight(1, "set given up"),
    "block_early_emphasis": Weight(4, "set over"),
    "ramp_limits": Weight(4, "set over"),
    "novelty_guard": Weight(60, "movement begun too late"),
    "exercise_rotation": Weight(2, "stretch of weeks without a change"),
    "pattern_coverage": Weight(6, "pattern missing in a week"),
    "weekly_sets_per_pattern": Weight(1, "half set outside the band"),
    "unilateral_share": Weight(1, "quarter set short"),
    "plyo_limits": Weight(4, "10 landings over, or a session too near"),
    "weekly_day_consistency": Weight(3, "lift off its home day"),
    "time_of_day": Weight(2, "lift outside the preferred hours"),
}


def weight_of(rule: str) -> int:
    """Default points of a rule."""
    return WEIGHTS[rule].points
