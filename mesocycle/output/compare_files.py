"""A comparison for other programs: CSV, JSON, JSON Lines, Markdown; row by row, however long it is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from mesocycle.files.safe_text import csv_line, plain
from mesocycle.models.comparison import Comparison, Row
from mesocycle.output.row_words import advice, remark

COLUMNS = (
    "scenario", "variant", "status", "proven", "points", "bound", "difference", "difference_by_rule",
    "judged", "judged_difference", "judged_by_rule", "breaks", "not_comparable", "moved",
    "lifts", "leg_sets", "sets", "minutes_per_week", "key_run_hours", "days", "weeks_on_days", "best",
    "dominated_by", "reason", "seconds",
)  # fmt: skip
MARKDOWN_HEADS = (
    "points", "change", "own points", "moved", "lifts", "leg sets", "sets", "min/week", "to a key run",
)  # fmt: skip


def csv_pieces(comparison: Comparison, seconds: bool) -> Iterator[str]:
    """A table for spreadsheets, a line for each row."""
    yield csv_line(COLUMNS)
    for row in comparison.rows:
        yield csv_line(_csv_values(row, seconds))


def _csv_values(row: Row, seconds: bool) -> tuple[object, ...]:
    return (
        row.scenario, row.name, row.status, row.proven, row.objective, row.bound, row.difference,
        _by_rule(row.difference_by_rule), row.judged, row.judged_difference, _by_rule(row.judged_by_rule),
        "; ".join(row.breaks), row.not_comparable, row.moved, row.lifts, row.leg_sets, row.sets,
        row.minutes_per_week, row.key_run_hours, row.usual.times if row.usual else "",
        row.usual.weeks if row.usual else None, row.best, row.dominated_by, row.reason,
        row.seconds if seconds else None,
    )  # fmt: skip


def _by_rule(points: Mapping[str, int]) -> str:
    return "; ".join(f"{rule} {by:+d}" for rule, by in points.items())


def json_pieces(comparison: Comparison, seconds: bool) -> Iterator[str]:
    """One JSON object with every row, its plan and its differences."""
    summary = json.dumps(comparison.summary.to_dict(), indent=2, ensure_ascii=False)
    yield f'{{\n"schema_version": {comparison.schema_version},\n"summary": {summary},\n"rows": ['
    for at, row in enumerate(comparison.rows):
        data = json.dumps(row.to_dict(seconds=seconds), indent=2, ensure_ascii=False)
        yield f"{',' if at else ''}\n{data}"
    yield "\n]\n}\n"


def json_line(row: Row, seconds: bool) -> str:
    """A row as a line of JSON, before the last row is there: which row is best is not known yet."""
    data = row.to_dict(seconds=seconds)
    del data["best"], data["dominated_by"]
    return json.dumps(data, ensure_ascii=False) + "\n"


def last_json_line(comparison: Comparison) -> str:
    """The line after all rows: their summary."""
    marks = {
        "best": [{"scenario": row.scenario, "name": row.name} for row in comparison.rows if row.best],
        "dominated": [
            {"scenario": row.scenario, "name": row.name, "by": row.dominated_by}
            for row in comparison.rows
            if row.dominated_by
        ],
    }
    summary = comparison.summary.to_dict() | marks
    return json.dumps({"summary": summary}, ensure_ascii=False) + "\n"


def markdown_pieces(comparison: Comparison, seconds: bool) -> Iterator[str]:
    """Tables for a report or a training log."""
    several = len(comparison.summary.best) > 1
    heads = ["variant", *MARKDOWN_HEADS, "days", "remark"]
    heads = [*(["scenario"] if several else []), *heads, *(["s"] if seconds else [])]
    yield _markdown_row(heads)
    yield _markdown_row(
        [":--" if head in ("scenario", "variant", "days", "remark") else "--:" for head in heads]
    )
    for row in comparison.rows:
        name = plain(row.name)
        cells = [plain(row.scenario)] if several else []
        cells += [f"**{name}**" if row.best else name, *_markdown_values(row), plain(remark(row))]
        yield _markdown_row(cells + ([f"{row.seconds or 0:.1f}"] if seconds else []))
    different = [row for row in comparison.rows if row.judged_by_rule]
    if different:
        yield "\nWhere the points under the base's rules differ from the base:\n\n"
    for row in different:
        by_rule = ", ".join(f"{by:+d} `{rule}`" for rule, by in row.judged_by_rule.items())
        yield f"- {plain(f'{row.scenario}: ' if several else '')}{plain(row.name)}: {by_rule}\n"
    for text in advice(comparison.summary):
        yield f"\n{plain(text)}\n"


def _markdown_values(row: Row) -> list[str]:
    if not row.planned:
        return [""] * (len(MARKDOWN_HEADS) + 1)
    change = "" if row.is_base or row.judged_difference is None else f"{row.judged_difference:+d}"
    hours = "" if row.key_run_hours is None else f"{row.key_run_hours:g} h"
    bound = "no bound yet" if row.bound is None else f"bound {row.bound}"
    own = f"{row.objective}" if row.proven else f"{row.objective} ({bound})"
    moved = None if row.is_base else row.moved
    figures = ["" if one is None else f"{one:g}" for one in (moved, row.lifts, row.leg_sets, row.sets)]
    minutes, days = f"{row.minutes_per_week or 0:g}", "" if row.usual is None else row.usual.text
    return ["" if row.judged is None else str(row.judged), change, own, *figures, minutes, hours, days]


def _markdown_row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def html_pieces(comparison: Comparison, seconds: bool) -> Iterator[str]:
    """A page with the variants side by side, and the calendar of each."""
    from mesocycle.output.html.page import comparison_page

    yield from comparison_page(comparison, seconds=seconds)
