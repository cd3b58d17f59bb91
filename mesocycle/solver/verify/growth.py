"""How strong the runner is in each week and what is loaded then, worked out a second time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from mesocycle.models.strength import Exercise
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.verify.facts import Lift
from mesocycle.solver.verify.items import Form, Item
from mesocycle.solver.verify.ladder import HARDLY_LESS, ladder
from mesocycle.solver.verify.loads import Rack, exact, percent_of, rack
from mesocycle.solver.verify.schemes import Line
from mesocycle.solver.verify.season import AWAY, a_races
from mesocycle.solver.verify.shares import FULL, WeekShares

if TYPE_CHECKING:
    from mesocycle.solver import rules


# Weeks whose Thursday lies so near before a race earn nothing: a marathon or longer, a shorter one.
MARATHON, LONG_DAYS, SHORT_DAYS = 42_195, 21, 14
NOVEL_SHARE = Fraction(1, 2)
# Where even the lightest weight is so much too heavy there is none to name.
FAR_ABOVE = Fraction(110, 100)
# Weeks after a return in which a movement comes back.
COMING_BACK = 2
# A weight may rise by so much, or by the second where the repetitions fall or after a break.
RISE, FAST_RISE = Fraction(105, 100), Fraction(110, 100)


class Strength(NamedTuple):
    """A movement in a week: its max as a share of the first.

    After a break `back` counts the weeks that do it, from 0, and `share` is what the break leaves. `fall` is
    what is left of all weights since the log said less than was planned; 1 before, and where it said more.
    """

    share_of_first: Fraction
    back: int | None
    share: Fraction
    fall: Fraction


class Load(NamedTuple):
    """What is loaded: the week's max and the weight, shares of the first max without a record.

    `first` and `last` are the weights of the first time and of last time, None the first time. Where the
    weight is `too_heavy` it is the lightest there is, and the reserve alone is the guide. `recorded` tells
    that a 1RM is known, `ends` that the weight is the heaviest there is and lighter than is asked. `sets` are
    the weights of sets that are written one by one.
    """

    week_max: Fraction
    weight: Fraction
    first: Fraction
    last: Fraction | None
    too_heavy: bool
    recorded: bool
    ends: bool
    sets: tuple[Fraction, ...] = ()

    @property
    def percent(self) -> Fraction:
        """What is loaded, in % of the week's max."""
        return 100 * self.weight / self.week_max

    @property
    def relative(self) -> float:
        """How much more is loaded than the first time, in %, as it is shown."""
        return float(round(100 * (self.weight / self.first - 1), 1))


# By id of the session and number of the item.
Loads = Mapping[tuple[str, int], Load]


@dataclass
class _Done:
    """What a week does of a movement."""

    sets: int = 0
    due: int = 0
    novel: bool = False
    last_day: int = 0


class Block(NamedTuple):
    """The block as growth goes by it."""

    instance: Instance
    shares: Sequence[WeekShares]
    deloads: frozenset[int]

    def light(self, week: int) -> bool:
        """Whether it is a lighter, taper or recovery week."""
        return week in self.deloads or self.instance.calendar.weeks[week].phase in AWAY

    def race_is_near(self, week: int) -> bool:
        """Whether an A race is too near for growth."""
        thursday = 7 * week + 3
        return any(
            0 <= day - thursday <= (LONG_DAYS if metres >= MARATHON else SHORT_DAYS)
            for day, metres in a_races(self.instance.calendar).items()
        )


def loads(lifts: Sequence[Lift], block: Block) -> Loads:
    """Work out what each exercise of a plan loads, by its weight; nothing where the rule is off."""
    rule = block.instance.settings.progressive_overload
    if rule is None:
        return {}
    ordered = sorted(lifts, key=lambda lift: (lift.expected.week, lift.start, lift.expected.id))
    maxes, _ = ladder(block.instance)
    strengths = {
        name: _strengths(block.instance.exercises[name], weeks, block, rule, maxes.get(name))
        for name, weeks in _done(ordered, block.instance).items()
    }
    lines: dict[tuple[str, str], _Line] = {}
    found: dict[tuple[str, int], Load] = {}
    for lift in ordered:
        week = lift.expected.week
        for at, item, form in _weighted(lift, block.instance):
            key = form.exercise, lift.expected.name
            if key not in lines:
                lines[key] = _Line(block, form.exercise, maxes.get(form.exercise))
            strength = strengths[form.exercise][week]
            found[lift.expected.id, at] = lines[key].load(week, item, form, strength)
    return found


def _weighted(lift: Lift, instance: Instance) -> Iterator[tuple[int, Item, Form]]:
    """What is done with a weight: number of the item, item, form."""
    for at, ((item, count), number) in enumerate(zip(lift.items, lift.forms, strict=True)):
        if number is not None and count and instance.exercises[item.forms[number].exercise].weighted:
            yield at, item, item.forms[number]


def _done(lifts: Sequence[Lift], instance: Instance) -> dict[str, dict[int, _Done]]:
    """By movement and week what is done."""
    weeks_of: dict[str, dict[int, _Done]] = {}
    for lift in lifts:
        for at, item, form in _weighted(lift, instance):
            done = weeks_of.setdefault(form.exercise, {}).setdefault(lift.expected.week, _Done())
            done.last_day = max(done.last_day, lift.day)
            if item.line is not None and item.line.step is not None:
                continue  # its own training max grows instead
            done.sets += lift.sets[at]
            done.due += lift.expected.own[at]
            done.novel |= item.novel
    return weeks_of


def _logged(exercise: str, instance: Instance, one_rm: Fraction | None) -> tuple[int, Fraction | None]:
    """What the log says of a max, as a share of the first, and on which day; None where it says nothing."""
    told = None if instance.past is None else instance.past.maxes.get(exercise)
    return (0, None) if told is None or one_rm is None else (told[0], told[1] / one_rm)


def _strengths(
    exercise: Exercise,
    weeks: Mapping[int, _Done],
    block: Block,
    rule: rules.progressive_overload.Parameters,
    one_rm: Fraction | None,
) -> dict[int, Strength]:
    """The max of a movement in each week that does it."""
    new = block.instance.scenario.athlete.experience == "new"
    most = exact(rule.new_most_percent if new else rule.most_percent)
    earned, growing = Fraction(0), 0
    # What the log says holds after the day on which it was told, and grows from there.
    told_on, logged = _logged(exercise.id, block.instance, one_rm)
    since, fall = FULL, FULL
    back: int | None = None
    share, before = FULL, -1
    found = {}
    for week in sorted(weeks):
        # What is not done in the first week after a break comes back when it is.
        breaks = [first for first in block.instance.returns if before < first <= week]
        before = week
        if breaks:
            back, share = 0, _kept_share(block.instance, breaks[-1])
        elif back is not None:
            back = back + 1 if back < COMING_BACK else None
        kept = FULL if back is None else share + (1 - share) * back / COMING_BACK
        now = max(since, min(since + earned / 100, 1 + most / 100))
        if logged is not None and weeks[week].last_day > told_on:
            since, fall, earned, logged = logged, min(FULL, logged / now), Fraction(0), None
            now = since
        found[week] = Strength(now * kept, back, share, fall)
        earns = weeks[week].due > 0 and not block.light(week) and not block.race_is_near(week)
        if back is None and earns:
            earned += _growth(exercise, weeks[week], block.shares[week].own, block, rule) * (
                exact(rule.slowing) ** growing
            )
            growing += 1
    return found


def _kept_share(instance: Instance, week: int) -> Fraction:
    """What a break leaves of strength, by its length."""
    rule = instance.settings.return_from_break
    if rule is None:
        return FULL
    longer = (instance.returns[week] - rule.days) // 7
    return exact(rule.shares[min(longer, len(rule.shares) - 1)])


def _growth(
    exercise: Exercise,
    done: _Done,
    share: Fraction,
    block: Block,
    rule: rules.progressive_overload.Parameters,
) -> Fraction:
    """What a growing week earns before it slows, in % of the first max."""
    percents = {"new": rule.new_percent, "advanced": rule.advanced_percent}
    experience = block.instance.scenario.athlete.experience
    if done.novel:
        share = min(share, NOVEL_SHARE)
    if experience == "new":
        share = max(share, exact(rule.new_least_share))
    if done.sets < done.due:
        share *= Fraction(done.sets, done.due)
    if not exercise.legs:
        share *= exact(rule.upper_share)
    return share * exact(percents.get(experience, rule.trained_percent))


def _percent(item: Item, form: Form) -> Fraction | None:
    """The exact % of the max in a form; one that stands in has its own repetitions."""
    own = item.exercise is None or (form.exercise == item.exercise.id and form.variant != "heavier")
    if own or form.reps == item.reps or item.percent is None or not item.entry_is_open:
        return item.percent
    return percent_of((form.reps or 1) + (item.rir or 0))


@dataclass
class _Line:
    """The weights of one movement in one session, from week to week."""

    block: Block
    name: str
    max: Fraction | None
    first: Fraction | None = None
    last: Fraction | None = None
    reps: int | None = None
    wave: int = 0
    fallen: bool = False
    rack: Rack | None = field(init=False)
    one_rm: Fraction = field(init=False)

    def __post_init__(self) -> None:
        instance, strength = self.block.instance, self.block.instance.scenario.strength
        self.rack, self.one_rm = None, FULL
        if self.max is not None:
            self.rack = rack(instance.exercises[self.name], instance.kit, strength.weights)
            self.one_rm = self.max

    def load(self, week: int, item: Item, form: Form, now: Strength) -> Load:
        """What it loads in a week; what is not counted loads the max itself."""
        if item.line is not None:
            return self._of_line(item, item.line, now)
        week_max = self.one_rm * now.share_of_first
        percent = _percent(item, form)
        target = week_max if percent is None else week_max * percent / 100
        last, light = self.last, self.block.light(week)
        if last is None:
            weight = self._made(target)
        else:
            # What the log leaves of the last weight, the first time since.
            falls = now.fall < FULL and not self.fallen
            base = self._made(now.fall * last) if falls else last
            if now.back == 0:
                weight = self._made(now.share * base)
            else:
                weight = base if light else self._limited(self._made(target), base, item, now)
        self.fallen |= now.fall < FULL
        if self.first is None or not light:
            self.reps, self.wave = item.reps, item.wave
        self.first, self.last = self.first or weight, weight
        too_heavy = self.rack is not None and self.rack.weights[0] > FAR_ABOVE * target
        ends = self.rack is not None and self.rack.above(weight) is None and weight * HARDLY_LESS < target
        return Load(week_max, weight, self.first, last, too_heavy, self.rack is not None, ends)

    def _of_line(self, item: Item, line: Line, now: Strength) -> Load:
        """Sets that are written one by one: each as near as it can be made to what is written."""
        instance = self.block.instance
        rule, share = instance.settings.progressive_overload, now.share_of_first
        new = instance.scenario.athlete.experience == "new"
        if rule is not None and line.step is not None:
            most = 1 + exact(rule.new_most_percent if new else rule.most_percent) / 100
            kept = FULL if now.back is None else now.share + (1 - now.share) * now.back / COMING_BACK
            share = kept * (line.standing(self.max, instance.scenario.strength.weights.unit, most) or FULL)
        week_max = self.one_rm * share
        self.fallen |= now.fall < FULL
        targets = [week_max * (FULL if one.percent is None else one.percent / 100) for one in item.each]
        weights = tuple(map(self._made, targets))
        last, weight = self.last, weights[line.top]
        self.first, self.last = self.first or weight, weight
        too_heavy = self.rack is not None and self.rack.weights[0] > FAR_ABOVE * targets[line.top]
        return Load(week_max, weight, self.first, last, too_heavy, self.rack is not None, False, weights)

    def _made(self, target: Fraction) -> Fraction:
        return target if self.rack is None else self.rack.made(target)

    def _limited(self, weight: Fraction, last: Fraction, item: Item, now: Strength) -> Fraction:
        """Keep a weight within a step of last time; it does not fall but after a break or in a new wave."""
        if weight <= last:
            return weight if now.back is not None or item.wave > self.wave else last
        fewer = self.reps is not None and item.reps is not None and item.reps < self.reps
        most = last * (FAST_RISE if fewer or now.back is not None else RISE)
        if self.rack is not None:
            most = max(self.rack.below(most) or last, self.rack.above(last) or last)
        return min(weight, most)
