"""A planned session in words: amounts, loads, rests, and what is done in turn."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from string import ascii_lowercase
from typing import NamedTuple

from mesocycle.files.library import overhead
from mesocycle.models.plan import Plan, PlannedExercise, PlannedSession
from mesocycle.models.strength import RepsUnit

UNITS = {
    RepsUnit.REPS: "",
    RepsUnit.EACH_SIDE: " each side",
    RepsUnit.SECONDS: " s",
    RepsUnit.SECONDS_EACH_SIDE: " s each side",
    RepsUnit.METRES: " m",
}
WAYS = {"slow_lowering": "5 s down", "hold": "3 s hold"}
NO_BREAK = "\u00a0"


class Row(NamedTuple):
    """One exercise of a session with its number and what is special about it: "2a", ..., "superset"."""

    number: str
    item: PlannedExercise
    note: str


def rows(session: PlannedSession) -> list[Row]:
    """The exercises of a session in their order; those done in turn share a number."""
    told: list[Row] = []
    together = groupby(enumerate(session.exercises), key=lambda pair: _group(*pair))
    for number, ((kind, _), several) in enumerate(together, start=1):
        items = [item for _, item in several]
        for at, item in enumerate(items):
            letter = _letter(at) if len(items) > 1 else ""
            changed = "changed" if item.exercise in session.rotated else ""
            # Its partners may have been left out: then there is nothing to do in turn.
            word = kind if len(items) > 1 and not at else ""
            note = ", ".join(filter(None, (word, way(item), changed)))
            told.append(Row(f"{number}{letter}", item, note))
    return told


def _letter(at: int) -> str:
    return ascii_lowercase[at % len(ascii_lowercase)]


def _group(at: int, item: PlannedExercise) -> tuple[str, str | int]:
    if item.complex:
        return "complex", item.complex
    return ("superset", item.superset) if item.superset else ("", at)


def amount(item: PlannedExercise) -> str:
    """Sets and repetitions with their unit: "3 × 8 each side"."""
    if item.reps is None:
        return counted(item.sets, "set")
    return f"{item.sets} × {item.reps}{UNITS[RepsUnit(item.reps_unit)]}"


def weight(item: PlannedExercise) -> str:
    """What to load: "62.5 kg"; empty where nobody knows."""
    return "" if item.weight is None else f"{item.weight:g} {item.weight_unit or ''}".strip()


def way(item: PlannedExercise) -> str:
    """How it is done, where that is not the usual way: "5 s down"."""
    return WAYS.get(item.variant, item.variant.replace("_", " ")) if item.variant else ""


def load(item: PlannedExercise) -> str:
    """Load in % of 1RM, and the weight or by how much it has grown: "@ 80 %, 62.5 kg"."""
    percent = "" if item.load is None else f"@ {item.load} %"
    if item.weight is None:
        return ", ".join(filter(None, (percent, growth(item))))
    return f"{percent}, {weight(item)}" if percent else f"@ {weight(item)}"


def growth(item: PlannedExercise) -> str:
    """How much more it is than at first, where no weight says so: "+2.5 %"."""
    grown = item.progress_percent > 0 and item.weight is None
    return f"+{item.progress_percent:g}{NO_BREAK}%" if grown else ""


def reserve(item: PlannedExercise) -> str:
    """Repetitions that would still have been possible: "2 in reserve"."""
    return "" if item.rir is None else f"{item.rir} in reserve"


def rest(item: PlannedExercise) -> str:
    """Minutes and seconds between sets: "2:30"."""
    return f"{item.rest_seconds // 60}:{item.rest_seconds % 60:02d}" if item.rest_seconds else ""


def sentence(row: Row, names: Mapping[str, str]) -> str:
    """An exercise in one line: "Back squat 3 × 5 @ 80 %, 2 in reserve, rest 2:30"."""
    item = row.item
    work = f"{names.get(item.exercise, item.exercise)} {amount(item)} {load(item)}".rstrip()
    pause = f"rest {rest(item)}" if item.rest_seconds else ""
    return ", ".join(filter(None, (work, reserve(item), pause, row.note)))


def left_out(session: PlannedSession, names: Mapping[str, str]) -> str:
    """What had no time: "left out: Farmer carry"; empty where all had."""
    dropped = ", ".join(names.get(one, one) for one in session.dropped)
    return f"left out: {dropped}" if dropped else ""


def duration(session: PlannedSession) -> str:
    """How long a session takes: "about 45 min with 8 of warm-up"."""
    return f"about {session.end - session.start} min with {overhead().warmup_s // 60} of warm-up"


def size(session: PlannedSession) -> str:
    """How big a session is: "14 sets"; one given by its minutes alone has no sets to speak of."""
    return counted(session.sets, "set") if session.exercises else f"{session.end - session.start} min"


def legs(session: PlannedSession) -> str:
    """How hard it is for the legs: "load on the legs 4.2 of 8"."""
    dose = session.lower_body_dose
    return f"load on the legs {dose:.1f} of 8" if dose else "no leg work"


def growth_legend(plan: Plan | PlannedSession) -> str:
    """What a growth such as +2.5 % means, where a plan or session has one; else nothing."""
    sessions = plan.sessions if isinstance(plan, Plan) else (plan,)
    grown = next((growth(item) for one in sessions for item in one.exercises if growth(item)), "")
    return grown and f"{grown}: that much more weight, or time, than at first."


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 set", "2 sets"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def capital(text: str) -> str:
    """The text as the beginning of a sentence."""
    return text[:1].upper() + text[1:]
