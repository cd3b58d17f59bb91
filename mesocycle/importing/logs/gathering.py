"""Sets, row by row, on their way to workouts; runs that stand among them become runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from mesocycle.importing.logs.figures import minutes_of
from mesocycle.importing.logs.findings import Findings, LeftOutError
from mesocycle.importing.logs.log import LoggedExercise, LoggedRun, LoggedWorkout, LogSet
from mesocycle.importing.logs.sports import endurance_of, is_lift
from mesocycle.importing.logs.table import LogTable
from mesocycle.importing.tables.cells import TableRow
from mesocycle.importing.titles.cleaning import one_line, visible

# As many as an event of a block takes.
MOST_SETS = 200
MOST_NAME, MOST_TITLE, MOST_NOTE = 100, 200, 500
# No lift goes as far as this: what has no weight and no repetitions is endurance.
FAR_METRES = 1_000


@lru_cache(maxsize=4096)
def name_of(cell: str, most: int = MOST_NAME) -> str:
    """A name as it is written, without what cannot be seen, cut where it is too long."""
    text = visible(cell[: 2 * most])
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def title_of(cell: str) -> str:
    """A title on one line."""
    return name_of(cell, MOST_TITLE)


@lru_cache(maxsize=4096)
def note_of(cell: str) -> str:
    """A note on one line; some apps write its line breaks as two characters."""
    return one_line(cell.replace("\\n", "\n"), MOST_NOTE)


@dataclass
class _Instance:
    """An exercise at one place of a workout."""

    name: str
    equipment: str
    endurance: bool
    line: int
    sets: list[tuple[int | None, LogSet]] = field(default_factory=list)
    numbers: set[int] = field(default_factory=set)

    def in_order(self) -> tuple[LogSet, ...]:
        """Sets by their numbers; where one has none, as they stand."""
        if None in [number for number, _ in self.sets]:
            return tuple(one for _, one in self.sets)
        return tuple(one for _, one in sorted(self.sets, key=lambda pair: pair[0] or 0))


@dataclass
class Session:
    """A workout that is being read; what its first row says of it.

    Attributes
    ----------
    id, date, start, minutes, title, note, rpe, line
        As of a `LoggedWorkout`.
    """

    id: str
    date: date
    start: int | None
    minutes: int | None = None
    title: str = ""
    note: str = ""
    rpe: float | None = None
    line: int = 0
    instances: list[_Instance] = field(default_factory=list)
    count: int = 0

    def add(
        self,
        exercise: str,
        one: LogSet,
        *,
        line: int,
        number: int | None = None,
        equipment: str = "",
        category: str = "",
    ) -> None:
        """Add a set.

        Parameters
        ----------
        exercise : str
            As the file has it.
        one : LogSet
            The set.
        line : int
            Where it stands.
        number : int, optional
            Its number within the exercise: it puts the sets in order, and a number that is there already
            begins the exercise anew.
        equipment, category : str
            From columns of their own; the category "Cardio" makes a run of it.

        Raises
        ------
        LeftOutError
            If it holds nothing, or is one too many.
        """
        if not exercise:
            raise LeftOutError("the exercise is missing")
        if one.reps is None and one.seconds is None and one.metres is None and one.weight is None:
            raise LeftOutError("the set has neither repetitions nor a weight, time or distance")
        if self.count >= MOST_SETS:
            raise LeftOutError(f"the workout has more than {MOST_SETS} sets")
        self.count += 1
        endurance = _is_endurance(exercise, one, category)
        instance = self._instance(exercise, equipment, endurance, number, line)
        instance.sets.append((number, one))
        if number is not None:
            instance.numbers.add(number)

    def _instance(
        self, exercise: str, equipment: str, endurance: bool, number: int | None, line: int
    ) -> _Instance:
        """The latest place of the exercise that lacks this number, else a new one."""
        for instance in reversed(self.instances):
            same = (instance.name, instance.equipment, instance.endurance) == (exercise, equipment, endurance)
            if same and (number is None or number not in instance.numbers):
                return instance
        self.instances.append(_Instance(exercise, equipment, endurance, line))
        return self.instances[-1]

    def workout(self) -> LoggedWorkout | None:
        """The strength in it; None if it is endurance alone."""
        exercises = tuple(
            LoggedExercise(instance.name, instance.in_order(), instance.equipment)
            for instance in self.instances
            if not instance.endurance
        )
        if not exercises:
            return None
        return LoggedWorkout(
            self.id,
            self.date,
            self.start,
            self.minutes,
            self.title,
            self.note,
            self.rpe,
            exercises,
            self.line,
        )

    def runs(self) -> Iterator[LoggedRun]:
        """The endurance in it: for each exercise all its sets together."""
        alone = all(instance.endurance for instance in self.instances)
        seen: dict[str, int] = {}
        for instance in self.instances:
            if not instance.endurance:
                continue
            seen[instance.name] = seen.get(instance.name, 0) + 1
            sets = [one for _, one in instance.sets]
            seconds = sum(one.seconds or 0 for one in sets)
            whole = self.minutes if alone and len(self.instances) == 1 else None
            yield LoggedRun(
                id=f"{self.id} {instance.name} {seen[instance.name]}",
                date=self.date,
                start=self.start,
                minutes=minutes_of(seconds) or whole,
                metres=sum(one.metres or 0 for one in sets) or None,
                type=instance.name,
                is_run=endurance_of(instance.name) == "run",
                title=self.title,
                rpe=max(
                    (one.rpe for one in sets if one.rpe is not None), default=self.rpe if alone else None
                ),
                line=instance.line,
            )


@dataclass
class Sessions:
    """All workouts of a file, by their identity."""

    found: dict[str, Session] = field(default_factory=dict)

    def session(self, new: Session) -> Session:
        """The workout of this identity: the one that is there already, with what only the new one knows."""
        known = self.found.get(new.id)
        if known is None:
            self.found[new.id] = new
            return new
        known.minutes = max(filter(None, (known.minutes, new.minutes)), default=None)
        known.title = known.title or new.title
        known.note = known.note or new.note
        return known

    def workouts(self) -> list[LoggedWorkout]:
        """Those that hold strength."""
        return [done for session in self.found.values() if (done := session.workout()) is not None]

    def runs(self) -> list[LoggedRun]:
        """The endurance of all of them."""
        return [run for session in self.found.values() for run in session.runs()]


def _is_endurance(exercise: str, one: LogSet, category: str) -> bool:
    if one.weight is not None or one.reps:
        return False
    if endurance_of(exercise) or (category.casefold() == "cardio" and not is_lift(exercise)):
        return True
    return one.metres is not None and one.metres >= FAR_METRES


def each_row(table: LogTable, findings: Findings, read: Callable[[TableRow], None]) -> None:
    """Read rows from top to bottom; those that cannot be read are left out and named."""
    for row in table.rows:
        try:
            read(row)
        except LeftOutError as error:
            findings.leave_out(f"Line {row.line}", error)
