"""Strength's own clock: which repetitions a movement is due for, whatever the phase of the running.

All of it is known before anything is decided: it counts the weeks in which a movement is expected, not those
in which it will be done.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from mesocycle.models.strength import Exercise
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.instance.phases import round_half_up

if TYPE_CHECKING:
    from mesocycle.solver.rules import load_rep_zone

# Repetitions of the first working weeks, the last of them for all that follow, and of those of strength.
FOUNDATION = (10, 8)
STRENGTH = (6, 5, 5, 5, 4)
FOUNDATION_RIR, STRENGTH_RIR, POWER_RIR = 3, 2, 3
POWER_REPS = 3
# In peak weeks five repetitions become four after so many working weeks.
PEAK_STEP = 2
# A third of the block at most goes by before a new lifter's first heavy sets, but two exposures at least.
NEW_SHARE, LEAST_NEW = Fraction(1, 3), 2
TAPER_FEWER, LEAST_TAPER = 2, 3


@dataclass(frozen=True)
class Turn:
    """What a main lift is due for in a week.

    `zone` is foundation, strength, power or taper. `reps` are done; the load goes by `load_reps`, those of
    the working weeks, with `rir` in reserve, as a taper takes repetitions but no weight. `wave` is the week
    (number) in which the wave of strength began, 0 before the first.
    """

    zone: str
    reps: int
    load_reps: int
    rir: int
    wave: int = 0


@dataclass(frozen=True)
class WeekKind:
    """What a week is for strength.

    `working` weeks step and grow; lighter, taper and recovery weeks do neither. `returning` weeks are the
    first after a break.
    """

    number: int
    phase: str
    working: bool
    returning: bool

    @property
    def steps(self) -> bool:
        """Whether repetitions go on in it."""
        return self.working and not self.returning


def week_kinds(instance: Instance, deloads: frozenset[int]) -> tuple[WeekKind, ...]:
    """What each week of a block is, with these lighter weeks (indices)."""
    return tuple(
        WeekKind(
            number=week.number,
            phase=week.phase,
            working=week.phase not in ("taper", "recovery")
            and (index not in deloads or index in instance.returns),
            returning=index in instance.returns,
        )
        for index, week in enumerate(instance.calendar.weeks)
    )


class Clock:
    """Where one movement stands; its weeks are given one by one, in order, as far as they expect it."""

    def __init__(self, instance: Instance, settings: load_rep_zone.Parameters) -> None:
        scenario, weeks = instance.scenario, len(instance.calendar.weeks)
        new = scenario.athlete.experience == "new"
        first = settings.foundation
        if new:
            share = max(LEAST_NEW, round_half_up(NEW_SHARE * weeks))
            first = min(settings.new_foundation, share)
        if scenario.history.strength_phase == "strength":
            first = 0
        self.foundation = first
        self.sequence = (FOUNDATION[:1] + FOUNDATION[1:] * max(0, first - 1))[:first] + STRENGTH
        racing = any(race.priority == "A" for race in scenario.races)
        self.wave_weeks = None if racing else settings.wave_weeks
        self.power = settings.build == "power" and not new
        self.after_break = instance.settings.return_from_break
        self.position = -1
        self.in_peak = 0
        self.wave = 0

    def turn(self, kind: WeekKind, exercise: Exercise) -> Turn:
        """Take a week in which the movement is expected.

        Parameters
        ----------
        kind : WeekKind
            What the week is.
        exercise : Exercise
            The movement; its range of repetitions bounds what it is due for.
        """
        if kind.steps:
            self._step(kind)
        position = max(0, self.position - kind.returning)
        zone = "foundation" if position < self.foundation else "strength"
        reps = self.sequence[min(position, len(self.sequence) - 1)]
        rir = FOUNDATION_RIR if zone == "foundation" else STRENGTH_RIR
        if self.power and zone == "strength" and kind.phase == "build":
            zone, reps, rir = "power", POWER_REPS, POWER_RIR
        if kind.returning and self.after_break is not None:
            rir = max(rir, self.after_break.rir)
        reps = in_range(reps, exercise)
        done = reps
        if kind.phase == "taper":
            zone, done = "taper", min(reps, max(LEAST_TAPER, reps - TAPER_FEWER))
        return Turn(zone, done, reps, rir, self.wave)

    def _step(self, kind: WeekKind) -> None:
        """Go on by a week."""
        last = len(self.sequence) - 1
        if self.wave and self.wave_weeks and kind.number >= self.wave + self.wave_weeks:
            self.position, self.wave, self.in_peak = self.foundation, kind.number, 0
            return
        heavy = self.position >= 0 and self.sequence[min(self.position, last)] <= STRENGTH[1]
        if kind.phase == "peak" and heavy:
            self.in_peak += 1
            if self.in_peak % PEAK_STEP == 0:
                self.position = last
        else:
            self.position += 1
        if not self.wave and self.position >= self.foundation:
            self.wave = kind.number


def in_range(reps: int, exercise: Exercise) -> int:
    """Bring repetitions into the range of an exercise."""
    low, high = exercise.reps_range
    return min(max(reps, low), high)
