"""Tables of any app: delimiters, encodings, quotes, broken ends; and files that are none."""

from __future__ import annotations

from pathlib import Path

import pytest
from reading import BERLIN, log, sets, wrong

from mesocycle.importing.logs import rows
from mesocycle.importing.logs.figures import decimal_sign, number, seconds_of
from mesocycle.importing.logs.findings import LeftOutError
from mesocycle.importing.logs.read import read_log
from mesocycle.models.errors import ScenarioFileError

NAMES = "title,start_time,end_time,exercise_title,set_index,set_type,weight_kg,reps,rpe"
ROW = '"Pull, heavy","1 Jun 2025, 10:00","1 Jun 2025, 11:00",Deadlift,0,normal,102.5,5,8'
LOG = f"{NAMES}\n{ROW}\n"
ONE = [(102.5, "kg", 5, 2)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_encodings_and_ends_of_lines(encoding: str, ends: str) -> None:
    found = log(LOG.replace("\n", ends).encode(encoding))
    assert (sets(found.workouts[0]), found.notes) == (ONE, ())


def test_an_old_encoding_is_said() -> None:
    found = log(LOG.replace("Pull, heavy", "Rücken").encode("cp1252"))
    assert (found.workouts[0].title, found.notes[0][:34]) == ("Rücken", "The file is not UTF-8; it was read")


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_delimiters_and_decimal_commas(delimiter: str) -> None:
    rows = ("Legs", "1 Jun 2025, 10:00", "1 Jun 2025, 11:00", "Deadlift", "0", "normal", "102,5", "5", "8")
    content = "\n".join([delimiter.join(NAMES.split(",")), delimiter.join(rows), ""])
    assert sets(log(content).workouts[0]) == ONE
    assert sets(log(f"sep={delimiter}\n{content}").workouts[0]) == ONE


def test_quoted_line_breaks_and_quotes() -> None:
    content = LOG.replace("Pull, heavy", 'Pull\n""heavy""')
    (done,) = log(content + ROW.replace("0,normal", "1,normal") + "\n").workouts
    assert (done.title, done.line, len(done.exercises[0].sets)) == ('Pull "heavy"', 2, 2)


def test_quotes_that_were_not_doubled_are_taken_as_they_come() -> None:
    (done,) = log(LOG.replace("Pull, heavy", 'the "big" one')).workouts
    assert (done.title, sets(done)) == ('the big" one"', ONE)


@pytest.mark.parametrize(
    ("whole", "broken", "read", "notes"),
    [
        ('"Pull, heavy"', '"Pull, heavy', 4, ('Line 3: this is no date: "10:00\\"". It was left out.',)),
        ("normal,102.5,5,8", 'normal,102.5,5,"8', 5, ()),
    ],
)
def test_a_quote_that_is_not_closed_costs_its_row_at_most(
    whole: str, broken: str, read: int, notes: tuple[str, ...]
) -> None:
    rows = [ROW.replace("0,normal", f"{at},normal") for at in range(5)]
    rows[1] = rows[1].replace(whole, broken)
    found = log("\n".join([NAMES, *rows, ""]))
    assert (len(found.workouts[0].exercises[0].sets), found.truncated, found.notes) == (read, False, notes)


def test_quotes_that_fit_in_no_way_are_told() -> None:
    found = log(LOG + ROW.replace("Deadlift", '"Dead"lift", x"') + "\n" + ROW + "\n")
    assert found.notes == ("Line 3: its quotes do not fit. It was left out.",)


@pytest.mark.parametrize("cut", [1, 3, 20, 30, 50])
def test_a_file_that_breaks_off_keeps_its_whole_rows(cut: int) -> None:
    found = log(LOG + ROW[:cut].replace("Pull", "Push"))
    assert (sets(found.workouts[0]), found.truncated, found.left_out) == (ONE, True, 0)
    assert found.notes == (
        "The file ends in the middle of line 3: what stands before it was read. Export it again.",
    )


def test_a_file_without_a_last_line_break_is_whole() -> None:
    found = log(LOG.strip() + "\n" + ROW.replace("0,normal", "1,normal"))
    assert (len(found.workouts[0].exercises[0].sets), found.truncated) == (2, False)


def test_lines_that_are_quoted_as_a_whole() -> None:
    inner = ROW.replace('"', '""')
    assert sets(log(f'{NAMES}\n"{inner}"\n').workouts[0]) == ONE


def test_a_nul_costs_its_cell_alone() -> None:
    raw = (LOG + ROW.replace("102.5", "10\x002.5") + "\n").encode()
    found = log(raw)
    assert (sets(found.workouts[0]), found.left_out) == (ONE, 1)
    assert wrong(bytes(1000)).message == "this is no text"
    assert wrong(b" \n").message == "the file is empty"


def test_what_is_no_log_says_what_it_is_and_what_is_looked_for() -> None:
    problem = wrong("Datum;Gewicht\n2026-06-01;100\n")
    assert problem.message == "no row names the columns of an app that is known"
    assert (problem.value, problem.line) == ('"Datum;Gewicht"', 1)
    assert problem.remedy.startswith("an export as the app wrote it, of Hevy")


def test_a_log_without_a_readable_row_is_an_error() -> None:
    problem = wrong(LOG.replace("1 Jun", "1 Foo"))
    assert problem.message == "this is an export of Hevy, but none of it can be read: one entry"
    assert problem.value == 'Line 2: this is no date: "1 Foo 2025, 10:00".'
    assert wrong(NAMES + "\n").message == "this is an export of Hevy without a single entry"


def test_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "MOST_ROWS", 3)
    assert len(log(LOG + f"{ROW}\n" * 2).workouts) == 1
    assert wrong(LOG + f"{ROW}\n" * 3).message == "the table has more than 3 rows"
    assert wrong(NAMES + "," * 200 + f"\n{ROW}\n").message == "the table has more than 200 columns"
    found = log(LOG + ROW.replace("Deadlift", "x" * 10_001) + "\n")
    assert found.notes == ("Line 3: it is longer than any row of a log. It was left out.",)


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    with path.open("wb") as stream:
        stream.truncate(16_000_001)
    with pytest.raises(ScenarioFileError, match="the file is larger than 16 MB"):
        read_log(path, zone=BERLIN)


@pytest.mark.parametrize("units", ["stone", "kg lb", "km mi"])
def test_units_that_are_none(units: str) -> None:
    assert (wrong(LOG, units=units).message, wrong(LOG, date_order="ymd").message) == (
        "the units are unknown",
        "the order of dates is unknown",
    )


# Which sign stands before decimals follows from numbers that tell: three digits after it do not.
@pytest.mark.parametrize(
    ("cells", "sign"),
    [
        (["10.01", "2,336"], "."),
        (["42,5", "1.500"], ","),
        (["1,500"], ""),
        (["1.5", "1,5"], ""),
        (["x", "7"], ""),
    ],
)
def test_the_sign_before_decimals(cells: list[str], sign: str) -> None:
    assert decimal_sign(cells) == sign


@pytest.mark.parametrize(
    ("cell", "sign", "value"),
    [
        ("102.5", "", 102.5),
        ("102,5", "", 102.5),
        ("102,5", ".", 102.5),
        ("1,500", ".", 1500),
        ("1,500", ",", 1.5),
        ("1.500", ",", 1500),
        ("1.500", "", 1.5),
        ("0,500", ".", 0.5),
        ("1,234.5", "", 1234.5),
        ("1.234,5", "", 1234.5),
        ("1.234.567", "", 1234567),
        ("--", "", None),
        ("", "", None),
        ("-0", "", 0),
    ],
)
def test_numbers(cell: str, sign: str, value: float | None) -> None:
    assert number(cell, sign, "the weight", 1e7) == value


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [
        ("1:02:03", 3723),
        ("00:31:24", 1884),
        ("45:30", 2730),
        ("00:02:15.3", 135),
        ("1h 43m", 6180),
        ("38min", 2280),
        ("59m", 3540),
        ("264h 1m", 950460),
        ("90s", 90),
        ("1864", 1864),
        ("12,5", 12.5),
        ("--", None),
    ],
)
def test_lengths_of_time(cell: str, seconds: float | None) -> None:
    assert seconds_of(cell, "the time") == seconds


@pytest.mark.parametrize("cell", ["1:2:3:4", "h", "1e9", "٣x", "1 fortnight"])
def test_no_lengths_of_time(cell: str) -> None:
    with pytest.raises(LeftOutError, match="the time is no number"):
        seconds_of(cell, "the time")
