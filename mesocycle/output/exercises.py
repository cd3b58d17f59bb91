"""The library's exercises for a terminal: all or some in a table by movement, and a page of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from mesocycle.files.library import equipment, exercises
from mesocycle.models.exercise_names import compact, find, names_of, words_of
from mesocycle.models.set_words import UNITS
from mesocycle.models.strength import Exercise

# Kinds of movement, in the order of a session; what is in none of them comes last.
KINDS = {
    "squat": "Squat",
    "knee_extension": "Knee extension",
    "hinge": "Hinge",
    "hip_extension": "Hip extension",
    "knee_flexion": "Knee flexion",
    "single_leg": "Single leg",
    "calf": "Calves",
    "dorsiflexion": "Shins",
    "hip_abduction": "Outer hip",
    "hip_adduction": "Inner thigh",
    "push": "Push",
    "pull": "Pull",
    "scapular": "Shoulder blades",
    "carry": "Carry",
    "core": "Core",
    "plyometric": "Jumps and throws",
    "locomotion": "Sled",
}


def matching(word: str) -> tuple[Exercise, ...]:
    """The exercises that a word means: those of a movement, muscle or kit, the one of a name, or all with it.

    Parameters
    ----------
    word : str
        An id, name, pattern, muscle or piece of equipment, or a part of a name.

    Returns
    -------
    tuple of Exercise
        In the library's order; empty where nothing fits.
    """
    library = exercises()
    if word in library:
        return (library[word],)
    asked = set(words_of(word))
    for words in (_movements, _muscles, _kit):
        found = tuple(one for one in library.values() if asked and _is_one_of(word, words(one)))
        if found:
            return found
    named = find(word, names_of(library.values()))
    if named is not None:
        return (library[named],)
    return tuple(one for one in library.values() if asked and asked <= _all_words(one))


def exercise_table(found: Iterable[Exercise]) -> Table:
    """Exercises by kind of movement: id, usual work and equipment."""
    order = list(KINDS)
    rows = sorted(found, key=lambda one: order.index(one.counts_for[0]))
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    for name, style in (("exercise", "bold"), ("sets", ""), ("reps", ""), ("done with", "")):
        table.add_column(name, style=style, no_wrap=name != "done with")
    for kind, members in groupby(rows, key=lambda one: one.counts_for[0]):
        table.add_row(Text(KINDS[kind], style="bold green"))
        for one in members:
            table.add_row(f"  {one.id}", _span(one.sets), _reps(one), Text(_ways(one)))
    return table


def exercise_page(exercise: Exercise) -> Group:
    """All that the library knows of an exercise."""
    head: list[RenderableType] = [Text(f"{exercise.id}: {exercise.name}", style="bold")]
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, show_header=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column()
    for name, text in _facts(exercise).items():
        if text:
            table.add_row(name, Text(text))
    return Group(*head, table)


def as_json(found: Iterable[Exercise]) -> dict[str, object]:
    """Exercises as JSON has them."""
    return {"exercises": [one.model_dump(mode="json") for one in found]}


def _facts(one: Exercise) -> Mapping[str, str]:
    return {
        "How": _sentence("; ".join(one.cues)),
        "Also called": ", ".join(one.names),
        "Movement": ", ".join(map(_plain, dict.fromkeys((one.pattern, *one.counts_for)))),
        "Role": f"{one.role}{', one side at a time' if one.unilateral else ''}",
        "Muscles": _muscle_text(one),
        "Done with": _ways(one),
        "Usual work": _work(one),
        "Time": f"{one.seconds_per_set} s a set, {one.rest_seconds} s of them rest",
        "Load on the legs": f"{one.lower_body_load:g} (a back squat is 1), lowering {one.eccentric_load:g}",
        "Harder": _harder(one),
        "Source": _source(one),
        "Note": one.note,
        "In a scenario": f"{{exercise: {one.id}}}",
    }


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _muscle_text(one: Exercise) -> str:
    also = f"; also {', '.join(map(_plain, one.muscles_secondary))}" if one.muscles_secondary else ""
    return f"{', '.join(map(_plain, one.muscles))}{also}"


def _work(one: Exercise) -> str:
    load = "" if one.load is None else f", {_span(one.load)} % of 1RM"
    return f"{_span(one.sets)} sets of {_reps(one)}{load}"


def _harder(one: Exercise) -> str:
    if one.harder is None:
        return ""
    above = exercises()[one.harder.exercise]
    share = f", about {100 * one.harder.ratio:.0f} % of its weight" if one.load and above.load else ""
    return f"{above.id}{share}"


def _source(one: Exercise) -> str:
    if not one.source:
        return "Design values; no article names it."
    return f"Article{'s' * (len(one.source) > 1)} {', '.join(one.source)}."


def _reps(one: Exercise) -> str:
    return f"{_span(one.reps_range)}{UNITS[one.reps_unit]}"


def _span(pair: tuple[int, int]) -> str:
    return str(pair[0]) if pair[0] == pair[1] else f"{pair[0]}-{pair[1]}"


def _ways(one: Exercise) -> str:
    """Its alternatives of equipment; what is always there goes without saying beside other things."""
    always = {*equipment().always} - {"step"}
    ways = [[word for word in way if word not in always] or list(way) for way in one.equipment]
    return " or ".join(dict.fromkeys(" + ".join(map(_plain, way)) for way in ways))


def _plain(word: str) -> str:
    return word.replace("_", " ")


def _is_one_of(word: str, words: Iterable[str]) -> bool:
    """Whether a word is one of several, in the plural too."""
    form = compact(word)
    return any(form in (compact(one), f"{compact(one)}s") or f"{form}s" == compact(one) for one in words)


def _movements(one: Exercise) -> tuple[str, ...]:
    return one.pattern, *one.counts_for, KINDS[one.counts_for[0]], str(one.role)


def _muscles(one: Exercise) -> tuple[str, ...]:
    return *one.muscles, *one.muscles_secondary


def _kit(one: Exercise) -> tuple[str, ...]:
    aliases = equipment().aliases
    own = {word for way in one.equipment for word in way}
    return *own, *(alias for alias, word in aliases.items() if word in own)


def _all_words(one: Exercise) -> set[str]:
    texts = (one.id, one.name, *one.names, *_movements(one), *one.muscles, *one.muscles_secondary, *_kit(one))
    return {word for text in texts for word in words_of(text)}
