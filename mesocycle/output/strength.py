"""The strength work of a block week by week: sets by movement, the main lifts, and what changes when."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from mesocycle.models.clock import weeks_text
from mesocycle.models.plan import Plan, PlannedWeek
from mesocycle.models.set_words import way
from mesocycle.output.card import wrapped
from mesocycle.output.lifts import HEAD, grown, legend, top_text, tops

# Below this the report has no tables, as the calendar has none.
TABLE_COLUMNS = 76
PATTERNS = ("squat", "hinge", "single_leg", "lunge", "calf", "push", "pull", "core", "carry")
SHORT = {
    "single_leg": "1-leg",
    "plyometric": "jumps",
    "knee_flexion": "leg curl",
    "knee_extension": "knee",
    "hip_abduction": "hips",
    "locomotion": "sled",
}
NUMBER = 3
GAP = 2


def strength(plan: Plan, names: Mapping[str, str], width: int, short: bool = False) -> RenderableType | None:
    """The strength work of a plan by week; None if its sessions have only minutes.

    Parameters
    ----------
    plan : Plan
        Its weeks and sessions.
    names : Mapping
        Exercise names by id.
    width : int
        Columns of the terminal; narrow ones get lines of text.
    short : bool
        Only the main lifts.
    """
    main = _main_lifts(plan, names, width)
    if short:
        return Padding(Group(*main), (0, 0, 1, 0)) if main else None
    if not any(session.exercises for session in plan.sessions):
        return None
    parts = [*_sets(plan, width), *([Text("")] * bool(main)), *main]
    changes = _changes(plan, names)
    if changes:
        parts += [Text("\nWhat changes", style="bold"), _hanging(changes)]
    return Padding(Group(*parts), (0, 0, 1, 0))


def _sets(plan: Plan, width: int) -> list[RenderableType]:
    patterns = _patterns(plan.weeks)
    gap = next((gap for gap in (2, 1) if _needed(plan.weeks, patterns, gap) <= width), 0)
    tables = width >= TABLE_COLUMNS and gap > 0
    return [
        Text("Sets by week and movement", style="bold"),
        _sets_table(plan.weeks, patterns, gap) if tables else _sets_lines(plan.weeks, patterns),
        Text("An exercise counts one for its own movement, a half for others.", style="dim"),
    ]


def _main_lifts(plan: Plan, names: Mapping[str, str], width: int) -> list[RenderableType]:
    """The heaviest sets of each week, and below them what grew and why."""
    found = tops(plan)
    if not found:
        return []
    texts = {key: top_text(item) for key, item in found.items()}
    parts: list[RenderableType] = [Text(HEAD, style="bold")]
    if width >= TABLE_COLUMNS:
        for number, headings in enumerate(_side_by_side(texts, names, width)):
            parts += [Text("")] * bool(number) + [_lift_table(plan.weeks, headings, texts)]
    else:
        parts += _lift_lines(texts, names)
    parts += (Text(wrapped(line, width)) for line in grown(found, names))
    parts += [Text(meaning, style="dim") for meaning in (legend(found),) if meaning]
    return parts


def _patterns(weeks: Iterable[PlannedWeek]) -> list[str]:
    """The movement patterns that occur, the usual ones first."""
    used = {pattern for week in weeks for pattern, sets in week.pattern_sets.items() if sets}
    return [*(pattern for pattern in PATTERNS if pattern in used), *sorted(used.difference(PATTERNS))]


def _heading(pattern: str) -> str:
    return SHORT.get(pattern, pattern.replace("_", " "))


def _kind(week: PlannedWeek) -> str:
    kind = week.profile or week.phase
    return f"{kind}, lighter" if week.deload else kind


def _needed(weeks: Sequence[PlannedWeek], patterns: Iterable[str], gap: int) -> int:
    """Columns that the table of sets takes."""
    kinds = max(len(_kind(week)) for week in weeks)
    numbers = sum(max(NUMBER, cell_len(_heading(pattern))) + gap for pattern in patterns)
    return len("Week") + gap + kinds + numbers


def _sets_table(weeks: Iterable[PlannedWeek], patterns: Sequence[str], gap: int) -> Table:
    table = _table(gap, "")
    for pattern in patterns:
        table.add_column(Text(_heading(pattern)), justify="right", min_width=NUMBER, no_wrap=True)
    for week in weeks:
        cells = (_cell(f"{week.pattern_sets.get(pattern, 0):g}", "0") for pattern in patterns)
        table.add_row(str(week.week), Text(_kind(week), style="dim"), *cells)
    return table


def _sets_lines(weeks: Iterable[PlannedWeek], patterns: Sequence[str]) -> Table:
    same: dict[tuple[str, str], list[int]] = {}
    for week in weeks:
        sets = ", ".join(
            f"{_heading(pattern)} {week.pattern_sets[pattern]:g}"
            for pattern in patterns
            if week.pattern_sets.get(pattern)
        )
        same.setdefault((_kind(week), sets or "no lift"), []).append(week.week)
    return _hanging((weeks_text(numbers), f"{kind}: {sets}") for (kind, sets), numbers in same.items())


def _side_by_side(
    texts: Mapping[tuple[int, str], str], names: Mapping[str, str], width: int
) -> Iterator[dict[str, str]]:
    """The main lifts with their headings, in as few tables as the terminal has room for."""
    full = {lift: names.get(lift, lift) for lift in dict.fromkeys(lift for _, lift in texts)}
    cells = dict.fromkeys(full, 0)
    for (_, lift), text in texts.items():
        cells[lift] = max(cells[lift], cell_len(text))
    if len("Week") + sum(GAP + max(cells[lift], cell_len(name)) for lift, name in full.items()) <= width:
        yield full
        return
    some: dict[str, str] = {}
    used = len("Week")
    for lift, name in full.items():
        heading = textwrap.fill(name, cells[lift], break_long_words=False)
        needed = GAP + max(cells[lift], *map(cell_len, heading.splitlines()))
        if some and used + needed > width:
            yield some
            some, used = {}, len("Week")
        some[lift] = heading
        used += needed
    yield some


def _lift_table(
    weeks: Iterable[PlannedWeek], headings: Mapping[str, str], texts: Mapping[tuple[int, str], str]
) -> Table:
    table = _table(GAP)
    for heading in headings.values():
        table.add_column(Text(heading), vertical="bottom")
    for week in weeks:
        table.add_row(str(week.week), *(_cell(texts.get((week.week, lift), ""), "") for lift in headings))
    return table


def _table(gap: int, *more: str) -> Table:
    table = Table(box=None, padding=(0, gap, 0, 0), pad_edge=False, header_style="dim")
    for name in ("Week", *more):
        table.add_column(name, no_wrap=True, vertical="bottom")
    return table


def _cell(text: str, nothing: str) -> Text:
    return Text("–", style="dim") if text == nothing else Text(text)


def _lift_lines(texts: Mapping[tuple[int, str], str], names: Mapping[str, str]) -> Iterator[RenderableType]:
    same: dict[str, dict[str, list[int]]] = {}
    for (week, lift), text in texts.items():
        same.setdefault(lift, {}).setdefault(text, []).append(week)
    for lift, several in same.items():
        yield Text(names.get(lift, lift))
        yield Padding(_hanging((weeks_text(weeks), text) for text, weeks in several.items()), (0, 0, 0, 2))


def _changes(plan: Plan, names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Weeks in which exercises change, each with its new exercises."""
    new: dict[int, list[str]] = {}
    for session in plan.sessions:
        for item in session.exercises:
            if item.exercise in session.rotated:
                done = way(item)
                name = names.get(item.exercise, item.exercise)
                new.setdefault(session.week, []).append(f"{name} ({done})" if done else name)
    return [(weeks_text([week]), ", ".join(dict.fromkeys(several))) for week, several in sorted(new.items())]


def _hanging(rows: Iterable[tuple[str, str]]) -> Table:
    table = Table(box=None, padding=(0, GAP, 0, 0), pad_edge=False, show_header=False)
    for _ in range(2):
        table.add_column()
    for when, text in rows:
        table.add_row(Text(when, style="dim"), Text(text))
    return table
