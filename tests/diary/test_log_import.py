"""The log of another app in a block: matched, read again, in parts, taken back, and planned with."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import mesocycle as mc
from mesocycle.cli import cli
from mesocycle.diary.block import Block
from mesocycle.diary.logs.reading import new_events
from mesocycle.importing.logs.log import Log, LoggedDay, LoggedRun
from mesocycle.models.errors import BlockError
from mesocycle.models.happened import LiftDone, RunDone

# Four weeks: A on Tuesdays and B on Thursdays at 17:00, as the plan below has them.
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
        "records": {"back_squat": "100 kg"},
    },
}
HEAD = (
    *("title", "start_time", "end_time", "description", "exercise_title", "superset_id", "exercise_notes"),
    *("set_index", "set_type", "weight_kg", "reps", "distance_km", "duration_seconds", "rpe"),
)
NOW = datetime(2026, 9, 21, 7)  # Monday of week 3
Sets = tuple[str, float, int, str]  # exercise, kg, repetitions, RPE
Workout = tuple[str, list[Sets]]


@pytest.fixture
def block(tmp_path: Path) -> Block:
    path = tmp_path / "four.block"
    mc.start(SCENARIO, path, timezone="Europe/Berlin", now=datetime(2026, 9, 7, 6))
    return Block(path, now=NOW)


def hevy(tmp_path: Path, *workouts: Workout, name: str = "hevy.csv") -> Path:
    """An export with workouts of an hour; each set stands in a row of its own."""
    path = tmp_path / name
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(HEAD)
        for when, sets in workouts:
            began = datetime.fromisoformat(when)
            times = [f"{moment:%d %b %Y, %H:%M}" for moment in (began, began + timedelta(hours=1))]
            for at, (exercise, weight, reps, rpe) in enumerate(sets):
                rows.writerow(["Gym", *times, "", exercise, "", "", at, "normal", weight, reps, "", "", rpe])
    return path


def squats(weight: float, reps: int = 5, rpe: str = "8") -> list[Sets]:
    return [("Back squat", weight, reps, rpe)] * 3


DEADLIFTS: list[Sets] = [("Romanian deadlift", 80, 8, "")] * 3
# Week 1: A on Tuesday, B a day late. Week 2: A on Tuesday, and something else on Saturday.
FIRST: Workout = ("2026-09-08 17:05", squats(85))
SECOND: Workout = ("2026-09-11 18:00", DEADLIFTS)
THIRD: Workout = ("2026-09-15 17:00", squats(85, 6))
FOURTH: Workout = ("2026-09-19 10:00", [("Bench press", 60, 8, "9")] * 2)
ALL = (FIRST, SECOND, THIRD, FOURTH)


def held(block: Block) -> list[Any]:
    """What holds, whenever and together with what it was recorded."""
    entries = block.now().state.in_force.values()
    return sorted(str(one.event.model_copy(update={"batch": None}).to_dict()) for one in entries)


def statuses(block: Block) -> dict[str | None, tuple[str, date]]:
    return {one.id: (one.status, one.date) for one in block.now().lifts if one.date < NOW.date()}


def test_workouts_are_the_sessions_whose_exercises_they_hold(block: Block, tmp_path: Path) -> None:
    read = block.import_log(hevy(tmp_path, *ALL))
    assert (read.app, read.first, read.last) == ("Hevy", date(2026, 9, 8), date(2026, 9, 19))
    assert (read.workouts, read.sessions, read.beside) == (4, ("w01-A", "w01-B", "w02-A"), 1)
    # B of week 2 is not in the log, which tells of its Thursday.
    assert read.skipped == ("w02-B",)
    assert statuses(block) == {
        "w01-A": ("done", date(2026, 9, 8)),
        "w01-B": ("done", date(2026, 9, 11)),
        "w02-A": ("done", date(2026, 9, 15)),
        "w02-B": ("skipped", date(2026, 9, 17)),
        None: ("done", date(2026, 9, 19)),
    }
    squat = block.now().state.done["w01-A"]
    assert (squat.start, squat.minutes, squat.only) == (17 * 60 + 5, 60, True)
    # RPE 8 leaves two in reserve.
    assert [(one.weight, one.unit, one.reps, one.rir) for one in squat.sets] == [(85, "kg", 5, 2)] * 3


def test_a_plan_made_after_it_has_the_loads_that_the_log_shows(block: Block, tmp_path: Path) -> None:
    block.import_log(hevy(tmp_path, *ALL))
    reason = block.why_load("back_squat")
    # 85 x (1 + 7/30) = 104.8 and 85 x (1 + 8/30) = 107.7. With the record of 100 kg the median is 100 after
    # the first, the lower one of two, and 104.8 after the second.
    assert [one.max for one in reason.exposures] == [100, 104.8]
    assert reason.max == 104.8
    block.replan()
    card = block.now().lift("w03-A")
    assert card is not None
    assert card.card is not None
    week_max = card.card.exercises[0].week_max
    assert week_max is not None
    assert 104.8 <= week_max <= 107.7


def test_the_same_log_again_adds_nothing(block: Block, tmp_path: Path) -> None:
    export = hevy(tmp_path, *ALL)
    assert block.import_log(export).recorded
    before = held(block)
    again = block.import_log(export)
    assert (again.new, again.changed, again.recorded) == (0, 0, ())
    assert held(block) == before


@pytest.mark.parametrize("parts", [(ALL[:2], ALL[2:]), (ALL[2:], ALL[:2]), (ALL[1:3], ALL), (ALL[::-1],)])
def test_in_parts_and_in_another_order_it_gives_the_same(
    block: Block, tmp_path: Path, parts: Iterable[tuple[Any, ...]]
) -> None:
    for number, part in enumerate(parts):
        block.import_log(hevy(tmp_path, *part, name=f"{number}.csv"))
    other = tmp_path / "other.block"
    mc.start(SCENARIO, other, timezone="Europe/Berlin", now=datetime(2026, 9, 7, 6))
    whole = Block(other, now=NOW)
    whole.import_log(hevy(tmp_path, *ALL))
    assert held(block) == held(whole)


def test_what_fits_better_later_takes_a_session_from_what_fitted_before(block: Block, tmp_path: Path) -> None:
    early: Workout = (
        "2026-09-07 18:00",
        [("Back squat", 60, 5, ""), ("Bench press", 50, 8, ""), ("Dips", 0, 8, "")],
    )
    block.import_log(hevy(tmp_path, early))
    assert statuses(block)["w01-A"] == ("done", date(2026, 9, 7))
    read = block.import_log(hevy(tmp_path, early, FIRST))
    assert (read.new, read.changed) == (2, 0)  # A is another one now, and what was A is beside the plan
    assert statuses(block)["w01-A"] == ("done", date(2026, 9, 8))
    assert statuses(block)[None] == ("done", date(2026, 9, 7))
    # One undo takes that import back, and nothing of the one before.
    block.undo()
    assert statuses(block)["w01-A"] == ("done", date(2026, 9, 7))
    assert None not in statuses(block)


def test_one_undo_takes_an_import_back_and_redo_brings_it_again(block: Block, tmp_path: Path) -> None:
    before = held(block)
    block.import_log(hevy(tmp_path, *ALL))
    after = held(block)
    block.undo()
    assert held(block) == before
    assert statuses(block)["w02-B"][0] == "assumed"
    block.redo()
    assert held(block) == after


def test_what_the_runner_took_back_by_itself_does_not_come_again(block: Block, tmp_path: Path) -> None:
    export = hevy(tmp_path, *ALL)
    block.import_log(export)
    number = next(one.event for one in block.now().lifts if one.id is None)
    block.undo(number)
    assert block.import_log(export).new == 0
    assert None not in statuses(block)


def test_the_runners_own_word_holds_with_the_sets_of_the_log(block: Block, tmp_path: Path) -> None:
    block.done("w01-A", at="17:30", rpe=7, note="fine")
    block.import_log(hevy(tmp_path, *ALL))
    done = block.now().lift("w01-A")
    assert done is not None
    assert (done.start, done.rpe, done.note, done.sets) == (17 * 60 + 30, 7, "fine", 3)
    assert block.now().state.done["w01-A"].sets[0].weight == 85
    # What he says of the sets too is all that holds.
    block.done("w01-A", sets=["back_squat 90x5"], only=True)
    assert [one.weight for one in block.now().state.done["w01-A"].sets] == [90]


def test_names_that_are_not_known_are_told_once_and_kept_when_told(block: Block, tmp_path: Path) -> None:
    export = hevy(tmp_path, ("2026-09-08 17:00", [("Kniebeuge", 85, 5, "8")] * 3))
    read = block.import_log(export, accept=lambda found: False)
    assert (read.unknown, read.recorded) == ({"Kniebeuge": 3}, ())
    # Of that day, and of exercises that may be any: it is taken for A, as planned.
    assert read.sessions == ("w01-A",)
    with pytest.raises(BlockError, match='there is no exercise "nothing"'):
        block.import_log(export, names={"Kniebeuge": "nothing"})
    block.import_log(export, names={"Kniebeuge": "Back squat"})
    assert [one.exercise for one in block.now().state.done["w01-A"].sets] == ["back_squat"] * 3
    # The next export needs not be told again.
    newer = hevy(tmp_path, ("2026-09-08 17:00", [("Kniebeuge", 85, 5, "8")] * 3), THIRD)
    assert block.import_log(newer).unknown == {}


def test_lifts_of_the_weeks_before_a_block_tell_of_its_first_loads(tmp_path: Path) -> None:
    mc.start(SCENARIO, tmp_path / "four.block", timezone="Europe/Berlin", now=datetime(2026, 9, 1, 6))
    fresh = Block(tmp_path / "four.block", now=datetime(2026, 9, 5, 9))
    long_ago = ("2026-07-07 18:00", squats(60))
    lately = [("2026-08-25 18:00", squats(96, 8)), ("2026-09-01 18:00", squats(96, 8))]
    read = fresh.import_log(hevy(tmp_path, long_ago, *lately))
    assert (read.workouts, read.beside, read.earlier) == (2, 2, 1)
    # 96 x (1 + 10/30), twice: once alone it would be an outlier beside the record of 100 kg.
    assert fresh.why_load("back_squat").max == 128
    fresh.replan()
    first = fresh.now().lift("w01-A")
    assert first is not None
    assert first.card is not None
    assert first.card.exercises[0].week_max == 128


def run(
    moment: str, metres: int | None, minutes: int | None = None, title: str = "", kind: str = "Run"
) -> LoggedRun:
    began = datetime.fromisoformat(moment)
    start = began.hour * 60 + began.minute
    return LoggedRun(moment, began.date(), start, minutes, metres, kind, kind == "Run", title)


def imported(block: Block, *runs: LoggedRun) -> Any:
    """What runs of Strava come to, without their file."""
    found = new_events(block.now(), Log("Strava", runs=runs), {})
    return found, [event for event in found.events if isinstance(event, RunDone)]


def test_runs_are_the_planned_ones_of_their_day(block: Block) -> None:
    found, events = imported(
        block,
        run("2026-09-08 06:40", 11_300, 62, "Morning Run"),
        run("2026-09-09 18:00", 6_000, 35, "Easy shakeout"),
        run("2026-09-14 09:00", 17_500, 108),  # Sunday's long run, on Monday
        run("2026-09-15 12:00", 20_000, 60, kind="Ride"),
    )
    assert [(one.run, one.date.day, one.type) for one in events] == [
        ("2026-09-08#1", 8, "intervals"),
        (None, 9, "recovery"),
        ("2026-09-13#1", 14, "long"),
    ]
    assert found.summary.rides == 1
    # Between its days the log has none of these; a run without a word still counts as run.
    assert found.summary.missed == ("2026-09-10#1",)


def test_a_run_at_the_time_of_another_one_is_left_out(block: Block) -> None:
    found, events = imported(block, run("2026-09-08 06:30", 11_000, 60), run("2026-09-08 06:35", 3_000, 20))
    assert ([one.run for one in events], found.summary.at_once) == (["2026-09-08#1"], 1)


def test_days_that_were_felt_are_recorded_where_nothing_was_told(block: Block) -> None:
    Block(block.path, now=datetime(2026, 9, 9, 8)).wellness(fatigue=2)
    days = (LoggedDay(date(2026, 9, 9), 3, 8, 400), LoggedDay(date(2026, 9, 10), 4, None, 450))
    events = new_events(block.now(), Log("intervals.icu", wellness=days), {}).events
    told = [event.to_dict() for event in events]
    assert told == [
        {"kind": "soreness", "date": "2026-09-09", "site": "whole body", "level": 3},
        {"kind": "soreness", "date": "2026-09-10", "site": "whole body", "level": 4},
        {"kind": "wellness", "date": "2026-09-10", "sleep_hours": 7.5},
    ]


def test_a_watch_that_tells_no_sets_says_nothing_of_lifts_that_it_lacks(block: Block) -> None:
    from mesocycle.importing.logs.log import LoggedWorkout

    watch = Log("Garmin", workouts=(LoggedWorkout("1", date(2026, 9, 8), 1020, 50, "Strength"),))
    found = new_events(block.now(), watch, {})
    (event,) = found.events
    assert isinstance(event, LiftDone)
    assert (event.session, event.sets, event.only) == ("w01-A", (), False)
    assert found.summary.skipped == ()


# --- the command --------------------------------------------------------------------------------------------

Call = Callable[..., Any]


@pytest.fixture
def call(block: Block, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    monkeypatch.chdir(tmp_path)

    def invoke(*words: str, code: int = 0) -> Any:
        moment = ("--now", NOW.isoformat())
        done = CliRunner().invoke(cli, [*words, *moment], env={"COLUMNS": "80", "MESOCYCLE_BLOCK": ""})
        assert done.exit_code == code, done.output
        return done

    return invoke


def test_the_command_tells_first_and_records_with_yes(call: Call, tmp_path: Path) -> None:
    hevy(tmp_path, *ALL, ("2026-09-20 10:00", [("Kniebeuge", 85, 5, "8")]))
    told = call("log", "import", "hevy.csv").stdout
    assert told == (
        "Four weeks\n"
        "Hevy, Tue 8 Sep to Sun 20 Sep 2026: 5 workouts.\n"
        "Lifts: 3 planned sessions done, 2 beside the plan.\n"
        "Not in it, so they count as skipped: w02-B.\n"
        "\n"
        "No exercise is known by these names, so their sets are left out:\n"
        "  Kniebeuge: 1 set\n"
        '  tell what is meant: --map "Kniebeuge=EXERCISE"\n'
        "\n"
        "5 events new. Nothing was recorded yet: --yes records it.\n"
    )
    done = call("log", "import", "hevy.csv", "--map", "Kniebeuge=back squat", "--yes").stdout
    assert done.endswith(
        "Recorded (3 to 8): `mesocycle undo` takes all of it back.\n"
        "`mesocycle replan` plans the rest with it.\n"
    )
    assert call("log", "import", "hevy.csv", "--yes").stdout.endswith("All of it is recorded already.\n")
    history = " ".join(call("history").stdout.split())
    assert "the log of Hevy was read: lifts from Tue 8 Sep 2026 to Sun 20 Sep 2026" in history
    data = json.loads(call("log", "import", "hevy.csv", "--format", "json").stdout)
    assert (data["app"], data["new"], data["sessions"]) == ("Hevy", 0, ["w01-A", "w01-B", "w02-A"])


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("nowhere.csv",), "there is no such file"),
        (("hevy.csv", "--map", "Kniebeuge"), "write it like"),
        (("hevy.csv", "--map", "Kniebeuge=nothing"), 'there is no exercise "nothing"'),
        (("hevy.csv", "--units", "stone"), "the units are unknown"),
        (("hevy.csv", "--dry-run", "--yes"), "exclude each other"),
        (("four.block",), "nothing was recorded"),
    ],
)
def test_what_cannot_be_read_is_refused(
    call: Call, tmp_path: Path, words: tuple[str, ...], text: str
) -> None:
    hevy(tmp_path, *ALL)
    assert text in call("log", "import", *words, code=2).stderr
    assert "log of Hevy" not in call("history").stdout
