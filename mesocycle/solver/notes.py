"""What the block does that a runner may not expect, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mesocycle.models.clock import weeks_text
from mesocycle.solver.content.items import Item
from mesocycle.solver.ladder import cap
from mesocycle.solver.lifts import Lift
from mesocycle.solver.problem import Problem
from mesocycle.solver.rules import set_trim_by_mileage


def block_notes(problem: Problem) -> Iterator[str]:
    """Yield why there is no lift or some weeks have fewer sets, and where the lighter weeks come from."""
    weeks = problem.calendar.weeks
    travel = problem.settings.get("blocked_dates")
    days = {day for week in weeks for day in week.days}
    if problem.lifts and travel is not None and travel.hard and days <= problem.calendar.blocked:
        yield "Every day of the block is blocked, so no lift is planned."
        return
    fewer = {lift.week + 1 for lift in problem.lifts if any(r < item.most for r, item in _tops(lift))}
    mileage = problem.settings.get("set_trim_by_mileage")
    shares = set_trim_by_mileage.factors(problem.calendar, mileage, (), frozenset()) if mileage else []
    taper = [week.number for week in weeks if week.phase == "taper"]
    light = [week + 1 for week in sorted(problem.deload_weeks) if week + 1 not in taper]
    after = [week.number for week in weeks if week.phase == "recovery"]
    other = [week.number for week in weeks if week.number not in (*taper, *light, *after)]
    high = [n for n in other if shares and shares[n - 1] == problem.factors[n - 1].own]
    for numbers, why in (
        (light, "lighter by turns" if problem.deload_is_choice else "lighter, like your cutback in running"),
        (high, "mileage is near its peak"),
        (
            [n for n in other if n not in high],
            "a gentle start" if problem.calendar.slow_start else "sets grow step by step",
        ),
        (taper, "taper"),
        ([n for n in after if n not in light], "recovery after the race"),
    ):
        told = [number for number in numbers if number in fewer]
        if told:
            has = "has" if len(told) == 1 else "have"
            yield f"{weeks_text(told).capitalize()} {has} fewer sets at the same load: {why}."
    if problem.calendar.flat and "set_trim_by_mileage" in problem.settings:
        yield "Your mileage is even over the block, so no week is trimmed for it."


def left_out_notes(problem: Problem, chosen: Iterable[int]) -> Iterator[str]:
    """Yield which of the wanted lifts do not take place."""
    placed = {int(problem.options.lift[at]) for at in chosen}
    missing: dict[str, list[int]] = {}
    for lift in problem.lifts:
        if lift.index not in placed:
            missing.setdefault(lift.name, []).append(lift.week + 1)
    for name, weeks in missing.items():
        yield f"{name} is left out in {weeks_text(weeks)}: every place for it would cost more than that."


def short_notes(problem: Problem, chosen: Iterable[int]) -> Iterator[str]:
    """Yield what was kept and what was dropped where a session is shorter than its week allows."""
    dropped: dict[tuple[str, str, str, int], list[int]] = {}
    fewer: dict[tuple[str, str], list[int]] = {}
    for at in sorted(chosen):
        lift = problem.lifts[int(problem.options.lift[at])]
        rung = lift.rungs[int(problem.options.rung[at])]
        own = problem.factors[lift.week].own
        named = [
            (item, n) for item, n in zip(lift.items, rung.sets, strict=True) if item.exercise is not None
        ]
        gone = [item.name.lower() for item, n in named if not n]
        less = [item.name.lower() for item, n in named if 0 < n < cap(item, own)]
        if gone:
            kept = [item.name.lower() for item, n in named if n]
            key = (lift.session, listed(kept), listed(gone), rung.minutes)
            dropped.setdefault(key, []).append(lift.week + 1)
        elif less:
            fewer.setdefault((lift.session, listed(less)), []).append(lift.week + 1)
    for (session, left, away, minutes), weeks in dropped.items():
        numbers = list(dict.fromkeys(weeks))
        yield f"{session}: kept {left}, dropped {away} in {weeks_text(numbers)}: {minutes} minutes."
    for (session, names), weeks in fewer.items():
        yield f"{session}: fewer sets of {names} in {weeks_text(list(dict.fromkeys(weeks)))}, to fit."


def listed(names: Sequence[str]) -> str:
    """Write "rows, presses and planks"."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _tops(lift: Lift) -> Iterator[tuple[int, Item]]:
    return zip(
        (max(column) for column in zip(*(r.sets for r in lift.rungs), strict=True)), lift.items, strict=True
    )
