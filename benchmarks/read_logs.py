"""Seconds and memory of reading a log: a made-up export of each app, and a large one of Apple Health.

Run:  python benchmarks/read_logs.py [--rows 20000] [--megabytes 300]

Each file is read in a process of its own; its memory is that process's most, of which `nothing` is what the
interpreter and the imports take. Aims: 20,000 rows in 5 s, with 200 MB.
"""

from __future__ import annotations

import argparse
import json
import resource
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

FIRST = datetime(2015, 1, 5, 18, 30)
SETS = 20  # of a workout
LIFTS = ("Squat (Barbell)", "Bench Press (Barbell)", "Deadlift (Barbell)", "Pull Up (Weighted)")
Row = tuple[datetime, str, float, int]


def main() -> None:
    """Print a line for each file, or read one."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--megabytes", type=int, default=300, help="how large the export of Apple Health is")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(read(options.one)))
        return
    print("file                 |       MB | seconds | most MB | records")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "log"
        for name, write in FILES.items():
            write(path, options.rows)
            show(name, path)
        write_apple(path, options.megabytes * 10**6)
        show("Apple Health", path)
        path.write_bytes(b"")
        show("nothing", path)


def show(name: str, path: Path) -> None:
    """Read a file in a process of its own and print what that took."""
    arguments = [sys.executable, __file__, "--one", str(path)]
    told = json.loads(subprocess.run(arguments, capture_output=True, check=True, text=True).stdout)
    size = path.stat().st_size / 10**6
    print(f"{name:20} | {size:8.1f} | {told['seconds']:7.2f} | {told['megabytes']:7.0f} | {told['records']}")


def read(path: Path) -> dict[str, float | str]:
    """Read a file, and say what that took."""
    from mesocycle.importing.logs.read import read_log
    from mesocycle.models.errors import ScenarioFileError

    began = time.perf_counter()
    try:
        log = read_log(path, zone=ZoneInfo("Europe/Berlin"))
        sets = sum(len(one.sets) for workout in log.workouts for one in workout.exercises)
        found = f"{len(log.workouts):,} workouts, {sets:,} sets, {len(log.runs):,} runs"
    except ScenarioFileError as error:
        found = error.problems[0].message
    seconds = time.perf_counter() - began
    return {
        "seconds": seconds,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "records": found,
    }


def sets() -> Iterator[Row]:
    """Sets without end: when their workout began, the lift, the weight and the repetitions."""
    number = 0
    while True:
        begun = FIRST + timedelta(days=number // SETS)
        yield begun, LIFTS[number % SETS // 5], 60 + number % 50 * 1.25, 5 + number % 5
        number += 1


def table(header: str, row: Callable[[int, Row], str]) -> Callable[[Path, int], None]:
    """A writer of a table of so many rows."""

    def write(path: Path, rows: int) -> None:
        with path.open("w", encoding="utf-8") as file:
            file.write(header + "\n")
            file.writelines(row(at, one) + "\n" for at, one in enumerate(islice(sets(), rows)))

    return write


def hevy(at: int, row: Row) -> str:
    """A row of Hevy, in English."""
    begun, lift, weight, reps = row
    start, end = (f"{one:%d %b %Y, %H:%M}" for one in (begun, begun + timedelta(hours=1)))
    return f'"Legs","{start}","{end}","as planned","{lift}",,"",{at % 5},"normal",{weight},{reps},,,8.5'


def strong(at: int, row: Row) -> str:
    """A row of Strong, with decimal commas."""
    begun, lift, weight, reps = row
    return f"{begun:%Y-%m-%d %H:%M:%S};Legs;{lift};{at % 5 + 1};{weight};kg;{reps};8,5;;;;;as planned;1h 5m"


def fitnotes(at: int, row: Row) -> str:
    """A row of FitNotes on Android."""
    begun, lift, weight, reps = row
    return f"{begun:%Y-%m-%d},{lift},Legs,{weight},kgs,{reps},,,,as planned"


def liftosaur(at: int, row: Row) -> str:
    """A row of Liftosaur."""
    begun, lift, weight, reps = row
    moment = f"{begun:%Y-%m-%dT%H:%M:%S.000Z}"
    return f"{moment},Base,Day 1,{lift},0,{reps},{reps},8,{weight},kg,{weight},kg,{moment},as planned"


def stronglifts(at: int, row: Row) -> str:
    """A row of StrongLifts, which has all sets of an exercise."""
    begun, lift, weight, reps = row
    day = begun + timedelta(days=at)
    return f"{day:%Y/%m/%d},Workout A,{lift}" + f",{reps},{weight}" * 5


def strava(at: int, row: Row) -> str:
    """A run of Strava."""
    day = FIRST + timedelta(hours=7 * at)
    return f'{at},"{day:%b %d, %Y, %I:%M:%S %p}",Morning Run,Run,,2700,9.01,150,5,2700,9010.5,2650'


def garmin(at: int, row: Row) -> str:
    """A run of Garmin Connect."""
    day = FIRST + timedelta(hours=7 * at)
    return f'Running,{day:%Y-%m-%d %H:%M:%S},false,"Easy, by feel","9.01","612","00:45:00","148","171"'


def intervals(path: Path, rows: int) -> None:
    """Activities of intervals.icu as a list."""
    entries = (
        {
            "id": f"i{at}",
            "type": "Run",
            "name": "Easy run",
            "start_date_local": f"{FIRST + timedelta(hours=7 * at):%Y-%m-%dT%H:%M:%S}",
            "moving_time": 2700,
            "elapsed_time": 2760,
            "distance": 9010.5,
            "icu_training_load": 45,
            "icu_rpe": 4,
            "average_heartrate": 148,
        }
        for at in range(rows)
    )
    path.write_text(json.dumps(list(entries)), encoding="utf-8")


def fit(path: Path, rows: int) -> None:
    """A run with so many records, one a second."""
    record = struct.pack("<BBHB", 0, 0, 20, 2) + bytes((253, 4, 0x86, 3, 1, 2))
    session = struct.pack("<BBHB", 0, 0, 18, 4) + bytes((2, 4, 0x86, 5, 1, 0, 7, 4, 0x86, 9, 4, 0x86))
    body = b"\x40" + record
    body += b"".join(struct.pack("<BIB", 0, 1_100_000_000 + at, 150) for at in range(rows))
    body += b"\x41" + session + struct.pack("<BIBII", 1, 1_100_000_000, 1, rows * 1000, rows * 300)
    path.write_bytes(struct.pack("<BBHI4sH", 14, 0x20, 2160, len(body), b".FIT", 0) + body + b"\0\0")


def write_apple(path: Path, size: int) -> None:
    """An export of Apple Health: mostly of measurements, with a run every hundred."""
    begun = "2024-05-05 06:20:00 +0200"
    record = (
        '<Record type="HKQuantityTypeIdentifierHeartRate" sourceName="Watch" unit="count/min" '
        f'creationDate="{begun}" startDate="{begun}" endDate="{begun}" value="61"/>\n'
    ) * 100
    with path.open("w", encoding="utf-8") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<HealthData locale="de_DE">\n')
        written, at = 0, 0
        while written < size:
            start = FIRST + timedelta(minutes=20 * at)
            written += file.write(record)
            written += file.write(
                '<Workout workoutActivityType="HKWorkoutActivityTypeRunning" duration="40"'
                ' durationUnit="min" totalDistance="7.05" totalDistanceUnit="km"'
                f' startDate="{start:%Y-%m-%d %H:%M:%S} +0100"/>\n'
            )
            at += 1
        file.write("</HealthData>\n")


FILES: dict[str, Callable[[Path, int], None]] = {
    "Hevy": table(
        "title,start_time,end_time,description,exercise_title,superset_id,exercise_notes,set_index,set_type,"
        "weight_kg,reps,distance_km,duration_seconds,rpe",
        hevy,
    ),
    "Strong": table(
        "Date;Workout Name;Exercise Name;Set Order;Weight;Weight Unit;Reps;RPE;Distance;Distance Unit;"
        "Seconds;Notes;Workout Notes;Duration",
        strong,
    ),
    "FitNotes": table(
        "Date,Exercise,Category,Weight,Weight Unit,Reps,Distance,Distance Unit,Time,Comment", fitnotes
    ),
    "Liftosaur": table(
        "Workout DateTime,Program,Day Name,Exercise,Is Warmup Set?,Required Reps,Completed Reps,RPE,"
        "Weight Value,Weight Unit,Completed Weight Value,Completed Weight Unit,Completed Reps Time,Notes",
        liftosaur,
    ),
    "StrongLifts": table(
        "Date (yyyy/mm/dd),Workout,Exercise"
        + "".join(f",Set {at} (Reps),Set {at} (KG)" for at in range(1, 6)),
        stronglifts,
    ),
    "Strava": table(
        "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,"
        "Max Heart Rate,Relative Effort,Elapsed Time,Distance,Moving Time",
        strava,
    ),
    "Garmin Connect": table("Activity Type,Date,Favorite,Title,Distance,Calories,Time,Avg HR,Max HR", garmin),
    "intervals.icu": intervals,
    "FIT, records of a run": fit,
}


if __name__ == "__main__":
    main()
