"""Why an exercise has so many sets in a week, and what one more or one less would cost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mesocycle.models.clock import MINUTES_PER_DAY
from mesocycle.models.explanation import ExerciseSets
from mesocycle.models.prices import Alternative, Price
from mesocycle.solver.explain.exact import Found, Least, Scope
from mesocycle.solver.explain.explainer import Explainer
from mesocycle.solver.explain.weeks import reasons_for_fewer
from mesocycle.solver.model.narrowing import Kept, Wish
from mesocycle.solver.prescription.lifts import Lift


def sets_of(explainer: Explainer, lift: Lift) -> Iterator[ExerciseSets]:
    """The exercises of a session that takes place, those of a superset or complex as one."""
    kept = explainer.exact.kept[lift.index]
    if kept is None:
        return
    why = reasons_for_fewer(explainer.choices.grounded.problem, lift.week)
    for unit, ways in zip(lift.space.units, lift.space.ways, strict=True):
        items = [lift.items[at] for at in unit]
        if items[0].exercise is None:
            continue
        now, name = kept.sets[unit[0]], " + ".join(item.name for item in items)
        more = min((n for n in ways if n > now), default=None)
        fewer = max((n for n in ways if n < now), default=None)
        told = [
            None if count is None else _other(explainer, lift, unit, count, _label(name, now, count))
            for count in (more, fewer)
        ]
        allowed = lift.own[unit[0]]
        yield ExerciseSets(
            exercise=items[0].exercise,
            name=name,
            sets=now,
            full=items[0].most,
            allowed=allowed,
            most=max(ways),
            more=told[0],
            fewer=told[1],
            text=_text(name, now, items[0].most, allowed, max(ways), why, told),
        )


def _label(name: str, now: int, count: int) -> str:
    if not count:
        return f"without {name}"
    if not now:
        return f"with {count} set{'s' * (count != 1)} of {name}"
    word = "more" if count > now else "less"
    return f"{abs(count - now)} set{'s' * (abs(count - now) != 1)} {word} of {name}"


def _other(explainer: Explainer, lift: Lift, unit: Sequence[int], count: int, label: str) -> Alternative:
    """What another number of sets costs."""
    exact, kept = explainer.exact, explainer.exact.kept[lift.index]
    sets = dict.fromkeys(unit, count)
    found: Found | None = None
    answers: list[tuple[Least, Scope]] = []
    for scope in Scope:
        if scope is not Scope.FROZEN and scope not in explainer.scopes:
            continue
        wish = Wish(sets=sets)
        if scope is Scope.FROZEN and kept is not None:
            day, minute = divmod(kept.start, MINUTES_PER_DAY)
            others = dict(enumerate(kept.sets))
            wish = Wish(days={day}, minute=minute, sets={**others, **sets})
        (answer,) = exact.least(lift.index, [wish], scope, [found])
        answers.append((answer, scope))
        found = answer.found
    prices = explainer.prices(lift.index, answers)
    known: dict[Scope, Price] = {}
    for (answer, scope), price in zip(answers, prices, strict=True):
        # What was asked about needs no telling, only what else the session changes.
        asked = answer.found is not None and _only_asked(answer.found.changed.get(lift.index), kept, sets)
        known[scope] = price.model_copy(update={"content": ""}) if asked else price
    return Alternative(
        label=label, frozen=known[Scope.FROZEN], week=known.get(Scope.WEEK), block=known.get(Scope.BLOCK)
    )


def _only_asked(changed: Kept | None, before: Kept | None, sets: Mapping[int, int]) -> bool:
    """Whether a session differs in no other sets than those that are asked about."""
    if changed is None or before is None:
        return False
    return all(
        at in sets or n == old for at, (n, old) in enumerate(zip(changed.sets, before.sets, strict=True))
    )


def _text(
    name: str, now: int, full: int, allowed: int, most: int, why: str, told: Sequence[Alternative | None]
) -> str:
    """Why so many, and what other numbers cost, in a sentence."""
    begin = f"{name}: {now} of {full} set{'s' * (full != 1)}"
    if now < min(allowed, full):
        begin += f"; the week allows {allowed}, the rest gave way to time or to runs"
    elif now < full:
        begin += f", all that this week allows{f' ({why})' if why else ''}"
    parts = [begin]
    more, fewer = told
    if more is None and now < full:
        parts.append(f"more than {most} is not allowed")
    for one in (more, fewer):
        if one is not None:
            parts.append(f"{one.label}: {one.best.text}")
    return "; ".join(parts) + "."
