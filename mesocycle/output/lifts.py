"""The main lifts of a block week by week: the heaviest sets, what grew, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mesocycle.files.library import exercises
from mesocycle.models.plan import Plan, PlannedExercise
from mesocycle.models.set_words import NO_BREAK, percents, sets_text, weight
from mesocycle.models.strength import Role
from mesocycle.output.words import OPEN_SETS, has_open_set

HEAD = "Main lifts, the heaviest sets of the week"

# The heaviest work of each main lift in each week.
Tops = Mapping[tuple[int, str], PlannedExercise]


def tops(plan: Plan) -> Tops:
    """The heaviest work by week and main lift, in the order in which the lifts come up."""
    best: dict[tuple[int, str], PlannedExercise] = {}
    for session in plan.sessions:
        for item in session.exercises:
            known = exercises().get(item.exercise)
            # A guide in % is what makes a main lift, but jumps may have one too.
            if item.load and item.reps and not (known and known.role is Role.PLYOMETRIC):
                key = session.week, item.exercise
                if key not in best or _heaviness(item) > _heaviness(best[key]):
                    best[key] = item
    return best


def lifts(found: Tops) -> list[str]:
    """The main lifts that come up."""
    return list(dict.fromkeys(lift for _, lift in found))


def top_text(item: PlannedExercise) -> str:
    """A week's heaviest sets: "3 × 5 @ 82.5 kg", or in % of the week's max."""
    heavy = weight(item) or percents(item)
    return f"{sets_text(item)} @ {heavy}" if heavy else sets_text(item)


def text_of(found: Tops, week: int, lift: str) -> str:
    """The heaviest sets of a lift in a week, or a dash."""
    return top_text(found[week, lift]) if (week, lift) in found else "–"


def legend(found: Tops) -> str:
    """What a % and a + among these sets mean; empty if there are none."""
    shares = any(item.weight is None and item.percent is not None for item in found.values())
    words = "%: of the most that you could lift once in that week." if shares else ""
    return " ".join(filter(None, (words, OPEN_SETS if any(map(has_open_set, found.values())) else "")))


def grown(found: Tops, names: Mapping[str, str]) -> list[str]:
    """What grew and why: "Back squat 70 to 90 kg: from 10 to 4 repetitions, and 9 % stronger"."""
    lines = []
    for lift in lifts(found):
        line = _grown([item for (_, name), item in found.items() if name == lift])
        lines += [f"{names.get(lift, lift)}{line}"] if line else []
    return lines


def _grown(weeks: Iterable[PlannedExercise]) -> str:
    """What stands after the lift's name; empty if nothing grows."""
    first, *later = weeks
    if first.weight is None:
        peak = max(later, key=lambda item: item.relative_percent or 0, default=first)
        more = round(peak.relative_percent or 0)
        return f": {_parts(first, peak, f'{more}{NO_BREAK}% more on the bar')}" if more > 0 else ""
    peak = max(later, key=lambda item: item.weight or 0, default=first)
    if peak.weight is None or peak.weight <= first.weight:
        return ""
    stronger = round(100 * ((peak.week_max or 0) / (first.week_max or 1) - 1)) if first.week_max else 0
    why = _parts(first, peak, f"and {stronger}{NO_BREAK}% stronger" if stronger > 0 else "")
    span = f" {first.weight:g} to {peak.weight:g} {peak.weight_unit}"
    return f"{span}{': ' if why else ''}{why.removeprefix('and ')}"


def _parts(first: PlannedExercise, peak: PlannedExercise, last: str) -> str:
    reps = f"from {first.reps} to {peak.reps} repetitions" if first.reps != peak.reps else ""
    spare = f"from {first.rir} to {peak.rir} in reserve" if first.rir != peak.rir else ""
    return ", ".join(filter(None, (reps, spare, last)))


def _heaviness(item: PlannedExercise) -> tuple[float, float, int, int]:
    return item.weight or 0, item.percent or item.load or 0, item.reps or 0, item.sets
