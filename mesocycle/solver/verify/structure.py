"""Whether a plan holds together: its sessions are wanted, on the grid, and hold the sets they claim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from mesocycle.models.clock import MINUTES_PER_DAY, format_day, format_time
from mesocycle.models.plan import Breach, Notice, Plan, PlannedSession, PlannedWeek
from mesocycle.solver.instance.calendar import Calendar
from mesocycle.solver.verify.cards import (
    STRUCTURE,
    Fault,
    Found,
    Gym,
    card_faults,
    find_items,
    growth,
    rotation_faults,
    sets_faults,
)
from mesocycle.solver.verify.facts import Lift, plural
from mesocycle.solver.verify.shares import WeekShares
from mesocycle.solver.verify.wanted import Wanted


def breach(text: str, *dates: date) -> Breach:
    """A breach of the structure."""
    return Breach(rule=STRUCTURE, text=text, dates=dates)


def read_lifts(
    plan: Plan, wanted: tuple[Wanted, ...], gym: Gym, grid_minutes: int
) -> tuple[list[Lift], list[Breach]]:
    """Turn planned sessions into lifts, with everything wrong about them.

    A session that cannot be read (unknown or doubled id, a date outside the block, other exercises) yields
    breaches and no lift; of any other the sets count, and minutes and dose are worked out from them. What a
    rule prescribes is told under that rule if it is on.
    """
    by_id = {one.id: one for one in wanted}
    lifts: dict[str, Lift] = {}
    sessions: dict[str, PlannedSession] = {}
    breaches: list[Breach] = []

    on = {rule for rule, _ in gym.instance.settings.items()}

    def add(day: date, *faults: Fault) -> None:
        for rule, text in faults:
            breaches.append(Breach(rule=rule if rule in on else STRUCTURE, text=text, dates=(day,)))

    for session in plan.sessions:
        one = by_id.get(session.id)
        problem = _unreadable(session, one, gym.instance.calendar, lifts)
        if problem or one is None:
            breaches.append(breach(problem, session.date))
            continue
        found, faults = find_items(session, one, _named(session), gym)
        add(session.date, *faults)
        if found is None:
            continue
        lift = _lift(session, one, found, gym.instance.calendar)
        lifts[one.id], sessions[one.id] = lift, session
        for text in _differences(session, lift, gym.instance.calendar, grid_minutes):
            breaches.append(breach(text, session.date))
        add(session.date, *sets_faults(lift, _named(session)))
    grown = growth(tuple(lifts.values()), gym)
    for name, lift in lifts.items():
        add(lift.date, *card_faults(sessions[name], lift, _named(sessions[name]), grown, gym))
    for lift, fault in rotation_faults(tuple(lifts.values()), sessions):
        add(lift.date, fault)
    breaches += _out_of_order(plan)
    breaches += _twins(wanted, lifts)
    breaches += _overlaps(lifts)
    return sorted(lifts.values(), key=lambda lift: (lift.start, lift.wanted.id)), breaches


def _named(session: PlannedSession) -> str:
    return f"{session.session} on {format_day(session.date)}"


def _unreadable(
    session: PlannedSession, wanted: Wanted | None, calendar: Calendar, seen: Mapping[str, Lift]
) -> str:
    """Say why a session cannot be judged; empty if it can."""
    if wanted is None:
        return f"{_named(session)} has the id {session.id}, which is no session wanted in this block"
    if session.id in seen:
        return f"{session.id} is planned twice, the second time on {format_day(session.date)}"
    if not calendar.first_day <= (session.date - calendar.monday).days <= calendar.last_day:
        return f"{_named(session)} lies outside the block"
    return ""


def _lift(session: PlannedSession, wanted: Wanted, found: Found, calendar: Calendar) -> Lift:
    day = (session.date - calendar.monday).days
    start = day * MINUTES_PER_DAY + session.start
    return Lift(
        wanted=wanted,
        date=session.date,
        day=day,
        start=start,
        end=start + wanted.minutes(found.sets),
        sets=found.sets,
        dose=wanted.dose(found.sets),
        leg_sets=wanted.leg_sets(found.sets),
        turns=found.turns,
        rotated=session.rotated,
    )


def _differences(session: PlannedSession, lift: Lift, calendar: Calendar, grid_minutes: int) -> Iterator[str]:
    wanted, name = lift.wanted, _named(session)
    if session.week != wanted.week + 1 or session.session != wanted.name:
        yield f"{name} calls itself {session.session} of week {session.week}, its id says {wanted.id}"
    if lift.day // 7 != wanted.week:
        monday = calendar.weeks[wanted.week].monday
        yield f"{name} lies outside its week, which starts on {format_day(monday)}"
    if session.start % grid_minutes:
        yield f"{name} starts at {format_time(session.start)}, off the grid of {grid_minutes} min"
    if session.end - session.start != lift.minutes:
        yield f"{name} lasts {session.end - session.start} min; its sets take {lift.minutes}"
    if session.sets != sum(lift.sets):
        yield f"{name} claims {plural(session.sets, 'set')}; its exercises hold {sum(lift.sets)}"
    if abs(session.lower_body_dose - round(lift.dose / 1000, 3)) > 1e-9:
        yield f"{name} claims a dose of {session.lower_body_dose:g}; its sets make {lift.dose / 1000:g}"
    if any(done.sets < 1 for done in session.exercises):
        yield f"{name} lists an exercise without sets"
    pairs = zip(wanted.items, lift.sets, strict=True)
    dropped = tuple(item.exercise.id for item, n in pairs if item.exercise is not None and not n)
    if session.dropped != dropped:
        yield f"{name} says dropped {', '.join(session.dropped)}; it is {', '.join(dropped)}"


def _out_of_order(plan: Plan) -> Iterator[Breach]:
    for one, after in zip(plan.sessions, plan.sessions[1:], strict=False):
        if (one.date, one.start, one.id) > (after.date, after.start, after.id):
            yield breach(f"{_named(after)} is listed after {_named(one)}", one.date, after.date)


def _overlaps(lifts: Mapping[str, Lift]) -> Iterator[Breach]:
    ordered = sorted(lifts.values(), key=lambda lift: (lift.start, lift.wanted.id))
    for at, one in enumerate(ordered):
        for after in ordered[at + 1 :]:
            if after.start >= one.end:
                break
            yield breach(f"{one} and {after} overlap", one.date, after.date)


def _twins(wanted: tuple[Wanted, ...], lifts: Mapping[str, Lift]) -> Iterator[Breach]:
    for one in wanted:
        lift = lifts.get(one.id)
        if lift is None or one.twin is None:
            continue
        first = lifts.get(one.twin)
        if first is None:
            yield breach(f"{lift} is planned although {one.twin}, the same session, is left out", lift.date)
        elif first.day > lift.day:
            yield breach(f"{lift} comes before {first}, which is the first of the two", lift.date, first.date)


def check_weeks(
    plan: Plan,
    calendar: Calendar,
    shares: tuple[WeekShares, ...],
    deloads: frozenset[int],
    patterns: tuple[frozenset[int], ...],
    wanted: tuple[Wanted, ...],
    lifts: list[Lift],
) -> Iterator[Breach]:
    """Compare the rows of the weeks with the calendar and the lifts in them."""
    if len(plan.weeks) != len(calendar.weeks):
        yield breach(f"the plan lists {plural(len(plan.weeks), 'week')}; the block has {len(calendar.weeks)}")
    if deloads not in patterns:
        numbers = ", ".join(str(index + 1) for index in sorted(deloads)) or "none"
        yield breach(
            f"the lighter weeks ({numbers}) follow neither the run plan's cutbacks nor a regular pattern"
        )
    for row, week, share in zip(plan.weeks, calendar.weeks, shares, strict=False):
        mine = [lift for lift in lifts if lift.wanted.week == week.number - 1]
        asked = [one for one in wanted if one.week == week.number - 1]
        expected = PlannedWeek(
            week=week.number,
            start=week.monday,
            distance_km=None if week.metres is None else week.metres / 1000,
            phase=week.phase,
            profile=asked[0].profile if asked else "",
            set_factor=float(share.own),
            deload=week.number - 1 in deloads,
            sets=sum(sum(lift.sets) for lift in mine),
            full_sets=sum(item.full for one in asked for item in one.items),
            minutes=sum(lift.minutes for lift in mine),
            sessions=len(mine),
            pattern_sets=_by_pattern(mine),
        )
        for field in PlannedWeek.model_fields:
            said, right = getattr(row, field), getattr(expected, field)
            if said != right:
                yield breach(f"week {week.number} says {field} {said}; it is {right}", week.monday)


def _by_pattern(lifts: list[Lift]) -> dict[str, float]:
    halves: Counter[str] = Counter()
    for lift in lifts:
        for item, count in zip(lift.wanted.items, lift.sets, strict=True):
            halves.update({pattern: each * count for pattern, each in item.patterns.items()})
    return {pattern: total / 2 for pattern, total in halves.items() if total}


def check_notices(
    notices: tuple[Notice, ...], expected: list[tuple[str, str, tuple[int, ...]]]
) -> Iterator[Breach]:
    """Compare what a plan remarks with what is to be remarked, words apart."""
    said = Counter((one.rule, one.subject, one.weeks) for one in notices)
    right = Counter(expected)
    for rule, subject, _ in right - said:
        yield breach(f"the plan does not remark {subject} ({rule})")
    for rule, subject, _ in said - right:
        yield breach(f"the plan remarks {subject} ({rule}), which is not so")
