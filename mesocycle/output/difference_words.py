"""A difference of two plans in lines: what changes alike in many weeks is told once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from mesocycle.models.block_changes import CaseChange, RuleChange, points_instead, signed
from mesocycle.models.clock import weeks_text
from mesocycle.models.difference import PlanDifference, SessionChange
from mesocycle.models.work import ExerciseChange, Work
from mesocycle.output.words import capital

MOST_LINES, MOST_CASES, MOST_STEPS = 12, 3, 4
NOT_PROVEN = "Not proven: some of the difference may be for want of time."


class Line(NamedTuple):
    """A line, and what stands below it."""

    text: str
    below: Sequence[str] = ()


class Section(NamedTuple):
    """Lines under a title."""

    title: str
    lines: Sequence[Line]


def title(difference: PlanDifference) -> str:
    """The names of both plans; one if they are the same."""
    return " -> ".join(dict.fromkeys((difference.before.name, difference.after.name)))


def headline(difference: PlanDifference) -> str:
    """What changed in a sentence: "Moves 1 session, adds none: +14 points."."""
    return f"{capital(difference.headline)}."


def both_sides(difference: PlanDifference, first: str, second: str) -> str:
    """Where the plans come from, and their points: "plan.json: 33 points, proven; ..."."""
    return f"{first}: {difference.before.text}; {second}: {difference.after.text}"


def remarks(difference: PlanDifference) -> list[str]:
    """What to know before reading it: other weeks, or an end before anything was proven."""
    unsure = not difference.proven and not difference.same
    return [text for text in (difference.remark, NOT_PROVEN * unsure) if text]


def sections(difference: PlanDifference, every: bool) -> list[Section]:
    """All that changed: sessions, weeks, and what the plans pay for.

    Parameters
    ----------
    difference : PlanDifference
        What to tell.
    every : bool
        Each change by itself, not only the first of many and those that are alike in one line.
    """
    found = [*_sessions(difference.sessions, every), Section("Weeks", _weeks(difference, every))]
    found.append(Section("What the block pays for", [_rule(change, every) for change in difference.rules]))
    return [section for section in found if section.lines]


# --- sessions --------------------------------------------------------------------------------------------


def _sessions(changes: Sequence[SessionChange], every: bool) -> Iterator[Section]:
    elsewhere = [one for one in changes if one.move is not None and one.move.change != "resized"]
    lines = [Line(f"{one.where}: {one.move.what}") for one in elsewhere if one.move is not None]
    yield Section("Sessions moved, added or left out", _first(lines, every))
    if every:
        inside = [Line(one.where, texts) for one in changes if (texts := list(_inside(one)))]
    else:
        inside = _first([Line(text) for text in folded(changes)], every)
    yield Section("Exercises, sets and loads", inside)


def _inside(change: SessionChange) -> Iterator[str]:
    """What changed in a session beside its place."""
    if change.move is not None and change.move.change == "resized":
        yield change.move.what
    yield from (item.text for item in change.exercises)
    if change.reordered:
        yield "the exercises in another order"


def folded(changes: Iterable[SessionChange]) -> list[str]:
    """What changed in the sessions, a line for each exercise of each session of the week.

    "A, Back squat: weeks 1 and 2: 2.5 kg more; weeks 3 to 11: 5 kg more".
    """
    items: dict[tuple[str, str], list[tuple[int, ExerciseChange]]] = {}
    others: dict[tuple[str, str], list[int]] = {}
    for session in changes:
        for item in session.exercises:
            items.setdefault((session.name, item.name), []).append((session.week, item))
        for text in _size_alone(session):
            others.setdefault((session.name, text), []).append(session.week)
    names = [name for name, _ in items]  # in the order in which they come up
    by_session = sorted(items.items(), key=lambda entry: names.index(entry[0][0]))
    lines = [f"{name}, {exercise}: {_by_week(done)}" for (name, exercise), done in by_session]
    return lines + [f"{name}: {weeks_text(weeks)}: {text}" for (name, text), weeks in others.items()]


def _size_alone(session: SessionChange) -> Iterator[str]:
    """What changed in a session beside its place and its exercises."""
    if session.move is not None and session.move.change == "resized" and not session.exercises:
        yield session.move.what
    if session.reordered:
        yield "the exercises in another order"


def _by_week(done: Sequence[tuple[int, ExerciseChange]]) -> str:
    """An exercise over the weeks: changes that are alike share their words."""
    steps: dict[str, list[tuple[int, str]]] = {}
    for week, item in done:
        steps.setdefault(_step(item) or item.in_brief, []).append((week, item.in_brief))
    told: dict[str, list[int]] = {}
    for step, several in steps.items():
        alike = len({what for _, what in several}) == 1
        for week, what in several:
            told.setdefault(what if alike else step, []).append(week)
    texts = [f"{weeks_text(weeks)}: {text}" for text, weeks in told.items()]
    if len(texts) > MOST_STEPS + 1:
        rest = [week for weeks in [*told.values()][MOST_STEPS:] for week in weeks]
        texts = [*texts[:MOST_STEPS], f"{weeks_text(rest)}: otherwise (--all shows how)"]
    return "; ".join(texts)


def _step(item: ExerciseChange) -> str:
    """How much more is loaded, "2.5 kg more", if nothing else differs; empty if that cannot be told."""
    before, after = item.before, item.after
    if before is None or after is None or not {*item.differs} <= {"load", "growth"}:
        return ""
    if before.weights and after.weights:
        return _heavier(before, after)
    if before.percent is not None and after.percent is not None and "load" in item.differs:
        return _more(round(after.percent) - round(before.percent), " % of your 1RM")
    return _more(after.grown - before.grown, " %", " growth on your first week")


def _heavier(before: Work, after: Work) -> str:
    """How much more is on the bar in each set: "2.5 kg more", "5 to 7.5 kg more"."""
    if len(before.weights) != len(after.weights) or before.weight_unit != after.weight_unit:
        return ""
    steps = [round(new - old, 3) for old, new in zip(before.weights, after.weights, strict=True)]
    least, most = min(steps), max(steps)
    if least * most <= 0:
        return ""
    ends = sorted({abs(least), abs(most)})
    size = " to ".join(f"{end:g}" for end in ends)
    return f"{size} {after.weight_unit or ''}".rstrip() + (" more" if most > 0 else " less")


def _more(by: float, unit: str, what: str = "") -> str:
    return f"{abs(round(by, 3)):g}{unit} {'more' if by > 0 else 'less'}{what}" if by else ""


# --- weeks and rules -------------------------------------------------------------------------------------


def _weeks(difference: PlanDifference, every: bool) -> list[Line]:
    if every:
        return [Line(change.text) for change in difference.weeks]
    alike: dict[str, list[int]] = {}
    for change in difference.weeks:
        alike.setdefault(change.what, []).append(change.week)
    return _first([Line(f"{capital(weeks_text(weeks))}: {what}") for what, weeks in alike.items()], every)


def _rule(change: RuleChange, every: bool) -> Line:
    cases = sorted(change.cases, key=lambda case: -abs(case.points))
    shown = cases if every or len(cases) <= MOST_CASES + 1 else cases[:MOST_CASES]
    below = [_case(case) for case in shown]
    if len(shown) < len(cases):
        below.append(_rest(len(cases) - len(shown)))
    points = points_instead(change.after, change.before)
    return Line(f"{signed(change.difference)} {change.rule}: {points}", below)


def _case(case: CaseChange) -> str:
    return f"{case.what} ({signed(case.points)})" if case.points else case.what


def _first(lines: list[Line], every: bool) -> list[Line]:
    if every or len(lines) <= MOST_LINES + 1:
        return lines
    return [*lines[:MOST_LINES], Line(_rest(len(lines) - MOST_LINES))]


def _rest(count: int) -> str:
    return f"and {count} more (--all shows them)"
