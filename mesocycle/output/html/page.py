"""Reports as one HTML file each: no script, no request, nothing but text, tables and drawings."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from itertools import groupby
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from mesocycle.files.safe_text import visible
from mesocycle.models.clock import format_day
from mesocycle.models.comparison import Comparison
from mesocycle.models.explanation import Explanation
from mesocycle.models.names import hidden_character
from mesocycle.models.plan import Cost, Plan, Status
from mesocycle.models.result import Result
from mesocycle.output import conflict_words, lifts
from mesocycle.output.html import charts, side_by_side
from mesocycle.output.html.calendar import Calendar, plan_calendar
from mesocycle.output.html.conflicts import conflicts, repairs
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
        shown |= _plan(result, result.plan, explanation)
        calendars.append(shown["calendar"])
    if result.diagnosis is not None:
        shown["conflicts"] = conflicts(result, result.diagnosis)
        shown["repairs"] = repairs(result.diagnosis)
        calendars += [c.calendar for c in shown["conflicts"] if c.calendar is not None]
    return (
        _environment()
        .get_template("result.html.jinja")
        .render(
            **_frame(calendars),
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
        _environment()
        .get_template("comparison.html.jinja")
        .stream(
            **_frame([variant.calendar for variant in variants]),
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


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("mesocycle.output.html"),
        autoescape=True,
        finalize=_visible,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def _visible(value: Any) -> Any:
    """Leave out of texts what cannot be seen, such as a character that turns them around."""
    return visible(value) if type(value) is str and hidden_character(value) else value


def _frame(calendars: Iterable[Calendar]) -> dict[str, Any]:
    """The style of a page, and a policy that lets in nothing else."""
    style = _style(calendars)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return {"style": Markup(style), "policy": policy}


def _style(calendars: Iterable[Calendar]) -> str:
    """The style sheet, and a class for each place in the day: the policy forbids styles at the elements."""
    shown = list(calendars)
    items = [i for calendar in shown for week in calendar.weeks for day in week.days for i in day.items]
    environment = _environment()
    source, *_ = environment.loader.get_source(environment, "style.css")  # type: ignore[union-attr]
    rules = [
        *(f".row-{row}{{--row:{row}}}" for row in sorted({item.row for item in items})),
        *(f".span-{span}{{--span:{span}}}" for span in sorted({item.span for item in items})),
        *(f".rows-{rows}{{--rows:{rows}}}" for rows in sorted({calendar.rows for calendar in shown})),
        *(f".noon-{noon}{{--noon:{noon}}}" for noon in sorted({c.noon for c in shown if c.noon > 1})),
    ]
    return source + "\n".join(rules) + "\n"


def _plan(result: Result, plan: Plan, explanation: Explanation | None) -> dict[str, Any]:
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
