"""What words mean, and what is refused: Wednesday 16 September, noon, in week 2 of four."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from mesocycle.diary.days import day_of as day_named
from mesocycle.diary.days import names_a_day, stretch_of
from mesocycle.diary.sets import SetReader
from mesocycle.files.library import exercises
from mesocycle.living import Block, start
from mesocycle.models.errors import BlockError
from mesocycle.models.happened import LoggedSet
from mesocycle.models.living import Noted

TODAY = date(2026, 9, 16)
DAY_FORM = "a day is written like today, tue or 2026-09-15"
TO_COME = "a lift that was done early is recorded by its day: `mesocycle done DATE --as SESSION`"
NO_LIFT_TODAY = (
    "the next is w02-B on Thu 17 Sep; a lift on another day is named by its session or its day, one "
    "beside the plan with --as none"
)
ONE_OF_WHY = "Input should be 'sick', 'time', 'travel' or 'sore'"
# Two lifts a week, planned for Tuesdays and Thursdays at 17:00, and three runs.
SCENARIO: dict[str, Any] = {
    "name": "Four weeks",
    "start": "2026-09-07",
    "weeks": 4,
    "athlete": {"availability": {"weekdays": ["17:00-19:00"], "weekend": ["12:00-14:00"]}},
    "runs": {
        "week": {
            "tue": {"type": "intervals", "start": "06:30", "minutes": 60},
            "thu": {"type": "tempo", "start": "06:30", "distance": "10 km", "minutes": 50},
            "sun": [
                {"type": "easy", "start": "07:00", "minutes": 20},
                {"type": "long", "start": "08:00", "minutes": 110},
            ],
        }
    },
    "strength": {"sessions_per_week": 2, "program": "runner_two_day"},
}
Call = Callable[[Block], object]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("four") / "four.block"
    start(SCENARIO, path, timezone="Europe/Berlin", now=datetime(2026, 9, 7, 6))
    return path.read_bytes()


@pytest.fixture
def block(tmp_path: Path, original: bytes) -> Block:
    path = tmp_path / "four.block"
    path.write_bytes(original)
    return Block(path, now=datetime(2026, 9, 16, 12))


def later(block: Block, month: int, day: int, hour: int = 12) -> Block:
    return Block(block.path, now=datetime(2026, month, day, hour))


def said(noted: object) -> str:
    """What was recorded, in one sentence."""
    assert isinstance(noted, Noted)
    (line,) = noted.events
    return line.text


# --- days --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "past", "future"),
    [
        ("today", "2026-09-16", "2026-09-16"),
        (" Today ", "2026-09-16", "2026-09-16"),
        ("yesterday", "2026-09-15", "2026-09-15"),
        ("tomorrow", "2026-09-17", "2026-09-17"),
        ("wed", "2026-09-16", "2026-09-16"),  # today's weekday is today
        ("thu", "2026-09-10", "2026-09-17"),
        ("Tuesday", "2026-09-15", "2026-09-22"),
        ("SUN", "2026-09-13", "2026-09-20"),
        ("2026-09-01", "2026-09-01", "2026-09-01"),
        ("1 Oct 2026", "2026-10-01", "2026-10-01"),
    ],
)
def test_a_day_is_a_word_a_weekday_or_a_date(word: str, past: str, future: str) -> None:
    assert (str(day_named(word, TODAY, "past")), str(day_named(word, TODAY, "future"))) == (past, future)
    assert names_a_day(word, TODAY)


@pytest.mark.parametrize("word", ["", "someday", "to day", "A", "now", "\ud800"])
def test_other_words_are_no_day(word: str) -> None:
    with pytest.raises(ValueError, match="is no day: a day is written like today, tue or 2026-09-15"):
        day_named(word, TODAY, "past")
    assert not names_a_day(word, TODAY)


@pytest.mark.parametrize("word", ["2026-02-30", "2026-13-01", "16", "w02-A", "99999-01-01"])
def test_what_looks_like_a_date_and_is_none_is_told(word: str) -> None:
    with pytest.raises(ValueError, match=f'^"{word}": '):
        day_named(word, TODAY, "past")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("today", "2026-09-16", "2026-09-16"),
        ("mon..", "2026-09-21", None),
        ("today..tomorrow", "2026-09-16", "2026-09-17"),
        ("fri..mon", "2026-09-18", "2026-09-21"),  # the first Monday from then on
        ("fri..fri", "2026-09-18", "2026-09-18"),
        ("2026-10-01..sun", "2026-10-01", "2026-10-04"),
        ("yesterday..today", "2026-09-15", "2026-09-16"),
        ("2026-09-30 .. 2026-10-02", "2026-09-30", "2026-10-02"),
    ],
)
def test_days_are_a_day_or_a_stretch_of_them(text: str, first: str, last: str | None) -> None:
    read = stretch_of(text, TODAY, "future")
    assert (str(read[0]), read[1] and str(read[1])) == (first, last)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("tomorrow..today", "tomorrow..today ends before it starts"),
        ("2026-09-18..2026-09-17", "2026-09-18..2026-09-17 ends before it starts"),
        ("..today", f'"" is no day: {DAY_FORM}'),
        ("today..later", f'"later" is no day: {DAY_FORM}'),
    ],
)
def test_other_stretches_are_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        stretch_of(text, TODAY, "future")


# --- sets --------------------------------------------------------------------------------------------------


def squat(reps: int, **facts: Any) -> LoggedSet:
    return LoggedSet(exercise="back_squat", reps=reps, **facts)


@pytest.mark.parametrize(
    ("text", "one", "count"),
    [
        ("back_squat 80x5x3 rir 2", squat(5, weight=80, unit="kg", rir=2), 3),
        ("squat 80x5", squat(5, weight=80, unit="kg"), 1),
        ("Back squat 82.5 x 5 x 2", squat(5, weight=82.5, unit="kg"), 2),
        ("squat 80kg×5×3", squat(5, weight=80, unit="kg"), 3),
        ("squat 180 lbs x 5", squat(5, weight=180, unit="lb"), 1),
        ("squat 60x5 warm-up", squat(5, weight=60, unit="kg", kind="warm_up"), 1),
        ("squat 60x5 WARMUP", squat(5, weight=60, unit="kg", kind="warm_up"), 1),
        ("squat 90x1 rir 0 test", squat(1, weight=90, unit="kg", rir=0, kind="test"), 1),
        ("squat 60x8 drop", squat(8, weight=60, unit="kg", kind="drop"), 1),
        ("squat 80x5 work", squat(5, weight=80, unit="kg"), 1),
        ("squat 80x0", squat(0, weight=80, unit="kg"), 1),  # it did not go up
        ("squat x12x3", squat(12), 3),
        # Nothing is loaded there, so the first number is that of repetitions.
        ("push_up 12x3", LoggedSet(exercise="push_up", reps=12), 3),
        ("push_up x12", LoggedSet(exercise="push_up", reps=12), 1),
        ("push_up 5kg x 12", LoggedSet(exercise="push_up", weight=5, unit="kg", reps=12), 1),
    ],
)
def test_sets_are_weight_repetitions_and_sets(text: str, one: LoggedSet, count: int) -> None:
    assert SetReader(exercises(), "kg").sets(text) == (one,) * count


def test_a_weight_without_a_unit_has_that_of_the_scenario() -> None:
    (one,) = SetReader(exercises(), "lb").sets("squat 185x5")
    assert (one.weight, one.unit) == (185, "lb")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", '"": sets are written like'),
        ("80x5", '"80x5": sets are written like "back_squat 80x5x3 rir 2": weight x repetitions x sets'),
        ("squat 80", '"squat 80": sets are written like'),
        ("squat 80x5 easy", '"squat 80x5 easy": sets are written like'),
        ("squat 80x5x3x2", "sets are written like"),
        ("squat -80x5", "sets are written like"),
        ("squat 80x5x0", '"squat 80x5x0": from 1 to 20 sets at once'),
        ("squat 80x5x21", '"squat 80x5x21": from 1 to 20 sets at once'),
        ("squat 1001x5", '"squat 1001x5": weight: input should be less than or equal to 1000'),
        ("squat 80x1001", '"squat 80x1001": reps: input should be less than or equal to 1000'),
        ("squat 80x5 rir 11", '"squat 80x5 rir 11": rir: input should be less than or equal to 10'),
        ("sqat 80x5", 'there is no exercise "sqat"; did you mean back_squat?'),
        ("nothing 80x5", 'there is no exercise "nothing"; `mesocycle exercises` lists them all'),
    ],
)
def test_other_sets_are_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        SetReader(exercises(), "kg").sets(text)


# --- what is recorded --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "text"),
    [
        # Lifts by id, by name, which means that of this week, and by day.
        (lambda b: b.done("w01-B"), "w01-B done Thu 10 Sep 17:00, 43 min, as planned"),
        (lambda b: b.done("W01-b"), "w01-B done Thu 10 Sep 17:00, 43 min, as planned"),
        (lambda b: b.done("a"), "w02-A done Tue 15 Sep 17:00, 44 min, as planned"),
        (lambda b: b.done("thu"), "w01-B done Thu 10 Sep 17:00, 43 min, as planned"),
        (lambda b: b.done("yesterday"), "w02-A done Tue 15 Sep 17:00, 44 min, as planned"),
        (lambda b: b.done("2026-09-08"), "w01-A done Tue 8 Sep 17:00, 45 min, as planned"),
        (
            lambda b: b.done("A", at="18:10", minutes=50, rpe=7, note="fine"),
            'w02-A done Tue 15 Sep 18:10, 50 min, as planned, RPE 7 ("fine")',
        ),
        (
            lambda b: b.done("A", sets=["squat 80x5x3 rir 2"]),
            "w02-A done Tue 15 Sep 17:00, 44 min: back squat 3 x 5 at 80 kg, 2 in reserve; the rest as "
            "planned",
        ),
        (lambda b: b.done("A", only=True), "w02-A done Tue 15 Sep 17:00, 44 min: nothing of it"),
        (lambda b: b.done(stands_for="none"), "a lift beside the plan done Wed 16 Sep 11:15, 45 min"),
        (lambda b: b.done(stands_for="b"), "w02-B done Wed 16 Sep 11:15, 41 min, as planned"),
        (lambda b: b.done("mon", stands_for="w01-B"), "w01-B done Mon 14 Sep 17:00, 43 min, as planned"),
        (lambda b: b.skip("B", why="time"), "w02-B skipped, no time"),
        (lambda b: b.skip("thu"), "w02-B skipped"),  # what is not done is to come
        (lambda b: b.move("B", "fri", "18:00"), "w02-B moved to Fri 18 Sep 18:00"),
        (lambda b: b.move("w03-B", "wed"), "w03-B moved to Wed 23 Sep 17:00"),  # of its own week
        (lambda b: b.move("w02-B", "mon"), "w02-B moved to Mon 21 Sep 17:00"),  # that one has passed
        (lambda b: b.pin("w03-A", "fri", "17:30"), "w03-A stays on Fri 25 Sep 17:30"),
        (lambda b: b.pin("w03-A", "fri"), "w03-A stays on Fri 25 Sep"),
        (lambda b: b.record("squat", "120"), "record: back squat 120 kg once on Wed 16 Sep"),
        (
            lambda b: b.record("squat", "85 kg x 5 rir 2", on="mon"),
            "record: back squat 85 kg x 5, 2 in reserve on Mon 14 Sep",
        ),
        # Runs.
        (lambda b: b.run_done("tue"), "run done: Tue 15 Sep 06:30, intervals, 60 min"),
        (lambda b: b.run_done("2026-09-13#2"), "run done: Sun 13 Sep 08:00, long, 110 min"),
        (
            lambda b: b.run_done("tue", minutes="65", rpe=4),
            "run done: Tue 15 Sep 06:30, intervals, 65 min, RPE 4",
        ),
        # As fast as planned, where only the distance is told.
        (lambda b: b.run_done("thu", distance="8 km"), "run done: Thu 10 Sep 06:30, tempo, 8 km, 40 min"),
        (
            lambda b: b.run_done("today", at="07:00", minutes="30"),
            "run done beside the plan: Wed 16 Sep 07:00, easy, 30 min",
        ),
        (
            lambda b: b.run_changed("thu", to="fri", type="easy"),
            "run of Thu 17 Sep changed: Fri 18 Sep 06:30, easy, 10 km, 50 min",
        ),
        (
            lambda b: b.run_changed("fri", at="07:00", minutes="40", distance="8 km"),
            "one more run: Fri 18 Sep 07:00, easy, 8 km, 40 min",
        ),
        (lambda b: b.run_dropped("thu", why="sick"), "run of Thu 17 Sep dropped, sick"),
        # Days.
        (lambda b: b.sick("today"), "sick on Wed 16 Sep"),
        (lambda b: b.sick("mon.."), "sick from Mon 14 Sep on"),  # illness is told of afterwards
        (lambda b: b.sick("mon..fri", runs="drop"), "sick Mon 14 Sep to Fri 18 Sep, runs are dropped"),
        (lambda b: b.away("mon..wed"), "away Mon 21 Sep to Wed 23 Sep"),  # absence beforehand
        (
            lambda b: b.available("fri", "17:00-19:00", "06:00-07:00"),
            "Fri 18 Sep: 06:00-07:00, 17:00-19:00",
        ),
        (lambda b: b.available("fri"), "Fri 18 Sep: no time for a lift"),
    ],
)
def test_words_become_events(block: Block, call: Call, text: str) -> None:
    assert said(call(block)) == text
    assert block.history().events[-1].text == text


def test_what_holds_already_is_not_written_again(block: Block) -> None:
    assert not block.done("A").already
    assert block.done("tue").already
    assert len(block.history().events) == 3
    assert not block.done("A", rpe=6).already
    assert [line.in_force for line in block.history().events] == [True, True, False, True]


def test_a_lift_that_was_done_elsewhere_stays_there_when_it_is_corrected(block: Block) -> None:
    block.done("mon", stands_for="A", at="18:00")
    assert said(block.done("mon", stands_for="A", at="18:00", rpe=8)).startswith(
        "w02-A done Mon 14 Sep 18:00"
    )


def test_what_was_told_of_a_lift_stays_where_it_is_not_told_anew(block: Block) -> None:
    block.done("mon", stands_for="A", at="18:00", minutes=50, sets=["squat 80x5"], rpe=7, note="fine")
    assert said(block.done("w02-A", rpe=8)) == (
        'w02-A done Mon 14 Sep 18:00, 50 min: back squat 1 x 5 at 80 kg; the rest as planned, RPE 8 ("fine")'
    )
    assert said(block.done("w02-A", sets=["squat 85x3"], at="18:10")).startswith(
        "w02-A done Mon 14 Sep 18:10, 50 min: back squat 1 x 3 at 85 kg; the rest as planned, RPE 8"
    )


def test_what_was_told_of_a_run_stays_where_it_is_not_told_anew(block: Block) -> None:
    assert "RPE 6" in said(block.run_done("tue", rpe=6))
    assert "RPE 6" in said(block.run_done("tue", minutes="55"))


def test_two_runs_at_once_are_refused_with_what_may_be_done(block: Block) -> None:
    # With both nothing could be planned any more.
    with pytest.raises(BlockError, match="Thu 17 Sep has another run at that time: tempo, 06:30-07:20"):
        block.run_changed("sun#2", to="2026-09-17", at="07:00")
    block.run_dropped("2026-09-17")
    block.run_changed("sun#2", to="2026-09-17", at="07:00")


def test_a_run_that_was_added_and_is_done_is_one_run(block: Block) -> None:
    block.run_changed("2026-09-16", at="10:00", minutes="40")
    block.run_done("2026-09-16", at="10:00", minutes="42")
    assert [(one.status, one.run.minutes) for one in block.today().runs] == [("done", 42)]


def test_hours_of_a_day_away_are_recorded_and_open_nothing(block: Block) -> None:
    block.away("2026-09-18..2026-09-19")
    remarks = block.available("2026-09-18", "09:00-11:00").remarks
    assert "you are away then, as event 3 says: no lift all the same" in remarks


def test_hours_open_a_day_that_the_scenario_blocks(tmp_path: Path) -> None:
    athlete = {"availability": {"weekdays": ["17:00-19:00"]}, "blocked": ["2026-09-16..2026-09-20"]}
    path = tmp_path / "blocked.block"
    start(SCENARIO | {"athlete": athlete}, path, timezone="Europe/Berlin", now=datetime(2026, 9, 7, 6))
    block = Block(path, now=datetime(2026, 9, 14, 6))
    assert [one.date.day for one in block.now().lifts if one.week == 2] == [14, 15]
    block.available("2026-09-17", "17:00-19:00")
    assert block.replan().published == 2
    assert 17 in [one.date.day for one in block.now().lifts if one.week == 2]


def test_a_session_that_has_to_leave_its_day_is_told_beside_the_moves(block: Block) -> None:
    block.available("2026-09-17")
    found = block.replan(accept=lambda found: False)
    assert found.forced == ("w02-B",)
    assert all("w02-B" not in one.moved for one in found.frontier)


def test_an_event_that_is_taken_back_and_holds_again_is_told(block: Block) -> None:
    block.sore("knee", 3)
    assert [line.text for line in block.undo().events] == [
        "knee sore on Wed 16 Sep: 3 of 10",
        "event 3 taken back",
    ]
    assert block.now().state.soreness == ()
    assert block.redo().events[-1].text == "event 3 holds again"
    assert [one.level for one in block.now().state.soreness] == [3]


# --- what is refused ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "message", "remedy"),
    [
        (lambda b: b.done(), "there is no lift today", NO_LIFT_TODAY),
        (lambda b: b.skip(), "there is no lift today", NO_LIFT_TODAY),
        (lambda b: b.done("mon"), "there is no lift on Mon 14 Sep", NO_LIFT_TODAY),
        (lambda b: b.done("B"), "Thu 17 Sep is still to come", TO_COME),
        (lambda b: b.done("tomorrow", stands_for="A"), "Thu 17 Sep is still to come", TO_COME),
        (
            lambda b: b.done("C"),
            'there is no session "C"',
            f"did you mean w01-A? a session is named by its id or its name; {DAY_FORM}",
        ),
        (
            lambda b: b.done("w09-A"),
            'there is no session "w09-A"',
            f"did you mean w04-A or w03-A? a session is named by its id or its name; {DAY_FORM}",
        ),
        (
            lambda b: b.done("tue", stands_for="Z"),
            'there is no session "Z"',
            f"did you mean w01-A? a session is named by its id or its name; {DAY_FORM}",
        ),
        (lambda b: b.done("A", at="25:00"), '"25:00": a time of day lies between 00:00 and 24:00', ""),
        (lambda b: b.done("A", minutes=0), "minutes: 0: Input should be greater than or equal to 1", ""),
        (lambda b: b.done("A", rpe=11), "rpe: 11: Input should be less than or equal to 10", ""),
        (lambda b: b.done("A", rpe=float("nan")), "rpe: NaN: Input should be less than or equal to 10", ""),
        (
            lambda b: b.done("A", note="\ud800"),
            'note: "\\ud800": Input should be a valid string, unable to parse raw data as a unicode string',
            "",
        ),
        (
            lambda b: b.done("A", sets=["squat 80x5x21"]),
            '"squat 80x5x21": from 1 to 20 sets at once',
            "",
        ),
        (lambda b: b.skip("B", why="lazy"), f'why: "lazy": {ONE_OF_WHY}', ""),
        (
            lambda b: b.move("B", "yesterday"),
            "Tue 15 Sep 17:00 has passed",
            "a lift that was done is recorded: `mesocycle done 2026-09-15 --as w02-B`",
        ),
        (lambda b: b.move("B", "2026-10-05"), "Mon 5 Oct is after the block, which ends on Sun 4 Oct", ""),
        (lambda b: b.move("B", "someday"), f'"someday" is no day: {DAY_FORM}', ""),
        (lambda b: b.pin("w03-A", "yesterday"), "Tue 15 Sep has passed", ""),
        (lambda b: b.pin("w02-B", "today", "11:00"), "Wed 16 Sep 11:00 has passed", ""),
        (lambda b: b.pin("w04-A", "2026-10-05"), "Mon 5 Oct is after the block, which ends on Sun 4 Oct", ""),
        (
            lambda b: b.pin("w03-A", "fri", "noon"),
            '"noon": a time of day is written like "06:30" or "6:30 pm"',
            "",
        ),
        (lambda b: b.unpin("w03-A"), "w03-A has no pin", "there are none"),
        (
            lambda b: b.record("squat", "heavy"),
            '"heavy": expected a 1RM such as 120 or "220 lb", or a set such as "80 x 8"',
            "",
        ),
        (lambda b: b.record("squat", "120", on="tomorrow"), "Thu 17 Sep is still to come", ""),
        (lambda b: b.record("sqat", "120"), 'there is no exercise "sqat"; did you mean back_squat?', ""),
        (
            lambda b: b.run_done("today"),
            "there is no planned run on Wed 16 Sep",
            "one more needs --at and --minutes",
        ),
        (lambda b: b.run_done("2026-09-15#2"), "there is no planned run on Tue 15 Sep", ""),
        (lambda b: b.run_done("tomorrow"), "Thu 17 Sep is still to come", ""),
        (
            lambda b: b.run_done("sun"),
            "Sun 13 Sep has more than one run",
            "name it: 2026-09-13#1 (07:00 easy), 2026-09-13#2 (08:00 long)",
        ),
        (
            lambda b: b.run_done("tue", type="jog"),
            'there is no type of run "jog"',
            "one of recovery, easy, moderate, long, tempo, threshold, intervals, hills, progression, race, "
            "cross",
        ),
        (
            lambda b: b.run_done("tue", minutes="fast"),
            '"fast": a duration is written like 65, "65 min" or "1:05 h"',
            "",
        ),
        (
            lambda b: b.run_changed("thu"),
            "what is to change?",
            "name --at, --minutes, --distance, --type or --to",
        ),
        (
            lambda b: b.run_changed("thu", distance="0 km"),
            '"0 km": a distance lies between 1 m and 500 km',
            "",
        ),
        (lambda b: b.run_dropped("fri"), "there is no planned run on Fri 18 Sep", ""),
        (lambda b: b.run_dropped("thu", why="lazy"), f'why: "lazy": {ONE_OF_WHY}', ""),
        (
            lambda b: b.sick("2026-09-18..2026-09-16"),
            "2026-09-18..2026-09-16 ends before it starts",
            "",
        ),
        (lambda b: b.away("gone"), f'"gone" is no day: {DAY_FORM}', ""),
        (lambda b: b.sick("today", runs="walk"), "runs: \"walk\": Input should be 'keep' or 'drop'", ""),
        (
            lambda b: b.available("fri", "19:00-17:00"),
            '"19:00-17:00": a window ends after it starts; across midnight, write one window a day: '
            '"22:00-24:00", and "00:00-06:00" the day after',
            "",
        ),
        (lambda b: b.sore("knee", 11), "level: 11: Input should be less than or equal to 10", ""),
        (lambda b: b.wellness(), "what is to be recorded?", "name --sleep, --fatigue, or both"),
        (lambda b: b.undo(), "nothing was recorded yet that could be taken back", ""),
        (lambda b: b.undo(1), "event 1 began the block: it cannot be taken back", ""),
        (lambda b: b.undo(2), "event 2 began the block: it cannot be taken back", ""),
        (lambda b: b.undo(9), "there is no event 9", "`mesocycle history` lists them"),
        (lambda b: b.redo(), "nothing is taken back", ""),
        (lambda b: b.redo(2), "event 2 was not taken back", "`mesocycle history` lists them"),
        (lambda b: b.redo(9), "there is no event 9", "`mesocycle history` lists them"),
        (lambda b: b.week(5), "there is no week 5", "the block has 4"),
        (
            lambda b: b.set_scenario(b.scenario_text().replace('"weeks": 4', '"weeks": 5')),
            "the block begins on 2026-09-07 and has 4 weeks",
            "both stay as they are; another block begins with `mesocycle start`",
        ),
    ],
)
def test_a_refusal_says_what_is_wrong_and_what_would_be_right(
    block: Block, original: bytes, call: Call, message: str, remedy: str
) -> None:
    with pytest.raises(BlockError) as caught:
        call(block)
    assert (caught.value.message, caught.value.remedy) == (message, remedy)
    assert block.path.read_bytes() == original


@pytest.mark.parametrize(
    ("before", "call", "message", "remedy"),
    [
        (
            lambda b: b.done("A"),
            lambda b: b.skip("w02-A"),
            "w02-A was done on Tue 15 Sep",
            "`mesocycle undo 3` takes that back",
        ),
        (
            lambda b: b.done("A"),
            lambda b: b.move("w02-A", "fri"),
            "w02-A was done on Tue 15 Sep",
            "`mesocycle undo 3` takes that back",
        ),
        (
            lambda b: b.done("A"),
            lambda b: b.pin("w02-A", "fri"),
            "w02-A was done on Tue 15 Sep",
            "`mesocycle undo 3` takes that back",
        ),
        (lambda b: b.pin("w03-B", "fri"), lambda b: b.unpin("w03-A"), "w03-A has no pin", "pins: w03-B"),
        (
            lambda b: b.sick("mon..wed"),
            lambda b: b.sick("tue..fri"),
            "sick from Mon 14 Sep on is recorded already",
            "change that one: `mesocycle sick 2026-09-14..2026-09-18`, or take it back: `mesocycle undo 3`",
        ),
        (
            lambda b: (b.sore("knee", 3), b.undo()),
            lambda b: b.undo(3),
            "event 3 is taken back already",
            "`mesocycle redo 3` lets it hold again",
        ),
        (
            lambda b: (b.sore("knee", 3), b.undo(), b.redo()),
            lambda b: b.undo(4),
            "event 4 was followed by another one about event 3",
            "`mesocycle history` lists them",
        ),
        (
            lambda b: b.move("w02-B", "fri", "18:00") and b.move("w03-A", "fri"),
            lambda b: later(b, 9, 26).done("fri", stands_for="Q"),
            'there is no session "Q"',
            f"did you mean w01-A? a session is named by its id or its name; {DAY_FORM}",
        ),
        (
            lambda b: (b.move("w03-A", "thu", "17:00"), b.move("w03-B", "thu", "18:00")),
            lambda b: later(b, 9, 24, 20).done(),
            "there is more than one lift today",
            "name it: w03-A (Thu 24 Sep 17:00), w03-B (Thu 24 Sep 18:00)",
        ),
        (
            lambda b: b,
            lambda b: later(b, 10, 6).done("A"),
            'this week has no "A"',
            "name it by its id: w01-A (Tue 8 Sep 17:00), w02-A (Tue 15 Sep 17:00), w03-A (Tue 22 Sep 17:00), "
            "w04-A (Tue 29 Sep 17:00)",
        ),
    ],
)
def test_what_was_recorded_before_may_forbid_it(
    block: Block, before: Call, call: Call, message: str, remedy: str
) -> None:
    before(block)
    written = block.path.read_bytes()
    with pytest.raises(BlockError) as caught:
        call(block)
    assert (caught.value.message, caught.value.remedy) == (message, remedy)
    assert block.path.read_bytes() == written


def test_there_is_no_block_without_a_time_zone(tmp_path: Path) -> None:
    with pytest.raises(BlockError) as caught:
        start(SCENARIO, tmp_path / "four.block", timezone="Mars")
    assert (caught.value.message, caught.value.remedy) == (
        'there is no time zone "Mars"',
        "write it like Europe/Berlin",
    )
    assert not list(tmp_path.iterdir())
