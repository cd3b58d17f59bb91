"""What the block does that a runner may not expect, in sentences with the right weeks."""

from __future__ import annotations

from typing import Any

import pytest
from blocks import context_of, problem_of

from mesocycle.solver.notes import block_notes, spans

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
        "Week 4 has fewer sets at the same load: lighter, like your cutback in running.",
        "Weeks 5 to 7 have fewer sets at the same load: mileage is near its peak.",
        "Weeks 8 and 9 have fewer sets at the same load: taper.",
    ]


def test_flat_mileage_is_said_and_its_lighter_week_is_by_turns() -> None:
    told = notes(pattern=0)
    assert told == [
        "Week 4 has fewer sets at the same load: lighter by turns.",
        "Your mileage is even over the block, so no week is trimmed for it.",
    ]
    assert notes(rules={"set_trim_by_mileage": "off"}) == told[:1]


def test_a_gentle_start() -> None:
    told = notes(history=HISTORY | {"last_lift": "2026-07-01"}, rules={"deload_weeks": "off"})
    # 60 % of the sets in weeks 1 and 2, then 80 %: 2.4 and 3.2 of 4.
    assert told[0] == "Weeks 1 to 3 have fewer sets at the same load: a gentle start."


def test_nothing_to_say() -> None:
    assert notes(rules={"deload_weeks": "off", "set_trim_by_mileage": "off"}) == []


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ([3], "3"),
        ([3, 4], "3 and 4"),
        ([3, 4, 5], "3 to 5"),
        ([1, 3], "1 and 3"),
        ([1, 2, 3, 5], "1 to 3 and 5"),
        ([1, 3, 5], "1, 3 and 5"),
        ([1, 2, 5, 6], "1, 2, 5 and 6"),
        ([3, 5, 6, 7, 9, 10], "3, 5 to 7, 9 and 10"),
    ],
)
def test_weeks_in_words(numbers: list[int], text: str) -> None:
    assert spans(numbers) == text
