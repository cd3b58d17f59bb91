"""A block that was planned again on the terminal: the compromises, and what the chosen one changes."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from mesocycle.models.living import Compromise, Replan
from mesocycle.output.diagnosis import ReportOptions, show_diagnosis
from mesocycle.output.difference import show_difference

MOST_NAMED = 4
HOW_TO_CHANGE = (
    "`mesocycle scenario --edit` changes rules and hours, `available` those of a day, `unpin` frees a "
    "session; `mesocycle replan` then plans with that."
)


def show_replan(replan: Replan, console: Console) -> None:
    """Print the compromises between moves and points, and what the chosen one changes."""
    console.print(Text(replan.name, style="bold"))
    if not replan.frontier:
        _show_without(replan, console)
        return
    best = min(one.points for one in replan.frontier)
    for one in replan.frontier:
        end = _of_them(one)
        end += ", the best there is" if one.points == best and replan.proven else ""
        text = Text(f"{_moves(one)}: {one.points} points{end}", style="bold" if one.chosen else "")
        console.print(Padding(text, (0, 0, 0, 2)))
    if replan.forced:
        named = ", ".join(replan.forced)
        console.print(Text(f"Not counted: {named}, whose day something happened to."))
    for breach in replan.broken[:MOST_NAMED]:
        console.print(Text(f"As it stands, against your rules: {breach}."))
    if not replan.proven:
        console.print(Text("Time was up before all of this was proven.", style="yellow"))
    if replan.same:
        console.print("The plan stays as it is.")
    elif replan.difference is not None:
        console.print()
        show_difference(replan.difference, console, "as it stands", "planned again")
    console.print()
    console.print(_outcome(replan))


def _of_them(one: Compromise) -> str:
    """What some points of a compromise are for."""
    parts = ((one.paid, "what is past"), (one.later, "changes later on"))
    told = [f"{points} of them for {what}" for points, what in parts if points]
    return f", {' and '.join(told)}" if told else ""


def _show_without(replan: Replan, console: Console) -> None:
    """Say that there is no plan, why, and what would help."""
    diagnosis, fewest = replan.diagnosis, replan.fewest
    if fewest is not None:
        console.print(Text(f"No plan does with so few moves: it takes {fewest} at least.", style="yellow"))
        return
    if diagnosis is None:
        console.print(Text("No plan was found in time.", style="yellow"))
        return
    console.print(Text("No plan keeps all your rules from here on.", style="yellow"))
    show_diagnosis(diagnosis, console, ReportOptions())
    console.print(HOW_TO_CHANGE)


def _moves(one: Compromise) -> str:
    """The moves of a compromise: "2 moves (w03-A, w03-B)"."""
    count = f"{one.moves} move{'s' * (one.moves != 1)}"
    if not one.moved:
        return count
    more = ", ..." * (len(one.moved) > MOST_NAMED)
    return f"{count} ({', '.join(one.moved[:MOST_NAMED])}{more})"


def _outcome(replan: Replan) -> str:
    if replan.published is not None:
        return f"Published as revision {replan.published}."
    return "Nothing was written." if replan.same else "Nothing was published yet."
