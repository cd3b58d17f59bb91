"""A plan judged by the rules, beside the best block: what it breaks and what it pays."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from mesocycle.models.clock import format_day
from mesocycle.models.explanation import SingleMove
from mesocycle.models.plan import Audit, Breach, Cost
from mesocycle.models.result import Result
from mesocycle.output.cases import Case, in_few_words

CASES_SHOWN = 3


def show_audit(
    audit: Audit,
    best: Result,
    console: Console,
    whose: str,
    *,
    moves: Sequence[SingleMove] = (),
    notes: Sequence[str] = (),
    every: bool = False,
) -> None:
    """Print an audit.

    Parameters
    ----------
    audit : Audit
        Of the plan.
    best : Result
        Of the same scenario.
    console : Console
        Where.
    whose : str
        Names the plan.
    moves : sequence of SingleMove
        Single sessions that would stand better elsewhere.
    notes : sequence of str
        What could not be judged.
    every : bool
        All cases, not the first of each rule.
    """
    console.print(Text(f"{best.name}: {whose}", style="bold"))
    console.print(Text(verdict(audit), style="bold red" if audit.breaches else "bold green"))
    console.print()
    rules = list(dict.fromkeys(breach.rule for breach in audit.breaches))
    for rule in rules:
        console.print(Text(f"Breaks {rule}", style="red"))
        cases = [_case(breach) for breach in audit.breaches if breach.rule == rule]
        for text in in_few_words(cases, None if every else CASES_SHOWN):
            console.print(Padding(Text(text), (0, 0, 0, 4)))
    if rules:
        console.print()
    if best.plan is None:
        console.print(f"There is no best block to set it against: {best.headline}.")
    elif audit.costs or best.costs:
        console.print(_costs(audit, best))
        console.print()
    _show_cases(audit.costs, console, every)
    _show_moves(moves, console)
    for note in notes:
        console.print(Text(f"· {note}", style="dim"))


def _show_cases(costs: Sequence[Cost], console: Console, every: bool) -> None:
    """Print what is paid for, rule by rule."""
    for cost in costs:
        console.print(Text.assemble((f"{cost.points}  ", "yellow"), (cost.rule, "bold")))
        texts = [case.text for case in sorted(cost.cases, key=lambda case: -case.points)]
        for text in texts if every else texts[:CASES_SHOWN]:
            console.print(Padding(Text(text), (0, 0, 0, 4)))
        if len(texts) > CASES_SHOWN and not every:
            more = f"and {len(texts) - CASES_SHOWN} more (--all shows them)"
            console.print(Padding(Text(more, style="dim"), (0, 0, 0, 4)))


def _show_moves(moves: Sequence[SingleMove], console: Console) -> None:
    """Print which sessions would stand better elsewhere."""
    if moves:
        console.print()
        console.print(Text("Single moves that win most, nothing else changed", style="bold"))
    for move in moves:
        console.print(Padding(Text(move.text), (0, 0, 0, 4)))


def _case(breach: Breach) -> Case:
    """A breach with the one date that its sentence names, where it is one."""
    named = [day for day in dict.fromkeys(breach.dates) if format_day(day) in breach.text]
    return breach.text, named[0] if len(named) == 1 else None


def verdict(audit: Audit) -> str:
    """The audit in a sentence."""
    count = len({breach.rule for breach in audit.breaches})
    if count:
        times = f"{len(audit.breaches)} time{'s' * (len(audit.breaches) != 1)}"
        return f"It breaks {count} hard rule{'s' * (count != 1)}, {times}, and pays {audit.points} points."
    return f"It breaks no hard rule, and pays {audit.points} points."


def _costs(audit: Audit, best: Result) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    table.add_column("points")
    table.add_column("this plan", justify="right")
    table.add_column("the best block" + ("" if best.proven else " found"), justify="right")
    judged, optimal = _by_rule(audit.costs), _by_rule(best.costs)
    for rule in dict.fromkeys([*judged, *optimal]):
        table.add_row(rule, str(judged.get(rule, 0)), str(optimal.get(rule, 0)))
    table.add_row(Text("together", style="bold"), str(audit.points), str(best.objective))
    return table


def _by_rule(costs: Sequence[Cost]) -> dict[str, int]:
    return {cost.rule: cost.points for cost in costs}
