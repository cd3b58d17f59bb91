"""What a comparison advises: the change that helps most, and what is bought with what."""

from __future__ import annotations

from typing import Any

from mesocycle.models.numbers import counted, number_word
from mesocycle.models.training import Part

# So near to a whole number lifts a week are told as that: a taper week has fewer.
LIFT_ROUNDING = 0.3
WEEKLY = " a week"


class Help(Part):
    """The single change that helps a scenario most, of those that keep its strength.

    Attributes
    ----------
    objective : int
        Points under the base's rules; under its own where the base has no block.
    difference : int or None
        Beside the base's; None if the base has no block.
    breaks : tuple of str
        Hard rules of the base that it needs to be free of: those about free days and hours.
    """

    scenario: str
    name: str
    changes: dict[str, Any]
    objective: int
    difference: int | None
    breaks: tuple[str, ...] = ()


class Trade(Part):
    """A change that buys calm with strength, or strength with points.

    Attributes
    ----------
    points : int
        Beside the base's, under its rules: all of them where strength is bought. Where strength is given up
        those for where lifts stand among runs, races and each other: what is left out is counted itself.
    lifts, leg_sets : int
        In the whole block, beside the base's.
    weeks : int
        Of the block.
    """

    scenario: str
    name: str
    changes: dict[str, Any]
    points: int
    lifts: int
    leg_sets: int
    weeks: int

    @property
    def text(self) -> str:
        """The trade in words: "19 points fewer for one lift a week less (about six leg sets a week)"."""
        points = counted(abs(self.points), "point")
        less, more = self._strength(-1), self._strength(1)
        if not more:
            return f"{points} fewer for {less}"
        if self.points < 0:
            return f"{more}, and {points} fewer" + (f", for {less}" if less else "")
        return f"{more} for {points if self.points else 'no points'}" + (f" and {less}" if less else "")

    def _strength(self, sign: int) -> str:
        """What there is more of, or less: "one lift a week more (about six leg sets a week)"."""
        word = "more" if sign > 0 else "less"
        lifts, sets = max(0, sign * self.lifts), max(0, sign * self.leg_sets)
        if not lifts:
            return self._told(sets, "leg set", word) if sets else ""
        return self._told(lifts, "lift", word) + (f" ({self._rate(sets, 'leg set')})" if sets else "")

    def _told(self, count: int, noun: str, word: str) -> str:
        """How many more or less: "one lift a week more", "3 lifts less in 12 weeks"."""
        rate = self._rate(count, noun)
        return f"{rate} {word}" + ("" if rate.endswith(WEEKLY) else f" in {counted(self.weeks, 'week')}")

    def _rate(self, count: int, noun: str) -> str:
        """So many a week where that is near, else in all: "one lift a week", "3 lifts"."""
        weekly, lifts = round(count / self.weeks), noun == "lift"
        if not weekly or (lifts and abs(count / self.weeks - weekly) > LIFT_ROUNDING):
            return counted(count, noun)
        about = "" if lifts or weekly * self.weeks == count else "about "
        return f"{about}{number_word(weekly)} {noun}{'' if weekly == 1 else 's'}{WEEKLY}"
