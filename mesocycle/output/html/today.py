"""Today in words: what is on, the next lift, and what is not logged yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from mesocycle.models.block_seen import BlockSeen
from mesocycle.models.clock import format_day, format_time
from mesocycle.models.living import LiftNow, RunNow, Today
from mesocycle.output.html.lift_lines import LiftLine, is_ahead, lift_line
from mesocycle.output.html.training import Card
from mesocycle.output.living_words import where
from mesocycle.output.run_words import run_title
from mesocycle.output.words import legend

ABSENT = {"sick": "You are sick: no lift today.", "away": "You are away: no lift today."}


@dataclass(frozen=True)
class RunLine:
    """A run of today in words."""

    time: str
    words: str
    status: str
    became: str

    @property
    def gone(self) -> bool:
        """Whether it is not run."""
        return self.status == "dropped"


@dataclass(frozen=True)
class TodayLines:
    """Today in words; `legend` tells what is not plain on its cards."""

    moment: tuple[str, ...]
    absence: str
    runs: tuple[RunLine, ...]
    lifts: tuple[LiftLine, ...]
    next: LiftLine | None
    ask: tuple[LiftLine, ...]
    legend: tuple[str, ...]


def today_lines(seen: BlockSeen, cards: Mapping[str, Card]) -> TodayLines:
    """Today in words; the next lift has its card where none is to be done today."""
    today = seen.today
    lifts = tuple(replace(lift_line(lift, seen, cards), head=_head(lift, today)) for lift in today.lifts)
    waiting = any(lift.card is not None for lift in lifts)
    following = None
    if today.next is not None:
        line = lift_line(today.next, seen, cards)
        days = (today.next.date - today.date).days
        head = f"Next lift, {'tomorrow' if days == 1 else f'in {days} days'}"
        following = replace(line, head=head, card=None if waiting else line.card)
    carded = [lift.card for lift in (*today.lifts, *filter(None, (today.next,))) if is_ahead(lift, today)]
    return TodayLines(
        moment=(*where(today), *_outside(seen)),
        absence=ABSENT.get(today.absence or "", ""),
        runs=tuple(_run(run, today.units) for run in today.runs),
        lifts=lifts,
        next=following,
        ask=tuple(lift_line(lift, seen, cards) for lift in today.ask),
        legend=tuple(legend(one for one in carded[:1] if one is not None)),
    )


def _outside(seen: BlockSeen) -> Iterable[str]:
    """When the block begins or has ended, where today is no day of it."""
    if seen.today.week is None and seen.weeks:
        first, last = seen.weeks[0].days[0].date, seen.weeks[-1].days[-1].date
        before = seen.today.date < first
        yield (
            f"the block begins on {format_day(first)}" if before else f"the block ended on {format_day(last)}"
        )


def _head(lift: LiftNow, today: Today) -> str:
    waits = lift.status == "planned"
    return "Was to be today" if waits and not is_ahead(lift, today) else "Lift today" if waits else "Today"


def _run(run: RunNow, units: str) -> RunLine:
    change = "added" if run.id is None else "changed"
    words = {"dropped": "dropped", "done": "done"}.get(run.status, change if run.changed else "")
    return RunLine(format_time(run.run.start), run_title(run.run, units), run.status, words)
