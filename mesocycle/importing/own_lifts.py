"""The strength sessions of somebody's plan -> sessions of a scenario, told by their minutes and legs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import NamedTuple

from mesocycle.importing.block import Gathered
from mesocycle.importing.entries import Taken
from mesocycle.models.clock import monday_of

# The rules allow no session that takes longer with its fewest sets.
USUAL_MINUTES, FEWEST_MINUTES, MOST_MINUTES = 45, 10, 100
MOST_SESSIONS, MOST_A_WEEK = 6, 6
LONGEST_NAME = 40
ONE_FOR_ALL = "Strength"


class Asks(NamedTuple):
    """What the words of a title say about the legs."""

    words: re.Pattern[str]
    lower_body: str


# The first row that fits decides: "legs & core" asks the legs. A title that says nothing asks them a little.
ASKS = (
    Asks(re.compile(r"\b(lower|legs?|squats?|deadlifts?|glutes?|heavy|max)", re.I), "heavy"),
    Asks(re.compile(r"\b(upper|arms?|chest|core|abs|mobility|yoga|pilates|stretch)", re.I), "none"),
)
# Where the name of a session ends and its length or its plan begins.
_TAIL = re.compile(r"\s*(?:[•·|(\[]|\s[-–:]\s|\d+\s*(?:m|min|h)\b).*$")


@dataclass(frozen=True)
class OwnSession:
    """One kind of session.

    Attributes
    ----------
    name : str
        At most 40 characters.
    minutes : int
        The median of what the plan says.
    lower_body : str
        "heavy", "moderate" or "none".
    """

    name: str
    minutes: int
    lower_body: str


@dataclass(frozen=True)
class OwnLifts:
    """The strength of a plan.

    Attributes
    ----------
    sessions : tuple of OwnSession
        In the order of their turn.
    per_week : tuple of int
        How many stand in each week; the usual number where there is none.
    name_of : mapping of Taken to str
        Which session each lift is.
    by_turns : bool
        Whether the weeks take the sessions by turns, as Mesocycle does; else all are told as one session.
    """

    sessions: tuple[OwnSession, ...]
    per_week: tuple[int, ...]
    name_of: Mapping[Taken, str]
    by_turns: bool


def own_lifts(plan: Gathered) -> OwnLifts | None:
    """Make sessions of a plan's lifts; None where it has none."""
    if not plan.lifts:
        return None
    names = {one: _name(one.reading.title) for one in plan.lifts}
    first = monday_of(plan.start)
    weeks = [
        [one for one in plan.lifts if first + timedelta(7 * at) <= one.day < first + timedelta(7 * at + 7)]
        for at in range(plan.weeks)
    ]
    order = list(dict.fromkeys(names[one] for one in plan.lifts))
    by_turns = len(order) <= MOST_SESSIONS and _taken_by_turns(order, [[names[x] for x in w] for w in weeks])
    if not by_turns:
        names, order = dict.fromkeys(plan.lifts, ONE_FOR_ALL), [ONE_FOR_ALL]
    counts = [min(len(week), MOST_A_WEEK) for week in weeks]
    # A feed often shows the lifts of a few weeks only; a week without any is not meant to be one.
    usual = round(median(count for count in counts if count))
    return OwnLifts(
        sessions=tuple(_session(name, [one for one in plan.lifts if names[one] == name]) for name in order),
        per_week=tuple(count or usual for count in counts),
        name_of=names,
        by_turns=by_turns,
    )


def _name(title: str) -> str:
    return _TAIL.sub("", title).strip()[:LONGEST_NAME].strip() or ONE_FOR_ALL


def _taken_by_turns(order: Sequence[str], weeks: Iterable[Sequence[str]]) -> bool:
    """Whether each week holds what comes next: fewer lifts than sessions go on where the last week ended."""
    turn = 0
    for week in weeks:
        first = 0
        if len(week) < len(order):
            first, turn = turn, (turn + len(week)) % len(order)
        if sorted(week) != sorted(order[(first + at) % len(order)] for at in range(len(week))):
            return False
    return True


def _session(name: str, lifts: Sequence[Taken]) -> OwnSession:
    told = [one.reading.minutes for one in lifts if one.reading.minutes]
    minutes = 5 * round((median(told) if told else USUAL_MINUTES) / 5)
    asked = [_asks(one.reading.title) for one in lifts]
    hardest = next((level for level in ("heavy", "moderate") if level in asked), "none")
    return OwnSession(name, min(max(minutes, FEWEST_MINUTES), MOST_MINUTES), hardest)


def _asks(title: str) -> str:
    return next((row.lower_body for row in ASKS if row.words.search(title)), "moderate")
