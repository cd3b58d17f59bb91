"""What a coach would say of a comparison: what helps without giving up strength, and what is a trade."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mesocycle.models.advice import Help, Trade
from mesocycle.models.comparison import Row
from mesocycle.what_if.yardstick import is_about_free_time, is_about_places


def is_fair(row: Row) -> bool:
    """Whether the base's rules judge a block, and it keeps the hard ones but for the hours that are free."""
    return row.judged is not None and all(is_about_free_time(rule) for rule in row.breaks)


def strength_beside(row: Row, base: Row) -> tuple[int, int]:
    """Lifts and leg sets of a block beside those of its base."""
    return (row.lifts or 0) - (base.lifts or 0), (row.leg_sets or 0) - (base.leg_sets or 0)


def keeps_strength(row: Row, base: Row) -> bool:
    """Whether a block has at least the lifts and the leg sets of its base."""
    return min(strength_beside(row, base)) >= 0


def change_that_helps(base: Row, alone: Sequence[Row]) -> Help | None:
    """The single change that helps most; of those that keep the base's strength, or make a block possible.

    Parameters
    ----------
    base : Row
        What all is set against.
    alone : sequence of Row
        The variants that differ from it in one value.
    """
    if not base.is_base:
        return None
    if base.objective is None:
        planned = [row for row in alone if row.objective is not None]
        # Nothing is known of the base's strength: what keeps the most of it comes first.
        best = min(planned, key=lambda row: (-(row.lifts or 0), row.objective, row.moved or 0), default=None)
        return None if best is None else _help(best, best.objective or 0, None)
    fair = [row for row in alone if is_fair(row) and keeps_strength(row, base)]
    best = min(fair, key=lambda row: (row.judged, row.moved or 0), default=None)
    if best is None or best.judged is None or best.judged >= base.objective:
        return None
    return _help(best, best.judged, best.judged - base.objective)


def _help(row: Row, points: int, difference: int | None) -> Help:
    return Help(
        scenario=row.scenario,
        name=row.name,
        changes=row.changes,
        objective=points,
        difference=difference,
        breaks=row.breaks,
    )


def points_for_places(row: Row) -> int:
    """Points beside the base's for where lifts stand, without those for how much is lifted."""
    return sum(by for rule, by in row.judged_by_rule.items() if is_about_places(rule))


def trades_of(base: Row, alone: Sequence[Row]) -> Iterator[Trade]:
    """Yield the single changes that buy calm with strength, or strength with points."""
    for row in alone if base.is_base and base.planned else ():
        lifts, leg_sets = strength_beside(row, base)
        gains, gives = max(lifts, leg_sets) > 0, min(lifts, leg_sets) < 0
        points = row.judged_difference if gains else points_for_places(row)
        # Less strength that buys no calm is no trade.
        if is_fair(row) and points is not None and (gains or (gives and points < 0)):
            yield Trade(
                scenario=row.scenario,
                name=row.name,
                changes=row.changes,
                points=points,
                lifts=lifts,
                leg_sets=leg_sets,
                weeks=row.weeks or 1,
            )
