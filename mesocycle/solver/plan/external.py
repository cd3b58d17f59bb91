"""Somebody's own lifts in the shape of a plan, so that the rules can judge where they stand.

What a session holds is taken from a plan of the same scenario: a calendar states when, not how much.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from mesocycle.models.clock import MINUTES_PER_DAY, format_day, format_time
from mesocycle.models.plan import Audit, Plan, PlannedSession, PlannedWeek
from mesocycle.models.strength import Exercise
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.verify import verify
from mesocycle.solver.verify.cards import OF_RULE, STRUCTURE

# How exported calendars begin the title of a lift.
WORD_BEFORE = "Strength "
# What a card states of loads, and what holds a plan together: neither says where or how much is lifted.
STATED = {STRUCTURE, OF_RULE["weight"]}


class OwnLift(NamedTuple):
    """A lift as its calendar has it; the start in minutes since midnight."""

    day: date
    start: int
    title: str


class Outside(NamedTuple):
    """A plan of somebody's lifts, and what could not be put into it."""

    plan: Plan
    notes: tuple[str, ...]


def outside_plan(instance: Instance, lifts: Sequence[OwnLift], like: Plan) -> Outside:
    """Put lifts into the shape of a plan.

    Parameters
    ----------
    instance : Instance
        Whose rules are to judge.
    lifts : sequence of OwnLift
        When somebody lifts.
    like : Plan
        A plan of the scenario: each lift is taken for one of its week's sessions, by name or else in turn.

    Returns
    -------
    Outside
        Lifts beyond those that the scenario wants are named in `notes`, and are no part of the plan.
    """
    sessions: list[PlannedSession] = []
    notes: list[str] = []
    for week in like.weeks:
        wanted = [session for session in like.sessions if session.week == week.week]
        placed = sorted(lift for lift in lifts if week.start <= lift.day < week.start + timedelta(days=7))
        pairs, surplus = _paired(placed, wanted)
        for lift, session in pairs:
            minutes = session.end - session.start
            start = min(lift.start, MINUTES_PER_DAY - minutes)
            moved = {"date": lift.day, "start": start, "end": start + minutes, "why": ""}
            sessions.append(session.model_copy(update=moved))
        notes += [
            f"{format_day(lift.day)} {format_time(lift.start)} {lift.title}: one lift more than the scenario "
            f"wants in week {week.week}; it was not judged."
            for lift in surplus
        ]
    sessions.sort(key=lambda session: (session.date, session.start, session.id))
    weeks = tuple(_row(week, sessions, instance.exercises) for week in like.weeks)
    return Outside(like.model_copy(update={"sessions": tuple(sessions), "weeks": weeks}), tuple(notes))


def _paired(
    lifts: Sequence[OwnLift], wanted: Sequence[PlannedSession]
) -> tuple[list[tuple[OwnLift, PlannedSession]], list[OwnLift]]:
    """Each lift with the session of its name, the others in their order; and the lifts that are too many."""
    left, pairs, others = list(wanted), [], []
    for lift in lifts:
        # The longest name first: "Upper body" is more than "Upper".
        named = max(
            (session for session in left if _names(lift.title, session.session)),
            key=lambda session: len(session.session),
            default=None,
        )
        if named is None:
            others.append(lift)
        else:
            left.remove(named)
            pairs.append((lift, named))
    pairs += list(zip(others, left, strict=False))
    return pairs, others[len(left) :]


def _names(title: str, session: str) -> bool:
    """Whether a title begins with a session's name, as whole words: "Strength A · 14 sets" is A."""
    own = title.removeprefix(WORD_BEFORE)
    return own.startswith(session) and not own[len(session) :][:1].isalnum()


def _row(
    week: PlannedWeek, sessions: Sequence[PlannedSession], library: Mapping[str, Exercise]
) -> PlannedWeek:
    placed = [session for session in sessions if session.week == week.week]
    halves: Counter[str] = Counter()
    for item in (item for session in placed for item in session.exercises):
        own, *others = library[item.exercise].counts_for
        halves.update({own: 2 * item.sets} | dict.fromkeys(others, item.sets))
    return week.model_copy(
        update={
            "sets": sum(session.sets for session in placed),
            "minutes": sum(session.end - session.start for session in placed),
            "sessions": len(placed),
            "pattern_sets": {pattern: count / 2 for pattern, count in sorted(halves.items()) if count},
        }
    )


def judged_outside(instance: Instance, plan: Plan) -> Audit:
    """Judge such a plan: by the rules alone, as its own figures were made up here."""
    found = verify(instance, plan)
    return found.model_copy(update={"breaches": tuple(b for b in found.breaches if b.rule != STRUCTURE)})


def judged_standing(instance: Instance, plan: Plan) -> tuple[Audit, tuple[str, ...]]:
    """Judge a plan that something happened to: by the rules, not by what its cards stated before that.

    Returns
    -------
    tuple of Audit and tuple of str
        The second says how much was not judged, if anything.
    """
    found = verify(instance, plan)
    kept = tuple(breach for breach in found.breaches if breach.rule not in STATED)
    passed = len(found.breaches) - len(kept)
    if not passed:
        return found, ()
    figures = "1 figure" if passed == 1 else f"{passed} figures"
    note = f"{figures} of the plan date from before something was skipped, moved or done otherwise; "
    return found.model_copy(update={"breaches": kept}), (f"{note}they were not judged.",)
