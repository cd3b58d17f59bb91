"""The rest of a block planned again: what is past stays, and the future moves as little as pays."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from mesocycle.diary import changed, settled
from mesocycle.diary.block import Block
from mesocycle.living import start
from mesocycle.models.errors import BlockError
from mesocycle.models.living import LiftNow, Replan
from mesocycle.models.plan import Audit, PlannedExercise, Status
from mesocycle.solver.lived import living
from mesocycle.solver.rules.check import understand
from mesocycle.solver.verify import verify

At = Callable[..., Block]
# Four weeks, two lifts a week on the evenings of hard days, and windows on most days.
SCENARIO: dict[str, Any] = {
    "name": "Four weeks",
    "start": "2026-09-07",
    "weeks": 4,
    "athlete": {"availability": {"weekdays": ["17:00-19:00"], "weekend": ["12:00-14:00"]}},
    "runs": {
        "week": {
            "tue": {"type": "intervals", "start": "06:30", "minutes": 60},
            "thu": {"type": "tempo", "start": "06:30", "minutes": 50},
            "sun": {"type": "long", "start": "08:00", "minutes": 110},
        }
    },
    "strength": {"sessions_per_week": 2, "program": "runner_two_day"},
}


@pytest.fixture
def at(tmp_path: Path) -> At:
    """A block begun on Monday 7 September, at a moment."""
    path = tmp_path / "four.block"
    start(SCENARIO, path, timezone="Europe/Berlin", now=datetime(2026, 9, 7, 6))

    def block(month: int, day: int, hour: int = 7) -> Block:
        return Block(path, now=datetime(2026, month, day, hour))

    return block


def lift(block: Block, name: str) -> LiftNow:
    found = block.now().lift(name)
    assert found is not None
    return found


def audit(block: Block) -> Audit:
    """The plan as it stands, judged for what is to come."""
    now = block.now()
    instance = living(understand(changed.scenario_now(now), begun=True), settled.lived(now))
    return verify(instance, settled.before(now))


def test_where_nothing_happened_the_plan_stays_and_nothing_is_published(at: At) -> None:
    found = at(9, 16).replan()
    assert (found.same, found.published, found.proven) == (True, None, True)
    assert [(one.moves, one.chosen) for one in found.frontier] == [(0, True)]


def test_illness_is_not_made_up_for(at: At) -> None:
    block = at(9, 14)
    block.sick("today..thu")
    block.replan()
    second = [(one.id, one.status, one.why) for one in block.now().lifts if one.week == 2]
    # Tuesday and Thursday were lifting days; neither is made up for on Saturday or Sunday.
    assert second == [("w02-A", "skipped", "sick"), ("w02-B", "skipped", "sick")]
    assert {one.status for one in block.now().lifts if one.week > 2} == {"planned"}
    assert not audit(block).breaches


def test_no_lift_stands_on_the_day_after_illness(at: At) -> None:
    block = at(9, 14)
    block.sick("today")
    assert lift(block, "w02-A").status == "skipped"  # Tuesday, the day after
    assert lift(block, "w02-B").status == "planned"


def test_absence_moves_a_lift_where_that_is_cheaper_than_to_drop_it(at: At) -> None:
    block = at(9, 14)
    block.away("tue")
    found = block.replan()
    moved = lift(block, "w02-A")
    assert found.published == 2
    assert (moved.status, moved.week, moved.date != date(2026, 9, 15)) == ("planned", 2, True)
    # What happened to its day left it no choice, so that is no move.
    assert {one.moves for one in found.frontier if one.chosen} == {0}


def test_what_was_done_stays_as_it_was_done_whatever_it_breaks(at: At) -> None:
    block = at(9, 17, 8)
    noted = block.done("wed", at="18:10", stands_for="A", sets=["back_squat 80x5"], only=True)
    assert any(remark.startswith("against your rules: ") for remark in noted.remarks)
    block.replan()
    done = lift(block, "w02-A")
    assert (done.status, done.date, done.start, done.sets) == ("done", date(2026, 9, 16), 1090, 1)
    judged = audit(block)
    assert not judged.breaches
    assert any(breach.dates == (date(2026, 9, 16),) for breach in judged.remarks)
    # A set of squats is no lift that loads the legs: Thursday's may stay where it is.
    assert lift(block, "w02-B").date == date(2026, 9, 17)


def test_a_lift_keeps_its_distance_to_what_was_done(at: At) -> None:
    block = at(9, 17, 8)
    block.done("wed", at="18:30", stands_for="A")
    block.replan()
    # 24 h lie between two lifts that load the legs, and the window ends at 19:00.
    assert lift(block, "w02-B").date > date(2026, 9, 17)
    assert not audit(block).breaches


def test_a_lift_that_the_runner_puts_somewhere_is_not_moved_again(at: At) -> None:
    block = at(9, 14)
    block.move("w02-A", "wed", "18:00")
    found = block.replan()
    assert (lift(block, "w02-A").date, lift(block, "w02-A").start) == (date(2026, 9, 16), 1080)
    assert all("w02-A" not in one.moved for one in found.frontier)
    assert not audit(block).breaches


def test_a_pin_holds_and_may_be_taken_back(at: At) -> None:
    block = at(9, 14)
    block.pin("w03-A", "fri", "17:30")
    block.replan()
    assert (lift(block, "w03-A").date, lift(block, "w03-A").start) == (date(2026, 9, 25), 1050)
    block.unpin("w03-A")
    assert block.replan(stay=0).published == 3
    assert lift(block, "w03-A").date == date(2026, 9, 22)


def test_a_pin_that_breaks_a_rule_leaves_no_plan(at: At) -> None:
    block = at(9, 14)
    block.pin("w03-A", "sat", "12:00")
    block.run_changed("2026-09-26", at="12:00", minutes="90", type="easy")
    found = block.replan()
    assert (found.status, found.frontier, found.published) == (Status.INFEASIBLE, (), None)
    assert found.diagnosis is not None
    assert found.diagnosis.complete
    (conflict,) = found.diagnosis.conflicts
    assert [rule.id for rule in conflict.rules] == ["no_overlap_with_run", "pins"]
    assert conflict.weeks == (3,)
    # Each repair is a block that was planned from here on, and the pin may be at another hour.
    assert all(repair.verified and repair.proven for repair in found.diagnosis.repairs)
    assert found.diagnosis.repairs[0].lifts == "B Thu 17:00, A Sat 13:45"
    assert block.plan().plan is not None


def test_a_conflict_with_what_the_runner_put_somewhere_names_that_as_a_fact(at: At) -> None:
    block = at(9, 17, 8)  # Thursday
    block.move("w02-B", "fri", "17:00")
    block.pin("w02-A", "fri", "17:15")
    block.skip("w02-A")  # which is past
    block.pin("w03-A", "fri", "17:15")
    block.move("w03-B", "fri", "17:00")
    found = block.replan()
    assert found.diagnosis is not None
    (conflict,) = found.diagnosis.conflicts
    assert conflict.facts == ("w03-B stays on Fri 25 Sep at 17:00",)
    # Whatever is changed, it stays there.
    assert found.diagnosis.repairs
    assert all("B Fri 17:00" in repair.lifts for repair in found.diagnosis.repairs if repair.lifts)


def test_too_few_moves_are_told_with_how_many_it_takes(at: At) -> None:
    block = at(9, 14)
    scenario = deepcopy(SCENARIO)
    scenario["athlete"]["availability"]["thu"] = []
    block.set_scenario(json.dumps(scenario))  # B of this week has to leave Thursday
    found = block.replan(moves=0)
    assert (found.status, found.fewest, found.diagnosis) == (Status.INFEASIBLE, 1, None)


def test_a_key_run_that_moves_takes_the_lift_with_it(at: At) -> None:
    block = at(9, 14)
    block.run_changed("thu", to="fri")
    found = block.replan(stay=0)
    assert found.published == 2
    assert not audit(block).breaches
    assert lift(block, "w02-B").date != date(2026, 9, 17)


def test_windows_of_a_day_are_kept(at: At) -> None:
    block = at(9, 14)
    block.available("tue", "18:00-19:00")
    block.available("thu")
    block.replan()
    first, second = lift(block, "w02-A"), lift(block, "w02-B")
    assert first.date != date(2026, 9, 15) or first.start >= 1080
    assert second.date != date(2026, 9, 17)


def test_the_frontier_trades_moves_for_points_and_the_price_of_a_move_decides(at: At) -> None:
    block = at(9, 14)
    block.skip("w01-B")
    block.run_changed("2026-09-16", at="06:00", minutes="70", type="tempo")
    frontier = block.replan(accept=lambda found: False).frontier
    moves, points = [one.moves for one in frontier], [one.points for one in frontier]
    assert moves == sorted(set(moves))
    assert points == sorted(set(points), reverse=True)
    for stay in (0, 12, 1000):
        found = block.replan(stay=stay, accept=lambda found: False)
        chosen = next(one for one in found.frontier if one.chosen)
        assert stay * chosen.moves + chosen.points == min(stay * one.moves + one.points for one in frontier)
    fewest = block.replan(moves=moves[0], accept=lambda found: False).frontier
    assert [one.moves for one in fewest] == moves[:1]


def test_from_a_day_on_what_stands_before_stays(at: At) -> None:
    block = at(9, 14)
    block.available("tue")
    found = block.replan(since=date(2026, 9, 21))
    assert lift(block, "w02-A").date == date(2026, 9, 15)
    assert found.same


def test_to_plan_again_twice_changes_nothing(at: At) -> None:
    block = at(9, 14)
    block.away("tue..wed")
    assert block.replan().published == 2
    again = block.replan()
    assert (again.same, again.published) == (True, None)


def test_a_plan_that_is_not_accepted_is_not_published(at: At) -> None:
    block = at(9, 14)
    block.away("tue")
    found = block.replan(accept=lambda one: False)
    assert (found.same, found.published) == (False, None)
    assert len(block.history().events) == 3


def test_what_is_recorded_meanwhile_is_not_overrun(at: At) -> None:
    block = at(9, 14)
    block.away("tue")

    def meanwhile(found: Replan) -> bool:
        at(9, 14).skip("w01-B")
        return True

    with pytest.raises(BlockError, match="something else was recorded meanwhile"):
        block.replan(accept=meanwhile)
    assert block.plan().plan == at(9, 14).plan(1).plan


def test_a_publication_that_is_taken_back_is_the_older_plan_again(at: At) -> None:
    block = at(9, 14)
    block.away("tue")
    block.replan()
    block.undo()
    assert block.plan().plan == block.plan(1).plan
    block.redo()
    assert block.plan().plan == block.plan(2).plan


def test_the_past_is_shown_as_it_was_planned_then(at: At) -> None:
    block = at(9, 16)
    planned = lift(block, "w02-A").card
    assert planned is not None
    first = planned.exercises[0].exercise
    block.done("tue", sets=[f"{first} 80x5"])
    block.away("thu")
    block.replan()
    later = at(9, 20)
    assert lift(later, "w02-A").card == planned
    assert lift(later, "w02-A").sets == planned.sets - planned.exercises[0].sets + 1


def test_a_why_not_after_planning_again_knows_what_is_settled(at: At) -> None:
    block = at(9, 14)
    block.away("tue")
    block.replan()
    (session,) = block.why("w02-A", why_not="tue").sessions
    assert session.verdict == "That is not possible."


def test_what_breaks_the_plan_since_is_to_be_planned_again_before_it_is_explained(at: At) -> None:
    block = at(9, 14)
    block.run_changed("2026-09-16", at="06:00", minutes="70", type="tempo")
    with pytest.raises(BlockError, match="breaks rules in the plan"):
        block.why("w02-A")


def test_every_day_of_a_block_can_be_planned_again(at: At) -> None:
    first = datetime(2026, 9, 7, 20)
    for number in range(0, 28, 3):
        moment = first + timedelta(days=number)
        block = at(moment.month, moment.day, moment.hour)
        found = block.replan()
        assert found.proven
        assert found.same


def squat(block: Block, name: str) -> PlannedExercise:
    """The back squat of a session."""
    card = lift(block, name).card
    assert card is not None
    return next(one for one in card.exercises if one.exercise == "back_squat")


def test_loads_follow_the_log(tmp_path: Path) -> None:
    strength = {**SCENARIO["strength"], "records": {"back_squat": "100 kg"}}
    path = tmp_path / "strong.block"
    start({**SCENARIO, "strength": strength}, path, timezone="Europe/Berlin", now=datetime(2026, 9, 7, 6))
    block = Block(path, now=datetime(2026, 9, 16, 7))
    # Two working weeks have earned a little: the squat of week 3 goes by somewhat more than 100 kg.
    planned = squat(block, "w03-A").week_max
    assert planned is not None
    assert 100 < planned < 103
    block.record("back_squat", "110 kg")
    block.replan()
    # From the next squat on the record is the max; before it nothing changes.
    assert squat(block, "w03-A").week_max == 110
    assert squat(block, "w02-A").week_max == squat(Block(path), "w02-A").week_max
    assert squat(block, "w01-A").week_max == 100
    # After two exposures that were missed no more is left than 95 % of 110, which are 104.5.
    later = Block(path, now=datetime(2026, 9, 30, 7))
    for name in ("w03-A", "w04-A"):
        card = squat(later, name)
        later.done(name, sets=[f"back_squat {card.weight:g}x{(card.reps or 0) - 2} rir 0"])
    found = later.why_load("back_squat")
    assert found.step == "back"
    assert found.max is not None
    assert found.max <= 104.5
    later.replan()
    assert squat(later, "w04-A").week_max == squat(block, "w04-A").week_max


def test_a_lift_without_a_record_has_weights_once_something_was_logged(at: At) -> None:
    block = at(9, 16)
    assert squat(block, "w03-A").weight is None
    # Five with two in reserve at 80 kg are 80 x (1 + 7/30) = 98.67 kg once.
    block.done("tue", sets=["back_squat 80x5x3 rir 2"])
    block.replan()
    planned = squat(block, "w03-A")
    assert planned.week_max == 98.7
    assert planned.weight is not None


def test_weights_fall_where_the_log_says_less(tmp_path: Path) -> None:
    strength = {**SCENARIO["strength"], "records": {"back_squat": "100 kg"}}
    path = tmp_path / "weaker.block"
    start({**SCENARIO, "strength": strength}, path, timezone="Europe/Berlin", now=datetime(2026, 9, 7, 6))
    block = Block(path, now=datetime(2026, 9, 16, 7))
    before = squat(block, "w03-A").weight
    block.record("back_squat", "85 kg")
    block.replan()
    after = squat(block, "w03-A").weight
    assert before is not None
    assert after is not None
    assert after < before
