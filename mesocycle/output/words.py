"""Words that several outputs share for sessions: sets, loads, rest, and what stands under an exercise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from string import ascii_lowercase
from typing import NamedTuple

from mesocycle.files.library import overhead
from mesocycle.models.numbers import counted
from mesocycle.models.plan import PlannedExercise, PlannedSession, PlannedWeek
from mesocycle.models.set_words import NO_BREAK, amount, growth, reserve, sets_differ, share_text, way, weight

OPEN_SETS = "5+: as many as go up, five at least; stop with what is in reserve."
# From these loads on the legs a session is heavy or moderate for them; 8 is a full heavy session.
HEAVY, MODERATE = 6, 3


class NumberedExercise(NamedTuple):
    """An exercise of a session with its number, its note and its rest: "2a", ..., "superset", "1:15"."""

    number: str
    item: PlannedExercise
    note: str
    rest: str


def rows(session: PlannedSession) -> list[NumberedExercise]:
    """The exercises of a session in their order; those done in turn share a number."""
    numbered: list[NumberedExercise] = []
    together = groupby(enumerate(session.exercises), key=lambda pair: _group(*pair))
    for number, ((kind, _), several) in enumerate(together, start=1):
        items = [item for _, item in several]
        pair = kind == "complex" and len(items) > 1
        for at, item in enumerate(items):
            letter = _letter(at) if len(items) > 1 else ""
            changed = "changed" if item.exercise in session.rotated else ""
            # Its partners may have been left out: then there is nothing to do in turn.
            turn = kind if len(items) > 1 and not at and not pair else ""
            turn = f"at once after {number}{_letter(at - 1)}" if pair and at else turn
            seconds = item.rest_seconds or 0
            if pair:  # rest comes after the last of them
                seconds = max(i.rest_seconds or 0 for i in items) if at == len(items) - 1 else 0
            note = ", ".join(filter(None, (turn, way(item), changed)))
            numbered.append(NumberedExercise(f"{number}{letter}", item, note, clock(seconds)))
    return numbered


def _letter(at: int) -> str:
    return ascii_lowercase[at % len(ascii_lowercase)]


def _group(at: int, item: PlannedExercise) -> tuple[str, str | int]:
    if item.complex:
        return "complex", item.complex
    return ("superset", item.superset) if item.superset else ("", at)


def percent(number: float) -> str:
    """A whole percentage that stays on one line: "81 %"."""
    return f"{number:.0f}{NO_BREAK}%"


def load(item: PlannedExercise) -> str:
    """What is on the bar, in % of the week's max too: "@ 82.5 kg (81 %)"; empty if unknown."""
    if item.weight is None:
        return ""
    share = "" if item.percent is None or sets_differ(item) else f" ({percent(item.percent)})"
    return f"@ {weight(item)}{share}"


def has_open_set(item: PlannedExercise) -> bool:
    """Whether a set of it is done as often as it goes up."""
    return any(one.or_more for one in item.set_list)


def loading(item: PlannedExercise) -> str:
    """Everything of a load, for a cell of a table: "82.5 kg (81 %), +2.5 kg"."""
    return ", ".join(filter(None, (load(item).removeprefix("@ "), share_text(item), growth(item))))


def clock(seconds: int) -> str:
    """Minutes and seconds: "2:30"; empty for none."""
    return f"{seconds // 60}:{seconds % 60:02d}" if seconds else ""


def sentence(row: NumberedExercise, names: Mapping[str, str]) -> str:
    """An exercise in one line: "Back squat 3 × 5 @ 82.5 kg (81 %), 2 in reserve, +2.5 kg, rest 2:30"."""
    item = row.item
    work = f"{names.get(item.exercise, item.exercise)} {amount(item)} {load(item)}".rstrip()
    return ", ".join(filter(None, (work, reserve(item), share_text(item), growth(item), *after(row))))


def after(row: NumberedExercise) -> tuple[str, str]:
    """The end of an exercise's line: its note and its rest."""
    return row.note, f"rest {row.rest}" if row.rest else ""


def warm_up(item: PlannedExercise, weights: bool = True) -> str:
    """The sets before the working sets: "warm-up 5 × 35, 3 × 50, 2 × 65 kg", or as shares of its load."""
    sets = [one for one in item.set_list if one.warm_up]
    if not sets:
        return ""
    if weights and all(one.weight is not None for one in sets):
        listed = ", ".join(f"{one.reps} × {one.weight:g}" for one in sets)
        return f"warm-up {listed} {item.weight_unit or ''}".rstrip()
    reps = listing(str(one.reps) for one in sets)
    shares = listing(f"{100 * (one.percent or 0) / (item.percent or 100):.0f}" for one in sets)
    return f"warm-up {reps} at {shares}{NO_BREAK}% of it"


def below(item: PlannedExercise) -> str:
    """What stands under an exercise: its warm-up, and what to mind."""
    return "; ".join(filter(None, (warm_up(item), *item.cues)))


def listing(parts: Iterable[str]) -> str:
    """Several in a sentence: "40, 60 and 80"."""
    *most, last = parts
    return f"{', '.join(most)} and {last}" if most else last


def left_out(session: PlannedSession, names: Mapping[str, str]) -> str:
    """Exercises without time: "left out: Farmer carry"; empty if there are none."""
    dropped = ", ".join(names.get(exercise, exercise) for exercise in session.dropped)
    return f"left out: {dropped}" if dropped else ""


def duration(*sessions: PlannedSession) -> str:
    """How long sessions take: "about 45 min with 8 of warm-up", "about 30 to 45 min ..."."""
    minutes = sorted({session.end - session.start for session in sessions})
    span = " to ".join(map(str, dict.fromkeys((minutes[0], minutes[-1]))))
    return f"about {span} min with {overhead().warmup_s // 60} of warm-up"


def size(session: PlannedSession) -> str:
    """How big a session is: "14 sets", or its minutes if it has no exercises."""
    return counted(session.sets, "set") if session.exercises else f"{session.end - session.start} min"


def legs(session: PlannedSession) -> str:
    """How hard it is for the legs: "legs: moderate (4.2)"."""
    dose = round(session.lower_body_dose, 1)
    if not dose:
        return "no leg work"
    return f"legs: {'heavy' if dose >= HEAVY else 'moderate' if dose >= MODERATE else 'light'} ({dose:.1f})"


def sets_of_full(week: PlannedWeek) -> str:
    """The sets of a week, "28", or their share of the full ones, "18 of 28"."""
    return str(week.sets) if week.sets == week.full_sets else f"{week.sets} of {week.full_sets}"


def legend(sessions: Iterable[PlannedSession]) -> list[str]:
    """What is not plain on the cards of these sessions, a sentence each."""
    shown = list(sessions)
    items = [item for session in shown for item in session.exercises]
    weighed = [item for item in items if item.weight is not None]
    known = {
        "In reserve: repetitions that you could still have done.": any(map(reserve, items)),
        "In brackets: % of the most that you could lift once in that week.": any(
            item.percent is not None and not sets_differ(item) for item in weighed
        ),
        "1RM: the most that you can lift once.": any(map(share_text, items)),
        OPEN_SETS: any(map(has_open_set, items)),
        "+ or - before a weight: since the last time.": any(map(growth, weighed)),
        f"Legs: 8 is a full heavy session; heavy from {HEAVY}, moderate from {MODERATE}.": any(
            session.lower_body_dose for session in shown
        ),
    }
    return [text for text, applies in known.items() if applies]


def rule_words(rule: str) -> str:
    """A rule's id within a sentence: "recovery before intensity"."""
    return rule.replace("_", " ")


def capital(text: str) -> str:
    """The text as the beginning of a sentence."""
    return text[:1].upper() + text[1:]
