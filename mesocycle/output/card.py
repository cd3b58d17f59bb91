"""Planned sessions as training cards: a short table each, or one line if an earlier card still holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.cells import cell_len, set_cell_size
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from mesocycle.models.clock import format_day, format_time
from mesocycle.models.plan import Plan, PlannedSession
from mesocycle.output.words import (
    NumberedExercise,
    amount,
    duration,
    left_out,
    legs,
    load,
    reserve,
    rest,
    rows,
    sentence,
    size,
    weight,
)

HEAD_INDENT, INDENT = 2, 4
# A longer list of what differs from an earlier card is harder to read than the card itself.
LONGEST_LIKE = 100
COLUMNS = ("", "exercise", "sets", "load", "reserve", "rest")
# Numbers stand under each other, words begin under each other.
RIGHT = frozenset({"reserve", "rest"})
QUIET = frozenset({"", "reserve", "rest"})
GAP = "  "


def cards(plan: Plan, names: Mapping[str, str], width: int, full: bool = False) -> list[RenderableType]:
    """Each session of a plan as a card, in the plan's order.

    Parameters
    ----------
    plan : Plan
        Its sessions.
    names : Mapping
        Exercise names by id.
    width : int
        Columns of the terminal.
    full : bool
        Every card as a table; otherwise a repetition of an earlier card is one line.
    """
    earlier: dict[str, PlannedSession] = {}
    short: list[str] = []
    for session in plan.sessions:
        before = earlier.get(session.session)
        short.append("" if full or before is None else _like(session, before, names))
        if not short[-1]:
            earlier[session.session] = session
    whole = [session for session, line in zip(plan.sessions, short, strict=True) if not line]
    tables = _Tables(whole, names, width - INDENT)
    return [
        _card(session, [Text(_wrapped(line, width - INDENT))] if line else tables.body(session))
        for session, line in zip(plan.sessions, short, strict=True)
    ]


class _Tables:
    """The tables of a plan: all in one form, with the columns of one name's sessions in one place."""

    def __init__(self, sessions: Sequence[PlannedSession], names: Mapping[str, str], width: int) -> None:
        self._names, self._width = names, width
        # In words if they fit, else under headings, else as sentences.
        self._words = True
        self._widths = self._measure(sessions)
        longest = max(
            (cell_len(row.note) + len(GAP) for s in sessions for row in rows(s) if row.note), default=0
        )
        if not self._fits(longest):
            self._words = False
            self._widths = self._measure(sessions)
        self._table = self._fits(0)

    def body(self, session: PlannedSession) -> list[RenderableType]:
        """Everything of a card between its head and its reason."""
        if not session.exercises:
            return []
        lines: list[RenderableType] = [*(self._lines(session) if self._table else [self._sentences(session)])]
        dropped = left_out(session, self._names)
        if dropped:
            lines.append(Text(dropped, style="yellow"))
        lines.append(Text(duration(session), style="dim"))
        return lines

    def _lines(self, session: PlannedSession) -> list[RenderableType]:
        widths = self._widths[session.session]
        lines: list[RenderableType] = [] if self._words else [_line(COLUMNS, widths, "dim")]
        for row in rows(session):
            line = _line(self._cells(row), widths)
            lines.append(line)
            if _across(widths) + len(GAP) + cell_len(row.note) <= self._width:
                line.pad_right((_across(widths) + len(GAP) - line.cell_len) * bool(row.note))
                line.append(row.note, style="yellow")
            elif row.note:
                lines.append(Padding(Text(row.note, style="yellow"), (0, 0, 0, widths[0] + 1)))
        return lines

    def _sentences(self, session: PlannedSession) -> RenderableType:
        """For narrow terminals: the exercises one after another, each in a row."""
        table = Table(box=None, padding=(0, len(GAP), 0, 0), pad_edge=False, show_header=False)
        table.add_column(style="dim", no_wrap=True)
        table.add_column()
        numbered = rows(session)
        room = self._width - len(GAP) - max(len(_number(row)) for row in numbered)
        for row in numbered:
            table.add_row(_number(row), Text(_wrapped(sentence(row, self._names), room)))
        return table

    def _cells(self, row: NumberedExercise) -> tuple[str, ...]:
        item = row.item
        heavy, spare, pause = load(item), reserve(item), rest(item)
        return (
            _number(row),
            self._names.get(item.exercise, item.exercise),
            amount(item),
            heavy if self._words else heavy.removeprefix("@ "),
            spare if self._words else spare.partition(" ")[0],
            f"rest {pause}" if pause and self._words else pause,
        )

    def _measure(self, sessions: Iterable[PlannedSession]) -> dict[str, list[int]]:
        """Widths of the columns by the sessions' name; 0 where a column is empty in all of them."""
        widths: dict[str, list[int]] = {}
        for session in sessions:
            columns = widths.setdefault(session.session, [0] * len(COLUMNS))
            for row in rows(session):
                for at, cell in enumerate(self._cells(row)):
                    heading = 0 if self._words or not cell else len(COLUMNS[at])
                    columns[at] = max(columns[at], cell_len(cell), heading)
        return widths

    def _fits(self, more: int) -> bool:
        return all(_across(widths) + more <= self._width for widths in self._widths.values())


def _wrapped(text: str, width: int) -> str:
    """Break lines at plain spaces only: rich breaks them at the one within "+7.5 %" too."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if cell_len(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return "\n".join(lines)


def _across(widths: Iterable[int]) -> int:
    """How far a line goes; between number and name there is only one space."""
    return sum(width + len(GAP) for width in widths if width) - len(GAP) - 1


def _line(cells: Iterable[str], widths: Iterable[int], style: str = "") -> Text:
    line = Text()
    for name, cell, width in zip(COLUMNS, cells, widths, strict=True):
        if width:
            space = " " * (width - cell_len(cell))
            line.append("" if not line else " " if name == "exercise" else GAP)
            line.append(
                space + cell if name in RIGHT else set_cell_size(cell, width),
                style=style or ("dim" if name in QUIET else ""),
            )
    line.rstrip()
    return line


def _card(session: PlannedSession, body: Sequence[RenderableType]) -> RenderableType:
    head = Text.assemble(
        (
            f"{format_day(session.date)}  {format_time(session.start)}-{format_time(session.end)}",
            "bold green",
        ),
        f"  {session.session}  ",
        (f"{size(session)}, {legs(session)}", "dim"),
    )
    below = Padding(Group(*body, Text(session.why, style="italic")), (0, 0, 1, INDENT - HEAD_INDENT))
    return Padding(Group(head, below), (0, 0, 0, HEAD_INDENT))


def _number(row: NumberedExercise) -> str:
    """With room for the letter of those done in turn, so that names stand under each other."""
    return row.number.ljust(2)


def _like(session: PlannedSession, before: PlannedSession, names: Mapping[str, str]) -> str:
    """Describe a session by an earlier one and the numbers that differ; empty if more differs."""
    if session.rotated or not session.exercises or _outline(session) != _outline(before):
        return ""
    changes = []
    for item, old in zip(session.exercises, before.exercises, strict=True):
        now, then = ((amount(i), load(i), reserve(i)) for i in (item, old))
        if any(was and not part for part, was in zip(now, then, strict=True)):
            return ""  # something is gone, which a list of what is new cannot say
        work, heavy, spare = (part if part != was else "" for part, was in zip(now, then, strict=True))
        if work or heavy or spare:
            name = names.get(item.exercise, item.exercise)
            # Beside its percentage a weight that grows needs no percentage again.
            heavy = f"@ {weight(item)}" if heavy and weight(item) and item.load == old.load else heavy
            changes.append(", ".join(filter(None, (" ".join(filter(None, (name, work, heavy))), spare))))
    text = f"as on {format_day(before.date)}{', but ' if changes else ''}{'; '.join(changes)}"
    return text if len(text) <= LONGEST_LIKE else ""


def _outline(session: PlannedSession) -> tuple[object, ...]:
    """What has to be the same for one card to stand for another."""
    items = session.exercises
    return (
        session.dropped,
        *((i.exercise, i.variant, i.superset, i.complex, i.rest_seconds) for i in items),
    )
