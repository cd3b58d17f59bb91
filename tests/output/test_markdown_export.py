"""Markdown for a training log, as a parser reads it; text of anybody's changes nothing of its form."""

from __future__ import annotations

from itertools import pairwise

import pytest
from exported import (
    HOP,
    HOSTILE,
    NAMES,
    PLAIN,
    SQUAT,
    block,
    hostile,
    impossible,
    lift,
    run,
    solved,
    unplanned,
)
from markdown_it import MarkdownIt
from markdown_it.token import Token

from mesocycle.files.safe_text import visible
from mesocycle.models.diagnosis import Change, Diagnosis, Repair
from mesocycle.models.plan import Cost, CostCase, Status
from mesocycle.models.result import Result
from mesocycle.output.markdown import plain, to_markdown

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def tokens(result: Result) -> list[Token]:
    return PARSER.parse(to_markdown(result, PLAIN))


def headings(result: Result) -> list[str]:
    found = tokens(result)
    return [f"{one.tag} {words(after)}" for one, after in pairwise(found) if one.type == "heading_open"]


def words(token: Token) -> str:
    return "".join(child.content for child in token.children or ())


def cells(result: Result) -> list[str]:
    """The text of all cells of all tables."""
    found = tokens(result)
    return [words(after) for one, after in pairwise(found) if one.type in ("td_open", "th_open")]


def form(result: Result) -> list[tuple[str, tuple[str, ...]]]:
    """What a document is made of, but for its words."""
    return [
        (token.type, tuple(child.type for child in token.children or () if child.content or child.type))
        for token in tokens(result)
    ]


def test_a_block_has_its_weeks_and_its_lifts_under_headings() -> None:
    assert headings(block(lift(), lift(2))) == [
        "h1 Autumn",
        "h2 Main lifts, the heaviest sets of the week",
        "h2 Week 1: base, 48 km, 8 of 10 sets in 45 min",
        "h3 Tue 8 Sep 17:00-17:45: A, 8 sets",
        "h2 Week 2: base, lighter week, 48 km, 8 of 10 sets in 45 min",
        "h3 Tue 15 Sep 17:00-17:45: A, 8 sets",
    ]


def test_the_first_line_says_how_sure_it_is() -> None:
    text = to_markdown(block(lift()), PLAIN)
    assert text.startswith("# Autumn\n\n**Proven optimal in 0.1 s: 0 points.**\n\n| Week | From |")


def test_all_weeks_stand_in_one_table() -> None:
    assert cells(block(lift(), lift(2)))[7:21] == [
        "1", "7 Sep", "base", "48 km", "Tue 17:00 A", "8 of 10", "45",
        "2", "14 Sep", "base, lighter week", "48 km", "Tue 17:00 A", "8 of 10", "45",
    ]  # fmt: skip


def test_a_card_is_a_table_with_what_is_left_out_and_why_below() -> None:
    told = cells(block(lift()))
    at = told.index("Exercise") - 1
    assert told[at:] == [
        "", "Exercise", "Sets", "Load", "In reserve", "Rest", "",
        "1a", "Back squat", "3 × 5", "95 kg (81\u00a0%), +2.5 kg", "2", "",
        "warm-up 5 × 37.5, 3 × 57.5, 2 × 75 kg; chest up",
        "1b", "Hop", "3 × 4", "", "", "2:30", "at once after 1a",
        "2", "Side plank", "2 × 30 s each side", "+3\u00a0% on your first week", "", "", "",
    ]  # fmt: skip
    paragraphs = [words(token) for token in tokens(block(lift())) if token.type == "inline"]
    assert "Left out: Farmer carry." in paragraphs
    assert (
        "About 45 min with 8 of warm-up; legs: moderate (4.2). On Tuesday, a day without a run." in paragraphs
    )
    assert (
        "In reserve: repetitions that you could still have done. In brackets: % of the most that you could "
        "lift once in that week. + or - before a weight: since the last time. Legs: 8 is a full heavy "
        "session; heavy from 6, moderate from 3." in paragraphs
    )


def test_main_lifts_stand_week_by_week_with_what_grew() -> None:
    later = SQUAT.model_copy(update={"weight": 100.0, "reps": 4, "week_max": 121.0, "set_list": ()})
    result = block(lift(), lift(3, exercises=(later,)))
    at = cells(result).index("Back squat") - 1
    assert cells(result)[at : at + 8] == [
        "Week", "Back squat", "1", "3 × 5 @ 95 kg", "2", "–", "3", "3 × 4 @ 100 kg",
    ]  # fmt: skip
    line = "Back squat 95 to 100 kg: from 5 to 4 repetitions, and 3\u00a0% stronger"
    assert f"\n\n- {line}\n\n" in to_markdown(result, PLAIN)


def test_without_a_main_lift_there_is_no_table_of_them() -> None:
    assert "Main lifts" not in to_markdown(block(lift(exercises=(HOP,))), PLAIN)


def test_a_lift_given_by_its_minutes_alone_has_no_table() -> None:
    bare = block(lift(exercises=(), dropped=(), sets=0, lower_body_dose=0.0))
    assert "Exercise" not in cells(bare)
    assert "No leg work. On Tuesday, a day without a run." in to_markdown(bare, PLAIN)


def test_the_runs_of_a_week_stand_before_its_lifts() -> None:
    text = to_markdown(block(lift(), runs=(run(), run("easy", start=1080, distance_km=None))), PLAIN)
    assert "\n\nRuns: Mon 06:30 Tempo run, 10 km (key); Mon 18:00 Easy run, 50 min.\n\n### Tue 8 Sep" in text


def test_every_cost_and_note_is_told() -> None:
    case = CostCase(text="A ends 30 h before a tempo", dates=(), amount=12, unit="hours short", points=5)
    cost = Cost(rule="recovery_before_intensity", points=5, cases=(case,))
    result = block(lift(), costs=(cost,), notes=("Week 1 is short.",))
    assert cells(result)[-6:] == [
        "Points", "Rule", "For", "5", "recovery_before_intensity", "A ends 30 h before a tempo",
    ]  # fmt: skip
    assert headings(result)[-2:] == ["h2 What the block pays for", "h2 Notes"]
    assert "- Week 1 is short.\n" in to_markdown(result, PLAIN)


def test_nothing_to_pay_for_is_told_too() -> None:
    assert "Nothing to pay for: every wish is met." in to_markdown(block(lift()), PLAIN)


def test_where_there_is_no_block_it_says_what_collides_and_what_would_help() -> None:
    result = impossible()
    assert result.diagnosis is not None
    assert result.diagnosis.repairs
    told = headings(result)
    assert told[0] == "h1 No way"
    assert told[1:3] == [
        "h2 What collides in week 1 (Mon 7 Sep to Sun 13 Sep)",
        "h2 What would make it work",
    ]
    text = to_markdown(result, PLAIN)
    assert "**No block satisfies all the rules (proven in " in text
    for rule in result.diagnosis.conflicts[0].rules:
        assert plain(rule.text) in text
        assert all(plain(case) in text for case in rule.cases)
    assert all(plain(change.text) in text for one in result.diagnosis.repairs for change in one.changes)


@pytest.mark.parametrize(
    ("changes", "points"),
    [({}, "12"), ({"proven": False}, "at most 12"), ({"objective": None}, "not planned in time")],
)
def test_a_repair_says_what_its_block_pays(changes: dict[str, object], points: str) -> None:
    change = Change(path="weeks", before=1, to=2, text="two weeks instead of 1")
    repair = Repair(
        name="A", changes=(change,), objective=12, proven=True, verified=True, sessions_moved=0, lifts=""
    ).model_copy(update=changes)
    found = Diagnosis(status=Status.INFEASIBLE, repairs=(repair,), hints=("Move a run.",), complete=False)
    result = unplanned(diagnosis=found)
    assert cells(result)[-3:] == ["A", "two weeks instead of 1", points]
    assert to_markdown(result, PLAIN).endswith(
        "\n\nMove a run.\n\nTime was up before everything was tried.\n"
    )


@pytest.mark.parametrize(
    ("changes", "foot"),
    [
        ({}, "Without any one of them the others can be kept."),
        ({"alike": (3, 4)}, "Without any one of them the others can be kept.\n\nThe same in weeks 3 and 4."),
        (
            {"proven_minimal": False},
            "They may not all be needed for that: the time was up before it was known.",
        ),
    ],
)
def test_a_conflict_says_what_is_known_of_it(changes: dict[str, object], foot: str) -> None:
    found = impossible().diagnosis
    assert found is not None
    conflict = found.conflicts[0].model_copy(update=changes)
    text = to_markdown(unplanned(diagnosis=Diagnosis(status=Status.INFEASIBLE, conflicts=(conflict,))), PLAIN)
    last = plain(conflict.rules[-1].cases[-1])
    assert text.endswith(f"   - {last}\n" + (f"\n{foot}\n" if foot else ""))


def test_the_place_of_a_rule_names_its_file_without_the_folder() -> None:
    found = impossible().diagnosis
    assert found is not None
    rule = found.conflicts[0].rules[0].model_copy(update={"place": "/home/somebody/plans/mine.yaml:7"})
    conflict = found.conflicts[0].model_copy(update={"rules": (rule,)})
    diagnosis = Diagnosis(status=Status.INFEASIBLE, conflicts=(conflict,))
    text = to_markdown(unplanned(diagnosis=diagnosis), PLAIN)
    assert f"({plain(rule.source)}, mine.yaml:7)" in text
    assert "somebody" not in text


def test_a_change_that_was_applied_is_told() -> None:
    change = Change(path="weeks", before=1, to=2, text="two weeks instead of 1")
    assert "\n- Changed: two weeks instead of 1\n" in to_markdown(block(lift(), applied=(change,)), PLAIN)


def test_a_solved_block_is_markdown_alone() -> None:
    kinds = {kind for _, children in form(solved()) for kind in children} | {k for k, _ in form(solved())}
    assert not kinds & {"html_inline", "html_block", "code_block", "fence", "link_open", "image", "hr"}


@pytest.mark.parametrize("text", [text for text in HOSTILE if visible(text)])
def test_text_of_anybodys_changes_nothing_but_words(text: str) -> None:
    written = to_markdown(hostile(text), PLAIN)
    written.encode()
    assert form(hostile(text)) == form(hostile("words"))
    shown = visible(text)
    assert headings(hostile(text))[0] == f"h1 {shown}"
    assert cells(hostile(text)).count(shown) >= 1


@pytest.mark.parametrize("text", [text for text in HOSTILE if visible(text)])
def test_a_paragraph_of_anybodys_is_one_paragraph(text: str) -> None:
    first, inline, last = PARSER.parse(plain(text))
    assert (first.type, last.type) == ("paragraph_open", "paragraph_close")
    assert words(inline) == visible(text)


def test_exercises_without_a_name_keep_their_id() -> None:
    unnamed = block(lift(exercises=(SQUAT,)), exercise_names={})
    assert "back_squat" in cells(unnamed)
    assert NAMES["back_squat"] not in cells(unnamed)
