"""The exception tree: what problems look like in lines, and that errors travel between processes."""

from __future__ import annotations

import pickle

import pytest

import mesocycle as mc
from mesocycle.models.errors import InternalError, MesocycleError, Problem, ScenarioError, ScenarioFileError

TIME = Problem(
    ("runs", "week", "tue", 0, "start"),
    "a time of day lies between 00:00 and 24:00",
    '"25:00"',
    "05:00",
    line=7,
    column=12,
)


def test_a_problem_names_its_place_and_then_what_was_read_what_is_wrong_and_a_remedy() -> None:
    assert TIME.key == "runs.week.tue[0].start"
    assert TIME.lines("block.yaml") == [
        "block.yaml:7:12  runs.week.tue[0].start",
        '    read:  "25:00"',
        "    wrong: a time of day lies between 00:00 and 24:00",
        "    maybe: 05:00",
    ]


def test_lines_without_content_are_left_out() -> None:
    assert Problem(("start",), "is missing").lines() == ["start", "    wrong: is missing"]
    assert Problem((), "is empty").lines("block.yaml") == ["block.yaml", "    wrong: is empty"]
    # Without file and key there is still a head, so that the indented lines belong to something.
    assert Problem((), "is empty").lines()[0] == "scenario"


@pytest.mark.parametrize(("count", "words"), [(1, "1 problem"), (2, "2 problems")])
def test_an_error_counts_its_problems(count: int, words: str) -> None:
    error = ScenarioFileError((TIME,) * count, "block.yaml")
    assert str(error).splitlines()[0] == f"block.yaml: {words}"
    assert str(error).count("25:00") == count
    assert str(ScenarioError((TIME,))).startswith("scenario: 1 problem\n")


@pytest.mark.parametrize(
    "error",
    [
        ScenarioError((TIME,)),
        ScenarioFileError((TIME, TIME), "block.yaml"),
        InternalError("it failed", ("a", "b")),
    ],
    ids=lambda error: type(error).__name__,
)
def test_errors_survive_pickling(error: MesocycleError) -> None:
    # A pool of processes hands them back to the caller.
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert again == error
    assert str(again) == str(error)


def test_the_tree() -> None:
    assert issubclass(ScenarioFileError, ScenarioError)
    assert issubclass(ScenarioError, MesocycleError)
    assert issubclass(InternalError, MesocycleError)
    assert not issubclass(InternalError, ScenarioError)
    assert mc.ScenarioError is ScenarioError
    assert str(InternalError("it failed", ("a", "b"))) == "it failed\n  a\n  b"
