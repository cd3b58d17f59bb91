"""How much of the full sets each week allows, worked out a second time.

By mileage, taper, lighter weeks, phase and ramp.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from mesocycle.solver.instance.calendar import Calendar
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.verify.season import a_races, taper_length, top_and_rise

if TYPE_CHECKING:
    from mesocycle.solver import rules
    from mesocycle.solver.rules import RuleSettings


FULL = Fraction(1)
# Weeks before a light one whose mileage still counts, and weeks before one whose share it may grow from.
MILEAGE_LOOK_BACK = 3
SHARE_LOOK_BACK = 4


@dataclass(frozen=True)
class WeekShares:
    """Shares of a week: `own` under all rules, `most` under hard ones, the last without lighter weeks."""

    own: Fraction
    most: Fraction
    without_deload: Fraction


def sets_allowed(
    full: Sequence[int], floors: Sequence[int], places: Sequence[int], share: Fraction
) -> list[int]:
    """Sets that a share leaves of the full ones, by exercise; what is done in turn counts as one.

    All together are rounded half up, each has whole sets of its own part, and what is left goes where most is
    missing: of equals to the first by `places`, then by order. Floors come before all of it.
    """
    total = sum(full)
    rounded = (2 * total * share.numerator + share.denominator) // (2 * share.denominator)
    rounded = max(rounded, sum(floors))
    parts = [share * most for most in full]
    sets = [max(floor, int(part)) for floor, part in zip(floors, parts, strict=True)]
    ranking = sorted(range(len(full)), key=lambda at: (places[at], at))
    while sum(sets) != rounded:
        if sum(sets) < rounded:
            open_ = [at for at in ranking if sets[at] < full[at]]
            missing = max(parts[at] - sets[at] for at in open_)
            sets[next(at for at in open_ if parts[at] - sets[at] == missing)] += 1
        else:
            open_ = [at for at in ranking if sets[at] > floors[at]]
            beyond = max(sets[at] - parts[at] for at in open_)
            sets[[at for at in open_ if sets[at] - parts[at] == beyond][-1]] -= 1
    return sets


def week_shares(instance: Instance, deloads: frozenset[int]) -> tuple[WeekShares, ...]:
    """Work out the shares of every week."""
    calendar, settings = instance.calendar, instance.settings
    # A gentle start cannot be bought off.
    soft = [rule for rule, chosen in settings.items() if not chosen.hard and rule != "ramp_limits"]
    own = _combined(calendar, settings, deloads)
    most = _combined(calendar, replace(settings, **dict.fromkeys(soft)), deloads)
    without_deload = _combined(calendar, settings, frozenset())
    return tuple(WeekShares(*shares) for shares in zip(own, most, without_deload, strict=True))


def _combined(calendar: Calendar, settings: RuleSettings, deloads: frozenset[int]) -> list[Fraction]:
    """Take the smallest share of each week, then let it grow no faster than the ramp."""
    shares = [FULL] * len(calendar.weeks)
    if (trim := settings.set_trim_by_mileage) is not None:
        shares = list(map(min, shares, mileage_shares(calendar, trim)))
    if (taper := settings.taper_before_race) is not None:
        shares = list(map(min, shares, taper_shares(calendar, taper)))
    if (deload := settings.deload_weeks) is not None:
        shares = list(map(min, shares, deload_shares(calendar, deload, deloads)))
    if (early := settings.block_early_emphasis) is not None:
        shares = list(map(min, shares, early_shares(calendar, early)))
    ramp = settings.ramp_limits
    return shares if ramp is None else _ramped(calendar, ramp, shares)


def mileage_shares(calendar: Calendar, settings: rules.set_trim_by_mileage.Parameters) -> list[Fraction]:
    """Share by mileage alone: 1 up to the start share, then in a line down to the factor at the top."""
    start, bottom = Fraction(str(settings.start_share)), Fraction(str(settings.peak_factor))
    top, up = top_and_rise(calendar)
    loads = [*calendar.history, *(week.load for week in calendar.weeks)]
    shares = []
    for index, week in enumerate(calendar.weeks):
        if not up or top == 0:
            shares.append(FULL)
            continue
        load = week.load
        if week.cutback or week.phase in ("taper", "recovery"):
            now = len(calendar.history) + index
            load = max(loads[max(0, now - MILEAGE_LOOK_BACK) : now], default=load)
        beyond = max(Fraction(0), min(FULL, load / top) - start)
        shares.append(FULL - (FULL - bottom) * beyond / (FULL - start))
    return shares


def taper_shares(calendar: Calendar, settings: rules.taper_before_race.Parameters) -> list[Fraction]:
    """Share by the A races ahead alone, counted from the week's Thursday."""
    first, last = Fraction(str(settings.first_factor)), Fraction(str(settings.last_factor))
    shares = []
    for index in range(len(calendar.weeks)):
        thursday, share = 7 * index + 3, FULL
        for day, metres in a_races(calendar).items():
            days = taper_length(metres) if settings.days is None else settings.days
            if thursday <= day <= thursday + 7 or 7 * index <= day <= 7 * index + 6:
                share = min(share, last)
            elif thursday <= day <= thursday + days:
                share = min(share, first)
        shares.append(share)
    return shares


def deload_shares(
    calendar: Calendar, settings: rules.deload_weeks.Parameters, deloads: frozenset[int]
) -> list[Fraction]:
    """Share by the lighter weeks alone."""
    light = Fraction(str(settings.factor))
    return [light if index in deloads else FULL for index in range(len(calendar.weeks))]


def early_shares(calendar: Calendar, settings: rules.block_early_emphasis.Parameters) -> list[Fraction]:
    """Share by the phases alone: in a block with a base phase its build weeks have less."""
    less = Fraction(str(settings.build_factor))
    phases = [week.phase for week in calendar.weeks]
    return [less if phase == "build" and "base" in phases else FULL for phase in phases]


def _ramped(
    calendar: Calendar, settings: rules.ramp_limits.Parameters, others: list[Fraction]
) -> list[Fraction]:
    growth, first = Fraction(str(settings.growth)), Fraction(str(settings.first_factor))
    shares: list[Fraction] = []
    for index, share in enumerate(others):
        if calendar.slow_start and index < settings.first_weeks:
            share = min(share, first)
        if shares:
            share = min(share, max(shares[-SHARE_LOOK_BACK:]) + growth)
        shares.append(share)
    return shares


def deload_patterns(instance: Instance) -> set[frozenset[int]]:
    """The lighter weeks that a plan may have: cutback weeks, else one choice for each offset; none if off."""
    settings, weeks = instance.settings.deload_weeks, instance.calendar.weeks
    if settings is None:
        return {frozenset()}
    races = instance.calendar.minor_race_weeks
    light = {index for index, week in enumerate(weeks) if week.cutback}
    back = set(instance.returns)
    count, every = len(weeks), settings.every_weeks
    if light - races or count < every:
        return {frozenset(light - back)}
    patterns = set()
    # The first lighter week is the every-th or one of the next; none lies earlier.
    for first in range(every - 1, min(2 * every - 1, count)):
        chosen = set(light)
        for week in range(first, count, every):
            # The weeks since the last one, this one among them.
            cycle = {week - back_by for back_by in range(every)}
            if not cycle & light:
                chosen.add(week)
        patterns.add(frozenset(chosen - back))
    return patterns
