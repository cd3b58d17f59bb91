"""Why a session is where it is, forced or chosen."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from mesocycle.models.explanation import SessionExplained
from mesocycle.models.plan import PlannedSession
from mesocycle.models.prices import Alternative, more_text, points_text
from mesocycle.solver.explain.days import Days
from mesocycle.solver.explain.explainer import Explainer
from mesocycle.solver.prescription.lifts import Lift


def session_of(
    explainer: Explainer,
    lift: Lift,
    days: Collection[int] | None = None,
    minute: int | None = None,
    whole: bool = True,
) -> SessionExplained:
    """Why a session is where it is.

    Parameters
    ----------
    explainer : Explainer
        Of the plan.
    lift : Lift
        The session.
    days : collection of int, optional
        Days that are asked about; all of its week if left out.
    minute : int, optional
        The minute of the day that is asked about; the best of each day if left out.
    whole : bool
        Also what it would cost to leave it out, and the hours of each day.
    """
    week = explainer.choices.grounded.problem.calendar.weeks[lift.week]
    asked = [day for day in week.days if days is None or day in days]
    one = Days(explainer, lift, asked, minute, whole)
    planned = explainer.planned.get(lift.id)
    alternatives = one.alternatives()
    left_out = one.left_out() if whole and planned is not None else None
    every = days is None and minute is None
    return SessionExplained(
        id=lift.id,
        session=lift.name,
        kind=lift.kind,
        week=lift.week + 1,
        date=None if planned is None else planned.date,
        start=None if planned is None else planned.start,
        end=None if planned is None else planned.end,
        sets=0 if planned is None else planned.sets,
        why="" if planned is None else planned.why,
        forced=_forced(alternatives) if every and planned is not None else None,
        verdict=_verdict(alternatives, planned, every),
        days=tuple(alternatives),
        left_out=left_out,
    )


def _forced(alternatives: Sequence[Alternative]) -> bool | None:
    """Whether every other day is impossible, whatever else moves."""
    others = [one.block for one in alternatives if not one.here]
    if any(price is not None and price.possible for price in others):
        return False
    if all(price is not None and price.possible is False for price in others):
        return True
    return None


def _verdict(alternatives: Sequence[Alternative], planned: PlannedSession | None, every: bool) -> str:
    """Forced or chosen, in a sentence."""
    others = [one for one in alternatives if not one.here]
    open_days = [one for one in others if one.best.possible and one.best.points is not None]
    if planned is None:
        return _verdict_left_out(others, open_days, every)
    if not others:
        return "This is where it is."
    if not open_days:
        known = all(one.best.possible is False for one in others)
        exact = all(one.block is not None for one in others)
        if not known:
            return "Chosen, as far as is known: time was up before every other day was looked at."
        if not every:
            return "That is not possible."
        return (
            "Forced: no block has it on another day of its week."
            if exact
            else "No other day of its week is open unless something else moves."
        )
    best = min(open_days, key=lambda one: one.best.points or 0)
    if (best.best.points or 0) < 0:
        return f"{best.label} would cost {more_text(best.best.points or 0)}."
    if best.best.points == 0:
        ties = [one.label for one in open_days if one.best.points == 0]
        names = ties[0] if len(ties) == 1 else f"{', '.join(ties[:-1])} and {ties[-1]}"
        settled = f": {best.settled}" if best.settled and len(ties) == 1 else ""
        return f"Chosen among equals: {names} would cost the same{settled}."
    if not every:
        return f"{best.label} would cost {points_text(best.best.points or 0)}."
    known = all(one.block is None or one.block.possible is not None for one in others)
    chosen = "Chosen" if known else "Chosen, as far as is known"
    return f"{chosen}: the best of the other days, {best.label}, costs {points_text(best.best.points or 0)}."


def _verdict_left_out(others: Sequence[Alternative], open_days: Sequence[Alternative], every: bool) -> str:
    if not open_days:
        if any(one.best.possible is None for one in others):
            return "Left out, as far as is known: time was up before every day was looked at."
        if not every:
            return "Left out: it is not possible there."
        if any(one.block is None for one in others):
            return "Left out: no day of its week is open unless something else moves."
        return "Left out: no block has a place for it in this week."
    best = min(open_days, key=lambda one: one.best.points or 0)
    points = best.best.points or 0
    if not points:
        return f"Left out: {best.label} would cost the same."
    if points < 0:
        return f"{best.label} would cost {more_text(points)}."
    if not every:
        return f"Left out: {best.label} would cost {more_text(points)} than that."
    return f"Left out: the cheapest place for it, {best.label}, would cost {more_text(points)} than that."
