"""What to vary, as it is written: `--set path=value`, lines of JSON, names, and what comes of a path."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pytest

from mesocycle.files.changed import changed
from mesocycle.files.what_ifs import MOST_NAME, Line, name_of, read_lines, read_set
from mesocycle.files.yaml_source import MAX_BYTES
from mesocycle.models.errors import ScenarioFileError
from mesocycle.models.paths import parse_path
from mesocycle.models.scenario import Variant

# --- --set -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("3", 3),
        ("-2", -2),
        ("0.5", 0.5),
        ("true", True),
        ("off", "off"),
        ("null", None),
        ("", None),
        ("~", None),
        ("auto", "auto"),
        ("two words", "two words"),
        ("6:30", "6:30"),  # no sixties: a time of day
        ("06:30", "06:30"),
        ("5:00 /km", "5:00 /km"),
        ("'3'", "3"),
        ('"a; b"', "a; b"),
        ("a;b", "a;b"),
        ("[06:00-08:00, 17:00-21:00]", ["06:00-08:00", "17:00-21:00"]),
        ("[]", []),
        ("{hard_hours: 36}", {"hard_hours": 36}),
        ("2026-10-01", date(2026, 10, 1)),
        ("a=b", "a=b"),  # the first = is ours
        ("3  # three", 3),
        ("ä", "ä"),
    ],
)
def test_a_value_of_every_kind(value: str, read: object) -> None:
    variant = read_set(f"some.path={value}")
    assert variant.set == {"some.path": read}
    assert type(variant.set["some.path"]) is type(read)


def test_several_changes_make_one_variant() -> None:
    variant = read_set(" weeks = 3 ; policy=auto;athlete.availability.thu=[] ")
    assert variant.set == {"weeks": 3, "policy": "auto", "athlete.availability.thu": []}
    assert variant.name == "weeks=3, policy=auto, availability.thu=[]"


@pytest.mark.parametrize("text", ["", "weeks", "=3", " =3", "we\x1beks=3", "weeks=\u202e3"])
def test_what_is_no_change_is_refused(text: str) -> None:
    with pytest.raises(ScenarioFileError, match="expected path=value") as caught:
        read_set(text)
    assert caught.value.file == "--set"


@pytest.mark.parametrize("value", ["3; policy", "3; =4", "a; b c=d"])
def test_a_semicolon_without_a_path_behind_it_is_part_of_the_value(value: str) -> None:
    assert read_set(f"name={value}").set == {"name": value}


@pytest.mark.parametrize("value", ["[1, 2", "{a: 1", "'open", "a: b", "!tag x", "*alias", ".nan"])
def test_a_value_that_is_no_yaml_is_refused(value: str) -> None:
    with pytest.raises(ScenarioFileError, match="the value cannot be read"):
        read_set(f"weeks={value}")


# --- names -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({}, "nothing changed"),
        ({"weeks": 3}, "weeks=3"),
        ({"policy": "auto"}, "policy=auto"),
        ({"a": None, "b": True, "c": []}, "a=null, b=true, c=[]"),
        ({"a": "x\u202ey"}, 'a="x\\u202ey"'),
        ({"a": date(2026, 10, 1)}, "a=2026-10-01"),
    ],
)
def test_a_variant_is_named_by_what_it_sets(values: dict[str, Any], name: str) -> None:
    assert name_of(values) == name
    assert Variant(name=name, set=values).name == name


def test_a_long_name_is_cut() -> None:
    name = read_set("a" * 100 + "=1").name
    assert (len(name), name[-1]) == (MOST_NAME, "…")
    assert read_set("a" * (MOST_NAME - 2) + "=1").name == "a" * (MOST_NAME - 2) + "=1"  # exactly at the limit
    assert name_of({"a" * 100: 1}) == "a" * 100 + "=1"  # of a grid the end is what tells it from the others


@pytest.mark.parametrize(
    ("paths", "name"),
    [
        (["strength.sessions_per_week", "policy"], "sessions_per_week=1, policy=1"),
        (["runs.week.tue.start", "runs.week.thu.start"], "tue.start=1, thu.start=1"),
        (["athlete.availability.thu"], "availability.thu=1"),
        # Where the ends read alike, all are written out.
        (["rules.a.hard_hours", "rules.b.hard_hours"], "rules.a.hard_hours=1, rules.b.hard_hours=1"),
        (["strength.sessions_per_week[2]"], "sessions_per_week[2]=1"),
    ],
)
def test_paths_are_told_by_their_ends_where_these_tell_them_apart(paths: list[str], name: str) -> None:
    assert name_of(dict.fromkeys(paths, 1)) == name


# --- lines -----------------------------------------------------------------------------------------------


def lines(*text: bytes) -> list[tuple[int, Line]]:
    return list(read_lines(text))


def test_lines_hold_variants_and_scenarios() -> None:
    assert lines(
        b'{"set": {"weeks": 3}}\n', b"\n", b'{"name": "x", "set": {}}', b'{"start": "2026-09-07"}'
    ) == [
        (1, Variant(name="weeks=3", set={"weeks": 3})),
        (3, Variant(name="x", set={})),
        (4, {"start": "2026-09-07"}),
    ]


BROKEN = [
    (b"{", "no JSON: "),
    (b"[1]", "expected an object"),
    (b"7", "expected an object"),
    (b"null", "expected an object"),
    (b'{"set": {}, "set": {}}', 'no JSON: the key "set" stands twice'),
    (b'{"set": {"weeks": 3, "weeks": 4}}', 'no JSON: the key "weeks" stands twice'),
    (b'{"set": []}', "`set` is no object"),
    (b'{"set": {}, "weeks": 3}', "`weeks` has no meaning here"),
    (b'{"set": {}, "name": ""}', "the text is empty"),
    (b'{"set": {}, "name": 7}', ""),
    (b'{"set": {"a\\u202e": 7}}', "U+202E"),
    (b'{"set": {}, "name": "\\ud800"}', ""),
    (b"\xff\xfe\xff", "no JSON: "),
    (b'{"a": "\xff"}', "no JSON: "),
    (b"[" * 100_000, "the line is nested too deeply"),
    (b'{"a": "' + b"x" * MAX_BYTES + b'"}', "the line is larger than 1 MB"),
    (b'{"set": {"weeks": ' + b"9" * 5000 + b"}}", "no JSON: "),
]


@pytest.mark.parametrize(("line", "message"), BROKEN, ids=[str(line[:20]) for line, _ in BROKEN])
def test_a_broken_line_is_told_and_takes_no_other_with_it(line: bytes, message: str) -> None:
    good = b'{"set": {}}'
    (_, before), (number, error), (_, after) = lines(good, line, good)
    assert before == after == Variant(name="nothing changed", set={})
    assert isinstance(error, ScenarioFileError)
    (problem,) = error.problems
    assert (number, problem.line, problem.column, error.file) == (2, 2, 1, "-")
    assert message in problem.message
    # Short, on one line, and harmless to a terminal, whatever stood there.
    assert problem.value.isprintable()
    assert len(problem.value) <= 60


@pytest.mark.parametrize("constant", [b"NaN", b"Infinity", b"-Infinity"])
def test_numbers_that_json_does_not_know_are_told(constant: bytes) -> None:
    # They would stand in the JSON of the answer, which no other program then reads.
    ((_, error),) = lines(b'{"set": {"weeks": ' + constant + b"}}")
    assert isinstance(error, ScenarioFileError)


def test_half_a_character_is_told() -> None:
    # It could not be written anywhere: no encoding has it.
    ((_, error),) = lines(b'{"set": {"name": "\\ud800"}}')
    assert isinstance(error, ScenarioFileError)


# --- data with one value changed -------------------------------------------------------------------------

DATA: dict[str, Any] = {
    "policy": "stack_hard",
    "runs": {
        "week": {
            "Tuesday": {"type": "tempo", "start": "06:30"},
            "thu": [{"type": "easy"}],
            "sat": [{"type": "easy"}, {"type": "long"}],
            "sun": "rest",
        }
    },
    "athlete": {"availability": {"weekdays": ["06:00-08:00"], date(2026, 10, 1): []}},
    "rules": {"lift_spacing": "hard", "time_of_day": "off", "deload_weeks": {"factor": 0.6}},
    "strength": {"sessions_per_week": [2, 2]},
    "empty": None,
}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("weeks", ("weeks",)),
        ("strength.sessions_per_week", ("strength", "sessions_per_week")),
        ("strength.sessions_per_week[1]", ("strength", "sessions_per_week", 1)),
        # A day by any of its names, its lone run with or without a position.
        ("runs.week.tue.start", ("runs", "week", "Tuesday", "start")),
        ("runs.week.TUESDAY.start", ("runs", "week", "Tuesday", "start")),
        ("runs.week.tue[0].start", ("runs", "week", "Tuesday", "start")),
        ("runs.week.thu.start", ("runs", "week", "thu", 0, "start")),
        ("runs.week.thu[0].start", ("runs", "week", "thu", 0, "start")),
        ("runs.week.sat[1].start", ("runs", "week", "sat", 1, "start")),
        ("athlete.availability.2026-10-01", ("athlete", "availability", date(2026, 10, 1))),
        ("athlete.availability.2026-10-02", ("athlete", "availability", date(2026, 10, 2))),
        ("athlete.availability.weekend", ("athlete", "availability", "weekend")),
        # Mappings on the way are made.
        ("history.last_lift", ("history", "last_lift")),
        ("empty.more", ("empty", "more")),
    ],
)
def test_a_path_finds_its_place(path: str, found: tuple[Any, ...]) -> None:
    before = copy.deepcopy(DATA)
    data = changed(DATA, parse_path(path), "new")
    assert before == DATA  # nothing in place
    here: Any = data
    for part in found:
        here = here[part]
    assert here == "new"
    # All else is as it was.
    assert {key: data[key] for key in DATA if key != found[0]} == {
        key: DATA[key] for key in DATA if key != found[0]
    }


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("rules.lift_spacing.hard_hours", {"hard": True, "hard_hours": 9}),
        ("rules.time_of_day.weight", {"weight": 9}),  # who sets a parameter wants the rule
        ("rules.deload_weeks.factor", {"factor": 9}),
        ("rules.deload_weeks.every_weeks", {"factor": 0.6, "every_weeks": 9}),
        ("rules.even_spacing.weight", {"weight": 9}),
        ("rules.lift_spacing", 9),
    ],
)
def test_a_rule_may_stand_there_as_a_word(path: str, rule: Any) -> None:
    assert changed(DATA, parse_path(path), 9)["rules"][path.split(".")[1]] == rule


def test_a_policy_may_stand_there_by_its_name() -> None:
    policy = changed(DATA, parse_path("policy.long_run"), "avoid")["policy"]
    assert policy["long_run"] == "avoid"
    assert policy["hard_easy"] == "stack_hard"
    assert changed(DATA, parse_path("policy"), "auto")["policy"] == "auto"
    with pytest.raises(ValueError, match=r"policy\.long_run leads nowhere"):
        changed({"policy": "nonsense"}, parse_path("policy.long_run"), "avoid")


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("strength.sessions_per_week[2]", "strength.sessions_per_week[2]"),
        ("strength.sessions_per_week.build", "strength.sessions_per_week.build"),
        ("runs.week.sat.start", "runs.week.sat.start"),  # which of the two?
        ("runs.week.sat[2].start", "runs.week.sat[2]"),
        ("runs.week.tue[1].start", "runs.week.tue[1]"),
        ("runs.week.sun.start", "runs.week.sun.start"),  # a day of rest has no run
        ("policy[0]", "policy[0]"),
        ("rules.lift_spacing.hard.more", "rules.lift_spacing.hard.more"),
    ],
)
def test_a_path_that_leads_nowhere_is_told(path: str, where: str) -> None:
    with pytest.raises(ValueError, match="leads nowhere") as caught:
        changed(DATA, parse_path(path), 9)
    assert str(caught.value) == f"{where} leads nowhere"


@pytest.mark.parametrize(
    ("path", "value", "kept"),
    [
        # The same said otherwise leaves the data as they are: what changes nothing is the base.
        (
            "athlete.availability",
            {"weekdays": ["06:00-08:00"], "2026-10-01": []},
            DATA["athlete"]["availability"],
        ),
        ("start", "2026-10-01", date(2026, 10, 1)),
        ("days", ["2026-10-02", "2026-10-01"], [date(2026, 10, 2), date(2026, 10, 1)]),
        ("days", ["2026-10-01"], [date(2026, 10, 1)]),
        ("flag", 1, 1),  # a number is no yes
    ],
)
def test_what_means_the_same_is_kept(path: str, value: Any, kept: Any) -> None:
    data = DATA | {"start": date(2026, 10, 1), "days": [date(2026, 10, 1), date(2026, 9, 1)], "flag": True}
    here: Any = changed(data, parse_path(path), value)
    for part in parse_path(path):
        here = here[part]
    assert here == kept
    assert type(here) is type(kept)
