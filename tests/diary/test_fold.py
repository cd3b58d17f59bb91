"""What holds depends on what was written last under each key, and on nothing else."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from logged import planned
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
    LogImported,
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
    Published(revision=1, scenario=1, points=10, proven=True),
)
MOMENT = datetime(2027, 1, 4, 6, tzinfo=UTC)
DAYS = [date(2027, 1, 4) + timedelta(days=number) for number in range(9)]

days = st.sampled_from(DAYS)
# So few that keys meet often.
sessions = st.sampled_from(["w01-A", "w02-A", "w02-Long name"])
runs = st.sampled_from(["2027-01-05#1", "2027-01-07#1", "2027-01-07#2"])
starts = st.sampled_from([0, 390, 1080])
minutes = st.integers(1, 90)
sources = st.sampled_from(["hand", "watch", "app"])
notes = st.sampled_from(["", "fine", 'quotes " and \\ and ü'])
whys = st.sampled_from([None, "sick", "time"])
sets = st.lists(
    st.sampled_from(
        [
            LoggedSet(exercise="back_squat", weight=80, unit="kg", reps=5, rir=2),
            LoggedSet(exercise="back_squat", weight=40, unit="kg", reps=5, kind="warm_up"),
            LoggedSet(exercise="push_up", reps=12),
        ]
    ),
    max_size=3,
).map(tuple)
of_run: dict[str, Any] = {
    "date": days,
    "start": starts,
    "minutes": minutes,
    "distance_km": st.sampled_from([None, 8.5]),
    "type": st.sampled_from([RunType.EASY, RunType.LONG]),
}
of_days: dict[str, Any] = {
    "first": st.sampled_from(DAYS[:6]),
    "last": st.sampled_from([None, *DAYS[6:]]),
    "runs": st.sampled_from(["keep", "drop"]),
    "note": notes,
}
events: st.SearchStrategy[Event] = st.one_of(
    st.builds(
        Published,
        revision=st.integers(2, 12),
        scenario=st.integers(1, 3),
        points=minutes,
        proven=st.booleans(),
    ),
    st.builds(ScenarioChanged, version=st.integers(2, 12)),
    st.builds(
        LiftDone,
        session=st.none() | sessions,
        date=days,
        start=starts,
        minutes=minutes,
        sets=sets,
        only=st.booleans(),
        rpe=st.sampled_from([None, 0, 7.5]),
        note=notes,
        source=sources,
    ),
    st.builds(LiftSkipped, session=sessions, why=whys, note=notes),
    st.builds(LiftMoved, session=sessions, date=days, start=starts, note=notes),
    st.builds(RunDone, run=st.none() | runs, rpe=st.sampled_from([None, 3]), source=sources, **of_run),
    st.builds(RunChanged, run=st.none() | runs, **of_run),
    st.builds(RunDropped, run=runs, why=whys),
    st.builds(Sick, **of_days),
    st.builds(Away, **of_days),
    st.builds(Available, date=days, windows=st.sampled_from([(), (Window(1020, 1140),)])),
    st.builds(Pinned, session=sessions, date=days, start=st.none() | starts),
    st.builds(Unpinned, session=sessions),
    st.builds(
        Recorded,
        exercise=st.sampled_from(["back_squat", "bench_press"]),
        date=days,
        record=st.sampled_from([Record(one_rm=100), Record(weight=90, reps=5)]),
    ),
    st.builds(Soreness, date=days, site=st.sampled_from(["knee", "left calf"]), level=st.integers(0, 10)),
    st.builds(Wellness, date=days, sleep_hours=st.just(7.5), fatigue=st.none() | st.integers(0, 10)),
    st.builds(
        LogImported,
        source=st.sampled_from(["Hevy", "Strong"]),
        first=st.just(DAYS[0]),
        last=days,
        names=st.sampled_from([{}, {"Kniebeuge": "back_squat"}]),
    ),
)
many = st.lists(events, max_size=25)


def state(written: Iterable[Event]) -> State:
    """What holds after the beginning of a block and these events."""
    return State(
        tuple(
            Entry(number, event, MOMENT, MOMENT.replace(tzinfo=None))
            for number, event in enumerate((*FIRST, *written), 1)
        )
    )


def offered(held: State) -> dict[str, Any]:
    """Everything that a state offers, but for the numbers of its events."""
    result = planned()[1]
    assert result.plan is not None
    sequences = ("beside", "records", "runs_beside", "runs_added", "absences", "soreness", "wellness")
    mappings = ("done", "places", "pins", "runs_done", "runs_planned", "windows")
    around = [DAYS[0] - timedelta(days=1), *DAYS, DAYS[-1] + timedelta(days=1)]
    return {
        "in force": [(key, entry.event) for key, entry in held.in_force.items()],
        "under": [held.under(key) for key in (*held.in_force, "nothing")],
        "published": held.published,
        "publications": {number: entry.event for number, entry in held.publications.items()},
        "scenario": held.scenario,
        "versions": {number: entry.event for number, entry in held.versions.items()},
        "absence": [held.absence(day, today) for today in around for day in around],
        "no lift": [held.no_lift(day, today) for today in around for day in around],
        "covered": [held.covered(day) for day in around],
        "foreseen": [held.foreseen(session) for session in result.plan.sessions],
        "start": [held.start(session) for session in result.plan.sessions],
        "keeps": [held.keeps(session, today) for today in around for session in result.plan.sessions],
        **{name: getattr(held, name) for name in sequences},
        # In their order too: what is told of them follows it.
        **{name: list(getattr(held, name).items()) for name in mappings},
    }


def last_of_each_key(written: Sequence[Event]) -> list[Event]:
    """Events as if each had been right at once: the last of a key where its first one stood."""
    return list({event.key: event for event in written}.values())


def test_everything_that_a_state_offers_is_compared() -> None:
    told = set(offered(state([])))
    public = {name.replace("_", " ") for name in vars(State) if not name.startswith("_")}
    # Numbers, and what is asked by one.
    assert public - {name.replace("_", " ") for name in told} == {"taken back", "all of", "entry"}


@given(st.data())
@settings(max_examples=300)
def test_events_of_different_keys_may_be_written_in_any_order(data: st.DataObject) -> None:
    written = data.draw(st.lists(events, max_size=25, unique_by=lambda event: event.key))
    other = data.draw(st.permutations(written))
    assert offered(state(other)) == offered(state(written))


@given(many)
@settings(max_examples=300)
def test_a_corrected_event_is_as_if_it_had_been_right_at_once(written: list[Event]) -> None:
    assert offered(state(written)) == offered(state(last_of_each_key(written)))


@given(many.filter(bool), st.data())
@settings(max_examples=300)
def test_what_is_taken_back_and_then_holds_again_changes_nothing(
    written: list[Event], data: st.DataObject
) -> None:
    number = data.draw(st.integers(len(FIRST) + 1, len(FIRST) + len(written)))
    back = [*written, TakenBack(event=number)]
    again = [*back, TakenBack(event=number, taken_back=False)]
    without = [event for at, event in enumerate(written, len(FIRST) + 1) if at != number]
    assert state(back).taken_back == {number}
    assert offered(state(back)) == offered(state(without))
    assert state(again).taken_back == frozenset()
    assert offered(state(again)) == offered(state(written))


@given(many, many)
def test_what_comes_later_does_not_depend_on_how_a_state_came_about(
    written: list[Event], later: list[Event]
) -> None:
    assert offered(state([*written, *later])) == offered(state([*last_of_each_key(written), *later]))


def test_where_sources_differ_the_word_of_the_runner_holds() -> None:
    lift = LiftDone(session="w01-A", date=DAYS[1], start=1080, minutes=40)
    run = RunDone(run="2027-01-05#1", date=DAYS[1], start=390, minutes=50, type=RunType.EASY)
    other = [one.model_copy(update={"source": "watch", "minutes": 33}) for one in (lift, run)]
    beside = [one.model_copy(update={"session": None}) for one in (lift, other[0])]
    for written in ([lift, run, *other, *beside], [*reversed(beside), *other, run, lift]):
        held = state(written)
        assert held.done == {"w01-A": lift}
        assert held.runs_done == {"2027-01-05#1": run}
        assert held.beside == (beside[0],)


def test_a_run_beside_the_plan_that_two_sources_tell_of_is_one_run() -> None:
    run = RunDone(date=DAYS[1], start=390, minutes=50, type=RunType.EASY)
    told = run.model_copy(update={"source": "watch", "minutes": 51})
    later = told.model_copy(update={"start": 1080})
    assert state([run, told, later]).runs_beside == (run, later)
    assert state([later, told, run]).runs_beside == (run, later)


# --- the file ----------------------------------------------------------------------------------------------

happened = events.filter(lambda event: not isinstance(event, (Published, ScenarioChanged)))
marks = st.builds(TakenBack, event=st.integers(3, 20), taken_back=st.booleans())


def in_order(drawn: Sequence[Event]) -> list[Event]:
    """Events without marks of what cannot be taken back: of events to come, and of marks."""
    kept: list[Event] = []
    for event in drawn:
        about = event.event - len(FIRST) - 1 if isinstance(event, TakenBack) else -1
        if about < len(kept) and (about < 0 or not isinstance(kept[about], TakenBack)):
            kept.append(event)
    return kept


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("views")


@given(st.lists(happened | marks, max_size=25).map(in_order))
@example([])
@settings(max_examples=60)
def test_other_programs_see_in_the_file_what_the_library_sees(folder: Path, written: list[Event]) -> None:
    path = folder / "views.block"
    path.unlink(missing_ok=True)
    with block_file.creating(path, "views", "Europe/Berlin") as writer:
        for event in (*FIRST, *written):
            writer.append(event, MOMENT)
    with block_file.reading(path) as reader:
        held = State(reader.entries())
    assert [entry.event for entry in held.entries] == [*FIRST, *written]
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT key, number, kind, instant, local, body FROM in_force").fetchall()
        lifts = connection.execute(
            "SELECT number, session, date, minutes, rpe, note FROM lifts_done"
        ).fetchall()
        counts = connection.execute("SELECT lift, exercise, weight, reps, kind FROM sets_done").fetchall()
    assert sorted((*row[:5], json.loads(row[5])) for row in rows) == [
        (
            key,
            entry.number,
            entry.event.kind,
            entry.instant.isoformat(),
            entry.local.isoformat(),
            entry.event.to_dict(),
        )
        for key, entry in held.in_force.items()
    ]
    done = [
        (entry.number, entry.event)
        for entry in sorted(held.in_force.values(), key=lambda one: one.number)
        if isinstance(entry.event, LiftDone)
    ]
    assert sorted(lifts) == [
        (number, one.session, str(one.date), one.minutes, one.rpe, one.note or None) for number, one in done
    ]
    assert sorted(counts, key=str) == sorted(
        (
            (number, one.exercise, one.weight, one.reps, one.kind)
            for number, lift in done
            for one in lift.sets
        ),
        key=str,
    )


@settings(max_examples=200)
@given(events)
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
