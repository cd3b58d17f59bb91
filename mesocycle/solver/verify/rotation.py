"""What begins and what changes: movements new to the runner, and exercises that take another form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from mesocycle.models.strength import Role
from mesocycle.solver.verify.content import is_light, novelty_of
from mesocycle.solver.verify.expected import ExpectedSession
from mesocycle.solver.verify.facts import Broken, Facts, Finding, Lift, check, judge, plural, price, words

if TYPE_CHECKING:
    from mesocycle.solver import rules


@check
def novelty_guard(facts: Facts, settings: rules.novelty_guard.Parameters) -> Iterator[Finding]:
    """Movements new to the runner that begin in a guarded week."""
    novelty = novelty_of(facts.instance)
    known: set[str] = set()
    for lift in sorted(facts.lifts, key=lambda lift: lift.expected.week):
        done = [item.exercise for item, count in lift.items if item.exercise is not None and count]
        if lift.expected.week not in novelty.heavy:
            known.update(exercise.id for exercise in done)
            continue
        for exercise in done:
            if novelty.new(exercise.id) and not is_light(exercise) and exercise.id not in known:
                text = f"{lift} begins {words(exercise.id)} too late"
                yield judge(settings, text, (lift.date,), 1, "movements begun too late")


@dataclass(frozen=True)
class _Chain:
    """What changes in turn in one session, in which weeks it may, and how far apart.

    One of `ranges`, weeks in a row, without a change costs.
    """

    items: tuple[int, ...]
    weeks: frozenset[int]
    apart: int
    ranges: tuple[range, ...]

    def fits(self, lift: Lift, count: int) -> bool:
        """Whether a lift shows the forms that so many changes lead to, as far as its exercises are done."""
        for place, at in enumerate(self.items):
            if at < len(lift.forms) and lift.forms[at] is not None:
                changes = len(range(place, count, len(self.items)))
                if lift.forms[at] != changes % len(lift.expected.items[at].forms):
                    return False
        return True

    def next_name(self, lift: Lift, count: int) -> str:
        """The exercise that the next change would bring."""
        at = self.items[count % len(self.items)]
        forms = lift.expected.items[at].forms if at < len(lift.expected.items) else ()
        return forms[(count // len(self.items) + 1) % len(forms)].exercise if forms else ""


@check
def exercise_rotation(facts: Facts, settings: rules.exercise_rotation.Parameters) -> Iterator[Finding]:
    """Weeks in a row in which nothing of a session changes, and changes where none may be."""
    if settings.mode == "off":
        return
    guarded = novelty_of(facts.instance).guarded
    open_weeks = {
        index
        for index, week in enumerate(facts.calendar.weeks)
        if index not in guarded and week.phase in ("base", "build")
    }
    if facts.instance.scenario.athlete.experience == "new":
        open_weeks -= set(range(settings.new_weeks))
    for name in dict.fromkeys(session.session for session in facts.expected):
        sessions = [session for session in facts.expected if session.session == name and session.twin is None]
        lifts = [lift for lift in facts.lifts if lift.expected.session == name]
        lifts.sort(key=lambda lift: (lift.expected.week, lift.expected.twin is not None))
        # What is exchanged in some weeks cannot change in its turn.
        contents = {
            tuple(item.exercise and item.exercise.id for item in session.items) for session in sessions
        }
        chains = [] if len(contents) > 1 else list(_chains(settings, sessions, open_weeks))
        yield from _settled(lifts, {at for chain in chains for at in chain.items})
        all_changes: list[Lift] = []
        for chain in chains:
            changed: list[Lift] = []
            yield from _follow(chain, lifts, changed)
            yield from _misplaced(chain, changed)
            all_changes += changed
            weeks = {lift.expected.week for lift in changed}
            for in_a_row in chain.ranges:
                if weeks.isdisjoint(in_a_row):
                    text = f"nothing of {name} changes in weeks {in_a_row[0] + 1} to {in_a_row[-1] + 1}"
                    yield price(settings.weight, text, (facts.first_date(in_a_row[0]),), 1, "stretches")
        all_changes.sort(key=lambda lift: lift.day)
        for _, same in groupby(all_changes, key=lambda lift: lift.expected.id):
            several = list(same)
            if len(several) > 1:
                yield Broken(f"{several[0]} has {plural(len(several), 'change')}", (several[0].date,))


def _chains(
    settings: rules.exercise_rotation.Parameters, sessions: Sequence[ExpectedSession], open_weeks: set[int]
) -> Iterator[_Chain]:
    """One chain for all that is no main lift, and one for each main lift that has other forms."""
    begin = sessions[0].week
    changing = [(at, item) for at, item in enumerate(sessions[0].items) if len(item.forms) > 1]
    mains = [at for at, item in changing if item.exercise is not None and item.exercise.role is Role.MAIN]
    others = tuple(at for at, _ in changing if at not in mains)
    after = {week for week in open_weeks if week > begin}
    possible = {session.week for session in sessions} & after
    for items, main in [(others, False), *(((at,), True) for at in mains)]:
        if items:
            length = settings.main_weeks if main else settings.every_weeks
            may = frozenset(week for week in possible if not main or week >= begin + length)
            ranges = (range(week, week + length) for week in sorted(after))
            yield _Chain(
                items=items,
                weeks=may,
                apart=settings.main_weeks if main else settings.least_weeks,
                ranges=tuple(
                    weeks for weeks in ranges if after.issuperset(weeks) and not may.isdisjoint(weeks)
                ),
            )


def _follow(chain: _Chain, lifts: Sequence[Lift], changed: list[Lift]) -> Iterator[Finding]:
    """Count the changes from lift to lift; those with which something changes are added to `changed`."""
    count = 0
    for lift in lifts:
        stays, goes_on = chain.fits(lift, count), chain.fits(lift, count + 1)
        if lift.expected.twin is None and goes_on:
            # Where it has but one form that day only the plan itself can tell.
            changes = not stays or chain.next_name(lift, count) in lift.rotated
        else:
            changes = False
            if not stays:
                yield Broken(f"{lift} does an exercise in another form than its turn", (lift.date,))
                later = range(count + 2, count + 2 + 12 * len(chain.items))
                count = next((number for number in later if chain.fits(lift, number)), count)
        if changes:
            count += 1
            changed.append(lift)


def _misplaced(chain: _Chain, changed: Sequence[Lift]) -> Iterator[Finding]:
    for lift in changed:
        if lift.expected.week not in chain.weeks:
            yield Broken(f"{lift} changes an exercise in a week in which none may change", (lift.date,))
        if not all(lift.sets[at] for at in chain.items):
            yield Broken(f"{lift} changes an exercise and leaves out one whose turn it may be", (lift.date,))
    for first, second in pairwise(changed):
        if second.expected.week - first.expected.week < chain.apart:
            text = f"{first} and {second} both change an exercise; {chain.apart} weeks between are the least"
            yield Broken(text, (first.date, second.date))


def _settled(lifts: Sequence[Lift], changing: set[int]) -> Iterator[Finding]:
    """What is in no chain never changes."""
    for lift in lifts:
        if any(number for at, number in enumerate(lift.forms) if at not in changing):
            yield Broken(f"{lift} changes an exercise that stays", (lift.date,))
