"""Events as lines of a history: in a sentence, and whether they hold."""

from __future__ import annotations

from collections.abc import Sequence

from mesocycle.diary.content import Entry
from mesocycle.diary.fold import State
from mesocycle.diary.now import Now
from mesocycle.diary.sentences import Sentences
from mesocycle.models.happened import TakenBack
from mesocycle.models.living import HistoryLine
from mesocycle.solver.prescription.exercises import exercises_of


def lines_of(entries: Sequence[Entry], state: State, now: Now) -> tuple[HistoryLine, ...]:
    """Tell events one by one."""
    sentences = sentences_of(now)
    holding = {entry.number for entry in state.in_force.values()}
    last_said = set(
        {one.event.event: one.number for one in state.entries if isinstance(one.event, TakenBack)}.values()
    )
    return tuple(
        HistoryLine(
            number=entry.number,
            kind=entry.event.kind,
            written=entry.local.isoformat(sep=" ", timespec="minutes"),
            text=sentences.of(entry.event),
            in_force=entry.number in holding or entry.number in last_said,
            taken_back=entry.number in state.taken_back,
            event=entry.event.to_dict(),
        )
        for entry in entries
    )


def sentences_of(now: Now) -> Sentences:
    """What tells events in the units and with the exercises of a block."""
    names = {name: one.in_text for name, one in exercises_of(now.scenario).items()}
    return Sentences(now.result.units, names)
