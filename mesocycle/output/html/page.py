"""Reports as one HTML file each: no script, no request, nothing but text, tables and drawings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from mesocycle.models.clock import format_day
from mesocycle.models.comparison import Comparison
from mesocycle.models.explanation import Explanation
from mesocycle.models.plan import Cost, Plan, Status
from mesocycle.models.result import Result
from mesocycle.output import conflict_words, lifts
from mesocycle.output.html import charts, side_by_side
from mesocycle.output.html.calendar import Calendar, plan_calendar
from mesocycle.output.html.conflicts import conflicts, repairs
from mesocycle.output.html.frame import environment, frame
from mesocycle.output.html.recovery import recoveries
from mesocycle.output.html.training import card
from mesocycle.output.other_days import NOTE, other_days
from mesocycle.output.row_words import gain, verdict
from mesocycle.output.words import capital, legend, rule_words

PIECE = 200
# Movements in the usual order; others follow.
PATTERNS = ("squat", "hinge", "single_leg", "lunge", "calf", "push", "pull", "core", "carry")


def result_page(result: Result, *, seconds: bool = True, explanation: Explanation | None = None) -> str:
    """One result as a page.

    Parameters
    ----------
    result : Result
        With or without a plan.
    seconds : bool
        With what changes from run to run.
    explanation : Explanation, optional
        Of the plan: then cards tell what other days would cost.

    Returns
    -------
    str
        The whole file; the same for the same result.
    """
    shown: dict[str, Any] = {"plan": None, "conflicts": (), "repairs": ()}
    calendars: list[Calendar] = []
    if result.plan is not None and result.plan.weeks:
        shown |= plan_parts(result, result.plan, explanation)
        calendars.append(shown["calendar"])
    if result.diagnosis is not None:
        shown["conflicts"] = conflicts(result, result.diagnosis)
        shown["repairs"] = repairs(result.diagnosis)
        calendars += [c.calendar for c in shown["conflicts"] if c.calendar is not None]
    return (
        environment()
        .get_template("result.html.jinja")
        .render(
            **frame(calendars),
            result=result,
            verdict=_verdict(result),
            spent=_spent(result, seconds),
            words=conflict_words,
            **shown,
        )
    )


def comparison_page(comparison: Comparison, *, seconds: bool = True) -> Iterator[str]:
    """A comparison as a page, piece by piece: it may have ten thousand rows.

    Parameters
    ----------
    comparison : Comparison
        Its variants.
    seconds : bool
        With what changes from run to run.
    """
    variants = side_by_side.drawn(comparison)
    stream = (
        environment()
        .get_template("comparison.html.jinja")
        .stream(
            **frame([variant.calendar for variant in variants]),
            summary=comparison.summary,
            count=len(comparison.rows),
            several=len(comparison.summary.best) > 1,
            groups=(
                (scenario, map(side_by_side.line, rows))
                for scenario, rows in groupby(comparison.rows, key=lambda row: row.scenario)
            ),
            verdict=verdict(comparison.summary),
            variants=variants,
            signed=side_by_side.signed,
            gain=gain,
            planned=sum(row.planned for row in comparison.rows),
            seconds=seconds,
        )
    )
    stream.enable_buffering(PIECE)
    yield from stream


def plan_parts(result: Result, plan: Plan, explanation: Explanation | None) -> dict[str, Any]:
    """What the templates tell of a plan: calendar, charts, costs and cards."""
    start, last = plan.weeks[0].start, plan.weeks[-1].start
    rests = recoveries(plan.sessions, result.runs, start)
    known = [recovery for recovery in rests if recovery.minutes is not None]
    others = other_days(explanation)
    cards = [
        card(number, one, result.exercise_names, others.get(one.id))
        for number, one in enumerate(plan.sessions, 1)
    ]
    return {
        "plan": plan,
        "calendar": plan_calendar(plan.weeks, plan.sessions, result.runs, result.units),
        "weekly_chart": charts.weekly_chart(plan.weeks, result.units),
        "legs_chart": charts.legs_chart(plan.sessions, rests, plan.weeks),
        "recoveries": rests,
        "least": min(known, key=lambda recovery: recovery.minutes or 0, default=None),
        "patterns": _patterns(plan),
        "costs": sorted(map(_cost, result.costs), key=lambda cost: -cost["points"]),
        "cards": cards,
        "card_weeks": [week.week for week in plan.weeks],
        "became": (),
        "lived": False,
        "legend_lines": [*legend(plan.sessions), *[NOTE] * any(one.others is not None for one in cards)],
        "priced": any(one.others is not None for one in cards),
        "main_lifts": _main_lifts(result, plan),
        "days": f"{_date(start)} to {_date(last + timedelta(days=6))}",
    }


def _patterns(plan: Plan) -> list[str]:
    used = {pattern for week in plan.weeks for pattern, sets in week.pattern_sets.items() if sets}
    return [*(pattern for pattern in PATTERNS if pattern in used), *sorted(used.difference(PATTERNS))]


def _main_lifts(result: Result, plan: Plan) -> dict[str, Any]:
    found = lifts.tops(plan)
    main = lifts.lifts(found)
    return {
        "head": lifts.HEAD,
        "names": [result.exercise_names.get(lift, lift) for lift in main],
        "rows": [(week, [lifts.text_of(found, week.week, lift) for lift in main]) for week in plan.weeks],
        "grown": lifts.grown(found, result.exercise_names),
        "legend": lifts.legend(found),
    }


def _date(day: date) -> str:
    return f"{format_day(day).split(' ', 1)[1]} {day.year}"


def _cost(cost: Cost) -> dict[str, Any]:
    cases = sorted(cost.cases, key=lambda case: -case.points)
    return {"rule": cost.rule, "name": rule_name(cost.rule), "points": cost.points, "cases": cases}


def rule_name(rule: str) -> str:
    """A rule's id as words: "Recovery before intensity"."""
    return capital(rule_words(rule))


def _spent(result: Result, seconds: bool) -> str:
    if not seconds:
        return ""
    return f"{sum(value for stage, value in result.run.seconds.items() if stage != 'diagnose'):.1f} s"


def _verdict(result: Result) -> tuple[str, str]:
    """The proof in two words, and in a sentence."""
    points = "" if result.objective is None else f"{result.objective} point{'s' * (result.objective != 1)}"
    match result.status:
        case Status.OPTIMAL if result.objective == 0:
            return "Proven optimal", "Every wish is met: the block costs no points at all."
        case Status.OPTIMAL:
            return "Proven optimal", f"The block costs {points}; under your rules none costs fewer."
        case Status.FEASIBLE:
            bound = "" if result.bound is None else f" None costs fewer than {result.bound}."
            return "Not proven", f"The best block found in time costs {points}.{bound}"
        case Status.INFEASIBLE:
            return "No block", "No block satisfies all the rules, and that is proven."
        case Status.UNKNOWN:
            return "No answer", "No block was found in time, and none was ruled out: allow more time."
