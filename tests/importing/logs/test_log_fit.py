"""FIT files of watches: sessions, sets, several sports in one file, broken ends."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from fit_bytes import FILE_ID, RECORD, TITLE, WORKOUT, at, done, fit, message, session, text, u8, u16, u32
from reading import log, sets, wrong

from mesocycle.importing.logs import fit as fit_reader

EVENING = datetime(2026, 3, 20, 22, 40)  # 23:40 in Berlin
CREATED = message(FILE_ID, u8(0, 4, 0), at(4, EVENING))


def set_at(minute: int, **how: object) -> bytes:
    return done(EVENING.replace(minute=minute), **how)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sport", "sub_sport", "kind"),
    [
        (1, 0, "running"),
        (1, 1, "treadmill running"),
        (1, 3, "trail running"),
        (1, 4, "track running"),
        (1, 45, "indoor running"),
    ],
)
def test_runs(sport: int, sub_sport: int, kind: str) -> None:
    found = log(fit(CREATED, session(EVENING, sport, sub_sport, metres=10012.4, effort=70)))
    (run,) = found.runs
    assert (found.app, found.notes, found.workouts) == ("FIT", (), ())
    assert (run.id, run.date, run.start) == ("2026-03-20T22:40:00Z", date(2026, 3, 20), 1420)
    assert (run.minutes, run.metres, run.rpe) == (50, 10012, 7)  # 3000 s of the timer
    assert (run.type, run.is_run) == (kind, True)


def test_a_ride_is_no_run() -> None:
    (ride,) = log(fit(session(EVENING, 2, 8, metres=20000))).runs
    assert (ride.type, ride.is_run) == ("mountain cycling", False)


def test_sets_of_a_lift() -> None:
    found = log(
        fit(
            CREATED,
            message(WORKOUT, text(8, "Legs")),
            message(TITLE, u16(0, 28), u16(1, 27), text(2, "Front Squat, dumbbells")),
            set_at(41, kilos=60, reps=8),
            set_at(42, active=False, reps=None),
            set_at(43, kilos=102.5, reps=5),
            set_at(45, subtype=27, kilos=20, reps=10),
            set_at(46, category=19, subtype=43, reps=None, seconds=45),
            set_at(47, category=65534, subtype=65535, reps=12),
            set_at(48, category=23, subtype=60_000, reps=9),
            set_at(49, category=37, subtype=42, reps=15),
            session(EVENING, 10, 20),
        )
    )
    (lift,) = found.workouts
    assert (lift.title, lift.minutes, lift.start, found.notes) == ("Legs", 55, 1420, ())  # 3300 s, with rests
    assert [exercise.name for exercise in lift.exercises] == [
        "barbell back squat",
        "Front Squat, dumbbells",  # as the workout that was followed calls it
        "plank",
        "unknown",
        "row (unspecified)",
        "squat",
    ]
    assert [exercise.equipment for exercise in lift.exercises] == ["", "", "", "", "", "band"]
    assert sets(lift) == [(60, "kg", 8, None), (102.5, "kg", 5, None)]
    plank = lift.exercises[2].sets[0]
    assert (plank.seconds, plank.reps, plank.weight) == (45, None, None)


def test_pounds_are_what_was_put_on_the_bar() -> None:
    # 225 lb are 102.06 kg, kept as 1633 sixteenths.
    (lift,) = log(fit(set_at(41, kilos=102.0625, pounds=True), session(EVENING, 10, 20))).workouts
    assert sets(lift) == [(225, "lb", 5, None)]


def test_sessions_of_one_file_have_their_own_sets() -> None:
    later = EVENING.replace(hour=23)
    found = log(
        fit(
            set_at(41, kilos=100),
            done(later.replace(minute=41), kilos=50),
            session(EVENING, 10, 20, timer=600, elapsed=900),
            session(later, 10, 20, timer=600, elapsed=900),
            session(later.replace(minute=55), 1, metres=5000),
        )
    )
    assert [sets(lift)[0][0] for lift in found.workouts] == [100, 50]
    assert [run.date for run in found.runs] == [date(2026, 3, 21)]


def test_a_file_that_breaks_off_keeps_its_sets() -> None:
    whole = fit(CREATED, set_at(41, kilos=100), set_at(43, kilos=105), session(EVENING, 10, 20))
    found = log(whole[:-30])
    assert (sets(found.workouts[0]), found.truncated) == ([(100, "kg", 5, None), (105, "kg", 5, None)], True)
    # It is the same workout as in the whole file.
    assert found.workouts[0].id == log(whole).workouts[0].id
    assert found.notes[0].startswith("The file ends in the middle of its data")


@pytest.mark.parametrize("cut", [13, 14, 20, 40])
def test_a_file_that_breaks_off_before_anything_is_an_error(cut: int) -> None:
    problem = wrong(fit(CREATED, session(EVENING, 1, metres=5000))[:cut])
    assert problem.message == "this is an export of FIT without a single entry"


def test_hostile_values_are_left_out() -> None:
    found = log(
        fit(
            set_at(41, kilos=100),
            set_at(42, kilos=3000),
            set_at(43, reps=65000),
            session(EVENING, 10, 20),
            session(EVENING.replace(minute=59), 1, metres=40_000_000),
            message(18, u8(5, 1, 0), u32(7, 5000)),
            session(EVENING.replace(minute=58), 1, timer=4_000_000, elapsed=4_000_000),
        )
    )
    assert (sets(found.workouts[0]), len(found.runs)) == ([(100, "kg", 5, None)], 0)
    assert found.notes == (
        "Set 2: the weight lies beyond 0 to 1,000: 3,000. It was left out.",
        "Set 3: the number of repetitions lies beyond 0 to 1,000: 65,000. It was left out.",
        "Session 2: the distance lies beyond 0 to 1,000,000: 40,000,000. It was left out.",
        "Session 3: its start is missing. It was left out.",
        "Session 4: the time lies beyond 0 to 864,000: 4,000,000. It was left out.",
    )


def test_messages_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    content = fit(session(EVENING, 1, metres=5000), *[message(RECORD, u32(5, 1))] * 50)
    assert log(content).truncated is False
    monkeypatch.setattr(fit_reader, "MOST_MESSAGES", 20)
    found = log(content)
    assert (found.truncated, len(found.runs)) == (True, 1)
    assert found.notes == ("It holds more than any activity: the rest was not read.",)


def test_what_is_no_activity_says_so() -> None:
    planned = fit(message(FILE_ID, u8(0, 5, 0)), message(WORKOUT, text(8, "Legs")))
    assert wrong(planned).message == "this is an export of FIT without a single entry"
