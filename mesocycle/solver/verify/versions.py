"""Which versions of a session a week allows, told a second time, and whether the week has room.

Told by units: what is done in turn has the same sets, and goes together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from mesocycle.models.clock import MINUTES_PER_DAY
from mesocycle.solver.instance.calendar import Calendar, Week
from mesocycle.solver.verify.items import WARMUP_SECONDS, Item

if TYPE_CHECKING:
    from mesocycle.solver.rules import RuleSettings


Sets = tuple[int, ...]
# Where no windows hold a lift may start in these hours.
AWAKE = (5 * 60, 22 * 60)


def minutes_of(items: Sequence[Item], sets: Sets) -> int:
    """Minutes of so many sets with warm-up and set-up, rounded up; what is not done needs no set-up."""
    seconds = sum(
        item.setup_seconds + count * item.seconds for item, count in zip(items, sets, strict=True) if count
    )
    return int(-(-(WARMUP_SECONDS + seconds) // 60))


@dataclass(frozen=True)
class Bounds:
    """What bounds the versions of a session in a week.

    `own` are the week's sets, `most` those that can be bought, `limit` the most minutes that the runner gives
    to the session; None where there is no such bound.
    """

    items: tuple[Item, ...]
    own: Sets
    most: Sets
    limit: int | None

    @cached_property
    def units(self) -> list[list[int]]:
        """Places of the items that go together."""
        numbers = dict.fromkeys(item.unit for item in self.items)
        return [[at for at, item in enumerate(self.items) if item.unit == unit] for unit in numbers]

    @cached_property
    def least(self) -> Sets:
        """The fewest sets of what is done before they count double."""
        return tuple(min(count, item.least) for count, item in zip(self.own, self.items, strict=True))

    @cached_property
    def floors(self) -> Sets:
        """The fewest sets of what is done at all."""
        return tuple(min(count, item.floor) for count, item in zip(self.most, self.items, strict=True))

    def too_long(self, sets: Sets) -> bool:
        """Whether it takes longer than the runner gives it, though one thing alone would not."""
        if self.limit is None or minutes_of(self.items, sets) <= self.limit:
            return False
        return minutes_of(self.items, sets) > min(self._alone(self.floors))

    def short(self, sets: Sets) -> int:
        """What is not done counts, each set by its kind, those below the item's least double."""
        return sum(self._missing(at, done) * item.counts for at, (item, done) in enumerate(self._pairs(sets)))

    def _missing(self, at: int, done: int) -> int:
        return max(0, self.own[at] - done) + max(0, self.least[at] - done)

    def _pairs(self, sets: Sets) -> Iterator[tuple[Item, int]]:
        return zip(self.items, sets, strict=True)

    def _alone(self, sets: Sets) -> Iterator[int]:
        for unit in self.units:
            yield minutes_of(self.items, tuple(n if at in unit else 0 for at, n in enumerate(sets)))


def has_room(calendar: Calendar, week: Week, settings: RuleSettings) -> bool:
    """Whether some day of a week leaves any time for a lift."""
    hard = {name: rule for name, rule in settings.items() if rule.hard}
    days = [day for day in week.days if "blocked_dates" not in hard or day not in calendar.blocked]
    return any(minutes > 0 for day in days for minutes in _stretches(calendar, day, hard))


def _stretches(calendar: Calendar, day: int, hard: Mapping[str, Any]) -> Iterator[int]:
    """Minutes between what is taken: before a window's start, after its end, and around the day's runs."""
    windows, travel = [AWAKE], 0
    if "availability_window" in hard:
        windows = [(window.start_minute, window.end_minute) for window in calendar.windows[day]]
        travel = hard["availability_window"].travel_minutes
    taken = []
    if "no_overlap_with_run" in hard:
        near = hard["no_overlap_with_run"].transition_minutes
        midnight = day * MINUTES_PER_DAY
        own = [run for run in calendar.runs if run.day == day]
        taken = [(run.start - midnight - near, run.end - midnight + near) for run in own]
    for start, end in windows:
        first, last = start + travel, end - travel
        if first >= last:
            continue
        marks = {first, last} | {min(max(mark, first), last) for pair in taken for mark in pair}
        free = 0
        for one, after in zip(ordered := sorted(marks), ordered[1:], strict=False):
            busy = any(begin < after and one < finish for begin, finish in taken)
            free = 0 if busy else free + after - one
            yield free
