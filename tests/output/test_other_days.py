"""What other days would cost, in the words of a card."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from exported import HOSTILE, PLAIN, solved

import mesocycle as mc
from mesocycle.models.clock import format_day
from mesocycle.models.explanation import Explanation, SessionExplained
from mesocycle.models.plan import Status
from mesocycle.models.prices import Alternative, Ground, Price
from mesocycle.models.sessions import Kind
from mesocycle.output.html.page import result_page
from mesocycle.output.markdown import to_markdown
from mesocycle.output.other_days import NOTE, OtherDays, other_days

MONDAY = date(2026, 9, 7)
EVE = Ground(
    rule="no_lower_lift_day_before_key",
    text="no heavy legs on Mon 7 Sep, the eve of Tuesday's intervals",
)
FULL = Ground(rule="one_lift_per_day", text="at most 1 lift on Mon 7 Sep")
REST = Ground(rule="protect_rest_day", text="rest day: no lift on Mon 7 Sep")
NEAR = Ground(rule="min_gap_after_run", text="3 h between Monday's long run and a lift (Mon 7 Sep)")
WINDOW = Ground(rule="availability_window", text="lifts on Mon 7 Sep only in your free windows")
RACE = Ground(rule="post_race_recovery", text="no heavy legs for 2 days after the race of Sun 6 Sep")


def costs(points: int, start: int = 1020, **by_rule: int) -> Price:
    return Price(possible=True, points=points, by_rule=by_rule, start=start, proof="cases")


def forbidden(*grounds: Ground, alone: bool = True) -> Price:
    return Price(possible=False, grounds=grounds, alone=alone, proof="cases")


def explained(*prices: Price, name: str = "w01-A", here: int | None = None) -> Explanation:
    """A session whose days, from Monday on, have these prices."""
    days = [MONDAY + timedelta(days=number) for number in range(len(prices))]
    session = SessionExplained(
        id=name, session="A", kind=Kind.LIFT, week=1, date=MONDAY, start=1020, end=1065, sets=9, why="",
        forced=None, verdict="",
        days=tuple(
            Alternative(label=format_day(day), date=day, here=number == here, frozen=price)
            for number, (day, price) in enumerate(zip(days, prices, strict=True))
        ),
    )  # fmt: skip
    return Explanation(name="Tiny", status=Status.OPTIMAL, proven=True, objective=3, sessions=(session,))


def told(*prices: Price, here: int | None = None) -> OtherDays:
    return other_days(explained(*prices, here=here))["w01-A"]


@pytest.mark.parametrize(
    ("price", "words"),
    [
        (forbidden(EVE), "Mon: no heavy legs on the eve of Tuesday's intervals"),
        (forbidden(FULL), "Mon: no, at most 1 lift that day"),
        (forbidden(REST), "Mon: no, rest day"),
        (forbidden(RACE), "Mon: no heavy legs for 2 days after the race of Sun 6 Sep"),
        (
            forbidden(FULL, EVE),
            "Mon: no, at most 1 lift that day; no heavy legs on the eve of Tuesday's intervals",
        ),
        (forbidden(REST, FULL, EVE), "Mon: no, rest day; at most 1 lift that day; 1 more rule"),
        (forbidden(REST, FULL, EVE, RACE), "Mon: no, rest day; at most 1 lift that day; 2 more rules"),
        (
            forbidden(WINDOW, NEAR, FULL, alone=False),
            "Mon: no hour is left: lifts that day only in your free windows; 3 h between Monday's long run "
            "and a lift; at most 1 lift that day",
        ),
        (forbidden(alone=False), "Mon: no hour is left"),
        (costs(0), "Mon 17:00: as good as here"),
        (
            costs(0, long_run_stack=3, even_spacing=-3),
            "Mon 17:00: as good as here (-3 even spacing, +3 long run stack)",
        ),
        (costs(1, 765, long_run_stack=1), "Mon 12:45: +1 point (long run stack)"),
        (
            costs(28, long_run_stack=30, even_spacing=-2),
            "Mon 17:00: +28 points (+30 long run stack, -2 even spacing)",
        ),
        (costs(-4), "Mon 17:00: -4 points"),
        (Price(possible=None), "Mon: not known"),
    ],
)
def test_a_day_is_told_in_words(price: Price, words: str) -> None:
    (day,) = told(price).days
    assert str(day) == words
    assert day.open is (price.possible is True)


@pytest.mark.parametrize(
    ("prices", "summary"),
    [
        ([forbidden(EVE), forbidden(FULL)], "none of 2 is open"),
        ([forbidden(EVE), costs(31), costs(40)], "2 open of 3, the best Tue +31"),
        ([costs(7), costs(0), costs(0)], "3 open of 3, the best Tue as good"),
        ([costs(0), costs(-2)], "2 open of 2, the best Tue -2"),
    ],
)
def test_the_summary_counts_and_names_the_best(prices: Sequence[Price], summary: str) -> None:
    assert told(*prices).summary == summary


def test_the_day_that_it_is_on_is_none_of_them() -> None:
    days = told(forbidden(EVE), costs(0), costs(5), here=1).days
    assert [one.day for one in days] == ["Mon", "Wed 17:00"]


def test_without_another_day_nothing_is_told() -> None:
    assert other_days(explained(costs(0), here=0)) == {}
    assert other_days(None) == {}


# --- in a block that was planned --------------------------------------------------------------------------


@cache
def planned() -> tuple[mc.Result, Explanation]:
    scenario = mc.load_scenario(Path(__file__).parents[2] / "scenarios" / "half_marathon.yaml")
    result = mc.solve(scenario)
    return result, mc.explain(scenario, result, exact=False)


def sessions(result: mc.Result) -> Sequence[mc.PlannedSession]:
    assert result.plan is not None
    return result.plan.sessions


def test_every_card_of_a_block_has_its_other_days_in_markdown() -> None:
    result, prices = planned()
    text = mc.export(result, "md", explanation=prices)
    lines = [line for line in text.splitlines() if line.startswith("Other days: ")]
    assert len(lines) == len(sessions(result))
    assert lines[0].startswith("Other days: 1 open of 6, the best Sun +28. Mon: no heavy legs on the eve of ")
    assert lines[0].count(" · ") == 5
    assert text.count(NOTE) == 1


def test_without_an_explanation_nothing_changes() -> None:
    result, prices = planned()
    for form in ("md", "html"):
        bare = mc.export(result, form)
        assert "Other days" not in bare
        assert "other days" not in bare
        assert bare != mc.export(result, form, explanation=prices)


def test_prices_of_other_sessions_stand_on_no_card() -> None:
    elsewhere = explained(costs(1), name="w99-Z")
    assert "Other days: 1" not in to_markdown(solved(), PLAIN)
    assert "Other days: 1" not in mc.export(solved(), "md", explanation=elsewhere)
    assert "Other days" not in result_page(solved(), explanation=elsewhere)


@pytest.mark.parametrize("text", HOSTILE)
def test_sentences_of_anybodys_stay_text_in_markdown(text: str) -> None:
    def written(words: str) -> str:
        (first, *_) = sessions(solved())
        price = forbidden(Ground(rule=words, text=words))
        return mc.export(solved(), "md", explanation=explained(price, name=first.id))

    assert len(written(text).splitlines()) == len(written("words").splitlines())
    assert not {"\u202e", "\x00", "\x1b"} & set(written(text))
    assert "<script>" not in written(text).replace("\\<", "")


def test_more_is_told_of_a_card_by_its_explanation_alone() -> None:
    result, prices = planned()
    (first, *_) = prices.sessions
    one: dict[str, Any] = {"sessions": (first,)}
    assert list(other_days(prices.model_copy(update=one))) == [first.id]
    assert set(other_days(prices)) == {session.id for session in sessions(result)}
