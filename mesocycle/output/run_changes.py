"""A changed feed beside the runs of a block: a line for each run, and all of them on the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from mesocycle.models.clock import format_day, format_time
from mesocycle.models.numbers import counted
from mesocycle.models.plan import CalendarRun
from mesocycle.models.run_changes import RunsUpdate
from mesocycle.output.card import wrapped
from mesocycle.output.run_words import distance, run_name, run_title

HEADS = {"changed": "Changed", "moved": "Moved", "new": "New", "gone": "No longer there"}
KEPT = "You said otherwise, so these stay"
# A long list hides what it is about.
MOST_TOLD = 12
INDENT = 2


def run_line(run: CalendarRun, units: str, why: str = "") -> str:
    """A run in a line: "Sat 26 Sep 08:00  Easy run, 6 km: you left it out"."""
    told = f"{format_day(run.date)} {format_time(run.start)}  {run_title(run, units)}"
    return f"{told}: {why}" if why else told


def change_line(before: CalendarRun, after: CalendarRun, units: str, minutes_told: bool = True) -> str:
    """What becomes of a run: "Tue 15 Sep  Intervals, 65 min -> Wed 16 Sep, 70 min".

    Minutes that only follow from another distance are not told.
    """
    far, longer = before.distance_km != after.distance_km, before.minutes != after.minutes
    longer = longer and (minutes_told or not far)
    lengths = [distance(before.distance_km, units)] if far else []
    lengths += [f"{before.minutes} min"] if longer else []
    known = list(filter(None, lengths)) or [distance(before.distance_km, units) or f"{before.minutes} min"]
    moved, later = before.date != after.date, before.start != after.start
    was = [format_day(before.date), *([format_time(before.start)] if later else [])]
    when = [*([format_day(after.date)] if moved else []), *([format_time(after.start)] if later else [])]
    name = run_name(after) if run_name(after) != run_name(before) else ""
    new = [" ".join(when), name, distance(after.distance_km, units) if far else ""]
    new += [f"{after.minutes} min"] if longer else []
    return f"{' '.join(was)}  {', '.join([run_name(before), *known])} -> {', '.join(filter(None, new))}"


def show_runs_update(update: RunsUpdate, console: Console) -> None:
    """Print what a feed has otherwise than a block, and what came of it."""
    show_differences(update, console)
    for line in outcome(update):
        console.print(Text(line))


def show_differences(update: RunsUpdate, console: Console) -> None:
    """Print what a feed has otherwise than a block."""
    console.print(Text(update.name, style="bold"))
    found = counted(len(update.differences), "difference") if update.differences else "nothing changed"
    console.print(Text(f"{update.source} from {format_day(update.since)} on: {found}."))
    for kind, head in HEADS.items():
        lines = [one.text for one in update.differences if one.kind == kind]
        _show(head, lines, console, len(lines))
    _show(KEPT, update.kept, console)
    _show("Not sure of", update.unsure, console)
    _show("Left out or assumed", update.notes, console)
    _show("To know", [f"{one[:1].upper()}{one[1:]}." for one in update.remarks], console)
    console.print()


def _show(head: str, lines: Sequence[str], console: Console, most: int = MOST_TOLD) -> None:
    if not lines:
        return
    console.print()
    console.print(Text(head, style="bold"))
    more = [f"and {len(lines) - most} more"] if len(lines) > most else []
    for line in [*lines[:most], *more]:
        text = Text(wrapped(line, console.width - INDENT))
        console.print(Padding(text, (0, 0, 0, INDENT)))


def outcome(update: RunsUpdate) -> Iterator[str]:
    """What was recorded, and what to do next."""
    if not update.recorded:
        yield "Nothing was recorded." if update.same else "Nothing was recorded yet: --yes records it."
        return
    first, last = update.recorded[0].number, update.recorded[-1].number
    which = f"{first}" if first == last else f"{first} to {last}"
    back = "it back" if first == last else "all of them back"
    yield f"Recorded ({which}): `mesocycle undo` takes {back}."
    yield "`mesocycle replan` plans the lifts around them."
