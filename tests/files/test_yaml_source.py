"""The guarded reading of YAML: what is refused, where, and in what words."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

import pytest

from mesocycle.files import yaml_build, yaml_source
from mesocycle.files.yaml_source import Document, parse
from mesocycle.models.errors import Problem, ScenarioFileError


def data(text: str) -> Any:
    return parse(text.encode(), "block.yaml").data


def refused(text: str | bytes, words: str) -> Problem:
    """Return the only problem of a text that is refused with these words."""
    raw = text.encode() if isinstance(text, str) else text
    with pytest.raises(ScenarioFileError, match=words) as caught:
        parse(raw, "block.yaml")
    assert caught.value.file == "block.yaml"
    (problem,) = caught.value.problems
    return problem


# --- scalars ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("6:30", "6:30"),  # YAML 1.1 would read 390
        ("on", "on"),
        ("off", "off"),
        ("yes", "yes"),
        ("n", "n"),
        ("true", True),
        ("False", False),
        ("~", None),
        ("", None),
        ("null", None),
        ("''", ""),
        ("'12'", "12"),
        ("12", 12),
        ("-3", -3),
        ("08", 8),  # YAML 1.2 has no bare octal
        ("010", 10),
        ("0o17", 15),
        ("0x1F", 31),
        ("1_000", "1_000"),
        ("1.5", 1.5),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("-_", "-_"),  # ruamel's own constructor fails on this one
        ("+", "+"),
        (".", "."),
        ("2026-09-07", date(2026, 9, 7)),
        ("'2026-09-07'", "2026-09-07"),
        ("2026-02-30", "2026-02-30"),  # text, so that the model can say what is wrong with it
        ("2026-09-07T10:00:00", "2026-09-07T10:00:00"),
        ("5k", "5k"),
        ("17:00-20:00", "17:00-20:00"),
        ("=", "="),
        ("'<<'", "<<"),
    ],
)
def test_scalars_follow_yaml_1_2(text: str, value: Any) -> None:
    found = data(f"a: {text}\n")["a"]
    assert found == value
    assert type(found) is type(value)  # no ruamel types, and no int for a bool


def test_keys_are_text_or_dates() -> None:
    # `on`, `1` and `~` as keys stay what the runner wrote; a date is one.
    assert data("on: 1\n1: 2\n~: 3\n2026-10-01: 4\n") == {"on": 1, "1": 2, "~": 3, date(2026, 10, 1): 4}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: .inf", "no finite number"),
        ("a: -.inf", "no finite number"),
        ("a: .nan", "no finite number"),
        ("a: 1e999", "no finite number"),
        ("a: " + "9" * 5000, "more than 18 digits"),  # int() itself raises above 4,300 digits
        ('a: "\\x1b[2J"', r"control character U\+001B"),  # an escape sequence for the terminal
        ('a: "\\ud800"', r"control character U\+D800"),  # could never be written out again
        ("a: \x07", r"character U\+0007 cannot stand here"),
    ],
)
def test_scalars_that_no_scenario_needs(text: str, words: str) -> None:
    problem = refused(text, words)
    assert (problem.line, problem.column) == (1, 4)


@pytest.mark.parametrize(("text", "code"), [("b: 1\nna\u202eme: x", "202E"), ('b: 1\n"a\\u200b": x', "200B")])
def test_keys_are_readable(text: str, code: str) -> None:
    # Problems show keys as they stand. Values that are shown are refused by the model, with their place.
    problem = refused(text, rf"a key holds the invisible character U\+{code}")
    assert (problem.line, problem.column) == (2, 1)
    assert parse(b'a: "\\u202e"', "f").data == {"a": "\u202e"}


# --- marks -----------------------------------------------------------------------------------------------


def test_marks_point_at_keys_and_items() -> None:
    document = parse(b"# c\na: 1\nb:\n  2026-10-01:\n  - x\n  - {c: 5}\n", "f")
    assert document.marks == {
        (): (2, 1),
        ("a",): (2, 1),
        ("b",): (3, 1),
        ("b", "2026-10-01"): (4, 3),
        ("b", "2026-10-01", 0): (5, 5),
        ("b", "2026-10-01", 1): (6, 5),
        ("b", "2026-10-01", 1, "c"): (6, 6),
    }


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("runs", "week", "tue", "start"), (3, 17)),
        (("runs", "week", "tue", 0, "start"), (3, 17)),  # the model's wrapper is skipped
        (("runs", "week", "sun", "type"), (4, 14)),  # the file says Sunday
        (("runs", "week", "fri", "type"), (2, 3)),  # the longest known part counts
        (("start",), (1, 1)),
        ((), (1, 1)),
    ],
)
def test_locate(path: tuple[str | int, ...], place: tuple[int, int]) -> None:
    text = b"runs:\n  week:\n    tue: {x: 1, start: 6:30}\n    Sunday: {type: long}\n"
    found = parse(text, "f").locate(Problem(path, "m", "v", "r"))
    assert (found.line, found.column) == place
    assert (found.path, found.message, found.value, found.remedy) == (path, "m", "v", "r")


def test_locate_without_marks() -> None:
    # A document built in memory has no lines; that must not be an error.
    assert Document("f", {}, {}, "").locate(Problem(("a",), "m")).line == 0


def test_sha256_is_of_the_bytes() -> None:
    raw = b"\xef\xbb\xbfa: 1\r\n"  # also: a byte order mark is no part of the first key
    document = parse(raw, "f")
    assert document.sha256 == hashlib.sha256(raw).hexdigest()
    assert document.data == {"a": 1}


# --- syntax ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words", "place"),
    [
        ("a: 1\n b: 2", "a `:` where none can stand", (2, 3)),
        ("a: b: c", "a `:` where none can stand", (1, 5)),
        ("a:\n\tb: 1", "a tab where spaces are expected", (2, 1)),
        ("a: `x", "cannot start with this character", (1, 4)),
        ("a: @x", "a value cannot begin with @", (1, 4)),
        ("a: [5 @ 75 %, %x]", "a value cannot begin with %", (1, 15)),
        ("a: 1\nb: [1, 2\nc: 3", "bracket that is not closed|opened and not closed|none can stand", (3, 2)),
        ("x: 1\na: 'x", "opened and not closed", (2, 4)),  # where it opens, not where the file ends
        ("a: 1\n- b", "does not fit the indentation", (2, 1)),
        ('a: "\\q"', "unknown escape", (1, 6)),
        ("a: 1\nb 2\nc: 3\n", "neither `key: value` nor", (3, 1)),
        ("%YAML 9999.1\n---\na: 1", "cannot be read as YAML", (1, 1)),
    ],
)
def test_syntax_errors_are_sentences_with_a_place(text: str, words: str, place: tuple[int, int]) -> None:
    problem = refused(text, words)
    assert (problem.line, problem.column) == place
    for jargon in ("block end", "<", "mapping values", "while", "token"):
        assert jargon not in problem.message


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "the file is empty"),
        ("# only a comment\n", "the file is empty"),
        ("---\n", "the file is empty"),
        ("5", "holds no keys"),
        ("- a", "holds no keys"),
        ("a: 1\n---\nb: 2", "a second document starts here"),
        ("a: !!python/object/apply:os.system [x]", "tags .* are not read"),
        ("a: !mine x", "tags .* are not read"),
        ("a: !!str 5", "tags .* are not read"),
        ("!x {a: 1}", "tags .* are not read"),
        ("<<: {a: 1}", "merge keys"),
        ("a: &a {b: 1}\nc: {<<: *a}", "merge keys"),
        ("[1, 2]: 3", "cannot be a key"),
        ("? {a: 1}\n: 3", "cannot be a key"),
        ("? " * 1000, "cannot be a key"),
        ("a: &a x\n*a : 3", "an alias cannot be a key"),
        (": 3", "a key is missing"),
        ("%YAML 1.1\n---\na: on", "starts with a % line"),
        ("%TAG !e! tag:x,2000:\n---\na: 1", "starts with a % line"),
    ],
)
def test_refused_constructs(text: str, words: str) -> None:
    refused(text, words)


def test_repeated_keys_are_all_named_with_both_lines() -> None:
    with pytest.raises(ScenarioFileError, match="2 problems") as caught:
        parse(b"a: 1\nb: {c: 1,\n  c: 2}\na: 3\n", "f")
    first, second = caught.value.problems
    assert (first.path, first.line, first.message) == (
        ("b", "c"),
        3,
        "the key `c` stands here twice: first in line 2, again in line 3",
    )
    assert (second.path, second.line) == (("a",), 4)


def test_a_date_and_the_same_text_are_one_key() -> None:
    # The model reads both as the same day and would keep only the last.
    assert refused("2026-10-01: 1\n'2026-10-01': 2\n", "stands here twice").line == 2


# --- limits ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 1000 + "]" * 1000,
        "a: " + "[" * 99_000,
        "a: " + "{a: " * 1000,
        "- " * 1000 + "x",
        "".join(" " * i + "a:\n" for i in range(1000)),
    ],
)
def test_deep_nesting_is_refused_before_it_is_built(text: str) -> None:
    refused(text, "the nesting is deeper than 20")


def test_nesting_up_to_the_limit_is_read() -> None:
    depth = yaml_build.MAX_DEPTH - 1  # the top mapping is the first
    assert data("a: " + "[" * depth + "]" * depth)["a"] is not None
    refused("a: " + "[" * (depth + 1) + "]" * (depth + 1), "deeper than 20")


def test_many_values_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_build, "MAX_NODES", 1000)  # 50,000 take seconds
    assert len(data("a: [" + "1,\n" * 997 + "]")["a"]) == 997  # with the key, the list and the whole: 1000
    refused("a: [" + "1,\n" * 998 + "]", "more than 1,000 values")


def test_alias_bomb_is_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [" + ", ".join([f"*a{i - 1}"] * 10) + "]" for i in range(1, 10)]
    assert refused("\n".join(lines), "stands inside an anchored part").line == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: &a [*a]", "stands inside an anchored part"),  # a list that holds itself
        ("a: *b", "there is no `&b` above"),
        ("a: &a 1\nb: [" + "*a, " * 101 + "]", "more than 100 aliases"),
        ("a: &a [" + "1,\n" * 1000 + "]\nb: [" + "*a, " * 60 + "]", "more than 50,000 values"),
        ("a: &a " + "[" * 15 + "]" * 15 + "\nb: " + "[" * 10 + "*a" + "]" * 10, "deeper than 20"),
    ],
)
def test_aliases_are_bounded(text: str, words: str) -> None:
    refused(text, words)


def test_an_alias_is_a_copy() -> None:
    # What-ifs change one place of the data; the other must stay.
    found = data("a: &a {b: [1]}\nc: *a\n")
    assert found["a"] == found["c"]
    found["c"]["b"].append(2)
    assert found["a"] == {"b": [1]}


def test_a_long_line_is_refused() -> None:
    # ruamel takes half a minute for a tag of a megabyte.
    refused("a: !" + "x" * 900_000, "longer than 100,000 characters")


def test_limits_are_those_promised() -> None:
    assert (yaml_build.MAX_DEPTH, yaml_build.MAX_NODES, yaml_build.MAX_ALIASES) == (20, 50_000, 100)
    assert yaml_source.MAX_BYTES == 1_000_000
