"""Apple Health: workouts of a long XML, its DTD, what is refused, its archive."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from fit_bytes import fit, session
from reading import BERLIN, log, wrong
from test_log_fit import EVENING

from mesocycle.importing.logs import apple_health, archive
from mesocycle.importing.logs.read import read_log
from mesocycle.models.errors import ScenarioFileError

# As exports begin; it declares what there may be, and no entity.
DTD = """<!DOCTYPE HealthData [
<!-- HealthKit Export Version: 14 -->
<!ELEMENT HealthData (ExportDate,Me,(Record|Correlation|Workout|ActivitySummary)*)>
<!ATTLIST HealthData locale CDATA #REQUIRED>
<!ELEMENT Workout ((MetadataEntry|WorkoutEvent|WorkoutRoute|WorkoutStatistics)*)>
<!ATTLIST Workout workoutActivityType CDATA #REQUIRED duration CDATA #IMPLIED>
]>
"""
RUN = """ <Workout workoutActivityType="HKWorkoutActivityTypeRunning" duration="35.4" durationUnit="min"
  sourceName="Watch" creationDate="2026-03-20 23:16:00 +0100"
  startDate="2026-03-20 22:40:00 +0000" endDate="2026-03-20 23:17:00 +0000">
  <MetadataEntry key="HKIndoorWorkout" value="0"/>
  <WorkoutStatistics type="HKQuantityTypeIdentifierHeartRate" average="148.2" unit="count/min"/>
  <WorkoutActivity uuid="1"><WorkoutStatistics type="HKQuantityTypeIdentifierDistanceWalkingRunning" sum="1"
   unit="km"/></WorkoutActivity>
  <WorkoutStatistics type="HKQuantityTypeIdentifierDistanceWalkingRunning" sum="6.2" unit="km"/>
 </Workout>
"""
LIFT = """ <Workout workoutActivityType="HKWorkoutActivityTypeTraditionalStrengthTraining" duration="1800"
  durationUnit="s" startDate="2026-03-21 18:00:00 +0100" endDate="2026-03-21 18:40:00 +0100"/>
"""
OLD_RIDE = """ <Workout workoutActivityType="HKWorkoutActivityTypeCycling"
  totalDistance="10" totalDistanceUnit="mi"
  startDate="2026-03-22 08:00:00 +0100" endDate="2026-03-22 09:00:00 +0100"/>
"""
RECORD = (
    ' <Record type="HKQuantityTypeIdentifierStepCount" value="7" startDate="2026-03-20 22:40:00 +0100"/>\n'
)


def health(*inner: str, dtd: str = DTD, root: str = "HealthData") -> str:
    body = "".join(inner)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{dtd}<{root} locale="de_DE">\n{body}</{root}>\n'


def packed(**files: str | bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packing:
        for name, content in files.items():
            packing.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return target.getvalue()


def test_workouts_are_read() -> None:
    found = log(health(RECORD, RUN, RECORD, LIFT, OLD_RIDE))
    assert (found.app, found.notes, found.truncated) == ("Apple Health", (), False)
    run, ride = found.runs
    assert (run.id, run.date, run.start) == ("2026-03-20T22:40:00Z Running", date(2026, 3, 20), 1420)
    assert (run.minutes, run.metres, run.type, run.is_run) == (35, 6200, "Running", True)
    assert (ride.minutes, ride.metres, ride.is_run) == (60, 16093, False)
    (lift,) = found.workouts
    assert (lift.date, lift.start, lift.minutes, lift.line) == (date(2026, 3, 21), 1080, 30, 21)
    assert log(health(RUN), zone=ZoneInfo("Asia/Tokyo")).runs[0].date == date(2026, 3, 21)


def test_the_same_workout_told_twice_counts_once() -> None:
    assert len(log(health(RUN, RUN, RUN.replace("Running", "Walking"))).runs) == 2


@pytest.mark.parametrize(
    "dtd",
    [
        '<!DOCTYPE HealthData [<!ENTITY a "b">]>',
        '<!DOCTYPE HealthData [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE HealthData [<!ENTITY % a SYSTEM "http://example.com/a.dtd"> %a;]>',
        '<!DOCTYPE HealthData SYSTEM "http://example.com/a.dtd">',
        '<!DOCTYPE HealthData PUBLIC "-//A//B" "http://example.com/a.dtd">',
        '<!DOCTYPE HealthData [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    ],
)
def test_entities_and_other_files_are_refused(dtd: str) -> None:
    assert wrong(health(RUN, dtd=dtd)).message == "the file refers to other files, or defines entities"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (health(RUN, root="gpx"), 'this is XML, but no export of Apple Health: it begins with "gpx"'),
        ("<html><body>x", 'this is XML, but no export of Apple Health: it begins with "html"'),
        ("<", "this is no XML that can be read: unclosed token"),
        (health(RECORD), "this is an export of Apple Health without a single entry"),
        (health("<a>" * 60), "its elements are nested too deeply"),
    ],
)
def test_other_xml_says_what_it_is(content: str, message: str) -> None:
    assert wrong(content).message == message


@pytest.mark.parametrize(("cut", "kept"), [(1, 3), (12, 3), (60, 2), (170, 2), (300, 1)])
def test_a_file_that_breaks_off_keeps_its_workouts(cut: int, kept: int) -> None:
    found = log(health(RUN, LIFT, OLD_RIDE, RECORD)[: -len(RECORD) - cut])
    assert (len(found.runs) + len(found.workouts), found.truncated) == (kept, True)
    assert found.notes[0].startswith("The file ends in the middle of line ")


def test_hostile_workouts_are_left_out() -> None:
    found = log(
        health(
            RUN,
            RUN.replace("35.4", "1e999"),
            RUN.replace("6.2", "-6.2"),
            RUN.replace("22:40:00 +0000", "22:40:00 +9900"),
            RUN.replace("2026", "0000"),
            RUN.replace('"min"', '"fortnight"'),
            RUN.replace("HKWorkoutActivityTypeRunning", ""),
        )
    )
    assert (len(found.runs), found.left_out) == (1, 6)
    assert [note.split(": ", 1)[1] for note in found.notes] == [
        'the duration is no number: "1e999". It was left out.',
        'the distance is below 0: "-6.2". It was left out.',
        'this is no offset from UTC: "2026-03-20 22:40:00 +9900". It was left out.',
        'the date lies beyond 1990 to 2100: "0000-03-20 22:40:00 +0000". It was left out.',
        'the duration has an unknown unit: "fortnight". It was left out.',
        "the activity has no type. It was left out.",
    ]


def test_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    long = RECORD.replace("StepCount", "x" * 2_000_000)
    assert wrong(health(long, RUN)).message == "one of its elements is too long"
    monkeypatch.setattr(apple_health, "MOST_WORKOUTS", 1)
    assert wrong(health(RUN, LIFT)).message == "the file has more than 1 workouts"
    monkeypatch.setattr(apple_health, "MOST_BYTES", 1_000_000)
    monkeypatch.setattr(apple_health, "CHUNK", 100_000)
    assert wrong(health(RECORD * 12_000)).message == "the XML is larger than 1 MB"


def test_a_broken_dtd_is_passed_over() -> None:
    broken = DTD.replace("]>", "<!ATTLIST VisionPrescription\n  type CDATA #REQUIRED\n]>\n>\n]>")
    found = log(health(RUN, dtd=broken))
    assert (found.runs[0].metres, found.notes) == (6200, ())
    # Lines are those of the file.
    assert found.runs[0].line == log(health(RUN)).runs[0].line + 4
    refers = broken.replace("]>", '<!ENTITY a SYSTEM "file:///etc/passwd">\n]>', 1)
    assert wrong(health(RUN, dtd=refers)).message == "the file refers to other files, or defines entities"


def test_a_root_within_a_comment_is_none() -> None:
    assert log(health(RUN, dtd=DTD.replace("Version", "<HealthData Version"))).runs[0].metres == 6200


def test_control_characters_are_passed_over() -> None:
    assert log(health(RUN.replace("Watch", "Wat\x0bch\x01"))).runs[0].metres == 6200


def test_utf_16_is_read() -> None:
    content = health(RUN).replace("UTF-8", "UTF-16")
    assert log(content.encode("utf-16")).runs[0].metres == 6200


def test_the_archive_is_read_too() -> None:
    raw = packed(
        apple_health_export__export_cda_dot_xml="<x/>",
        apple_health_export__routes__a_dot_gpx="<gpx/>",
        apple_health_export__Exportar_dot_xml=health(RUN),
    )
    assert log(raw).runs[0].metres == 6200
    watch = packed(**{"1_dot_fit": fit(session(EVENING, 1, metres=5000))})
    assert (log(watch).app, log(watch).runs[0].metres) == ("FIT", 5000)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (packed(a_dot_txt="x"), "the archive holds neither an export of Apple Health nor one FIT file"),
        (packed(a_dot_fit="x", b_dot_fit="y"), "the archive holds neither an export of Apple Health nor"),
        (packed(export_dot_xml=health(RUN))[:-40], "the archive is broken"),
        (packed(export_dot_xml=health(RUN)).replace(b"\x00\x00\x08\x00", b"\x01\x00\x08\x00"), "the archive"),
        (b"PK\x03\x04" + bytes(50), "the archive is broken"),
    ],
)
def test_other_archives(raw: bytes, message: str) -> None:
    assert wrong(raw).message.startswith(message)


def test_an_archive_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = packed(export_dot_xml=health(RECORD * 100_000, RUN))
    assert len(raw) < 200_000
    assert log(raw).runs[0].metres == 6200
    monkeypatch.setattr(apple_health, "MOST_BYTES", 5_000_000)
    assert wrong(raw).message == "the XML is larger than 5 MB"
    monkeypatch.setattr(archive, "MOST_LIST", 10)
    assert wrong(raw).message == "the archive has too many files"
    assert wrong(packed(**{"1_dot_fit": bytes(16_000_001)})).message == "the archive has too many files"
    monkeypatch.undo()
    assert wrong(packed(**{"1_dot_fit": bytes(16_000_001)})).message == "the file is larger than 16 MB"


def test_what_is_no_file(tmp_path: Path) -> None:
    for name, message in (("none.xml", "there is no such file"), (".", "this is a directory, not a file")):
        with pytest.raises(ScenarioFileError, match=message):
            read_log(tmp_path / name, zone=BERLIN)
