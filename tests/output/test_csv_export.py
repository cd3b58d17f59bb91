"""The table for spreadsheets: a row for each lift, read again by Python's reader; no cell is a formula."""

from __future__ import annotations

import csv
import io

import pytest
from exported import HOP, HOSTILE, PLAIN, PLANK, SQUAT, block, hostile, impossible, lift, solved, weeks

from mesocycle.files.safe_text import FORMULA
from mesocycle.models.plan import Plan, PlannedSet
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
        "exercises": "1a Back squat 3 x 5 @ 95 kg (81 %), 2 in reserve, +2.5 kg; 1b Hop 3 x 4, at once after"
        " 1a, rest 2:30; 2 Side plank 2 x 30 s each side, +3 % on your first week; Left out: Farmer carry",
        "set_list": "5x37.5 3x57.5 2x75 | 5x95 5x95 5x95; ; ",
        "week_max": "117; ; ",
        "percent": "81.2; ; ",
        "relative_percent": "18.8; ; 2.6",
        "change": "2.5; ; ",
        "cues": "chest up; ; ",
        "why": "On Tuesday, a day without a run.",
    }


def test_sets_without_a_weight_are_listed_with_their_share_or_alone() -> None:
    shares = SQUAT.model_copy(
        update={
            "set_list": (
                PlannedSet(reps=5, percent=32.5, warm_up=True),
                *[PlannedSet(reps=5, percent=81.2)] * 2,
            )
        }
    )
    held = PLANK.model_copy(update={"set_list": (PlannedSet(reps=30),) * 2, "cues": ("hips high", "breathe")})
    bare = HOP.model_copy(update={"set_list": ()})
    (row,) = rows(block(lift(exercises=(shares, bare, held))))
    assert row["set_list"] == "5x32.5% | 5x81.2% 5x81.2%; ; 30 30"
    assert row["cues"] == "chest up; ; hips high / breathe"


def test_what_is_ours_is_ascii_as_spreadsheets_guess_the_encoding() -> None:
    assert to_csv(solved(), PLAIN).isascii()


def test_what_nobody_knows_is_an_empty_cell() -> None:
    unmeasured = weeks(1)[0].model_copy(update={"distance_km": None})
    bare = lift(exercises=(), dropped=(), why="")
    (row,) = rows(block(plan=Plan(sessions=(bare,), weeks=(unmeasured,))))
    assert (row["exercises"], row["why"], row["week_km"]) == ("", "", "")
    assert (row["set_list"], row["week_max"], row["cues"]) == ("", "", "")


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
