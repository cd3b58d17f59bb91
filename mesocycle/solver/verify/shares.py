"""How much of the full sets each week allows, worked out a second time.

By mileage, taper, lighter weeks, phase and ramp.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from mesocycle.solver.instance.calendar import Calendar
from mesocycle.solver.instance.instance import Instance

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


def sets_allowed(full: int, floor: int, share: Fraction) -> int:
    """Sets that a share leaves of the full ones: rounded half up, not below the floor, not above the full."""
    rounded = (2 * full * share.numerator + share.denominator) // (2 * share.denominator)
    return min(full, max(floor, rounded))


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
    """Share by mileage alone: 1 up to the start share, then in a line down to the factor at the peak."""
    start, bottom = Fraction(str(settings.start_share)), Fraction(str(settings.peak_factor))
    training = [week for week in calendar.weeks if week.phase not in ("taper", "recovery")]
    quiet = [week for week in training if week.number - 1 not in calendar.race_weeks]
    peak = max(week.load for week in quiet or training or calendar.weeks)
    shares = []
    for index, week in enumerate(calendar.weeks):
        if calendar.flat or peak == 0:
            shares.append(FULL)
            continue
        load = week.load
        if week.cutback or week.phase in ("taper", "recovery"):
            first = max(0, index - MILEAGE_LOOK_BACK)
            load = max((calendar.weeks[at].load for at in range(first, index)), default=load)
        beyond = max(Fraction(0), min(FULL, load / peak) - start)
        shares.append(FULL - (FULL - bottom) * beyond / (FULL - start))
    return shares


def taper_shares(calendar: Calendar, settings: rules.taper_before_race.Parameters) -> list[Fraction]:
    """Share by the A races ahead alone, counted from the week's Thursday."""
    races = [run.day for run in calendar.races if run.race is not None and run.race.priority == "A"]
    first, last = Fraction(str(settings.first_factor)), Fraction(str(settings.last_factor))
    shares = []
    for index in range(len(calendar.weeks)):
        thursday, share = 7 * index + 3, FULL
        for day in races:
            if thursday <= day <= thursday + 7 or 7 * index <= day <= 7 * index + 6:
                share = min(share, last)
            elif thursday <= day <= thursday + settings.days:
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


def deload_patterns(
    calendar: Calendar, settings: rules.deload_weeks.Parameters | None
) -> tuple[frozenset[int], ...]:
    """List the lighter weeks that a plan may have: cutback weeks, else one for each offset; none if off."""
    if settings is None:
        return (frozenset(),)
    cutbacks = frozenset(index for index, week in enumerate(calendar.weeks) if week.cutback)
    count, every = len(calendar.weeks), settings.every_weeks
    if cutbacks or count < every:
        return (cutbacks,)
    # The first lighter week is the every-th or one of the next; none lies earlier.
    offsets = range(every - 1, min(2 * every - 1, count))
    return tuple(frozenset(range(first, count, every)) for first in offsets)
