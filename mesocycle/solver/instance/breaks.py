"""When lifting begins again: weeks after a break that is known before anything is planned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from mesocycle.solver.instance.availability import may_lift
from mesocycle.solver.instance.calendar import Calendar

if TYPE_CHECKING:
    from mesocycle.solver.rules import RuleSettings


def returns(calendar: Calendar, expected: Sequence[int], settings: RuleSettings) -> Mapping[int, int]:
    """Find the weeks in which lifting begins again.

    Parameters
    ----------
    calendar : Calendar
        The block; its last lift before day one ends the time before.
    expected : sequence of int
        Sessions expected in each week; where none is, no lift can stand.
    settings : RuleSettings
        `return_from_break` says how many days make a break.

    Returns
    -------
    mapping of int to int
        By index of the week, the days without a possible lift before it.
    """
    rule = settings.return_from_break
    if rule is None:
        return MappingProxyType({})
    found: dict[int, int] = {}
    before = calendar.last_lift_day
    for day in range(calendar.first_day, calendar.last_day + 1):
        if not expected[day // 7] or not may_lift(calendar, day, settings):
            continue
        # Without a last lift the days before the block are not known.
        away = 0 if before is None else day - before - 1
        if away >= rule.days:
            found[day // 7] = away
        before = day
    return MappingProxyType(found)
