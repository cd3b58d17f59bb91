"""A scenario that changes while its block is lived by: the past stays, the rest is planned by the new one."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from mesocycle.diary import changed, settled
from mesocycle.diary.block import Block
from mesocycle.living import start
from mesocycle.models.errors import BlockError
from mesocycle.models.living import LiftNow
from mesocycle.solver.lived import living
from mesocycle.solver.rules.check import understand
from mesocycle.solver.verify import verify

At = Callable[..., Block]
# Four weeks, two lifts a week on the evenings of hard days.
SCENARIO: dict[str, Any] = {
    "name": "Four weeks",
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
    },
}


@pytest.fixture
def at(tmp_path: Path) -> At:
    """A block begun on Monday 7 September, at a moment; it is 07:00 if no hour is given."""
    path = tmp_path / "four.block"
    start(SCENARIO, path, timezone="Europe/Berlin", now=datetime(2026, 9, 7, 6))

    def block(month: int, day: int, hour: int = 7) -> Block:
        return Block(path, now=datetime(2026, month, day, hour))

    return block


def other(change: Callable[[dict[str, Any]], Any]) -> str:
    """The scenario with a change."""
    data = deepcopy(SCENARIO)
    change(data)
    return json.dumps(data)


def lift(block: Block, name: str) -> LiftNow:
    found = block.now().lift(name)
    assert found is not None
    return found


def replanned(block: Block) -> None:
    """Plan again; what is past stays, and what is to come keeps the rules."""
    past = [one for one in block.now().lifts if one.status != "planned"]
    found = block.replan()
    now = block.now()
    assert found.proven
    assert [one for one in now.lifts if one.status != "planned"] == past
    instance = living(understand(changed.scenario_now(now), begun=True), settled.lived(now))
    assert verify(instance, settled.before(now)).breaches == ()
    assert block.replan().same
    block.why(exact=False)


def test_other_windows_hold_from_now_on(at: At) -> None:
    block = at(9, 14)
    noted = block.set_scenario(
        other(lambda data: data["athlete"]["availability"].update(weekdays=["12:00-13:30"]))
    )
    assert noted.remarks[-1] == "`mesocycle replan` plans the rest with it"
    replanned(block)
    starts = {one.id: one.start for one in block.now().lifts if one.date.weekday() < 5}
    assert {starts["w01-A"], starts["w01-B"]} == {17 * 60}
    assert all(12 * 60 <= at < 13 * 60 for name, at in starts.items() if name not in ("w01-A", "w01-B"))
    # The plan is one of the new scenario now.
    assert block.now().state.published.scenario == 2


def test_other_runs_hold_from_now_on_and_those_of_the_past_stay(at: At) -> None:
    block = at(9, 15, 12)  # Tuesday noon: the intervals of 06:30 were run
    block.set_scenario(
        other(lambda data: data["runs"]["week"].update(tue={"type": "easy", "start": "18:00", "minutes": 40}))
    )
    runs = {
        (one.run.date.day, one.run.type): one.id for one in block.now().runs if one.run.date.weekday() == 1
    }
    assert runs == {
        (8, "intervals"): "2026-09-08#1",
        (15, "intervals"): "2026-09-15#1",
        (15, "easy"): "2026-09-15#2",  # this evening's is still to come
        (22, "easy"): "2026-09-22#1",
        (29, "easy"): "2026-09-29#1",
    }
    replanned(block)


@pytest.mark.parametrize(("count", "weeks"), [(3, [2, 2, 3, 3]), (1, [2, 2, 1, 1])])
def test_another_number_of_lifts_holds_from_next_week_on(at: At, count: int, weeks: list[int]) -> None:
    block = at(9, 16)  # Wednesday of week 2
    block.set_scenario(other(lambda data: data["strength"].update(sessions_per_week=count)))
    replanned(block)
    assert [sum(one.week == week for one in block.now().lifts) for week in (1, 2, 3, 4)] == weeks
    # A week later it is still the number of the past weeks that holds for them.
    later = at(9, 23)
    later.replan()
    assert [sum(one.week == week for one in later.now().lifts) for week in (1, 2, 3, 4)] == weeks


def test_other_exercises_hold_from_now_on_and_a_past_lift_keeps_its_card(at: At) -> None:
    at(9, 9).done("w01-A", sets=["back_squat 80x5x3"])
    block = at(9, 16)
    block.set_scenario(
        other(lambda data: data["strength"]["sessions"][0]["exercises"][0].update(exercise="leg_press"))
    )
    replanned(block)
    exercises = {
        name: [one.exercise for one in card.exercises]
        for name in ("w01-A", "w02-A", "w03-A")
        if (card := lift(block, name).card) is not None
    }
    assert exercises == {"w01-A": ["back_squat"], "w02-A": ["back_squat"], "w03-A": ["leg_press"]}
    assert lift(block, "w01-A").status == "done"


def test_a_session_of_another_name_stands_for_one_that_is_still_to_come(at: At) -> None:
    block = at(9, 16)  # of week 2, A was yesterday and B is tomorrow
    block.set_scenario(other(lambda data: data["strength"]["sessions"][1].update(name="Hinge")))
    replanned(block)
    assert [one.id for one in block.now().lifts if one.week < 3] == ["w01-A", "w01-B", "w02-A", "w02-Hinge"]
    # B is done no more, so on Friday evening nothing of it is asked about.
    assert [one.id for one in at(9, 19).today().ask] == ["w02-A", "w02-Hinge"]


def test_a_scenario_that_is_taken_back_holds_no_more(at: At) -> None:
    block = at(9, 14)
    before = [one.id for one in block.now().lifts]
    block.set_scenario(other(lambda data: data["strength"].update(sessions_per_week=3)))
    block.replan()
    # Week 2 begins this morning with two; weeks 3 and 4 have three.
    assert len(block.now().lifts) == len(before) + 2
    block.undo(max(one.number for one in block.history().events if one.kind == "scenario_changed"))
    block.standing()
    block.why(exact=False)
    block.replan()
    assert sorted(one.id or "" for one in block.now().lifts) == sorted(name or "" for name in before)


def test_a_dropped_run_makes_its_week_shorter_where_distances_are_told(at: At, tmp_path: Path) -> None:
    data = deepcopy(SCENARIO)
    data["runs"]["weekly_distance"] = ["38 km", "42 km", "46 km", "30 km"]
    block = start(data, tmp_path / "told.block", timezone="Europe/Berlin", now=datetime(2026, 9, 7, 6))
    block.run_dropped("2026-09-17")  # 9 km of 38, in a week of 42: 9.947 km
    weeks = understand(changed.scenario_now(block.now()), begun=True).calendar.weeks
    assert [round(float(week.load)) for week in weeks] == [38000, 42000 - 9947, 46000, 30000]
    # The other runs of that week are as long as before: 18 of 38 km in a week of 42.
    now = changed.scenario_now(block.now())
    assert [run.distance for run in now.runs.dates[date(2026, 9, 20)]] == [19895]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda data: data.update(weeks=5), "the block begins on 2026-09-07 and has 4 weeks"),
        (lambda data: data["strength"].update(weights={"unit": "lb"}), "the block's weights are in kg"),
    ],
)
def test_the_frame_of_a_block_stays(at: At, change: Callable[[dict[str, Any]], Any], message: str) -> None:
    block = at(9, 14)
    with pytest.raises(BlockError, match=message):
        block.set_scenario(other(change))
    assert len(block.history().events) == 2
