"""What can go wrong, as a tree.

MesocycleError
├── ScenarioError        the scenario is wrong: one Problem or many
│   └── ScenarioFileError    the same, with file, line and column of each
├── BlockError           a block file that cannot be opened, or an event that does not fit into it
└── InternalError        our mistake: a plan that fails its own check, or an invalid model

Infeasible and "no answer in time" are results, never errors.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Self

from mesocycle.models.paths import format_path


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a scenario.

    Attributes
    ----------
    path : tuple
        Keys and list positions down to the value, such as ``("runs", "week", "tue", 0, "start")``.
    message : str
        What is wrong, as a sentence without its full stop.
    value : str
        What was read, shortened; empty where nothing was.
    remedy : str
        What would be right; may be empty.
    line, column : int
        Place in the file, counted from 1; 0 where there is no file.
    """

    path: tuple[str | int, ...]
    message: str
    value: str = ""
    remedy: str = ""
    line: int = 0
    column: int = 0

    @property
    def key(self) -> str:
        """The path as the runner writes it: ``runs.week.tue[0].start``."""
        return format_path(self.path)

    def lines(self, file: str = "") -> list[str]:
        """The problem in lines of its own: place and key, then what was read, what is wrong, a remedy."""
        place = file + (f":{self.line}:{self.column}" if self.line else "")
        head = "  ".join(part for part in (place, self.key) if part)
        body = [("read", self.value), ("wrong", self.message), ("maybe", self.remedy)]
        return [head or "scenario", *(f"    {label + ':':<7}{text}" for label, text in body if text)]


class MesocycleError(Exception):
    """Anything that Mesocycle raises on purpose."""


@dataclass
class ScenarioError(MesocycleError):
    """A scenario that cannot be planned as it is written; all its problems at once."""

    problems: tuple[Problem, ...]
    file: str = ""

    @classmethod
    def of(cls, file: str, message: str, remedy: str = "", *, value: str = "", line: int = 0) -> Self:
        """The error of one problem that concerns a file as a whole, or a line of it."""
        problem = Problem((), message, value, remedy, line, column=1 if line else 0)
        return cls((problem,), file)

    def __post_init__(self) -> None:
        super().__init__(str(self))

    def __str__(self) -> str:
        count = len(self.problems)
        head = f"{self.file or 'scenario'}: {count} problem{'s' if count != 1 else ''}"
        return "\n".join([head, *(line for p in self.problems for line in p.lines(self.file))])

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return type(self), (self.problems, self.file)


@dataclass
class ScenarioFileError(ScenarioError):
    """A scenario file with problems; each carries its line and column."""


@dataclass
class BlockError(MesocycleError):
    """A block file that cannot be opened, or something that cannot be recorded in it; nothing was.

    Attributes
    ----------
    message, remedy : str
        What is wrong, and what would be right; the second may be empty.
    file : str
        The block file, where it is about one.
    """

    message: str
    remedy: str = ""
    file: str = ""

    def __post_init__(self) -> None:
        super().__init__(str(self))

    def __str__(self) -> str:
        head = f"{self.file}: {self.message}" if self.file else self.message
        return "\n".join([head, *([f"  maybe: {self.remedy}"] if self.remedy else [])])

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return type(self), (self.message, self.remedy, self.file)


@dataclass
class InternalError(MesocycleError):
    """Mesocycle's own mistake. Nothing is returned rather than a plan that failed its check."""

    message: str
    details: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        super().__init__(str(self))

    def __str__(self) -> str:
        return "\n".join([self.message, *(f"  {line}" for line in self.details)])

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return type(self), (self.message, self.details)
