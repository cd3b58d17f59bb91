"""Another block of the same runs under these rules: when its lifts are, and how many sets they hold.

Repetitions, weights and what cards say follow from the scenario that a block was planned for, so they are not
judged here; everything that has a price is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from mesocycle.models.plan import Audit, Breach, Plan
from mesocycle.models.sessions import Session
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.verify import check_all
from mesocycle.solver.verify.expected import (
    ExpectedSession,
    Sets,
    Wanted,
    expected_sessions,
    name_of,
    wanted_sessions,
)
from mesocycle.solver.verify.facts import Facts, Lift, plural
from mesocycle.solver.verify.growth import Block
from mesocycle.solver.verify.shares import deload_patterns, week_shares
from mesocycle.solver.verify.structure import breach, read_lifts

# A session may come so often in a week.
MOST_REPEATS = 7


class Surplus(ExpectedSession):
    """A lift beyond those asked for: what nobody asked for is never short of sets."""

    def short(self, sets: Sets) -> int:
        """Nothing is missing from it."""
        return 0


def judged_beside(instance: Instance, plan: Plan) -> Audit | None:
    """Judge a block that was planned for a variant of a scenario.

    Parameters
    ----------
    instance : Instance
        The scenario whose rules count; it has the same weeks and runs.
    plan : Plan
        The block. A lift beyond those of its week is judged like one of the runner's own, but is never short
        of sets; one that is missing counts as left out.

    Returns
    -------
    Audit or None
        None where a lift is no session of this program or holds other exercises.
    """
    deloads = frozenset(index for index, week in enumerate(plan.weeks) if week.deload)
    shares = week_shares(instance, deloads)
    planned = _planned(instance, plan)
    if planned is None:
        return None
    wanted = [_in_week(*both) for both in zip(planned, wanted_sessions(instance), strict=True)]
    sessions = expected_sessions(instance, shares, deloads, [week for week, _ in wanted])
    asked = [flag for _, flags in wanted for flag in flags]
    expected = tuple(one if due else _surplus(one) for one, due in zip(sessions, asked, strict=True))
    lifts, loaded, _ = read_lifts(plan, expected, Block(instance, shares, deloads))
    if len(lifts) < len(plan.sessions):
        return None
    facts = Facts(instance, shares, deloads, expected, lifts, loaded)
    breaches = [breach for lift in lifts for breach in _too_much(lift)]
    if deloads not in deload_patterns(instance):
        text = "the lighter weeks are others than these rules allow"
        breaches.append(Breach(rule="deload_weeks", text=text, dates=()))
    return check_all(facts, breaches)


def _planned(instance: Instance, plan: Plan) -> list[dict[str, Session]] | None:
    """The sessions of each week by their names; None where one is not of this program."""
    names = {
        name_of(session, repeats): session
        for repeats in reversed(range(MOST_REPEATS))
        for session in reversed(instance.sessions)
    }
    weeks: list[dict[str, Session]] = [{} for _ in instance.calendar.weeks]
    for lift in plan.sessions:
        if lift.session not in names:
            return None
        weeks[lift.week - 1][lift.session] = names[lift.session]
    return weeks


def _in_week(planned: dict[str, Session], due: list[Wanted]) -> tuple[list[Wanted], list[bool]]:
    """The sessions that count as expected in a week, and which of them are asked for.

    They are what is planned, and of what is due so much that their number is the one asked for.
    """
    missing = [one for one in due if one.name not in planned][: max(0, len(due) - len(planned))]
    kept = [one for one in due if one.name in planned or one in missing]
    others = [
        Wanted(name, session) for name, session in planned.items() if name not in {one.name for one in due}
    ]
    found = kept + sorted(others, key=lambda one: (len(one.name), one.name))
    return found, [place < len(due) for place in range(len(found))]


def _surplus(session: ExpectedSession) -> Surplus:
    return Surplus(**{field.name: getattr(session, field.name) for field in fields(session)})


def _too_much(lift: Lift) -> Iterator[Breach]:
    """More sets than these rules allow in the week, or more minutes than the runner gives the session."""
    for (item, count), top in zip(lift.items, lift.expected.tops, strict=True):
        if count > top:
            what = lift.expected.name if item.exercise is None else item.name
            yield breach(f"{lift} has {plural(count, 'set')} of {what}; the week allows {top}", lift.date)
    if lift.expected.too_long(lift.sets):
        yield breach(f"{lift} takes {lift.minutes} min; {lift.expected.limit} are given to it", lift.date)
