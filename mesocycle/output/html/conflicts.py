"""Why there is no block, and what would help, in words for the page."""

from __future__ import annotations

from dataclasses import dataclass

from mesocycle.models.clock import format_day, monday_of, weeks_text
from mesocycle.models.diagnosis import Conflict, ConflictRule, Diagnosis, Repair
from mesocycle.models.numbers import number_word
from mesocycle.models.result import Result
from mesocycle.output.cases import cases_of, in_few_words
from mesocycle.output.conflict_words import alike, needed, points, repaired_week, source
from mesocycle.output.html.calendar import Calendar, run_calendar

# Weeks of a conflict that are drawn; the others look the same.
WEEKS_DRAWN = 4


@dataclass(frozen=True)
class RuleWords:
    """A rule of a conflict: its demand, its cases, and where it is set."""

    text: str
    cases: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class ConflictWords:
    """Rules that cannot all hold, with the runs of their weeks."""

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
    """Describe the conflicts of a diagnosis, each with the runs of its weeks."""
    return tuple(_conflict(conflict, result, diagnosis) for conflict in diagnosis.conflicts)


def _conflict(conflict: Conflict, result: Result, diagnosis: Diagnosis) -> ConflictWords:
    count = len(conflict.rules)
    head = "This rule cannot be kept" if count == 1 else f"These {number_word(count)} rules collide"
    drawn = sorted(conflict.weeks)[:WEEKS_DRAWN]
    calendar = run_calendar(monday_of(conflict.start), drawn, result.runs, result.units) if drawn else None
    return ConflictWords(
        head=head,
        when=f"{weeks_text(conflict.weeks)}, {format_day(conflict.start)} to {format_day(conflict.end)}",
        rules=tuple(map(_rule, conflict.rules)),
        foot=" ".join(filter(None, (needed(conflict, len(diagnosis.conflicts)), alike(conflict)))),
        calendar=calendar,
    )


def _rule(rule: ConflictRule) -> RuleWords:
    return RuleWords(rule.text, tuple(in_few_words(cases_of(rule), None)), source(rule))


def repairs(diagnosis: Diagnosis) -> tuple[RepairWords, ...]:
    """Describe the repairs of a diagnosis, least change first."""
    return tuple(
        RepairWords(
            repair.name,
            tuple(change.text for change in repair.changes),
            _where(diagnosis, repair),
            points(repair),
        )
        for repair in diagnosis.repairs
    )


def _where(diagnosis: Diagnosis, repair: Repair) -> str:
    week = repaired_week(diagnosis)
    if repair.lifts:
        return f"week {week}: {repair.lifts}"
    return f"no lift in week {week}" if repair.verified else ""
