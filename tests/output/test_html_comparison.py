"""The HTML page of a comparison: variants side by side, what has moved, and ten thousand rows in pieces."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from parsed_page import Parsed

import mesocycle as mc
from mesocycle.models.comparison import Row, Summary
from mesocycle.models.outcome import RowStatus
from mesocycle.output.html import side_by_side
from mesocycle.output.html.page import comparison_page

SCENARIOS = Path(__file__).parents[2] / "scenarios"
NASTY = '<img src=x onerror=alert(1)>"'


@cache
def compared() -> mc.Comparison:
    scenario = mc.load_scenario(SCENARIOS / "doubles_am_pm.yaml")
    variants = [
        mc.Variant(name="Tuesdays off", set={"athlete.rest_days": ["tue"]}),
        mc.Variant(name=NASTY, set={"strength.sessions_per_week": 1}),
        mc.Variant(name="A mistake", set={"athlete.availability": {"weekdays": []}}),
    ]
    return mc.compare(scenario, variants)


@cache
def page() -> Parsed:
    return Parsed("".join(comparison_page(compared())))


def many(count: int) -> mc.Comparison:
    base = compared().rows[0]
    rows = tuple(base.model_copy(update={"name": f"variant {number}"}) for number in range(count))
    return mc.Comparison(
        rows=rows, summary=Summary(variants=count, planned=count, proven=count, best={"a": "b"})
    )


def test_every_variant_has_a_row_with_its_numbers_and_where_the_points_differ() -> None:
    row = compared()["Tuesdays off"]
    told = [" ".join(text.split()) for _, text in page().all("tr") if text.startswith("Tuesdays off")]
    most, by = max(row.judged_by_rule.items(), key=lambda item: abs(item[1]))
    assert len(told) == 1
    assert (
        f"{row.judged}{side_by_side.signed(row.judged_difference or 0)}{row.objective}{row.moved}{row.lifts}"
        f"{row.leg_sets}{row.sets}" in told[0]
    )
    assert f"{side_by_side.signed(by)} {most.replace('_', ' ')}" in told[0]


def test_the_best_and_the_dominated_are_marked_in_words() -> None:
    best = [text for attrs, text in page().all("tr", kind="best")]
    assert best
    assert all("★" in text and "fewest points" in text for text in best)
    dominated = page().all("tr", kind="dominated")
    assert len(dominated) == sum(bool(row.dominated_by) and not row.best for row in compared().rows)
    assert all("dominated by" in text for _, text in dominated)


def test_a_variant_without_a_plan_says_why() -> None:
    row = compared()["A mistake"]
    assert row.status is RowStatus.ERROR
    assert f"wrong: {row.reason}" in page().text("tr", kind="unplanned")


def test_what_has_moved_is_marked_where_it_is_and_where_it_was() -> None:
    row = compared()["Tuesdays off"]
    moved = [move for move in row.moves if move.change == "moved"]
    assert moved
    marked = [text for _, text in page().all("div", kind="changed") if "moved from" in text]
    left = [text for _, text in page().all("div", kind="left") if "moved to" in text]
    assert len(marked) >= len(moved)
    assert len(left) == len(marked)


def test_names_of_variants_stay_text() -> None:
    assert NASTY in page().text("table", kind="variants")
    assert not page().all("img")


def test_seconds_can_be_left_out() -> None:
    first, second = (
        "".join(comparison_page(many_with_seconds(spent), seconds=False)) for spent in (1.0, 2.0)
    )
    assert first == second


def many_with_seconds(spent: float) -> mc.Comparison:
    rows = tuple(row.model_copy(update={"seconds": spent}) for row in compared().rows)
    return compared().model_copy(update={"rows": rows})


def test_not_more_calendars_are_drawn_than_one_can_look_at_and_the_page_says_so() -> None:
    most = side_by_side.MOST_CALENDARS
    shown = Parsed("".join(comparison_page(many(most + 5))))
    assert len(shown.all("table", kind="calendar")) == most
    assert f"Of {most + 5} plans, {most} are drawn" in shown.text(
        "section", **{"aria-labelledby": "calendars"}
    )


def test_bases_and_best_are_drawn_before_others() -> None:
    plain: list[Row] = [row.model_copy(update={"is_base": False, "best": False}) for row in many(30).rows]
    last = plain[-1].model_copy(update={"best": True})
    comparison = many(30).model_copy(update={"rows": (*plain[:-1], last)})
    assert [one.line.name for one in side_by_side.drawn(comparison)][-1] == "variant 29"


def test_ten_thousand_rows_come_in_pieces() -> None:
    row = compared().rows[0].model_copy(update={"packed": b""})
    comparison = many(1).model_copy(update={"rows": (row,) * 10_000})
    pieces = comparison_page(comparison)
    assert isinstance(pieces, Iterator)
    sizes = [len(piece) for piece in pieces]
    assert len(sizes) > 500
    assert max(sizes) < 50_000


@pytest.mark.parametrize(("value", "text"), [(12, "+12"), (-3, "−3"), (0, "0"), (1.25, "+1")])
def test_a_difference_has_its_sign(value: float, text: str) -> None:
    assert side_by_side.signed(value) == text
