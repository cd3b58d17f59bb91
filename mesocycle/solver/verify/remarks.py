"""What the rules remark of a block without a price, told a second time: findings and weeks, without words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from mesocycle.models.strength import Role
from mesocycle.solver.verify.cards import Gym, growth
from mesocycle.solver.verify.facts import Facts
from mesocycle.solver.verify.patterns import covered, half_sets, quarters_short
from mesocycle.solver.verify.wanted import Item

if TYPE_CHECKING:
    from mesocycle.solver import rules


Remark = tuple[str, str, tuple[int, ...]]
# What one rule has to say: a finding, and the weeks (from 1) that it is about.
_Found = Iterator[tuple[str, tuple[int, ...]]]
_ALWAYS: tuple[int, ...] = ()


def expected_notices(facts: Facts) -> list[Remark]:
    """List what the rules that are on remark of a block.

    Parameters
    ----------
    facts : Facts
        What is wanted decides, and for loads that do not grow what is done.

    Returns
    -------
    list of (str, str, tuple of int)
        Rule, subject and weeks of each notice.
    """
    return [
        (rule, subject, weeks)
        for rule, settings in facts.settings.items()
        if rule in _REMARKS
        for subject, weeks in _REMARKS[rule](facts, settings)
    ]


def _patterns_held(facts: Facts, settings: rules.pattern_coverage.Parameters) -> _Found:
    held = {pattern for one in facts.wanted for item in one.items for pattern in item.patterns}
    missing = [pattern for pattern in covered(settings) if pattern not in held]
    if held and missing:
        yield " ".join(missing), tuple(week.number for week in facts.calendar.weeks)


def _sets_held(facts: Facts, settings: rules.weekly_sets_per_pattern.Parameters) -> _Found:
    weeks = [
        [half_sets(one, tuple(item.full for item in one.items)) for one in week]
        for week in facts.wanted_by_week()
    ]
    for pattern, (least, _most) in settings.bands.items():
        best = max((sum(halves[pattern] for halves in week) for week in weeks), default=0)
        if 0 < best < 2 * least:
            yield pattern, _ALWAYS


def _one_leg(facts: Facts, settings: rules.unilateral_share.Parameters) -> _Found:
    share = Fraction(str(settings.least_share))
    weeks = tuple(
        index + 1
        for index, week in enumerate(facts.wanted_by_week())
        if any(item.legs and item.exercise is not None for one in week for item in one.items)
        and sum(quarters_short(one, one.own, share) for one in week) > 0
    )
    if weeks:
        yield "single_leg", weeks


def _length(facts: Facts, settings: rules.block_length_notice.Parameters) -> _Found:
    lifting = len({one.week for one in facts.wanted})
    if 0 < lifting < settings.tendon_weeks:
        yield "nerve" if lifting < settings.nerve_weeks else "tendon", _ALWAYS


def _few_sessions(facts: Facts, settings: rules.older_athlete.Parameters) -> _Found:
    age = facts.scenario.athlete.age
    weeks = tuple(
        week.number
        for week, wanted in zip(facts.calendar.weeks, facts.wanted_by_week(), strict=True)
        if week.last_day - week.first_day == 6 and len(wanted) < settings.least_sessions
    )
    if age is not None and age >= settings.from_age and weeks:
        yield "sessions", weeks


def _order(facts: Facts, settings: rules.in_session_order.Parameters) -> _Found:
    written = {
        session.name: [entry.exercise for entry in session.exercises] for session in facts.instance.sessions
    }
    moved = {}
    for one in facts.wanted:
        done = [item.entry.exercise for item in one.items if item.entry is not None]
        if done != [exercise for exercise in written[one.session] if exercise in done]:
            moved[one.session] = _ALWAYS
    yield from moved.items()


def _lowered(facts: Facts, settings: rules.load_rep_zone.Parameters) -> _Found:
    yield from _told(
        facts,
        lambda asked, item: asked.load is not None and item.load is not None and item.load < asked.load,
    )


def _eased(facts: Facts, settings: rules.never_failure.Parameters) -> _Found:
    yield from _told(
        facts,
        lambda asked, item: (
            asked.rir is not None and item.rir is not None and item.legs and item.rir > asked.rir
        ),
    )


def _told(facts: Facts, differs: Callable[[Any, Item], bool]) -> _Found:
    """Exercises done as asked for, by session, of which something else is prescribed than was written."""
    subjects = {
        f"{one.session} {item.exercise.id}": _ALWAYS
        for one in facts.wanted
        for item in one.items
        if item.exercise is not None
        and item.entry is not None
        and item.entry.exercise == item.exercise.id
        and differs(item.entry, item)
    }
    yield from subjects.items()


def _standstill(facts: Facts, settings: rules.progressive_overload.Parameters) -> _Found:
    """Main lifts that stay at one load, as a card shows it, from their first such week to the last."""
    gym = Gym(facts.instance, facts.deloads)
    shown: dict[tuple[str, float], list[int]] = {}
    for (name, week), more in growth(facts.lifts, gym).items():
        if facts.instance.exercises[name].role is Role.MAIN:
            shown.setdefault((name, float(round(more, 1))), []).append(week + 1)
    for (name, _more), weeks in shown.items():
        first, last = min(weeks), max(weeks)
        if last - first >= settings.stall_weeks - 1:
            yield f"{name} weeks {first}-{last}", tuple(sorted(weeks))


def _lacking(facts: Facts, settings: rules.equipment_available.Parameters) -> _Found:
    yield from _exchanged(facts, "kit")


def _too_new(facts: Facts, settings: rules.novelty_guard.Parameters) -> _Found:
    yield from _exchanged(facts, "new")


def _exchanged(facts: Facts, reason: str) -> _Found:
    """What was asked for and what is done instead, by session, for one reason."""
    weeks: dict[str, dict[int, None]] = {}
    for one in facts.wanted:
        pairs = [(asked, "") for asked, why in one.missing if why == reason]
        for item in one.items:
            if item.entry is not None and item.exercise is not None:
                asked, done = item.entry.exercise, item.exercise.id
                if asked != done and _why(facts, asked) == reason:
                    pairs.append((asked, done))
        for pair in pairs:
            subject = " ".join(word for word in (one.session, *pair) if word)
            weeks.setdefault(subject, {})[one.week + 1] = None
    for subject, numbers in weeks.items():
        yield subject, tuple(numbers)


def _why(facts: Facts, asked: str) -> str:
    """An exchange is due to the kit where that has no way to do what was asked for, else to the week."""
    kit = facts.instance.kit if facts.settings.equipment_available is not None else None
    ways = facts.instance.exercises[asked].equipment
    return "new" if kit is None or any(kit.issuperset(way) for way in ways) else "kit"


_REMARKS: Mapping[str, Callable[[Facts, Any], _Found]] = MappingProxyType(
    {
        "equipment_available": _lacking,
        "novelty_guard": _too_new,
        "in_session_order": _order,
        "load_rep_zone": _lowered,
        "never_failure": _eased,
        "progressive_overload": _standstill,
        "pattern_coverage": _patterns_held,
        "weekly_sets_per_pattern": _sets_held,
        "unilateral_share": _one_leg,
        "older_athlete": _few_sessions,
        "block_length_notice": _length,
    }
)
