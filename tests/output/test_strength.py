"""Strength by week: the tables, their text for narrow terminals, and what changes when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from mesocycle.models.plan import Plan, PlannedExercise, PlannedSession, PlannedWeek
from mesocycle.output.lifts import grown, tops
from mesocycle.output.screen import as_text
from mesocycle.output.strength import strength

NAMES = {
    "back_squat": "Back squat",
    "bulgarian_split_squat": "Bulgarian split squat",
    "push_up": "Push-up",
    "trap_bar_jump": "Trap bar jump",
}
SETS = {"single_leg": 3.0, "squat": 4.5, "push": 2.0, "neck": 1.0}


def week(number: int, profile: str, sets: dict[str, float], deload: bool = False) -> PlannedWeek:
    return PlannedWeek(
        week=number,
        start=date(2026, 9, 7) + timedelta(weeks=number - 1),
        distance_km=None,
        phase="build",
        profile=profile,
        set_factor=1,
        deload=deload,
        sets=9,
        full_sets=9,
        minutes=45,
        sessions=1,
        pattern_sets=sets,
    )


def session(
    number: int, *items: PlannedExercise, name: str = "A", rotated: tuple[str, ...] = ()
) -> PlannedSession:
    return PlannedSession(
        id=f"w{number:02d}-{name}",
        week=number,
        date=date(2026, 9, 8) + timedelta(weeks=number - 1),
        start=1020,
        end=1065,
        session=name,
        exercises=items,
        rotated=rotated,
        sets=9,
        lower_body_dose=4,
    )


def lift(exercise: str, sets: int, reps: int, load: int | None = None, **more: Any) -> PlannedExercise:
    return PlannedExercise(exercise=exercise, sets=sets, reps=reps, load=load, **more)


SPLIT = lift("bulgarian_split_squat", 3, 8, 70, reps_unit="each_side", percent=73.2)
SQUAT = lift("back_squat", 3, 8, 70, weight=80, weight_unit="kg", percent=72.7, week_max=110, rir=3)
SLOW = lift("push_up", 2, 5, variant="slow_lowering")
PLAN = Plan(
    sessions=(
        session(1, lift("trap_bar_jump", 3, 3, 60), SQUAT, SPLIT),
        session(2, SQUAT, SPLIT),
        session(3, lift("back_squat", 3, 2, 80, weight=80, weight_unit="kg", percent=85), name="B"),
        session(
            3,
            lift("back_squat", 3, 5, 80, weight=95, weight_unit="kg", percent=81, week_max=117.3, rir=2),
            SLOW,
            rotated=("push_up", "neck"),
        ),
    ),
    weeks=(
        week(1, "foundation", SETS),
        week(2, "foundation", SETS),
        week(3, "strength", {"squat": 3.0, "push": 2.0}, deload=True),
        week(4, "", {}),
    ),
)


GROWN = ["Back squat 80 to 95 kg: from 8 to 5 repetitions, from 3 to 2 in reserve, and 7\u00a0% stronger"]


def shown(plan: Plan, width: int, names: dict[str, str] = NAMES) -> list[str]:
    return as_text(lambda console: console.print(strength(plan, names, width)), width).splitlines()


@pytest.mark.parametrize("width", [100, 120])
def test_tables(width: int) -> None:
    assert shown(PLAN, width) == [
        "Sets by week and movement",
        "Week                     squat  1-leg  push  neck",
        "1     foundation           4.5      3     2     1",
        "2     foundation           4.5      3     2     1",
        "3     strength, lighter      3      –     2     –",
        "4     build                  –      –     –     –",
        "An exercise counts one for its own movement, a half for others.",
        "",
        "Main lifts, the heaviest sets of the week",
        "Week  Back squat     Bulgarian split squat",
        "1     3 × 8 @ 80 kg  3 × 8 @ 73\u00a0%",
        "2     3 × 8 @ 80 kg  3 × 8 @ 73\u00a0%",
        "3     3 × 5 @ 95 kg  –",
        "4     –              –",
        *GROWN,
        "%: of the most that you could lift once in that week.",
        "",
        "What changes",
        "week 3  Push-up (lower it in 5\u00a0s)",
        "",
    ]


def test_below_76_columns_weeks_that_are_alike_share_a_line() -> None:
    assert shown(PLAN, 60) == [
        "Sets by week and movement",
        "weeks 1 and 2  foundation: squat 4.5, 1-leg 3, push 2, neck",
        "               1",
        "week 3         strength, lighter: squat 3, push 2",
        "week 4         build: no lift",
        "An exercise counts one for its own movement, a half for",
        "others.",
        "",
        "Main lifts, the heaviest sets of the week",
        "Back squat",
        "  weeks 1 and 2  3 × 8 @ 80 kg",
        "  week 3         3 × 5 @ 95 kg",
        "Bulgarian split squat",
        "  weeks 1 and 2  3 × 8 @ 73\u00a0%",
        "Back squat 80 to 95 kg: from 8 to 5 repetitions, from 3 to 2",
        "in reserve, and 7\u00a0% stronger",
        "%: of the most that you could lift once in that week.",
        "",
        "What changes",
        "week 3  Push-up (lower it in 5\u00a0s)",
        "",
    ]


def test_many_movements_move_closer_before_the_table_gives_way() -> None:
    usual = ("squat", "hinge", "single_leg", "lunge", "calf", "push", "pull", "core", "carry")
    many = dict.fromkeys(usual, 1.0)

    def heading(sets: dict[str, float], width: int) -> str:
        plan = PLAN.model_copy(update={"weeks": (week(1, "foundation", sets, deload=True),)})
        return shown(plan, width)[1]

    assert heading(many, 100).endswith("  squat  hinge  1-leg  lunge  calf  push  pull  core  carry")
    assert heading(many, 80).endswith(" squat hinge 1-leg lunge calf push pull core carry")
    own = many | {"neck": 1.0, "forearm": 1.0}
    assert heading(own, 80).startswith("week 1  foundation, lighter: squat 1, hinge 1,")


def test_more_main_lifts_than_fit_go_into_another_table() -> None:
    names = {f"lift_{at}": f"Quite a long lift {at}" for at in range(8)}
    one = session(1, *(lift(name, 3, 10, 70, percent=69.8) for name in names))
    lines = shown(Plan(sessions=(one,), weeks=(week(1, "strength", {"squat": 3}),)), 80, names)
    # Headings take two lines before they take another table.
    assert lines[6].split() == ["Quite", "a", "long"] * 5
    assert lines[7].split() == ["Week", *(word for at in range(5) for word in ("lift", str(at)))]
    assert sum(line.startswith("1     3 × 10 @ 70\u00a0%") for line in lines) == 2
    assert sum(line.count("3 × 10 @ 70\u00a0%") for line in lines) == 8
    assert max(map(len, lines)) <= 80


def lines_of(*items: PlannedExercise) -> list[str]:
    """What grew in weeks with one of these each."""
    plan = Plan(sessions=tuple(session(at, item) for at, item in enumerate(items, 1)), weeks=())
    return grown(tops(plan), NAMES)


def squat(weight: float | None, reps: int, **more: Any) -> PlannedExercise:
    return lift("back_squat", 3, reps, 80, weight=weight, weight_unit="kg", **more)


@pytest.mark.parametrize(
    ("items", "line"),
    [
        (
            (squat(70, 10, week_max=100), squat(90, 4, week_max=109), squat(85, 3, week_max=110)),
            " 70 to 90 kg: from 10 to 4 repetitions, and 9\u00a0% stronger",
        ),
        ((squat(70, 5, week_max=100), squat(72.5, 5, week_max=103)), " 70 to 72.5 kg: 3\u00a0% stronger"),
        ((squat(70, 5, week_max=100), squat(75, 4, week_max=100.4)), " 70 to 75 kg: from 5 to 4 repetitions"),
        ((squat(70, 5), squat(75, 5)), " 70 to 75 kg"),
        (
            (squat(None, 10, relative_percent=0.0), squat(None, 4, relative_percent=23.7)),
            ": from 10 to 4 repetitions, 24\u00a0% more on the bar",
        ),
    ],
)
def test_a_line_says_what_grew_and_why(items: tuple[PlannedExercise, ...], line: str) -> None:
    assert lines_of(*items) == [f"Back squat{line}"]


@pytest.mark.parametrize(
    "items",
    [
        (squat(70, 10, week_max=100),),
        (squat(70, 10, week_max=100), squat(70, 8, week_max=101)),
        (squat(70, 10, week_max=100), squat(65, 8, week_max=100)),
        (squat(None, 10, relative_percent=0.0), squat(None, 8, relative_percent=0.4)),
        (squat(None, 10), squat(None, 8)),
    ],
)
def test_what_does_not_grow_has_no_line(items: tuple[PlannedExercise, ...]) -> None:
    assert lines_of(*items) == []


def test_only_the_main_lifts_where_it_is_short() -> None:
    brief = as_text(lambda console: console.print(strength(PLAN, NAMES, 100, short=True)), 100).splitlines()
    whole = shown(PLAN, 100)
    assert brief == whole[whole.index("Main lifts, the heaviest sets of the week") : -3]
    assert strength(Plan(sessions=(session(1, SLOW),), weeks=()), NAMES, 100, short=True) is None


def test_of_sets_with_one_weight_those_with_more_repetitions_are_the_heaviest() -> None:
    jumps, strong = lift("back_squat", 3, 2, 85, percent=84), lift("back_squat", 2, 4, 85, percent=84)
    for two in ((jumps, strong), (strong, jumps)):
        plan = Plan(sessions=(session(1, two[0]), session(1, two[1], name="B")), weeks=())
        assert tops(plan) == {(1, "back_squat"): strong}


def test_a_set_without_weight_and_share_stands_alone() -> None:
    plan = Plan(sessions=(session(1, lift("back_squat", 3, 5, 80)),), weeks=(week(1, "strength", {}),))
    lines = shown(plan, 80)
    assert lines[-2] == "1     3 × 5"
    assert not any(line.startswith("%:") for line in lines)


def test_without_loads_there_is_no_table_of_main_lifts() -> None:
    plan = Plan(sessions=(session(1, SLOW),), weeks=(week(1, "strength", {"push": 2}),))
    assert not any(
        "Main lifts" in line or "What changes" in line for line in shown(plan, 80) + shown(plan, 60)
    )


def test_minutes_alone_have_no_table() -> None:
    assert strength(Plan(sessions=(session(1),), weeks=(week(1, "", {}),)), NAMES, 80) is None


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_markup_in_names_is_text(width: int) -> None:
    plan = Plan(
        sessions=(session(1, lift("x", 3, 5, 80, variant="[i]way[/i]"), rotated=("x",)),),
        weeks=(week(1, "strength", {"[red]p[/red]": 3}),),
    )
    text = "\n".join(shown(plan, width, {"x": "[bold]x[/bold]:smile:"}))
    assert text.count("[bold]x[/bold]:smile:") == 2
    assert "[red]p[/red]" in text
    assert "[i]way[/i]" in text
