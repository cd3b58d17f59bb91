"""What is settled before anything is decided: sessions that were done, left out, or put somewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple


class Settled(NamedTuple):
    """How a session took place, or will: when it starts, None where it is left out; and its sets."""

    start: int | None
    sets: tuple[int, ...] = ()


@dataclass(frozen=True)
class Past:
    """What is settled in a block.

    Attributes
    ----------
    now : int
        The moment, in minutes since midnight of day 0: what is not settled starts later.
    settled : mapping of str to Settled
        By the id of the session.
    changes : frozenset of (str, int)
        What changed in which week (an index), by the scope of its chain.
    lighter : frozenset of int
        The lighter weeks of the plan that was lived by, by index.
    maxes : mapping of str to (int, Fraction)
        What the log says of a lift's max, in the runner's unit, with the last day it was told on.
    """

    now: int
    settled: Mapping[str, Settled]
    changes: frozenset[tuple[str, int]] = frozenset()
    lighter: frozenset[int] = frozenset()
    maxes: Mapping[str, tuple[int, Fraction]] = field(default_factory=dict)

    @property
    def week(self) -> int:
        """The index of the week that runs."""
        return self.now // (7 * 24 * 60)
