"""The table for spreadsheets: a row for each lift, read again by Python's reader; no cell is a formula."""

from __future__ import annotations

import csv
import io

import pytest
from exported import HOSTILE, PLAIN, block, hostile, impossible, lift, solved, weeks

from mesocycle.files.safe_text import FORMULA
from mesocycle.models.plan import Plan
from mesocycle.models.result import Result
from mesocycle.output.csv import COLUMNS, to_csv


def rows(result: Result) -> list[dict[str, str]]:
    text = to_csv(result, PLAIN)
    assert "\r" not in text
    lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert lines[0] == list(COLUMNS)
    assert {len(line) for line in lines} == {len(COLUMNS)}
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_a_row_for_each_lift() -> None:
    result = solved()
    assert result.plan is not None
    told = [(row["week"], row["date"], row["session"], row["sets"], row["why"]) for row in rows(result)]
    assert told == [
        (str(one.week), str(one.date), one.session, str(one.sets), one.why) for one in result.plan.sessions
    ]


def test_a_row_has_what_a_coach_looks_for() -> None:
    assert rows(block(lift(2)))[0] == {
        "week": "2",
        "date": "2026-09-15",
        "weekday": "Tuesday",
        "start": "17:00",
        "end": "17:45",
        "minutes": "45",
        "session": "A",
        "sets": "8",
        "lower_body_dose": "4.25",
        "phase": "base",
        "lighter_week": "true",
        "week_km": "48",
        "exercises": "1a Back squat 3 x 5 @ 80 %, 95 kg, 2 in reserve, rest 2:30, complex; 1b Hop 3 x 4, rest"
        " 1:15; 2 Side plank 2 x 30 s each side +2.5 %; Left out: Farmer carry",
        "why": "On Tuesday, a day without a run.",
    }


def test_what_is_ours_is_ascii_as_spreadsheets_guess_the_encoding() -> None:
    assert to_csv(solved(), PLAIN).isascii()


def test_what_nobody_knows_is_an_empty_cell() -> None:
    unmeasured = weeks(1)[0].model_copy(update={"distance_km": None})
    bare = lift(exercises=(), dropped=(), why="")
    (row,) = rows(block(plan=Plan(sessions=(bare,), weeks=(unmeasured,))))
    assert (row["exercises"], row["why"], row["week_km"]) == ("", "", "")


def test_without_a_plan_there_are_only_the_headings() -> None:
    assert rows(impossible()) == []


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_cell_is_a_formula_or_more_than_a_cell(text: str) -> None:
    written = to_csv(hostile(text), PLAIN)
    written.encode()
    assert len(written.splitlines()) == 3
    for row in rows(hostile(text)):
        assert not any(cell.startswith(FORMULA) for cell in row.values())


def test_a_number_below_0_stays_a_number() -> None:
    (row,) = rows(block(lift(sets=-1)))
    assert row["sets"] == "-1"
