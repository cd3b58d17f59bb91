"""Lifts of a living block in a line each: where they stand, and what became of them."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass

from mesocycle.models.block_seen import BlockSeen
from mesocycle.models.clock import format_day, format_time
from mesocycle.models.living import LiftNow, Today
from mesocycle.models.numbers import counted
from mesocycle.output.html.lived_calendar import became, moved
from mesocycle.output.html.training import Card


@dataclass(frozen=True)
class LiftLine:
    """A lift in words.

    Attributes
    ----------
    head : str
        What it is for today: "Today", "Next lift, in 2 days".
    words, moved : str
        What became of it, and the day that it has left.
    told : str
        What was logged of it.
    card : Card or None
        Where it is to be trained from.
    number : int
        Of its card.
    """

    id: str
    name: str
    day: str
    time: str
    until: str
    size: str
    status: str
    words: str
    moved: str
    told: str
    head: str = ""
    card: Card | None = None
    number: int = 0


def lift_line(lift: LiftNow, seen: BlockSeen, cards: Mapping[str, Card]) -> LiftLine:
    """A lift in words; with its card where it is still to be done."""
    one = cards.get(lift.id or "")
    carded = one if is_ahead(lift, seen.today) else None
    return LiftLine(
        id=shlex.quote(lift.id or ""),
        name=lift.session,
        day=format_day(lift.date),
        time=format_time(lift.start),
        until=format_time(lift.end),
        size=_size(lift),
        status="" if lift.status == "planned" else lift.status,
        words=became(lift),
        moved=moved(lift),
        told=told_of(lift, seen),
        card=carded,
        number=0 if one is None else one.number,
    )


def _size(lift: LiftNow) -> str:
    """How big a lift is: "14 sets", "11 of 14 sets", or its minutes without any."""
    planned = 0 if lift.card is None else lift.card.sets
    if not (lift.sets or planned):
        return f"{lift.end - lift.start} min"
    if lift.status == "done" and lift.sets != planned and planned:
        return f"{lift.sets} of {counted(planned, 'set')}"
    return counted(lift.sets, "set")


def told_of(lift: LiftNow, seen: BlockSeen) -> str:
    """What was logged of a lift."""
    if lift.status == "done":
        return seen.lifted.get(lift.event or 0, "")
    return lift.note


def is_ahead(lift: LiftNow, today: Today) -> bool:
    """Whether a lift is to be done, as far as is known."""
    return lift.status == "planned" and (today.absence is None or lift.date > today.date)
