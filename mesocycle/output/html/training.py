"""Training cards: what to do in a session, exercise by exercise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mesocycle.models import set_words
from mesocycle.models.clock import format_day, format_time
from mesocycle.models.plan import PlannedSession
from mesocycle.output import words
from mesocycle.output.other_days import OtherDays


@dataclass(frozen=True)
class Line:
    """An exercise of a card, in words; exercises done in turn share the number's digit."""

    number: str
    exercise: str
    work: str
    load: str
    reserve: str
    rest: str
    remark: str
    below: str

    @property
    def short(self) -> str:
        """The exercise in one line: "Back squat 3 × 8: 80 kg (73 %)"."""
        return ": ".join(filter(None, (f"{self.exercise} {self.work}", self.load)))


@dataclass(frozen=True)
class Card:
    """A session to train from, with the reason for its place; `number` counts the plan's sessions.

    In a block that is lived by `became` tells what happened to it, and `past` whether it is over.
    """

    number: int
    week: int
    name: str
    day: str
    time: str
    until: str
    date: str
    size: str
    lines: tuple[Line, ...]
    dropped: str
    why: str
    others: OtherDays | None
    became: str = ""
    past: bool = False


def card(
    number: int, session: PlannedSession, names: Mapping[str, str], others: OtherDays | None = None
) -> Card:
    """Write a session's card.

    Parameters
    ----------
    number : int
        Which of the plan's sessions it is, from 1.
    session : PlannedSession
        What to train.
    names : Mapping
        Exercise names by id.
    others : OtherDays, optional
        What the other days of its week would cost.
    """
    length = words.duration(session) if session.exercises else ""
    return Card(
        number=number,
        week=session.week,
        name=session.session,
        day=format_day(session.date),
        time=format_time(session.start),
        until=format_time(session.end),
        date=session.date.isoformat(),
        size=", ".join(filter(None, (words.size(session), words.legs(session), length))),
        lines=tuple(
            Line(
                number=row.number,
                exercise=names.get(row.item.exercise, row.item.exercise),
                work=set_words.amount(row.item),
                load=words.loading(row.item),
                reserve="" if row.item.rir is None else str(row.item.rir),
                rest=row.rest,
                remark=row.note,
                below=words.capital(words.below(row.item)),
            )
            for row in words.rows(session)
        ),
        dropped=words.capital(words.left_out(session, names)),
        why=session.why,
        others=others,
    )
