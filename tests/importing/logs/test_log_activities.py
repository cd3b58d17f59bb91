"""Lists of activities by Strava and Garmin Connect: clocks, units without names, names twice, sports."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from reading import log, wrong

from mesocycle.importing.logs.sports import endurance_of, sport_of

STRAVA = (
    "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,"
    "Max Heart Rate,Relative Effort,Commute,Filename,Elapsed Time,Moving Time,Distance,Max Speed,"
    "Perceived Exertion\n"
)
RUN = (
    '1001,"Jul 5, 2024, 6:00:00 AM",Morning Run,Run,"easy\nwith Kim",3012,9.99,171,40,false,a/1.fit.gz,'
    "3012.0,2940.0,9994.3,4.2,6\n"
)
LIFT = '1002,"Jul 5, 2024, 10:30:00 PM",Legs,Weight Training,,3600,0,140,20,false,,3600.0,3600.0,0.0,0,\n'
RIDE = '1003,"Jan 5, 2024, 6:00:00 AM",Spin,Virtual Ride,,3600,"1,024.5",,,false,,3600.0,3600.0,25000.0,,\n'

GARMIN = (
    "Activity Type,Date,Favorite,Title,Distance,Calories,Time,Avg HR,Max HR,Aerobic TE,Avg Run Cadence,"
    "Avg Stride Length,Total Reps,Number of Laps\n"
)
# 153 steps a minute of 1.15 m for 31:24 are 5525 m.
WELLINGTON = (
    'Running,2025-02-06 17:06:03,false,"Wellington Running","5.48","447","00:31:24","153","176","3.6","153",'
    '"1.15","--","6"\n'
)


def strava(*rows: str, names: str = STRAVA) -> str:
    return names + "".join(rows)


def test_strava_is_put_on_the_clock_of_the_runner() -> None:
    found = log(strava(RUN, LIFT, RIDE))
    assert (found.app, found.notes, found.unknown_columns) == ("Strava", (), ())
    ride, run = found.runs
    assert (run.id, run.date, run.start) == ("1001", date(2024, 7, 5), 8 * 60)  # 06:00 UTC in summer
    assert (run.minutes, run.metres, run.type, run.is_run) == (49, 9994, "Run", True)  # 2940 s that moved
    assert (run.title, run.rpe, run.line) == ("Morning Run", 6, 2)
    assert (ride.start, ride.metres, ride.type, ride.is_run) == (7 * 60, 25000, "Virtual Ride", False)
    (lift,) = found.workouts
    assert (lift.id, lift.date, lift.start) == ("1002", date(2024, 7, 6), 30)  # after midnight at home
    assert (lift.minutes, lift.title, lift.exercises) == (60, "Legs", ())
    assert log(strava(RUN), zone=ZoneInfo("America/Denver")).runs[0].start == 0


def test_strava_in_another_order_and_twice() -> None:
    assert log(strava(RIDE, LIFT, RUN, RUN)).runs == tuple(
        # Lines differ, facts do not.
        type(run)(**{**{f: getattr(run, f) for f in run.__slots__}, "line": line})
        for run, line in zip(log(strava(RUN, RIDE)).runs, (2, 4), strict=True)
    )


def test_a_lift_takes_its_rests_too() -> None:
    lift = LIFT.replace("3600.0,3600.0", "3600.0,900.0")
    assert log(strava(lift)).workouts[0].minutes == 60
    assert log(strava(RUN.replace("2940.0", ""))).runs[0].minutes == 50


def test_a_last_distance_that_is_empty_is_not_the_one_in_metres() -> None:
    content = strava(RUN, LIFT).replace("Perceived Exertion", "Perceived Exertion,Distance")
    assert log(content).runs[0].metres == 9994


def test_strava_as_it_was() -> None:
    found = log(
        "id,date,name,type,description,elapsed_time,distance,commute,gear,filename\n"
        "123,2018-09-12 15:02:23,Evening,Run,,1500,480.5,False,,activities/123.gpx\n"
    )
    (run,) = found.runs
    assert (run.id, run.start, run.metres, found.notes) == ("123", 1022, 481, ())


def test_strava_with_one_distance() -> None:
    names = "Activity ID,Activity Date,Activity Name,Activity Type,Elapsed Time,Distance\n"
    metres = log(names + '1,"Jul 5, 2024, 6:00:00 AM",Run,Run,2700,8100.5\n')
    assert (metres.runs[0].metres, metres.notes) == (8101, ())
    found = log(names + "1,2024-07-05 06:00:00,Run,Run,2700,8.1\n")
    assert (found.runs[0].metres, found.runs[0].start) == (8100, 480)
    assert found.notes == ("Its distances were read as kilometres: the column in metres is missing.",)


@pytest.mark.parametrize(
    ("names", "row"),
    [
        (
            "Aktivitäts-ID,Aktivitätsdatum,Name der Aktivität,Aktivitätsart,Verstrichene Zeit,Distanz,"
            "Verstrichene Zeit,Bewegungszeit,Distanz",
            '1001,"05.07.2024, 06:00:00",Morgenlauf,Lauf,3012,"9,99",3012,2940,9994.3',
        ),
        (
            "ID de l'activité,Date de l'activité,Nom de l'activité,Type d'activité,Temps écoulé,Distance,"
            "Temps écoulé,Durée de déplacement,Distance",
            '1001,"5 juil. 2024 à 06:00:00",Footing,Course à pied,3012,"9,99",3012,2940,9994.3',
        ),
    ],
)
def test_strava_in_other_languages(names: str, row: str) -> None:
    (run,) = log(f"{names}\n{row}\n").runs
    assert (run.id, run.start, run.minutes, run.metres, run.is_run) == ("1001", 480, 49, 9994, True)


def test_garmin_is_local_and_its_hyphens_are_nothing() -> None:
    found = log(
        GARMIN
        + WELLINGTON
        + "Strength Training,2025-02-07 18:00:00,false,Gym,0.00,230,00:55:00,110,140,--,--,--,120,--\n"
        + 'Pool Swim,2025-02-08 07:00:00,false,Pool,"1,500","320","00:40:10.5",--,--,--,--,--,--,--\n'
        + "Running,2025-02-08 12:00:00,true,Lunch,--,--,--,--,--,--,--,--,--,--\n"
    )
    assert (found.app, found.left_out, found.unknown_columns) == ("Garmin Connect", 1, ())
    assert found.notes == ("Line 5: the activity has neither a time nor a distance. It was left out.",)
    run, swim = found.runs
    assert (run.date, run.start, run.minutes, run.metres) == (date(2025, 2, 6), 1026, 31, 5480)
    assert (run.id, run.type, run.is_run, run.title) == (
        "2025-02-06T17:06:03",
        "Running",
        True,
        "Wellington Running",
    )
    assert (swim.metres, swim.minutes, swim.is_run) == (1500, 40, False)
    (lift,) = found.workouts
    assert (lift.title, lift.minutes, lift.start, lift.exercises) == ("Gym", 55, 1080, ())


@pytest.mark.parametrize(
    ("far", "steps", "units", "metres", "notes"),
    [
        ('"5.48"', '"153","1.15"', "", 5480, 0),
        ('"3.41"', '"153","1.15"', "", 5488, 0),  # 3.41 mi: 5525 m of steps tell miles
        ('"3.41"', '"--","--"', "", 3410, 1),
        ('"3.41"', '"--","--"', "mi", 5488, 0),
        ('"3.41"', '"153","1.15"', "km", 3410, 0),
        ('"2.00"', '"153","1.15"', "", 2000, 1),  # steps fit neither
    ],
)
def test_garmin_in_miles(far: str, steps: str, units: str, metres: int, notes: int) -> None:
    row = WELLINGTON.replace('"5.48"', far).replace('"153","1.15"', steps)
    found = log(GARMIN + row, units=units)
    assert (found.runs[0].metres, len(found.notes)) == (metres, notes)


@pytest.mark.parametrize(
    ("names", "row", "title"),
    [
        (
            "Aktivitätstyp,Datum,Favorit,Titel,Distanz,Kalorien,Zeit,Ø HF,Max. HF,Ø Schrittfrequenz (Laufen),"
            "Ø Schrittlänge",
            'Laufen,2026-08-10 10:52:21,false,"Berlin Laufen","5,48","2.336","00:31:24","151","182","153",'
            '"1,15"',
            "Berlin Laufen",
        ),
        (
            "Type d'activité,Date,Favori,Titre,Distance,Calories,Durée,Fréquence cardiaque moyenne,"
            "Cadence de course moyenne,Longueur moyenne des foulées",
            'Course à pied,2026-08-10 10:52:21,false,"Sortie","5.48","407","00:31:24","151","153","1.15"',
            "Sortie",
        ),
    ],
)
def test_garmin_in_other_languages(names: str, row: str, title: str) -> None:
    found = log(f"{names}\n{row}\n")
    (run,) = found.runs
    assert (run.title, run.metres, run.minutes, run.start, run.is_run) == (title, 5480, 31, 652, True)
    assert found.notes == ()


def test_rows_and_header_that_are_quoted_as_a_whole() -> None:
    lines = (GARMIN + WELLINGTON).strip().replace('"', '""').split("\n")
    assert log("\n".join(f'"{line}"' for line in lines)).runs[0].metres == 5480


def test_two_activities_of_one_moment_stay_two() -> None:
    found = log(GARMIN + WELLINGTON + WELLINGTON.replace("Running,", "Transition,") + WELLINGTON)
    assert [run.id for run in found.runs] == ["2025-02-06T17:06:03", "2025-02-06T17:06:03 Transition"]


def test_rows_that_are_hostile_are_named() -> None:
    found = log(
        strava(RUN, RUN.replace("9994.3", "1e999"), RUN.replace("2024", "1024"), RUN.replace("2940.0", "-5"))
    )
    assert (len(found.runs), found.left_out) == (1, 3)
    assert found.notes == (  # each description has a line of its own
        'Line 4: the distance is no number: "1e999". It was left out.',
        'Line 6: the date lies beyond 1990 to 2100: "Jul 5, 1024, 6:00:00 AM". It was left out.',
        'Line 8: the time is below 0: "-5". It was left out.',
    )
    problem = wrong(strava(RUN.replace("Jul 5, 2024, 6:00:00 AM", "yesterday")))
    assert problem.message == "this is an export of Strava, but none of it can be read: one entry"


@pytest.mark.parametrize(
    ("name", "sport"),
    [
        *((name, "run") for name in ("Run", "TrailRun", "Trail Run", "VirtualRun", "Treadmill Running")),
        *((name, "run") for name in ("Laufen", "Trailrunning", "Laufband", "Course à pied", "Trail")),
        *((name, "run") for name in ("trail_running", "Correr", "Corrida", "Hardlopen", "Corsa", "Lauf")),
        *((name, "strength") for name in ("Weight Training", "WeightTraining", "Strength Training")),
        *((name, "strength") for name in ("Krafttraining", "Musculation", "TraditionalStrengthTraining")),
        *((name, "other") for name in ("Ride", "Walk", "Nordic Ski", "Swim", "Workout", "Yoga", "Hike", "")),
        *((name, "other") for name in ("Skilanglauf", "Eislaufen", "Trail Ride", "Treadmill Walking")),
    ],
)
def test_sports(name: str, sport: str) -> None:
    assert sport_of(name) == sport


@pytest.mark.parametrize(
    ("exercise", "kind"),
    [
        ("Running", "run"),
        ("Running (Treadmill)", "run"),
        ("Treadmill", "run"),
        ("Cycling (Indoor)", "other"),
        ("Rowing Machine", "other"),
        ("Elliptical Trainer", "other"),
        ("Walking Lunge", ""),
        ("Farmer's Walk", ""),
        ("Bicycle Crunch", ""),
        ("Band Walk", ""),
        ("Plank", ""),
        ("Bent Over Row", ""),
    ],
)
def test_endurance_among_lifts(exercise: str, kind: str) -> None:
    assert endurance_of(exercise) == kind
