"""A result on the terminal: calendar, strength, costs, notes, sessions. Narrow terminals and pipes too."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import count

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from mesocycle.models.clock import DAY_NAMES, format_day, format_time
from mesocycle.models.numbers import counted
from mesocycle.models.plan import CalendarRun, Cost, Plan, PlannedWeek, Status
from mesocycle.models.result import Result
from mesocycle.models.sessions import Kind
from mesocycle.output.card import cards, printed
from mesocycle.output.diagnosis import LONGER_SECONDS, ReportOptions, show_diagnosis
from mesocycle.output.run_words import distance
from mesocycle.output.strength import strength
from mesocycle.output.words import capital, legend, sets_of_full

# Below this the grid of seven days does not fit, and weeks are listed instead.
GRID_COLUMNS = 76
# From here on a run and its time share a line.
WIDE_COLUMNS = 104
# The same for the short calendar of one line a week.
SHORT_TIMES_COLUMNS = 100
# A lift and its time share a line of a day's column.
SHORT_LABEL, WIDE_LABEL = 2, 12
CASES_SHOWN = 3
SHORT = {
    "recovery": "recover",
    "moderate": "moder",
    "threshold": "thresh",
    "intervals": "interv",
    "progression": "progr",
}
COLOURS = {Status.OPTIMAL: "bold green", Status.FEASIBLE: "bold yellow"}


def show(result: Result, console: Console, options: ReportOptions | None = None) -> None:
    """Print a result.

    Parameters
    ----------
    result : Result
        What to print.
    console : Console
        Where; its width decides the layout.
    options : ReportOptions, optional
        How the program was called: whether to show all cases, and what to offer without a plan.
    """
    options = options or ReportOptions()
    console.print(Text(result.name, style="bold"))
    console.print(Text(capital(result.headline) + ".", style=COLOURS.get(result.status, "bold red")))
    if result.plan is not None:
        console.print()
        _show_block(result, result.plan, console, options)
    if result.diagnosis is not None:
        show_diagnosis(result.diagnosis, console, options)
        console.print()
    elif result.status is Status.INFEASIBLE and options.deadline == 0:
        console.print("The rules that collide were not looked for: --deadline is 0.")
    if result.status is Status.UNKNOWN and options.time_limit is not None:
        longer = max(LONGER_SECONDS, 2 * options.time_limit)
        console.print(f"Give it longer, such as --time-limit {longer:g}.")
    if result.plan is not None and options.short:
        notes = f"{counted(len(result.notes), 'note')} and " if result.notes else ""
        console.print(Text(f"Without --short: {notes}the training cards.", style="dim"))
        return
    for note in result.notes:
        console.print(Text(f"· {note}", style="dim"))
    if result.plan is not None and result.plan.sessions:
        console.print()
        _show_sessions(result, result.plan, console, options.every_case)


def _show_block(result: Result, plan: Plan, console: Console, options: ReportOptions) -> None:
    """Calendar, strength and costs."""
    calendar = _short_calendar if options.short else _calendar
    console.print(calendar(result, plan, console.width))
    by_week = strength(plan, result.exercise_names, console.width, short=options.short)
    if by_week is not None:
        console.print(by_week)
    console.print(_short_costs(result.costs) if options.short else _costs(result.costs, options.every_case))


def _show_sessions(result: Result, plan: Plan, console: Console, every_card: bool) -> None:
    console.print(Text("Sessions", style="bold"))
    told = " ".join(legend(printed(plan, every_card)))
    if told:
        console.print(Text(told, style="dim"))
    for card in cards(plan, result.exercise_names, console.width, every_card):
        console.print(Padding(card, (1, 0, 0, 0)))


def session_labels(names: Iterable[str], width: int) -> dict[str, str]:
    """Abbreviate session names so that no two labels are the same.

    Parameters
    ----------
    names : iterable of str
        Of a plan's sessions; repetitions do not count.
    width : int
        Characters that a label may have.

    Returns
    -------
    dict of str to str
        Labels by name: its first characters, or where names share these, initials such as "UA" and "UB".
    """
    starts = {name: name[:width] for name in names}
    shared = Counter(starts.values())
    labels = {name: start for name, start in starts.items() if name == start or shared[start] == 1}
    for name in starts:
        if name not in labels:
            taken = {*labels.values(), *shared}
            labels[name] = next(label for label in _abbreviations(name, width) if label not in taken)
    return labels


def _abbreviations(name: str, width: int) -> Iterator[str]:
    """Yield labels for a name, the best first: initials, its first letter with another, a number."""
    initials = "".join(word[0] for word in re.findall(r"\w+", name))
    if len(initials) > 1:
        yield initials if len(initials) <= width else initials[: width - 1] + initials[-1]
    yield from (name[: width - 1] + letter for letter in name[width:] if letter.isalnum())
    yield from (name[: max(0, width - len(str(number)))] + str(number) for number in count(2))


def _labels(plan: Plan, width: int) -> dict[str, str]:
    """Labels of a plan's sessions: lifts by their names, small sessions by their kind in small letters."""
    lifts = [session.session for session in plan.sessions if session.kind is Kind.LIFT]
    small = {s.session: s.kind[:width] for s in plan.sessions if s.kind is not Kind.LIFT}
    return session_labels(lifts, width) | small


def _calendar(result: Result, plan: Plan, width: int) -> RenderableType:
    if width < GRID_COLUMNS:
        return _list(result, plan)
    wide = width >= WIDE_COLUMNS
    labels = _labels(plan, WIDE_LABEL if wide else SHORT_LABEL)
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False, header_style="dim")
    table.add_column("Week", no_wrap=True, min_width=6)
    for name in DAY_NAMES:
        table.add_column(name, no_wrap=True, min_width=8)
    table.add_column("Sets", justify="right", no_wrap=True)
    for week in plan.weeks:
        table.add_row(
            _week_cell(week),
            *(_day_cell(result.runs, plan, day, labels, wide) for day in _days(week)),
            _sum_cell(week, result.units),
        )
        table.add_row()
    return Group(table, Padding(_legend(result, plan), (0, 0, 1, 0)))


def _legend(result: Result, plan: Plan, short: bool = False) -> Text:
    """What the signs of the calendar mean, for those that it has."""
    key = {run.key for run in result.runs if run.type != "rest"}
    kinds = dict.fromkeys(session.kind for session in plan.sessions)
    small = [kind for kind in kinds if kind is not Kind.LIFT]
    parts = (
        ("A" if short else "A 17:00", "bold green", " a lift", Kind.LIFT in kinds),
        *(
            (kind[:SHORT_LABEL] if short else f"{kind[:WIDE_LABEL]} 17:00", "bold green", f" {kind}", True)
            for kind in small
        ),
        ("*" if short else "tempo*", "magenta", " a key run", True in key),
        ("·", "", " another run", short and False in key),
        ("16 of 26", "yellow", " sets of the full program", any(w.sets != w.full_sets for w in plan.weeks)),
    )
    shown = [Text.assemble((sign, style), text) for sign, style, text, there in parts if there]
    return Text("   ").join(shown)


def _short_calendar(result: Result, plan: Plan, width: int) -> RenderableType:
    """A line for each week."""
    times = width >= SHORT_TIMES_COLUMNS
    labels = _labels(plan, SHORT_LABEL)
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False, header_style="dim")
    for name in ("Week", "From", *DAY_NAMES):
        table.add_column(name, no_wrap=True)
    for name in ("Dist.", "Sets"):
        table.add_column(name, justify="right", no_wrap=True)
    for week in plan.weeks:
        cells = (_short_day(result.runs, plan, day, labels, times) for day in _days(week))
        km, sets = distance(week.distance_km, result.units, 0), sets_of_full(week)
        table.add_row(str(week.week), Text(_since(week), style="dim"), *cells, km, sets)
    return Group(table, Padding(_legend(result, plan, short=True), (0, 0, 1, 0)))


def _short_day(
    runs: Iterable[CalendarRun], plan: Plan, day: date, labels: Mapping[str, str], times: bool
) -> Text:
    """The day's runs as one sign, and its lifts."""
    key = {run.key for run in runs if run.date == day and run.type != "rest"}
    lifts = [session for session in plan.sessions if session.date == day]
    cell = Text("*" if True in key else "·" if key else " ", style="magenta" if True in key else "")
    for session in lifts:
        time = f" {format_time(session.start)}" if times else ""
        cell.append(f" {labels[session.session]}{time}", style="bold green")
    return cell


def _week_cell(week: PlannedWeek) -> Text:
    return Text.assemble(
        (f"{week.week}", "bold"),
        "\n",
        (_since(week), "dim"),
        "\n",
        ("lighter" if week.deload else week.phase, "dim"),
    )


def _since(week: PlannedWeek) -> str:
    return f"{week.start.day} {format_day(week.start).split()[-1]}"


def _days(week: PlannedWeek) -> list[date]:
    return [week.start + timedelta(days=day) for day in range(7)]


def _day_cell(
    runs: Iterable[CalendarRun], plan: Plan, day: date, labels: Mapping[str, str], wide: bool
) -> Text:
    cell = Text()
    items: list[tuple[int, Text]] = []
    for run in runs:
        if run.date == day:
            name = run.type if wide else SHORT.get(run.type, run.type)
            line = f"{name}{'*' if run.key else ''}{' ' if wide else chr(10)}{format_time(run.start)}"
            items.append((run.start, Text(line, style="magenta" if run.key else "")))
    for session in plan.sessions:
        if session.date == day:
            line = f"{labels[session.session]} {format_time(session.start)}"
            items.append((session.start, Text(line, style="bold green")))
    for position, (_, text) in enumerate(sorted(items, key=lambda item: item[0])):
        cell.append("\n" if position else "")
        cell.append_text(text)
    return cell


def _sum_cell(week: PlannedWeek, units: str) -> Text:
    whole = week.sets == week.full_sets
    sets = (counted(week.sets, "set"), "") if whole else (sets_of_full(week), "yellow")
    return Text.assemble(distance(week.distance_km, units, 0), "\n", sets)


def _list(result: Result, plan: Plan) -> RenderableType:
    labels = _labels(plan, WIDE_LABEL)
    text = Text()
    for week in plan.weeks:
        text.append_text(_week_head(week, result.units))
        text.append("\n")
        for day in _days(week):
            line = _day_cell(result.runs, plan, day, labels, wide=True)
            if line.plain:
                text.append(f"  {format_day(day)[:3]}  ", style="dim")
                text.append_text(Text(", ").join(line.split("\n")))
                text.append("\n")
        text.append("\n")
    return text


def _week_head(week: PlannedWeek, units: str) -> Text:
    work = f"{sets_of_full(week)} sets in {week.minutes} min"
    parts = (distance(week.distance_km, units, 0), work, "lighter week" if week.deload else "")
    return Text(f"Week {week.week}: {', '.join([week.phase, *filter(None, parts)])}")


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
    return Padding(Group(_costs_head(costs), table), (0, 0, 1, 0))


def _costs_head(costs: tuple[Cost, ...]) -> Text:
    return Text.assemble(("What the block pays for", "bold"), f", {sum(c.points for c in costs)} points")


def _short_costs(costs: tuple[Cost, ...]) -> RenderableType:
    """A line for each rule."""
    if not costs:
        return _costs(costs, every_case=False)
    rules = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False, show_header=False)
    rules.add_column(justify="right", no_wrap=True, style="yellow")
    for _ in range(2):
        rules.add_column()
    for cost in costs:
        rules.add_row(str(cost.points), cost.rule, Text(counted(len(cost.cases), "case"), style="dim"))
    return Padding(Group(_costs_head(costs), rules), (0, 0, 1, 0))
