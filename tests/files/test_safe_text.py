"""Anybody's text in files of other programs."""

from __future__ import annotations

import csv

import pytest

from mesocycle.files.safe_text import csv_line, plain, visible


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_would_be_a_formula_is_text(start: str) -> None:
    (row,) = csv.reader([csv_line([f"{start}1+1", "a"])])
    assert row == [f"'{start}1+1", "a"]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("A;=HYPERLINK(1)", "A;'=HYPERLINK(1)"),
        ("A; @x", "A; '@x"),
        ("A\t-cmd", "A\t'-cmd"),
        ("3 a day; -34 recovery", "3 a day; -34 recovery"),
        ("Monday; Tuesday", "Monday; Tuesday"),
    ],
)
def test_no_formula_begins_where_lists_are_separated_otherwise(text: str, cell: str) -> None:
    (row,) = csv.reader([csv_line([text])])
    assert row == [cell]


def test_numbers_truth_and_nothing_are_themselves() -> None:
    assert csv_line([-1, 2.5, True, False, None, "a,b"]) == '-1,2.5,true,false,,"a,b"\n'


def test_text_means_nothing_in_markdown_and_html() -> None:
    assert plain("<b>&*_`[x](y)|~\\") == r"&lt;b&gt;&amp;\*\_\`\[x\](y)\|\~" + "\\\\"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Club night", "Club night"),
        ("a\r\nb\tc", "a  b c"),
        ("\x1b[31mred\x00", "[31mred"),
        ("\u202eabc\u2066", "abc"),
        ("half \ud800", "half"),
        ("深蹲 🏃\u200d♂️", "深蹲 🏃\u200d♂️"),
        ("", ""),
    ],
)
def test_what_nobody_can_see_is_left_out(text: str, shown: str) -> None:
    assert visible(text) == shown
