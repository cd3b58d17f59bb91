"""A gathered plan as a scenario file: readable, valid, and with what to look at in its comments."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

import mesocycle as mc
from mesocycle.files.yaml_source import parse
from mesocycle.importing.block import Gathered, gather
from mesocycle.importing.draft import NO_TIME, DraftOptions, draft, summary_of
from mesocycle.importing.feed import Event, Feed, Kind
from mesocycle.importing.own_lifts import own_lifts
from mesocycle.importing.times import parse_start_times

MONDAY = date(2026, 11, 23)


def gathered(*titles: tuple[int, str], units: Any = "km", **more: Any) -> Gathered:
    events = tuple(Event(MONDAY + timedelta(days=at), title) for at, title in titles)
    return gather(Feed(events, units=units, **more), MONDAY, parse_start_times("06:30, pm 18:00"))


PLAN = gathered(
    (0, "Rest"),
    (1, "8 x 400 m, 10 km in all"),
    (2, "AM: 8 km easy, PM: 5 km easy"),
    (4, "Easy run OR day off"),
    (5, "5 km race"),
    (6, "Long run 18 km"),
    (13, "Half Marathon"),
)


def data(text: str) -> Any:
    return parse(text.encode(), "x.yaml").data


def test_the_file_reads_as_a_runner_would_write_it() -> None:
    assert draft(PLAN, "feed.ics", DraftOptions(name="Winter half")).splitlines() == [
        "# Imported from feed.ics: 7 runs on 6 days in 2 weeks, 1 day with more than one, 2 races.",
        "# Read it through, then:  mesocycle solve FILE     (3 easy, 2 race, 1 intervals, 1 long)",
        "#",
        "# Look at these, of which the import was not sure:",
        '#   Fri 27 Nov  "Easy run OR day off" is taken as easy; it also says day off',
        "#",
        "# Left out or assumed:",
        f"#   {NO_TIME}",
        "schema_version: 1",
        "name: Winter half",
        "start: 2026-11-23",
        "weeks: 2",
        "policy: stack_hard  # stack_hard | easy_moderate | stack_hard_long_run | auto",
        "units: km",
        "runs:",
        "  week: {}  # every run stands on its date",
        "  dates:",
        "    2026-11-23: rest",
        '    2026-11-24: {type: intervals, start: "06:30", distance: 10 km, title: '
        '"8 x 400 m, 10 km in all"}',
        '    2026-11-25: [{type: easy, start: "06:30", distance: 8 km}, '
        '{type: easy, start: "18:00", distance: 5 km}]',
        '    2026-11-27: {type: easy, start: "06:30", title: Easy run OR day off}'
        "  # not sure: it also says day off",
        '    2026-11-29: {type: long, start: "06:30", distance: 18 km}',
        "races:  # A is tapered for, B respected, C a key run: which is which was guessed",
        '  - {date: 2026-11-28, distance: "5k", priority: B}',
        "  - {date: 2026-12-06, distance: half_marathon, priority: A, name: Half Marathon}",
        "strength: {program: runner_two_day}",
    ]


def test_the_file_is_a_scenario_that_can_be_planned() -> None:
    result = mc.solve(mc.load_scenario(data(draft(PLAN, "x", DraftOptions(policy="easy_moderate")))))
    assert result.proven
    assert result.plan is not None
    assert [(run.date.day, run.type) for run in result.runs if run.type == "race"] == [
        (28, "race"),
        (6, "race"),
    ]


def test_miles_stay_miles() -> None:
    plan = gathered((1, "{6:10} easy"), (3, "4-6 mi easy"), (6, "13.1 mile race"), units="mi")
    written = data(draft(plan, "x", DraftOptions()))
    assert written["units"] == "mi"
    assert [run["distance"] for run in written["runs"]["dates"].values()] == ["6 mi", "6 mi"]
    assert written["races"][0]["distance"] == "half_marathon"


@pytest.mark.parametrize(
    ("metres", "distance"),
    [
        (42195, "marathon"),
        (42165, "marathon"),
        (21082, "half_marathon"),
        (21000, "half_marathon"),
        (4989, "5k"),
        (9978, "10k"),
        (15000, "15 km"),
        (50000, "50k"),
        (1609, "1.61 km"),
    ],
)
def test_a_race_of_a_usual_length_is_called_by_its_name(metres: int, distance: str) -> None:
    race = Event(MONDAY, "Race", metres=metres, kind=Kind.RACE)
    plan = gather(Feed((race,), units="km"), MONDAY, parse_start_times("07:00"))
    assert data(draft(plan, "x", DraftOptions()))["races"][0]["distance"] == distance


def test_the_last_race_of_unknown_length_has_that_of_the_plan_and_others_stay_runs() -> None:
    plan = gathered((1, "Easy 5 km"), (5, "Race"), (13, "Race day!"), race_metres=10_000)
    written = data(draft(plan, "x", DraftOptions()))
    assert written["races"] == [
        {"date": MONDAY + timedelta(13), "distance": "10k", "priority": "A", "name": "Race day!"}
    ]
    assert written["runs"]["dates"][MONDAY + timedelta(5)] == {"type": "race"}
    assert [(one.day, one.reading.doubt[:23]) for one in plan.unsure] == [
        (MONDAY + timedelta(5), "its length is not known")
    ]


def test_a_race_with_another_run_on_its_day_stands_in_both_places() -> None:
    events = (
        Event(MONDAY + timedelta(6), "Warm-up jog 2 km", start_minute=500),
        Event(MONDAY + timedelta(6), "10 km race", start_minute=600, metres=10_000, kind=Kind.RACE),
    )
    written = data(draft(gather(Feed(events), MONDAY, parse_start_times("07:00")), "x", DraftOptions()))
    assert [run["type"] for run in written["runs"]["dates"][MONDAY + timedelta(6)]] == ["easy", "race"]
    scenario = mc.load_scenario(written)
    assert [run.type for run in mc.solve(scenario).runs] == ["easy", "race"]


def test_what_the_runner_adds_stands_in_the_file() -> None:
    options = DraftOptions(
        availability={"weekdays": ("17:00-21:00",), date(2026, 11, 27): ()},
        blocked=("2026-12-01..2026-12-02",),
        notes=("2 calendars were read.",),
    )
    text = draft(PLAN, "x", options)
    athlete = data(text)["athlete"]
    assert athlete == {
        "availability": {"weekdays": ["17:00-21:00"], date(2026, 11, 27): []},
        "blocked": ["2026-12-01..2026-12-02"],
    }
    assert "# Left out or assumed:\n#   2 calendars were read.\n" in text


LIFTS = tuple(
    (7 * week + at, title)
    for week in range(3)
    for at, title in ((0, "Legs and Core • 55m - 65m"), (1, "Easy 8 km"), (3, "Upper Body Strength (40 min)"))
)


def test_a_program_is_placed_and_the_plans_own_lifts_are_told_of() -> None:
    text = draft(gathered(*LIFTS), "x", DraftOptions())
    assert data(text)["strength"] == {"program": "runner_two_day"}
    assert "#   6 strength sessions of the plan left out: `mesocycle audit` judges them" in text


def test_the_plans_own_lifts_are_placed_where_that_is_wished() -> None:
    plan = gathered(*LIFTS)
    strength = data(draft(plan, "x", DraftOptions(own_lifts=True)))["strength"]
    assert strength["sessions_per_week"] == 2
    assert [(one["name"], one["lower_body"]) for one in strength["sessions"]] == [
        ("Legs and Core", "heavy"),
        ("Upper Body Strength", "none"),
    ]
    assert strength["sessions"][1]["minutes"] == 40
    assert summary_of(plan) == "3 runs on 3 days in 3 weeks, 6 strength sessions"


def test_a_week_that_the_feed_does_not_show_has_the_usual_lifts() -> None:
    own = own_lifts(gathered(*LIFTS, (22, "Easy 8 km"), (29, "Easy 8 km")))
    assert own is not None
    assert own.per_week == (2, 2, 2, 2, 2)


def test_lifts_in_no_order_become_one_session() -> None:
    lifts = ((0, "Leg strength"), (7, "Leg strength"), (9, "Core strength"), (10, "Core strength"))
    plan = gathered(*lifts, (1, "Easy 8 km"), (11, "Easy 8 km"))
    own = own_lifts(plan)
    assert own is not None
    assert not own.by_turns
    assert [(one.name, one.lower_body) for one in own.sessions] == [("Strength", "heavy")]
    assert own.per_week == (1, 3)
    told = draft(plan, "x", DraftOptions(own_lifts=True))
    assert "follow no order, so all become one session" in told


def test_no_lifts_are_no_sessions() -> None:
    assert own_lifts(PLAN) is None


def test_races_that_the_plan_ranks_keep_their_rank() -> None:
    events = (
        Event(MONDAY + timedelta(days=4), "Race", metres=5_000, kind=Kind.RACE, priority="A"),
        Event(MONDAY + timedelta(days=13), "Race", metres=10_000, kind=Kind.RACE, priority="B"),
    )
    text = draft(gather(Feed(events), MONDAY, parse_start_times("07:00")), "x", DraftOptions())
    assert [(race["distance"], race["priority"]) for race in data(text)["races"]] == [
        ("5k", "A"),
        ("10k", "B"),
    ]
    assert "guessed" not in text


def test_a_title_says_only_what_the_fields_do_not() -> None:
    plan = gathered((1, "🏃 Rolling 400s • 12.9km"), (2, "Easy • 45m"), (3, "5 km easy"), (4, "4-6 km easy"))
    runs = data(draft(plan, "x", DraftOptions()))["runs"]["dates"].values()
    assert [run.get("title") for run in runs] == ["Rolling 400s", None, None, "4-6 km easy"]


HOSTILE = (
    "<script>alert(1)</script> 5 km",
    "=cmd()|' 5 km",
    "a\r\nEND:VEVENT 5 km easy",
    "\u202egnp.exe 5 km",
    "x" * 10_000,
)


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_titles_are_text_on_one_line(title: str) -> None:
    plan = gathered((1, title), (2, "Easy 5 km"))
    text = draft(plan, "feed.ics", DraftOptions(name="=1+1"))
    written = data(text)
    mc.load_scenario(written)
    assert set(written) == {"schema_version", "name", "start", "weeks", "policy", "units", "runs", "strength"}
    assert len(written["runs"]["dates"]) in (1, 2)  # a title without any number may be no run at all
    assert "\u202e" not in text
    assert max(map(len, text.splitlines())) < 600
