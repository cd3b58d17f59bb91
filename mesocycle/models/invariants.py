"""What must hold between the parts of a scenario: one function per invariant, each yielding its problems.

They look at the scenario alone; what needs dated runs, exercises or rules is checked in `solver.check`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from mesocycle.models.clock import MINUTES_PER_DAY, format_time, monday_of
from mesocycle.models.errors import Problem
from mesocycle.models.training import PHASES

if TYPE_CHECKING:
    from mesocycle.models.scenario import Scenario
    from mesocycle.models.sessions import Session, SessionExercise

MAX_WEEKS = 52
FIRST_YEAR, LAST_YEAR = 1990, 2199


def problems(scenario: Scenario) -> Iterator[Problem]:
    """Yield everything that does not hold together; the block's length first, as the others count on it."""
    length = list(_block_length(scenario))
    yield from length
    if not length:
        for check in (
            _races_inside,
            _dates_inside,
            _weekly_lists,
            _sessions,
            _pins,
            _windows,
            _history,
            _targets,
        ):
            yield from check(scenario)


def _block_length(scenario: Scenario) -> Iterator[Problem]:
    if not date(FIRST_YEAR, 1, 1) <= scenario.start <= date(LAST_YEAR + 1, 1, 1):
        wrong = f"the block starts outside the years {FIRST_YEAR} to {LAST_YEAR}"
        yield Problem(("start",), wrong, str(scenario.start))
        return
    if scenario.end is not None and scenario.weeks is not None:
        weeks = (scenario.end - monday_of(scenario.start)).days // 7 + 1
        if weeks != scenario.weeks:
            yield Problem(
                ("end",),
                f"`end` makes {weeks} calendar weeks, `weeks` says {scenario.weeks}",
                str(scenario.end),
                "give one of the two",
            )
    if scenario.end is not None and scenario.end < scenario.start:
        yield Problem(("end",), "the block ends before it starts", str(scenario.end))
        return
    if not 1 <= scenario.week_count <= MAX_WEEKS:
        key = "end" if scenario.end else "races" if scenario.races else "weeks"
        yield Problem(
            (key,),
            f"the block would have {scenario.week_count} weeks; a block has 1 to {MAX_WEEKS}",
            remedy="check `start`, and give `weeks`",
        )


def _races_inside(scenario: Scenario) -> Iterator[Problem]:
    seen: dict[date, int] = {}
    for index, race in enumerate(scenario.races):
        if not scenario.start <= race.date <= scenario.last_day:
            yield Problem(
                ("races", index, "date"),
                f"the race lies outside the block ({scenario.start} to {scenario.last_day})",
                str(race.date),
                "lengthen `weeks`, or leave this race out",
            )
        if race.date in seen:
            yield Problem(("races", index, "date"), "there are two races on this day", str(race.date))
        seen[race.date] = index


def _dates_inside(scenario: Scenario) -> Iterator[Problem]:
    for day in scenario.runs.dates:
        if not scenario.start <= day <= scenario.last_day:
            yield Problem(
                ("runs", "dates", str(day)),
                f"the date lies outside the block ({scenario.start} to {scenario.last_day})",
                str(day),
            )


def _weekly_lists(scenario: Scenario) -> Iterator[Problem]:
    per_week = scenario.strength.sessions_per_week
    lists: dict[tuple[str, ...], tuple[object, ...]] = {
        ("runs", "weekly_distance"): scenario.runs.weekly_distance,
        ("phases",): scenario.phases,
    }
    lists = {path: values for path, values in lists.items() if values}
    if isinstance(per_week, tuple):
        lists["strength", "sessions_per_week"] = per_week
    for path, values in lists.items():
        if len(values) != scenario.week_count:
            yield Problem(
                path,
                f"the block has {scenario.week_count} calendar weeks, this list has {len(values)} entries",
                remedy="one entry for each week, a partial one included",
            )
    for index, week in enumerate(scenario.runs.cutback_weeks or ()):
        if week > scenario.week_count:
            yield Problem(
                ("runs", "cutback_weeks", index), f"the block has only {scenario.week_count} weeks", str(week)
            )


def _sessions(scenario: Scenario) -> Iterator[Problem]:
    names: set[str] = set()
    repeats = {f"{s.name}{count}": s.name for s in scenario.strength.sessions for count in range(2, 8)}
    for index, session in enumerate(scenario.strength.sessions):
        path = ("strength", "sessions", index)
        if session.name in repeats:
            # A week with more lifts than sessions calls the second A "A2".
            again = f"the name is taken by a repeat of session {repeats[session.name]} in one week"
            yield Problem((*path, "name"), again, session.name, "another name")
        if session.name in names:
            yield Problem((*path, "name"), "two sessions have the same name", session.name)
        names.add(session.name)
        if session.exercises and session.lower_body:
            words = "with exercises a session has no lower_body: they tell what it asks of the legs"
            yield Problem((*path, "lower_body"), words, session.lower_body, "leave it out")
        if not session.exercises and not (session.minutes and session.lower_body):
            yield Problem(
                path,
                "a session without exercises needs minutes and lower_body",
                session.name,
                "minutes: 45, lower_body: heavy",
            )
        for at, item in enumerate(session.exercises):
            yield from _sets(item, (*path, "exercises", at))
        yield from _wishes(session, path)
        yield from _phases(session, path)
        yield from _joined(session, path)
        yield from _repeated(session, path)


def _sets(item: SessionExercise, path: tuple[str | int, ...]) -> Iterator[Problem]:
    """What is said of an exercise's sets goes together."""
    if item.range is not None and item.range[0] > item.range[1]:
        words = "the least number of sets is above the most"
        yield Problem((*path, "sets"), words, str(list(item.range)), str(sorted(item.range)))
    if item.scheme is not None:
        for key in ("sets", "reps", "load", "rir"):
            if getattr(item, key) is not None:
                words = f"a scheme says what each set is, so {key} cannot stand beside it"
                yield Problem((*path, key), words, _said(item, key), "leave it out, or the scheme")
        if item.rotate:
            words = "what follows a scheme does not change by turns"
            yield Problem((*path, "rotate"), words, ", ".join(item.rotate), "leave it out, or the scheme")
        return
    if item.written and item.rotate:
        words = "sets that are written one by one are of this exercise alone"
        yield Problem((*path, "rotate"), words, ", ".join(item.rotate), "leave it out")
    one_by_one = isinstance(item.sets, tuple) and item.range is None
    if one_by_one and item.reps is not None:
        words = "sets that are written one by one hold their repetitions"
        yield Problem((*path, "reps"), words, _said(item, "reps"), "leave it out")
    count = len(item.written)
    if not one_by_one and count and item.range and not item.is_range and set(item.range) != {count}:
        words = f"there are repetitions for {count} set{'' if count == 1 else 's'}"
        yield Problem((*path, "sets"), words, _written(item), f"sets: {count}, or leave it out")


def _said(item: SessionExercise, key: str) -> str:
    """What a key of an exercise says, as it was written."""
    if key == "sets":
        return _written(item)
    value = item.model_dump(mode="json")[key]
    return ", ".join(value) if isinstance(value, list) else str(value)


def _wishes(session: Session, path: tuple[str | int, ...]) -> Iterator[Problem]:
    """What is said of a session's place goes together."""
    if session.per_week is not None and session.is_lift:
        words = "how often lifts take place is said by strength.sessions_per_week"
        remedy = "leave it out, or kind: core, plyo or mobility"
        yield Problem((*path, "per_week"), words, str(session.per_week), remedy)
    if session.must and not session.days and session.time is None:
        words = "must says that days and time are a must, and neither is given"
        yield Problem((*path, "must"), words, "true", "days: [wed], or time: evening")
    if len(set(session.days)) < len(session.days):
        yield Problem((*path, "days"), "a day stands twice", ", ".join(session.days))


def _phases(session: Session, path: tuple[str | int, ...]) -> Iterator[Problem]:
    """A session holds something in every phase."""
    empty = [phase for phase in PHASES if session.exercises and not session.in_phase(phase).exercises]
    if empty:
        words = f"session {session.name} holds nothing in {' and '.join(empty)} weeks"
        yield Problem((*path, "exercises"), words, remedy="leave phases out of one exercise")


def _pins(scenario: Scenario) -> Iterator[Problem]:
    """Pins lie inside the block and on the grid, and each says something of its own."""
    seen: set[tuple[str, object]] = set()
    grid = scenario.strength.grid_minutes
    for index, pin in enumerate(scenario.strength.pins):
        path = ("strength", "pins", index)
        if pin.date is not None and not scenario.start <= pin.date <= scenario.last_day:
            inside = f"the date lies outside the block ({scenario.start} to {scenario.last_day})"
            yield Problem((*path, "date"), inside, str(pin.date))
        if pin.start is not None and pin.start % grid:
            near = pin.start // grid * grid
            yield Problem(
                (*path, "start"),
                f"lifts start on a grid of {grid} min",
                format_time(pin.start),
                f"{format_time(near)} or {format_time(near + grid)}, or a finer strength.grid_minutes",
            )
        if pin.start == MINUTES_PER_DAY:
            late = "a session starts before midnight"
            yield Problem((*path, "start"), late, format_time(pin.start), "00:00 of the day after")
        when = pin.day if pin.date is None else monday_of(pin.date)
        kind = (pin.session, "day" if pin.date is None else when)
        if kind in seen:
            again = "two pins of one session in the same week" if pin.date else "two weekdays for one session"
            yield Problem(path, again, str(pin), "keep one of them")
        seen.add(kind)


def _joined(session: Session, path: tuple[str | int, ...]) -> Iterator[Problem]:
    """Members of a superset or complex stand together and have the same sets."""
    last: dict[tuple[str, str], int] = {}
    lead: dict[tuple[str, str], SessionExercise] = {}
    for at, item in enumerate(session.exercises):
        here = (*path, "exercises", at)
        if item.superset is not None and item.complex is not None:
            yield Problem(here, "an exercise is in a superset or in a complex, not in both", item.exercise)
        for kind, label in (("superset", item.superset), ("complex", item.complex)):
            if label is None:
                continue
            before = last.get((kind, label))
            last[kind, label] = at
            first = lead.setdefault((kind, label), item)
            if before is None:
                continue
            if before != at - 1:
                words = f"the exercises of {kind} {label} stand one after the other"
                yield Problem((*here, kind), words, label, "another label, or move it up")
            elif _count(first) != _count(item):
                words = f"the exercises of {kind} {label} have the same sets"
                yield Problem((*here, "sets"), words, _written(item), _written(first))


def _repeated(session: Session, path: tuple[str | int, ...]) -> Iterator[Problem]:
    """Each exercise stands once in a session."""
    seen: set[str] = set()
    for at, item in enumerate(session.exercises):
        if item.exercise in seen:
            words = f"the exercise stands twice in session {session.name}"
            remedy = "more sets, or an exercise of your own that is `like` it"
            yield Problem((*path, "exercises", at), words, item.exercise, remedy)
        seen.add(item.exercise)


def _count(item: SessionExercise) -> object:
    """How many sets an exercise has, as far as that is written."""
    return item.range or item.scheme or len(item.written) or None


def _written(item: SessionExercise) -> str:
    if item.range is None:
        return ", ".join(map(str, item.written)) or item.scheme or "none"
    low, high = item.range
    return str(low) if low == high else str([low, high])


def _windows(scenario: Scenario) -> Iterator[Problem]:
    for key, windows in scenario.athlete.availability.items():
        ordered = sorted(windows)
        for before, after in pairwise(ordered):
            if after.start_minute < before.end_minute:
                yield Problem(
                    ("athlete", "availability", str(key)),
                    f"the windows {before} and {after} overlap",
                    str(after),
                )


def _history(scenario: Scenario) -> Iterator[Problem]:
    last = scenario.history.last_lift
    if last is not None and last >= scenario.start:
        yield Problem(
            ("history", "last_lift"),
            f"the last lift lies before the block, which starts on {scenario.start}",
            str(last),
        )


def _targets(scenario: Scenario) -> Iterator[Problem]:
    for name, target in scenario.strength.targets.items():
        if target.by < scenario.start:
            yield Problem(
                ("strength", "targets", name, "by"),
                f"the day lies before the block, which starts on {scenario.start}",
                str(target.by),
                "a later day, or leave the target out",
            )
