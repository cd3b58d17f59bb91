"""Training cards: exact lines, numbers of supersets, and what is said of sessions that share a card."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from rich.console import Console

from mesocycle.models.plan import Plan, PlannedExercise, PlannedSession, PlannedSet
from mesocycle.models.set_words import amount, growth
from mesocycle.output.card import cards, printed
from mesocycle.output.screen import as_text
from mesocycle.output.words import legend, legs

NAMES = {
    "back_squat": "Back squat",
    "vertical_jump": "Vertical jump",
    "bench_press": "Bench press",
    "bent_over_row": "Bent-over row",
    "single_leg_rdl": "Single-leg RDL",
    "side_plank": "Side plank",
    "farmer_carry": "Farmer carry",
}
SQUAT = PlannedExercise(exercise="back_squat", sets=3, reps=5, load=80, rir=2, rest_seconds=150, percent=81.2)
RDL = PlannedExercise(
    exercise="single_leg_rdl",
    sets=2,
    reps=8,
    reps_unit="each_side",
    rir=2,
    rest_seconds=75,
    relative_percent=5.4,
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
            console.print()

    return as_text(render, width).splitlines()


def with_(item: PlannedExercise, **changes: Any) -> PlannedExercise:
    return item.model_copy(update=changes)


HEAVY = with_(
    SQUAT,
    weight=82.5,
    weight_unit="kg",
    change=2.5,
    cues=("chest up", "knees out"),
    set_list=(
        PlannedSet(reps=5, weight=35, percent=32, warm_up=True),
        PlannedSet(reps=3, weight=50, percent=48, warm_up=True),
        PlannedSet(reps=2, weight=65, percent=64, warm_up=True),
        *[PlannedSet(reps=5, weight=82.5, percent=81.2)] * 3,
    ),
)
SHARES = tuple(
    PlannedSet(reps=reps, percent=share, warm_up=True) for reps, share in ((5, 32.5), (3, 48.7), (2, 65.0))
)


def test_a_card_at_80_columns() -> None:
    slow = with_(RDL, variant="slow_lowering", reps=4)
    lines = shown(session(HEAVY, slow, PLANK, rotated=("single_leg_rdl",), dropped=("farmer_carry",)))
    assert lines == [
        "  Tue 8 Sep  17:00-17:45  A  7 sets, legs: moderate (4.2)",
        "    1  Back squat 3 × 5 @ 82.5 kg (81\u00a0%), 2 in reserve, +2.5 kg, rest 2:30",
        "       warm-up 5 × 35, 3 × 50, 2 × 65 kg; chest up; knees out",
        "    2  Single-leg RDL 2 × 4 each side, 2 in reserve, +5\u00a0% on your first week,",
        "       lower it in 5\u00a0s, changed, rest 1:15",
        "    3  Side plank 2 × 30 s each side, rest 0:45",
        "    left out: Farmer carry",
        "    about 45 min with 8 of warm-up",
        "    On Tuesday, a day without a run.",
        "",
    ]


def test_without_a_record_it_is_loaded_by_the_share_of_the_max() -> None:
    guessed = with_(SQUAT, relative_percent=17.9, change=1.2, set_list=SHARES, variant="hold")
    assert shown(session(guessed), width=120)[1:3] == [
        "    1  Back squat 3 × 5, 2 in reserve, about 81\u00a0% of your 1RM, +18\u00a0% on your first week,"
        " hold 3\u00a0s at the bottom, rest",
        "       2:30",
    ]
    assert shown(session(guessed), width=120)[3] == "       warm-up 5, 3 and 2 at 40, 60 and 80\u00a0% of it"


@pytest.mark.parametrize(
    ("item", "text"),
    [
        (with_(HEAVY, change=None), ""),
        (with_(HEAVY, change=0.0), ""),
        (with_(HEAVY, change=-2.5), "-2.5 kg"),
        (with_(HEAVY, change=5.0, weight_unit="lb"), "+5 lb"),
        # With a weight, the share of the first time says nothing that the weight does not.
        (with_(HEAVY, change=0.0, relative_percent=12.0), ""),
        (with_(SQUAT, relative_percent=0.4), ""),
        (with_(SQUAT, relative_percent=None), ""),
        (with_(SQUAT, relative_percent=-3.2), "-3\u00a0% on your first week"),
    ],
)
def test_growth_is_told_where_there_is_any(item: PlannedExercise, text: str) -> None:
    assert growth(item) == text


def test_a_jump_follows_its_heavy_set_at_once_and_rest_comes_then() -> None:
    jump = PlannedExercise(exercise="vertical_jump", sets=3, reps=4, complex="A", rest_seconds=75)
    lines = shown(session(with_(HEAVY, complex="A", set_list=(), cues=()), jump))
    assert lines[1:3] == [
        "    1a  Back squat 3 × 5 @ 82.5 kg (81\u00a0%), 2 in reserve, +2.5 kg",
        "    1b  Vertical jump 3 × 4, at once after 1a, rest 2:30",
    ]
    assert shown(session(jump))[1] == "    1  Vertical jump 3 × 4, rest 1:15"  # its heavy lift was left out


def test_a_narrow_card_breaks_its_lines() -> None:
    assert shown(session(with_(HEAVY, change=0.0)), width=44)[2:6] == [
        "    1  Back squat 3 × 5 @ 82.5 kg (81\u00a0%), 2",
        "       in reserve, rest 2:30",
        "       warm-up 5 × 35, 3 × 50, 2 × 65 kg;",
        "       chest up; knees out",
    ]


def test_those_done_in_turn_share_a_number_and_the_word_stands_once() -> None:
    bench = PlannedExercise(exercise="bench_press", sets=3, reps=7, superset="x")
    row = with_(bench, exercise="bent_over_row")
    alone = with_(PLANK, superset="y")  # its partner was left out
    lines = shown(session(SQUAT, bench, row, with_(RDL, superset="z"), alone), width=120)
    assert [line.split()[0] for line in lines[1:6]] == ["1", "2a", "2b", "3", "4"]
    assert [", superset" in line for line in lines[1:6]] == [False, True, False, False, False]


def test_the_same_label_is_one_group_only_among_neighbours_and_of_one_kind() -> None:
    one = with_(SQUAT, superset="A")
    lines = shown(session(one, RDL, one, with_(PLANK, complex="A")), width=120)
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
    bare = with_(SQUAT, load=None, percent=None, weight=60, weight_unit="kg")
    assert shown(session(bare))[1] == "    1  Back squat 3 × 5 @ 60 kg, 2 in reserve, rest 2:30"
    assert shown(session(lower_body_dose=0)) == [
        "  Tue 8 Sep  17:00-17:45  A  45 min, no leg work",
        "    On Tuesday, a day without a run.",
        "",
    ]


@pytest.mark.parametrize(
    ("dose", "text"),
    [
        (0.0, "no leg work"),
        (2.9, "legs: light (2.9)"),
        (3.0, "legs: moderate (3.0)"),
        (5.94, "legs: moderate (5.9)"),
        (5.96, "legs: heavy (6.0)"),
        (20.0, "legs: heavy (20.0)"),
    ],
)
def test_the_load_on_the_legs_is_a_word_and_a_number(dose: float, text: str) -> None:
    assert legs(session(lower_body_dose=dose)) == text


PRESS = PlannedExercise(exercise="bench_press", sets=3, reps=7, rir=2, weight=50, weight_unit="kg")
LIFTS = (HEAVY, PRESS, RDL, PLANK)


def weeks_of(*changes: dict[int, dict[str, Any]], **more: Any) -> list[PlannedSession]:
    """A session of each week, as the first one but for these changes of its exercises."""
    return [
        session(*(with_(item, **change.get(at, {})) for at, item in enumerate(LIFTS)), week=week, **more)
        for week, change in enumerate(changes, start=1)
    ]


def test_sessions_that_differ_in_their_weights_are_one_card_with_the_weights_by_week() -> None:
    three = weeks_of({}, {0: {"weight": 85.0}, 2: {"relative_percent": 7.2}}, {0: {"weight": 85.0}})
    assert shown(*three, width=100) == [
        "  Tue 8 Sep  17:00-17:45  A  10 sets, legs: moderate (4.2)",
        "  Tue 15 Sep  17:00-17:45  A  10 sets, legs: moderate (4.2)",
        "  Tue 22 Sep  17:00-17:45  A  10 sets, legs: moderate (4.2)",
        "    1  Back squat 3 × 5, 2 in reserve, rest 2:30",
        "       @ 82.5 kg in week 1, 85 kg in weeks 2 and 3;"
        " warm-up 5, 3 and 2 at 39, 59 and 79\u00a0% of it;",
        "       chest up; knees out",
        "    2  Bench press 3 × 7 @ 50 kg, 2 in reserve",
        "    3  Single-leg RDL 2 × 8 each side, 2 in reserve, +5 and +7\u00a0% on your first week, rest 1:15",
        "    4  Side plank 2 × 30 s each side, rest 0:45",
        "    about 45 min with 8 of warm-up",
        "    On Tuesday, a day without a run.",
        "",
    ]


def test_where_few_sets_or_repetitions_differ_they_stand_by_week_too() -> None:
    guessed: dict[int, dict[str, Any]] = {0: {"weight": None, "set_list": SHARES, "cues": ()}}
    fewer = {0: guessed[0] | {"sets": 2, "reps": 4, "percent": 83.3}, 3: {"sets": 1}}
    lines = shown(*weeks_of(guessed, fewer, guessed), width=100)
    assert lines[3:6] == [
        "    1  Back squat, rest 2:30",
        "       3 × 5, 2 in reserve, about 81\u00a0% of your 1RM in weeks 1 and 3;"
        " 2 × 4, 2 in reserve, about 83\u00a0%",
        "       of your 1RM in week 2; warm-up 5, 3 and 2 at 40, 60 and 80\u00a0% of it",
    ]
    assert lines[8:10] == [
        "    4  Side plank, rest 0:45",
        "       2 × 30 s each side in weeks 1 and 3; 1 × 30 s each side in week 2",
    ]
    weighed = shown(*weeks_of({}, {0: {"sets": 2}}), width=100)
    assert weighed[3] == (
        "       3 × 5 @ 82.5 kg, 2 in reserve in week 1; 2 × 5 @ 82.5 kg, 2 in reserve in week 2; warm-up 5 ×"
    )


@pytest.mark.parametrize(
    ("change", "cards"),
    [
        ({}, 1),
        ({0: {"weight": 100.0}, 1: {"weight": 55.0}, 2: {"relative_percent": 9.0}}, 1),
        ({0: {"sets": 2}, 1: {"reps": 6}}, 1),
        # Too much to tell by week, another exercise, way or rest.
        ({0: {"sets": 2}, 1: {"reps": 6}, 2: {"rir": 3}}, 2),
        ({1: {"exercise": "farmer_carry"}}, 2),
        ({1: {"variant": "hold"}}, 2),
        ({1: {"rest_seconds": 60}}, 2),
        ({1: {"superset": "a"}}, 2),
    ],
)
def test_sessions_share_a_card_if_they_differ_in_little(
    change: dict[int, dict[str, Any]], cards: int
) -> None:
    two = weeks_of({}, change)
    assert sum("of warm-up" in line for line in shown(*two)) == cards
    assert sum("of warm-up" in line for line in shown(*two, full=True)) == 2


def test_another_name_or_another_exercise_left_out_is_another_card() -> None:
    first, second, third = weeks_of({}, {}, {})
    lines = shown(first, with_session(second, session="B"), with_session(third, dropped=("farmer_carry",)))
    assert sum("of warm-up" in line for line in lines) == 3
    # What comes between does not part those that are alike.
    lines = shown(first, with_session(second, session="B"), third)
    assert [line.split()[0:3] for line in lines if "17:00" in line] == [
        ["Tue", "8", "Sep"], ["Tue", "22", "Sep"], ["Tue", "15", "Sep"],
    ]  # fmt: skip


def test_reasons_that_differ_in_more_than_hours_are_told_with_their_day() -> None:
    whys = ["10 h 29 after the run.", "9 h after the run.", "Friday is blocked."]
    three = [with_session(one, why=why) for one, why in zip(weeks_of({}, {}, {}), whys, strict=True)]
    assert shown(*three[:2])[-2:] == ["    10 h 29 after the run.", ""]
    assert shown(*three)[-3:] == [
        "    Tue 8 Sep: 10 h 29 after the run.",
        "    Tue 22 Sep: Friday is blocked.",
        "",
    ]


def test_a_card_of_sessions_that_do_not_last_as_long_says_so() -> None:
    first, second = weeks_of({}, {})
    assert "    about 38 to 45 min with 8 of warm-up" in shown(first, with_session(second, end=1058))


def with_session(one: PlannedSession, **changes: Any) -> PlannedSession:
    return one.model_copy(update=changes)


def test_what_shared_cards_do_not_print_is_not_explained() -> None:
    def heads(sessions: list[PlannedSession], full: bool) -> list[str]:
        return [text[:6] for text in legend(printed(Plan(sessions=tuple(sessions), weeks=()), full))]

    grows = weeks_of({}, {0: {"weight": 85.0}})
    assert heads(grows, full=True) == ["In res", "In bra", "+ or -", "Legs: "]
    assert heads(grows, full=False) == ["In res", "Legs: "]
    assert heads(weeks_of({}, {}), full=False) == heads(grows, full=True)
    guessed = weeks_of({0: {"weight": None}}, {0: {"weight": None, "percent": 82.9}})
    assert heads(guessed, full=False) == ["In res", "1RM: t", "Legs: "]


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ((HEAVY,), ["In reserve", "In brackets", "+ or -", "Legs"]),
        ((with_(HEAVY, change=0.0, rir=None),), ["In brackets", "Legs"]),
        ((with_(HEAVY, percent=None),), ["In reserve", "+ or -", "Legs"]),
        ((SQUAT,), ["In reserve", "1RM", "Legs"]),
        ((RDL,), ["In reserve", "Legs"]),
        ((PLANK,), ["Legs"]),
    ],
)
def test_the_legend_explains_only_what_is_printed(
    items: tuple[PlannedExercise, ...], said: list[str]
) -> None:
    told = legend([session(*items)])
    assert [text.partition(":")[0].partition(" before")[0] for text in told] == said
    assert legend([session(*items, lower_body_dose=0)]) == told[:-1]


@pytest.mark.parametrize("width", [60, 80, *range(36, 60)])
def test_growth_stays_with_its_sign(width: int) -> None:
    # Each width breaks somewhere else; a long name moves the break over the growth at 80 columns too.
    long = NAMES | {"single_leg_rdl": "Single-leg RDL with the other foot on a step, hands on the hips"}
    plan = Plan(sessions=(session(SQUAT, RDL), session(SQUAT, with_(RDL, sets=1, reps=4), week=2)), weeks=())

    def lines(names: dict[str, str], full: bool) -> list[str]:
        def render(console: Console) -> None:
            for card in cards(plan, names, width, full):
                console.print(card)

        return as_text(render, width).splitlines()

    for names in (NAMES, long, *(NAMES | {"single_leg_rdl": "R" * size} for size in range(20, 60))):
        for full in (True, False):
            got = lines(names, full)
            assert max(map(len, got)) <= width
            assert sum(line.count("+5\u00a0%") for line in got) == 2 * full
            assert sum(line.count("81\u00a0%") for line in got) == 1 + full


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
