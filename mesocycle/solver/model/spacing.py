"""Hours between loaded lifts as few short rows, for models that only ask whether a block exists.

The optimum's model has one clique for each stretch of time (`rows`), which makes its relaxation tight and
its rows long. Here a chain of Booleans a day states "a loaded lift starts at this time or later", another
one "before this time"; two of them exclude each other where the stretch between is too short.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from ortools.sat.python import cp_model

from mesocycle.models.clock import MINUTES_PER_DAY
from mesocycle.solver.placement.slots import Bools, Ints


class Spacing:
    """Chains over the loaded options of a block, made day by day as they are needed."""

    def __init__(
        self,
        model: cp_model.CpModel,
        variable: Callable[[], cp_model.IntVar],
        start: Ints,
        chosen: Sequence[cp_model.IntVar],
        loaded: Ints,
        settled: Bools,
    ) -> None:
        self.model = model
        self.variable = variable
        order = loaded[np.argsort(start[loaded], kind="stable")]
        self.days: dict[int, dict[int, list[cp_model.IntVar]]] = {}
        # Starts that are no choice: two of them may be too near each other.
        self.settled: list[int] = []
        for at in order.tolist():
            day, time = divmod(int(start[at]), MINUTES_PER_DAY)
            self.days.setdefault(day, {}).setdefault(time, []).append(chosen[at])
            if settled[at]:
                self.settled.append(int(start[at]))
        self._chains: dict[tuple[int, bool], Mapping[int, cp_model.IntVar]] = {}

    def apart(self, day: int, minutes: int, on: cp_model.IntVar) -> None:
        """While `on` holds, no loaded lift starts within so many minutes after one of this day."""
        times = sorted(self.days.get(day, ()))
        if not times:
            return
        if times[-1] - times[0] < minutes:
            # The whole day lies within reach of its first start.
            self._at_most_one(day, times, on)
        else:
            for time in times:
                self._at_most_one(day, [later for later in times if time <= later < time + minutes], on)
        late = self._chain(day, late=True)
        for next_day in range(day + 1, day + 1 + -(-minutes // MINUTES_PER_DAY)):
            early = self._chain(next_day, late=False)
            moments = sorted(early)
            reached: int | None = None
            for time in times:
                # Of starts that keep out the same times the earliest is enough: later ones imply it.
                count = bisect_left(moments, time + minutes - (next_day - day) * MINUTES_PER_DAY)
                until = next_day * MINUTES_PER_DAY + moments[count - 1] if count else 0
                if count and count != reached and not self._both(day * MINUTES_PER_DAY + time, day, until):
                    pair = [~late[time], ~early[moments[count - 1]]]
                    self.model.add_bool_or(pair).only_enforce_if(on)
                reached = count

    def _both(self, since: int, day: int, until: int) -> bool:
        """Whether settled lifts stand both on a day from a moment on, and later up to another moment."""
        end = (day + 1) * MINUTES_PER_DAY
        return any(since <= one < end for one in self.settled) and any(
            end <= one <= until and one // MINUTES_PER_DAY == until // MINUTES_PER_DAY for one in self.settled
        )

    def _at_most_one(self, day: int, times: Iterable[int], on: cp_model.IntVar) -> None:
        variables = [variable for time in times for variable in self.days[day][time]]
        moments = {day * MINUTES_PER_DAY + time for time in times}
        most = max(1, sum(one in moments for one in self.settled))
        self.model.add(sum(variables) <= most).only_enforce_if(on)

    def _chain(self, day: int, late: bool) -> Mapping[int, cp_model.IntVar]:
        """By time of day: whether a loaded lift starts then or later; or then or earlier."""
        if (day, late) not in self._chains:
            chain: dict[int, cp_model.IntVar] = {}
            before: cp_model.IntVar | None = None
            for time in sorted(self.days.get(day, ()), reverse=late):
                chain[time] = self.variable()
                for variable in self.days[day][time]:
                    self.model.add_implication(variable, chain[time])
                if before is not None:
                    self.model.add_implication(before, chain[time])
                before = chain[time]
            self._chains[day, late] = chain
        return self._chains[day, late]
