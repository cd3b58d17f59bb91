"""Why there is no block, and what would help, in words for the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from mesocycle.models.clock import format_day, monday_of, weeks_text
from mesocycle.models.diagnosis import Conflict, ConflictRule, Diagnosis, Repair
from mesocycle.models.result import Result
from mesocycle.report.cases import in_few_words
from mesocycle.report.html.calendar import Calendar, run_calendar

# Weeks of a conflict that are drawn; the others are as these.
WEEKS_DRAWN = 4
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True)
class RuleWords:
    """One rule of a conflict: what it demands, in which cases, and where it is set."""

    text: str
    cases: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class ConflictWords:
    """Rules that cannot all hold, with the runs of the weeks they speak of."""

    head: str
    when: str
    rules: tuple[RuleWords, ...]
    foot: str
    calendar: Calendar | None


@dataclass(frozen=True)
class RepairWords:
    """A change that makes a block possible."""

    name: str
    changes: tuple[str, ...]
    lifts: str
    points: str


def conflicts(result: Result, diagnosis: Diagnosis) -> tuple[ConflictWords, ...]:
    """Tell the conflicts of a diagnosis, each with its weeks as they are run."""
    return tuple(_conflict(conflict, result, diagnosis) for conflict in diagnosis.conflicts)


def _conflict(conflict: Conflict, result: Result, diagnosis: Diagnosis) -> ConflictWords:
    count = len(conflict.rules)
    counted = NUMBERS[count] if count < len(NUMBERS) else str(count)
    head = "This rule cannot be kept" if count == 1 else f"These {counted} rules collide"
    drawn = sorted(conflict.weeks)[:WEEKS_DRAWN]
    calendar = run_calendar(monday_of(conflict.start), drawn, result.runs, result.units) if drawn else None
    return ConflictWords(
        head=head,
        when=f"{weeks_text(conflict.weeks)}, {format_day(conflict.start)} to {format_day(conflict.end)}",
        rules=tuple(map(_rule, conflict.rules)),
        foot=" ".join(_foot(conflict, len(diagnosis.conflicts))),
        calendar=calendar,
    )


def _rule(rule: ConflictRule) -> RuleWords:
    return RuleWords(rule.text, tuple(in_few_words(rule.cases, None)), _source(rule))


def _source(rule: ConflictRule) -> str:
    """Which key sets the rule, and where that stands; a default stands nowhere, and folders are nobody's."""
    place = PurePath(rule.place.replace("\\", "/")).name
    if rule.source == f"rules.{rule.id}":
        return f"{rule.source}, {place or 'by default'}"
    return ", ".join(filter(None, (rule.source, place)))


def _foot(conflict: Conflict, conflicts: int) -> Iterator[str]:
    if not conflict.proven_minimal:
        yield "They may not all be needed for that: the time was up before it was known."
    elif len(conflict.rules) > 1:
        rest = "the others can be kept" if conflicts == 1 else "this conflict is gone"
        yield f"Without any one of them {rest}."
    if conflict.alike:
        yield f"The same in {weeks_text(conflict.alike)}."


def repairs(diagnosis: Diagnosis) -> tuple[RepairWords, ...]:
    """Tell the repairs of a diagnosis, least change first."""
    return tuple(
        RepairWords(
            repair.name,
            tuple(change.text for change in repair.changes),
            repair.lifts
            if not repair.lifts or repair.lifts.startswith("no lift")
            else _where(diagnosis, repair),
            _points(repair),
        )
        for repair in diagnosis.repairs
    )


def _where(diagnosis: Diagnosis, repair: Repair) -> str:
    week = diagnosis.conflicts[0].weeks[0] if diagnosis.conflicts else 1
    return f"week {week}: {repair.lifts}"


def _points(repair: Repair) -> str:
    if repair.objective is None:
        return "not planned in time"
    points = f"{repair.objective} point{'s' * (repair.objective != 1)}"
    return points if repair.proven else f"at most {points}"
