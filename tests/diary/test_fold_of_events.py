"""The fold of events: order between keys does not matter; what is corrected or taken back leaves no trace."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from mesocycle.diary import file as block_file
from mesocycle.diary.content import Entry
from mesocycle.diary.fold import State
from mesocycle.models.clock import Window
from mesocycle.models.felt import Soreness, Wellness
from mesocycle.models.happened import (
    EVENT,
    Available,
    Away,
    Event,
    LiftDone,
    LiftMoved,
    LiftSkipped,
    LoggedSet,
    Pinned,
    Published,
    Recorded,
    RunChanged,
    RunDone,
    RunDropped,
    ScenarioChanged,
    Sick,
    TakenBack,
    Unpinned,
)
from mesocycle.models.strength import Record
from mesocycle.models.training import RunType

FIRST: tuple[Event, ...] = (
    ScenarioChanged(version=1),
    Published(revision=1, scenario=1, points=7, proven=True),
)
NOON = datetime(2026, 9, 14, 12, tzinfo=UTC)
SESSIONS = st.sampled_from(("w01-A", "w01-B", "w02-A"))
DAYS = st.dates(date(2026, 9, 7), date(2026, 9, 13))
MINUTES = st.integers(0, 1400)
RUNS = st.sampled_from(("2026-09-08#1", "2026-09-08#2", None))
SETS = st.lists(
    st.builds(
        LoggedSet,
        exercise=st.sampled_from(("back_squat", "push_up")),
        reps=st.integers(1, 12),
        rir=st.none() | st.integers(0, 4),
    ),
    max_size=3,
).map(tuple)
RUN = {"date": DAYS, "start": MINUTES, "minutes": st.integers(1, 200), "type": st.sampled_from(list(RunType))}
EVENTS: st.SearchStrategy[Event] = st.one_of(
    st.builds(
        LiftDone,
        session=st.none() | SESSIONS,
        date=DAYS,
        start=st.sampled_from((420, 1020)),
        minutes=st.integers(1, 90),
        sets=SETS,
        rpe=st.none() | st.integers(0, 10),
        source=st.sampled_from(("hand", "hevy")),
    ),
    st.builds(LiftSkipped, session=SESSIONS, why=st.sampled_from(("sick", "time", None))),
    st.builds(LiftMoved, session=SESSIONS, date=DAYS, start=MINUTES),
    st.builds(RunDone, run=RUNS, **RUN),
    st.builds(RunChanged, run=RUNS, **RUN),
    st.builds(RunDropped, run=st.sampled_from(("2026-09-08#1", "2026-09-08#2"))),
    st.builds(Sick, first=DAYS, last=st.none(), runs=st.sampled_from(("keep", "drop"))),
    st.builds(Away, first=DAYS, last=st.just(date(2026, 9, 20))),
    st.builds(Available, date=DAYS, windows=st.sampled_from(((), (Window(600, 700),)))),
    st.builds(Pinned, session=SESSIONS, date=DAYS),
    st.builds(Unpinned, session=SESSIONS),
    st.builds(Recorded, exercise=st.just("back_squat"), date=DAYS, record=st.just(Record(one_rm=100))),
    st.builds(Soreness, date=DAYS, site=st.sampled_from(("calf", "quads")), level=st.integers(0, 10)),
    st.builds(Wellness, date=DAYS, sleep_hours=st.integers(4, 9)),
)
MANY = st.lists(EVENTS, max_size=12)


def state(events: Sequence[Event]) -> State:
    every = (*FIRST, *events)
    return State(
        tuple(
            Entry(number, event, NOON + timedelta(minutes=number), NOON.replace(tzinfo=None))
            for number, event in enumerate(every, 1)
        )
    )


def told(one: State) -> dict[str, Any]:
    """All that a state offers, but for the numbers of its events."""
    return {
        "in force": {key: entry.event for key, entry in one.in_force.items()},
        "done": one.done,
        "beside": one.beside,
        "places": one.places,
        "pins": one.pins,
        "records": one.records,
        "runs done": one.runs_done,
        "runs beside": one.runs_beside,
        "runs planned": one.runs_planned,
        "runs added": one.runs_added,
        "absences": one.absences,
        "windows": one.windows,
        "published": one.published,
        "scenario": one.scenario,
    }


@settings(max_examples=300, deadline=None)
@given(MANY, st.randoms(use_true_random=False))
def test_events_of_different_keys_may_be_written_in_any_order(
    events: list[Event], rng: random.Random
) -> None:
    queues: dict[str, list[Event]] = {}
    for event in events:
        queues.setdefault(event.key, []).append(event)
    shuffled = []
    while any(queues.values()):
        queue = rng.choice([queue for queue in queues.values() if queue])
        shuffled.append(queue.pop(0))
    assert told(state(shuffled)) == told(state(events))


@settings(max_examples=300, deadline=None)
@given(MANY, st.data())
def test_what_is_taken_back_and_holds_again_changes_nothing(events: list[Event], data: st.DataObject) -> None:
    if not events:
        return
    number = data.draw(st.integers(3, len(events) + 2))
    back = [*events, TakenBack(event=number)]
    again = [*back, TakenBack(event=number, taken_back=False)]
    assert told(state(again)) == told(state(events))
    without = [event for at, event in enumerate(events, 3) if at != number]
    assert told(state(back)) == told(state(without))


@settings(max_examples=300, deadline=None)
@given(MANY, EVENTS)
def test_a_correction_is_as_if_it_had_been_right_at_once(events: list[Event], right: Event) -> None:
    wrong = [event for event in events if event.key == right.key]
    others = [event for event in events if event.key != right.key]
    assert told(state([*wrong, *others, right])) == told(state([*others, right]))


@settings(max_examples=200, deadline=None)
@given(EVENTS)
def test_an_event_reads_back_as_it_was(event: Event) -> None:
    assert EVENT.validate_python(event.to_dict()) == event


@pytest.mark.parametrize(
    "data",
    [
        {"kind": "eaten"},
        {"kind": "lift_skipped", "session": "A"},
        {"kind": "lift_skipped", "session": "w01-A", "why": "lazy"},
        {"kind": "lift_skipped", "session": "w01-A", "more": 1},
        {"kind": "sick", "first": "2026-09-10", "last": "2026-09-09"},
        {"kind": "run_dropped", "run": "tuesday"},
        {"kind": "undone", "event": 0},
    ],
)
def test_what_is_no_event_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        EVENT.validate_python(data)


def test_of_two_sources_the_runners_own_word_holds() -> None:
    def done(source: str, rpe: int) -> LiftDone:
        return LiftDone(
            session="w01-A", date=date(2026, 9, 8), start=1020, minutes=40, rpe=rpe, source=source
        )

    own, app = done("hand", 6), done("hevy", 8)
    assert state([own, app]).done == state([app, own]).done == {"w01-A": own}
    assert state([app]).done == {"w01-A": app}


@settings(max_examples=25, deadline=None)
@given(events=MANY, back=st.lists(st.integers(3, 14), max_size=4))
def test_other_programs_read_the_same_events_from_the_view(
    events: list[Event], back: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path: Path = tmp_path_factory.mktemp("view") / "one.block"
    taken: list[Event] = [TakenBack(event=number) for number in back if number < len(events) + 3]
    with block_file.creating(path, "0" * 20, "Europe/Berlin") as writer:
        for event in (*FIRST, *events, *taken):
            writer.append(event, NOON)
    with sqlite3.connect(path) as other:
        rows = other.execute("SELECT number, key FROM in_force").fetchall()
    folded = state([*events, *taken]).in_force
    assert dict(rows) == {entry.number: key for key, entry in folded.items()}
