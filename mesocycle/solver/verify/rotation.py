"""What begins and what changes: movements new to the runner, and exercises that take another form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from mesocycle.models.strength import Role
from mesocycle.solver.verify.content import asks_little, guarded_weeks
from mesocycle.solver.verify.facts import Broken, Facts, Finding, Lift, check, judge, plural, price
from mesocycle.solver.verify.wanted import Wanted

if TYPE_CHECKING:
    from mesocycle.solver import rules


def _begins(facts: Facts, exercise: str) -> bool:
    """Whether a movement is new and asks much: not among those named, or any of a new lifter's."""
    familiar = facts.scenario.history.familiar
    new = facts.scenario.athlete.experience == "new" if familiar is None else exercise not in familiar
    return new and not asks_little(facts.instance.exercises[exercise])


def _held(lift: Lift) -> list[str]:
    """Exercises of which a lift does at least a set, as the session names them."""
    pairs = zip(lift.wanted.items, lift.sets, strict=True)
    return [item.exercise.id for item, count in pairs if item.exercise is not None and count]


@check
def novelty_guard(facts: Facts, settings: rules.novelty_guard.Parameters) -> Iterator[Finding]:
    """Movements new to the runner that begin in a guarded week."""
    guarded = guarded_weeks(facts.calendar, facts.settings)
    known: set[str] = set()
    for lift in sorted(facts.lifts, key=lambda one: one.wanted.week):
        held = _held(lift)
        if lift.wanted.week not in guarded:
            known.update(held)
            continue
        for exercise in held:
            if _begins(facts, exercise) and exercise not in known:
                text = f"{lift} begins {exercise.replace('_', ' ')} too late"
                yield judge(settings, text, (lift.date,), 1, "movements begun too late")


@dataclass(frozen=True)
class _Chain:
    """What changes in turn in one session, in which weeks it may, and how far apart."""

    items: tuple[int, ...]
    weeks: frozenset[int]
    apart: int
    stretches: tuple[range, ...]

    def fits(self, lift: Lift, count: int) -> bool:
        """Whether a lift shows the forms that so many changes lead to, as far as its exercises are done."""
        for place, at in enumerate(self.items):
            if at < len(lift.turns) and lift.turns[at] is not None:
                turned = len(range(place, count, len(self.items)))
                if lift.turns[at] != turned % len(lift.wanted.items[at].forms):
                    return False
        return True

    def next_name(self, lift: Lift, count: int) -> str:
        """The exercise that the next change would bring."""
        at = self.items[count % len(self.items)]
        forms = lift.wanted.items[at].forms if at < len(lift.wanted.items) else ()
        return str(forms[(count // len(self.items) + 1) % len(forms)][0]) if forms else ""


@check
def exercise_rotation(facts: Facts, settings: rules.exercise_rotation.Parameters) -> Iterator[Finding]:
    """Stretches of weeks in which nothing of a session changes, and changes where none may be."""
    if settings.mode == "off":
        return
    guarded = guarded_weeks(facts.calendar, facts.settings)
    open_weeks = {
        week.number - 1
        for week in facts.calendar.weeks
        if week.number - 1 not in guarded and week.phase in ("base", "build")
    }
    for session in dict.fromkeys(one.session for one in facts.wanted):
        wanted = [one for one in facts.wanted if one.session == session and one.twin is None]
        lifts = [lift for lift in facts.lifts if lift.wanted.session == session]
        lifts.sort(key=lambda lift: (lift.wanted.week, lift.wanted.twin is not None))
        # What is exchanged in some weeks cannot change in its turn.
        contents = {tuple(item.exercise and item.exercise.id for item in one.items) for one in wanted}
        chains = [] if len(contents) > 1 else list(_chains(settings, wanted, open_weeks))
        yield from _settled(lifts, {at for chain in chains for at in chain.items})
        changed: list[Lift] = []
        for chain in chains:
            mine: list[Lift] = []
            yield from _follow(chain, lifts, mine)
            yield from _misplaced(chain, mine)
            changed += mine
            weeks = {lift.wanted.week for lift in mine}
            for stretch in chain.stretches:
                if weeks.isdisjoint(stretch):
                    first = facts.calendar.weeks[stretch[0]]
                    text = f"nothing of {session} changes in weeks {stretch[0] + 1} to {stretch[-1] + 1}"
                    yield price(settings.weight, text, (facts.first_date(first),), 1, "stretches")
        for _, same in groupby(sorted(changed, key=lambda lift: lift.day), key=lambda lift: lift.wanted.id):
            several = list(same)
            if len(several) > 1:
                yield Broken(f"{several[0]} has {plural(len(several), 'change')}", (several[0].date,))


def _chains(
    settings: rules.exercise_rotation.Parameters, wanted: Sequence[Wanted], open_weeks: set[int]
) -> Iterator[_Chain]:
    """One chain for all that is no main lift, and one for each main lift that has other forms."""
    begin = wanted[0].week
    turning = [(at, item) for at, item in enumerate(wanted[0].items) if len(item.forms) > 1]
    mains = [at for at, item in turning if item.exercise is not None and item.exercise.role is Role.MAIN]
    others = tuple(at for at, _ in turning if at not in mains)
    after = {week for week in open_weeks if week > begin}
    possible = {one.week for one in wanted} & after
    for items, main in [(others, False), *(((at,), True) for at in mains)]:
        if items:
            length = settings.main_weeks if main else settings.every_weeks
            may = frozenset(week for week in possible if not main or week >= begin + length)
            stretches = (range(week, week + length) for week in sorted(after))
            yield _Chain(
                items=items,
                weeks=may,
                apart=settings.main_weeks if main else settings.least_weeks,
                stretches=tuple(
                    one for one in stretches if after.issuperset(one) and not may.isdisjoint(one)
                ),
            )


def _follow(chain: _Chain, lifts: Sequence[Lift], changed: list[Lift]) -> Iterator[Finding]:
    """Count the changes from lift to lift; those with which something changes are added to `changed`."""
    count = 0
    for lift in lifts:
        stays, goes_on = chain.fits(lift, count), chain.fits(lift, count + 1)
        if lift.wanted.twin is None and goes_on and not stays:
            changes = True
        elif lift.wanted.twin is None and goes_on:
            # Where it has but one form that day only the plan itself can tell.
            changes = chain.next_name(lift, count) in lift.rotated
        else:
            changes = False
            if not stays:
                yield Broken(f"{lift} does an exercise in another form than its turn", (lift.date,))
                later = range(count + 2, count + 2 + 12 * len(chain.items))
                count = next((one for one in later if chain.fits(lift, one)), count)
        if changes:
            count += 1
            changed.append(lift)


def _misplaced(chain: _Chain, changed: Sequence[Lift]) -> Iterator[Finding]:
    for lift in changed:
        if lift.wanted.week not in chain.weeks:
            yield Broken(f"{lift} changes an exercise in a week in which none may change", (lift.date,))
        if not all(lift.sets[at] for at in chain.items):
            yield Broken(f"{lift} changes an exercise and leaves out one whose turn it may be", (lift.date,))
    for one, after in pairwise(changed):
        if after.wanted.week - one.wanted.week < chain.apart:
            text = f"{one} and {after} both change an exercise; {chain.apart} weeks between are the least"
            yield Broken(text, (one.date, after.date))


def _settled(lifts: Sequence[Lift], turning: set[int]) -> Iterator[Finding]:
    """What is in no chain never changes."""
    for lift in lifts:
        if any(turn for at, turn in enumerate(lift.turns) if at not in turning):
            yield Broken(f"{lift} changes an exercise that stays", (lift.date,))
