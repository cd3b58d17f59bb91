"""A living block on the terminal: today, a week at a glance, its history, and what was recorded."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from mesocycle.models.clock import format_day, format_time
from mesocycle.models.living import DayNow, History, LiftNow, Noted, RunNow, Today, WeekNow
from mesocycle.output.events import card_lines
from mesocycle.output.living_words import WHY, elsewhere, race_words, where
from mesocycle.output.run_words import run_title

MARKS = {"done": "done", "assumed": "done?", "skipped": "skipped", "planned": "", "dropped": "dropped"}
STYLES = {"done": "green", "assumed": "yellow", "skipped": "dim", "dropped": "dim"}


def show_today(today: Today, console: Console) -> None:
    """Print what is on today, the next lift, and what is not logged yet."""
    console.print(Text(today.name, style="bold"))
    console.print(Text(" · ".join(where(today))))
    if today.absence is not None:
        told = "You are sick" if today.absence == "sick" else "You are away"
        console.print(Text(f"{told}: no lift today.", style="yellow"))
    for run in today.runs:
        console.print(Padding(_run_line(run, today.units), (0, 0, 0, 2)))
    for lift in today.lifts:
        away = today.absence is not None and lift.status == "planned"
        _show_lift(lift, today, console, "Was to be today" if away else "Today", card=not away)
    if not today.lifts and today.absence is None:
        console.print(Padding(Text("No lift today."), (0, 0, 0, 2)))
    if today.next is not None:
        waiting = any(lift.status == "planned" for lift in today.lifts)
        _show_lift(today.next, today, console, f"Next: {format_day(today.next.date)}", card=not waiting)
    if today.ask:
        console.print()
        console.print("Not logged, so it counts as done as planned:")
        for lift in today.ask:
            when = f"{format_day(lift.date)} {format_time(lift.start)}"
            told = f"{lift.id} {when}: mesocycle done {lift.id}, or mesocycle skip {lift.id}"
            console.print(Padding(Text(told), (0, 0, 0, 2)))


def _show_lift(lift: LiftNow, today: Today, console: Console, label: str, *, card: bool = True) -> None:
    console.print()
    head = f"{label}: {_name(lift)}, {format_time(lift.start)}-{format_time(lift.end)}"
    console.print(Text.assemble((head, "bold"), f", {lift.sets} sets{elsewhere(lift)}{_mark(lift)}"))
    if card and lift.card is not None and lift.status == "planned":
        for line in card_lines(lift.card, today.exercise_names, details=True):
            console.print(Padding(Text(line), (0, 0, 0, 4)))


def _name(lift: LiftNow) -> str:
    return lift.id or "a lift beside the plan"


def _mark(lift: LiftNow) -> str:
    if lift.status == "planned":
        return ""
    why = "" if lift.why is None else f", {WHY[lift.why]}"
    effort = "" if lift.rpe is None else f", RPE {lift.rpe:g}"
    return f": {MARKS[lift.status]}{why}{effort}"


def _run_line(run: RunNow, units: str) -> Text:
    title = f"{format_time(run.run.start)} {run_title(run.run, units)}"
    changed = " (changed)" if run.changed and run.status == "planned" else ""
    mark = "" if run.status in ("planned", "assumed") else f": {MARKS[run.status]}"
    return Text(f"{title}{changed}{mark}", style=STYLES.get(run.status, "") if mark else "")


def show_week(week: WeekNow, console: Console) -> None:
    """Print a week, a day a line."""
    console.print(Text(week.name, style="bold"))
    parts = [f"Week {week.week} of {week.weeks}, {week.phase}", *race_words(week.race)]
    console.print(Text(" · ".join(parts)))
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    for name in ("", "Runs", "Lifts"):
        table.add_column(name)
    for day in week.days:
        style = "bold" if day.today else ""
        name = f"{'>' if day.today else ' '} {format_day(day.date)}"
        table.add_row(Text(name, style=style), _runs_of(day, week.units), _lifts_of(day))
    console.print(table)
    told = f"{week.lifts_done} of {week.lifts} lifts and {week.sets_done} of {week.sets} sets done"
    assumed = any(lift.status == "assumed" for day in week.days for lift in day.lifts)
    note = "; done?: not logged, so it counts as done as planned" if assumed else ""
    console.print(Text(f"{told}{note}.", style="dim"))


def _runs_of(day: DayNow, units: str) -> Text:
    return Text("\n").join(_run_line(run, units) for run in day.runs)


def _lifts_of(day: DayNow) -> Text:
    rows = []
    for lift in day.lifts:
        told = f"{lift.session or 'beside the plan'} {format_time(lift.start)}, {lift.sets} sets"
        rows.append(Text(f"{told}{elsewhere(lift)}{_mark(lift)}", style=STYLES.get(lift.status, "")))
    if day.absence is not None and not rows:
        rows.append(Text(day.absence, style="dim"))
    return Text("\n").join(rows)


def show_history(history: History, console: Console) -> None:
    """Print all events, the oldest first."""
    console.print(Text(history.name, style="bold"))
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, show_header=False)
    table.add_column(justify="right")
    table.add_column(no_wrap=True)
    table.add_column()
    for line in history.events:
        gone = "" if line.in_force else " (taken back)" if line.taken_back else " (corrected later)"
        style = "dim" if gone else ""
        table.add_row(str(line.number), Text(line.written, style), Text(f"{line.text}{gone}", style))
    console.print(table)


def show_noted(noted: Noted, console: Console) -> None:
    """Print what was recorded, and what there is to say about it."""
    *taken, last = noted.events
    if last.kind == "undone":
        for line in taken:
            told = "Taken back" if line.taken_back else "Holds again"
            console.print(Text(f"{told} ({line.number}): {line.text}."))
    else:
        told = "Already recorded" if noted.already else "Recorded"
        console.print(Text(f"{told} ({last.number}): {last.text}."))
    for remark in noted.remarks:
        console.print(Padding(Text(f"{remark[:1].upper()}{remark[1:]}."), (0, 0, 0, 2)))
