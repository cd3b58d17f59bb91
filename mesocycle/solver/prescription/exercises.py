"""The exercises a scenario may use: the library's, with the runner's own facts on top."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from mesocycle.files.library import exercises
from mesocycle.models.errors import Problem
from mesocycle.models.exercise_names import did_you_mean
from mesocycle.models.scenario import Scenario
from mesocycle.models.strength import Exercise, OwnExercise, RepsUnit, Role

# An exercise that is like no other needs these; everything else follows from its role.
NEEDED = ("pattern", "role", "lower_body_load", "seconds_per_set")
BY_ROLE: Mapping[Role, dict[str, Any]] = {
    Role.MAIN: {"sets": (2, 4), "reps_range": (3, 10), "rest_seconds": 150},
    Role.ACCESSORY: {"sets": (2, 3), "reps_range": (6, 12), "rest_seconds": 75},
    Role.CORE: {"sets": (2, 3), "reps_range": (5, 12), "rest_seconds": 45},
    Role.PLYOMETRIC: {"sets": (2, 4), "reps_range": (3, 6), "rest_seconds": 90},
}


def exercises_of(scenario: Scenario) -> Mapping[str, Exercise]:
    """Return all exercises of a scenario by id: the library's in its order, then the runner's own.

    `exercise_problems` reports what is wrong with the runner's own; those are left out here.
    """
    own = scenario.strength.exercises
    if not own:
        return exercises()
    known = dict(exercises())
    for name in sorted(own):  # the order of keys in the file must not matter
        data = _facts(name, own[name])
        if data is not None:
            known[name] = Exercise.model_validate(data)
    return MappingProxyType(known)


def _facts(name: str, facts: OwnExercise) -> dict[str, Any] | None:
    given = facts.model_dump(exclude_none=True, exclude={"like"})
    library = exercises()
    base = library.get(facts.like) if facts.like is not None else library.get(name)
    if base is not None:
        data = base.model_dump() | given
    elif facts.like is None and all(key in given for key in NEEDED):
        data = _from_role(given)
    else:
        return None
    if "counts_for" not in given and "pattern" in given:
        data["counts_for"] = (_family(given["pattern"]),)
    low, high = data["reps_range"]
    data["reps_range"] = (min(low, data["reps"]), max(high, data["reps"]))
    if facts.like is not None or name not in library:
        data["names"] = ()  # those of another exercise
    called = data["name"] if facts.like is None and name in library else name.replace("_", " ").capitalize()
    return data | {"id": name, "name": given.get("name", called)}


def _from_role(given: dict[str, Any]) -> dict[str, Any]:
    usual = BY_ROLE[given["role"]]
    reps = given.get("reps", sum(given.get("reps_range", usual["reps_range"])) // 2)
    timed = given.get("reps_unit") in (RepsUnit.SECONDS, RepsUnit.SECONDS_EACH_SIDE, RepsUnit.METRES)
    return {
        "muscles": ("not given",),
        "unilateral": False,
        "equipment": (("bodyweight",),),
        "eccentric_load": given["lower_body_load"] / 2,
        "sets": usual["sets"],
        "reps": reps,
        "reps_range": (reps, reps) if timed else usual["reps_range"],
        "reps_unit": RepsUnit.REPS,
        "load": None,
        "rest_seconds": min(usual["rest_seconds"], given["seconds_per_set"]),
    } | given


def _family(pattern: str) -> str:
    """The word that coverage counts: push_vertical is a push, a jump is plyometric."""
    alike = (exercise.counts_for[0] for exercise in exercises().values() if exercise.pattern == pattern)
    first = pattern.split("_")[0]
    return next(alike, first if first in ("push", "pull", "core") else pattern)


def exercise_problems(scenario: Scenario) -> Iterator[Problem]:
    """Yield what is wrong with the runner's own exercises."""
    library = exercises()
    for name, facts in scenario.strength.exercises.items():
        path = ("strength", "exercises", name)
        if not name.strip():
            yield Problem(path, "an exercise needs a name", name)
            continue
        if facts.like is not None and facts.like not in library:
            words = "the library has no such exercise"
            yield Problem((*path, "like"), words, facts.like, did_you_mean(facts.like, library))
            continue
        if facts.like is None and name not in library:
            given = facts.model_dump(exclude_none=True)
            missing = [key for key in NEEDED if key not in given]
            if missing:
                yield Problem(
                    path,
                    f"a new exercise is `like` one of the library, or gives {', '.join(NEEDED)}",
                    f"without {', '.join(missing)}",
                    did_you_mean(name, library),
                )
                continue
        data = _facts(name, facts)
        if data is not None and data["rest_seconds"] > data["seconds_per_set"]:
            yield Problem(
                (*path, "seconds_per_set" if facts.rest_seconds is None else "rest_seconds"),
                "a set with its rest takes at least as long as its rest",
                f"rest {data['rest_seconds']} s, seconds_per_set {data['seconds_per_set']} s",
                "seconds_per_set counts the rest too",
            )
        for key in ("sets", "reps_range", "load"):
            pair = getattr(facts, key)
            if pair is not None and pair[0] > pair[1]:
                yield Problem((*path, key), "the first is the least", str(list(pair)), str(sorted(pair)))
