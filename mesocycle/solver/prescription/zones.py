"""Repetitions, reserve and load of a set: what is written, else what strength's own clock is due for."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

from mesocycle.models.schemes import WrittenSet
from mesocycle.models.strength import Exercise, RepsUnit, Role
from mesocycle.solver.prescription.ceiling import MOST_RIR
from mesocycle.solver.prescription.clock import Turn, in_range
from mesocycle.solver.prescription.loads import guide_load, percent_for, reserve
from mesocycle.solver.prescription.moves import Move
from mesocycle.solver.prescription.schemes import DueLine

if TYPE_CHECKING:
    from mesocycle.solver.rules import RuleSettings

# Four stay in reserve as long as a movement is new.
USUAL_RIR, NEW_RIR = 2, 4
# A set of as many as go up stops with one in reserve.
OPEN_RIR = 1
# A load this much above what its repetitions and reserve allow is still the same load.
TOLERANCE = Fraction(5, 2)
COUNTED = (RepsUnit.REPS, RepsUnit.EACH_SIDE)
# What begins too late stays light: eight repetitions, and so many in a set and in reserve that the load lies
# below 75 % of 1RM.
EASED_REPS, EASED_TOTAL, EASED_RIR, EASED_PERCENT = 8, 11, 3, 70


@dataclass(frozen=True)
class Demands:
    """What the week and the runner demand of a session.

    Attributes
    ----------
    settings : RuleSettings
        Of every rule.
    turns : mapping of str to Turn
        By main lift, what its clock is due for; empty where load_rep_zone is off.
    novel : frozenset of str
        Exercises in their first exposures.
    caps : mapping of str to int
        Most sets of what is new.
    eased : frozenset of str
        What is new and began too late: it stays light.
    returning : bool
        Whether it is the first week after a break.
    older : bool
        Whether the floors of an older athlete hold.
    lines : mapping of str to DueLine
        By exercise, the sets that are written one by one and due.
    """

    settings: RuleSettings
    turns: Mapping[str, Turn] = field(default_factory=lambda: MappingProxyType({}))
    novel: frozenset[str] = frozenset()
    caps: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    eased: frozenset[str] = frozenset()
    returning: bool = False
    older: bool = False
    lines: Mapping[str, DueLine] = field(default_factory=lambda: MappingProxyType({}))

    def line_of(self, move: Move) -> DueLine | None:
        """The written sets of a movement; what stands in for another, or stays light, has none."""
        own = move.requested is None and not self.is_eased(move)
        return self.lines.get(move.exercise.id) if own else None

    def is_eased(self, move: Move) -> bool:
        """Whether a movement stays light: it stands in for what is new, or began too late itself."""
        return move.why == "new" or move.exercise.id in self.eased

    def short_of_failure(self, exercise: Exercise) -> int:
        """Repetitions by which each set stays short of failure."""
        limit = self.settings.never_failure
        return limit.least_rir if limit is not None and exercise.legs else 0

    def least_rir(self, exercise: Exercise) -> int:
        """Repetitions that stay in reserve, whatever is written; more in the first week after a break."""
        rir, back = self.short_of_failure(exercise), self.settings.return_from_break
        return max(rir, back.rir) if self.returning and back is not None else rir


@dataclass(frozen=True)
class PrescribedSet:
    """What one set of an exercise is.

    Attributes
    ----------
    reps, rir : int, int or None
        Repetitions (or seconds, or metres), and how many more could be done.
    load : int or None
        In % of 1RM: a guide, rounded to 5 %, that the legs' load and blackouts go by.
    share : Fraction
        The exact share of the week's max that is on the bar; 1 where none is counted.
    wave : int
        When the wave of strength began: with a new one the weight may fall.
    zone : str
        foundation, strength, power, taper, or none where repetitions do not follow the clock.
    line : DueLine or None
        The sets where they are written one by one; the rest of this is their heaviest then.
    each : tuple of PrescribedSet
        Those sets.
    """

    reps: int
    load: int | None
    rir: int | None
    share: Fraction = Fraction(1)
    wave: int = 0
    zone: str = ""
    line: DueLine | None = None
    each: tuple[PrescribedSet, ...] = ()


def prescribe(move: Move, demands: Demands) -> PrescribedSet:
    """Work out one set of an exercise; what the entry gives goes before any clock.

    Returns
    -------
    PrescribedSet
        Reserve decides: a load that leaves less than it is lowered to what does. The load of an exercise that
        stands in for another follows its repetitions.
    """
    exercise, entry = move.exercise, move.entry
    line = demands.line_of(move)
    if line is not None:
        each = tuple(_of_line(one, line, exercise, demands) for one in line.sets)
        return replace(each[line.top], line=line, each=each)
    turn = demands.turns.get(exercise.id)
    if entry.reps is not None or entry.load is not None or entry.written or entry.scheme is not None:
        turn = None
    if turn is not None and demands.is_eased(move):
        reps = min(turn.load_reps, in_range(EASED_REPS, exercise))
        turn = Turn("foundation", reps, reps, max(EASED_RIR, turn.rir), turn.wave)
    reps = entry.fixed_reps or exercise.reps
    if move.requested is not None:
        reps = in_range(reps, exercise)
    load = entry.load if move.requested is None else None
    if exercise.reps_unit not in COUNTED or exercise.role is Role.PLYOMETRIC:
        return PrescribedSet(reps, load, entry.rir, Fraction(load or 100, 100))
    floor = demands.least_rir(exercise)
    if demands.is_eased(move) and load is None:
        floor = max(floor, EASED_TOTAL - (reps if turn is None else turn.reps))
    if turn is not None:
        new = NEW_RIR if exercise.id in demands.novel else 0
        return _by_clock(turn, exercise, max(turn.rir, new) if entry.rir is None else entry.rir, floor)
    if load is not None:
        return _written(load, reps, entry.rir, floor, move, demands)
    new = NEW_RIR if exercise.id in demands.novel else USUAL_RIR
    rir = max(new if entry.rir is None else entry.rir, floor)
    guide = None
    if exercise.role is Role.MAIN and exercise.load is not None:
        guide = min(guide_load(reps, rir), exercise.load[1])
    return PrescribedSet(reps, guide, rir, percent_for(reps, rir) / 100)


def _of_line(one: WrittenSet, line: DueLine, exercise: Exercise, demands: Demands) -> PrescribedSet:
    """One set of a line: its load as it is written, else by what is left in reserve."""
    if exercise.reps_unit not in COUNTED or exercise.role is Role.PLYOMETRIC:
        return PrescribedSet(one.reps, None, one.rir, one.share or Fraction(1))
    floor = demands.short_of_failure(exercise)
    usual = OPEN_RIR if one.or_more else USUAL_RIR
    if one.share is not None:
        share = one.share * Fraction(str(line.scheme.of)) / 100
        left = OPEN_RIR if one.or_more else min(max(0, reserve(one.reps, 100 * share)), MOST_RIR)
        rir = max(left if one.rir is None else one.rir, floor)
        return PrescribedSet(one.reps, math.floor(100 * share), rir, share)
    rir = max(usual if one.rir is None else one.rir, floor)
    guide = None
    if exercise.role is Role.MAIN and exercise.load is not None:
        guide = min(guide_load(one.reps, rir), exercise.load[1])
    return PrescribedSet(one.reps, guide, rir, percent_for(one.reps, rir) / 100)


def _by_clock(turn: Turn, exercise: Exercise, rir: int, floor: int) -> PrescribedSet:
    """What the clock is due for; in a taper fewer repetitions at the load of the working weeks."""
    rir = max(rir, floor)
    load = None
    if exercise.load is not None:
        load = min(guide_load(turn.load_reps, rir), exercise.load[1])
    return PrescribedSet(
        reps=turn.reps,
        load=load,
        rir=rir + turn.load_reps - turn.reps,
        share=percent_for(turn.load_reps, rir) / 100,
        wave=turn.wave,
        zone=turn.zone,
    )


def _written(
    load: int, reps: int, rir: int | None, floor: int, move: Move, demands: Demands
) -> PrescribedSet:
    """A load as it is written, lowered where it leaves less in reserve than is demanded."""
    left = min(reserve(reps, load), MOST_RIR) if rir is None else rir
    raised = max(left, floor)
    # Without load_rep_zone a load stays as it is written, unless the reserve is raised.
    may_lower = demands.settings.load_rep_zone is not None
    if (may_lower or left < raised) and load > percent_for(reps, raised) + TOLERANCE:
        load = guide_load(reps, raised)
    if demands.is_eased(move):
        load = min(load, EASED_PERCENT)
    return PrescribedSet(reps, load, raised, Fraction(load, 100))
