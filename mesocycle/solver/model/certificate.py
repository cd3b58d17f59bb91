"""The proof of a bound as plain data: rows, whole multipliers, and what sessions and starts cost.

`benchmarks/check_certificate.py` adds it up again with the standard library alone: weak duality, as in
`relaxation`, over all versions of all sessions, not over those that were listed. What it takes on trust is
that the rows and prices are those of the scenario, and one theorem of `pricing`: at one start no version is
closed or charged less than a shorter and lighter one that counts for as many kinds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from mesocycle.solver.model.bound import Bounded
from mesocycle.solver.model.grounding import Grounded
from mesocycle.solver.model.relaxation import SCALE
from mesocycle.solver.placement.slots import Bools, Ints
from mesocycle.solver.prescription.amounts import Amount
from mesocycle.solver.prescription.items import LOADED_DOSE, REFERENCE_DOSE
from mesocycle.solver.prescription.lifts import Lift
from mesocycle.solver.prescription.versions import Space

FORMAT = "mesocycle-certificate"
VERSION = 2


def certificate(relaxed: Mapping[int, Bounded], input_sha256: str) -> dict[str, Any] | None:
    """The certificate of all patterns of lighter weeks; None where one of them has no bound yet.

    Parameters
    ----------
    relaxed : mapping of int to Bounded
        Every pattern of the block.
    input_sha256 : str
        Of the scenario, as in the result.

    Returns
    -------
    dict or None
        Ready for JSON. `bound` is the least of the patterns' own.
    """
    bounds = [relaxation.bound for relaxation in relaxed.values()]
    known = [bound for bound in bounds if bound is not None]
    if not known or len(known) < len(bounds):
        return None
    return {
        "format": FORMAT,
        "version": VERSION,
        "input_sha256": input_sha256,
        "scale": SCALE,
        "loaded": LOADED_DOSE,
        "heavy": REFERENCE_DOSE,
        "bound": min(known),
        "patterns": [_pattern(relaxation) for relaxation in relaxed.values()],
    }


class _Lists:
    """Lists of numbers, each once."""

    def __init__(self) -> None:
        self.numbers: dict[tuple[int, ...], int] = {}

    def number(self, values: Ints) -> int:
        """The number of a list."""
        return self.numbers.setdefault(tuple(values.tolist()), len(self.numbers))

    @property
    def data(self) -> list[list[int]]:
        """The lists in the order of their numbers."""
        return [list(values) for values in self.numbers]


class _Sessions:
    """The sessions of a pattern with their amounts, each once."""

    def __init__(self) -> None:
        self.numbers: dict[int, int] = {}
        self.data: list[dict[str, Any]] = []
        self.amounts: list[dict[int, int]] = []
        # What is numbered by its identity has to live on.
        self.kept: list[Amount] = []

    def number(self, lift: Lift) -> int:
        """The number of a lift's session."""
        space = lift.space
        if id(space) not in self.numbers:
            number = self.numbers[id(space)] = len(self.data)
            self.amounts.append({})
            self.data.append({"amounts": []})
            self.data[number] |= {
                "units": [list(unit) for unit in space.units],
                "ways": [list(ways) for ways in space.ways],
                "most_minutes": space.most_minutes,
                "minutes": self.amount(lift, lift.minutes),
                "dose": self.amount(lift, space.dose),
                "landings": self.amount(lift, lift.per_set("landings", lambda item: item.contacts)),
            }
        return self.numbers[id(space)]

    def amount(self, lift: Lift, amount: Amount) -> int:
        """The number of an amount within its session."""
        session = self.number(lift)
        known = self.amounts[session]
        if id(amount) not in known:
            known[id(amount)] = len(known)
            self.kept.append(amount)
            self.data[session]["amounts"].append(_amount(lift.space, amount))
        return known[id(amount)]


def _amount(space: Space, amount: Amount) -> dict[str, Any]:
    """Items by numbers of sets; where the sum is not the amount itself, from which sum on it is what."""
    table = amount.table.tolist()
    if amount.then is None:
        return {"table": table, "from": None, "values": None}
    low, high = space.sums(amount.table)
    values = amount.then(np.arange(low, high + 1, dtype=np.int64))
    first = np.flatnonzero(np.diff(values, prepend=values[:1] - 1))
    return {"table": table, "from": (low + first).tolist(), "values": values[first].tolist()}


def _pattern(relaxed: Bounded) -> dict[str, Any]:
    weighted, block, sessions = relaxed.weighted, relaxed.weighted.block, _Sessions()
    lifts, lists = relaxed.few.lifts, _Lists()
    first = len(block.chosen)
    counting = {variable for _, variable in block.hooks.defines}
    others = [at for at in range(first, len(block.uppers)) if at not in counting]
    number = {variable: at for at, variable in enumerate(others)}
    costs = block.costs()
    rows: dict[int, dict[str, Any]] = {}
    for at, (row, multiplier) in enumerate(zip(block.rows, weighted.signed.tolist(), strict=True)):
        if multiplier:
            pairs = zip(row.variables, row.coefficients, strict=True)
            rows[at] = {
                "multiplier": multiplier,
                "low": row.low,
                "high": row.high,
                "others": [[number[v], coefficient] for v, coefficient in pairs if v in number],
            }
    _add_hooks(relaxed, rows, sessions)
    return {
        "lighter_weeks": sorted(week + 1 for week in relaxed.few.deload_weeks),
        "bound": relaxed.bound,
        "sum": relaxed.scaled,
        "offset": block.offset,
        "variables": [[block.uppers[at], int(costs[at])] for at in others],
        "rows": list(rows.values()),
        "lifts": [
            {
                "id": lift.id,
                "kind": lift.kind,
                "left_out": number[block.left_out[lift.index].index],
                "least": int(relaxed.claimed[lift.index]),
                "session": sessions.number(lift),
                "prices": [
                    [case.points, sessions.amount(lift, case.amount)]
                    for case in relaxed.pricing.prices[lift.index]
                ],
                "bars": [sessions.amount(lift, case.amount) for case in relaxed.pricing.bars[lift.index]],
                "probes": probes,
            }
            for lift, probes in zip(lifts, _probes(relaxed, lists), strict=True)
        ],
        "sessions": sessions.data,
        "lists": lists.data,
    }


def _add_hooks(relaxed: Bounded, rows: Mapping[int, dict[str, Any]], sessions: _Sessions) -> None:
    """What the rows count of options: by day and kind, by stretch of time, by version."""
    hooks, lifts = relaxed.weighted.block.hooks, relaxed.few.lifts
    entries: list[tuple[int, str, list[Any]]] = [
        (row, name, list(rest))
        for name in ("days", "lift_days", "stretches", "moments")
        for row, *rest in getattr(hooks, name)
    ]
    for row, count in hooks.versions:
        if row in rows:
            amount = sessions.amount(lifts[count.lift], count.amount)
            entries.append((row, "versions", [count.lift, count.coefficient, amount]))
    for row, name, entry in entries:
        if row in rows:
            rows[row].setdefault(name, []).append(entry)


def _probes(relaxed: Bounded, lists: _Lists) -> list[list[dict[str, Any]]]:
    """By lift: a length and a load, where a session of these may start, and what it is charged there."""
    probes: list[list[dict[str, Any]]] = [[] for _ in relaxed.few.lifts]
    for grounded, _, usable in relaxed.places.parts:
        _add_probes(probes, lists, grounded, usable)
    ground = relaxed.ground
    _add_probes(probes, lists, ground, ~ground.shut())
    return probes


def _add_probes(probes: list[list[dict[str, Any]]], lists: _Lists, grounded: Grounded, usable: Bools) -> None:
    options, charges = grounded.problem.options, grounded.charges()
    firsts = np.searchsorted(options.lift, np.arange(len(probes) + 1))
    for lift in grounded.problem.lifts:
        positions = np.arange(firsts[lift.index], firsts[lift.index + 1])
        positions = positions[usable[positions]]
        for number, version in enumerate(lift.versions):
            there = positions[options.version[positions] == number]
            probes[lift.index].append(
                {
                    "minutes": version.minutes,
                    "dose": version.dose,
                    "jumps": version.jumps,
                    "starts": lists.number(options.start[there]),
                    "charges": lists.number(charges[there]),
                }
            )
