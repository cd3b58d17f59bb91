"""What a rule is, and the few kinds of data it may yield.

A rule is a module: its docstring is its page, `Parameters` its settings, `ground` and `place` turn a problem
into cases. Cases are data; only `model.rows` turns them into rows of the model.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from types import ModuleType
from typing import Any

import numpy as np

from mesocycle.models.plan import Notice, PlannedSession
from mesocycle.solver.instance.calendar import Calendar
from mesocycle.solver.placement.problem import Problem, When
from mesocycle.solver.placement.slots import NEVER, Bools, Ints
from mesocycle.solver.prescription.amounts import Amount, above
from mesocycle.solver.prescription.lifts import Lift
from mesocycle.solver.prescription.versions import allowed
from mesocycle.solver.rules.cases import (
    NO_OPTIONS,
    Apart,
    Bar,
    Case,
    Changes,
    Charge,
    Close,
    Count,
    Demand,
    Fixed,
    Home,
    LeaveOut,
    Limit,
    Price,
    Quota,
    Reason,
    closed,
)
from mesocycle.solver.rules.parameters import (
    Chosen,
    Drop,
    Give,
    Parameters,
    Relaxation,
    Section,
    Settings,
    Unpriced,
    Weight,
    in_order,
    locked,
)

__all__ = [
    "NO_OPTIONS",
    "Apart",
    "Bar",
    "Case",
    "Changes",
    "Charge",
    "Chosen",
    "Close",
    "Count",
    "Demand",
    "Drop",
    "Fixed",
    "Give",
    "Home",
    "LeaveOut",
    "Limit",
    "Parameters",
    "Price",
    "Quota",
    "Reason",
    "Relaxation",
    "Rule",
    "Section",
    "Settings",
    "Unpriced",
    "Weight",
    "When",
    "beyond",
    "breaches",
    "closed",
    "group",
    "hardened",
    "in_order",
    "locked",
    "points_of",
    "reason",
    "rounded",
    "rule_of",
    "sets_above",
    "sized",
    "where",
]


@dataclass(frozen=True)
class Rule:
    """One rule of the catalogue; `unit` is what its weight is for, empty where it has no price.

    `shares_hold`: its shares of the sets cannot be bought off where it is soft. `fewer` is why a week has
    fewer sets by it.
    """

    id: str
    doc: str
    section: Section
    parameters: type[Settings]
    unit: str
    relaxation: Relaxation
    shares_hold: bool
    fewer: str
    module: Any

    def ground(self, problem: Problem, settings: Settings) -> Iterator[Case]:
        """Yield the rule's cases about days, lifts and versions; the option table is not looked at."""
        ground = getattr(self.module, "ground", None)
        return iter(()) if ground is None else ground(problem, settings)

    def place(self, problem: Problem, settings: Settings) -> Iterator[Case]:
        """Yield the rule's cases about single options of the table: closed, or charged.

        At one start no version is closed or charged less than one that takes no longer and loads no more:
        `pricing` counts on it.
        """
        place = getattr(self.module, "place", None)
        return iter(()) if place is None else place(problem, settings)

    def cases(self, problem: Problem, settings: Settings) -> Iterator[Case]:
        """Yield all of the rule's cases."""
        yield from self.ground(problem, settings)
        yield from self.place(problem, settings)

    def factors(
        self, calendar: Calendar, settings: Settings, so_far: Sequence[Fraction], deloads: frozenset[int]
    ) -> list[Fraction] | None:
        """Share of the full sets that the rule allows in each week, or None if it has none."""
        factors = getattr(self.module, "factors", None)
        return None if factors is None else factors(calendar, settings, so_far, deloads)

    def notices(self, problem: Problem, settings: Settings) -> Iterator[Notice]:
        """Yield what the rule remarks of the block without a price."""
        notices = getattr(self.module, "notices", None)
        return iter(()) if notices is None else notices(problem, settings)

    def plan_notices(
        self, problem: Problem, settings: Settings, sessions: Sequence[PlannedSession]
    ) -> Iterator[Notice]:
        """Yield what it remarks once the sessions are planned."""
        notices = getattr(self.module, "plan_notices", None)
        return iter(()) if notices is None else notices(problem, settings, sessions)

    @property
    def giving(self) -> str:
        """What may give in the rule where no block exists, or why it never does, in a sentence or two."""
        if self.relaxation.locked:
            return f"Never gives: {self.relaxation.locked}."
        if not self.ways:
            return "Gives only as a last resort: it becomes a wish, broken at its price."
        return f"May give: {'; '.join(self.ways)}. As a last resort it becomes a wish, broken at its price."

    @property
    def ways(self) -> tuple[str, ...]:
        """What may give before the rule as a whole does."""
        numbers = tuple(_giving(give, self.parameters) for give in self.relaxation.gives)
        return (*numbers, self.relaxation.also) if self.relaxation.also else numbers

    @property
    def title(self) -> str:
        """First line of the docstring."""
        return self.doc.strip().splitlines()[0].rstrip(".")


def _giving(give: Give, parameters: type[Settings]) -> str:
    was = parameters.model_fields[give.parameter].default
    first = give.text.format(to=f"{was + give.by:g}", was=f"{was:g}")
    steps = f"{abs(give.by):g} {'up' if give.by > 0 else 'down'} at a time, {give.steps} times at most"
    return f"`{give.parameter}`, {steps if give.steps > 1 else 'once'} ({first})"


def rule_of(module: ModuleType) -> Rule:
    """Make a rule of its module; the id is the file's name."""
    return Rule(
        id=module.__name__.rsplit(".", 1)[-1],
        doc=module.__doc__ or "",
        section=module.SECTION,
        parameters=module.Parameters,
        unit=getattr(module, "UNIT", ""),
        relaxation=module.RELAXATION,
        shares_hold=getattr(module, "SHARES_HOLD", False),
        fewer=getattr(module, "FEWER", ""),
        module=module,
    )


def reason(verb: str, verbs: str, what: str) -> Reason:
    """Why one day is not taken, or several are not: ``reason("is", "are", "blocked")``."""
    return Reason(f"{verb} {what}", f"{verbs} {what}")


def breaches(
    settings: Parameters,
    options: Ints,
    units: Ints,
    when: When,
    text: str,
    reason: Reason,
    per: int = 1,
) -> Iterator[Case]:
    """Yield the case of options that break a rule by so many units: closed if hard, else charged.

    `per` is how many of the given units make one natural unit (60 where minutes are given and hours
    are priced); points are rounded half up.
    """
    if not len(options):
        return
    if settings.hard:
        yield Close(when, text, reason, options)
    else:
        yield Charge(options, points_of(settings.weight, units, per), reason)


def hardened(settings: Parameters, must: bool) -> Parameters:
    """The settings of a rule for what the runner says is a must, whatever holds for the rest."""
    return settings.model_copy(update={"hard": True}) if must else settings


def points_of(weight: int, units: Ints, per: int = 1) -> Ints:
    """Points for so many units, `per` of them making a natural unit; rounded half up, exactly."""
    return (2 * weight * units + per) // (2 * per)


def sized(
    settings: Parameters, lift: Lift, units: Amount, when: When, text: str, per: int = 1
) -> Iterator[Case]:
    """Yield the case of versions that break a rule by so many units: barred if hard, else priced.

    `per` as in `breaches`.
    """
    if units.then is None and not any(lift.space.extremes(units)):
        return
    if settings.hard:
        yield Bar(when, text, lift.index, units)
    elif per == 1:
        yield Price(lift.index, units, settings.weight)
    else:
        yield Price(lift.index, rounded(units, settings.weight, per), 1)


def rounded(units: Amount, weight: int, per: int) -> Amount:
    """Points for so many units, `per` of them making a natural unit; rounded half up, exactly."""
    inner = units.then

    def points(total: Ints) -> Ints:
        return points_of(weight, total if inner is None else inner(total), per)

    slope = units.slope * Fraction(weight, per)
    low, high = ((2 * weight * end + per) // (2 * per) for end in (units.low, units.high))
    # Rounding a sum moves it by half a point at most.
    return Amount(units.table, points, slope, low - bool(slope), high + bool(slope))


def beyond(units: Amount, most: int, below: bool = False) -> Amount:
    """How far an amount lies above a number, or below it; nothing where it lies on the other side."""
    inner, sign = units.then, -1 if below else 1

    def outside(total: Ints) -> Ints:
        return np.maximum(0, sign * ((total if inner is None else inner(total)) - most))

    return Amount(units.table, outside, Fraction(0), 0, NEVER)


def sets_above(problem: Problem, settings: Parameters, shares: Sequence[Fraction]) -> Iterator[Case]:
    """Price sets above a week's share where the rule is soft; where it is hard there are no such versions."""
    if settings.hard:
        return
    for lift in problem.lifts:
        tops = allowed(lift.items, shares[lift.week])
        over = lift.space.amount(("above", tops), partial(above, lift.items, tops))
        yield from sized(settings, lift, over, problem.at_lift(lift), "")


def group(options: Ints, owner: Ints) -> Iterator[tuple[int, Ints]]:
    """Split options by their owner (a run, a day), in rising order of owner."""
    if not len(options):
        return
    order = np.argsort(owner, kind="stable")
    values, starts = np.unique(owner[order], return_index=True)
    for value, part in zip(values, np.split(options[order], starts[1:]), strict=True):
        yield int(value), part


def where(mask: Bools) -> Ints:
    """Positions at which a mask holds."""
    return np.flatnonzero(mask)
