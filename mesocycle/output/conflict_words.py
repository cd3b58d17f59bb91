"""Words for a diagnosis: where a rule is set, what a conflict needs, what a repair pays."""

from __future__ import annotations

from pathlib import PurePath

from mesocycle.models.clock import weeks_text
from mesocycle.models.diagnosis import Conflict, ConflictRule, Diagnosis, Repair
from mesocycle.models.numbers import counted

NO_REPAIR = "No small change of the rules was found that makes a block possible."
TIME_WAS_UP = "Time was up before everything was tried."


def place(rule: ConflictRule) -> str:
    """Where a rule is set, "block.yaml:31", without folders; empty for a default."""
    return PurePath(rule.place.replace("\\", "/")).name


def source(rule: ConflictRule) -> str:
    """The key that sets a rule, and its place: "rules.lift_spacing, block.yaml:31"."""
    if rule.source == f"rules.{rule.id}":
        return f"{rule.source}, {place(rule) or 'by default'}"
    return ", ".join(filter(None, (rule.source, place(rule))))


def needed(conflict: Conflict, conflicts: int) -> str:
    """Whether a conflict needs all of its rules; empty if there is only one."""
    if not conflict.proven_minimal:
        return "They may not all be needed for that: the time was up before it was known."
    if len(conflict.rules) < 2:
        return ""
    return (
        f"Without any one of them {'the others can be kept' if conflicts == 1 else 'this conflict is gone'}."
    )


def alike(conflict: Conflict) -> str:
    """The weeks that fail for the same reason; empty if there are none."""
    return f"The same in {weeks_text(conflict.alike)}." if conflict.alike else ""


def repaired_week(diagnosis: Diagnosis) -> int:
    """The week of the lifts that a repair names."""
    return diagnosis.conflicts[0].weeks[0] if diagnosis.conflicts else 1


def points(repair: Repair) -> str:
    """What the block of a repair pays, and how sure that is: "at most 12 points"."""
    if repair.objective is None:
        return "not planned in time"
    text = counted(repair.objective, "point")
    return text if repair.proven else f"at most {text}"
