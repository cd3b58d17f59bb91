"""A difference in lines: alike in many weeks is told once, long lists are cut, `every` tells all."""

from __future__ import annotations

from typing import Any

import pytest
from exported import HOP, HOSTILE, PLANK, SQUAT, block, lift, solved, weeks
from markdown_it import MarkdownIt

from mesocycle.models.difference import PlanDifference
from mesocycle.models.plan import Cost, CostCase, Plan, PlannedExercise, Status
from mesocycle.models.result import Result
from mesocycle.output.difference import difference_markdown, show_difference
from mesocycle.output.difference_words import MOST_CASES, MOST_LINES, MOST_STEPS, NOT_PROVEN, folded, sections
from mesocycle.output.screen import as_text
from mesocycle.solver.plan.difference import difference_between

BARE = PlannedExercise(exercise="back_squat", sets=3, reps=5)


def text(found: PlanDifference, every: bool = False, columns: int = 80) -> str:
    return as_text(lambda console: show_difference(found, console, "a.json", "b.yaml", every=every), columns)


def squats(*by_week: float | PlannedExercise, **more: Any) -> Result:
    """A block with a squat in each week, of these weights."""
    items = [
        one if isinstance(one, PlannedExercise) else SQUAT.model_copy(update={"weight": one, "set_list": ()})
        for one in by_week
    ]
    lifts = [lift(number, exercises=(item,)) for number, item in enumerate(items, start=1)]
    return block(*lifts, **more)


def costs(*texts: str, rule: str = "gap") -> tuple[Cost, ...]:
    cases = tuple(
        CostCase(text=one, dates=(), amount=1, unit="h", points=at) for at, one in enumerate(texts, 1)
    )
    return (Cost(rule=rule, points=sum(one.points for one in cases), cases=cases),)


def lines(before: Result, after: Result) -> list[str]:
    return folded(difference_between(before, after).sessions)


# --- what is alike ---------------------------------------------------------------------------------------


def test_the_same_change_in_many_weeks_is_told_once() -> None:
    thin = [SQUAT.model_copy(update={"sets": 2})] * 4
    assert lines(squats(*[SQUAT] * 4), squats(*thin)) == ["A, Back squat: weeks 1 to 4: 2 instead of 3 sets"]


def test_the_same_step_of_other_weights_is_told_once() -> None:
    found = lines(squats(80, 82.5, 85, 90, 90), squats(82.5, 85, 90, 87.5, 90))
    # A step of one week alone is told with its weights.
    assert found == [
        "A, Back squat: weeks 1 and 2: 2.5 kg more; week 3: 90 instead of 85 kg; "
        "week 4: 87.5 instead of 90 kg"
    ]
    assert lines(squats(80, 85), squats(82.5, 82.5)) == [
        "A, Back squat: week 1: 82.5 instead of 80 kg; week 2: 82.5 instead of 85 kg"
    ]
    # The same weights in each of the weeks.
    assert lines(squats(80, 80), squats(75, 75)) == ["A, Back squat: weeks 1 and 2: 75 instead of 80 kg"]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (
            {"weight": 80.0, "weight_unit": "lb"},
            {"weight": 80.0, "weight_unit": "kg"},
            "80 kg instead of 80 lb",
        ),
        ({}, {"weight": 80.0}, "now 80"),
        (
            {"load": 80, "percent": 80.0},
            {"load": 80, "percent": 83.0},
            "about 83 instead of 80\u00a0% of your 1RM",
        ),
        ({"relative_percent": 4.0}, {"relative_percent": 7.0}, "+7 instead of +4\u00a0% on your first week"),
        ({"rir": 3}, {"rir": 2}, "2 instead of 3 in reserve"),
    ],
)
def test_what_changes_alike_is_told_as_it_is(
    before: dict[str, Any], after: dict[str, Any], told: str
) -> None:
    one, other = (squats(*[BARE.model_copy(update=facts)] * 2) for facts in (before, after))
    assert lines(one, other) == [f"A, Back squat: weeks 1 and 2: {told}"]


def test_steps_without_a_weight() -> None:
    def shares(*percents: float) -> Result:
        return squats(*(BARE.model_copy(update={"load": 80, "percent": one}) for one in percents))

    def grown(*percents: float) -> Result:
        return squats(*(BARE.model_copy(update={"relative_percent": one}) for one in percents))

    assert lines(shares(70, 75), shares(72, 77)) == ["A, Back squat: weeks 1 and 2: 2 % of your 1RM more"]
    assert lines(grown(9, 8), grown(6, 5)) == [
        "A, Back squat: weeks 1 and 2: 3 % less growth on your first week"
    ]


def waves(*sets: tuple[float, ...]) -> Result:
    """A block with a squat in each week, of these weights set by set."""
    items = []
    for weights in sets:
        done = tuple(SQUAT.set_list[-1].model_copy(update={"weight": kg}) for kg in weights)
        items.append(SQUAT.model_copy(update={"weight": max(weights), "set_list": done}))
    return squats(*items)


def test_steps_of_sets_that_differ() -> None:
    before = waves((60, 70, 80), (62.5, 72.5, 82.5), (65, 75, 85), (67.5, 77.5, 87.5))
    after = waves((65, 77.5, 87.5), (67.5, 80, 90), (67.5, 77.5, 87.5), (62.5, 80, 90))
    assert lines(before, after) == [
        "A, Back squat: weeks 1 and 2: 5 to 7.5 kg more; week 3: 67.5/77.5/87.5 instead of 65/75/85 kg; "
        "week 4: 62.5/80/90 instead of 67.5/77.5/87.5 kg"
    ]
    less = waves((55, 65, 75), (57.5, 67.5, 77.5))
    assert lines(waves((60, 70, 80), (62.5, 72.5, 82.5)), less) == ["A, Back squat: weeks 1 and 2: 5 kg less"]
    # One set more is no step.
    (line,) = lines(waves((60, 70), (60, 72.5)), waves((60, 70, 80), (60, 70, 80)))
    assert line.startswith(
        "A, Back squat: week 1: 5/5/5 instead of 5/5, 60/70/80 instead of 60/70 kg; week 2"
    )


def test_many_different_changes_of_one_exercise_are_cut() -> None:
    heavier = [80, 82.5, 85, 87.5, 90, 92.5]
    found = lines(squats(*[77.5] * 6), squats(*heavier))
    assert found[0].count("instead of") == MOST_STEPS
    assert found[0].endswith("; weeks 5 and 6: otherwise (--all shows how)")
    # One more than that is shown.
    assert lines(squats(*[77.5] * 5), squats(*heavier[:5]))[0].count("instead of") == MOST_STEPS + 1


def test_exercises_of_a_session_stand_together() -> None:
    thin = PLANK.model_copy(update={"sets": 1})
    one = block(lift(1), lift(1, id="w01-B", session="B"), lift(2))
    other = block(
        lift(1, exercises=(SQUAT.model_copy(update={"sets": 2}), HOP, PLANK)),
        lift(1, id="w01-B", session="B", exercises=(SQUAT.model_copy(update={"sets": 2}), HOP, PLANK)),
        lift(2, exercises=(SQUAT, HOP, thin)),
    )
    assert [line.partition(":")[0] for line in lines(one, other)] == [
        "A, Back squat", "A, Side plank", "B, Back squat",
    ]  # fmt: skip


def test_a_size_without_exercises_and_another_order_are_told() -> None:
    bare = [lift(number, exercises=()) for number in (1, 2)]
    longer = [one.model_copy(update={"end": one.end + 15}) for one in bare]
    assert lines(block(*bare), block(*longer)) == ["A: weeks 1 and 2: 8 sets in 45 min -> 8 sets in 60 min"]
    turned = [lift(number, exercises=(PLANK, SQUAT)) for number in (1, 2)]
    straight = [lift(number, exercises=(SQUAT, PLANK)) for number in (1, 2)]
    assert lines(block(*straight), block(*turned)) == ["A: weeks 1 and 2: the exercises in another order"]


# --- all of it -------------------------------------------------------------------------------------------


def everything() -> PlanDifference:
    """A difference with something of every kind."""
    kept = lift(1, exercises=(SQUAT, HOP))
    later = kept.date.replace(day=kept.date.day + 1)
    before = block(
        kept, lift(2), lift(3, exercises=(SQUAT, PLANK)), costs=costs("one", "two", "three", "four", "five")
    )
    after = block(
        kept.model_copy(update={"date": later, "exercises": (SQUAT, PLANK)}),
        lift(3, exercises=(PLANK, SQUAT), end=1080),
        lift(4),
        costs=costs("six", rule="rest"),
        name="Winter",
        status=Status.FEASIBLE,
        proven=False,
        objective=1,
    )
    return difference_between(before.model_copy(update={"objective": 15}), after)


def test_the_terminal_tells_it_in_order() -> None:
    assert text(everything()) == (
        "Autumn -> Winter\n"
        "Moves 1 session, adds 1, leaves out 1, changes the exercises of 1 and details of\n"
        "1: -14 points.\n"
        "a.json: 15 points, proven; b.yaml: 1 point, not proven\n"
        "Not proven: some of the difference may be for want of time.\n"
        "\n"
        "Sessions moved, added or left out\n"
        "  Week 1, A: Tue 8 Sep 17:00 -> Wed 9 Sep 17:00\n"
        "  Week 2, A: left out, was on Tue 15 Sep 17:00\n"
        "  Week 4, A: added on Tue 29 Sep 17:00\n"
        "\n"
        "Exercises, sets and loads\n"
        "  A, Side plank: week 1: 2 × 30 s each side, instead of Hop\n"
        "  A: week 3: 8 sets in 45 min -> 8 sets in 60 min\n"
        "  A: week 3: the exercises in another order\n"
        "\n"
        "Weeks\n"
        "  Week 4: added\n"
        "\n"
        "What the block pays for\n"
        "  -15 gap: 0 instead of 15 points\n"
        "      gone: five (-5)\n"
        "      gone: four (-4)\n"
        "      gone: three (-3)\n"
        "      and 2 more (--all shows them)\n"
        "  +1 rest: 1 instead of 0 points\n"
        "      new: six (+1)\n"
    )


def test_all_tells_each_change_by_itself() -> None:
    told = text(everything(), every=True)
    assert "more (--all" not in told
    assert "      gone: one (-1)\n" in told
    assert (
        "Exercises, sets and loads\n"
        "  Week 1, A\n"
        "      Side plank: 2 × 30 s each side, instead of Hop\n"
        "  Week 3, A\n"
        "      8 sets in 45 min -> 8 sets in 60 min\n"
        "      the exercises in another order\n"
    ) in told


def test_nothing_but_the_headline_is_told_of_the_same_plan() -> None:
    same = difference_between(solved(), solved())
    assert text(same).splitlines()[:2] == ["Three weeks", "The same plan."]
    assert len(text(same).splitlines()) == 3
    assert sections(same, every=True) == []
    # It may end before it is proven, and is the same all the same.
    early = solved().model_copy(update={"status": Status.FEASIBLE, "proven": False})
    assert NOT_PROVEN not in text(difference_between(early, early))


def test_long_lists_are_cut_where_that_saves_lines() -> None:
    def moved(count: int) -> PlanDifference:
        lifts = [lift(number) for number in range(1, count + 1)]
        return difference_between(
            block(*lifts), block(*(one.model_copy(update={"start": 900}) for one in lifts))
        )

    assert "more (--all" not in text(moved(MOST_LINES + 1))
    told = text(moved(MOST_LINES + 2))
    assert f"  Week {MOST_LINES}, A" in told
    assert "  and 2 more (--all shows them)\n" in told
    assert f"Week {MOST_LINES + 2}, A" in text(moved(MOST_LINES + 2), every=True)


def test_four_cases_need_no_cut() -> None:
    texts = ("a", "b", "c", "d")
    assert len(texts) == MOST_CASES + 1
    found = difference_between(block(), block(costs=costs(*texts)))
    assert "more (--all" not in text(found)


def test_weeks_that_change_alike_share_a_line() -> None:
    one = block(lift(1), lift(3))
    thin = tuple(week.model_copy(update={"phase": "peak"}) for week in weeks(3))
    other = one.model_copy(update={"plan": Plan(sessions=one.plan.sessions if one.plan else (), weeks=thin)})
    found = difference_between(one, other)
    assert "\nWeeks\n  Weeks 1 to 3: peak instead of base\n" in text(found)
    assert "\nWeeks\n  Week 1: peak instead of base\n  Week 2: peak" in text(found, every=True)


@pytest.mark.parametrize("every", [False, True])
@pytest.mark.parametrize("columns", [40, 80, 100])
def test_every_line_fits(columns: int, every: bool) -> None:
    for line in text(everything(), every, columns).splitlines():
        assert len(line) <= columns


def test_markdown_tells_the_same() -> None:
    found = everything()
    told = difference_markdown(found, "a.json", "b.yaml")
    assert told.startswith("# Autumn -&gt; Winter\n\n**Moves 1 session, ")
    assert "\n\n## What the block pays for\n\n- \\-15 gap: 0 instead of 15 points\n  - gone: five" in told
    assert NOT_PROVEN in told
    # Every line of the terminal is there, in this order.
    texts = [token.content for token in MarkdownIt("commonmark").parse(told) if token.type == "inline"]
    printed = [line.strip() for line in text(found, columns=1000).splitlines() if line]
    read = [one.replace("\\", "").replace("&gt;", ">").strip("*") for one in texts]
    assert read == printed
    assert difference_markdown(found, "a", "b", every=True).count("\n") > told.count("\n")
    same = difference_between(block(), block())
    assert (
        difference_markdown(same, "a", "b")
        == "# Autumn\n\n**The same plan.**\n\na: 0 points, proven; b: 0 points, proven\n"
    )


@pytest.mark.parametrize("word", HOSTILE)
def test_names_of_anybodys_change_no_form_of_the_markdown(word: str) -> None:
    item = SQUAT.model_copy(update={"exercise": "x"})
    one = block(lift(1, session=word, exercises=(item,)), exercise_names={"x": word}, name=word)
    heavier = item.model_copy(update={"weight": 100, "set_list": ()})
    other = block(lift(1, session=word, exercises=(heavier,)), name=word, costs=costs(word, rule=word))
    found = difference_between(one, other)
    kinds = [token.type for token in MarkdownIt("commonmark").parse(difference_markdown(found, "a", "b"))]
    assert kinds.count("heading_open") == 3
    assert kinds.count("bullet_list_open") == 3  # loads, rules, and the cases of a rule
    assert not {"html_block", "fence", "code_block", "blockquote_open", "ordered_list_open", "hr"} & {*kinds}
