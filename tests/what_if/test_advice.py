"""What a comparison advises, on rows made by hand: no strength is given up unasked, trades are told."""

from __future__ import annotations

from typing import Any

import pytest

from mesocycle.models.advice import Trade
from mesocycle.models.comparison import Row, Summary
from mesocycle.models.outcome import Judgement, RowStatus
from mesocycle.what_if.ranking import ranked

WEEKS = 12
# A rule about where lifts stand, and two about how much is lifted.
PLACE, SESSIONS, SETS = "long_run_stack", "sessions_per_week", "planned_sets"


def row(name: str, lifts: int = 24, leg_sets: int = 144, **more: Any) -> Row:
    by_rule: dict[str, int] = more.pop("by_rule", {})
    facts: dict[str, Any] = {
        "scenario": "a", "name": name, "is_base": name == "base", "status": RowStatus.OPTIMAL, "proven": True,
        "objective": 60, "weeks": WEEKS, "lifts": lifts, "leg_sets": leg_sets, "sets": 200, "moved": 0,
        "key_run_hours": 30.0, "judged": 60 + sum(by_rule.values()),
        "judged_difference": sum(by_rule.values()), "judged_by_rule": by_rule,
    }  # fmt: skip
    return Row(**facts | more)


BASE = row("base")
ONE = row("one lift", 12, 76, objective=0, by_rule={PLACE: -56, SESSIONS: 600, SETS: 900})
THREE = row("three lifts", 36, 212, by_rule={PLACE: 25, SETS: 6})


def judged(*rows: Row) -> tuple[tuple[Row, ...], Summary]:
    return ranked(rows, [not one.is_base for one in rows], False)


def helps(*rows: Row) -> list[str]:
    return [one.name for one in judged(BASE, *rows)[1].helps]


def trades(*rows: Row) -> list[str]:
    return [f"{one.name}: {one.text}" for one in judged(BASE, *rows)[1].trades]


def best(*rows: Row) -> list[str]:
    return [one.name for one in judged(BASE, *rows)[0] if one.best]


def unlike(reason: str, **more: Any) -> dict[str, Any]:
    judgement = Judgement(undefined=reason)
    return {"judged": None, "judged_difference": None, "judgement": judgement, **more}


# --- what helps ------------------------------------------------------------------------------------------


def test_less_strength_is_never_what_helps_nor_the_best() -> None:
    # The second would have fewer points even if what is left out cost something.
    calm = row("one lift", 12, 76, objective=0, by_rule={PLACE: -56})
    for less in (ONE, calm, row("fewer leg sets", 24, 143, by_rule={PLACE: -56})):
        assert helps(less) == []
        assert best(less) == ["base"]


def test_what_keeps_the_strength_and_has_fewer_points_helps() -> None:
    more = row("x", by_rule={PLACE: -5}), row("y", 25, 150, by_rule={PLACE: -8}), ONE
    assert helps(*more) == ["y"]
    assert best(*more) == ["y"]
    _, summary = judged(BASE, *more)
    assert (summary.helps[0].objective, summary.helps[0].difference) == (52, -8)


def test_what_the_bases_rules_cannot_judge_is_neither_advised_nor_marked() -> None:
    other = row("other runs", objective=0, **unlike("other runs"))
    assert helps(other) == []
    assert trades(other) == []
    rows, _ = judged(BASE, other)
    assert [(one.best, one.dominated_by) for one in rows] == [(True, ""), (False, "")]


@pytest.mark.parametrize(
    ("rule", "counts"),
    [("availability_window", True), ("blocked_dates", True), ("protect_rest_day", True),
     ("no_overlap_with_run", False), ("recovery_before_intensity", False), ("structure", False)],
)  # fmt: skip
def test_a_runner_may_give_more_of_his_time_but_not_what_protects_him(rule: str, counts: bool) -> None:
    found = row("x", by_rule={PLACE: -5}, judgement=Judgement(points={PLACE: 55}, breaks=(rule,)))
    assert helps(found) == (["x"] if counts else [])
    assert best(found) == (["x"] if counts else ["base"])


def test_without_a_block_of_the_base_what_keeps_the_most_lifts_makes_one_possible() -> None:
    facts: dict[str, Any] = {"objective": None, "lifts": None, "leg_sets": None, "judged": None}
    none = row("base", status=RowStatus.INFEASIBLE, **facts)
    rows = none, row("one lift", 12, 76, objective=0), row("two lifts", objective=90)
    _, summary = judged(*rows)
    assert [(one.name, one.objective, one.difference) for one in summary.helps] == [("two lifts", 90, None)]
    assert summary.trades == ()


# --- trades ----------------------------------------------------------------------------------------------


def test_calm_that_is_bought_with_strength_is_told_as_a_trade() -> None:
    # What is charged for lifts and sets that are left out is no part of it: they are counted themselves.
    assert trades(ONE) == ["one lift: 56 points fewer for one lift a week less (about six leg sets a week)"]


def test_strength_that_is_bought_with_points_is_told_as_a_trade() -> None:
    assert trades(THREE) == ["three lifts: one lift a week more (about six leg sets a week) for 31 points"]


def test_a_trade_is_not_marked_as_beaten() -> None:
    rows, _ = judged(BASE, ONE, THREE, row("no calmer", 12, 76, by_rule={SESSIONS: 600}))
    assert {one.name: one.dominated_by for one in rows if one.dominated_by} == {"no calmer": "base"}


def test_less_strength_that_buys_nothing_is_no_trade() -> None:
    assert trades(row("x", 12, 76, by_rule={PLACE: 0, SETS: 5})) == []
    assert trades(row("x", by_rule={PLACE: -5})) == []


@pytest.mark.parametrize(
    ("lifts", "leg_sets", "points", "text"),
    [
        (-12, 0, -1, "1 point fewer for one lift a week less"),
        (-11, -72, -19, "19 points fewer for one lift a week less (six leg sets a week)"),
        (-24, 0, -19, "19 points fewer for two lifts a week less"),
        (-3, -20, -19, "19 points fewer for 3 lifts less in 12 weeks (about two leg sets a week)"),
        (-1, -4, -19, "19 points fewer for 1 lift less in 12 weeks (4 leg sets)"),
        (-6, 0, -19, "19 points fewer for 6 lifts less in 12 weeks"),
        (0, -4, -2, "2 points fewer for 4 leg sets less in 12 weeks"),
        (0, -26, -2, "2 points fewer for about two leg sets a week less"),
        (12, 60, 31, "one lift a week more (five leg sets a week) for 31 points"),
        (12, 60, 0, "one lift a week more (five leg sets a week) for no points"),
        (12, 60, -7, "one lift a week more (five leg sets a week), and 7 points fewer"),
        (12, -24, 5, "one lift a week more for 5 points and two leg sets a week less"),
        (12, -24, -5, "one lift a week more, and 5 points fewer, for two leg sets a week less"),
    ],
)
def test_a_trade_in_words(lifts: int, leg_sets: int, points: int, text: str) -> None:
    trade = Trade(
        scenario="a", name="x", changes={}, points=points, lifts=lifts, leg_sets=leg_sets, weeks=WEEKS
    )
    assert trade.text == text


def test_what_would_serve_better_is_told_once() -> None:
    hint = "3 lifts a week are asked of a program with two sessions"
    _, summary = judged(BASE, row("x", hint=hint), row("y", hint=hint))
    assert summary.hints == (hint,)


def test_the_summary_tells_trades_in_words_to_programs_too() -> None:
    _, summary = judged(BASE, ONE)
    (told,) = summary.to_dict()["trades"]
    assert told["text"] == summary.trades[0].text
    assert (told["points"], told["lifts"], told["leg_sets"], told["weeks"]) == (-56, -12, -68, 12)
