"""What the next block takes over from the one before, into its scenario."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

import mesocycle as mc
from mesocycle.diary.block import Block
from mesocycle.models.errors import BlockError
from mesocycle.models.scenario import Scenario

FIRST: dict[str, Any] = {
    "name": "Autumn",
    "start": "2026-09-07",
    "weeks": 4,
    "athlete": {"availability": {"weekdays": ["17:00-19:00"], "weekend": ["12:00-14:00"]}},
    "runs": {
        "week": {
            "tue": {"type": "intervals", "start": "06:30", "minutes": 60, "distance": "11 km"},
            "thu": {"type": "tempo", "start": "06:30", "minutes": 50, "distance": "9 km"},
            "sun": {"type": "long", "start": "08:00", "minutes": 110, "distance": "18 km"},
        }
    },
    "strength": {
        "sessions_per_week": 2,
        "sessions": [
            {"name": "A", "exercises": [{"exercise": "back_squat", "sets": 3, "reps": 5}]},
            {"name": "B", "exercises": [{"exercise": "romanian_deadlift", "sets": 3, "reps": 8}]},
        ],
        "records": {"back_squat": "100 kg", "romanian_deadlift": "90 kg"},
    },
}
END = datetime(2026, 10, 4, 21)


@pytest.fixture
def first(tmp_path: Path) -> Block:
    """Four weeks that were lived by, on the last evening."""
    path = tmp_path / "first.block"
    mc.start(FIRST, path, timezone="Europe/Berlin", now=datetime(2026, 9, 7, 6))
    return Block(path, now=END)


def following(first: Block, tmp_path: Path, **changes: Any) -> Scenario:
    """The scenario of the block that goes on from there on the next day."""
    data = deepcopy(FIRST) | {"start": "2026-10-05", "name": "Winter"} | changes
    block = mc.start(data, tmp_path / "next.block", timezone="Europe/Berlin", after=first.path, now=END)
    return block.now().scenario


def test_the_next_block_knows_what_was_lifted_and_run(first: Block, tmp_path: Path) -> None:
    # 96 kg x 8 with 2 in reserve is a max of 96 x (1 + 10/30) = 128 kg.
    Block(first.path, now=datetime(2026, 9, 29, 21)).record("back_squat", "96 x 8 rir 2")
    Block(first.path, now=datetime(2026, 9, 25)).run_dropped("2026-09-24")
    found = following(first, tmp_path)
    assert found.history.last_lift == date(2026, 10, 1)
    assert found.history.familiar == ("back_squat", "romanian_deadlift")
    assert found.history.strength_phase == "strength"
    # 11 + 9 + 18 km; of week 3 the tempo run of 9 km was dropped.
    assert found.history.weekly_distance == (38000, 38000, 29000, 38000)
    squat = found.strength.records["back_squat"]
    assert (squat.one_rm, squat.unit, squat.date) == (128, "kg", date(2026, 9, 29))


def test_a_lift_of_which_nothing_was_told_has_the_max_of_the_plan_that_was_done(
    first: Block, tmp_path: Path
) -> None:
    planned = [one.card for one in first.now().lifts if one.session == "B"][-1]
    assert planned is not None
    last = planned.exercises[0].week_max
    assert last is not None
    assert last > 90
    assert following(first, tmp_path).strength.records["romanian_deadlift"].one_rm == round(last, 1)


def test_what_the_next_scenario_says_of_its_own_stays(first: Block, tmp_path: Path) -> None:
    strength = FIRST["strength"] | {"records": {"back_squat": "105 kg", "romanian_deadlift": "90 kg"}}
    found = following(first, tmp_path, strength=strength, history={"last_lift": "2026-10-03"})
    assert found.history.last_lift == date(2026, 10, 3)
    assert found.strength.records["back_squat"].one_rm == 105
    # This one is merely that of the scenario before.
    assert found.strength.records["romanian_deadlift"].one_rm != 90


def test_after_weeks_without_a_block_nothing_is_known_of_their_mileage(first: Block, tmp_path: Path) -> None:
    found = following(first, tmp_path, start="2026-11-02")
    assert found.history.weekly_distance == ()
    assert found.history.strength_phase == "foundation"  # heavy sets lie more than four weeks back
    assert found.history.last_lift == date(2026, 10, 1)


def test_mileage_is_what_the_scenario_tells_of_its_weeks_with_what_was_run_instead(tmp_path: Path) -> None:
    data = deepcopy(FIRST)
    data["runs"]["weekly_distance"] = ["40 km", "44 km", "48 km", "36 km"]
    mc.start(data, tmp_path / "a.block", timezone="Europe/Berlin", now=datetime(2026, 9, 7, 6))
    block = Block(tmp_path / "a.block", now=END)
    block.run_done("2026-09-27", distance="20 km")  # 18 of 38 km in a week of 48: 22.737 planned
    assert following(block, tmp_path).history.weekly_distance == (40000, 44000, 45300, 36000)


def test_mileage_of_runs_without_a_distance_is_not_known(tmp_path: Path) -> None:
    data = deepcopy(FIRST)
    del data["runs"]["week"]["tue"]["distance"]
    mc.start(data, tmp_path / "a.block", timezone="Europe/Berlin", now=datetime(2026, 9, 7, 6))
    assert following(Block(tmp_path / "a.block", now=END), tmp_path).history.weekly_distance == ()


def test_comments_and_order_of_a_file_stay(first: Block, tmp_path: Path) -> None:
    file = tmp_path / "next.yaml"
    text = json.dumps(FIRST["runs"])
    file.write_text(f"# Winter\nstart: 2026-10-05\nweeks: 2\nruns: {text}\n", encoding="utf-8")
    block = mc.start(file, tmp_path / "next.block", timezone="Europe/Berlin", after=first.path, now=END)
    assert block.scenario_text().startswith("# Winter\nstart: 2026-10-05\nweeks: 2\n")
    assert file.read_text(encoding="utf-8").endswith(f"runs: {text}\n")  # the file itself is left alone


def test_what_cannot_go_on_is_refused(first: Block, tmp_path: Path) -> None:
    with pytest.raises(BlockError, match="its block begins on 2026-09-07, the next one on 2026-09-07"):
        mc.start(FIRST, tmp_path / "next.block", timezone="Europe/Berlin", after=first.path, now=END)
    with pytest.raises(BlockError, match="there is no such file"):
        mc.start(FIRST, tmp_path / "next.block", timezone="Europe/Berlin", after=tmp_path / "none.block")
    assert not (tmp_path / "next.block").exists()
