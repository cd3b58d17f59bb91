"""What the max of a lift rests on, on the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from mesocycle.models.clock import format_day
from mesocycle.models.lift_log import ExposureSeen, LoadReason, PlanGoesBy, SetSeen

STEPS = {"on": "", "hold": "hold the weight", "back": "5 % back"}


def show_load_reason(reason: LoadReason, console: Console) -> None:
    """Print records, exposures with their sets, the max that follows, and what the plan goes by."""
    console.print(Text(f"{reason.name}, {format_day(reason.date)}", style="bold"))
    told = "Nothing is known" if reason.max is None else "The log says a max of"
    console.print(Text(f"{told}{':' * (reason.max is None)} {reason.text}."))
    console.print(Text(_plan(reason.plan, reason.unit)))
    if reason.records:
        console.print()
        console.print(Text("Records", style="bold"))
    for record in reason.records:
        when = "without a date" if record.date is None else format_day(record.date)
        where = "scenario" if record.source == "scenario" else "recorded"
        later = "" if record.counts else "; it counts from that day on"
        _line(console, f"{record.text} ({where}, {when}): {record.one_rm:g} {reason.unit}{later}", 2)
    if reason.exposures:
        console.print()
        console.print(Text("Sessions, the last one first", style="bold"))
    for exposure in reversed(reason.exposures):
        for indent, text in _exposure(exposure, reason.unit):
            _line(console, text, indent)


def _line(console: Console, text: str, indent: int) -> None:
    console.print(Padding(Text(text), (0, 0, 0, indent)))


def _plan(plan: PlanGoesBy | None, unit: str) -> str:
    if plan is None:
        return "The plan does not have it."
    where = f"{plan.session}, {format_day(plan.date)}: {plan.work}"
    if plan.week_max is None:
        return f"The plan has no record of it to go by ({where})."
    return f"The plan goes by {plan.week_max:g} {unit} ({where}). It follows the log when you plan again."


def _exposure(exposure: ExposureSeen, unit: str) -> Iterator[tuple[int, str]]:
    name = exposure.session or "beside the plan"
    told = "" if exposure.told else ", as planned"
    estimate = "" if exposure.estimate is None else f": {_amount(exposure.estimate, exposure.at_least, unit)}"
    yield 2, f"{format_day(exposure.date)} {name}{told}{estimate}, {exposure.why}"
    for text, same in groupby(exposure.sets, key=lambda one: _set(one, unit)):
        count = len(list(same))
        yield 4, f"{count} x {text}"
    if exposure.struggle:
        holds = "" if exposure.max is None else f", to a max of {exposure.max:g} {unit}"
        yield 4, f"{exposure.struggle}: {STEPS[exposure.step]}{holds}"


def _amount(estimate: float, at_least: bool, unit: str) -> str:
    return f"{'at least ' * at_least}{estimate:g} {unit}"


def _set(one: SetSeen, unit: str) -> str:
    told = "?" if one.reps is None else str(one.reps)
    told += "" if one.weight is None else f" at {one.weight:g} {one.unit}"
    if one.reserve == "planned":
        told += f", {one.rir} in reserve as planned"
    elif one.reserve == "told":
        told += f", {one.rir} in reserve"
    if one.estimate is None:
        return f"{told}: no estimate"
    return f"{told}: {_amount(one.estimate, one.at_least, unit)}"
