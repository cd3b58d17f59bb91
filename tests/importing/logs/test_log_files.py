"""Whole files as apps write them, sound, broken off and hostile, and what stands in each.

In the lines of `expected.json` runs within a lifting log are runs, notes are on one line, instants are on the
runner's clock, and how sore or tired a day was is from 0 to 10.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from as_lines import counts_of, lines_of

from mesocycle.importing.logs.read import read_log
from mesocycle.models.errors import ScenarioFileError

FILES = Path(__file__).parent / "files"
EXPECTED: dict[tuple[str, str], dict[str, Any]] = {
    (folder.name, name): told
    for folder in sorted(FILES.iterdir())
    for name, told in json.loads((folder / "expected.json").read_text(encoding="utf-8")).items()
}


@pytest.mark.parametrize(("app", "name"), EXPECTED)
def test_what_stands_in_a_file(app: str, name: str) -> None:
    told = EXPECTED[app, name]
    options = {key: told[key] for key in ("units", "date_order") if key in told}
    zone = ZoneInfo(told.get("zone", "Europe/Berlin"))
    if "error" in told:
        with pytest.raises(ScenarioFileError) as caught:
            read_log(FILES / app / name, zone=zone, **options)
        assert caught.value.problems[0].message == told["error"]
        return
    log = read_log(FILES / app / name, zone=zone, **options)
    assert lines_of(log) == told["read"]
    assert (log.app, counts_of(log)) == (told["app"], told["counts"])
    assert (log.truncated, list(log.unknown_columns)) == (
        told.get("truncated", False),
        told.get("unknown_columns", []),
    )


def test_every_file_has_its_expectation() -> None:
    files = {(one.parent.name, one.name) for one in FILES.glob("*/*") if one.name != "expected.json"}
    assert files == set(EXPECTED)
    assert {app: sum(one == app for one, _ in EXPECTED) for app, _ in EXPECTED} == {
        "apple_health": 17,
        "fitnotes": 11,
        "garmin": 12,
        "hevy": 12,
        "intervals": 19,
        "liftosaur": 8,
        "strava": 10,
        "strong": 11,
        "stronglifts": 7,
    }


def test_twice_the_same_log_gives_the_same_records() -> None:
    """Every record has an identity of its own, which no other file of the same app changes."""
    for app, name in EXPECTED:
        if "error" in EXPECTED[app, name]:
            continue
        log = read_log(FILES / app / name, zone=ZoneInfo("Europe/Berlin"), date_order="dmy")
        ids = [record.id for records in (log.workouts, log.runs, log.wellness) for record in records]
        assert len(ids) == len(set(ids)), (app, name)
        assert all(ids), (app, name)


@pytest.mark.parametrize("name", ["hevy/hevy_en_kg.csv", "apple_health/apple_utf16.xml"])
def test_standard_input_is_read_like_a_file(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = (FILES / name).read_bytes()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(raw)))
    app, file = name.split("/")
    assert lines_of(read_log("-", zone=ZoneInfo("Europe/Berlin"))) == EXPECTED[app, file]["read"]


def test_the_library_for_fit_is_loaded_for_fit_alone() -> None:
    code = (
        "import sys; from zoneinfo import ZoneInfo; from mesocycle.importing.logs.read import read_log; "
        f"read_log({str(FILES / 'hevy' / 'hevy_en_kg.csv')!r}, zone=ZoneInfo('UTC')); "
        "print('fitdecode' in sys.modules, 'ortools' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "False False\n"
