"""Sets, repetitions and schemes as people write them: what is read, and what a wrong one is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pydantic import ValidationError

import mesocycle as mc
from mesocycle.files.library import schemes
from mesocycle.files.yaml_source import read
from mesocycle.models.errors import Problem, ScenarioFileError
from mesocycle.models.schemes import MOST_REPS, Scheme, Step, WrittenSet, parse_set
from mesocycle.models.sessions import SessionExercise

IMPOSSIBLE = Path(__file__).parents[2] / "scenarios" / "impossible"
SCHEMA = jsonschema.Draft202012Validator(mc.scenario_schema())
HEAD = """\
start: 2027-01-04
weeks: 2
runs: {week: {tue: {type: easy, start: "06:30", distance: 8 km}}}
strength:
  records: {back_squat: 100}
"""
ENTRY = "  sessions: [{name: A, exercises: [{exercise: back_squat, %s}]}]\n"


def written(text: Any) -> WrittenSet:
    return WrittenSet.model_validate(parse_set(text))


def wrong(tmp_path: Path, text: str) -> list[Problem]:
    """The problems of a file, by line."""
    path = tmp_path / "block.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    with pytest.raises(ScenarioFileError, match="problem") as caught:
        mc.load_scenario(path)
    return list(caught.value.problems)


def entry(tmp_path: Path, text: str) -> SessionExercise:
    """The exercise as a file with these keys has it."""
    path = tmp_path / "block.yaml"
    path.write_text(HEAD + ENTRY % text, encoding="utf-8")
    return mc.load_scenario(path).strength.sessions[0].exercises[0]


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("5 @ 75 %", "5 @ 75 %"),
        ("5@75%", "5 @ 75 %"),
        ("5 at 75 %", "5 @ 75 %"),
        ("5 x 75 %", "5 @ 75 %"),
        ("5 × 75 %", "5 @ 75 %"),
        ("5 @ 67.5 %", "5 @ 67.5 %"),
        ("5 75 %", "5 @ 75 %"),
        ("5+ @ 85 %", "5+ @ 85 %"),
        ("5 + @ 85 %", "5+ @ 85 %"),
        ("1+", "1+"),
        ("5 rir 2", "5 rir 2"),
        ("5 RIR 0", "5 rir 0"),
        ("5 rpe 8", "5 rir 2"),
        ("5 @ RPE 8", "5 rir 2"),
        ("5 rpe 10", "5 rir 0"),
        ("8-12 rpe 7", "8-12 rir 3"),
        ("8 to 12", "8-12"),
        ("8-12 @ 65 %", "8-12 @ 65 %"),
        ("5 @ 75 % rir 2", "5 @ 75 % rir 2"),
        ("  5  ", "5"),
        (5, "5"),
        ("120", "120"),
    ],
)
def test_every_form_of_a_set(text: str | int, same: str) -> None:
    one = written(text)
    assert str(one) == same
    assert written(str(one)) == one


@pytest.mark.parametrize("reps", [1, 5, MOST_REPS - 1])
@pytest.mark.parametrize("more", [False, True])
@pytest.mark.parametrize("percent", [None, 40, 67.5, 110])
@pytest.mark.parametrize("rir", [None, 0, 6])
def test_what_a_set_prints_reads_as_the_same(reps: int, more: bool, percent: float, rir: int) -> None:
    one = WrittenSet(reps=reps, or_more=more, percent=percent, rir=rir)
    assert written(str(one)) == one
    span = WrittenSet(reps=reps, most=MOST_REPS, or_more=more, percent=percent, rir=rir)
    assert written(str(span)) == span


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("5 @8", "@ 8 may be an RPE, a reserve or a load: write rpe 8, rir 2 or 75 %"),
        ("5 @ 67", "@ 67 has no %: write 67 %; a fraction takes a point"),
        ("5+ @ 67.5", "write 67.5 %"),
        ("5 %", "a set begins with its repetitions"),
        ("@ 75 %", "a set begins with its repetitions"),
        ("% 75", "a set begins with its repetitions"),
        ("5 rpe 8.5", "rir 0 to 6, or rpe 4 to 10, in whole numbers"),
        ("5 rir 7", "rir 0 to 6, or rpe 4 to 10"),
        ("5 rpe 3", "rir 0 to 6, or rpe 4 to 10"),
        ("5 rpe 11", "rir 0 to 6, or rpe 4 to 10"),
        ("12-8", "the first repetitions of a range are the fewer"),
        ("8-8 @ 60 %", "the first repetitions of a range are the fewer"),
        ("3x5 @ 75 %", "each set is an entry of its own: write 5 @ 75 % 3 times"),
        ("3 x 5 rir 2", "each set is an entry of its own: write 5 rir 2 3 times"),
        ("5 @ 100 kg", "in % of what you can lift, not in kg or lb"),
        ("5 @ 220lb", "in % of what you can lift, not in kg or lb"),
        ("five", "a set is written like"),
        ("", "a set is written like"),
        (True, "a set is written like"),
        (5.5, "a set is written like"),
        (None, "a set is written like"),
        ([5], "a set is written like"),
        ("5 @ 111 %", "less than or equal to 110"),
        ("5 @ 0 %", "greater than 0"),
        ("0", "greater than or equal to 1"),
        ("121", "less than or equal to 120"),
    ],
)
def test_every_wrong_form_of_a_set(text: Any, message: str) -> None:
    with pytest.raises((ValueError, ValidationError), match=message):
        written(text)


def test_a_comma_ends_a_set_in_yaml(tmp_path: Path) -> None:
    # YAML reads [5 @ 67,5 %] as two texts: "5 @ 67" and "5 %".
    problems = wrong(tmp_path, ENTRY % "sets: [5 @ 67,5 %]")
    assert [(one.line, one.value) for one in problems] == [(6, '"5 @ 67"'), (6, '"5 %"')]
    for one in problems:
        assert "a fraction takes a point" in one.message
        assert "67.5 %" in one.message


@pytest.mark.parametrize("sign", ["@", "%"])
@pytest.mark.parametrize("before", ["sets: [", "sets: [5 @ 60 %, ", "load: "])
def test_what_yaml_cannot_begin_with(tmp_path: Path, sign: str, before: str) -> None:
    (one,) = wrong(tmp_path, ENTRY % f"{before}{sign} 75 {']' * ('[' in before)}")
    assert one.message == f"a value cannot begin with {sign}"
    assert one.remedy == "put it in quotes; a set begins with its repetitions: 5 @ 75 %"
    assert (one.line, one.column) == (6, (ENTRY % before).index(before) + len(before) + 1)


@pytest.mark.parametrize(
    ("text", "sets", "reps"),
    [
        ("sets: 3", 3, None),
        ("sets: [2, 4]", [2, 4], None),
        ("sets: [5 @ 75 %, 5 @ 80 %, 5+ @ 82.5 %]", ["5 @ 75 %", "5 @ 80 %", "5+ @ 82.5 %"], None),
        ("sets: [5, 5 @ 80 %]", ["5", "5 @ 80 %"], None),
        ("reps: 8-12", None, "8-12"),
        ("reps: 8–12", None, "8-12"),
        ("reps: 8 to 12, sets: [2, 3]", [2, 3], "8-12"),
        ("reps: [5, 3, 1]", None, ["5", "3", "1"]),
        ("reps: [5, 3, 1+], sets: 3", 3, ["5", "3", "1+"]),
        ("reps: 5", None, 5),
        ('reps: "5"', None, 5),
    ],
)
def test_sets_and_repetitions_of_an_exercise(tmp_path: Path, text: str, sets: Any, reps: Any) -> None:
    found = entry(tmp_path, text)
    dumped = found.model_dump(mode="json")
    assert dumped["sets"] == ([sets, sets] if isinstance(sets, int) else sets)
    assert dumped["reps"] == reps
    assert SessionExercise.model_validate(found.model_dump(mode="json")) == found
    assert SessionExercise.model_validate(found.model_dump()) == found
    scenario = {
        "start": "2027-01-04",
        "runs": {"week": {}},
        "strength": {
            "sessions": [{"name": "A", "exercises": [found.model_dump(mode="json", exclude_none=True)]}]
        },
    }
    assert [error.message for error in SCHEMA.iter_errors(scenario)] == []


def test_written_sets_take_load_and_reserve_from_the_exercise(tmp_path: Path) -> None:
    path = tmp_path / "block.yaml"
    path.write_text(HEAD + ENTRY % "reps: [5, 5, 3], load: 80, rir: 2", encoding="utf-8")
    plan = mc.solve(path).plan
    assert plan is not None
    work = [one for one in plan.sessions[0].exercises[0].set_list if not one.warm_up]
    assert [(one.reps, one.weight) for one in work] == [(5, 80), (5, 80), (3, 80)]
    assert plan.sessions[0].exercises[0].rir == 2


@pytest.mark.parametrize(
    ("text", "key", "read", "message", "remedy"),
    [
        ("sets: [3, 2, 1]", "sets", "[3, 2, 1]", "whole numbers are [least, most]", ""),
        ("sets: [4, 2]", "sets", "[4, 2]", "the least number of sets is above the most", "[2, 4]"),
        ("sets: 5 @ 75 %", "sets", '"5 @ 75 %"', "expected a list", '["5 @ 75 %"]'),
        ("sets: []", "sets", "[]", "too few entries", ""),
        ("sets: [5 @ 75 %, true]", "sets[1]", "true", "a set is written like", ""),
        ("sets: [5 @ 111 %]", "sets[0]", '"5 @ 111 %"', "expected at most 110", ""),
        (
            "sets: [5 @ 90 %]",
            "sets",
            "5 @ 90 %",
            "5 repetitions at 90 % of 1RM are more than",
            "85 % at most",
        ),
        (f"sets: [{'5 @ 60 %, ' * 10}5 @ 60 %]", "sets", None, "more than 10 entries", ""),
        ("reps: 12-8", "reps", '"12-8"', "the first repetitions of a range are the fewer", ""),
        ("reps: 5+", "reps", '"5+"', "repetitions are a number, a range such as 8-12", ""),
        ("reps: [5, 8-5]", "reps[1]", '"8-5"', "the first repetitions of a range are the fewer", ""),
        ("sets: 3, reps: [5, 3]", "sets", "3", "there are repetitions for 2 sets", "sets: 2"),
        ("sets: [2, 3], reps: [5]", "sets", "[2, 3]", "there are repetitions for 1 set", "sets: 1"),
        ("sets: [5 @ 75 %], reps: 5", "reps", "5", "one by one hold their repetitions", "leave it out"),
        ("sets: [5 @ 75 %], reps: 8-12", "reps", "8-12", "one by one hold their repetitions", "leave"),
        (
            "scheme: linear, sets: 3",
            "sets",
            "3",
            "a scheme says what each set is, so sets cannot",
            "or the scheme",
        ),
        ("scheme: linear, sets: [5 @ 75 %, 5]", "sets", "5 @ 75 %, 5", "so sets cannot", "or the scheme"),
        ("scheme: linear, reps: [5, 3]", "reps", "5, 3", "so reps cannot", "or the scheme"),
        ("scheme: linear, reps: 8-12", "reps", "8-12", "so reps cannot", "or the scheme"),
        ("scheme: linear, load: 80", "load", "80", "so load cannot", "or the scheme"),
        ("scheme: linear, rotate: [front_squat]", "rotate", "front_squat", "does not change by", "leave"),
        ("reps: 8-12, rotate: [front_squat]", "rotate", "front_squat", "of this exercise alone", "leave"),
        ("sets: [5 @ 75 %], rotate: [front_squat]", "rotate", "front_squat", "of this exercise", "leave"),
        ("scheme: wave_513", "scheme", "wave_513", "there is no scheme of this name", "mean wave_531?"),
    ],
)
def test_what_is_wrong_with_an_exercise(
    tmp_path: Path, text: str, key: str, read: str | None, message: str, remedy: str
) -> None:
    (one,) = wrong(tmp_path, ENTRY % text)
    assert one.key == f"strength.sessions[0].exercises[0].{key}"
    assert read is None or one.value == read
    assert message in one.message
    assert remedy in one.remedy
    assert one.line == 6
    assert "WrittenSet" not in one.value


def test_each_key_that_a_scheme_leaves_no_room_for_is_told(tmp_path: Path) -> None:
    problems = wrong(tmp_path, ENTRY % "scheme: linear, rir: 1, load: 80")
    assert [one.path[-1] for one in problems] == ["rir", "load"]


SCHEME = "  schemes: {mine: {%s}}\n" + ENTRY % "scheme: mine"


@pytest.mark.parametrize(
    ("text", "key", "message"),
    [
        ("lines: [[5 @ 75 %]], lightr: [5 @ 60 %]", ".lightr", "unknown key"),
        ("lines: [[5 @ 75 %]], of: 10 %", ".of", "expected at least 20"),
        ("lines: [[5 @ 75 %]], of: 111 %", ".of", "expected at most 110"),
        ("lines: [[5 @ 75 %]], of: most", ".of", 'a percentage is written like "90 %" or 90'),
        ("lines: [[5 @ 75 %]], advance: day", ".advance", "expected one of exposure, week"),
        ("lines: []", ".lines", "fewer than 1"),
        ("lines: [5 @ 75 %]", ".lines[0]", "expected a list"),
        ("lines: [[5 @ 75 %, 5 @8]]", ".lines[0][1]", "may be an RPE"),
        ("of: 90 %", ".lines", "is missing"),
        ("lines: [[5 @ 75 %]], grow: 5 kg", ".grow", "expected keys with values"),
        ("lines: [[5 @ 75 %]], grow: {legs: 5 kg}", ".grow.upper", "is missing"),
        ("lines: [[5 @ 75 %]], grow: {legs: 5, upper: 1 kg}", ".grow.legs", "a step is written like"),
        ("lines: [[5 rir 2]], grow: {legs: 5 kg, upper: 1 kg}", "", "needs a load in % for each set"),
        ("lines: [[5 @ 75 %]], lighter: [5], grow: {legs: 1 kg, upper: 1 kg}", "", "needs a load in %"),
    ],
)
def test_what_is_wrong_with_a_scheme_is_said_once(tmp_path: Path, text: str, key: str, message: str) -> None:
    # Its name in the session is no second mistake.
    (one,) = wrong(tmp_path, SCHEME % text)
    assert one.key == f"strength.schemes.mine{key}"
    assert message in one.message
    assert one.line == 6


def test_a_load_beyond_what_anybody_lifts_is_told_in_the_schemes_own_percent(tmp_path: Path) -> None:
    # 105 % of 90 % are 94.5 % of the 1RM; five are 100 / (1 + 5 / 30) = 85.7 at most, 95.2 of 90.
    (one,) = wrong(tmp_path, SCHEME % "of: 90 %, lines: [[5 @ 105 %]]")
    assert one.key == "strength.sessions[0].exercises[0].scheme"
    assert one.message == "5 repetitions at 94.5 % of 1RM are more than anybody lifts"
    assert one.remedy == "95 % at most"


@pytest.mark.parametrize("name", schemes())
def test_built_in_schemes_read_as_what_they_print(name: str) -> None:
    scheme = schemes()[name]
    assert Scheme.model_validate(scheme.model_dump(mode="json")) == scheme
    assert Scheme.model_validate(scheme.model_dump()) == scheme
    assert scheme.about
    assert scheme.source


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("5 kg", 5, "kg"),
        ("10lb", 10, "lb"),
        ("10 lbs", 10, "lb"),
        ("2.5 %", 2.5, "%"),
        ("1.25 KG", 1.25, "kg"),
    ],
)
def test_steps(text: str, amount: float, unit: str) -> None:
    data = {"lines": [["5 @ 75 %"]], "grow": {"legs": text, "upper": "1 kg"}}
    grow = Scheme.model_validate(data).grow
    assert grow is not None
    assert grow.legs == Step(amount=amount, unit=unit)


def test_the_schema_takes_schemes_and_refuses_typos() -> None:
    scheme: dict[str, Any] = {
        "of": "90 %",
        "advance": "week",
        "lines": [["5 @ 65 %", 5], ["8-12 rir 2"]],
        "lighter": ["5 @ 50 %"],
        "grow": {"legs": "5 kg", "upper": "2.5 %"},
    }

    def valid(**changes: Any) -> bool:
        mine = {key: value for key, value in (scheme | changes).items() if value is not None}
        data = {"start": "2027-01-04", "runs": {"week": {}}, "strength": {"schemes": {"mine": mine}}}
        return not list(SCHEMA.iter_errors(data))

    assert valid()
    assert valid(of=90, lighter=None, grow=None)
    assert not valid(lines=None)
    assert not valid(lines=[])
    assert not valid(lines=["5 @ 75 %"])
    assert not valid(advance="day")
    assert not valid(lightr=["5"])
    assert not valid(lines=[["5"] * 11])


def test_repairs_of_a_scenario_with_schemes_hold() -> None:
    # Each repaired scenario is written down, read again, planned and checked.
    data: dict[str, Any] = {**read(IMPOSSIBLE / "two_troubles.yaml").data}
    data["strength"] = {
        **data["strength"],
        "schemes": {"mine": {"of": "90 %", "lines": [["5 @ 67.5 %", "5+ @ 80 %"], ["8-12 rir 2"]]}},
        "sessions": [
            {"name": "A", "exercises": [{"exercise": "back_squat", "scheme": "mine"}]},
            {"name": "B", "exercises": [{"exercise": "front_squat", "reps": "8-12", "sets": [2, 2]}]},
        ],
    }
    data["strength"].pop("program", None)
    result = mc.solve(data)
    assert result.diagnosis is not None
    assert result.diagnosis.repairs
    assert all(repair.verified for repair in result.diagnosis.repairs)
