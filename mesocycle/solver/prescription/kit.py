"""Which exercises the runner's kit allows, and what comes nearest to one that it does not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mesocycle.files.library import equipment
from mesocycle.models.errors import Problem
from mesocycle.models.names import nearest
from mesocycle.models.scenario import Scenario
from mesocycle.models.strength import Exercise

# A whole gym: nothing is missing there, not even what the runner's own exercises need.
EVERYTHING = "gym"


def kit_of(scenario: Scenario) -> frozenset[str] | None:
    """Equipment at hand, in the library's words; None stands for a gym."""
    words = scenario.athlete.equipment
    listed = (words,) if isinstance(words, str) else words
    if EVERYTHING in listed:
        return None
    return frozenset(equipment().always) | {part for word in listed for part in _parts(word)}


def _parts(word: str) -> Iterable[str]:
    known = equipment()
    plain = word.strip().lower().replace(" ", "_").replace("-", "_")
    plain = known.aliases.get(plain, plain)
    return known.kits.get(plain, (plain,))


def kit_problems(scenario: Scenario) -> Iterator[Problem]:
    """Yield words that are no equipment."""
    known = equipment()
    own = {
        word
        for facts in scenario.strength.exercises.values()
        for way in facts.equipment or ()
        for word in way
    }
    words = scenario.athlete.equipment
    for at, word in enumerate((words,) if isinstance(words, str) else words):
        path = ("athlete", "equipment") if isinstance(words, str) else ("athlete", "equipment", at)
        if word != EVERYTHING and not set(_parts(word)) <= {*known.known, *own}:
            names = dict.fromkeys([EVERYTHING, *known.kits, *sorted(known.known)])
            yield Problem(path, "no exercise needs such equipment", word, nearest(word, names))


def fits(exercise: Exercise, kit: frozenset[str] | None) -> bool:
    """Whether one of the exercise's alternatives is at hand."""
    return kit is None or any(set(way) <= kit for way in exercise.equipment)


def instead(exercise: Exercise, free: Iterable[Exercise]) -> Exercise | None:
    """The nearest movement to one that cannot be done, or None.

    It is of the same pattern, else of the same family (a pull for a pull), else it counts for one of its
    patterns; then the one of the same role, as many sides, and the most similar load on the legs.
    """
    patterns = set(exercise.counts_for)
    near = [
        candidate
        for candidate in free
        if candidate.id != exercise.id and patterns & set(candidate.counts_for)
    ]
    return nearest_first(exercise, near)[0] if near else None


def nearest_first(exercise: Exercise, candidates: Iterable[Exercise]) -> list[Exercise]:
    """The same by nearness, equals in their order."""
    return sorted(candidates, key=lambda candidate: _distance(exercise, candidate))


def _distance(exercise: Exercise, candidate: Exercise) -> tuple[bool, bool, bool, bool, float]:
    return (
        exercise.pattern != candidate.pattern,
        exercise.counts_for[0] != candidate.counts_for[0],
        exercise.role != candidate.role,
        exercise.unilateral != candidate.unilateral,
        abs(exercise.lower_body_load - candidate.lower_body_load),
    )
