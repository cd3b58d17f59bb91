"""The rows summed up: the best, the dominated, the change that helps most, and means over athletes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import numpy as np

from mesocycle.models.comparison import Across, Help, Row, Summary
from mesocycle.models.outcome import RowStatus


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
    best: dict[str, str] = {}
    at = 0
    for scenario, group in groupby(rows, key=lambda row: row.scenario):
        variants = _marked(list(group))
        help_ = _help(variants, single[at : at + len(variants)])
        helps += [help_] if help_ is not None else []
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
        across=tuple(_across(marked)) if len(best) > 1 else (),
        interrupted=interrupted,
    )
    return tuple(marked), summary


def _marked(rows: list[Row]) -> list[Row]:
    planned = [row for row in rows if row.objective is not None]
    if not planned:
        return rows
    # Of as few points the one with more strength, so that no best row is dominated.
    best = min(planned, key=lambda row: (*(-good for good in _goods(row)), row.moved or 0))
    marks: dict[int, dict[str, Any]] = {id(best): {"best": True}} if len(planned) > 1 else {}
    for row, above in _dominated(planned):
        marks[id(row)] = {"dominated_by": above.name}
    return [row.model_copy(update=marks[id(row)]) if id(row) in marks else row for row in rows]


def _dominated(rows: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """Yield dominated rows, each with the row of fewest points that dominates it.

    Best first, a row is only compared with rows that are not dominated: few, however many rows there are.
    """
    goods = [_goods(row) for row in rows]
    order = sorted(range(len(rows)), key=lambda at: (*(-good for good in goods[at]), at))
    front = np.empty((len(rows), 4))
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


def _goods(row: Row) -> tuple[float, float, float, float]:
    """The numbers of which more is better: points (negative), lifts, sets, hours to the next key run."""
    hours = math.inf if row.key_run_hours is None else row.key_run_hours
    return -(row.objective or 0), row.lifts or 0, row.sets or 0, hours


def _help(rows: Sequence[Row], single: Sequence[bool]) -> Help | None:
    base = rows[0]
    planned = [row for row, alone in zip(rows, single, strict=True) if alone and row.objective is not None]
    if not base.is_base or not planned:
        return None
    best = min(planned, key=lambda row: (row.objective, row.moved or 0))
    if best.objective is None or (base.objective is not None and best.objective >= base.objective):
        return None
    return Help(
        scenario=best.scenario,
        name=best.name,
        changes=best.changes,
        objective=best.objective,
        difference=best.difference,
    )


def _across(rows: Sequence[Row]) -> list[Across]:
    """Sum up each variant over the scenarios that have it, in order of first appearance."""
    summaries: list[Across] = []
    by_name: dict[str, list[Row]] = {}
    for row in rows:
        if not row.is_base:
            by_name.setdefault(row.name, []).append(row)
    for name, variants in by_name.items():
        changes = [row.difference for row in variants if row.difference is not None]
        moves = [row.moved for row in variants if row.moved is not None]
        if len(variants) > 1:
            summaries.append(
                Across(
                    name=name,
                    planned=sum(row.planned for row in variants),
                    of=len(variants),
                    compared=len(changes),
                    difference=round(sum(changes) / len(changes), 1) if changes else None,
                    moved=round(sum(moves) / len(moves), 1) if moves else None,
                    better=sum(change < 0 for change in changes),
                    worse=sum(change > 0 for change in changes),
                )
            )
    return summaries
