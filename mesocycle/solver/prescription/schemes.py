"""Sets written one by one: which line of a scheme is due, which sets are kept, and the training max.

All of it is known before anything is decided: lines advance with the times a movement is expected.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from mesocycle.models.schemes import Scheme, WrittenSet
from mesocycle.models.sessions import SessionExercise
from mesocycle.models.strength import Exercise
from mesocycle.solver.prescription.clock import WeekKind


class DueLine(NamedTuple):
    """The sets that are due of a movement.

    `name` tells schemes apart, `through` counts the times that all lines have been done, `lighter` tells that
    it is the line of lighter weeks.
    """

    name: str
    scheme: Scheme
    sets: tuple[WrittenSet, ...]
    through: int
    lighter: bool

    @property
    def cue(self) -> str:
        """What to mind; lighter weeks have nothing to mind."""
        return "" if self.lighter else self.scheme.cue

    @property
    def top(self) -> int:
        """The place of the heaviest set, of equals the last."""
        return _order(self.sets)[0]

    def kept(self, count: int) -> tuple[int, ...]:
        """Places of the sets that stay where so many are done: the heaviest, the last, the next heaviest."""
        ranked = dict.fromkeys((self.top, len(self.sets) - 1, *_order(self.sets)))
        return tuple(sorted([*ranked][:count]))


def _order(sets: Sequence[WrittenSet]) -> list[int]:
    """Places of sets from the heaviest to the lightest, of equals the last first."""
    return sorted(range(len(sets)), key=lambda at: (-(sets[at].percent or 0), -at))


def needs_record(scheme: Scheme) -> bool:
    """Whether it grows by a weight, which only a 1RM makes a share of something."""
    grow = scheme.grow
    return grow is not None and any(step.unit != "%" for step in (grow.legs, grow.upper))


def scheme_of(
    entry: SessionExercise, exercise: Exercise, known: Mapping[str, Scheme]
) -> tuple[str, Scheme] | None:
    """The scheme of an entry with its name: one that is named, or the sets that are written in it."""
    if entry.scheme is not None:
        return entry.scheme, known[entry.scheme]
    if not entry.written:
        return None
    return "", Scheme(lines=(tuple(_filled(one, entry) for one in _repeated(entry, exercise)),))


def _repeated(entry: SessionExercise, exercise: Exercise) -> tuple[WrittenSet, ...]:
    """The written sets; one range of repetitions stands for as many sets as there are."""
    return entry.written * (entry.range or exercise.sets)[1] if entry.is_range else entry.written


def _filled(one: WrittenSet, entry: SessionExercise) -> WrittenSet:
    """A set with the load and the reserve that the entry gives for all of them."""
    if one.percent is None and entry.load is not None:
        one = one.model_copy(update={"percent": float(entry.load)})
    if one.rir is None and entry.rir is not None:
        one = one.model_copy(update={"rir": entry.rir})
    return one


@dataclass
class Schemes:
    """Where each movement stands in its scheme; weeks are given in order."""

    known: Mapping[str, Scheme]
    done: dict[tuple[str, str], int] = field(default_factory=dict)
    week_of: dict[tuple[str, str], int] = field(default_factory=dict)

    def due(self, exercise: Exercise, entry: SessionExercise, kind: WeekKind) -> DueLine | None:
        """Take a session in which the movement is expected.

        Working weeks take the next line. Others take the lighter line, or the one that is due, and no step.
        """
        found = scheme_of(entry, exercise, self.known)
        if found is None:
            return None
        name, scheme = found
        key = (exercise.id, name)
        number = self.done.get(key, 0)
        steps = kind.steps
        if scheme.advance == "week" and self.week_of.get(key) == kind.number:
            number, steps = number - 1, False
        if steps:
            self.done[key], self.week_of[key] = number + 1, kind.number
        count = len(scheme.lines)
        if not kind.steps and scheme.lighter:
            # It ends what was done before: the training max grows with the next line.
            return DueLine(name, scheme, tuple(scheme.lighter), max(0, number - 1) // count, True)
        return DueLine(name, scheme, scheme.lines[number % count], number // count, False)


def standing(
    due: DueLine, exercise: Exercise, one_rm: Fraction | None, unit: str, most: Fraction
) -> Fraction | None:
    """The 1RM that a growing training max stands for, as a share of the record; None where it does not grow.

    Parameters
    ----------
    due : DueLine
        The line.
    exercise : Exercise
        Legs grow by other steps than the upper body.
    one_rm : Fraction or None
        Of the record; without one only a step in % can be told.
    unit : str
        The runner's, kg or lb.
    most : Fraction
        More than this share of the record it never stands for.
    """
    grow = due.scheme.grow
    if grow is None:
        return None
    of = Fraction(str(due.scheme.of)) / 100
    first = of * (one_rm or 1)
    step = grow.legs if exercise.legs else grow.upper
    if one_rm is None and step.unit != "%":
        return Fraction(1)
    return min((first + due.through * step.of(first, unit)) / first, most)
