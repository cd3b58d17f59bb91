"""A diagnosis on the terminal: short, at every width, and nothing claimed that was not found."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

import mesocycle as mc
from mesocycle.models.diagnosis import Change, Conflict, ConflictRule, Diagnosis, Repair
from mesocycle.models.plan import Status
from mesocycle.output.diagnosis import ReportOptions, planned_with, show_applied, show_diagnosis
from mesocycle.output.screen import as_text

# Other tests cover these lines, and counting them again would take most of the time.
pytestmark = pytest.mark.uncounted

IMPOSSIBLE = Path(__file__).parents[2] / "scenarios" / "impossible"
FILE = "my block.yaml"
OPTIONS = ReportOptions(file=FILE, deadline=30.0)
# The block starts on a Wednesday and ends on a Sunday.
FIRST, LAST = date(2026, 9, 9), date(2026, 11, 1)


@cache
def found(name: str) -> tuple[mc.Scenario, Diagnosis]:
    scenario = mc.load_scenario(IMPOSSIBLE / f"{name}.yaml")
    return scenario, mc.diagnose(scenario)


def shown(diagnosis: Diagnosis, options: ReportOptions = OPTIONS, width: int = 80) -> list[str]:
    def render(console: Console) -> None:
        show_diagnosis(diagnosis, console, options)

    return as_text(render, width).splitlines()


def rule(name: str = "lift_spacing", cases: tuple[str, ...] = ("one case",), **more: Any) -> ConflictRule:
    data = {"text": "A title", "scope": cases, "source": f"rules.{name}", **more}
    return ConflictRule(id=name, cases=cases, **data)


def conflict(*rules: ConflictRule, **more: Any) -> Conflict:
    data: dict[str, Any] = {"weeks": (2,), "proven_minimal": True, **more}
    return Conflict(rules=rules, **(days_of(data["weeks"]) | data))


def days_of(weeks: tuple[int, ...]) -> dict[str, date]:
    monday = date(2026, 9, 7)
    return {
        "start": max(FIRST, monday + timedelta(weeks=weeks[0] - 1)),
        "end": min(LAST, monday + timedelta(weeks=weeks[-1], days=-1)),
    }


def repair(name: str = "A", **more: Any) -> Repair:
    change = Change(path="policy", before="auto", to="stack_hard", text=f"change {name}")
    data: dict[str, Any] = {
        "changes": (change,),
        "objective": 12,
        "proven": True,
        "verified": True,
        "sessions_moved": 0,
        "lifts": "Tue 17:00 A",
        **more,
    }
    return Repair(name=name, **data)


UNPLANNED: dict[str, Any] = {
    "objective": None,
    "proven": False,
    "verified": False,
    "sessions_moved": None,
    "lifts": "",
}


def of(*conflicts: Conflict, **more: Any) -> Diagnosis:
    return Diagnosis(status=Status.INFEASIBLE, conflicts=conflicts, **more)


THREE = conflict(rule("one_lift_per_day"), rule("lift_spacing"), rule("sessions_per_week"))
TWO = conflict(rule("one_lift_per_day"), rule("lift_spacing"))


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("every_case", [False, True])
@pytest.mark.parametrize("name", ["lunch_break_too_short", "two_troubles"])
def test_no_line_is_longer_than_the_terminal(name: str, every_case: bool, width: int) -> None:
    _, diagnosis = found(name)
    options = ReportOptions(file="x.yaml", every_case=every_case)
    lines = shown(diagnosis, options, width)
    assert max(len(line) for line in lines) <= width
    text = " ".join(" ".join(lines).split())
    for one in (rule for conflict in diagnosis.conflicts for rule in conflict.rules):
        assert f"{one.id}," in text or one.source in text
    for one_repair in diagnosis.repairs:
        assert f" {one_repair.name} " in text
        assert f"{one_repair.objective} point" in text


def test_a_conflict_of_a_week_is_read_in_a_few_lines() -> None:
    cases = tuple(f"lifts on {day} Sep fit into your free windows" for day in ("Mon 14", "Tue 15", "Wed 16"))
    eves = tuple(
        f"no heavy legs on {day}" for day in ("Mon 14 Sep, the eve of a", "Sun 20 Sep, the eve of b")
    )
    diagnosis = of(
        conflict(
            rule(
                "availability_window",
                cases,
                source="athlete.availability",
                place="/home/me/block.yaml:7",
                dates=tuple(date(2026, 9, day) for day in (14, 15, 16)),
            ),
            rule(
                "no_lower_lift_day_before_key",
                eves,
                text="No loaded lift on the eve of a key run",
                dates=(date(2026, 9, 14), date(2026, 9, 20)),
            ),
            rule("sessions_per_week", ("2 lifts in week 2",), text="Lifts asked for", place="block.yaml:9"),
            alike=(3, 4, 6),
        ),
        repairs=(
            repair(lifts="Tue 17:00 A, Thu 17:00 B"),
            repair("B", changes=(*repair("B").changes, *repair("C").changes), objective=1),
        ),
        hints=("If you moved Tuesday's tempo to Wednesday, all your rules could hold.",),
    )
    assert shown(diagnosis) == [
        "",
        "These three collide in week 2 (14 to 20 September):",
        "  1. Lifts on Mon 14 to Wed 16 Sep fit into your free windows",
        "     availability_window, athlete.availability, block.yaml:7",
        "  2. No loaded lift on the eve of a key run",
        "       no heavy legs on Mon 14 Sep, the eve of a",
        "       no heavy legs on Sun 20 Sep, the eve of b",
        "     no_lower_lift_day_before_key, by default",
        "  3. Lifts asked for: 2 lifts in week 2",
        "     sessions_per_week, block.yaml:9",
        "Without any one of them the others can be kept. The same in weeks 3, 4 and 6.",
        "",
        "What would make it work, least change first. Each was planned in full and",
        "checked; points are what its block pays:",
        "  A  change A                          12 points",
        "     week 2: Tue 17:00 A, Thu 17:00 B",
        "  B  change B                            1 point",
        "     and change C",
        "     week 2: Tue 17:00 A",
        "If you moved Tuesday's tempo to Wednesday, all your rules could hold.",
        "",
        "Apply one:  mesocycle solve 'my block.yaml' --repair A",
        "(with --write it is saved in the file too)",
    ]


@pytest.mark.parametrize(
    ("weeks", "days"),
    [
        ((1,), "week 1 (9 to 13 September)"),  # the block starts on a Wednesday
        ((3, 4), "weeks 3 and 4 (21 September to 4 October)"),
        ((4, 5, 6), "weeks 4 to 6 (28 September to 18 October)"),
        ((8,), "week 8 (26 October to 1 November)"),
    ],
)
def test_weeks_are_named_with_their_days(weeks: tuple[int, ...], days: str) -> None:
    one = conflict(*THREE.rules, weeks=weeks)
    assert shown(of(one))[1] == f"These three collide in {days}:"


def test_a_week_of_one_day_is_that_day() -> None:
    one = conflict(*THREE.rules, weeks=(1,), start=date(2026, 9, 13), end=date(2026, 9, 13))
    assert shown(of(one))[1] == "These three collide in week 1 (13 September):"


def test_what_holds_without_one_of_them_depends_on_how_many_there_are() -> None:
    assert "Without any one of them the others can be kept." in shown(of(THREE))
    assert "Either can be kept without the other." in shown(of(TWO))
    one = shown(of(conflict(rule())))
    assert one[1] == "This cannot be kept in week 2 (14 to 20 September):"
    assert not any("Without any" in line or "Either" in line for line in one)
    # What was not settled is not claimed.
    unsure = shown(of(THREE.model_copy(update={"proven_minimal": False})))
    assert "They may not all be needed for that: the time was up before it was known." in unsure
    assert not any("Without any" in line for line in unsure)


def test_a_second_conflict_is_told_apart() -> None:
    later = conflict(*TWO.rules, weeks=(7,))
    lines = shown(of(THREE, later, repairs=(repair(),)))
    assert "A second conflict, in week 7 (19 to 25 October):" in lines
    assert lines.count("Without any one of them this conflict is gone.") == 2
    assert "Mending one of them is not enough; what follows mends both." in lines
    many = shown(of(*[THREE] * 6, repairs=(repair(),)))
    assert sum("conflict, in week" in line for line in many) == 5
    assert any(line.startswith("A fifth conflict, in week 2") for line in many)
    assert any(line.startswith("A further conflict, in week 2") for line in many)
    assert "Mending one of them is not enough; what follows mends them all." in many
    # Without a repair that was planned, nobody knows whether two are all there are.
    for repairs in ((), (repair(**UNPLANNED),)):
        lines = shown(of(THREE, later, repairs=repairs))
        assert "Mending one of them is not enough, and there may be more." in lines


def test_what_was_not_planned_is_not_called_checked() -> None:
    lines = shown(of(THREE, repairs=(repair(), repair("B", **UNPLANNED), repair("C", proven=False))))
    text = " ".join(" ".join(lines).split())
    assert "What has points was planned in full and checked:" in text
    assert any(line.startswith("  B  change B") and line.endswith("not planned in time") for line in lines)
    assert any(line.startswith("  C  change C") and line.endswith("at most 12 points") for line in lines)


def test_a_week_without_a_lift_is_said_unless_the_change_says_it() -> None:
    none = "no lift in week 2"
    assert f"     {none}" in shown(of(THREE, repairs=(repair(lifts=""),)))
    fewer = repair().changes[0].model_copy(update={"path": "strength.sessions_per_week", "text": "no lift"})
    assert not any(none in line for line in shown(of(THREE, repairs=(repair(lifts="", changes=(fewer,)),))))


def test_no_repair_is_said_too() -> None:
    lines = shown(of(THREE))
    assert lines[-1] == "No small change of the rules was found that makes a block possible."
    assert not any("Apply" in line for line in lines)
    assert shown(of())[-1] == "No rules were found that collide: please report this with the scenario."


@pytest.mark.parametrize(
    ("options", "ending"),
    [
        (OPTIONS, "; --deadline 60 allows more."),
        (ReportOptions(deadline=45.0), "; --deadline 90 allows more."),
        (ReportOptions(), "."),
    ],
)
def test_an_end_before_the_end_is_said(options: ReportOptions, ending: str) -> None:
    assert shown(of(THREE, complete=False), options)[-1] == f"Time was up before everything was tried{ending}"
    known = "Time was up before it was known which rules collide"
    assert shown(of(complete=False), options)[-1] == known + ending


def test_whoever_stopped_it_needs_no_deadline() -> None:
    options = ReportOptions(deadline=30.0, stopped=True)
    assert shown(of(THREE, complete=False), options)[-1] == "Stopped before everything was tried."


def test_all_shows_every_case() -> None:
    cases = tuple(f"a case {letter}" for letter in "vwxyz")
    short = shown(of(conflict(rule(cases=cases), rule("one_lift_per_day"))))
    full = shown(of(conflict(rule(cases=cases), rule("one_lift_per_day"))), ReportOptions(every_case=True))
    assert "       and 2 more" in short
    assert short[-1] == "(--all names every day and case)"
    assert "       a case z" in full
    assert not any("more" in line or "--all" in line for line in full)


def test_a_long_file_name_leaves_the_command_whole() -> None:
    name = "folder/" * 9 + "x.yaml"
    lines = shown(of(THREE, repairs=(repair(),)), ReportOptions(file=name))
    at = lines.index("Apply one:")
    assert lines[at + 1 : at + 3] == [f"mesocycle solve {name} \\", "  --repair A"]
    name = "f" * 50
    lines = shown(of(THREE, repairs=(repair(),)), ReportOptions(file=name))
    assert f"mesocycle solve {name} --repair A" in lines
    name = "f" * 200
    assert f"mesocycle solve {name} \\" in shown(of(THREE, repairs=(repair(),)), ReportOptions(file=name))


@pytest.mark.parametrize("file", ["", "-"])
def test_without_a_file_no_command_is_offered(file: str) -> None:
    assert not any(
        "Apply" in line for line in shown(of(THREE, repairs=(repair(),)), ReportOptions(file=file))
    )


def test_markup_in_names_is_text() -> None:
    one = conflict(rule(cases=("[red]A[/red] :smile:",)), rule(cases=("[b]a", "[b]b"), text="[bold]x"))
    change = repair().changes[0].model_copy(update={"text": "[red]B[/red]"})
    text = "\n".join(shown(of(one, repairs=(repair(changes=(change,), lifts="Tue [u]C"),), hints=("[i]",))))
    for part in ("[red]A[/red] :smile:", "[bold]x", "[b]a", "[red]B[/red]", "Tue [u]C", "\n[i]\n"):
        assert part in text


def test_colours_only_on_a_terminal() -> None:
    console = Console(width=80, force_terminal=True, color_system="standard", highlight=False)
    with console.capture() as capture:
        show_diagnosis(of(THREE, repairs=(repair(),)), console, OPTIONS)
    assert "\x1b[1;32mA" in capture.get()
    assert "\x1b" not in "\n".join(shown(of(THREE, repairs=(repair(),))))


def result(**more: Any) -> mc.Result:
    data = {"start": "2026-09-07", "weeks": 1, "runs": {"week": {"tue": {"type": "easy", "minutes": 45}}}}
    return mc.solve(mc.load_scenario(data)).model_copy(update=more)


def test_what_was_applied_is_one_sentence() -> None:
    changes = (*repair("A").changes, *repair("B").changes)
    assert planned_with(result(applied=changes), "C") == "Planned with repair C: change A and change B."
    assert planned_with(result(applied=changes, plan=None), "C").startswith("Tried with repair C: ")


@pytest.mark.parametrize(("saved", "lines"), [(True, 2), (False, 3)])
def test_a_file_that_knows_nothing_of_the_change_is_mentioned(saved: bool, lines: int) -> None:
    planned = result(applied=repair().changes)
    text = as_text(lambda console: show_applied(planned, "A", console, saved))
    assert len(text.splitlines()) == lines
    assert ("--write puts the change into it" in text) is not saved
