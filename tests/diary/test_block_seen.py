"""All that a report shows of a block, in one answer of one moment."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from logged import at, begun, lifted, now_of, tuesday

from mesocycle.diary.seen import seen_of
from mesocycle.models.block_seen import BlockSeen
from mesocycle.models.happened import Event, LiftDone


def told(*events: Event) -> list[str]:
    """What was lifted, in words."""
    now = now_of(events, tuesday(2))
    return list(seen_of(now, now.scenario).lifted.values())


def test_it_is_what_the_block_answers(tmp_path: Path) -> None:
    block = at(begun(tmp_path), tuesday(2))
    seen = block.seen()
    assert seen.today == block.today()
    assert seen.weeks == tuple(block.week(number) for number in range(1, 13))
    assert seen.trends == block.trends()
    assert seen.standing == block.standing()
    assert (seen.revision, seen.proven, seen.changed, seen.lifted) == (1, True, False, {})
    assert BlockSeen.model_validate(seen.model_dump()) == seen


def test_what_was_lifted_is_told_without_its_name_and_day() -> None:
    assert told(lifted(1, only=False)) == ["as planned"]
    assert told(lifted(1, "squat 80x5x2 rir 2", only=False)) == [
        "back squat 2 x 5 at 80 kg, 2 in reserve; the rest as planned"
    ]
    assert told(lifted(1, "squat 80x5")) == ["back squat 1 x 5 at 80 kg; nothing else"]
    assert told(lifted(1)) == ["nothing of it"]


def test_a_lift_beside_the_plan_may_have_no_more_than_a_note() -> None:
    class_ = LiftDone(date=tuesday(1) + timedelta(days=1), start=1110, minutes=40, note="with friends")
    assert told(class_) == ['("with friends")']
    assert told(class_.model_copy(update={"note": "", "rpe": 6.5})) == ["RPE 6.5"]
    assert told(class_.model_copy(update={"note": ""})) == [""]


def test_what_is_no_longer_in_force_is_left_out(tmp_path: Path) -> None:
    block = at(begun(tmp_path), tuesday(1))
    block.done(rpe=6)
    (number,) = block.seen().lifted
    block.undo()
    assert block.seen().lifted == {}
    block.redo()
    assert block.seen().lifted == {number: "as planned, RPE 6"}
