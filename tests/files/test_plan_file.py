"""Plans from files: read as they were written, and whatever else a file holds ends in problems that help."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import mesocycle as mc
from mesocycle.files.plan_file import MAX_BYTES, parse_result, read_result
from mesocycle.models.errors import Problem, ScenarioFileError

WEEK = {"tue": {"type": "tempo", "start": "06:30", "minutes": 45, "title": "Club night"}}
DATA = {"name": "Tiny", "start": "2026-09-07", "weeks": 2, "runs": {"week": WEEK}}


@cache
def text() -> str:
    return json.dumps(mc.solve(mc.load_scenario(DATA)).to_dict())


def changed(change: Callable[[Any], object]) -> bytes:
    data = json.loads(text())
    change(data)
    return json.dumps(data).encode()


def refused(raw: bytes) -> tuple[Problem, ...]:
    with pytest.raises(ScenarioFileError, match=r"plan\.json: \d+ problem") as caught:
        parse_result(raw, "plan.json")
    assert caught.value.file == "plan.json"
    return caught.value.problems


def the_one(raw: bytes) -> Problem:
    (problem,) = refused(raw)
    return problem


# --- files -----------------------------------------------------------------------------------------------


def test_a_plan_is_read_as_it_was_written(tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_text(text(), encoding="utf-8")
    assert json.dumps(read_result(file).to_dict()) == text()


def test_a_byte_order_mark_does_no_harm() -> None:
    assert parse_result(b"\xef\xbb\xbf" + text().encode(), "plan.json").name == "Tiny"


def test_a_hyphen_reads_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(text().encode())))
    assert read_result("-").name == "Tiny"


def test_there_may_be_no_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(ScenarioFileError, match="there is no standard input"):
        read_result("-")


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ScenarioFileError, match="this is not a regular file"):
        read_result(tmp_path / "pipe")
    with pytest.raises(ScenarioFileError, match="this is a directory, not a file"):
        read_result(tmp_path)
    with pytest.raises(ScenarioFileError, match="there is no such file"):
        read_result(tmp_path / "none.json")
    with pytest.raises(ScenarioFileError, match="the file cannot be read: no usable name"):
        read_result("a\0b")


def test_a_file_of_more_than_16_mb_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    with file.open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    with pytest.raises(ScenarioFileError, match="the file is larger than 16 MB"):
        read_result(file)


# --- JSON ------------------------------------------------------------------------------------------------


def test_broken_json_is_told_with_its_place() -> None:
    problem = the_one(b'{\n "name": "x",\n}')
    assert (problem.line, problem.column) == (3, 1)
    assert problem.message == "no JSON: expecting property name enclosed in double quotes"
    assert problem.remedy == "plans come from `mesocycle solve SCENARIO --format json`"


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "the file is empty"),
        (b" \n ", "the file is empty"),
        (b"\xff\xfe{", "the byte 0xff at 0 is no UTF-8"),
        (b'{"a": NaN}', "NaN is no number"),
        (b'{"a": -Infinity}', "-Infinity is no number"),
        (b'{"a": 1, "b": 2, "a": 3}', 'the key "a" stands twice'),
        (b'{"a\\u001b": 1, "a\\u001b": 3}', 'the key "a\\u001b" stands twice'),
        (b'{"a": ' + b"9" * 5000 + b"}", "a number has too many digits"),
        (b"[" * 100_000, "the nesting is deeper than 20"),
        (b"[]", "the file holds no result"),
        (b"3", "the file holds no result"),
        (b'"plan"', "the file holds no result"),
        (b"null", "the file holds no result"),
    ],
)
def test_what_is_no_plan_is_refused(raw: bytes, message: str) -> None:
    assert the_one(raw).message == message


# --- other files of ours ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "raw",
    [
        b"name: Tiny\nstart: 2026-09-07\nruns: {week: {}}\n",
        json.dumps(DATA).encode(),
    ],
)
def test_a_scenario_is_told_from_a_plan(raw: bytes) -> None:
    problem = the_one(raw)
    assert problem.message == "this is a scenario, not a plan"
    assert "--format ics` plans and exports it" in problem.remedy


def test_rows_and_tables_of_compare_are_told_from_a_plan() -> None:
    comparison = mc.compare(mc.load_scenario(DATA), [])
    row = the_one(json.dumps(comparison.rows[0].to_dict()).encode())
    assert row.message == "this is a row of `mesocycle compare`, not one plan"
    table = the_one(json.dumps(comparison.to_dict()).encode())
    assert table.message == "this is the table of `mesocycle compare`, not one plan"
    assert "the part called `result`" in row.remedy
    result = comparison.rows[0].to_dict()["result"]
    assert parse_result(json.dumps(result).encode(), "plan.json").name == "Tiny"


@pytest.mark.parametrize(
    ("version", "message", "value"),
    [
        (None, "is missing", ""),
        (2, "another version than this program reads", "2"),
        ("1", "another version than this program reads", '"1"'),
    ],
)
def test_another_version_is_refused(version: object, message: str, value: str) -> None:
    problem = the_one(changed(lambda data: data.update(schema_version=version)))
    assert (problem.key, problem.message, problem.value) == ("schema_version", message, value)
    assert problem.remedy.startswith("schema_version 1; plans come from")


# --- keys and values -------------------------------------------------------------------------------------


def put(key: str, value: Any) -> Callable[[Any], object]:
    """Set one value of the first session."""
    return lambda data: data["sessions"][0].update({key: value})


def test_all_that_is_wrong_is_told_at_once_with_key_and_value() -> None:
    def change(data: Any) -> None:
        data["sessions"][0]["start"] = "25:00"
        data["weeks"][1]["sets"] = "many"
        del data["sessions"][1]["week"]
        del data["costs"]
        data["sesions"] = []

    found = {problem.key: (problem.message, problem.value) for problem in refused(changed(change))}
    assert found == {
        "sessions[0].start": ("a time of day lies between 00:00 and 24:00", '"25:00"'),
        "weeks[1].sets": ("expected a whole number", '"many"'),
        "sessions[1].week": ("is missing", ""),
        "costs": ("is missing", ""),
        "sesions": ("unknown key", "[]"),
    }


def test_remedies_speak_of_plans() -> None:
    missing = the_one(changed(lambda data: data["sessions"][0].pop("week")))
    assert missing.remedy == "plans come from `mesocycle solve SCENARIO --format json`"
    unknown = the_one(changed(lambda data: data.update(strength={})))
    assert unknown.remedy == "leave it out; or another version of mesocycle wrote the plan"


@pytest.mark.parametrize(
    ("change", "key", "message"),
    [
        (put("start", "24:00"), "sessions[0].end", "a session ends after it starts, on the same day"),
        (put("end", "00:00"), "sessions[0].end", "a session ends after it starts, on the same day"),
        (put("week", 9), "sessions[0].date", "the day does not lie in the session's week"),
        (put("date", "2026-09-21"), "sessions[0].date", "the day does not lie in the session's week"),
        (put("id", "w01-B"), "sessions[1].id", "two sessions have the same id"),
        (
            put("date", "2026-02-30"),
            "sessions[0].date",
            "there is no such day: day is out of range for month",
        ),
        (lambda d: d.update(units="m"), "units", "expected km or mi"),
        (lambda d: d["runs"][0].update(minutes=0), "runs[0].minutes", "a run takes 1 to 1440 minutes"),
        (
            lambda d: d["runs"][0].update(date="1989-12-31"),
            "runs[0].date",
            "the year lies between 1990 and 2200",
        ),
        (lambda d: d.update(weeks=[], sessions=[]), "weeks", "a block has 1 to 52 weeks"),
        (
            lambda d: d["sessions"][0]["exercises"][0].update(reps_unit="times"),
            "sessions[0].exercises[0].reps_unit",
            "expected one of reps, each_side, s, s_each_side, m",
        ),
        (
            lambda d: d["sessions"][0]["exercises"][0].update(rest_seconds=-1),
            "sessions[0].exercises[0].rest_seconds",
            "a number below 0",
        ),
        (
            lambda d: d["weeks"][1].update(start="2026-09-15"),
            "weeks[1].start",
            "weeks start on Mondays, each seven days after the one before",
        ),
        (lambda d: d["weeks"][0].update(sets=-1), "weeks[0].sets", "a number below 0"),
        (lambda d: d["weeks"][0].update(distance_km=-0.5), "weeks[0].distance_km", "a number below 0"),
        (
            lambda d: d["weeks"][0].update(pattern_sets={"squat": -1}),
            "weeks[0].pattern_sets.squat",
            "a number below 0",
        ),
        (lambda d: d["runs"][0].update(distance_km=-5), "runs[0].distance_km", "a number below 0"),
        (put("lower_body_dose", -1.5), "sessions[0].lower_body_dose", "a number below 0"),
    ],
)
def test_what_contradicts_itself_is_refused(change: Callable[[Any], None], key: str, message: str) -> None:
    problem = the_one(changed(change))
    assert (problem.key, problem.message) == (key, message)


def test_weeks_that_are_left_out_are_refused() -> None:
    found = refused(changed(lambda data: data["weeks"][1].update(week=5)))
    assert (found[0].key, found[0].message) == ("weeks[1].week", "weeks count from 1: expected 2")


@pytest.mark.parametrize("year", ["0001", "1989", "2201", "9999"])
def test_years_out_of_all_measure_are_refused(year: str) -> None:
    def change(data: Any) -> None:
        data["weeks"][0]["start"] = f"{year}-09-07"

    keys = [problem.key for problem in refused(changed(change))]
    assert keys[0] == "weeks[0].start"


# --- hostile files ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("hidden", ["\n", "\r\n", "\x1b[31m", "\u202e", "\u2028", "\x00", "\ud800", "\u200b"])
def test_text_that_cannot_be_seen_is_refused_wherever_it_stands(hidden: str) -> None:
    def change(data: Any) -> None:
        data["name"] = f"a{hidden}"
        data["sessions"][0]["session"] = f"a{hidden}"
        data["sessions"][0]["why"] = f"a{hidden}"
        data["exercise_names"][f"a{hidden}"] = "x"
        data["runs"][0]["title"] = f"a{hidden}"

    found = refused(changed(change))
    keys = {"name", "sessions[0].session", "sessions[0].why", "exercise_names", "runs[0].title"}
    assert {problem.key for problem in found} == keys
    assert all("the text holds the invisible character U+" in problem.message for problem in found)
    assert all(line.isprintable() for problem in found for line in problem.lines("plan.json"))


def test_text_of_thousands_of_characters_is_refused() -> None:
    problem = the_one(changed(put("why", "x" * 5001)))
    assert problem.message == "the text is longer than 5,000 characters"
    assert len(problem.value) == 60


def test_numbers_out_of_all_measure_are_refused() -> None:
    raw = changed(put("sets", 10**10)).replace(b'"minutes": 45', b'"minutes": 1e999')
    found = {problem.key: problem.message for problem in refused(raw)}
    assert set(found.values()) == {"the number is too large"}
    assert "sessions[0].sets" in found


def test_lists_longer_than_any_of_a_block_are_refused() -> None:
    problem = the_one(changed(lambda data: data.update(notes=[""] * 5001)))
    assert (problem.key, problem.message) == ("notes", "more than 5,000 entries")


def test_thousands_of_sessions_are_refused() -> None:
    one = changed(lambda data: data.update(sessions=data["sessions"][:1] * 3_000))
    assert the_one(one).message == "the file holds more than 200,000 values"


def test_more_values_than_any_block_has_are_refused() -> None:
    rows = [[0] * 1000] * 201
    assert the_one(changed(lambda data: data.update(notes=rows))).message == (
        "the file holds more than 200,000 values"
    )


def test_deep_nesting_is_refused() -> None:
    def change(data: Any) -> None:
        for _ in range(30):
            data["run"]["parameters"] = {"a": data["run"]["parameters"]}

    assert the_one(changed(change)).message == "the nesting is deeper than 20"


def test_of_thousands_of_problems_fifty_are_listed() -> None:
    found = refused(changed(lambda data: data.update(notes=["\x00"] * 4000)))
    assert len(found) == 51
    assert found[-1].message.endswith(" more problems not listed")
