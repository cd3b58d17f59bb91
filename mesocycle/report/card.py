"""Planned sessions as training cards: a short table each, or one line where an earlier card still holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from string import ascii_lowercase

from rich.cells import cell_len, set_cell_size
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from mesocycle.files.library import overhead
from mesocycle.models.clock import format_day, format_time
from mesocycle.models.plan import Plan, PlannedExercise, PlannedSession
from mesocycle.models.strength import RepsUnit
from mesocycle.report.programs import UNITS

HEAD_INDENT, INDENT = 2, 4
# A longer list of what differs from an earlier card is harder to read than the card itself.
LONGEST_LIKE = 100
WAYS = {"slow_lowering": "5 s down", "hold": "3 s hold"}
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
        Every card as a table; otherwise one that repeats an earlier one says so in a line.
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


def growth_legend(plan: Plan) -> str:
    """What a growth such as +2.5 % means, where a plan has one; else nothing."""
    growth = next((_growth(item) for one in plan.sessions for item in one.exercises if _growth(item)), "")
    return growth and f"{growth}: that much more weight, or time, than at first."


def amount(item: PlannedExercise) -> str:
    """Sets and repetitions with their unit: "3 × 8 each side"."""
    if item.reps is None:
        return f"{item.sets} set{'s' * (item.sets != 1)}"
    return f"{item.sets} × {item.reps}{UNITS[RepsUnit(item.reps_unit)]}"


def weight(item: PlannedExercise) -> str:
    """What to load: "62.5 kg"; empty where nobody knows."""
    return "" if item.weight is None else f"{item.weight:g} {item.weight_unit or ''}".strip()


def way(item: PlannedExercise) -> str:
    """How it is done, where that is not the usual way: "5 s down"."""
    return WAYS.get(item.variant, item.variant.replace("_", " ")) if item.variant else ""


class _Tables:
    """The tables of a plan: all in one form, with the columns of one name's sessions in one place."""

    def __init__(self, sessions: Sequence[PlannedSession], names: Mapping[str, str], width: int) -> None:
        self._names, self._width = names, width
        # In words where everything has room beside them, else with headings, else sentences.
        self._words = True
        self._widths = self._measure(sessions)
        longest = max(
            (cell_len(note) + len(GAP) for s in sessions for *_, note in _rows(s) if note), default=0
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
        if session.dropped:
            dropped = ", ".join(self._names.get(one, one) for one in session.dropped)
            lines.append(Text(f"left out: {dropped}", style="yellow"))
        spent, warmup = session.end - session.start, overhead().warmup_s // 60
        lines.append(Text(f"about {spent} min with {warmup} of warm-up", style="dim"))
        return lines

    def _lines(self, session: PlannedSession) -> list[RenderableType]:
        widths = self._widths[session.session]
        lines: list[RenderableType] = [] if self._words else [_line(COLUMNS, widths, "dim")]
        for number, item, note in _rows(session):
            line = _line(self._cells(number, item), widths)
            lines.append(line)
            if _across(widths) + len(GAP) + cell_len(note) <= self._width:
                line.pad_right((_across(widths) + len(GAP) - line.cell_len) * bool(note))
                line.append(note, style="yellow")
            elif note:
                lines.append(Padding(Text(note, style="yellow"), (0, 0, 0, widths[0] + 1)))
        return lines

    def _sentences(self, session: PlannedSession) -> RenderableType:
        """For narrow terminals: an exercise after the other, all of one in a row."""
        table = Table(box=None, padding=(0, len(GAP), 0, 0), pad_edge=False, show_header=False)
        table.add_column(style="dim", no_wrap=True)
        table.add_column()
        rows = _rows(session)
        room = self._width - len(GAP) - max(len(number) for number, *_ in rows)
        for number, item, note in rows:
            rest = f"rest {_rest(item)}" if item.rest_seconds else ""
            work = f"{self._names.get(item.exercise, item.exercise)} {amount(item)} {_load(item)}".rstrip()
            text = ", ".join(filter(None, (work, _reserve(item), rest, note)))
            table.add_row(number, Text(_wrapped(text, room)))
        return table

    def _cells(self, number: str, item: PlannedExercise) -> tuple[str, ...]:
        load, reserve, rest = _load(item), _reserve(item), _rest(item)
        return (
            number,
            self._names.get(item.exercise, item.exercise),
            amount(item),
            load if self._words else load.removeprefix("@ "),
            reserve if self._words else reserve.partition(" ")[0],
            f"rest {rest}" if rest and self._words else rest,
        )

    def _measure(self, sessions: Iterable[PlannedSession]) -> dict[str, list[int]]:
        """Widths of the columns by the sessions' name; 0 where a column is empty in all of them."""
        widths: dict[str, list[int]] = {}
        for session in sessions:
            mine = widths.setdefault(session.session, [0] * len(COLUMNS))
            for number, item, _ in _rows(session):
                for at, cell in enumerate(self._cells(number, item)):
                    heading = 0 if self._words or not cell else len(COLUMNS[at])
                    mine[at] = max(mine[at], cell_len(cell), heading)
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
    legs = session.lower_body_dose
    # A session given by its minutes alone has no sets to speak of.
    size = (
        f"{session.sets} set{'s' * (session.sets != 1)}"
        if session.exercises
        else f"{session.end - session.start} min"
    )
    head = Text.assemble(
        (
            f"{format_day(session.date)}  {format_time(session.start)}-{format_time(session.end)}",
            "bold green",
        ),
        f"  {session.session}  ",
        (f"{size}, load on the legs {legs:.1f} of 8" if legs else f"{size}, no leg work", "dim"),
    )
    below = Padding(Group(*body, Text(session.why, style="italic")), (0, 0, 1, INDENT - HEAD_INDENT))
    return Padding(Group(head, below), (0, 0, 0, HEAD_INDENT))


def _rows(session: PlannedSession) -> list[tuple[str, PlannedExercise, str]]:
    """Each exercise with its number and what is special about it; those done in turn share a number."""
    rows: list[tuple[str, PlannedExercise, str]] = []
    together = groupby(enumerate(session.exercises), key=lambda pair: _group(*pair))
    for number, ((kind, _), several) in enumerate(together, start=1):
        items = [item for _, item in several]
        for at, item in enumerate(items):
            letter = ascii_lowercase[at] if len(items) > 1 else ""
            changed = "changed" if item.exercise in session.rotated else ""
            # Its partners may have been left out: then there is nothing to do in turn.
            word = kind if len(items) > 1 and not at else ""
            rows.append(
                (f"{number}{letter}".ljust(2), item, ", ".join(filter(None, (word, way(item), changed))))
            )
    return rows


def _group(at: int, item: PlannedExercise) -> tuple[str, str | int]:
    if item.complex:
        return "complex", item.complex
    return ("superset", item.superset) if item.superset else ("", at)


def _load(item: PlannedExercise) -> str:
    """Load in % of 1RM, and the weight or by how much it has grown."""
    percent = "" if item.load is None else f"@ {item.load} %"
    if item.weight is None:
        return ", ".join(filter(None, (percent, _growth(item))))
    return f"{percent}, {weight(item)}" if percent else f"@ {weight(item)}"


def _growth(item: PlannedExercise) -> str:
    return f"+{item.progress_percent:g}\u00a0%" if item.progress_percent > 0 and item.weight is None else ""


def _reserve(item: PlannedExercise) -> str:
    return "" if item.rir is None else f"{item.rir} in reserve"


def _rest(item: PlannedExercise) -> str:
    return f"{item.rest_seconds // 60}:{item.rest_seconds % 60:02d}" if item.rest_seconds else ""


def _like(session: PlannedSession, before: PlannedSession, names: Mapping[str, str]) -> str:
    """What to say of a session that is as an earlier one but for a few numbers; else nothing."""
    if session.rotated or not session.exercises or _outline(session) != _outline(before):
        return ""
    changes = []
    for item, old in zip(session.exercises, before.exercises, strict=True):
        now, then = ((amount(one), _load(one), _reserve(one)) for one in (item, old))
        if any(was and not part for part, was in zip(now, then, strict=True)):
            return ""  # something is gone, which a list of what is new cannot say
        work, load, reserve = (part if part != was else "" for part, was in zip(now, then, strict=True))
        if work or load or reserve:
            name = names.get(item.exercise, item.exercise)
            # Beside its percentage a weight that grows needs no percentage again.
            load = f"@ {weight(item)}" if load and weight(item) and item.load == old.load else load
            changes.append(", ".join(filter(None, (" ".join(filter(None, (name, work, load))), reserve))))
    text = f"as on {format_day(before.date)}{', but ' if changes else ''}{'; '.join(changes)}"
    return text if len(text) <= LONGEST_LIKE else ""


def _outline(session: PlannedSession) -> tuple[object, ...]:
    """What has to be the same for one card to stand for another."""
    items = session.exercises
    return (
        session.dropped,
        *((i.exercise, i.variant, i.superset, i.complex, i.rest_seconds) for i in items),
    )
