"""What must hold between the parts of a scenario, each breach at its own path."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from mesocycle.models.errors import Problem
from mesocycle.models.invariants import problems
from mesocycle.models.scenario import Scenario

# Monday 7 September 2026, eight weeks: the last day is Sunday 1 November.
BASE: dict[str, Any] = {
    "start": "2026-09-07",
    "weeks": 8,
    "runs": {"week": {"tue": {"type": "easy", "minutes": 45}}},
}
SQUAT = {"exercise": "back_squat", "sets": [2, 4]}
PLANK, ROW = {"exercise": "plank", "sets": [2, 4]}, {"exercise": "dumbbell_row", "sets": [2, 4]}


def found(**more: Any) -> tuple[Problem, ...]:
    with pytest.raises(ValidationError, match="scenario") as caught:
        Scenario.model_validate(BASE | more)
    (error,) = caught.value.errors()
    return tuple(error["ctx"]["problems"])


def strength(*sessions: dict[str, Any]) -> dict[str, Any]:
    return {"strength": {"sessions": list(sessions)}}


def runs(**more: Any) -> dict[str, Any]:
    return {"runs": BASE["runs"] | more}


@pytest.mark.parametrize(
    ("more", "key", "message"),
    [
        ({"start": "1989-12-31"}, "start", "outside the years 1990 to 2199"),
        ({"start": "2200-01-02"}, "start", "outside the years 1990 to 2199"),
        # 7 September to 11 October is five calendar weeks.
        ({"end": "2026-10-11"}, "end", "`end` makes 5 calendar weeks, `weeks` says 8"),
        ({"weeks": None, "end": "2026-09-06"}, "end", "the block ends before it starts"),
        # 53 weeks from 7 September 2026 end on 12 September 2027.
        ({"weeks": None, "end": "2027-09-12"}, "end", "would have 53 weeks; a block has 1 to 52"),
        (
            {"weeks": None, "races": [{"date": "2027-09-12", "distance": "10k"}]},
            "races",
            "would have 53 weeks",
        ),
        (
            {"weeks": None, "races": [{"date": "2026-08-30", "distance": "10k"}]},
            "races",
            "would have -1 weeks",
        ),
        (
            {"races": [{"date": "2026-11-01", "distance": "10k"}, {"date": "2026-11-02", "distance": "10k"}]},
            "races[1].date",
            "the race lies outside the block (2026-09-07 to 2026-11-01)",
        ),
        (
            {"races": [{"date": "2026-10-04", "distance": "10k"}, {"date": "2026-10-04", "distance": "5k"}]},
            "races[1].date",
            "there are two races on this day",
        ),
        (runs(dates={"2026-09-06": "rest"}), "runs.dates.2026-09-06", "the date lies outside the block"),
        (
            runs(weekly_distance=[40] * 7),
            "runs.weekly_distance",
            "the block has 8 calendar weeks, this list has 7",
        ),
        (
            {"strength": {"sessions_per_week": [2] * 9}},
            "strength.sessions_per_week",
            "this list has 9 entries",
        ),
        ({"phases": ["base"]}, "phases", "this list has 1 entries"),
        (runs(cutback_weeks=[4, 9]), "runs.cutback_weeks[1]", "the block has only 8 weeks"),
        (
            strength({"name": "A", "exercises": [SQUAT]}, {"name": "A", "exercises": [SQUAT]}),
            "strength.sessions[1].name",
            "two sessions have the same name",
        ),
        (
            strength({"name": "A", "exercises": [SQUAT], "minutes": 45, "lower_body": "heavy"}),
            "strength.sessions[0].lower_body",
            "with exercises a session has no lower_body",
        ),
        (strength({"name": "A"}), "strength.sessions[0]", "needs minutes and lower_body"),
        (strength({"name": "A", "minutes": 45}), "strength.sessions[0]", "needs minutes and lower_body"),
        (
            strength({"name": "A", "exercises": [SQUAT, PLANK | {"sets": [4, 2]}]}),
            "strength.sessions[0].exercises[1].sets",
            "the least number of sets is above the most",
        ),
        (
            {"athlete": {"availability": {"mon": ["09:00-12:00", "06:00-09:01"]}}},
            "athlete.availability.mon",
            "the windows 06:00-09:01 and 09:00-12:00 overlap",
        ),
        (
            {"athlete": {"availability": {"2026-10-01": ["09:00-12:00", "10:00-11:00"]}}},
            "athlete.availability.2026-10-01",
            "overlap",
        ),
        (
            {"history": {"last_lift": "2026-09-07"}},
            "history.last_lift",
            "the last lift lies before the block",
        ),
    ],
)
def test_each_invariant_names_its_path(more: dict[str, Any], key: str, message: str) -> None:
    (problem,) = found(**more)
    assert problem.key == key
    assert message in problem.message


@pytest.mark.parametrize(
    ("exercises", "key", "message", "remedy"),
    [
        (
            [SQUAT, PLANK, SQUAT | {"sets": 1}],
            "[2]",
            "the exercise stands twice in session A",
            "more sets, or an exercise of your own that is `like` it",
        ),
        (
            [SQUAT | {"superset": "a"}, PLANK, ROW | {"superset": "a"}],
            "[2].superset",
            "the exercises of superset a stand one after the other",
            "another label, or move it up",
        ),
        (
            [SQUAT | {"complex": "a"}, PLANK, ROW | {"complex": "a"}],
            "[2].complex",
            "the exercises of complex a stand one after the other",
            "another label, or move it up",
        ),
        # Another superset between them parts them too.
        (
            [SQUAT | {"superset": "a"}, PLANK | {"superset": "b"}, ROW | {"superset": "a"}],
            "[2].superset",
            "the exercises of superset a stand one after the other",
            "another label, or move it up",
        ),
        (
            [PLANK, SQUAT | {"superset": "a", "complex": "b"}],
            "[1]",
            "an exercise is in a superset or in a complex, not in both",
            "",
        ),
        (
            [SQUAT | {"superset": "a"}, PLANK | {"superset": "a", "sets": 3}],
            "[1].sets",
            "the exercises of superset a have the same sets",
            "[2, 4]",
        ),
        (
            [SQUAT | {"complex": "a", "sets": 3}, {"exercise": "box_jump", "complex": "a"}],
            "[1].sets",
            "the exercises of complex a have the same sets",
            "3",
        ),
        (
            [{"exercise": "plank", "superset": "a"}, SQUAT | {"superset": "a"}],
            "[1].sets",
            "the exercises of superset a have the same sets",
            "none",
        ),
    ],
)
def test_each_invariant_of_a_session(
    exercises: list[dict[str, Any]], key: str, message: str, remedy: str
) -> None:
    (problem,) = found(**strength({"name": "A", "exercises": exercises}))
    assert problem.key == f"strength.sessions[0].exercises{key}"
    assert (problem.message, problem.remedy) == (message, remedy)


def test_several_at_once_in_order() -> None:
    keys = [
        problem.key
        for problem in found(
            phases=["base"], history={"last_lift": "2026-09-07"}, **runs(dates={"2026-09-06": "rest"})
        )
    ]
    assert keys == ["runs.dates.2026-09-06", "phases", "history.last_lift"]


@pytest.mark.parametrize(
    "more",
    [
        {"start": "1990-01-01"},
        {"start": "2200-01-01"},
        {"end": "2026-11-01"},  # the eighth Sunday
        {"end": "2026-10-26"},  # the eighth Monday
        {"weeks": None, "end": "2026-09-07"},  # one day
        {"weeks": None, "end": "2027-09-05"},  # the 52nd Sunday
        {"races": [{"date": "2026-09-07", "distance": "10k"}, {"date": "2026-11-01", "distance": "10k"}]},
        runs(dates={"2026-09-07": "rest", "2026-11-01": "rest"}),
        runs(weekly_distance=[40] * 8, cutback_weeks=[1, 8]),
        {"phases": ["base"] * 8, "strength": {"sessions_per_week": [2] * 8}},
        strength({"name": "A", "exercises": [SQUAT | {"sets": [3, 3]}]}),
        # An exercise stands once in a session, not once in a week; a label too is its session's own.
        strength(*({"name": name, "exercises": [SQUAT, PLANK]} for name in "AB")),
        strength(
            {"name": "A", "exercises": [SQUAT | {"superset": "a"}, PLANK | {"superset": "a"}, ROW]},
            {"name": "B", "exercises": [SQUAT, PLANK, ROW | {"superset": "a"}]},
        ),
        # A superset and a complex may have one label: they are two groups.
        strength({"name": "A", "exercises": [SQUAT | {"superset": "a"}, PLANK, ROW | {"complex": "a"}]}),
        # Windows that touch do not overlap.
        {"athlete": {"availability": {"mon": ["09:00-12:00", "06:00-09:00"]}}},
        {"history": {"last_lift": "2026-09-06"}},
    ],
)
def test_exactly_at_the_limit_is_fine(more: dict[str, Any]) -> None:
    assert not list(problems(Scenario.model_validate(BASE | more)))


def test_the_length_of_the_block() -> None:
    def weeks(**more: Any) -> int:
        return Scenario.model_validate(BASE | {"weeks": None} | more).week_count

    assert weeks() == 8  # nothing said
    assert weeks(**runs(weekly_distance=[40] * 5)) == 5
    # The last A race ends the block; B races do not.
    races = [{"date": "2026-10-04", "distance": "10k"}, {"date": "2026-09-20", "distance": "5k"}]
    assert weeks(races=races) == 4
    # Counted from the Monday of the week that holds the start.
    assert weeks(start="2026-09-10", end="2026-09-14") == 2
    scenario = Scenario.model_validate(BASE | {"start": "2026-09-10", "weeks": 2})
    assert str(scenario.last_day) == "2026-09-20"


def test_an_empty_list_of_sessions_is_refused() -> None:
    # It once passed and ended in an index error while planning.
    data = {"start": "2026-09-07", "weeks": 2, "runs": {"week": {}}, "strength": {"sessions_per_week": []}}
    with pytest.raises(ValidationError, match=r"^1 validation error.*\n.*sessions_per_week.*has 0 entries"):
        Scenario.model_validate(data)
