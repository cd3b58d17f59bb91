"""How a block that is planned again stays near to the plan that was lived by.

A *move* is a session of the next days that changes its day, is dropped or added. Their number may be limited;
what changes later, and hours of the day, have small prices.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from mesocycle.models.clock import MINUTES_PER_DAY
from mesocycle.models.plan import Plan, Reference, Standing
from mesocycle.solver.instance.calendar import Calendar
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.prescription.lifts import Lift
from mesocycle.solver.rules.base import Case, Charge, Quota, Reason

# What these cases are filed under; no rule has that name.
STAY = "stay"
# Points for another day later on, and for another hour.
DAY_POINTS, HOUR_POINTS = 3, 1


@dataclass(frozen=True, eq=False)
class Stay:
    """What a plan should stay near to.

    Attributes
    ----------
    reference : Reference
        The plan that was lived by.
    until : int
        The last day on which changes are moves.
    spared : frozenset of str
        Ids of sessions whose changes are none: what happened left them no choice.
    most : int, optional
        So many moves at most.
    """

    reference: Reference
    until: int
    spared: frozenset[str] = frozenset()
    most: int | None = None

    def content(self, problem: Problem) -> Iterator[tuple[str, Case]]:
        """The limit of moves."""
        if self.most is not None:
            days = {lift.index: self._days(lift, problem.calendar) for lift in problem.lifts}
            yield STAY, Quota(tuple((lift, own) for lift, own in days.items() if own), self.most)

    def _days(self, lift: Lift, calendar: Calendar) -> tuple[int, ...]:
        """Days of its week on which a session is moved; with -1 it is also moved where it is left out."""
        if lift.settled is not None or lift.id in self.spared:
            return ()
        week = calendar.weeks[lift.week].days
        standing = self._standing.get(lift.id)
        if standing is None:
            return tuple(day for day in week if day <= self.until)
        home = (standing.date - calendar.monday).days
        return (-1, *(day for day in week if day != home)) if home <= self.until else ()

    @property
    def _standing(self) -> Mapping[str, Standing]:
        return {standing.id: standing for standing in self.reference.sessions}

    def placing(self, problem: Problem) -> Iterator[tuple[str, Case]]:
        """Prices of other days later on, and of other hours."""
        options, known = problem.options, self._standing
        standings = [known.get(lift.id) for lift in problem.lifts]
        priced = [
            standing is not None and lift.settled is None and lift.id not in self.spared
            for lift, standing in zip(problem.lifts, standings, strict=True)
        ]
        days = [(s.date - problem.calendar.monday).days if s is not None else 0 for s in standings]
        day = np.array(days, dtype=np.int64)[options.lift]
        start = np.array([s.start if s is not None else 0 for s in standings], dtype=np.int64)[options.lift]
        later = (options.day != day) & (day > self.until)
        hour = (options.day == day) & (options.start != day * MINUTES_PER_DAY + start)
        points = (DAY_POINTS * later + HOUR_POINTS * hour) * np.array(priced, dtype=np.int64)[options.lift]
        charged = np.flatnonzero(points)
        if len(charged):
            yield STAY, Charge(charged, points[charged], Reason("was planned", "were planned"))

    def price(self, plan: Plan, instance: Instance) -> int:
        """What other days later on, and other hours, cost in a plan."""
        points, known, last = 0, self._standing, instance.calendar.date_of(self.until)
        for session in plan.sessions:
            before = known.get(session.id)
            if before is None or session.id in self.spared | _settled(instance):
                continue
            if session.date != before.date:
                points += DAY_POINTS * (before.date > last)
            else:
                points += HOUR_POINTS * (session.start != before.start)
        return points

    def moved(self, plan: Plan, instance: Instance) -> tuple[str, ...]:
        """Ids of the sessions that a plan moves."""
        now = {session.id: session.date for session in plan.sessions}
        before = {standing.id: standing.date for standing in self.reference.sessions}
        last, settled = instance.calendar.date_of(self.until), _settled(instance)
        return tuple(
            name
            for name in dict.fromkeys([*before, *now])
            if name not in self.spared | settled
            and before.get(name) != now.get(name)
            and (before.get(name) or now[name]) <= last
        )


def _settled(instance: Instance) -> frozenset[str]:
    return frozenset() if instance.past is None else frozenset(instance.past.settled)
