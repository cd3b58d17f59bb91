"""What rules remark of the sessions without a price: words and findings that several of them share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mesocycle.models.plan import Notice
from mesocycle.models.sessions import SessionExercise
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.prescription.items import Item
from mesocycle.solver.prescription.lifts import Lift

PATTERN_NAMES = {
    "single_leg": "Single-leg",
    "calf": "Calf",
    "knee_extension": "Knee extension",
    "knee_flexion": "Knee flexion",
    "hip_abduction": "Hip abduction",
}


def pattern_name(pattern: str) -> str:
    """What a reader calls a movement pattern."""
    return PATTERN_NAMES.get(pattern, pattern.replace("_", " ").capitalize())


def as_written(problem: Problem) -> Iterator[tuple[Lift, Item, SessionExercise]]:
    """All that is done as the runner or the program wrote it, lift by lift, with what was written."""
    for lift in problem.lifts:
        for item in lift.items:
            if item.move is not None and item.move.requested is None:
                yield lift, item, item.move.entry


def first_of_each(notices: Iterable[Notice]) -> Iterator[Notice]:
    """The first notice of each subject."""
    seen = set()
    for notice in notices:
        if notice.subject not in seen:
            seen.add(notice.subject)
            yield notice


def exchanges(problem: Problem, rule: str, why: str, words: str) -> Iterator[Notice]:
    """Report what stands in for which exercise, or that nothing does, by session and with the weeks."""
    library = problem.instance.exercises
    weeks: dict[tuple[str, str, str], list[int]] = {}
    for lift in problem.lifts:
        pairs = [
            (item.move.requested, item.move.exercise.id)
            for item in lift.items
            if item.move is not None and item.move.requested is not None and item.move.why == why
        ]
        pairs += [(requested, "") for requested, reason in lift.missing if reason == why]
        for requested, done in pairs:
            weeks.setdefault((lift.session, requested, done), []).append(lift.week + 1)
    for (session, requested, done), numbers in weeks.items():
        name = library[requested].in_text
        what = f"{library[done].in_text} instead of {name}" if done else f"{name} is left out"
        yield Notice(
            rule=rule,
            subject=f"{session} {requested} {done}".rstrip(),
            text=f"{session}: {what}, as {words} {'it' if done else 'it or anything like it'}.",
            weeks=tuple(dict.fromkeys(numbers)),
        )
