"""What an app calls an exercise, and which of ours that is: "Squat (Barbell)" is a back squat.

A name stands for an exercise only if the library calls it so, with what the app says it is done with, and
never because it comes near: a front squat is no back squat, a deadlift with dumbbells none with a barbell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property

from mesocycle.files.library import equipment
from mesocycle.importing.logs.log import LoggedExercise
from mesocycle.models.exercise_names import compact, find, names_of
from mesocycle.models.strength import Exercise

# What apps write for the library's words, and words of theirs that are no piece of equipment.
_BODYWEIGHT, _MACHINE, _WEIGHTED = "bodyweight", "machine", "weighted"
_WORDS = {
    "leveragemachine": _MACHINE,
    "levermachine": _MACHINE,
    "suspension": "suspension_trainer",
    _MACHINE: _MACHINE,
    _WEIGHTED: _WEIGHTED,
}
# What makes an exercise more than one of the body alone.
_LOADS = frozenset(
    {"barbell", "plates", "dumbbell", "kettlebell", "trap_bar", "medicine_ball", "sled", "loop_band"}
)
_OTHER_KIND = "smith_machine"  # what guides the bar is another lift
# Names of ours that an app gives to another lift: on the floor for the abdominals, with a barbell behind the
# legs, whichever squat, with the knees drawn up.
_OTHER_LIFTS = {
    "": frozenset({"heeltap", "heeltaps"}),
    "Hevy": frozenset({"hacksquat"}),
    "FIT": frozenset({"squat", "legextensions", "kneeraises"}),
}
_MOST_WORDS = 2

# "Squat (Barbell)", "Squat, Barbell", "Lat Pulldown - Wide Grip (Cable)".
_PARTS = re.compile(r"\s*[(),]\s*|\s+[-\u2013\u2014]\s+")


@dataclass(frozen=True)
class ExerciseNames:
    """Finds the exercises that apps' names stand for.

    Attributes
    ----------
    exercises : mapping of str to Exercise
        By id: the library's, or the runner's own as well.
    told : mapping of str to str
        Ids by names as logs have them, where somebody said so; they count before anything else.
    """

    exercises: Mapping[str, Exercise]
    told: Mapping[str, str] = field(default_factory=dict)

    def find(self, exercise: LoggedExercise, app: str = "") -> str | None:
        """The id that the name of a logged exercise stands for.

        Parameters
        ----------
        exercise : LoggedExercise
            As its log has it.
        app : str
            Whose log it is, as in `Log.app`: apps give a few names to other lifts.

        Returns
        -------
        str or None
            None if it is no exercise of ours.
        """
        for name in (label(exercise), exercise.name):
            if compact(name) in self._told:
                return self._told[compact(name)]
        if any(compact(exercise.name) in _OTHER_LIFTS.get(one, ()) for one in ("", app)):
            return None
        parts = tuple(part for part in _PARTS.split(exercise.name) if part)
        return next(self._found(parts, exercise.equipment), None)

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return names_of(self.exercises.values())

    @cached_property
    def _told(self) -> Mapping[str, str]:
        return {compact(name): known for name, known in self.told.items()}

    def _found(self, parts: tuple[str, ...], with_what: str) -> Iterator[str]:
        """Ids in question: of the whole name in any order, then of what is left without the equipment."""
        word, rest = (_word(with_what), parts) if with_what else _apart(parts)
        yield from self._called((*parts, with_what) if with_what else parts)
        if word in _LOADS:  # "Bench Press (Dumbbells)"
            yield from self._called((*rest, word))
        if word:
            yield from (one for one in self._called(rest) if fits(word, self.exercises[one]))

    def _called(self, parts: tuple[str, ...]) -> Iterator[str]:
        """Ids by all parts of a name, from front or back, and one that each part by itself stands for."""
        for form in dict.fromkeys(("".join(parts), "".join(reversed(parts)))):
            if known := find(form, self._names):
                yield known
        each = {next(self._found((part,), ""), None) for part in parts} if len(parts) > 1 else set()
        if len(each) == 1 and (known := each.pop()):
            yield known


def label(exercise: LoggedExercise) -> str:
    """How an exercise of a log is named to its reader: with its equipment in brackets."""
    return f"{exercise.name} ({exercise.equipment})" if exercise.equipment else exercise.name


def fits(word: str, exercise: Exercise) -> bool:
    """Whether an exercise is done with a piece of equipment, "machine", "weighted" or "bodyweight"."""
    ways = exercise.equipment
    if word in (_BODYWEIGHT, _WEIGHTED):
        return any(not _LOADS.intersection(way) and not any(map(_is_machine, way)) for way in ways)
    if word == _MACHINE:
        return any(map(_is_machine, (way[0] for way in ways)))
    return any(word == way[0] or word == "loop_band" in way for way in ways)


def _is_machine(word: str) -> bool:
    return word.endswith("_machine") and word != _OTHER_KIND


def _apart(parts: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The equipment that a name ends on in brackets, begins with or ends with, and the name without it."""
    if len(parts) > 1:
        return _word(parts[-1]), parts[:-1]
    words = " ".join(parts).split()
    for count in range(min(_MOST_WORDS, len(words) - 1), 0, -1):
        for told, rest in ((words[:count], words[count:]), (words[-count:], words[:-count])):
            if word := _word(" ".join(told)):
                return word, (" ".join(rest),)
    return "", parts


def _word(text: str) -> str:
    """The library's word for equipment; "" if it is none."""
    known = compact(text)
    return _WORDS.get(known) or _equipment().get(known, "")


@cache
def _equipment() -> Mapping[str, str]:
    words = equipment()
    return {compact(one): one for one in words.known} | {
        compact(other): one for other, one in words.aliases.items()
    }
