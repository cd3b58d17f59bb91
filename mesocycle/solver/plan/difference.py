"""Two plans set against each other: what is the same in both cancels out, and only the rest is told."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from mesocycle.models.block_changes import CaseChange, RuleChange, WeekChange
from mesocycle.models.difference import Move, PlanDifference, SessionChange, Side
from mesocycle.models.plan import Cost, CostCase, Plan, PlannedExercise, PlannedSession, Reference
from mesocycle.models.result import Result
from mesocycle.models.work import ExerciseChange, Work

# An exercise of a session: its id, and which of several of this id it is.
Key = tuple[str, int]


def difference_between(before: Result, after: Result, *, judged: bool = False) -> PlanDifference:
    """Tell what is otherwise in one plan than in another.

    Parameters
    ----------
    before, after : Result
        Each with a plan; sessions are the same if they have the same id, such as "w03-A".
    judged : bool
        Whether the first is a plan that something happened to, judged as it stands.

    Returns
    -------
    PlanDifference
        What is the same in both is not in it.

    Raises
    ------
    ValueError
        If one of them has no plan.
    """
    old, new = _plan(before, "first"), _plan(after, "second")
    return PlanDifference(
        before=_side(before, old).model_copy(update={"judged": judged}),
        after=_side(after, new),
        sessions=tuple(_sessions(old, new, before.exercise_names | after.exercise_names)),
        weeks=tuple(_weeks(old, new, after.units)),
        rules=tuple(_rules(before.costs, after.costs)),
    )


def moves_between(reference: Reference, plan: Plan) -> Iterator[Move]:
    """Yield the sessions that differ from a reference plan, in order of the calendar."""
    before = {session.id: session for session in reference.sessions}
    after = {session.id: session for session in plan.reference.sessions}
    both = sorted({**before, **after}.values(), key=lambda session: (session.date, session.start, session.id))
    for key in dict.fromkeys(session.id for session in both):
        old, new = before.get(key), after.get(key)
        if old is None:
            yield Move(session=key, change="added", before=None, after=new)
        elif new is None:
            yield Move(session=key, change="left out", before=old, after=None)
        elif (old.date, old.start) != (new.date, new.start):
            yield Move(session=key, change="moved", before=old, after=new)
        elif old != new:
            yield Move(session=key, change="resized", before=old, after=new)


def _plan(result: Result, which: str) -> Plan:
    if result.plan is None:
        raise ValueError(f"the {which} result, {result.name!r}, holds no plan: {result.headline}")
    return result.plan


def _side(result: Result, plan: Plan) -> Side:
    points = sum(cost.points for cost in result.costs) if result.objective is None else result.objective
    return Side(
        name=result.name,
        status=result.status,
        proven=result.proven,
        points=points,
        start=plan.weeks[0].start if plan.weeks else None,
    )


# --- sessions --------------------------------------------------------------------------------------------


def _sessions(old: Plan, new: Plan, names: Mapping[str, str]) -> Iterator[SessionChange]:
    before, after = _by_id(old), _by_id(new)
    moves = {move.session: move for move in moves_between(old.reference, new)}
    either = sorted({**before, **after}.values(), key=lambda one: (one.week, one.date, one.start, one.id))
    for session in either:
        first, second = before.get(session.id), after.get(session.id)
        exercises: tuple[ExerciseChange, ...] = ()
        reordered = False
        if first is not None and second is not None:
            exercises = tuple(_exercises(first, second, names))
            reordered = _reordered(first, second)
        move = moves.get(session.id)
        if move is not None or exercises or reordered:
            yield SessionChange(
                session=session.id,
                name=session.session,
                week=session.week,
                move=move,
                exercises=exercises,
                reordered=reordered,
            )


def _by_id(plan: Plan) -> dict[str, PlannedSession]:
    return {session.id: session for session in plan.sessions}


def _keyed(session: PlannedSession) -> dict[Key, PlannedExercise]:
    seen: Counter[str] = Counter()
    keyed: dict[Key, PlannedExercise] = {}
    for item in session.exercises:
        keyed[item.exercise, seen[item.exercise]] = item
        seen[item.exercise] += 1
    return keyed


def _reordered(before: PlannedSession, after: PlannedSession) -> bool:
    """Whether the exercises that both have come in another order."""
    old, new = _keyed(before), _keyed(after)
    return [key for key in old if key in new] != [key for key in new if key in old]


def _exercises(
    before: PlannedSession, after: PlannedSession, names: Mapping[str, str]
) -> Iterator[ExerciseChange]:
    """Yield what differs in the order of the second card; what is left out comes last."""
    old, new = _keyed(before), _keyed(after)
    replaced = _replaced(list(old), list(new))

    def name(exercise: str) -> str:
        return names.get(exercise, exercise)

    for key, item in new.items():
        was = old.get(key) or old.get(replaced.get(key, key))
        work = Work.of(item)
        if was is None:
            yield ExerciseChange(exercise=key[0], name=name(key[0]), change="added", before=None, after=work)
        elif key not in old:
            yield ExerciseChange(
                exercise=key[0],
                name=name(key[0]),
                change="replaced",
                replaces=was.exercise,
                replaced_name=name(was.exercise),
                before=Work.of(was),
                after=work,
            )
        else:
            change = ExerciseChange(
                exercise=key[0], name=name(key[0]), change="changed", before=Work.of(was), after=work
            )
            if change.differs:
                yield change
    for key, was in old.items():
        if key not in new and key not in replaced.values():
            yield ExerciseChange(
                exercise=key[0], name=name(key[0]), change="left out", before=Work.of(was), after=None
            )


def _replaced(old: Sequence[Key], new: Sequence[Key]) -> dict[Key, Key]:
    """Which exercise stands in the place of which: those that come after the same one that stayed."""
    gone, come = _after_what_stayed(old, {*new}), _after_what_stayed(new, {*old})
    return {
        later: earlier
        for stayed, several in come.items()
        for later, earlier in zip(several, gone.get(stayed, ()), strict=False)
    }


def _after_what_stayed(keys: Iterable[Key], others: Container[Key]) -> dict[Key | None, list[Key]]:
    """The exercises that the other side has not, by the last one before them that it has."""
    found: dict[Key | None, list[Key]] = {}
    stayed: Key | None = None
    for key in keys:
        if key in others:
            stayed = key
        else:
            found.setdefault(stayed, []).append(key)
    return found


# --- weeks -----------------------------------------------------------------------------------------------


def _weeks(old: Plan, new: Plan, units: str) -> Iterator[WeekChange]:
    before, after = ({week.week: week for week in plan.weeks} for plan in (old, new))
    for number in sorted({*before, *after}):
        change = WeekChange(week=number, before=before.get(number), after=after.get(number), units=units)
        if change.differs or change.before is None or change.after is None:
            yield change


# --- rules -----------------------------------------------------------------------------------------------


def _rules(old: Iterable[Cost], new: Iterable[Cost]) -> Iterator[RuleChange]:
    before, after = ({cost.rule: cost for cost in costs} for costs in (old, new))
    found = []
    for rule in {*before, *after}:
        first, second = (side.get(rule, Cost(rule=rule, points=0, cases=())) for side in (before, after))
        cases = tuple(_cases(rule, first.cases, second.cases))
        if cases:
            found.append(RuleChange(rule=rule, before=first.points, after=second.points, cases=cases))
    yield from sorted(found, key=lambda change: (-abs(change.difference), change.rule))


def _cases(rule: str, old: Sequence[CostCase], new: Sequence[CostCase]) -> Iterator[CaseChange]:
    """Yield what is left once the same cases cancel out; cases about the same days make a pair."""
    gone, come = _without(old, new), _without(new, old)
    waiting: dict[object, deque[CostCase]] = {}
    for case in come:
        waiting.setdefault(_about(case), deque()).append(case)
    for case in gone:
        if pairs := waiting.get(_about(case)):
            yield CaseChange(rule=rule, change="changed", before=case, after=pairs.popleft())
        else:
            yield CaseChange(rule=rule, change="gone", before=case, after=None)
    for case in (case for left in waiting.values() for case in left):
        yield CaseChange(rule=rule, change="new", before=None, after=case)


def _without(cases: Sequence[CostCase], others: Iterable[CostCase]) -> list[CostCase]:
    """The cases that are left when each of the others cancels one that is the same."""
    same = Counter(map(_same, others))
    left = []
    for case in cases:
        if same[_same(case)]:
            same[_same(case)] -= 1
        else:
            left.append(case)
    return left


def _same(case: CostCase) -> tuple[object, ...]:
    return case.text, case.dates, case.points


def _about(case: CostCase) -> tuple[object, ...]:
    return case.dates, case.unit
