"""Words that several outputs share for sessions: sets, loads, rest, and what stands under an exercise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from string import ascii_lowercase
from typing import NamedTuple

from mesocycle.files.library import overhead
from mesocycle.models.numbers import counted
from mesocycle.models.plan import PlannedExercise, PlannedSession, PlannedSet, PlannedWeek
from mesocycle.models.strength import RepsUnit

UNITS = {
    RepsUnit.REPS: "",
    RepsUnit.EACH_SIDE: " each side",
    RepsUnit.SECONDS: " s",
    RepsUnit.SECONDS_EACH_SIDE: " s each side",
    RepsUnit.METRES: " m",
}
NO_BREAK = "\u00a0"
WAYS = {
    "slow_lowering": f"lower it in 5{NO_BREAK}s",
    "slow_lowering_3": f"lower it in 3{NO_BREAK}s",
    "hold": f"hold 3{NO_BREAK}s at the bottom",
    "heavier": "fewer repetitions, heavier",
    "short_rest": "less rest",
}
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


def amount(item: PlannedExercise) -> str:
    """Sets and repetitions with their unit: "3 × 8 each side"."""
    return f"{sets_text(item)}{'' if item.reps is None else UNITS[RepsUnit(item.reps_unit)]}"


def sets_text(item: PlannedExercise) -> str:
    """Sets and repetitions: "3 × 8", set by set where they differ: "5/3/1+"."""
    if item.reps is None:
        return counted(item.sets, "set")
    sets = [one for one in item.set_list if not one.warm_up]
    if _differ(item):
        return "/".join(map(repetitions, sets))
    open_ended = sets and (sets[0].most_reps is not None or sets[0].or_more)
    return f"{item.sets} × {repetitions(sets[0]) if open_ended else item.reps}"


def repetitions(one: PlannedSet) -> str:
    """Repetitions of a set: "5", "5+" for as many as go up, "8-12"."""
    return f"{one.reps}{'' if one.most_reps is None else f'-{one.most_reps}'}{'+' * one.or_more}"


def _differ(item: PlannedExercise) -> bool:
    """Whether working sets differ in repetitions or load."""
    return len({(repetitions(one), one.weight, one.percent) for one in item.set_list if not one.warm_up}) > 1


def weight(item: PlannedExercise) -> str:
    """What to load: "62.5 kg", set by set where that differs: "57.5/67.5/77.5 kg"; empty if unknown."""
    if item.weight is None:
        return ""
    sets = [one.weight for one in item.set_list if not one.warm_up] if _differ(item) else []
    texts = [f"{each:g}" for each in sets if each is not None] or [f"{item.weight:g}"]
    return f"{'/'.join(texts)} {item.weight_unit or ''}".strip()


def way(item: PlannedExercise) -> str:
    """How it is done, if not in the usual way: "lower it in 5 s"."""
    if item.variant:
        return WAYS.get(item.variant, item.variant.replace("_", " "))
    return "" if item.tempo is None else in_seconds(item.tempo)


def in_seconds(tempo: str) -> str:
    """A tempo in words: "3 s down, 1 s held, as fast as you can up"."""
    names = ("down", "held", "up", "held at the top")
    parts = zip(tempo.split("-"), names, strict=False)
    told = [
        f"as fast as you can {name}" if part == "x" else f"{int(part)}{NO_BREAK}s {name}"
        for part, name in parts
        if part == "x" or int(part)
    ]
    return ", ".join(told)


def percent(number: float) -> str:
    """A whole percentage that stays on one line: "81 %"."""
    return f"{number:.0f}{NO_BREAK}%"


def load(item: PlannedExercise) -> str:
    """What is on the bar, in % of the week's max too: "@ 82.5 kg (81 %)"; empty if unknown."""
    if item.weight is None:
        return ""
    share = "" if item.percent is None or _differ(item) else f" ({percent(item.percent)})"
    return f"@ {weight(item)}{share}"


def share_text(item: PlannedExercise) -> str:
    """What a main lift without a weight is loaded with: "about 81 % of your 1RM"."""
    if item.weight is not None or item.load is None:
        return ""
    shares = percents(item)
    return f"about {shares} of your 1RM" if shares else ""


def has_open_set(item: PlannedExercise) -> bool:
    """Whether a set of it is done as often as it goes up."""
    return any(one.or_more for one in item.set_list)


def percents(item: PlannedExercise) -> str:
    """What is loaded, in % of the week's max: "81 %", set by set where that differs: "75/80/82.5 %"."""
    sets = [one.percent for one in item.set_list if not one.warm_up] if _differ(item) else [item.percent]
    known = [share for share in sets if share is not None]
    if len(known) < len(sets):
        return ""
    texts = [_half(share) for share in known] if len(known) > 1 else [f"{known[0]:.0f}"]
    return f"{'/'.join(texts)}{NO_BREAK}%"


def _half(share: float) -> str:
    """A percentage as it is written for a set: in whole numbers, or with a half."""
    return f"{share:g}" if (2 * share).is_integer() else f"{share:.0f}"


def growth(item: PlannedExercise) -> str:
    """What has changed: "+2.5 kg" since last time, or "+18 % on your first week" without a weight."""
    if item.weight is not None:
        return f"{item.change:+g} {item.weight_unit or ''}".strip() if item.change else ""
    grown = round(item.relative_percent or 0)
    return f"{grown:+d}{NO_BREAK}% on your first week" if grown else ""


def loading(item: PlannedExercise) -> str:
    """Everything of a load, for a cell of a table: "82.5 kg (81 %), +2.5 kg"."""
    return ", ".join(filter(None, (load(item).removeprefix("@ "), share_text(item), growth(item))))


def reserve(item: PlannedExercise) -> str:
    """Repetitions that would still have been possible: "2 in reserve"."""
    rirs = [one.rir for one in item.set_list if not one.warm_up and one.rir is not None]
    if len(set(rirs)) > 1:
        return f"{'/'.join(map(str, rirs))} in reserve"
    return "" if item.rir is None else f"{item.rir} in reserve"


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
            item.percent is not None and not _differ(item) for item in weighed
        ),
        "1RM: the most that you can lift once.": any(map(share_text, items)),
        OPEN_SETS: any(map(has_open_set, items)),
        "+ or - before a weight: since the last time.": any(map(growth, weighed)),
        f"Legs: 8 is a full heavy session; heavy from {HEAVY}, moderate from {MODERATE}.": any(
            session.lower_body_dose for session in shown
        ),
    }
    return [text for text, applies in known.items() if applies]


def capital(text: str) -> str:
    """The text as the beginning of a sentence."""
    return text[:1].upper() + text[1:]
