"""Variants beside their base: a line of the table for each, and the calendars of some."""

from __future__ import annotations

from dataclasses import dataclass

from mesocycle.models.comparison import Comparison, Row
from mesocycle.models.result import Result
from mesocycle.output.html.calendar import Calendar, plan_calendar
from mesocycle.output.row_words import RULES_SHOWN, largest_first, remark

# A calendar takes about thirty kilobytes; a page with more of them is no longer one to read.
MOST_CALENDARS = 20


@dataclass(frozen=True)
class Line:
    """One row of the table, in words."""

    name: str
    mark: str
    remark: str
    planned: bool
    points: str
    difference: str
    own: str
    moved: str
    lifts: str
    leg_sets: str
    sets: str
    minutes: str
    key_run: str
    seconds: str
    days: str
    rules: str


@dataclass(frozen=True)
class Drawn:
    """A variant with its calendar, in which moved sessions are marked."""

    scenario: str
    line: Line
    calendar: Calendar
    moves: int


def line(row: Row) -> Line:
    """Write a row in words."""
    base = row.is_base
    return Line(
        name=row.name,
        mark="best" if row.best else "dominated" if row.dominated_by else "",
        remark=remark(row),
        planned=row.planned,
        points=_number(row.judged),
        difference="" if base or row.judged_difference is None else signed(row.judged_difference),
        own="" if row.objective is None else f"{row.objective}{'' if row.proven else ' (not proven)'}",
        moved="" if base or row.moved is None else str(row.moved),
        lifts=_number(row.lifts),
        leg_sets=_number(row.leg_sets),
        sets=_number(row.sets),
        minutes=_number(row.minutes_per_week),
        key_run="" if row.key_run_hours is None else f"{row.key_run_hours:g} h",
        seconds="" if row.seconds is None else f"{row.seconds:.1f}",
        days="" if row.usual is None else row.usual.text,
        rules=_rules(row),
    )


def drawn(comparison: Comparison) -> list[Drawn]:
    """The calendars to show, in the order of the rows; the bases and the best come before others."""
    planned = [at for at, row in enumerate(comparison.rows) if row.planned]
    first = sorted(planned, key=lambda at: not (comparison.rows[at].is_base or comparison.rows[at].best))
    shown = (comparison.rows[at] for at in sorted(first[:MOST_CALENDARS]))
    return [variant for row in shown for variant in _drawn(row, row.result)]


def _drawn(row: Row, result: Result | None) -> list[Drawn]:
    if result is None or result.plan is None:
        return []
    moves = () if row.is_base else row.moves
    plan = result.plan
    calendar = plan_calendar(plan.weeks, plan.sessions, result.runs, result.units, moves)
    return [Drawn(row.scenario, line(row), calendar, len(moves))]


def _rules(row: Row) -> str:
    ordered = largest_first(row)
    text = ", ".join(f"{signed(by)} {rule.replace('_', ' ')}" for rule, by in ordered[:RULES_SHOWN])
    rest = ordered[RULES_SHOWN:]
    return f"{text}, {signed(sum(by for _, by in rest))} in {len(rest)} more" if rest else text


def signed(points: float, digits: int = 0) -> str:
    """A difference with its sign, "+12" or "−3"."""
    return f"{points:+.{digits}f}".replace("-", "−") if points else "0"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
