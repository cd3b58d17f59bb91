"""YAML with comments: what is written is read back as it was, whatever the texts hold."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesocycle.files.commented import commented
from mesocycle.files.yaml_source import parse
from mesocycle.models.names import hidden_character

DAY = date(2026, 11, 25)


def read(text: str) -> Any:
    return parse(text.encode(), "x.yaml").data


def test_comments_stand_at_the_top_and_beside_their_key() -> None:
    text = commented(
        {"start": DAY, "runs": {"week": {}, "dates": {DAY: {"type": "easy", "start": "06:30"}}}},
        ["Imported.", "", "  a detail"],
        {("runs", "dates", DAY): "not sure"},
    )
    assert text.splitlines() == [
        "# Imported.",
        "#",
        "#   a detail",
        "start: 2026-11-25",
        "runs:",
        "  week: {}",
        "  dates:",
        '    2026-11-25: {type: easy, start: "06:30"}  # not sure',
    ]


def test_a_list_of_races_has_a_line_for_each_and_a_time_is_quoted() -> None:
    data = {"races": [{"date": DAY, "distance": "marathon", "start": "9:30"}]}
    text = commented(data, [], {("races", 0): "A?"})
    assert text == 'races:\n  - {date: 2026-11-25, distance: marathon, start: "9:30"}  # A?\n'


@pytest.mark.parametrize(
    "title",
    [
        "a: b",
        "a # b",
        "- a",
        "{6:10} easy",
        "[x]",
        "'",
        '"',
        "yes",
        "null",
        "12",
        "1e3",
        "06:30",
        "&a *b",
        "!t",
        "%",
        "@ MP",
        "  spaces  ",
        "~",
        "2026-11-25",
        "<<",
        "| x",
        "> x",
        "? x",
        "\\n",
        "é 🏃 ü",
        "",
        "a" * 1000,
    ],
)
def test_any_title_comes_back_as_the_text_it_was(title: str) -> None:
    data = {"name": title, "runs": {"dates": {DAY: [{"title": title, "type": "easy"}, {"title": title}]}}}
    back = read(commented(data, [], {}))
    assert back == data
    assert type(back["name"]) is str


@given(st.text(max_size=60).filter(lambda text: not hidden_character(text)))
def test_texts_of_any_make_come_back(title: str) -> None:
    data = {"a": title, "runs": {"dates": {DAY: {"title": title, "x": 1}}}}
    assert read(commented(data, [], {})) == data
