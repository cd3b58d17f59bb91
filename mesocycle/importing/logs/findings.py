"""What could not be read of a log, and what was assumed of it: said once, and never without end."""

from __future__ import annotations

from dataclasses import dataclass, field

MOST_TOLD = 20


class LeftOutError(ValueError):
    """A row that is left out; the message is why, as a sentence without its full stop."""


@dataclass
class Findings:
    """Gathers notes while a log is read.

    Attributes
    ----------
    left_out : int
        How many rows were left out.
    told : list of str
        The first `MOST_TOLD` of them.
    notes : list of str
        What was assumed, each once.
    truncated : bool
        Whether the file ends in the middle of something.
    """

    left_out: int = 0
    told: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    truncated: bool = False

    def leave_out(self, place: str, why: object) -> None:
        """Count a row that is left out, and tell of it if it is one of the first."""
        self.left_out += 1
        if len(self.told) < MOST_TOLD:
            self.told.append(f"{place}: {why}. It was left out.")

    def note(self, note: str) -> None:
        """Add a note once."""
        if note not in self.notes and len(self.notes) < MOST_TOLD:
            self.notes.append(note)

    def cut_off(self, place: str) -> None:
        """Say that the file ends in the middle of something."""
        self.truncated = True
        self.note(f"The file ends in the middle of {place}: what stands before it was read. Export it again.")

    def all(self) -> tuple[str, ...]:
        """Every note: first what was assumed, then what was left out."""
        rest = self.left_out - len(self.told)
        more = [f"{rest:,} more {'were' if rest > 1 else 'was'} left out."] if rest else []
        return (*self.notes, *self.told, *more)
