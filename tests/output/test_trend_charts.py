"""Charts of trends: what they draw and tell of weeks that are made up, and what is left out."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest

from mesocycle.models.trends import Adherence, LiftSeen, TargetSeen, Trends, WeekSeen
from mesocycle.output.html.panels import MOST_LETTERS, Figure, Panel, short
from mesocycle.output.html.trend_charts import target_chart, trend_figures

MONDAY = date(2027, 1, 4)


def week(number: int, **values: Any) -> WeekSeen:
    """A week without anything but what is said."""
    nothing: dict[str, Any] = {
        "open": False,
        "adherence": Adherence(),
        "planned_km": None,
        "km": None,
        "planned_run_minutes": 0,
        "run_minutes": 0,
        "planned_lift_minutes": 0,
        "lift_minutes": 0,
        "planned_sets": {},
        "sets": {},
        "planned_working_sets": 0,
        "working_sets": 0,
        "planned_legs_dose": 0.0,
        "legs_dose": 0.0,
    }
    start = MONDAY + timedelta(weeks=number - 1)
    return WeekSeen.model_validate({"week": number, "start": start, **nothing, **values})


def trends(*weeks: WeekSeen, lifts: tuple[LiftSeen, ...] = (), units: str = "km") -> Trends:
    return Trends.model_validate(
        {
            "name": "Weeks",
            "date": MONDAY,
            "units": units,
            "weeks": weeks,
            "adherence": Adherence(),
            "lifts": lifts,
            "streak": 0,
            "streak_assumed": 0,
        }
    )


def lift(name: str, *maxes: float | None, plan: tuple[float | None, ...] = ()) -> LiftSeen:
    known = plan or (None,) * len(maxes)
    return LiftSeen(exercise=name.lower(), name=name, unit="kg", maxes=maxes, plan=known)


def texts(figure: Figure) -> list[str]:
    """What is written in a drawing."""
    return re.findall(r"<text[^>]*>([^<]*)</text>", str(figure.svg))


def test_without_anything_nothing_is_drawn() -> None:
    assert trend_figures(trends()) == ()
    assert trend_figures(trends(week(1), week(2))) == ()


def test_each_chart_comes_with_its_own_data_alone() -> None:
    alone: dict[str, dict[str, Any]] = {
        "Distance": {"km": 30.0, "planned_km": 40.0},
        "Lifts": {"adherence": Adherence(planned=1, done=1)},
        "Hard sets by movement": {"planned_sets": {"squat": 3.0}},
        "Soreness and load on the legs": {"soreness": {"calf": 0}},
        "Minutes": {"planned_run_minutes": 60},
    }
    for title, values in alone.items():
        (one,) = trend_figures(trends(week(1, **values)))
        assert one.title == title
    (one,) = trend_figures(trends(week(1), lifts=(lift("Squat", 100.0),)))
    assert one.title == "Estimated 1RM"


def test_numbers_are_told_in_words_and_in_the_runners_unit() -> None:
    # 40 km are 24.9 miles, 30 are 18.6.
    weeks = (week(1, km=40, planned_km=40), week(2, km=30, planned_km=40), week(3, open=True))
    maxes = lift("Squat", None, 100.0, 102.5, plan=(None, 101.5, None))
    (one,) = trend_figures(trends(*weeks, lifts=(maxes,), units="mi"))
    assert one.title == "Distance and estimated 1RM"
    assert one.told == (
        ("Week 1", "Distance 24.9 of 24.9 mi"),
        ("Week 2", "Distance 18.6 of 24.9 mi; Squat 100 kg, plan 101.5"),
        ("Week 3 so far", "Squat 102.5 kg"),
    )
    assert (
        '<desc id="max-1-words">Distance from 24.9 to 18.6 mi; Squat from 100 to 102.5 kg.</desc>' in one.svg
    )
    assert {"Distance, mi", "Squat, kg", "Week"} <= set(texts(one))
    assert one.marks == (
        ("run", "run"),
        ("planned", "planned"),
        ("line", "1RM by the log"),
        ("dash", "what the plan goes by"),
    )


def test_many_lifts_go_on_in_another_chart_below_the_same_distance() -> None:
    lifts = tuple(lift(f"Lift {number}", 100.0) for number in range(8))
    found = trend_figures(trends(week(1, km=40, planned_km=40), lifts=lifts))
    assert [one.title for one in found] == [
        "Distance and estimated 1RM, 1 of 2",
        "Distance and estimated 1RM, 2 of 2",
    ]
    assert [[text for text in texts(one) if "," in text] for one in found] == [
        ["Distance, km", *(f"Lift {number}, kg" for number in range(6))],
        ["Distance, km", "Lift 6, kg", "Lift 7, kg"],
    ]


def test_what_became_of_lifts_is_stacked() -> None:
    weeks = (
        week(1, adherence=Adherence(planned=3, done=1, assumed=1, skipped={"sick": 1})),
        week(2, adherence=Adherence(planned=2, done=2, moved=1)),
        week(3, adherence=Adherence(beside=1)),
    )
    (one,) = trend_figures(trends(*weeks))
    assert one.marks == (
        ("done", "done"),
        ("assumed", "not logged, so as planned"),
        ("skipped", "skipped"),
    )
    assert one.told == (
        ("Week 1", "2 of 3 done, 1 not logged, skipped: 1 sick"),
        ("Week 2", "2 of 2 done, 1 moved"),
        ("Week 3", "no lift was due, 1 beside the plan"),
    )
    # Whole lifts alone are counted, and a week without one keeps its place.
    assert [text for text in texts(one) if text.isdigit()] == ["1", "2", "3", "0", "1", "2", "3"]
    assert one.svg.count('stroke-dasharray="3,2"') == 1
    (done,) = trend_figures(trends(week(1, adherence=Adherence(planned=1, done=1))))
    assert done.marks == (("done", "done"),)


def test_sets_that_nobody_planned_are_drawn_too() -> None:
    (one,) = trend_figures(trends(week(1, planned_sets={"squat": 3.0}, sets={"single_leg": 1.5})))
    assert one.told == (("Week 1", "single leg 1.5 of 0; squat 0 of 3"),)
    assert {"single leg", "squat"} <= set(texts(one))


def test_soreness_stands_below_the_load_on_the_legs() -> None:
    weeks = (
        week(1, legs_dose=3.0, planned_legs_dose=3.0, soreness={"calf": 4}),
        week(2, legs_dose=0.0, planned_legs_dose=3.0),
    )
    (one,) = trend_figures(trends(*weeks))
    assert one.told == (
        ("Week 1", "Load on the legs 3 of 3; calf 4"),
        ("Week 2", "Load on the legs 0 of 3"),
    )
    assert [text for text in texts(one) if "," in text or "Load" in text] == [
        "Load on the legs",
        "calf, 0 to 10",
    ]


def target(name: str, share: float | None) -> TargetSeen:
    return TargetSeen(
        exercise="squat",
        name=name,
        unit="kg",
        set="100 kg x 5",
        by=MONDAY,
        needed=116.7,
        now=None if share is None else 1.167 * share,
        now_set="",
        share=share,
        plan_max=None,
        reaches=None,
        text="Squat",
    )


def test_targets_of_which_nothing_is_known_have_no_bar() -> None:
    assert target_chart(()) is None
    assert target_chart((target("Squat", None),)) is None
    drawn = target_chart((target("Squat", None), target("Press", 90.2), target("Row", 104.0)))
    assert drawn is not None
    assert "Press, 100 kg x 5: 90.2 %" in drawn
    assert "Row, 100 kg x 5: 104 %" in drawn
    assert "Squat" not in drawn


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Back squat", "Back squat"),
        ("a" * MOST_LETTERS, "a" * MOST_LETTERS),
        ("a" * (MOST_LETTERS + 1), "a" * (MOST_LETTERS - 1) + "…"),
        ("a\u202eb\x00c\ufffe", "a b c"),
    ],
)
def test_names_are_shortened_to_what_can_be_seen(name: str, shown: str) -> None:
    assert short(name) == shown


def test_names_that_are_markup_stay_text() -> None:
    nasty = '</text><script>alert(1)</script>&"\x00'
    (one,) = trend_figures(trends(week(1, soreness={nasty: 3}), lifts=()))
    assert "<script" not in one.svg
    assert "&lt;script&gt;" in one.svg
    assert target_chart((target(nasty, 50.0),)) is not None


def test_a_panel_is_known_by_its_numbers() -> None:
    assert not Panel("Distance", "km", [0, None], [None, 0]).known
    assert Panel("Distance", "km", [0, None], [None, 3]).known
    assert Panel("calf", "", [0, None], form="points").known
    assert not Panel("Squat", "kg", [None, None], form="line").known
