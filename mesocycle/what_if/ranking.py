"""The rows summed up: the best, the dominated, and means over athletes.

Points are those under the base's rules: by its own a variant looks calm as soon as it asks for less.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import numpy as np

from mesocycle.models.advice import Help, Trade
from mesocycle.models.comparison import Across, Row, Summary
from mesocycle.models.outcome import RowStatus
from mesocycle.what_if.advice import (
    change_that_helps,
    is_fair,
    keeps_strength,
    points_for_places,
    strength_beside,
    trades_of,
)


def ranked(rows: Sequence[Row], single: Sequence[bool], interrupted: bool) -> tuple[tuple[Row, ...], Summary]:
    """Mark the rows of each scenario, and sum them up.

    Parameters
    ----------
    rows : sequence of Row
        By scenario, each with its base first.
    single : sequence of bool
        Which rows differ from their base in one value.
    interrupted : bool
        Whether rows are missing because the user stopped.
    """
    marked: list[Row] = []
    helps: list[Help] = []
    trades: list[Trade] = []
    best: dict[str, str] = {}
    at = 0
    for scenario, group in groupby(rows, key=lambda row: row.scenario):
        variants = _marked(list(group))
        alone = [row for row, one in zip(variants, single[at : at + len(variants)], strict=True) if one]
        help_ = change_that_helps(variants[0], alone)
        helps += [help_] if help_ is not None else []
        trades += trades_of(variants[0], alone)
        best[scenario] = next((row.name for row in variants if row.best), "")
        marked += variants
        at += len(variants)
    summary = Summary(
        variants=len(rows),
        planned=sum(row.planned for row in rows),
        proven=sum(row.proven for row in rows),
        skipped=sum(row.status is RowStatus.SKIPPED for row in rows),
        best=best,
        helps=tuple(helps),
        trades=tuple(trades),
        hints=tuple(dict.fromkeys(row.hint for row in rows if row.hint)),
        across=tuple(_across(marked)) if len(best) > 1 else (),
        interrupted=interrupted,
    )
    return tuple(marked), summary


def _marked(rows: list[Row]) -> list[Row]:
    fair = [row for row in rows if is_fair(row)]
    strong = [row for row in fair if keeps_strength(row, rows[0])]
    marks: dict[int, dict[str, Any]] = {}
    if len([row for row in rows if row.planned]) > 1 and strong:
        # Of as few points the one with more strength, so that no best row is dominated.
        best = min(strong, key=lambda row: (*(-good for good in _goods(row)), row.moved or 0))
        marks[id(best)] = {"best": True}
    for row, above in _dominated(fair):
        marks[id(row)] = {"dominated_by": above.name}
    return [row.model_copy(update=marks[id(row)]) if id(row) in marks else row for row in rows]


def _dominated(rows: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """Yield dominated rows, each with the row of fewest points that dominates it.

    Best first, a row is only compared with rows that are not dominated: few, however many rows there are.
    """
    goods = [_goods(row) for row in rows]
    order = sorted(range(len(rows)), key=lambda at: (*(-good for good in goods[at]), at))
    front = np.empty((len(rows), 6))
    members: list[Row] = []
    for at in order:
        own = np.array(goods[at])
        known = front[: len(members)]
        above = (known >= own).all(axis=1) & (known > own).any(axis=1)
        if above.any():
            yield rows[at], members[int(np.argmax(above))]
        else:
            front[len(members)] = own
            members.append(rows[at])


def _goods(row: Row) -> tuple[float, ...]:
    """Of these more is better: points and those for places (negative), lifts, leg sets, sets, hours to a run.

    What is left out costs points, so that calm which is bought with strength shows in the second alone.
    """
    hours = math.inf if row.key_run_hours is None else row.key_run_hours
    strength = row.lifts or 0, row.leg_sets or 0, row.sets or 0
    return -(row.judged or 0), -points_for_places(row), *strength, hours


def _across(rows: Sequence[Row]) -> list[Across]:
    """Sum up each variant over the scenarios that have it, in order of first appearance."""
    bases = {row.scenario: row for row in rows if row.is_base}
    by_name: dict[str, list[Row]] = {}
    for row in rows:
        if not row.is_base:
            by_name.setdefault(row.name, []).append(row)
    return [_summed(name, variants, bases) for name, variants in by_name.items() if len(variants) > 1]


def _summed(name: str, variants: Sequence[Row], bases: Mapping[str, Row]) -> Across:
    compared = [row for row in variants if row.judged_difference is not None]
    strength = [strength_beside(row, bases[row.scenario]) for row in compared]
    changes = [row.judged_difference or 0 for row in compared]
    return Across(
        name=name,
        planned=sum(row.planned for row in variants),
        of=len(variants),
        compared=len(compared),
        difference=_mean(changes),
        lifts=_mean([lifts for lifts, _ in strength]),
        leg_sets=_mean([sets for _, sets in strength]),
        moved=_mean([row.moved for row in variants if row.moved is not None]),
        better=sum(
            by < 0 and min(more) >= 0 and is_fair(row)
            for row, by, more in zip(compared, changes, strength, strict=True)
        ),
        worse=sum(by > 0 for by in changes),
    )


def _mean(values: Sequence[int]) -> float | None:
    return round(sum(values) / len(values), 1) if values else None
