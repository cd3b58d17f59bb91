"""Rows of a comparison in words that the terminal, files and pages share."""

from __future__ import annotations

from mesocycle.models.comparison import Row, Summary
from mesocycle.models.outcome import RowStatus

# Differences by rule that are named; the others are summed up.
RULES_SHOWN = 3
STATUS = {
    RowStatus.INFEASIBLE: "no block",
    RowStatus.UNKNOWN: "no answer",
    RowStatus.ERROR: "wrong",
    RowStatus.FAILED: "failed",
    RowStatus.SKIPPED: "not solved",
}


def reason(row: Row) -> str:
    """Why a row has no plan: "no block: ..."."""
    return ": ".join(filter(None, (STATUS.get(row.status, row.status.value), row.reason)))


def remark(row: Row) -> str:
    """What is special about a row: why it has no plan, that it is the best, or which other is better."""
    if not row.planned:
        return reason(row)
    if row.best:
        return "fewest points"
    return f"dominated by {row.dominated_by}" if row.dominated_by else ""


def largest_first(row: Row) -> list[tuple[str, int]]:
    """Where a row's points differ from its base's, by rule."""
    return sorted(row.difference_by_rule.items(), key=lambda item: -abs(item[1]))


def verdict(summary: Summary) -> str:
    """How many have a plan, and how sure that is."""
    told = f"{summary.planned} of {summary.variants} planned, {summary.proven} proven optimal"
    if summary.skipped:
        why = "it was stopped" if summary.interrupted else "time was up"
        told += f", {summary.skipped} not solved as {why}"
    return f"{told}."
