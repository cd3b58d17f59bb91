"""Whether more than time, load and the worth of sets may decide between the versions of a week's sessions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mesocycle.solver.content.items import Item

# With these as they are by default, what is checked below tells whether they can bind.
RULES = (
    "planned_sets",
    "weekly_sets_per_pattern",
    "weekly_lifting_time",
    "plyo_limits",
    "unilateral_share",
    "pattern_coverage",
    "session_duration",
)


def binds(
    settings: Mapping[str, Any], sessions: Sequence[tuple[Sequence[Item], Sequence[int], int]], new: bool
) -> bool:
    """Look at the sessions of a week, each with its items, their sets and its minutes."""
    if changed(settings):
        return True
    chosen = {rule: settings[rule] for rule in RULES if rule in settings}
    return _too_long(chosen, [minutes for *_, minutes in sessions]) or _too_much(chosen, sessions, new)


def changed(settings: Mapping[str, Any]) -> bool:
    """Whether one of the rules that may bind is not as it is by default."""
    return any(settings[rule] != type(settings[rule])() for rule in RULES if rule in settings)


def _too_long(chosen: Mapping[str, Any], minutes: Sequence[int]) -> bool:
    week, session = chosen.get("weekly_lifting_time"), chosen.get("session_duration")
    return (week is not None and sum(minutes) > week.most_minutes) or (
        session is not None and any(one > session.long_minutes for one in minutes)
    )


def _too_much(
    chosen: Mapping[str, Any], sessions: Sequence[tuple[Sequence[Item], Sequence[int], int]], new: bool
) -> bool:
    bands, jumps = chosen.get("weekly_sets_per_pattern"), chosen.get("plyo_limits")
    halves: dict[str, int] = {}
    landings = [0]
    for items, sets, _ in sessions:
        pairs = list(zip(items, sets, strict=True))
        landings.append(sum(count * item.contacts for item, count in pairs))
        for item, count in pairs:
            for pattern, each in item.patterns:
                halves[pattern] = halves.get(pattern, 0) + count * each
    over = bands is not None and any(halves.get(p, 0) > 2 * most for p, (_, most) in bands.bands.items())
    return over or (
        jumps is not None and max(landings) > (jumps.new_contacts if new else jumps.most_contacts)
    )
