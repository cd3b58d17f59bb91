"""Events for intervals.icu: the fields its bulk endpoint takes, the same ids after the plan changed."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from exported import HOSTILE, PLAIN, block, hostile, impossible, lift, run, solved

from mesocycle.models.clock import format_time
from mesocycle.models.result import Result
from mesocycle.output.events import identity
from mesocycle.output.intervals import to_intervals

FIELDS = {"category", "type", "start_date_local", "name", "description", "moving_time", "external_id"}


def events(result: Result) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = json.loads(to_intervals(result, PLAIN))
    assert all(set(event) == FIELDS for event in told)
    return told


def test_every_lift_is_a_planned_workout_at_its_time() -> None:
    result = solved()
    assert result.plan is not None
    assert [(event["start_date_local"], event["moving_time"]) for event in events(result)] == [
        (f"{one.date}T{format_time(one.start)}:00", 60 * (one.end - one.start))
        for one in result.plan.sessions
    ]
    assert {(event["category"], event["type"]) for event in events(result)} == {("WORKOUT", "WeightTraining")}


def test_an_event_has_the_card_as_its_text() -> None:
    (event,) = events(block(lift()))
    assert event["name"] == "Strength A · 8 sets"
    assert event["start_date_local"] == "2026-09-08T17:00:00"
    assert event["description"].startswith("1a Back squat 3 × 5 @ 95 kg (81\u00a0%), 2 in reserve, +2.5 kg")
    assert event["description"].endswith("Why then: On Tuesday, a day without a run.")


def test_a_lift_that_moves_keeps_its_id_which_is_that_of_the_calendar() -> None:
    (before,), (after,) = (
        events(block(one)) for one in (lift(), lift(date=date(2026, 9, 9), start=600, end=630))
    )
    assert before["external_id"] == after["external_id"] == identity(block(lift()), "w01-A")


def test_runs_are_there_already() -> None:
    assert len(events(block(lift(), runs=(run(),)))) == 1


def test_without_a_plan_there_is_nothing() -> None:
    assert events(impossible()) == []


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_becomes_a_step_to_be_timed(text: str) -> None:
    to_intervals(hostile(text), PLAIN).encode()
    for event in events(hostile(text)):
        assert not any(line.lstrip().startswith("-") for line in event["description"].splitlines())
        assert event["external_id"].isascii()
