"""Training cards: exact lines, numbers of supersets, and what is said of a session that repeats another."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from rich.console import Console

from mesocycle.models.plan import Plan, PlannedExercise, PlannedSession
from mesocycle.output.card import cards
from mesocycle.output.screen import as_text
from mesocycle.output.words import amount, growth_legend

NAMES = {
    "back_squat": "Back squat",
    "vertical_jump": "Vertical jump",
    "bench_press": "Bench press",
    "bent_over_row": "Bent-over row",
    "single_leg_rdl": "Single-leg RDL",
    "side_plank": "Side plank",
    "farmer_carry": "Farmer carry",
}
SQUAT = PlannedExercise(exercise="back_squat", sets=3, reps=5, load=80, rir=2, rest_seconds=150)
RDL = PlannedExercise(
    exercise="single_leg_rdl",
    sets=2,
    reps=8,
    reps_unit="each_side",
    rir=2,
    rest_seconds=75,
    progress_percent=5,
)
PLANK = PlannedExercise(exercise="side_plank", sets=2, reps=30, reps_unit="s_each_side", rest_seconds=45)


def session(*exercises: PlannedExercise, week: int = 1, **more: Any) -> PlannedSession:
    data: dict[str, Any] = {
        "id": f"w{week:02d}-A",
        "week": week,
        "date": date(2026, 9, 8) + timedelta(weeks=week - 1),
        "start": 1020,
        "end": 1065,
        "session": "A",
        "exercises": exercises,
        "sets": sum(item.sets for item in exercises),
        "lower_body_dose": 4.25,
        "why": "On Tuesday, a day without a run.",
    }
    return PlannedSession(**(data | more))


def shown(*sessions: PlannedSession, width: int = 80, full: bool = False) -> list[str]:
    def render(console: Console) -> None:
        for card in cards(Plan(sessions=sessions, weeks=()), NAMES, width, full):
            console.print(card)

    return as_text(render, width).splitlines()


def with_(item: PlannedExercise, **changes: Any) -> PlannedExercise:
    return item.model_copy(update=changes)


def test_a_card_at_80_columns() -> None:
    heavy = with_(SQUAT, weight=95, weight_unit="kg", complex="A")
    jump = PlannedExercise(exercise="vertical_jump", sets=3, reps=4, complex="A", rest_seconds=75)
    slow = with_(RDL, variant="slow_lowering", reps=4)
    lines = shown(session(heavy, jump, slow, PLANK, rotated=("single_leg_rdl",), dropped=("farmer_carry",)))
    assert lines == [
        "  Tue 8 Sep  17:00-17:45  A  10 sets, load on the legs 4.2 of 8",
        "       exercise        sets                load         reserve  rest",
        "    1a Back squat      3 × 5               80 %, 95 kg        2  2:30  complex",
        "    1b Vertical jump   3 × 4                                     1:15",
        "    2  Single-leg RDL  2 × 4 each side     +5\u00a0%               2  1:15",
        "       5 s down, changed",
        "    3  Side plank      2 × 30 s each side                        0:45",
        "    left out: Farmer carry",
        "    about 45 min with 8 of warm-up",
        "    On Tuesday, a day without a run.",
        "",
    ]


def test_a_wide_card_is_in_words() -> None:
    slow = with_(RDL, variant="hold")
    lines = shown(session(SQUAT, slow, PLANK, rotated=("single_leg_rdl",)), width=120)
    assert lines[1:4] == [
        "    1  Back squat      3 × 5               @ 80 %  2 in reserve  rest 2:30",
        "    2  Single-leg RDL  2 × 8 each side     +5\u00a0%    2 in reserve  rest 1:15  3 s hold, changed",
        "    3  Side plank      2 × 30 s each side                        rest 0:45",
    ]


def test_a_narrow_card_has_an_exercise_after_the_other() -> None:
    slow = with_(RDL, variant="slow_lowering")
    lines = shown(session(with_(SQUAT, weight=62.5, weight_unit="kg"), slow, PLANK), width=60)
    assert lines[2:8] == [
        "    1   Back squat 3 × 5 @ 80 %, 62.5 kg, 2 in reserve, rest",
        "        2:30",
        "    2   Single-leg RDL 2 × 8 each side +5\u00a0%, 2 in reserve,",
        "        rest 1:15, 5 s down",
        "    3   Side plank 2 × 30 s each side, rest 0:45",
        "    about 45 min with 8 of warm-up",
    ]


def test_those_done_in_turn_share_a_number_and_the_word_stands_once() -> None:
    bench = PlannedExercise(exercise="bench_press", sets=3, reps=7, superset="x")
    row = with_(bench, exercise="bent_over_row")
    alone = with_(PLANK, superset="y")  # its partner was left out
    lines = shown(session(SQUAT, bench, row, with_(RDL, superset="z"), with_(SQUAT, superset="z"), alone))
    assert [line.split()[0] for line in lines[2:8]] == ["1", "2a", "2b", "3a", "3b", "4"]
    assert [line.endswith("  superset") for line in lines[2:8]] == [False, True, False, True, False, False]


def test_the_same_label_is_one_group_only_among_neighbours_and_of_one_kind() -> None:
    one = with_(SQUAT, superset="A")
    lines = shown(session(one, RDL, one, with_(PLANK, complex="A")))
    assert [line.split()[0] for line in lines[1:5]] == ["1", "2", "3", "4"]


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        ("reps", "3 × 8"),
        ("each_side", "3 × 8 each side"),
        ("s", "3 × 8 s"),
        ("s_each_side", "3 × 8 s each side"),
        ("m", "3 × 8 m"),
    ],
)
def test_repetitions_have_their_unit(unit: str, text: str) -> None:
    assert amount(PlannedExercise(exercise="x", sets=3, reps=8, reps_unit=unit)) == text


def test_sets_without_repetitions() -> None:
    assert amount(PlannedExercise(exercise="x", sets=1)) == "1 set"
    assert amount(PlannedExercise(exercise="x", sets=2)) == "2 sets"


def test_a_weight_alone_and_minutes_alone() -> None:
    assert "@ 60 kg" in shown(session(with_(SQUAT, load=None, weight=60, weight_unit="kg")), width=120)[1]
    assert shown(session(lower_body_dose=0)) == [
        "  Tue 8 Sep  17:00-17:45  A  45 min, no leg work",
        "    On Tuesday, a day without a run.",
        "",
    ]


LIFTS = (with_(SQUAT, weight=95, weight_unit="kg"), RDL, PLANK)


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({}, "as on Tue 8 Sep"),
        ({0: {"weight": 97.5}}, "as on Tue 8 Sep, but Back squat @ 97.5 kg"),
        ({1: {"progress_percent": 7.5}}, "as on Tue 8 Sep, but Single-leg RDL +7.5\u00a0%"),
        (
            {0: {"load": 85, "weight": 100.0, "rir": 1}, 2: {"sets": 1}},
            "as on Tue 8 Sep, but Back squat @ 85 %, 100 kg, 1 in reserve; Side plank 1 × 30 s each side",
        ),
        # Too much to tell, another exercise or way, or something that is gone: the card in full.
        ({0: {"reps": 3, "rir": 3}, 1: {"reps": 4, "rir": 3}, 2: {"reps": 20}}, None),
        ({1: {"exercise": "farmer_carry"}}, None),
        ({1: {"variant": "hold"}}, None),
        ({1: {"rest_seconds": 60}}, None),
        ({1: {"progress_percent": 0}}, None),
    ],
)
def test_a_later_session_says_how_it_differs(changes: dict[int, dict[str, Any]], line: str | None) -> None:
    later = [with_(item, **changes.get(at, {})) for at, item in enumerate(LIFTS)]
    lines = shown(session(*LIFTS), session(*later, week=2), width=130)
    second = lines[lines.index("") + 1 :]
    assert second[0].startswith("  Tue 15 Sep  17:00-17:45  A  ")
    if line is None:
        assert second[1].startswith("    1  Back squat")
    else:
        assert second[1:] == [f"    {line}", "    On Tuesday, a day without a run.", ""]
    assert not any("as on" in line for line in shown(session(*LIFTS), session(*later, week=2), full=True))


@pytest.mark.parametrize("width", [60, 80, *range(36, 60)])
def test_growth_stays_with_its_sign(width: int) -> None:
    # Each width breaks somewhere else; a long name moves the break over the growth at 80 columns too.
    long = NAMES | {"single_leg_rdl": "Single-leg RDL with the other foot on a step, hands on the hips"}
    later = session(SQUAT, with_(RDL, progress_percent=7.5), week=2)
    plan = Plan(sessions=(session(SQUAT, RDL), later), weeks=())

    def lines(names: dict[str, str], full: bool) -> list[str]:
        def render(console: Console) -> None:
            for card in cards(plan, names, width, full):
                console.print(card)

        return as_text(render, width).splitlines()

    for names in (NAMES, long, *(NAMES | {"single_leg_rdl": "R" * size} for size in range(20, 60))):
        for full in (True, False):
            got = lines(names, full)
            assert max(map(len, got)) <= width
            assert sum(line.count("+5\u00a0%") for line in got) == 1
            assert sum(line.count("+7.5\u00a0%") for line in got) == 1


def test_it_refers_to_the_last_card_that_is_there_in_full() -> None:
    heavier = with_(LIFTS[0], weight=97.5)
    three = [
        session(*LIFTS),
        session(heavier, *LIFTS[1:], week=2),
        session(heavier, *LIFTS[1:], week=3, rotated=("single_leg_rdl",)),
        session(*LIFTS, week=4),
        session(*LIFTS, week=5, session="B"),
        session(*LIFTS, week=6, dropped=("farmer_carry",)),
    ]
    lines = shown(*three, width=120)
    assert [line.strip() for line in lines if "as on" in line] == [
        "as on Tue 8 Sep, but Back squat @ 97.5 kg",
        "as on Tue 22 Sep, but Back squat @ 95 kg",
    ]


def test_growth_is_explained_where_there_is_any() -> None:
    plain = Plan(sessions=(session(SQUAT, PLANK),), weeks=())
    assert growth_legend(plain) == ""
    grown = Plan(sessions=(session(SQUAT, RDL),), weeks=())
    assert growth_legend(grown) == "+5\u00a0%: that much more weight, or time, than at first."


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_nothing_runs_over_the_edge_and_markup_is_text(width: int) -> None:
    strange = with_(SQUAT, exercise="[red]x[/red] :smile: 深蹲")
    lines = shown(
        session(strange, RDL, session="[bold]A[/bold]", dropped=("[i]y[/i]",), why="[dim]z[/dim]"),
        width=width,
    )
    assert all(len(line) <= width for line in lines)
    text = " ".join(" ".join(lines).split())
    for word in ("[red]x[/red] :smile: 深蹲", "[bold]A[/bold]", "left out: [i]y[/i]", "[dim]z[/dim]"):
        assert word in text
