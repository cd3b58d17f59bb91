"""The strength sessions of a plan -> sessions of a scenario, described by minutes and load on the legs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import NamedTuple

from mesocycle.importing.block import Gathered
from mesocycle.importing.entries import PlanEntry
from mesocycle.models.clock import monday_of

# The rules allow no session that takes longer with its fewest sets.
USUAL_MINUTES, FEWEST_MINUTES, MOST_MINUTES = 45, 10, 100
MOST_SESSIONS, MOST_A_WEEK = 6, 6
LONGEST_NAME = 40
ONE_FOR_ALL = "Strength"


class LegWords(NamedTuple):
    """Words of a title, and the load on the legs that they mean."""

    words: re.Pattern[str]
    lower_body: str


# The first row that fits decides: "legs & core" is heavy. A title without such words is moderate.
LEG_WORDS = (
    LegWords(re.compile(r"\b(lower|legs?|squats?|deadlifts?|glutes?|heavy|max)", re.I), "heavy"),
    LegWords(re.compile(r"\b(upper|arms?|chest|core|abs|mobility|yoga|pilates|stretch)", re.I), "none"),
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
        The median in the plan.
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
        In the order in which they alternate.
    per_week : tuple of int
        How many each week has; the usual number for a week without any.
    name_of : mapping of PlanEntry to str
        Which session each lift is.
    by_turns : bool
        Whether the sessions alternate from week to week, as Mesocycle's do; otherwise all become one session.
    """

    sessions: tuple[OwnSession, ...]
    per_week: tuple[int, ...]
    name_of: Mapping[PlanEntry, str]
    by_turns: bool


def own_lifts(plan: Gathered) -> OwnLifts | None:
    """Make sessions of a plan's lifts; None if it has none."""
    if not plan.lifts:
        return None
    names = {lift: _name(lift.reading.title) for lift in plan.lifts}
    mondays = [monday_of(plan.start) + timedelta(weeks=week) for week in range(plan.weeks)]
    weeks = [[lift for lift in plan.lifts if monday_of(lift.day) == monday] for monday in mondays]
    order = list(dict.fromkeys(names.values()))
    by_turns = len(order) <= MOST_SESSIONS and _alternate(order, [[names[lift] for lift in w] for w in weeks])
    if not by_turns:
        names, order = dict.fromkeys(plan.lifts, ONE_FOR_ALL), [ONE_FOR_ALL]
    counts = [min(len(week), MOST_A_WEEK) for week in weeks]
    # A feed often shows the lifts of the first weeks only; a week without any is a gap in it.
    usual = round(median(count for count in counts if count))
    return OwnLifts(
        sessions=tuple(
            _session(name, [lift for lift in plan.lifts if names[lift] == name]) for name in order
        ),
        per_week=tuple(count or usual for count in counts),
        name_of=names,
        by_turns=by_turns,
    )


def _name(title: str) -> str:
    return _TAIL.sub("", title).strip()[:LONGEST_NAME].strip() or ONE_FOR_ALL


def _alternate(order: Sequence[str], weeks: Iterable[Sequence[str]]) -> bool:
    """Whether each week holds what comes next: fewer lifts than sessions go on where the last week ended."""
    turn = 0
    for week in weeks:
        first = 0
        if len(week) < len(order):
            first, turn = turn, (turn + len(week)) % len(order)
        if sorted(week) != sorted(order[(first + at) % len(order)] for at in range(len(week))):
            return False
    return True


def _session(name: str, lifts: Sequence[PlanEntry]) -> OwnSession:
    given = [lift.reading.minutes for lift in lifts if lift.reading.minutes]
    minutes = 5 * round((median(given) if given else USUAL_MINUTES) / 5)
    levels = {_lower_body(lift.reading.title) for lift in lifts}
    hardest = next((level for level in ("heavy", "moderate") if level in levels), "none")
    return OwnSession(name, min(max(minutes, FEWEST_MINUTES), MOST_MINUTES), hardest)


def _lower_body(title: str) -> str:
    return next((row.lower_body for row in LEG_WORDS if row.words.search(title)), "moderate")
