"""Tables of days and of weeks, as diaries export them and as people keep them in spreadsheets."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mesocycle.importing.feed import NOMINAL_MONDAY, Event, Feed, Kind
from mesocycle.importing.tables.dates import read_date
from mesocycle.importing.tables.table import read_table
from mesocycle.importing.titles.read import SURE, read_title
from mesocycle.models.errors import Problem, ScenarioFileError

PLANS = Path(__file__).parent / "plans"
TODAY = date(2026, 9, 1)
# As TrainingPeaks exports workouts: planned hours and metres, and what was done beside them.
PEAKS = (
    "Title,WorkoutType,WorkoutDescription,PlannedDuration,PlannedDistanceInMeters,WorkoutDay,"
    "DistanceInMeters,TimeTotalInHours,TSS\n"
    '"Pool","Swim","Easy",1.0,2000.0,2026-01-10,,,50\n'
    '"Sunday long","Run","two\nlines",1.5,16000.0,2026-01-11,15900,1.55,45\n'
    '"Day Off","Day Off","",,,2026-01-12,,,\n'
    '"6x800","Run","",0.75,,2026-01-13,,,\n'
)


def table(text: str | bytes, date_order: str | None = None) -> Feed:
    raw = text.encode() if isinstance(text, str) else text
    return read_table(raw, "plan.csv", date_order, TODAY)


def wrong(text: str | bytes, date_order: str | None = None) -> Problem:
    with pytest.raises(ScenarioFileError, match="problem") as caught:
        table(text, date_order)
    return caught.value.problems[0]


def days(feed: Feed) -> list[str]:
    return [event.day.isoformat() for event in feed.events]


def first(text: str | bytes) -> Event:
    return table(text).events[0]


@pytest.mark.parametrize(
    ("name", "count", "twice", "doubted"),
    [
        ("days_latin1.csv", 7, 0, []),
        ("weeks.csv", 20, 2, ["Optional 3 mi easy", "4", "Whatever feels good"]),
    ],
)
def test_a_table_is_read_cell_by_cell(name: str, count: int, twice: int, doubted: list[str]) -> None:
    feed = table((PLANS / name).read_bytes())
    read = [read_title(event, feed.units) for event in feed.events]
    unsure = [one.title for each in read for one in each if one.confidence < SURE]
    assert (len(read), sum(len(each) > 1 for each in read), unsure) == (count, twice, doubted)


def test_decimal_commas_and_clocked_durations_are_numbers() -> None:
    event = first((PLANS / "days_latin1.csv").read_bytes())
    assert (event.title, event.metres, event.minutes) == ("Lockerer Lauf", 8500, 50)


def test_a_file_of_windows_is_read_with_a_note() -> None:
    feed = table((PLANS / "days_latin1.csv").read_bytes())
    assert (feed.events[0].text, feed.notes[0][:24]) == ("für den Einstieg", "The file is not UTF-8; i")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_without_a_note(encoding: str) -> None:
    feed = table("Date,Workout\n2026-09-07,Läufe 5 km\n".encode(encoding))
    assert (feed.events[0].title, feed.notes) == ("Läufe 5 km", ())


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    event = first(f"Date{delimiter}Workout{delimiter}km\n2026-09-07{delimiter}Easy{delimiter}5\n")
    assert (event.title, event.metres) == ("Easy", 5000)


def test_a_line_for_excel_alone_is_passed_over() -> None:
    assert first("sep=;\nDate;Workout\n2026-09-07;Easy 5 km\n").place == "line 3"


@pytest.mark.parametrize(
    "text",
    [
        "2026-09-07",
        "2026/9/7",
        "7.9.2026",
        "07.09.26",
        "Mon 7 Sep",
        "Sept 7, 2026",
        "Monday, September 7",
        "7. September",
        "2026-09-07 06:30:00",
        "Montag 7. Sep 2026",
        "lun. 7 septembre 2026",
    ],
)
def test_a_date_is_read_however_it_is_written(text: str) -> None:
    assert days(table(f'Date\tWorkout\n"{text}"\tEasy\n')) == ["2026-09-07"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Mar 3, 2026", "2026-03-03"),  # a month, where a weekday would need one beside it
        ("mar. 3 mars 2026", "2026-03-03"),
        ("3 mar 2026", "2026-03-03"),
        ("7 setembro 2026", "2026-09-07"),
        ("7 out. 2026", "2026-10-07"),
        ("7 gennaio 2026", "2026-01-07"),
        ("7 maart 2026", "2026-03-07"),
        ("7 сентября 2026", "2026-09-07"),
        ("07.09.26", "2026-09-07"),
    ],
)
def test_months_have_names_in_several_languages(text: str, day: str) -> None:
    assert days(table(f'Date\tWorkout\n"{text}"\tEasy\n')) == [day]


def test_only_two_digits_are_a_year_of_this_century() -> None:
    assert [read_date(text).year for text in ("07.09.26", "0026-09-07", "0000-09-07")] == [2026, 26, 0]


@pytest.mark.parametrize(
    ("second", "found"),
    [("13/09/2026", ["2026-09-07", "2026-09-13"]), ("07/13/2026", ["2026-07-09", "2026-07-13"])],
)
def test_the_order_of_day_and_month_is_decided_by_all_dates(second: str, found: list[str]) -> None:
    assert days(table(f"Date,Workout\n07/09/2026,Easy\n{second},Rest\n")) == found


@pytest.mark.parametrize(("order", "found"), [("dmy", "2026-09-07"), ("mdy", "2026-07-09")])
def test_the_runner_may_say_the_order(order: str, found: str) -> None:
    assert days(table("Date,Workout\n07/09/2026,Easy\n", order)) == [found]


@pytest.mark.parametrize("others", ["", "2026-09-20,Rest\n", "20.9.2026,Rest\n"])
def test_an_order_that_stays_open_is_an_error_with_the_option(others: str) -> None:
    problem = wrong(f"Date,Workout\n{others}07/09/2026,Easy\n")
    assert (problem.value, "--date-order dmy" in problem.remedy) == ('"07/09/2026"', True)


def test_dates_of_both_orders_are_an_error_at_the_second() -> None:
    problem = wrong("Date,Workout\n13/09/2026,Easy\n09/14/2026,Easy\n")
    assert (problem.line, problem.message) == (3, "Date: some dates have the day first and some the month")


def test_dates_without_a_year_go_on_over_new_year() -> None:
    feed = table("Date,Workout\n28 Dec,Easy\n2 Jan,Easy\n")
    assert (days(feed), feed.notes) == (
        ["2026-12-28", "2027-01-02"],
        ("The dates have no year; the first was taken for 2026-12-28.",),
    )


def test_a_weekday_decides_the_year() -> None:
    assert days(table("Date,Workout\nThu 7 Jan,Easy\n")) == ["2027-01-07"]


def test_several_rows_of_a_day_are_several_runs() -> None:
    feed = table("Date,Time,Workout\n2026-09-07,18:00,Easy 4 km\n2026-09-07,06:30,Easy 5 km\n")
    assert [(e.start_minute, e.title) for e in feed.events] == [(390, "Easy 5 km"), (1080, "Easy 4 km")]


def test_a_row_without_a_date_belongs_to_the_day_above() -> None:
    assert days(table("Date,Workout\n2026-09-07,Easy\n,Gym\n2026-09-08,Rest\n")) == ["2026-09-07"] * 2 + [
        "2026-09-08"
    ]


def test_rows_of_sums_and_empty_days_are_no_events() -> None:
    assert days(table("Date,Workout,km\n2026-09-07,Easy,5\n2026-09-08,,\nTotal,,5\n")) == ["2026-09-07"]


def test_time_may_be_how_long_a_run_takes() -> None:
    assert first("Date,Workout,Time\n2026-09-07,Easy,0:45\n2026-09-08,Long,1:30\n").minutes == 45


@pytest.mark.parametrize(
    ("header", "cell", "minutes"),
    [
        ("Duration", "45", 45),
        ("Duration", "1:10:00", 70),
        ("Duration", "45:00", 45),
        ("Duration", "1h10", 70),
        ("Duration", "0.75", 45),
        ("Duration (h)", "2", 120),
        ("Dauer [min]", "50", 50),
        ("Duration", "-", None),
    ],
)
def test_a_duration_is_read_by_its_column(header: str, cell: str, minutes: int | None) -> None:
    assert first(f"Date,Workout,{header}\n2026-09-07,Easy,{cell}\n").minutes == minutes


@pytest.mark.parametrize(
    ("header", "cell", "metres"),
    [
        ("Distance", "8", 8000),
        ("Distance (mi)", "5", 8047),
        ("Miles", "5", 8047),
        ("Distance", "5 mi", 8047),
        ("Distance", "4-6 km", 6000),
        ("PlannedDistanceInMeters", "5000.0", 5000),
        ("Strecke", "n/a", None),
    ],
)
def test_a_distance_is_read_by_its_column(header: str, cell: str, metres: int | None) -> None:
    assert first(f"Date,Workout,{header}\n2026-09-07,Easy,{cell}\n").metres == metres


def test_a_distance_without_any_unit_is_taken_for_kilometres_with_a_note() -> None:
    assert table("Date,Workout,Distance\n2026-09-07,Easy,8\n").notes == (
        "Its distances have no unit; they were read as kilometres.",
    )


def test_words_of_the_table_tell_its_unit() -> None:
    assert first("Date,Workout,Distance\n2026-09-07,Easy,8\n2026-09-08,5 miles easy,\n").metres == 12_875


def test_an_export_of_training_peaks_is_read() -> None:
    found = [(e.day.day, e.kind, e.minutes, e.metres, e.done) for e in table(PEAKS).events]
    assert found == [
        (10, Kind.CROSS, 60, 2000, False),
        (11, None, 93, 15_900, True),
        (12, Kind.REST, None, None, False),
        (13, None, 45, None, False),
    ]


def test_columns_that_were_not_read_are_named() -> None:
    assert table(PEAKS).notes == ("Columns that were not read: TSS.",)


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("Run", None),
        ("Easy", Kind.EASY),
        ("Long Run", Kind.LONG),
        ("Bike", Kind.CROSS),
        ("Strength", Kind.STRENGTH),
        ("Day Off", Kind.REST),
        ("Race", Kind.RACE),
        ("Custom", None),
        ("Lauf", None),
        ("Juggling", None),
    ],
)
def test_a_sport_or_type_is_a_kind(cell: str, kind: Kind | None) -> None:
    assert first(f"Date,Type,Workout\n2026-09-07,{cell},Something\n").kind is kind


def test_a_calendar_exported_as_a_table_is_read() -> None:
    event = first("Subject,Start Date,Start Time,End Date\nEasy run 5 km,11/13/2026,6:30 AM,11/13/2026\n")
    assert (event.title, event.day, event.start_minute) == ("Easy run 5 km", date(2026, 11, 13), 390)


@pytest.mark.parametrize(
    ("title", "found"), [("Around the lake", "Run: Around the lake"), ("Tempo", "Tempo")]
)
def test_a_run_s_sport_is_told_where_its_title_says_nothing_of_it(title: str, found: str) -> None:
    assert first(f"Date,Type,Workout\n2026-09-07,Run,{title}\n").title == found


@pytest.mark.parametrize(
    ("cells", "units"), [(("5mi easy", "8 mi"), "mi"), (("5km", "Mi 8 km"), "km"), (("Mi", "Do"), "")]
)
def test_words_of_units_tell_the_unit_of_a_table(cells: tuple[str, str], units: str) -> None:
    assert table(f"Week,Mon,Tue,Wed,Thu,Fri,Sat,Sun\n1,{cells[0]},,{cells[1]},,,,\n").units == units


def test_weeks_without_dates_count_from_the_nominal_monday() -> None:
    feed = table((PLANS / "weeks.csv").read_bytes())
    assert (feed.dated, feed.events[0].day, feed.events[-1].day) == (False, NOMINAL_MONDAY, date(2001, 1, 21))


def test_a_cell_of_a_week_may_have_several_lines() -> None:
    feed = table((PLANS / "weeks.csv").read_bytes())
    event = next(e for e in feed.events if e.place == "line 3, wed")
    assert event.title == "6 x 400 m\nwith 200 m jog"


def test_weeks_may_have_dates() -> None:
    feed = table("Week of,Mon,Tue,Wed,Thu,Fri,Sat,Sun\n2026-09-07,Rest,,,,,,Long\n9 Sep 2026,,Easy,,,,,\n")
    assert (feed.dated, days(feed)) == (True, ["2026-09-07", "2026-09-08", "2026-09-13"])


def test_a_week_that_begins_on_sunday_does_so() -> None:
    feed = table("Week of,Sun,Mon,Tue,Wed,Thu,Fri,Sat\n2026-09-06,Long,Rest,,,,,Easy\n")
    assert days(feed) == ["2026-09-06", "2026-09-07", "2026-09-12"]


@pytest.mark.parametrize(
    "header",
    [
        "Montag;Dienstag;Mittwoch;Donnerstag;Freitag;Samstag;Sonntag",
        "lun;mar;mer;jeu;ven;sam;dim",
        "M;Tue;Wed;Thu;Fri;Sat;Sun",
        "MON;TUES;WED;THURS;FRI;SAT;SUN",
    ],
)
def test_weekdays_have_names_in_several_languages(header: str) -> None:
    assert days(table(f"Week;{header}\n1;;Easy;;;;;\n")) == ["2001-01-02"]


def test_rows_may_name_week_and_weekday() -> None:
    feed = table("Week,Day,Workout\n1,Mon,Rest\n,Tue,Easy\n2,Sat,Long run\n")
    assert (feed.dated, days(feed)) == (False, ["2001-01-01", "2001-01-02", "2001-01-13"])


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("Date,Workout\nsoon,Easy\n", 2, 1, "Date: expected a date such as 2026-11-12"),
        ("Date,Workout\n,Easy\n", 2, 1, "Date: expected a date"),
        ("Date,Workout\n2026-02-30,Easy\n", 2, 1, "Date: there is no such day"),
        ("Date,Workout\n1850-02-03,Easy\n", 2, 1, "Date: there is no such day"),
        ('Date,Workout,km\n2026-09-07,"a\nb",far\n', 2, 3, "km: expected a distance such as 8"),
        ("Date,Workout,Duration\n2026-09-07,Easy,long\n", 2, 3, "Duration: expected a duration"),
        ("Date,Workout,km\n2026-09-07,Easy,900\n", 2, 3, "km: expected a distance"),
        ("Date,Workout,Start\n2026-09-07,Easy,25:00\n", 2, 3, "Start: expected a time of day"),
        ("Week,Day,Workout\nlast,Mon,Rest\n", 2, 1, "Week: expected the number of a week"),
        ("nothing\nof use\n", 1, 1, "no row names the columns"),
        ("", 1, 1, "no row names the columns"),
        ('Date,Workout\n2026-09-07,"Easy\n2026-09-08,Rest\n', 2, 1, "the table cannot be read"),
        (
            "Date,Workout\n2026-09-07," + "a" * 10_001 + "\n",
            2,
            2,
            "the cell is longer than 10,000 characters",
        ),
        ("Date,Workout\n2026-09-07," + "a" * 200_000 + "\n", 2, 1, "the table cannot be read"),
        ("Date,Workout\n" + "2026-09-07,a\n" * 5001, 5001, 1, "the table has more than 5,000 rows"),
        ("Date,Workout\n" + "," * 500 + "\n", 2, 1, "the row has more than 200 cells"),
    ],
)
def test_an_error_names_line_and_column(text: str, line: int, column: int, message: str) -> None:
    problem = wrong(text)
    assert (problem.line, problem.column, problem.message[: len(message)]) == (line, column, message)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"PK\x03\x04rest", "this is a spreadsheet's own file"),
        (b"\xd0\xcf\x11\xe0rest", "this is a spreadsheet's own file"),
        (b"Date,Workout\n\0", "this is no text"),
    ],
)
def test_what_is_no_text_is_refused(raw: bytes, message: str) -> None:
    assert wrong(raw).message == message


def test_every_wrong_cell_is_told_at_once() -> None:
    with pytest.raises(ScenarioFileError, match="3 problems"):
        table("Date,Workout,km\nsoon,Easy,5\n2026-09-07,Easy,far\n2026-09-08,Easy,near\n")


@pytest.mark.parametrize("cell", ["=cmd()|' /C calc'!A0", "<script>", "\u202eevil", "\x1b[31m", "a" * 9_999])
def test_a_hostile_cell_is_only_text(cell: str) -> None:
    feed = table(f"Date\tWorkout\n2026-09-07\t{cell}\n")
    assert [len(read_title(event, feed.units)) for event in feed.events] == [1]
