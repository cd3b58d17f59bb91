"""Mobility given by its minutes keeps them in lighter weeks; core is trimmed like lifts."""

from __future__ import annotations

import mesocycle as mc


def sets(kind: str) -> list[int]:
    """Sets of the small session in each of four weeks, the last one a cutback."""
    runs = {
        "week": {"tue": {"type": "easy", "distance": "12 km"}, "sat": {"type": "long", "distance": "18 km"}},
        "weekly_distance": ["24 km", "28 km", "36 km", "18 km"],
    }
    sessions = [
        {"name": "Legs", "minutes": 40, "lower_body": "heavy"},
        {"name": "Small", "kind": kind, "minutes": 20, "lower_body": "none"},
    ]
    scenario = {
        "start": "2026-09-07",
        "weeks": 4,
        "runs": runs,
        "strength": {"sessions_per_week": 1, "sessions": sessions},
    }
    result = mc.solve(scenario)
    assert result.proven
    assert result.plan is not None
    assert mc.audit(scenario, result.plan).breaches == ()
    return [lift.sets for lift in result.plan.sessions if lift.session == "Small"]


def test_mobility_keeps_its_minutes_and_core_gives_way() -> None:
    assert sets("mobility") == [4, 4, 4, 4]
    assert sets("core") == [4, 3, 2, 2]
