"""What a goal and the terrain of a race change in a built-in program; sessions of the runner's own stay."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from mesocycle.files.library import complexes
from mesocycle.models.scenario import Scenario
from mesocycle.models.sessions import Session, SessionExercise
from mesocycle.models.strength import Exercise
from mesocycle.solver.prescription.kit import fits
from mesocycle.solver.prescription.moves import rank_of

# Work for the quads before hills, the first that the kit has (article 000); step-downs go by eccentric work
# being specific to running downhill (design).
QUADS = ("leg_extension", "front_squat", "wall_sit")
STEP_DOWN = "step_down"
GLUTE_MED = "glute_med_band"
SLOW = "3-1-1"


class Adapted(NamedTuple):
    """Sessions as a goal has them, and what was changed, in sentences."""

    sessions: tuple[Session, ...]
    notes: tuple[str, ...] = ()


class Adapting(NamedTuple):
    """What changes are made of."""

    scenario: Scenario
    exercises: Mapping[str, Exercise]
    kit: frozenset[str] | None

    def at_hand(self, name: str) -> bool:
        """Whether the kit has a way to do an exercise."""
        return fits(self.exercises[name], self.kit)


def adapted(sessions: tuple[Session, ...], of: Adapting) -> Adapted:
    """The sessions of a program for the goal and the terrain of a scenario.

    Parameters
    ----------
    sessions : tuple of Session
        Of the built-in program, or of the runner.
    of : Adapting
        The scenario, its exercises and kit.
    """
    strength = of.scenario.strength
    terrain = next((race.terrain for race in of.scenario.races if race.terrain in ("hilly", "trail")), None)
    changed = strength.goal != "general" or terrain is not None
    if strength.sessions:
        return Adapted(sessions, tuple(_of_own(of, terrain)) if changed else ())
    found = GOALS[strength.goal](sessions, of) if strength.goal in GOALS else Adapted(sessions)
    if terrain is None:
        return found
    hills = _hills(found.sessions, of, terrain)
    return Adapted(hills.sessions, (*found.notes, *hills.notes))


def _of_own(of: Adapting, terrain: str | None) -> Iterable[str]:
    """Remarks where the sessions are the runner's own."""
    strength = of.scenario.strength
    held = {entry.exercise for session in strength.sessions for entry in session.exercises}
    if strength.goal != "general":
        yield f"Goal {strength.goal} changes built-in programs; your own sessions stay as you wrote them."
    if terrain is not None and not held & {*QUADS, STEP_DOWN}:
        yield (
            f"Your race is {_named(terrain)}, and your sessions hold no leg extensions, front squats or wall "
            "sits: one of them each week readies the quads for it (000)."
        )


def _power(sessions: tuple[Session, ...], of: Adapting) -> Adapted:
    """A jump of its kind at once after each heavy lift that has one, in build."""
    if of.scenario.athlete.experience == "new":
        return Adapted(sessions, ("Goal power waits: jumps after heavy lifts are for the trained.",))
    named: list[str] = []

    def with_jumps(session: Session) -> Session:
        entries: list[SessionExercise] = []
        for entry in session.exercises:
            jump = next(
                (p.plyo for p in complexes() if p.heavy == entry.exercise and of.at_hand(p.plyo)), None
            )
            if jump is None or entry.superset or entry.complex or not session.is_lift:
                entries.append(entry)
                continue
            label = f"power {len(entries)}"
            named.append(f"{of.exercises[jump].in_text} after {of.exercises[entry.exercise].in_text}")
            entries.append(entry.model_copy(update={"complex": label}))
            entries.append(SessionExercise(exercise=jump, sets=entry.range, complex=label, phases=("build",)))
        return session.model_copy(update={"exercises": tuple(entries)})

    changed = tuple(map(with_jumps, sessions))
    text = (
        f"Goal power (001): in build three repetitions as fast as they go, and {' and '.join(named)} at once."
    )
    return Adapted(changed, (text,) if named else ())


def _endurance(sessions: tuple[Session, ...], of: Adapting) -> Adapted:
    """A set more of single-leg and calf work."""
    return Adapted(
        _each(sessions, lambda entry: _more_sets(entry, of) if _on_one_leg(entry, of) else entry),
        ("Goal endurance (002, 004): a set more of single-leg and calf work, heavy main lifts.",),
    )


def _form(sessions: tuple[Session, ...], of: Adapting) -> Adapted:
    """A set more of core, slow lowering on one leg, and the hips' abductors each time."""

    def changed(entry: SessionExercise) -> SessionExercise:
        exercise = of.exercises[entry.exercise]
        if exercise.role == "core":
            return _more_sets(entry, of)
        slow = _on_one_leg(entry, of) and exercise.pattern != "calf" and entry.tempo is None
        return entry.model_copy(update={"tempo": SLOW}) if slow else entry

    hips = SessionExercise(exercise=GLUTE_MED, sets=(1, 2))
    return Adapted(
        _added(_each(sessions, changed), (hips,), lambda _: True, of.exercises),
        (
            "Goal form (002): a set more of core, single-leg work lowered in three seconds, and banded hip "
            "abduction in each session.",
        ),
    )


def _hills(sessions: tuple[Session, ...], of: Adapting, terrain: str) -> Adapted:
    """Quad work each week of base and build, and step-downs once strength is built."""
    quads = next(name for name in QUADS if of.at_hand(name))
    lifts = [session.name for session in sessions if session.is_lift]
    every_week = _is_weekly(of.scenario, len(lifts))
    added = SessionExercise(exercise=quads, sets=(2, 3), phases=("base", "build"))
    result = _added(
        sessions, (added,), lambda session: not every_week or session.name == lifts[0], of.exercises
    )
    text = f"Your race is {_named(terrain)} (000): {of.exercises[quads].in_text} in base and build"
    if of.at_hand(STEP_DOWN):
        down = SessionExercise(exercise=STEP_DOWN, sets=(1, 2), phases=("build", "peak"))
        result = _added(result, (down,), lambda session: session.name == lifts[-1], of.exercises)
        text += ", step-downs in build and peak"
    return Adapted(result, (f"{text}.",))


def _is_weekly(scenario: Scenario, sessions: int) -> bool:
    """Whether each session comes up every week, as far as that is plain."""
    count = scenario.strength.sessions_per_week
    if count is None:
        return sessions <= 2
    counts = [count] if isinstance(count, int) else count.values() if isinstance(count, dict) else count
    return all(each >= sessions for each in counts)


def _named(terrain: str) -> str:
    return "on trails" if terrain == "trail" else terrain


def _on_one_leg(entry: SessionExercise, of: Adapting) -> bool:
    exercise = of.exercises[entry.exercise]
    return exercise.legs and (exercise.unilateral or exercise.pattern == "calf")


def _more_sets(entry: SessionExercise, of: Adapting) -> SessionExercise:
    low, high = entry.range or of.exercises[entry.exercise].sets
    return entry.model_copy(update={"sets": (low, high + 1)})


def _each(
    sessions: Sequence[Session], change: Callable[[SessionExercise], SessionExercise]
) -> tuple[Session, ...]:
    return tuple(
        session.model_copy(update={"exercises": tuple(map(change, session.exercises))})
        if session.is_lift
        else session
        for session in sessions
    )


def _added(
    sessions: Sequence[Session],
    entries: tuple[SessionExercise, ...],
    where: Callable[[Session], bool],
    known: Mapping[str, Exercise],
) -> tuple[Session, ...]:
    """The sessions with entries where they come in a session, each exercise once."""
    result = []
    for session in sessions:
        held = {entry.exercise for entry in session.exercises}
        new = tuple(entry for entry in entries if entry.exercise not in held)
        meant = session.is_lift and session.exercises and where(session)
        exercises = list(session.exercises)
        for entry in new if meant else ():
            rank = rank_of(known[entry.exercise])
            at = next(
                (i for i, e in enumerate(exercises) if rank_of(known[e.exercise]) > rank), len(exercises)
            )
            exercises.insert(at, entry)
        result.append(session.model_copy(update={"exercises": tuple(exercises)}))
    return tuple(result)


GOALS: Mapping[str, Callable[[tuple[Session, ...], Adapting], Adapted]] = {
    "power": _power,
    "endurance": _endurance,
    "form": _form,
}
