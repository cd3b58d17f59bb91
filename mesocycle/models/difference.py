"""What differs between two plans: their sessions, and all of it together."""

from __future__ import annotations

from typing import Any, Literal

from mesocycle.models.block_changes import RuleChange, WeekChange, signed
from mesocycle.models.clock import Day, format_day, format_time
from mesocycle.models.numbers import counted
from mesocycle.models.plan import Standing, Status, week_of_id
from mesocycle.models.training import Part
from mesocycle.models.work import ExerciseChange

SCHEMA_VERSION = 1
# Lines of a difference as text; all are in its parts.
MOST_LINES = 12


class Move(Part):
    """One session that stands elsewhere, is of another size, or is on one side alone.

    Attributes
    ----------
    session : str
        Its id, such as "w03-A".
    change : str
        "moved", "resized" (same place, other sets or minutes), "added" or "left out".
    before, after : Standing or None
        Where it stands in the one plan and in the other.
    """

    session: str
    change: Literal["moved", "resized", "added", "left out"]
    before: Standing | None
    after: Standing | None

    @property
    def text(self) -> str:
        """The difference in a line: "w03-A: Tue 15 Sep 17:00 -> Wed 16 Sep 12:00"."""
        return f"{self.session}: {self.what}"

    @property
    def week(self) -> int:
        """The week that the session belongs to."""
        return week_of_id(self.session)

    @property
    def what(self) -> str:
        """The same without the session: "Tue 15 Sep 17:00 -> Wed 16 Sep 12:00"."""
        match self.change:
            case "added":
                return f"added on {_place(self.after)}"
            case "left out":
                return f"left out, was on {_place(self.before)}"
            case "resized":
                if _size(self.before) == _size(self.after):
                    return f"{_size(self.after)}, but of other exercises"
                return f"{_size(self.before)} -> {_size(self.after)}"
        sized = "" if _size(self.before) == _size(self.after) else f", {_size(self.after)}"
        return f"{_place(self.before)} -> {_place(self.after)}{sized}"

    def to_dict(self) -> dict[str, Any]:
        """Its fields and its sentence as plain data."""
        return self.model_dump(mode="json") | {"text": self.text}


def _place(session: Standing | None) -> str:
    return "" if session is None else f"{format_day(session.date)} {format_time(session.start)}"


def _size(session: Standing | None) -> str:
    return "" if session is None else f"{session.sets} sets in {session.end - session.start} min"


# What may change in a session, in words, in the order in which it is counted.
KINDS = {
    "exercises": "the exercises",
    "sets": "the sets",
    "repetitions": "the repetitions",
    "loads": "the loads",
    "minutes": "the minutes",
    "details": "details",
}


class SessionChange(Part):
    """A session that differs.

    Attributes
    ----------
    session, name : str
        Its id, and what it is called.
    week : int
        Counted from 1.
    move : Move or None
        Where it stands now, and how big it is; None if that is as it was.
    exercises : tuple of ExerciseChange
        Those that differ; none where a session is on one side alone.
    reordered : bool
        Whether the exercises of both sides come in another order.
    """

    session: str
    name: str
    week: int
    move: Move | None
    exercises: tuple[ExerciseChange, ...] = ()
    reordered: bool = False

    @property
    def kinds(self) -> tuple[str, ...]:
        """What changed in it beside its place, by the keys of `KINDS`."""
        found = {kind for item in self.exercises for kind in item.kinds}
        if self.reordered:
            found.add("details")
        before, after = (self.move.before, self.move.after) if self.move else (None, None)
        if before and after and before.sets != after.sets and "exercises" not in found:
            found.add("sets")
        if before and after and not found and before.end - before.start != after.end - after.start:
            found.add("minutes")
        return tuple(kind for kind in KINDS if kind in found)

    @property
    def where(self) -> str:
        """Which session it is: "Week 3, A"."""
        return f"Week {self.week}, {self.name}"

    @property
    def text(self) -> str:
        """All its changes: "Week 3, A: Tue 15 Sep 17:00 -> Wed 16 Sep 12:00; Back squat: ..."."""
        parts = [self.move.what] if self.move else []
        parts += [item.text for item in self.exercises]
        parts += ["the exercises in another order"] * self.reordered
        return f"{self.where}: {'; '.join(parts)}"

    def to_dict(self) -> dict[str, Any]:
        """Its fields and its sentence as plain data."""
        return {
            "session": self.session,
            "name": self.name,
            "week": self.week,
            "move": None if self.move is None else self.move.to_dict(),
            "exercises": [item.to_dict() for item in self.exercises],
            "reordered": self.reordered,
            "text": self.text,
        }


class Side(Part):
    """One of the two plans: what it is called, and what it costs.

    Attributes
    ----------
    name : str
        The scenario's.
    status : Status
        `optimal` or `feasible`.
    proven : bool
        Whether no block of its scenario costs less.
    points : int
        What it costs by its own rules.
    start : date or None
        The Monday of its first week; None without a week.
    judged : bool
        Whether it is a plan that something happened to, judged as it stands: its points are no optimum.
    """

    name: str
    status: Status
    proven: bool
    points: int
    start: Day | None
    judged: bool = False

    @property
    def text(self) -> str:
        """It in a few words: "33 points, proven"."""
        if self.judged:
            return counted(self.points, "point")
        return f"{counted(self.points, 'point')}, {'proven' if self.proven else 'not proven'}"


class PlanDifference(Part):
    """What is otherwise in one plan than in another; what is the same in both is not told.

    Attributes
    ----------
    before, after : Side
        The two plans.
    sessions : tuple of SessionChange
        By week.
    weeks : tuple of WeekChange
        By number.
    rules : tuple of RuleChange
        The largest difference first.
    """

    before: Side
    after: Side
    sessions: tuple[SessionChange, ...]
    weeks: tuple[WeekChange, ...]
    rules: tuple[RuleChange, ...]

    @property
    def difference(self) -> int:
        """How many points more the second plan costs, each by its own rules."""
        return self.after.points - self.before.points

    @property
    def proven(self) -> bool:
        """Whether no part of the difference is for want of time."""
        return (self.before.proven or self.before.judged) and self.after.proven

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        differs = self.sessions or self.weeks or self.rules or self.difference or self.remark
        return not differs

    @property
    def remark(self) -> str:
        """That weeks with the same number are not the same days, where that is so; else empty."""
        first, second = self.before.start, self.after.start
        if first is None or second is None or first == second:
            return ""
        starts = f"{format_day(first)} {first.year} and {format_day(second)} {second.year}"
        return f"The blocks start on {starts}; weeks are matched by their number."

    @property
    def moved(self) -> int:
        """How many sessions stand elsewhere."""
        return self._count("moved")

    @property
    def added(self) -> int:
        """How many sessions only the second plan has."""
        return self._count("added")

    @property
    def left_out(self) -> int:
        """How many sessions only the first plan has."""
        return self._count("left out")

    @property
    def resized(self) -> int:
        """How many sessions stand where they did, with other sets or minutes."""
        return self._count("resized")

    def _count(self, change: str) -> int:
        return sum(one.move is not None and one.move.change == change for one in self.sessions)

    def changed(self, kind: str) -> int:
        """In how many sessions something changed: exercises, sets, repetitions, loads, minutes or details."""
        return sum(kind in one.kinds for one in self.sessions)

    @property
    def headline(self) -> str:
        """All of it in a sentence: "moves 1 session, adds none, changes the loads of 5: +14 points"."""
        if self.same:
            return "the same plan"
        unit = "point" if abs(self.difference) == 1 else "points"
        points = f"{signed(self.difference)} {unit}" if self.difference else "the same points"
        return f"{self._verbs()}: {points}"

    def _verbs(self) -> str:
        if not self.sessions:
            return "changes no session"
        verbs = [f"moves {_none_or(self.moved, 'session')}", f"adds {self.added or 'none'}"]
        verbs += [f"leaves out {self.left_out}"] * bool(self.left_out)
        kinds = [f"{words} of {self.changed(kind)}" for kind, words in KINDS.items() if self.changed(kind)]
        *most, last = kinds or [""]
        verbs += [f"changes {' and '.join(filter(None, (', '.join(most), last)))}"] * bool(kinds)
        return ", ".join(verbs)

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain data: fields, and a sentence for each."""
        counts = {"moved": self.moved, "added": self.added, "left_out": self.left_out}
        return {
            "schema_version": SCHEMA_VERSION,
            "headline": self.headline,
            "same": self.same,
            "difference": self.difference,
            "proven": self.proven,
            "remark": self.remark,
            "before": self.before.model_dump(mode="json"),
            "after": self.after.model_dump(mode="json"),
            "counts": counts | {"resized": self.resized} | {kind: self.changed(kind) for kind in KINDS},
            "sessions": [one.to_dict() for one in self.sessions],
            "weeks": [one.to_dict() for one in self.weeks],
            "rules": [one.to_dict() for one in self.rules],
        }

    def __str__(self) -> str:
        changes = [one.text for one in self.sessions]
        changes += [one.text for one in self.weeks]
        changes += [one.text for one in self.rules]
        shown = changes if len(changes) <= MOST_LINES + 1 else changes[:MOST_LINES]
        more = [f"and {len(changes) - len(shown)} more"] if len(shown) < len(changes) else []
        return "\n".join([self._title(), *(f"  {line}" for line in (*shown, *more))])

    def _title(self) -> str:
        names = dict.fromkeys((self.before.name, self.after.name))
        return f"{' -> '.join(names)}: {self.headline}"


def _none_or(count: int, noun: str) -> str:
    return counted(count, noun) if count else f"no {noun}"
