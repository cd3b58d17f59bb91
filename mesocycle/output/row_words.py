"""Words for rows side by side: why one has no plan, how it stands to the base, what helps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from mesocycle.models.numbers import counted
from mesocycle.models.outcome import RowStatus
from mesocycle.output.words import listing

if TYPE_CHECKING:
    from mesocycle.models.advice import Help
    from mesocycle.models.comparison import Row, Summary

T = TypeVar("T")

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
    """A remark on a row: why it has no plan, that it is the best, or which other is better."""
    if not row.planned:
        return reason(row)
    mark = "fewest points" if row.best else f"dominated by {row.dominated_by}" if row.dominated_by else ""
    return "; ".join(filter(None, (mark, beside_base(row))))


def beside_base(row: Row) -> str:
    """How a block stands to the base's rules, if not as the base's own does."""
    if row.not_comparable:
        return f"not comparable: {row.not_comparable}"
    return f"does not keep {listing(row.breaks)} of the base" if row.breaks else ""


def largest_first(row: Row) -> list[tuple[str, int]]:
    """Where a row's points under the base's rules differ from the base's, by rule."""
    return sorted(row.judged_by_rule.items(), key=lambda item: -abs(item[1]))


def advice(summary: Summary, most: int | None = None) -> Iterator[str]:
    """What helps, what can be traded, and what else would serve, a sentence each.

    Of several scenarios more than `most` of a kind are left out: nobody reads them.
    """
    several = len(summary.best) > 1

    def shown(kind: Sequence[T]) -> Sequence[T]:
        return () if several and most is not None and len(kind) > most else kind

    for help_ in shown(summary.helps):
        whose = f" for {help_.scenario}" if several else ""
        yield f"The change that helps most{whose}: {help_.name} ({gain(help_)})."
    for trade in shown(summary.trades):
        whose = f" for {trade.scenario}" if several else ""
        yield f"A trade{whose}: {trade.name}: {trade.text}."
    yield from shown(summary.hints)


def gain(help_: Help) -> str:
    """What a change brings: "12 points fewer"."""
    if help_.difference is None:
        return "makes a block possible"
    return f"{counted(-help_.difference, 'point')} fewer"


def verdict(summary: Summary) -> str:
    """How many rows have a plan, and how sure that is."""
    text = f"{summary.planned} of {summary.variants} planned, {summary.proven} proven optimal"
    if summary.skipped:
        why = "it was stopped" if summary.interrupted else "time was up"
        text += f", {summary.skipped} not solved as {why}"
    return f"{text}."
