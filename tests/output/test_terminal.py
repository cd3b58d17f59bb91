"""The terminal report at every width: nothing runs over the edge, and every lift is there with its time."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

import mesocycle as mc
from mesocycle.models.clock import format_day, format_time
from mesocycle.output import terminal
from mesocycle.output.diagnosis import ReportOptions

# Other tests cover these lines, and counting them again would take most of the time.
pytestmark = pytest.mark.uncounted

SCENARIOS = Path(__file__).parents[2] / "scenarios"
WIDTHS = [40, 60, 80, 120]


@cache
def solved(name: str) -> mc.Result:
    return mc.solve(mc.load_scenario(SCENARIOS / f"{name}.yaml"))


def shown(result: mc.Result, width: int = 100, every_case: bool = False, short: bool = False) -> list[str]:
    console = Console(file=io.StringIO(), width=width, highlight=False, color_system=None)
    with console.capture() as capture:
        terminal.show(result, console, ReportOptions(every_case=every_case, short=short))
    return [line.rstrip() for line in capture.get().splitlines()]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["half_marathon", "doubles_am_pm", "return_from_injury"])
def test_no_line_is_longer_than_the_terminal_and_every_lift_has_its_time(name: str, width: int) -> None:
    result = solved(name)
    assert result.plan is not None
    lines = shown(result, width)
    assert max(len(line) for line in lines) <= width
    text = "\n".join(lines)
    for session in result.plan.sessions:
        head = f"{format_day(session.date)}  {format_time(session.start)}-{format_time(session.end)}"
        assert head in text
    # Also in the calendar above the details.
    for time in {format_time(session.start) for session in result.plan.sessions}:
        calendar = text.split("Sets by week")[0] if width >= 76 else text.split("  Mon  ")[-1]
        assert time in calendar or width < 76


@pytest.mark.parametrize("width", WIDTHS)
def test_every_run_is_in_the_calendar(width: int) -> None:
    result = solved("half_marathon")
    text = "\n".join(shown(result, width))
    # A race, and key runs with their star.
    assert "race*" in text
    assert text.count("tempo*") >= 10
    for time in {format_time(run.start) for run in result.runs}:
        assert time in text


def test_narrow_terminals_list_the_days_and_wide_ones_draw_the_week() -> None:
    result = solved("half_marathon")
    assert not any(line.startswith("Week   Mon") for line in shown(result, 75))
    assert any(line.split()[:3] == ["Week", "Mon", "Tue"] for line in shown(result, 76))


@pytest.mark.parametrize("width", WIDTHS)
def test_strength_by_week_stands_between_calendar_and_sessions(width: int) -> None:
    lines = shown(solved("half_marathon"), width)
    heads = [lines.index("Sets by week and movement")]
    heads += [at for at, line in enumerate(lines) if line.startswith("Main lifts, the heaviest sets")]
    calendar = next(at for at, line in enumerate(lines) if "Tue" in line)
    session = next(at for at, line in enumerate(lines) if line.startswith("  Tue 8 Sep"))
    assert [calendar, *heads, session] == sorted([calendar, *heads, session])
    assert len(heads) == 2


def test_sessions_that_are_alike_share_a_card_or_all_are_there_in_full() -> None:
    result = solved("half_marathon")
    assert result.plan is not None
    short, full = shown(result), shown(result, every_case=True)
    cards = [sum("of warm-up" in line for line in lines) for lines in (short, full)]
    assert 2 * cards[0] <= cards[1] == len(result.plan.sessions)


def test_the_first_two_lines_are_name_and_proof() -> None:
    first, second, *_ = shown(solved("half_marathon"))
    assert first == "Autumn half marathon, two lifts a week"
    assert second.startswith("Proven optimal in ")
    assert second.endswith(" 71 points (bound 71, by relaxation).")


def test_costs_are_the_dearest_three_of_each_rule_or_all() -> None:
    # Ten weeks before breakfast pay for something every week.
    result = solved("early_bird")
    short, full = shown(result), shown(result, every_case=True)
    most = max(len(cost.cases) for cost in result.costs)
    assert most > 3
    assert sum("--all shows them" in line for line in short) == sum(len(c.cases) > 3 for c in result.costs)
    assert not any("--all shows them" in line for line in full)
    assert any(line == f"What the block pays for, {result.objective} points" for line in short)


def test_notes_stand_before_the_sessions_which_come_last() -> None:
    result = solved("half_marathon")
    lines = shown(result, 200)
    places = [lines.index(f"· {note}") for note in result.notes]
    costs = next(at for at, line in enumerate(lines) if line.startswith("What the block pays for"))
    assert [costs, *places, lines.index("Sessions")] == sorted([costs, *places, lines.index("Sessions")])


@pytest.mark.parametrize("width", [80, 100])
def test_short_is_one_screen_of_calendar_strength_and_costs(width: int) -> None:
    result = solved("marathon_16")
    lines = shown(result, width, short=True)
    assert len(lines) <= 60
    assert max(map(len, lines)) <= width
    heads = [next(at for at, line in enumerate(lines) if line.startswith(head)) for head in SHORT_HEADS]
    assert heads == sorted(heads)
    # Sixteen weeks in either table.
    assert [heads[1] - heads[0], sum(line.startswith("16  ") for line in lines)] == [19, 2]
    rules = [line.split()[:2] for line in lines[heads[2] + 1 :]]
    assert [[str(cost.points), cost.rule] for cost in result.costs] == rules[: len(result.costs)]
    assert lines[-1] == f"Without --short: {len(result.notes)} notes and the training cards."
    assert not any("of warm-up" in line or line.startswith("·") for line in lines)


SHORT_HEADS = ("Week From", "Main lifts, the heaviest", "What the block pays for")


def test_the_short_calendar_has_a_line_for_each_week_with_times_where_there_is_room() -> None:
    result = small(
        runs={
            "week": {
                "mon": "rest",
                "tue": {"type": "easy", "start": "07:00", "minutes": 45},
                "thu": {"type": "tempo", "start": "07:00", "minutes": 45},
            }
        },
        athlete={"availability": {"tue": ["17:00-20:00"]}},
        strength={"sessions_per_week": 1},
    )
    assert shown(result, 100, short=True)[3:6] == [
        "Week From  Mon Tue       Wed Thu Fri Sat Sun Dist. Sets",
        "1    7 Sep     · A 17:00     *                       14",
        "A a lift   * a key run   · another run",
    ]
    assert shown(result, 99, short=True)[4] == "1    7 Sep     · A     *                       14"


def test_the_calendar_explains_only_what_it_has() -> None:
    def legend(result: mc.Result) -> str:
        return next(line for line in shown(result) if " a lift" in line or " a key run" in line)

    assert legend(small(strength={"sessions_per_week": 1})) == "A 17:00 a lift"
    trimmed = legend(solved("half_marathon"))
    assert trimmed == "A 17:00 a lift   tempo* a key run   16 of 26 sets of the full program"


def small(**more: Any) -> mc.Result:
    data = {
        "start": "2026-09-07",
        "weeks": 1,
        "runs": {"week": {"tue": {"type": "easy", "start": "07:00", "minutes": 45}}},
    }
    return mc.solve(mc.load_scenario(data | more))


@pytest.mark.parametrize("width", WIDTHS)
def test_markup_in_names_is_text(width: int) -> None:
    session = {"name": "[red]A[/red]", "minutes": 30, "lower_body": "none"}
    result = small(name="[bold]x[/bold] :smile:", strength={"sessions_per_week": 1, "sessions": [session]})
    lines = shown(result, width)
    assert not any(line.startswith("Sets by week") for line in lines)  # of minutes alone
    assert lines[0] == "[bold]x[/bold] :smile:"
    assert any("[red]A[/red]" in line for line in lines)


def test_without_a_plan_there_is_the_reason_and_no_calendar() -> None:
    result = small(athlete={"availability": {"mon": ["17:00-20:00"]}}, rules={"sessions_per_week": "hard"})
    lines = shown(result)
    assert lines[1].startswith("No block satisfies all the rules")
    assert any(line.startswith("These ") and " collide in week 1 (" in line for line in lines)
    assert not any(line.startswith(("Week", "What the block pays")) for line in lines)


@pytest.mark.parametrize("brief", [False, True])
def test_without_a_lift_there_are_no_sessions_and_nothing_to_pay_is_said(brief: bool) -> None:
    lines = shown(small(strength={"sessions_per_week": 0}), short=brief)
    assert "Sessions" not in lines
    assert any(line.startswith("Nothing to pay for") for line in lines)


@pytest.mark.parametrize(
    ("names", "width", "labels"),
    [
        (["A", "B", "A"], 2, ["A", "B"]),
        (["Squat", "Hinge", "Complex"], 2, ["Sq", "Hi", "Co"]),
        (["Upper A", "Upper B", "Lower A", "Lower B"], 2, ["UA", "UB", "LA", "LB"]),
        (["Upper A", "Upper B", "Legs"], 2, ["UA", "UB", "Le"]),
        (["Upper A", "Upper B"], 12, ["Upper A", "Upper B"]),
        (["Lower body day A", "Lower body day B"], 12, ["LbdA", "LbdB"]),
        # One word each: the first letter with another of its own; a name that fits stays as it is.
        (["Squats", "Squat"], 2, ["Su", "Sa"]),
        (["Up", "Upper"], 2, ["Up", "Ue"]),
        # Without another letter a number; what another name has already is left to it.
        (["aaa", "aaaa", "a2"], 2, ["a3", "a4", "a2"]),
        (["Upper A", "Upper B", "UA"], 2, ["Ue", "UB", "UA"]),
    ],
)
def test_labels_of_sessions_are_short_and_distinct(names: list[str], width: int, labels: list[str]) -> None:
    made = terminal.session_labels(names, width)
    assert [made[name] for name in dict.fromkeys(names)] == labels


def test_any_number_of_alike_names_get_labels_of_their_own() -> None:
    names = [f"Strength {number}" for number in range(60)]
    labels = terminal.session_labels(names, 2)
    assert len(set(labels.values())) == 60
    assert all(1 <= len(label) <= 2 for label in labels.values())
