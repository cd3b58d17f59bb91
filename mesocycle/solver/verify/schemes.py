"""Sets that are written one by one, worked out a second time: which are due, and of what they are shares."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import NamedTuple

from mesocycle.models.schemes import Scheme, Step, WrittenSet
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.verify.content import Move
from mesocycle.solver.verify.season import AWAY

# A gym with pounds has ten where one with kilos has five.
OTHER_UNIT = {"kg": Fraction(1, 2), "lb": Fraction(2)}


class Line(NamedTuple):
    """The sets that are due, as a scheme has them or as they are written for an exercise.

    `of` is the training max as a share of the 1RM, `through` counts how often all lines were done, `light`
    tells that it is the line of lighter weeks, `step` is what the training max grows by.
    """

    scheme: str | None
    sets: tuple[WrittenSet, ...]
    of: Fraction
    through: int
    light: bool
    step: Step | None
    cue: str

    @property
    def order(self) -> list[int]:
        """Places of the sets in the order in which they are kept: top, last, then from the heaviest down."""
        last = len(self.sets) - 1
        loads = [(one.percent or 0, at) for at, one in enumerate(self.sets)]
        others = [at for _, at in sorted(loads, reverse=True) if at not in (self.top, last)]
        return [self.top, *([] if last == self.top else [last]), *others]

    @property
    def top(self) -> int:
        """The place of the heaviest set, the last of equals."""
        most = max(one.percent or 0 for one in self.sets)
        return max(at for at, one in enumerate(self.sets) if (one.percent or 0) == most)

    def done(self, count: int) -> list[int]:
        """Places of the sets that are done if so many are."""
        return sorted(self.order[:count])

    def standing(self, one_rm: Fraction | None, unit: str, most: Fraction) -> Fraction | None:
        """The 1RM of the training max, as a share of the first; None where it is the week's own."""
        if self.step is None:
            return None
        grown = Fraction(str(self.step.amount)) * self.through
        if self.step.unit == "%":
            return min(1 + grown / 100, most)
        if one_rm is None:
            return Fraction(1)
        if self.step.unit != unit:
            grown *= OTHER_UNIT[unit]
        return min(1 + grown / (self.of * one_rm), most)


class Lines:
    """Where each movement stands; sessions are given as they are expected."""

    def __init__(self, instance: Instance, deloads: frozenset[int]) -> None:
        self.instance, self.deloads = instance, deloads
        self.taken: Counter[tuple[str, str]] = Counter()
        self.last: dict[tuple[str, str], int] = {}

    def due(self, move: Move, week: int, counts: bool) -> Line | None:
        """The line of a movement in a week; only a week with room for a lift counts."""
        found = None if move.requested is not None else _written(move, self.instance)
        if found is None:
            return None
        name, scheme = found
        key = (move.exercise.id, name)
        phase = self.instance.calendar.weeks[week].phase
        light = phase in AWAY or week in self.deloads or week in self.instance.returns
        works = counts and not light
        again = scheme.advance == "week" and self.last.get(key) == week
        at = self.taken[key] - again
        if works and not again:
            self.taken[key] += 1
            self.last[key] = week
        lighter = not works and len(scheme.lighter) > 0
        sets = tuple(scheme.lighter) if lighter else scheme.lines[at % len(scheme.lines)]
        grow = scheme.grow
        step = None if grow is None else grow.legs if move.exercise.legs else grow.upper
        of = Fraction(str(scheme.of)) / 100
        through = (max(0, at - 1) if lighter else at) // len(scheme.lines)
        return Line(name or None, sets, of, through, lighter, step, "" if lighter else scheme.cue)


def _written(move: Move, instance: Instance) -> tuple[str, Scheme] | None:
    entry = move.entry
    if entry.scheme:
        return entry.scheme, instance.schemes[entry.scheme]
    if not entry.written:
        return None
    sets = []
    for one in entry.written:
        percent = one.percent if entry.load is None or one.percent is not None else float(entry.load)
        rir = entry.rir if one.rir is None else one.rir
        sets.append(one.model_copy(update={"percent": percent, "rir": rir}))
    if entry.is_range:
        _, most = entry.range or move.exercise.sets
        sets *= most
    return "", Scheme(lines=(tuple(sets),))
