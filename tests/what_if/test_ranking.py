"""What rows come to, on rows made by hand: best, dominated, what helps, means over athletes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesocycle.models.comparison import Across, Comparison, Row, Summary
from mesocycle.models.outcome import RowStatus
from mesocycle.what_if.ranking import ranked


def row(name: str, objective: int | None = None, scenario: str = "a", **more: Any) -> Row:
    facts: dict[str, Any] = {"status": RowStatus.OPTIMAL if objective is not None else RowStatus.INFEASIBLE}
    if objective is not None:
        facts |= {
            "proven": True, "weeks": 2, "lifts": 4, "leg_sets": 12, "sets": 20, "key_run_hours": 30.0,
            "moved": 0, "judged": objective, "judged_difference": more.get("difference"),
        }  # fmt: skip
    return Row(
        **facts
        | {"objective": objective, "is_base": name == "base", **more, "scenario": scenario, "name": name}
    )


def marked(*rows: Row, single: tuple[str, ...] = (), interrupted: bool = False) -> tuple[list[Row], Summary]:
    found, summary = ranked(rows, [one.name in single for one in rows], interrupted)
    assert [one.name for one in found] == [one.name for one in rows]
    return list(found), summary


def best(rows: list[Row]) -> list[str]:
    return [one.name for one in rows if one.best]


def dominated(rows: list[Row]) -> dict[str, str]:
    return {one.name: one.dominated_by for one in rows if one.dominated_by}


# --- the best --------------------------------------------------------------------------------------------


def test_the_fewest_points_are_best() -> None:
    rows, summary = marked(row("base", 10), row("x", 7), row("y", 8))
    assert (best(rows), summary.best) == (["x"], {"a": "x"})


def test_of_equals_the_one_with_fewer_moved_sessions_then_the_first_is_best() -> None:
    assert best(
        marked(row("base", 9), row("x", 7, moved=3), row("y", 7, moved=1), row("z", 7, moved=1))[0]
    ) == ["y"]
    # The base itself has moved nothing, and stands first.
    assert best(marked(row("base", 7, moved=None), row("x", 7))[0]) == ["base"]


@pytest.mark.parametrize("rows", [(row("base", 7),), (row("base", 7), row("x")), (row("base"), row("x"))])
def test_what_has_no_rival_is_not_the_best(rows: tuple[Row, ...]) -> None:
    found, summary = marked(*rows)
    assert (best(found), summary.best) == ([], {"a": ""})


def test_each_scenario_has_its_own_best() -> None:
    rows, summary = marked(
        row("base", 10),
        row("x", 7),
        row("base", 5, "b"),
        row("x", 6, "b"),
        row("base", None, "c"),
        row("x", 1, "c"),
    )
    assert [(one.scenario, one.name) for one in rows if one.best] == [("a", "x"), ("b", "base")]
    assert summary.best == {"a": "x", "b": "base", "c": ""}


def test_the_best_stays_the_best_though_an_equal_lifts_more() -> None:
    # The base is the nearest to itself; the other has as few points, and more strength.
    rows, summary = marked(row("base", 7), row("x", 7, lifts=5, moved=1))
    assert len(best(rows)) == 1
    assert summary.best == {"a": best(rows)[0]}


# --- dominated -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("worse", "is_dominated"),
    [
        ({"objective": 11}, True),  # more points, all else alike
        ({"lifts": 3}, True),
        ({"sets": 19}, True),
        ({"key_run_hours": 29.9}, True),
        ({}, False),  # alike in all
        ({"objective": 11, "lifts": 5}, False),  # more is lifted for its points
        ({"objective": 11, "sets": 21}, False),
        ({"objective": 11, "key_run_hours": 30.1}, False),
        (
            {"objective": 11, "key_run_hours": None},
            False,
        ),  # no lift before any key run: further than any hours
        ({"objective": 11, "moved": 0}, True),  # how much is moved is no goal
    ],
)
def test_another_that_is_nowhere_worse_and_once_better_dominates(
    worse: dict[str, Any], is_dominated: bool
) -> None:
    rows, _ = marked(row("base", 10), row("x", **{"objective": 10} | worse))
    assert dominated(rows) == ({"x": "base"} if is_dominated else {})


def test_of_those_that_dominate_the_one_with_the_fewest_points_is_named() -> None:
    rows, _ = marked(row("base", 10), row("x", 9), row("y", 8), row("z", 20))
    assert dominated(rows) == {"base": "y", "x": "y", "z": "y"}


def test_only_plans_of_the_same_scenario_dominate() -> None:
    rows, _ = marked(row("base", 10), row("x"), row("base", 1, "b"))
    assert dominated(rows) == {}


Goods = tuple[int, int, int, float | None]
goods = st.tuples(
    st.integers(0, 2), st.integers(1, 2), st.integers(1, 2), st.sampled_from([None, 10.0, 20.0])
)
seen: set[bool] = set()


@given(st.lists(goods, min_size=1, max_size=6))
def test_domination_is_what_its_definition_says(several: list[Goods]) -> None:
    rows = [
        row(f"v{at}", points, lifts=lifts, sets=sets, key_run_hours=hours)
        for at, (points, lifts, sets, hours) in enumerate(several)
    ]
    found, _ = marked(*rows)

    def better(one: Goods, other: Goods) -> bool:
        pairs = [(-one[0], -other[0]), (one[1], other[1]), (one[2], other[2]), (_hours(one), _hours(other))]
        return all(a >= b for a, b in pairs) and any(a > b for a, b in pairs)

    for at, one in enumerate(found):
        above = [f"v{other}" for other, its in enumerate(several) if better(its, several[at])]
        seen.add(bool(above))
        assert (one.dominated_by in above) if above else one.dominated_by == ""
        fewest = min((several[int(name[1:])][0] for name in above), default=0)
        assert not above or several[int(one.dominated_by[1:])][0] == fewest
    # Of those that keep the strength of the first somebody has the fewest points, and is told.
    assert len(best(found)) == (len(found) > 1)
    strong = [its for its in several if its[1] >= several[0][1]]
    assert all(one.objective == min(points for points, *_ in strong) for one in found if one.best)
    assert not any(one.best and one.dominated_by for one in found)


def _hours(one: Goods) -> float:
    return float("inf") if one[3] is None else one[3]


def test_the_property_saw_both() -> None:
    assert seen == {True, False}


# --- what helps ------------------------------------------------------------------------------------------


def test_the_single_change_that_helps_most_is_told() -> None:
    rows = (
        row("base", 10),
        row("x", 8, changes={"weeks": 3}, difference=-2),
        row("y", 7, changes={"weeks": 4}, difference=-3),
        row("both", 1, difference=-9),
    )
    _, summary = marked(*rows, single=("x", "y"))
    (helps,) = summary.helps
    assert (helps.scenario, helps.name, helps.objective, helps.difference) == ("a", "y", 7, -3)
    assert helps.changes == {"weeks": 4}


@pytest.mark.parametrize(
    ("rows", "single"),
    [
        ((row("base", 10), row("x", 10, difference=0)), ("x",)),  # no better
        ((row("base", 10), row("x", 11, difference=1)), ("x",)),
        ((row("base", 10), row("x", 1, difference=-9)), ()),  # several changes at once
        ((row("base", 10), row("x")), ("x",)),  # no block
        ((row("x", 10), row("y", 1)), ("x", "y")),  # no base
    ],
)
def test_what_does_not_help_is_not_told(rows: tuple[Row, ...], single: tuple[str, ...]) -> None:
    assert marked(*rows, single=single)[1].helps == ()


def test_a_change_that_makes_a_block_possible_helps() -> None:
    _, summary = marked(row("base"), row("x", 90), row("y", 80, moved=None), single=("x", "y"))
    assert [(one.name, one.objective, one.difference) for one in summary.helps] == [("y", 80, None)]


# --- over all scenarios ----------------------------------------------------------------------------------


def test_a_variant_of_several_scenarios_is_summed_up() -> None:
    rows = (
        row("base", 10), row("x", 8, difference=-2, moved=3), row("only here", 8, difference=-2),
        row("base", 10, "b"), row("x", 13, "b", difference=3, moved=4),
        row("base", 10, "c"), row("x", None, "c"),
        row("base", None, "d"), row("x", 5, "d", moved=None),
        row("base", 10, "e"), row("x", 10, "e", difference=0, moved=0),
    )  # fmt: skip
    _, summary = marked(*rows)
    # Planned in four of five; compared in three: (-2 + 3 + 0) / 3 points and (3 + 4 + 0) / 3 sessions.
    assert summary.across == (
        Across(
            name="x",
            planned=4,
            of=5,
            compared=3,
            difference=0.3,
            lifts=0.0,
            leg_sets=0.0,
            moved=2.3,
            better=1,
            worse=1,
        ),
    )


def test_nothing_to_compare_has_no_mean() -> None:
    _, summary = marked(row("base"), row("x", 1, moved=None), row("base", None, "b"), row("x", None, "b"))
    assert summary.across == (
        Across(
            name="x",
            planned=1,
            of=2,
            compared=0,
            difference=None,
            lifts=None,
            leg_sets=None,
            moved=None,
            better=0,
            worse=0,
        ),
    )


def test_one_scenario_has_no_sums() -> None:
    assert marked(row("base", 1), row("x", 2))[1].across == ()


def test_the_sums_of_all() -> None:
    rows = (row("base", 10), row("x", 12, proven=False, status=RowStatus.FEASIBLE), row("y"), row("z", 1))
    _, summary = marked(*rows, interrupted=True)
    assert (summary.variants, summary.planned, summary.proven, summary.interrupted) == (4, 3, 2, True)


# --- the comparison itself -------------------------------------------------------------------------------


def test_a_comparison_is_looped_over_measured_and_asked_by_name() -> None:
    rows, summary = ranked([row("base", 10), row("x", 8, difference=-2), row("y")], [False] * 3, False)
    comparison = Comparison(rows=rows, summary=summary)
    assert [one.name for one in comparison] == ["base", "x", "y"]
    assert len(comparison) == 3
    assert comparison["x"] is rows[1]
    with pytest.raises(KeyError, match="nobody"):
        comparison["nobody"]


def test_a_comparison_prints_as_lines() -> None:
    rows = [
        row("base", 10, difference=0),
        row("x", 8, difference=-2),
        row("y", None, reason="a and b collide in week 1"),
        row("z", 12, proven=False, difference=2),
        row("w", None, status=RowStatus.UNKNOWN),
    ]
    one, summary = ranked(rows, [False] * 5, False)
    assert str(Comparison(rows=one, summary=summary)).splitlines() == [
        "  base: 10 points",
        "* x: 8 points (-2)",
        "  y: a and b collide in week 1",
        "  z: 12 points, not proven (+2)",
        "  w: unknown",
    ]
    two, summary = ranked([row("base", 1), row("base", 1, "b")], [False] * 2, False)
    assert str(Comparison(rows=two, summary=summary)).splitlines() == [
        "  a: base: 1 points",
        "  b: base: 1 points",
    ]
