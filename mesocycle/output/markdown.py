"""A block as Markdown for a training log; without a block, why there is none, and what would help."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from mesocycle.files import safe_text
from mesocycle.models.clock import format_day, format_time
from mesocycle.models.diagnosis import Conflict, Diagnosis, Repair
from mesocycle.models.plan import Cost, Plan, PlannedSession, PlannedWeek
from mesocycle.models.result import Result
from mesocycle.models.set_words import amount, reserve
from mesocycle.output import lifts
from mesocycle.output.conflict_words import TIME_WAS_UP, alike, needed, source
from mesocycle.output.other_days import NOTE, OtherDays, other_days
from mesocycle.output.run_words import distance, run_title
from mesocycle.output.words import (
    below,
    capital,
    duration,
    left_out,
    legend,
    legs,
    loading,
    rows,
    sets_of_full,
    size,
)

if TYPE_CHECKING:
    from mesocycle.output.formats import ExportOptions

WEEK_COLUMNS = ("Week", "From", "Phase", "Distance", "Lifts", "Sets", "Minutes")
CARD_COLUMNS = ("", "Exercise", "Sets", "Load", "In reserve", "Rest", "")
# What makes a line a list, a rule or the underline of a heading.
_LIST = re.compile(r"^(\d{0,9})([-+=.)])")
NUMBERS = frozenset({"Week", "Sets", "Minutes", "Points", "Rest"})


def to_markdown(result: Result, options: ExportOptions) -> str:
    """Write a block as Markdown: weeks, training cards, costs and notes.

    Parameters
    ----------
    result : Result
        Without a plan the text shows what collides, and what would help.
    options : ExportOptions
        With an explanation, cards tell what other days would cost.
    """
    parts = [f"# {_inline(result.name)}", f"**{_inline(capital(result.headline))}.**"]
    parts += [_list(f"Changed: {_inline(change.text)}" for change in result.applied)]
    if result.plan is not None:
        parts += _block(result, result.plan, other_days(options.explanation))
    if result.diagnosis is not None:
        parts += _diagnosis(result.diagnosis)
    if result.notes:
        parts += ["## Notes", _list(plain(note) for note in result.notes)]
    return "\n\n".join(part for part in parts if part) + "\n"


def plain(text: str) -> str:
    """Any text on one line, without a meaning in Markdown at any place."""
    return _LIST.sub(r"\1\\\2", _inline(text))


def _inline(text: str) -> str:
    """The same for text within a line."""
    return safe_text.plain(safe_text.visible(text)).replace("#", "\\#")


def _block(result: Result, plan: Plan, others: Mapping[str, OtherDays]) -> Iterator[str]:
    yield _table(WEEK_COLUMNS, (_week_row(plan, week, result.units) for week in plan.weeks))
    yield from _main_lifts(plan, result)
    yield plain(" ".join([*legend(plan.sessions), *[NOTE] * bool(others)]))
    for week in plan.weeks:
        yield f"## {_week_head(week, result.units)}"
        yield _runs(result, week)
        for session in plan.sessions:
            if session.week == week.week:
                yield from _card(result, session)
                yield _other_days(others.get(session.id))
    yield from _costs(result.costs)


def _week_row(plan: Plan, week: PlannedWeek, units: str) -> list[str]:
    lifts = (
        f"{format_day(lift.date)[:3]} {format_time(lift.start)} {lift.session}"
        for lift in plan.sessions
        if lift.week == week.week
    )
    return [
        str(week.week),
        format_day(week.start).partition(" ")[2],
        _inline(_phase(week)),
        distance(week.distance_km, units, 0),
        _inline(", ".join(lifts)),
        sets_of_full(week),
        str(week.minutes),
    ]


def _week_head(week: PlannedWeek, units: str) -> str:
    parts = (
        _phase(week),
        distance(week.distance_km, units, 0),
        f"{sets_of_full(week)} sets in {week.minutes} min",
    )
    return f"Week {week.week}: {_inline(', '.join(filter(None, parts)))}"


def _phase(week: PlannedWeek) -> str:
    return f"{week.phase}, lighter week" if week.deload else week.phase


def _runs(result: Result, week: PlannedWeek) -> str:
    runs = [
        f"{format_day(run.date)[:3]} {format_time(run.start)} {run_title(run, result.units)}"
        + (" (key)" if run.key else "")
        for run in result.runs
        if 0 <= (run.date - week.start).days < 7
    ]
    return plain(f"Runs: {'; '.join(runs)}.") if runs else ""


def _card(result: Result, session: PlannedSession) -> Iterator[str]:
    times = f"{format_time(session.start)}-{format_time(session.end)}"
    yield f"### {_inline(f'{format_day(session.date)} {times}: {session.session}, {size(session)}')}"
    if session.exercises:
        yield _table(CARD_COLUMNS, _card_rows(result, session))
    dropped = left_out(session, result.exercise_names)
    yield plain(f"{capital(dropped)}." if dropped else "")
    length = f"{capital(duration(session))}; " if session.exercises else ""
    yield plain(capital(f"{length}{legs(session)}. {session.why}"))


def _other_days(others: OtherDays | None) -> str:
    if others is None:
        return ""
    return plain(f"Other days: {others.summary}. {' · '.join(map(str, others.days))}")


def _main_lifts(plan: Plan, result: Result) -> Iterator[str]:
    found = lifts.tops(plan)
    if not found:
        return
    yield f"## {lifts.HEAD}"
    main = lifts.lifts(found)
    names = [_inline(result.exercise_names.get(lift, lift)) for lift in main]
    weeks = (
        [str(week.week), *(_inline(lifts.text_of(found, week.week, lift)) for lift in main)]
        for week in plan.weeks
    )
    yield _table(("Week", *names), weeks)
    yield _list(plain(line) for line in lifts.grown(found, result.exercise_names))
    yield plain(lifts.legend(found))


def _card_rows(result: Result, session: PlannedSession) -> Iterator[list[str]]:
    for row in rows(session):
        item = row.item
        cells = (
            row.number,
            result.exercise_names.get(item.exercise, item.exercise),
            amount(item),
            loading(item),
            reserve(item).partition(" ")[0],
            row.rest,
            "; ".join(filter(None, (row.note, below(item)))),
        )
        yield [*map(_inline, cells)]


def _costs(costs: Iterable[Cost]) -> Iterator[str]:
    cases = [(case.points, cost.rule, case.text) for cost in costs for case in cost.cases]
    if not cases:
        yield "Nothing to pay for: every wish is met."
        return
    yield "## What the block pays for"
    table = ([str(points), _inline(rule), _inline(text)] for points, rule, text in cases)
    yield _table(("Points", "Rule", "For"), table)


def _diagnosis(diagnosis: Diagnosis) -> Iterator[str]:
    for conflict in diagnosis.conflicts:
        yield from _conflict(conflict, len(diagnosis.conflicts))
    if diagnosis.repairs:
        yield "## What would make it work"
        yield _table(
            ("Repair", "Change", "Points"),
            (
                [_inline(repair.name), _inline("; ".join(c.text for c in repair.changes)), _points(repair)]
                for repair in diagnosis.repairs
            ),
        )
    yield from map(plain, diagnosis.hints)
    if not diagnosis.complete:
        yield TIME_WAS_UP


def _conflict(conflict: Conflict, conflicts: int) -> Iterator[str]:
    yield f"## What collides in {_inline(conflict.when)}"
    lines = []
    for number, rule in enumerate(conflict.rules, 1):
        lines.append(f"{number}. {plain(rule.text)} ({_inline(source(rule))})")
        lines += [f"   - {plain(case)}" for case in rule.cases]
    yield "\n".join(lines)
    yield needed(conflict, conflicts)
    yield alike(conflict)


def _points(repair: Repair) -> str:
    if repair.objective is None:
        return "not planned in time"
    return str(repair.objective) if repair.proven else f"at most {repair.objective}"


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _table(columns: Iterable[str], lines: Iterable[Iterable[str]]) -> str:
    heads = list(columns)
    rule = ["--:" if head in NUMBERS else ":--" for head in heads]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (heads, rule, *map(list, lines)))
