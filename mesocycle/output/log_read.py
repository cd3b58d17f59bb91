"""What the log of another app tells, on the terminal: what stands for what, and what is not known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from mesocycle.models.clock import format_day
from mesocycle.models.living import LogRead
from mesocycle.models.numbers import counted
from mesocycle.output.card import wrapped

# A long list hides what it is about.
MOST_TOLD = 12
INDENT = 2


def show_log_read(read: LogRead, console: Console) -> None:
    """Print what a log tells, and what came of it."""
    show_log(read, console)
    for line in outcome(read):
        console.print(Text(line))


def show_log(read: LogRead, console: Console) -> None:
    """Print what a log tells."""
    console.print(Text(read.name, style="bold"))
    for line in _lines(read):
        console.print(Text(wrapped(line, console.width)))
    unknown = [f"{name}: {counted(sets, 'set')}" for name, sets in read.unknown.items()]
    _show("No exercise is known by these names, so their sets are left out", unknown, console)
    if unknown:
        first = next(iter(read.unknown))
        console.print(Padding(Text(f'tell what is meant: --map "{first}=EXERCISE"'), (0, 0, 0, INDENT)))
    _show("Left out or assumed", read.notes, console)
    console.print()


def _lines(read: LogRead) -> Iterator[str]:
    if read.first is None or read.last is None:
        yield f"{read.app}: it has nothing in the days of this block."
    else:
        days = f"{format_day(read.first)} to {format_day(read.last)} {read.last.year}"
        yield f"{read.app}, {days}: {_found(read)}."
    if read.workouts:
        beside = f", {read.beside} beside the plan" if read.beside else ""
        yield f"Lifts: {counted(len(read.sessions), 'planned session')} done{beside}."
    if read.runs:
        beside = f", {read.runs_beside} beside the plan" if read.runs_beside else ""
        yield f"Runs: {counted(len(read.runs_planned), 'planned run')} done{beside}."
    if read.skipped:
        yield f"Not in it, so they count as skipped: {_listed(read.skipped)}."
    if read.missed:
        yield f"Not in it, but they still count as run: {_listed(read.missed)} (`mesocycle run drop`)."
    if read.rides:
        yield f"Left out, as neither a run nor planned: {read.rides} of the activities."
    if read.at_once:
        yield f"{counted(read.at_once, 'run')} at the time of another one left out."
    if read.earlier:
        yield f"Left out, as of other days: {read.earlier}."


def _found(read: LogRead) -> str:
    counts = ((read.workouts, "workout"), (read.runs, "run"), (read.days, "day"))
    told = [counted(count, what) for count, what in counts if count]
    return ", ".join(told)


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_TOLD} more" if len(names) > MOST_TOLD else ""
    return f"{', '.join(names[:MOST_TOLD])}{more}"


def _show(head: str, lines: Sequence[str], console: Console) -> None:
    if not lines:
        return
    console.print()
    console.print(Text(wrapped(f"{head}:", console.width), style="bold"))
    more = [f"and {len(lines) - MOST_TOLD} more"] if len(lines) > MOST_TOLD else []
    for line in [*lines[:MOST_TOLD], *more]:
        console.print(Padding(Text(wrapped(line, console.width - INDENT)), (0, 0, 0, INDENT)))


def outcome(read: LogRead) -> Iterator[str]:
    """What was recorded, and what to do next."""
    if not read.new and not read.changed:
        some = read.workouts or read.runs or read.days
        yield "All of it is recorded already." if some else "There is nothing to record."
        return
    parts = [f"{counted(read.new, 'event')} new"] if read.new else []
    parts += [f"{read.changed} of before other by now"] if read.changed else []
    if not read.recorded:
        yield f"{' and '.join(parts)}. Nothing was recorded yet: --yes records it."
        return
    first, last = read.recorded[0], read.recorded[-1]
    yield f"Recorded ({first} to {last}): `mesocycle undo` takes all of it back."
    yield "`mesocycle replan` plans the rest with it."
