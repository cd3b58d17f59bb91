"""What `hard_easy: auto` comes to: counted week by week on days that are easy, free and no eve."""

from __future__ import annotations

from typing import Any

import pytest
from blocks import DAYS, context_of

EASY = {"type": "easy", "start": "07:00", "minutes": 45}
KEY = {"type": "tempo", "start": "07:00", "minutes": 45}


def policy(days: str, policy: Any = "auto", weeks: int = 1, **more: Any) -> tuple[str, tuple[str, ...]]:
    """A week as seven letters: e easy, k key, - nothing."""
    week = {day: EASY if kind == "e" else KEY for day, kind in zip(DAYS, days, strict=True) if kind != "-"}
    data = {"start": "2026-09-07", "weeks": weeks, "policy": policy, "runs": {"week": week}}
    context = context_of(data | {"strength": {"sessions_per_week": 2}} | more)
    return context.policy.hard_easy, tuple(note for note in context.notes if note.startswith("Policy"))


def test_two_easy_days_that_are_no_eve_are_enough() -> None:
    # Monday and Tuesday; Wednesday is the eve.
    chosen, (note,) = policy("eeek---")
    assert chosen == "easy_moderate"
    assert note == "Policy auto is easy_moderate here: every week has enough easy days that are not an eve."


@pytest.mark.parametrize(
    ("days", "more"),
    [
        ("eekekek", {}),  # Monday; the others are eves
        ("ke-----", {}),  # one easy day
        ("-------", {}),  # a day without a run is no easy day
        ("eeek---", {"athlete": {"rest_days": ["tue"]}}),
        ("eeek---", {"athlete": {"blocked": ["2026-09-08"]}}),
        ("eeek---", {"athlete": {"availability": {"mon": ["17:00-20:00"], "thu": ["17:00-20:00"]}}}),
    ],
)
def test_one_day_too_few_in_a_week_is_stack_hard(days: str, more: dict[str, Any]) -> None:
    chosen, (note,) = policy(days, **more)
    assert chosen == "stack_hard"
    assert "week 1 does not have 2 easy days that are free and not the eve of a key run" in note


def test_one_week_decides_for_the_block() -> None:
    running = {"week": {"mon": EASY, "tue": EASY, "thu": KEY}, "dates": {"2026-09-14": "rest"}}
    chosen, (note,) = policy("-------", weeks=2, runs=running)
    assert chosen == "stack_hard"
    assert "week 2" in note


def test_the_eve_reaches_over_sunday() -> None:
    # Sunday is the eve of Monday's key run in week 2, but not of anything in the last week.
    assert policy("k-e---e", weeks=1)[0] == "easy_moderate"
    assert policy("k-e---e", weeks=2)[0] == "stack_hard"


def test_taper_and_recovery_weeks_are_not_asked() -> None:
    assert policy("ke-----", phases=["taper"])[0] == "easy_moderate"
    assert policy("ke-----", phases=["recovery"])[0] == "easy_moderate"
    assert policy("ke-----", phases=["peak"])[0] == "stack_hard"


def test_the_other_switches_stay_and_a_chosen_policy_has_no_note() -> None:
    assert policy("ke-----", policy="easy_moderate") == ("easy_moderate", ())
    context = context_of(
        {
            "start": "2026-09-07",
            "weeks": 1,
            "policy": {"hard_easy": "auto", "long_run": "allow", "order": "priority_first"},
            "runs": {"week": {"mon": KEY}},
        }
    )
    assert (context.policy.long_run, context.policy.order) == ("allow", "priority_first")
