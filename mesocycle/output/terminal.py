"""A result on the terminal: calendar, strength, sessions, costs, notes. Narrow terminals and pipes too."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from mesocycle.models.clock import format_day, format_time
from mesocycle.models.plan import CalendarRun, Cost, Plan, PlannedWeek, Status
from mesocycle.models.result import Result
from mesocycle.models.training import METRES_PER_MILE
from mesocycle.output.card import cards
from mesocycle.output.diagnosis import LONGER_SECONDS, Asked, show_diagnosis
from mesocycle.output.strength import strength
from mesocycle.output.words import growth_legend

# Below this the grid of seven days does not fit, and weeks are listed instead.
GRID_COLUMNS = 76
# From here on a run and its time share a line.
WIDE_COLUMNS = 104
CASES_SHOWN = 3
SHORT = {
    "recovery": "recover",
    "moderate": "moder",
    "threshold": "thresh",
    "intervals": "interv",
    "progression": "progr",
}
COLOURS = {Status.OPTIMAL: "bold green", Status.FEASIBLE: "bold yellow"}


def show(result: Result, console: Console, asked: Asked | None = None) -> None:
    """Print a result.

    Parameters
    ----------
    result : Result
        What to print.
    console : Console
        Where; its width decides the layout.
    asked : Asked, optional
        How the program was called: whether all cases are wanted, and what to offer where there is no plan.
    """
    asked = asked or Asked()
    console.print(Text(result.name, style="bold"))
    console.print(Text(_capital(result.headline) + ".", style=COLOURS.get(result.status, "bold red")))
    if result.plan is not None:
        console.print()
        console.print(_calendar(result, result.plan, console.width))
        by_week = strength(result.plan, result.exercise_names, console.width)
        if by_week is not None:
            console.print(by_week)
        _show_sessions(result, result.plan, console, asked.every_case)
        console.print(_costs(result.costs, asked.every_case))
    if result.diagnosis is not None:
        show_diagnosis(result.diagnosis, console, asked)
        console.print()
    elif result.status is Status.INFEASIBLE and asked.deadline == 0:
        console.print("Which rules collide was not looked for: --deadline is 0.")
    if result.status is Status.UNKNOWN and asked.time_limit is not None:
        longer = max(LONGER_SECONDS, 2 * asked.time_limit)
        console.print(f"Give it longer, such as --time-limit {longer:g}.")
    for note in result.notes:
        console.print(Padding(Text(f"· {note}", style="dim"), (0, 0, 0, 0)))


def _show_sessions(result: Result, plan: Plan, console: Console, every_card: bool) -> None:
    shown = cards(plan, result.exercise_names, console.width, every_card)
    for week in plan.weeks:
        console.print(_week_head(week, result.units), style="bold")
        mine = [card for session, card in zip(plan.sessions, shown, strict=True) if session.week == week.week]
        for card in mine or [Padding(Text("no lift this week", style="dim"), (0, 0, 1, 2))]:
            console.print(card)
    legend = growth_legend(plan)
    if legend:
        console.print(Padding(Text(legend, style="dim"), (0, 0, 1, 0)))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _calendar(result: Result, plan: Plan, width: int) -> RenderableType:
    if width < GRID_COLUMNS:
        return _list(result, plan)
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False, header_style="dim")
    table.add_column("Week", no_wrap=True, min_width=6)
    for name in ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"):
        table.add_column(name, no_wrap=True, min_width=8)
    table.add_column("Sets", justify="right", no_wrap=True)
    for week in plan.weeks:
        table.add_row(
            _week_cell(week),
            *(_day_cell(result.runs, plan, week, day, width >= WIDE_COLUMNS) for day in range(7)),
            _sum_cell(week, result.units),
        )
        table.add_row()
    legend = Text.assemble(
        ("A 17:00", "bold green"),
        " a lift   ",
        ("tempo*", "magenta"),
        " a key run   ",
        ("16 of 26", "yellow"),
        " sets of the full program",
    )
    return Group(table, Padding(legend, (0, 0, 1, 0)))


def _week_cell(week: PlannedWeek) -> Text:
    day = f"{week.start.day} {format_day(week.start).split()[-1]}"
    return Text.assemble(
        (f"{week.week}", "bold"), "\n", (day, "dim"), "\n", ("lighter" if week.deload else week.phase, "dim")
    )


def _day_cell(runs: Iterable[CalendarRun], plan: Plan, week: PlannedWeek, day: int, wide: bool) -> Text:
    date = week.start + timedelta(days=day)
    cell = Text()
    items: list[tuple[int, Text]] = []
    for run in runs:
        if run.date == date:
            name = run.type if wide else SHORT.get(run.type, run.type)
            line = f"{name}{'*' if run.key else ''}{' ' if wide else chr(10)}{format_time(run.start)}"
            items.append((run.start, Text(line, style="magenta" if run.key else "")))
    for session in plan.sessions:
        if session.date == date:
            line = f"{session.session[: 12 if wide else 2]} {format_time(session.start)}"
            items.append((session.start, Text(line, style="bold green")))
    for position, (_, text) in enumerate(sorted(items, key=lambda item: item[0])):
        cell.append("\n" if position else "")
        cell.append_text(text)
    return cell


def _sum_cell(week: PlannedWeek, units: str) -> Text:
    distance = _distance(week, units)
    sets = f"{week.sets} set{'s' * (week.sets != 1)}"
    sets = sets if week.sets == week.full_sets else f"{week.sets} of {week.full_sets}"
    return Text.assemble(distance, "\n", (sets, "" if week.sets == week.full_sets else "yellow"))


def _distance(week: PlannedWeek, units: str) -> str:
    if week.distance_km is None:
        return ""
    return f"{week.distance_km * (1000 / METRES_PER_MILE if units == 'mi' else 1):.0f} {units}"


def _list(result: Result, plan: Plan) -> RenderableType:
    text = Text()
    for week in plan.weeks:
        text.append_text(_week_head(week, result.units))
        text.append("\n")
        for day in range(7):
            date = week.start + timedelta(days=day)
            line = _day_cell(result.runs, plan, week, day, wide=True)
            if line.plain:
                text.append(f"  {format_day(date)[:3]}  ", style="dim")
                text.append_text(Text(", ").join(line.split("\n")))
                text.append("\n")
        text.append("\n")
    return text


def _week_head(week: PlannedWeek, units: str) -> Text:
    parts = [week.phase]
    if week.distance_km is not None:
        parts.append(_distance(week, units))
    sets = f"{week.sets}" if week.sets == week.full_sets else f"{week.sets} of {week.full_sets}"
    parts.append(f"{sets} sets in {week.minutes} min")
    if week.deload:
        parts.append("lighter week")
    return Text(f"Week {week.week}: {', '.join(parts)}")


def _costs(costs: tuple[Cost, ...], every_case: bool) -> RenderableType:
    if not costs:
        return Padding(Text("Nothing to pay for: every wish is met.", style="green"), (0, 0, 1, 0))
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False, show_header=False)
    table.add_column(justify="right", no_wrap=True, style="yellow")
    table.add_column()
    for cost in costs:
        table.add_row(str(cost.points), Text(cost.rule, style="bold"))
        cases = sorted(cost.cases, key=lambda case: -case.points)
        shown = cases if every_case else cases[:CASES_SHOWN]
        for case in shown:
            table.add_row("", Text.assemble((f"{case.points:>3}  ", "dim"), case.text))
        if len(shown) < len(cases):
            rest = sum(case.points for case in cases) - sum(case.points for case in shown)
            table.add_row(
                "", Text(f"{rest:>3}  in {len(cases) - len(shown)} more (--all shows them)", style="dim")
            )
    head = Text.assemble(("What the block pays for", "bold"), f", {sum(c.points for c in costs)} points")
    return Padding(Group(head, table), (0, 0, 1, 0))
