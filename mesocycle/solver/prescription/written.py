"""What the runner wrote, in the library's words: exercises by their ids, records in his unit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

from mesocycle.files.library import exercises
from mesocycle.models.errors import Problem
from mesocycle.models.exercise_names import compact, find, names_of
from mesocycle.models.paths import value_at
from mesocycle.models.scenario import Scenario
from mesocycle.models.sessions import Session
from mesocycle.models.strength import OwnExercise, Record
from mesocycle.solver.prescription.exercises import NEEDED

# By definition.
KG_PER_LB = Fraction(45_359_237, 100_000_000)
Path = tuple[str | int, ...]
Named = Callable[[str], str]


@dataclass(frozen=True)
class Reading:
    """A scenario that names exercises by their ids alone.

    Attributes
    ----------
    scenario : Scenario
        What cannot be resolved stands in it as it was written.
    problems : tuple of Problem
        One exercise under two names, where it may stand once.
    notes : tuple of str
        Records that were converted.
    written : Scenario
        As it was.
    own : mapping of str to str
        Keys of the runner's own exercises as he wrote them, by id.
    targets : mapping of str to str
        The same of his targets.
    """

    scenario: Scenario
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    written: Scenario
    own: Mapping[str, str]
    targets: Mapping[str, str]

    def as_written(self, problem: Problem) -> Problem:
        """The problem with the key and the name that the runner wrote."""
        for key, names in (("exercises", self.own), ("targets", self.targets)):
            if problem.path[:2] == ("strength", key) and problem.path[2] in names:
                path = (*problem.path[:2], names[str(problem.path[2])], *problem.path[3:])
                return replace(problem, path=path)
        told = value_at(self.written.model_dump(mode="json", include={"strength"}), problem.path)
        return replace(problem, value=told) if isinstance(told, str) else problem


def read_names(scenario: Scenario) -> Reading:
    """Resolve every name of an exercise, written in whatever form, to the id that it stands for.

    An id is itself; then a name of the runner's own exercises counts before those of the library.
    """
    strength, history = scenario.strength, scenario.history
    own = {name: _own_id(name, facts) for name, facts in strength.exercises.items()}
    named = _names(strength.exercises, own)
    wrong = [*_twice(("strength", "exercises"), own), *_same_exercise(strength.sessions, named)]
    records = {name: named(name) for name in strength.records}
    wrong += _twice(("strength", "records"), records)
    targets = {name: named(name) for name in strength.targets}
    wrong += _twice(("strength", "targets"), targets)
    unit = strength.weights.unit
    pairs = [(records[name], record, _in_unit(record, unit)) for name, record in strength.records.items()]
    notes = tuple(_conversion(name, old, new, unit) for name, old, new in pairs if new != old)
    new_strength = {
        "exercises": {own[name]: _like(facts) for name, facts in strength.exercises.items()},
        "sessions": tuple(_session(session, named) for session in strength.sessions),
        "records": {name: new for name, _, new in pairs},
        "targets": {
            targets[name]: target.model_copy(update={"set": _in_unit(target.set, unit)})
            for name, target in strength.targets.items()
        },
    }
    familiar = None if history.familiar is None else tuple(map(named, history.familiar))
    changed = scenario.model_copy(
        update={
            "strength": strength.model_copy(update=_different(strength, new_strength)),
            "history": history.model_copy(update=_different(history, {"familiar": familiar})),
        }
    )
    keys, aims = ({resolved: name for name, resolved in ids.items()} for ids in (own, targets))
    return Reading(changed if changed != scenario else scenario, tuple(wrong), notes, scenario, keys, aims)


@cache
def _library() -> Mapping[str, str]:
    return names_of(exercises().values())


def _own_id(name: str, facts: OwnExercise) -> str:
    """The id that a key stands for; what is like another, or complete, is the runner's own."""
    given = facts.model_dump(exclude_none=True)
    if name in exercises() or facts.like is not None or all(key in given for key in NEEDED):
        return name
    return find(name, _library()) or name


def _names(own: Mapping[str, OwnExercise], ids: Mapping[str, str]) -> Named:
    """A function from what is written to an id, or to itself where it is no name."""
    called: dict[str, set[str]] = {}
    for name, facts in own.items():
        for form in (name, facts.name):
            if form is not None and compact(form):
                called.setdefault(compact(form), set()).add(ids[name])
    known = {form: found.pop() for form, found in called.items() if len(found) == 1}
    exact = {*exercises(), *ids.values()}
    names = {**_library(), **known}

    def named(written: str) -> str:
        return written if written in exact else find(written, names) or written

    return named


def _like(facts: OwnExercise) -> OwnExercise:
    if facts.like is None or facts.like in exercises():
        return facts
    return facts.model_copy(update={"like": find(facts.like, _library()) or facts.like})


def _session(session: Session, named: Named) -> Session:
    entries = tuple(
        entry.model_copy(
            update=_different(
                entry,
                {
                    "exercise": named(entry.exercise),
                    "rotate": None if entry.rotate is None else tuple(map(named, entry.rotate)),
                },
            )
        )
        for entry in session.exercises
    )
    return session.model_copy(update=_different(session, {"exercises": entries}))


def _different(part: object, values: Mapping[str, object]) -> dict[str, object]:
    """What is not there already: a key that the runner left out stays unset."""
    return {key: value for key, value in values.items() if getattr(part, key) != value}


def _twice(path: Path, ids: Mapping[str, str]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for written, resolved in ids.items():
        if resolved in first:
            words = f"`{first[resolved]}` and `{written}` are the same exercise"
            yield Problem((*path, written), words, written, "leave one out")
        first.setdefault(resolved, written)


def _same_exercise(sessions: Iterable[Session], named: Named) -> Iterator[Problem]:
    """Two names of one exercise in a session; the same name twice is no matter of names."""
    for at, session in enumerate(sessions):
        first: dict[str, str] = {}
        for index, entry in enumerate(session.exercises):
            before = first.setdefault(named(entry.exercise), entry.exercise)
            if before != entry.exercise:
                path = ("strength", "sessions", at, "exercises", index)
                words = f"`{before}` and `{entry.exercise}` are one exercise, twice in session {session.name}"
                remedy = "more sets, or an exercise of your own that is `like` it"
                yield Problem(path, words, entry.exercise, remedy)


def _in_unit(record: Record, unit: str) -> Record:
    """A record in the unit of the scenario's weights, to the gram or a thousandth of a pound."""
    if record.unit is None or record.unit == unit:
        return record
    factor = KG_PER_LB if unit == "kg" else 1 / KG_PER_LB
    given = {key: getattr(record, key) for key in ("one_rm", "weight") if getattr(record, key) is not None}
    new = {key: float(round(Fraction(str(value)) * factor, 3)) for key, value in given.items()}
    return record.model_copy(update={**new, "unit": unit})


def _conversion(name: str, before: Record, after: Record, unit: str) -> str:
    old, new = (record.one_rm if record.one_rm is not None else record.weight for record in (before, after))
    called = exercises()[name].in_text if name in exercises() else name
    return f"Your record of {called}, {old:g} {before.unit}, is read as {new:g} {unit}."
