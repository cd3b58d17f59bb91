"""What is assumed is told, and only what is assumed."""

from __future__ import annotations

from typing import Any

import pytest

from mesocycle.models.scenario import Scenario
from mesocycle.solver.instance.calendar import build_calendar

EASY = {"type": "easy", "start": "07:00", "minutes": 45}
FAR = {"type": "easy", "start": "07:00", "distance": "8 km"}
CROSS = {"type": "cross", "start": "18:00", "minutes": 60}
BIKE = CROSS | {"distance": "30 km"}


def notes(week: dict[str, Any], **more: Any) -> tuple[str, ...]:
    data = {"start": "2026-09-07", "weeks": 2, "runs": {"week": week}} | more
    return build_calendar(Scenario.model_validate(data)).notes


@pytest.mark.parametrize(
    ("week", "more", "which"),
    [
        ({"tue": EASY}, {}, "No run has a distance"),
        ({"tue": EASY, "wed": BIKE}, {}, "No run has a distance"),  # a ride is no run
        ({"tue": EASY, "wed": FAR}, {}, "Some runs have no distance"),
        ({"tue": EASY}, {"races": [{"date": "2026-09-20", "distance": "10k"}]}, "Some runs have no distance"),
    ],
)
def test_how_weeks_are_compared_without_distances(
    week: dict[str, Any], more: dict[str, Any], which: str
) -> None:
    told = [note for note in notes(week, **more) if "weeks are compared" in note]
    assert told == [f"{which}, so weeks are compared by minutes of running."]


@pytest.mark.parametrize("week", [{"tue": FAR}, {"tue": FAR, "wed": CROSS}, {}])
def test_nothing_is_said_where_distances_are_known(week: dict[str, Any]) -> None:
    assert not any("distance" in note for note in notes(week))


def test_a_scenario_that_says_everything_has_no_notes() -> None:
    full = {
        "athlete": {"availability": {"weekdays": ["17:00-20:00"]}},
        "history": {"familiar": ["back_squat"]},
        "races": [{"date": "2026-09-20", "distance": "10k", "start": "09:00"}],
    }
    assert notes({"tue": FAR}, **full) == ()
    assert len(notes({"tue": {"type": "long"}}, races=[{"date": "2026-09-20", "distance": "10k"}])) == 6
