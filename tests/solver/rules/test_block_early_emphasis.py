"""block_early_emphasis: strength is built early in the block."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from weeks import Trial, only, session

RULE = "block_early_emphasis"
SQUATS = session("A", back_squat=[2, 10])
FOUR = {"sessions": [session("A", back_squat=[2, 4])]}
HALF = {"hard": True, "build_factor": 0.5}


def block(phases: Sequence[str], settings: Any = "hard", **more: Any) -> Trial:
    more = {"sessions": [SQUATS], "weeks": len(phases), "phases": list(phases), **more}
    return only(RULE, settings, **more)


def test_build_weeks_have_nine_tenths() -> None:
    weeks = block(["base", "build", "peak", "taper", "recovery"])
    assert weeks.shares() == [1, 0.9, 1, 1, 1]
    assert weeks.tops() == [10, 9, 10, 10, 10]


def test_without_a_base_phase_nothing_changes() -> None:
    assert block(["build", "peak"]).shares() == [1, 1]
    assert block(["build", "base"]).shares() == [0.9, 1]


def test_the_smallest_share_of_all_rules_holds() -> None:
    also = {"deload_weeks": {"hard": True, "factor": 0.6}}
    running = {"cutback_weeks": [2]}
    phases = ["base", "build", "build"]
    assert block(phases, also=also, running=running).shares() == [1, 0.6, 0.9]
    assert block(phases, HALF, also=also, running=running).shares() == [1, 0.5, 0.5]
    # Growth is limited on top of it: from a half to 0.7, a fifth more.
    ramp = {"ramp_limits": "hard"}
    assert block(["build", "base"], HALF, also=ramp).shares() == [0.5, 0.7]


def test_hard_no_set_above_is_offered_or_accepted() -> None:
    hard, off = block(["base", "build"], HALF, **FOUR), block(["base", "build"], "off", **FOUR)
    assert not hard.refuses(off, "1A tue 17:00 4")
    assert not hard.refuses(off, "2A tue 17:00 2")
    assert hard.refuses(off, "2A tue 17:00 3")


def test_soft_sets_above_are_bought() -> None:
    weeks = block(["base", "build"], {"hard": False, "build_factor": 0.5}, **FOUR)
    assert weeks.cost("1A tue 17:00 4", "2A tue 17:00 2") == 0
    assert weeks.cost("1A tue 17:00 4", "2A tue 17:00 3") == 4
    assert weeks.cost("1A tue 17:00 4", "2A tue 17:00 4") == 8


def test_every_version_is_judged_alike() -> None:
    free = {"tue": ["17:00-18:00"], "fri": ["17:00-18:00"]}
    more = {**FOUR, "free": free, "grid": 60}
    soft = block(["base", "build"], {"hard": False, "build_factor": 0.5}, **more)
    assert soft.agreement().both_prices
    assert block(["base", "build"], HALF, **more).agreement().kept > 0
