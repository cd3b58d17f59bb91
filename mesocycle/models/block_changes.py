"""What differs between two blocks as a whole: weeks, and what each rule charges."""

from __future__ import annotations

from typing import Any, Literal

from mesocycle.models.numbers import counted
from mesocycle.models.plan import CostCase, PlannedWeek
from mesocycle.models.training import Part, in_units
from mesocycle.models.work import instead, sentence_instead


def week_facts(week: PlannedWeek, units: str) -> dict[str, str]:
    """What is told of a week, each fact in words; one that is not told is empty."""
    metres = None if week.distance_km is None else 1000 * week.distance_km
    return {
        "phase": week.phase,
        "profile": f"{week.profile} loads" if week.profile else "",
        "deload": "a lighter week" if week.deload else "",
        "set_factor": f"{100 * week.set_factor:.0f} % of the sets",
        "sessions": counted(week.sessions, "session"),
        "sets": counted(week.sets, "set"),
        "minutes": f"{week.minutes} min",
        "distance_km": "" if metres is None else f"{round(in_units(metres, units), 1):g} {units}",
    }


class WeekChange(Part):
    """A week that differs.

    Attributes
    ----------
    week : int
        Counted from 1.
    before, after : PlannedWeek or None
        The week in the one plan and in the other; None where that is shorter.
    units : str
        "km" or "mi": how its distance is told.
    """

    week: int
    before: PlannedWeek | None
    after: PlannedWeek | None
    units: str

    @property
    def differs(self) -> tuple[str, ...]:
        """The fields in which it differs; none where it is on one side alone."""
        if self.before is None or self.after is None:
            return ()
        old, new = week_facts(self.before, self.units), week_facts(self.after, self.units)
        return tuple(fact for fact, words in new.items() if words != old[fact])

    @property
    def what(self) -> str:
        """The change without the week: "peak instead of build, 18 instead of 24 sets"."""
        if self.before is None or self.after is None:
            return "added" if self.before is None else "left out"
        old, new = week_facts(self.before, self.units), week_facts(self.after, self.units)
        return ", ".join(instead(new[fact], old[fact]) for fact in self.differs)

    @property
    def text(self) -> str:
        """The change in a sentence: "Week 3: peak instead of build, 18 instead of 24 sets"."""
        return f"Week {self.week}: {self.what}"

    def to_dict(self) -> dict[str, Any]:
        """Its fields and its sentence as plain data; of a week on both sides only what differs."""
        data = self.model_dump(mode="json", exclude={"units"})
        if self.differs:
            data |= {side: {fact: data[side][fact] for fact in self.differs} for side in ("before", "after")}
        return data | {"text": self.text}


class CaseChange(Part):
    """A thing that one plan pays for and the other does not, or otherwise.

    Attributes
    ----------
    rule : str
        The rule that charges it.
    change : str
        "gone", "new", or "changed": about the same days in the same unit.
    before, after : CostCase or None
        The case in the one plan and in the other.
    """

    rule: str
    change: Literal["gone", "new", "changed"]
    before: CostCase | None
    after: CostCase | None

    @property
    def points(self) -> int:
        """How many points more it costs."""
        return (self.after.points if self.after else 0) - (self.before.points if self.before else 0)

    @property
    def what(self) -> str:
        """The change without its points: "gone: ...", "new: ...", "changed: ...; before: ..."."""
        old, new = (case.text if case else "" for case in (self.before, self.after))
        if self.change != "changed":
            return f"{self.change}: {old or new}"
        return f"changed: {new if old == new else sentence_instead(new, old)}"

    @property
    def text(self) -> str:
        """The change in a sentence: "-12, gone: ..."."""
        return f"{signed(self.points)}, {self.what}"

    def to_dict(self) -> dict[str, Any]:
        """Its fields and its sentence as plain data."""
        return self.model_dump(mode="json") | {"points": self.points, "text": self.text}


class RuleChange(Part):
    """A rule that charges other things.

    Attributes
    ----------
    rule : str
        Its id.
    before, after : int
        All its points in the one plan and in the other.
    cases : tuple of CaseChange
        What alone is charged on one side.
    """

    rule: str
    before: int
    after: int
    cases: tuple[CaseChange, ...]

    @property
    def difference(self) -> int:
        """How many points more it charges."""
        return self.after - self.before

    @property
    def text(self) -> str:
        """The change in a sentence: "-12 recovery_before_intensity, 21 instead of 33 points"."""
        return f"{signed(self.difference)} {self.rule}, {points_instead(self.after, self.before)}"

    def to_dict(self) -> dict[str, Any]:
        """Its fields and its sentence as plain data."""
        data = self.model_dump(mode="json", exclude={"cases"})
        cases = [case.to_dict() for case in self.cases]
        return data | {"difference": self.difference, "cases": cases, "text": self.text}


def signed(points: int) -> str:
    """Points more or fewer: "+12", "-12", "0"."""
    return f"{points:+d}" if points else "0"


def points_instead(after: int, before: int) -> str:
    """Points on both sides: "21 instead of 33 points", "33 points as before"."""
    now, then = counted(after, "point"), counted(before, "point")
    return f"{now} as before" if after == before else instead(now, then)
