"""What a choice costs more than the plan's own, and what forbids it: facts, each with its sentence."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, computed_field

from mesocycle.models.clock import Day, TimeOfDay, format_time, weeks_text
from mesocycle.models.difference import Move
from mesocycle.models.training import Part

# So many rules are named in the sentence of a price.
MOST_RULES = 3
# So many moves are told one by one.
MOST_MOVES = 2
PriceProof = Literal["cases", "bound", "relaxation", "search", ""]


class Ground(Part):
    """A rule that forbids something, and what it says about it."""

    rule: str
    text: str


class Price(Part):
    """What a choice costs more than the plan, where so much may move beside it.

    Attributes
    ----------
    possible : bool or None
        None where time was up before that was known.
    points : int or None
        More points than the plan's; 0 is a tie, below it the choice is better. None where it is not possible.
    by_rule : dict of str to int
        The same by rule, only what differs.
    date, start, sets : when the session would take place then, and with how many sets; None if left out.
    content : str
        What the session would hold then, where that is not what it holds: "3 sets instead of 11".
    moves : tuple of Move
        How other sessions differ then.
    grounds : tuple of Ground
        What forbids it, if anything; `alone` where each of these does so by itself, else they do so together.
    proof : str
        `cases`: read off the rules' cases; `bound`: by the reduced costs of the bound that proves the plan;
        `relaxation`: by a relaxation of what is left to choose; `search`: searched through.
    """

    possible: bool | None
    points: int | None = None
    by_rule: dict[str, int] = Field(default_factory=dict)
    date: Day | None = None
    start: TimeOfDay | None = None
    sets: int | None = None
    content: str = ""
    moves: tuple[Move, ...] = ()
    grounds: tuple[Ground, ...] = ()
    alone: bool = True
    proof: PriceProof = ""

    @computed_field  # type: ignore[prop-decorator]
    @property
    def verdict(self) -> Literal["forbidden", "tie", "worse", "better", "unknown"]:
        """The answer in a word."""
        if self.possible is None:
            return "unknown"
        if not self.possible or self.points is None:
            return "forbidden"
        return "tie" if not self.points else "worse" if self.points > 0 else "better"

    @computed_field  # type: ignore[prop-decorator]
    @property
    def text(self) -> str:
        """The answer in a sentence, without its subject."""
        if self.verdict == "unknown":
            return "time was up before this was known"
        if self.verdict == "forbidden":
            told = f" ({'; '.join(ground.text for ground in self.grounds)})" if self.grounds else ""
            return f"not possible{told}"
        told = "costs the same" if not self.points else f"costs {points_text(self.points)}"
        if self.by_rule:
            told += f": {rules_text(self.by_rule)}"
        return "; ".join(part for part in (told, self.content, moves_text(self.moves)) if part)


def points_text(points: int) -> str:
    """Points more or less, in words: "+12 points", "-1 point"."""
    return f"{points:+d} point{'s' * (abs(points) != 1)}"


def more_text(points: int) -> str:
    """The same as a sentence's end: "12 points more", "1 point less"."""
    return f"{abs(points)} point{'s' * (abs(points) != 1)} {'more' if points > 0 else 'less'}"


def rules_text(by_rule: dict[str, int], most: int = MOST_RULES) -> str:
    """The rules that differ, the largest first: "+9 recovery_before_intensity, -3 in 2 more"."""
    ordered = sorted(by_rule.items(), key=lambda pair: (-abs(pair[1]), pair[0]))
    shown = ordered if len(ordered) <= most + 1 else ordered[:most]
    parts = [f"{points:+d} {rule}" for rule, points in shown]
    if len(shown) < len(ordered):
        rest = ordered[len(shown) :]
        total = sum(points for _, points in rest)
        parts += [f"{total:+d} in {len(rest)} more"] * (total != 0)
    return ", ".join(parts)


def moves_text(moves: tuple[Move, ...]) -> str:
    """What else would differ: a few sessions one by one, many as a number."""
    if len(moves) <= MOST_MOVES:
        return "; ".join(move.text for move in moves)
    return f"{len(moves)} other sessions change, in {weeks_text(sorted({move.week for move in moves}))}"


class Hours(Part):
    """Starts of one day, in a row, that cost the same where nothing else moves."""

    first: TimeOfDay
    last: TimeOfDay
    points: int | None = Field(description="More than the plan's; null where they are forbidden.")
    by_rule: dict[str, int] = Field(default_factory=dict)
    grounds: tuple[Ground, ...] = ()
    here: bool = Field(False, description="Whether the session starts in them.")

    @computed_field  # type: ignore[prop-decorator]
    @property
    def text(self) -> str:
        """The hours and their answer: "17:00 to 18:30: +9 recovery_before_intensity"."""
        first, last = format_time(self.first), format_time(self.last)
        when = first if first == last else f"{first} to {last}"
        if self.points is None:
            return f"{when}: {'; '.join(ground.text for ground in self.grounds)}"
        how = points_text(self.points) if self.points else "costs the same"
        return f"{when}: {how}" + (f" ({rules_text(self.by_rule)})" if self.by_rule else "")


class Alternative(Part):
    """Another choice for a session: a day, a day and hour, other sets, or to leave it out.

    Attributes
    ----------
    label : str
        The choice in words: "Wed 16 Sep", "one more set of back squat".
    date : date or None
        The day, where it is one that is asked about.
    here : bool
        Whether that is what the plan chose.
    frozen : Price
        Where only this session changes: read off the cases, without a solver.
    week, block : Price or None
        Where all sessions of its week may change, and where everything may: both exact. None where that was
        not asked for.
    settled : str
        Where another choice costs the same, what the plan was preferred for.
    hours : tuple of Hours
        All starts of the day, where only this session moves.
    """

    label: str
    date: Day | None = None
    start: TimeOfDay | None = None
    here: bool = False
    frozen: Price
    week: Price | None = None
    block: Price | None = None
    settled: str = ""
    hours: tuple[Hours, ...] = ()

    @property
    def best(self) -> Price:
        """The answer where most may move; if that is not known, the cheapest that is."""
        asked = [price for price in (self.block, self.week, self.frozen) if price is not None]
        if asked[0].possible is not None:
            return asked[0]
        # What is forbidden where less may move may be possible where more does.
        return next((price for price in asked if price.possible), asked[0])

    @computed_field  # type: ignore[prop-decorator]
    @property
    def text(self) -> str:
        """The choice and what it costs, in a sentence."""
        if self.here:
            return f"{self.label}: here"
        return f"{self.label}: {self.best.text}"
