"""An explanation on the terminal: why each session is where it is, and what every other choice would cost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from mesocycle.models.clock import DAY_NAMES
from mesocycle.models.explanation import Explanation, SessionExplained, WeekExplained
from mesocycle.models.prices import Alternative, Hours, Price, moves_text, rules_text

LEGEND = (
    "Points more than the plan's: alone, if only this session changes; week, if its week may; block, if "
    "everything may. = costs the same, no: not possible, ?: not known in time."
)
SHORT_LEGEND = "Each day with the points that it would cost; =: as many as here, no: not possible."
SCOPES = (
    ("alone", "if only this changes"),
    ("week", "if its week may change"),
    ("block", "if everything may"),
)

PROOFS = {
    "cases": "rules alone",
    "bound": "reduced costs",
    "relaxation": "a relaxation",
    "search": "a search",
}


def show_explanation(explanation: Explanation, console: Console) -> None:
    """Print an explanation as a whole."""
    told = Told(compact=len(explanation.weeks) > 1)
    told.begin(console, explanation.name, explanation.objective, explanation.proven)
    weeks = {week.week: week for week in explanation.weeks}
    for session in explanation.sessions:
        told.add(console, session, weeks.pop(session.week, None))
    for week in weeks.values() if not explanation.sessions else ():
        show_week(week, console)
    show_foot(explanation, console)


class Told:
    """An explanation on its way to the terminal, session by session.

    Parameters
    ----------
    compact : bool
        Each session in a few lines, under its week; else with every price and its reasons.
    """

    def __init__(self, compact: bool) -> None:
        self.compact = compact
        self.week = 0
        self.legend = False

    def begin(self, console: Console, name: str, objective: int, proven: bool) -> None:
        """Print what is explained."""
        sure = "proven optimal" if proven else "not proven"
        console.print(Text(name, style="bold"))
        console.print(f"{objective} points, {sure}.")
        console.print()

    def add(self, console: Console, session: SessionExplained, week: WeekExplained | None) -> None:
        """Print a session, after its week where that is told too."""
        if week is not None and not self.compact:
            show_week(week, console)
        if not self.legend and (self.compact or not _is_of_one(session)):
            console.print(Text(SHORT_LEGEND if self.compact else LEGEND, style="dim"))
            self.legend = True
        if self.compact and session.week != self.week:
            told = "" if week is None else f": {week.verdict}"
            console.print()
            console.print(Text.assemble((f"Week {session.week}", "bold"), told))
        self.week = session.week
        show_session(session, console, compact=self.compact)


def show_foot(explanation: Explanation, console: Console) -> None:
    """Print how the answers were found."""
    if sum(explanation.settled.values()):
        parts = [f"{count} by {PROOFS[how]}" for how, count in explanation.settled.items() if count]
        total = sum(explanation.settled.values())
        console.print(Text(f"{total} exact prices: {', '.join(parts)}.", style="dim"))
    if not explanation.complete:
        console.print(Text("Time was up before everything was known.", style="yellow"))


def show_week(week: WeekExplained, console: Console) -> None:
    """Print why a week has as many sets as it has."""
    console.print(Text.assemble((f"Week {week.week}", "bold"), f" ({week.phase}): {week.verdict}"))
    for share in week.shares:
        console.print(Padding(Text(share.text), (0, 0, 0, 4)))
    if week.patterns:
        console.print("  Lighter weeks to choose from:")
        for pattern in week.patterns:
            console.print(Padding(Text(pattern.text), (0, 0, 0, 4)))
    console.print()


def show_session(session: SessionExplained, console: Console, *, compact: bool = False) -> None:
    """Print one session: in a few lines, or with every price and its reasons."""
    if compact:
        console.print(Padding(Text(session.headline, style="bold"), (0, 0, 0, 2)))
        days = " · ".join(_cell_of(day) for day in session.days if not day.here)
        for text in (session.why, session.verdict, days):
            if text:
                console.print(Padding(Text(text), (0, 0, 0, 4)))
        return
    console.print(Text.assemble((session.headline, "bold"), (f"  {session.id}", "dim")))
    for text in (session.why, session.verdict):
        if text:
            console.print(Padding(Text(text), (0, 0, 0, 2)))
    if _is_of_one(session):
        _show_one(session.days[0], console)
    else:
        _show_table([*session.days, *([session.left_out] if session.left_out else [])], console)
    if session.exercises:
        console.print()
        console.print(Padding(Text("Its sets", style="bold"), (0, 0, 0, 2)))
        for exercise in session.exercises:
            console.print(Padding(Text(exercise.text), (0, 0, 0, 4)))
    console.print()


def _is_of_one(session: SessionExplained) -> bool:
    """Whether one other day or hour alone was asked about: that is told without a table."""
    return len(session.days) == 1 and not session.days[0].here


def _cell_of(day: Alternative) -> str:
    name = day.label if day.date is None else DAY_NAMES[day.date.weekday()]
    return f"{name} {_cell(day.best)}"


def _cell(price: Price | None) -> str:
    if price is None:
        return ""
    match price.verdict:
        case "forbidden":
            return "no"
        case "unknown":
            return "?"
        case "tie":
            return "="
    return f"{price.points:+d}"


def _show_table(rows: Iterable[Alternative], console: Console) -> None:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    table.add_column("", no_wrap=True)
    for name, _ in SCOPES:
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("")
    for row in rows:
        if row.here:
            table.add_row(Text(row.label, style="bold"), Text("here", style="bold"), "", "", "")
            continue
        cells = [Text(_cell(price), style=_style(price)) for price in _prices(row)]
        table.add_row(row.label, *cells, Text("\n".join(_reasons(row))))
    console.print(Padding(table, (0, 0, 0, 2)))


def _prices(row: Alternative) -> tuple[Price | None, ...]:
    return row.frozen, row.week, row.block


def _style(price: Price | None) -> str:
    if price is None:
        return ""
    return {"forbidden": "red", "tie": "green", "better": "green"}.get(price.verdict, "")


def _reasons(row: Alternative) -> Iterator[str]:
    """What stands beside the prices of a row: what forbids it, or what it costs and changes."""
    best = row.best
    if row.frozen.verdict == "forbidden":
        exact = best is not row.frozen and best.verdict == "forbidden"
        told = best if exact else row.frozen
        alone = "" if exact or best is row.frozen else "alone: "
        yield alone + "; ".join(ground.text for ground in told.grounds)
    if best.verdict in ("worse", "better", "tie"):
        parts = [rules_text(best.by_rule), best.content, moves_text(best.moves), row.settled]
        first = "block: " if row.frozen.verdict == "forbidden" else ""
        yield first + "; ".join(part for part in parts if part)


def _show_one(row: Alternative, console: Console) -> None:
    """Print all that is known of one day, or of one hour."""
    console.print()
    console.print(Padding(Text(row.label, style="bold"), (0, 0, 0, 2)))
    for (_, words), price in zip(SCOPES, _prices(row), strict=True):
        if price is None:
            continue
        console.print(Padding(Text.assemble((f"{words}: ", "bold"), price.text), (0, 0, 0, 4)))
        for ground in price.grounds:
            console.print(Padding(Text(f"by {ground.rule}", style="dim"), (0, 0, 0, 6)))
    if row.settled:
        console.print(Padding(Text(f"A tie: {row.settled}."), (0, 0, 0, 4)))
    if row.hours:
        console.print(Padding(Text("Its hours, if only this changes", style="bold"), (0, 0, 0, 4)))
        for text in _hours(row.hours):
            console.print(Padding(Text(text), (0, 0, 0, 6)))


def _hours(every: Iterable[Hours]) -> Iterator[str]:
    """The hours of a day in few lines: stretches that the same rules forbid are told as one."""
    for closed, group in groupby(every, key=lambda hours: hours.points is None):
        stretches = list(group)
        if not closed:
            yield from (f"{hours.text} (here)" if hours.here else hours.text for hours in stretches)
            continue
        common = [
            ground for ground in stretches[0].grounds if all(ground in one.grounds for one in stretches)
        ]
        if common:
            whole = stretches[0].model_copy(update={"last": stretches[-1].last, "grounds": tuple(common)})
            yield whole.text
        else:
            for ground, same in groupby(stretches, key=lambda one: one.grounds[0]):
                parts = list(same)
                folded = {"last": parts[-1].last, "grounds": (ground,)}
                yield parts[0].model_copy(update=folded).text
