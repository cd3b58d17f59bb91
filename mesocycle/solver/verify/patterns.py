"""What the week's sets are made of: movement patterns, single-leg work, jumps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise
from math import floor, trunc
from typing import TYPE_CHECKING

from mesocycle.solver.verify.expected import ExpectedSession, Sets
from mesocycle.solver.verify.facts import Facts, Finding, check, judge, plural, words
from mesocycle.solver.verify.loads import exact

if TYPE_CHECKING:
    from mesocycle.solver import rules


LOWER_BODY = ("squat", "hinge", "single_leg", "calf")
COVERED: Mapping[str, tuple[str, ...]] = {
    "six_plus_calf_core": (*LOWER_BODY, "push", "pull", "core", "carry"),
    "runner_four": (*LOWER_BODY, "core"),
}
LANDINGS_PER_UNIT = 10


def covered(settings: rules.pattern_coverage.Parameters) -> tuple[str, ...]:
    """The patterns that pattern_coverage counts."""
    return settings.patterns if settings.profile == "custom" else COVERED[settings.profile]


def half_sets(session: ExpectedSession, sets: Sets) -> Counter[str]:
    """Half sets of each pattern in so many sets of a session."""
    halves: Counter[str] = Counter()
    for item, count in session.with_sets(sets):
        for pattern, per_set in item.patterns.items():
            halves[pattern] += per_set * count
    return halves


def quarters_short(session: ExpectedSession, sets: Sets, share: Fraction) -> int:
    """Whole quarter sets by which the single-leg sets are short of their share; negative if above it."""
    alone = sum(count for item, count in session.with_sets(sets) if item.legs and item.unilateral)
    return trunc(4 * (share * session.leg_sets(sets) - alone))


def _done(facts: Facts) -> list[Counter[str]]:
    """Half sets that each week holds of each pattern."""
    weeks: list[Counter[str]] = [Counter() for _ in facts.calendar.weeks]
    for lift in facts.lifts:
        weeks[lift.expected.week].update(half_sets(lift.expected, lift.sets))
    return weeks


@check
def pattern_coverage(facts: Facts, settings: rules.pattern_coverage.Parameters) -> Iterator[Finding]:
    """Sessions of the program, and patterns in them, that some weeks in a row could hold and do not."""
    count = len(facts.calendar.weeks)
    held: list[set[tuple[str, str]]] = [set() for _ in range(count)]
    done: list[set[tuple[str, str]]] = [set() for _ in range(count)]
    for session in facts.expected:
        every = tuple(1 for _ in session.items)
        held[session.week] |= _due(session, every, settings)
    for lift in facts.lifts:
        done[lift.expected.week] |= _due(lift.expected, lift.sets, settings)
    length = min(settings.weeks, count)
    for first in range(count - length + 1):
        weeks = range(first, first + length)
        missing = set().union(*(held[at] for at in weeks)).difference(*(done[at] for at in weeks))
        span = f"week {first + 1}" if length == 1 else f"weeks {first + 1} to {first + length}"
        for _, name in sorted(missing):
            text = f"{span} without {words(name)}"
            yield judge(settings, text, (facts.first_date(first),), 1, "patterns or sessions missing")


def _due(
    session: ExpectedSession, sets: Sets, settings: rules.pattern_coverage.Parameters
) -> set[tuple[str, str]]:
    """What so many sets of a session have done of what is due: itself, and its patterns that count."""
    if not session.items:
        return set()  # nothing of it can be done
    trained = {pattern for pattern, halves in half_sets(session, sets).items() if halves}
    patterns = trained.intersection(covered(settings))
    return {("session", session.session), *(("pattern", pattern) for pattern in patterns)}


@check
def weekly_sets_per_pattern(
    facts: Facts, settings: rules.weekly_sets_per_pattern.Parameters
) -> Iterator[Finding]:
    """Half sets of a pattern outside its band; the lower end shrinks with the week's share."""
    done = _done(facts)
    for index, (_, sessions, _) in enumerate(facts.weeks):
        offered: Counter[str] = Counter()
        for session in sessions:
            offered.update(half_sets(session, session.own))
        share = facts.shares[index].own
        for pattern, (least, most) in settings.bands.items():
            low = min(floor(2 * least * share + Fraction(1, 2)), offered[pattern])
            count = done[index][pattern]
            outside = max(low - count, count - 2 * most)
            if outside > 0:
                sets = f"{count / 2:g} set{'s' * (count != 2)}"
                text = f"week {index + 1} has {sets} of {words(pattern)}; {low / 2:g} to {most} are wanted"
                yield judge(settings, text, (facts.first_date(index),), outside, "half sets outside the band")


@check
def unilateral_share(facts: Facts, settings: rules.unilateral_share.Parameters) -> Iterator[Finding]:
    """Quarter sets of single-leg work short, in weeks whose sessions hold enough of it."""
    share = exact(settings.least_share)
    short = [0] * len(facts.calendar.weeks)
    for lift in facts.lifts:
        short[lift.expected.week] += quarters_short(lift.expected, lift.sets, share)
    for index, (_, sessions, _) in enumerate(facts.weeks):
        could = sum(quarters_short(session, session.own, share) for session in sessions) <= 0
        if could and short[index] > 0:
            text = f"week {index + 1} has too few leg sets on one leg"
            yield judge(settings, text, (facts.first_date(index),), short[index], "quarter sets short")


@check
def plyo_limits(facts: Facts, settings: rules.plyo_limits.Parameters) -> Iterator[Finding]:
    """Landings of a session above the most, and sessions with jumps in a row that lie too near each other."""
    new = facts.instance.scenario.athlete.experience == "new"
    most = settings.new_contacts if new else settings.most_contacts
    jumping = []
    for lift in facts.lifts:
        landings = sum(count * item.contacts for item, count in lift.items)
        if landings:
            jumping.append(lift)
        if landings > most:
            text = f"{lift} has {plural(landings, 'landing')}; {most} are the most"
            yield judge(settings, text, (lift.date,), landings - most, "landings over", LANDINGS_PER_UNIT)
    for first, second in pairwise(sorted(jumping, key=lambda lift: lift.day)):
        # Each range of so many days that holds both.
        crowded = settings.days_between - (second.day - first.day)
        if crowded > 0:
            text = f"{first} and {second} both have jumps, {settings.days_between} days apart are wanted"
            yield judge(settings, text, (first.date, second.date), crowded, "days too near")
