"""The comparison on a terminal, on rows made by hand: what each line says, names too long for it."""

from __future__ import annotations

import io
from typing import Any

import pytest
from compared import comparison, row
from rich.cells import cell_len
from rich.console import Console

from mesocycle.models.comparison import Row
from mesocycle.models.outcome import RowStatus
from mesocycle.output import live
from mesocycle.output.compare import MOST_SHOWN, NO_HELP, show
from mesocycle.output.row_words import RULES_SHOWN
from mesocycle.output.screen import as_text


def printed(
    *rows: Row, columns: int = 100, every: bool = False, seconds: bool = True, **more: Any
) -> list[str]:
    found = comparison(*rows, **more)
    text = as_text(lambda console: show(found, console, every=every, seconds=seconds), columns)
    return text.splitlines()


def test_a_line_for_each_variant() -> None:
    lines = printed(
        row("base", 10, difference=0), row("x", 8, difference=-2, difference_by_rule={"even_spacing": -2}),
        row("y", 12, proven=False, difference=2, key_run_hours=None, lifts=3),
    )  # fmt: skip
    assert lines[:5] == [
        "            points  change    own moved lifts  legs min/week key run     s",
        "a",
        "- base          10             10           4    12     88.5    30 h   0.2",
        "* x              8      -2      8     2     4    12     88.5    30 h   0.2",
        "  y            ~12      +2    ~12     2     3    12     88.5    none   0.2",
    ]
    assert "~ not proven" in lines
    assert "  x: -2 even_spacing" in lines


def test_without_seconds_there_is_no_column_of_them() -> None:
    lines = printed(row("base", 10), seconds=False)
    # A lone scenario has no heading.
    assert lines[0].endswith("key run")
    assert lines[1].endswith("30 h")


def test_rows_for_which_there_was_no_time_are_counted_not_listed() -> None:
    skipped = [row(f"v{at}", status=RowStatus.SKIPPED, reason="because") for at in range(3)]
    lines = printed(row("base", 10), *skipped)
    assert not any("v1" in line for line in lines)
    assert "3 not solved" in lines[-1]


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (RowStatus.INFEASIBLE, "no block"),
        (RowStatus.UNKNOWN, "no answer"),
        (RowStatus.ERROR, "wrong"),
        (RowStatus.FAILED, "failed"),
    ],
)
def test_what_has_no_plan_says_why(status: RowStatus, word: str) -> None:
    lines = printed(row("base", 10), row("x", status=status, reason="because"))
    assert f"  x         {word}: because" in lines


def test_a_long_reason_stands_below_its_name_within_the_width() -> None:
    lines = printed(row("base", 10), row("x", reason="word " * 40), columns=80)
    at = lines.index("  x")
    assert lines[at + 1].startswith("    no block: word word")
    assert all(cell_len(line) <= 80 for line in lines)


@pytest.mark.parametrize("name", ["n" * 80, "三回" * 20, "🏃" * 30])
@pytest.mark.parametrize("columns", [80, 100])
def test_a_long_name_stands_on_a_line_of_its_own_and_is_whole(name: str, columns: int) -> None:
    lines = printed(row("base", 10), row(name, 8), columns=columns)
    assert name in "".join(line.strip() for line in lines[3:7]).replace("* ", "", 1)
    assert all(cell_len(line) <= columns for line in lines if name[:10] not in line)


def test_names_are_no_markup() -> None:
    assert any("[red]x[/red]" in line for line in printed(row("base", 10), row("[red]x[/red]", 8)))


def test_scenarios_without_variants_are_told_by_their_names() -> None:
    lines = printed(row("base", 10, "one"), row("base", 12, "two"))
    assert [line[2:5] for line in lines[1:3]] == ["one", "two"]


def test_scenarios_with_variants_stand_under_their_names_and_are_summed_up() -> None:
    lines = printed(
        row("base", 10, "one"), row("x", 8, "one", difference=-2, difference_by_rule={"r": -2}),
        row("base", 10, "two"), row("x", 13, "two", difference=3, difference_by_rule={"r": 3}, moved=3),
        single=True,
    )  # fmt: skip
    assert "one" in lines
    assert "two" in lines
    at = lines.index("Over all scenarios")
    assert lines[at + 2].split() == ["x", "2", "of", "2", "+0.5", "+0.0", "+0.0", "1", "1", "2.5"]
    assert "The change that helps most for one: x (2 points fewer)." in lines


# --- differences -----------------------------------------------------------------------------------------


def test_the_greatest_differences_are_told_and_the_rest_summed_up() -> None:
    by_rule = {"a": 1, "b": -50, "c": 20, "d": -3, "e": 4}
    rows = (row("base", 10), row("x", 38, difference=28, difference_by_rule=by_rule))
    assert RULES_SHOWN == 3
    assert "  x: -50 b, +20 c, +4 e, -2 in 2 more" in printed(*rows)
    assert "  x: -50 b, +20 c, +4 e, -3 d, +1 a" in printed(*rows, every=True)


def test_of_several_scenarios_differences_are_told_only_if_asked() -> None:
    rows = (row("base", 10, "one"), row("x", 8, "one", difference_by_rule={"r": -2}), row("base", 10, "two"))
    assert "Where the points differ from the base: one" in printed(*rows, every=True)
    assert not any(line.startswith("Where the points differ") for line in printed(*rows))


def test_of_many_variants_differences_are_told_only_if_asked() -> None:
    rows = [
        row("base", 10),
        *(row(f"v{at}", 9, difference_by_rule={"r": -1}) for at in range(MOST_SHOWN + 1)),
    ]
    title = "Where the points differ from the base"
    assert title not in printed(*rows)
    assert title in printed(*rows[:-1])  # exactly at the limit
    assert title in printed(*rows, every=True)


# --- the end ---------------------------------------------------------------------------------------------


def test_the_change_that_helps_most_is_told() -> None:
    lines = printed(row("base", 10), row("x", 8, difference=-2), row("y", 9, difference=-1), single=True)
    assert "The change that helps most: x (2 points fewer)." in lines
    lines = printed(row("base"), row("x", 8), single=True)
    assert "The change that helps most: x (makes a block possible)." in lines


def test_that_nothing_helps_is_told_too() -> None:
    lines = printed(row("base", 10), row("x", 12, difference=2), single=True)
    assert NO_HELP in lines
    assert not any("single change" in line for line in printed(row("base", 10)))


def test_the_last_line_counts() -> None:
    last = printed(row("base", 10), row("x"), row("y", 12, proven=False))[-1]
    assert last.startswith("2 of 3 planned, 1 proven optimal")
    skipped = row("x", status=RowStatus.SKIPPED, reason="stopped before it was solved")
    assert "stopped" in printed(row("base", 10), skipped, interrupted=True)[-1]


def test_on_a_terminal_the_best_is_green_and_failures_are_red(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    console = Console(force_terminal=True, color_system="standard", width=100, highlight=False)
    with console.capture() as capture:
        show(comparison(row("base", 10), row("x", 8), row("y", status=RowStatus.FAILED)), console)
    lines = capture.get().splitlines()
    assert any(line.startswith("\x1b[1;32m* x") for line in lines)
    assert any("\x1b[31mfailed" in line for line in lines)


# --- while it runs ---------------------------------------------------------------------------------------


def test_a_bar_on_a_terminal_says_how_many_are_done(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Console(file=io.StringIO(), force_terminal=True, width=80)
    monkeypatch.setattr(live, "Console", lambda **_: shown)
    with live.batch_bar(7) as tell:
        for done in range(1, 8):
            tell(done)
    assert "7 of 7" in shown.file.getvalue()  # type: ignore[attr-defined]


def test_there_is_no_bar_where_nobody_looks(capfd: pytest.CaptureFixture[str]) -> None:
    with live.batch_bar(7) as tell:
        tell(7)
    assert capfd.readouterr() == ("", "")


# --- in a notebook ---------------------------------------------------------------------------------------


def test_a_notebook_shows_a_table_of_harmless_text() -> None:
    found = comparison(row("base", 10, difference=0), row("<b>x", 8, difference=-2), row("y", scenario="a"))
    text = found._repr_html_()
    assert text.count("<tr>") == 4
    assert "<td><b>&lt;b&gt;x</b></td><td>8</td><td>-2</td>" in text
    assert "<td>infeasible: a and b collide in week 1</td>" in text
    # As many cells in every line as there are heads.
    assert {line.count("<td>") for line in text.split("<tr>")[2:]} == {text.count("<th>")}


def test_a_notebook_shows_whole_numbers_whole() -> None:
    text = comparison(row("base", 1), row("x", 1_234_568, difference=1_234_567))._repr_html_()
    assert "<td>1234567</td>" in text
