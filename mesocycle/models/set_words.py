"""What a card says of the sets of an exercise: repetitions, weight, reserve, and the way they are done."""

from __future__ import annotations

from mesocycle.models.numbers import counted
from mesocycle.models.plan import PlannedExercise, PlannedSet
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


def amount(item: PlannedExercise) -> str:
    """Sets and repetitions with their unit: "3 × 8 each side"."""
    return f"{sets_text(item)}{'' if item.reps is None else UNITS[RepsUnit(item.reps_unit)]}"


def sets_text(item: PlannedExercise) -> str:
    """Sets and repetitions: "3 × 8", set by set where they differ: "5/3/1+"."""
    if item.reps is None:
        return counted(item.sets, "set")
    each = "" if sets_differ(item) else f"{item.sets} × "
    return f"{each}{reps_text(item)}"


def reps_text(item: PlannedExercise) -> str:
    """Repetitions of a set: "8", "8-12", those of each where they differ: "5/3/1+"; empty if not told."""
    sets = [one for one in item.set_list if not one.warm_up]
    if item.reps is None:
        return ""
    if sets_differ(item):
        return "/".join(map(repetitions, sets))
    open_ended = sets and (sets[0].most_reps is not None or sets[0].or_more)
    return repetitions(sets[0]) if open_ended else str(item.reps)


def repetitions(one: PlannedSet) -> str:
    """Repetitions of a set: "5", "5+" for as many as go up, "8-12"."""
    return f"{one.reps}{'' if one.most_reps is None else f'-{one.most_reps}'}{'+' * one.or_more}"


def sets_differ(item: PlannedExercise) -> bool:
    """Whether working sets differ in repetitions or load."""
    return len({(repetitions(one), one.weight, one.percent) for one in item.set_list if not one.warm_up}) > 1


def weight(item: PlannedExercise) -> str:
    """What to load: "62.5 kg", set by set where that differs: "57.5/67.5/77.5 kg"; empty if unknown."""
    texts = [f"{each:g}" for each in weights(item)]
    return f"{'/'.join(texts)} {item.weight_unit or ''}".strip() if texts else ""


def weights(item: PlannedExercise) -> tuple[float, ...]:
    """The weight of each set where that differs, else the one of all of them; none if unknown."""
    if item.weight is None:
        return ()
    sets = [one.weight for one in item.set_list if not one.warm_up] if sets_differ(item) else []
    return tuple(each for each in sets if each is not None) or (item.weight,)


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


def share_text(item: PlannedExercise) -> str:
    """What a main lift without a weight is loaded with: "about 81 % of your 1RM"."""
    if item.weight is not None or item.load is None:
        return ""
    shares = percents(item)
    return f"about {shares} of your 1RM" if shares else ""


def percents(item: PlannedExercise) -> str:
    """What is loaded, in % of the week's max: "81 %", set by set where that differs: "75/80/82.5 %"."""
    sets = [one.percent for one in item.set_list if not one.warm_up] if sets_differ(item) else [item.percent]
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


def reserve(item: PlannedExercise) -> str:
    """Repetitions that would still have been possible: "2 in reserve"."""
    rirs = [one.rir for one in item.set_list if not one.warm_up and one.rir is not None]
    if len(set(rirs)) > 1:
        return f"{'/'.join(map(str, rirs))} in reserve"
    return "" if item.rir is None else f"{item.rir} in reserve"
