"""Strength by week: the tables, their text for narrow terminals, and what changes when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from mesocycle.models.plan import Plan, PlannedExercise, PlannedSession, PlannedWeek
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


SPLIT = lift("bulgarian_split_squat", 3, 8, 70, reps_unit="each_side")
SLOW = lift("push_up", 2, 5, variant="slow_lowering")
PLAN = Plan(
    sessions=(
        session(1, lift("trap_bar_jump", 3, 3, 60), lift("back_squat", 3, 8, 70), SPLIT),
        session(2, lift("back_squat", 3, 8, 70), SPLIT),
        session(3, lift("back_squat", 3, 2, 80), name="B"),
        session(
            3, lift("back_squat", 3, 5, 80, weight=95, weight_unit="kg"), SLOW, rotated=("push_up", "neck")
        ),
    ),
    weeks=(
        week(1, "foundation", SETS),
        week(2, "foundation", SETS),
        week(3, "strength", {"squat": 3.0, "push": 2.0}, deload=True),
        week(4, "", {}),
    ),
)


def shown(plan: Plan, width: int, names: dict[str, str] = NAMES) -> list[str]:
    return as_text(lambda console: console.print(strength(plan, names, width)), width).splitlines()


@pytest.mark.parametrize("width", [76, 80, 120])
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
        "1     3 × 8 @ 70 %   3 × 8 @ 70 %",
        "2     3 × 8 @ 70 %   3 × 8 @ 70 %",
        "3     3 × 5 @ 95 kg  –",
        "4     –              –",
        "",
        "What changes",
        "week 3  Push-up with 5 s down",
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
        "  weeks 1 and 2  3 × 8 @ 70 %",
        "  week 3         3 × 5 @ 95 kg",
        "Bulgarian split squat",
        "  weeks 1 and 2  3 × 8 @ 70 %",
        "",
        "What changes",
        "week 3  Push-up with 5 s down",
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
    one = session(1, *(lift(name, 3, 10, 70) for name in names))
    lines = shown(Plan(sessions=(one,), weeks=(week(1, "strength", {"squat": 3}),)), 80, names)
    # Headings take two lines before they take another table.
    assert lines[6].split() == ["Quite", "a", "long"] * 5
    assert lines[7].split() == ["Week", *(word for at in range(5) for word in ("lift", str(at)))]
    assert sum(line.startswith("1     3 × 10 @ 70 %") for line in lines) == 2
    assert sum(line.count("3 × 10 @ 70 %") for line in lines) == 8
    assert max(map(len, lines)) <= 80


def grown_plan(lifts: int) -> tuple[Plan, dict[str, str]]:
    """Main lifts that grow by 2.5 % a week, and one whose weight is known."""
    names = {f"lift_{at}": f"Quite a long lift {at}" for at in range(lifts)} | {"back_squat": "Back squat"}
    sessions = [
        session(
            number,
            lift("back_squat", 3, 5, 80, weight=95, weight_unit="kg", progress_percent=2.5 * (number - 1)),
            *(lift(f"lift_{at}", 3, 10, 80, progress_percent=2.5 * (number - 1)) for at in range(lifts)),
        )
        for number in (1, 2, 3)
    ]
    rows = tuple(week(number, "strength", {"squat": 3}) for number in (1, 2, 3))
    return Plan(sessions=tuple(sessions), weeks=rows), names


@pytest.mark.parametrize("width", [76, 80, 120])
def test_growth_stands_beside_the_load_where_no_weight_is_known(width: int) -> None:
    plan, names = grown_plan(1)
    assert shown(plan, width, names)[8:12] == [
        "Week  Back squat     Quite a long lift 0",
        "1     3 × 5 @ 95 kg  3 × 10 @ 80 %",
        "2     3 × 5 @ 95 kg  3 × 10 @ 80 % +2.5 %",
        "3     3 × 5 @ 95 kg  3 × 10 @ 80 % +5 %",
    ]


def test_growth_fits_its_columns() -> None:
    plan, names = grown_plan(6)
    lines = shown(plan, 80, names)
    assert max(map(len, lines)) <= 80
    # Two tables, and no cell of them takes a second line.
    heads = [at for at, line in enumerate(lines) if line.startswith("Week  ") and "lift" in line]
    assert len(heads) == 3
    for week_number, growth in (("1", ""), ("2", " +2.5 %"), ("3", " +5 %")):
        rows = [lines[head + int(week_number)] for head in heads]
        assert all(row.startswith(week_number) for row in rows)
        assert sum(row.count(f"3 × 10 @ 80 %{growth}") for row in rows) == 6


def test_weeks_of_other_growth_are_not_alike() -> None:
    plan, names = grown_plan(1)
    lines = shown(plan, 60, names)
    assert lines[lines.index("Back squat") + 1] == "  weeks 1 to 3  3 × 5 @ 95 kg"
    assert lines[lines.index("Quite a long lift 0") + 1 :][:3] == [
        "  week 1  3 × 10 @ 80 %",
        "  week 2  3 × 10 @ 80 % +2.5 %",
        "  week 3  3 × 10 @ 80 % +5 %",
    ]


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
