"""What the rules remark of a block without a price, worked out a second time: findings, without words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from mesocycle.models.strength import Role
from mesocycle.solver.verify.cards import as_done
from mesocycle.solver.verify.clock import week_of_test
from mesocycle.solver.verify.facts import Facts, Lift
from mesocycle.solver.verify.growth import Load
from mesocycle.solver.verify.items import Form, Item
from mesocycle.solver.verify.loads import exact, percent_of, rack
from mesocycle.solver.verify.patterns import covered, half_sets, quarters_short

if TYPE_CHECKING:
    from mesocycle.solver import rules


# What one rule remarks: a subject, and the weeks (from 1) that it is about, none where it is about the block.
Remarks = Iterator[tuple[str, tuple[int, ...]]]


def expected_notices(facts: Facts) -> list[tuple[str, str, tuple[int, ...]]]:
    """List what the rules that are on remark of a block: rule, subject and weeks of each notice.

    What is expected decides, and for loads that do not grow what is done.
    """
    return [
        (rule, subject, weeks)
        for rule, settings in facts.instance.settings.items()
        if rule in _REMARKS
        for subject, weeks in _REMARKS[rule](facts, settings)
    ]


def _uncovered(facts: Facts, settings: rules.pattern_coverage.Parameters) -> Remarks:
    held = {pattern for session in facts.expected for item in session.items for pattern in item.patterns}
    missing = [pattern for pattern in covered(settings) if pattern not in held]
    if held and missing:
        yield " ".join(missing), tuple(week.number for week in facts.calendar.weeks)


def _few_sets(facts: Facts, settings: rules.weekly_sets_per_pattern.Parameters) -> Remarks:
    weeks = [
        [half_sets(session, tuple(item.most for item in session.items)) for session in sessions]
        for _, sessions, _ in facts.weeks
    ]
    for pattern, (least, _most) in settings.bands.items():
        best = max((sum(halves[pattern] for halves in week) for week in weeks), default=0)
        if 0 < best < 2 * least:
            yield pattern, ()


def _one_leg(facts: Facts, settings: rules.unilateral_share.Parameters) -> Remarks:
    share = exact(settings.least_share)
    weeks = tuple(
        week.number
        for week, sessions, _ in facts.weeks
        if any(item.legs and item.exercise is not None for session in sessions for item in session.items)
        and sum(quarters_short(session, session.own, share) for session in sessions) > 0
    )
    if weeks:
        yield "single_leg", weeks


def _length(facts: Facts, settings: rules.block_length_notice.Parameters) -> Remarks:
    lifting = len({session.week for session in facts.expected})
    if 0 < lifting < settings.tendon_weeks:
        yield "nerve" if lifting < settings.nerve_weeks else "tendon", ()


def _few_sessions(facts: Facts, settings: rules.older_athlete.Parameters) -> Remarks:
    age = facts.instance.scenario.athlete.age
    weeks = tuple(
        week.number
        for week, sessions, _ in (week.without_small for week in facts.weeks)
        if len(week.days) == 7 and len(sessions) < settings.least_sessions
    )
    if age is not None and age >= settings.from_age and weeks:
        yield "sessions", weeks


def _reordered(facts: Facts, settings: rules.in_session_order.Parameters) -> Remarks:
    written = {
        session.name: [entry.exercise for entry in session.exercises] for session in facts.instance.sessions
    }
    moved: dict[str, tuple[int, ...]] = {}
    for session in facts.expected:
        done = [item.entry.exercise for item in session.items if item.entry is not None]
        if done != [exercise for exercise in written[session.session] if exercise in done]:
            moved[session.session] = ()
    yield from moved.items()


def _lowered(facts: Facts, settings: rules.load_rep_zone.Parameters) -> Remarks:
    return _changed(
        facts,
        lambda entry, item: entry.load is not None and item.load is not None and item.load < entry.load,
    )


def _eased(facts: Facts, settings: rules.never_failure.Parameters) -> Remarks:
    return _changed(
        facts,
        lambda entry, item: (
            entry.rir is not None and item.rir is not None and item.legs and item.rir > entry.rir
        ),
    )


def _changed(facts: Facts, differs: Callable[[Any, Item], bool]) -> Remarks:
    """Exercises done as requested, by session, of which something else is prescribed than was written."""
    subjects = {
        f"{session.session} {item.exercise.id}": ()
        for session in facts.expected
        for item in session.items
        if item.exercise is not None and item.requested is None and differs(item.entry, item)
    }
    yield from subjects.items()


def _loaded(facts: Facts) -> Iterator[tuple[Lift, int, Load, Form]]:
    """What is loaded in the lifts of a plan: lift, number of the item, load and form."""
    for lift in facts.lifts:
        for at, (item, number) in enumerate(zip(lift.expected.items, lift.forms, strict=True)):
            load = facts.loads.get((lift.expected.id, at))
            if load is not None and number is not None:
                yield lift, at, load, item.forms[number]


def _stalled(facts: Facts, settings: rules.progressive_overload.Parameters) -> Remarks:
    """Main lifts that stay at one weight and number of repetitions, as the first card of each week has it."""
    shown: dict[str, dict[int, tuple[float, int | None]]] = {}
    for lift, at, load, form in _loaded(facts):
        if facts.instance.exercises[form.exercise].role is Role.MAIN:
            weight = load.weight if load.recorded and not load.too_heavy else load.relative
            weight = 0 if load.too_heavy else weight
            done = as_done(lift.expected.items[at], form, load, facts.instance)
            shown.setdefault(form.exercise, {}).setdefault(lift.expected.week + 1, (float(weight), done.reps))
    for name, weeks in shown.items():
        for stretch in _stretches(weeks):
            if stretch[-1] - stretch[0] >= settings.stall_weeks - 1:
                yield f"{name} weeks {stretch[0]}-{stretch[-1]}", tuple(stretch)


def _kit_ends(facts: Facts, settings: rules.kit_ceiling.Parameters) -> Remarks:
    """Movements that a harder one stands in for, that go on at the heaviest weight, and weights too light."""
    yield from _exchanged(facts, "light")
    steps: dict[str, tuple[int, ...]] = {}
    light: dict[str, tuple[int, ...]] = {}
    for lift, at, load, form in _loaded(facts):
        exercise, item = facts.instance.exercises[form.exercise], lift.expected.items[at]
        weights = rack(exercise, facts.instance.kit, facts.instance.scenario.strength.weights)
        if not load.recorded or load.too_heavy or weights.above(load.weight) is not None:
            continue
        done = as_done(item, form, load, facts.instance)
        more = (done.reps or 0) - (item.reps or 0)
        if more > 0 or (more == 0 and done.variant in ("slow_lowering", "slow_lowering_3")):
            steps[f"{exercise.id} step"] = ()
        if 2 * load.weight * 100 < percent_of(7) * exact(float(round(load.week_max, 1))):
            light[f"{exercise.id} too light"] = ()
    yield from (steps | light).items()


def _stretches(weeks: Mapping[int, tuple[float, int | None]]) -> list[list[int]]:
    """The weeks in order, those in a row that are alike together."""
    found: list[list[int]] = []
    for week in sorted(weeks):
        if found and weeks[found[-1][-1]] == weeks[week]:
            found[-1].append(week)
        else:
            found.append([week])
    return found


def _returning(facts: Facts, settings: rules.return_from_break.Parameters) -> Remarks:
    for week in facts.instance.returns:
        yield f"week {week + 1}", (week + 1,)


def _lacking(facts: Facts, settings: rules.equipment_available.Parameters) -> Remarks:
    return _exchanged(facts, "kit")


def _too_new(facts: Facts, settings: rules.novelty_guard.Parameters) -> Remarks:
    late = list(_exchanged(facts, "new"))
    yield from late
    if late or any(item.eased for session in facts.expected for item in session.items):
        yield "after the race", ()


def _tested(facts: Facts, settings: rules.strength_test.Parameters) -> Remarks:
    week = week_of_test(facts.instance, {s.week for s in facts.expected if s.has_open_lift}, facts.deloads)
    if week is not None:
        yield f"week {week + 1}", (week + 1,)
    scenario = facts.instance.scenario
    for name, record in scenario.strength.records.items():
        if record.date is not None and (scenario.start - record.date).days > 7 * settings.record_weeks:
            yield f"{name} record", ()


def _exchanged(facts: Facts, reason: str) -> Remarks:
    """What is requested and what is done instead, by session, for one reason."""
    weeks: dict[str, dict[int, None]] = {}
    for session in facts.expected:
        pairs = [(requested, "") for requested, why in session.missing if why == reason]
        for item in session.items:
            if item.exercise is not None and item.requested is not None and item.why == reason:
                pairs.append((item.requested, item.exercise.id))
        for pair in pairs:
            subject = " ".join(name for name in (session.session, *pair) if name)
            weeks.setdefault(subject, {})[session.week + 1] = None
    for subject, numbers in weeks.items():
        yield subject, tuple(numbers)


_REMARKS: Mapping[str, Callable[[Facts, Any], Remarks]] = MappingProxyType(
    {
        "equipment_available": _lacking,
        "kit_ceiling": _kit_ends,
        "strength_test": _tested,
        "novelty_guard": _too_new,
        "in_session_order": _reordered,
        "load_rep_zone": _lowered,
        "never_failure": _eased,
        "progressive_overload": _stalled,
        "pattern_coverage": _uncovered,
        "weekly_sets_per_pattern": _few_sets,
        "unilateral_share": _one_leg,
        "return_from_break": _returning,
        "older_athlete": _few_sessions,
        "block_length_notice": _length,
    }
)
