"""What the week's sets are made of: movement patterns, single-leg work, jumps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import floor, trunc
from typing import TYPE_CHECKING

from mesocycle.solver.verify.facts import Facts, Finding, check, judge, plural
from mesocycle.solver.verify.wanted import Wanted

if TYPE_CHECKING:
    from mesocycle.solver import rules


LOWER_BODY = ("squat", "hinge", "single_leg", "calf")
COVERED: Mapping[str, tuple[str, ...]] = {
    "six_plus_calf_core": (*LOWER_BODY, "push", "pull", "core", "carry"),
    "runner_four": (*LOWER_BODY, "core"),
}
# Carries are wanted in one week of two, everything else in every week.
FORTNIGHTLY = "carry"
LANDINGS_PER_UNIT = 10


def covered(settings: rules.pattern_coverage.Parameters) -> tuple[str, ...]:
    """The patterns that pattern_coverage counts."""
    return settings.patterns if settings.profile == "custom" else COVERED[settings.profile]


def half_sets(one: Wanted, sets: tuple[int, ...]) -> Counter[str]:
    """Half sets of each pattern in so many sets of a session."""
    halves: Counter[str] = Counter()
    for item, count in zip(one.items, sets, strict=True):
        for pattern, each in item.patterns.items():
            halves[pattern] += each * count
    return halves


def quarters_short(one: Wanted, sets: tuple[int, ...], share: Fraction) -> int:
    """Whole quarter sets by which the single-leg sets are short of their share; negative if above it."""
    legs = [(count, item.unilateral) for item, count in zip(one.items, sets, strict=True) if item.legs]
    alone = sum(count for count, unilateral in legs if unilateral)
    return trunc(4 * (share * sum(count for count, _ in legs) - alone))


def _done(facts: Facts) -> list[Counter[str]]:
    """Half sets that each week holds of each pattern."""
    weeks: list[Counter[str]] = [Counter() for _ in facts.calendar.weeks]
    for lift in facts.lifts:
        weeks[lift.wanted.week].update(half_sets(lift.wanted, lift.sets))
    return weeks


@check
def pattern_coverage(facts: Facts, settings: rules.pattern_coverage.Parameters) -> Iterator[Finding]:
    """Patterns in the sessions of a week, or of two for carries, nothing of which is done."""
    done = _done(facts)
    possible: list[set[str]] = [set() for _ in facts.calendar.weeks]
    for one in facts.wanted:
        possible[one.week].update(pattern for item in one.items for pattern in item.patterns)
    for pattern in covered(settings):
        later = 1 if pattern == FORTNIGHTLY and len(possible) > 1 else 0
        for index in range(len(possible) - later):
            stretch = range(index, index + later + 1)
            held = any(pattern in possible[at] for at in stretch)
            if held and not any(done[at][pattern] for at in stretch):
                where = f"week {index + 1}" if not later else f"weeks {index + 1} and {index + 2}"
                text = f"{where} without {_words(pattern)}"
                yield judge(settings, text, (_first(facts, index),), 1, "patterns missing")


@check
def weekly_sets_per_pattern(
    facts: Facts, settings: rules.weekly_sets_per_pattern.Parameters
) -> Iterator[Finding]:
    """Half sets of a pattern outside its band; the lower end shrinks with the week's share."""
    done, wanted = _done(facts), facts.wanted_by_week()
    for index, sessions in enumerate(wanted):
        offered: Counter[str] = Counter()
        for one in sessions:
            offered.update(half_sets(one, one.own))
        share = facts.shares[index].own
        for pattern, (least, most) in settings.bands.items():
            low = min(floor(2 * least * share + Fraction(1, 2)), offered[pattern])
            count = done[index][pattern]
            outside = max(low - count, count - 2 * most)
            if outside > 0:
                sets = f"{count / 2:g} set{'s' * (count != 2)}"
                text = f"week {index + 1} has {sets} of {_words(pattern)}; {low / 2:g} to {most} are wanted"
                yield judge(settings, text, (_first(facts, index),), outside, "half sets outside the band")


@check
def unilateral_share(facts: Facts, settings: rules.unilateral_share.Parameters) -> Iterator[Finding]:
    """Quarter sets of single-leg work short, in weeks whose sessions hold enough of it."""
    share = Fraction(str(settings.least_share))
    short = [0] * len(facts.calendar.weeks)
    for lift in facts.lifts:
        short[lift.wanted.week] += quarters_short(lift.wanted, lift.sets, share)
    for index, sessions in enumerate(facts.wanted_by_week()):
        could = sum(quarters_short(one, one.own, share) for one in sessions) <= 0
        if could and short[index] > 0:
            text = f"week {index + 1} has too few leg sets on one leg"
            yield judge(settings, text, (_first(facts, index),), short[index], "quarter sets short")


@check
def plyo_limits(facts: Facts, settings: rules.plyo_limits.Parameters) -> Iterator[Finding]:
    """Landings of a session above the most, and sessions with jumps in a row that lie too near each other."""
    most = settings.new_contacts if facts.scenario.athlete.experience == "new" else settings.most_contacts
    jumping = []
    for lift in facts.lifts:
        landings = sum(n * item.contacts for n, item in zip(lift.sets, lift.wanted.items, strict=True))
        if landings:
            jumping.append(lift)
        if landings > most:
            text = f"{lift} has {plural(landings, 'landing')}; {most} are the most"
            yield judge(settings, text, (lift.date,), landings - most, "landings over", LANDINGS_PER_UNIT)
    for one, after in pairwise(sorted(jumping, key=lambda lift: lift.day)):
        # Each stretch of so many days that holds both.
        stretches = settings.days_between - (after.day - one.day)
        if stretches > 0:
            text = f"{one} and {after} both have jumps, {settings.days_between} days apart are wanted"
            yield judge(settings, text, (one.date, after.date), stretches, "days too near")


def _first(facts: Facts, index: int) -> date:
    return facts.first_date(facts.calendar.weeks[index])


def _words(pattern: str) -> str:
    return pattern.replace("_", " ")
