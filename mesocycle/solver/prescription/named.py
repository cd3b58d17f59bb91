"""What a scenario names exists and can be: program, sessions, exercises, schemes, turns, complexes."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from fractions import Fraction

from mesocycle.files.library import complexes, programs
from mesocycle.models.errors import Problem
from mesocycle.models.exercise_names import did_you_mean
from mesocycle.models.names import nearest
from mesocycle.models.scenario import Scenario
from mesocycle.models.schemes import Scheme
from mesocycle.models.sessions import Session, SessionExercise
from mesocycle.models.strength import Exercise, Role
from mesocycle.solver.prescription.loads import percent_for
from mesocycle.solver.prescription.moves import new_movements
from mesocycle.solver.prescription.schemes import needs_record, scheme_of
from mesocycle.solver.prescription.zones import COUNTED, TOLERANCE

Path = tuple[str | int, ...]


def named_problems(
    scenario: Scenario,
    exercises: Mapping[str, Exercise],
    schemes: Mapping[str, Scheme],
    sessions: Sequence[Session],
) -> Iterator[Problem]:
    """Yield every program, session, exercise, scheme and turn that is named and does not exist or cannot be.

    Parameters
    ----------
    scenario : Scenario
        Its names are those of the library already.
    exercises, schemes : mapping by id or name
        Those of the library, with the runner's own.
    sessions : sequence of Session
        Of the program; none where there is no program of this name.
    """
    strength = scenario.strength
    if not sessions:
        yield Problem(
            ("strength", "program"),
            "there is no program of this name",
            strength.program,
            nearest(strength.program, programs()),
        )
    else:
        yield from _named_sessions(scenario, sessions)
    is_new = new_movements(scenario)
    for at, session in enumerate(strength.sessions):
        path = ("strength", "sessions", at, "exercises")
        for index, entry in enumerate(session.exercises):
            yield from _unknown((*path, index, "exercise"), entry.exercise, exercises)
            yield from _scheme((*path, index), entry, exercises, schemes, strength.records)
            yield from _turns((*path, index, "rotate"), session, entry, exercises, is_new)
        if all(entry.exercise in exercises for entry in session.exercises):
            yield from _complexes(session, exercises, path)
    for name in strength.records:
        yield from _unknown(("strength", "records", name), name, exercises)
    for name in strength.targets:
        yield from _unknown(("strength", "targets", name), name, exercises)
        if name in exercises and exercises[name].reps_unit not in COUNTED:
            words = f"{exercises[name].in_text} is not counted in repetitions, so no set of it is a target"
            yield Problem(("strength", "targets", name), words, remedy="name a lift that is")
    for index, name in enumerate(scenario.history.familiar or ()):
        yield from _unknown(("history", "familiar", index), name, exercises)


def _named_sessions(scenario: Scenario, sessions: Sequence[Session]) -> Iterator[Problem]:
    """The sessions that a rotation and pins name are those of the program."""
    strength = scenario.strength
    lifts = [session.name for session in sessions if session.is_lift]
    for at, name in enumerate(strength.rotation):
        if name not in lifts:
            other = "which is no lift" if any(name == session.name for session in sessions) else ""
            words = "a rotation names lifts of yours" + (f", not a session {other}" if other else "")
            yield Problem(("strength", "rotation", at), words, name, f"yours are {', '.join(lifts)}")
    if strength.rotation and set(lifts) > set(strength.rotation):
        left = ", ".join(name for name in lifts if name not in strength.rotation)
        words = f"the rotation leaves out {left}"
        yield Problem(("strength", "rotation"), words, ", ".join(strength.rotation), "name every lift")
    names = [session.name for session in sessions]
    for at, pin in enumerate(strength.pins):
        if pin.session.rstrip("234567") not in names and pin.session not in names:
            words = "there is no session of this name"
            remedy = nearest(pin.session, names) or f"yours are {', '.join(names)}"
            yield Problem(("strength", "pins", at, "session"), words, pin.session, remedy)


def _unknown(path: Path, name: str, known: Mapping[str, Exercise]) -> Iterator[Problem]:
    if name not in known:
        yield Problem(path, "the library has no such exercise", name, did_you_mean(name, known))


def _scheme(
    path: Path,
    entry: SessionExercise,
    known: Mapping[str, Exercise],
    schemes: Mapping[str, Scheme],
    records: Collection[str],
) -> Iterator[Problem]:
    """A scheme exists, has the record it goes by, and asks for nothing that no 1RM allows."""
    if entry.scheme is not None and entry.scheme not in schemes:
        words = "there is no scheme of this name"
        yield Problem((*path, "scheme"), words, entry.scheme, nearest(entry.scheme, schemes))
        return
    if entry.exercise not in known:
        return
    exercise = known[entry.exercise]
    found = scheme_of(entry, exercise, schemes)
    key = "scheme" if entry.scheme is not None else "sets" if entry.range is None and entry.sets else "reps"
    if found is None:
        return
    scheme = found[1]
    if needs_record(scheme) and entry.exercise not in records:
        yield Problem(
            (*path, key),
            f"scheme {entry.scheme} goes by what you can lift, and {exercise.in_text} has no record",
            entry.scheme or "",
            f"strength.records: {{{entry.exercise}: 100}}, or a set such as 85 x 5",
        )
    for one in dict.fromkeys(one for line in (*scheme.lines, scheme.lighter) for one in line):
        of = Fraction(str(scheme.of)) / 100
        most = 100 * of * (one.share or 0)
        if one.share and exercise.reps_unit in COUNTED and most > percent_for(one.reps, 0) + TOLERANCE:
            words = f"{one.reps} repetitions at {float(most):g} % of 1RM are more than anybody lifts"
            remedy = f"{math.floor(percent_for(one.reps, 0) / of)} % at most"
            yield Problem((*path, key), words, str(one), remedy)


def _turns(
    path: Path,
    session: Session,
    entry: SessionExercise,
    known: Mapping[str, Exercise],
    is_new: Callable[[str], bool],
) -> Iterator[Problem]:
    """Each exercise that takes an entry's place in its turn exists and can take it."""
    own = known.get(entry.exercise)
    taken = [member.exercise for member in session.exercises if member is not entry]
    for place, name in enumerate(entry.rotate or ()):
        yield from _unknown((*path, place), name, known)
        if name in known and own is not None:
            words = _no_turn(known[name], own, taken, is_new)
            if words:
                yield Problem((*path, place), words, name)
        taken.append(name)


def _no_turn(exercise: Exercise, own: Exercise, taken: Collection[str], is_new: Callable[[str], bool]) -> str:
    """Why an exercise cannot take the place of another in its turn; empty if it can."""
    if exercise.id == own.id:
        return "an exercise does not take its own place"
    if exercise.id in taken:
        return "it stands in this session already"
    if exercise.counts_for[0] != own.counts_for[0] or exercise.role != own.role:
        return f"only an exercise of the same movement and role takes the place of {own.in_text}"
    if exercise.lower_body_load > own.lower_body_load or exercise.seconds_per_set > own.seconds_per_set:
        return f"it asks more of the legs or takes longer than {own.in_text}, for which the days are chosen"
    if is_new(exercise.id):
        return "it is new to you, and nothing new comes in by turns: list it under history.familiar"
    return ""


def _complexes(session: Session, known: Mapping[str, Exercise], path: Path) -> Iterator[Problem]:
    """A complex is a heavy lift and, after it, its jump."""
    labels = dict.fromkeys(entry.complex for entry in session.exercises if entry.complex is not None)
    for label in labels:
        members = [(at, entry) for at, entry in enumerate(session.exercises) if entry.complex == label]
        jumps = [known[entry.exercise].role is Role.PLYOMETRIC for _, entry in members]
        if jumps != [False, True]:
            first = members[0][1].exercise
            pairs = [pair for pair in complexes() if pair.heavy == first] or complexes()
            yield Problem(
                (*path, members[0][0], "complex"),
                f"complex {label} is a heavy lift and then its jump",
                ", ".join(entry.exercise for _, entry in members),
                "such as " + " or ".join(f"{pair.heavy} and {pair.plyo}" for pair in pairs[:2]),
            )
