"""Changes written into the runner's file: the lines that hold them change, and no others."""

from __future__ import annotations

import difflib
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mesocycle.files import patch, splice
from mesocycle.files.patch import patched, save
from mesocycle.files.scenario import validate
from mesocycle.files.yaml_source import Document, parse, read
from mesocycle.models.diagnosis import Change
from mesocycle.models.errors import InternalError, ScenarioFileError
from mesocycle.models.paths import parse_path, value_at, with_value
from mesocycle.models.scenario import PRESETS

SCENARIOS = sorted((Path(__file__).parents[2] / "scenarios").glob("*.yaml"))


def changes(**to: Any) -> list[Change]:
    """Return changes; their paths are written with `__` for a dot."""
    return [change(path.replace("__", "."), value) for path, value in to.items()]


def change(path: str, to: Any) -> Change:
    return Change(path=path, before=None, to=to, text="")


def after(text: str, *made: Change) -> str:
    return patched(parse(text.encode(), "block.yaml"), made)


def differs(old: str, new: str) -> list[str]:
    """Return the lines taken out and put in."""
    return [line for line in difflib.ndiff(old.splitlines(), new.splitlines()) if line[0] in "+-"]


# --- the examples that come with Mesocycle ------------------------------------------------------------


@pytest.mark.parametrize("file", SCENARIOS, ids=lambda file: file.stem)
@pytest.mark.parametrize(
    ("path", "to", "line"),
    [
        ("athlete.availability.sun", ["17:00-20:30"], '    sun: ["17:00-20:30"]'),
        ("athlete.availability.2026-12-31", [], "    2026-12-31: []"),
        ("athlete.rest_days", [], "  rest_days: []"),
        ("strength.sessions_per_week", 1, "  sessions_per_week: 1"),
        ("policy", "stack_hard_long_run", "policy: stack_hard_long_run"),
        ("policy.long_run", "allow", ", long_run: allow, order: "),
        ("rules.recovery_before_intensity.hard_hours", 21.0, "  recovery_before_intensity: {hard_hours: 21"),
        ("rules.min_gap_after_run.hard", False, "  min_gap_after_run: {"),
    ],
)
def test_one_line_of_a_scenario_changes(file: Path, path: str, to: Any, line: str) -> None:
    document = read(file)
    old = document.raw.decode()
    new = patched(document, [change(path, to)])
    if value_at(document.data, parse_path(path)) == to:
        assert new == old
        return
    changed = differs(old, new)
    taken, put = ([text[2:] for text in changed if text[0] == sign] for sign in "-+")
    if put[:2] == ["", "rules:"]:  # a section that the file did not have, set apart as the others are
        assert "\nrules:" not in old
        put = put[2:]
    assert len(put) == 1
    assert line in put[0]
    # A line is replaced by one that still has its key and its comment, or the new line is the only change.
    if taken:
        assert len(taken) == 1
        assert taken[0].split(":")[0] == put[0].split(":")[0]
        assert taken[0].partition("  #")[2] == put[0].partition("  #")[2]
    validate(parse(new.encode(), "new"))


@pytest.mark.parametrize("file", SCENARIOS, ids=lambda file: file.stem)
def test_what_a_file_says_already_leaves_its_bytes_alone(file: Path) -> None:
    document = read(file)
    same = [change(key, value) for key, value in document.data.items()]
    same += [change(f"athlete.{key}", value) for key, value in document.data["athlete"].items()]
    assert patched(document, same).encode() == file.read_bytes()
    # Dates come back from the model as text, and numbers of hours as fractions.
    text = "a: 24   # h\nblocked:\n- 2026-10-08\nlast: 2026-10-01\n"
    same = changes(a=24.0, blocked=["2026-10-08"], last="2026-10-01")
    assert after(text, *same) == text


def test_several_changes_are_made_in_order() -> None:
    text = "start: 2026-09-07\nrules:   # few\n  lift_spacing: hard\n\n# the end\n"
    made = [
        change("rules.lift_spacing.hours", 40),
        change("rules.lift_spacing.hours", 36),
        change("rules.time_of_day", "off"),
        change("weeks", 3),
        change("strength.sessions_per_week", [2, 1, 1]),
    ]
    assert after(text, *made) == (
        "start: 2026-09-07\nrules:   # few\n  lift_spacing: {hard: true, hours: 36}\n"
        '  time_of_day: "off"\n\n# the end\n\nweeks: 3\nstrength:\n  sessions_per_week: [2, 1, 1]\n'
    )


# --- what is made on the way --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "path", "to", "new"),
    [
        # A new section goes to the end of the file, a new key to the end of its section.
        ("a: 1\n# end\n", "rules.x.hours", 2, "a: 1\n# end\nrules:\n  x: {hours: 2}\n"),
        ("a: 1\n...\n", "b", 2, "a: 1\nb: 2\n...\n"),
        ("a: 1", "b", 2, "a: 1\nb: 2"),
        (
            "a:\n    b: 1\n\nc: 2\n",
            "athlete.availability.thu",
            [],
            "a:\n    b: 1\n\nc: 2\n\nathlete:\n    availability:\n        thu: []\n",
        ),
        ("a:\n  b: 1  # b\n  # c\nd: 1\n", "a.e", "f", "a:\n  b: 1  # b\n  e: f\n  # c\nd: 1\n"),
        ("{a: 1, b: {c: 2}}\n", "b.d", None, "{a: 1, b: {c: 2, d: null}}\n"),
        ("a: {}  # none\n", "a.b.c", 1, "a: {b: {c: 1}}  # none\n"),
        # A section that is empty is filled.
        ("rules:   # none\nb: 1\n", "rules.x", 1, "rules:   # none\n  x: 1\nb: 1\n"),
        ("rules:\n  # x: off\nb: 1\n", "rules.x.h", 1, "rules:\n  x: {h: 1}\n  # x: off\nb: 1\n"),
        ("rules: ~\n", "rules.x.h", 1, "rules: {x: {h: 1}}\n"),
        ("a: {b: , c: 1}\n", "a.b.d", 1, "a: {b: {d: 1} , c: 1}\n"),
        ("a:\nb: 1\n", "a", [2], "a: [2]\nb: 1\n"),
        ("a:\n-\n-   # none\n", "a", [1, 2], "a:\n- 1\n- 2   # none\n"),
        # Words are spelt out.
        ("rules: {x: soft}\n", "rules.x.h", 1, "rules: {x: {hard: false, h: 1}}\n"),
        ("rules: {x: on}\n", "rules.x.h", 1, "rules: {x: {h: 1}}\n"),
        ("rules: {x: true}\n", "rules.x.h", 1, "rules: {x: {h: 1}}\n"),
        ("rules: {x: off}\n", "rules.x.hard", False, "rules: {x: {hard: false}}\n"),
        ("rules: {x: hard}\n", "rules.x.hard", False, "rules: {x: {hard: false}}\n"),
        # The file's own word for a key stands.
        ("a: {Sunday: 1}\n", "a.sun", 2, "a: {Sunday: 2}\n"),
        ("a:\n  ? SUN\n  : 1\n", "a.sun", 2, "a:\n  ? SUN\n  : 2\n"),
        ('a: {"2026-10-08": 1}\n', "a.2026-10-08", 2, 'a: {"2026-10-08": 2}\n'),
        ("a: {2026-10-08: 1}\n", "a.2026-10-08", 2, "a: {2026-10-08: 2}\n"),
        ("a: {thu: 1}\n", "a", {"Thursday": 2, "2026-10-08": 3}, "a: {thu: 2, 2026-10-08: 3}\n"),
        # A run stands alone where the model sees a list of one.
        ("tue: {type: easy}\n", "tue[0].type", "rest", "tue: {type: rest}\n"),
        ("tue: [{type: easy}]\n", "tue[0].type", "rest", "tue: [{type: rest}]\n"),
    ],
)
def test_the_way_to_a_value_is_made(text: str, path: str, to: Any, new: str) -> None:
    assert after(text, change(path, to)) == new


@pytest.mark.parametrize("name", sorted(PRESETS))
def test_a_policy_is_spelt_out_in_its_three_switches(name: str) -> None:
    new = after(f"policy: {name}   # why\n", change("policy.long_run", "light_only"))
    hard_easy, order = PRESETS[name].hard_easy, PRESETS[name].order
    assert new == f"policy: {{hard_easy: {hard_easy}, long_run: light_only, order: {order}}}   # why\n"


# --- how values are written ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "to", "new"),
    [
        ("1", 2, "2"),
        ("1", 1.5, "1.5"),
        ("1.50", 1.5, "1.50"),
        ("1", True, "true"),  # though Python holds them equal
        ("true", 1, "1"),
        ("a", "b c", "b c"),
        ("'a'", "it's", "'it''s'"),
        ('"a"', "b", '"b"'),
        ("a", "a, b", '"a, b"'),  # could stand bare here, though not in brackets
        ("a", "b: c", '"b: c"'),
        ("a", "b # c", '"b # c"'),
        ("a", "", '""'),
        ("a", "null", '"null"'),
        ("a", "12", '"12"'),
        ("a", "6:30", '"6:30"'),  # YAML 1.1 reads 390
        ("a", "off", '"off"'),
        ("a", "2026-10-08", '"2026-10-08"'),
        ("2026-10-01", "2026-10-08", "2026-10-08"),
        ("2026-10-01", "never", "never"),
        ("a", "é\n", '"é\\n"'),
        ("'a'", "b\n", '"b\\n"'),
        ("a  # c", "b", "b  # c"),
        ("|  # c\n  b\n\n  c\n", "d", "d\n"),
        ("a\n  b # c", "d", "d # c"),
        ("[1,2 ,  3 ]", [1, 5, 3], "[1,5 ,  3 ]"),
        ("[1,2 ,  3 ]  # c", [1, 3], "[1, 3]  # c"),
        ("{b: [ 1 ],c: 2}", {"b": [2], "c": 2}, "{b: [ 2 ],c: 2}"),
        ("{b: 1, c: 2}", {"c": 2}, "{c: 2}"),
        ("{b: 1}", [{"off": 2}], "[{off: 2}]"),
        ("1", {"a: b": 1, "2": None}, '{"a: b": 1, 2: null}'),
        ("1", ("a", date(2026, 10, 8)), "[a, 2026-10-08]"),
        ("[1]", {}, "{}"),
    ],
)
def test_values_are_written_so_that_they_are_read_alike(old: str, to: Any, new: str) -> None:
    assert after(f"z: 0\na: {old}\n", change("a", to)) == f"z: 0\na: {new}\n"


def test_a_text_is_quoted_as_the_file_quotes_its_like() -> None:
    text = "a: ['06:00-08:00']\nb: 9 km\nc: off\nd: 0\n"
    new = after(text, change("d", {"a": "17:00-20:30", "b": "12 km", "c": "on", "d": "6:30"}))
    assert new.splitlines()[3] == "d: {a: '17:00-20:30', b: 12 km, c: on, d: \"6:30\"}"


def test_members_of_an_enumeration_are_text() -> None:
    class Word(StrEnum):
        OFF = "off"

    assert after("a: 1\n", change("a", Word.OFF)) == 'a: "off"\n'


# --- comments -----------------------------------------------------------------------------------------

LIST = """\
blocked:   # not there
  # first
  - 2026-10-08   # work
  # second
  - a: 1   # travel
    # half of it
    b: 2

  - 2026-12-24
weeks: 3
"""


@pytest.mark.parametrize(
    ("to", "lines"),
    [
        (["2026-10-08", {"a": 1, "b": 2}], ["-   - 2026-12-24"]),
        ([{"a": 1, "b": 2}, "2026-12-24"], ["-   - 2026-10-08   # work"]),
        (["2026-10-08", "2026-12-24"], ["-   - a: 1   # travel", "-     b: 2"]),
        (["2026-10-08", {"a": 3, "b": 2}, "2026-12-24"], ["-   - a: 1   # travel", "+   - a: 3   # travel"]),
        (["2026-10-08", {"b": 2}, "2026-12-24"], None),
        (["mon", "2026-10-08", {"a": 1, "b": 2}, "2026-12-24"], ["+   - mon"]),
        (["2026-10-08", {"a": 1, "b": 2}, "2026-12-24", {"c": []}, 5], ["+   - {c: []}", "+   - 5"]),
        ([], None),
        (7, None),
    ],
)
def test_lists_in_lines_lose_and_gain_lines(to: Any, lines: list[str] | None) -> None:
    new = after(LIST, change("blocked", to))
    if lines is not None:
        assert [line for line in differs(LIST, new) if line.strip() != "-"] == lines
    for comment in ("blocked:", "  # first\n", "  # second\n", "    # half of it\n", "weeks: 3\n"):
        assert comment in new


def test_a_block_that_becomes_a_number_leaves_its_lines_of_comment() -> None:
    text = (
        "a:\n  b:   # per phase\n    # all of it\n    base: 2   # most\n    # at last\n    taper: 1\n  c: 3\n"
    )
    assert after(text, change("a.b", 2)) == (
        "a:\n  b: 2   # per phase\n    # all of it\n    # at last\n  c: 3\n"
    )


def test_a_list_in_brackets_over_lines_leaves_its_lines_of_comment() -> None:
    text = "a: [1,  # one\n  # two\n  2]  # all\nb: 1\n"
    assert after(text, change("a[1]", 3)) == "a: [1,  # one\n  # two\n  3]  # all\nb: 1\n"
    assert after(text, change("a", [2])) == "a: [2]  # all\n  # two\nb: 1\n"


def test_lists_within_lists() -> None:
    text = "a:\n- - 1\n  - 2   # two\n- b: 1\n  c: 2\n"
    assert after(text, change("a[0]", [1])) == "a:\n- [1]   # two\n- b: 1\n  c: 2\n"
    assert after(text, change("a[0][1]", 3)) == "a:\n- - 1\n  - 3   # two\n- b: 1\n  c: 2\n"
    assert after(text, change("a[1]", {"b": 1})) == "a:\n- - 1\n  - 2   # two\n- b: 1\n"
    assert after(text, change("a[1]", {"c": 2})) == "a:\n- - 1\n  - 2   # two\n- {c: 2}\n"
    assert after(text, change("a[1].d", 3)) == "a:\n- - 1\n  - 2   # two\n- b: 1\n  c: 2\n  d: 3\n"


# --- anchors and aliases ------------------------------------------------------------------------------

ALIASES = "a: &x [1, 2]  # c\nb: *x\nc: 0\nd: *x  # d\n"


@pytest.mark.parametrize(
    ("text", "path", "to", "new"),
    [
        # The value that others repeat changes: the first of them takes the anchor over.
        (ALIASES, "a", [3], "a: [3]  # c\nb: &x [1, 2]\nc: 0\nd: *x  # d\n"),
        (ALIASES, "a[1]", 3, "a: [1, 3]  # c\nb: &x [1, 2]\nc: 0\nd: *x  # d\n"),
        (ALIASES, "a", 5, "a: 5  # c\nb: &x [1, 2]\nc: 0\nd: *x  # d\n"),
        # One that repeats it changes: it is written out.
        (ALIASES, "b", [3], "a: &x [1, 2]  # c\nb: [3]\nc: 0\nd: *x  # d\n"),
        (ALIASES, "d[0]", 9, "a: &x [1, 2]  # c\nb: *x\nc: 0\nd: [9, 2]  # d\n"),
        ("a: &x 1\nb: *x\n", "a", 2, "a: 2\nb: &x 1\n"),
        ("a: &x 1\nb: 2\n", "b", 3, "a: &x 1\nb: 3\n"),
        ("a: &x  # c\nb: *x\n", "a", 2, "a: 2  # c\nb: &x null\n"),
        ("a: &x\n  m: 1  # c\nb: *x\n", "a.m", 2, "a:\n  m: 2  # c\nb: &x {m: 1}\n"),
        ("a: &x\n  m: 1\nb: *x\n", "a", 2, "a: 2\nb: &x {m: 1}\n"),
        ("a: &x {m: &y 1}\nb: *y\nc: *x\n", "a.m", 2, "a: {m: 2}\nb: &y 1\nc: &x {m: 1}\n"),
        ("a: &x {m: &y 1}\nb: *y\nc: *x\n", "a", 2, "a: 2\nb: &y 1\nc: &x {m: 1}\n"),
        ("a: &x 1\nb: *x\nc: &x 2\nd: *x\n", "a", 3, "a: 3\nb: &x 1\nc: &x 2\nd: *x\n"),
        ("a:\n- &x 1\n- 2\nb: *x\n", "a", [2], "a:\n- 2\nb: &x 1\n"),
    ],
)
def test_no_other_place_follows_a_change(text: str, path: str, to: Any, new: str) -> None:
    assert after(text, change(path, to)) == new


def test_places_that_change_alike_need_no_anchor() -> None:
    assert after(ALIASES, change("a", [3]), change("b", [3]), change("d", 1)) == (
        "a: [3]  # c\nb: [3]\nc: 0\nd: 1  # d\n"
    )


# --- bytes --------------------------------------------------------------------------------------------


def test_line_ends_marks_and_accents_stay() -> None:
    text = "\ufeff%YAML 1.2\r\n--- # é\r\nname: Éte\r\na:\r\n  - 1\r\n  - 2\r\n\r\nb: {c: 1}\r\n...\r\n"
    new = after(text, change("a", [1, 2, 3]), change("b.d", "é"), change("e.f", [4]))
    assert new == (
        "\ufeff%YAML 1.2\r\n--- # é\r\nname: Éte\r\na:\r\n  - 1\r\n  - 2\r\n  - 3\r\n\r\nb: {c: 1, d: é}\r\n"
        "\r\ne:\r\n  f: [4]\r\n...\r\n"
    )
    assert after("a:\r  - 1\r  - 2\r", change("a", [2, 3])) == "a:\r  - 2\r  - 3\r"


def test_json_stays_as_it_is_laid_out() -> None:
    text = '{\n  "weeks": 3,\n  "rules": {"x": "off"}\n}\n'
    assert after(text, change("rules.x", "on")) == '{\n  "weeks": 3,\n  "rules": {"x": "on"}\n}\n'


# --- refusals -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "to", "words"),
    [
        ("", 1, "'' is no path"),
        ("a[", 1, "is no path"),
        ("a.b", 1, "a.b leads nowhere"),
        ("rules.x.h", 1, "rules.x.h leads nowhere"),  # no word that a rule takes
        ("policy.long_run", "allow", "policy.long_run leads nowhere"),
        ("c[2]", 1, r"c\[2\] leads nowhere"),
        ("c[0].d[1]", 1, r"c\[0\].d\[1\] leads nowhere"),
        ("c.d", 1, "c.d leads nowhere"),
        ("a", object(), "no plain data: object"),
        ("a", datetime(2026, 10, 8, 6, 30), "no plain data: datetime"),
        ("a", float("nan"), "would not say what it should"),
        ("a", "\ud800", "cannot be written into the file"),
        ("a", "\x07", "cannot be written into the file"),
        ("a", [0] * 60_000, "cannot be written into the file"),
        ("a", {"": 1}, "cannot be written into the file"),
    ],
)
def test_changes_that_cannot_be_made_are_refused(path: str, to: Any, words: str) -> None:
    text = "a: 1\nrules: {x: maybe}\npolicy: none\nc: [{d: 1}]\n"
    with pytest.raises(InternalError, match=words):
        after(text, change(path, to))


def test_a_text_that_says_something_else_is_not_returned(monkeypatch: pytest.MonkeyPatch) -> None:
    document = parse(b"a: 1\nb: 2\n", "block.yaml")
    monkeypatch.setattr(patch, "spliced", lambda text, old, new: text.replace("1", "3").replace("2", "4"))
    with pytest.raises(InternalError, match="would not say what it should"):
        patched(document, [change("a", 3)])


def test_pieces_never_overlap() -> None:
    # No change takes out the first line of a file: what would is refused, not guessed.
    with pytest.raises(InternalError, match="two changes want the same place"):
        splice.spliced("a: 1\nb: 2\n", {"a": 1, "b": 2}, {"b": 2})


def test_a_document_without_its_bytes_is_refused() -> None:
    with pytest.raises(InternalError, match="cannot be written"):
        patched(Document("f", {"a": 1}, {}, ""), [change("a", 2)])


def test_bytes_are_kept_and_not_shown() -> None:
    document = parse(b"a: 1\n", "block.yaml")
    assert document.raw == b"a: 1\n"
    assert "raw" not in repr(document)


# --- saving -------------------------------------------------------------------------------------------


def test_the_file_that_was_read_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / "block.yaml"
    file.write_bytes(b"a: 1 # c\r\n")
    link = tmp_path / "link.yaml"
    link.symlink_to(file)
    save(read(file), [change("a", 2)], file)
    assert file.read_bytes() == b"a: 2 # c\r\n"
    save(read(link), [change("a", 3)], file)  # the same file by another name
    assert file.read_bytes() == b"a: 3 # c\r\n"
    assert link.is_symlink()


@pytest.mark.parametrize("force", [False, True])
def test_a_file_that_changed_since_is_left_alone(tmp_path: Path, force: bool) -> None:
    file = tmp_path / "block.yaml"
    file.write_text("a: 1\n")
    document = read(file)
    file.write_text("a: 5\n")
    with pytest.raises(ScenarioFileError, match=r"changed since it was read\n.*read it again: nothing was"):
        save(document, [change("a", 2)], file, force=force)
    assert file.read_text() == "a: 5\n"
    file.unlink()
    with pytest.raises(ScenarioFileError, match="changed since it was read"):
        save(document, [change("a", 2)], file, force=force)
    assert list(tmp_path.iterdir()) == []


def test_another_file_is_replaced_by_force_alone(tmp_path: Path) -> None:
    file, other = tmp_path / "block.yaml", tmp_path / "other.yaml"
    file.write_text("a: 1\n")
    document = read(file)
    save(document, [change("a", 2)], other)
    assert other.read_text() == "a: 2\n"
    with pytest.raises(ScenarioFileError, match=r"other.yaml: 1 problem\n.*\n.*a file of this name exists"):
        save(document, [change("a", 3)], other)
    assert other.read_text() == "a: 2\n"
    save(document, [change("a", 3)], other, force=True)
    assert other.read_text() == "a: 3\n"
    assert file.read_text() == "a: 1\n"


def test_standard_input_cannot_be_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    document = parse(b"a: 1\n", "-")
    with pytest.raises(ScenarioFileError, match="standard input cannot be written to"):
        save(document, [change("a", 2)], "-", force=True)
    assert list(tmp_path.iterdir()) == []
    save(document, [change("a", 2)], "new.yaml")
    assert Path("new.yaml").read_text() == "a: 2\n"


def test_what_cannot_be_patched_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(InternalError, match="leads nowhere"):
        save(parse(b"a: 1\n", "-"), [change("a.b", 2)], tmp_path / "new.yaml")
    assert list(tmp_path.iterdir()) == []


# --- any file -----------------------------------------------------------------------------------------

_WINDOWS = st.lists(st.sampled_from(["06:00-08:00", "17:00-20:00", "17:00-20:30"]), max_size=3, unique=True)
_COMMENT = st.sampled_from(["", "", "  # c", "   # it's: [a, {b"])
_WHOLE = st.sampled_from(["", "", "\n", "# a whole line\n", "    # one that is set in: {\n", "  # two\n\n"])
_TO: dict[str, st.SearchStrategy[Any]] = {
    "weeks": st.integers(1, 20),
    "policy": st.sampled_from(sorted(PRESETS)),
    "athlete.availability.weekdays": _WINDOWS,
    "athlete.availability.thu": _WINDOWS,
    "athlete.availability.2026-10-08": _WINDOWS,
    "athlete.rest_days": st.lists(st.sampled_from(["mon", "tue", "fri", "sun"]), max_size=3, unique=True),
    "strength.sessions_per_week": st.one_of(
        st.integers(0, 4),
        st.lists(st.integers(0, 3), min_size=1, max_size=5),
        st.fixed_dictionaries({"base": st.integers(0, 3), "taper": st.integers(0, 3)}),
    ),
    "strength.sessions[0].exercises[1].sets": st.one_of(st.integers(1, 5), st.just([1, 4])),
    "rules.lift_spacing.hours": st.sampled_from([24, 36.0, 40.5]),
    "rules.min_gap_after_run": st.sampled_from(["off", "soft", {"hours": 2, "hard": True}]),
    "history.last_lift": st.sampled_from(["2026-09-01", "2026-09-04"]),
}


def _quoted(draw: st.DrawFn, text: str) -> str:
    quote = draw(st.sampled_from(["'", '"']))
    return quote + text + quote


def _listed(draw: st.DrawFn, items: list[str], indent: int) -> str:
    """Write a list in one of its styles, from behind its key to the end of the line."""
    style = draw(st.sampled_from(["[a, b]", "[ a,b ]", "lines", "over lines"]))
    if not items or style in ("[a, b]", "[ a,b ]"):
        inner = (", " if style == "[a, b]" else ",").join(items)
        return f" [ {inner} ]" if style == "[ a,b ]" else f" [{inner}]"
    if style == "lines":
        dash = "\n" + " " * draw(st.sampled_from([indent, indent + 2])) + "- "
        return draw(_COMMENT) + "".join(dash + item for item in items)
    return " [\n" + ",\n".join(" " * (indent + 4) + item for item in items) + "]"


@st.composite
def _texts(draw: st.DrawFn) -> str:
    step = draw(st.sampled_from([2, 4]))
    pad = " " * step

    def windows(indent: int) -> str:
        return _listed(draw, [_quoted(draw, window) for window in draw(_WINDOWS)], indent)

    parts = ["start: 2026-09-07", "weeks: 3" + draw(_COMMENT), "policy: stack_hard" + draw(_COMMENT)]
    availability = [f"{pad * 2}{key}:" + windows(2 * step) for key in ("weekdays", "thu", "2026-10-08")]
    shown = [entry for entry in availability if draw(st.booleans())]
    athlete = "athlete:" + draw(_COMMENT)
    if shown:
        athlete += "".join("\n" + part for part in [f"{pad}availability:", *shown])
    days = draw(st.lists(st.sampled_from(["mon", "fri", "sun"]), unique=True))
    parts.append(athlete + f"\n{pad}rest_days:" + _listed(draw, days, step) + draw(_COMMENT))
    counts = draw(st.sampled_from(["2", "[2, 2, 1]", "{base: 2, taper: 1}"]))
    exercises = "- {exercise: back_squat, sets: [2, 4]}", "- exercise: lunge\n  sets: 3"
    sessions = "\n".join(exercises).replace("\n", "\n" + pad * 2 + "  ")
    parts.append(
        f"strength:\n{pad}sessions_per_week: {counts}{draw(_COMMENT)}\n{pad}sessions:\n"
        f"{pad * 2}- name: A\n{pad * 2}  exercises:\n{pad * 2}  {sessions}"
    )
    rules = [f"{pad}lift_spacing: {{hours: 36}}", f"{pad}min_gap_after_run: off"]
    shown = [rule + draw(_COMMENT) for rule in rules if draw(st.booleans())]
    if draw(st.booleans()):
        parts.append("\n".join(["rules:" + draw(_COMMENT), *shown]))
    if draw(st.booleans()):
        parts.append("history: {last_lift: 2026-09-01}")
    text = draw(_WHOLE) + "".join(part + "\n" + draw(_WHOLE) for part in draw(st.permutations(parts)))
    text += draw(st.sampled_from(["", "...\n"]))
    text = text.removesuffix("\n") if draw(st.booleans()) else text
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


def _as_read(value: Any) -> Any:
    """Dates and their text mean the same."""
    if isinstance(value, dict):
        return {str(key): _as_read(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_as_read(item) for item in value]
    return str(value) if isinstance(value, date) else value


@settings(max_examples=60)
@given(st.data(), _texts())
def test_any_file_says_what_it_should_and_keeps_the_rest(data: st.DataObject, text: str) -> None:
    document = parse(text.encode(), "block.yaml")
    paths = data.draw(st.lists(st.sampled_from(sorted(_TO)), min_size=1, max_size=4, unique=True))
    made = [change(path, data.draw(_TO[path])) for path in paths]
    expected = document.data
    for one in made:
        expected = with_value(expected, parse_path(one.path), one.to)
    new = patched(document, made)
    again = parse(new.encode(), "block.yaml")
    assert _as_read(again.data) == _as_read(expected)
    assert _whole_comments(new) == _whole_comments(text)
    assert patched(again, made) == new
    assert ("\r\n" in new) == ("\r\n" in text)
    present = {path: value_at(document.data, parse_path(path)) for path in _TO}
    said = [change(path, value) for path, value in present.items() if value is not None]
    assert said  # `weeks` at least
    assert patched(document, said) == text
    for line in differs(text, new):  # what was taken out or put in belongs to a change
        assert line[2:3] != "#"


def _whole_comments(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip().startswith("#")]
