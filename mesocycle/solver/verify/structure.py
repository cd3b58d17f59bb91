"""Whether a plan holds together: its sessions are expected, on the grid, and hold the sets they claim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations, pairwise

from mesocycle.models.clock import MINUTES_PER_DAY, format_day, format_time
from mesocycle.models.plan import Breach, Notice, Plan, PlannedSession, PlannedWeek
from mesocycle.solver.instance.calendar import Calendar
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.verify.cards import (
    STRUCTURE,
    Fault,
    ReadItems,
    card_faults,
    read_items,
    rotation_faults,
    sets_faults,
)
from mesocycle.solver.verify.clock import week_of_test
from mesocycle.solver.verify.expected import ExpectedSession
from mesocycle.solver.verify.facts import Facts, Lift, plural
from mesocycle.solver.verify.growth import Block, Loads, loads
from mesocycle.solver.verify.patterns import half_sets
from mesocycle.solver.verify.season import phases
from mesocycle.solver.verify.shares import deload_patterns


def breach(text: str, *dates: date) -> Breach:
    """A breach of the structure."""
    return Breach(rule=STRUCTURE, text=text, dates=dates)


def read_lifts(
    plan: Plan, expected: tuple[ExpectedSession, ...], block: Block
) -> tuple[tuple[Lift, ...], Loads, list[Breach]]:
    """Turn planned sessions into lifts, with what they load and everything wrong about them.

    A session that cannot be read (unknown or doubled id, a date outside the block, other exercises) yields
    breaches and no lift; of any other the sets count, and minutes and dose are worked out from them. What a
    rule prescribes is reported under that rule if it is on.
    """
    instance, deloads = block.instance, block.deloads
    by_id = {session.id: session for session in expected}
    lifts: dict[str, Lift] = {}
    sessions: dict[str, PlannedSession] = {}
    breaches: list[Breach] = []
    on = {rule for rule, _ in instance.settings.items()}

    def add(day: date, *faults: Fault) -> None:
        for rule, text in faults:
            breaches.append(Breach(rule=rule if rule in on else STRUCTURE, text=text, dates=(day,)))

    for planned in plan.sessions:
        session = by_id.get(planned.id)
        problem = _unreadable(planned, session, instance.calendar, lifts)
        if problem or session is None:
            breaches.append(breach(problem, planned.date))
            continue
        items, faults = read_items(planned, session, _named(planned), instance)
        add(planned.date, *faults)
        if items is None:
            continue
        lift = _lift(planned, session, items, instance.calendar)
        lifts[session.id], sessions[session.id] = lift, planned
        for text in _differences(planned, lift, instance):
            breaches.append(breach(text, planned.date))
        add(planned.date, *sets_faults(lift, _named(planned)))
    loaded = loads(tuple(lifts.values()), block)
    test = week_of_test(instance, {s.week for s in expected if s.has_open_lift}, deloads)
    for name, lift in lifts.items():
        is_test = lift.expected.week == test
        add(lift.date, *card_faults(sessions[name], lift, _named(sessions[name]), loaded, instance, is_test))
    for lift, fault in rotation_faults(tuple(lifts.values()), sessions):
        add(lift.date, fault)
    ordered = tuple(sorted(lifts.values(), key=lambda lift: (lift.start, lift.expected.id)))
    settled = frozenset(instance.past.settled) if instance.past is not None else frozenset()
    breaches += [*_out_of_order(plan), *_twins(expected, lifts, settled), *_overlaps(ordered)]
    if instance.scenario.strength.rotation:
        free = [lifts[s.id] for s in expected if s.id in lifts and s.id not in settled]
        breaches += _out_of_turn(free)
    return ordered, loaded, breaches


def _named(planned: PlannedSession) -> str:
    return f"{planned.session} on {format_day(planned.date)}"


def _unreadable(
    planned: PlannedSession, expected: ExpectedSession | None, calendar: Calendar, seen: Mapping[str, Lift]
) -> str:
    """Say why a session cannot be judged; empty if it can."""
    if expected is None:
        return f"{_named(planned)} has the id {planned.id}, which is no session wanted in this block"
    if planned.id in seen:
        return f"{planned.id} is planned twice, the second time on {format_day(planned.date)}"
    if not calendar.first_day <= (planned.date - calendar.monday).days <= calendar.last_day:
        return f"{_named(planned)} lies outside the block"
    return ""


def _lift(planned: PlannedSession, expected: ExpectedSession, items: ReadItems, calendar: Calendar) -> Lift:
    day = (planned.date - calendar.monday).days
    start = day * MINUTES_PER_DAY + planned.start
    return Lift(
        expected=expected,
        date=planned.date,
        day=day,
        start=start,
        end=start + expected.minutes(items.sets),
        sets=items.sets,
        dose=expected.dose(items.sets),
        forms=items.forms,
        rotated=planned.rotated,
    )


def _differences(planned: PlannedSession, lift: Lift, instance: Instance) -> Iterator[str]:
    expected, name, grid = lift.expected, _named(planned), instance.scenario.strength.grid_minutes
    if planned.week != expected.week + 1 or planned.session != expected.name:
        yield f"{name} calls itself {planned.session} of week {planned.week}, its id says {expected.id}"
    if planned.kind != expected.kind:
        yield f"{name} is listed as {planned.kind}; it is {expected.kind}"
    if lift.day // 7 != expected.week:
        monday = instance.calendar.weeks[expected.week].monday
        yield f"{name} lies outside its week, which starts on {format_day(monday)}"
    if planned.start % grid:
        yield f"{name} starts at {format_time(planned.start)}, off the grid of {grid} min"
    if planned.end - planned.start != lift.minutes:
        yield f"{name} lasts {planned.end - planned.start} min; its sets take {lift.minutes}"
    if planned.sets != sum(lift.sets):
        yield f"{name} claims {plural(planned.sets, 'set')}; its exercises hold {sum(lift.sets)}"
    if abs(planned.lower_body_dose - round(lift.dose / 1000, 3)) > 1e-9:
        yield f"{name} claims a dose of {planned.lower_body_dose:g}; its sets make {lift.dose / 1000:g}"
    if any(exercise.sets < 1 for exercise in planned.exercises):
        yield f"{name} lists an exercise without sets"
    dropped = tuple(item.exercise.id for item, n in lift.items if item.exercise is not None and not n)
    if planned.dropped != dropped:
        yield f"{name} says dropped {', '.join(planned.dropped)}; it is {', '.join(dropped)}"


def _out_of_order(plan: Plan) -> Iterator[Breach]:
    for first, second in pairwise(plan.sessions):
        if (first.date, first.start, first.id) > (second.date, second.start, second.id):
            yield breach(f"{_named(second)} is listed after {_named(first)}", first.date, second.date)


def _overlaps(lifts: tuple[Lift, ...]) -> Iterator[Breach]:
    for at, first in enumerate(lifts):
        for second in lifts[at + 1 :]:
            if second.start >= first.end:
                break
            yield breach(f"{first} and {second} overlap", first.date, second.date)


def _twins(
    expected: tuple[ExpectedSession, ...], lifts: Mapping[str, Lift], settled: frozenset[str]
) -> Iterator[Breach]:
    for session in expected:
        lift = lifts.get(session.id)
        if lift is None or session.twin is None or not settled.isdisjoint((session.id, session.twin)):
            continue
        first = lifts.get(session.twin)
        if first is None:
            text = f"{lift} is planned although {session.twin}, the same session, is left out"
            yield breach(text, lift.date)
        elif first.day > lift.day:
            yield breach(f"{lift} comes before {first}, which is the first of the two", lift.date, first.date)


def _out_of_turn(lifts: Sequence[Lift]) -> Iterator[Breach]:
    """What the runner's own rotation has in a week comes in its order; lifts as they are expected."""
    for first, second in combinations([lift for lift in lifts if lift.is_lift], 2):
        same_week = first.expected.week == second.expected.week
        if same_week and second.day < first.day and second.expected.twin != first.expected.id:
            yield breach(f"{second} comes before {first}, whose turn is first", second.date, first.date)


def check_weeks(plan: Plan, facts: Facts) -> Iterator[Breach]:
    """Compare the rows of the weeks with the calendar and the lifts in them."""
    weeks, deloads = facts.calendar.weeks, facts.deloads
    if len(plan.weeks) != len(weeks):
        yield breach(f"the plan lists {plural(len(plan.weeks), 'week')}; the block has {len(weeks)}")
    if deloads not in deload_patterns(facts.instance):
        numbers = ", ".join(str(index + 1) for index in sorted(deloads)) or "none"
        yield breach(
            f"the lighter weeks ({numbers}) follow neither the run plan's cutbacks nor a regular pattern"
        )
    for row, (index, week), phase in zip(plan.weeks, enumerate(weeks), phases(facts.instance), strict=False):
        lifts = [lift for lift in facts.lifts if lift.expected.week == index]
        sessions = facts.weeks[index].expected
        right = PlannedWeek(
            week=week.number,
            start=week.monday,
            distance_km=None if week.metres is None else week.metres / 1000,
            phase=phase,
            profile=next((session.zone for session in sessions if session.zone), ""),
            set_factor=float(facts.shares[index].own),
            deload=index in deloads,
            sets=sum(sum(lift.sets) for lift in lifts),
            full_sets=sum(item.most for session in sessions for item in session.items),
            minutes=sum(lift.minutes for lift in lifts),
            sessions=len(lifts),
            pattern_sets=_by_pattern(lifts),
        )
        for field in PlannedWeek.model_fields:
            value, due = getattr(row, field), getattr(right, field)
            if value != due:
                yield breach(f"week {week.number} says {field} {value}; it is {due}", week.monday)


def _by_pattern(lifts: list[Lift]) -> dict[str, float]:
    halves: Counter[str] = Counter()
    for lift in lifts:
        halves.update(half_sets(lift.expected, lift.sets))
    return {pattern: total / 2 for pattern, total in halves.items() if total}


def check_notices(
    notices: tuple[Notice, ...], expected: list[tuple[str, str, tuple[int, ...]]]
) -> Iterator[Breach]:
    """Compare what a plan remarks with what is to be remarked, words apart."""
    listed = Counter((notice.rule, notice.subject, notice.weeks) for notice in notices)
    right = Counter(expected)
    for rule, subject, _ in right - listed:
        yield breach(f"the plan does not remark {subject} ({rule})")
    for rule, subject, _ in listed - right:
        yield breach(f"the plan remarks {subject} ({rule}), which is not so")
