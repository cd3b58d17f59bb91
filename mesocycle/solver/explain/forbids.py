"""What forbids a lift to stand somewhere at all: single rules, or else a conflict of several.

A start is closed by a rule if its hard cases let no version of the lift begin there, whatever else is done.
The versions that it may depend on are those of `Relaxed.hard_fronts`. Of a sum over several lifts the least
counts that the others can come to; so what is closed is closed for sure. Where every start that is asked
about is closed no block holds the lift there, and nothing needs to be solved.

Theorem. A rule that demands nothing of other lifts forbids a place by itself only if it closes all of it: all
others may be left out, but for the first of two equal sessions. What a rule demands of others can get into
the way where their order is given, or where it also says where they stand: such rules are tried one by one,
in the week alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np

from mesocycle.models.prices import Ground
from mesocycle.models.sessions import Pin
from mesocycle.solver.diagnose import first_conflict
from mesocycle.solver.diagnose.assumption_model import AssumptionModel, Effort
from mesocycle.solver.diagnose.conflicts import Instance as Name
from mesocycle.solver.diagnose.week_range import base_problem, cut
from mesocycle.solver.explain.grounds import MOST_SENTENCES, Against, grounds
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.model.grounding import Cases, Grounded, joined, placing_cases, with_versions
from mesocycle.solver.model.narrowing import Wish
from mesocycle.solver.model.optimum import Relaxed
from mesocycle.solver.model.search import Deadline
from mesocycle.solver.placement.slots import SESSIONS, Ints
from mesocycle.solver.prescription.lifts import Lift
from mesocycle.solver.rules import BY_ID, deload_weeks, pins, set_by
from mesocycle.solver.rules.base import Apart, Bar, Close, Home, Limit

(PINS,) = set_by("strength.pins")


class Closed:
    """All that closes starts of one lift in one pattern of lighter weeks, whatever else is done."""

    def __init__(self, relaxed: Relaxed, lift: int) -> None:
        own = relaxed.lifts[lift].listing(relaxed.hard_front(relaxed.lifts[lift]))
        lifts = tuple(own if other.index == lift else other.listing([]) for other in relaxed.lifts)
        problem = with_versions(relaxed.few, lifts, whole_day=True)
        self.grounded = Grounded(problem, joined(relaxed.known, placing_cases(problem)))
        self.lift = own
        self.against = [one for one in self._closings(self.grounded.cases) if one.where.any()]

    def by(self, wish: Wish) -> tuple[tuple[Ground, ...], bool]:
        """What closes all starts that a wish allows, as `grounds`."""
        return grounds(self.against, wish.starts(self.grounded.problem.options.start))

    def may_ask(self, rule: str) -> bool:
        """Whether a rule may ask for other lifts of the week in the way of this one."""
        if self.lift.twin is not None:  # the first of the two takes place then
            return True
        lifts = [lift for lift in self.grounded.problem.lifts if lift.week == self.lift.week]
        order = any(lift.twin is not None or lift.after for lift in lifts)
        return len(lifts) > 1 and rule in self._demands and (order or rule in self._places)

    @cached_property
    def _demands(self) -> set[str]:
        """Rules that demand something in the week."""
        return {rule for rule, case in self._limits() if case.demands}

    @cached_property
    def _places(self) -> set[str]:
        """Rules that also forbid something, of whatever lift."""
        placing = {rule for rule, case in self.grounded.cases if isinstance(case, (Close, Bar, Apart, Home))}
        return placing | {PINS} | {rule for rule, case in self._limits() if not case.demands}

    def _limits(self) -> Iterator[tuple[str, Limit]]:
        for rule, case in self.grounded.cases:
            if isinstance(case, Limit) and case.points is None and self._speaks_of_week(case):
                yield rule, case

    def _speaks_of_week(self, case: Limit) -> bool:
        lifts = self.grounded.problem.lifts
        return self._speaks(case) or any(lifts[c.lift].week == self.lift.week for c in case.versions)

    def _closings(self, cases: Cases) -> Iterator[Against]:
        options = self.grounded.problem.options
        for rule, case in cases:
            match case:
                case Close():
                    where = np.zeros(len(options), dtype=bool)
                    where[case.options] = True
                    yield Against(rule, case.text, where)
                case Bar() if case.lift == self.lift.index:
                    barred = case.amount.of(self.lift.sets) > 0
                    yield Against(rule, case.text, barred[options.version])
                case Limit(points=None) if self._speaks(case):
                    yield Against(rule, case.text, self._least(case) > case.most)

    def _speaks(self, case: Limit) -> bool:
        week = self.lift.week
        by_day = any(first <= 7 * week + 6 and last >= 7 * week for _, first, last, _ in case.days)
        return by_day or any(count.lift == self.lift.index for count in case.versions)

    def _least(self, case: Limit) -> Ints:
        """The least that a sum comes to with each option, whatever the other lifts do."""
        options, problem = self.grounded.problem.options, self.grounded.problem
        total = np.zeros(len(options), dtype=np.int64)
        for count in case.versions:
            if count.lift == self.lift.index:
                total += (count.coefficient * count.amount.of(self.lift.sets))[options.version]
            else:
                ends = problem.lifts[count.lift].space.extremes(count.amount)
                total += min(0, *(count.coefficient * end for end in ends))
        for kind, first, last, coefficient in case.days:
            inside = (options.day >= first) & (options.day <= last)
            total += coefficient * (options.of_kind(kind) & inside)
            if coefficient < 0:
                others = (lift for lift in problem.lifts if first // 7 <= lift.week <= last // 7)
                total += coefficient * sum(self._may_count(lift, kind) for lift in others)
        return total

    def _may_count(self, lift: Lift, kind: str) -> bool:
        """Whether another lift may count as one of a kind."""
        other_kind = kind in SESSIONS and kind != lift.kind
        return lift.index != self.lift.index and not other_kind


def in_the_way(instance: Instance, closed: Closed, wish: Wish, deadline: Deadline) -> tuple[Ground, ...]:
    """Rules that by themselves leave a lift no place where it is asked to be, as they ask for others."""
    if not any(closed.may_ask(rule) for rule in BY_ID):
        return ()
    model, own = _week_of(instance, closed.lift, deadline)
    block = model.block
    first, last = block.bounds[own], block.bounds[own + 1]
    for at in (first + np.flatnonzero(~wish.starts(block.options.start[first:last]))).tolist():
        block.model.add(block.chosen[at] == 0)
    block.model.add(block.left_out[own] == 0)
    told = []
    for rule in dict.fromkeys(rule for rule, _ in model.instances):
        names = [name for name in model.instances if name[0] == rule]
        if closed.may_ask(rule) and model.holds(names) is False:
            told += _told(model, names)
    return tuple(told)


def required(instance: Instance, lift: Lift, deadline: Deadline) -> tuple[Ground, ...]:
    """The rules that cannot all be kept in the week of a lift without it, none of which can be left out.

    Empty where the week alone does not ask for it, or where that was not found in time.
    """
    model, own = _week_of(instance, lift, deadline)
    model.block.model.add(model.block.left_out[own] == 1)
    left = list(model.instances)
    if model.holds(left) is not False:
        return ()
    whole_rules = [[name for name in left if name[0] == rule] for rule in dict.fromkeys(r for r, _ in left)]
    for spared in (*whole_rules, *([name] for name in model.instances)):
        fewer = [name for name in left if name not in spared]
        if model.holds(fewer) is False:
            left = fewer
    by_rule = [[name for name in left if name[0] == rule] for rule in dict.fromkeys(rule for rule, _ in left)]
    return tuple(ground for names in by_rule for ground in _told(model, names))


def _week_of(instance: Instance, lift: Lift, deadline: Deadline) -> tuple[AssumptionModel, int]:
    """The week of a lift by itself, with every start and version, and the lift's place in it."""
    week = cut(*base_problem(instance, deload_weeks.patterns(instance)), [lift.week])
    own = next(each.index for each in week.problem.lifts if each.id == lift.id)
    return AssumptionModel(week, Effort(deadline), every_start=True, every_version=True), own


def _told(model: AssumptionModel, names: Sequence[Name]) -> list[Ground]:
    """A few sentences of instances of one rule."""
    texts = dict.fromkeys(model.demands[name].text for name in names)
    return [Ground(rule=names[0][0], text=text) for text in list(texts)[:MOST_SENTENCES]]


def conflict(instance: Instance, lift: Lift, wish: Wish, deadline: Deadline) -> tuple[Ground, ...]:
    """The rules that cannot all be kept with a lift on a day, none of which can be left out.

    Empty where that was not found in time.
    """
    if wish.days is None or len(wish.days) != 1 or wish.sets:
        return ()
    (day,) = wish.days
    scenario = instance.scenario
    pin = Pin(session=lift.name, date=instance.calendar.date_of(day), start=wish.minute)
    settings = instance.settings.pins
    # Pins that are mere wishes forbid nothing.
    others = scenario.strength.pins if settings is not None and settings.hard else ()
    strength = scenario.strength.model_copy(update={"pins": (*others, pin)})
    rules = {**scenario.rules, PINS: "hard"}
    found = first_conflict(scenario.model_copy(update={"strength": strength, "rules": rules}), deadline)
    told = () if found is None else found.rules
    mine = pins.text_of(pin, lift)
    return tuple(
        Ground(rule=rule.id, text=text)
        for rule in told
        for text in [text for text in rule.cases if text != mine][:MOST_SENTENCES]
    )
