"""What the block does that a runner may not expect, in sentences with the right weeks."""

from __future__ import annotations

from typing import Any

import numpy as np
from blocks import context_of, problem_of

import mesocycle as mc
from mesocycle.solver.plan.notes import block_notes, short_notes

WEEK = {
    "tue": {"type": "intervals", "start": "06:30", "minutes": 60, "distance": "10 km"},
    "sun": {"type": "long", "start": "08:00", "distance": "20 km"},
}
HISTORY = {"familiar": ["back_squat"], "last_lift": "2026-09-04"}
SQUATS = {
    "sessions_per_week": 1,
    "sessions": [{"name": "A", "exercises": [{"exercise": "back_squat", "sets": [2, 4]}]}],
}


def notes(pattern: int = 0, distances: tuple[int, ...] = (), **more: Any) -> list[str]:
    runs: dict[str, Any] = {"week": WEEK}
    if distances:
        runs["weekly_distance"] = list(distances)
    data = {
        "start": "2026-09-07",
        "weeks": len(distances) or 4,
        "runs": runs,
        "strength": SQUATS,
        "history": HISTORY,
    }
    return list(block_notes(problem_of(context_of(data | more), pattern=pattern)))


def test_the_block_of_article_004() -> None:
    told = notes(
        distances=(30, 34, 38, 32, 42, 46, 50, 36, 25),
        races=[{"date": "2026-11-08", "distance": "half_marathon"}],
    )
    # Four sets in weeks 1 to 3 (38 of 50 km allow 0.9 of them: 3.6, rounded up).
    assert told == [
        "Week 4 has fewer sets: lighter, like your cutback in running.",
        "Weeks 5 to 7 have fewer sets: mileage is near its peak.",
        "Weeks 8 and 9 have fewer sets: taper.",
    ]


def test_flat_mileage_is_said_and_its_lighter_week_is_by_turns() -> None:
    told = notes(pattern=0)
    assert told == [
        "Week 4 has fewer sets: lighter by turns.",
        "Your mileage is even over the block, so no week is trimmed for it.",
    ]
    assert notes(rules={"set_trim_by_mileage": "off"}) == told[:1]


def test_a_gentle_start() -> None:
    long_ago = HISTORY | {"last_lift": "2026-07-01"}
    # 60 % of the sets in weeks 1 and 2, then 80 %: 2.4 and 3.2 of 4.
    rules = {"deload_weeks": "off"}
    told = notes(history=long_ago, rules=rules | {"return_from_break": "off"})
    assert told[0] == "Weeks 1 to 3 have fewer sets: a gentle start."
    # The first week is the return from a break of 67 days as well.
    assert notes(history=long_ago, rules=rules)[:2] == [
        "Week 1 has fewer sets: back after a break.",
        "Weeks 2 and 3 have fewer sets: a gentle start.",
    ]


def test_nothing_to_say() -> None:
    assert notes(rules={"deload_weeks": "off", "set_trim_by_mileage": "off"}) == []


def test_what_was_kept_and_dropped_is_said_with_its_minutes() -> None:
    moves = [{"exercise": "back_squat", "sets": [2, 4]}, {"exercise": "pallof_press", "sets": [1, 3]}]
    strength = {"sessions_per_week": 1, "sessions": [{"name": "A", "exercises": moves}]}
    # All sets in all weeks.
    rules = dict.fromkeys(("deload_weeks", "set_trim_by_mileage", "block_early_emphasis"), "off")
    block = {"start": "2026-09-07", "weeks": 3, "runs": {"week": WEEK}, "strength": strength, "rules": rules}
    problem = problem_of(context_of(block))

    def told(*sets: tuple[int, int]) -> list[str]:
        options, chosen = problem.options, []
        for lift, wanted in zip(problem.lifts, sets, strict=False):
            version = [one.sets for one in lift.versions].index(wanted)
            mine = (options.lift == lift.index) & (options.version == version)
            chosen.append(int(np.flatnonzero(mine)[0]))
        return list(short_notes(problem, chosen))

    assert told((4, 3), (4, 3)) == []
    # 480 + 75 + 3 x 200 s; sets that are fewer are told apart from what is left out.
    assert told((3, 0), (4, 3), (3, 0)) == [
        "A: kept back squat, dropped Pallof press in weeks 1 and 3; that takes 20 minutes.",
        "A: fewer sets of back squat than planned in weeks 1 and 3.",
    ]
    assert told((4, 3), (3, 1)) == ["A: fewer sets of back squat and Pallof press than planned in week 2."]
    assert told((0, 3)) == [
        "A: kept Pallof press, dropped back squat in week 1; that takes 14 minutes.",
    ]


def test_a_lift_that_is_left_out_is_named_with_its_weeks() -> None:
    # One free day a week, two lifts wanted as a wish: the other one is left out each week.
    data = {
        "start": "2026-09-07",
        "weeks": 2,
        "runs": {"week": WEEK},
        "athlete": {"availability": {"weekdays": [], "weekend": [], "tue": ["17:00-20:00"]}},
        "strength": {"sessions_per_week": 2},
    }
    result = mc.solve(mc.load_scenario(data))
    assert result.plan is not None
    assert len(result.plan.sessions) == 2
    told = [note for note in result.notes if "is left out" in note]
    missing = {"A", "B"} - {session.session for session in result.plan.sessions} or {"A", "B"}
    assert {note.split()[0] for note in told} == missing
    assert all("week" in note for note in told)
