"""The comparison for other programs, on rows made by hand: CSV, JSON, Markdown; harmless names."""

from __future__ import annotations

import csv
import io
import json

import pytest
from compared import comparison, row

from mesocycle.files.safe_text import plain
from mesocycle.models.comparison import Row
from mesocycle.output.compare_files import (
    COLUMNS,
    csv_pieces,
    json_line,
    json_pieces,
    last_json_line,
    markdown_pieces,
)

ROWS = (
    row("base", 10, difference=0, moved=None),
    row("x", 8, difference=-2, difference_by_rule={"even_spacing": -3, "lift_spacing": 1}),
    row("y"),
    row("z", 12, proven=False, bound=5, key_run_hours=None),
)


# --- CSV -------------------------------------------------------------------------------------------------


def table(*rows: Row, seconds: bool = True) -> list[dict[str, str]]:
    text = "".join(csv_pieces(comparison(*rows), seconds))
    assert "\r" not in text.replace("'\r", "")
    return list(csv.DictReader(io.StringIO(text)))


def test_csv_has_a_line_for_each_row() -> None:
    lines = table(*ROWS)
    assert list(lines[0]) == list(COLUMNS)
    assert lines[1] == {
        "scenario": "a", "variant": "x", "status": "optimal", "proven": "true", "points": "8", "bound": "8",
        "difference": "-2", "difference_by_rule": "even_spacing -3; lift_spacing +1", "judged": "8",
        "judged_difference": "-2", "judged_by_rule": "even_spacing -3; lift_spacing +1", "breaks": "",
        "not_comparable": "", "moved": "2", "lifts": "4", "leg_sets": "12", "sets": "20",
        "minutes_per_week": "88.5", "key_run_hours": "30.0", "days": "", "weeks_on_days": "", "best": "true",
        "dominated_by": "", "reason": "", "seconds": "0.25",
    }  # fmt: skip
    assert (lines[2]["status"], lines[2]["points"], lines[2]["reason"]) == (
        "infeasible", "", "a and b collide in week 1",
    )  # fmt: skip
    assert (lines[3]["proven"], lines[3]["bound"], lines[3]["key_run_hours"]) == ("false", "5", "")
    assert lines[0]["dominated_by"] == "x"
    assert {line["seconds"] for line in table(*ROWS, seconds=False)} == {""}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
@pytest.mark.parametrize("where", ["name", "scenario", "reason"])
def test_no_text_is_taken_for_a_formula(start: str, where: str) -> None:
    text = f'{start}HYPERLINK("http://x";"y")'
    # Such a text cannot come in as a name with a tab; the table does not rely on it.
    found = row("x").model_copy(update={where: text})
    column = "variant" if where == "name" else where
    assert table(found)[0][column] == f"'{text}"


def test_numbers_stay_numbers_and_other_text_as_it_is() -> None:
    lines = table(row("base", 10), row('a, "b"; c=d', 8, difference=-2, moved=0))
    assert (lines[1]["difference"], lines[1]["moved"], lines[1]["variant"]) == ("-2", "0", 'a, "b"; c=d')


def test_a_row_that_dominates_is_named_without_becoming_a_formula() -> None:
    assert table(row("=x", 8), row("y", 9))[1]["dominated_by"] == "'=x"


# --- JSON ------------------------------------------------------------------------------------------------


def test_json_pieces_are_one_object_with_every_row() -> None:
    found = comparison(*ROWS)
    data = json.loads("".join(json_pieces(found, True)))
    assert data == found.to_dict()
    assert [one["name"] for one in data["rows"]] == ["base", "x", "y", "z"]
    assert list(data["rows"][0])[:4] == ["scenario", "name", "is_base", "changes"]
    assert "packed" not in data["rows"][0]
    assert json.loads("".join(json_pieces(found, False))) == found.to_dict(seconds=False)
    assert json.loads("".join(json_pieces(comparison(), True)))["rows"] == []


def test_json_lines_hold_what_is_known_at_their_time_and_the_last_one_the_rest() -> None:
    found = comparison(*ROWS)
    lines = [json_line(one, False) for one in found]
    assert all(line.endswith("\n") and line.count("\n") == 1 for line in lines)
    for line, one in zip(lines, found, strict=True):
        whole = one.to_dict(seconds=False)
        del whole["best"], whole["dominated_by"]
        assert json.loads(line) == whole
    # A row is the same before and after it is marked: lines may be written as they come.
    assert lines == [json_line(one, False) for one in ROWS]
    last = json.loads(last_json_line(found))["summary"]
    assert last["best"] == [{"scenario": "a", "name": "x"}]
    assert {"scenario": "a", "name": "base", "by": "x"} in last["dominated"]


def test_letters_of_all_the_world_stay_readable() -> None:
    assert '"name": "三回 ö"' in json_line(row("三回 ö", 1), True)


# --- Markdown --------------------------------------------------------------------------------------------


def markdown(*rows: Row, seconds: bool = False, single: bool = False) -> list[str]:
    return "".join(markdown_pieces(comparison(*rows, single=single), seconds)).splitlines()


def test_markdown_is_a_table_with_the_best_in_bold() -> None:
    lines = markdown(*ROWS, single=True)
    assert lines[:6] == [
        "| variant | points | change | own points | moved | lifts | leg sets | sets | min/week "
        "| to a key run | days | remark |",
        "| :-- | --: | --: | --: | --: | --: | --: | --: | --: | --: | :-- | :-- |",
        "| base | 10 |  | 10 |  | 4 | 12 | 20 | 88.5 | 30 h |  | dominated by x |",
        "| **x** | 8 | -2 | 8 | 2 | 4 | 12 | 20 | 88.5 | 30 h |  | fewest points |",
        "| y |  |  |  |  |  |  |  |  |  |  | no block: a and b collide in week 1 |",
        "| z | 12 |  | 12 (bound 5) | 2 | 4 | 12 | 20 | 88.5 |  |  |  |",
    ]
    assert "- x: -3 `even_spacing`, +1 `lift_spacing`" in lines
    assert lines[-1] == "The change that helps most: x (2 points fewer)."


def test_markdown_names_scenarios_where_there_are_several_and_seconds_where_wanted() -> None:
    lines = markdown(row("base", 10, "one"), row("base", 10, "two"), row("x", None, "two"), seconds=True)
    assert lines[0].startswith("| scenario | variant |")
    assert lines[0].endswith("| s |")
    assert lines[2].startswith("| one | base |")
    assert lines[2].endswith("| 0.2 |")
    assert [line.count("|") for line in lines[:5]] == [15] * 5


@pytest.mark.parametrize(
    ("text", "harmless"),
    [
        ("a|b", r"a\|b"),
        ("*a* _b_ `c`", r"\*a\* \_b\_ \`c\`"),
        ("[a](javascript:x)", r"\[a\](javascript:x)"),
        ("<script>&", "&lt;script&gt;&amp;"),
        ("a\\", "a\\\\"),
        ("![x](y)", r"!\[x\](y)"),
        ("~~a~~", r"\~\~a\~\~"),  # struck out on GitHub
    ],
)
def test_text_of_anybodys_means_nothing(text: str, harmless: str) -> None:
    assert plain(text) == harmless


def test_names_do_not_break_out_of_their_cell() -> None:
    lines = markdown(row("base", 10), row("a|b | c", 8, reason=""), row("d", reason="x | <b>"))
    for line in lines[:5]:
        assert line.replace(r"\|", "").count("|") == 13
    assert "&lt;b&gt;" in lines[4]
