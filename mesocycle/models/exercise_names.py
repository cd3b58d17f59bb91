"""What exercises are called: the id that a written name stands for, or ids that come near to it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from mesocycle.models.strength import Exercise

MOST_SUGGESTED = 3
# Names that share no word are alike from this share of their letters on; from the second it is a slip of the
# pen.
ALIKE, SLIP = 0.7, 0.8
_MOST_LETTERS = 80
_WORD = re.compile(r"[a-z0-9]+")
# Words that say nothing about the movement.
_EMPTY = frozenset(
    {"a", "an", "and", "the", "with", "of", "on", "to", "for", "in", "at", "some", "work", "exercise"}
    | {"exercises", "training", "drill", "workout", "strength", "body"}
)
# What runners write for a word of the library.
_SAME = {
    "ab": "core",
    "abdominal": "core",
    "abs": "core",
    "adductor": "adductors",
    "arm": "biceps",
    "butt": "glutes",
    "calves": "calf",
    "calve": "calf",
    "chin": "pull",
    "delt": "shoulders",
    "glute": "glutes",
    "gluteus": "glutes",
    "groin": "adductors",
    "ham": "hamstrings",
    "hamstring": "hamstrings",
    "hammy": "hamstrings",
    "hammie": "hamstrings",
    "jumping": "jump",
    "lat": "lats",
    "leap": "jump",
    "oblique": "obliques",
    "pec": "chest",
    "plyo": "plyometric",
    "plyometrics": "plyometric",
    "pressing": "press",
    "quad": "quads",
    "quadricep": "quads",
    "rowing": "row",
    "shin": "tibialis",
    "shoulder": "shoulders",
    "squatting": "squat",
    "thigh": "quads",
    "trap": "trap",
}
# A word counts by where an exercise has it, and the last word of a name says what kind of movement it is.
_BY_NAME, _BY_OTHER_NAME, _BY_PATTERN, _BY_FURTHER_PATTERN, _BY_MUSCLE, _BY_SECOND_MUSCLE = 8, 6, 6, 5, 4, 1
_LAST_WORD = 2
# A muscle or pattern that is asked for as a whole: the upper back is no back squat.
_WHOLE = 20


def compact(text: str) -> str:
    """A name without case, spaces, hyphens and the like: "Pull-ups" and "pull_ups" are one."""
    return re.sub(r"[\W_]+", "", text.casefold())


def written_forms(exercise: Exercise) -> Iterator[str]:
    """All that an exercise is called, its id and name first."""
    yield from (exercise.id, exercise.name, *exercise.names)


def names_of(exercises: Iterable[Exercise]) -> Mapping[str, str]:
    """Ids by compact name; a name of several exercises is left out, an id never."""
    listed = tuple(exercises)
    found: dict[str, set[str]] = {}
    for exercise in listed:
        for form in written_forms(exercise):
            found.setdefault(compact(form), set()).add(exercise.id)
    known = {form: ids.pop() for form, ids in found.items() if len(ids) == 1}
    return MappingProxyType(known | {compact(exercise.id): exercise.id for exercise in listed})


def find(name: str, names: Mapping[str, str]) -> str | None:
    """The id that a written name stands for, also in the plural; None if it is no name."""
    form = compact(name)
    singular = [form[: -len(end)] for end in ("s", "es") if form.endswith(end)]
    return next((names[one] for one in (form, *singular) if one in names), None)


def suggest(name: str, exercises: Mapping[str, Exercise]) -> tuple[str, ...]:
    """Ids that may be meant by a name that is none: by what its words mean, then by its letters.

    Parameters
    ----------
    name : str
        What was written.
    exercises : mapping of str to Exercise
        By id.

    Returns
    -------
    tuple of str
        Three at most, the likeliest first; none where nothing comes near.
    """
    asked, form = words_of(name), compact(name[:_MOST_LETTERS])
    ranked = []
    for at, exercise in enumerate(exercises.values()):
        score, likeness = _score(asked, exercise), _likeness(form, exercise)
        alike = likeness if likeness >= ALIKE else 0
        if score or alike:
            # Letters that nearly agree say more than words.
            slip = alike if alike >= SLIP else 0
            ranked.append((-slip, -score, _unasked(asked, exercise), -alike, at, exercise.id))
    return tuple(entry[-1] for entry in sorted(ranked)[:MOST_SUGGESTED])


def words_of(text: str) -> tuple[str, ...]:
    """The words of a name in the library's words: "Hamstring curls" is hamstrings, curl."""
    found = _WORD.findall(text[:_MOST_LETTERS].casefold().replace("_", " "))
    return tuple(_plain(word) for word in found if word not in _EMPTY)


def _plain(word: str) -> str:
    if word in _SAME:
        return _SAME[word]
    single = word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word
    single = word[:-2] if word.endswith(("sses", "shes", "ches")) else single
    return _SAME.get(single, single)


def _score(asked: tuple[str, ...], exercise: Exercise) -> int:
    weights = _weights(exercise)
    last = len(asked) - 1
    whole = "".join(asked) in {compact(word) for word in (*exercise.muscles, *exercise.counts_for)}
    return _WHOLE * whole + sum(
        weights.get(word, 0) * (_LAST_WORD if at == last else 1) for at, word in enumerate(asked)
    )


def _unasked(asked: tuple[str, ...], exercise: Exercise) -> int:
    """How many words more than was asked a name has, the shortest that shares one."""
    forms = [set(words_of(form)) for form in written_forms(exercise)]
    return min((len(words - set(asked)) for words in forms if words & set(asked)), default=0)


def _weights(exercise: Exercise) -> dict[str, int]:
    """What each word that fits an exercise counts, at its most telling place."""
    own, *further = exercise.muscles
    places = (
        (_BY_SECOND_MUSCLE, exercise.muscles_secondary),
        (_BY_MUSCLE - 1, further),
        (_BY_MUSCLE, (own,)),
        (_BY_FURTHER_PATTERN, exercise.counts_for),
        (_BY_PATTERN, (exercise.pattern,)),
        (_BY_OTHER_NAME, exercise.names),
        (_BY_NAME, (exercise.name, exercise.id)),
    )
    return {word: weight for weight, texts in places for text in texts for word in words_of(text)}


def _likeness(form: str, exercise: Exercise) -> float:
    """The share of letters that a compact name has in common with the nearest name of an exercise."""
    matcher = difflib.SequenceMatcher()
    matcher.set_seq2(form)
    most = 0.0
    for other in written_forms(exercise):
        matcher.set_seq1(compact(other))
        if matcher.real_quick_ratio() > most and matcher.quick_ratio() > most:
            most = max(most, matcher.ratio())
    return most


def did_you_mean(name: str, exercises: Mapping[str, Exercise]) -> str:
    """What to say to somebody whose word is no exercise."""
    near = suggest(name, exercises)
    if not near:
        return "`mesocycle exercises` lists them all"
    return f"did you mean {', '.join(near)}?"
