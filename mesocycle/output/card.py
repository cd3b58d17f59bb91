"""Planned sessions as training cards; sessions that differ in little but their weights share one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from mesocycle.models.clock import format_day, format_time, weeks_text
from mesocycle.models.plan import Plan, PlannedExercise, PlannedSession
from mesocycle.models.set_words import NO_BREAK, amount, growth, reserve, share_text, weight
from mesocycle.output.words import (
    NumberedExercise,
    after,
    below,
    duration,
    left_out,
    legs,
    listing,
    rows,
    sentence,
    size,
    warm_up,
)

HEAD_INDENT, INDENT = 2, 4
GAP = "  "


def cards(plan: Plan, names: Mapping[str, str], width: int, full: bool = False) -> list[RenderableType]:
    """The sessions of a plan as cards, in the order in which they come up.

    Parameters
    ----------
    plan : Plan
        Its sessions.
    names : Mapping
        Exercise names by id.
    width : int
        Columns of the terminal.
    full : bool
        A card for each session; otherwise sessions that differ in little share one.
    """
    return [_card(group, names, width - INDENT) for group in _groups(plan.sessions, full)]


def printed(plan: Plan, full: bool = False) -> list[PlannedSession]:
    """The sessions with what their cards tell: one that stands for several has weights by week alone."""
    told: list[PlannedSession] = []
    for group in _groups(plan.sessions, full):
        columns = zip(*(session.exercises for session in group), strict=True)
        items = [items[0] if _same(items) else _by_week_alone(items[0]) for items in columns]
        told.append(group[0].model_copy(update={"exercises": tuple(items)}))
    return told


def _same(items: Sequence[PlannedExercise]) -> bool:
    return all(item == items[0] for item in items)


def _by_week_alone(item: PlannedExercise) -> PlannedExercise:
    bare = {"change": None, "percent": None}
    return item if item.weight is None else item.model_copy(update=bare)


def _groups(sessions: Iterable[PlannedSession], full: bool) -> list[list[PlannedSession]]:
    """Sessions of one name, one after another, as far as one card is shorter than theirs."""
    if full:
        return [[session] for session in sessions]
    groups: list[list[PlannedSession]] = []
    latest: dict[str, list[PlannedSession]] = {}
    for session in sessions:
        group = latest.get(session.session)
        if group is not None and _outline(group[0]) == _outline(session) and _few_differ([*group, session]):
            group.append(session)
        else:
            latest[session.session] = [session]
            groups.append(latest[session.session])
    return groups


def _outline(session: PlannedSession) -> tuple[object, ...]:
    """What has to be the same for one card to stand for two sessions."""
    items = ((i.exercise, i.variant, i.superset, i.complex, i.rest_seconds) for i in session.exercises)
    return session.dropped, *items


def _few_differ(group: Sequence[PlannedSession]) -> bool:
    """Whether sets, repetitions and reserve stay the same in half of the exercises at least."""
    columns = list(zip(*(session.exercises for session in group), strict=True))
    return 2 * sum(len(set(map(_work, items))) > 1 for items in columns) <= len(columns)


def _work(item: PlannedExercise) -> tuple[str, str]:
    return amount(item), reserve(item)


def _card(group: Sequence[PlannedSession], names: Mapping[str, str], width: int) -> RenderableType:
    first = group[0]
    lines: list[RenderableType] = []
    if first.exercises:
        lines.append(_exercises(group, names, width))
        dropped = left_out(first, names)
        lines += [Text(dropped, style="yellow")] * bool(dropped)
        lines.append(Text(duration(*group), style="dim"))
    lines += [Text(why, style="italic") for why in _reasons(group)]
    below_head = Padding(Group(*lines), (0, 0, 0, INDENT - HEAD_INDENT))
    return Padding(Group(*map(_head, group), below_head), (0, 0, 0, HEAD_INDENT))


def _head(session: PlannedSession) -> Text:
    times = f"{format_time(session.start)}-{format_time(session.end)}"
    return Text.assemble(
        (f"{format_day(session.date)}{GAP}{times}", "bold green"),
        f"{GAP}{session.session}{GAP}",
        (f"{size(session)}, {legs(session)}", "dim"),
    )


def _reasons(group: Sequence[PlannedSession]) -> list[str]:
    """Why the sessions are where they are; those that differ only in hours are told once."""
    told: dict[str, PlannedSession] = {}
    for session in group:
        told.setdefault(re.sub(r"\d+ h( \d+)?", "", session.why), session)
    if len(told) == 1:
        return [group[0].why] * bool(group[0].why)
    return [f"{format_day(session.date)}: {session.why}" for session in told.values()]


def _exercises(group: Sequence[PlannedSession], names: Mapping[str, str], width: int) -> RenderableType:
    """The exercises one after another, each with its warm-up and cues below it."""
    table = Table(box=None, padding=(0, len(GAP), 0, 0), pad_edge=False, show_header=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    numbered = rows(group[0])
    columns = zip(*(session.exercises for session in group), strict=True)
    weeks = [session.week for session in group]
    room = width - len(GAP) - max(len(row.number) for row in numbered)
    for row, items in zip(numbered, columns, strict=True):
        text, more = sentence(row, names), below(row.item)
        if not _same(items):
            text, more = _by_week(row, list(zip(weeks, items, strict=True)), names)
        table.add_row(row.number, Text(wrapped(text, room)))
        if more:
            table.add_row("", Text(wrapped(more, room), style="dim"))
    return table


def _by_week(
    row: NumberedExercise, done: Sequence[tuple[int, PlannedExercise]], names: Mapping[str, str]
) -> tuple[str, str]:
    """An exercise of several weeks: what is the same in all of them, and below it what is not."""
    item, items = row.item, [item for _, item in done]
    name = names.get(item.exercise, item.exercise)
    same_work, same_weight = len(set(map(_work, items))) == 1, len(set(map(weight, items))) == 1
    if not same_work:
        texts = ((week, ", ".join(filter(None, (_set_text(i), share_text(i))))) for week, i in done)
        weeks = "; ".join(_in_weeks(texts))
        head = ", ".join(filter(None, (name, *after(row))))
    elif same_weight:
        head = ", ".join(filter(None, (f"{name} {_set_text(item)}", _more(items), *after(row))))
        weeks = ""
    else:
        head = ", ".join(filter(None, (f"{name} {amount(item)}", reserve(item), *after(row))))
        weeks = "@ " + ", ".join(_in_weeks((week, weight(item)) for week, item in done))
    warm = warm_up(item, weights=same_weight)
    return head, "; ".join(filter(None, (weeks, warm, *item.cues)))


def _set_text(item: PlannedExercise) -> str:
    """Sets with their load and reserve: "3 × 5 @ 82.5 kg, 2 in reserve"."""
    heavy = f" @ {weight(item)}" if weight(item) else ""
    return ", ".join(filter(None, (f"{amount(item)}{heavy}", reserve(item))))


def _in_weeks(done: Iterable[tuple[int, str]]) -> Iterator[str]:
    """What is done when: "80 kg in week 1", "82.5 kg in weeks 2 and 3"."""
    weeks: dict[str, list[int]] = {}
    for week, text in done:
        weeks.setdefault(text, []).append(week)
    return (f"{text} in {weeks_text(numbers)}" for text, numbers in weeks.items())


def _more(items: Sequence[PlannedExercise]) -> str:
    """What a main lift is loaded with if there is no weight, and how much it grows from week to week."""
    shares = dict.fromkeys(filter(None, map(share_text, items)))
    grown = [growth(item).partition(NO_BREAK)[0] for item in items if item.weight is None and growth(item)]
    steps = f"{listing(dict.fromkeys(grown))}{NO_BREAK}% on your first week" if grown else ""
    return ", ".join(filter(None, (next(iter(shares), ""), steps)))


def wrapped(text: str, width: int) -> str:
    """Break lines at plain spaces only: rich breaks them at the one within "81 %" too."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if cell_len(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return "\n".join(lines)
